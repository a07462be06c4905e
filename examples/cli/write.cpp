// SPDX-License-Identifier: BSL-1.0
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <mtasts/build.hpp>
#include <mtasts/name/published.hpp>
#include <mtasts/render/human.hpp>
#include <mtasts/write/id.hpp>
#include <mtasts/write/zone.hpp>

#include "commands.hpp"
#include "input.hpp"
#include "output.hpp"

namespace {

struct write_options {
    std::string mode, policy, zone;
    std::optional<std::string> id;
    std::int64_t max_age = 604800;
    std::vector<std::string> mx, rua, fields;
};

/// "name=value" for each extension; views of the options.
std::vector<mtasts::extension> extensions(std::vector<std::string> const& fields) {
    std::vector<mtasts::extension> all;
    for (std::string_view const field : fields) {
        auto const equals = field.find('=');
        if (equals == field.npos) throw usage_error("--field takes NAME=VALUE");
        all.push_back({field.substr(0, equals), field.substr(equals + 1)});
    }
    return all;
}

/// Prints what may be published; otherwise only says why not.
template <class T>
int publish(mtasts::owned<T> const& built, std::string const& text) {
    fmt::print(stderr, "{}",
               mtasts::render_human({"<written>", "", built.text(), built.usable(), "", &built.findings()}));
    if (!built.publishable()) return exit_findings;
    write_output(text);
    return exit_fine;
}

/// A record as it is, or as a line of a zone file.
template <class T>
int publish_record(mtasts::owned<T> const& built, std::string const& domain,
                   std::optional<mtasts::ascii_name> (*name)(std::string_view)) {
    if (domain.empty()) return publish(built, std::string(built.text()) + "\n");
    auto const owner = name(domain);
    if (!owner) throw usage_error("--zone takes a domain");
    return publish(built, mtasts::zone_line(owner->view(), built.text()) + "\n");
}

int write_policy(write_options const& options) {
    mtasts::sts_policy policy;
    policy.mode = options.mode == "enforce"   ? mtasts::policy_mode::enforce
                  : options.mode == "testing" ? mtasts::policy_mode::testing
                                              : mtasts::policy_mode::none;
    policy.max_age = std::chrono::seconds(options.max_age);
    for (auto const& pattern : options.mx) policy.mx.push_back({pattern});
    policy.extensions = extensions(options.fields);
    auto const built = mtasts::build_sts_policy(policy);
    return publish(built, std::string(built.text()));
}

/// The id that was given, or a policy's digest, or the current time.
std::string wanted_id(write_options const& options) {
    if (options.id) return *options.id;
    if (options.policy.empty())
        return mtasts::make_id(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
    auto const text = read_input(options.policy, mtasts::parse_options{}.max_size);
    auto const policy = mtasts::parse_sts_policy(text);
    if (!policy.usable()) throw usage_error("the policy is not usable: mtasts lint says why");
    return mtasts::make_id(policy.value);
}

int write_record(write_options const& options) {
    auto const id = wanted_id(options);
    return publish_record(mtasts::build_sts_record({id, extensions(options.fields)}), options.zone,
                          mtasts::sts_record_name);
}

int write_tlsrpt(write_options const& options) {
    mtasts::tlsrpt_record record{{}, extensions(options.fields)};
    std::vector<std::string> uris;
    for (auto const& rua : options.rua)
        uris.push_back(rua.find(':') == rua.npos && rua.find('@') != rua.npos ? mtasts::mailto_uri(rua) : rua);
    for (auto const& uri : uris) record.rua.push_back(mtasts::tlsrpt_uri{.text = uri});
    return publish_record(mtasts::build_tlsrpt_record(record), options.zone, mtasts::tlsrpt_record_name);
}

}  // namespace

void add_write(CLI::App& app, int& status) {
    auto const options = std::make_shared<write_options>();
    auto* const command = app.add_subcommand("write", "Write a policy or a record, and refuse what the RFC forbids");
    command->require_subcommand(1);
    auto const add = [&](char const* name, char const* what, int (*run)(write_options const&)) {
        auto* const sub = command->add_subcommand(name, what);
        sub->add_option("--field", options->fields, "An additional field, NAME=VALUE; may be repeated")
            ->allow_extra_args(false);
        sub->callback([options, &status, run] { status = run(*options); });
        return sub;
    };
    auto* const policy = add("sts-policy", "The policy (RFC 8461 3.2)", write_policy);
    policy->add_option("--mode", options->mode, "The mode of the policy")
        ->required()
        ->check(CLI::IsMember({"testing", "enforce", "none"}));
    policy->add_option("--mx", options->mx, "The name of an MX host, or *.DOMAIN; may be repeated")
        ->allow_extra_args(false);
    policy->add_option("--max-age", options->max_age, "Seconds for which senders keep the policy")
        ->capture_default_str()
        ->check(CLI::Range(std::int64_t{0}, std::int64_t{9999999999}));

    auto* const record = add("sts-record", "The record at _mta-sts (RFC 8461 3.1)", write_record);
    auto* const id = record->add_option("--id", options->id, "The id; by default the current time in UTC");
    record->add_option("--policy", options->policy, "Make the id from this policy")->excludes(id);
    record->add_option("--zone", options->zone, "Write a line of a zone file for this domain");

    auto* const tlsrpt = add("tlsrpt-record", "The record at _smtp._tls (RFC 8460 3)", write_tlsrpt);
    tlsrpt->add_option("--rua", options->rua, "A mail address, mailto: or https: URI for reports; may be repeated")
        ->allow_extra_args(false)
        ->required();
    tlsrpt->add_option("--zone", options->zone, "Write a line of a zone file for this domain");
}
