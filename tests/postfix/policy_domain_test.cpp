// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 3.4: the policy domains of next-hops.
#include <array>
#include <string>
#include <string_view>

#include <unicode/uvernum.h>

#include <catch2/catch.hpp>

#include "policy_domain.hpp"

namespace {

using namespace std::string_view_literals;
using socketmap::next_hop, socketmap::next_hop_of;
using enum next_hop::kind;

struct row {
    std::string_view destination;
    next_hop::kind what;
    std::string_view domain = "";
    /// The policy domain before names were mapped as Postfix does: the same, or none.
    enum class former { same, none } before = former::same;
};

/// Ordinary next-hops, in every form that Postfix uses. Their mail must never be deferred.
constexpr auto ordinary = std::to_array<row>({
    {"example.com", policy_domain, "example.com"},
    {"Example.COM", policy_domain, "example.com"},
    {"example.com.", policy_domain, "example.com"},
    {"example.com:25", policy_domain, "example.com"},
    {"example.com:submission", policy_domain, "example.com"},
    {"mail.example.com", policy_domain, "mail.example.com"},
    {"a_b.example.com", policy_domain, "a_b.example.com"},
    {"1and1.example", policy_domain, "1and1.example"},
    {"xn--bcher-kva.example", policy_domain, "xn--bcher-kva.example"},
    // ICU would reject these; Postfix does not call it for ASCII.
    {"ab--cd.example", policy_domain, "ab--cd.example"},
    {"-a-.example", policy_domain, "-a-.example"},
    {"xn--a.example", policy_domain, "xn--a.example"},
    // Relays (RFC 8461 3.4: the smart host is the policy domain).
    {"[relay.example.net]", policy_domain, "relay.example.net"},
    {"[Relay.example.net.]", policy_domain, "relay.example.net"},
    {"[relay.example.net]:587", policy_domain, "relay.example.net"},
    {"[relay.example.net]:submission", policy_domain, "relay.example.net"},
    {"[relay]", policy_domain, "relay", row::former::none},
    {"[relay]:587", policy_domain, "relay", row::former::none},
    {"[localhost]:10025", policy_domain, "localhost", row::former::none},
    // With U-labels.
    {"b\u00FCcher.example", policy_domain, "xn--bcher-kva.example"},
    {"B\u00DCCHER.Example", policy_domain, "xn--bcher-kva.example"},
    {"b\u00FCcher.example.", policy_domain, "xn--bcher-kva.example"},
    {"b\u00FCcher.example:25", policy_domain, "xn--bcher-kva.example"},
    {"[b\u00FCcher.example]:587", policy_domain, "xn--bcher-kva.example"},
    {"\u4F8B\u3048.\u30C6\u30B9\u30C8", policy_domain, "xn--r8jz45g.xn--zckzah"},
    {"fa\u00DF.example", policy_domain, "xn--fa-hia.example"},
    // Postfix does not ask ICU for the Bidi rule.
    {"a\u0661\u05D0.example", policy_domain, "xn--a-0hc84b.example"},
    // Parents, which Postfix looks up after each NOTFOUND.
    {".example.com", no_policy_domain},
    {".com", no_policy_domain},
    {".b\u00FCcher.example", no_policy_domain},
    {".cached\u3002example", no_policy_domain},
    // Address literals (RFC 8461 3.4).
    {"192.0.2.1", no_policy_domain},
    {"192.0.2.1:25", no_policy_domain},
    {"[192.0.2.1]", no_policy_domain},
    {"[192.0.2.1]:25", no_policy_domain},
    {"[IPv6:2001:db8::1]", no_policy_domain},
    {"[IPv6:2001:db8::1]:25", no_policy_domain},
    {"[2001:db8::1]:25", no_policy_domain},
    {"2001:db8::1", no_policy_domain},
    {"[::1]:10024", no_policy_domain},
    // Sockets.
    {"/var/run/lmtp", no_policy_domain},
    {"private/dovecot-lmtp", no_policy_domain},
    {"unix:/var/run/lmtp", no_policy_domain},
    {"unix:private/dovecot-lmtp", no_policy_domain},
    {"/srv/b\u00FCcher/lmtp", no_policy_domain},
    // One label.
    {"localhost", no_policy_domain},
    {"relay", no_policy_domain},
    {"relay:587", no_policy_domain},
    {"b\u00FCcher", no_policy_domain},
    // ASCII that is not a name.
    {"", no_policy_domain},
    {".", no_policy_domain},
    {"..", no_policy_domain},
    {"*", no_policy_domain},
    {"*.example.com", no_policy_domain},
    {"example.123", no_policy_domain},
    {"[]", no_policy_domain},
    {"[]:25", no_policy_domain},
    {"[", no_policy_domain},
    {"[example.com", no_policy_domain},
    {":25", no_policy_domain},
    {"a..example.com", no_policy_domain},
    {"a b.example.com", no_policy_domain},
    {"a\0b.example.com"sv, no_policy_domain},
    {"a{b}.example.com", no_policy_domain},
    {"a\nb.example.com", no_policy_domain},
    {"user@example.com", no_policy_domain},
});

/// Spellings that used to bypass the policy of "cached.example" or "xn--bcher-kva.example".
constexpr auto spellings = std::to_array<row>({
    {"cached\u3002example", policy_domain, "cached.example", row::former::none},
    {"cached\uFF0Eexample", policy_domain, "cached.example", row::former::none},
    {"cached\uFF61example", policy_domain, "cached.example", row::former::none},
    {"cached\u3002example:25", policy_domain, "cached.example", row::former::none},
    {"[cached\u3002example]:587", policy_domain, "cached.example", row::former::none},
    {"\uFF43ached.example", policy_domain, "cached.example", row::former::none},
    {"\uFF23ached.example", policy_domain, "cached.example", row::former::none},
    {"\u24D2ached.example", policy_domain, "cached.example", row::former::none},
    {"\U0001D41Cached.example", policy_domain, "cached.example", row::former::none},
    {"cach\u00ADed.example", policy_domain, "cached.example", row::former::none},
    {"cach\u200Bed.example", policy_domain, "cached.example", row::former::none},
    {"cach\u2060ed.example", policy_domain, "cached.example", row::former::none},
    {"cach\uFE0Fed.example", policy_domain, "cached.example", row::former::none},
    {"cached.\u212Fxample", policy_domain, "cached.example", row::former::none},
    {"bu\u0308cher.example", policy_domain, "xn--bcher-kva.example", row::former::none},
    {"BU\u0308CHER.example", policy_domain, "xn--bcher-kva.example", row::former::none},
});

/// Not ASCII, and rejected by Postfix.
constexpr auto refused = std::to_array<row>({
    {"\xFF.example.com", not_understood},
    {"b\xFC"
     "cher.example",
     not_understood},
    {"\xC0\xAE.example", not_understood},
    {"\xED\xA0\x80.example", not_understood},
    {"cached.example\u3002", not_understood},
    {"\u3002cached.example", not_understood},
    {"\u3002", not_understood},
    {"\u00AD", not_understood},
    {"a\u3002\u3002example", not_understood},
    {"a b\u00FC.example", not_understood},
    {"a@b\u00FC.example", not_understood},
    {"\uFF11\uFF19\uFF12.0.2.1", not_understood},
    {"[\uFF11\uFF19\uFF12.0.2.1]:25", not_understood},
    {"[IPv6\uFF1A2001:db8::1]", not_understood},
    {"[b\u00FCcher.example", not_understood},
    {"b\u00FCcher.ab--cd.example", not_understood},
    {"b\u00FCcher.-a.example", not_understood},
    {"b\u00FCcher.xn--a.example", not_understood},
    {"\u0301a.example", not_understood},
    {"a\u202Eb.example", not_understood},
    {"\uFFFD.example", not_understood},
});

void holds(row const& row) {
    CAPTURE(row.destination);
    auto const found = next_hop_of(row.destination, false);
    CHECK(found.what == row.what);
    CHECK(found.domain == row.domain);
}

TEST_CASE("RFC 8461 3.4: an ordinary next-hop is a policy domain or has none, and its mail is never deferred") {
    for (auto const& row : ordinary) {
        holds(row);
        CHECK(row.what != not_understood);
        // Newly looked up: only single-label relays.
        bool const relay = row.destination.starts_with('[') && row.domain.find('.') == row.domain.npos;
        CHECK((row.before == row::former::same || relay));
    }
}

TEST_CASE("UTS #46: however a name is spelt, it is the domain that Postfix delivers to") {
    for (auto const& row : spellings) holds(row);
}

TEST_CASE("A next-hop that is not ASCII and has no A-labels in Postfix is not understood") {
    for (auto const& row : refused) holds(row);
}

TEST_CASE("enable_idna2003_compatibility: four code points are mapped differently by an ICU older than 76") {
    if (U_ICU_VERSION_MAJOR_NUM >= 76) {
        CHECK(next_hop_of("fa\u00DF.example", true).domain == "xn--fa-hia.example");
        return;
    }
    auto const transitional = [](std::string_view name) { return next_hop_of(name, true).domain; };
    CHECK(transitional("fa\u00DF.example") == "fass.example");
    CHECK(transitional("\u03C3\u03C2.example") == transitional("\u03C3\u03C3.example"));
    CHECK(transitional("a\u200Db.example") == "ab.example");
    CHECK(transitional("a\u200Cb.example") == "ab.example");
    CHECK(transitional("b\u00FCcher.example") == "xn--bcher-kva.example");
    // Otherwise they are kept, even joiners that join nothing: Postfix does not ask ICU for the CONTEXTJ rules.
    CHECK(next_hop_of("a\u200Db.example", false).domain == "xn--ab-m1t.example");
}

TEST_CASE("RFC 1035 2.3.4: a name that is too long is not a policy domain") {
    std::string const label(63, 'a'), name = label + '.' + label + '.' + label + '.' + label;
    CHECK(next_hop_of(label + ".example", false).what == policy_domain);
    CHECK(next_hop_of(label + "a.example", false).what == no_policy_domain);
    CHECK(next_hop_of(name + ".example", false).what == no_policy_domain);
    CHECK(next_hop_of("\u00FC" + label + ".example", false).what == not_understood);
    CHECK(next_hop_of("\u00FC." + name, false).what == not_understood);
    CHECK(next_hop_of(std::string(1000, 'a') + "\u00FC.example", false).what == not_understood);
}

}  // namespace
