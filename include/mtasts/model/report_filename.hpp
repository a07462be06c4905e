// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 5.1: the contents of a report's file name.
#pragma once
#include <mtasts/requirements.hpp>

#include <cstdint>
#include <string_view>

namespace mtasts {

/// RFC 8460 5.1: the parts of a report's file name.
struct report_filename {
    std::string_view sender;
    std::string_view policy_domain;
    /// Unix seconds; 2^64-1 for anything greater.
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    /// Empty if there is none.
    std::string_view unique_id;
    bool gzip = false;

    friend constexpr bool operator==(report_filename const&, report_filename const&) = default;
};

}  // namespace mtasts
