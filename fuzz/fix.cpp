/// Promises of the corrections, for any octets as policy, record or report; the first octet chooses:
///   1. the result is usable or the unchanged text; correcting again changes nothing;
///   2. in a usable text only blanks and line ends are changed, its value stays the same, and fewer findings are left;
///   3. a report is its sender's, and is left as it is.
#include <cctype>
#include <list>

#include <mtasts/check.hpp>
#include <mtasts/lint/fix.hpp>

#include "custom_mutator.hpp"
#include "promises.hpp"

namespace {

std::string visible_octets(std::string_view text) {
    return mtasts::without(text, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
}

template <class Parse, class Lint>
void keep_promises(std::string_view text, Parse parse, Lint lint) {
    // Every text is judged once, from a copy that its value looks into.
    std::list<std::pair<exact_copy, decltype(parse(text, {}))>> judged;
    auto const check = [&](std::string_view t) -> auto const& {
        for (auto const& known : judged)
            if (known.first.text == t) return known.second;
        auto& [copy, result] = judged.emplace_back(exact_copy(t), decltype(parse(t, {}))());
        lint(copy.text, result = parse(copy.text, {}));
        return std::as_const(result);
    };
    auto const findings_of = [&](std::string_view t) -> auto const& { return check(t).findings; };
    auto const fixed = mtasts::fixed_text(text, findings_of);
    if (fixed == text) return;
    auto const &before = check(text), &after = check(fixed);
    keep_promise(after.usable(), "what comes out is usable");
    keep_promise(mtasts::fixed_text(fixed, findings_of) == fixed, "a correction is stable");
    if (!before.usable()) return;
    keep_promise(visible_octets(fixed) == visible_octets(text), "a usable text keeps its octets");
    keep_promise(after.value == before.value, "a usable text keeps its value");
    keep_promise(after.findings.size() < before.findings.size(), "a usable text has fewer findings");
}

void keep_promises_of_report(std::string_view text) {
    auto const findings_of = [](std::string_view t) { return mtasts::check_tlsrpt_report(t).findings; };
    keep_promise(mtasts::fixed_text(text, findings_of) == text, "a report is left as it is");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy input(data, size);
    auto const choice = take_choice(input.text, 4);
    if (choice == 0) keep_promises(input.text, mtasts::parse_sts_policy, mtasts::lint_sts_policy);
    else if (choice == 1) keep_promises(input.text, mtasts::parse_sts_record, mtasts::lint_sts_record);
    else if (choice == 2) keep_promises(input.text, mtasts::parse_tlsrpt_record, mtasts::lint_tlsrpt_record);
    else keep_promises_of_report(input.text);
    return 0;
}
