// SPDX-License-Identifier: BSL-1.0
/// RFC 1035 3.3.14, 5.1: TXT records as strings and in zone files.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include <mtasts/write/fmt.hpp>

namespace mtasts {

/// RFC 1035 3.3: a text cut into strings of at most 255 octets.
/// Example: `mtasts::txt_strings("v=STSv1; id=1;").size() == 1`
inline std::vector<std::string_view> txt_strings(std::string_view text) {
    std::vector<std::string_view> strings;
    do {
        strings.push_back(text.substr(0, 255));
        text.remove_prefix(strings.back().size());
    } while (!text.empty());
    return strings;
}

namespace detail {

/// RFC 1035 5.1: the strings of a TXT record between quotation marks, with `"`, `\` and octets that are not visible
/// ASCII escaped.
/// Example: `mtasts::detail::zone_strings("v=STSv1; id=1;") == "\"v=STSv1; id=1;\""`
inline std::string zone_strings(std::string_view text) {
    std::string zone;
    for (auto const string : txt_strings(text)) {
        zone += zone.empty() ? "\"" : " \"";
        for (char const c : string) {
            if (c == '"' || c == '\\') zone += {'\\', c};
            else if (' ' <= c && c <= '~') zone += c;
            else zone += fmt::format("\\{:03}", static_cast<unsigned char>(c));
        }
        zone += '"';
    }
    return zone;
}

}  // namespace detail

/// RFC 1035 5.1: a whole line of a zone file.
/// Example: `mtasts::zone_line("_mta-sts.example.com", text)`
inline std::string zone_line(std::string_view name, std::string_view text) {
    return fmt::format("{}. IN TXT {}", name, detail::zone_strings(text));
}

}  // namespace mtasts
