// SPDX-License-Identifier: BSL-1.0
/// Reports to merge, made without a text.
#pragma once
#include <catch2/catch.hpp>
#include <mtasts/report/receive/state.hpp>
#include <mtasts/report/receive/totals.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <string_view>
#include <utility>
#include <vector>

namespace reports {

using namespace std::chrono_literals;
using namespace std::string_view_literals;
using mtasts::tlsrpt_policy_type;
using mtasts::tlsrpt_result_type;

inline constexpr std::chrono::sys_days first_day = std::chrono::year(2024) / 3 / 9;

inline mtasts::tlsrpt_failure failure(mtasts::coded<tlsrpt_result_type> result, std::optional<std::uint64_t> count,
                                      std::string_view host = "mx1.example.com",
                                      std::optional<mtasts::ip_address> ip = std::nullopt) {
    mtasts::tlsrpt_failure made;
    made.result = result;
    made.failed_sessions = count;
    made.receiving_mx_hostname = host;
    made.sending_mta_ip = ip;
    return made;
}

inline mtasts::tlsrpt_policy_result policy(mtasts::coded<tlsrpt_policy_type> type, std::string_view domain,
                                           std::optional<std::uint64_t> successful, std::optional<std::uint64_t> failed,
                                           std::vector<mtasts::tlsrpt_failure> failures = {}) {
    return {{type, {}, domain, {}}, {successful, failed}, std::move(failures)};
}

/// The report "1" of reporter.example about a day; tests change what they are about.
inline mtasts::tlsrpt_report report(std::vector<mtasts::tlsrpt_policy_result> policies) {
    mtasts::tlsrpt_report made;
    made.organization_name = "Reporter";
    made.contact_info = "tls@reporter.example";
    made.report_id = "1";
    made.date_range = {first_day, first_day + 86399s};
    made.policies = std::move(policies);
    return made;
}

template <class... Reports>
mtasts::summary summary_of(Reports const&... each) {
    mtasts::summary all;
    (all.add(each), ...);
    return all;
}

/// The totals of reports of unknown origin.
inline mtasts::summary_totals totals_of(mtasts::summary const& all) {
    return mtasts::totals(all, mtasts::report_origin::unknown);
}

/// What format 1 keeps of a summary.
inline mtasts::summary in_format_1(mtasts::summary const& all) {
    mtasts::summary old;
    for (auto const& [identity, report] : all.reports) {
        mtasts::summary one;
        one.reports.emplace(mtasts::report_identity{mtasts::report_origin::unknown, identity.reporter,
                                                    identity.report_id, identity.content,
                                                    mtasts::detail::day_of(identity.start), std::nullopt},
                            report);
        old.merge(std::move(one));
    }
    return old;
}

/// A report and its supposed origin.
struct told_report {
    mtasts::tlsrpt_report report;
    mtasts::report_origin origin;
};

/// Reports from a small vocabulary, so that copies, contradictions and other spellings of a name are frequent.
class random_reports {
  public:
    explicit random_reports(unsigned seed) : engine_(seed) {}

    std::size_t below(std::size_t count) { return engine_() % count; }
    template <class Choices>
    auto one_of(Choices const& choices) {
        return choices[below(std::size(choices))];
    }

    mtasts::tlsrpt_report next() {
        mtasts::tlsrpt_report made;
        made.organization_name = one_of(std::array{""sv, "Reporter"sv, "reporter"sv, "Other\tLtd\n"sv});
        made.contact_info =
            one_of(std::array{"tls@reporter.example"sv, "Tls@REPORTER.example."sv, "a@b.example"sv, ""sv});
        made.report_id = one_of(std::array{"1"sv, "2+reporter.example"sv, "\x00\\x\xFF"sv, ""sv});
        if (below(8) != 0) made.date_range.start = first_day + std::chrono::days(below(3)) + below(2) * 1h;
        if (below(3) != 0) made.date_range.end = first_day + std::chrono::days(1 + below(2)) - 1s;
        for (auto left = below(4); left != 0; --left) made.policies.push_back(next_policy());
        return made;
    }

    /// A number below the limit.
    std::vector<told_report> some(std::size_t most) {
        std::vector<told_report> all(below(most));
        for (auto& [report, origin] : all) {
            report = next();
            origin = one_of(mtasts::report_origins);
        }
        return all;
    }

  private:
    mtasts::tlsrpt_policy_result next_policy() {
        using enum tlsrpt_policy_type;
        auto made = policy(one_of(std::array<mtasts::coded<tlsrpt_policy_type>, 4>{sts, tlsa, absent, {other, "x"}}),
                           one_of(std::array{"example.com"sv, "EXAMPLE.com."sv, "example.net"sv, ""sv}), next_count(),
                           next_count());
        for (auto left = below(4); left != 0; --left) made.failures.push_back(next_failure());
        return made;
    }
    mtasts::tlsrpt_failure next_failure() {
        using enum tlsrpt_result_type;
        std::array<mtasts::coded<tlsrpt_result_type>, 4> const results{
            {certificate_expired, absent, {other, "new-type"}, {other, "New-Type"}}};
        std::array<std::optional<mtasts::ip_address>, 3> const addresses{
            {std::nullopt, mtasts::ip_address{4, {192, 0, 2, 1}}, mtasts::ip_address{6, {0x20, 1, 0xD, 0xB8}}}};
        return failure(one_of(results), next_count(),
                       one_of(std::array{"mx1.example.com"sv, "MX1.example.com."sv, ""sv}), one_of(addresses));
    }
    std::optional<std::uint64_t> next_count() {
        if (below(5) == 0) return std::nullopt;
        // Now and then one that makes sums overflow.
        return below(20) == 0 ? mtasts::session_count::most - below(2) : below(100);
    }

    std::mt19937 engine_;
};

}  // namespace reports
