// SPDX-License-Identifier: BSL-1.0
/// Promises of counting sessions (RFC 8460 4), for any of them, one a line; its first octets choose the outcome of the
/// session and how many hours pass, and its texts are separated by unit separators (%x1F):
///   1. every session counts once under its domain, with its result, or as uncounted;
///   2. the limits of octets, policies and details hold, and reports taken out leave nothing behind;
///   3. the report of a day, written and read again, is of that day and has the same counts.
#include <map>
#include <string>

#include "custom_mutator.hpp"
#include "sessions.hpp"

namespace {

class account {
  public:
    void receive(mtasts::session_tally::session const& entry, mtasts::session_tally::room place) {
        if (place == mtasts::session_tally::room::nowhere) ++uncounted_;
        else told_[mtasts::folded_name(entry.domain)].count(entry);
    }
    void keep_promises(std::vector<mtasts::session_tally::domain_day> const& days,
                       mtasts::session_tally::bounds const& limits) {
        for (auto const& day : days) {
            auto const sums = sums_of(day);
            keep_promise(day.policies.size() <= limits.policies + policy_types, "policies are limited");
            keep_promise(sums.details <= limits.details + day.policies.size() * result_types, "details are limited");
            keep_promise_of_report(day, sums);
            taken_[day.domain].add(sums);
        }
    }
    void keep_promise_of_counts(std::uint64_t uncounted) {
        for (auto const& [domain, sums] : told_) keep_promise(taken_[domain].same(sums), "every session counts once");
        keep_promise(uncounted == uncounted_, "what is not counted is reported");
    }

  private:
    std::map<std::string, session_sums> told_, taken_;
    std::uint64_t uncounted_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy input(data, size);
    mtasts::session_tally::bounds const limits{1000 + 100 * take_choice(input.text, 256), take_choice(input.text, 8),
                                               take_choice(input.text, 8), 8};
    mtasts::session_tally tally(limits);
    account sums;
    std::chrono::sys_seconds now{};
    for (auto line : parts_of(input.text, '\n')) {
        auto const passes = std::chrono::hours(take_choice(line, 32));
        sums.keep_promises(tally.take_finished(now += passes), limits);
        auto const entry = session_of(line);
        sums.receive(entry, tally.add(entry, now));
        keep_promise(tally.octets() <= limits.octets, "no more octets are in use than may be");
    }
    sums.keep_promises(tally.take_finished(now + std::chrono::days(1)), limits);
    keep_promise(tally.octets() == 0, "nothing is left in use");
    sums.keep_promise_of_counts(tally.uncounted());
    return 0;
}
