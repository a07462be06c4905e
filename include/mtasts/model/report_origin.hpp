// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 3: whether a report is known to come from its reporter.
#pragma once
#include <mtasts/requirements.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mtasts {

/// Where a report comes from, according to DKIM. `judge_report_mail` finds it for a report that arrived by mail.
enum class report_origin : std::uint8_t {
    /// Not checked, as for a bare file, or undecided, as when a key could not be looked up.
    unknown,
    not_signed,
    /// Signed by a domain that cannot speak for that of contact-info.
    signed_by_another,
    signed_by_reporter,
};

/// All of them, in the order of trust.
inline constexpr std::array<report_origin, 4> report_origins{report_origin::unknown, report_origin::not_signed,
                                                             report_origin::signed_by_another,
                                                             report_origin::signed_by_reporter};

/// The word for an origin, as used in summaries and program output.
/// Example: `static_assert(mtasts::to_text(mtasts::report_origin::signed_by_reporter) == "signed");`
constexpr std::string_view to_text(report_origin origin) {
    constexpr std::array<std::string_view, report_origins.size()> texts{"unknown", "unsigned", "signed-by-another",
                                                                        "signed"};
    return texts[static_cast<std::size_t>(origin)];
}

}  // namespace mtasts
