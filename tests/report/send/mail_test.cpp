// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 5.3, RFC 5322, RFC 2045: the parts of a mail with a report, and when none is written.
#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <catch2/catch.hpp>
#include <mtasts/report/send/mail.hpp>

namespace {

using namespace mtasts;

tlsrpt_report report() {
    tlsrpt_report made;
    made.contact_info = "tls@reporter.example";
    made.report_id = "1";
    made.date_range = {std::chrono::sys_seconds{}, std::chrono::sys_seconds{}};
    return made;
}

}  // namespace

TEST_CASE("RFC 2045 6.8: base64 has lines of 76 characters") {
    // RFC 4648 10
    for (auto const& [octets, text] : std::to_array<std::pair<std::string_view, std::string_view>>(
             {{"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foobar", "Zm9vYmFy"}, {"\xFF\xFE\xFD", "//79"}}))
        CHECK(detail::base64_lines(octets) == std::string(text) + "\r\n");
    CHECK(detail::base64_lines("").empty());
    CHECK(detail::base64_lines(std::string(57, '\0')) == std::string(76, 'A') + "\r\n");
    CHECK(detail::base64_lines(std::string(58, '\0')) == std::string(76, 'A') + "\r\nAA==\r\n");
}

TEST_CASE("RFC 5322 3.3: a date is written in UTC, with its day of the week") {
    using std::chrono::seconds;
    CHECK(detail::mail_date(std::chrono::sys_seconds{}) == "Thu, 1 Jan 1970 00:00:00 +0000");
    CHECK(detail::mail_date(std::chrono::sys_seconds{seconds(1494377670)}) == "Wed, 10 May 2017 00:54:30 +0000");
    CHECK(detail::mail_date(std::chrono::sys_days{std::chrono::year(2024) / 2 / 29}) ==
          "Thu, 29 Feb 2024 00:00:00 +0000");
    CHECK(detail::mail_date(std::chrono::sys_seconds{seconds(-1)}) == "Wed, 31 Dec 1969 23:59:59 +0000");
}

TEST_CASE("RFC 5322 3.4.1: an address in a field is quoted where needed, and refused if invalid") {
    CHECK(detail::header_address("a.b+c@example.com") == "a.b+c@example.com");
    CHECK(detail::header_address("a,b@example.com") == "\"a,b\"@example.com");
    CHECK(detail::header_address("a b@example.com") == "\"a b\"@example.com");
    CHECK(detail::header_address("a..b@example.com") == "\"a..b\"@example.com");
    CHECK(detail::header_address("\"a b\"@example.com") == "\"a b\"@example.com");
    CHECK(detail::header_address("\"a\\\"b\"@example.com") == "\"a\\\"b\"@example.com");
    CHECK(detail::header_address("\"a\\\"@example.com") == "\"a\\\\\"@example.com");
    CHECK(detail::header_address("a\"b\\@example.com") == "\"a\\\"b\\\\\"@example.com");
    CHECK(detail::header_address("a@b@example.com") == "\"a@b\"@example.com");
    CHECK(detail::header_address("a@[192.0.2.1]") == "a@[192.0.2.1]");
    CHECK(detail::header_address("a@b\u00FCcher.example") == "a@xn--bcher-kva.example");
    for (std::string_view const none :
         {"", "a", "@", "a@", "@example.com", "a\r\nBcc: b@example.com", "a\r\n@example.com", "a@example.com\r\nBcc: b",
          "a@exam ple.com", "a@example.com,b", "gr\u00FC\u00DFe@example.com", "a@\u2028.example"})
        CHECK_FALSE(detail::header_address(none));
    CHECK_FALSE(detail::header_address(std::string(400, 'a') + "@example.com"));
}

TEST_CASE("RFC 5322 2.2.3: fields are folded at spaces, never inside a word") {
    auto const field =
        detail::header_field("Subject", "one " + std::string(70, 'a') + ' ' + std::string(100, 'b') + " two");
    CHECK(field == "Subject: one\r\n " + std::string(70, 'a') + "\r\n " + std::string(100, 'b') + "\r\n two\r\n");
    CHECK(detail::header_field("Subject", std::string(90, 'a')) == "Subject: " + std::string(90, 'a') + "\r\n");
    CHECK(detail::header_field("X", "") == "X: \r\n");
    // RFC 5322 3.2.2: no line of spaces alone.
    auto const spaces = detail::header_field("To", std::string(74, 'a') + "  " + std::string(74, 'b'));
    CHECK(spaces == "To: " + std::string(74, 'a') + " \r\n " + std::string(74, 'b') + "\r\n");
}

TEST_CASE("RFC 8460 5.3: no mail is written without valid names and addresses") {
    report_mail const good{"", "reports@example.com", {}, "{}"};
    CHECK(write_report_mail(report(), "example.com", good));
    auto const refused = [](auto change) {
        auto mail = report_mail{"", "reports@example.com", {}, "{}"};
        auto changed = report();
        std::string_view domain = "example.com";
        change(mail, changed, domain);
        return !write_report_mail(changed, domain, mail);
    };
    CHECK(refused([](auto& mail, auto&, auto&) { mail.to = ""; }));
    CHECK(refused([](auto& mail, auto&, auto&) { mail.to = "a@example.com\r\nBcc: b@example.com"; }));
    CHECK(refused([](auto& mail, auto&, auto&) { mail.from = "nobody"; }));
    CHECK(refused([](auto& mail, auto&, auto&) { mail.date = std::chrono::sys_seconds::max(); }));
    CHECK(refused([](auto&, auto& made, auto&) { made.contact_info = ""; }));
    CHECK(refused([](auto&, auto& made, auto&) { made.report_id = ""; }));
    CHECK(refused([](auto&, auto& made, auto&) { made.date_range = {}; }));
    CHECK(refused([](auto&, auto&, auto& domain) { domain = "exam\r\nple.com"; }));
    CHECK(refused([](auto&, auto&, auto& domain) { domain = ""; }));
}

TEST_CASE("RFC 8460 3, 5.3: the signature covers the fields of the report") {
    for (std::string_view const field : {"From", "TLS-Report-Domain", "TLS-Report-Submitter"})
        CHECK(std::count(report_mail::signed_fields.begin(), report_mail::signed_fields.end(), field) == 1);
    report_mail const mail{"", "reports@example.com", {}, "{}"};
    auto const written = write_report_mail(report(), "example.com", mail);
    REQUIRE(written);
    for (auto const field : report_mail::signed_fields)
        CHECK(("\r\n" + *written).find("\r\n" + std::string(field) + ": ") != written->npos);
}
