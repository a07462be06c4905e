// SPDX-License-Identifier: BSL-1.0
/// Values that occur more than once in a text.
#pragma once
#include <mtasts/requirements.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

namespace mtasts::detail {

/// Keeps the first of all items with one key, in order; `report` is called with every other one.
/// RFC 8461 3.2: all but the first are ignored.
template <class Item, class Key, class Report>
constexpr void drop_repeated(std::vector<Item>& items, Key key, Report report) {
    // The few items of a usual text are compared pairwise; only many are worth a sort.
    auto const value = [&](std::size_t i) -> std::string_view { return std::invoke(key, items[i]); };
    if (items.size() <= 8) {
        bool again = false;
        for (std::size_t i = 1; i < items.size(); ++i)
            for (std::size_t k = 0; k != i; ++k) again = again || value(i) == value(k);
        if (!again) return;
    }
    std::vector<std::pair<std::string_view, std::size_t>> order;
    for (std::size_t i = 0; i != items.size(); ++i) order.emplace_back(std::invoke(key, items[i]), i);
    std::sort(order.begin(), order.end());
    // Not vector<bool>, which clang++ 14 cannot use in constant expressions.
    std::vector<char> repeated(items.size(), 0);
    for (std::size_t i = 1; i != order.size(); ++i)
        if (order[i].first == order[i - 1].first) repeated[order[i].second] = 1;
    std::vector<Item> kept;
    for (std::size_t i = 0; i != items.size(); ++i)
        if (repeated[i] != 0) report(items[i]);
        else kept.push_back(items[i]);
    items = std::move(kept);
}

}  // namespace mtasts::detail
