// SPDX-License-Identifier: BSL-1.0
/// Findings of a text: their order.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdint>
#include <vector>

#include <mtasts/finding/finding.hpp>

namespace {

constexpr std::vector<std::size_t> in_order(std::vector<std::size_t> const& offsets) {
    mtasts::findings found;
    // The length tells which was which.
    for (std::size_t i = 0; i != offsets.size(); ++i) found.push_back({mtasts::code::text_syntax, {offsets[i], i}});
    sort_by_place(found);
    std::vector<std::size_t> order;
    for (auto const& f : found) order.push_back(f.where.length);
    return order;
}

static_assert(in_order({}).empty());
static_assert(in_order({7, 7, 9}) == std::vector<std::size_t>{0, 1, 2});
static_assert(in_order({9, 7, 8, 7, 0}) == std::vector<std::size_t>{4, 1, 3, 2, 0});

}  // namespace

TEST_CASE("Findings are put in order of their places, and those of one place keep their order") {
    std::uint32_t dice = 1;
    for (std::size_t count = 0; count != 70; ++count) {
        std::vector<std::size_t> offsets, expected;
        for (std::size_t i = 0; i != count; ++i) {
            offsets.push_back((dice = dice * 1664525 + 1013904223) >> 24 & 15);
            expected.push_back(i);
        }
        std::stable_sort(expected.begin(), expected.end(),
                         [&](std::size_t a, std::size_t b) { return offsets[a] < offsets[b]; });
        CHECK(in_order(offsets) == expected);
    }
}
