// SPDX-License-Identifier: BSL-1.0
/// The zones of trust anchors, and the names of response codes.
#include <string_view>
#include <utility>

#include <catch2/catch.hpp>

#include "dns.hpp"

TEST_CASE("RFC 1035 4.1.1: a response code is logged by its name") {
    std::pair<int, std::string_view> const rows[] = {
        {0, "NOERROR"}, {1, "FORMERR"},  {2, "SERVFAIL"},  {3, "NXDOMAIN"},  {4, "NOTIMP"},
        {5, "REFUSED"}, {10, "NOTZONE"}, {11, "rcode 11"}, {23, "rcode 23"}, {-1, "rcode -1"},
    };
    for (auto const& [code, name] : rows) CHECK(socketmap::rcode_text(code) == name);
}

TEST_CASE("RFC 1035 5.1: the owner of the first trust anchor is the zone known to be signed") {
    std::pair<std::string_view, std::string_view> const rows[] = {
        {". IN DS 20326 8 2 E06D44B8", "."},
        {"signed.\t3600\tIN\tDNSKEY\t257 3 13 abcd\n", "signed"},
        {"; autotrust trust anchor file\n;;id: . 1\n. 86400 IN DNSKEY 257 3 8 abcd\n", "."},
        {"$TTL 5\n\n   ; blank\r\nexample.com. IN DS 1 2 3 4\nother. IN DS 1 2 3 4\n", "example.com"},
        {"", "."},
        {"\n\n", "."},
        {"net", "net"},
    };
    for (auto const& [text, zone] : rows) {
        INFO(text);
        CHECK(socketmap::anchor_zone(text) == zone);
    }
}
