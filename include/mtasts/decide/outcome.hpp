// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 4, 5: what becomes of a message at one MX host, and what SMTP TLS Reporting (RFC 8460 4.3) counts of it.
#pragma once
#include <optional>
#include <string_view>

#include <mtasts/model/sts_policy.hpp>
#include <mtasts/model/tlsrpt_report.hpp>

namespace mtasts {

/// The result of STARTTLS (RFC 3207). A host that was not contacted counts as not offering it.
enum class starttls_state {
    not_offered,
    /// Offered, but TLS was not established.
    failed,
    established,
};

/// The certificate, judged by RFC 8461 4.2: a DNS-ID for the MX host, a chain to a trusted root, not expired.
enum class certificate_state {
    /// None was seen.
    none,
    valid,
    host_mismatch,
    expired,
    not_trusted,
    /// Not usable for another reason.
    invalid,
};

/// The result of DANE (RFC 7672) for the host.
/// Example: `static_assert(mtasts::mx_facts{}.dane == mtasts::dane_state::none);`
enum class dane_state {
    /// No TLSA records that DNSSEC validates, or the MTA does not do DANE.
    none,
    /// RFC 7672 2.2: TLSA records, but no usable ones: TLS is required, authentication is not.
    none_usable,
    passed,
    /// RFC 8460 4.3.2: no TLSA record matches the certificate.
    tlsa_invalid,
    /// RFC 8460 4.3.2: the TLSA records could not be looked up, or fail DNSSEC validation.
    dnssec_invalid,
    /// RFC 8460 4.3.2: this MTA requires DANE, and there is none.
    required,
};

/// What is known about an MX host after a delivery attempt, or before: a host that a policy of mode enforce does not
/// cover need not be contacted.
struct mx_facts {
    /// RFC 8461 4.1: whether a pattern of the policy covers the name in the MX record.
    bool in_policy = false;
    starttls_state starttls = starttls_state::not_offered;
    certificate_state certificate = certificate_state::none;
    dane_state dane = dane_state::none;
    /// RFC 8689 4.2.1: whether DNSSEC validates the MX record, and whether the server offers REQUIRETLS.
    bool mx_secure = false;
    bool requiretls_offered = false;
};

/// What the message itself asks for.
/// Example: `static_assert(decide_outcome({}, {}, mtasts::message_kind::tls_report).action == mtasts::delivery::deliver);`
enum class message_kind {
    ordinary,
    /// RFC 8689 3: `TLS-Required: No`: no TLS failure holds it back.
    tls_not_required,
    /// RFC 8689 4.2.1: REQUIRETLS: only authenticated TLS will do.
    requiretls,
    /// RFC 8460 3, 5.3.1: it carries a report about failures, which do not hold it back and are not counted again.
    tls_report,
};

/// What becomes of a message at one MX host.
enum class delivery {
    deliver,
    /// Not to this host (RFC 8461 5.1).
    try_next,
    /// No host is left; the message stays queued, as after other transient failures (RFC 8461 5).
    defer,
};

namespace detail {

/// The action if there is no further host.
constexpr delivery at_last_host(delivery action) { return action == delivery::deliver ? action : delivery::defer; }

}  // namespace detail

/// One session as TLS-RPT counts it, under the policy that was applied (RFC 8460 4.2).
/// Example: `static_assert(mtasts::counted_session{}.succeeded());`
struct counted_session {
    tlsrpt_policy_type policy = tlsrpt_policy_type::no_policy_found;
    /// `absent` if the session succeeded.
    tlsrpt_result_type result = tlsrpt_result_type::absent;
    /// RFC 8460 4.4: the failure-reason-code, if the result type alone says too little.
    std::string_view reason = {};

    constexpr bool succeeded() const { return result == tlsrpt_result_type::absent; }
    friend constexpr bool operator==(counted_session const&, counted_session const&) = default;
};

/// What to do with a message at one MX host, and what reports count of it (RFC 8460 4.2).
struct outcome {
    delivery action = delivery::try_next;
    /// RFC 8461 5: the MTA-STS policy holds the message back: before it may bounce, discovery has to begin with
    /// `trigger::before_bounce`.
    bool recheck_before_bounce = false;
    /// Nothing if the session is not counted.
    std::optional<counted_session> by_sts = {};
    std::optional<counted_session> by_dane = {};

    friend constexpr bool operator==(outcome const&, outcome const&) = default;
};

/// Where the RFCs leave a choice.
/// Example: `static_assert(!mtasts::outcome_options{}.both_sts_and_dane);`
struct outcome_options {
    /// Whether enforce requires a certificate by RFC 8461 4.2 even if DANE authenticates the host. RFC 8461 2 only says
    /// that MTA-STS never overrides a failure of DANE.
    bool both_sts_and_dane = false;
};

namespace detail {

/// RFC 8460 4.3: how TLS with the host failed by RFC 8461 4; `absent` if it did not.
constexpr counted_session validated_by_sts(mx_facts const& host) {
    using result = tlsrpt_result_type;
    auto const say = [](result type, std::string_view reason = {}) {
        return counted_session{tlsrpt_policy_type::sts, type, reason};
    };
    // RFC 8461 4.1: there is no result type for this one.
    if (!host.in_policy) return say(result::validation_failure, "mx-not-in-policy");
    if (host.starttls == starttls_state::not_offered) return say(result::starttls_not_supported);
    if (host.starttls == starttls_state::failed) return say(result::validation_failure, "tls-handshake-failed");
    switch (host.certificate) {
        case certificate_state::valid: return say(result::absent);
        case certificate_state::host_mismatch: return say(result::certificate_host_mismatch);
        case certificate_state::expired: return say(result::certificate_expired);
        case certificate_state::not_trusted: return say(result::certificate_not_trusted, "untrusted-chain");
        case certificate_state::none: return say(result::validation_failure, "no-certificate");
        case certificate_state::invalid: break;
    }
    return say(result::validation_failure, "certificate-invalid");
}

/// RFC 8460 4.3, RFC 7672 2.2: the same by DANE; nothing if the host has no TLSA records.
constexpr std::optional<counted_session> validated_by_dane(mx_facts const& host) {
    using result = tlsrpt_result_type;
    auto const say = [](result type, std::string_view reason = {}) {
        return counted_session{tlsrpt_policy_type::tlsa, type, reason};
    };
    switch (host.dane) {
        case dane_state::none: return std::nullopt;
        case dane_state::dnssec_invalid: return say(result::dnssec_invalid);
        case dane_state::required: return say(result::dane_required);
        default: break;
    }
    if (host.starttls == starttls_state::not_offered) return say(result::starttls_not_supported);
    if (host.dane == dane_state::tlsa_invalid) return say(result::tlsa_invalid);
    if (host.starttls == starttls_state::failed) return say(result::validation_failure, "tls-handshake-failed");
    return say(result::absent);
}

/// RFC 8460 4.2: a session without any policy: TLS was established or not.
constexpr counted_session without_policy(mx_facts const& host) {
    using result = tlsrpt_result_type;
    if (host.starttls == starttls_state::not_offered) return {.result = result::starttls_not_supported};
    if (host.starttls == starttls_state::failed)
        return {.result = result::validation_failure, .reason = "tls-handshake-failed"};
    return {};
}

/// RFC 8689 4.2.1: the host's name is authenticated by DNSSEC, or by RFC 8461 4.1 under a policy of any mode but none;
/// its certificate by DANE or RFC 8461 4.2; and the server offers REQUIRETLS.
constexpr bool meets_requiretls(policy_mode mode, mx_facts const& host) {
    bool const name = host.mx_secure || (mode != policy_mode::none && host.in_policy);
    bool const identity = host.dane == dane_state::passed || host.certificate == certificate_state::valid;
    return name && host.starttls == starttls_state::established && identity && host.requiretls_offered;
}

/// With TLS and DANE, a host needs no other authentication, but the policy has to cover it (RFC 8461 4.1).
constexpr bool is_in_policy_by_dane(mx_facts const& host) {
    return host.dane == dane_state::passed && host.starttls == starttls_state::established && host.in_policy;
}

}  // namespace detail

/// What to do with a message at a host, under the policy of `discovery_verdict::policy`, if there is one.
///
/// DANE comes first: if it fails, no policy helps (RFC 8461 2); if it authenticates the host, that counts for the
/// certificate, but the policy still has to cover the name in the MX record. Under enforce, nothing goes to a host that
/// fails validation (RFC 8461 5); under testing, the message goes and the failure is counted; none asks for nothing and
/// counts nothing. A session with a domain that has no policy at all is counted as such.
/// Example: `mtasts::decide_outcome(mtasts::policy_mode::enforce, {}).action == mtasts::delivery::try_next`
constexpr outcome decide_outcome(std::optional<policy_mode> policy, mx_facts const& host,
                                 message_kind message = message_kind::ordinary, outcome_options const& options = {}) {
    auto const mode = policy.value_or(policy_mode::none);
    auto const sts = detail::validated_by_sts(host);
    outcome result{.by_dane = detail::validated_by_dane(host)};
    if (mode != policy_mode::none) result.by_sts = sts;
    else if (!policy && !result.by_dane) result.by_sts = detail::without_policy(host);

    bool const dane_fails = !result.by_dane.value_or(counted_session{}).succeeded();
    bool const dane_stands_in = detail::is_in_policy_by_dane(host) && !options.both_sts_and_dane;
    bool const sts_fails = mode == policy_mode::enforce && !sts.succeeded() && !dane_stands_in;
    result.recheck_before_bounce = sts_fails;
    bool kept_back = dane_fails || sts_fails;
    switch (message) {
        case message_kind::ordinary: break;
        case message_kind::tls_not_required: kept_back = result.recheck_before_bounce = false; break;
        case message_kind::requiretls: kept_back = kept_back || !detail::meets_requiretls(mode, host); break;
        case message_kind::tls_report: return {.action = delivery::deliver};
    }
    result.action = kept_back ? delivery::try_next : delivery::deliver;
    return result;
}

}  // namespace mtasts
