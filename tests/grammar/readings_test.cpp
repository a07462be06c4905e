/// The readings of one grammar object agree: match and walk give the same verdict and announce the same parts, generate
/// makes what both take, and expect has an answer for what both refuse.
#include <catch2/catch.hpp>
#include <mtasts.hpp>

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "texts.hpp"

namespace {

namespace grammar = mtasts::grammar;
using texts::each_octet_of;

constexpr auto json_string_alone = grammar::json_string >> grammar::eoi;
constexpr auto json_number_alone = grammar::json_number >> grammar::eoi;

struct tally {
    std::size_t tried = 0, taken = 0;
};

/// Octets as a failure message can show them.
std::string shown(std::string_view text) {
    std::string out;
    char buffer[8];
    for (char const c : text) {
        bool const plain = ' ' <= c && c <= '~' && c != '\\';
        std::snprintf(buffer, sizeof buffer, "\\x%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
        out += plain ? std::string(1, c) : std::string(buffer);
    }
    return out;
}

/// Tries one text; Catch's own macros are too slow for millions of them, so that only a failure gets there.
template <class Grammar>
bool agreed(Grammar const& by, std::string_view text, tally& count) {
    static texts::judgement walk, match;
    texts::walk(by, text, walk);
    texts::match(by, text, match);
    ++count.tried;
    count.taken += walk.taken ? 1 : 0;
    if (walk != match) FAIL_CHECK("match and walk differ on: " << shown(text));
    return walk.taken;
}

/// What both readings refuse, expect has an answer to.
template <class Grammar>
void check_expect(Grammar const& by, std::string_view text) {
    auto const answer = grammar::expect(by, text);
    if (answer.offset > text.size() || answer.wanted.empty()) FAIL_CHECK("expect has no answer to: " << shown(text));
}

/// The promise of a parser: a text that the grammar refuses is not usable, and one that it takes has no syntax error.
template <class Parse>
auto judged_by(Parse parse) {
    return [parse](std::string_view text, bool taken) {
        auto const read = parse(text);
        if (taken ? read.has(mtasts::code::text_syntax) : read.usable())
            FAIL_CHECK("grammar and parser differ on: " << shown(text));
    };
}
constexpr auto not_parsed = [](std::string_view, bool) {};

template <class Grammar, class Judge>
void try_all(char const* name, Grammar const& by, std::string const& prefix, std::vector<std::string> const& pieces,
             Judge judge) {
    tally count;
    auto const visit = [&](std::string const& text, std::size_t room) {
        bool const taken = agreed(by, text, count);
        // Of the longest, which are most, only the readings are compared.
        if (room == 0) return;
        judge(text, taken);
        if (!taken) check_expect(by, text);
    };
    texts::for_each_text(prefix, pieces, 6, visit);
    std::printf("%-17s %7zu short texts, %6zu taken\n", name, count.tried, count.taken);
    CHECK(count.taken != 0);
    CHECK(count.taken != count.tried);
}
template <class Grammar, class Judge>
void try_all(char const* name, Grammar const& by, std::string const& prefix, std::string_view alphabet, Judge judge) {
    try_all(name, by, prefix, each_octet_of(alphabet), judge);
}

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

/// All 256 octets, held against a predicate written from the RFC.
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

TEST_CASE("All short texts over a telling alphabet: match and walk agree, and the parser with them") {
    try_all("sts-text-record", grammar::sts_text_record, "v=STSv1;", ";= id1-\t",
            judged_by([](auto text) { return mtasts::parse_sts_record(text); }));
    try_all("sts-text-record", grammar::sts_text_record, "v=STSv1;id=1", ";= id1_\xFF",
            judged_by([](auto text) { return mtasts::parse_sts_record(text); }));
    auto const policy = judged_by([](auto text) { return mtasts::parse_sts_policy(text); });
    try_all("sts-policy-record", grammar::sts_policy_record, "version: STSv1\nmode: none\nmax_age: 1", "\n\r :mx*.a",
            policy);
    try_all("sts-policy-record", grammar::sts_policy_record, "version: STSv1\nmode: none\nmax_age: 1\nmx:", "\n\r *.a-",
            policy);
    try_all("sts-policy-record", grammar::sts_policy_record, "a:", "b \t\n\xC3\xA9\xE2\x80", policy);
    auto const tlsrpt = judged_by([](auto text) { return mtasts::parse_tlsrpt_record(text); });
    try_all("tlsrpt-record", grammar::tlsrpt_record, "v=TLSRPTv1;rua=", "a:;,/ =%", tlsrpt);
    try_all("tlsrpt-record", grammar::tlsrpt_record, "v=TLSRPTv1", "; \tr=a:,", tlsrpt);
    try_all("tlsrpt-uri", grammar::tlsrpt_uri_alone, "", "a:/?#@[1",
            judged_by([](auto text) { return mtasts::parse_tlsrpt_uri(text); }));
    try_all("tlsrpt-uri", grammar::tlsrpt_uri_alone, "a://", "a:/]@[1.",
            judged_by([](auto text) { return mtasts::parse_tlsrpt_uri(text); }));
    try_all("mailtoURI", grammar::mailtoURI, "mailto:", "a@?=&%2,", not_parsed);
    try_all("addr-spec", grammar::addr_spec, "", "a@.\"\\ []", not_parsed);
    try_all("ip-address", grammar::ip_address, "", "0125.:af",
            judged_by([](auto text) { return mtasts::parse_ip_address(text); }));
    try_all("ip-address", grammar::ip_address, "1:2::", "05.:a",
            judged_by([](auto text) { return mtasts::parse_ip_address(text); }));
    try_all("ip-address", grammar::ip_address, "1.2.3", "0125.:af",
            judged_by([](auto text) { return mtasts::parse_ip_address(text); }));
    auto const filename = judged_by([](auto text) { return mtasts::parse_report_filename(text); });
    try_all("filename", grammar::filename, "a!b", {"!", "1", "a", "-", ".", ".json", ".gz"}, filename);
    try_all("filename", grammar::filename, "a!b!1!2", "!a.jsonJ", filename);
    auto const subject = judged_by([](auto text) { return mtasts::parse_report_subject(text); });
    try_all("tlsrpt-subject", grammar::tlsrpt_subject, "Report Domain: a.b Submitter: c Report-ID:", " \t<a@>.\r",
            subject);
    try_all("tlsrpt-subject", grammar::tlsrpt_subject, "Report Domain: a.b Submitter: c Report-ID: <1@a>", " \r\n()\\a",
            subject);
    try_all("tlsrpt-subject", grammar::tlsrpt_subject, "Report",
            {" ", "\t", "\r\n", "Domain:", "a", ".b Submitter: c Report-ID: <1@a>"}, subject);
    try_all("date-time", grammar::date_time, "2016-02-29T00:00:0", "05Zz+.:-",
            judged_by([](auto text) { return mtasts::parse_date_time(text); }));
    try_all("UTF8-octets", grammar::UTF8_octets, "", "a\x80\x9F\xA0\xBF\xC2\xE0\xED\xF0\xF4",
            judged_by([](auto text) { return mtasts::parse_utf8(text); }));
    try_all("string", json_string_alone, "\"a", "\"\\u0b\xC3\xA9\n", not_parsed);
    try_all("string", json_string_alone, "\"\\u00", "1f\"\\gn\x1F", not_parsed);
    try_all("number", json_number_alone, "", "-+0e.9E", not_parsed);
    try_all("tlsa-record", grammar::tlsa_record, "3 1 ", "12 aF5x", not_parsed);
    try_all("plain-uri", grammar::plain_uri, "https://", "a/?:#%;1", not_parsed);
    try_all("Domain", grammar::Domain_alone, "", "aZ9-._ ",
            judged_by([](auto text) { return mtasts::parse_domain(text); }));
    try_all("mx pattern", grammar::sts_policy_mx_value_alone, "", "*.a-9,",
            judged_by([](auto text) { return mtasts::parse_mx_pattern(text); }));
}

TEST_CASE("100,000 sentences of every grammar are taken by both readings, and their mutations are judged alike") {
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
