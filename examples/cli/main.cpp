/// mtasts: lints, explains, writes and matches MTA-STS and TLS-RPT records and policies. No network.
#include <cstdio>
#include <exception>

#include <CLI/CLI.hpp>
#include <mtasts/render/escape.hpp>

#include "commands.hpp"
#include "input.hpp"

int main(int argc, char** argv) {
    CLI::App app("Lints, explains and writes MTA-STS (RFC 8461) and TLS-RPT (RFC 8460) records and policies.",
                 "mtasts");
    app.require_subcommand(1);
    app.set_version_flag("--version", "mtasts 0.1.0");
    int status = exit_fine;
    try {
        add_lint(app, status);
        add_match(app, status);
        add_write(app, status);
        add_senders(app, status);
        add_explain(app, status);
        add_grammar(app);
        app.parse(argc, argv);
        if (std::fflush(stdout) != 0) throw usage_error("cannot write the standard output");
        return status;
    } catch (CLI::CallForHelp const& help) {
        return app.exit(help);
    } catch (CLI::CallForVersion const& version) {
        return app.exit(version);
    } catch (std::exception const& error) {
        // What it names may be anything.
        std::fprintf(stderr, "mtasts: %s\n", mtasts::visible(error.what()).c_str());
        return exit_usage;
    }
}
