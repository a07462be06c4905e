/// What renderings promise to whoever looks at them.
#pragma once
#include <string>
#include <string_view>

#include <mtasts/model/ascii.hpp>
#include <mtasts/render/json.hpp>

#include "promises.hpp"

/// The value of a usable text as JSON, where its kind has one.
template <class Result>
std::string value_of(Result const& result) {
    if constexpr (requires { mtasts::json_value(result.value); })
        if (result.usable()) return mtasts::json_value(result.value);
    return {};
}

inline void keep_promise_of_human(std::string_view shown) {
    while (!shown.empty()) {
        auto const [value, length] = mtasts::first_code_point(shown);
        keep_promise(length != 0 && (value == '\n' || !mtasts::is_hidden(value)), "no control characters are shown");
        shown.remove_prefix(length);
    }
}

/// A text without the escapes that colour it.
inline std::string without_colour(std::string shown) {
    for (auto at = shown.find('\x1B'); at != shown.npos; at = shown.find('\x1B', at)) {
        auto const end = shown.find('m', at);
        keep_promise(end != shown.npos && end - at <= 6, "only colours are escapes");
        shown.erase(at, end + 1 - at);
    }
    return shown;
}

inline void keep_promise_of_annotations(std::string_view lines, std::size_t count) {
    for (; !lines.empty(); --count) {
        auto const line = take_part(lines, '\n');
        auto const file = line.find(" file="), next = line.find(",line=");
        keep_promise(line.starts_with("::") && file < next && next != line.npos, "an annotation begins as one");
        auto const name = line.substr(file + 6, next - file - 6);
        keep_promise(name.find_first_of(":,") == name.npos, "a name is escaped");
        for (auto at = line.find('%'); at != line.npos; at = line.find('%', at + 1))
            keep_promise(line.substr(at, 3) == "%25" || line.substr(at, 3) == "%3A" || line.substr(at, 3) == "%2C",
                         "a percent sign is escaped");
    }
    keep_promise(count == 0, "there is one annotation for each finding");
}
