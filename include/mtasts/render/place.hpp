/// Lines and columns.
#pragma once
#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include <mtasts/model/idna.hpp>

namespace mtasts {

/// Both count from 1; columns are code points, an ill-formed octet being one.
struct place {
    std::size_t line = 1;
    std::size_t column = 1;
};

/// Tells line and column of offsets. Asking in rising order costs no more than one pass over the text.
class line_index {
  public:
    explicit line_index(std::string_view text) : text_(text) {
        for (std::size_t i = 0; i != text.size(); ++i)
            if (text[i] == '\n') starts_.push_back(i + 1);
    }

    place locate(std::size_t offset) {
        offset = std::min(offset, text_.size());
        auto const next = std::upper_bound(starts_.begin(), starts_.end(), offset);
        auto const start = *(next - 1);
        if (offset < at_ || start > at_) {
            at_ = start;
            column_ = 1;
        }
        for (; at_ < offset; ++column_) at_ += std::max<std::size_t>(first_code_point(text_.substr(at_)).length, 1);
        return {static_cast<std::size_t>(next - starts_.begin()), column_};
    }

    /// The line in which an offset lies, without its end.
    std::string_view line_of(std::size_t offset) const {
        auto const next = std::upper_bound(starts_.begin(), starts_.end(), std::min(offset, text_.size()));
        auto const start = *(next - 1);
        auto line = text_.substr(start, (next == starts_.end() ? text_.size() : *next) - start);
        if (line.ends_with('\n')) line.remove_suffix(1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        return line;
    }

  private:
    std::string_view text_;
    std::vector<std::size_t> starts_{0};
    std::size_t at_ = 0;
    std::size_t column_ = 1;
};

}  // namespace mtasts
