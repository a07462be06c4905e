// SPDX-License-Identifier: BSL-1.0
/// Promises of the renderings, for any octets as a text of any kind; the first octet chooses the kind, and the text is
/// its own name:
///   1. the human rendering has no control characters except line feeds, and with colour only the escapes for it;
///   2. JSON, SARIF and the JSON Schema of reports are valid JSON;
///   3. annotations are one line for each finding, in which "%" begins an escape and the name has no ":" and no ",".
#include <mtasts/parse/date_time.hpp>
#include <mtasts/parse/utf8.hpp>
#include <mtasts/render/github.hpp>
#include <mtasts/render/human.hpp>
#include <mtasts/render/sarif.hpp>
#include <mtasts/write/json_schema.hpp>
#include <nlohmann/json.hpp>

#include "custom_mutator.hpp"
#include "documents.hpp"
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

template <class T>
void keep_promises(mtasts::checked<T> const& result) {
    auto const pointers = result.pointers;
    keep_promises(result.text, result,
                  pointers == nullptr ? std::vector<std::string>{} : pointers(result.text, result.findings));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy input(data, size);
    constexpr auto kinds = mtasts::document_names.size();
    auto const choice = take_choice(input.text, kinds + 2);
    if (choice < kinds)
        with_checked(static_cast<mtasts::document>(choice), input.text,
                     [](auto const& result) { keep_promises(result); });
    else if (choice == kinds) keep_promises(input.text, mtasts::parse_date_time(input.text));
    else keep_promises(input.text, mtasts::parse_utf8(input.text));
    if (size == 0) keep_promise(nlohmann::json::accept(mtasts::tlsrpt_json_schema()), "the JSON schema is JSON");
    return 0;
}
