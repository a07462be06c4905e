// SPDX-License-Identifier: BSL-1.0
#include "literals.hpp"
#include "files.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

namespace seeds {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

void append_utf8(unsigned value, std::string& out) {
    if (value < 0x80) {
        out += static_cast<char>(value);
    } else if (value < 0x800) {
        out += {static_cast<char>(0xC0 | value >> 6), static_cast<char>(0x80 | (value & 0x3F))};
    } else if (value < 0x10000) {
        out += {static_cast<char>(0xE0 | value >> 12), static_cast<char>(0x80 | (value >> 6 & 0x3F)),
                static_cast<char>(0x80 | (value & 0x3F))};
    } else {
        out += {static_cast<char>(0xF0 | value >> 18), static_cast<char>(0x80 | (value >> 12 & 0x3F)),
                static_cast<char>(0x80 | (value >> 6 & 0x3F)), static_cast<char>(0x80 | (value & 0x3F))};
    }
}

class reader {
  public:
    explicit reader(std::string_view source) : rest_(source) {}

    std::vector<std::string> all() {
        while (!rest_.empty()) {
            if (rest_.starts_with('#')) directive();
            else if (auto const literal = next_literal()) join(*literal);
            else if (is_word(rest_.front())) word();
            else if (!skip_blank()) other();
        }
        finish();
        return std::move(found_);
    }

  private:
    std::string_view take(std::size_t size) {
        auto const part = rest_.substr(0, size);
        rest_.remove_prefix(part.size());
        return part;
    }
    template <class Kind>
    std::string_view take_while(Kind is_kind) {
        std::size_t size = 0;
        while (size != rest_.size() && is_kind(rest_[size])) ++size;
        return take(size);
    }

    bool skip_blank() {
        if (rest_.starts_with("//")) take(rest_.find('\n'));
        else if (rest_.starts_with("/*")) take(rest_.find("*/") + 2);
        else if (rest_.front() == ' ' || rest_.front() == '\n') take(1);
        else return false;
        return true;
    }
    void other() {
        finish();
        if (take(1) != "'") return;
        // A character literal; digits with separators are words.
        for (auto c = take(1); c != "'"; c = take(1))
            if (c == "\\") take(1);
    }
    void word() {
        auto const name = take_while([](char c) { return is_word(c) || c == '\''; });
        auto const macro = macros_.find(name);
        if (macro != macros_.end()) join(macro->second);
        else finish();
    }
    void directive() {
        finish();
        auto line = take(rest_.find('\n'));
        constexpr std::string_view define = "#define ";
        if (!line.starts_with(define)) return;
        line.remove_prefix(define.size());
        auto const name = line.substr(0, line.find_first_of(" ("));
        reader body(line.substr(name.size()));
        body.macros_ = macros_;
        auto const texts = body.all();
        if (texts.size() == 1 && line.substr(name.size()).starts_with(' ')) macros_.emplace(name, texts.front());
    }

    std::optional<std::string> next_literal() {
        if (rest_.starts_with("R\"")) return raw();
        if (!rest_.starts_with('"')) return std::nullopt;
        take(1);
        std::string text;
        while (!rest_.starts_with('"')) {
            if (auto const c = take(1); c == "\\") escape(text);
            else text += c;
        }
        take(1);
        suffix();
        return text;
    }
    std::string raw() {
        take(2);
        auto const delimiter = ")" + std::string(take(rest_.find('('))) + "\"";
        take(1);
        std::string text(take(rest_.find(delimiter)));
        take(delimiter.size());
        suffix();
        return text;
    }
    void suffix() { take_while(is_word); }
    unsigned number(std::string_view digits, int base) {
        unsigned value = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
        return value;
    }
    void escape(std::string& text) {
        constexpr std::string_view letters = "abfnrtv", meanings = "\a\b\f\n\r\t\v";
        auto const is_hex = [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; };
        char const c = rest_.front();
        if ('0' <= c && c <= '7') {
            auto const digits = rest_.substr(0, std::min<std::size_t>(3, rest_.find_first_not_of("01234567")));
            text += static_cast<char>(number(take(digits.size()), 8));
            return;
        }
        take(1);
        if (c == 'x') text += static_cast<char>(number(take_while(is_hex), 16));
        else if (c == 'u') append_utf8(number(take(4), 16), text);
        else if (c == 'U') append_utf8(number(take(8), 16), text);
        else if (auto const at = letters.find(c); at != letters.npos) text += meanings[at];
        else text += c;
    }

    void join(std::string_view text) {
        if (!open_) open_.emplace();
        *open_ += text;
    }
    void finish() {
        if (open_) found_.push_back(*std::exchange(open_, std::nullopt));
    }

    std::string_view rest_;
    std::map<std::string_view, std::string> macros_;
    std::optional<std::string> open_;
    std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> literals_of(std::string const& file) {
    auto const source = contents_of(file);
    return reader(source).all();
}

}  // namespace seeds
