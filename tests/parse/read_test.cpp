// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 3.3, RFC 8259 9: limits, and arbitrary texts: every parser returns a result for any input.
#include "rows.hpp"

#include <algorithm>
#include <string>

using namespace rows;

namespace {

template <class T>
void check_findings(std::string_view text, mtasts::parsed<T> const& read) {
    for (auto const& said : read.findings) {
        CHECK(said.where.end() <= text.size());
        CHECK(said.expected_in(text).offset <= text.size());
    }
}

/// Calls `visit` with the result of every parser.
template <class Visit>
void for_each_parser(std::string_view text, mtasts::parse_options const& options, Visit visit) {
#define DOCUMENT(kind, name, ...) visit(name, mtasts::parse_##kind(text, options));
#define DOCUMENT_RRSET(...)
#define DOCUMENT_JSON(...)
#include <mtasts/model/documents.def>
    visit("domain", mtasts::parse_domain(text, options));
    visit("date-time", mtasts::parse_date_time(text, options));
    visit("utf8", mtasts::parse_utf8(text, options));
}

std::string filled(std::string begin, char with, std::size_t size) {
    begin.resize(size, with);
    return begin;
}

constexpr std::size_t limit = 65536;

}  // namespace

TEST_CASE("RFC 8461 3.3: 65,536 octets are read") {
    auto const reads = [](auto parse, std::string const& text) { return parse(text, {}).usable(); };
    CHECK(reads(mtasts::parse_sts_record, filled("v=STSv1; id=1; x=", 'y', limit)));
    CHECK(reads(mtasts::parse_sts_policy, filled("version: STSv1\nmode: none\nmax_age: 1\nx: ", 'y', limit)));
    CHECK(reads(mtasts::parse_tlsrpt_record, filled("v=TLSRPTv1; rua=mailto:a@b.example; x=", 'y', limit)));
    CHECK(reads(mtasts::parse_tlsrpt_uri, filled("https://c.example/", 'y', limit)));
    CHECK(reads(mtasts::parse_mx_pattern, filled("*.", 'y', limit)));
    CHECK(reads(mtasts::parse_utf8, filled("", 'y', limit)));
}

TEST_CASE("RFC 8461 3.3: a longer text is refused unread") {
    auto const text = filled("version: STSv1\nmode: none\nmax_age: 1\nx: ", 'y', limit + 1);
    for_each_parser(text, {}, [](std::string_view name, auto const& read) {
        INFO(name);
        REQUIRE(read.findings.size() == 1);
        CHECK(read.findings[0].code == code::text_too_large);
        CHECK(read.findings[0].where == text_span{limit, 0});
        CHECK_FALSE(read.usable());
    });
    CHECK(mtasts::parse_sts_policy(text).value == mtasts::sts_policy{});
    CHECK(mtasts::parse_sts_policy(text, {.max_size = limit + 1}).usable());
    CHECK_FALSE(mtasts::parse_sts_record("v=STSv1; id=1", {.max_size = 12}).usable());
    static_assert(mtasts::parse_sts_record("v=STSv1; id=1", {.max_size = 12}).has(code::text_too_large));
}

TEST_CASE("RFC 8461 3.3: ten million octets are refused at once") {
    auto const text = filled("", ';', 10'000'000);
    auto const begin = std::chrono::steady_clock::now();
    for_each_parser(text, {}, [](std::string_view name, auto const& read) {
        INFO(name);
        CHECK(read.has(code::text_too_large));
    });
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::milliseconds(50));
}

TEST_CASE("An empty text, also with a null pointer, is refused except as UTF-8") {
    for (auto const text : {std::string_view{}, std::string_view{""}})
        for_each_parser(text, {}, [&](std::string_view name, auto const& read) {
            INFO(name);
            CHECK(read.usable() == (name == "utf8"));
            CHECK(read.findings.empty() == (name == "utf8"));
            check_findings(text, read);
        });
    CHECK_FALSE(mtasts::parse_sts_rrset({{std::string_view{}}}).usable());
    CHECK_FALSE(mtasts::parse_tlsrpt_rrset({{}}).usable());
}

TEST_CASE("64 KiB of any one octet have a bounded number of findings") {
    for (int value = 0; value != 256; value += value < 0x30 || value > 0xF0 ? 1 : 7) {
        auto const text = filled("", static_cast<char>(value), limit);
        for (bool const lenient : {false, true})
            for_each_parser(text, {.lenient = lenient, .skip_malformed_mx = lenient},
                            [&](std::string_view name, auto const& read) {
                                INFO(name << " octet " << value);
                                bool const may_be_one = name == "utf8" || name == "domain" || name == "mx-pattern";
                                CHECK((may_be_one || !read.usable()));
                                // A finding for every octet, and one for each field that is missing.
                                CHECK(read.findings.size() <= limit + 4);
                            });
    }
}

TEST_CASE("64 KiB of a repeated field are read to the end") {
    auto const repeated = [](std::string text, std::string_view piece) {
        while (text.size() + piece.size() <= limit) text += piece;
        return text;
    };
    for (auto const piece : {";id=1", ";id=-", ";x=1", "; x", " ;", ";=", ";;"}) {
        auto const text = repeated("v=STSv1", piece);
        CHECK(mtasts::parse_sts_record(text).usable() == (piece == ";id=1"sv));
    }
    for (auto const piece : {";rua=a:", ",a:", ";rua=x,", ";x=1", "%41", "?", "@", " , "}) {
        auto const text = repeated("v=TLSRPTv1;rua=mailto:a@b.example", piece);
        CHECK(mtasts::parse_tlsrpt_record(text).value.rua.size() <= limit);
    }
    for (auto const piece :
         {"\nmx: a", "\nmx: *", "\nmode: x", "\nx: y", "\n", "\n \t", "\r", "\nmode", "  \n", "\n:"}) {
        auto const text = repeated("version: STSv1\nmode: none\nmax_age: 1", piece);
        CHECK(mtasts::parse_sts_policy(text).value.mode == mtasts::policy_mode::none);
    }
    for (auto const piece : {"a.", "-", "*.", "a-", ":", "1."}) {
        auto const text = repeated("", piece);
        CHECK_FALSE(mtasts::parse_mx_pattern(text).usable());
    }
    for (auto const piece : {"1:", "::", "1.", "f"}) {
        auto const text = repeated("", piece);
        CHECK_FALSE(mtasts::parse_ip_address(text).usable());
    }
    for (auto const piece : {"!", "a!", "!1", ".json", ".gz"}) {
        auto const text = repeated("a!b", piece);
        CHECK_FALSE(mtasts::parse_report_filename(text).usable());
    }
    for (auto const piece : {" ", "\r\n ", "(", "Domain: "}) {
        auto const text = repeated("Report", piece);
        CHECK_FALSE(mtasts::parse_report_subject(text).usable());
    }
}

TEST_CASE("NUL and 0xFF at any place make a text unusable, with findings inside it") {
    auto const tried = [](std::string const& text, auto parse) {
        for (std::size_t i = 0; i <= text.size(); ++i)
            for (char const c : {'\0', '\xFF'}) {
                auto broken = text;
                broken.insert(i, 1, c);
                auto const read = parse(broken);
                INFO("place " << i);
                CHECK_FALSE(read.usable());
                check_findings(broken, read);
            }
    };
    tried("v=STSv1; id=1; a=b;", [](std::string_view text) { return mtasts::parse_sts_record(text); });
    tried("version: STSv1\r\nmode: enforce\nmx: *.a\nmax_age: 1\nx: y\n",
          [](std::string_view text) { return mtasts::parse_sts_policy(text); });
    tried("v=TLSRPTv1; rua=mailto:a@b,https://c/d?e=f",
          [](std::string_view text) { return mtasts::parse_tlsrpt_record(text); });
    tried("mailto:a@b", [](std::string_view text) { return mtasts::parse_tlsrpt_uri(text); });
    tried("*.a.example", [](std::string_view text) { return mtasts::parse_mx_pattern(text); });
    tried("2001:db8::1.2.3.4", [](std::string_view text) { return mtasts::parse_ip_address(text); });
    tried("a!b!1!2!c.json.gz", [](std::string_view text) { return mtasts::parse_report_filename(text); });
    tried("Report Domain: a.b Submitter: c.d Report-ID: <1@a> (e)",
          [](std::string_view text) { return mtasts::parse_report_subject(text); });
    tried("2016-04-01T00:00:00.5+01:00", [](std::string_view text) { return mtasts::parse_date_time(text); });
}

TEST_CASE("RFC 5234 4: a syntax finding says what was expected") {
    static constexpr auto text = "v=STSv1; id=a-b"sv;
    constexpr auto answer = [](auto const& read) { return read.findings.front().expected_in(text).offset; };
    static_assert(answer(mtasts::parse_sts_record(text)) == 13);
    auto const read = mtasts::parse_sts_record(text);
    auto const wanted = read.findings.front().expected_in(text).wanted;
    REQUIRE(!wanted.empty());
    bool delimiter = false;
    for (auto const& item : wanted) delimiter = delimiter || item.text == "sts-field-delim";
    CHECK(delimiter);
    // Other findings have no such answer.
    CHECK(mtasts::parse_sts_record("v=STSv1; a=b").findings.front().expected_in("v=STSv1; a=b").wanted.empty());
}
