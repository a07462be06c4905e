// SPDX-License-Identifier: BSL-1.0
/// RFC 6890: which addresses are public.
#include <array>
#include <string>
#include <string_view>

#include <arpa/inet.h>

#include <catch2/catch.hpp>

#include "address.hpp"
#include "dane.hpp"
#include "dns.hpp"

namespace {

using namespace std::string_view_literals;

std::string data_of(char const* text) {
    std::array<char, 16> octets{};
    bool const six = std::string_view(text).find(':') != std::string_view::npos;
    REQUIRE(inet_pton(six ? AF_INET6 : AF_INET, text, octets.data()) == 1);
    return {octets.data(), six ? 16U : 4U};
}

TEST_CASE("Policies are fetched from public addresses only") {
    for (auto const* const text :
         {"1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.0.1", "172.32.0.0",
          "192.167.1.1", "198.17.0.1", "198.20.0.0", "223.255.255.255", "2606:4700::1111", "2a00::1", "2001:200::1",
          "64:ff9b::1.1.1.1", "2002:101:101::1"}) {
        CAPTURE(text);
        CHECK(socketmap::is_public(data_of(text)));
        CHECK(!socketmap::address_text(data_of(text)).empty());
    }
    for (auto const* const text : {"0.0.0.0",
                                   "0.1.2.3",
                                   "10.0.0.1",
                                   "10.255.255.255",
                                   "100.64.0.1",
                                   "100.127.255.255",
                                   "127.0.0.1",
                                   "127.255.255.254",
                                   "169.254.169.254",
                                   "172.16.0.1",
                                   "172.31.255.255",
                                   "192.0.0.8",
                                   "192.0.2.1",
                                   "192.88.99.1",
                                   "192.168.1.1",
                                   "198.18.0.1",
                                   "198.19.255.255",
                                   "198.51.100.1",
                                   "203.0.113.1",
                                   "224.0.0.1",
                                   "240.0.0.1",
                                   "255.255.255.255",
                                   "::",
                                   "::1",
                                   "::ffff:127.0.0.1",
                                   "::ffff:8.8.8.8",
                                   "::127.0.0.1",
                                   "fe80::1",
                                   "fc00::1",
                                   "fd12::1",
                                   "ff02::1",
                                   "2001:db8::1",
                                   "2001::1",
                                   "2001:2::1",
                                   "3fff::1",
                                   "64:ff9b::10.0.0.1",
                                   "64:ff9b:1::1.1.1.1",
                                   "2002:7f00:1::1",
                                   "2002:a00:1::1",
                                   "100::1",
                                   "4000::1"}) {
        CAPTURE(text);
        CHECK(!socketmap::is_public(data_of(text)));
    }
    CHECK(!socketmap::is_public(""));
    CHECK(!socketmap::is_public("12345"));
    CHECK(socketmap::address_text("12345").empty());
}

TEST_CASE("RFC 1035 3.3.14: a TXT record has its strings, without a truncated one") {
    CHECK(socketmap::txt_strings("\3abc\0\2de"sv) == std::vector<std::string_view>{"abc", "", "de"});
    CHECK(socketmap::txt_strings("\3abc\xFF"
                                 "de") == std::vector<std::string_view>{"abc"});
    CHECK(socketmap::txt_strings("").empty());
}

TEST_CASE("RFC 1035 3.3.9, RFC 7505: an MX record has its preference and host, or none if malformed") {
    auto const mx = socketmap::read_mx("\x01\x02\2mx\7example\0"sv);
    CHECK(mx.preference == 258);
    CHECK(mx.host == "mx.example");
    CHECK(socketmap::read_mx("\0\0\0"sv).host == ".");
    for (auto const bad : {""sv, "\0"sv, "\0\0"sv, "\0\0\2m"sv, "\0\0\2mx"sv, "\0\0\xC0\x0C"sv}) {
        CAPTURE(bad);
        CHECK(socketmap::read_mx(bad).host.empty());
    }
}

TEST_CASE("RFC 7672 3.1: a TLSA record is usable with known parameters and a digest of the right size") {
    auto const record = [](int usage, int selector, int matching, std::size_t size) {
        std::string data{static_cast<char>(usage), static_cast<char>(selector), static_cast<char>(matching)};
        return data + std::string(size, 'x');
    };
    CHECK(socketmap::is_usable_tlsa(record(3, 1, 1, 32)));
    CHECK(socketmap::is_usable_tlsa(record(2, 0, 2, 64)));
    CHECK(socketmap::is_usable_tlsa(record(3, 0, 0, 500)));
    CHECK(!socketmap::is_usable_tlsa(record(0, 1, 1, 32)));
    CHECK(!socketmap::is_usable_tlsa(record(1, 1, 1, 32)));
    CHECK(!socketmap::is_usable_tlsa(record(4, 1, 1, 32)));
    CHECK(!socketmap::is_usable_tlsa(record(3, 2, 1, 32)));
    CHECK(!socketmap::is_usable_tlsa(record(3, 1, 1, 31)));
    CHECK(!socketmap::is_usable_tlsa(record(3, 1, 2, 32)));
    CHECK(!socketmap::is_usable_tlsa(record(3, 1, 3, 32)));
    CHECK(!socketmap::is_usable_tlsa(record(3, 1, 0, 0)));
    CHECK(!socketmap::is_usable_tlsa(""));
}

}  // namespace
