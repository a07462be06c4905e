// SPDX-License-Identifier: BSL-1.0
/// Shared by all harnesses: how a broken promise is reported, and how the input is divided.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

inline void keep_promise(bool kept, char const* promise) {
    if (kept) return;
    std::fprintf(stderr, "broken: %s\n", promise);
    std::abort();
}

/// A copy without octets after it, so that a sanitizer notices reading one too many.
struct exact_copy {
    std::unique_ptr<char[]> octets;
    std::string_view text;

    exact_copy(std::uint8_t const* data, std::size_t size) : octets(new char[size]), text(octets.get(), size) {
        std::copy(data, data + size, octets.get());
    }
    explicit exact_copy(std::string_view of) : octets(new char[of.size()]), text(octets.get(), of.size()) {
        std::copy(of.begin(), of.end(), octets.get());
    }
};

/// Takes the first octet off a text, as a choice among `count`; 0 if there is none.
inline std::size_t take_choice(std::string_view& text, std::size_t count) {
    if (text.empty()) return 0;
    auto const octet = static_cast<unsigned char>(text.front());
    text.remove_prefix(1);
    return octet % count;
}

/// Returns the part before a separator, and leaves the rest after it.
inline std::string_view take_part(std::string_view& text, char separator) {
    auto const stop = std::min(text.find(separator), text.size());
    auto const part = text.substr(0, stop);
    text.remove_prefix(std::min(stop + 1, text.size()));
    return part;
}

/// All parts between separators; an empty text has none.
inline std::vector<std::string_view> parts_of(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (!text.empty()) parts.push_back(take_part(text, separator));
    return parts;
}

template <class Findings>
void keep_promises_of_places(Findings const& findings, std::size_t size) {
    for (std::size_t least = 0; auto const& said : findings) {
        keep_promise(said.where.end() <= size && said.part.end() <= size, "findings lie inside the text");
        keep_promise(std::exchange(least, said.where.offset) <= said.where.offset, "findings stand in order");
    }
}
