// SPDX-License-Identifier: BSL-1.0
/// Promises of finding a policy (RFC 8461 3), for any octets from DNS and HTTPS; events are separated by unit separators
/// (%x1F), and the first octets of each choose its kind:
///   1. the finder asks for the domain's record and policy, as discovery does when it gets the parsed answers;
///   2. what applies is the text that was fetched last, from a response of status 200, text/plain, within the limit;
///   3. a kept policy applies in a finder that is made of it.
#include "custom_mutator.hpp"
#include "finding.hpp"

namespace {

void keep_promises(finding const& all) {
    keep_promise(all.finder.pending() == all.plain.pending() && all.finder.verdict() == all.plain.verdict(),
                 "the finder does as discovery does");
    keep_promise(all.finder.record_name() == "_mta-sts.example.com" &&
                     all.finder.fetch().url() == "https://mta-sts.example.com/.well-known/mta-sts.txt",
                 "the domain's record and policy are asked for");
    auto const* const applies = all.finder.in_force(all.now);
    keep_promise((applies != nullptr) == all.plain.in_force(all.now).has_value(),
                 "what discovery has in force applies");
    keep_promise(applies == nullptr || applies->text() == all.text, "what applies was fetched last");
    mtasts::policy_finder const again("example.com", all.finder.kept());
    auto const* const kept = again.in_force(all.now);
    keep_promise(applies == nullptr ? kept == nullptr : kept != nullptr && kept->text() == all.text,
                 "what was kept applies");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy const input(data, size);
    finding all;
    for (auto const happens : parts_of(input.text, '\x1F')) {
        all.play(happens);
        keep_promises(all);
    }
    return 0;
}
