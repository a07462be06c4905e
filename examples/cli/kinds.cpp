// SPDX-License-Identifier: BSL-1.0
#include "kinds.hpp"

#include <algorithm>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <mtasts/check.hpp>
#include <mtasts/gzip.hpp>
#include <mtasts/render/json.hpp>
#include <nlohmann/json.hpp>

#include "input.hpp"

mtasts::document guessed_kind(std::string_view input, std::string_view text) {
    auto const begin = text.substr(std::min(text.find_first_not_of(" \t\r\n\""), text.size()));
    auto const starts = [&](std::string_view prefix) { return mtasts::text::starts_ignoring_case(begin, prefix); };
    auto const line = begin.substr(0, begin.find_first_of("\r\n"));
    bool const several_lines = begin.find_first_not_of("\r\n", line.size()) != begin.npos;
    if (input.substr(input.rfind('/') + 1) == "mta-sts.txt") return mtasts::document::sts_policy;
    auto const json = begin.starts_with("\xEF\xBB\xBF") ? begin.substr(std::min(begin.find('{'), begin.size())) : begin;
    if (mtasts::is_gzip(text) || json.starts_with('{') || input.ends_with(".json.gz"))
        return mtasts::document::tlsrpt_report;
    if (starts("v=TLSRPT")) return mtasts::document::tlsrpt_record;
    if (starts("v=") || starts("id=")) return mtasts::document::sts_record;
    if (starts("rua=")) return mtasts::document::tlsrpt_record;
    // Arrays of strings in an array, or none.
    auto const after = [&](std::size_t at) {
        return std::min(begin.find_first_not_of(" \t\r\n", at + 1), begin.size());
    };
    auto const second = after(0), third = after(second);
    auto const octet = [&](std::size_t at) { return at < begin.size() ? begin[at] : '\0'; };
    if (starts("[") && (octet(second) == ']' || (octet(second) == '[' && (octet(third) == '"' || octet(third) == ']'))))
        return text.find("v=TLSRPT") == text.npos ? mtasts::document::sts_rrset : mtasts::document::tlsrpt_rrset;
    if (input.ends_with(".json")) return mtasts::document::tlsrpt_report;
    if (several_lines || starts("version") || starts("mode") || starts("mx:") || starts("max_age"))
        return mtasts::document::sts_policy;
    if (starts("Report")) return mtasts::document::report_subject;
    if (starts("mailto:") || line.find("://") != line.npos) return mtasts::document::tlsrpt_uri;
    if (line.find('!') != line.npos) return mtasts::document::report_filename;
    if (!line.empty() &&
        mtasts::text::all_octets(
            line,
            [](char c) { return mtasts::text::is_hex_digit(c) || c == '.' || c == ':' || c == '[' || c == ']'; }) &&
        line.find_first_of(".:") != line.npos)
        return mtasts::document::ip_address;
    if (!line.empty() && line.size() < 256 && line.find_first_of(" \t:=") == line.npos)
        return mtasts::document::mx_pattern;
    return mtasts::document::sts_policy;
}

bool is_rrset(mtasts::document kind) {
    return kind == mtasts::document::sts_rrset || kind == mtasts::document::tlsrpt_rrset;
}

bool is_one_line(mtasts::document kind) {
    return !is_rrset(kind) && kind != mtasts::document::sts_policy && kind != mtasts::document::tlsrpt_report;
}

mtasts::txt_rrset read_rrset(std::string_view json) {
    constexpr auto what = "an RRset is a JSON array of records, each an array of strings";
    auto const document = nlohmann::json::parse(json, nullptr, false);
    if (!document.is_array()) throw usage_error(what);
    mtasts::txt_rrset records;
    for (auto const& record : document) {
        if (!record.is_array()) throw usage_error(what);
        std::vector<std::string_view> strings;
        for (auto const& string : record) {
            if (!string.is_string()) throw usage_error(what);
            strings.push_back(string.get_ref<std::string const&>());
        }
        records.add(strings);
    }
    return records;
}

verdict judge(mtasts::document kind, std::string_view text, mtasts::parse_options const& options,
              mtasts::txt_rrset& records) {
    using namespace mtasts;
    auto const said = [](auto checked) {
        verdict all{checked.usable(), checked.usable() ? json_value(checked.value) : "", std::move(checked.findings)};
        if (checked.pointers != nullptr) all.pointers = checked.pointers(checked.text, all.findings);
        if constexpr (std::is_same_v<decltype(checked.value), tlsrpt_report>)
            all.report = std::make_shared<tlsrpt_report const>(std::move(checked.value));
        return all;
    };
#define DOCUMENT(row, ...) \
    if (kind == document::row) return said(check_##row(text, options));
#define DOCUMENT_RRSET(row, ...) \
    if (kind == document::row) return said(check_##row(records = read_rrset(text), options));
#define DOCUMENT_JSON(row, ...) \
    if (kind == document::row) return said(check_##row(text));
#include <mtasts/model/documents.def>
    return {};
}
