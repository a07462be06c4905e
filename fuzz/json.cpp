// SPDX-License-Identifier: BSL-1.0
/// Promises about any octets as JSON (RFC 8259), by the reader of reports:
///   1. it accepts exactly what nlohmann/json accepts, apart from limits and what RFC 7493 adds;
///   2. the same holds if the octets are a member that RFC 8460 does not define, and if they are one that it does.
#include "promises.hpp"

#include "../tests/parse/json/json_verdicts.hpp"

namespace {

void keep_promise_of_verdicts(std::string const& text) {
    using json_verdicts::verdict;
    exact_copy const input(text);
    auto const ours = json_verdicts::of_report_reader(input.text), theirs = json_verdicts::of_nlohmann(input.text);
    keep_promise(ours == theirs || ours == verdict::beyond_limits || theirs == verdict::beyond_limits,
                 "JSON is what nlohmann/json takes for it");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy const input(data, size);
    std::string const text(input.text);
    keep_promise_of_verdicts(text);
    keep_promise_of_verdicts("{\"x\":[" + text + "]}");
    keep_promise_of_verdicts("{\"policies\":[{\"policy\":{" + text + "}}]}");
    keep_promise_of_verdicts("{\"policies\":[{\"summary\":{\"total-failure-session-count\":" + text + "}}]}");
    return 0;
}
