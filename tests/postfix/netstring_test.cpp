// SPDX-License-Identifier: BSL-1.0
/// Netstrings: complete, incomplete and malformed ones.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include "netstring.hpp"

namespace {

using socketmap::netstring_reader;
using state = netstring_reader::state;
using namespace std::string_view_literals;

struct row {
    std::string_view text;
    state wanted;
    std::string_view taken = {};
};

constexpr auto rows = std::to_array<row>({
    {"5:hello,", state::complete, "hello"},
    {"0:,", state::complete, ""},
    {"3:a:b,", state::complete, "a:b"},
    {"3:\0\n,,"sv, state::complete, "\0\n,"sv},
    {"32:01234567890123456789012345678901,", state::complete, "01234567890123456789012345678901"},
    // Incomplete.
    {"", state::incomplete},
    {"5", state::incomplete},
    {"5:", state::incomplete},
    {"5:hell", state::incomplete},
    {"5:hello", state::incomplete},
    {"0:", state::incomplete},
    // Malformed.
    {"5:hello;", state::malformed},
    {"4:hello,", state::malformed},
    {"05:hello,", state::malformed},
    {"00:,", state::malformed},
    {":,", state::malformed},
    {"x", state::malformed},
    {"-1:", state::malformed},
    {"+5:hello,", state::malformed},
    {" 5:hello,", state::malformed},
    {"5 :hello,", state::malformed},
    {"5;hello,", state::malformed},
    {"\xFF", state::malformed},
    // Refused at the digits, before anything of that length has come.
    {"33", state::too_long},
    {"33:", state::too_long},
    {"1000000000:", state::too_long},
    {"99999999999999999999999999999999999:", state::too_long},
});

/// Gives a text to a reader, in pieces of some size.
netstring_reader::result read(netstring_reader& reader, std::string_view text, std::size_t piece) {
    auto result = reader.next();
    while (!text.empty() && result.state == state::incomplete) {
        auto const room = reader.room();
        auto const count = std::min({piece, text.size(), room.size()});
        REQUIRE(count != 0);
        std::copy_n(text.begin(), count, room.begin());
        reader.received(count);
        text.remove_prefix(count);
        result = reader.next();
    }
    return result;
}

TEST_CASE("A netstring is read whole or in pieces, or refused") {
    for (auto const& row : rows)
        for (std::size_t const piece : {1, 2, 7, 1000}) {
            CAPTURE(row.text, piece);
            netstring_reader reader(32);
            auto const result = read(reader, row.text, piece);
            CHECK(result.state == row.wanted);
            CHECK(result.text == row.taken);
        }
}

TEST_CASE("Netstrings follow each other in one buffer of fixed size") {
    netstring_reader reader(8);
    for (int i = 0; i != 1000; ++i) {
        auto const text = std::to_string(i);
        std::string sent;
        socketmap::append_netstring(sent, text);
        CHECK(read(reader, sent, 3).text == text);
        CHECK(!reader.holds_part());
    }
    read(reader, "8:half", 6);
    CHECK(reader.holds_part());
}

TEST_CASE("append_netstring writes what netstring_reader reads") {
    std::string out = "before";
    socketmap::append_netstring(out, "NOTFOUND ");
    CHECK(out == "before9:NOTFOUND ,");
}

}  // namespace
