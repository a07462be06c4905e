// SPDX-License-Identifier: BSL-1.0
/// RFC 6901: JSON pointers to what findings are about.
#pragma once
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mtasts/parse/json/reader.hpp>
#include <mtasts/text/decoded_strings.hpp>

namespace mtasts {

namespace detail {

/// Walks JSON once and gives, for offsets in ascending order, the pointer to the value or member there. Where the text
/// stops being JSON, the pointer stays that of this place.
class json_path {
  public:
    explicit json_path(std::string_view text) : text_(text) {}

    /// The pointer to the innermost value or member that holds an octet; `offset` is not before the one asked for last.
    std::string_view at(std::size_t offset) {
        while (next_ <= offset && step()) {}
        return pointer_;
    }

  private:
    struct level {
        bool object;
        std::size_t index;
        /// The length of the pointer to the array or object.
        std::size_t length;
        /// Whether the next thing is a name, or the first token of an element.
        bool wants_next;
    };

    /// Moves on to the next token; false at the end.
    bool step() {
        next_ = (std::min)(text_.find_first_not_of(" \t\r\n", next_), text_.size());
        if (next_ == text_.size()) return false;
        auto const token = text_[next_];
        bool const in_object = !levels_.empty() && levels_.back().object;
        bool const in_array = !levels_.empty() && !levels_.back().object;
        if (in_array && token != ']' && token != ',' && std::exchange(levels_.back().wants_next, false))
            go_to('/' + std::to_string(levels_.back().index));
        switch (token) {
            case '}':
            case ']':
                if (levels_.empty()) return false;
                pointer_.resize(levels_.back().length);
                levels_.pop_back();
                ++next_;
                return true;
            case ',':
                if (levels_.empty()) return false;
                ++levels_.back().index;
                levels_.back().wants_next = true;
                pointer_.resize(levels_.back().length);
                ++next_;
                return true;
            case ':': ++next_; return true;
            case '{':
            case '[':
                if (levels_.size() == deepest) return false;
                levels_.push_back({token == '{', 0, pointer_.size(), true});
                ++next_;
                return true;
            case '"': return string(in_object);
            default:
                // A number or a word; anything else counts as part of the value too.
                next_ = (std::min)(text_.find_first_of(" \t\r\n,:]}[{\"", next_ + 1), text_.size());
                return true;
        }
    }

    bool string(bool in_object) {
        auto stop = next_ + 1;
        while (stop < text_.size() && text_[stop] != '"') stop += text_[stop] == '\\' ? 2U : 1U;
        stop = (std::min)(stop, text_.size());
        if (in_object && std::exchange(levels_.back().wants_next, false)) {
            findings ignored;
            text::decoded_strings decoded;
            json_reader json(text_.substr(next_, stop + 1 - next_), {.max_findings = 0}, decoded, ignored);
            auto const name = json.read_string(json.begin());
            if (name.after == nullptr) return false;
            std::string step = "/";
            for (char const c : name.text.value) {
                if (c == '~') step += "~0";
                else if (c == '/') step += "~1";
                else step += c;
            }
            go_to(step);
        }
        next_ = (std::min)(stop + 1, text_.size());
        return true;
    }

    /// Names come from the sender: a pointer that would get too long stays that of the enclosing value.
    void go_to(std::string const& step) {
        pointer_.resize(levels_.back().length);
        if (levels_.size() <= cut_) cut_ = pointer_.size() + step.size() > longest ? levels_.size() : deepest;
        if (cut_ == deepest) pointer_ += step;
    }

    static constexpr std::size_t deepest = json_limits::deepest, longest = 512;
    std::string_view text_;
    std::size_t next_ = 0;
    std::string pointer_;
    std::vector<level> levels_;
    /// The level from which the pointer is not extended.
    std::size_t cut_ = deepest;
};

}  // namespace detail

/// The JSON pointer of every finding about a text, in the findings' order, which is that of their places.
/// Example: `mtasts::json_pointers(text, mtasts::parse_tlsrpt_report(text).findings)`
inline std::vector<std::string> json_pointers(std::string_view text, findings const& found) {
    std::vector<std::string> all;
    detail::json_path path(text);
    for (auto const& said : found) all.emplace_back(path.at(said.where.offset));
    return all;
}

}  // namespace mtasts
