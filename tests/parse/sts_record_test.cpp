// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 3.1: the TXT record at _mta-sts.<policy domain>.
#include "rows.hpp"

using namespace rows;
using mtasts::parse_sts_record;

namespace {

#define NAME_32 "a1234567890123456789012345678901"
#define ID_32 "12345678901234567890123456789012"

constexpr row version_rows[] = {
    // sts-version = %s"v=STSv1"
    {"v=STSv1; id=20160831085700Z;", usable},
    {"v=STSv1;id=1", usable},
    // %s: the case counts
    {"V=STSv1; id=1", refused, code::record_version_case, text_span{0, 7}},
    {"v=stsv1; id=1", refused, code::record_version_case, text_span{0, 7}},
    {"v=STSv2; id=1", refused, code::record_version_unknown, text_span{0, 7}},
    {"v=STSv10; id=1", refused, code::record_version_unknown, text_span{0, 8}},
    {"v=STSv1.; id=1", refused, code::record_version_unknown},
    {"v=; id=1", refused, code::record_version_unknown, text_span{0, 2}},
    // no WSP around "="
    {"v =STSv1; id=1", refused, code::record_equals_spaced, text_span{0, 8}},
    {"v= STSv1; id=1", refused, code::record_equals_spaced},
};
static_assert(walked<parse_sts_record, version_rows>());

constexpr row first_rows[] = {
    {"id=1; v=STSv1", refused, code::record_version_not_first, text_span{0, 0}},
    {"id=1", refused, code::record_version_missing, text_span{0, 0}},
    {"; v=STSv1; id=1", refused, code::record_version_not_first},
    {" v=STSv1;id=1", refused, code::record_leading_space, text_span{0, 1}},
    {"\t v=STSv1;id=1", refused, code::record_leading_space, text_span{0, 2}},
    {"STSv1; id=1", refused, code::record_version_missing},
    {"\xEF\xBB\xBFv=STSv1; id=1", refused, code::record_version_missing},
    {"", refused, code::record_empty, text_span{0, 0}},
};
static_assert(walked<parse_sts_record, first_rows>());

constexpr row order_rows[] = {
    // *( sts-field-delim sts-field ), in any order
    {"v=STSv1; x=1; id=1", usable},
    {"v=STSv1; x=1; id=1; y=2", usable},
};
static_assert(walked<parse_sts_record, order_rows>());

constexpr row field_rows[] = {
    // 1*(sts-field-delim sts-field)
    {"v=STSv1", refused, code::record_no_field, text_span{7, 0}},
    {"v=STSv1;", refused, code::record_no_field, text_span{8, 0}},
    {"v=STSv1; ", refused, code::record_no_field, text_span{9, 0}},
    {"v=STSv1; ;", refused, code::record_field_empty, text_span{8, 2}},
    // sts-id is required
    {"v=STSv1; foo=1", refused, code::record_id_missing, text_span{14, 0}},
    {"v=STSv1; a=b; c=d;", refused, code::record_id_missing, text_span{18, 0}},
};
static_assert(walked<parse_sts_record, field_rows>());

constexpr row delimiter_rows[] = {
    // sts-field-delim = *WSP ";" *WSP
    {"v=STSv1;\tid=1", usable},
    {"v=STSv1 \t ;  \t id=1", usable},
    {"v=STSv1;id=1 ; a=b", usable},
    {"v=STSv1 id=1", refused, code::record_semicolon_missing, text_span{7, 1}},
    {"v=STSv1;;id=1", refused, code::record_field_empty, text_span{8, 1}},
    {"v=STSv1; ; id=1", refused, code::record_field_empty, text_span{8, 2}},
    {"v=STSv1,id=1", refused, code::record_semicolon_missing, text_span{7, 1}},
    {"v=STSv1: id=1", refused, code::record_semicolon_missing, text_span{7, 2}},
    {"v=STSv1; id:1", refused, code::record_colon, text_span{11, 1}},
    {"v=STSv1; id=1 a=b", refused, code::record_semicolon_missing, text_span{13, 1}},
    {"v=STSv1;\r\nid=1", refused, code::record_control, text_span{8, 1}},
    {"v=STSv1;\x0Bid=1", refused, code::record_control, text_span{8, 1}},
    // [sts-field-delim]
    {"v=STSv1;id=1; ", usable},
    {"v=STSv1;id=1\t;\t", usable},
    {"v=STSv1;id=1;;", refused, code::record_field_empty, text_span{13, 1}},
    {"v=STSv1;id=1; ;", refused, code::record_field_empty, text_span{13, 2}},
    {"v=STSv1;id=1 ", refused, code::record_trailing_space, text_span{12, 1}},
    {"v=STSv1;id=1\t ", refused, code::record_trailing_space, text_span{12, 2}},
    {"v=STSv1 ", refused, code::record_trailing_space, text_span{7, 1}},
};
static_assert(walked<parse_sts_record, delimiter_rows>());

constexpr row id_rows[] = {
    // sts-id = %s"id=" 1*32(ALPHA / DIGIT)
    {"v=STSv1; id=0", usable},
    {"v=STSv1; id=" ID_32, usable},
    {"v=STSv1; id=" ID_32 "3", refused, code::record_id_long, text_span{12, 33}},
    {"v=STSv1; id=", refused, code::record_id_empty, text_span{12, 0}},
    {"v=STSv1; id=;", refused, code::record_id_empty, text_span{12, 0}},
    // an extension by the bare ABNF, but the name is reserved
    {"v=STSv1; id=2016-08-31", refused, code::record_id_characters, text_span{16, 1}},
    {"v=STSv1; id=a_b", refused, code::record_id_characters, text_span{13, 1}},
    {"v=STSv1; id=\"1\"", refused, code::record_id_characters, text_span{12, 1}},
    {"v=STSv1; id=a-b; id=1", refused, code::record_id_characters, text_span{13, 1}},
    {"v=STSv1; id=20160831085700Z\\;", refused, code::record_backslash},
    // %s: another case is another, unknown field
    {"v=STSv1; ID=1; id=2", usable},
    {"v=STSv1; ID=1", refused, code::record_id_missing},
    {"v=STSv1; id = 1", refused, code::record_equals_spaced, text_span{11, 2}},
    {"v=STSv1; id= 1", refused, code::record_equals_spaced, text_span{12, 1}},
    {"v=STSv1; id =1", refused, code::record_equals_spaced, text_span{11, 2}},
    {"v=STSv1; id", refused, code::record_equals_missing, text_span{9, 2}},
};
static_assert(walked<parse_sts_record, id_rows>());

constexpr row extension_rows[] = {
    // sts-extension = sts-ext-name "=" sts-ext-value
    {"v=STSv1;id=1;a=b", usable},
    {"v=STSv1;id=1;ab", refused, code::record_equals_missing, text_span{13, 2}},
    {"v=STSv1;id=1;=b", refused, code::record_name, text_span{13, 0}},
    // sts-ext-name = (ALPHA / DIGIT) *31(ALPHA / DIGIT / "_" / "-" / ".")
    {"v=STSv1;id=1;a.b-c_d=1", usable},
    {"v=STSv1;id=1;1=1", usable},
    {"v=STSv1;id=1;" NAME_32 "=1", usable},
    {"v=STSv1;id=1;" NAME_32 "2=1", refused, code::record_name, text_span{13, 33}},
    {"v=STSv1;id=1;_x=1", refused, code::record_name, text_span{13, 2}},
    {"v=STSv1;id=1;-x=1", refused, code::record_name, text_span{13, 2}},
    {"v=STSv1;id=1;.x=1", refused, code::record_name},
    {"v=STSv1;id=1;a%b=1", refused, code::record_name, text_span{13, 3}},
    {"v=STSv1;id=1;a =1", refused, code::record_equals_spaced, text_span{14, 2}},
    // sts-ext-value = 1*(%x21-3A / %x3C / %x3E-7E)
    {"v=STSv1;id=1;x=\"a,b\"", usable},
    {"v=STSv1;id=1;x=!:<>~", usable},
    {"v=STSv1;id=1;x=", refused, code::record_value_empty},
    {"v=STSv1;id=1;x=;y=1", refused, code::record_value_empty},
    {"v=STSv1;id=1;x=a=b", refused, code::record_value, text_span{16, 1}},
    {"v=STSv1;id=1;x=a b", refused, code::record_value, text_span{16, 1}},
    {"v=STSv1;id=1;x=a\tb", refused, code::record_value, text_span{16, 1}},
    {"v=STSv1;id=1;x= a", refused, code::record_equals_spaced},
};
static_assert(walked<parse_sts_record, extension_rows>());

constexpr row octet_rows[] = {
    // US-ASCII
    {"v=STSv1; id=\xC3\xA9", refused, code::record_non_ascii, text_span{12, 1}},
    {"v=STSv1; id=1; x=\xC3\xA9", refused, code::record_non_ascii, text_span{17, 1}},
    {"v=STSv1; id=1; x=\x7F", refused, code::record_control, text_span{17, 1}},
    {"v=STSv1; id=1\x00"sv, refused, code::record_control, text_span{13, 1}},
    {"v=STSv1; id=1\n", refused, code::record_control, text_span{13, 1}},
    {"\x00"sv, refused, code::record_version_missing},
    {"\xFF", refused, code::record_version_missing},
};
static_assert(walked<parse_sts_record, octet_rows>());

constexpr row other_rows[] = {
    // Another kind of text
    {"\"v=STSv1; id=1\"", refused, code::record_quoted, text_span{0, 15}},
    {"v=STSv1\\; id=1", refused, code::record_backslash, text_span{7, 1}},
    {"v=spf1 -all", refused, code::record_is_spf},
    {"v=DMARC1; p=none", refused, code::record_is_dmarc},
    {"v=DKIM1; p=MIGf", refused, code::record_is_dkim, text_span{0, 15}},
    {"_mta-sts TXT \"v=STSv1; id=1\"", refused, code::record_zone_line, text_span{0, 28}},
    {"v=TLSRPTv1; rua=mailto:a@example.com", refused, code::record_is_other},
    {"version: STSv1", refused, code::record_is_policy},
};
static_assert(walked<parse_sts_record, other_rows>());

constexpr row duplicate_rows[] = {
    // RFC 8461 3.2: all but the first are ignored
    {"v=STSv1; id=1; id=2", usable, code::record_id_duplicate, text_span{15, 4}},
    {"v=STSv1; id=1; id=a-b", usable, code::record_id_duplicate},
    // ... provided that they match some production
    {"v=STSv1; id=1; id=", refused, code::record_id_duplicate},
    {"v=STSv1; id=1; v=STSv1", usable, code::record_duplicate_version, text_span{15, 7}},
    {"v=STSv1; id=1; v=STSv2", usable, code::record_duplicate_version},
    {"v=STSv1; id=1; x=1; x=2", usable, code::record_duplicate_field, text_span{20, 3}},
};
static_assert(walked<parse_sts_record, duplicate_rows>());

}  // namespace

TEST_CASE("RFC 8461 3.1: the version is v=STSv1, in this case") { match<parse_sts_record>(version_rows); }
TEST_CASE("RFC 8461 3.1: the record begins with the version") { match<parse_sts_record>(first_rows); }
TEST_CASE("RFC 8461 3.1: the order of the other fields does not matter") { match<parse_sts_record>(order_rows); }
TEST_CASE("RFC 8461 3.1: the record has at least one field, and the id is required") {
    match<parse_sts_record>(field_rows);
}
TEST_CASE("RFC 8461 3.1: semicolons separate the fields, with white space around them, and one may end the record") {
    match<parse_sts_record>(delimiter_rows);
}
TEST_CASE("RFC 8461 3.1: the id has 1 to 32 letters or digits") { match<parse_sts_record>(id_rows); }
TEST_CASE("RFC 8461 3.1: an extension has a name of 1 to 32 octets and a value without = and ;") {
    match<parse_sts_record>(extension_rows);
}
TEST_CASE("RFC 8461 3.1: the record is US-ASCII") { match<parse_sts_record>(octet_rows); }
TEST_CASE("RFC 8461 3.1: a text of another kind is recognised") { match<parse_sts_record>(other_rows); }
TEST_CASE("RFC 8461 3.2: of fields with one name, all but the first are ignored") {
    match<parse_sts_record>(duplicate_rows);
}

TEST_CASE("RFC 8461 3.1: the value has the first id and the extensions in order, as views of the text") {
    static constexpr auto text = "v=STSv1; b=2; id=20160831085700Z; a=1; b=3; id=9; ID=7;"sv;
    constexpr auto as_expected = [](auto const& read) {
        return read.usable() && read.value.id == "20160831085700Z" &&
               read.value.extensions == std::vector<mtasts::extension>{{"b", "2"}, {"a", "1"}, {"ID", "7"}};
    };
    static_assert(as_expected(parse_sts_record(text)));
    auto const read = parse_sts_record(text);
    CHECK(as_expected(read));
    CHECK(read.value.id.data() == text.data() + text.find("2016"));
    CHECK(read.value.extensions[1].value.data() == text.data() + text.find("a=1") + 2);
}

TEST_CASE("RFC 8461 3.1: every fault of a record is found, not only the first") {
    auto const read = parse_sts_record("v=stsv1;; id=a-b; x; _y=1 ");
    for (auto const what : {code::record_version_case, code::record_field_empty, code::record_id_characters,
                            code::record_equals_missing, code::record_name, code::record_trailing_space}) {
        INFO(what);
        CHECK(read.has(what));
    }
    CHECK(read.findings.size() == 6);
    CHECK(parse_sts_record("v=STSv2; id=7").value.id == "7");
}
