// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 3.3, 4.2, RFC 9525 6.3: which hosts a certificate names.
#include <array>
#include <string_view>

#include <catch2/catch.hpp>
#include <mtasts/decide/identity.hpp>

namespace {

struct row {
    std::string_view dns_id;
    std::string_view host;
    bool named;
};

constexpr auto rows = std::to_array<row>({
    {"mta-sts.example.com", "mta-sts.example.com", true},
    {"MTA-STS.Example.Com", "mta-sts.example.com", true},
    {"mx.example.com", "mx.example.com.", true},
    {"example.com", "mta-sts.example.com", false},
    {"mta-sts.example.com", "example.com", false},
    {"mta-sts.example.net", "mta-sts.example.com", false},
    // RFC 9525 6.3: "*" is the whole left-most label and stands for one.
    {"*.example.com", "mta-sts.example.com", true},
    {"*.example.com", "xn--bcher-kva.example.com", true},
    {"*.example.com", "example.com", false},
    {"*.example.com", "a.mx.example.com", false},
    {"*.com", "mta-sts.example.com", false},
    {"mta-*.example.com", "mta-sts.example.com", false},
    {"*sts.example.com", "mta-sts.example.com", false},
    {"mta-sts.*.com", "mta-sts.example.com", false},
    {"*.*.example.com", "a.b.example.com", false},
    {"*", "localhost", false},
    {"*", "example.com", false},
    // RFC 9525 2, 6.3: DNS-IDs have A-labels; the host is compared in them.
    {"mx.xn--bcher-kva.example", "mx.b\u00FCcher.example", true},
    {"mx.b\u00FCcher.example", "mx.xn--bcher-kva.example", false},
    // No certificate names what is not a host name.
    {"", "", false},
    {".", ".", false},
    {"mx.example.com.", "mx.example.com", false},
    {"192.0.2.1", "192.0.2.1", false},
    {"*.0.2.1", "192.0.2.1", false},
    {"2001:db8::1", "2001:db8::1", false},
    {{"mx.example.com\0.example.net", 27}, "mx.example.com", false},
    {"mx.example.com", {"mx.example.com\0.example.net", 27}, false},
    {" mx.example.com", "mx.example.com", false},
});

constexpr bool all_hold() {
    for (auto const& [dns_id, host, named] : rows)
        if (mtasts::dns_id_matches(dns_id, host) != named) return false;
    return true;
}
static_assert(all_hold());

}  // namespace

TEST_CASE("RFC 9525 6.3, RFC 8461 4.2: a DNS-ID names a host if all labels agree, and * agrees with any first label") {
    for (auto const& [dns_id, host, named] : rows) {
        INFO(dns_id << " / " << host);
        CHECK(mtasts::dns_id_matches(dns_id, host) == named);
    }
}

TEST_CASE("RFC 8461 4.2: one matching DNS-ID is enough, and a certificate without any names no host") {
    constexpr std::array<std::string_view, 2> names{"example.com", "*.example.com"};
    CHECK(mtasts::certificate_names(names, "mx.example.com"));
    CHECK_FALSE(mtasts::certificate_names(names, "mx.example.net"));
    CHECK_FALSE(mtasts::certificate_names({}, "mx.example.com"));
}
