// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 3, 5.3: the origin of reports, and which reports are copies.
#include "reports.hpp"

#include <algorithm>
#include <string>

using namespace reports;
using mtasts::report_origin;
using mtasts::summary;
using enum report_origin;

namespace {

using tlsrpt_policy_type::sts, tlsrpt_result_type::certificate_expired;

constexpr report_origin others[] = {unknown, not_signed, signed_by_another};

/// The same report in full, with more, and with less.
std::vector<mtasts::tlsrpt_report> forgeries() {
    std::vector<mtasts::tlsrpt_report> all;
    all.push_back(report({policy(sts, "example.com", 10, 0)}));
    all.push_back(report({policy(sts, "example.com", 0, 1000, {failure(certificate_expired, 1000)}),
                          policy(sts, "example.net", 0, 1000)}));
    all.push_back(report({}));
    for (auto& forged : all) forged.organization_name = "Forger";
    return all;
}

}  // namespace

TEST_CASE("RFC 8460 3: what a reporter signed is neither changed nor replaced by what others send in its name") {
    auto const genuine = report({policy(sts, "example.com", 10, 0)});
    summary alone;
    alone.add(genuine, signed_by_reporter);
    auto const sums = totals(alone, signed_by_reporter);
    REQUIRE(sums.sessions.size() == 1);
    CHECK(sums.sessions.begin()->second == mtasts::session_counts{{10}, {0}});
    for (auto const& forged : forgeries())
        for (auto const origin : others) {
            summary before, after;
            CHECK(before.add(genuine, signed_by_reporter));
            CHECK(before.add(forged, origin));
            CHECK(after.add(forged, origin));
            CHECK(after.add(genuine, signed_by_reporter));
            CHECK(before == after);
            CHECK(totals(before, signed_by_reporter) == sums);
            CHECK(totals(before, origin).reports == 1);
            CHECK(mtasts::read_summary(write_summary(before)).value == before);
        }
}

TEST_CASE("RFC 8460 3: the totals of an origin are those of its reports alone") {
    for (unsigned seed = 0; seed != 200; ++seed) {
        random_reports random(seed);
        summary all, apart[mtasts::report_origins.size()];
        for (auto const& [report, origin] : random.some(20)) {
            all.add(report, origin);
            apart[static_cast<std::size_t>(mtasts::identity_of(report, origin).origin)].add(report, origin);
        }
        INFO("seed " << seed);
        std::size_t count = 0;
        for (auto const origin : mtasts::report_origins) {
            CHECK(totals(all, origin) == totals(apart[static_cast<std::size_t>(origin)], origin));
            count += totals(all, origin).reports;
        }
        // A report known by its day alone is a copy of those with the whole date-range.
        for (auto place = all.reports.begin(); place != all.reports.end(); ++place)
            count += all.fullest_whole_copy(place) != all.reports.end();
        CHECK(count == all.reports.size());
    }
}

TEST_CASE("RFC 8460 3: within an origin a report counts once, as its fullest copy") {
    for (auto const origin : mtasts::report_origins) {
        summary all;
        CHECK(all.add(report({}), origin));
        CHECK_FALSE(all.add(report({policy(sts, "example.com", 10, 0)}), origin));
        CHECK(totals(all, origin).contradicted == 1);
        CHECK(totals(all, origin).sessions.size() == 1);
    }
}

TEST_CASE("RFC 8460 3: a report whose contact-info has no domain never counts as signed") {
    for (auto const contact : {""sv, "postmaster"sv, "tls@"sv, "tls@[192.0.2.1]"sv, "tls@a..b"sv}) {
        auto nameless = report({policy(sts, "example.com", 10, 0)});
        nameless.contact_info = contact;
        nameless.organization_name = "reporter.example";
        INFO(contact);
        CHECK(mtasts::identity_of(nameless, signed_by_reporter).origin == unknown);
        for (auto const origin : others) CHECK(mtasts::identity_of(nameless, origin).origin == origin);
    }
    CHECK(mtasts::identity_of(report({}), signed_by_reporter).origin == signed_by_reporter);
}

TEST_CASE("RFC 8460 4.1: a report-id reused for another date-range is another report") {
    auto const with = [](std::optional<std::chrono::sys_seconds> start, std::optional<std::chrono::sys_seconds> end) {
        auto made = report({policy(sts, "example.com", 1, 0)});
        made.date_range = {start, end};
        return made;
    };
    std::chrono::sys_seconds const start = first_day, end = start + 86399s;
    std::vector<mtasts::tlsrpt_report> ranges;
    ranges.push_back(with(start, end));
    ranges.push_back(with(start + 24h, end + 24h));
    ranges.push_back(with(start, end + 24h));
    ranges.push_back(with(start, start + 12h));
    ranges.push_back(with(start + 12h, end));
    ranges.push_back(with(start + 1s, std::nullopt));
    ranges.push_back(with(std::nullopt, end));
    ranges.push_back(with(std::nullopt, std::nullopt));
    for (auto const origin : mtasts::report_origins) {
        summary all;
        for (auto const& each : ranges) CHECK(all.add(each, origin));
        for (auto const& each : ranges) CHECK_FALSE(all.add(each, origin));
        auto const sums = totals(all, origin);
        CHECK(sums.reports == ranges.size());
        CHECK(sums.contradicted == 0);
        CHECK(sums.sessions.at({{first_day, "reporter.example"}, {"example.com", "sts"}}).successful.sessions == 5);
    }
}

TEST_CASE("RFC 8460 5.3: merging is associative, commutative and idempotent, whatever the origins") {
    for (unsigned seed = 0; seed != 300; ++seed) {
        random_reports random(seed);
        summary parts[3], whole;
        for (auto const& [report, origin] : random.some(16)) {
            whole.add(report, origin);
            for (int copies = 0; copies != 2; ++copies) parts[random.below(3)].add(report, origin);
        }
        auto const merged = [](summary one, summary const& other) {
            one.merge(other);
            return one;
        };
        INFO("seed " << seed);
        CHECK(merged(merged(parts[2], parts[0]), parts[1]) == whole);
        // One of them as it comes out of a summary in format 1.
        parts[seed % 3] = in_format_1(parts[seed % 3]);
        auto const& [a, b, c] = parts;
        CHECK(merged(merged(a, b), c) == merged(a, merged(b, c)));
        CHECK(merged(a, b) == merged(b, a));
        CHECK(merged(merged(a, b), a) == merged(a, b));
        CHECK(merged(whole, a) == merged(whole, merged(a, a)));
    }
}
