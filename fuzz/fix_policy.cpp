// SPDX-License-Identifier: BSL-1.0
/// Promises of the corrections of a policy, each alone and all together, for any octets after one that chooses options,
/// by a parser that is independent of the library:
///   1. every well-formed mx line is kept as it was;
///   2. every host is the text of an mx line, apart from blanks, quotation marks, a ";", a final dot, and letter case;
///   3. mode, max_age and version are what every line that states one says.
#include <algorithm>

#include <mtasts/check.hpp>

#include "corrected.hpp"
#include "custom_mutator.hpp"
#include "stated.hpp"

namespace {

void keep_promises(std::string_view text, mtasts::sts_policy const& after) {
    std::vector<std::string> wellformed, said;
    // A bare CR ends a line only where nothing else does.
    for (auto const& one : all_stated(text, text.find('\n') == text.npos ? "\r" : "\n")) {
        auto const value = lower_case(one.value);
        auto const host = one.line.starts_with("mx:") ? bare(one.line.substr(3), " \t") : std::string();
        if (is_host(host)) wellformed.push_back(host);
        if (one.name == "mx") said.push_back(value.ends_with('.') ? value.substr(0, value.size() - 1) : value);
        if (value.empty()) continue;
        if (one.means("mode"))
            keep_promise(to_text(after.mode) == (value == "report" ? "testing" : value), "mode is kept");
        if (one.means("version")) keep_promise(value == "stsv1", "the version is kept");
        if (one.means("maxage")) {
            auto const seconds = seconds_of(one.value);
            keep_promise(seconds && after.max_age.count() == std::min(*seconds, 31557600LL), "max_age is kept");
        }
    }
    for (auto const pattern : after.mx) {
        auto const here = std::find(wellformed.begin(), wellformed.end(), pattern.text);
        if (here != wellformed.end()) wellformed.erase(here);
        auto const from = std::find(said.begin(), said.end(), lower_case(std::string(pattern.text)));
        keep_promise(from != said.end(), "every host is in the text");
        said.erase(from);
    }
    keep_promise(wellformed.empty(), "well-formed mx lines are kept");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy input(data, size);
    auto const options = options_of(take_choice(input.text, 4));
    auto const check = [&](std::string_view t) { return mtasts::check_sts_policy(t, options); };
    if (check(input.text).usable()) return 0;
    for (auto const& text : corrected_texts(input.text, [&](std::string_view t) { return check(t).findings; }))
        if (auto const after = check(text); after.usable()) keep_promises(input.text, after.value);
    return 0;
}
