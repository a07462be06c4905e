// SPDX-License-Identifier: BSL-1.0
#include "mutations.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <string_view>

namespace {

/// Some octets of a text.
struct part {
    std::size_t begin = 0, end = 0;
    std::size_t size() const { return end - begin; }
};

bool is_name_octet(char c) {
    return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9') || c == '-' || c == '_';
}
bool is_digit(char c) { return '0' <= c && c <= '9'; }

class mutation {
  public:
    mutation(std::string& text, unsigned seed) : text_(text), engine_(seed) {}

    void make() {
        switch (below(9)) {
            case 0: return double_part(any_part());
            case 1: return exchange(any_part(), any_part());
            case 2: return drop(any_part());
            case 3: return change_case(any_run(is_name_octet));
            case 4: return change_line_ends();
            case 5: return lengthen(any_run(is_digit), {10, 11});
            case 6: return lengthen(any_run(is_name_octet), {32, 33, 63, 64});
            case 7: return lengthen(any_run([](char c) { return is_name_octet(c) || c == '.'; }), {253, 254});
            default: return move_star();
        }
    }

  private:
    std::size_t below(std::size_t count) { return count == 0 ? 0 : engine_() % count; }
    std::string octets(part of) const { return text_.substr(of.begin, of.size()); }

    /// A line, a field or a member, each with one separator; in JSON, nested values too.
    part any_part() {
        constexpr std::string_view separators = "\n;,";
        auto const separator = separators[below(separators.size())];
        auto begin = text_.rfind(separator, below(text_.size() + 1));
        begin = begin == std::string::npos ? 0 : begin + 1;
        std::size_t end = begin, depth = 0;
        for (; end != text_.size(); ++end) {
            char const c = text_[end];
            if (depth == 0 && (c == separator || c == '}' || c == ']')) break;
            if (c == '{' || c == '[') ++depth;
            if (c == '}' || c == ']') --depth;
        }
        return {begin, end != text_.size() && text_[end] == separator ? end + 1 : end};
    }
    /// A run of octets of one kind, around any offset or after it.
    template <class Kind>
    part any_run(Kind is_kind) {
        auto const at = text_.begin() + static_cast<std::ptrdiff_t>(below(text_.size() + 1));
        auto const first = std::find_if(at, text_.end(), is_kind);
        auto const begin = std::find_if_not(std::reverse_iterator(first), text_.rend(), is_kind).base();
        auto const end = std::find_if_not(first, text_.end(), is_kind);
        return {static_cast<std::size_t>(begin - text_.begin()), static_cast<std::size_t>(end - text_.begin())};
    }

    void double_part(part one) { text_.insert(one.begin, octets(one)); }
    void drop(part one) { text_.erase(one.begin, one.size()); }
    void exchange(part one, part other) {
        if (one.begin > other.begin) std::swap(one, other);
        if (one.end > other.begin) return;
        auto const first = octets(one), last = octets(other);
        text_.replace(other.begin, other.size(), first).replace(one.begin, one.size(), last);
    }
    void change_case(part run) {
        auto const all = below(2) == 0;
        auto const chosen = run.begin + below(run.size());
        for (auto i = run.begin; i != run.end; ++i)
            if ((all || i == chosen) && is_name_octet(text_[i]) && text_[i] > '@' && text_[i] != '_') text_[i] ^= 0x20;
    }
    void change_line_ends() {
        auto const only = below(2) == 0 ? text_.find('\n', below(text_.size() + 1)) : std::string::npos;
        for (auto at = text_.size(); at-- != 0;) {
            if (text_[at] != '\n' || (only != std::string::npos && only != at)) continue;
            if (at != 0 && text_[at - 1] == '\r') text_.erase(at - 1, 1);
            else text_.insert(at, 1, '\r');
        }
    }
    void lengthen(part run, std::initializer_list<std::size_t> sizes) {
        auto const wanted = *(sizes.begin() + below(sizes.size()));
        auto const have = octets(run);
        if (have.empty()) return;
        std::string made;
        while (made.size() < wanted) made += have;
        text_.replace(run.begin, run.size(), made.substr(0, wanted));
    }
    void move_star() {
        if (auto const star = text_.find('*', below(text_.size() + 1)); star != std::string::npos) text_.erase(star, 1);
        // Best before a label.
        auto const dot = text_.find_first_of(".: =,", below(text_.size() + 1));
        text_.insert(dot == std::string::npos ? text_.size() : dot + 1, below(2) == 0 ? "*." : "*");
    }

    std::string& text_;
    std::minstd_rand engine_;
};

}  // namespace

std::size_t mutate_text(std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned seed) {
    std::string text(reinterpret_cast<char const*>(data), size);
    mutation(text, seed).make();
    text.resize(std::min(text.size(), max_size));
    std::copy(text.begin(), text.end(), data);
    return text.size();
}
