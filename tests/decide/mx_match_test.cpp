// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 4.1: which hosts an mx pattern covers.
#include <array>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>
#include <mtasts.hpp>

namespace {

struct row {
    std::string_view pattern;
    std::string_view host;
    bool covered;
};

constexpr auto rows = std::to_array<row>({
    // The name itself, in either case, with or without the dot of DNS presentation.
    {"mail.example.com", "mail.example.com", true},
    {"mail.example.com", "MAIL.Example.COM", true},
    {"MAIL.example.com", "mail.example.com", true},
    {"mail.example.com", "mail.example.com.", true},
    {"mail.example.com", "mail.example.com..", false},
    {"mail.example.com", "mail.example.net", false},
    {"mail.example.com", "mail.example.co", false},
    // No suffix, prefix or regular expression.
    {"example.com", "mail.example.com", false},
    {"mail.example.com", "mail.example.com.evil.net", false},
    {"mail.example.com", "evilmail.example.com", false},
    {"mail.example.com", "mailxexample.com", false},
    {"*.example.com", "mail.evil-example.com", false},
    // "*" is exactly one label, the left-most.
    {"*.example.com", "mail.example.com", true},
    {"*.example.com", "mail.example.com.", true},
    {"*.example.com", "xn--bcher-kva.example.com", true},
    {"*.example.com", "a_b.example.com", true},
    {"*.example.com", "example.com", false},
    {"*.example.com", ".example.com", false},
    {"*.example.com", "a.b.example.com", false},
    {"*.example.com", "*.example.com", false},
    {"*.com", "example.com", true},
    // A malformed pattern covers nothing.
    {"*", "mail", false},
    {"*", "*", false},
    {"*.", "com", false},
    {"*.", "com.", false},
    {"a.*.example.com", "a.b.example.com", false},
    {"mx*.example.com", "mx1.example.com", false},
    {"*.*.example.com", "a.b.example.com", false},
    {".example.com", "mail.example.com", false},
    {"mail.example.com.", "mail.example.com", false},
    {"mail.example.com.", "mail.example.com.", false},
    // U-labels of the host are compared as A-labels; a U-label in a pattern is malformed.
    {"mx.xn--bcher-kva.example", "mx.b\u00FCcher.example", true},
    {"mx.xn--bcher-kva.example", "mx.B\u00DCCHER.example", true},
    {"*.xn--bcher-kva.example", "mx.b\u00FCcher.example", true},
    {"*.example.com", "b\u00FCcher.example.com", true},
    {"mx.b\u00FCcher.example", "mx.xn--bcher-kva.example", false},
    // What is not a name is never covered.
    {"*.example.com", "", false},
    {"*.example.com", ".", false},
    {"", "", false},
    {"*.example.com", "a b.example.com", false},
    {"*.example.com", "a\\.example.com", false},
    {"*.example.com", "a..example.com", false},
    {"*.example.com", "\xFF.example.com", false},
});

constexpr bool all_hold(auto const& table) {
    for (auto const& [pattern, host, covered] : table)
        if (mtasts::mx_matches({pattern}, host) != covered) return false;
    return true;
}
static_assert(all_hold(rows));

}  // namespace

TEST_CASE("RFC 8461 4.1: a pattern covers the host it names, and * stands for one label") {
    for (auto const& [pattern, host, covered] : rows) {
        INFO(pattern << " / " << host);
        CHECK(mtasts::mx_matches({pattern}, host) == covered);
    }
}

TEST_CASE("RFC 1035 2.3.4: a name that is too long is never covered") {
    auto const label = std::string(63, 'a');
    CHECK(mtasts::mx_matches({"*.example"}, label + ".example"));
    CHECK_FALSE(mtasts::mx_matches({"*.example"}, label + "a.example"));
    auto const long_name = label + "." + label + "." + label + "." + std::string(61, 'b');
    REQUIRE(long_name.size() == 253);
    CHECK(mtasts::mx_matches({long_name}, long_name));
    CHECK_FALSE(mtasts::mx_matches({long_name + "b"}, long_name + "b"));
}

TEST_CASE("RFC 8461 4.1: a host is covered if one pattern of the policy matches") {
    constexpr std::string_view text =
        "version: STSv1\nmode: enforce\nmx: a.example\nmx: *.b.example\nmax_age: 604800\n";
    auto const policy = mtasts::parse_sts_policy(text);
    REQUIRE(policy.usable());
    CHECK(mtasts::mx_matches(policy.value, "a.example"));
    CHECK(mtasts::mx_matches(policy.value, "mx.b.example"));
    CHECK_FALSE(mtasts::mx_matches(policy.value, "c.example"));
}
