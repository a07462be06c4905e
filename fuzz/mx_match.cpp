/// Promises of mx matching (RFC 8461 4.1), for any pattern and host, the two lines of the input:
///   1. the verdict is that of comparing label by label, where "*" stands for exactly one;
///   2. neither the case of letters nor one final dot of the host matters.
#include <string>
#include <vector>

#include <mtasts/decide/mx_match.hpp>

#include "promises.hpp"

namespace {

std::vector<std::string> labels_of(std::string_view name) {
    std::vector<std::string> labels(1);
    for (char const c : name) {
        if (c == '.') labels.emplace_back();
        else labels.back() += static_cast<char>('A' <= c && c <= 'Z' ? c + 32 : c);
    }
    return labels;
}

bool is_name(std::vector<std::string> const& labels) {
    std::size_t octets = labels.size() - 1;
    for (auto const& label : labels) {
        octets += label.size();
        if (label.empty() || label.size() > 63) return false;
        if (label.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") != label.npos) return false;
    }
    return octets <= 253;
}

bool covers_label_by_label(std::string_view pattern, std::string_view host) {
    if (host.ends_with('.')) host.remove_suffix(1);
    auto wanted = labels_of(pattern), given = labels_of(host);
    if (!is_name(given) || wanted.size() != given.size()) return false;
    bool const any_first = wanted.size() > 1 && wanted.front() == "*";
    return std::equal(wanted.begin() + any_first, wanted.end(), given.begin() + any_first);
}

std::string in_the_other_case(std::string_view text) {
    std::string other(text);
    for (char& c : other) c = mtasts::is_alpha(c) ? static_cast<char>(c ^ 0x20) : c;
    return other;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy input(data, size);
    auto const pattern = take_part(input.text, '\n'), host = input.text;
    bool const ascii = mtasts::all_octets(host, mtasts::is_ascii), covered = mtasts::mx_matches({pattern}, host);
    auto const name = ascii ? std::nullopt : mtasts::to_a_labels(host);
    keep_promise(covered == ((ascii || name) && covers_label_by_label(pattern, name ? name->view() : host)),
                 "a pattern covers what it covers label by label");
    keep_promise(mtasts::mx_matches({in_the_other_case(pattern)}, host) == covered, "case does not matter");
    keep_promise(mtasts::mx_matches({pattern}, in_the_other_case(host)) == covered, "case does not matter");
    if (!host.ends_with('.') && !host.empty())
        keep_promise(mtasts::mx_matches({pattern}, std::string(host) + '.') == covered, "a final dot does not matter");
    return 0;
}
