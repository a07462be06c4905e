// SPDX-License-Identifier: BSL-1.0
/// Whether octets are JSON, by the reader of reports and by nlohmann/json.
#pragma once
#include <mtasts.hpp>
#include <mtasts/parse/tlsrpt_report.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>

namespace json_verdicts {

enum class verdict { taken, refused, beyond_limits };

/// Ignores the events of nlohmann/json: only the final result counts.
struct listener : nlohmann::json_sax<nlohmann::json> {
    bool beyond_limits = false;

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, string_t const&) override { return true; }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }
    bool start_object(std::size_t) override { return true; }
    bool key(string_t&) override { return true; }
    bool end_object() override { return true; }
    bool start_array(std::size_t) override { return true; }
    bool end_array() override { return true; }
    bool parse_error(std::size_t, std::string const&, nlohmann::json::exception const& error) override {
        // Its numbers are doubles; those of RFC 8259 have no bounds.
        constexpr int out_of_range = 406;
        beyond_limits = error.id == out_of_range;
        return false;
    }
};

inline verdict of_nlohmann(std::string_view text) {
    // It takes NUL for the end of the text; another control character is as invalid at any place.
    std::string octets(text);
    std::replace(octets.begin(), octets.end(), '\0', '\x01');
    listener heard;
    if (nlohmann::json::sax_parse(octets, &heard)) return verdict::taken;
    return heard.beyond_limits ? verdict::beyond_limits : verdict::refused;
}

/// What RFC 7493 and reports require beyond RFC 8259 does not count, except that nlohmann/json refuses lone surrogates,
/// too.
inline verdict of_report_reader(std::string_view text) {
    using mtasts::code;
    constexpr auto boundless = std::numeric_limits<std::size_t>::max();
    mtasts::report_options options{.max_depth = 1024, .max_string = boundless, .max_findings = boundless};
    auto const result = mtasts::parse_tlsrpt_report(text, options);
    auto judged = verdict::taken;
    for (auto const& said : result.findings) {
        switch (said.code) {
            case code::json_duplicate:
            case code::json_noncharacter:
            case code::json_byte_order_mark: break;
            case code::json_nul:
                // Escaped, it is JSON.
                if (said.where.length == 1) judged = verdict::refused;
                break;
            case code::json_deep: return verdict::beyond_limits;
            case code::text_not_utf8: judged = verdict::refused; break;
            default:
                if (code::json_empty <= said.code && said.code <= code::json_not_utf8_encoding)
                    judged = verdict::refused;
        }
    }
    return judged;
}

}  // namespace json_verdicts
