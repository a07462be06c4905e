// SPDX-License-Identifier: BSL-1.0
/// RFC 8259 9: the limits of the report reader. Past a limit it reports that, and takes no more memory.
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "../rows.hpp"

using mtasts::code;
using mtasts::parse_tlsrpt_report;
using mtasts::text_span;

namespace {

/// A report of so many policies, each with so many failures.
std::string report_of(std::size_t policies, std::size_t failures) {
    std::string text =
        R"({"organization-name":"O","date-range":{"start-datetime":"2026-08-31T00:00:00Z","end-datetime")"
        R"(:"2026-08-31T23:59:59Z"},"contact-info":"a@example.net","report-id":"1","policies":[)";
    for (std::size_t i = 0; i != policies; ++i) {
        text +=
            R"({"policy":{"policy-type":"sts","policy-string":["mx: a.example","b"],"policy-domain":"example.com",)"
            R"("mx-host":["a.example"]},"summary":{"total-successful-session-count":1,"total-failure-session-count")"
            R"(:99},"failure-details":[)";
        for (std::size_t k = 0; k != failures; ++k)
            text += R"({"result-type":"sts-policy-invalid","failed-session-count":1},)";
        if (failures != 0) text.pop_back();
        text += "]},";
    }
    if (policies != 0) text.pop_back();
    return text + "]}";
}

/// A report with something else in front of its policies.
std::string report_with(std::string_view members) {
    auto text = report_of(1, 1);
    return text.insert(text.find("\"policies\""), std::string(members) + ",");
}

struct row {
    std::string text;
    mtasts::report_options enough, too_few;
    code said;
    text_span where;
};

std::vector<row> limit_rows() {
    auto const three = report_of(3, 2);
    auto const nth = [&](std::string_view part, int n) {
        auto at = three.find(part);
        while (--n != 0) at = three.find(part, at + 1);
        return at;
    };
    auto const unknown = report_with(R"("x":{"y":1,"z":[{"y":1}]})");
    auto const escaped = report_with(R"("x":"\u0061\u0061")");
    auto const nested = report_with(R"("x":[{"y":[[]]}])");
    return {
        {three,
         {.max_size = three.size()},
         {.max_size = three.size() - 1},
         code::text_too_large,
         {three.size() - 1, 0}},
        {three, {.max_policies = 3}, {.max_policies = 2}, code::report_many_policies, {nth("{\"policy\"", 3), 1}},
        {three, {.max_failures = 6}, {.max_failures = 3}, code::report_many_failures, {nth("{\"result", 4), 1}},
        {three, {.max_strings = 9}, {.max_strings = 7}, code::report_many_strings, {nth("\"b\"", 3), 1}},
        {unknown, {.max_members = 4}, {.max_members = 2}, code::report_many_members, {unknown.find("z\":["), 1}},
        {escaped, {.max_string = 20}, {.max_string = 19}, code::report_long_string, {three.find("2026-08-31"), 20}},
        {nested, {.max_depth = 5}, {.max_depth = 4}, code::json_deep, {nested.find("[]]}]"), 1}},
        // no option raises the depth above what the reader has room for
        {std::string(1024, '[') + std::string(1024, ']'),
         {.max_depth = 100'000},
         {.max_depth = 1023},
         code::json_deep,
         {1023, 1}},
        {std::string(1025, '[') + std::string(1025, ']'),
         {.max_depth = 100'000},
         {.max_depth = 100'000},
         code::json_deep,
         {1024, 1}},
    };
}

}  // namespace

TEST_CASE("RFC 8259 9: a limit is exceeded by the first item too many, and reported there") {
    for (auto const& [text, enough, too_few, said, where] : limit_rows()) {
        INFO(mtasts::meaning_of(said).slug);
        if (!(where == text_span{1024, 1})) CHECK_FALSE(parse_tlsrpt_report(text, enough).has(said));
        auto const result = parse_tlsrpt_report(text, too_few);
        CHECK_FALSE(result.usable());
        REQUIRE(result.has(said));
        CHECK(result.find(said)->where == where);
    }
}

TEST_CASE("RFC 8259 9: what was read before a limit was exceeded is kept") {
    auto const text = report_of(3, 2);
    CHECK(parse_tlsrpt_report(text, {.max_size = text.size() - 1}).value == mtasts::tlsrpt_report());
    CHECK(parse_tlsrpt_report(text, {.max_policies = 2}).value.policies.size() == 2);
    auto const few_failures = parse_tlsrpt_report(text, {.max_failures = 3}).value;
    REQUIRE(few_failures.policies.size() == 2);
    CHECK(few_failures.policies[0].failures.size() == 2);
    CHECK(few_failures.policies[1].failures.size() == 1);
    CHECK(few_failures.report_id == "1");
}

TEST_CASE(
    "RFC 8259 9: past the limit of findings, one says that there are more, and the first that makes the report "
    "unusable is kept") {
    std::string unknown;
    for (int i = 0; i != 50; ++i) unknown += (i == 0 ? "\"x" : ",\"x") + std::to_string(i) + "\":0";
    auto const many = report_with(unknown);
    auto const result = parse_tlsrpt_report(many, {.max_findings = 10});
    CHECK(result.usable());
    CHECK(result.has(code::report_many_findings));
    CHECK(result.findings.size() == 11);
    auto const spoilt = many.substr(0, many.size() - 1) + ",\"report-id\":2,\"report-id\":2}";
    auto const also = parse_tlsrpt_report(spoilt, {.max_findings = 10});
    CHECK_FALSE(also.usable());
    CHECK(also.findings.size() == 12);
    CHECK(parse_tlsrpt_report(many, {.max_findings = 50}).findings.size() == 50);
}

TEST_CASE("RFC 8259 9: strings inside one string count too") {
    auto const with_strings = [](std::string_view type, std::string_view strings) {
        return R"({"policies":[{"policy":{"policy-type":")" + std::string(type) + R"(","policy-string":)" +
               std::string(strings) + R"(,"policy-domain":"example.com","mx-host":"a.example"}}]})";
    };
    for (auto const& text :
         {with_strings("sts", R"(["a\nb\nc\nd"])"), with_strings("tlsa", R"("3 1 1 aa;3 1 1 bb;3 1 1 cc")"),
          with_strings("tlsa", R"(["[\"3 1 1 aa\",\"3 1 1 bb\",\"3 1 1 cc\"]"])")}) {
        INFO(text);
        CHECK_FALSE(parse_tlsrpt_report(text).has(code::report_many_strings));
        CHECK(parse_tlsrpt_report(text, {.max_strings = 3}).has(code::report_many_strings));
    }
}

TEST_CASE("RFC 8460 4: TLSA records in one string are split, whatever separates them") {
    for (std::string_view const strings :
         {R"("3 1 1 aa\n3 1 1 bb")", R"("3 1 1 aa; 3 1 1 bb")", R"("3 1 1 aa;\n3 1 1 bb;")"}) {
        auto const text = R"({"policies":[{"policy":{"policy-type":"tlsa","policy-string":)" + std::string(strings) +
                          R"(,"policy-domain":"example.com","mx-host":"a.example"}}]})";
        INFO(text);
        auto const report = parse_tlsrpt_report(text);
        CHECK(report.value.policies.at(0).policy.strings == std::vector<std::string_view>{"3 1 1 aa", "3 1 1 bb"});
        CHECK_FALSE(report.has(code::report_tlsa_record));
    }
}

TEST_CASE("RFC 8460 4.5: carriage returns at the end of a line are not part of it") {
    auto const report =
        parse_tlsrpt_report(R"({"policies":[{"policy":{"policy-type":"sts","policy-string":["a\r\r\nb\r"]}}]})");
    CHECK(report.value.policies.at(0).policy.strings == std::vector<std::string_view>{"a", "b"});
}

TEST_CASE("RFC 3339 5.7: a time that lacks more than its zone is absent") {
    for (std::string_view const time : {"2016-02-30T00:00:00", "2016-13-01 00:00:00Z", "2016-04-01T24:00:00.5Z"}) {
        auto const text = R"({"date-range":{"start-datetime":")" + std::string(time) + R"("}})";
        INFO(text);
        auto const report = parse_tlsrpt_report(text);
        CHECK_FALSE(report.value.date_range.start);
        CHECK((report.has(code::time_range) || report.has(code::time_hour_24)));
    }
}

TEST_CASE("RFC 8259 9: every default is above what a large report needs") {
    auto const text = report_of(2000, 10);
    auto const result = parse_tlsrpt_report(text);
    CHECK(result.usable());
    CHECK(result.findings.empty());
    CHECK(result.value.policies.size() == 2000);
    CHECK(result.value.policies.back().failures.size() == 10);
}

TEST_CASE("RFC 8259 9: reading time is linear in the size of the text, also for hostile texts") {
    using clock = std::chrono::steady_clock;
    auto const hostile = [](std::size_t size, std::string_view opening, std::string_view repeated) {
        std::string text(opening);
        for (std::size_t i = 0; text.size() < size; ++i) {
            text += repeated;
            // A distinct number, if there is room for one.
            for (auto at = text.size() - repeated.size(); (at = text.find('#', at)) != text.npos;)
                text.replace(at, 1, std::to_string(i));
        }
        return text;
    };
    auto const seconds = [](std::string const& text) {
        auto best = std::chrono::duration<double>::max();
        for (int i = 0; i != 3; ++i) {
            auto const start = clock::now();
            auto const result = parse_tlsrpt_report(text);
            best = std::min<std::chrono::duration<double>>(best, clock::now() - start);
            CHECK_FALSE(result.usable());
        }
        return best.count();
    };
    struct kind {
        std::string_view opening, repeated;
    };
    constexpr kind kinds[] = {
        {R"({"report-id":")", R"(\u0061\n)"},
        {R"({"x":[")", R"(\ud800","\udfff)"},
        {"{", R"("report-id":"1",)"},
        {"{", R"("x":1,)"},
        {"{", R"("x#":1,)"},
        {R"({"x":[)", R"({"a":1,"b":{"a":1}},)"},
        {R"({"policies":[)", R"({},)"},
        {R"({"policies":[)", R"({"policy":{"policy-type":"tlsa","policy-string":"[;;;"}},)"},
        {R"({"policies":[{"policy":{"policy-string":[)", R"("a\nb",)"},
        {R"({"policies":[{"failure-details":[)", R"({"sending-mta-ip":"::x"},)"},
        {R"({"policies":[{"summary":{"total-failure-session-count":1)", "0"},
        {R"({"policies":[{"summary":{"total-failure-session-count":0.)", "0"},
        {R"({"contact-info":"a)", ",@"},
        {"", " "},
        {"", "{\"a\":"},
    };
    for (auto const& [opening, repeated] : kinds) {
        INFO("repeated: " << repeated);
        auto const some = hostile(20'000, opening, repeated), much = hostile(640'000, opening, repeated);
        // Thirty-two times the text; linear with room for caches and for a busy machine, far from quadratic.
        CHECK(seconds(much) < 300 * std::max(seconds(some), 2e-5));
    }
}
