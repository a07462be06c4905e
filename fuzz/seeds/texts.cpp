// SPDX-License-Identifier: BSL-1.0
#include "texts.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include <mtasts/grammar/reading/generate.hpp>

#include "../grammars.hpp"
#include "../support/mutations.hpp"
#include "literals.hpp"
#include "sentences.hpp"

namespace seeds {
namespace {

static_assert(grammars::count == static_cast<std::size_t>(kind::json),
              "a grammar of ../grammars.hpp has no kind in texts.hpp");

/// A fuzzer is faster with short texts.
constexpr std::size_t longest = 2000;
constexpr std::size_t generated = 24, mutated = 40;

/// The tests whose tables have texts of a kind.
struct source {
    kind which;
    std::vector<std::string_view> files;
};
std::vector<source> const sources = {
    {kind::sts_record, {"parse/sts_record_test.cpp", "parse/txt_record_test.cpp", "lint/txt_record_test.cpp"}},
    {kind::policy, {"parse/sts_policy_test.cpp", "lint/sts_policy_test.cpp", "lint/senders_test.cpp"}},
    {kind::tlsrpt_record, {"parse/tlsrpt_record_test.cpp", "lint/txt_record_test.cpp"}},
    {kind::rua_uri, {"parse/tlsrpt_uri_test.cpp", "report/send/delivery_test.cpp"}},
    {kind::addr_spec, {"report/send/mail_test.cpp"}},
    {kind::ip_address, {"parse/ip_address_test.cpp"}},
    {kind::date_time, {"parse/date_time_test.cpp"}},
    {kind::filename, {"parse/report_filename_test.cpp", "lint/report_filename_test.cpp"}},
    {kind::subject, {"parse/report_subject_test.cpp"}},
    {kind::utf8, {"parse/utf8_test.cpp", "render/render_test.cpp"}},
    {kind::domain, {"parse/host_test.cpp", "decide/identity_test.cpp"}},
    {kind::mx_pattern, {"parse/host_test.cpp", "decide/mx_match_test.cpp"}},
    {kind::json, {"parse/json/json_test.cpp"}},
    {kind::report,
     {"parse/report/tlsrpt_report_test.cpp", "parse/report/tlsrpt_report_json_test.cpp",
      "parse/report/tlsrpt_report_quirks_test.cpp", "parse/report/tlsrpt_report_values_test.cpp",
      "parse/report/tlsrpt_report_limits_test.cpp", "write/tlsrpt_report_test.cpp"}},
    {kind::summary, {"report/receive/state_test.cpp"}},
};

/// Corrections are tested with texts of several kinds.
bool is_of(kind which, std::string_view text) {
    bool const tls = text.find("rua") != text.npos || text.find("TLSRPT") != text.npos;
    bool const lines = text.find('\n') != text.npos || text.find("version") != text.npos;
    return which == kind::policy          ? lines
           : which == kind::tlsrpt_record ? tls
                                          : which == kind::sts_record && !tls && !lines;
}

/// A row in the tests of reports is a part of the base text and what replaces it, with "~" around the span of the
/// finding.
void add_reports(std::string const& folder, std::vector<std::string>& texts) {
    auto const found = literals_of(folder + "/parse/report/tlsrpt_report_rows.hpp");
    auto const base = *std::find_if(found.begin(), found.end(), [](auto const& each) { return each.starts_with('{'); });
    std::vector<std::string> reports{base};
    for (std::size_t i = 0; i + 1 < texts.size(); ++i) {
        auto const at = base.find(texts[i]);
        if (at == base.npos || texts[i].size() < 4) continue;
        auto other = texts[i + 1];
        std::erase(other, '~');
        reports.push_back(std::string(base).replace(at, texts[i].size(), other));
    }
    for (auto const& [place, other] : exchanges)
        reports.push_back(std::string(base).replace(base.find(place), place.size(), other));
    std::erase_if(texts, [](auto const& text) { return !text.starts_with('{') && !text.starts_with('['); });
    texts.insert(texts.end(), reports.begin(), reports.end());
}

std::string sentence_of(std::size_t grammar, std::string const& octets) {
    std::string made;
    grammars::with(grammar, [&](auto const& by) {
        mtasts::grammar::choices choose(octets);
        mtasts::grammar::generate(by, choose, made);
    });
    return made;
}

void keep_different(std::vector<std::string>& all) {
    std::set<std::string> known;
    std::erase_if(all, [&](auto const& each) { return each.size() > longest || !known.insert(each).second; });
}

}  // namespace

std::vector<std::string> texts::rows(kind which) const {
    std::vector<std::string> found;
    for (auto const& [of, files] : sources) {
        if (of != which) continue;
        for (auto const file : files)
            for (auto& text : literals_of(tests_ + '/' + std::string(file)))
                // The titles of tests name a clause.
                if (!text.starts_with("RFC ")) found.push_back(std::move(text));
    }
    for (auto& text : literals_of(tests_ + "/lint/fix_test.cpp"))
        if (is_of(which, text) && !text.starts_with("RFC ")) found.push_back(std::move(text));
    if (which == kind::report) add_reports(tests_, found);
    if (which == kind::summary) std::erase_if(found, [](auto const& each) { return !each.starts_with("mtasts"); });
    return found;
}

std::vector<std::string> const& texts::of(kind which) {
    auto const number = static_cast<std::size_t>(which);
    auto& all = made_[number];
    if (!all.empty()) return all;
    dice chance(number);
    all = rows(which);
    for (auto const& [of, text] : sentences)
        if (of == which) all.emplace_back(text);
    if (number < grammars::count)
        for (std::size_t i = 0; i != generated; ++i)
            all.push_back(sentence_of(number, chance.octets(chance.below(i % 2 == 0 ? 24 : 400))));
    keep_different(all);
    std::vector<std::string> near;
    for (std::size_t i = 0; i != mutated && !all.empty(); ++i) near.push_back(changed(chance.one_of(all), chance));
    all.insert(all.end(), near.begin(), near.end());
    keep_different(all);
    return all;
}

std::string changed(std::string text, dice& chance) {
    for (auto changes = 1 + chance.below(3); changes != 0; --changes) {
        auto const at = chance.below(text.size() + 1);
        switch (chance.below(6)) {
            case 0: text.insert(at, 1, chance.octet()); break;
            case 1: text.erase(at, 1); break;
            case 2: text.insert(at, 1, text.empty() ? ' ' : text[chance.below(text.size())]); break;
            default:
                auto const size = text.size();
                text.resize(size + 300);
                auto* const octets = reinterpret_cast<std::uint8_t*>(text.data());
                text.resize(mutate_text(octets, size, text.size(), static_cast<unsigned>(chance.below(1U << 31))));
        }
    }
    return text;
}

}  // namespace seeds
