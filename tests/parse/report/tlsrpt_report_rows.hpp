// SPDX-License-Identifier: BSL-1.0
/// A small valid report, and tables of what is found when one part of it is replaced.
#pragma once
#include <mtasts.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <set>
#include <sstream>
#include <string_view>
#include <utility>

#include "../rows.hpp"

namespace report_rows {

using namespace std::chrono_literals;
using mtasts::code;
using mtasts::text_span;
using mtasts::tlsrpt_policy_type;
using mtasts::tlsrpt_report;
using mtasts::tlsrpt_result_type;
using rows::refused;
using rows::usable;

inline constexpr std::string_view base_text =
    R"({"organization-name":"Example Mail","date-range":{"start-datetime":"2026-08-31T00:00:00Z","end-datetime":"2026)"
    R"(-08-31T23:59:59Z"},"contact-info":"tls@example.net","report-id":"r1+example.net","policies":[{"policy":{"polic)"
    R"(y-type":"sts","policy-string":["version: STSv1","mx: mx.example.com"],"policy-domain":"example.com","mx-host":)"
    R"(["mx.example.com"]},"summary":{"total-successful-session-count":120,"total-failure-session-count":30},"failure)"
    R"(-details":[{"result-type":"certificate-expired","sending-mta-ip":"192.0.2.7","receiving-mx-hostname":"mx1.exam)"
    R"(ple.com","receiving-mx-helo":"helo.example.com","receiving-ip":"203.0.113.9","failed-session-count":21,"additi)"
    R"(onal-information":"https://example.net/r1","failure-reason-code":"expired"},{"result-type":"sts-policy-fetch-e)"
    R"(rror","failed-session-count":9}]},{"policy":{"policy-type":"tlsa","policy-string":["3 1 1 9F86D081"],"policy-d)"
    R"(omain":"mx2.example.com"},"summary":{"total-successful-session-count":7,"total-failure-session-count":0}},{"po)"
    R"(licy":{"policy-type":"no-policy-found","policy-domain":"example.org"},"summary":{"total-successful-session-cou)"
    R"(nt":5,"total-failure-session-count":0}}]})";

constexpr std::chrono::sys_seconds instant(std::string_view text) { return mtasts::parse_date_time(text).value; }

/// What `base_text` says, written down by hand.
constexpr tlsrpt_report base_value() {
    tlsrpt_report report;
    report.organization_name = "Example Mail";
    report.date_range.start = std::chrono::sys_days(std::chrono::year(2026) / 8 / 31);
    report.date_range.end = *report.date_range.start + 24h - 1s;
    report.contact_info = "tls@example.net";
    report.report_id = "r1+example.net";
    report.policies.resize(3);
    auto& sts = report.policies[0];
    sts.policy.type = tlsrpt_policy_type::sts;
    sts.policy.strings = {"version: STSv1", "mx: mx.example.com"};
    sts.policy.domain = "example.com";
    sts.policy.mx_hosts = {{"mx.example.com"}};
    sts.summary = {120, 30};
    sts.failures.resize(2);
    sts.failures[0].result = tlsrpt_result_type::certificate_expired;
    sts.failures[0].sending_mta_ip = mtasts::parse_ip_address("192.0.2.7").value;
    sts.failures[0].receiving_mx_hostname = "mx1.example.com";
    sts.failures[0].receiving_mx_helo = "helo.example.com";
    sts.failures[0].receiving_ip = mtasts::parse_ip_address("203.0.113.9").value;
    sts.failures[0].failed_sessions = 21;
    sts.failures[0].additional_information = "https://example.net/r1";
    sts.failures[0].reason_code = "expired";
    sts.failures[1].result = tlsrpt_result_type::sts_policy_fetch_error;
    sts.failures[1].failed_sessions = 9;
    auto& tlsa = report.policies[1];
    tlsa.policy.type = tlsrpt_policy_type::tlsa;
    tlsa.policy.strings = {"3 1 1 9F86D081"};
    tlsa.policy.domain = "mx2.example.com";
    tlsa.summary = {7, 0};
    auto& none = report.policies[2];
    none.policy.type = tlsrpt_policy_type::no_policy_found;
    none.policy.domain = "example.org";
    none.summary = {5, 0};
    return report;
}

inline constexpr auto unchanged = [](tlsrpt_report&) {};

/// What becomes of the value if `from`, which the base text has once, is replaced by `to`. Two "~" in `to` mark the octets
/// that the finding is about; they are not part of the text.
struct row {
    std::string_view from, to;
    bool usable = false;
    std::optional<mtasts::code> said{};
    void (*change)(tlsrpt_report&) = unchanged;
    /// The codes of all other findings, in their order.
    std::array<std::optional<mtasts::code>, 3> also{};
};

/// The text of a row, and the span that is marked in it.
struct exchanged {
    std::array<char, 2 * base_text.size()> octets{};
    std::size_t size = 0;
    text_span marked{};

    constexpr explicit exchanged(row const& made) {
        auto const place = base_text.find(made.from);
        put(base_text.substr(0, place));
        bool opened = false;
        for (char const c : made.to) {
            if (c != '~') put({&c, 1});
            else if (!std::exchange(opened, true)) marked.offset = size;
            else marked.length = size - marked.offset;
        }
        put(base_text.substr(place + made.from.size()));
    }
    constexpr void put(std::string_view text) {
        for (char const c : text) octets[size++] = c;
    }
    constexpr std::string_view text() const { return {octets.data(), size}; }
};

/// Whether the base text has this part exactly once.
constexpr bool stands_once(std::string_view place) {
    auto const first = base_text.find(place);
    return first != base_text.npos && base_text.find(place, first + 1) == base_text.npos;
}

constexpr bool holds(row const& made) {
    if (!stands_once(made.from)) return false;
    exchanged const text(made);
    auto const result = mtasts::parse_tlsrpt_report(text.text());
    auto expected = base_value();
    made.change(expected);
    if (result.usable() != made.usable || !(result.value == expected)) return false;
    std::size_t others = 0;
    bool found = !made.said;
    for (auto const& finding : result.findings) {
        if (!found && finding.code == *made.said && finding.where == text.marked) found = true;
        else if (others == made.also.size() || made.also[others++] != finding.code) return false;
    }
    return found && (others == made.also.size() || !made.also[others]);
}

/// The same at run time, with a message for what does not hold.
template <std::size_t Count>
void match(row const (&table)[Count]) {
    for (auto const& made : table) {
        INFO("replaced: " << made.from << "\n  by: " << made.to);
        REQUIRE(stands_once(made.from));
        exchanged const text(made);
        auto const result = mtasts::parse_tlsrpt_report(text.text());
        auto expected = base_value();
        made.change(expected);
        std::ostringstream said;
        for (auto const& finding : result.findings) said << "  " << finding.code << " at " << finding.where << '\n';
        INFO("marked: " << text.marked << "\nsaid:\n" << said.str());
        CHECK(result.usable() == made.usable);
        CHECK((result.value == expected));
        CHECK(holds(made));
    }
}

/// The codes that some tables have.
template <class... Tables>
std::set<code> codes_of(Tables const&... tables) {
    std::set<code> seen;
    auto const add = [&](auto const& table) {
        for (auto const& made : table)
            if (made.said) seen.insert(*made.said);
    };
    (add(tables), ...);
    return seen;
}

/// Whether all codes from the first to the last are among them.
inline void check_range(std::set<code> const& seen, code first, code last) {
    for (auto i = static_cast<int>(first); i <= static_cast<int>(last); ++i) {
        INFO(static_cast<code>(i));
        CHECK(seen.count(static_cast<code>(i)) == 1);
    }
}

}  // namespace report_rows
