// SPDX-License-Identifier: BSL-1.0
/// Arrays as JSON (RFC 8259).
#pragma once
#include <mtasts/requirements.hpp>

#include <string>

namespace mtasts {

/// A JSON array of what `write` makes of each item.
template <class Items, class Write>
std::string json_array(Items const& items, Write write) {
    std::string out = "[";
    for (auto const& item : items) {
        if (out.size() > 1) out += ',';
        out += write(item);
    }
    return out += ']';
}

}  // namespace mtasts
