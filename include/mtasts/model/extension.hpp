// SPDX-License-Identifier: BSL-1.0
/// A field that the RFC does not define, kept as written.
#pragma once
#include <mtasts/requirements.hpp>

#include <string_view>

namespace mtasts {

/// RFC 8461 3.1, 3.2 and RFC 8460 3: consumers ignore extensions; this toolkit keeps them.
struct extension {
    std::string_view name;
    std::string_view value;

    friend constexpr bool operator==(extension const&, extension const&) = default;
};

}  // namespace mtasts
