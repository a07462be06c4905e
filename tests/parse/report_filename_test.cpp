// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 5.1: the file name of a report.
#include "rows.hpp"

using namespace rows;
using mtasts::parse_report_filename;

namespace {

constexpr row part_rows[] = {
    // filename = sender "!" policy-domain "!" begin-timestamp "!" end-timestamp [ "!" unique-id ] "." extension
    {"a.example!b.example!0!86399.json", usable},
    {"mail.sender.example!example.com!1470009600!1470095999!001.json.gz", usable},
    {"localhost!b!0!86399.json", usable},
    {"", refused, code::filename_extension},
    {"report.json", refused, code::filename_parts, text_span{0, 6}},
    {"a.example!b.example!0.json", refused, code::filename_parts, text_span{0, 21}},
    {"a.example!b.example!0!86399!a!b.json", refused, code::filename_parts, text_span{0, 31}},
    // sender = domain, policy-domain = domain: A-labels
    {"xn--bcher-kva.example!b.example!0!86399.json", usable},
    {"a_b!b.example!0!86399.json", refused, code::host_underscore, text_span{1, 1}},
    {"!b.example!0!86399.json", refused, code::host_empty, text_span{0, 0}},
    {"b\xC3\xBC"
     "cher.example!b.example!0!86399.json",
     refused, code::host_u_label, text_span{0, 15}},
    {"a.example!b.example.!0!86399.json", refused, code::host_trailing_dot, text_span{19, 1}},
    // begin-timestamp = 1*DIGIT, end-timestamp = 1*DIGIT
    {"a.example!b.example!x!86399.json", refused, code::filename_time, text_span{20, 1}},
    {"a.example!b.example!!86399.json", refused, code::filename_time, text_span{20, 0}},
    {"a.example!b.example!0!-1.json", refused, code::filename_time, text_span{22, 2}},
    // unique-id = 1*(ALPHA / DIGIT)
    {"a.example!b.example!0!86399!5065427c-23d3.json", refused, code::filename_unique_id, text_span{28, 13}},
    {"a.example!b.example!0!86399!.json", refused, code::filename_unique_id, text_span{28, 0}},
    {"a.example!b.example!0!86399!001.tar.json", refused, code::filename_unique_id, text_span{28, 7}},
    // extension = "json" / "json.gz"
    {"a.example!b.example!0!86399", refused, code::filename_extension, text_span{27, 0}},
    {"a.example!b.example!0!86399.gz", refused, code::filename_extension, text_span{27, 3}},
    {"a.example!b.example!0!86399.xml", refused, code::filename_extension, text_span{27, 4}},
    {"a.example!b.example!0!86399.json.gz.gz", refused, code::filename_extension, text_span{27, 11}},
    {"a.example!b.example!0!86399.json ", refused, code::filename_extension},
};
static_assert(walked<parse_report_filename, part_rows>());

constexpr row doubtful_rows[] = {
    // plain "json" matches in either case; the RFC's prose has it in lower case
    {"a.example!b.example!0!86399.JSON", usable, code::filename_extension_case, text_span{28, 4}},
    {"a.example!b.example!0!86399.Json.GZ", usable, code::filename_extension_case, text_span{28, 7}},
    // RFC 8460 4.1: a full day of UTC
    {"a.example!b.example!0!86400.json", usable},
    {"a.example!b.example!86400!172799.json", usable},
    {"a.example!b.example!20160801!20160802.json", usable, code::filename_day, text_span{20, 17}},
    {"a.example!b.example!0!172800.json", usable, code::filename_day, text_span{20, 8}},
    {"a.example!b.example!2!1.json", usable, code::filename_order, text_span{20, 3}},
};
static_assert(walked<parse_report_filename, doubtful_rows>());

}  // namespace

TEST_CASE("RFC 8460 5.1: a file name has two domains, two times, an id and an extension") {
    match<parse_report_filename>(part_rows);
}
TEST_CASE("RFC 8460 5.1: legal but suspicious parts of a file name are reported") {
    match<parse_report_filename>(doubtful_rows);
}

TEST_CASE("RFC 8460 5.1: the value of a file name consists of views of the text") {
    static constexpr auto text = "a.example!b.example!1470009600!1470095999!001.json.gz"sv;
    static_assert(parse_report_filename(text).value ==
                  mtasts::report_filename{"a.example", "b.example", 1470009600, 1470095999, "001", true});
    auto const value = parse_report_filename(text).value;
    CHECK(value == mtasts::report_filename{"a.example", "b.example", 1470009600, 1470095999, "001", true});
    CHECK(value.policy_domain.data() == text.data() + 10);
    CHECK(parse_report_filename("a!b!1!2.json").value == mtasts::report_filename{"a", "b", 1, 2, "", false});
}

TEST_CASE("RFC 8460 5.1: timestamps have no maximum, and values above 64 bits are clamped") {
    auto const read = parse_report_filename("a!b!18446744073709551615!99999999999999999999999.json");
    CHECK(read.usable());
    CHECK(read.has(code::filename_time_large));
    CHECK(read.value.begin == UINT64_MAX);
    CHECK(read.value.end == UINT64_MAX);
    CHECK(parse_report_filename("a!b!18446744073709551614!0.json").value.begin == UINT64_MAX - 1);
    CHECK_FALSE(parse_report_filename("a!b!253402214400!253402300799.json").has(code::filename_time_large));
    CHECK(parse_report_filename("a!b!253402300800!253402387199.json").has(code::filename_time_large));
}

TEST_CASE("RFC 8460 5.1: every faulty part of a file name is found") {
    auto const read = parse_report_filename("x_y!b_c!q!r!-.txt");
    CHECK(read.findings.size() == 6);
    for (auto const what :
         {code::host_underscore, code::filename_time, code::filename_unique_id, code::filename_extension}) {
        INFO(what);
        CHECK(read.has(what));
    }
}
