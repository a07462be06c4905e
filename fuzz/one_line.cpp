// SPDX-License-Identifier: BSL-1.0
/// Promises of showing values and findings in one line, for any octets as a text of any kind, which the first octet chooses:
///   1. it is one line without invisible characters;
///   2. a finding is shown with its place and its slug, and the slug leads back to its meaning.
#include <mtasts/render/format.hpp>

#include "custom_mutator.hpp"
#include "documents.hpp"
#include "shown.hpp"

namespace {

template <class T>
void keep_promise_of_line(T const& shown) {
    auto const line = fmt::format("{}", shown);
    keep_promise(line == mtasts::one_line(shown), "formatting is showing in one line");
    keep_promise(line.find('\n') == line.npos, "it is one line");
    keep_promise_of_human(line);
}

template <class T>
void keep_promises(mtasts::checked<T> const& result) {
    keep_promise_of_line(result.value);
    for (auto const& said : result.findings) {
        keep_promise_of_line(said);
        keep_promise_of_line(said.where);
        auto const line = mtasts::one_line(mtasts::finding_in{said, result.text});
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
    auto const kind = static_cast<mtasts::document>(take_choice(input.text, mtasts::document_names.size()));
    with_checked(kind, input.text, [](auto const& result) { keep_promises(result); });
    return 0;
}
