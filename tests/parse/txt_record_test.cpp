// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 3.1, RFC 8460 3: which of the TXT records at one name counts.
#include "rows.hpp"

#include <vector>

using namespace rows;
using mtasts::parse_sts_rrset;
using mtasts::parse_tlsrpt_rrset;
using mtasts::txt_rrset;

TEST_CASE("RFC 8461 3.1: the strings of a record are joined without separator") {
    static_assert(parse_sts_rrset({{"v=STSv1; i", "d=1"}}).value.id == "1");
    static_assert(parse_tlsrpt_rrset({{"v=TLSRPTv1;", "", "rua=mailto:", "a@b.example"}}).value.rua[0].target ==
                  "a@b.example");
    CHECK(parse_sts_rrset({{"v=STSv1; i", "d=1"}}).usable());
    CHECK(parse_sts_rrset({{"v=STSv1;", " id=1"}}).usable());
    CHECK(parse_sts_rrset({{"v=STSv1; id=1", "2"}}).value.id == "12");
    CHECK_FALSE(parse_sts_rrset({{"v=STSv1", "id=1"}}).usable());
    txt_rrset records;
    CHECK(records.empty());
    records.add(std::vector<std::string_view>{"ab", "", "c"});
    records.add(std::vector<std::string_view>{});
    records.add(std::vector<std::string_view>{"d"});
    CHECK(records.size() == 3);
    CHECK(records[0] == "abc");
    CHECK(records[1].empty());
    CHECK(records[2] == "d");
    CHECK(records.text() == "abc\n\nd");
}

TEST_CASE("RFC 8461 3.1: records that do not begin with v=STSv1; are discarded before all else") {
    static_assert(parse_sts_rrset({{"v=spf1 -all"}, {"v=STSv1; id=1"}}).usable());
    auto const usable_set = [](txt_rrset const& records) { return parse_sts_rrset(records).usable(); };
    CHECK(usable_set({{"v=spf1 -all"}, {"v=STSv1;id=1"}}));
    CHECK(usable_set({{"v=STSv1;id=1"}, {""}, {"V=STSv1;id=2"}, {" v=STSv1;id=3"}, {"\"v=STSv1;id=4\""}}));
    // The filter is literal: with white space before the ";" a record does not pass, unless it is alone.
    CHECK(usable_set({{"v=STSv1 ;id=1"}}));
    CHECK(usable_set({{"v=STSv1 ;id=1"}, {"v=STSv1;id=2"}}));
    CHECK(parse_sts_rrset({{"v=STSv1 ;id=1"}, {"v=STSv1;id=2"}}).value.id == "2");
    CHECK_FALSE(usable_set({{"v=STSv1 ;id=1"}, {"v=spf1 -all"}}));
    // What is left is judged, not chosen by its syntax.
    CHECK_FALSE(usable_set({{"v=STSv1;id=a-b"}, {"v=STSv1 ;id=2"}}));
}

TEST_CASE("RFC 8461 3.1: an RRset is usable only if exactly one record is left") {
    static_assert(!parse_sts_rrset({}).usable());
    auto const first = [](txt_rrset const& records) { return parse_sts_rrset(records).findings.front(); };
    CHECK(first({}).code == code::rrset_absent);
    CHECK(first({}).where == text_span{0, 0});
    CHECK(parse_sts_rrset({{"x"}, {"y"}}).has(code::rrset_none));
    auto const several = parse_sts_rrset({{"v=STSv1;id=1"}, {"v=STSv1;id=2"}});
    CHECK_FALSE(several.usable());
    CHECK(several.value.id.empty());
    REQUIRE(several.findings.size() == 1);
    CHECK(several.findings[0].code == code::rrset_several);
    CHECK(several.findings[0].where == text_span{13, 12});
    // Also where only one of them is well-formed.
    CHECK_FALSE(parse_sts_rrset({{"v=STSv1;id=1"}, {"v=STSv1;id=a-b"}}).usable());
    CHECK_FALSE(parse_sts_rrset({{"v=STSv1;id=1"}, {"v=STSv1;id=1"}}).usable());
}

TEST_CASE("RFC 8461 3.1: findings about an RRset are spans of its joined text, and values are views of it") {
    txt_rrset const records{{"v=spf1 -all"}, {"v=STSv1; ", "id=a-b"}};
    auto const read = parse_sts_rrset(records);
    REQUIRE(read.findings.size() == 2);
    CHECK(read.findings[0].code == code::rrset_unrelated);
    CHECK(read.findings[0].where == text_span{0, 11});
    CHECK(read.findings[1].code == code::record_id_characters);
    CHECK(read.findings[1].where == text_span{25, 1});
    auto const answer = read.findings[1].expected_in(records.text());
    CHECK(answer.offset == 25);
    txt_rrset const good{{"x"}, {"v=STSv1; id=77"}};
    CHECK(mtasts::detail::span_of(good.text(), parse_sts_rrset(good).value.id) == text_span{14, 2});
}

TEST_CASE("RFC 8460 3: a record at _smtp._tls is chosen by the same rule") {
    static_assert(parse_tlsrpt_rrset({{"x"}, {"v=TLSRPTv1;rua=mailto:a@b.example"}}).usable());
    static_assert(!parse_tlsrpt_rrset({}).usable());
    auto const several =
        parse_tlsrpt_rrset({{"v=TLSRPTv1;rua=mailto:a@b.example"}, {"v=TLSRPTv1;rua=mailto:c@d.example"}});
    CHECK_FALSE(several.usable());
    CHECK(several.value.rua.empty());
    CHECK(several.findings.front().clause() == "RFC 8460 3");
    CHECK(parse_tlsrpt_rrset({}).findings.front().clause() == "RFC 8460 3");
    CHECK_FALSE(parse_tlsrpt_rrset({{"v=STSv1;id=1"}, {"v=TLSRPTv1 ;rua=mailto:a@b.example"}}).usable());
    CHECK(parse_tlsrpt_rrset({{"v=TLSRPTv1 ;rua=mailto:a@b.example"}}).usable());
}
