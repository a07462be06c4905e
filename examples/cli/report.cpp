// SPDX-License-Identifier: BSL-1.0
#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <iterator>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <mtasts/parse/report_filename.hpp>
#include <mtasts/parse/tlsrpt_report.hpp>
#include <mtasts/render/escape.hpp>
#include <mtasts/render/message.hpp>
#include <mtasts/render/place.hpp>
#include <mtasts/report/receive/state.hpp>
#include <mtasts/report/receive/totals.hpp>

#include "commands.hpp"
#include "input.hpp"
#include "output.hpp"
#include "replace_file.hpp"
#include "report_file.hpp"
#include "summary_text.hpp"

namespace {

struct report_options {
    std::string format = "table", save;
    std::vector<std::string> files, summaries, domains;
};

/// A summary may be longer than any report.
constexpr std::size_t largest_summary = std::size_t{1} << 30;

void complain(std::string const& name, std::string const& place, std::string const& why,
              std::string_view what = "not usable") {
    fmt::print(stderr, "{}:{} {}: {}\n", mtasts::visible(name), place, what, why);
}

/// Says why a report is not usable, or not fully, by the first finding that makes it so.
void complain(report_file const& file, mtasts::findings const& found, std::string_view what = "not usable") {
    auto const worst = std::find_if(found.begin(), found.end(), [](auto const& f) { return f.makes_unusable(); });
    auto const [line, column] = mtasts::line_index(file.text).locate(worst->where.offset);
    complain(file.name, fmt::format("{}:{}:", line, column), mtasts::message_of(*worst, file.text), what);
}

/// Adds a summary that was saved before.
void take_summary(std::string const& name, std::string_view text, mtasts::summary& all, intake& taken) {
    auto restored = mtasts::read_summary(text);
    if (restored.usable()) {
        taken.duplicates += all.merge(std::move(restored.value));
        return;
    }
    ++taken.unusable;
    complain(name, fmt::format("{}:", restored.line), std::string(restored.fault));
}

/// Whether reading stopped before the end of the JSON.
bool ends_early(mtasts::findings const& found) {
    using mtasts::code;
    constexpr code after_all[] = {code::json_nul, code::json_surrogate, code::json_noncharacter, code::json_duplicate};
    return std::any_of(found.begin(), found.end(), [&](auto const& f) {
        bool const json = code::json_empty <= f.code && f.code <= code::json_trailing;
        bool const limit = code::report_many_policies <= f.code && f.code <= code::report_long_string;
        return (json && std::find(std::begin(after_all), std::end(after_all), f.code) == std::end(after_all)) ||
               limit || f.code == code::text_not_utf8;
    });
}

/// Adds a report; everything usable in it counts.
void take_report(report_file const& file, mtasts::summary& all, intake& taken) {
    if (!file.readable) {
        ++taken.unusable;
        return complain(file, file.container);
    }
    auto report = mtasts::parse_tlsrpt_report(file.text);
    // Some reporters leave the domain out if they found no policy; then the file name may have it (RFC 8460 5.1).
    if (auto const name = mtasts::parse_report_filename(file.base_name()); name.usable())
        for (auto& [policy, summary, failures] : report.value.policies)
            if (policy.domain.empty() && policy.type.kind == mtasts::tlsrpt_policy_type::no_policy_found)
                policy.domain = name.value.policy_domain;
    auto const identity = mtasts::identity_of(report.value);
    // A copy that is cut off before it identifies the report would be counted beside the whole one.
    bool const unknown = identity.reporter.empty() || identity.report_id.empty() || !identity.start || !identity.end;
    if (!report.usable() && (report.value.policies.empty() || (unknown && ends_early(report.findings)))) {
        ++taken.unusable;
        return complain(file, report.findings);
    }
    if (!report.usable() && ends_early(report.findings)) {
        ++taken.cut_off;
        complain(file, report.findings, "not read to its end");
    }
    if (!all.add(report.value)) ++taken.duplicates;
    else if (!report.usable()) ++taken.partial;
}

/// Keeps the figures of some policy domains only; TLS-RPT lets anybody report about any domain.
void keep_domains(std::vector<std::string> const& given, sums_by_origin& sums, intake& taken) {
    if (given.empty()) return;
    std::set<std::string> wanted, others;
    for (auto const& domain : given) wanted.insert(mtasts::folded_name(domain));
    for (auto& [origin, of_origin] : sums) {
        std::erase_if(of_origin.sessions, [&](auto const& row) {
            auto const& domain = row.first.second.domain;
            if (wanted.contains(domain)) return false;
            others.insert(domain);
            return true;
        });
        std::erase_if(of_origin.failures,
                      [&](auto const& row) { return !wanted.contains(row.first.second.policy.domain); });
    }
    taken.other_domains = others.size();
}

/// Where a summary is saved: in a new file, or replacing an empty file or a summary, but nothing else.
class save_target {
  public:
    explicit save_target(std::string name) : name_(std::move(name)) {
        if (name_.empty() || !replaceable_file(name_)) return;
        auto const there = read_text(name_, largest_summary);
        found_ = there.file;
        auto const before = mtasts::read_summary(there.octets);
        if (!there.octets.empty() && !before.usable())
            throw usage_error(fmt::format("cannot save in {}: it is neither empty nor a summary: line {}: {}",
                                          mtasts::visible(name_), before.line, before.fault));
    }
    /// Replaces the file, unless it has changed or some input was not taken in, or only up to where it was cut off.
    void save(mtasts::summary const& all, intake const& taken) const {
        if (name_.empty()) return;
        if (taken.whole()) return replace_files({{name_, found_, mtasts::write_summary(all)}});
        fmt::print(stderr, "mtasts: nothing saved in {}: not all of the input was usable\n", mtasts::visible(name_));
    }

  private:
    std::string name_;
    std::optional<file_state> found_;
};

int report(report_options const& options) {
    if (options.files.empty() && options.summaries.empty())
        throw usage_error("nothing to report: give a FILE, - or --add");
    if (std::count(options.files.begin(), options.files.end(), "-") +
            std::count(options.summaries.begin(), options.summaries.end(), "-") >
        1)
        throw usage_error("- may be given only once");
    if (options.format == "summary" && !options.domains.empty())
        throw usage_error("--domain cannot be used with --format summary");
    save_target const target(options.save);
    mtasts::summary all;
    intake taken;
    for (auto const& name : options.files) take_report(read_report_file(name), all, taken);
    for (auto const& name : options.summaries) take_summary(name, read_input(name, largest_summary), all, taken);
    target.save(all, taken);

    if (options.format == "summary") {
        write_output(mtasts::write_summary(all));
    } else {
        auto sums = sums_of(all);
        keep_domains(options.domains, sums, taken);
        if (options.format == "json") write_output(summary_json(sums, taken));
        else if (options.format == "table") write_output(summary_table(sums, taken));
        else {
            write_output(summary_csv(sums));
            fmt::print(stderr, "{}", intake_text(sums, taken));
        }
    }
    return taken.whole() ? exit_fine : exit_findings;
}

/// Part of the help text.
constexpr std::string_view save_rules =
    "What --save writes: The summary of all input, to a new file, or replacing an\n"
    "empty file or a summary, but never anything else. If a report or summary in\n"
    "the input is not usable, or a report was not read to its end because it is cut\n"
    "off there, damaged or too large, nothing is saved, and the exit status is 1.\n"
    "For --add, an empty file is not a summary.\n\n";

}  // namespace

void add_report(CLI::App& app, int& status) {
    auto const options = std::make_shared<report_options>();
    auto* const command = app.add_subcommand(
        "report", "Add up TLS-RPT reports (RFC 8460 4): sessions and failures by day, reporter and policy");
    command->add_option("--format", options->format, "The output format; summary is what --add takes")
        ->check(CLI::IsMember({"table", "json", "csv", "summary"}))
        ->capture_default_str();
    command->add_option("--domain", options->domains, "Show this policy domain only; may be repeated")
        ->allow_extra_args(false);
    command->add_option("--save", options->save,
                        "Write the summary to this file, to be added to others later; see below");
    command->add_option("--add", options->summaries, "Add a summary that was saved before; may be repeated")
        ->allow_extra_args(false);
    command->add_option("FILE", options->files, "Reports, plain or as gzip; - is standard input");
    command->footer(std::string(save_rules) + std::string(replacement_rules));
    command->callback([options, &status] { status = report(*options); });
}
