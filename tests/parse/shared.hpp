// SPDX-License-Identifier: BSL-1.0
/// Texts from outside the repository that may be beside it: test vectors and the verdicts of other implementations.
#pragma once
#include <catch2/catch.hpp>
#include <mtasts.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace shared {

#ifdef MTASTS_SHARED
inline std::filesystem::path const folder = MTASTS_SHARED;
#else
inline std::filesystem::path const folder;
#endif

/// Whether a file of the folder is there; says so if it is not.
inline bool found(std::string const& name) {
    if (!folder.empty() && std::filesystem::exists(folder / name)) return true;
    WARN(name << " not found, not run");
    return false;
}

inline std::string contents(std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) FAIL("cannot read " << path);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The cells of a table, a row a line, without its heading.
inline std::vector<std::vector<std::string>> table(std::filesystem::path const& path) {
    std::vector<std::vector<std::string>> rows;
    auto const text = contents(path);
    mtasts::text::for_each_piece(text, '\n', [&](std::string_view line) {
        if (line.empty()) return;
        auto& cells = rows.emplace_back();
        mtasts::text::for_each_piece(line, '\t', [&](std::string_view cell) { cells.emplace_back(cell); });
    });
    rows.erase(rows.begin());
    return rows;
}

/// An RRset as a JSON array of records, each an array of strings.
inline mtasts::txt_rrset rrset(nlohmann::json const& records) {
    mtasts::txt_rrset all;
    for (auto const& record : records) {
        auto const strings = record.get<std::vector<std::string>>();
        all.add(std::vector<std::string_view>(strings.begin(), strings.end()));
    }
    return all;
}

}  // namespace shared
