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

/// What a text most likely is, by its name and its first words or, of a report, its first octets.
mtasts::document guessed_kind(std::string_view input, std::string_view text);

/// Whether a file of this kind holds one line, whose end is the file's and not the text's.
bool is_one_line(mtasts::document kind);

/// The records of a JSON array of arrays of strings. Throws usage_error where the text is none.
mtasts::txt_rrset read_rrset(std::string_view json);

/// What a check says of a text.
struct verdict {
    bool usable = false;
    std::string value_json;
    mtasts::findings findings;
    /// Of a report: what the findings may be views of, and for each its JSON pointer.
    std::shared_ptr<mtasts::tlsrpt_report const> report;
    std::vector<std::string> pointers;
};

/// Parses and lints a text. For an RRset the text is the JSON, and `records` receives what findings have their place in.
verdict judge(mtasts::document kind, std::string_view text, mtasts::parse_options const& options,
              mtasts::txt_rrset& records);
