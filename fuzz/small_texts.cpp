// SPDX-License-Identifier: BSL-1.0
/// Any octets as one of the smaller texts, chosen by the first octet, keep the promises of texts.hpp.
#include <string>

#include <mtasts/grammar/utf8.hpp>
#include <mtasts/lint/host.hpp>
#include <mtasts/parse/date_time.hpp>
#include <mtasts/parse/host.hpp>
#include <mtasts/parse/ip_address.hpp>
#include <mtasts/parse/report_filename.hpp>
#include <mtasts/parse/report_subject.hpp>
#include <mtasts/parse/tlsrpt_uri.hpp>
#include <mtasts/parse/utf8.hpp>
#include <mtasts/write/text.hpp>

#include "texts.hpp"

namespace {

constexpr auto check_mx_pattern = [](std::string_view text, mtasts::parse_options const& options) {
    auto result = mtasts::parse_mx_pattern(text, options);
    if (result.usable()) mtasts::lint_mx_pattern(text, result.value, result.findings);
    mtasts::sort_by_place(result.findings);
    return result;
};
constexpr auto write_text = [](std::string_view text) { return std::string(text); };
constexpr auto write_pattern = [](mtasts::mx_pattern pattern) { return std::string(pattern.text); };

void keep_promises(std::size_t choice, std::string_view text) {
    using namespace mtasts;
    auto const keep = [&](auto const& by, auto parse, auto write) {
        keep_promises_of_text(by, text, parse, parse, write);
    };
    switch (choice) {
        case 0: return keep(grammar::sts_policy_mx_value_alone, check_mx_pattern, write_pattern);
        case 1: return keep(grammar::Domain_alone, parse_domain, write_text);
        case 2: return keep(grammar::tlsrpt_uri_alone, parse_tlsrpt_uri, write_tlsrpt_uri);
        case 3: return keep(grammar::ip_address, parse_ip_address, write_ip_address);
        case 4: return keep(grammar::date_time, parse_date_time, write_date_time);
        case 5: return keep(grammar::filename, parse_report_filename, write_report_filename);
        case 6: return keep(grammar::tlsrpt_subject, parse_report_subject, write_report_subject);
        default: return keep(grammar::UTF8_octets, parse_utf8, write_text);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy input(data, size);
    auto const choice = take_choice(input.text, 8);
    keep_promises(choice, input.text);
    return 0;
}
