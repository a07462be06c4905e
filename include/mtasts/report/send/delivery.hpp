// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 3, 4.1, 5: where, when and how often a report is sent; and how it is sent over HTTPS.
#pragma once
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <mtasts/model/tlsrpt_record.hpp>
#include <mtasts/text/percent.hpp>

namespace mtasts {

/// RFC 8460 4.1: the delay before a day's reports are sent, to spread them: 1 to 14400 seconds, from any random number.
/// Example: `static_assert(mtasts::report_pause(14400).count() == 1);`
constexpr std::chrono::seconds report_pause(std::uint64_t random) {
    return std::chrono::seconds(1 + static_cast<std::int64_t>(random % 14400));
}

namespace detail {

/// RFC 8460 5.5: how long delivery of a report is retried.
inline constexpr std::chrono::seconds report_lifetime{86400};

}  // namespace detail

/// RFC 8460 5.5: when to try again after so many failures: the retry delay doubles, beginning with five minutes, and
/// the last attempt is a day after the first; nothing if it is time to give up.
/// Example: `static_assert(mtasts::next_report_try({}, 1)->time_since_epoch() == std::chrono::minutes(5));`
constexpr std::optional<std::chrono::sys_seconds> next_report_try(std::chrono::sys_seconds first, unsigned failures) {
    std::chrono::seconds after{0}, pause = std::chrono::minutes(5);
    for (unsigned i = 0; i != failures; ++i) {
        if (after == detail::report_lifetime) return std::nullopt;
        after = (std::min)(after + pause, detail::report_lifetime);
        pause *= 2;
    }
    return first + after;
}

/// RFC 6068 2: the address of a mailto URI, percent-decoded; nothing for a URI that a report cannot be mailed to.
/// Example: `mtasts::mailto_address(tlsrpt.value.rua.front()) == "a@example.com"`
inline std::optional<std::string> mailto_address(tlsrpt_uri const& uri) {
    if (uri.scheme != rua_scheme::mailto || !uri.deliverable) return std::nullopt;
    auto const address = text::percent_decoded(uri.target);
    return std::string(address.begin(), address.end());
}

/// RFC 8460 5.2, 6.4, 6.5: the media type of a report, with or without gzip, which its first octets show.
/// Example: `static_assert(mtasts::report_media_type("{}") == "application/tlsrpt+json");`
constexpr std::string_view report_media_type(std::string_view octets) {
    return octets.starts_with("\x1F\x8B") ? "application/tlsrpt+gzip" : "application/tlsrpt+json";
}

/// RFC 8460 5.4: one POST of a report. There is no Content-Encoding: the media type says whether it is gzip. An invalid
/// certificate need not keep the report back (RFC 8460 3), and redirects are not followed.
/// Example: `static_assert(mtasts::report_post{}.body.empty());`
struct report_post {
    std::string_view url;
    std::string_view content_type;
    std::string_view body;

    /// RFC 8460 5.4: whether a status means that the receiver has the report; after any other, try again. A report is
    /// delivered once one of its destinations has it (RFC 8460 3).
    static constexpr bool delivered(int status) { return 200 <= status && status <= 299; }
};

/// The POST to an https URI; nothing for a URI that a report cannot be posted to.
/// Example: `!mtasts::report_post_to(tlsrpt.value.rua.front(), "{}").has_value()`
constexpr std::optional<report_post> report_post_to(tlsrpt_uri const& uri, std::string_view octets) {
    if (uri.scheme != rua_scheme::https || !uri.deliverable) return std::nullopt;
    return report_post{uri.text, report_media_type(octets), octets};
}

}  // namespace mtasts
