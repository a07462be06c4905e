// SPDX-License-Identifier: BSL-1.0
/// Promises of showing values and findings in one line, for any octets as a text of any kind, which the first octet chooses:
///   1. it is one line without invisible characters;
///   2. a finding is shown with its place and its slug, and the slug leads back to its meaning.
#include <mtasts/check.hpp>
#include <mtasts/render/format.hpp>

#include "custom_mutator.hpp"
#include "shown.hpp"

namespace {

template <class T>
void keep_promise_of_line(T const& shown) {
    auto const line = fmt::format("{}", shown);
    keep_promise(line == mtasts::one_line(shown), "formatting is showing in one line");
    keep_promise(line.find('\n') == line.npos, "it is one line");
    keep_promise_of_human(line);
}

template <class Result>
void keep_promises(std::string_view text, Result const& result) {
    keep_promise_of_line(result.value);
    for (auto const& said : result.findings) {
        keep_promise_of_line(said);
        keep_promise_of_line(said.where);
        auto const line = mtasts::one_line(mtasts::finding_in{said, text});
        keep_promise(line.find('\n') == line.npos && line.ends_with("]"), "it is one line");
        keep_promise_of_human(line);
        auto const slug = std::string_view(line).substr(line.rfind('[') + 1);
        auto const* const found = mtasts::find_meaning(slug.substr(0, slug.size() - 1));
        keep_promise(found == &said.means(), "a meaning is found by the slug of a finding");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy input(data, size);
    auto const choice = take_choice(input.text, 8);
    auto const text = input.text;
    switch (choice) {
        case 0: keep_promises(text, mtasts::check_sts_policy(text)); break;
        case 1: keep_promises(text, mtasts::check_sts_record(text)); break;
        case 2: keep_promises(text, mtasts::check_tlsrpt_record(text)); break;
        case 3: keep_promises(text, mtasts::check_mx_pattern(text)); break;
        case 4: keep_promises(text, mtasts::check_tlsrpt_uri(text)); break;
        case 5: keep_promises(text, mtasts::check_report_filename(text)); break;
        case 6: keep_promises(text, mtasts::check_report_subject(text)); break;
        default: keep_promises(text, mtasts::check_tlsrpt_report(text));
    }
    return 0;
}
