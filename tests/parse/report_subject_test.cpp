// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 5.3: the subject of a mail that carries a report.
#include "rows.hpp"

using namespace rows;
using mtasts::parse_report_subject;

namespace {

constexpr row subject_rows[] = {
    // %s"Report" FWS %s"Domain:" FWS domain-name FWS %s"Submitter:" FWS domain-name FWS %s"Report-ID:" ...
    {"Report Domain: b.example Submitter: a.example Report-ID: <1@a.example>", usable},
    {"", refused, code::subject_words, text_span{0, 0}},
    {"TLS report for b.example", refused, code::subject_words, text_span{0, 3}},
    {"report domain: b.example submitter: a.example report-id: <1@a.example>", refused, code::subject_words,
     text_span{0, 6}},
    {" Report Domain: b.example Submitter: a.example Report-ID: <1@a.example>", refused, code::subject_words,
     text_span{0, 0}},
    {"Report Domain: b.example Report-ID: <1@a.example> Submitter: a.example", refused, code::subject_words,
     text_span{25, 10}},
    // FWS = ([*WSP CRLF] 1*WSP)
    {"Report  Domain:\texample.net Submitter: a.example Report-ID: <1@a.example>", usable},
    {"Report Domain: b.example\r\n Submitter: a.example \r\n\tReport-ID: <735ff.e317+bf22029@example.net>", usable},
    {"ReportDomain: b.example Submitter: a.example Report-ID: <1@a.example>", refused, code::subject_space,
     text_span{6, 0}},
    {"Report Domain:b.example Submitter: a.example Report-ID: <1@a.example>", refused, code::subject_space,
     text_span{14, 0}},
    {"Report Domain: b.example Submitter: a.example Report-ID:<1@a.example>", refused, code::subject_space,
     text_span{56, 0}},
    {"Report Domain: b.example Submitter: a.example", refused, code::subject_space, text_span{45, 0}},
    {"Report Domain: b_c.example Submitter: a.example Report-ID: <1@a.example>", refused, code::host_underscore,
     text_span{16, 1}},
    {"Report Domain: b.example Submitter: -a.example Report-ID: <1@a.example>", refused, code::host_hyphen,
     text_span{36, 2}},
};
static_assert(walked<parse_report_subject, subject_rows>());

constexpr row domain_name_rows[] = {
    // domain-name = sub-domain 1*("." sub-domain)
    {"Report Domain: localhost Submitter: a.example Report-ID: <1@a.example>", refused, code::subject_one_label,
     text_span{15, 9}},
    {"Report Domain: a.example Submitter: localhost Report-ID: <1@a.example>", refused, code::subject_one_label,
     text_span{36, 9}},
    {"Report Domain: a.b Submitter: c.d Report-ID: <1@e>", usable},
};
static_assert(walked<parse_report_subject, domain_name_rows>());

constexpr row id_rows[] = {
    // "<" id-left "@" id-right ">" [CFWS]
    {"Report Domain: b.example Submitter: a.example Report-ID: <1@[192.0.2.1]>", usable},
    {"Report Domain: b.example Submitter: a.example Report-ID: <1@a.example> ", usable},
    {"Report Domain: b.example Submitter: a.example Report-ID: <1@a.example> (c (d) \\))", usable},
    {"Report Domain: b.example Submitter: a.example Report-ID: <1@a.example>(\r\n c)\r\n ", usable},
    {"Report Domain: b.example Submitter: a.example Report-ID: 735ff", refused, code::subject_report_id,
     text_span{57, 5}},
    {"Report Domain: b.example Submitter: a.example Report-ID: <735ff>", refused, code::subject_report_id,
     text_span{57, 7}},
    {"Report Domain: b.example Submitter: a.example Report-ID: <a b@c>", refused, code::subject_report_id,
     text_span{57, 7}},
    {"Report Domain: b.example Submitter: a.example Report-ID: <1@a.example", refused, code::subject_report_id,
     text_span{57, 12}},
    {"Report Domain: b.example Submitter: a.example Report-ID: <1..2@a.example>", refused, code::subject_report_id,
     text_span{57, 16}},
    {"Report Domain: b.example Submitter: a.example Report-ID: <1@a.example> x", refused, code::text_syntax,
     text_span{71, 1}},
    {"Report Domain: b.example Submitter: a.example Report-ID: <1@a.example> (open", refused, code::text_syntax,
     text_span{71, 1}},
    {"Report Domain: b.example Submitter: a.example Report-ID: <1@a.example> (\x00)"sv, refused, code::text_syntax},
};
static_assert(walked<parse_report_subject, id_rows>());

}  // namespace

TEST_CASE("RFC 8460 5.3: the words of a subject have this order and case, with white space between them") {
    match<parse_report_subject>(subject_rows);
}
TEST_CASE("RFC 6376 3.5: a domain in a subject has at least two labels") {
    match<parse_report_subject>(domain_name_rows);
}
TEST_CASE("RFC 8460 5.3: a report id is a message id in angle brackets") { match<parse_report_subject>(id_rows); }

TEST_CASE("RFC 5322 3.2.2: a fold is CRLF and white space, never two in a row") {
    for (auto const fold : {"\r\n", "\n", "\n ", "\r ", "\r\n \r\n "}) {
        auto const text =
            "Report Domain: b.example" + std::string(fold) + "Submitter: a.example Report-ID: <1@a.example>";
        auto const read = parse_report_subject(text);
        CHECK_FALSE(read.usable());
        REQUIRE(!read.findings.empty());
        CHECK(read.findings.front().code == code::subject_space);
        CHECK(read.findings.front().where.offset >= 24);
        CHECK(read.findings.front().where.offset <= 24 + std::string_view(fold).size());
    }
}

TEST_CASE("RFC 5322 3.2.2: comments nest to any depth, and deep ones cost no stack") {
    auto const nested = [](std::size_t depth) {
        return "Report Domain: b.example Submitter: a.example Report-ID: <1@a.example> " + std::string(depth, '(') +
               std::string(depth, ')');
    };
    auto const deep = nested(30000), unopened = deep + ")", unclosed = "(" + deep;
    CHECK(parse_report_subject(deep).usable());
    CHECK_FALSE(parse_report_subject(unopened).usable());
    CHECK_FALSE(parse_report_subject(unclosed).usable());
}

TEST_CASE("RFC 8460 5.3: the value of a subject consists of views of the text") {
    static constexpr auto text =
        "Report Domain: b.example\r\n Submitter: a.example\r\n Report-ID: <735ff.e317@c.example>"sv;
    static_assert(parse_report_subject(text).value ==
                  mtasts::report_subject{"b.example", "a.example", "735ff.e317@c.example"});
    auto const value = parse_report_subject(text).value;
    CHECK(value == mtasts::report_subject{"b.example", "a.example", "735ff.e317@c.example"});
    CHECK(value.submitter.data() == text.data() + text.find("a.example"));
}
