// SPDX-License-Identifier: BSL-1.0
/// Promises of merging, for any lines of octets as reports (RFC 8460 4.4), whose lengths choose their origins:
///   1. merging is commutative, associative and idempotent; every report counts once in the totals of its origin, and
///      a lesser copy, also of a report in format 1, changes no figure;
///   2. a summary that was written is read as the same summary;
///   3. any octets as a summary's text are refused, or are exactly what would be written, now or in format 1;
///   4. a report that is not signed by its reporter never changes the sums of those that are;
///   5. the same report-id with another date-range is another report.
#include <string>

#include "custom_mutator.hpp"
#include "summaries.hpp"

namespace {

void keep_promises_of_summary(mtasts::summary const& all) {
    auto const restored = mtasts::read_summary(mtasts::write_summary(all));
    keep_promise(restored.usable() && restored.value == all, "what is written reads as the same summary");
    std::size_t reports = 0;
    for (auto const origin : mtasts::report_origins) reports += totals(all, origin).reports;
    keep_promise(reports == different_reports(all), "every report counts once");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy input(data, size);
    if (auto const restored = mtasts::read_summary(input.text); restored.usable())
        keep_promise(mtasts::detail::write_summary_as(input.text.substr(0, input.text.find('\n') + 1),
                                                      restored.value) == input.text,
                     "a summary's text is what would be written");
    auto const line = take_part(input.text, '\n'), other = take_part(input.text, '\n');
    keep_promises_of_identity(line, other);
    keep_promise_of_lesser_copy(line);
    auto const a = summary_of(line), b = summary_of(other), c = summary_of(input.text, true);
    auto const ab = merged(a, b), all = merged(ab, c);
    keep_promise(ab == merged(b, a) && merged(a, c) == merged(c, a), "merging is commutative");
    keep_promise(all == merged(a, merged(b, c)), "merging is associative");
    keep_promise(merged(all, all) == all && merged(all, b) == all, "merging what is there changes nothing");
    keep_promises_of_summary(all);
    return 0;
}
