// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 4.4: the contents of a report. The structure is that of the JSON; tlsrpt_schema.hpp has the members' names.
///
/// Strings are views: of the report's text, or of `decoded` if they have escapes in the text. What the text lacks, or
/// has in a form without meaning, is absent: an empty string, an empty list or no value.
#pragma once
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <mtasts/model/ip_address.hpp>
#include <mtasts/model/mx_pattern.hpp>
#include <mtasts/text/decoded_strings.hpp>

namespace mtasts {

/// RFC 8460 4.4: the kind of policy that was applied. `other` is a spelling that the RFC does not define.
enum class tlsrpt_policy_type : std::uint8_t { absent, tlsa, sts, no_policy_found, other };
namespace detail {

inline constexpr std::array<std::string_view, 3> tlsrpt_policy_type_names{"tlsa", "sts", "no-policy-found"};

}  // namespace detail

/// RFC 8460 4.3, 6.6: why a session failed. `other` is a spelling that was not registered when this was written.
/// Example: `static_assert(mtasts::tlsrpt_failure{}.result == mtasts::tlsrpt_result_type::absent);`
enum class tlsrpt_result_type : std::uint8_t {
    absent,
    starttls_not_supported,
    certificate_host_mismatch,
    certificate_expired,
    certificate_not_trusted,
    validation_failure,
    tlsa_invalid,
    dnssec_invalid,
    dane_required,
    sts_policy_fetch_error,
    sts_policy_invalid,
    sts_webpki_invalid,
    other,
};
namespace detail {

inline constexpr std::array<std::string_view, 11> tlsrpt_result_type_names{
    "starttls-not-supported", "certificate-host-mismatch",
    "certificate-expired",    "certificate-not-trusted",
    "validation-failure",     "tlsa-invalid",
    "dnssec-invalid",         "dane-required",
    "sts-policy-fetch-error", "sts-policy-invalid",
    "sts-webpki-invalid"};

constexpr auto const& names_of(tlsrpt_policy_type) { return tlsrpt_policy_type_names; }
constexpr auto const& names_of(tlsrpt_result_type) { return tlsrpt_result_type_names; }

}  // namespace detail

/// A word of an open list: a known one, or the spelling of an unknown one.
/// Example: `static_assert(mtasts::coded(mtasts::tlsrpt_policy_type::sts).text() == "sts");`
template <class Kind>
struct coded {
    Kind kind = Kind::absent;
    std::string_view other = {};

    constexpr coded() = default;
    constexpr coded(Kind known) : kind(known) {}
    constexpr coded(Kind known, std::string_view spelling) : kind(known), other(spelling) {}

    /// As written; empty if it is absent.
    constexpr std::string_view text() const {
        if (kind == Kind::absent || kind == Kind::other) return other;
        return detail::names_of(kind)[static_cast<std::size_t>(kind) - 1];
    }
    friend constexpr bool operator==(coded const&, coded const&) = default;
};

/// RFC 7493 2.2: the greatest integer that every JSON reader represents exactly.
inline constexpr std::uint64_t greatest_count = (std::uint64_t{1} << 53) - 1;

/// RFC 8460 4.1: the day that a report covers.
struct tlsrpt_date_range {
    std::optional<std::chrono::sys_seconds> start;
    std::optional<std::chrono::sys_seconds> end;

    friend constexpr bool operator==(tlsrpt_date_range const&, tlsrpt_date_range const&) = default;
};

/// RFC 8460 4.4: the policy that was applied to some sessions.
/// Example: `static_assert(mtasts::tlsrpt_applied_policy{}.domain.empty());`
struct tlsrpt_applied_policy {
    coded<tlsrpt_policy_type> type;
    /// RFC 8460 4.5: the lines of an MTA-STS policy, or the data of TLSA records.
    std::vector<std::string_view> strings;
    std::string_view domain;
    std::vector<mx_pattern> mx_hosts;

    friend constexpr bool operator==(tlsrpt_applied_policy const&, tlsrpt_applied_policy const&) = default;
};

/// Counts of sessions, at most `greatest_count`.
/// Example: `static_assert(!mtasts::tlsrpt_session_counts{}.successful);`
struct tlsrpt_session_counts {
    std::optional<std::uint64_t> successful;
    std::optional<std::uint64_t> failed;

    friend constexpr bool operator==(tlsrpt_session_counts const&, tlsrpt_session_counts const&) = default;
};

/// RFC 8460 4.4: sessions that failed in one way.
/// Example: `static_assert(!mtasts::tlsrpt_failure{}.failed_sessions);`
struct tlsrpt_failure {
    coded<tlsrpt_result_type> result;
    std::string_view receiving_mx_hostname;
    std::string_view receiving_mx_helo;
    std::optional<std::uint64_t> failed_sessions;
    std::string_view additional_information;
    std::string_view reason_code;
    std::optional<ip_address> sending_mta_ip;
    std::optional<ip_address> receiving_ip;

    friend constexpr bool operator==(tlsrpt_failure const&, tlsrpt_failure const&) = default;
};

/// RFC 8460 4.4: the sessions under one policy, and their failures.
/// Example: `static_assert(mtasts::tlsrpt_policy_result{}.failures.empty());`
struct tlsrpt_policy_result {
    tlsrpt_applied_policy policy;
    tlsrpt_session_counts summary;
    std::vector<tlsrpt_failure> failures;

    friend constexpr bool operator==(tlsrpt_policy_result const&, tlsrpt_policy_result const&) = default;
};

/// May be moved but not copied, because views into `decoded` would be left behind.
struct tlsrpt_report {
    std::string_view organization_name;
    tlsrpt_date_range date_range;
    std::string_view contact_info;
    std::string_view report_id;
    std::vector<tlsrpt_policy_result> policies;
    text::decoded_strings decoded;

    friend constexpr bool operator==(tlsrpt_report const&, tlsrpt_report const&) = default;
};

}  // namespace mtasts
