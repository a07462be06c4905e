// SPDX-License-Identifier: BSL-1.0
/// RFC 7672 2.1.2, 2.2: every combination of what DNS may say about a domain and its MX host.
#include <array>
#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>
#include <mtasts/decide/dane.hpp>

namespace {

using namespace mtasts;
using what = dns_state;

constexpr auto facts = std::to_array<dns_fact>({{what::found, true},
                                                {what::found, false},
                                                {what::absent, true},
                                                {what::absent, false},
                                                {what::failed, true},
                                                {what::failed, false},
                                                {what::bogus, true},
                                                {what::bogus, false}});
constexpr dns_fact secure = facts[0], insecure = facts[1], secure_absent = facts[2], insecure_absent = facts[3],
                   failed = facts[5], bogus = facts[7];

/// An independent model: what has to be proved before a domain may count as without DANE, or as with it.
struct proof {
    dns_fact mx, a, aaaa;
    tlsa_fact tlsa;

    static constexpr bool answered(dns_fact fact) { return fact.what != what::failed && fact.what != what::bogus; }
    static constexpr bool signed_answer(dns_fact fact) { return answered(fact) && fact.validated; }
    /// RFC 7672 2.1.2: the hosts are known and authenticated.
    constexpr bool hosts_known() const { return answered(mx); }
    constexpr bool hosts_are_an_attackers() const { return mx.what == what::found && !mx.validated; }
    constexpr bool host_signed() const { return signed_answer(a) || signed_answer(aaaa); }
    constexpr bool host_unsigned() const { return !host_signed() && (answered(a) || answered(aaaa)); }
    constexpr bool tlsa_stands() const {
        return signed_answer(tlsa.answer) && tlsa.answer.what == what::found && tlsa.usable;
    }
    constexpr dane_hosts verdict() const {
        if (hosts_known() && hosts_are_an_attackers()) return dane_hosts::none;
        if (hosts_known() && host_unsigned()) return dane_hosts::none;
        if (hosts_known() && host_signed() && answered(tlsa.answer) && !tlsa_stands()) return dane_hosts::none;
        if (hosts_known() && host_signed() && tlsa_stands()) return dane_hosts::all;
        return dane_hosts::unknown;
    }
    constexpr bool holds() const {
        std::array const hosts{dane_host_facts{a, aaaa, tlsa}};
        return dane_of_domain(mx, hosts).hosts == verdict();
    }
};

constexpr bool all_hold(dns_fact mx) {
    for (auto const a : facts)
        for (auto const aaaa : facts)
            for (auto const tlsa : facts)
                for (bool const usable : {false, true})
                    if (!proof{mx, a, aaaa, {tlsa, usable}}.holds()) return false;
    return true;
}
static_assert(all_hold(secure) && all_hold(insecure));
static_assert(all_hold(secure_absent) && all_hold(failed));

struct host_row {
    std::string_view sentence;
    dane_host_facts host;
    host_dane expected;
};

constexpr tlsa_fact usable{secure, true}, unusable{secure, false}, no_tlsa{secure_absent}, lost{failed};

constexpr auto host_rows = std::to_array<host_row>({
    {"RFC 7672 2.2.2: usable TLSA records of a secure host", {secure, secure_absent, usable}, host_dane::present},
    {"RFC 7672 2.1.2: its TLSA records cannot be looked up", {secure, secure, lost}, host_dane::unknown},
    {"RFC 7672 2.1.2: its TLSA records are bogus", {secure, secure, {bogus, true}}, host_dane::unknown},
    {"RFC 7672 2.1.2: nothing can be looked up", {failed, failed, lost}, host_dane::unknown},
    {"RFC 7672 2.1.2: its addresses cannot be looked up, its TLSA records can",
     {failed, bogus, no_tlsa},
     host_dane::unknown},
    {"RFC 7672 2.2.2: an insecure host, whose server fails on TLSA queries", {insecure, failed, lost}, host_dane::none},
    {"RFC 7672 2.2.2: the same host, if only AAAA is answered", {failed, insecure_absent, lost}, host_dane::none},
    {"RFC 7672 2.2: TLSA records that cannot be used", {secure, failed, unusable}, host_dane::none},
    {"RFC 7672 2.2: TLSA records that DNSSEC does not authenticate",
     {secure, failed, {insecure, true}},
     host_dane::none},
    {"RFC 7672 2.2.2: an alias, with TLSA records at its target",
     {secure, secure, no_tlsa, secure, usable},
     host_dane::present},
    {"RFC 7672 2.2.2: an alias, with TLSA records only at its own name",
     {secure, secure, usable, secure, no_tlsa},
     host_dane::present},
    {"RFC 7672 2.2.2: an alias: the TLSA records of its target come first, usable or not",
     {secure, secure, usable, secure, unusable},
     host_dane::none},
    {"RFC 7672 2.1.2: an alias: the TLSA records of its target cannot be looked up",
     {secure, secure, no_tlsa, secure, lost},
     host_dane::unknown},
    {"RFC 7672 2.1.2: an alias: its own TLSA records cannot be looked up, its target has none",
     {secure, secure, lost, secure, no_tlsa},
     host_dane::unknown},
    {"RFC 7672 2.2.2: a signed alias of an insecure host", {insecure, insecure, usable, secure}, host_dane::present},
    {"RFC 7672 2.2.2: the same, without TLSA records", {insecure, insecure, no_tlsa, secure}, host_dane::none},
    {"RFC 7672 2.1.2: it is unknown whether the alias is signed",
     {insecure, insecure, no_tlsa, failed},
     host_dane::unknown},
    {"RFC 7672 2.2.2: an insecure alias", {insecure, insecure, lost, insecure}, host_dane::none},
});

constexpr bool host_rows_hold() {
    for (auto const& row : host_rows)
        if (dane_of_host(row.host) != row.expected) return false;
    return true;
}
static_assert(host_rows_hold());

constexpr dane_host_facts with{secure, secure_absent, usable}, bare{secure, secure_absent, no_tlsa},
    unknown{secure, secure_absent, lost};

struct domain_row {
    std::string_view sentence;
    dns_fact mx;
    std::vector<dane_host_facts> hosts;
    dane_findings expected;
    bool all_looked_at = true;
};

std::vector<domain_row> const domain_rows{
    {"RFC 7672 2.2: all hosts have DANE", secure, {with, with}, {dane_hosts::all, true}},
    {"RFC 7672 2.2: one of two has DANE", secure, {with, bare}, {dane_hosts::some, true}},
    {"RFC 7672 2.1.2: one has DANE, the other is unknown", secure, {unknown, with}, {dane_hosts::some, true}},
    {"RFC 7672 2.1.2: one has no DANE, the other is unknown", secure, {bare, unknown}, {dane_hosts::unknown, true}},
    {"RFC 7672 2.2: none has", secure, {bare, bare}, {dane_hosts::none, true}},
    {"more hosts than were looked up", secure, {bare, bare}, {dane_hosts::unknown, true}, false},
    {"more hosts than were looked up, all of those with DANE", secure, {with}, {dane_hosts::some, true}, false},
    {"RFC 7505 3: no host at all", secure, {}, {dane_hosts::none, true}},
    {"RFC 7672 2.2.1: insecure MX records, even if the hosts have DANE", insecure, {with}, {dane_hosts::none, false}},
    {"RFC 7672 2.1.2: the MX lookup fails", failed, {bare}, {dane_hosts::unknown, false}},
    {"RFC 7672 2.1.2: bogus MX records", bogus, {bare}, {dane_hosts::unknown, false}},
    {"RFC 5321 5.1: no MX record: the domain is its own host, with DANE",
     secure_absent,
     {with},
     {dane_hosts::all, true}},
    {"RFC 5321 5.1: the same without DNSSEC", insecure_absent, {{insecure, failed, lost}}, {dane_hosts::none, false}},
    {"RFC 7672 2.1.2: the same, with unknown addresses",
     insecure_absent,
     {{failed, failed, lost}},
     {dane_hosts::unknown, false}},
    {"RFC 7672 2.2.2: the same, for a signed alias of an insecure host",
     insecure_absent,
     {{insecure, insecure, usable, secure}},
     {dane_hosts::all, false}},
    {"nothing looked up yet", secure_absent, {}, {dane_hosts::unknown, false}},
};

}  // namespace

TEST_CASE("RFC 7672 2.1.2, 2.2: DANE is present or absent only by proof, in all combinations of answers") {
    std::size_t tried = 0, open = 0;
    for (auto const mx : facts)
        for (auto const a : facts)
            for (auto const aaaa : facts)
                for (auto const tlsa : facts)
                    for (bool const can_be_used : {false, true}) {
                        proof const each{mx, a, aaaa, {tlsa, can_be_used}};
                        if (!each.holds()) FAIL_CHECK("mx, a, aaaa, tlsa: combination " << tried);
                        open += each.verdict() == dane_hosts::unknown;
                        ++tried;
                    }
    CHECK(tried == 8192);
    CHECK(open > 4096);
}

TEST_CASE("RFC 7672 2.1.2, 2.2.2: what DNS proves about a host or an alias decides whether it has DANE") {
    for (auto const& [sentence, host, expected] : host_rows) {
        INFO(sentence);
        CHECK(dane_of_host(host) == expected);
    }
}

TEST_CASE("RFC 7672 2.2.1: the hosts of a domain decide whether DANE protects all, some or none, or is unknown") {
    for (auto const& [sentence, mx, hosts, expected, all_looked_at] : domain_rows) {
        INFO(sentence);
        CHECK(dane_of_domain(mx, hosts, all_looked_at) == expected);
    }
}

TEST_CASE("RFC 7672 2.1.2: with one host unknown, DANE never counts as protecting all hosts or none") {
    std::array const kinds{with, bare, unknown};
    for (auto const& first : kinds)
        for (auto const& second : kinds) {
            std::array const hosts{first, second, unknown};
            auto const count = dane_of_domain(secure, hosts).hosts;
            CHECK((count == dane_hosts::some || count == dane_hosts::unknown));
        }
}
