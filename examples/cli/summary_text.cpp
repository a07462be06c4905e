// SPDX-License-Identifier: BSL-1.0
#include "summary_text.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <mtasts/render/escape.hpp>
#include <mtasts/render/json.hpp>

namespace {

std::string day_text(std::optional<std::chrono::sys_days> day) {
    if (!day) return {};
    std::chrono::year_month_day const date(*day);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

std::string counted(std::size_t count, std::string_view one, std::string_view several) {
    return fmt::format("{} {}", count, count == 1 ? one : several);
}

// Tables for people

/// Rows of cells that are safe to show; the first row is the header. `numbers` is the first column aligned right.
std::string aligned(std::vector<std::vector<std::string>> const& rows, std::size_t numbers) {
    auto const width = [](std::string_view cell) {
        // Code points: all octets but those that continue one.
        return static_cast<std::size_t>(
            std::count_if(cell.begin(), cell.end(), [](char c) { return (static_cast<unsigned char>(c) >> 6) != 2; }));
    };
    std::vector<std::size_t> widths(rows.front().size());
    for (auto const& row : rows)
        for (std::size_t i = 0; i != row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
    std::string out;
    for (auto const& row : rows) {
        std::string line;
        for (std::size_t i = 0; i != row.size(); ++i) {
            std::string const padding(widths[i] - width(row[i]), ' ');
            if (i != 0) line += "  ";
            line += i < numbers ? row[i] + padding : padding + row[i];
        }
        out.append(line, 0, line.find_last_not_of(' ') + 1) += '\n';
    }
    return out;
}

/// A cell with text of unknown origin.
std::string cell(std::string_view text) { return text.empty() ? "-" : mtasts::visible_excerpt(text); }

std::string count_cell(mtasts::session_count const& count) {
    return fmt::format("{}{}{}", count.overflowed() ? ">= " : "", count.sessions, count.unknown != 0 ? " + ?" : "");
}

/// The share of sessions that failed, if known. Neither a failure nor a success is rounded away.
std::string rate_cell(mtasts::session_counts const& counts) {
    auto const [successful, failed] = counts;
    if (!successful.exact() || !failed.exact() || (successful.sessions == 0 && failed.sessions == 0)) return "-";
    auto const part = static_cast<double>(failed.sessions),
               rate = 100 * part / (static_cast<double>(successful.sessions) + part);
    if (failed.sessions != 0 && rate < 0.1) return "<0.1 %";
    if (successful.sessions != 0 && rate > 99.9) return ">99.9 %";
    return fmt::format("{:.1f} %", rate);
}

// JSON

std::string json_text(std::string_view text) { return text.empty() ? "null" : mtasts::json_string(text); }

std::uint64_t json_count(std::uint64_t count) { return std::min(count, mtasts::greatest_count); }

bool json_overflows(mtasts::session_count const& count) {
    return count.sessions > mtasts::greatest_count || count.unknown > mtasts::greatest_count;
}

std::string json_key(mtasts::report_origin origin, mtasts::summary_totals::reporting_day const& when,
                     std::string_view organization, mtasts::contribution::policy_key const& policy) {
    return fmt::format(R"("origin":{},"day":{},"reporter":{},"organization":{},"policy_domain":{},"policy_type":{})",
                       json_text(to_text(origin)), json_text(day_text(when.day)), json_text(when.reporter),
                       json_text(organization), json_text(policy.domain), json_text(policy.type));
}

// CSV

/// A cell that no spreadsheet takes for a formula; some end a cell at each semicolon, even in quotation marks.
std::string csv_text(std::string_view text) {
    constexpr std::array<std::string_view, 8> formulas{"=", "+", "-", "@", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
    auto const shown = mtasts::visible(text);
    std::string out = "\"";
    for (std::size_t i = 0; i != shown.size(); ++i) {
        auto const rest = std::string_view(shown).substr(i);
        bool const begins = i == 0 || shown[i - 1] == ';' || shown[i - 1] == '"';
        if (begins && std::any_of(formulas.begin(), formulas.end(), [&](auto sign) { return rest.starts_with(sign); }))
            out += '\'';
        out.append(rest.front() == '"' ? 2 : 1, rest.front());
    }
    return out += '"';
}

std::string csv_key(std::string_view kind, mtasts::summary_totals::reporting_day const& when,
                    std::string_view organization, mtasts::contribution::policy_key const& policy) {
    return fmt::format("{},{},{},{},{},{}", kind, day_text(when.day), csv_text(when.reporter), csv_text(organization),
                       csv_text(policy.domain), csv_text(policy.type));
}

/// The sum of a count of reports over all origins.
std::size_t over_all(sums_by_origin const& sums, std::size_t mtasts::summary_totals::*count) {
    std::size_t sum = 0;
    for (auto const& [origin, of_origin] : sums) sum += of_origin.*count;
    return sum;
}

std::string_view origin_text(mtasts::report_origin origin) {
    switch (origin) {
        case mtasts::report_origin::signed_by_reporter: return "signed by the reporter";
        case mtasts::report_origin::signed_by_another: return "signed by another domain";
        case mtasts::report_origin::not_signed: return "not signed";
        case mtasts::report_origin::unknown: break;
    }
    return "unknown (files)";
}

/// Adds the origin column if there are several origins.
std::vector<std::string> row_of(sums_by_origin const& sums, std::string_view origin, std::vector<std::string> cells) {
    if (sums.size() > 1) cells.insert(cells.begin(), std::string(origin));
    return cells;
}

}  // namespace

sums_by_origin sums_of(mtasts::summary const& all) {
    sums_by_origin sums;
    for (auto const origin : mtasts::report_origins)
        if (auto of_origin = mtasts::totals(all, origin); of_origin.reports != 0)
            sums.emplace(origin, std::move(of_origin));
    return sums;
}

std::string intake_text(sums_by_origin const& sums, intake const& taken) {
    using mtasts::summary_totals;
    auto out = fmt::format("{}, {} left out", counted(over_all(sums, &summary_totals::reports), "report", "reports"),
                           counted(taken.duplicates, "duplicate", "duplicates"));
    if (taken.partial != 0) out += fmt::format(", {} usable only in part (see mtasts lint)", taken.partial);
    if (taken.unusable != 0) out += fmt::format(", {} not usable", counted(taken.unusable, "file", "files"));
    out += '\n';
    if (sums.size() == 1) out += fmt::format("origin of all: {}\n", origin_text(sums.begin()->first));
    else
        for (auto const& [origin, of_origin] : sums)
            out += fmt::format("{}: {}\n", origin_text(origin), counted(of_origin.reports, "report", "reports"));
    if (auto const silent = over_all(sums, &summary_totals::without_policies); silent != 0)
        out += counted(silent, "report has", "reports have") + " no policies\n";
    if (auto const contradicted = over_all(sums, &summary_totals::contradicted); contradicted != 0)
        out += counted(contradicted, "report", "reports") +
               " came in copies that differ; the fullest copy of each is counted\n";
    if (taken.other_domains != 0)
        out += counted(taken.other_domains, "other policy domain", "other policy domains") + " left out\n";
    return out;
}

std::string summary_table(sums_by_origin const& sums, intake const& taken) {
    auto out = intake_text(sums, taken);
    std::size_t const shift = sums.size() > 1 ? 1 : 0;
    std::vector<std::vector<std::string>> sessions{row_of(
        sums, "origin",
        {"day", "reporter", "organization", "policy domain", "policy type", "successful", "failed", "failure rate"})},
        failures{row_of(
            sums, "origin",
            {"day", "reporter", "policy domain", "policy type", "result type", "MX host", "sending IP", "sessions"})};
    for (auto const& [origin, of_origin] : sums) {
        for (auto const& [key, counts] : of_origin.sessions) {
            auto const& [when, policy] = key;
            sessions.push_back(
                row_of(sums, to_text(origin),
                       {cell(day_text(when.day)), cell(when.reporter), cell(of_origin.organizations.at(when.reporter)),
                        cell(policy.domain), cell(policy.type), count_cell(counts.successful),
                        count_cell(counts.failed), rate_cell(counts)}));
        }
        for (auto const& [key, count] : of_origin.failures) {
            auto const& [when, failure] = key;
            failures.push_back(row_of(sums, to_text(origin),
                                      {cell(day_text(when.day)), cell(when.reporter), cell(failure.policy.domain),
                                       cell(failure.policy.type), cell(failure.result_type), cell(failure.mx_host),
                                       cell(failure.sending_ip), count_cell(count)}));
        }
    }
    if (sessions.size() > 1) out += "\nSessions\n" + aligned(sessions, shift + 5);
    if (failures.size() > 1) out += "\nFailures\n" + aligned(failures, shift + 7);
    return out;
}

std::string summary_json(sums_by_origin const& sums, intake const& taken) {
    using mtasts::summary_totals;
    std::vector<std::string> origins, sessions, failures;
    auto const as_it_is = [](std::string const& text) { return text; };
    for (auto const& [origin, of_origin] : sums) {
        origins.push_back(
            fmt::format(R"({{"origin":{},"reports":{}}})", json_text(to_text(origin)), of_origin.reports));
        for (auto const& [key, counts] : of_origin.sessions)
            sessions.push_back(fmt::format(
                R"({{{},"successful":{},"successful_unknown":{},"failed":{},"failed_unknown":{},"overflowed":{}}})",
                json_key(origin, key.first, of_origin.organizations.at(key.first.reporter), key.second),
                json_count(counts.successful.sessions), json_count(counts.successful.unknown),
                json_count(counts.failed.sessions), json_count(counts.failed.unknown),
                json_overflows(counts.successful) || json_overflows(counts.failed)));
        for (auto const& [key, count] : of_origin.failures) {
            auto const& [when, failure] = key;
            failures.push_back(fmt::format(
                R"({{{},"result_type":{},"mx_host":{},"sending_ip":{},"sessions":{},"sessions_unknown":{},"overflowed":{}}})",
                json_key(origin, when, of_origin.organizations.at(when.reporter), failure.policy),
                json_text(failure.result_type), json_text(failure.mx_host), json_text(failure.sending_ip),
                json_count(count.sessions), json_count(count.unknown), json_overflows(count)));
        }
    }
    return fmt::format(
               R"({{"reports":{},"origins":{},"duplicates":{},"usable_in_part":{},"not_usable":{},"without_policies":{},"contradicted":{},"other_domains":{},"sessions":{},"failures":{}}})",
               over_all(sums, &summary_totals::reports), mtasts::json_array(origins, as_it_is), taken.duplicates,
               taken.partial, taken.unusable, over_all(sums, &summary_totals::without_policies),
               over_all(sums, &summary_totals::contradicted), taken.other_domains,
               mtasts::json_array(sessions, as_it_is), mtasts::json_array(failures, as_it_is)) +
           "\n";
}

std::string summary_csv(sums_by_origin const& sums) {
    std::string out =
        "kind,day,reporter,organization,policy_domain,policy_type,successful,successful_unknown,failed,failed_unknown,"
        "result_type,mx_host,sending_ip,failures,failures_unknown,overflowed,origin\r\n";
    // All sessions, then all failures.
    for (auto const& [origin, of_origin] : sums)
        for (auto const& [key, counts] : of_origin.sessions) {
            auto const& [when, policy] = key;
            out += fmt::format("{},{},{},{},{},,,,,,{},{}\r\n",
                               csv_key("sessions", when, of_origin.organizations.at(when.reporter), policy),
                               counts.successful.sessions, counts.successful.unknown, counts.failed.sessions,
                               counts.failed.unknown, counts.successful.overflowed() || counts.failed.overflowed(),
                               to_text(origin));
        }
    for (auto const& [origin, of_origin] : sums)
        for (auto const& [key, count] : of_origin.failures) {
            auto const& [when, failure] = key;
            out += fmt::format("{},,,,,{},{},{},{},{},{},{}\r\n",
                               csv_key("failures", when, of_origin.organizations.at(when.reporter), failure.policy),
                               csv_text(failure.result_type), csv_text(failure.mx_host), csv_text(failure.sending_ip),
                               count.sessions, count.unknown, count.overflowed(), to_text(origin));
        }
    return out;
}
