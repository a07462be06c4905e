// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 5.1: files with a report, plain or as gzip.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include <mtasts/finding/finding.hpp>
#include <mtasts/parse/tlsrpt_report.hpp>

/// The report in a file as text, and the findings about the file itself.
struct report_file {
    /// The name that was given; "<stdin>" for "-".
    std::string name;
    /// The JSON; empty if the file could not be decompressed.
    std::string text;
    /// About the gzip data; without a place in the text.
    mtasts::findings container;
    bool gzip = false;
    /// Whether `text` can be parsed.
    bool readable = true;

    /// The file's name without its folder; empty for standard input.
    std::string_view base_name() const;
};

/// The report in some octets that were read from a file of this name.
report_file open_report(std::string name, std::string octets, std::size_t largest = mtasts::report_options{}.max_size);

/// Reads a file, or standard input for "-". Throws usage_error if it cannot be read.
report_file read_report_file(std::string const& name, std::size_t largest = mtasts::report_options{}.max_size);
