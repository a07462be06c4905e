// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 2, 4, 5, RFC 8460 4.2, 4.3, RFC 8689: the outcome of a message at one MX host, and what is counted.
#include <array>
#include <optional>
#include <string_view>

#include <catch2/catch.hpp>
#include <mtasts/decide/outcome.hpp>

namespace {

using namespace mtasts;
using tls = starttls_state;
using cert = certificate_state;
using result = tlsrpt_result_type;
using type = tlsrpt_policy_type;
constexpr auto enforce = policy_mode::enforce, testing = policy_mode::testing, none = policy_mode::none;
constexpr auto no_policy = std::optional<policy_mode>();

constexpr mx_facts good{.in_policy = true, .starttls = tls::established, .certificate = cert::valid};
constexpr mx_facts foreign{.in_policy = false, .starttls = tls::established, .certificate = cert::valid};
constexpr mx_facts stripped{.in_policy = true};
constexpr mx_facts broken{.in_policy = true, .starttls = tls::failed};
constexpr mx_facts with(cert what) { return {.in_policy = true, .starttls = tls::established, .certificate = what}; }
constexpr mx_facts with(mx_facts host, dane_state dane) {
    host.dane = dane;
    return host;
}

constexpr counted_session sts(result what = result::absent, std::string_view reason = {}) {
    return {type::sts, what, reason};
}
constexpr counted_session tlsa(result what = result::absent, std::string_view reason = {}) {
    return {type::tlsa, what, reason};
}
constexpr counted_session nothing_found(result what = result::absent, std::string_view reason = {}) {
    return {type::no_policy_found, what, reason};
}

constexpr outcome delivered(std::optional<counted_session> by_sts, std::optional<counted_session> by_dane = {}) {
    return {delivery::deliver, false, by_sts, by_dane};
}
/// The MTA-STS policy holds the message back.
constexpr outcome refused(counted_session by_sts, std::optional<counted_session> by_dane = {}) {
    return {delivery::try_next, true, by_sts, by_dane};
}
/// DANE holds it back, whatever MTA-STS says.
constexpr outcome refused_by_dane(std::optional<counted_session> by_sts, counted_session by_dane) {
    return {delivery::try_next, false, by_sts, by_dane};
}

struct row {
    std::string_view sentence;
    std::optional<policy_mode> policy;
    mx_facts host;
    outcome expected;
};

constexpr auto rows = std::to_array<row>({
    {"RFC 8461 4: enforce, nothing fails", enforce, good, delivered(sts())},
    {"RFC 8461 5: enforce, not in the policy", enforce, foreign,
     refused(sts(result::validation_failure, "mx-not-in-policy"))},
    {"RFC 8461 8.4: enforce, not in the policy and not contacted",
     enforce,
     {},
     refused(sts(result::validation_failure, "mx-not-in-policy"))},
    {"RFC 8461 5: enforce, no STARTTLS", enforce, stripped, refused(sts(result::starttls_not_supported))},
    {"RFC 8461 5: enforce, TLS fails", enforce, broken,
     refused(sts(result::validation_failure, "tls-handshake-failed"))},
    {"RFC 8461 4.2: enforce, a certificate for another name", enforce, with(cert::host_mismatch),
     refused(sts(result::certificate_host_mismatch))},
    {"RFC 8461 4.2: enforce, expired", enforce, with(cert::expired), refused(sts(result::certificate_expired))},
    {"RFC 8461 4.2: enforce, an untrusted certificate", enforce, with(cert::not_trusted),
     refused(sts(result::certificate_not_trusted, "untrusted-chain"))},
    {"RFC 8461 4.2: enforce, an otherwise invalid certificate", enforce, with(cert::invalid),
     refused(sts(result::validation_failure, "certificate-invalid"))},
    {"RFC 8461 4.2: enforce, no certificate", enforce, with(cert::none),
     refused(sts(result::validation_failure, "no-certificate"))},

    {"RFC 8461 5: testing, nothing fails", testing, good, delivered(sts())},
    {"RFC 8461 5: testing, not in the policy", testing, foreign,
     delivered(sts(result::validation_failure, "mx-not-in-policy"))},
    {"RFC 8461 5: testing, no STARTTLS", testing, stripped, delivered(sts(result::starttls_not_supported))},
    {"RFC 8461 5: testing, expired", testing, with(cert::expired), delivered(sts(result::certificate_expired))},

    {"RFC 8461 5: none requires and counts nothing", none, stripped, delivered({})},
    {"RFC 8461 5: none, the certificate is ignored", none, with(cert::expired), delivered({})},
    {"RFC 8461 5: none, the mx patterns are ignored", none, foreign, delivered({})},

    {"RFC 8460 4.2: no policy, TLS", no_policy, with(cert::not_trusted), delivered(nothing_found())},
    {"RFC 8460 4.2: no policy, no TLS", no_policy, {}, delivered(nothing_found(result::starttls_not_supported))},
    {"RFC 8460 4.2: no policy, TLS fails", no_policy, broken,
     delivered(nothing_found(result::validation_failure, "tls-handshake-failed"))},

    // RFC 8461 2: DANE before MTA-STS.
    {"RFC 8461 2: DANE fails, MTA-STS passes", enforce, with(good, dane_state::tlsa_invalid),
     refused_by_dane(sts(), tlsa(result::tlsa_invalid))},
    {"RFC 8461 2: DANE fails under testing", testing, with(good, dane_state::tlsa_invalid),
     refused_by_dane(sts(), tlsa(result::tlsa_invalid))},
    {"RFC 8461 2: DANE fails under none", none, with(good, dane_state::tlsa_invalid),
     refused_by_dane({}, tlsa(result::tlsa_invalid))},
    {"RFC 8461 2: DANE fails, no policy", no_policy, with(good, dane_state::tlsa_invalid),
     refused_by_dane({}, tlsa(result::tlsa_invalid))},
    {"RFC 8460 4.3.2: DNSSEC fails", none, with(good, dane_state::dnssec_invalid),
     refused_by_dane({}, tlsa(result::dnssec_invalid))},
    {"RFC 8460 4.3.2: DANE is required", enforce, with(good, dane_state::required),
     refused_by_dane(sts(), tlsa(result::dane_required))},
    {"RFC 7672 2.2: TLSA records make TLS mandatory", no_policy, with(stripped, dane_state::passed),
     refused_by_dane({}, tlsa(result::starttls_not_supported))},
    {"RFC 7672 2.2: unusable TLSA records make TLS mandatory too", no_policy, with(stripped, dane_state::none_usable),
     refused_by_dane({}, tlsa(result::starttls_not_supported))},
    {"RFC 7672 2.2: unusable TLSA records authenticate nothing", no_policy,
     with(with(cert::expired), dane_state::none_usable), delivered({}, tlsa())},
    {"RFC 8461 4.2: unusable TLSA records do not replace the certificate", enforce,
     with(with(cert::expired), dane_state::none_usable), refused(sts(result::certificate_expired), tlsa())},
    {"RFC 8461 2: DANE replaces the certificate", enforce, with(with(cert::not_trusted), dane_state::passed),
     delivered(sts(result::certificate_not_trusted, "untrusted-chain"), tlsa())},
    {"RFC 8461 4.1: DANE does not replace the mx pattern", enforce, with(foreign, dane_state::passed),
     refused(sts(result::validation_failure, "mx-not-in-policy"), tlsa())},
    {"RFC 8461 2: DANE and MTA-STS pass", enforce, with(good, dane_state::passed), delivered(sts(), tlsa())},
    {"RFC 8460 4.3: DANE passes, TLS fails", testing, with(broken, dane_state::passed),
     refused_by_dane(sts(result::validation_failure, "tls-handshake-failed"),
                     tlsa(result::validation_failure, "tls-handshake-failed"))},
});

constexpr bool all_hold() {
    for (auto const& row : rows)
        if (!(decide_outcome(row.policy, row.host) == row.expected)) return false;
    return true;
}
static_assert(all_hold());

// Hosts of the classes that RFC 8689 4.2.1 distinguishes.
constexpr mx_facts requiretls_host(bool in_policy, bool secure, cert certificate, bool offered, dane_state dane = {}) {
    return {in_policy, tls::established, certificate, dane, secure, offered};
}

}  // namespace

TEST_CASE("RFC 8461 2, 4, 5: policy, DANE and TLS decide whether a message is delivered, and what is counted") {
    for (auto const& [sentence, policy, host, expected] : rows) {
        INFO(sentence);
        auto const got = decide_outcome(policy, host);
        CHECK(got.action == expected.action);
        CHECK(got.recheck_before_bounce == expected.recheck_before_bounce);
        CHECK(got.by_sts == expected.by_sts);
        CHECK(got.by_dane == expected.by_dane);
    }
}

TEST_CASE("RFC 8461 5: with no host left the message is deferred") {
    STATIC_REQUIRE(detail::at_last_host(delivery::try_next) == delivery::defer);
    STATIC_REQUIRE(detail::at_last_host(delivery::deliver) == delivery::deliver);
}

TEST_CASE("RFC 8461 2, 4.2: an option requires a valid certificate besides DANE") {
    constexpr auto host = with(with(cert::expired), dane_state::passed);
    STATIC_REQUIRE(decide_outcome(enforce, host).action == delivery::deliver);
    auto const both = decide_outcome(enforce, host, message_kind::ordinary, {.both_sts_and_dane = true});
    CHECK(both == refused(sts(result::certificate_expired), tlsa()));
}

TEST_CASE("RFC 8689 3: TLS-Required: No delivers a message despite failures, which are counted") {
    for (auto const& host : {foreign, stripped, broken, with(cert::expired), with(good, dane_state::tlsa_invalid)}) {
        auto const got = decide_outcome(enforce, host, message_kind::tls_not_required);
        CHECK(got.action == delivery::deliver);
        CHECK_FALSE(got.recheck_before_bounce);
        CHECK(got.by_sts == decide_outcome(enforce, host).by_sts);
    }
}

TEST_CASE("RFC 8460 3, 5.3.1: a report is delivered despite all failures, which are not counted") {
    for (auto const& host : {good, foreign, stripped, broken, with(good, dane_state::tlsa_invalid)})
        for (auto const policy : {std::optional(enforce), std::optional(testing), std::optional(none), no_policy})
            CHECK(decide_outcome(policy, host, message_kind::tls_report) == delivered({}));
}

TEST_CASE("RFC 8689 4.2.1: REQUIRETLS needs an authenticated name, a valid certificate and a server that offers it") {
    auto const action = [](std::optional<policy_mode> policy, mx_facts const& host) {
        return decide_outcome(policy, host, message_kind::requiretls).action;
    };
    auto const yes = delivery::deliver, no = delivery::try_next;
    CHECK(action(enforce, requiretls_host(true, false, cert::valid, true)) == yes);
    // The match of RFC 8461 4.1 does not depend on the mode, but mode none counts as no policy.
    CHECK(action(testing, requiretls_host(true, false, cert::valid, true)) == yes);
    CHECK(action(none, requiretls_host(true, false, cert::valid, true)) == no);
    CHECK(action(no_policy, requiretls_host(false, false, cert::valid, true)) == no);
    CHECK(action(no_policy, requiretls_host(false, true, cert::valid, true)) == yes);
    CHECK(action(testing, requiretls_host(false, false, cert::valid, true)) == no);
    // Testing delivers other mail with such a certificate.
    CHECK(action(testing, requiretls_host(true, false, cert::expired, true)) == no);
    CHECK(action(no_policy, requiretls_host(false, true, cert::expired, true, dane_state::passed)) == yes);
    CHECK(action(enforce, requiretls_host(true, false, cert::valid, false)) == no);
    // Under enforce, a secure MX record does not replace an mx pattern.
    CHECK(action(enforce, requiretls_host(false, true, cert::valid, true)) == no);
    CHECK(action(enforce, {.in_policy = true, .requiretls_offered = true}) == no);
}
