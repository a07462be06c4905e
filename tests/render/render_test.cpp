// SPDX-License-Identifier: BSL-1.0
/// Rendering: the output is valid for any octets.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>
#include <mtasts.hpp>
#include <nlohmann/json.hpp>

using namespace mtasts;

namespace {

struct rendered {
    std::string text;
    parsed<sts_policy> policy;

    explicit rendered(std::string octets) : text(std::move(octets)), policy(check_sts_policy(text)) {}
    judgement judged(std::string name = "mta-sts.txt") const {
        return {std::move(name), "sts-policy", text, policy.usable(), policy.usable() ? json_value(policy.value) : "",
                &policy.findings};
    }
};

/// Every octet, wherever a message quotes the text.
std::vector<std::string> hostile_texts() {
    std::vector<std::string> texts{
        "", std::string(1, '\0'), "\x1B[31m", "\xE2\x80\xAE", "\xED\xA0\x80", "mx: \xF4\x90\x80\x80\n"};
    for (int c = 0; c != 256; ++c) {
        auto const octet = std::string(1, static_cast<char>(c));
        texts.push_back("version: STSv1\nmode: " + octet + "\nmx: a" + octet + "b\n" + octet + "x: y\nmax_age: 1" +
                        octet + "\n");
        texts.push_back(std::string(300, static_cast<char>(c)));
    }
    return texts;
}

bool has_control(std::string_view text) {
    while (!text.empty()) {
        auto const [value, length] = text::first_code_point(text);
        if (length == 0 || (value != '\n' && detail::is_hidden(value))) return true;
        text.remove_prefix(length);
    }
    return false;
}

}  // namespace

TEST_CASE("The human rendering shows message, line, caret, clause, what was expected and the fix") {
    rendered const one("version: STSv1\nmode: Enforce\nmx: a.example\nmax_age: 1209600\n");
    CHECK(render_human(one.judged()) ==
          "mta-sts.txt:2:7: error: \"Enforce\" is not a mode: the value is case-sensitive [policy-mode-case]\n"
          " 2 | mode: Enforce\n"
          "   |       ^^^^^^^\n"
          "   = RFC 8461 3.2: Write it in lower case.\n"
          "   = expected WSP or sts-policy-mode-value\n"
          "   = fix: write \"enforce\" for \"Enforce\"\n");
    CHECK(render_human(one.judged(), {true}).find("\x1B[1;31merror:\x1B[0m") != std::string::npos);
}

TEST_CASE("Invisible characters are always escaped") {
    for (auto const c : std::initializer_list<std::uint32_t>{
             0x00,   0x1B,   0x7F,   0x9B,   0xA0,   0xAD,   0x34F,   0x61C,   0x115F,  0x1160, 0x1680,
             0x17B4, 0x180B, 0x180F, 0x2000, 0x200B, 0x200F, 0x2028,  0x202E,  0x205F,  0x2066, 0x3000,
             0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF9, 0x1BCA0, 0x1D17A, 0xE0001, 0xE0FFF})
        CHECK(detail::is_hidden(c));
    for (auto const c :
         std::initializer_list<std::uint32_t>{0x20, 0x7E, 0xA1, 0xE9, 0x350, 0x20AC, 0x3041, 0xFE10, 0x1F600})
        CHECK_FALSE(detail::is_hidden(c));
    CHECK(visible("a\u3164b") == "a\\u{3164}b");
}

TEST_CASE("Lines and columns count from 1, columns in code points") {
    line_index lines("a\n\u00E9\u20AC\xFFz\r\nlast");
    auto const at = [&](std::size_t offset) {
        auto const [line, column] = lines.locate(offset);
        return std::pair(line, column);
    };
    CHECK(at(0) == std::pair<std::size_t, std::size_t>(1, 1));
    CHECK(at(2) == std::pair<std::size_t, std::size_t>(2, 1));
    CHECK(at(4) == std::pair<std::size_t, std::size_t>(2, 2));
    CHECK(at(7) == std::pair<std::size_t, std::size_t>(2, 3));
    CHECK(at(8) == std::pair<std::size_t, std::size_t>(2, 4));
    CHECK(at(14) == std::pair<std::size_t, std::size_t>(3, 4));
    CHECK(at(99) == std::pair<std::size_t, std::size_t>(3, 5));
    CHECK(at(2) == std::pair<std::size_t, std::size_t>(2, 1));
    CHECK(lines.line_of(8) == "\u00E9\u20AC\xFFz");
}

TEST_CASE("Control characters of the text never reach a terminal raw") {
    for (auto const& text : hostile_texts()) {
        INFO(visible(text));
        auto const shown = render_human(rendered(text).judged("a\x1B[2J.txt"));
        CHECK_FALSE(has_control(shown));
    }
    CHECK(visible("a\x1B\x7F\t\r\n\x85\u202E\u0085") == "a\\x1B\\x7F\\t\\r\\n\\x85\\u{202E}\\u{0085}");
    CHECK(visible("\U000E0001") == "\\u{E0001}");
    CHECK(json_string("\x1B\xFF\u202E\U000E0001") == R"("\u001b\\xFF\u202e\udb40\udc01")");
}

TEST_CASE("RFC 8259: JSON and SARIF are valid for any octets") {
    for (auto const& text : hostile_texts()) {
        INFO(visible(text));
        rendered const one(text);
        auto const judged = one.judged("a\xFF\"\\\n.txt");
        auto const json = nlohmann::json::parse(render_json(std::span(&judged, 1)), nullptr, false);
        REQUIRE_FALSE(json.is_discarded());
        CHECK(json["results"][0]["findings"].size() == one.policy.findings.size());
        auto const sarif = nlohmann::json::parse(render_sarif(std::span(&judged, 1)), nullptr, false);
        REQUIRE_FALSE(sarif.is_discarded());
        CHECK(sarif["runs"][0]["results"].size() == one.policy.findings.size());
    }
}

TEST_CASE("The JSON document has all of its members") {
    rendered const one("version: STSv1\nmode: none\nmx: a\nmax_age: 9999999999\nx: \"q\" \n");
    auto const judged = one.judged();
    auto const result = nlohmann::json::parse(render_json(std::span(&judged, 1)))["results"][0];
    CHECK(result["input"] == "mta-sts.txt");
    CHECK(result["kind"] == "sts-policy");
    CHECK(result["usable"] == true);
    CHECK(result["value"] ==
          nlohmann::json::parse(
              R"({"mode":"none","max_age":31557600,"mx":["a"],"extensions":[{"name":"x","value":"\"q\""}]})"));
    auto const large = *std::find_if(result["findings"].begin(), result["findings"].end(),
                                     [](auto const& f) { return f["code"] == "policy-max-age-large"; });
    CHECK(large["severity"] == "error");
    CHECK(large["clause"] == "RFC 8461 3.2");
    CHECK(large["offset"] == 41);
    CHECK(large["length"] == 10);
    CHECK(large["line"] == 4);
    CHECK(large["column"] == 10);
    CHECK(large["fix"].is_null());
    auto const space = *std::find_if(result["findings"].begin(), result["findings"].end(),
                                     [](auto const& f) { return f["code"] == "policy-trailing-space"; });
    CHECK(space["fix"] == nlohmann::json::parse(R"({"offset":58,"length":1,"text":""})"));

    rendered const broken("mode: x\n");
    auto const refused = broken.judged();
    CHECK(nlohmann::json::parse(render_json(std::span(&refused, 1)))["results"][0]["value"].is_null());
}

TEST_CASE("SARIF 2.1.0: the log names version, rules, regions in code points and fixes") {
    rendered const one("version: STSv1\nmode: Enforce\nmx: a.example\nmax_age: 1209600\n");
    auto const judged = one.judged("a b.txt");
    auto const sarif = nlohmann::json::parse(render_sarif(std::span(&judged, 1)));
    CHECK(sarif["version"] == "2.1.0");
    auto const& run = sarif["runs"][0];
    CHECK(run["columnKind"] == "unicodeCodePoints");
    CHECK(run["tool"]["driver"]["rules"][0]["id"] == "policy-mode-case");
    auto const& location = run["results"][0]["locations"][0]["physicalLocation"];
    CHECK(location["artifactLocation"]["uri"] == "a%20b.txt");
    CHECK(location["region"] == nlohmann::json::parse(R"({"startLine":2,"startColumn":7,"endLine":2,"endColumn":14})"));
    CHECK(run["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"] ==
          "enforce");
}

TEST_CASE("GitHub annotations are one line each, with their properties escaped") {
    rendered const one("version: STSv1\nmode: Enforce\nmx: 100%\nmax_age: 1209600\n");
    auto const text = render_github(one.judged("a,b:c.txt"));
    CHECK(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) == one.policy.findings.size());
    CHECK(text.find("::error file=a%2Cb%3Ac.txt,line=2,col=7,title=policy-mode-case::") == 0);
    CHECK(text.find("\"%25\" is not allowed") != std::string::npos);
}

TEST_CASE("A long line is cut around its caret") {
    rendered const one("version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 1209600\nx: " + std::string(60000, 'a') +
                       "\tb\n");
    auto const shown = render_human(one.judged());
    CHECK(shown.size() < 2000);
    auto const line = shown.find(" 5 | ..."), caret = shown.find('^', line);
    REQUIRE(line != std::string::npos);
    REQUIRE(caret != std::string::npos);
    auto const carets = shown.rfind('\n', caret) + 1;
    CHECK(shown.substr(line + (caret - carets), 2) == "\\t");
}
