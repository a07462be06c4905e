// SPDX-License-Identifier: BSL-1.0
/// RFC 8259: what the reader of reports takes for JSON, compared with nlohmann/json.
#include <catch2/catch.hpp>
#include <mtasts.hpp>
#include <mtasts/parse/tlsrpt_report.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <limits>
#include <string>
#include <string_view>

#include "../../grammar/texts.hpp"
#include "json_verdicts.hpp"

namespace {

using namespace std::string_view_literals;
using json_verdicts::verdict;

struct tally {
    std::size_t tried = 0, taken = 0, passed_over = 0;

    void hold(std::string_view text) {
        ++tried;
        auto const peer = json_verdicts::of_nlohmann(text);
        auto const ours = json_verdicts::of_report_reader(text);
        if (ours == verdict::beyond_limits || peer == verdict::beyond_limits) {
            ++passed_over;
            return;
        }
        if (ours == verdict::taken) ++taken;
        if (ours == peer) return;
        INFO("text: "
             << nlohmann::json(std::string(text)).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace));
        CHECK(ours == peer);
    }
    void print(char const* what) const {
        std::printf("%s: %zu texts, %zu of them JSON, %zu beyond limits\n", what, tried, taken, passed_over);
        CHECK(tried != 0);
    }
};

struct row {
    std::string_view text;
    bool json;
};

constexpr row token_rows[] = {
    // ws = *( %x20 / %x09 / %x0A / %x0D )
    {" \t\r\n1\n\r\t ", true},
    {"", false},
    {" ", false},
    {"\v1", false},
    {"1\f", false},
    {"\xC2\xA0"
     "1",
     false},
    // literals, in lower case alone
    {"true", true},
    {"false", true},
    {"null", true},
    {"True", false},
    {"nul", false},
    {"nulll", false},
    {"NaN", false},
    {"undefined", false},
    // number = [ minus ] int [ frac ] [ exp ]
    {"0", true},
    {"-0", true},
    {"10", true},
    {"0.0", true},
    {"1e5", true},
    {"1E+5", true},
    {"1.25e-05", true},
    {"01", false},
    {"00", false},
    {"-01", false},
    {"-", false},
    {"+1", false},
    {".5", false},
    {"1.", false},
    {"1.e5", false},
    {"1e", false},
    {"1e+", false},
    {"1.2.3", false},
    {"0x10", false},
    {"1_000", false},
    {"Infinity", false},
    {"-Infinity", false},
    // string = quotation-mark *char quotation-mark
    {R"("")", true},
    {R"("\"\\\/\b\f\n\r\t\u0041")", true},
    {R"("\u00e9\u00E9")", true},
    {"\"\x7F\"", true},
    {"\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"", true},
    {"\"\xE2\x80\xA8\"", true},
    {R"("\x41")", false},
    {R"("\u004")", false},
    {R"("\u00G1")", false},
    {R"("\U0041")", false},
    {R"("\)", false},
    {R"("\")", false},
    {R"(")", false},
    {"\"\n\"", false},
    {"\"\t\"", false},
    {"\"\0\""sv, false},
    {"\"\x1F\"", false},
    {"'a'", false},
    // UTF-8, well-formed
    {"\"\x80\"", false},
    {"\"\xC0\x80\"", false},
    {"\"\xE9\"", false},
    {"\"\xED\xA0\x80\"", false},
    {"\"\xF4\x90\x80\x80\"", false},
    {"\"\xE2\x82\"", false},
};

constexpr row structure_rows[] = {
    // object = begin-object [ member *( value-separator member ) ] end-object
    {"{}", true},
    {"{ }", true},
    {R"({"a":1})", true},
    {R"({ "a" : 1 , "b" : [ ] })", true},
    {R"({"":{}})", true},
    {"{", false},
    {"}", false},
    {"{,}", false},
    {R"({"a"})", false},
    {R"({"a":})", false},
    {R"({"a" 1})", false},
    {R"({"a"=1})", false},
    {R"({"a":1,})", false},
    {R"({"a":1 "b":2})", false},
    {R"({"a":1,,"b":2})", false},
    {R"({a:1})", false},
    {R"({1:1})", false},
    {R"({'a':1})", false},
    {R"({"a":1])", false},
    // array = begin-array [ value *( value-separator value ) ] end-array
    {"[]", true},
    {"[1,[2,[]],{}]", true},
    {"[", false},
    {"]", false},
    {"[,]", false},
    {"[1,]", false},
    {"[1 2]", false},
    {"[1}", false},
    {"[true false]", false},
    // JSON-text = ws value ws
    {"1 2", false},
    {"{}{}", false},
    {"{} x", false},
    {"{}\0"sv, false},
    {"// a\n{}", false},
    {"{}/**/", false},
    {"\"a\"b", false},
    // 8.1: UTF-8; a byte order mark may be ignored
    {"\xEF\xBB\xBF{}", true},
    {"\xEF\xBB\xBF", false},
    {"{\xEF\xBB\xBF}", false},
    {"\xEF\xBB{}", false},
    {"\xFF\xFE{\0}\0"sv, false},
    {"\0{\0}"sv, false},
};

/// Tries a row's texts as they are, and where the reader expects something of a report.
template <std::size_t Count>
void hold(row const (&table)[Count]) {
    tally all;
    for (auto const& [text, json] : table) {
        INFO("text: " << text);
        CHECK((json_verdicts::of_report_reader(text) == verdict::taken) == json);
        all.hold(text);
        if (text.starts_with('\xEF') || text.starts_with('\xFF')) continue;
        for (auto const place : {"policies", "organization-name", "contact-info", "date-range", "unknown"}) {
            auto const within = "{\"" + std::string(place) + "\":" + std::string(text) + "}";
            all.hold(within);
            all.hold("{\"policies\":[{\"policy\":{\"mx-host\":[" + std::string(text) + "]},\"summary\":" + within +
                     "}]}");
        }
        all.hold("{\"policies\":[{\"summary\":{\"total-failure-session-count\":" + std::string(text) + "}}]}");
        all.hold("{\"policies\":[{\"failure-details\":[" + std::string(text) + "]}]}");
    }
    all.print("tables");
}

/// All members of RFC 8460 once, in few octets, and one that it does not know.
constexpr std::string_view whole_report =
    R"({"organization-name":"O\u0066","date-range":{"start-datetime":"2026-01-01T00:00:00Z","end-datetime":"2026-01-01)"
    R"(T23:59:59Z"},"contact-info":"a@b.example","report-id":"1","policies":[{"policy":{"policy-type":"sts","policy-st)"
    R"(ring":["mx: b"],"policy-domain":"b.example","mx-host":["b"]},"summary":{"total-successful-session-count":0,"to)"
    R"(tal-failure-session-count":1.0},"failure-details":[{"result-type":"x","sending-mta-ip":"::1","receiving-mx-host)"
    R"(name":"b","receiving-mx-helo":"b","receiving-ip":"192.0.2.1","failed-session-count":-0,"additional-information)"
    R"(":"b:c","failure-reason-code":"d"}]}],"e":[{"f":null},[true,1e9]]})";

}  // namespace

TEST_CASE("RFC 8259 3, 6, 7: the tokens of JSON are taken, and near misses are refused") { hold(token_rows); }
TEST_CASE("RFC 8259 2, 4, 5: values, objects and arrays have their commas, colons and brackets") {
    hold(structure_rows);
}

TEST_CASE("RFC 8259 2: prefixes of a report, and reports with one octet replaced, are judged as by nlohmann/json") {
    tally cut, exchanged;
    for (std::size_t i = 0; i != whole_report.size(); ++i) {
        cut.hold(whole_report.substr(0, i));
        std::string text(whole_report);
        for (int octet = 0; octet != 256; ++octet) {
            text[i] = static_cast<char>(octet);
            exchanged.hold(text);
        }
    }
    cut.print("beginnings");
    CHECK(cut.taken == 0);
    exchanged.print("one octet exchanged");
}

TEST_CASE("RFC 8259 2: random octets are judged as by nlohmann/json") {
    texts::dice dice(8259);
    tally all;
    for (int i = 0; i != 50'000; ++i) {
        std::string text(dice.below(12), '\0');
        for (char& c : text) c = dice.below(4) == 0 ? dice.octet() : "{}[]\",:\\u019aetrufalsn.-+ "[dice.below(26)];
        all.hold(text);
        all.hold("{\"a\":\"" + text + "\"}");
    }
    all.print("noise");
}

TEST_CASE("RFC 8259 2: tokens in any order are judged as by nlohmann/json") {
    constexpr std::array tokens{"{"sv,
                                "}"sv,
                                "["sv,
                                "]"sv,
                                ","sv,
                                ":"sv,
                                ","sv,
                                ":"sv,
                                " "sv,
                                "\n"sv,
                                "1"sv,
                                "-0.5e9"sv,
                                "true"sv,
                                "null"sv,
                                R"("")"sv,
                                R"("a\u00e9")"sv,
                                R"("policies":[)"sv,
                                R"("policy":{)"sv,
                                R"("summary":{)"sv,
                                R"("failure-details":[{)"sv,
                                R"("total-failure-session-count":)"sv,
                                R"("mx-host":[")"sv,
                                R"("date-range":{)"sv,
                                R"("report-id":"1")"sv};
    texts::dice dice(8460);
    tally all;
    for (int i = 0; i != 100'000; ++i) {
        std::string text = dice.below(2) == 0 ? "{" : "";
        for (auto count = dice.below(10); count != 0; --count) text += tokens[dice.below(tokens.size())];
        all.hold(text);
    }
    all.print("tokens in any order");
}

TEST_CASE("RFC 8259 2: reports with a few octets changed are judged as by nlohmann/json") {
    texts::dice dice(7493);
    tally all;
    for (int i = 0; i != 20'000; ++i) {
        std::string text(whole_report);
        for (auto edits = 1 + dice.below(3); edits != 0; --edits) {
            if (dice.below(3) != 0) {
                text = dice.one_octet_off(text);
                continue;
            }
            // A piece removed, or copied elsewhere.
            auto const from = dice.below(text.size()), length = dice.below(40);
            auto const piece = text.substr(from, length);
            if (dice.below(2) == 0) text.erase(from, length);
            else text.insert(dice.below(text.size()), piece);
        }
        all.hold(text);
    }
    all.print("reports with a few octets changed");
}
