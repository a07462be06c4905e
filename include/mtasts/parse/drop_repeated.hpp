/// Values that stand more than once in a text.
#pragma once
#include <algorithm>
#include <cstddef>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

namespace mtasts {

/// Keeps the first of all items with one key, in order; `report` is called with every other one.
/// RFC 8461 3.2: all but the first are ignored.
template <class Item, class Key, class Report>
constexpr void drop_repeated(std::vector<Item>& items, Key key, Report report) {
    if (items.size() < 2) return;
    std::vector<std::pair<std::string_view, std::size_t>> order;
    for (std::size_t i = 0; i != items.size(); ++i) order.emplace_back(std::invoke(key, items[i]), i);
    std::sort(order.begin(), order.end());
    std::vector<bool> repeated(items.size(), false);
    for (std::size_t i = 1; i != order.size(); ++i)
        if (order[i].first == order[i - 1].first) repeated[order[i].second] = true;
    std::vector<Item> kept;
    for (std::size_t i = 0; i != items.size(); ++i)
        if (repeated[i]) report(items[i]);
        else kept.push_back(items[i]);
    items = std::move(kept);
}

}  // namespace mtasts
