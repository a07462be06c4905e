// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 3.1: the contents of a TXT record at `_mta-sts.<policy domain>`.
#pragma once
#include <string_view>
#include <vector>

#include <mtasts/model/extension.hpp>

namespace mtasts {

/// The id of the policy now in force; compared for equality only.
struct sts_record {
    std::string_view id;
    std::vector<extension> extensions;

    friend constexpr bool operator==(sts_record const&, sts_record const&) = default;
};

}  // namespace mtasts
