/// RFC 1035 5.1: the zone of a trust anchor. RFC 7672 3.1: which TLSA records can be used.
#include <string>
#include <string_view>
#include <utility>

#include <catch2/catch.hpp>

#include "dane.hpp"
#include "dns.hpp"

using namespace socketmap;
using namespace std::string_literals;

TEST_CASE("RFC 1035 5.1: the first trust anchor's owner is the zone that is signed for certain") {
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
        CHECK(anchor_zone(text) == zone);
    }
}

TEST_CASE("RFC 7672 3.1: a TLSA record can be used by its usage, selector, matching type and size") {
    auto const record = [](int usage, int selector, int matching, std::size_t size) {
        return std::string{char(usage), char(selector), char(matching)} + std::string(size, 'x');
    };
    for (int const usage : {2, 3})
        for (int const selector : {0, 1}) {
            CHECK(is_usable_tlsa(record(usage, selector, 0, 1)));
            CHECK(is_usable_tlsa(record(usage, selector, 1, 32)));
            CHECK(is_usable_tlsa(record(usage, selector, 2, 64)));
        }
    CHECK_FALSE(is_usable_tlsa(record(0, 1, 1, 32)));
    CHECK_FALSE(is_usable_tlsa(record(1, 1, 1, 32)));
    CHECK_FALSE(is_usable_tlsa(record(3, 2, 1, 32)));
    CHECK_FALSE(is_usable_tlsa(record(3, 1, 3, 32)));
    CHECK_FALSE(is_usable_tlsa(record(3, 1, 1, 31)));
    CHECK_FALSE(is_usable_tlsa(record(3, 1, 2, 32)));
    CHECK_FALSE(is_usable_tlsa(record(3, 1, 0, 0)));
    CHECK_FALSE(is_usable_tlsa(""));
}
