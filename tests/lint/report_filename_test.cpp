// SPDX-License-Identifier: BSL-1.0
/// File names of reports compared with the reports.
#include <chrono>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <mtasts/lint/report_filename.hpp>

using namespace mtasts;

namespace {

constexpr std::chrono::sys_seconds monday = std::chrono::sys_days{std::chrono::year{2026} / 8 / 31};

constexpr tlsrpt_report a_report() {
    tlsrpt_report report;
    report.date_range = {monday, monday + std::chrono::seconds(86399)};
    report.contact_info = "tls@sender.example";
    report.policies.resize(2);
    report.policies[0].policy.type = tlsrpt_policy_type::sts;
    report.policies[0].policy.domain = "example.com";
    report.policies[1].policy.type = tlsrpt_policy_type::no_policy_found;
    report.policies[1].policy.domain = "xn--bcher-kva.example";
    return report;
}

using said = std::vector<std::pair<code, std::string_view>>;

/// Codes and the octets that they are about.
constexpr said lint(std::string_view name, tlsrpt_report const& report) {
    range_text const times(report.date_range);
    findings found;
    lint_report_filename(name, report, times, found);
    said all;
    for (auto const& f : found) all.emplace_back(f.code, f.where.of(name));
    return all;
}

constexpr said lint_extension(std::string_view name, bool gzip) {
    findings found;
    lint_report_extension(name, gzip, found);
    said all;
    for (auto const& f : found) all.emplace_back(f.code, f.where.of(name));
    return all;
}

}  // namespace

TEST_CASE("RFC 8460 5.1: a file name that agrees with the report has no finding") {
    static_assert(lint("sender.example!example.com!1788134400!1788220799.json.gz", a_report()).empty());
    for (std::string_view const name : {
             "sender.example!example.com!1788134400!1788220799.json",
             "sender.example!example.com!1788134400!1788220799!001.json.gz",
             "SENDER.example.!Example.COM!1788134400!1788220799.JSON.GZ",
             "sender.example!b\u00FCcher.example!1788134400!1788220799.json",
             "sender.example!XN--BCHER-KVA.example!01788134400!1788220799",
         })
        CHECK(lint(name, a_report()) == said());
}

TEST_CASE("RFC 8460 5.6: every difference between file name and report is reported") {
    static_assert(lint("other.example!example.com!1788134400!1788220799.json", a_report()) ==
                  said{{code::report_name_sender, "other.example"}});
    struct row {
        std::string_view name;
        said findings;
    };
    for (auto const& [name, findings] : {
             // Some senders write the name of the organisation, with which the file name is no longer well-formed.
             row{"Sender Ltd!example.com!1788134400!1788220799.json", {{code::report_name_sender, "Sender Ltd"}}},
             row{"mx.sender.example!example.com!1788134400!1788220799.json",
                 {{code::report_name_sender, "mx.sender.example"}}},
             row{"sender.example!example.net!1788134400!1788220799.json", {{code::report_name_domain, "example.net"}}},
             row{"sender.example!com!1788134400!1788220799.json", {{code::report_name_domain, "com"}}},
             row{"sender.example!example.com!1788134401!1788220799.json", {{code::report_name_time, "1788134401"}}},
             row{"sender.example!example.com!1788134400!1788220800.json", {{code::report_name_time, "1788220800"}}},
             row{"sender.example!example.com!20260831!20260831.json",
                 {{code::report_name_time, "20260831"}, {code::report_name_time, "20260831"}}},
             row{"sender.example!example.com!!x.json", {{code::report_name_time, ""}, {code::report_name_time, "x"}}},
             row{"a!b!1!99999999999999999999999!c.json",
                 {{code::report_name_sender, "a"},
                  {code::report_name_domain, "b"},
                  {code::report_name_time, "1"},
                  {code::report_name_time, "99999999999999999999999"}}},
         }) {
        INFO(name);
        CHECK(lint(name, a_report()) == findings);
    }
}

TEST_CASE("RFC 8460 5.1: a file name of another form is not compared") {
    for (std::string_view const name :
         {"", "report.json", "!", "a!b.json", "a!b!1.json", "a!b!1!2!3!4.json", ".json.gz"})
        CHECK(lint(name, a_report()) == said());
}

TEST_CASE("RFC 8460 5.6: what the report lacks is not compared") {
    constexpr std::string_view name = "other.example!other.example!1!2.json";
    CHECK(lint(name, tlsrpt_report{}) == said());
    auto report = a_report();
    report.contact_info = {};
    report.date_range = {};
    CHECK(lint(name, report) == said{{code::report_name_domain, "other.example"}});
    report.policies[1].policy.domain = {};
    CHECK(lint(name, report) == said());
    report = a_report();
    report.date_range = {monday - std::chrono::years(100), {}};
    CHECK(lint("sender.example!example.com!1!2.json", report) == said());
}

TEST_CASE("RFC 8460 1.1: a TLSA base domain need not be the policy domain of the file name") {
    auto report = a_report();
    report.policies[0].policy.type = tlsrpt_policy_type::tlsa;
    report.policies[0].policy.domain = "mx.example.org";
    CHECK(lint("sender.example!example.com!1788134400!1788220799.json", report) == said());
}

TEST_CASE("RFC 8460 5.1: an extension that contradicts the compression is reported") {
    static_assert(lint_extension("a.json", true) == said{{code::report_name_compression, ".json"}});
    for (auto const& [name, plain, gzip] : {
             std::tuple{"a.json", "", ".json"},
             std::tuple{"a.JSON", "", ".JSON"},
             std::tuple{"a.json.gz", ".json.gz", ""},
             std::tuple{"a.txt.gz", ".gz", ""},
             std::tuple{"a!b!1!2!x.json.GZ", ".json.GZ", ""},
             std::tuple{"a", "", ""},
             std::tuple{"a.txt", "", ""},
             std::tuple{".gz", "", ""},
             std::tuple{"", "", ""},
         }) {
        INFO(name);
        auto const wanted = [](std::string_view part) {
            return part.empty() ? said() : said{{code::report_name_compression, part}};
        };
        CHECK(lint_extension(name, false) == wanted(plain));
        CHECK(lint_extension(name, true) == wanted(gzip));
    }
}
