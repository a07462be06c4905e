// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 3.2, 3.3: how a policy is fetched, and which responses hold one.
#pragma once
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include <mtasts/name/dns_name.hpp>
#include <mtasts/name/published.hpp>
#include <mtasts/text/ascii.hpp>

namespace mtasts {

/// One GET of a policy. The client has to verify the certificate for `host`, follow no redirect, neither read nor fill
/// an HTTP cache, send no conditional request, give up at the limits (RFC 8461 3.3), and refuse TLS before 1.2
/// (RFC 8461 7.2).
/// Example: `mtasts::discovery("example.com").fetch().url() == "https://mta-sts.example.com/.well-known/mta-sts.txt"`
struct policy_fetch {
    /// RFC 8461 3.3: the suggested limit. A longer body is rejected, never truncated and read.
    static constexpr std::size_t longest_body = 65536;
    static constexpr std::chrono::seconds time_limit{60};

    /// The policy host with A-labels: also the server name of TLS (RFC 8461 7.1) and the reference identifier.
    ascii_name host;

    std::string url() const {
        std::string text = "https://";
        text += host.view();
        return text += detail::policy_path;
    }
    friend constexpr bool operator==(policy_fetch const&, policy_fetch const&) = default;
};

/// The response of the policy host, over a connection that its certificate authenticates.
struct policy_response {
    int status = 0;
    /// The Content-Type field; empty if there is none.
    std::string_view content_type;
    /// The whole body, or more of it than `policy_fetch::longest_body`.
    std::string_view body;
};

/// RFC 8461 3.2: which responses may hold a policy.
struct response_options {
    /// Whether the media type must be text/plain, which is a SHOULD.
    bool text_plain_only = true;
};

namespace detail {

/// RFC 8461 3.2: whether a Content-Type is text/plain, whatever its parameters say.
/// Example: `static_assert(mtasts::detail::is_text_plain("Text/Plain; charset=us-ascii"));`
constexpr bool is_text_plain(std::string_view content_type) {
    return text::equal_ignoring_case(text::trimmed(content_type.substr(0, content_type.find(';'))), "text/plain");
}

}  // namespace detail

/// RFC 8461 3.3: whether the body of a response may be read as a policy: only with status 200, text/plain, not too
/// long.
/// Example: `static_assert(!mtasts::holds_policy({301, "text/plain", ""}));`
constexpr bool holds_policy(policy_response const& response, response_options const& options = {}) {
    return response.status == 200 && response.body.size() <= policy_fetch::longest_body &&
           (!options.text_plain_only || detail::is_text_plain(response.content_type));
}

}  // namespace mtasts
