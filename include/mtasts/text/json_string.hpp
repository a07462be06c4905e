// SPDX-License-Identifier: BSL-1.0
/// RFC 8259 7: strings as JSON, and JSON for people.
#pragma once
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include <mtasts/text/ascii.hpp>
#include <mtasts/text/utf8.hpp>

namespace mtasts::text {

/// Appends a string with its quotation marks and only the escapes that are required; octets that are not UTF-8 become
/// U+FFFD, so that the text is JSON whatever the string is.
inline void append_json_string(std::string& out, std::string_view text) {
    auto const must_change = [](char c) { return c == '"' || c == '\\' || is_control(c) || !is_ascii(c); };
    out += '"';
    while (!text.empty()) {
        auto const plain = text.substr(0, find_octet(text, must_change));
        out += plain;
        text.remove_prefix(plain.size());
        if (text.empty()) break;
        auto const [value, length] = first_code_point(text);
        if (length == 0) out += "\xEF\xBF\xBD";
        else if (value == '"' || value == '\\') out += {'\\', text.front()};
        else if (value == '\n') out += "\\n";
        else if (value == '\r') out += "\\r";
        else if (value == '\t') out += "\\t";
        else if (value < 0x20) (out += "\\u00") += hex_octet(static_cast<unsigned char>(value));
        else out += text.substr(0, length);
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    out += '"';
}

/// Lays compact JSON out in lines, two spaces to a level; empty objects and arrays stay closed.
/// Example: `mtasts::text::indented_json("{\"a\":[]}") == "{\n  \"a\": []\n}\n"`
inline std::string indented_json(std::string_view compact) {
    std::string out;
    std::size_t level = 0;
    bool inside = false;
    auto const new_line = [&] { out += '\n' + std::string(2 * level, ' '); };
    for (std::size_t i = 0; i != compact.size(); ++i) {
        char const c = compact[i], next = i + 1 == compact.size() ? '\0' : compact[i + 1];
        if (inside) {
            out += c;
            if (c == '\\') out += compact[++i];
            else inside = c != '"';
        } else if ((c == '{' || c == '[') && next != '}' && next != ']') {
            out += c;
            ++level;
            new_line();
        } else if ((c == '}' || c == ']') && out.back() != '{' && out.back() != '[') {
            --level;
            new_line();
            out += c;
        } else {
            out += c;
            inside = c == '"';
            if (c == ',') new_line();
            if (c == ':') out += ' ';
        }
    }
    return out += '\n';
}

}  // namespace mtasts::text
