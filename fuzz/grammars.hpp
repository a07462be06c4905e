// SPDX-License-Identifier: BSL-1.0
/// Every grammar of include/mtasts/grammar, to be chosen by number.
#pragma once
#include <cstddef>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <mtasts/grammar/addr_spec.hpp>
#include <mtasts/grammar/date_time.hpp>
#include <mtasts/grammar/json.hpp>
#include <mtasts/grammar/mailto.hpp>
#include <mtasts/grammar/reading/match.hpp>
#include <mtasts/grammar/reading/walk.hpp>
#include <mtasts/grammar/report_filename.hpp>
#include <mtasts/grammar/report_subject.hpp>
#include <mtasts/grammar/sts_policy.hpp>
#include <mtasts/grammar/sts_record.hpp>
#include <mtasts/grammar/tlsa_record.hpp>
#include <mtasts/grammar/tlsrpt_record.hpp>

#include "promises.hpp"

namespace grammars {

using namespace mtasts::grammar;

inline constexpr auto json_scalar = ws >> (json_false | json_null | json_true | json_number);

inline constexpr auto all = std::tie(
    sts_text_record, sts_policy_record, tlsrpt_record, tlsrpt_uri_alone, URI_alone, mailtoURI, addr_spec, ip_address,
    date_time, filename, tlsrpt_subject, UTF8_octets, Domain_alone, sts_policy_mx_value_alone, sts_policy_line,
    sts_field_alone, tlsrpt_field_alone, json_string, json_scalar, tlsa_record, plain_tlsa_record, plain_uri);
inline constexpr auto count = std::tuple_size_v<decltype(all)>;

/// Calls a function with the grammar of this number.
template <class Function>
void with(std::size_t number, Function function) {
    [&]<std::size_t... Index>(std::index_sequence<Index...>) {
        (void)((number == Index && (function(std::get<Index>(all)), true)) || ...);
    }
    (std::make_index_sequence<count>());
}

/// What a reading announced, in order.
using announcements = std::vector<std::pair<std::string_view, std::string_view>>;

/// Whether match and walk take a text; both must announce the same parts.
template <class Grammar>
bool same_readings(Grammar const& by, std::string_view text) {
    static announcements by_match, by_walk;
    auto const into = [](announcements& list) {
        list.clear();
        return [&](auto event, std::string_view part) { list.emplace_back(event.production, part); };
    };
    bool const matched = match(by, text, into(by_match)), walked = walk(by, text, into(by_walk));
    keep_promise(matched == walked, "match and walk agree");
    keep_promise(by_match == by_walk, "match and walk announce the same parts");
    return walked;
}

}  // namespace grammars
