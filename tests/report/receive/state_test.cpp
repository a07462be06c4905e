// SPDX-License-Identifier: BSL-1.0
/// A summary as text, to be kept and carried.
#include "reports.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using namespace reports;
using mtasts::read_summary;
using mtasts::summary;
using mtasts::write_summary;

namespace {

using tlsrpt_policy_type::no_policy_found, tlsrpt_policy_type::sts, tlsrpt_result_type::certificate_expired;

summary two_reports() {
    auto other = report({policy(no_policy_found, "example.net", 1, 0)});
    other.report_id = {};
    auto all = summary_of(other);
    all.add(report({policy(sts, "example.com", 10, 2, {failure(certificate_expired, 2)})}),
            mtasts::report_origin::signed_by_reporter);
    return all;
}

constexpr std::string_view two_reports_text =
    "mtasts summary 2\n"
    "report\tunknown\treporter.example\t\t6405524424997385719\t1709942400\t1710028799\t0\tReporter\n"
    "session\texample.net\tno-policy-found\t1\t0\t0\t0\n"
    "report\tsigned\treporter.example\t1\t0\t1709942400\t1710028799\t0\tReporter\n"
    "session\texample.com\tsts\t10\t0\t2\t0\n"
    "failure\texample.com\tsts\tcertificate-expired\tmx1.example.com\t\t2\t0\n"
    "end\t2\t12781298126391349341\n";

}  // namespace

TEST_CASE("RFC 8460 5.3: a summary reads back as it was written, and equal summaries have the same text") {
    for (unsigned seed = 0; seed != 200; ++seed) {
        random_reports random(seed);
        summary forth, back;
        auto const all = random.some(20);
        for (auto each = all.begin(); each != all.end(); ++each) forth.add(each->report, each->origin);
        for (auto each = all.rbegin(); each != all.rend(); ++each) back.add(each->report, each->origin);
        auto const text = write_summary(forth);
        auto const restored = read_summary(text);
        INFO("seed " << seed);
        CHECK(text == write_summary(back));
        CHECK(restored.usable());
        CHECK(restored.value == forth);
    }
}

TEST_CASE("RFC 8460 5.3: the text of a summary has a stable form") {
    CHECK(write_summary({}) == "mtasts summary 2\nend\t0\t11718884456838214839\n");
    CHECK(write_summary(two_reports()) == two_reports_text);
}

TEST_CASE("RFC 8460 5.3: strings of a report cannot break out of their field") {
    for (int octet = 0; octet != 256; ++octet) {
        std::string const word = {'a', static_cast<char>(octet), 'b'};
        auto hostile = report({policy({tlsrpt_policy_type::other, word}, word, 1, 2,
                                      {failure({tlsrpt_result_type::other, word}, 1, word)})});
        hostile.organization_name = hostile.report_id = word;
        auto const all = summary_of(hostile);
        auto const text = write_summary(all);
        INFO(octet);
        CHECK(read_summary(text).value == all);
        CHECK(text.find_first_not_of("\t\n !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`"
                                     "abcdefghijklmnopqrstuvwxyz{|}~") == std::string::npos);
    }
}

TEST_CASE("RFC 8460 5.3: a summary that was truncated or changed anywhere is not used") {
    auto const text = write_summary(two_reports());
    for (std::size_t size = 0; size != text.size(); ++size) {
        auto const cut = read_summary(std::string_view(text).substr(0, size));
        INFO(size);
        CHECK_FALSE(cut.usable());
        CHECK(cut.value == summary{});
        CHECK(cut.line != 0);
    }
    for (std::size_t at = 0; at != text.size(); ++at)
        for (char const c : {'\0', '\t', '\n', '0', '1', '9', '\\', 'x', '\xFF'}) {
            auto changed = text;
            changed[at] = c;
            INFO(at << ' ' << int{c});
            CHECK(read_summary(changed).usable() == (changed == text));
            changed = text;
            changed.insert(at, 1, c);
            CHECK_FALSE(read_summary(changed).usable());
        }
    CHECK_FALSE(read_summary(text + "\n").usable());
    CHECK_FALSE(read_summary(text + text).usable());
}

TEST_CASE("RFC 8460 5.3: a faulty summary is refused, with its fault and the line") {
    struct row {
        std::string_view text, fault;
        std::size_t line;
    };
    constexpr std::string_view unknown = "this is no summary that this version knows",
                               newer = "this summary was written by a newer version", early = "the text ends too early",
                               foreign = "no such line belongs here", field = "a field is damaged",
                               twice = "the line repeats an earlier one", damaged = "the text is damaged";
    constexpr row rows[] = {
        {"", unknown, 1},
        {"mtasts summary 2", unknown, 1},
        {"mtasts summary 0\nend\t0\t0\n", unknown, 1},
        {"mtasts summary x\nend\t0\t0\n", unknown, 1},
        {"mtasts summary \nend\t0\t0\n", unknown, 1},
        {"mtasts summary 3\nend\t0\t0\n", newer, 1},
        {"mtasts summary 10\nreport\n", newer, 1},
        {"{\"organization-name\": 1}", unknown, 1},
        {"mtasts summary 2\n", early, 2},
        {"mtasts summary 2\nreport\ta\tb", early, 2},
        {"mtasts summary 2\nend\t0\t0\n", damaged, 2},
        {"mtasts summary 2\nend\t1\t11718884456838214839\n", damaged, 2},
        {"mtasts summary 2\nend\t0\t11718884456838214839", damaged, 2},
        {"mtasts summary 2\nreports\n", foreign, 2},
        {"mtasts summary 2\nsession\ta\tsts\t1\t0\t0\t0\n", foreign, 2},
        {"mtasts summary 2\nreport\tsigned\ta\tb\t0\t0\t-\t0\t\nsession\ta\tsts\t1\t0\t0\n", foreign, 3},
        {"mtasts summary 2\nreport\tsigned\ta\tb\t0\t0\t-\t0\t\t0\n", foreign, 2},
        {"mtasts summary 2\nreport\ta\tb\t0\t0\t\t0\n", foreign, 2},
        {"mtasts summary 2\nreport\tSigned\ta\tb\t0\t0\t-\t0\t\n", field, 2},
        {"mtasts summary 2\nreport\t\ta\tb\t0\t0\t-\t0\t\n", field, 2},
        {"mtasts summary 2\nreport\tsigned\ta\tb\t0\t\t-\t0\t\n", field, 2},
        {"mtasts summary 2\nreport\tsigned\ta\tb\t0\t0\t9223372036854775808\t0\t\n", field, 2},
        {"mtasts summary 2\nreport\tsigned\ta\tb\t-1\t0\t-\t0\t\n", field, 2},
        {"mtasts summary 2\nreport\tsigned\ta\tb\t18446744073709551616\t0\t-\t0\t\n", field, 2},
        {"mtasts summary 2\nreport\tsigned\ta\\\tb\t0\t0\t-\t0\t\n", field, 2},
        {"mtasts summary 2\nreport\tsigned\ta\\x0g\tb\t0\t0\t-\t0\t\n", field, 2},
        {"mtasts summary 2\nreport\tsigned\ta\tb\t0\t0\t-\t0\t\nreport\tsigned\ta\tb\t0\t0\t-\t0\t\n", twice, 3},
        {"mtasts summary "
         "2\nreport\tsigned\ta\tb\t0\t0\t-\t0\t\nsession\ta\tsts\t1\t0\t0\t0\nsession\ta\tsts\t1\t0\t0\t0\n",
         twice, 4},
        // Not sorted; numbers and escapes that are never written so.
        {"mtasts summary 2\nreport\tsigned\tb\tb\t0\t0\t-\t0\t\nreport\tsigned\ta\tb\t0\t0\t-\t0\t\nend\t2\t0\n",
         damaged, 2},
        {"mtasts summary 2\nreport\tsigned\ta\tb\t0\t00\t-\t0\t\nend\t1\t0\n", damaged, 2},
        {"mtasts summary 2\nreport\tsigned\ta\tb\t0\t0\t-\t2\t\nend\t1\t0\n", damaged, 2},
        {"mtasts summary 2\nreport\tsigned\t\\x61\tb\t0\t0\t-\t0\t\nend\t1\t0\n", damaged, 2},
        // Format 1.
        {"mtasts summary 1\n", early, 2},
        {"mtasts summary 1\nend\t1\t11719823439768517808\n", damaged, 2},
        {"mtasts summary 1\nreport\tsigned\ta\tb\t0\t0\t-\t0\t\n", foreign, 2},
        {"mtasts summary 1\nreport\ta\tb\t0\t0\t\t\n", field, 2},
        {"mtasts summary 1\nreport\ta\tb\t0\t0\t\t3000000\n", field, 2},
        {"mtasts summary 1\nreport\ta\tb\t0\t0\t\t99999999999\n", field, 2},
        {"mtasts summary 1\nreport\tb\tb\t0\t0\t\t0\nreport\ta\tb\t0\t0\t\t0\nend\t2\t0\n", damaged, 2},
    };
    for (auto const& [text, fault, line] : rows) {
        auto const restored = read_summary(text);
        INFO(text);
        CHECK(restored.fault == fault);
        CHECK(restored.line == line);
        CHECK(restored.value == summary{});
    }
}

namespace {

/// Written by the version that had neither origins nor date-ranges.
constexpr std::string_view format_1 =
    "mtasts summary 1\n"
    "report\treporter.example\t\t6405524424997385719\t0\tReporter\t19791\n"
    "session\texample.net\tno-policy-found\t1\t0\t0\t0\n"
    "report\treporter.example\t1\t0\t0\tReporter\t19791\n"
    "session\texample.com\tsts\t10\t0\t2\t0\n"
    "failure\texample.com\tsts\tcertificate-expired\tmx1.example.com\t\t2\t0\n"
    "end\t2\t2478136341606724208\n";

}  // namespace

TEST_CASE("RFC 8460 5.3: a summary in format 1 is read, and its reports are of unknown origin") {
    auto const restored = read_summary(format_1);
    REQUIRE(restored.usable());
    auto const sums = totals_of(restored.value);
    CHECK(sums.reports == 2);
    CHECK(sums.sessions.at({{first_day, "reporter.example"}, {"example.com", "sts"}}) ==
          mtasts::session_counts{{10}, {2}});
    CHECK(read_summary(write_summary(restored.value)).value == restored.value);
    CHECK(totals(restored.value, mtasts::report_origin::signed_by_reporter).reports == 0);
    // One octet is changed.
    std::string damaged(format_1);
    damaged[damaged.find("\t10\t") + 1] = '2';
    CHECK(read_summary(damaged).fault == "the text is damaged");
}

TEST_CASE("RFC 8460 5.3: any summary in format 1 is read without loss") {
    for (unsigned seed = 0; seed != 200; ++seed) {
        random_reports random(seed);
        summary all;
        for (auto const& [report, origin] : random.some(20)) all.add(report, origin);
        auto const old = in_format_1(all);
        auto const restored =
            read_summary(mtasts::detail::write_summary_as(mtasts::detail::summary_first_lines.front(), old));
        INFO("seed " << seed);
        CHECK(restored.usable());
        CHECK(restored.value == old);
    }
}

TEST_CASE("RFC 8460 5.3: a report from a summary in format 1 is recognised when it arrives again") {
    using mtasts::report_origin;
    auto const old = read_summary(format_1).value;
    auto const one = report({policy(sts, "example.com", 10, 2, {failure(certificate_expired, 2)})});
    auto without_id = report({policy(no_policy_found, "example.net", 1, 0)});
    without_id.report_id = {};
    auto const again = summary_of(one, without_id);
    auto there = old, back = again;
    CHECK(there.merge(again) == 2);
    CHECK(back.merge(old) == 2);
    CHECK(there == back);
    CHECK(totals_of(there) == totals_of(again));
    CHECK(read_summary(write_summary(there)).value == there);

    // Another day, another id and another origin are other reports.
    auto other = report({});
    *other.date_range.start += 24h;
    CHECK(summary(old).add(other));
    other = report({});
    other.report_id = "2";
    CHECK(summary(old).add(other));
    auto all = old;
    CHECK(all.add(one, report_origin::signed_by_reporter));
    CHECK(totals_of(all) == totals_of(old));
}

TEST_CASE("RFC 8460 5.3: of a report in format 1 and its copies with a whole date-range, the fuller counts") {
    struct shape {
        std::uint64_t sessions;
        std::size_t domains = 1;
        std::chrono::hours start{};
    };
    auto const made = [](shape const& wanted) {
        constexpr std::string_view domains[] = {"example.com", "example.org"};
        auto one = report({});
        *one.date_range.start += wanted.start;
        for (std::size_t i = 0; i != wanted.domains; ++i)
            one.policies.push_back(policy(sts, domains[i], wanted.sessions, 0));
        return one;
    };
    struct row {
        std::string_view what;
        shape old;
        std::vector<shape> copies, counted;
    };
    row const rows[] = {
        {"the same again", {5}, {{5}}, {{5}}},
        {"a lesser copy, cut off or forged", {5}, {{4}}, {{5}}},
        {"an empty copy", {5}, {{0, 0}}, {{5}}},
        {"a fuller copy", {5}, {{1, 2}}, {{1, 2}}},
        {"two of a day, both lesser: the old one is the fuller of them", {5}, {{4}, {3, 1, 1h}}, {{5}, {3, 1, 1h}}},
        {"two of a day, one fuller: both count", {4}, {{5}, {3, 1, 1h}}, {{5}, {3, 1, 1h}}},
    };
    for (auto const& [what, old, copies, counted] : rows) {
        INFO(what);
        auto const before = in_format_1(summary_of(made(old)));
        summary copied, wanted;
        for (auto const& copy : copies) copied.add(made(copy));
        for (auto const& one : counted) wanted.add(made(one));
        auto forth = before, back = copied;
        CHECK(forth.merge(copied) == 1);
        CHECK(back.merge(before) == 1);
        CHECK(forth == back);
        CHECK(totals_of(forth) == totals_of(wanted));
    }
}
