// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 1.1, 4: how sessions become reports, and what happens where there are too many of them.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <mtasts/check.hpp>
#include <mtasts/report/send/tally.hpp>
#include <mtasts/write/tlsrpt_report.hpp>

namespace {

using namespace mtasts;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;
using result = tlsrpt_result_type;

constexpr std::chrono::sys_days day = std::chrono::year(2016) / 4 / 1;
constexpr std::chrono::sys_seconds noon = day + hours(12);

session_tally::session session(std::string_view domain, result failed = result::absent,
                               std::string_view mx = "mx.example.net") {
    session_tally::session entry;
    entry.domain = domain;
    entry.policy.type = tlsrpt_policy_type::sts;
    entry.policy.strings = {"version: STSv1", "mode: enforce", "mx: *.example.net", "max_age: 86400"};
    entry.policy.mx_hosts = {{"*.example.net"}};
    if (failed != result::absent) {
        entry.failure.result = failed;
        entry.failure.receiving_mx_hostname = mx;
        entry.failure.sending_mta_ip = ip_address{4, {192, 0, 2, 1}};
    }
    return entry;
}

reporter const company{"Company-X", "tls@company-x.example"};

std::uint64_t all_sessions(std::vector<session_tally::domain_day> const& tallies) {
    std::uint64_t sum = 0;
    for (auto const& tally : tallies)
        for (auto const& [policy, sessions] : tally.policies) sum += sessions.successful + sessions.failed;
    return sum;
}

}  // namespace

TEST_CASE("RFC 8460 4, 4.2, 4.4: sessions are counted by day, domain, policy and kind of failure") {
    session_tally tally;
    CHECK(tally.add(session("example.com"), noon) == session_tally::room::whole);
    tally.add(session("Example.COM."), noon);
    tally.add(session("example.com", result::certificate_expired), noon);
    tally.add(session("example.com", result::certificate_expired, "MX.example.net."), noon);
    tally.add(session("example.com", result::certificate_expired, "mx2.example.net"), noon);
    tally.add(session("example.com", result::starttls_not_supported), noon);
    auto dane = session("example.com");
    dane.policy = {tlsrpt_policy_type::tlsa, {"3 1 1 00"}, "mx.example.net", {}};
    tally.add(dane, noon);
    tally.add(session("example.org"), noon);

    auto const finished = tally.take_finished(day + days(1));
    REQUIRE(finished.size() == 2);
    CHECK(tally.octets() == 0);
    auto const id = make_report_id(finished[0], company);
    CHECK(id == "2016-04-01.example.com@company-x.example");
    CHECK(make_report_id(finished[0], company, "mta1") == "2016-04-01.example.com.mta1@company-x.example");
    auto const report = finished[0].report(company, id);
    CHECK(write_tlsrpt_report(report) ==
          R"({"organization-name":"Company-X","date-range":{"start-datetime":"2016-04-01T00:00:00Z",)"
          R"("end-datetime":"2016-04-01T23:59:59Z"},"contact-info":"tls@company-x.example",)"
          R"("report-id":"2016-04-01.example.com@company-x.example","policies":[)"
          R"({"policy":{"policy-type":"tlsa","policy-string":["3 1 1 00"],"policy-domain":"mx.example.net"},)"
          R"("summary":{"total-successful-session-count":1,"total-failure-session-count":0}},)"
          R"({"policy":{"policy-type":"sts","policy-string":["version: STSv1","mode: enforce","mx: *.example.net",)"
          R"("max_age: 86400"],"policy-domain":"example.com","mx-host":["*.example.net"]},)"
          R"("summary":{"total-successful-session-count":2,"total-failure-session-count":4},"failure-details":[)"
          R"({"result-type":"starttls-not-supported","sending-mta-ip":"192.0.2.1",)"
          R"("receiving-mx-hostname":"mx.example.net","failed-session-count":1},)"
          R"({"result-type":"certificate-expired","sending-mta-ip":"192.0.2.1",)"
          R"("receiving-mx-hostname":"mx.example.net","failed-session-count":2},)"
          R"({"result-type":"certificate-expired","sending-mta-ip":"192.0.2.1",)"
          R"("receiving-mx-hostname":"mx2.example.net","failed-session-count":1}]}]})");
    // Strict receivers accept the written report.
    auto const text = write_tlsrpt_report(report);
    auto const read = check_tlsrpt_report(text);
    CHECK(read.usable());
    CHECK_FALSE(any_at_least(read.findings, severity::warning));
}

TEST_CASE("RFC 8460 4.2, 4.3: a session is counted as its outcome says") {
    auto const done = decide_outcome(policy_mode::testing, {});
    REQUIRE(done.by_sts);
    auto const entry = session_tally::session_of("example.com", *done.by_sts);
    CHECK(entry.domain == "example.com");
    CHECK(entry.policy.type.kind == tlsrpt_policy_type::sts);
    CHECK(entry.failure.result.kind == result::validation_failure);
    CHECK(entry.failure.reason_code == "mx-not-in-policy");
    session_tally tally;
    tally.add(session_tally::session_of("example.com", {tlsrpt_policy_type::sts}), noon);
    tally.add(entry, noon);
    auto const finished = tally.take_finished(day + days(1));
    CHECK(finished.at(0).policies.begin()->second.successful == 1);
    CHECK(finished[0].policies.begin()->second.failed == 1);
}

TEST_CASE("RFC 8460 4: failures that differ in any member are separate details") {
    session_tally tally;
    auto const with = [](auto change) {
        auto entry = session("example.com", result::validation_failure);
        change(entry.failure);
        return entry;
    };
    tally.add(with([](auto&) {}), noon);
    tally.add(with([](auto& f) { f.result = result::certificate_not_trusted; }), noon);
    tally.add(with([](auto& f) { f.receiving_mx_hostname = "other.example.net"; }), noon);
    tally.add(with([](auto& f) { f.receiving_mx_helo = "helo"; }), noon);
    tally.add(with([](auto& f) { f.additional_information = "https://example.net/"; }), noon);
    tally.add(with([](auto& f) { f.reason_code = "reason"; }), noon);
    tally.add(with([](auto& f) { f.sending_mta_ip = ip_address{4, {192, 0, 2, 2}}; }), noon);
    tally.add(with([](auto& f) { f.receiving_ip = ip_address{4, {192, 0, 2, 2}}; }), noon);
    tally.add(with([](auto& f) { f.receiving_ip = ip_address{6, {192, 0, 2, 2}}; }), noon);
    auto const finished = tally.take_finished(day + days(1));
    CHECK(finished.at(0).policies.begin()->second.failures.size() == 9);
    CHECK(finished.at(0).policies.begin()->second.failed == 9);
}

TEST_CASE("RFC 8460 4.2, 4.3.2: a failed fetch is a detail of its own, and the session counts by its result") {
    session_tally tally;
    auto entry = session("example.com");
    entry.discovery = result::sts_policy_fetch_error;
    tally.add(entry, noon);
    entry = session("example.com", result::certificate_expired);
    entry.discovery = result::sts_policy_fetch_error;
    tally.add(entry, noon);
    auto const finished = tally.take_finished(day + days(1));
    auto const& sessions = finished.at(0).policies.begin()->second;
    CHECK(sessions.successful == 1);
    CHECK(sessions.failed == 1);
    CHECK(sessions.failures.size() == 2);
    CHECK(sessions.failures.at({result::sts_policy_fetch_error}) == 2);
}

TEST_CASE("RFC 8460 4.1: days are UTC days, and a session of a finished day counts for the next") {
    session_tally tally;
    tally.add(session("example.com"), day + days(1) - seconds(1));
    tally.add(session("example.com"), day + days(1));
    CHECK(tally.take_finished(day + days(1) - seconds(1)).empty());
    auto const first = tally.take_finished(day + days(1));
    REQUIRE(first.size() == 1);
    CHECK(first[0].day == day);
    CHECK(all_sessions(first) == 1);
    tally.add(session("example.com"), noon);
    auto const second = tally.take_finished(day + days(2));
    REQUIRE(second.size() == 1);
    CHECK(second[0].day == day + days(1));
    CHECK(all_sessions(second) == 2);
    CHECK(tally.take_finished(day + days(3)).empty());
}

TEST_CASE("RFC 8460 4.1: a clock that was ahead for a while moves no session far into the future") {
    session_tally tally;
    tally.add(session("example.com"), noon);
    CHECK(tally.take_finished(day + days(3650)).size() == 1);
    CHECK(tally.take_finished(day + days(3650)).empty());
    tally.add(session("example.com"), noon);
    tally.add(session("example.com"), noon + days(1));
    auto const next = tally.take_finished(day + days(2));
    REQUIRE(next.size() == 1);
    CHECK(next[0].day == day + days(1));
    CHECK(all_sessions(next) == 2);
}

TEST_CASE("RFC 8460 4.4: without a policy there are no policy strings, and the domain is the recipient's") {
    session_tally tally;
    session_tally::session entry;
    entry.domain = "b\u00FCcher.example";
    entry.policy.type = tlsrpt_policy_type::no_policy_found;
    tally.add(entry, noon);
    auto const finished = tally.take_finished(day + days(1));
    CHECK(finished.at(0).domain == "xn--bcher-kva.example");
    auto const text = write_tlsrpt_report(finished[0].report(company, "1"));
    CHECK(text.find(R"("policy":{"policy-type":"no-policy-found","policy-domain":"xn--bcher-kva.example"})") !=
          text.npos);
}

TEST_CASE("RFC 8460 4: details beyond the limit are counted by their result type") {
    session_tally tally({.details = 10});
    for (int i = 0; i != 100; ++i) {
        auto const place =
            tally.add(session("example.com", i % 2 ? result::certificate_expired : result::validation_failure,
                              "mx" + std::to_string(i) + ".example.net"),
                      noon);
        CHECK(place == (i < 10 ? session_tally::room::whole : session_tally::room::without_details));
    }
    auto const finished = tally.take_finished(day + days(1));
    auto const& sessions = finished.at(0).policies.begin()->second;
    CHECK(sessions.failed == 100);
    CHECK(sessions.failures.size() == 12);
    CHECK(sessions.failures.at({result::certificate_expired}) == 45);
    CHECK(sessions.failures.at({result::validation_failure}) == 45);
}

TEST_CASE("RFC 8460 4: policies beyond the limit are counted without their text") {
    session_tally tally({.policies = 3});
    std::string line;
    for (int i = 0; i != 50; ++i) {
        auto entry = session("example.com");
        line = "max_age: " + std::to_string(i);
        entry.policy.strings.back() = line;
        tally.add(entry, noon);
    }
    auto const finished = tally.take_finished(day + days(1));
    REQUIRE(finished.at(0).policies.size() == 4);
    CHECK(all_sessions(finished) == 50);
    CHECK(finished[0].policies.at({tlsrpt_policy_type::sts, "example.com", {}, {}}).successful == 47);
}

TEST_CASE("RFC 8460 4: memory is bounded, and sessions without room are counted as uncounted") {
    session_tally tally({.octets = 100'000});
    std::uint64_t told_nowhere = 0;
    std::string const long_text(100'000, 'a');
    constexpr std::uint64_t sessions = 20'000;
    for (std::uint64_t i = 0; i != sessions; ++i) {
        auto const domain = "d" + std::to_string(i % 5000) + ".example", mx = "mx" + std::to_string(i) + ".example";
        auto entry = session(domain, result::certificate_expired, mx);
        entry.failure.receiving_mx_helo = long_text;
        told_nowhere += tally.add(entry, noon) == session_tally::room::nowhere;
        REQUIRE(tally.octets() <= 100'000);
    }
    CHECK(told_nowhere > 0);
    CHECK(tally.uncounted() == told_nowhere);
    auto const finished = tally.take_finished(day + days(1));
    CHECK(all_sessions(finished) + told_nowhere == sessions);
    CHECK(tally.octets() == 0);
    for (auto const& one : finished)
        for (auto const& [policy, counts] : one.policies)
            for (auto const& [failure, count] : counts.failures) CHECK(failure.mx_helo.size() <= 256);
}

TEST_CASE("RFC 7493 2.1: texts are truncated between code points, and contain nothing that makes a report unusable") {
    for (auto const& [text, kept] : std::to_array<std::pair<std::string_view, std::string_view>>({
             {"abcde", "abcde"},
             {"abcdef", "abcde"},
             {"abcd\u00FC", "abcd"},
             {"abc\u00FC", "abc\u00FC"},
             {"abc\u20AC", "abc"},
             {"\U0001D11Eab", "\U0001D11Ea"},
             {"ab\x80", "ab\uFFFD"},
             {"abc\x80", "abc"},
             {"a\uFFFFb", "a\uFFFDb"},
             {"a\uFDD0b", "a\uFFFDb"},
             {"\U0001FFFEb", "\uFFFDb"},
         }))
        CHECK(detail::reportable(text, 5) == kept);

    // Strings from a policy and from an MX host.
    session_tally tally;
    auto entry = session("example.com", result::validation_failure);
    entry.policy.strings.push_back("x: \uFFFE");
    entry.failure.receiving_mx_helo = "a\uFFFF\xFF";
    entry.failure.reason_code = "\U0010FFFF";
    tally.add(entry, noon);
    auto const finished = tally.take_finished(day + days(1));
    auto const text = write_tlsrpt_report(finished.at(0).report(company, "1"));
    CHECK(check_tlsrpt_report(text).usable());
    CHECK(text.find("\"x: \uFFFD\"") != text.npos);
}

TEST_CASE("RFC 7493 2.2: counts saturate at the greatest that a report can hold") {
    auto count = greatest_count - 1;
    detail::count_one(count);
    CHECK(count == greatest_count);
    detail::count_one(count);
    CHECK(count == greatest_count);
}

TEST_CASE("RFC 8460 4.3.3: a result type that is not registered counts as validation-failure") {
    session_tally tally;
    auto entry = session("example.com", result::other);
    entry.failure.result.other = "made-up";
    tally.add(entry, noon);
    auto const finished = tally.take_finished(day + days(1));
    CHECK(finished.at(0).policies.begin()->second.failures.begin()->first.result == result::validation_failure);
}
