// SPDX-License-Identifier: BSL-1.0
#include <memory>
#include <string>
#include <string_view>
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

template <auto const& Root>
std::vector<std::string> rules_of() {
    return mtasts::grammar::abnf_rules(Root);
}

struct grammar_row {
    std::string_view name;
    std::vector<std::string> (*rules)();
};

namespace grammar = mtasts::grammar;
constexpr grammar_row grammars[] = {
#define DOCUMENT(kind, name, grammar) {name, rules_of<grammar>},
#define DOCUMENT_RRSET(...)
#define DOCUMENT_JSON(...)
#include <mtasts/model/documents.def>
    {"mailto", rules_of<grammar::mailtoURI>},
    {"addr-spec", rules_of<grammar::addr_spec>},
    {"date-time", rules_of<grammar::date_time>},
    {"utf-8", rules_of<grammar::UTF8_octets>},
};

}  // namespace

void add_grammar(CLI::App& app) {
    auto const name = std::make_shared<std::string>();
    auto* const command = app.add_subcommand("grammar", "Print a grammar as ABNF, as this program reads it");
    std::vector<std::string> names;
    for (auto const& row : grammars) names.emplace_back(row.name);
    command->add_option("NAME", *name, "The grammar")->required()->check(CLI::IsMember(names));
    command->callback([name] {
        for (auto const& row : grammars)
            if (*name == row.name)
                for (auto const& line : row.rules()) write_output(line + "\n");
    });
}
