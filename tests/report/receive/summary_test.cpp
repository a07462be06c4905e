// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 4, 5.3: reports added up.
#include <mtasts/parse/tlsrpt_report.hpp>

#include "reports.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>

using namespace reports;
using mtasts::session_count;
using mtasts::summary;

namespace {

using tlsrpt_policy_type::sts, tlsrpt_policy_type::tlsa, tlsrpt_result_type::certificate_expired,
    tlsrpt_result_type::starttls_not_supported, tlsrpt_result_type::validation_failure;

std::vector<mtasts::tlsrpt_report> many(unsigned seed, std::size_t count) {
    random_reports random(seed);
    std::vector<mtasts::tlsrpt_report> all;
    while (all.size() != count) all.push_back(random.next());
    return all;
}

summary merged(summary a, summary const& b) {
    a.merge(b);
    return a;
}

}  // namespace

TEST_CASE("RFC 8460 5.3: a report counts once, however often it arrives") {
    auto const one = report({policy(sts, "example.com", 10, 2)});
    summary all;
    CHECK(all.add(one));
    CHECK_FALSE(all.add(one));
    CHECK(all.merge(summary_of(one)) == 1);

    // Ids are compared as they are; a domain is the same in either case.
    auto shouted = report({policy(sts, "example.com", 10, 2)});
    shouted.contact_info = "other@REPORTER.example.";
    CHECK_FALSE(all.add(shouted));
    auto const sums = totals_of(all);
    CHECK(sums.reports == 1);
    CHECK(sums.contradicted == 0);
    CHECK(sums.sessions.begin()->second == mtasts::session_counts{{10}, {2}});

    auto other = report({policy(sts, "example.com", 1, 0)});
    other.report_id = "2";
    CHECK(all.add(other));
    other.contact_info = "tls@other.example";
    CHECK(all.add(other));
    CHECK(totals_of(all).reports == 3);
}

TEST_CASE("RFC 8460 5.3: of copies that differ, the fuller counts, in whatever order they arrive") {
    // The figures of the cut copy are the greater ones.
    auto const cut = report({policy(sts, "example.com", 11, 3)});
    auto const full = report({policy(sts, "example.com", 10, 2, {failure(certificate_expired, 2)})});
    auto const there = summary_of(cut, full), back = summary_of(full, cut, full);
    CHECK(there == back);
    CHECK(totals_of(there).sessions.begin()->second == mtasts::session_counts{{10}, {2}});
    CHECK(totals_of(there).failures.size() == 1);
    CHECK(totals_of(there).contradicted == 1);
    CHECK(totals_of(summary_of(full, full)).contradicted == 0);
}

TEST_CASE("RFC 8460 5.3: without id or contact, only an exact copy counts as a copy") {
    auto const without_id = [](std::uint64_t count) {
        auto made = report({policy(sts, "example.com", count, 0)});
        made.report_id = {};
        return made;
    };
    auto const nameless = [](std::string_view id) {
        auto made = report({policy(sts, "example.com", 1, 0)});
        made.contact_info = made.organization_name = {};
        made.report_id = id;
        return made;
    };
    CHECK(summary_of(without_id(1), without_id(1)).reports.size() == 1);
    CHECK(summary_of(without_id(1), without_id(2)).reports.size() == 2);
    CHECK(summary_of(nameless("1"), nameless("1")).reports.size() == 1);
    CHECK(summary_of(nameless("1"), nameless("2"), nameless("")).reports.size() == 3);

    // Two halves of a day with the same figures.
    auto later = without_id(1);
    *later.date_range.start += 12h;
    CHECK(summary_of(without_id(1), later).reports.size() == 2);
    CHECK(totals_of(summary_of(without_id(1), later)).sessions.begin()->second.successful == session_count{2});
}

TEST_CASE("RFC 8460 5.1: the reporter is the domain of contact-info, or else the organization") {
    constexpr std::tuple<std::string_view, std::string_view, std::string_view> rows[] = {
        {"tls@reporter.example", "Reporter", "reporter.example"},
        {"TLS@Reporter.EXAMPLE.", "", "reporter.example"},
        {"\"a@b\"@reporter.example", "", "reporter.example"},
        {"", "Reporter Inc.", "reporter inc"},
        {"", "", ""},
        {"postmaster", "Reporter", "reporter"},
        {"tls@", "Reporter", "reporter"},
        {"mailto:tls@reporter.example?subject=x", "", "reporter.example"},
        {"Reporter <tls@reporter.example>", "", "reporter.example"},
        {"tls@b\u00fccher.example", "", "xn--bcher-kva.example"},
        {"tls@[192.0.2.1]", "Reporter", "reporter"},
    };
    for (auto const& [contact, organization, reporter] : rows) {
        mtasts::tlsrpt_report made;
        made.contact_info = contact;
        made.organization_name = organization;
        INFO(contact);
        CHECK(mtasts::detail::reporter_of(made) == reporter);
    }
}

TEST_CASE("RFC 8460 4.4: names that differ in case or a final dot are the same domain or host") {
    auto const sums = totals_of(
        summary_of(report({policy(sts, "Example.COM", 1, 1, {failure(certificate_expired, 1, "MX1.Example.com.")}),
                           policy(sts, "example.com.", 2, 1, {failure(certificate_expired, 2, "mx1.example.com")})})));
    REQUIRE(sums.sessions.size() == 1);
    CHECK(sums.sessions.begin()->first.second == mtasts::contribution::policy_key{"example.com", "sts"});
    CHECK(sums.sessions.begin()->second == mtasts::session_counts{{3}, {2}});
    REQUIRE(sums.failures.size() == 1);
    CHECK(sums.failures.begin()->first.second.mx_host == "mx1.example.com");
    CHECK(sums.failures.begin()->second == session_count{3});
}

TEST_CASE("RFC 8460 4.4: policies and their failures are not multiplied with each other") {
    std::vector<mtasts::tlsrpt_failure> const three{failure(certificate_expired, 1), failure(validation_failure, 2),
                                                    failure(starttls_not_supported, 3, "mx2.example.com")};
    auto const sums =
        totals_of(summary_of(report({policy(sts, "example.com", 100, 4, three), policy(tlsa, "example.com", 100, 0)})));
    // Each policy once, with its own totals: the details count six failures, the summary four failed sessions.
    REQUIRE(sums.sessions.size() == 2);
    CHECK(sums.failures.size() == 3);
    for (auto const& [key, counts] : sums.sessions) {
        CHECK(counts.successful == session_count{100});
        CHECK(counts.failed == session_count{key.second.type == "sts" ? 4u : 0u});
    }
    for (auto const& [key, count] : sums.failures) CHECK(key.second.policy.type == "sts");
}

TEST_CASE("RFC 8460 4.3: unknown result types keep their spelling and stay apart") {
    auto const sums =
        totals_of(summary_of(report({policy(sts, "example.com", 0, 6,
                                            {failure({tlsrpt_result_type::other, "new-type"}, 1),
                                             failure({tlsrpt_result_type::other, "New-Type"}, 2), failure({}, 3)})})));
    std::map<std::string, std::uint64_t> found;
    for (auto const& [key, count] : sums.failures) found[key.second.result_type] = count.sessions;
    CHECK(found == std::map<std::string, std::uint64_t>{{"", 3}, {"New-Type", 2}, {"new-type", 1}});
}

TEST_CASE("RFC 8460 4.4: failures with different sending MTAs stay apart") {
    mtasts::ip_address const four{4, {192, 0, 2, 1}}, six{6, {0x20, 1, 0xD, 0xB8}};
    auto const host = "mx1.example.com"sv;
    auto const sums = totals_of(summary_of(
        report({policy(sts, "example.com", 0, 6,
                       {failure(validation_failure, 1, host, four), failure(validation_failure, 2, host, six),
                        failure(validation_failure, 3, host, four)})})));
    std::map<std::string, std::uint64_t> found;
    for (auto const& [key, count] : sums.failures) found[key.second.sending_ip] = count.sessions;
    CHECK(found == std::map<std::string, std::uint64_t>{{"192.0.2.1", 4}, {"2001:db8::", 2}});
}

TEST_CASE("RFC 8460 4.2.1, 4.2.2: a missing count is unknown, not zero") {
    auto const sums = totals_of(
        summary_of(report({policy(sts, "example.com", std::nullopt, 2, {failure(certificate_expired, std::nullopt)}),
                           policy(sts, "example.com", 5, std::nullopt)})));
    CHECK(sums.sessions.begin()->second == mtasts::session_counts{{5, 1}, {2, 1}});
    CHECK(sums.failures.begin()->second == session_count{0, 1});
    CHECK_FALSE(sums.failures.begin()->second.exact());
}

TEST_CASE("RFC 7493 2.2: a sum that overflowed stays marked as such") {
    static_assert([] {
        session_count sum{session_count::most - 5};
        sum.add(4);
        bool const below = sum.exact();
        sum.add(2);
        sum.add(1);
        return below && sum.overflowed() && sum.sessions == session_count::most;
    }());
    auto const huge = [](std::string_view id, std::uint64_t count) {
        auto made = report({policy(sts, "example.com", count, 0)});
        made.report_id = id;
        return made;
    };
    auto const all = summary_of(huge("1", session_count::most), huge("2", 1), huge("3", 0));
    CHECK(totals_of(all).sessions.begin()->second.successful.overflowed());
    CHECK(totals_of(mtasts::read_summary(write_summary(all)).value).sessions.begin()->second.successful.overflowed());
    // The greatest counts that reports can have are far from it.
    auto const great = summary_of(huge("1", mtasts::greatest_count - 1), huge("2", mtasts::greatest_count - 1));
    CHECK(totals_of(great).sessions.begin()->second.successful == session_count{2 * mtasts::greatest_count - 2});
}

TEST_CASE("RFC 7493 2.2: a count that the reader clamped is only a lower bound") {
    for (auto const& [written, counted] : {std::pair{"9007199254740990"sv, session_count{mtasts::greatest_count - 1}},
                                           {"9007199254740991"sv, session_count{mtasts::greatest_count, 1}},
                                           {"9007199254740992"sv, session_count{mtasts::greatest_count, 1}},
                                           {"1e400"sv, session_count{mtasts::greatest_count, 1}}}) {
        auto const text =
            R"({"policies":[{"summary":{"total-successful-session-count":)" + std::string(written) + "}}]}";
        auto const read = mtasts::parse_tlsrpt_report(text);
        CHECK(totals_of(summary_of(read.value)).sessions.begin()->second.successful == counted);
    }
}

TEST_CASE("RFC 8460 4.1: sessions count for their UTC day; without a start, for no day") {
    auto const starting = [](std::string_view id, std::optional<std::chrono::sys_seconds> start) {
        auto made = report({policy(sts, "example.com", 1, 0)});
        made.report_id = id;
        made.date_range.start = start;
        return made;
    };
    auto const sums = totals_of(
        summary_of(starting("1", first_day), starting("2", first_day + 86399s), starting("3", first_day + 86400s),
                   // not a day of 1970
                   starting("4", std::nullopt), starting("5", std::chrono::sys_days{}), starting("6", first_day - 1s),
                   starting("7", std::chrono::sys_seconds::max()), starting("8", std::chrono::sys_seconds::min())));
    std::map<std::optional<std::chrono::sys_days>, std::uint64_t> found;
    for (auto const& [key, counts] : sums.sessions) found[key.first.day] = counts.successful.sessions;
    CHECK(found == decltype(found){{std::nullopt, 3},
                                   {std::chrono::sys_days{}, 1},
                                   {first_day - std::chrono::days(1), 1},
                                   {first_day, 2},
                                   {first_day + std::chrono::days(1), 1}});
}

TEST_CASE("RFC 8460 4.4: a report without policies is counted") {
    auto const sums = totals_of(summary_of(report({})));
    CHECK(sums.reports == 1);
    CHECK(sums.without_policies == 1);
    CHECK(sums.sessions.empty());
    CHECK(sums.organizations.at("reporter.example") == "Reporter");
}

TEST_CASE("RFC 8460 4.4: a reporter has the name of its latest report") {
    auto old = report({}), recent = report({}), silent = report({});
    old.organization_name = "Zebra";
    recent.report_id = "2";
    *recent.date_range.start += 24h;
    silent.report_id = "3";
    *silent.date_range.start += 48h;
    silent.organization_name = {};
    CHECK(totals_of(summary_of(old, recent, silent)).organizations.at("reporter.example") == "Reporter");
}

TEST_CASE("RFC 8460 5.3: merging is associative, commutative and idempotent") {
    for (unsigned seed = 0; seed != 300; ++seed) {
        random_reports random(seed);
        auto const all = many(seed, 12);
        summary parts[3], whole;
        for (auto const& each : all) {
            whole.add(each);
            // Some go to several parts.
            for (int copies = 0; copies != 2; ++copies) parts[random.below(3)].add(each);
        }
        auto const& [a, b, c] = parts;
        INFO("seed " << seed);
        CHECK(merged(merged(a, b), c) == merged(a, merged(b, c)));
        CHECK(merged(a, b) == merged(b, a));
        CHECK(merged(merged(a, b), a) == merged(a, b));
        CHECK(merged(a, {}) == a);
        CHECK(merged({}, a) == a);
        CHECK(merged(merged(c, a), b) == whole);
    }
}

TEST_CASE("RFC 8460 5.3: the order in which reports arrive does not matter") {
    for (unsigned seed = 0; seed != 100; ++seed) {
        auto all = many(seed, 10);
        summary forth, shuffled;
        for (auto const& each : all) forth.add(each);
        std::shuffle(all.begin(), all.end(), std::mt19937(seed));
        std::size_t fresh = 0;
        for (auto const& each : all) fresh += shuffled.add(each);
        INFO("seed " << seed);
        CHECK(forth == shuffled);
        CHECK(fresh == totals_of(shuffled).reports);
    }
}

TEST_CASE("RFC 8460 4: totals agree with a second, simpler count") {
    for (unsigned seed = 0; seed != 200; ++seed) {
        auto all = many(seed, 12);
        summary together;
        std::set<std::string> ids;
        std::vector<std::string> names;
        for (std::size_t i = 0; i != all.size(); ++i) names.push_back(std::to_string(i));
        for (std::size_t i = 0; i != all.size(); ++i) {
            // No copies here, and no overflow.
            all[i].report_id = names[i];
            for (auto& each : all[i].policies)
                if (each.summary.failed) *each.summary.failed %= 1000;
            together.add(all[i]);
        }
        std::uint64_t failed = 0, unknown = 0, details = 0;
        std::size_t without = 0;
        for (auto const& one : all) {
            without += one.policies.empty();
            for (auto const& each : one.policies) {
                failed += each.summary.failed.value_or(0);
                unknown += !each.summary.failed;
                for (auto const& detail : each.failures)
                    details += detail.failed_sessions.value_or(mtasts::greatest_count) >= mtasts::greatest_count;
            }
        }
        auto const sums = totals_of(together);
        session_count counted;
        for (auto const& [key, counts] : sums.sessions) counted.add(counts.failed);
        std::uint64_t untold = 0;
        for (auto const& [key, count] : sums.failures) untold += count.unknown;
        INFO("seed " << seed);
        CHECK(counted == session_count{failed, unknown});
        CHECK(untold == details);
        CHECK(sums.reports == all.size());
        CHECK(sums.without_policies == without);
    }
}
