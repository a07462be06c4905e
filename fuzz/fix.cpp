// SPDX-License-Identifier: BSL-1.0
/// Promises of the corrections, for any octets as policy, record or report; the first octet chooses, options as well:
///   1. the result is usable or the unchanged text; correcting again changes nothing;
///   2. in a usable text all corrections, and each alone, change only blanks, line ends and a byte order mark; its value
///      stays the same, and fewer findings are left after all of them;
///   3. a report is left as it is.
#include <list>

#include <mtasts/check.hpp>

#include "corrected.hpp"
#include "custom_mutator.hpp"

namespace {

std::string visible_octets(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    return mtasts::detail::without(text, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
}

void keep_promises(std::string_view text, mtasts::parse_options const& options, auto parse, auto lint) {
    // Every text is checked once, from a copy that its value refers to.
    std::list<std::pair<exact_copy, decltype(parse(text, {}))>> judged;
    auto const check = [&](std::string_view t) -> auto const& {
        for (auto const& known : judged)
            if (known.first.text == t) return known.second;
        auto& [copy, result] = judged.emplace_back(exact_copy(t), decltype(parse(t, {}))());
        lint(copy.text, result = parse(copy.text, options));
        return std::as_const(result);
    };
    auto const findings_of = [&](std::string_view t) -> auto const& { return check(t).findings; };
    auto const& before = check(text);
    if (before.usable())
        for (auto const& corrected : corrected_texts(text, findings_of)) {
            keep_promise(visible_octets(corrected) == visible_octets(text), "a usable text keeps its octets");
            keep_promise(check(corrected).value == before.value, "a usable text keeps its value");
        }
    auto const fixed = mtasts::fixed_text(text, findings_of);
    if (fixed == text) return;
    auto const& after = check(fixed);
    keep_promise(after.usable(), "what comes out is usable");
    keep_promise(mtasts::fixed_text(fixed, findings_of) == fixed, "a correction is stable");
    if (before.usable())
        keep_promise(after.findings.size() < before.findings.size(), "a usable text has fewer findings");
}

constexpr auto findings_of_report = [](std::string_view text) { return mtasts::check_tlsrpt_report(text).findings; };

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy input(data, size);
    auto const choice = take_choice(input.text, 16);
    auto const options = options_of(choice / 4);
    if (choice % 4 == 0) keep_promises(input.text, options, mtasts::parse_sts_policy, mtasts::lint_sts_policy);
    else if (choice % 4 == 1) keep_promises(input.text, options, mtasts::parse_sts_record, mtasts::lint_sts_record);
    else if (choice % 4 == 2)
        keep_promises(input.text, options, mtasts::parse_tlsrpt_record, mtasts::lint_tlsrpt_record);
    else keep_promise(corrected_texts(input.text, findings_of_report).empty(), "a report is left as it is");
    return 0;
}
