// SPDX-License-Identifier: BSL-1.0
/// Test vectors, from beside the repository, for what senders decide, and for the mails and POSTs that carry reports.
#include <catch2/catch.hpp>
#include <mtasts.hpp>
#include <mtasts/report.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parse/shared.hpp"

namespace {

using json = nlohmann::json;

/// Whether something is accepted at all, and whether a fault of it is reported.
struct judgement {
    bool goes = false, told = false;
};

judgement judge_cert(std::string const& text) {
    auto const tab = text.find('\t');
    bool const named = mtasts::dns_id_matches(std::string_view(text).substr(0, tab), text.substr(tab + 1));
    return {named, !named};
}

judgement judge_http(std::string const& text) {
    auto const input = json::parse(text);
    std::string const body(input.at("size").get<std::size_t>(), 'a'), type = input.at("content_type");
    bool const holds = mtasts::holds_policy({input.at("status"), type, body});
    auto const asked = mtasts::discovery("example.com").fetch().url();
    bool const fits = holds && input.value("url", asked) == asked;
    return {fits, !fits};
}

mtasts::policy_mode mode_of(std::string const& name) {
    return name == "enforce"   ? mtasts::policy_mode::enforce
           : name == "testing" ? mtasts::policy_mode::testing
                               : mtasts::policy_mode::none;
}

judgement judge_decision(std::string const& text) {
    using mtasts::certificate_state;
    using mtasts::starttls_state;
    auto const input = json::parse(text);
    std::map<std::string, certificate_state> const certificates{{"ok", certificate_state::valid},
                                                                {"mismatch", certificate_state::host_mismatch},
                                                                {"expired", certificate_state::expired},
                                                                {"untrusted", certificate_state::not_trusted},
                                                                {"none", certificate_state::none}};
    std::map<std::string, mtasts::dane_state> const danes{{"none", mtasts::dane_state::none},
                                                          {"pass", mtasts::dane_state::passed},
                                                          {"fail", mtasts::dane_state::tlsa_invalid}};
    mtasts::mx_facts host;
    host.in_policy = input.at("mx_match");
    host.starttls = input.at("starttls") ? starttls_state::established : starttls_state::not_offered;
    host.certificate = certificates.at(input.at("cert"));
    host.dane = danes.at(input.at("dane"));
    auto const mode = input.at("mode").get<std::string>();
    auto const done = mtasts::decide_outcome(mode == "absent" ? std::nullopt : std::optional(mode_of(mode)), host);
    bool const failed = (done.by_sts && !done.by_sts->succeeded()) || (done.by_dane && !done.by_dane->succeeded());
    return {done.action == mtasts::delivery::deliver, failed};
}

std::string policy_text(std::string const& mode, int max_age) {
    return "version: STSv1\nmode: " + mode + "\nmx: mx.example.com\nmax_age: " + std::to_string(max_age) + "\n";
}

/// Plays a vector about the cache, and compares the source of the policy and, if given, what is reported.
judgement judge_cache(std::string const& text, json const& expected) {
    using mtasts::lookup;
    auto const input = json::parse(text);
    std::chrono::sys_seconds const now{std::chrono::days(10000)};
    std::optional<mtasts::kept_policy> kept;
    if (auto const& cache = input.at("cache"); !cache.is_null())
        kept = mtasts::kept_policy{policy_text(cache.at("mode"), cache.at("max_age")), cache.at("id"),
                                   now - std::chrono::seconds(cache.at("age").get<int>())};
    mtasts::policy_finder finder(input.value("domain", "example.com"), kept);
    auto asked = finder.begin(mtasts::trigger::mail, now);
    auto const record = input.at("txt").get<std::string>(), https = input.at("https").get<std::string>();
    CHECK((asked == lookup::record) == (record != "not-tried"));
    auto const id = "v=STSv1; id=" + input.value("txt_id", "a") + ";";
    if (record == "ok") asked = finder.receive({{id}}, now);
    else if (record == "multiple") asked = finder.receive({{id}, {"v=STSv1; id=other;"}}, now);
    else if (record == "absent") asked = finder.receive(mtasts::txt_rrset(), now);
    else CHECK(record == "not-tried");
    CHECK((asked == lookup::policy) == (https != "not-tried"));
    auto const body = policy_text(input.value("live_mode", "enforce"), 86400);
    if (https == "ok") finder.receive(mtasts::policy_response{200, "text/plain", body}, now);
    else if (https == "fail") finder.receive(mtasts::no_response::unreachable, now);

    auto const& verdict = finder.verdict();
    std::map<mtasts::policy_source, std::string> const names{{mtasts::policy_source::none, "none"},
                                                             {mtasts::policy_source::live, "live"},
                                                             {mtasts::policy_source::cached, "cached"},
                                                             {mtasts::policy_source::not_applicable, "none"}};
    CHECK(names.at(verdict.source) == expected.at("apply").get<std::string>());
    if (expected.contains("report"))
        CHECK(mtasts::coded(verdict.result).text() == expected.at("report").get<std::string>());
    CHECK((finder.in_force(now) != nullptr) == verdict.policy.has_value());
    return {verdict.policy.has_value(), !verdict.policy};
}

judgement judge_mail(std::string const& text) {
    auto const input = json::parse(text);
    // Owns the strings that the views below refer to.
    auto const text_of = [&](char const* name) { return input.value(name, ""); };
    std::string const content_type = text_of("content-type"), report_domain = text_of("TLS-Report-Domain"),
                      submitter = text_of("TLS-Report-Submitter"), contact = text_of("contact-info"),
                      policy_domain = text_of("policy-domain");
    auto const parts = input.at("parts").get<std::vector<std::string>>();
    std::string signer, services;
    std::vector<std::string> fields;
    mtasts::arrived_mail const mail{
        content_type, {parts.begin(), parts.end()}, report_domain, submitter, contact, policy_domain, {}};
    std::vector<mtasts::dkim_signature> signatures;
    if (auto const& dkim = input.at("dkim"); !dkim.is_null()) {
        signer = dkim.at("d").get<std::string>();
        fields = dkim.at("h").get<std::vector<std::string>>();
        auto& signature = signatures.emplace_back();
        std::map<std::string, mtasts::dkim_signature::verification> const results{
            {"pass", mtasts::dkim_signature::verification::success},
            {"fail", mtasts::dkim_signature::verification::failure},
            {"temperror", mtasts::dkim_signature::verification::temporary_failure}};
        auto const result = results.find(dkim.at("result").get<std::string>());
        signature.result = result == results.end() ? mtasts::dkim_signature::verification::failure : result->second;
        signature.domain = signer;
        if (!dkim.at("key_s").is_null()) signature.services = services = dkim.at("key_s").get<std::string>();
        signature.length_limited = !dkim.at("l").is_null();
        signature.fields.assign(fields.begin(), fields.end());
    }
    auto const verdict = mtasts::judge_report_mail(mail, signatures);
    return {verdict.may_be_read(), !verdict.faults.empty()};
}

judgement judge_post(std::string const& text) {
    auto const input = json::parse(text);
    auto const digits = input.at("magic").get<std::string>();
    std::string octets;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
        octets += static_cast<char>(mtasts::text::hex_value(digits[i]) * 16 + mtasts::text::hex_value(digits[i + 1]));
    bool const delivered = mtasts::report_post::delivered(input.at("status"));
    bool const labelled = mtasts::report_media_type(octets) == input.at("content_type").get<std::string>();
    return {delivered, !delivered || !labelled};
}

}  // namespace

TEST_CASE("RFC 8461, RFC 8460: each vector about sending and about reports in transit has the verdict that it states") {
    if (!shared::found("vectors/rfc.json")) return;
    std::map<std::string, judgement (*)(std::string const&)> const judges{{"sts-cert", judge_cert},
                                                                          {"sts-http", judge_http},
                                                                          {"sts-decide", judge_decision},
                                                                          {"tlsrpt-mail", judge_mail},
                                                                          {"tlsrpt-post", judge_post}};
    std::map<std::string, std::size_t> tried;
    for (auto const& vector : json::parse(shared::contents(shared::folder / "vectors/rfc.json"))) {
        auto const kind = vector.at("kind").get<std::string>(), input = vector.at("input").get<std::string>();
        auto const judge = judges.find(kind);
        if (judge == judges.end() && kind != "sts-cache") continue;
        INFO(vector.at("id") << ' ' << vector.at("clause") << ' ' << vector.at("why") << ' ' << input);
        auto const said = kind == "sts-cache" ? judge_cache(input, vector.at("expect")) : judge->second(input);
        auto const verdict = vector.at("verdict").get<std::string>();
        CHECK(said.goes == (verdict != "invalid"));
        CHECK(said.told == (verdict != "valid"));
        ++tried[kind];
    }
    for (auto const& [kind, count] : tried) std::printf("%zu vectors %s\n", count, kind.c_str());
    CHECK(tried.size() == judges.size() + 1);
}
