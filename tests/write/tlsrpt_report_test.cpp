// SPDX-License-Identifier: BSL-1.0
/// Writing reports: the inverse of reading them.
#include <array>
#include <chrono>
#include <cstdint>
#include <list>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>

#include <catch2/catch.hpp>
#include <mtasts.hpp>
#include <nlohmann/json.hpp>

using namespace mtasts;

namespace {

constexpr std::chrono::sys_seconds monday = std::chrono::sys_days{std::chrono::year{2026} / 8 / 31};
constexpr std::chrono::sys_seconds monday_end = monday + std::chrono::seconds(86399);

/// A report without findings.
tlsrpt_report whole_report() {
    tlsrpt_report report;
    report.organization_name = "Example \"Mail\"";
    report.date_range = {monday, monday_end};
    report.contact_info = "tls@sender.example";
    report.report_id = "2026-08-31T00:00:00Z_example.com";
    auto& [policy, summary, failures] = report.policies.emplace_back();
    policy = {tlsrpt_policy_type::sts, {"version: STSv1", "mode: testing"}, "example.com", {{"*.mail.example.com"}}};
    summary = {5326, 3};
    auto& failure = failures.emplace_back();
    failure.result = tlsrpt_result_type::certificate_expired;
    failure.failed_sessions = 3;
    failure.sending_mta_ip = parse_ip_address("192.0.2.7").value;
    failure.receiving_ip = parse_ip_address("2001:DB8:0:0::25").value;
    failure.receiving_mx_hostname = "mx1.mail.example.com";
    return report;
}

/// Reports of all shapes that can be written, from a seed; the generator owns the strings.
class report_maker {
  public:
    explicit report_maker(std::uint32_t seed) : random_(seed) {}

    tlsrpt_report report() {
        tlsrpt_report made;
        made.organization_name = maybe_text();
        made.date_range = {maybe_instant(), {}};
        if (made.date_range.start) made.date_range.end = *made.date_range.start + std::chrono::seconds(number(200000));
        if (chance())
            made.contact_info =
                one_of<4>({"a@b.example", "\"x y\"@b.example", "a+b@[192.0.2.1]", "a@xn--bcher-kva.example"});
        made.report_id = maybe_text();
        for (auto i = number(3); i != 0; --i) {
            auto& [policy, summary, failures] = made.policies.emplace_back();
            policy.type = static_cast<tlsrpt_policy_type>(number(3));
            if (number(6) == 0) policy.type = {tlsrpt_policy_type::other, "dane-only"};
            for (auto k = number(3); k != 0; --k) policy.strings.push_back(line());
            if (chance()) policy.domain = one_of<3>({"example.com", "xn--bcher-kva.example", "a.b-c.example"});
            for (auto k = number(2); k != 0; --k)
                policy.mx_hosts.push_back({one_of<3>({"*.example.com", "mx.example.net", "a.example"})});
            summary = {maybe_count(), maybe_count()};
            for (auto k = number(3); k != 0; --k) failures.push_back(failure());
        }
        return made;
    }

  private:
    tlsrpt_failure failure() {
        tlsrpt_failure made;
        made.result = static_cast<tlsrpt_result_type>(number(11));
        if (number(6) == 0) made.result = {tlsrpt_result_type::other, "quantum-decoherence"};
        made.receiving_mx_hostname = maybe_text();
        made.receiving_mx_helo = maybe_text();
        made.failed_sessions = maybe_count();
        if (chance()) made.additional_information = "https://a.example/?x=%22y";
        made.reason_code = maybe_text();
        made.sending_mta_ip = maybe_address();
        made.receiving_ip = maybe_address();
        return made;
    }

    std::uint64_t number(std::uint64_t most) { return std::uniform_int_distribution<std::uint64_t>(0, most)(random_); }
    bool chance() { return number(2) != 0; }
    template <std::size_t Count>
    std::string_view one_of(std::array<std::string_view, Count> const& all) {
        return all[number(Count - 1)];
    }
    std::optional<std::chrono::sys_seconds> maybe_instant() {
        if (!chance()) return {};
        return std::chrono::sys_days{std::chrono::year{0} / 1 / 1} + std::chrono::seconds(number(315'500'000'000));
    }
    std::optional<std::uint64_t> maybe_count() {
        if (!chance()) return {};
        return chance() ? number(9) : number(greatest_count);
    }
    std::optional<ip_address> maybe_address() {
        if (!chance()) return {};
        ip_address address{chance() ? 4 : 6, {}};
        for (std::size_t i = 0; i != (address.version == 4 ? 4u : 16u); ++i)
            address.octets[i] = static_cast<std::uint8_t>(chance() ? number(255) : 0);
        return address;
    }
    /// Text with everything that must be escaped, or absent.
    std::string_view maybe_text() {
        if (!chance()) return {};
        std::string text;
        for (auto i = number(12) + 1; i != 0; --i)
            text += one_of<12>({"a", "b ", "\"", "\\", "/", "\n", "\r\t", "\x01", "\x7F", "\xC3\xA9", "\xE2\x82\xAC",
                                "\xF0\x9F\x93\xA7"});
        return texts_.emplace_back(std::move(text));
    }
    std::string_view line() {
        return one_of<4>({"version: STSv1", "x: \"\\", "mx: caf\xC3\xA9.example", "3 1 1 0123abcd"});
    }

    std::mt19937 random_;
    std::list<std::string> texts_;
};

}  // namespace

TEST_CASE("RFC 8460 4.4: a report is written in the schema's order, without white space") {
    CHECK(write_tlsrpt_report(whole_report()) ==
          R"({"organization-name":"Example \"Mail\"","date-range":{"start-datetime":"2026-08-31T00:00:00Z",)"
          R"("end-datetime":"2026-08-31T23:59:59Z"},"contact-info":"tls@sender.example",)"
          R"("report-id":"2026-08-31T00:00:00Z_example.com","policies":[{"policy":{"policy-type":"sts",)"
          R"("policy-string":["version: STSv1","mode: testing"],"policy-domain":"example.com",)"
          R"("mx-host":["*.mail.example.com"]},"summary":{"total-successful-session-count":5326,)"
          R"("total-failure-session-count":3},"failure-details":[{"result-type":"certificate-expired",)"
          R"("sending-mta-ip":"192.0.2.7","receiving-mx-hostname":"mx1.mail.example.com",)"
          R"("receiving-ip":"2001:db8::25","failed-session-count":3}]}]})");
}

TEST_CASE("RFC 8460 4.4: a written report reads back as the same value") {
    for (std::uint32_t seed = 0; seed != 2000; ++seed) {
        report_maker maker(seed);
        auto const report = maker.report();
        auto const text = write_tlsrpt_report(report);
        INFO(seed << ": " << text);
        auto const again = parse_tlsrpt_report(text);
        REQUIRE(again.value == report);
        REQUIRE(write_tlsrpt_report(again.value) == text);
        REQUIRE(text::indented_json(text) == nlohmann::ordered_json::parse(text).dump(2) + "\n");
    }
}

TEST_CASE("RFC 8259 8.1: a report with any octets is written as JSON in UTF-8") {
    std::mt19937 random(1);
    for (int round = 0; round != 2000; ++round) {
        std::string octets(random() % 20, '\0');
        for (auto& octet : octets) octet = static_cast<char>(random());
        tlsrpt_report report;
        report.organization_name = report.contact_info = report.report_id = octets;
        report.policies.resize(1);
        report.policies[0].policy = {{tlsrpt_policy_type::other, octets}, {octets, ""}, octets, {{octets}}};
        report.policies[0].failures.resize(1);
        report.policies[0].failures[0].additional_information = octets;
        INFO(visible(octets));
        REQUIRE(nlohmann::json::accept(write_tlsrpt_report(report)));
        REQUIRE(nlohmann::json::accept(json_value(report)));
        REQUIRE(build_tlsrpt_report(report).text() == write_tlsrpt_report(report));
    }
    tlsrpt_report broken;
    broken.report_id = "a\xFF\xE2\x82z";
    CHECK(write_tlsrpt_report(broken) == "{\"report-id\":\"a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz\",\"policies\":[]}");
}

TEST_CASE("RFC 8460 4.4: names are written with A-labels") {
    auto report = whole_report();
    report.contact_info = "tls@b\u00FCcher.example";
    report.policies[0].policy.domain = "B\u00FCcher.example";
    report.policies[0].policy.mx_hosts = {{"*.b\u00FCcher.example"}, {"MX.example"}};
    auto const built = build_tlsrpt_report(report);
    CHECK(built.publishable());
    CHECK(built.value().contact_info == "tls@xn--bcher-kva.example");
    CHECK(built.value().policies[0].policy.domain == "xn--bcher-kva.example");
    CHECK(built.value().policies[0].policy.mx_hosts[0].text == "*.xn--bcher-kva.example");
    CHECK(built.value().policies[0].policy.mx_hosts[1].text == "MX.example");
}

TEST_CASE("RFC 3339 5.6: a time outside the years 0000 to 9999 is left out") {
    for (auto const years : {-1, 10000, 30000}) {
        auto report = whole_report();
        report.date_range.start = std::chrono::sys_days{std::chrono::year{years} / 1 / 1};
        CHECK(write_tlsrpt_report(report).find("start-datetime") == std::string::npos);
    }
    auto report = whole_report();
    report.date_range.start = std::chrono::sys_seconds::min();
    report.date_range.end = std::chrono::sys_seconds::max();
    CHECK(write_tlsrpt_report(report).find("datetime") == std::string::npos);
    report.date_range = {std::chrono::sys_days{std::chrono::year{0} / 1 / 1},
                         std::chrono::sys_days{std::chrono::year{10000} / 1 / 1} - std::chrono::seconds(1)};
    CHECK(write_tlsrpt_report(report).find("\"0000-01-01T00:00:00Z\",\"end-datetime\":\"9999-12-31T23:59:59Z\"") !=
          std::string::npos);
}

TEST_CASE("RFC 8460 4.4: the builder refuses what the RFC forbids") {
    CHECK(build_tlsrpt_report(whole_report()).findings().empty());
    struct row {
        char const* what;
        void (*spoil)(tlsrpt_report&);
        code said;
    };
    for (auto const& [what, spoil, said] : {
             row{"no organisation", [](tlsrpt_report& r) { r.organization_name = {}; }, code::report_member_missing},
             row{"no end", [](tlsrpt_report& r) { r.date_range.end.reset(); }, code::report_member_missing},
             row{"no date-range", [](tlsrpt_report& r) { r.date_range = {}; }, code::report_member_missing},
             row{"backwards", [](tlsrpt_report& r) { std::swap(r.date_range.start, r.date_range.end); },
                 code::report_range_backwards},
             row{"contact as a URI", [](tlsrpt_report& r) { r.contact_info = "mailto:a@b.example"; },
                 code::report_contact_uri},
             row{"no domain", [](tlsrpt_report& r) { r.policies[0].policy.domain = {}; }, code::report_member_missing},
             row{"no domain's name", [](tlsrpt_report& r) { r.policies[0].policy.domain = "a b"; },
                 code::report_domain_syntax},
             row{"no A-label", [](tlsrpt_report& r) { r.policies[0].policy.domain = "\u2603\xCC\x80.example"; },
                 code::report_domain_non_ascii},
             row{"another policy type",
                 [](tlsrpt_report& r) {
                     r.policies[0].policy.type = {tlsrpt_policy_type::other, "dane"};
                 },
                 code::report_policy_type_unknown},
             row{"a failure without a count",
                 [](tlsrpt_report& r) { r.policies[0].failures[0].failed_sessions.reset(); },
                 code::report_member_missing},
             row{"a count that readers cannot represent exactly",
                 [](tlsrpt_report& r) { r.policies[0].summary.successful = greatest_count + 1; },
                 code::report_unwritable},
             row{"mx patterns without an MTA-STS policy",
                 [](tlsrpt_report& r) { r.policies[0].policy.type = tlsrpt_policy_type::tlsa; },
                 code::report_forbidden},
             row{"a TLSA record with its owner",
                 [](tlsrpt_report& r) {
                     r.policies[0].policy = {
                         tlsrpt_policy_type::tlsa, {"_25._tcp.a.example. IN TLSA 3 1 1 00"}, "a.example", {}};
                 },
                 code::report_forbidden},
             row{"a TLSA record with a space in its data",
                 [](tlsrpt_report& r) {
                     r.policies[0].policy = {tlsrpt_policy_type::tlsa, {"3 1 1 00 11"}, "a.example", {}};
                 },
                 code::report_forbidden},
             row{"a text for a URI",
                 [](tlsrpt_report& r) { r.policies[0].failures[0].additional_information = "see our page"; },
                 code::report_forbidden},
             row{"octets that are not UTF-8", [](tlsrpt_report& r) { r.report_id = "\xFF"; }, code::report_unwritable},
             row{"a NUL character", [](tlsrpt_report& r) { r.report_id = std::string_view("a\0", 2); }, code::json_nul},
             row{"a noncharacter", [](tlsrpt_report& r) { r.report_id = "\uFFFF"; }, code::json_noncharacter},
         }) {
        INFO(what);
        auto report = whole_report();
        spoil(report);
        auto const built = build_tlsrpt_report(report);
        CHECK(!built.publishable());
        CHECK(built.result().has(said));
    }
}

TEST_CASE("RFC 8460 4.4: a built report stays valid when copied and moved") {
    auto const kept = [] {
        auto report = whole_report();
        auto built = build_tlsrpt_report(report);
        auto const copy = built;
        auto const moved = std::move(built);
        CHECK(copy.text().data() == moved.text().data());
        return copy;
    }();
    CHECK(kept.value() == whole_report());
}

TEST_CASE("RFC 8460 5.1: the file name has sender, domain, times and id, or there is none") {
    auto report = whole_report();
    auto const name = [&](std::string_view domain, bool gzip = true) {
        auto const made = tlsrpt_report_filename(report, domain, gzip);
        if (made) CHECK(parse_report_filename(*made).usable());
        return made.value_or("none");
    };
    CHECK(name("example.com") == "sender.example!example.com!1788134400!1788220799!20260831T000000Zexamplecom.json.gz");
    report.report_id = "";
    CHECK(name("B\u00FCcher.example.", false) == "sender.example!xn--bcher-kva.example!1788134400!1788220799.json");
    report.report_id = "-+-";
    CHECK(name("a.example").size() ==
          std::string("sender.example!a.example!1788134400!1788220799!.json.gz").size() + 32);
    auto const long_id = std::string(1000, 'x');
    report.report_id = long_id;
    CHECK(name("a.example").size() < 255);
    for (std::string_view const domain : {"", "a b", "a!b", "-a.example", "a_b.example", "a..example"})
        CHECK(name(domain) == "none");
    report.contact_info = "nobody";
    CHECK(name("a.example") == "none");
    report = whole_report();
    report.date_range.start = std::chrono::sys_seconds(std::chrono::seconds(-1));
    CHECK(name("a.example") == "none");
    report.date_range.start.reset();
    CHECK(name("a.example") == "none");
}

TEST_CASE("RFC 8460 5.3: the subject has domain, submitter and the report-id, made to fit its grammar") {
    auto report = whole_report();
    auto const id = [&](std::string_view given) {
        report.report_id = given;
        auto const made = tlsrpt_report_subject(report, "example.com").value_or("none");
        INFO(made);
        auto const again = parse_report_subject(made);
        CHECK(again.findings.empty());
        CHECK(again.value.policy_domain == "example.com");
        CHECK(again.value.submitter == "sender.example");
        return std::string(again.value.report_id);
    };
    CHECK(id("735ff.e317+bf22029@mail.example") == "735ff.e317+bf22029@mail.example");
    CHECK(id("5065427c-23d3") == "5065427c-23d3@sender.example");
    CHECK(id("2026-08-31T00:00:00Z_example.com") == "2026-08-31T00-00-00Z_example.com@sender.example");
    CHECK(id(".a..b.") == "-a.-b-@sender.example");
    CHECK(id("a@b@c") == "a-b-c@sender.example");
    CHECK(id("<a b>\r\n") == "-a-b---@sender.example");
    CHECK(id(std::string(65, 'x')).size() == std::string_view("@sender.example").size() + 32);
    report.report_id = {};
    CHECK(!tlsrpt_report_subject(report, "example.com"));
}
