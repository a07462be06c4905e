// SPDX-License-Identifier: BSL-1.0
/// The contribution of one report to a summary. Owns its strings, so that the report and its text need not be kept.
#pragma once
#include <algorithm>
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <mtasts/model/instant.hpp>
#include <mtasts/model/report_origin.hpp>
#include <mtasts/model/tlsrpt_report.hpp>
#include <mtasts/name/canonical.hpp>
#include <mtasts/name/ip_text.hpp>
#include <mtasts/name/mail_domain.hpp>
#include <mtasts/report/receive/content_digest.hpp>
#include <mtasts/report/receive/session_count.hpp>

namespace mtasts {

namespace detail {

/// RFC 8460 5.1: the sender of a report is the domain of its contact-info. Some reporters send no contact; then they
/// are told apart by organization-name. Empty if there is neither.
inline std::string reporter_of(tlsrpt_report const& report) {
    auto const domain = contact_domain(report.contact_info);
    return folded_name(domain.empty() ? report.organization_name : domain);
}

}  // namespace detail

/// RFC 8460 5.3: the key by which copies of one report are recognised.
///
/// The origin is part of it, so that a report anybody could have sent neither replaces one that its reporter signed nor
/// counts as a copy of it. So is the date-range: some reporters reuse report-ids.
/// Example: `mtasts::report_identity{}.origin == mtasts::report_origin::unknown`
struct report_identity {
    report_origin origin = report_origin::unknown;
    std::string reporter;
    std::string report_id;
    /// A digest of the whole content if reporter or report-id is missing, so that an exact copy is recognised even
    /// then; else 0.
    std::uint64_t content = 0;
    /// RFC 8460 4.1: the date-range, as far as the report has it.
    std::optional<std::chrono::sys_seconds> start;
    std::optional<std::chrono::sys_seconds> end;

    friend auto operator<=>(report_identity const&, report_identity const&) = default;
};

/// The identity of a report. If its contact-info has no domain, nobody can have signed for it: its origin is unknown,
/// whatever `origin` says.
/// Example: `mtasts::identity_of(mtasts::tlsrpt_report{}).origin == mtasts::report_origin::unknown`
inline report_identity identity_of(tlsrpt_report const& report, report_origin origin = report_origin::unknown) {
    if (origin == report_origin::signed_by_reporter && !canonical_domain(contact_domain(report.contact_info)))
        origin = report_origin::unknown;
    auto const [start, end] = report.date_range;
    report_identity identity{origin, detail::reporter_of(report), std::string(report.report_id), 0, start, end};
    if (identity.reporter.empty() || identity.report_id.empty()) {
        detail::content_digest sum;
        sum.put(report);
        identity.content = sum.value();
    }
    return identity;
}

/// Sessions that succeeded and that failed (RFC 8460 4.2).
struct session_counts {
    session_count successful;
    session_count failed;

    void add(session_counts const& other) {
        successful.add(other.successful);
        failed.add(other.failed);
    }
    friend auto operator<=>(session_counts const&, session_counts const&) = default;
};

/// Sessions by policy and failures by kind, separately: one session may fail in several ways, or in none that the
/// report lists (RFC 8460 4), so that neither can be derived from the other.
/// Example: `mtasts::contribution{}.sessions.empty()`
struct contribution {
    /// The key of session counts, within a day and a reporter. The type is kept as spelt.
    struct policy_key {
        std::string domain;
        std::string type;

        friend auto operator<=>(policy_key const&, policy_key const&) = default;
    };

    /// The key of failure counts, within a day and a reporter; what the report lacks is empty.
    struct failure_key {
        policy_key policy;
        std::string result_type;
        std::string mx_host;
        std::string sending_ip;

        friend auto operator<=>(failure_key const&, failure_key const&) = default;
    };

    std::string organization;
    std::map<policy_key, session_counts> sessions;
    std::map<failure_key, session_count> failures;

    friend bool operator==(contribution const&, contribution const&) = default;
    /// A total order in which the fuller of two copies of a report is the greater.
    friend std::weak_ordering operator<=>(contribution const& a, contribution const& b) {
        auto const entries = [](contribution const& c) { return c.sessions.size() + c.failures.size(); };
        if (auto const order = entries(a) <=> entries(b); order != 0) return order;
        if (auto const order = a.organization <=> b.organization; order != 0) return order;
        if (auto const order = a.sessions <=> b.sessions; order != 0) return order;
        return a.failures <=> b.failures;
    }
};

namespace detail {

/// The UTC day of an instant; nothing if no date-time can express it.
inline std::optional<std::chrono::sys_days> day_of(std::optional<std::chrono::sys_seconds> instant) {
    if (!instant || !is_writable(*instant)) return std::nullopt;
    return std::chrono::floor<std::chrono::days>(*instant);
}

/// The contribution of a report to a summary.
/// Example: `mtasts::detail::contribution_of(mtasts::tlsrpt_report{}).failures.empty()`
inline contribution contribution_of(tlsrpt_report const& report) {
    contribution made;
    made.organization = report.organization_name;
    for (auto const& [policy, summary, failures] : report.policies) {
        contribution::policy_key const key{folded_name(policy.domain), std::string(policy.type.text())};
        auto& counts = made.sessions[key];
        counts.successful.add(summary.successful);
        counts.failed.add(summary.failed);
        for (auto const& failure : failures) {
            auto const& ip = failure.sending_mta_ip;
            made.failures[{key, std::string(failure.result.text()), folded_name(failure.receiving_mx_hostname),
                           ip ? std::string(to_text(*ip).view()) : std::string()}]
                .add(failure.failed_sessions);
        }
    }
    return made;
}

}  // namespace detail

}  // namespace mtasts
