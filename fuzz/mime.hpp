// SPDX-License-Identifier: BSL-1.0
/// A reader of MIME (RFC 2045, RFC 2046), as far as mails with reports use it.
#pragma once
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "promises.hpp"

inline void keep_promise_of_lines(std::string_view mail) {
    for (bool header = true; !mail.empty();) {
        auto const end = mail.find("\r\n");
        keep_promise(end <= 998, "lines have at most 998 octets and end with CRLF");
        auto const line = mail.substr(0, end);
        for (char const c : line) keep_promise(' ' <= c && c <= '~', "lines are printable");
        header = header && !line.empty();
        keep_promise(!header || line.find_first_not_of(' ') != line.npos, "no line of the header is blank");
        mail.remove_prefix(end + 2);
    }
}

namespace mime {

struct entity {
    /// The names of the fields, each with a space after it.
    std::string names;
    std::vector<std::pair<std::string, std::string>> fields;
    std::string body;

    std::string_view field(std::string_view name) const {
        for (auto const& [each, value] : fields)
            if (each == name) return value;
        return {};
    }
};

inline entity entity_of(std::string_view text) {
    entity made;
    while (!text.empty() && !text.starts_with("\r\n")) {
        auto const line = text.substr(0, text.find("\r\n"));
        text.remove_prefix(line.size() + 2);
        if (line.starts_with(' ') && !made.fields.empty()) {
            made.fields.back().second += line;
            continue;
        }
        auto const colon = std::min(line.find(": "), line.size());
        made.fields.emplace_back(line.substr(0, colon), line.substr(std::min(colon + 2, line.size())));
        (made.names += line.substr(0, colon)) += ' ';
    }
    made.body = text.substr(std::min<std::size_t>(2, text.size()));
    return made;
}

/// The parts of a multipart body; its boundary may be quoted.
inline std::vector<entity> parts_of(std::string_view body, std::string_view boundary) {
    if (boundary.starts_with('"')) boundary = boundary.substr(1, boundary.size() - 2);
    auto const delimiter = "--" + std::string(boundary);
    std::vector<entity> parts;
    for (auto begin = body.find(delimiter); begin != body.npos;) {
        begin += delimiter.size();
        if (body.substr(begin, 2) == "--") break;
        auto const end = body.find("\r\n" + delimiter, begin);
        keep_promise(end != body.npos, "every part has an end");
        // The end of line before a delimiter belongs to it.
        parts.push_back(entity_of(body.substr(begin + 2, end - begin - 2)));
        begin = end + 2;
    }
    return parts;
}

/// RFC 4648 4
inline std::string from_base64(std::string_view text) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string octets;
    unsigned bits = 0, count = 0;
    for (char const c : text) {
        auto const value = digits.find(c);
        if (value == digits.npos) continue;
        bits = bits << 6 | static_cast<unsigned>(value), count += 6;
        if (count < 8) continue;
        count -= 8;
        octets += static_cast<char>(bits >> count & 0xFF);
    }
    return octets;
}

inline std::string decoded(entity const& part) {
    bool const encoded = part.field("Content-Transfer-Encoding") == "base64";
    if (!encoded) return part.body;
    for (auto const line : ::parts_of(part.body, '\n'))
        keep_promise(line.size() <= 77, "lines of base64 have at most 76 octets");
    return from_base64(part.body);
}

/// A text whose lines all end with CRLF.
inline std::string with_crlf(std::string_view text) {
    std::string lines;
    for (std::size_t i = 0; i != text.size(); ++i) {
        if (text[i] == '\n' && i != 0 && text[i - 1] == '\r') continue;
        if (text[i] == '\n' || text[i] == '\r') lines += "\r\n";
        else lines += text[i];
    }
    if (text.back() != '\n' && text.back() != '\r') lines += "\r\n";
    return lines;
}

}  // namespace mime
