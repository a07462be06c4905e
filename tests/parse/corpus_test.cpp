// SPDX-License-Identifier: BSL-1.0
/// Texts from other implementations' tests, beside the repository: where our verdict differs from their owner's, a row
/// of tests/data/corpus_differences.tsv gives the clause.
#include <catch2/catch.hpp>
#include <mtasts.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <string_view>

#include "shared.hpp"

namespace {

/// Whether the owner of a text would use it, from the words of its verdict.
bool accepted_by_peer(std::string_view verdict) {
    for (std::string_view const refusal : {"invalid", "none", "advisory", "Failure", "FETCH_ERROR", "error",
                                           "key level: invalid", "decoded as ASCII", "parsed: empty map", "as overMax"})
        if (verdict.starts_with(refusal)) return false;
    return true;
}

bool usable(std::string const& file, std::string const& kind) {
    auto const text = shared::contents(shared::folder / "corpus" / file);
    if (file.ends_with(".rrset.json")) {
        auto const records = shared::rrset(nlohmann::json::parse(text));
        return kind == "txt-records" ? mtasts::parse_sts_rrset(records).usable()
                                     : mtasts::parse_tlsrpt_rrset(records).usable();
    }
    if (kind == "policies") return mtasts::parse_sts_policy(text).usable();
    return kind == "txt-records" ? mtasts::parse_sts_record(text).usable() : mtasts::parse_tlsrpt_record(text).usable();
}

struct difference {
    std::string ours, clause, why;
    bool seen = false;
};

}  // namespace

TEST_CASE("RFC 8461, RFC 8460: every difference from another implementation's verdict cites a clause") {
    std::map<std::string, difference> explained;
    for (auto const& row : shared::table(MTASTS_TEST_DATA "/corpus_differences.tsv")) {
        REQUIRE(row.size() == 4);
        CHECK(explained.emplace(row[0], difference{row[1], row[2], row[3]}).second);
        CHECK((row[1] == "usable" || row[1] == "refused"));
        CHECK(!row[2].empty());
        CHECK(!row[3].empty());
    }
    if (!shared::found("corpus/INDEX.tsv")) return;
    std::size_t tried = 0, differ = 0;
    for (auto const& row : shared::table(shared::folder / "corpus/INDEX.tsv")) {
        auto const& file = row.at(0);
        auto const& kind = row.at(1);
        if (kind != "policies" && kind != "txt-records" && kind != "tlsrpt-records") continue;
        ++tried;
        bool const ours = usable(file, kind);
        if (ours == accepted_by_peer(row.at(3))) continue;
        ++differ;
        INFO(file << ": we say " << (ours ? "usable" : "refused") << ", its owner: " << row[3]);
        auto const reason = explained.find(file);
        CHECK(reason != explained.end());
        if (reason == explained.end()) continue;
        CHECK(reason->second.ours == (ours ? "usable" : "refused"));
        reason->second.seen = true;
    }
    for (auto const& [file, reason] : explained) {
        INFO("no longer different: " << file);
        CHECK(reason.seen);
    }
    std::printf("%zu texts of other implementations, %zu with another verdict than their owner's\n", tried, differ);
    CHECK(tried > 0);
}
