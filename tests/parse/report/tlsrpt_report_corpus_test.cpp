// SPDX-License-Identifier: BSL-1.0
/// Reports from other implementations' tests and from their users, beside the repository: tests/data/report_verdicts.tsv
/// says which are usable by RFC 8460, and which clauses the others violate.
#include <catch2/catch.hpp>
#include <mtasts.hpp>

#include <cstdio>
#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "../shared.hpp"

namespace {

struct judgement {
    std::string ours, clauses;
};

/// Its verdict, and the clauses of the findings that make it unusable, each once.
judgement judged(std::string const& text) {
    auto const result = mtasts::check_tlsrpt_report(text);
    std::set<std::string> clauses;
    for (auto const& said : result.findings) {
        CHECK(said.where.end() <= text.size());
        if (said.makes_unusable()) clauses.emplace(said.clause());
    }
    std::string list;
    for (auto const& clause : clauses) list += (list.empty() ? "" : ", ") + clause;
    return {result.usable() ? "usable" : "refused", clauses.empty() ? "-" : list};
}

}  // namespace

TEST_CASE("RFC 8460 4.4: every report of others is usable, or violates the clauses of its row") {
    std::map<std::string, judgement> verdicts;
    for (auto const& row : shared::table(MTASTS_TEST_DATA "/report_verdicts.tsv")) {
        REQUIRE(row.size() == 4);
        CHECK(verdicts.emplace(row[0], judgement{row[1], row[2]}).second);
        CHECK((row[1] == "usable" || row[1] == "refused"));
        CHECK((row[1] == "usable") == (row[2] == "-"));
        CHECK(!row[3].empty());
    }
    if (!shared::found("corpus/reports")) return;
    std::size_t usable = 0;
    for (auto const& [file, verdict] : verdicts) {
        INFO(file);
        auto const path = shared::folder / "corpus/reports" / file;
        CHECK(std::filesystem::exists(path));
        if (!std::filesystem::exists(path)) continue;
        auto const ours = judged(shared::contents(path));
        CHECK(ours.ours == verdict.ours);
        CHECK(ours.clauses == verdict.clauses);
        if (ours.ours == "usable") ++usable;
    }
    for (auto const& entry : std::filesystem::directory_iterator(shared::folder / "corpus/reports")) {
        auto const file = entry.path().filename().string();
        INFO("without a verdict: " << file);
        // Compressed ones are for the program.
        CHECK((file.ends_with(".gz") || verdicts.count(file) == 1));
    }
    std::printf("%zu reports of others, %zu usable\n", verdicts.size(), usable);
}
