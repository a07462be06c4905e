// SPDX-License-Identifier: BSL-1.0
/// Limits and leniency of parsers.
#pragma once
#include <mtasts/model/kept_text.hpp>

#include <cstddef>

namespace mtasts {

/// Limits and leniency of a parse. The default is what RFC 8461 and RFC 8460 ask of a strict consumer.
struct parse_options {
    /// RFC 8461 3.3: octets; a longer text is rejected, not truncated.
    std::size_t max_size = 65536;
    /// For a policy: skip blank lines and a byte order mark, with a warning.
    bool lenient = false;
    /// For a policy: skip malformed mx lines, with a warning.
    bool skip_malformed_mx = false;
};

/// Limits of a report (RFC 8259 9). Past one there is a finding, and nothing more is read.
struct report_options {
    /// Octets of the whole text.
    std::size_t max_size = 32 * 1024 * 1024;
    /// Nesting of arrays and objects, at most 1024; a report needs five.
    std::size_t max_depth = 16;
    std::size_t max_policies = 100'000;
    /// Failure details of all policies.
    std::size_t max_failures = 250'000;
    /// Strings in arrays, of all policies.
    std::size_t max_strings = 1'000'000;
    /// Members that RFC 8460 does not define, whose names must be kept to find duplicates.
    std::size_t max_members = 100'000;
    /// Octets of one string, as written in the text.
    std::size_t max_string = 65536;
    /// Findings that are listed.
    std::size_t max_findings = 10'000;
};

}  // namespace mtasts
