/// Promises about any octets as a report (RFC 8460 4.4):
///   1. every finding lies inside the text, and they stand in the order of their places;
///   2. the value takes no more than a hundred octets for each of the text's;
///   3. what is usable, written and read again, has the same value, and writing that changes nothing;
///   4. where the text is JSON without names that stand there twice, the pointer of every finding leads to something;
///   5. the renderings are text without control characters, and JSON.
#include "promises.hpp"

#include <mtasts/parse/json_pointer.hpp>
#include <nlohmann/json.hpp>

namespace {

std::size_t octets_of(mtasts::tlsrpt_report const& report) {
    auto octets = report.decoded.size() + report.policies.capacity() * sizeof(mtasts::tlsrpt_policy_result);
    for (auto const& [policy, summary, failures] : report.policies)
        octets += policy.strings.capacity() * sizeof(std::string_view) +
                  policy.mx_hosts.capacity() * sizeof(mtasts::mx_pattern) +
                  failures.capacity() * sizeof(mtasts::tlsrpt_failure);
    return octets;
}

void keep_promises_of_renderings(mtasts::judgement const& judged) {
    auto const shown = mtasts::render_human(judged);
    for (std::string_view rest = shown; !rest.empty();) {
        auto const [value, length] = mtasts::first_code_point(rest);
        keep_promise(length != 0 && (value == '\n' || !mtasts::is_hidden(value)), "no control characters are shown");
        rest.remove_prefix(length);
    }
    keep_promise(nlohmann::json::accept(mtasts::render_json({&judged, 1})), "the JSON rendering is JSON");
    keep_promise(nlohmann::json::accept(mtasts::render_sarif({&judged, 1})), "the SARIF rendering is JSON");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy const input(data, size);
    auto const result = mtasts::check_tlsrpt_report(input.text);
    for (std::size_t least = 0; auto const& said : result.findings) {
        keep_promise(said.where.end() <= size, "findings lie inside the text");
        keep_promise(std::exchange(least, said.where.offset) <= said.where.offset, "findings stand in order");
    }
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
    keep_promises_of_renderings({"report.json", "tlsrpt-report", input.text, result.usable(), "", &result.findings});
    return 0;
}
