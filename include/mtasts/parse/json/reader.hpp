// SPDX-License-Identifier: BSL-1.0
/// RFC 8259, RFC 7493: reading JSON token by token, without recursion and without a tree.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <mtasts/model/tlsrpt_report.hpp>
#include <mtasts/parse/json/fault.hpp>
#include <mtasts/parse/json/tokens.hpp>
#include <mtasts/text/ascii.hpp>
#include <mtasts/text/decoded_strings.hpp>
#include <mtasts/text/hash.hpp>
#include <mtasts/text/utf8.hpp>

namespace mtasts::detail {

/// Reads the tokens of a text. Functions take the position of a token and return that of the one after it, or nullptr.
class json_reader {
  public:
    constexpr json_reader(std::string_view text, json_limits const& limits, text::decoded_strings& decoded,
                          findings& found)
        : begin_(text.data()),
          end_(begin_ + text.size()),
          lookahead_end_(end_ - (std::min)(text.size(), lookahead)),
          limits_(limits),
          decoded_(decoded),
          found_(found) {}

    constexpr std::string_view text() const { return {begin_, static_cast<std::size_t>(end_ - begin_)}; }
    constexpr cursor begin() const { return begin_; }
    constexpr cursor end() const { return end_; }
    constexpr std::string_view rest(cursor at) const { return {at, static_cast<std::size_t>(end_ - at)}; }
    constexpr std::size_t offset(cursor at) const { return static_cast<std::size_t>(at - begin_); }
    constexpr text_span between(cursor first, cursor last) const {
        return {offset(first), static_cast<std::size_t>(last - first)};
    }
    constexpr text_span place_of(json_text string) const { return span_of(text(), string.raw); }

    /// The octet at a position; NUL at the end, which JSON has nowhere outside strings.
    constexpr char peek(cursor at) const { return at != end_ ? *at : '\0'; }
    /// Whether `lookahead` octets after the one at a position may be loaded.
    constexpr bool has_lookahead(cursor at) const { return at < lookahead_end_; }
    static constexpr std::size_t lookahead = 64;

    [[gnu::always_inline]] constexpr cursor skip_blanks(cursor at) const {
        if (at == end_ || *at > ' ') return at;
        // Usually a line end and the indentation of the next line.
        if (!std::is_constant_evaluated() && text::octet_block::available && has_lookahead(at) && *at == '\n')
            if (auto const found = text::octet_block(at + 1).not_space(); found != 0)
                if (auto const stop = at + 1 + text::octet_block::first(found); *stop > ' ') return stop;
        return grammar::blank_octets::skip(at, end_);
    }

    /// Whether `count` octets may be loaded from the beginning of a part of the text.
    constexpr bool has_octets(std::string_view part, std::size_t count) const {
        return static_cast<std::size_t>(end_ - part.data()) >= count;
    }
    /// Adds a finding. Past the limit, only the first one that makes the text unusable is added.
    [[gnu::noinline]] constexpr void say(code what, text_span where, std::string_view detail = {},
                                         std::string_view clause = {}) {
        finding said{what, where, detail};
        said.other_clause = clause;
        say(said);
    }
    constexpr void say(finding const& said) {
        bool const first_to_spoil =
            said.makes_unusable() && !std::exchange(unusable_, unusable_ || said.makes_unusable());
        if (found_.size() < limits_.max_findings || first_to_spoil) return found_.push_back(said);
        if (std::exchange(overfull_, true)) return;
        found_.push_back({code::report_many_findings, said.where});
    }
    /// Reports what is wrong between tokens, or that a limit is exceeded; reading ends.
    template <json_place Place>
    [[gnu::noinline]] constexpr cursor fault(cursor at) {
        say(explain_json<Place>(text(), offset(at)));
        return nullptr;
    }
    [[gnu::noinline]] constexpr cursor limit_exceeded(code what, cursor at) {
        say(what, {offset(at), std::min<std::size_t>(rest(at).size(), 1)});
        return nullptr;
    }

    /// The end of a string that begins here, if nothing in it needs a closer look; else nullptr.
    [[gnu::always_inline]] constexpr cursor plain_end(cursor at) const {
        auto const stop = has_lookahead(at) ? grammar::plain_octets::skip_with_lookahead(at + 1, end_)
                                            : grammar::plain_octets::skip(at + 1, end_);
        bool const plain =
            stop != end_ && *stop == '"' && static_cast<std::size_t>(stop - at) - 1 <= limits_.max_string;
        return plain ? stop : nullptr;
    }
    /// The text between quotation marks.
    static constexpr std::string_view between_marks(cursor at, cursor end) {
        return {at + 1, static_cast<std::size_t>(end - at) - 1};
    }

    /// Reads a string, at its quotation mark.
    constexpr json_string_token read_string(cursor at) {
        auto const end = plain_end(at);
        if (end == nullptr) return read_string_slow(at);
        auto const value = between_marks(at, end);
        return {end + 1, {value, value}};
    }

    /// Reads a member's name and the colon after it.
    [[gnu::noinline]] constexpr json_string_token read_name(cursor at) {
        auto name = read_string(at);
        if (name.after == nullptr) return name;
        at = skip_blanks(name.after);
        name.after = peek(at) == ':' ? skip_blanks(at + 1) : fault<json_place::colon>(at);
        return name;
    }

    /// Reads a number, at its first octet.
    constexpr cursor read_number(cursor at, json_number& out) {
        auto const sink = [&]<text::fixed_text Name>(grammar::event<Name>, std::string_view part) {
            if constexpr (Name.view() == "int") out.integer = part;
            if constexpr (Name.view() == "frac") out.fraction = part;
            if constexpr (Name.view() == "exp") out.exponent = part;
            if constexpr (Name.view() == "number") out.text = part;
        };
        if (!read(grammar::json_number, rest(at), sink)) return fault<json_place::value>(at);
        auto const next = peek(at + out.text.size());
        if (text::is_alphanumeric(next) || next == '.' || next == '+' || next == '-')
            return fault<json_place::value>(at);
        return at + out.text.size();
    }

    /// The value of the digits at a position, at most sixteen of them.
    struct leading_digits {
        std::uint64_t value = 0;
        std::ptrdiff_t count = 0;
    };
    [[gnu::always_inline]] constexpr leading_digits read_digits(cursor at) const {
        if (has_lookahead(at)) {
            auto octets = text::eight_octets(at) ^ 0x3030'3030'3030'3030;
            auto const others = (octets | (octets + 0x7676'7676'7676'7676)) & 0x8080'8080'8080'8080;
            if (others != 0) {
                auto const count = text::lowest_bit(others) / 8;
                // SWAR: zeros in front; then pairs, fours and all eight digits become one number.
                octets = octets << 8 * (7 - count) << 8;
                octets = (octets * 10 + (octets >> 8)) & 0x00FF'00FF'00FF'00FF;
                octets = (octets * 100 + (octets >> 16)) & 0x0000'FFFF'0000'FFFF;
                octets = (octets * 10'000 + (octets >> 32)) & 0xFFFF'FFFF;
                return {octets, static_cast<std::ptrdiff_t>(count)};
            }
        }
        leading_digits digits;
        for (; digits.count != 16 && text::is_digit(peek(at + digits.count)); ++digits.count)
            digits.value = digits.value * 10 + static_cast<std::uint64_t>(at[digits.count] - '0');
        return digits;
    }

    /// Counts an array or an object that begins here; false if it is nested too deeply.
    constexpr bool enter(cursor at) {
        if (depth_ < (std::min)(limits_.max_depth, json_limits::deepest)) {
            ++depth_;
            return true;
        }
        limit_exceeded(code::json_deep, at);
        return false;
    }
    constexpr void leave() { --depth_; }

    /// How many names are kept to be compared with their siblings.
    constexpr std::size_t names_kept() const { return names_.size(); }
    /// Keeps the name of an unknown member until its object ends; false if there are too many.
    constexpr bool keep_name(json_text name) {
        if (names_.size() == limits_.max_members) {
            say(code::report_many_members, place_of(name));
            return false;
        }
        // A collision only costs a comparison.
        names_.push_back({text::octet_hash().add(name.value).value, name});
        return true;
    }
    /// RFC 7493 2.3: reports the names that an object has twice, and forgets them all.
    constexpr void check_names(std::size_t first) {
        if (first != names_.size()) compare_names(first);
    }
    [[gnu::noinline]] constexpr void compare_names(std::size_t first) {
        auto const begin = names_.begin() + static_cast<std::ptrdiff_t>(first);
        std::sort(begin, names_.end());
        for (auto name = begin + 1; name != names_.end(); ++name)
            if (name->hash == (name - 1)->hash && name->text.value == (name - 1)->text.value)
                say(code::json_duplicate, place_of(name->text));
        names_.erase(begin, names_.end());
    }

    /// Skips a value of any kind.
    constexpr cursor skip_value(cursor at) {
        auto const floor = depth_;
        for (;;) {
            // At a value.
            bool opened = peek(at) == '{' || peek(at) == '[';
            if (opened) {
                if (!enter(at)) return nullptr;
                is_object_[depth_ - 1] = *at == '{';
                first_name_[depth_ - 1] = names_.size();
                ++at;
            } else {
                at = skip_scalar(at);
                if (at == nullptr) return at;
            }
            // After a value, or at the first token in an array or object.
            for (;; opened = false) {
                if (depth_ == floor) return at;
                at = skip_blanks(at);
                bool const object = is_object_[depth_ - 1];
                if (peek(at) == (object ? '}' : ']')) {
                    ++at;
                    --depth_;
                    if (object) check_names(first_name_[depth_]);
                    continue;
                }
                if (!opened) {
                    if (peek(at) != ',')
                        return object ? fault<json_place::after_member>(at) : fault<json_place::after_element>(at);
                    at = skip_blanks(at + 1);
                }
                if (!object) break;
                if (peek(at) != '"') return opened ? fault<json_place::first_name>(at) : fault<json_place::name>(at);
                auto const name = read_name(at);
                at = name.after;
                if (at == nullptr || !keep_name(name.text)) return nullptr;
                break;
            }
        }
    }

  private:
    struct kept_name {
        std::uint64_t hash;
        json_text text;

        constexpr bool operator<(kept_name const& other) const {
            if (hash != other.hash) return hash < other.hash;
            if (text.value != other.text.value) return text.value < other.text.value;
            return text.raw.data() < other.text.raw.data();
        }
    };
    constexpr cursor skip_scalar(cursor at) {
        auto const next = peek(at);
        if (next == '"') return read_string(at).after;
        if (text::is_digit(next) || next == '-') {
            json_number ignored;
            return read_number(at, ignored);
        }
        for (std::string_view const word : {"true", "false", "null"}) {
            auto const after = rest(at).substr(0, word.size() + 1);
            if (after.starts_with(word) &&
                (after == word || !(text::is_alphanumeric(after.back()) || after.back() == '_')))
                return at + word.size();
        }
        return fault<json_place::value>(at);
    }

    /// A string with escapes or with octets above ASCII.
    [[gnu::noinline]] constexpr json_string_token read_string_slow(cursor at) {
        auto const first = offset(at) + 1;
        auto const decoded_from = decoded_.size();
        std::string_view whole;
        bool decoding = false;
        std::uint32_t high_half = 0;
        std::string_view high_text;
        auto const lone_half = [&] {
            if (std::exchange(high_half, 0) == 0) return;
            say(code::json_surrogate, span_of(text(), high_text));
            push_code_point(0xFFFD);
        };
        auto const sink = [&]<text::fixed_text Name>(grammar::event<Name>, std::string_view part) {
            constexpr auto name = Name.view();
            if constexpr (name == "string") whole = part;
            if constexpr (name == "wide" || name == "plain") {
                if constexpr (name == "wide") check_character(text::first_code_point(part).value, part);
                if (!decoding) return;
                lone_half();
                for (char const c : part) decoded_.push(c);
            }
            if constexpr (name == "escaped") {
                if (!std::exchange(decoding, true)) {
                    decoded_.reserve(text().size());
                    for (char const c : text().substr(first, span_of(text(), part).offset - first)) decoded_.push(c);
                }
                auto const unit = code_unit(part);
                bool const low = 0xDC00 <= unit && unit <= 0xDFFF;
                if (low && high_half != 0) {
                    auto const point = 0x10000 + ((high_half - 0xD800) << 10) + (unit - 0xDC00);
                    high_half = 0;
                    check_character(point, {high_text.data(), high_text.size() + part.size()});
                    return push_code_point(point);
                }
                lone_half();
                high_text = part;
                if (0xD800 <= unit && unit <= 0xDBFF) {
                    high_half = unit;
                } else if (low) {
                    high_half = unit;
                    lone_half();
                } else {
                    check_character(unit, part);
                    push_code_point(unit);
                }
            }
        };
        if (!read(grammar::json_string, rest(at), sink)) {
            say(explain_json_string(text(), offset(at)));
            return {};
        }
        lone_half();
        auto const raw = whole.substr(1, whole.size() - 2);
        if (raw.size() <= limits_.max_string)
            return {at + whole.size(), {decoding ? decoded_.from(decoded_from) : raw, raw}};
        say(code::report_long_string, span_of(text(), raw));
        return {};
    }

    /// The code unit that an escape means.
    static constexpr std::uint32_t code_unit(std::string_view escape) {
        switch (escape[1]) {
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u': break;
            default: return static_cast<unsigned char>(escape[1]);
        }
        std::uint32_t unit = 0;
        for (char const c : escape.substr(2)) unit = unit << 4 | static_cast<std::uint32_t>(text::hex_value(c));
        return unit;
    }

    /// RFC 7493 2.1: no noncharacters. NUL is legal, but cuts strings off in many programs.
    constexpr void check_character(std::uint32_t point, std::string_view part) {
        if (point == 0) say(code::json_nul, span_of(text(), part));
        if (text::is_noncharacter(point)) say(code::json_noncharacter, span_of(text(), part));
    }

    constexpr void push_code_point(std::uint32_t point) {
        auto const push = [&](std::uint32_t octet) { decoded_.push(static_cast<char>(octet)); };
        if (point < 0x80) return push(point);
        if (point < 0x800) {
            push(0xC0 | point >> 6);
        } else if (point < 0x10000) {
            push(0xE0 | point >> 12);
            push(0x80 | (point >> 6 & 0x3F));
        } else {
            push(0xF0 | point >> 18);
            push(0x80 | (point >> 12 & 0x3F));
            push(0x80 | (point >> 6 & 0x3F));
        }
        push(0x80 | (point & 0x3F));
    }

    cursor begin_;
    cursor end_;
    cursor lookahead_end_;
    json_limits limits_;
    text::decoded_strings& decoded_;
    findings& found_;
    std::size_t depth_ = 0;
    bool unusable_ = false;
    bool overfull_ = false;
    std::vector<kept_name> names_;
    // Of the arrays and objects that skip_value is in; not set before they are needed.
    std::array<bool, json_limits::deepest> is_object_;
    std::array<std::size_t, json_limits::deepest> first_name_;
};

}  // namespace mtasts::detail
