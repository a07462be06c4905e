// SPDX-License-Identifier: BSL-1.0
/// Conversion of strings, the same for all JSON libraries of the comparison, so that only their handling of JSON is
/// compared.
#pragma once
#include <chrono>
#include <optional>
#include <string_view>

#include <mtasts/model/tlsrpt_report.hpp>
#include <mtasts/name/ip_text.hpp>
#include <mtasts/parse/date_time.hpp>
#include <mtasts/text/name_table.hpp>

namespace bench {

inline void convert(std::string_view text, std::string_view& out) { out = text; }

inline void convert(std::string_view text, std::optional<std::chrono::sys_seconds>& out) {
    out = mtasts::parse_date_time(text).value;
}

inline void convert(std::string_view text, std::optional<mtasts::ip_address>& out) {
    // Octet by octet first: these libraries guarantee no readable octets after a string, and a copy of it costs more.
    if (mtasts::ip_address address;
        mtasts::detail::take_ipv4(text, address) || mtasts::detail::take_plain_address(text, address))
        out = address;
}

template <class Kind>
void convert(std::string_view text, mtasts::coded<Kind>& out) {
    static constexpr auto const& names = mtasts::detail::names_of(Kind{});
    static constexpr mtasts::text::name_table<names.size()> table(names);
    if (auto const index = table.find(text); index != table.none) out = static_cast<Kind>(index + 1);
    else out = {Kind::other, text};
}

}  // namespace bench
