// SPDX-License-Identifier: BSL-1.0
/// The kinds of text that the program knows.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <mtasts/finding/finding.hpp>
#include <mtasts/model/document.hpp>
#include <mtasts/model/tlsrpt_report.hpp>
#include <mtasts/model/txt_rrset.hpp>
#include <mtasts/parse/read.hpp>

/// The most likely kind of a text, by its name and its first words or, for a report, its first octets.
mtasts::document guessed_kind(std::string_view input, std::string_view text);

/// Whether a text of this kind is JSON for a set of TXT records.
bool is_rrset(mtasts::document kind);

/// Whether a file of this kind holds one line, whose line end belongs to the file and not to the text.
bool is_one_line(mtasts::document kind);

/// The records of a JSON array of arrays of strings. Throws usage_error for any other text.
mtasts::txt_rrset read_rrset(std::string_view json);

/// The result of a check.
struct verdict {
    bool usable = false;
    std::string value_json;
    mtasts::findings findings;
    /// For a report: what the findings may be views of, and a JSON pointer for each of them.
    std::shared_ptr<mtasts::tlsrpt_report const> report = {};
    std::vector<std::string> pointers = {};
};

/// Parses and lints a text. For an RRset the text is the JSON, and `records` receives what findings have their place in.
verdict judge(mtasts::document kind, std::string_view text, mtasts::parse_options const& options,
              mtasts::txt_rrset& records);
