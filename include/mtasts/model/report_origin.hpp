/// RFC 8460 3: how far it is known who sent a report.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mtasts {

/// Where a report comes from, as far as DKIM tells. `judge_report_mail` finds it out for one that arrived by mail.
enum class report_origin : std::uint8_t {
    /// Nobody asked, as with a bare file, or it could not be told, as with a key that could not be looked up.
    unknown,
    not_signed,
    /// Signed by a domain that cannot speak for the one of contact-info.
    signed_by_another,
    signed_by_reporter,
};

inline constexpr std::array<report_origin, 4> report_origins{report_origin::unknown, report_origin::not_signed,
                                                             report_origin::signed_by_another,
                                                             report_origin::signed_by_reporter};

/// The word for an origin, in summaries and in what programs write.
/// Example: `static_assert(mtasts::to_text(mtasts::report_origin::signed_by_reporter) == "signed");`
constexpr std::string_view to_text(report_origin origin) {
    constexpr std::array<std::string_view, report_origins.size()> texts{"unknown", "unsigned", "signed-by-another",
                                                                        "signed"};
    return texts[static_cast<std::size_t>(origin)];
}

}  // namespace mtasts
