// SPDX-License-Identifier: BSL-1.0
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <mtasts/decide/mx_match.hpp>
#include <mtasts/parse/sts_policy.hpp>
#include <mtasts/render/escape.hpp>
#include <mtasts/render/human.hpp>

#include "commands.hpp"
#include "input.hpp"
#include "output.hpp"

namespace {

struct match_options {
    std::string policy;
    std::optional<std::string> pattern;
    std::vector<std::string> hosts;
};

/// Shows, on standard error, why a text cannot be used.
template <class T>
void complain(std::string const& name, std::string_view text, mtasts::parsed<T> const& result) {
    fmt::print(stderr, "{}", mtasts::render_human({name, "", text, false, "", &result.findings}));
}

/// RFC 8461 4.1: whether every host is covered by one of the patterns.
int match_all(std::vector<mtasts::mx_pattern> const& patterns, std::vector<std::string> const& hosts) {
    bool all = true;
    for (auto const& host : hosts) {
        auto const cover = std::find_if(patterns.begin(), patterns.end(),
                                        [&](auto pattern) { return mtasts::mx_matches(pattern, host); });
        all = all && cover != patterns.end();
        if (cover == patterns.end()) write_output(fmt::format("{}: not covered\n", mtasts::visible(host)));
        else write_output(fmt::format("{}: covered by {}\n", mtasts::visible(host), mtasts::visible(cover->text)));
    }
    return all ? exit_fine : exit_findings;
}

int match(match_options const& options) {
    auto hosts = options.hosts;
    if (!options.policy.empty()) {
        // With --policy there is no PATTERN argument: CLI11 took the first HOST for it.
        if (!options.pattern) throw usage_error("match --policy FILE needs a HOST");
        hosts.insert(hosts.begin(), *options.pattern);
        auto const text = read_input(options.policy, mtasts::parse_options{}.max_size);
        auto const policy = mtasts::parse_sts_policy(text);
        if (policy.usable()) return match_all(policy.value.mx, hosts);
        complain(options.policy, text, policy);
        return exit_findings;
    }
    if (!options.pattern || hosts.empty()) throw usage_error("match needs a PATTERN and a HOST");
    auto const pattern = mtasts::parse_mx_pattern(*options.pattern);
    if (pattern.usable()) return match_all({pattern.value}, hosts);
    complain("<pattern>", *options.pattern, pattern);
    return exit_findings;
}

}  // namespace

void add_match(CLI::App& app, int& status) {
    auto const options = std::make_shared<match_options>();
    auto* const command =
        app.add_subcommand("match", "Check whether an mx pattern, or a policy, covers MX hosts (RFC 8461 4.1)");
    command->add_option("--policy", options->policy, "Match against the patterns of this policy");
    command->add_option("PATTERN", options->pattern, "An mx pattern, as in a policy; not with --policy");
    command->add_option("HOST", options->hosts, "The names of MX hosts");
    command->callback([options, &status] { status = match(*options); });
}
