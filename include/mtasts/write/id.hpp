// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 3.1: making an id.
#pragma once
#include <chrono>
#include <string>

#include <mtasts/text/ascii.hpp>
#include <mtasts/text/sha256.hpp>
#include <mtasts/write/text.hpp>

namespace mtasts {

/// An id from the time of publication in UTC, as RFC 8461 3.1 shows it: 15 characters.
/// Example: `mtasts::make_id(std::chrono::sys_days{std::chrono::year{2016}/8/31}) == "20160831000000Z"`
inline std::string make_id(std::chrono::sys_seconds now) {
    std::string id;
    for (char const c : write_date_time(now))
        if (text::is_digit(c) || c == 'Z') id += c;
    return id;
}

/// An id from the policy alone: half a SHA-256 of its canonical text, as 32 hexadecimal digits, so that the same policy
/// always has the same id.
/// Example: `mtasts::make_id(policy.value).size() == 32`
inline std::string make_id(sts_policy const& policy) { return text::half_digest(write_sts_policy(policy)); }

}  // namespace mtasts
