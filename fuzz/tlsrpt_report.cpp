// SPDX-License-Identifier: BSL-1.0
/// Promises about any octets as a report (RFC 8460 4.4):
///   1. every finding lies inside the text, and findings are in the order of their offsets;
///   2. the value takes at most a hundred octets for each octet of the text;
///   3. what is usable, written and read again, has the same value, and writing that changes nothing;
///   4. if the text is JSON without duplicate names, the pointer of every finding leads to a value.
#include <mtasts/parse/json/pointer.hpp>
#include <mtasts/parse/tlsrpt_report.hpp>
#include <mtasts/write/tlsrpt_report.hpp>
#include <nlohmann/json.hpp>

#include "custom_mutator.hpp"
#include "promises.hpp"

namespace {

std::size_t octets_of(mtasts::tlsrpt_report const& report) {
    auto octets = report.decoded.size() + report.policies.capacity() * sizeof(mtasts::tlsrpt_policy_result);
    for (auto const& [policy, summary, failures] : report.policies)
        octets += policy.strings.capacity() * sizeof(std::string_view) +
                  policy.mx_hosts.capacity() * sizeof(mtasts::mx_pattern) +
                  failures.capacity() * sizeof(mtasts::tlsrpt_failure);
    return octets;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy const input(data, size);
    auto const result = mtasts::parse_tlsrpt_report(input.text);
    keep_promises_of_places(result.findings, size);
    keep_promise(octets_of(result.value) <= 100 * size, "the value is bounded by the text");
    if (result.usable()) {
        auto const written = mtasts::write_tlsrpt_report(result.value);
        auto const again = mtasts::parse_tlsrpt_report(written);
        keep_promise(again.value == result.value, "what is written reads as the same value");
        keep_promise(mtasts::write_tlsrpt_report(again.value) == written, "writing again changes nothing");
    }
    bool const judged_by_tree = !result.has(mtasts::code::json_duplicate);
    auto const tree = judged_by_tree ? nlohmann::json::parse(input.text, nullptr, false) : nlohmann::json();
    for (auto const& pointer : mtasts::json_pointers(input.text, result.findings))
        keep_promise(!judged_by_tree || tree.is_discarded() || tree.contains(nlohmann::json::json_pointer(pointer)),
                     "pointers lead to something");
    return 0;
}
