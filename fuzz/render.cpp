// SPDX-License-Identifier: BSL-1.0
/// Promises of the renderings, for any octets as a text of any kind; the first octet chooses the kind, and the text is
/// its own name:
///   1. the human rendering has no control characters except line feeds, and with colour only the escapes for it;
///   2. JSON, SARIF and the JSON Schema of reports are valid JSON;
///   3. annotations are one line for each finding, in which "%" begins an escape and the name has no ":" and no ",".
#include <mtasts/check.hpp>
#include <mtasts/parse/date_time.hpp>
#include <mtasts/parse/json/pointer.hpp>
#include <mtasts/parse/utf8.hpp>
#include <mtasts/render/github.hpp>
#include <mtasts/render/human.hpp>
#include <mtasts/render/sarif.hpp>
#include <mtasts/write/json_schema.hpp>
#include <nlohmann/json.hpp>

#include "custom_mutator.hpp"
#include "shown.hpp"

namespace {

template <class Result>
void keep_promises(std::string_view text, Result const& result, std::vector<std::string> pointers = {}) {
    auto const name = std::string(text.substr(0, 40)), value = value_of(result);
    mtasts::judgement const judged{name, "kind", text, result.usable(), value, &result.findings, std::move(pointers)};
    auto const shown = mtasts::render_human(judged);
    keep_promise_of_human(shown);
    keep_promise(without_colour(mtasts::render_human(judged, {true})) == shown, "colour is only added");
    keep_promise(nlohmann::json::accept(mtasts::render_json({&judged, 1})), "the JSON rendering is JSON");
    keep_promise(nlohmann::json::accept(mtasts::render_sarif({&judged, 1})), "the SARIF rendering is JSON");
    keep_promise_of_annotations(mtasts::render_github(judged), result.findings.size());
}

void keep_promises(std::size_t choice, std::string_view text) {
    using namespace mtasts;
    switch (choice) {
        case 0: return keep_promises(text, check_sts_policy(text));
        case 1: return keep_promises(text, check_sts_record(text));
        case 2: return keep_promises(text, check_tlsrpt_record(text));
        case 3: return keep_promises(text, check_mx_pattern(text));
        case 4: return keep_promises(text, check_tlsrpt_uri(text));
        case 5: return keep_promises(text, check_ip_address(text));
        case 6: return keep_promises(text, check_report_filename(text));
        case 7: return keep_promises(text, check_report_subject(text));
        case 8: return keep_promises(text, parse_date_time(text));
        case 9: return keep_promises(text, parse_utf8(text));
        default:
            auto const report = check_tlsrpt_report(text);
            return keep_promises(text, report, json_pointers(text, report.findings));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy input(data, size);
    auto const choice = take_choice(input.text, 11);
    keep_promises(choice, input.text);
    if (size == 0) keep_promise(nlohmann::json::accept(mtasts::tlsrpt_json_schema()), "the JSON schema is JSON");
    return 0;
}
