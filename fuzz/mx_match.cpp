// SPDX-License-Identifier: BSL-1.0
/// Promises of mx matching (RFC 8461 4.1), for any pattern and host, the two lines of the input:
///   1. the result is that of comparing label by label, where "*" stands for exactly one;
///   2. neither the case of letters nor one final dot of the host matters.
#include <string>

#include <mtasts/decide/mx_match.hpp>

#include "labels.hpp"

namespace {

std::string in_the_other_case(std::string_view text) {
    std::string other(text);
    for (char& c : other) c = mtasts::text::is_alpha(c) ? static_cast<char>(c ^ 0x20) : c;
    return other;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy input(data, size);
    auto const pattern = take_part(input.text, '\n'), host = input.text;
    bool const covered = mtasts::mx_matches({pattern}, host);
    keep_promise(covered == covers_label_by_label(pattern, host), "a pattern covers what it covers label by label");
    keep_promise(mtasts::mx_matches({in_the_other_case(pattern)}, host) == covered, "case does not matter");
    keep_promise(mtasts::mx_matches({pattern}, in_the_other_case(host)) == covered, "case does not matter");
    if (!host.ends_with('.') && !host.empty())
        keep_promise(mtasts::mx_matches({pattern}, std::string(host) + '.') == covered, "a final dot does not matter");
    return 0;
}
