// SPDX-License-Identifier: BSL-1.0
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>
#include <mtasts/check.hpp>
#include <mtasts/lint/cross.hpp>
#include <mtasts/lint/fix.hpp>
#include <mtasts/lint/report_filename.hpp>
#include <mtasts/render/escape.hpp>
#include <mtasts/render/github.hpp>
#include <mtasts/render/human.hpp>
#include <mtasts/render/json.hpp>
#include <mtasts/render/sarif.hpp>
#include <mtasts/write/id.hpp>

#include "commands.hpp"
#include "correction.hpp"
#include "input.hpp"
#include "kinds.hpp"
#include "output.hpp"
#include "replace_file.hpp"
#include "report_file.hpp"

namespace {

struct lint_options {
    std::string kind = "auto", format = "human", fail_on = "error";
    std::optional<std::string> text;
    std::vector<std::string> files, before, mx;
    std::string record, policy, tlsrpt;
    bool lenient = false, skip_malformed_mx = false, fix = false;

    mtasts::parse_options parsing() const { return {.lenient = lenient, .skip_malformed_mx = skip_malformed_mx}; }
};

/// RFC 8460 5.1: the findings about a file's name, compared with the report in the file; never moved.
struct linted_name {
    std::string shown, name;
    mtasts::range_text times;
    mtasts::findings findings;

    linted_name(report_file const& file, mtasts::tlsrpt_report const* report)
        : shown(file.name + " (file name)"),
          name(file.base_name()),
          times(report == nullptr ? mtasts::tlsrpt_date_range() : report->date_range) {
        if (!file.readable) return;
        if (report != nullptr) mtasts::lint_report_filename(name, *report, times, findings);
        mtasts::lint_report_extension(name, file.gzip, findings);
    }

    mtasts::judgement judgement() const {
        // Usable for the comparison; names of another form have no findings.
        bool const usable =
            std::none_of(findings.begin(), findings.end(), [](auto const& f) { return f.makes_unusable(); });
        return {shown, "report-filename", name, usable, "", &findings, {}};
    }
};

/// One text with everything that findings about it are views of; never moved.
struct linted {
    std::string name;
    mtasts::document kind;
    /// Whether the kind was given by the user.
    bool kind_named = false;
    /// Whether it is standard input; a file may have any name.
    bool standard_input = false;
    std::string text;
    /// The line end that belongs to the file.
    std::string file_end;
    /// The state of the file when it was read; nothing for standard input.
    std::optional<file_state> source = {};
    mtasts::txt_rrset records;
    verdict said;
    /// For a report in a file.
    std::unique_ptr<linted_name> file_name;

    /// A report: findings about the file come before those about the text.
    linted(report_file file, mtasts::parse_options const& options)
        : name(file.name), kind(mtasts::document::tlsrpt_report), text(std::move(file.text)) {
        if (file.readable) said = judge(kind, text, options, records);
        said.findings.insert(said.findings.begin(), file.container.begin(), file.container.end());
        said.pointers.insert(said.pointers.begin(), file.container.size(), "");
        file_name = std::make_unique<linted_name>(file, said.report.get());
    }
    linted(std::string input, std::optional<mtasts::document> wanted, std::string octets, bool is_file,
           mtasts::parse_options const& options)
        : name(std::move(input)),
          kind(wanted ? *wanted : guessed_kind(name, octets)),
          kind_named(wanted.has_value()),
          text(std::move(octets)) {
        if (is_file && is_one_line(kind)) take_file_end();
        said = judge(kind, text, options, records);
    }
    linted(linted const&) = delete;
    linted& operator=(linted const&) = delete;

    mtasts::judgement judgement() const {
        return {name,
                std::string(to_text(kind)),
                is_rrset(kind) ? records.text() : std::string_view(text),
                said.usable,
                said.value_json,
                &said.findings,
                said.pointers};
    }

  private:
    void take_file_end() {
        for (std::string_view const end : {"\r\n", "\n"})
            if (file_end.empty() && text.ends_with(end)) {
                file_end = end;
                text.resize(text.size() - end.size());
            }
    }
};

/// RFC 8461 3.3: no text of interest is longer; one octet more is read to notice one that is.
std::size_t read_limit(lint_options const& options) { return options.parsing().max_size + 2; }

std::unique_ptr<linted> lint_file(std::string const& name, lint_options const& options) {
    auto const kind = options.kind == "auto" ? std::nullopt : mtasts::document_named(options.kind);
    // An RRset is given as JSON, which takes more room than its records.
    bool const may_be_rrset = !kind || is_rrset(*kind);
    bool const may_be_report = !kind || *kind == mtasts::document::tlsrpt_report;
    // Rejected before it is read, as reading a pipe may block.
    if (options.fix && name != "-") replaceable_file(name);
    auto [octets, file] = read_text(name, may_be_report  ? mtasts::report_options{}.max_size
                                          : may_be_rrset ? 16 * read_limit(options)
                                                         : read_limit(options));
    auto const shown = name == "-" ? "<stdin>" : name;
    if ((kind ? *kind : guessed_kind(shown, octets)) == mtasts::document::tlsrpt_report)
        return std::make_unique<linted>(open_report(shown, std::move(octets)), options.parsing());
    auto read = std::make_unique<linted>(shown, kind, std::move(octets), true, options.parsing());
    read->standard_input = name == "-";
    if (name != "-") read->source = file;
    return read;
}

std::string fixed(linted const& one, lint_options const& options) {
    return mtasts::fixed_text(one.text, [&](std::string_view text) {
        mtasts::txt_rrset records;
        return judge(one.kind, text, options.parsing(), records).findings;
    });
}

using linted_list = std::deque<std::unique_ptr<linted>>;

/// The only text of a kind; nullptr if there is none or more than one.
linted* only_one_of(linted_list const& all, mtasts::document kind) {
    linted* only = nullptr;
    for (auto const& one : all) {
        if (one->kind != kind) continue;
        if (only != nullptr) return nullptr;
        only = one.get();
    }
    return only;
}

/// The name of an MX host as DNS holds it, or "." for none.
std::string mx_host(std::string const& given) {
    auto const ascii = mtasts::to_a_labels(given);
    auto name = ascii ? std::string(ascii->view()) : std::string();
    if (name != "." && name.ends_with('.')) name.pop_back();
    if (name != "." && !mtasts::is_dns_name(name))
        throw usage_error(fmt::format("--mx takes the name of a host, not \"{}\"", given));
    return name;
}

/// Everything that the findings of the cross-checks are views of.
class cross_checks {
  public:
    cross_checks(linted_list const& all, linted_list const& before, lint_options const& options) {
        for (auto const& given : options.mx) names_.push_back(mx_host(given));
        auto* const one = only_one_of(all, mtasts::document::sts_policy);
        if (one == nullptr && (!options.mx.empty() || !before.empty()))
            throw usage_error("--mx and --before need one policy to compare with");
        if (one == nullptr) return;
        auto const policy = parsed_one<mtasts::sts_policy>(one, mtasts::parse_sts_policy, options);
        auto const record = parsed_one<mtasts::sts_record>(only_one_of(all, mtasts::document::sts_record),
                                                           mtasts::parse_sts_record, options);
        auto const old_policy = parsed_one<mtasts::sts_policy>(only_one_of(before, mtasts::document::sts_policy),
                                                               mtasts::parse_sts_policy, options);
        auto const old_record = parsed_one<mtasts::sts_record>(only_one_of(before, mtasts::document::sts_record),
                                                               mtasts::parse_sts_record, options);
        digest_id_ = mtasts::make_id(policy->value);
        std::vector<std::string_view> const hosts(names_.begin(), names_.end());

        auto& found = one->said.findings;
        if (record) mtasts::lint_record_with_policy(*record, *policy, digest_id_, found);
        if (policy->usable()) mtasts::lint_policy_with_mx(one->text, policy->value, hosts, found);
        mtasts::lint_change(one->text, {pointer(old_policy), pointer(old_record)}, {pointer(policy), pointer(record)},
                            hosts, found);
        mtasts::sort_by_place(found);
    }

  private:
    template <class T, class Parse>
    static std::optional<mtasts::parsed<T>> parsed_one(linted const* one, Parse parse, lint_options const& options) {
        return one == nullptr ? std::nullopt : std::optional(parse(std::string_view(one->text), options.parsing()));
    }
    template <class T>
    static T const* pointer(std::optional<T> const& value) {
        return value ? &*value : nullptr;
    }

    std::string digest_id_;
    std::deque<std::string> names_;
};

std::string human(mtasts::judgement const& judged, bool colour) {
    std::size_t counts[3]{};
    for (auto const& f : *judged.findings) ++counts[static_cast<std::size_t>(f.severity())];
    auto const plural = [](std::size_t count, std::string_view what) {
        return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
    };
    return mtasts::render_human(judged, {colour}) +
           fmt::format("{}: {} {}, {}, {}, {}\n", mtasts::visible(judged.input), judged.kind,
                       judged.usable ? "usable" : "NOT usable", plural(counts[2], "error"),
                       plural(counts[1], "warning"), plural(counts[0], "note"));
}

void print_all(lint_options const& options, linted_list const& all) {
    std::vector<mtasts::judgement> judged;
    for (auto const& one : all) {
        judged.push_back(one->judgement());
        if (one->file_name && !one->file_name->findings.empty()) judged.push_back(one->file_name->judgement());
    }
    if (options.format == "json") return write_output(mtasts::render_json(judged));
    if (options.format == "sarif") return write_output(mtasts::render_sarif(judged));
    // A corrected text goes to standard output, so the findings go to standard error.
    bool const text_on_output = options.fix && (options.text || (options.files.size() == 1 && options.files[0] == "-"));
    // no-color.org: set and not empty.
    auto const* const no_colour = std::getenv("NO_COLOR");
    bool const colour =
        ::isatty(text_on_output ? STDERR_FILENO : STDOUT_FILENO) != 0 && (no_colour == nullptr || *no_colour == '\0');
    for (auto const& j : judged) {
        auto const shown = options.format == "github" ? mtasts::render_github(j) : human(j, colour);
        if (text_on_output) fmt::print(stderr, "{}", shown);
        else write_output(shown);
    }
}

/// Why a text is not corrected, as a line; empty if it is. Throws usage_error if its kind is unknown.
std::string objection(std::string const& name, std::string_view text, correction decision) {
    auto const shown = mtasts::visible(name);
    switch (decision) {
        case correction::none_needed:
        case correction::write: return {};
        case correction::unknown_kind:
            throw usage_error(fmt::format("cannot correct {}: its kind is not evident; give it by --kind", shown));
        case correction::too_many_lines:
            return fmt::format("mtasts: not corrected: {} has several lines, but texts of its kind have one\n", shown);
        case correction::not_usable:
            return fmt::format("mtasts: not corrected: {} would not be usable afterwards{}\n", shown,
                               mtasts::contradicts_itself(text) ? ": it contradicts itself, and somebody has to choose"
                                                                : "");
    }
    return {};
}

/// Corrects the texts: files in place, standard input on standard output. The results are linted instead. Nothing is
/// written unless everything can be. Returns whether all of them were corrected.
bool apply_fixes(linted_list& all, lint_options const& options) {
    for (auto const& one : all)
        if (one->kind == mtasts::document::tlsrpt_report)
            throw usage_error("--fix does not correct reports: their sender has to");
    bool const on_output = options.text || all.front()->standard_input;
    if (on_output && all.size() != 1) throw usage_error("--fix of a text that is not a file takes no other text");
    if (on_output && options.format != "human" && options.format != "github")
        throw usage_error("--fix of a text that is not a file needs --format human or github");
    for (auto const& one : all)
        if (is_rrset(one->kind) || one->standard_input) {
            if (!on_output || is_rrset(one->kind)) throw usage_error("--fix takes files or one text, but no RRset");
        }
    linted_list corrected;
    std::vector<replacement> files;
    std::string objections;
    for (auto const& one : all) {
        auto text = fixed(*one, options);
        bool const changed = text != one->text;
        auto after = std::make_unique<linted>(one->name, one->kind, std::move(text), false, options.parsing());
        auto const decision = decide_correction({one->kind_named, shows_kind(one->kind, one->name, one->text),
                                                 is_one_line(one->kind) && has_several_lines(one->text), changed,
                                                 one->said.usable, after->said.usable});
        objections += objection(one->name, one->text, decision);
        if (decision == correction::write && one->source)
            files.push_back({one->name, one->source, after->text + one->file_end});
        corrected.push_back(std::move(after));
    }
    if (objections.empty()) {
        replace_files(files);
        all = std::move(corrected);
    } else if (all.size() > 1) {
        objections += "mtasts: no file was corrected: all of them are, or none\n";
    }
    fmt::print(stderr, "{}", objections);
    if (on_output) write_output(all.front()->text + (is_one_line(all.front()->kind) ? "\n" : ""));
    return objections.empty();
}

int lint(lint_options const& options) {
    linted_list all, before;
    auto const read_as = [&](std::string const& name, std::string_view kind, bool fix) {
        auto one = options;
        one.kind = kind;
        one.fix = fix;
        return lint_file(name, one);
    };
    if (options.text) {
        auto const kind = options.kind == "auto" ? std::nullopt : mtasts::document_named(options.kind);
        all.push_back(std::make_unique<linted>("<text>", kind, *options.text, false, options.parsing()));
    }
    if (std::count(options.files.begin(), options.files.end(), "-") > 1) throw usage_error("- may be given only once");
    for (auto const& name : options.files) all.push_back(lint_file(name, options));
    if (!options.policy.empty()) all.push_back(read_as(options.policy, "sts-policy", options.fix));
    if (!options.record.empty()) all.push_back(read_as(options.record, "sts-record", options.fix));
    if (!options.tlsrpt.empty()) all.push_back(read_as(options.tlsrpt, "tlsrpt-record", options.fix));
    if (all.empty()) throw usage_error("nothing to lint: give a FILE, - or --text");
    for (auto const& name : options.before) before.push_back(read_as(name, "auto", false));

    bool const corrected = !options.fix || apply_fixes(all, options);
    cross_checks const checks(all, before, options);
    print_all(options, all);

    if (!corrected) return exit_findings;
    if (options.fail_on == "never") return exit_fine;
    auto const limit = options.fail_on == "warning" ? mtasts::severity::warning : mtasts::severity::error;
    for (auto const& one : all)
        if (mtasts::any_at_least(one->said.findings, limit) ||
            (one->file_name && mtasts::any_at_least(one->file_name->findings, limit)))
            return exit_findings;
    return exit_fine;
}

/// Part of the help text.
constexpr std::string_view fix_rules =
    "What --fix writes: A text that is usable afterwards, and whose kind was given\n"
    "(--kind, --policy, --record, --tlsrpt) or is evident from the text: a policy\n"
    "begins with one of its fields, comments aside, and has the version line or is\n"
    "in a file named mta-sts.txt; a record begins with v=STSv1 or v=TLSRPTv1.\n"
    "Either all files are corrected, or none.\n\n";

}  // namespace

void add_lint(CLI::App& app, int& status, std::optional<std::string> const& text) {
    auto const options = std::make_shared<lint_options>();
    options->text = text;
    auto* const command = app.add_subcommand(
        "lint", "Report everything that is wrong with records, policies and reports, and what to write instead");
    std::vector<std::string> kinds{"auto"};
    kinds.insert(kinds.end(), mtasts::document_names.begin(), mtasts::document_names.end());
    command->add_option("--kind", options->kind, "The kind of the texts")
        ->check(CLI::IsMember(kinds))
        ->capture_default_str();
    command->add_option("--text")->description("Lint this text")->type_name("TEXT");
    command->add_option("--format", options->format, "The output format")
        ->check(CLI::IsMember({"human", "json", "sarif", "github"}))
        ->capture_default_str();
    command->add_option("--fail-on", options->fail_on, "Exit with 1 from this severity on")
        ->check(CLI::IsMember({"error", "warning", "never"}))
        ->capture_default_str();
    command->add_flag("--lenient", options->lenient,
                      "Accept blank lines and a byte order mark in a policy, with a warning");
    command->add_flag("--skip-malformed-mx", options->skip_malformed_mx,
                      "Skip malformed mx lines of a policy, with a warning");
    command->add_flag("--fix", options->fix, "Correct what a machine can correct; see below");
    command->footer(std::string(fix_rules) + std::string(replacement_rules));
    command->add_option("--record", options->record, "The record at _mta-sts, to be compared with the policy");
    command->add_option("--policy", options->policy, "The policy, to be compared with the record");
    command->add_option("--tlsrpt", options->tlsrpt, "The record at _smtp._tls");
    command->add_option("--mx", options->mx, "The name of an MX host of the domain; may be repeated")
        ->allow_extra_args(false);
    command->add_option("--before", options->before, "The policy or record published before; may be repeated")
        ->allow_extra_args(false);
    command->add_option("FILE", options->files, "Files to lint; - is standard input");
    command->callback([options, &status] { status = lint(*options); });
}
