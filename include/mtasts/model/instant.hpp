// SPDX-License-Identifier: BSL-1.0
/// RFC 3339 1: instants that a date-time can express.
#pragma once
#include <mtasts/requirements.hpp>

#include <chrono>

namespace mtasts::detail {

/// Whether four digits can hold the year of an instant in UTC.
/// Example: `static_assert(mtasts::detail::is_writable(std::chrono::sys_seconds{}));`
constexpr bool is_writable(std::chrono::sys_seconds instant) {
    using namespace std::chrono;
    return sys_days(year(0) / 1 / 1) <= instant && instant < sys_days(year(10000) / 1 / 1);
}

}  // namespace mtasts::detail
