/// Promises of merging, for any lines of octets as reports (RFC 8460 4.4):
///   1. merging is commutative, associative and idempotent, and every report counts once in the totals;
///   2. a summary that was written is read as the same summary;
///   3. any octets as a summary's text are refused, or are what would be written.
#include <string>

#include <mtasts/merge/state.hpp>
#include <mtasts/merge/totals.hpp>
#include <mtasts/parse/tlsrpt_report.hpp>

#include "custom_mutator.hpp"
#include "promises.hpp"

namespace {

mtasts::summary summary_of(std::string_view line) {
    mtasts::summary one;
    one.add(mtasts::parse_tlsrpt_report(exact_copy(line).text).value);
    return one;
}

mtasts::summary merged(mtasts::summary one, mtasts::summary const& other) {
    one.merge(other);
    return one;
}

void keep_promises_of_summary(mtasts::summary const& all) {
    auto const restored = mtasts::read_summary(mtasts::write_summary(all));
    keep_promise(restored.usable() && restored.value == all, "what is written reads as the same summary");
    keep_promise(mtasts::totals(all).reports == all.reports.size(), "every report counts once");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy input(data, size);
    if (auto const restored = mtasts::read_summary(input.text); restored.usable())
        keep_promise(mtasts::write_summary(restored.value) == input.text, "a summary's text is what would be written");
    auto const a = summary_of(take_part(input.text, '\n')), b = summary_of(take_part(input.text, '\n')),
               c = summary_of(input.text);
    auto const ab = merged(a, b), all = merged(ab, c);
    keep_promise(ab == merged(b, a), "merging is commutative");
    keep_promise(all == merged(a, merged(b, c)), "merging is associative");
    keep_promise(merged(all, all) == all && merged(all, b) == all, "merging what is there changes nothing");
    keep_promises_of_summary(all);
    return 0;
}
