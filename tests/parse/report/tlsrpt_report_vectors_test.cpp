// SPDX-License-Identifier: BSL-1.0
/// Reports among the texts from beside the repository: each is valid, worth a warning, or not usable.
#include <catch2/catch.hpp>
#include <mtasts.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <string_view>

#include "../shared.hpp"

TEST_CASE("RFC 8460 4.4: odd reports are usable or not, as the RFC says") {
    if (!shared::found("odd/DIFF.tsv")) return;
    // The table says invalid, but nothing is lost from these reports: a warning.
    constexpr std::array<std::string_view, 4> indulged{
        "odd/report/r-mxhost-str.json",   // one string for an array, as RFC 8460 prints it (erratum 6241)
        "odd/report/r-mxhost-null.json",  // null for an optional member
        "odd/report/r-ps-str.json",       // one string, as RFC 8460 4 says in passing
        "odd/report/r-bom.json"};         // RFC 8259 8.1: a byte order mark may be ignored
    std::size_t tried = 0, indulged_count = 0;
    for (auto const& row : shared::table(shared::folder / "odd/DIFF.tsv")) {
        if (row.at(1) != "report" || row.at(2) == "?") continue;
        ++tried;
        INFO(row[0] << ' ' << row.at(3));
        auto const text = shared::contents(shared::folder / row[0]);
        auto const result = mtasts::check_tlsrpt_report(text);
        bool const is_indulged = std::count(indulged.begin(), indulged.end(), row[0]) != 0;
        if (is_indulged) ++indulged_count;
        CHECK(result.usable() == (is_indulged || row[2] == "V"));
        if (is_indulged) CHECK(any_at_least(result.findings, mtasts::severity::warning));
    }
    std::printf("%zu odd reports\n", tried);
    CHECK(tried > 0);
    CHECK(indulged_count == indulged.size());
}
