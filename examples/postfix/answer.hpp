// SPDX-License-Identifier: BSL-1.0
/// Answers to Postfix: a line of its TLS policy table (TLS_README, smtp_tls_policy_maps) after a socketmap status.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include <mtasts/model/sts_policy.hpp>

namespace socketmap {

/// Postfix takes no longer answers from a socketmap.
inline constexpr std::size_t longest_answer = 100000;

/// The answer for a policy in mode enforce: `OK secure match=a.example.com:.example.net servername=hostname`.
///
/// "*.example.net" becomes ".example.net", lower-cased; patterns that no MX host can have (addresses) are left out. If
/// nothing is left, no host satisfies the policy and mail has to wait (RFC 8461 5): the answer is TEMP, because an
/// empty "match=" would leave it to Postfix what to accept. With `tlsrpt` the attributes of Postfix >= 3.10 follow;
/// `text` is the policy as it was served. Neither braces nor control characters can get into an answer.
std::string secure_answer(std::string_view domain, mtasts::sts_policy const& policy, std::string_view text,
                          bool tlsrpt);

/// No demand on Postfix: its own default level applies.
inline constexpr std::string_view not_found = "NOTFOUND ";

/// Mail has to wait; the reason is shown in Postfix's log.
/// Example: `temporary("no DNS answer") == "TEMP no DNS answer"`
std::string temporary(std::string_view reason);
/// The request makes no sense, and never will.
std::string permanent(std::string_view reason);

}  // namespace socketmap
