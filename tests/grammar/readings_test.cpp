// SPDX-License-Identifier: BSL-1.0
/// The readings of one grammar object agree: match and walk give the same result and announce the same parts, generate
/// makes what both take, and expect has an answer for what both refuse.
#include <catch2/catch.hpp>
#include <mtasts.hpp>

#include <cstdio>
#include <string_view>

#include "agreement.hpp"

namespace {

namespace grammar = mtasts::grammar;
using namespace agreement;

template <class Grammar, class Judge>
void try_sentences(char const* name, Grammar const& by, std::uint32_t seed, Judge judge) {
    texts::dice dice(seed);
    tally sentences, mutations;
    std::size_t octets = 0;
    for (int i = 0; i != 100'000; ++i) {
        auto const sentence = dice.sentence(by);
        octets += sentence.size();
        bool const taken = agreed(by, sentence, sentences);
        if (!taken) FAIL_CHECK(name << " refuses its own sentence: " << shown(sentence));
        judge(sentence, taken);
        auto const mutation = dice.one_octet_off(sentence);
        bool const still_taken = agreed(by, mutation, mutations);
        judge(mutation, still_taken);
        if (!still_taken) check_expect(by, mutation);
    }
    std::printf("%-17s %zu sentences (%zu octets), %zu mutations, %zu of them taken\n", name, sentences.tried, octets,
                mutations.tried, mutations.taken);
    CHECK(mutations.taken != 0);
    CHECK(mutations.taken != mutations.tried);
}

/// All 256 octets, compared with a predicate written from the RFC.
template <class Rule, class Predicate>
void try_octets(char const* name, Rule const& rule, Predicate in_the_rfc) {
    auto const alone = rule >> grammar::eoi;
    for (int value = 0; value != 256; ++value) {
        char const octet = static_cast<char>(value);
        std::string_view const text(&octet, 1);
        INFO(name << " " << value);
        CHECK(texts::walked(alone, text) == in_the_rfc(value));
        CHECK(texts::matched(alone, text) == in_the_rfc(value));
    }
    CHECK_FALSE(texts::walked(alone, ""));
    CHECK_FALSE(texts::matched(alone, ""));
}

constexpr bool between(int value, int first, int last) { return first <= value && value <= last; }
constexpr bool alpha(int c) { return between(c, 'A', 'Z') || between(c, 'a', 'z'); }
constexpr bool digit(int c) { return between(c, '0', '9'); }
/// Whether `c` is one of a few octets.
constexpr auto one_of(std::string_view octets) {
    return [octets](int c) { return c < 0x80 && octets.find(static_cast<char>(c)) != octets.npos; };
}

}  // namespace

TEST_CASE("RFC 5234 B.1: the core rules take their octets and no others") {
    try_octets("ALPHA", grammar::ALPHA, alpha);
    try_octets("CR", grammar::CR, [](int c) { return c == 13; });
    try_octets("LF", grammar::LF, [](int c) { return c == 10; });
    try_octets("DIGIT", grammar::DIGIT, digit);
    try_octets("DQUOTE", grammar::DQUOTE, [](int c) { return c == 34; });
    try_octets("HEXDIG", grammar::HEXDIG,
               [](int c) { return digit(c) || between(c, 'A', 'F') || between(c, 'a', 'f'); });
    try_octets("HTAB", grammar::HTAB, [](int c) { return c == 9; });
    try_octets("SP", grammar::SP, [](int c) { return c == 32; });
    try_octets("VCHAR", grammar::VCHAR, [](int c) { return between(c, 33, 126); });
    try_octets("WSP", grammar::WSP, [](int c) { return c == 32 || c == 9; });
}

TEST_CASE("RFC 3629 4: the rules of one octet take their octets and no others") {
    try_octets("UTF8-1", grammar::UTF8_1, [](int c) { return c <= 0x7F; });
    try_octets("UTF8-tail", grammar::UTF8_tail, [](int c) { return between(c, 0x80, 0xBF); });
    try_octets("UTF8-char", grammar::UTF8_char, [](int c) { return c <= 0x7F; });
}

TEST_CASE("RFC 8461 3.1, 3.2: the rules of one octet take their octets and no others") {
    auto const alphanumeric = [](int c) { return alpha(c) || digit(c); };
    auto const vchar = [](int c) { return between(c, 0x21, 0x7E); };
    try_octets("sts-policy-alphanum", grammar::sts_policy_alphanum, alphanumeric);
    try_octets("sts-policy-vchar", grammar::sts_policy_vchar, vchar);
    try_octets("sts-policy-ext-value", grammar::sts_policy_ext_value, vchar);
    try_octets("sts-policy-ext-name", grammar::sts_policy_ext_name, alphanumeric);
    try_octets("sts-policy-term", grammar::sts_policy_term, [](int c) { return c == 10; });
    try_octets("sts-ext-name", grammar::sts_ext_name, alphanumeric);
    try_octets("sts-ext-value", grammar::sts_ext_value, [&](int c) { return vchar(c) && c != ';' && c != '='; });
    try_octets("sts-field-delim", grammar::sts_field_delim, one_of(";"));
    try_octets("tlsrpt-ext-name", grammar::tlsrpt_ext_name, alphanumeric);
    try_octets("tlsrpt-ext-value", grammar::tlsrpt_ext_value, [&](int c) { return vchar(c) && c != ';' && c != '='; });
    try_octets("unique-id", grammar::unique_id, alphanumeric);
    try_octets("Let-dig", grammar::Let_dig, alphanumeric);
    try_octets("Ldh-str", grammar::Ldh_str, alphanumeric);
    try_octets("Domain", grammar::Domain, alphanumeric);
}

TEST_CASE("RFC 3986 A, RFC 6068 2: the rules of one octet take their octets and no others") {
    // RFC 8460 3: "!", "," and ";" are always percent-encoded.
    auto const sub_delims = one_of("$&'()*+=");
    auto const unreserved = [](int c) { return alpha(c) || digit(c) || one_of("-._~")(c); };
    auto const pchar = [&](int c) { return unreserved(c) || sub_delims(c) || one_of(":@")(c); };
    try_octets("unreserved", grammar::unreserved, unreserved);
    try_octets("sub-delims", grammar::sub_delims, sub_delims);
    try_octets("pchar", grammar::pchar, pchar);
    try_octets("segment-nz", grammar::segment_nz, pchar);
    try_octets("scheme", grammar::scheme, alpha);
    try_octets("h16", grammar::h16, [](int c) { return digit(c) || between(c, 'A', 'F') || between(c, 'a', 'f'); });
    try_octets("dec-octet", grammar::dec_octet, digit);
    try_octets("some-delims", grammar::some_delims, one_of("$'()*+:@"));
    try_octets("qchar", grammar::qchar, [&](int c) { return unreserved(c) || one_of("$'()*+:@")(c); });
}

TEST_CASE("RFC 5322 3.2.3, 3.2.4, 3.4.1: the rules of one octet take their octets and no others") {
    auto const atext = [](int c) { return alpha(c) || digit(c) || one_of("!#$%&'*+-/=?^_`{|}~")(c); };
    try_octets("atext", grammar::atext, atext);
    try_octets("dtext", grammar::dtext, [](int c) { return between(c, 33, 90) || between(c, 94, 126); });
    try_octets("qtext", grammar::qtext, [](int c) { return c == 33 || between(c, 35, 91) || between(c, 93, 126); });
    try_octets("id-left", grammar::id_left, atext);
    try_octets("FWS", grammar::FWS, [](int c) { return c == 32 || c == 9; });
}

TEST_CASE("Match and walk take 100,000 sentences of every grammar, and agree on their mutations") {
    try_sentences("sts-text-record", grammar::sts_text_record, 1,
                  judged_by([](auto text) { return mtasts::parse_sts_record(text); }));
    try_sentences("sts-policy-record", grammar::sts_policy_record, 2,
                  judged_by([](auto text) { return mtasts::parse_sts_policy(text); }));
    try_sentences("tlsrpt-record", grammar::tlsrpt_record, 3,
                  judged_by([](auto text) { return mtasts::parse_tlsrpt_record(text); }));
    try_sentences("tlsrpt-uri", grammar::tlsrpt_uri_alone, 4,
                  judged_by([](auto text) { return mtasts::parse_tlsrpt_uri(text); }));
    try_sentences("mailtoURI", grammar::mailtoURI, 5, not_parsed);
    try_sentences("addr-spec", grammar::addr_spec, 6, not_parsed);
    try_sentences("ip-address", grammar::ip_address, 7,
                  judged_by([](auto text) { return mtasts::parse_ip_address(text); }));
    try_sentences("filename", grammar::filename, 8,
                  judged_by([](auto text) { return mtasts::parse_report_filename(text); }));
    try_sentences("tlsrpt-subject", grammar::tlsrpt_subject, 9,
                  judged_by([](auto text) { return mtasts::parse_report_subject(text); }));
    try_sentences("date-time", grammar::date_time, 10,
                  judged_by([](auto text) { return mtasts::parse_date_time(text); }));
    try_sentences("UTF8-octets", grammar::UTF8_octets, 11,
                  judged_by([](auto text) { return mtasts::parse_utf8(text); }));
    try_sentences("Domain", grammar::Domain_alone, 12, judged_by([](auto text) { return mtasts::parse_domain(text); }));
    try_sentences("mx pattern", grammar::sts_policy_mx_value_alone, 13,
                  judged_by([](auto text) { return mtasts::parse_mx_pattern(text); }));
    try_sentences("string", json_string_alone, 14, not_parsed);
    try_sentences("number", json_number_alone, 15, not_parsed);
    try_sentences("tlsa-record", grammar::tlsa_record, 16, not_parsed);
    try_sentences("plain-uri", grammar::plain_uri, 17, not_parsed);
}
