// SPDX-License-Identifier: BSL-1.0
/// A text checked as any kind of document.
#pragma once
#include <string_view>

#include <mtasts/check.hpp>
#include <mtasts/model/document.hpp>
#include <mtasts/model/txt_rrset.hpp>

/// Calls a function with what the check of a kind says; a set of TXT records has the text for its only one.
template <class Visit>
void with_checked(mtasts::document kind, std::string_view text, Visit visit) {
    mtasts::txt_rrset records;
    records.add({&text, 1});
#define DOCUMENT(row, ...) \
    if (kind == mtasts::document::row) return visit(mtasts::check_##row(text));
#define DOCUMENT_RRSET(row, ...) \
    if (kind == mtasts::document::row) return visit(mtasts::check_##row(records));
#define DOCUMENT_JSON(row, ...) DOCUMENT(row)
#include <mtasts/model/documents.def>
}
