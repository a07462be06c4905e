// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 3: the contents of a TXT record at `_smtp._tls.<policy domain>`.
#pragma once
#include <string_view>
#include <vector>

#include <mtasts/model/extension.hpp>

namespace mtasts {

/// The schemes a report can be sent to, and all others.
/// Example: `tlsrpt.value.rua.front().scheme == mtasts::rua_scheme::mailto`
enum class rua_scheme { mailto, https, other };

/// One place to send reports to.
struct tlsrpt_uri {
    std::string_view text;
    rua_scheme scheme = rua_scheme::other;
    /// The address of a mailto URI as written, percent-encoded; the host of an https URI.
    std::string_view target = {};
    /// Whether a report can be sent there.
    bool deliverable = false;

    friend constexpr bool operator==(tlsrpt_uri const&, tlsrpt_uri const&) = default;
};

/// RFC 8460 3: where a domain wants its reports.
struct tlsrpt_record {
    std::vector<tlsrpt_uri> rua;
    std::vector<extension> extensions;

    friend constexpr bool operator==(tlsrpt_record const&, tlsrpt_record const&) = default;
};

}  // namespace mtasts
