// SPDX-License-Identifier: BSL-1.0
/// The grammars printed as ABNF, compared with the RFCs' own productions in tests/data/abnf.
#include <catch2/catch.hpp>
#include <mtasts.hpp>
#include <mtasts/grammar/reading/abnf.hpp>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "abnf_text.hpp"

namespace {

namespace grammar = mtasts::grammar;
using lines = std::vector<std::string>;

std::string const folder = MTASTS_TEST_DATA "/abnf/";

/// A grammar and the RFCs that its productions come from.
struct root {
    std::string name;
    lines printed;
    lines rfcs;
};

std::vector<root> const roots{
    {"sts-text-record", grammar::abnf_rules(grammar::sts_text_record), {"rfc8461", "rfc5234"}},
    {"sts-policy-record",
     grammar::abnf_rules(grammar::sts_policy_record),
     {"rfc8461", "rfc5321", "rfc3629", "rfc5234"}},
    {"tlsrpt-record", grammar::abnf_rules(grammar::tlsrpt_record), {"rfc8460", "rfc3986", "rfc5234"}},
    {"mailtoURI", grammar::abnf_rules(grammar::mailtoURI), {"rfc6068", "rfc3986", "rfc5234"}},
    {"addr-spec", grammar::abnf_rules(grammar::addr_spec), {"rfc6068", "rfc5322", "rfc5234"}},
    {"ip-address", grammar::abnf_rules(grammar::ip_address), {"rfc8460", "rfc3986", "rfc5234"}},
    {"filename", grammar::abnf_rules(grammar::filename), {"rfc8460", "rfc5321", "rfc5234"}},
    {"tlsrpt-subject",
     grammar::abnf_rules(grammar::tlsrpt_subject),
     {"rfc8460", "rfc6376", "rfc5321", "rfc5322", "rfc5234"}},
    {"date-time", grammar::abnf_rules(grammar::date_time), {"rfc3339", "rfc5234"}},
    {"ws", grammar::abnf_rules(grammar::ws), {"rfc8259"}},
    {"false", grammar::abnf_rules(grammar::json_false), {"rfc8259"}},
    {"null", grammar::abnf_rules(grammar::json_null), {"rfc8259"}},
    {"true", grammar::abnf_rules(grammar::json_true), {"rfc8259"}},
    {"number", grammar::abnf_rules(grammar::json_number), {"rfc8259", "rfc5234"}},
    {"string", grammar::abnf_rules(grammar::json_string), {"rfc8259", "rfc3629", "rfc5234"}},
    {"UTF8-octets", grammar::abnf_rules(grammar::UTF8_octets), {"rfc3629"}},
    {"Domain", grammar::abnf_rules(grammar::Domain), {"rfc5321", "rfc5234"}},
};

abnf_text::rules productions_of(lines const& rfcs) {
    abnf_text::rules all;
    for (auto const& rfc : rfcs) all.merge(abnf_text::read_file(folder + rfc + ".abnf"));
    return all;
}

bool defines(abnf_text::rules const& all, std::string const& name, std::string const& right_side) {
    auto const [first, last] = all.equal_range(name);
    return std::any_of(first, last, [&](auto const& rule) { return abnf_text::spelled(rule.second) == right_side; });
}

/// A production that is printed differently from the RFC, and why.
struct departure {
    std::string production, in_the_rfc, here, why;
    bool needed = false;
};

std::vector<departure> read_departures() {
    std::ifstream file(folder + "departures.tsv");
    std::vector<departure> all;
    std::string line;
    for (std::getline(file, line); std::getline(file, line);) {
        std::istringstream row(line);
        departure one;
        std::getline(row, one.production, '\t');
        std::getline(row, one.in_the_rfc, '\t');
        std::getline(row, one.here, '\t');
        std::getline(row, one.why);
        all.push_back(one);
    }
    return all;
}

}  // namespace

TEST_CASE("RFC 5234: white space, comments, folding and redundant brackets do not change a production") {
    CHECK(abnf_text::normal("2( UTF8-tail )") == abnf_text::normal("2UTF8-tail"));
    CHECK(abnf_text::normal("1*10(DIGIT)") == abnf_text::normal("1*10DIGIT"));
    CHECK(abnf_text::normal("( h16 \":\" h16 ) / x") == abnf_text::normal("h16 \":\"\n  h16 / X"));
    CHECK(abnf_text::normal("%d33-90") == abnf_text::normal("%x21-5A"));
    CHECK(abnf_text::normal("\"JSON\"") == abnf_text::normal("\"json\""));
    CHECK(abnf_text::normal("0<pchar>") == abnf_text::normal("0pchar"));
    CHECK(abnf_text::normal("%s\"id\"") != abnf_text::normal("%s\"ID\""));
    CHECK(abnf_text::normal("(a / b) c") != abnf_text::normal("a / b c"));
    CHECK(abnf_text::normal("*(a b)") != abnf_text::normal("*a b"));
}

TEST_CASE("Every production is printed as in its RFC, or departures.tsv explains the difference") {
    auto departures = read_departures();
    REQUIRE(!departures.empty());
    std::size_t as_in_the_rfc = 0;
    for (auto const& root : roots) {
        auto const rfcs = productions_of(root.rfcs);
        abnf_text::rules printed;
        for (auto const& line : root.printed) abnf_text::add_rule(printed, line);
        CHECK(printed.count(abnf_text::lowered(root.name)) == 1);
        for (auto const& [name, right_side] : printed) {
            auto const text = abnf_text::spelled(right_side);
            if (defines(rfcs, name, text)) {
                ++as_in_the_rfc;
                continue;
            }
            bool explained = false;
            for (auto& row : departures) {
                if (abnf_text::lowered(row.production) != name || abnf_text::normal(row.here) != text) continue;
                bool const known = rfcs.count(name) != 0;
                if (row.in_the_rfc == "-" ? known : !defines(rfcs, name, abnf_text::normal(row.in_the_rfc))) continue;
                explained = row.needed = !row.why.empty();
            }
            INFO(root.name << " prints: " << name << " = " << text);
            CHECK(explained);
        }
    }
    CHECK(as_in_the_rfc > 150);
    for (auto const& row : departures) {
        INFO("departures.tsv: " << row.production);
        CHECK(row.needed);
    }
}

TEST_CASE("RFC 5234 2.1: a rule is printed once, and every name printed is defined") {
    for (auto const& root : roots) {
        std::set<std::string> mentioned;
        abnf_text::rules printed;
        for (auto const& line : root.printed) abnf_text::add_rule(printed, line);
        for (auto const& [name, right_side] : printed) {
            INFO(root.name << ": " << name << " = " << abnf_text::spelled(right_side));
            CHECK(printed.count(name) == 1);
            abnf_text::collect_names(right_side, mentioned);
        }
        for (auto const& name : mentioned) {
            INFO(root.name << ": " << name);
            CHECK(printed.count(name) == 1);
        }
    }
}
