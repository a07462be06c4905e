/// Promises of the corrections, for any octets as policy, _mta-sts or _smtp._tls record; the first octet chooses:
///   1. a correction leaves less grave findings than before, or the text as it is; correcting again changes nothing;
///   2. a usable text stays usable, with fewer findings;
///   3. a usable policy keeps its mode, its max_age and its patterns; another pattern is one whose name was misspelt.
#include <list>

#include <mtasts/check.hpp>
#include <mtasts/lint/fix.hpp>

#include "custom_mutator.hpp"
#include "promises.hpp"

namespace {

bool holds(std::vector<mtasts::mx_pattern> const& patterns, std::string_view pattern) {
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](mtasts::mx_pattern one) { return mtasts::equal_ignoring_case(one.text, pattern); });
}

void keep_promise_of_protection(mtasts::parsed<mtasts::sts_policy> const& before, mtasts::sts_policy const& after) {
    keep_promise(after.mode == before.value.mode && after.max_age == before.value.max_age, "mode and max_age are kept");
    for (auto const pattern : before.value.mx) keep_promise(holds(after.mx, pattern.text), "patterns are kept");
    for (auto const pattern : after.mx)
        keep_promise(holds(before.value.mx, pattern.text) || before.has(mtasts::code::policy_name_typo),
                     "no pattern comes from nowhere");
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
    keep_promise(mtasts::badness(after.findings) < mtasts::badness(before.findings), "a correction makes it better");
    keep_promise(mtasts::fixed_text(fixed, findings_of) == fixed, "a correction is stable");
    if (!before.usable()) return;
    keep_promise(after.usable(), "a usable text stays usable");
    keep_promise(after.findings.size() < before.findings.size(), "a usable text has fewer findings");
    if constexpr (requires { after.value.mode; }) keep_promise_of_protection(before, after.value);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy input(data, size);
    auto const choice = take_choice(input.text, 3);
    if (choice == 0) keep_promises(input.text, mtasts::parse_sts_policy, mtasts::lint_sts_policy);
    else if (choice == 1) keep_promises(input.text, mtasts::parse_sts_record, mtasts::lint_sts_record);
    else keep_promises(input.text, mtasts::parse_tlsrpt_record, mtasts::lint_tlsrpt_record);
    return 0;
}
