/// RFC 8461 3.4: the policy domain of a destination.
#include <array>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include "policy_domain.hpp"

namespace {

using namespace std::string_view_literals;

struct row {
    std::string_view destination;
    /// Empty: there is none.
    std::string_view domain;
};

constexpr auto rows = std::to_array<row>({
    {"example.com", "example.com"},
    {"Example.COM", "example.com"},
    {"example.com.", "example.com"},
    {"example.com:25", "example.com"},
    {"[relay.example.net]", "relay.example.net"},
    {"[relay.example.net]:587", "relay.example.net"},
    {"mail.example.com", "mail.example.com"},
    {"b\u00FCcher.example", "xn--bcher-kva.example"},
    {"a_b.example.com", "a_b.example.com"},
    // Parents that Postfix also tries.
    {".example.com", ""},
    {".com", ""},
    // Addresses.
    {"192.0.2.1", ""},
    {"[192.0.2.1]", ""},
    {"[192.0.2.1]:25", ""},
    {"[IPv6:2001:db8::1]", ""},
    {"[2001:db8::1]:25", ""},
    {"2001:db8::1", ""},
    // No domains.
    {"", ""},
    {".", ""},
    {"localhost", ""},
    {"[]", ""},
    {"[example.com", ""},
    {"a..example.com", ""},
    {"a b.example.com", ""},
    {"a\0b.example.com"sv, ""},
    {"a{b}.example.com", ""},
    {"a\nb.example.com", ""},
    {"*.example.com", ""},
    {"\xFF.example.com", ""},
});

TEST_CASE("RFC 8461 3.4: a destination has one policy domain, or none") {
    for (auto const& row : rows) {
        CAPTURE(row.destination);
        CHECK(socketmap::policy_domain_of(row.destination).value_or("") == row.domain);
    }
    std::string const label(63, 'a');
    CHECK(socketmap::policy_domain_of(label + ".example"));
    CHECK(!socketmap::policy_domain_of(label + "a.example"));
    CHECK(!socketmap::policy_domain_of(label + '.' + label + '.' + label + '.' + label + ".example"));
}

}  // namespace
