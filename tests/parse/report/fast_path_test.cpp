// SPDX-License-Identifier: BSL-1.0
/// Fast paths and SIMD scanning, compared with the grammars that they stand for.
#include <catch2/catch.hpp>
#include <mtasts.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <random>
#include <string>
#include <string_view>

namespace {

namespace grammar = mtasts::grammar;

std::string random_text(std::mt19937& random, std::string_view alphabet, std::size_t longest) {
    std::string text(random() % (longest + 1), ' ');
    for (auto& c : text) c = alphabet[random() % alphabet.size()];
    return text;
}

/// Addresses of groups with few digits and many zeros, some of them wrong.
std::string random_groups(std::mt19937& random) {
    std::string text;
    auto const groups = random() % 10, gap = random() % 11;
    for (std::size_t i = 0; i != groups; ++i) {
        if (i != 0) text += ':';
        if (i == gap) text += i == 0 ? "::" : ":";
        char digits[8];
        std::snprintf(digits, sizeof digits, random() % 20 != 0 ? "%x" : "%04X",
                      static_cast<unsigned>(random() % 3 == 0   ? 0
                                            : random() % 4 == 0 ? random() % 65536
                                                                : random() % 16));
        text += digits;
    }
    return groups == gap ? text + "::" : text;
}

/// Whether the fast path takes exactly the addresses without findings, except those that mix both notations.
void check_address(std::string const& text) {
    mtasts::ip_address quick{};
    bool const taken = mtasts::detail::take_plain_address(text, quick);
    auto const slow = mtasts::parse_ip_address(text);
    bool const mixed = text.find(':') != text.npos && text.find('.') != text.npos;
    if (taken != (slow.findings.empty() && !mixed) || (taken && quick != slow.value)) FAIL_CHECK(text);
}

}  // namespace

TEST_CASE("RFC 8460 4.4: the fast path reads an address as the grammar does") {
    std::mt19937 random(1);
    for (int i = 0; i != 300'000; ++i) {
        check_address(random_text(random, "0123456789abf::::...", 20));
        check_address(random_groups(random));
        check_address(random_text(random, "125.", 15));
    }
    for (auto const* const text : {"", "::", "1::", "::1", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:8::",
                                   "1::2::3", "::ffff:1:2", "1:0:0:2:0:0:0:3", "1::2:0:0:0:3", "255.255.255.255",
                                   "256.1.1.1", "1.1.1", "1.1.1.1.", "01.1.1.1", "1.1.1.1 "})
        check_address(text);
}

TEST_CASE("RFC 5321 4.1.2: the fast path takes a name for a Domain only if the grammar does") {
    std::mt19937 random(2);
    std::size_t domains = 0;
    for (int i = 0; i != 500'000; ++i) {
        auto text = random_text(random, i % 4 == 0 ? "abZ09--...*_" : "abZ09-..", i % 10 == 0 ? 70 : 12);
        auto const size = text.size();
        // The octets after the name must not matter.
        text.append(64, static_cast<char>(random() % 256));
        auto const name = std::string_view(text).substr(0, size);
        auto const look = mtasts::detail::scan_domain(name);
        bool const domain = mtasts::detail::read(grammar::Domain_alone, name, mtasts::detail::ignore_events);
        domains += domain ? 1u : 0u;
        bool const can_look = mtasts::text::octet_block::available && mtasts::text::octet_block::bits_each == 1;
        if (look.is_domain != (domain && size < 64 && can_look)) FAIL_CHECK(name);
        bool const upper = std::any_of(name.begin(), name.end(), [](char c) { return 'A' <= c && c <= 'Z'; });
        if (look.is_domain && look.has_upper_case != upper) FAIL_CHECK(name);
    }
    CHECK(domains > 10'000);
}

TEST_CASE("RFC 8259 2, 7: SIMD finds the end of a run where a scan octet by octet does, wherever the text ends") {
    std::mt19937 random(3);
    for (int i = 0; i != 20'000; ++i) {
        auto const size = random() % 150, stop = random() % 160;
        // Of exactly this size, so that a sanitizer sees an octet read after it.
        auto const octets = std::make_unique<char[]>(size);
        auto const check = [&](auto run, std::string_view inside, auto takes) {
            for (std::size_t at = 0; at != size; ++at) octets[at] = inside[random() % inside.size()];
            if (stop < size) octets[stop] = static_cast<char>(random() % 256);
            auto const* const end = octets.get() + size;
            auto const* const expected = std::find_if_not<char const*>(octets.get(), end, takes);
            if (decltype(run)::skip(octets.get(), end) != expected) FAIL_CHECK(size << ' ' << stop);
        };
        check(grammar::plain_octets{}, "aZ ~\x7F/", grammar::is_plain);
        check(grammar::blank_octets{}, " \t\r\n", grammar::is_blank);
        check(grammar::uri_octets{}, "aZ0/?;!$&'()*+,-.=_~", grammar::is_uri_plain);
    }
}

TEST_CASE("RFC 3986 3: every URI that the fast path takes is a URI of the grammar") {
    std::mt19937 random(4);
    for (int i = 0; i != 20'000; ++i) {
        auto text = "https://" + random_text(random, "aZ0/?;!$&'()*+,-.=_~", 30);
        REQUIRE(mtasts::detail::read(grammar::plain_uri, text, mtasts::detail::ignore_events));
        // RFC 8460 3 takes these away from sub-delims.
        std::replace_if(
            text.begin(), text.end(), [](char c) { return c == '!' || c == ',' || c == ';'; }, '$');
        if (!mtasts::detail::read(grammar::URI_alone, std::string_view(text), mtasts::detail::ignore_events))
            FAIL_CHECK(text);
    }
}

TEST_CASE("RFC 8460 4.4: members are found by their exact names only") {
    mtasts::detail::for_each_tlsrpt_member<mtasts::tlsrpt_failure>([](auto const& member) {
        constexpr auto& names = mtasts::detail::tlsrpt_member_names<mtasts::tlsrpt_failure>;
        auto name = std::string(member.name);
        REQUIRE(names.find(name) < mtasts::detail::tlsrpt_member_count<mtasts::tlsrpt_failure>);
        CHECK(names[names.find(name)] == member.name);
        name[1] = 'X';
        CHECK(names.find(name) == names.none);
        CHECK(names.find(member.name.substr(1)) == names.none);
    });
    CHECK(mtasts::detail::tlsrpt_member_names<mtasts::tlsrpt_report>.find("") == 5);
}
