// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 5.3: what the subject of a report's mail says.
#pragma once
#include <mtasts/requirements.hpp>

#include <string_view>

namespace mtasts {

/// RFC 8460 5.3: what the subject of a report's mail tells.
struct report_subject {
    std::string_view policy_domain;
    std::string_view submitter;
    /// Without the angle brackets.
    std::string_view report_id;

    friend constexpr bool operator==(report_subject const&, report_subject const&) = default;
};

}  // namespace mtasts
