// SPDX-License-Identifier: BSL-1.0
/// The RFCs' ABNF in tests/data/abnf, as the set of texts that RFC 5234 defines, compared with the walk of our grammars:
/// what departures.tsv calls "the same texts" is the same for every short text.
#include <catch2/catch.hpp>
#include <mtasts.hpp>

#include <cstdio>
#include <string>
#include <vector>

#include "abnf_text.hpp"
#include "texts.hpp"

namespace {

namespace grammar = mtasts::grammar;
using pieces = std::vector<std::string>;

abnf_text::rules rules_of(std::vector<std::string> const& rfcs) {
    abnf_text::rules all;
    for (auto const& rfc : rfcs) all.merge(abnf_text::read_file(MTASTS_TEST_DATA "/abnf/" + rfc + ".abnf"));
    return all;
}

/// Replaces a rule whose ABNF in the RFC is wrong, or is narrowed by the prose.
void replace_rule(abnf_text::rules& all, std::string const& line) {
    all.erase(abnf_text::lowered(line.substr(0, line.find(' '))));
    abnf_text::add_rule(all, line);
}
abnf_text::rules policy_rules() {
    auto all = rules_of({"rfc8461", "rfc5321", "rfc3629", "rfc5234"});
    replace_rule(all, "sta-policy-alphanum = sts-policy-alphanum");
    return all;
}
abnf_text::rules tlsrpt_rules() {
    auto all = rules_of({"rfc8460", "rfc5321", "rfc3986", "rfc5234"});
    // RFC 8460 3: "!", "," and ";" are always percent-encoded.
    replace_rule(all, "sub-delims = \"$\" / \"&\" / \"'\" / \"(\" / \")\" / \"*\" / \"+\" / \"=\"");
    return all;
}

template <class Grammar>
void same_texts(abnf_text::rules const& rfc, std::string const& rule, Grammar const& ours, std::string const& prefix,
                pieces const& alphabet, std::size_t most) {
    std::size_t tried = 0, held = 0;
    auto const visit = [&](std::string const& text, std::size_t) {
        bool const in_the_rfc = abnf_text::language(rfc, text).holds(rule);
        ++tried;
        held += in_the_rfc ? 1 : 0;
        if (in_the_rfc != texts::walked(ours, text))
            FAIL_CHECK(rule << (in_the_rfc ? " lacks: " : " should not have: ") << text);
    };
    texts::for_each_text(prefix, alphabet, most, visit);
    std::printf("%-17s %6zu texts, %6zu in the RFC's language\n", rule.c_str(), tried, held);
    CHECK(held != 0);
    CHECK(held != tried);
}

}  // namespace

TEST_CASE("RFC 8461 3.1: sts-text-record takes exactly the texts of its ABNF") {
    auto const rfc = rules_of({"rfc8461", "rfc5234"});
    same_texts(rfc, "sts-text-record", grammar::sts_text_record, "v=STSv1", {";", " ", "\t", "=", "id=", "a-", "1"}, 5);
}

TEST_CASE("RFC 8461 3.2: sts-policy-record takes exactly the texts of its ABNF") {
    auto const rfc = policy_rules();
    same_texts(rfc, "sts-policy-record", grammar::sts_policy_record, "", {"mx", ":", " ", "\n", "\r\n", "a", "\t"}, 5);
    same_texts(rfc, "sts-policy-record", grammar::sts_policy_record, "x:", {"a", "\xC3\xA9", "\xC3", " ", "\t", "\n"},
               5);
    same_texts(rfc, "sts-policy-mx-value", grammar::sts_policy_mx_value_alone, "", {"*.", "a", "-", ".", "*"}, 6);
}

TEST_CASE("RFC 5321 4.1.2: Domain takes exactly the texts of its ABNF") {
    same_texts(rules_of({"rfc5321", "rfc5234"}), "Domain", grammar::Domain_alone, "", {"a", "1", "-", "."}, 7);
}

TEST_CASE("RFC 8460 3, RFC 3986 A: tlsrpt-record takes exactly the texts of its ABNF") {
    auto const rfc = tlsrpt_rules();
    same_texts(rfc, "tlsrpt-record", grammar::tlsrpt_record, "v=TLSRPTv1;rua=", {"a:", "b", ",", ";", " ", "=", "!"},
               4);
    same_texts(rfc, "tlsrpt-record", grammar::tlsrpt_record, "v=TLSRPTv1", {";", "rua=", "a:", "=", " ", "b"}, 5);
    same_texts(rfc, "tlsrpt-uri", grammar::tlsrpt_uri_alone, "a:", {"/", "?", "#", ":", "@", "1", "%2f", "["}, 4);
    same_texts(rfc, "tlsrpt-uri", grammar::tlsrpt_uri_alone, "a://",
               {"1.2.3.4", "5", "[::1]", "[v1.a]", ":", "@", "/", "."}, 4);
}

TEST_CASE("RFC 8460 4.4: IPv4address and IPv6address take exactly the texts of their ABNF") {
    auto const rfc = rules_of({"rfc3986", "rfc5234"});
    same_texts(rfc, "dec-octet", grammar::dec_octet >> grammar::eoi, "", {"0", "1", "2", "4", "5", "6", "9"}, 4);
    same_texts(rfc, "IPv4address", grammar::IPv4address >> grammar::eoi, "", {"0", "25", "6.", "1.", "."}, 6);
    same_texts(rfc, "IPv6address", grammar::IPv6address >> grammar::eoi, "", {":", "a:", "b", "1.2.3.4"}, 7);
    same_texts(rfc, "IPv6address", grammar::IPv6address >> grammar::eoi, "1:2:3",
               {":4", ":", "::", ":1.2.3.4", "55555"}, 6);
}

TEST_CASE("RFC 8460 5.1: filename takes exactly the texts of its ABNF") {
    auto rfc = tlsrpt_rules();
    same_texts(rfc, "filename", grammar::filename, "a!b", {"!1", "!", "a", "-", ".json", ".gz"}, 5);
}

TEST_CASE("RFC 3339 5.6: date-time takes exactly the texts of its ABNF") {
    same_texts(rules_of({"rfc3339", "rfc5234"}), "date-time", grammar::date_time, "2016-02-29T00:00:0",
               {"0", "Z", "z", "+00:00", "-01", ":0", "."}, 5);
}

TEST_CASE("RFC 3629 4: UTF8-octets takes exactly the texts of its ABNF") {
    pieces const octets{"a", "\x80", "\x9F", "\xA0", "\xBF", "\xC2", "\xE0", "\xED", "\xF0", "\xF4"};
    same_texts(rules_of({"rfc3629"}), "UTF8-octets", grammar::UTF8_octets, "", octets, 4);
}

TEST_CASE("RFC 8259 6, 7: number and string take exactly the texts of their ABNF") {
    same_texts(rules_of({"rfc8259", "rfc5234"}), "number", grammar::json_number >> grammar::eoi, "",
               {"0", "1", "-", "+", ".", "e", "E"}, 6);
    // The RFC's unescaped is of code points; of one octet each they are the same in UTF-8.
    same_texts(rules_of({"rfc8259", "rfc5234"}), "string", grammar::json_string >> grammar::eoi, "\"",
               {"a", "\"", "\\", "u", "00e9", "/", "\n"}, 5);
}
