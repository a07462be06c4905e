// SPDX-License-Identifier: BSL-1.0
/// A project that uses the whole library; it has to build and run in every mode of CMakeLists.txt.
#include <mtasts.hpp>
// The single header has these as well.
#if __has_include(<mtasts/report.hpp>)
#include <mtasts/grammar/reading/abnf.hpp>
#include <mtasts/report.hpp>
#include <mtasts/write/json_schema.hpp>
#endif

#include <boost/version.hpp>

#include <array>
#include <chrono>
#include <cstdio>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

int faults = 0;

void require(bool holds, char const* what) {
    if (holds) return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    ++faults;
}

constexpr std::string_view policy_text = "version: STSv1\nmode: enforce\nmx: *.example.com\nmax_age: 1209600\n";
constexpr std::string_view faulty_policy = "version: STSv1\nmode: Enforce\nmx: mail.example.com.\nmax_age: 7d\n";
constexpr std::string_view report_text =
    R"({"organization-name":"Company-X","date-range":{"start-datetime":"2016-04-01T00:00:00Z",)"
    R"("end-datetime":"2016-04-01T23:59:59Z"},"contact-info":"tls@company-x.example","report-id":"5065427c",)"
    R"("policies":[{"policy":{"policy-type":"sts","policy-string":["version: STSv1","mode: testing"],)"
    R"("policy-domain":"company-y.example","mx-host":["*.mail.company-y.example"]},)"
    R"("summary":{"total-successful-session-count":5326,"total-failure-session-count":303},)"
    R"("failure-details":[{"result-type":"certificate-expired","sending-mta-ip":"2001:db8:abcd:12::1",)"
    R"("receiving-mx-hostname":"mx1.mail.company-y.example","failed-session-count":303}]}]})";

#ifdef BOOST_MINOR
static_assert(BOOST_VERSION / 100 % 1000 == BOOST_MINOR, "the mode's Boost is the one that is used");
#endif

// In constant expressions.
static_assert(mtasts::parse_sts_record("v=STSv1; id=20160831085700Z;").usable());
static_assert(!mtasts::parse_sts_policy(faulty_policy).usable());
static_assert(mtasts::mx_matches({"*.example.com"}, "mail.example.com"));
static_assert(mtasts::plan_mx("example.com", {}).implicit);
using namespace mtasts::literals;
constexpr auto literal = "version: STSv1\nmode: none\nmax_age: 86400\n"_sts_policy;
static_assert(literal.mode == mtasts::policy_mode::none);

void reads() {
    using namespace mtasts;
    require(parse_sts_policy(policy_text).value.mode == policy_mode::enforce, "parse_sts_policy");
    require(!parse_sts_policy(faulty_policy).usable(), "parse_sts_policy refuses");
    require(parse_sts_record("v=STSv1; id=1").value.id == "1", "parse_sts_record");
    require(parse_sts_rrset({{"v=STSv1; i", "d=1"}, {"v=spf1 -all"}}).usable(), "parse_sts_rrset");
    require(parse_tlsrpt_record("v=TLSRPTv1; rua=mailto:a@example.com").usable(), "parse_tlsrpt_record");
    require(!parse_tlsrpt_rrset({}).usable(), "parse_tlsrpt_rrset");
    require(parse_tlsrpt_uri("https://example.com/v1").value.deliverable, "parse_tlsrpt_uri");
    require(parse_mx_pattern("*.example.com").value.wildcard(), "parse_mx_pattern");
    require(!parse_domain("-.example").usable(), "parse_domain");
    require(parse_ip_address("2001:db8::1").value.version == 6, "parse_ip_address");
    require(parse_report_filename("a.example!b.example!1!2.json.gz").value.gzip, "parse_report_filename");
    require(parse_report_subject("Report Domain: b.example Submitter: a.example Report-ID: <1@a.example>").usable(),
            "parse_report_subject");
    require(parse_date_time("2016-08-31T08:57:00Z").usable(), "parse_date_time");
    require(!parse_utf8("\xC0\x80").usable(), "parse_utf8");
    // Octets from 0x80, where `char` may have a sign.
    require(parse_sts_policy("version: STSv1\nmode: none\nmax_age: 1\nx: \xC3\xA4\n").usable(), "octets beyond ASCII");
    require(!parse_sts_record("v=STSv1; id=\xFF").usable(), "an octet that is no text");

    auto const report = parse_tlsrpt_report(report_text);
    require(report.usable() && report.value.policies.size() == 1, "parse_tlsrpt_report");
    require(report.value.policies[0].failures[0].failed_sessions == 303u, "the members of a report");
    auto const cut = parse_tlsrpt_report(report_text.substr(0, 200));
    require(!cut.usable() && json_pointers(report_text, cut.findings).size() == cut.findings.size(), "json_pointers");
}

void judges() {
    using namespace mtasts;
    require(check_sts_policy(policy_text).usable(), "check_sts_policy");
    require(check_sts_record("v=STSv1; ID=1; id=2").has(code::record_name_case), "check_sts_record");
    require(check_tlsrpt_record("v=TLSRPTv1; rua=mailto:a@example.com").findings.empty(), "check_tlsrpt_record");
    require(check_sts_rrset({{"v=STSv1; id=1"}}).usable(), "check_sts_rrset");
    require(!check_tlsrpt_rrset({{"v=spf1"}}).usable(), "check_tlsrpt_rrset");
    require(check_mx_pattern("*.com").has(code::mx_wildcard_wide), "check_mx_pattern");
    require(check_tlsrpt_report(report_text).usable(), "check_tlsrpt_report");

    auto const policy = parse_sts_policy(policy_text);
    auto const record = parse_sts_record("v=STSv1; id=1");
    findings found;
    lint_record_with_policy(record, policy, "", found);
    std::vector<std::string_view> const hosts{"mail.example.net"};
    lint_policy_with_mx(policy_text, policy.value, hosts, found);
    lint_change(policy_text, {&policy, &record}, {&policy, &record}, hosts, found);
    lint_report_filename("a.example!b.example!0!86399.json", {}, range_text({}), found);
    require(!found.empty(), "lint_x of two texts");
    require(mx_matches(policy.value, "MAIL.example.com."), "mx_matches");
    require(!what_senders_do(policy_text, policy).empty(), "what_senders_do");
}

void writes() {
    using namespace mtasts;
    auto const policy = parse_sts_policy(policy_text).value;
    auto const written = write_sts_policy(policy);
    require(parse_sts_policy(written).value == policy, "write_sts_policy");
    require(write_sts_record({"1", {}}) == "v=STSv1; id=1;", "write_sts_record");
    require(write_date_time(std::chrono::sys_seconds{}) == "1970-01-01T00:00:00Z", "write_date_time");
    require(make_id(policy).size() == 32, "make_id");
    require(zone_line("_mta-sts.example.com", "v=STSv1; id=1").find("TXT") != std::string::npos, "zone_line");
    require(build_sts_policy(policy).publishable(), "build_sts_policy");
    require(!build_sts_record({"2016-08-31", {}}).publishable(), "build_sts_record");
    require(build_tlsrpt_record({{{"mailto:a@example.com"}}, {}}).publishable(), "build_tlsrpt_record");
    owned<sts_policy> kept(std::string(policy_text), parse_sts_policy);
    auto const moved = std::move(kept);
    require(moved.value() == policy, "owned");

    auto const report = parse_tlsrpt_report(report_text);
    require(build_tlsrpt_report(report.value).publishable(), "build_tlsrpt_report");
    require(tlsrpt_report_filename(report.value, "company-y.example", true).has_value(), "tlsrpt_report_filename");
    require(tlsrpt_report_subject(report.value, "company-y.example").has_value(), "tlsrpt_report_subject");
    require(tlsrpt_json_schema().starts_with('{'), "tlsrpt_json_schema");
    summary all;
    all.add(report.value);
    require(read_summary(write_summary(all)).usable() && totals(all, report_origin::unknown).reports == 1, "summary");
}

void sends() {
    using namespace mtasts;
    std::chrono::sys_seconds const now{std::chrono::hours(24 * 365 * 50)};
    policy_finder finder("example.com");
    require(finder.begin(trigger::mail, now) == lookup::record, "policy_finder begins");
    require(finder.receive(txt_rrset{{"v=STSv1; id=1"}}, now) == lookup::policy, "policy_finder reads the record");
    require(finder.receive({200, "text/plain", policy_text}, now) == lookup::none, "policy_finder reads the policy");
    auto const* const policy = finder.in_force(now);
    require(policy != nullptr && finder.verdict().source == policy_source::live && finder.kept()->id == "1",
            "policy_finder finds");

    std::array<mx_record, 2> const records{{{20, "mx.example.net"}, {10, "mx.example.com"}}};
    require(plan_mx("example.com", records).hosts.front() == "mx.example.com", "plan_mx");
    std::array<std::string_view, 1> const dns_ids{"*.example.com"};
    require(certificate_names(dns_ids, "mx.example.com"), "certificate_names");
    mx_facts facts;
    facts.in_policy = mx_matches(policy->value(), "mx.example.com");
    facts.starttls = starttls_state::established;
    facts.certificate = certificate_state::valid;
    auto const good = decide_outcome(policy_mode::enforce, facts);
    facts.certificate = certificate_state::expired;
    auto const bad = decide_outcome(policy_mode::enforce, facts);
    require(good.action == delivery::deliver && bad.action == delivery::try_next, "decide_outcome");

    session_tally tally;
    tally.add(session_tally::session_of("example.com", *good.by_sts), now);
    tally.add(session_tally::session_of("example.com", *bad.by_sts), now);
    auto const days = tally.take_finished(now + std::chrono::hours(25));
    reporter const company{"Company-X", "tls@company-x.example"};
    auto const id = make_report_id(days.at(0), company);
    auto const report = days[0].report(company, id);
    require(report.policies.at(0).summary.failed == 1u, "session_tally");
    auto const written = write_tlsrpt_report(report);
    report_mail envelope;
    envelope.to = "reports@example.com";
    envelope.octets = written;
    auto const mail = write_report_mail(report, "example.com", envelope);
    require(mail && mail->find("report-type=\"tlsrpt\"") != std::string::npos, "write_report_mail");
    auto const rua = parse_tlsrpt_record("v=TLSRPTv1; rua=https://example.com/v1").value.rua;
    require(report_post_to(rua.at(0), written).has_value() && next_report_try(now, 1).has_value(), "report_post_to");
    require(!judge_report_mail({}, {}).may_be_read(), "judge_report_mail");
}

void shows() {
    using namespace mtasts;
    auto const policy = check_sts_policy(faulty_policy);
    judgement const judged{"mta-sts.txt", "sts-policy", faulty_policy, policy.usable(), "", &policy.findings};
    require(render_human(judged).find("^^^^^^^") != std::string::npos, "render_human");
    require(render_json(std::span(&judged, 1)).find("policy-mode-case") != std::string::npos, "render_json");
    require(render_sarif(std::span(&judged, 1)).find("2.1.0") != std::string::npos, "render_sarif");
    require(render_github(judged).starts_with("::error"), "render_github");
    std::vector<edit> edits;
    for (auto const& f : policy.findings)
        if (auto const fix = fix_of(f, faulty_policy)) edits.push_back(*fix);
    auto const mended = with_edits(faulty_policy, edits);
    require(parse_sts_policy(mended).usable(), "with_edits");
    require(fmt::format("{:>6}", mx_pattern{"a.b"}) == "   a.b", "fmt::formatter");
    require(fmt::format("{}", *policy.find(code::policy_mode_case)) == "error: policy-mode-case at 21+7",
            "fmt::formatter of a finding");
#ifdef __cpp_lib_format
    require(std::format("{:>6}", mx_pattern{"a.b"}) == "   a.b", "std::formatter");
    require(std::format("{}", finding_in{policy.findings.front(), faulty_policy}).find(": ") != std::string::npos,
            "std::formatter of a finding");
#endif
    require(!grammar::abnf(grammar::sts_policy_mode).empty(), "abnf");
}

}  // namespace

int main() {
    reads();
    judges();
    writes();
    sends();
    shows();
    return faults == 0 ? 0 : 1;
}
