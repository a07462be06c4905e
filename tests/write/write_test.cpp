// SPDX-License-Identifier: BSL-1.0
/// Writing is the inverse of parsing.
#include <array>
#include <chrono>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>
#include <mtasts.hpp>

using namespace mtasts;

namespace {

template <class Parse, class Write>
void check_round_trip(std::string_view text, Parse parse, Write write) {
    INFO(visible(text));
    auto const value = parse(text);
    REQUIRE(value.usable());
    auto const written = write(value.value);
    auto const again = parse(written);
    CHECK(again.usable());
    CHECK(again.value == value.value);
    CHECK(write(again.value) == written);
}

constexpr auto parse_record = [](std::string_view text) { return parse_sts_record(text); };
constexpr auto parse_policy = [](std::string_view text) { return parse_sts_policy(text); };
constexpr auto parse_tlsrpt = [](std::string_view text) { return parse_tlsrpt_record(text); };

}  // namespace

TEST_CASE("RFC 8461 3.1: a written record reads back as the same value") {
    for (std::string_view const text : {"v=STSv1;id=1", "v=STSv1 ;\tid=abcABC0123456789 ;",
                                        "v=STSv1;x=y;id=1;a.b-c_d=!<>", "v=STSv1;id=1;id=2;v=STSv2;x=1;x=2"})
        check_round_trip(text, parse_record, write_sts_record);
    CHECK(write_sts_record({"1", {{"a", "b"}}}) == "v=STSv1; id=1; a=b;");
}

TEST_CASE("RFC 8461 3.2: a written policy reads back as the same value") {
    for (std::string_view const text :
         {"version:STSv1\nmode:none\nmax_age:0",
          "max_age: 9999999999\nmx: a\nmx: *.b\nx: a b:c=d \nmode: testing\nversion: STSv1",
          "version: STSv1\r\nmode: enforce\r\nmx: MX.example\r\nnote: caf\u00E9\r\nmax_age: 0001\r\n"})
        check_round_trip(text, parse_policy, write_sts_policy);
    CHECK(write_sts_policy({policy_mode::enforce, std::chrono::seconds(7), {{"a.example"}}, {{"x", "y z"}}}) ==
          "version: STSv1\r\nmode: enforce\r\nmx: a.example\r\nmax_age: 7\r\nx: y z\r\n");
}

TEST_CASE("RFC 8460 3: a written record reads back as the same value") {
    for (std::string_view const text :
         {"v=TLSRPTv1;rua=mailto:a@b.example", "v=TLSRPTv1; x=y; rua=https://c.example/?a=b , mailto:a%2Cb@d.example;",
          "v=TLSRPTv1;rua=mailto:a@b.example;rua=https://[2001:db8::1]/x"})
        check_round_trip(text, parse_tlsrpt, write_tlsrpt_record);
}

TEST_CASE("RFC 8460 3: comma, exclamation mark and semicolon of an address are percent-encoded") {
    CHECK(write_tlsrpt_uri({.text = "https://c.example/a,b!c;d"}) == "https://c.example/a%2Cb%21c%3Bd");
    CHECK(mailto_uri("a,b!c;d%e@c.example") == "mailto:a%2Cb%21c%3Bd%25e@c.example");
    CHECK(mailto_uri("\"a b\"@c.example") == "mailto:%22a%20b%22@c.example");
    auto const quoted = mailto_uri("\"a@b\"@c.example");
    CHECK(parse_tlsrpt_uri(quoted).value.deliverable);
}

TEST_CASE("RFC 5952 4: addresses are written in canonical form") {
    for (auto const& [text, canonical] : std::to_array<std::pair<std::string_view, std::string_view>>({
             {"192.0.2.1", "192.0.2.1"},
             {"2001:0DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
             {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
             {"0:0:0:0:0:0:0:0", "::"},
             {"1:0:0:0:0:0:0:0", "1::"},
             {"0:0:1:0:0:0:1:1", "0:0:1::1:1"},
             {"::ffff:c000:201", "::ffff:192.0.2.1"},
             {"64:ff9b::192.0.2.1", "64:ff9b::192.0.2.1"},
             {"1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"},
             {"::", "::"},
             {"::1", "::1"},
             {"::1:2", "::1:2"},
         })) {
        INFO(text);
        auto const address = parse_ip_address(text);
        REQUIRE(address.usable());
        CHECK(write_ip_address(address.value) == canonical);
        CHECK(parse_ip_address(canonical).value == address.value);
        CHECK(parse_ip_address(canonical).findings.empty());
    }
}

TEST_CASE("RFC 8460 5.1, 5.3: a file name and a subject are written back as they were") {
    for (std::string_view const name : {"a.example!b.example!0!86399.json", "a.example!b.example!0!86399!x1.json.gz"})
        CHECK(write_report_filename(parse_report_filename(name).value) == name);
    constexpr std::string_view subject = "Report Domain: b.example Submitter: a.example Report-ID: <1@a.example>";
    CHECK(write_report_subject(parse_report_subject(subject).value) == subject);
}

TEST_CASE("RFC 3339 5.6: an instant is written in UTC") {
    CHECK(write_date_time(parse_date_time("2016-04-01T01:30:00.25+01:30").value) == "2016-04-01T00:00:00Z");
    CHECK(write_date_time(parse_date_time("1969-12-31T23:59:59Z").value) == "1969-12-31T23:59:59Z");
    CHECK(write_date_time(parse_date_time("2016-12-31T23:59:60Z").value) == "2017-01-01T00:00:00Z");
}

TEST_CASE("RFC 8461 3.1: an id is made from the time, or from a digest that depends only on the policy") {
    using namespace std::chrono;
    CHECK(make_id(sys_days{year{2016} / 8 / 31} + hours(8) + minutes(57)) == "20160831085700Z");
    constexpr std::string_view text = "version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 604800\n";
    constexpr std::string_view same = "max_age:0604800\r\nmode:enforce\r\nmx:a.example \r\nversion:STSv1";
    constexpr std::string_view other = "version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 604801\n";
    auto const id = make_id(parse_sts_policy(text).value);
    auto const record = "v=STSv1; id=" + id;
    CHECK(parse_sts_record(record).usable());
    CHECK(make_id(parse_sts_policy(same).value) == id);
    CHECK(make_id(parse_sts_policy(other).value) != id);
    // FIPS 180-4: the digest of "abc", and of a text of more than one block.
    CHECK(text::sha256::of("abc")[0] == 0xBA);
    CHECK(text::sha256::of("abc")[31] == 0xAD);
    CHECK(text::sha256::of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")[0] == 0x24);
    CHECK(text::sha256::of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")[31] == 0xC1);
}

TEST_CASE("RFC 1035 3.3.14, 5.1: long texts are split at 255 octets and escaped for a zone file") {
    auto const text = std::string(255, 'a') + "b\"c\\d\x01\xFF;";
    CHECK(txt_strings(text).size() == 2);
    CHECK(txt_strings("").size() == 1);
    CHECK(detail::zone_strings(text) == "\"" + std::string(255, 'a') + "\" \"b\\\"c\\\\d\\001\\255;\"");
    CHECK(zone_line("_mta-sts.example.com", "v=STSv1; id=1;") == "_mta-sts.example.com. IN TXT \"v=STSv1; id=1;\"");
}

TEST_CASE("RFC 8461 3.1, 3.2 and RFC 8460 3: the names of records and policy hosts have A-labels") {
    CHECK(sts_record_name("example.com.") == "_mta-sts.example.com");
    CHECK(tlsrpt_record_name("b\u00FCcher.example") == "_smtp._tls.xn--bcher-kva.example");
    CHECK(policy_url("Example.com") == "https://mta-sts.example.com/.well-known/mta-sts.txt");
    CHECK_FALSE(policy_host("\xFF.example"));
}

TEST_CASE("RFC 8461 3.2: the builder refuses what the RFC forbids, with the findings of a reader") {
    sts_policy policy{policy_mode::enforce, std::chrono::seconds(1209600), {{"a.example"}}, {}};
    CHECK(build_sts_policy(policy).publishable());
    auto const refused = [](sts_policy const& value, code why) {
        auto const built = build_sts_policy(value);
        CHECK_FALSE(built.publishable());
        CHECK(built.result().has(why));
    };
    auto changed = policy;
    changed.max_age = std::chrono::seconds(31557601);
    refused(changed, code::policy_max_age_large);
    changed = policy;
    changed.max_age = std::chrono::seconds(-1);
    refused(changed, code::policy_max_age_sign);
    changed = policy;
    changed.mx.clear();
    refused(changed, code::policy_mx_missing);
    changed = policy;
    changed.mx.push_back({"b\u00FCcher.example"});
    // RFC 8461 3.2: internationalised names are published as A-labels.
    CHECK(build_sts_policy(changed).publishable());
    CHECK(build_sts_policy(changed).value().mx[1].text == "xn--bcher-kva.example");
    changed.mx.push_back({"\xFF.example"});
    refused(changed, code::policy_not_utf8);
    changed = policy;
    changed.extensions.push_back({"x", "a\r\nmode: none"});
    refused(changed, code::write_unfaithful);
    changed = policy;
    changed.extensions.push_back({"mode", "none"});
    refused(changed, code::write_unfaithful);
}

TEST_CASE("RFC 8461 3.1, RFC 8460 3: the builders of records refuse what a record cannot hold") {
    CHECK(build_sts_record({"20160831085700Z", {}}).text() == "v=STSv1; id=20160831085700Z;");
    CHECK(build_sts_record({"2016-08-31", {}}).result().has(code::record_id_characters));
    CHECK(build_sts_record({std::string_view(), {}}).result().has(code::record_id_empty));
    CHECK(build_sts_record({"1", {{"x", "a;id=2"}}}).result().has(code::write_unfaithful));
    auto const tlsrpt = build_tlsrpt_record({{{.text = "mailto:a,b@c.example"}}, {}});
    CHECK(tlsrpt.publishable());
    CHECK(tlsrpt.text() == "v=TLSRPTv1; rua=mailto:a%2Cb@c.example;");
    CHECK_FALSE(build_tlsrpt_record({{{.text = "http://c.example/"}}, {}}).publishable());
    CHECK_FALSE(build_tlsrpt_record({{}, {}}).publishable());
}

TEST_CASE("An owned value stays valid when it is moved or copied") {
    auto one = owned<sts_record>("v=STSv1; id=1;", parse_record);
    auto const copy = one;
    auto const moved = std::move(one);
    CHECK(copy.value().id == "1");
    CHECK(moved.value().id == "1");
    CHECK(moved.usable());
}
