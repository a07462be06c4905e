// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 5.1: files with a report, plain or as gzip.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include <mtasts/finding/finding.hpp>
#include <mtasts/parse/tlsrpt_report.hpp>

/// A file's report as text, and what there is to say about the file itself.
struct report_file {
    /// As the file was named; "<stdin>" for "-".
    std::string name;
    /// The JSON; empty where the file could not be unfolded.
    std::string text;
    /// About the gzip data; without a place in the text.
    mtasts::findings container;
    bool gzip = false;
    /// Whether `text` is there to be parsed.
    bool readable = true;

    /// The file's name without its folder; empty for the standard input.
    std::string_view base_name() const;
};

/// The report in some octets that were read from a file of this name.
report_file open_report(std::string name, std::string octets, std::size_t largest = mtasts::report_options{}.max_size);

/// Reads a file, or the standard input for "-". Throws usage_error where it cannot be read.
report_file read_report_file(std::string const& name, std::size_t largest = mtasts::report_options{}.max_size);
