// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 3, 4.1, 5: when reports are sent, where to, and what counts as delivered.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>
#include <mtasts/parse/tlsrpt_uri.hpp>
#include <mtasts/report/send/delivery.hpp>

namespace {

using namespace mtasts;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::chrono::sys_seconds start{seconds(1'500'000'000)};

tlsrpt_uri uri(std::string_view text) { return parse_tlsrpt_uri(text).value; }

}  // namespace

TEST_CASE("RFC 8460 4.1: reports are delayed by 1 to 14400 seconds") {
    STATIC_REQUIRE(report_pause(0) == seconds(1));
    STATIC_REQUIRE(report_pause(14399) == seconds(14400));
    STATIC_REQUIRE(report_pause(14400) == seconds(1));
    STATIC_REQUIRE(report_pause(UINT64_MAX) >= seconds(1));
    STATIC_REQUIRE(report_pause(UINT64_MAX) <= seconds(14400));
}

TEST_CASE("RFC 8460 5.5: a report is tried again for a day, after delays that double") {
    std::vector<long long> after;
    for (unsigned failures = 0; auto const next = next_report_try(start, failures); ++failures)
        after.push_back(std::chrono::duration_cast<minutes>(*next - start).count());
    CHECK(after == std::vector<long long>{0, 5, 15, 35, 75, 155, 315, 635, 1275, 1440});
    STATIC_REQUIRE(!next_report_try(start, 10));
    STATIC_REQUIRE(!next_report_try(start, UINT32_MAX));
}

TEST_CASE("RFC 8460 3, RFC 6068 2: a mailto URI is decoded once") {
    CHECK(mailto_address(uri("mailto:a%2Bb@example.com")) == "a+b@example.com");
    CHECK(mailto_address(uri("MAILTO:a%2Cb@example.com?subject=x")) == "a,b@example.com");
    CHECK(mailto_address(uri("mailto:a%252Bb@example.com")) == "a%2Bb@example.com");
    CHECK_FALSE(mailto_address(uri("mailto:")));
    CHECK_FALSE(mailto_address(uri("mailto:a%0D%0ABcc:b@example.com")));
    CHECK_FALSE(mailto_address(uri("https://example.com/")));
}

TEST_CASE("RFC 8460 5.4: a POST has the media type of its body") {
    auto const plain = report_post_to(uri("https://example.com/r?x=1"), "{}");
    REQUIRE(plain);
    CHECK(plain->url == "https://example.com/r?x=1");
    CHECK(plain->content_type == "application/tlsrpt+json");
    CHECK(plain->body == "{}");
    CHECK(report_post_to(uri("HTTPS://example.com"), "\x1F\x8B\x08")->content_type == "application/tlsrpt+gzip");
    for (auto const* text : {"mailto:a@example.com", "http://example.com/", "ftp://example.com/", "https:///x", ""})
        CHECK_FALSE(report_post_to(uri(text), "{}"));
}

TEST_CASE("RFC 8460 5.4: status 2xx is delivered, any other is tried again") {
    for (int const status : {200, 201, 202, 204, 299}) CHECK(report_post::delivered(status));
    for (int const status : {0, -200, 100, 199, 300, 301, 302, 304, 400, 404, 413, 429, 500, 503})
        CHECK_FALSE(report_post::delivered(status));
}

TEST_CASE("RFC 8460 6.5: gzip is recognised by its first octets") {
    CHECK(report_media_type("\x1F\x8B") == "application/tlsrpt+gzip");
    for (std::string_view const text : {"", "\x1F", "{\"a\":1}", "\x8B\x1F", "PK\x03\x04"})
        CHECK(report_media_type(text) == "application/tlsrpt+json");
}
