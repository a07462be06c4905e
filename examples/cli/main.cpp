// SPDX-License-Identifier: BSL-1.0
/// mtasts: lints, explains, writes and matches MTA-STS and TLS-RPT records and policies, lints and merges reports.
/// No network.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>
#include <mtasts/render/escape.hpp>
#include <mtasts/version.hpp>

#include "commands.hpp"
#include "input.hpp"
#include "output.hpp"

namespace {

/// Takes the text of `lint --text TEXT` out of the arguments: CLI11 takes a value with a leading dash for an option,
/// and rejects an empty one after "=".
std::optional<std::string> take_text(std::vector<std::string>& arguments) {
    std::optional<std::string> text;
    for (auto at = arguments.begin(); at != arguments.end() && *at != "--"; ++at) {
        constexpr std::string_view option = "--text";
        bool const behind_equals = at->starts_with("--text=");
        if (!behind_equals && (*at != option || at + 1 == arguments.end())) continue;
        if (text) throw usage_error("--text may be given only once");
        text = behind_equals ? at->substr(option.size() + 1) : *(at + 1);
        at = arguments.erase(at, at + (behind_equals ? 1 : 2)) - 1;
    }
    return text;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app(
        "Lints, explains and writes MTA-STS (RFC 8461) and TLS-RPT (RFC 8460) records and policies; lints and merges "
        "TLS-RPT reports.",
        "mtasts");
    app.require_subcommand(1);
    app.set_version_flag("--version", "mtasts " MTASTS_VERSION);
    int status = exit_fine;
    try {
        std::vector<std::string> arguments(argv + 1, argv + argc);
        auto const text = argc > 1 && arguments[0] == "lint" ? take_text(arguments) : std::nullopt;
        add_lint(app, status, text);
        add_match(app, status);
        add_write(app, status);
        add_report(app, status);
        add_senders(app, status);
        add_explain(app, status);
        add_grammar(app);
        add_schema(app);
        std::reverse(arguments.begin(), arguments.end());
        try {
            app.parse(arguments);
        } catch (CLI::Success const& asked) {
            // --help or --version.
            std::ostringstream shown;
            status = app.exit(asked, shown, shown);
            write_output(shown.str());
        }
        finish_output();
        return status;
    } catch (std::exception const& error) {
        // The message may quote any input.
        std::fprintf(stderr, "mtasts: %s\n", mtasts::visible(error.what()).c_str());
        return exit_usage;
    }
}
