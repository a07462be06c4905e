// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 4: reports with one value replaced by another or an invalid one. Whatever is usable stays in the value.
#include "tlsrpt_report_rows.hpp"

using namespace report_rows;

namespace {

constexpr row time_rows[] = {
    {"2026-08-31T00:00:00Z", "~yesterday~", refused, code::time_syntax, [](auto& r) { r.date_range.start.reset(); }},
    {"2026-08-31T00:00:00Z", "~2026-08-31T00:00Z~", refused, code::time_syntax,
     [](auto& r) { r.date_range.start.reset(); }},
    {"2026-08-31T00:00:00Z", "~~", refused, code::time_syntax, [](auto& r) { r.date_range.start.reset(); }},
    {"2026-08-31T00:00:00Z", "~2026-08-31T00:00:00~", refused, code::time_zone_missing},
    {"2026-08-31T23:59:59Z",
     "2026-08-31T~24~:00:00Z",
     refused,
     code::time_hour_24,
     [](auto& r) { *r.date_range.end += 1s; },
     {code::report_range_midnight}},
    {"2026-08-31T00:00:00Z", "2026-~13~-31T00:00:00Z", refused, code::time_range,
     [](auto& r) { r.date_range.start.reset(); }},
    {"2026-08-31T00:00:00Z", "2026-02-~30~T00:00:00Z", refused, code::time_range,
     [](auto& r) { r.date_range.start.reset(); }},
    {"2026-08-31T23:59:59Z", "2026-08-31T23:59:~60~Z", usable, code::time_leap_second,
     [](auto& r) { *r.date_range.end += 1s; }},
    {"2026-08-31T00:00:00Z", "~2026-08-31t00:00:00z~", usable, code::time_lower_case},
    {"2026-08-31T00:00:00Z", "~2026-08-31 00:00:00Z~", refused, code::time_space},
    {"2026-08-31T00:00:00Z", "~2026-08-31~", refused, code::time_date_only,
     [](auto& r) { r.date_range.start.reset(); }},
    // RFC 3339 4.3: a zone that is not known
    {"2026-08-31T00:00:00Z", "2026-08-31T00:00:00~-00:00~", usable, code::time_zone_unknown},
    {"2026-08-31T00:00:00Z", "2026-08-31T02:00:00~+02:00~", usable, code::time_zone_offset},
    {"2026-08-31T00:00:00Z", "2026-08-31T00:00:00.5+00:00", usable},
    // the year is of four digits in UTC, too
    {"2026-08-31T00:00:00Z",
     "~0000-01-01T00:00:00+01:00~",
     refused,
     code::time_range,
     [](auto& r) { r.date_range.start.reset(); },
     {code::time_zone_offset}},
    {"2026-08-31T23:59:59Z",
     "~9999-12-31T23:59:60Z~",
     refused,
     code::time_range,
     [](auto& r) { r.date_range.end.reset(); },
     {code::time_leap_second}},
    {"2026-08-31T23:59:59Z", "9999-12-31T~24~:00:00Z", refused, code::time_hour_24,
     [](auto& r) { r.date_range.end.reset(); }},
    // an escape in the text: the finding is about the whole of it
    {"2026-08-31T00:00:00Z",
     R"(~2026-08-31T00:00:00\u002b01:00~)",
     usable,
     code::time_zone_offset,
     [](auto& r) { *r.date_range.start -= 1h; },
     {code::report_range_not_day}},
    // RFC 8460 4.1: a whole day of UTC
    // the end before the start: all but the range is usable
    {R"("2026-08-31T23:59:59Z")", R"("~2026-08-30T23:59:59Z~")", usable, code::report_range_backwards,
     [](auto& r) { r.date_range = {}; }},
    {R"("2026-08-31T23:59:59Z")", R"("~2026-09-06T23:59:59Z~")", usable, code::report_range_not_day,
     [](auto& r) { *r.date_range.end += 6 * 24h; }},
    {R"("2026-08-31T23:59:59Z")", R"("~2026-09-01T00:00:00Z~")", usable, code::report_range_midnight,
     [](auto& r) { *r.date_range.end += 1s; }},
};
static_assert(holds(time_rows[3]) && holds(time_rows[4]));

constexpr row contact_rows[] = {
    {"tls@example.net",
     "tls+a.b@mail.example.net",
     usable,
     {},
     [](auto& r) { r.contact_info = "tls+a.b@mail.example.net"; }},
    {"tls@example.net",
     R"(\"tls reports\"@example.net)",
     usable,
     {},
     [](auto& r) { r.contact_info = "\"tls reports\"@example.net"; }},
    {"tls@example.net", "~mailto:tls@example.net~", refused, code::report_contact_uri,
     [](auto& r) { r.contact_info = "mailto:tls@example.net"; }},
    {"tls@example.net", "~tls@example.net, b@example.org~", refused, code::report_contact_list,
     [](auto& r) { r.contact_info = "tls@example.net, b@example.org"; }},
    {"tls@example.net", "~Reports <tls@example.net>~", refused, code::report_contact_name,
     [](auto& r) { r.contact_info = "Reports <tls@example.net>"; }},
    {"tls@example.net", "~tls@m\xC3\xBCnz.example~", refused, code::report_contact_non_ascii,
     [](auto& r) { r.contact_info = "tls@m\xC3\xBCnz.example"; }},
    {"tls@example.net", "~tls@[192.0.2.1]~", usable, code::report_contact_literal,
     [](auto& r) { r.contact_info = "tls@[192.0.2.1]"; }},
    {"tls@example.net", "~nobody~", refused, code::report_contact_syntax, [](auto& r) { r.contact_info = "nobody"; }},
    {"tls@example.net", "~~", refused, code::report_contact_syntax, [](auto& r) { r.contact_info = {}; }},
    {R"("r1+example.net")", R"("~r1+~")", usable, code::report_id_domain_missing, [](auto& r) { r.report_id = "r1+"; }},
    {"r1+example.net",
     "2026-08-31T00:00:00Z_idx1_/x",
     usable,
     {},
     [](auto& r) { r.report_id = "2026-08-31T00:00:00Z_idx1_/x"; }},
};
static_assert(holds(contact_rows[2]));

constexpr row count_rows[] = {
    {"120", "9007199254740991", usable, {}, [](auto& r) { r.policies[0].summary.successful = 9007199254740991; }},
    {"120", "~12.5~", refused, code::report_count_fraction, [](auto& r) { r.policies[0].summary.successful.reset(); }},
    {"120", "~1e-1~", refused, code::report_count_fraction, [](auto& r) { r.policies[0].summary.successful.reset(); }},
    {"120", "~-1~", refused, code::report_count_negative, [](auto& r) { r.policies[0].summary.successful.reset(); }},
    {"120", R"("~120~")", refused, code::report_count_quoted},
    {"120", R"("~9007199254740991~")", refused, code::report_count_quoted,
     [](auto& r) { r.policies[0].summary.successful = mtasts::greatest_count; }},
    {"120", R"("~9007199254740992~")", refused, code::report_count_quoted,
     [](auto& r) { r.policies[0].summary.successful.reset(); }},
    {"120", R"("~many~")", refused, code::report_count_quoted,
     [](auto& r) { r.policies[0].summary.successful.reset(); }},
    {"120", "~1.2e2~", usable, code::report_count_form},
    {"120", "~120.0~", usable, code::report_count_form},
    {"120", "~-0~", usable, code::report_count_form, [](auto& r) { r.policies[0].summary.successful = 0; }},
    {"120", "~9007199254740992~", usable, code::report_count_large,
     [](auto& r) { r.policies[0].summary.successful = 9007199254740991; }},
    {"120", "~18446744073709551736~", usable, code::report_count_large,
     [](auto& r) { r.policies[0].summary.successful = 9007199254740991; }},
    {"120",
     "~1e99999999999999999999~",
     usable,
     code::report_count_large,
     [](auto& r) { r.policies[0].summary.successful = 9007199254740991; },
     {code::report_count_form}},
    {R"(30},"failure-details":[)", R"(29},"failure-details":~[~)", usable, code::report_count_sum,
     [](auto& r) { r.policies[0].summary.failed = 29; }},
    {"21", "~0~", usable, code::report_failure_count_zero,
     [](auto& r) { r.policies[0].failures[0].failed_sessions = 0; }},
};
static_assert(holds(count_rows[9]) && holds(count_rows[11]));

constexpr row failure_rows[] = {
    {R"("certificate-expired")", R"("~certificate-revoked~")", usable, code::report_result_unknown,
     [](auto& r) {
         r.policies[0].failures[0].result = {tlsrpt_result_type::other, "certificate-revoked"};
     }},
    {R"("certificate-expired")", R"("~Certificate-Expired~")", usable, code::report_result_case,
     [](auto& r) {
         r.policies[0].failures[0].result = {tlsrpt_result_type::other, "Certificate-Expired"};
     }},
    {R"("certificate-expired")", R"("~~")", usable, code::report_result_unknown,
     [](auto& r) { r.policies[0].failures[0].result = {}; }},
    // RFC 8460 4.3.2: results of one kind of policy
    {R"("certificate-expired")", R"("~tlsa-invalid~")", usable, code::report_result_policy,
     [](auto& r) { r.policies[0].failures[0].result = tlsrpt_result_type::tlsa_invalid; }},
    // RFC 8460 4.3.1: general results SHOULD have a reason
    {R"({"result-type":"sts-policy-fetch-error",)",
     R"(~{~"result-type":"validation-failure","sending-mta-ip":"192.0.2.7","receiving-mx-hostname":"mx1.example.com",)",
     usable, code::report_reason_missing,
     [](auto& r) {
         auto& failures = r.policies[0].failures;
         failures[1].result = tlsrpt_result_type::validation_failure;
         failures[1].sending_mta_ip = failures[0].sending_mta_ip;
         failures[1].receiving_mx_hostname = failures[0].receiving_mx_hostname;
     }},
    {R"("https://example.net/r1")", R"("~see the postmaster~")", usable, code::report_uri_syntax,
     [](auto& r) { r.policies[0].failures[0].additional_information = "see the postmaster"; }},
    {R"("https://example.net/r1")",
     R"("https://example.net/?a=b,c;d!#e")",
     usable,
     {},
     [](auto& r) { r.policies[0].failures[0].additional_information = "https://example.net/?a=b,c;d!#e"; }},
};
static_assert(holds(failure_rows[0]) && holds(failure_rows[3]));

constexpr auto no_address = [](tlsrpt_report& r) { r.policies[0].failures[0].sending_mta_ip.reset(); };
constexpr auto v6_address = [](tlsrpt_report& r) {
    r.policies[0].failures[0].sending_mta_ip = mtasts::parse_ip_address("2001:db8::1").value;
};
constexpr row address_rows[] = {
    {"192.0.2.7", "2001:db8::1", usable, {}, v6_address},
    {"192.0.2.7", "~~", refused, code::ip_empty, no_address},
    {"192.0.2.7", "192.0.2.~256~", refused, code::ip_octet_range, no_address},
    {"192.0.2.7", "192.0.2.~07~", refused, code::ip_leading_zero, no_address},
    {"192.0.2.7", "192.0.2.7~:25~", refused, code::ip_port, no_address},
    {"192.0.2.7", "~[2001:db8::1]~", refused, code::ip_brackets, v6_address},
    {"192.0.2.7", "fe80::1~%eth0~", refused, code::ip_zone, no_address},
    {"192.0.2.7", "~192.0.2~", refused, code::ip_groups, no_address},
    {"192.0.2.7", "2001:~0db80~::1", refused, code::ip_group_long, no_address},
    {"192.0.2.7", "2001::db8~::~1", refused, code::ip_compression, no_address},
    {"192.0.2.7", "~m~x1.example.com", refused, code::ip_characters, no_address},
    {"192.0.2.7", "~2001:DB8:0::1~", usable, code::ip_not_canonical, v6_address},
};
static_assert(holds(address_rows[2]));

}  // namespace

TEST_CASE("RFC 8460 4.1, RFC 3339 5.6: a report's times are date-times and span a day") { match(time_rows); }
TEST_CASE("RFC 8460 4.4, RFC 5322 3.4.1: contact-info is a mail address, and the report-id identifies the report") {
    match(contact_rows);
}
TEST_CASE("RFC 8460 4.4, RFC 7493 2.2: counts are integers") { match(count_rows); }
TEST_CASE("RFC 8460 4.3, 4.4: a failure has a result type of the registry") { match(failure_rows); }
TEST_CASE("RFC 8460 4.4, RFC 5952 4: an address of an MTA is IPv4 or IPv6, in canonical form") { match(address_rows); }

TEST_CASE("RFC 8460 4: every finding about times, contacts, counts, failures and addresses has a row here") {
    auto const seen = codes_of(time_rows, contact_rows, count_rows, failure_rows, address_rows);
    check_range(seen, code::time_syntax, code::time_zone_offset);
    check_range(seen, code::ip_empty, code::ip_not_canonical);
    check_range(seen, code::report_range_backwards, code::report_id_domain_missing);
    check_range(seen, code::report_count_fraction, code::report_uri_syntax);
}
