// SPDX-License-Identifier: BSL-1.0
#include "answer.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <mtasts/name/a_labels.hpp>
#include <mtasts/text/ascii.hpp>

namespace socketmap {
namespace {

/// RFC 8461 4.1: the names that Postfix compares with those of the certificate.
std::vector<std::string> match_names(mtasts::sts_policy const& policy) {
    std::vector<std::string> names;
    for (auto const& pattern : policy.mx) {
        auto const domain = pattern.domain();
        if (mtasts::ends_with_number(domain) || !mtasts::is_dns_name(domain)) continue;
        std::string name(pattern.wildcard() ? "." : "");
        std::transform(domain.begin(), domain.end(), std::back_inserter(name),
                       [](char c) { return mtasts::text::lower(c); });
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
    }
    return names;
}

/// Whether a line may appear between the braces of an attribute.
bool fits_in_braces(std::string_view line) {
    return !line.empty() && mtasts::text::all_octets(line, [](char c) {
        return mtasts::text::is_ascii(c) && !mtasts::text::is_control(c) && c != '{' && c != '}';
    });
}

/// TLSRPT_README of Postfix 3.10: what a TLS-RPT report needs to know about the policy.
std::string tlsrpt_attributes(std::string_view domain, mtasts::sts_policy const& policy, std::string_view text) {
    auto out = fmt::format(" policy_type=sts policy_domain={} policy_ttl={}", domain, policy.max_age.count());
    for (auto const& pattern : policy.mx)
        if (mtasts::is_dns_name(pattern.domain())) out += fmt::format(" mx_host_pattern={}", pattern.text);
    mtasts::text::for_each_piece(text, '\n', [&](std::string_view line) {
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (fits_in_braces(line)) out += fmt::format(" {{ policy_string = {} }}", line);
    });
    return out;
}

/// A status and words that are safe in a log line.
std::string refusal(std::string_view status, std::string_view reason) {
    constexpr std::size_t longest_reason = 200;
    auto out = fmt::format("{} {}", status, reason.substr(0, longest_reason));
    std::replace_if(
        out.begin(), out.end(), [](char c) { return mtasts::text::is_control(c) || !mtasts::text::is_ascii(c); }, '?');
    return out;
}

}  // namespace

std::string secure_answer(std::string_view domain, mtasts::sts_policy const& policy, std::string_view text,
                          bool tlsrpt) {
    auto const names = match_names(policy);
    if (names.empty()) return temporary("the MTA-STS policy names no host that could be an MX");
    constexpr std::string_view last = " servername=hostname";
    std::string out = "OK secure match=";
    for (auto const& name : names) {
        // Leaving names out only makes Postfix stricter.
        if (out.size() + 1 + name.size() + last.size() > longest_answer) break;
        if (!out.ends_with('=')) out += ':';
        out += name;
    }
    out += last;
    if (!tlsrpt) return out;
    auto const attributes = tlsrpt_attributes(domain, policy, text);
    return out.size() + attributes.size() > longest_answer ? out : out + attributes;
}

std::string temporary(std::string_view reason) { return refusal("TEMP", reason); }
std::string permanent(std::string_view reason) { return refusal("PERM", reason); }

}  // namespace socketmap
