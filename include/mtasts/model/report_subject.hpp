// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 5.3: the contents of the subject of a report's mail.
#pragma once
#include <mtasts/requirements.hpp>

#include <string_view>

namespace mtasts {

/// RFC 8460 5.3: the parts of the subject of a report's mail.
struct report_subject {
    std::string_view policy_domain;
    std::string_view submitter;
    /// Without the angle brackets.
    std::string_view report_id;

    friend constexpr bool operator==(report_subject const&, report_subject const&) = default;
};

}  // namespace mtasts
