// SPDX-License-Identifier: BSL-1.0
/// Texts put together.
#pragma once
#include <mtasts/requirements.hpp>

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace mtasts::text {

/// The parts one after another. A plain function: fmt::format is compiled anew for every choice of arguments.
/// Example: `mtasts::text::joined({"a", "b"}) == "ab"`
inline std::string joined(std::initializer_list<std::string_view> parts) {
    std::size_t size = 0;
    for (auto const part : parts) size += part.size();
    std::string out;
    out.reserve(size);
    for (auto const part : parts) out += part;
    return out;
}

}  // namespace mtasts::text
