// SPDX-License-Identifier: BSL-1.0
/// RFC 1035 3.3.14, RFC 8461 3.1: the TXT records found at one name.
#pragma once
#include <mtasts/requirements.hpp>

#include <cstddef>
#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

namespace mtasts {

/// The records of an RRset, the strings of each joined without separator.
///
/// `text()` has them one per line; findings about the RRset have their place in that text.
/// Example: `mtasts::txt_rrset records{{"v=STSv1; i", "d=1"}, {"v=spf1 -all"}};`
class txt_rrset {
  public:
    constexpr txt_rrset() = default;
    constexpr txt_rrset(std::initializer_list<std::initializer_list<std::string_view>> records) {
        for (auto const& strings : records) add({strings.begin(), strings.size()});
    }

    /// Adds one record, given its strings.
    constexpr void add(std::span<std::string_view const> strings) {
        if (!ends_.empty()) text_.push_back('\n');
        for (std::string_view const string : strings) text_.insert(text_.end(), string.begin(), string.end());
        ends_.push_back(text_.size());
    }

    constexpr std::size_t size() const { return ends_.size(); }
    constexpr bool empty() const { return ends_.empty(); }
    constexpr std::string_view text() const { return {text_.data(), text_.size()}; }
    constexpr std::string_view operator[](std::size_t index) const {
        auto const begin = index == 0 ? 0 : ends_[index - 1] + 1;
        return text().substr(begin, ends_[index] - begin);
    }

  private:
    std::vector<char> text_;
    std::vector<std::size_t> ends_;
};

}  // namespace mtasts
