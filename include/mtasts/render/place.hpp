// SPDX-License-Identifier: BSL-1.0
/// Lines and columns.
#pragma once
#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include <mtasts/text/utf8.hpp>

namespace mtasts {

/// Gives line and column of offsets, in any order and in constant time: columns are counted once, and kept at every
/// `stride`th octet.
class line_index {
  public:
    /// Both count from 1; columns are code points, an ill-formed octet being one.
    struct place {
        std::size_t line = 1;
        std::size_t column = 1;
    };

    explicit line_index(std::string_view text) : text_(text) {
        std::size_t column = 1;
        for (std::size_t at = 0; at < text.size();) {
            while (marks_.size() * stride <= at) marks_.push_back({at, column});
            if (text[at] == '\n') {
                starts_.push_back(++at);
                column = 1;
            } else {
                at += std::max<std::size_t>(text::first_code_point(text.substr(at)).length, 1);
                ++column;
            }
        }
    }

    place locate(std::size_t offset) const {
        offset = (std::min)(offset, text_.size());
        auto const next = std::upper_bound(starts_.begin(), starts_.end(), offset);
        mark from{*(next - 1), 1};
        if (!marks_.empty())
            if (auto const known = nearest(offset); known.at >= from.at) from = known;
        for (; from.at < offset; ++from.column)
            from.at += std::max<std::size_t>(text::first_code_point(text_.substr(from.at)).length, 1);
        return {static_cast<std::size_t>(next - starts_.begin()), from.column};
    }

    /// The line that contains an offset, without its end.
    std::string_view line_of(std::size_t offset) const {
        auto const next = std::upper_bound(starts_.begin(), starts_.end(), (std::min)(offset, text_.size()));
        auto const start = *(next - 1);
        auto line = text_.substr(start, (next == starts_.end() ? text_.size() : *next) - start);
        if (line.ends_with('\n')) line.remove_suffix(1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        return line;
    }

  private:
    static constexpr std::size_t stride = 64;
    struct mark {
        std::size_t at;
        std::size_t column;
    };
    /// The last mark not after an offset.
    mark nearest(std::size_t offset) const {
        auto index = (std::min)(offset / stride, marks_.size() - 1);
        if (marks_[index].at > offset) --index;
        return marks_[index];
    }

    std::string_view text_;
    std::vector<std::size_t> starts_{0};
    std::vector<mark> marks_;
};

}  // namespace mtasts
