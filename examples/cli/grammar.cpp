// SPDX-License-Identifier: BSL-1.0
#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <mtasts/grammar/addr_spec.hpp>
#include <mtasts/grammar/date_time.hpp>
#include <mtasts/grammar/mailto.hpp>
#include <mtasts/grammar/reading/abnf.hpp>
#include <mtasts/grammar/report_filename.hpp>
#include <mtasts/grammar/report_subject.hpp>
#include <mtasts/grammar/sts_policy.hpp>
#include <mtasts/grammar/sts_record.hpp>
#include <mtasts/grammar/tlsrpt_record.hpp>

#include "commands.hpp"
#include "input.hpp"
#include "output.hpp"

namespace {

using rules = std::vector<std::string> (*)();

template <auto const& Root>
std::vector<std::string> rules_of() {
    return mtasts::grammar::abnf_rules(Root);
}

namespace g = mtasts::grammar;
constexpr std::array<std::pair<char const*, rules>, 12> grammars{{
    {"sts-record", rules_of<g::sts_text_record>},
    {"sts-policy", rules_of<g::sts_policy_record>},
    {"tlsrpt-record", rules_of<g::tlsrpt_record>},
    {"tlsrpt-uri", rules_of<g::tlsrpt_uri>},
    {"mailto", rules_of<g::mailtoURI>},
    {"addr-spec", rules_of<g::addr_spec>},
    {"mx-pattern", rules_of<g::sts_policy_mx_value>},
    {"ip-address", rules_of<g::ip_address>},
    {"report-filename", rules_of<g::filename>},
    {"report-subject", rules_of<g::tlsrpt_subject>},
    {"date-time", rules_of<g::date_time>},
    {"utf-8", rules_of<g::UTF8_octets>},
}};

}  // namespace

void add_grammar(CLI::App& app) {
    auto const name = std::make_shared<std::string>();
    auto* const command = app.add_subcommand("grammar", "Print a grammar as ABNF, as this program reads it");
    std::vector<std::string> names;
    for (auto const& row : grammars) names.emplace_back(row.first);
    command->add_option("NAME", *name, "The grammar")->required()->check(CLI::IsMember(names));
    command->callback([name] {
        for (auto const& [known, rules] : grammars)
            if (*name == known)
                for (auto const& line : rules()) write_output(line + "\n");
    });
}
