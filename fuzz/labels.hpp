// SPDX-License-Identifier: BSL-1.0
/// A second implementation of mx matching (RFC 8461 4.1): names compared label by label.
#pragma once
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <mtasts/name/a_labels.hpp>

#include "promises.hpp"

inline std::vector<std::string> labels_of(std::string_view name) {
    std::vector<std::string> labels(1);
    for (char const c : name) {
        if (c == '.') labels.emplace_back();
        else labels.back() += static_cast<char>('A' <= c && c <= 'Z' ? c + 32 : c);
    }
    return labels;
}

inline bool is_name(std::vector<std::string> const& labels) {
    std::size_t octets = labels.size() - 1;
    for (auto const& label : labels) {
        octets += label.size();
        if (label.empty() || label.size() > 63) return false;
        if (label.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") != label.npos) return false;
    }
    return octets <= 253;
}

/// Whether a pattern covers a host; U-labels of the host count as A-labels.
inline bool covers_label_by_label(std::string_view pattern, std::string_view host) {
    auto const name = mtasts::text::all_octets(host, mtasts::text::is_ascii) ? std::nullopt : mtasts::to_a_labels(host);
    if (name) host = name->view();
    if (host.ends_with('.')) host.remove_suffix(1);
    auto wanted = labels_of(pattern), given = labels_of(host);
    if (!is_name(given) || wanted.size() != given.size()) return false;
    bool const any_first = wanted.size() > 1 && wanted.front() == "*";
    return std::equal(wanted.begin() + any_first, wanted.end(), given.begin() + any_first);
}
