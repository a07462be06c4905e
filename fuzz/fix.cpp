/// Promises of the corrections, for any policy or record:
///   1. a correction never makes findings worse, and correcting again changes nothing;
///   2. a usable text stays usable, and a usable policy keeps its mode, its max_age and its patterns.
#include "promises.hpp"

namespace {

template <class Check>
void keep_promises_of_fix(std::string_view text, Check check) {
    auto const findings_of = [&](std::string_view t) { return check(t, mtasts::parse_options{}).findings; };
    auto const fixed = mtasts::fixed_text(text, findings_of);
    auto const before = check(text, mtasts::parse_options{}), after = check(fixed, mtasts::parse_options{});
    keep_promise(mtasts::badness(after.findings) <= mtasts::badness(before.findings),
                 "a correction makes nothing worse");
    keep_promise(mtasts::fixed_text(fixed, findings_of) == fixed, "a correction is stable");
    keep_promise(!before.usable() || after.usable(), "a usable text stays usable");
    if constexpr (requires { after.value.mode; })
        if (before.usable())
            keep_promise(after.value.mode == before.value.mode && after.value.max_age == before.value.max_age &&
                             after.value.mx.size() + before.findings.size() >= before.value.mx.size(),
                         "a usable policy keeps its protection");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy const input(data, size);
    keep_promises_of_fix(input.text, mtasts::check_sts_policy);
    keep_promises_of_fix(input.text, mtasts::check_sts_record);
    keep_promises_of_fix(input.text, mtasts::check_tlsrpt_record);
    return 0;
}
