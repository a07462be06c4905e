// SPDX-License-Identifier: BSL-1.0
/// Test vectors from beside the repository: each text is valid, worth a warning, or not usable.
#include <catch2/catch.hpp>
#include <mtasts.hpp>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <map>
#include <string>
#include <string_view>

#include "shared.hpp"

namespace {

struct judgement {
    bool usable = false, warned = false;
};

template <class T>
judgement judged(mtasts::parsed<T> const& read) {
    return {read.usable(), any_at_least(read.findings, mtasts::severity::warning)};
}

using judge = judgement (*)(std::string const&);

std::map<std::string, judge> const judges{
    {"sts-txt", [](std::string const& text) { return judged(mtasts::check_sts_record(text)); }},
    {"sts-txt-set",
     [](std::string const& text) {
         return judged(mtasts::check_sts_rrset(shared::rrset(nlohmann::json::parse(text))));
     }},
    {"sts-policy", [](std::string const& text) { return judged(mtasts::check_sts_policy(text)); }},
    {"sts-mx-pattern", [](std::string const& text) { return judged(mtasts::check_mx_pattern(text)); }},
    {"sts-mx-match",
     [](std::string const& text) {
         auto const tab = text.find('\t');
         bool const covered = mtasts::mx_matches({std::string_view(text).substr(0, tab)}, text.substr(tab + 1));
         return judgement{covered, !covered};
     }},
    {"tlsrpt-txt", [](std::string const& text) { return judged(mtasts::check_tlsrpt_record(text)); }},
    {"tlsrpt-txt-set",
     [](std::string const& text) {
         return judged(mtasts::check_tlsrpt_rrset(shared::rrset(nlohmann::json::parse(text))));
     }},
    {"tlsrpt-uri", [](std::string const& text) { return judged(mtasts::check_tlsrpt_uri(text)); }},
    {"tlsrpt-json", [](std::string const& text) { return judged(mtasts::check_tlsrpt_report(text)); }},
    {"tlsrpt-ip", [](std::string const& text) { return judged(mtasts::check_ip_address(text)); }},
    {"tlsrpt-filename", [](std::string const& text) { return judged(mtasts::check_report_filename(text)); }},
    {"tlsrpt-subject", [](std::string const& text) { return judged(mtasts::check_report_subject(text)); }},
};

/// A vector's text in octets. With "enc": "latin1" every code point stands for one octet.
std::string octets_of(nlohmann::json const& vector) {
    auto const text = vector.at("input").get<std::string>();
    if (vector.value("enc", "") != "latin1") return text;
    std::string octets;
    for (std::size_t i = 0; i != text.size(); ++i) {
        auto const c = static_cast<unsigned char>(text[i]);
        if (c < 0x80) octets += text[i];
        else octets += static_cast<char>((c & 0x1F) << 6 | (static_cast<unsigned char>(text[++i]) & 0x3F));
    }
    return octets;
}

}  // namespace

TEST_CASE("RFC 8461, RFC 8460: each vector has the verdict that it states") {
    if (!shared::found("vectors/rfc.json")) return;
    auto const vectors = nlohmann::json::parse(shared::contents(shared::folder / "vectors/rfc.json"));
    std::size_t tried = 0;
    for (auto const& vector : vectors) {
        auto const judge = judges.find(vector.at("kind").get<std::string>());
        if (judge == judges.end()) continue;
        ++tried;
        auto const said = judge->second(octets_of(vector));
        auto const verdict = vector.at("verdict").get<std::string>();
        INFO(vector.at("id") << ' ' << vector.at("clause") << ' ' << vector.at("why") << ' '
                             << vector.at("input").dump(-1, ' ', true));
        CHECK(said.usable == (verdict != "invalid"));
        CHECK(said.warned == (verdict != "valid"));
    }
    std::printf("%zu vectors\n", tried);
    CHECK(tried > 0);
}

TEST_CASE("RFC 8461, RFC 8460: odd texts are usable or not, as the RFCs say") {
    if (!shared::found("odd/DIFF.tsv")) return;
    std::map<std::string, judge> const kinds{
        {"sts", judges.at("sts-txt")}, {"policy", judges.at("sts-policy")}, {"tlsrpt", judges.at("tlsrpt-txt")}};
    std::size_t tried = 0;
    for (auto const& row : shared::table(shared::folder / "odd/DIFF.tsv")) {
        if (row.at(1) == "match" && row.at(2) != "?") {
            INFO(row[0] << ' ' << row.at(3));
            CHECK(mtasts::mx_matches({row.at(5)}, row.at(4)) == (row[2] == "V"));
            ++tried;
        }
        auto const judge = kinds.find(row.at(1));
        if (judge == kinds.end() || row.at(2) == "?") continue;
        ++tried;
        INFO(row[0] << ' ' << row.at(3));
        CHECK(judge->second(shared::contents(shared::folder / row[0])).usable == (row[2] == "V"));
    }
    std::printf("%zu odd texts\n", tried);
    CHECK(tried > 0);
}
