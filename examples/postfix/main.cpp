/// mtasts-socketmap: tells Postfix which MTA-STS policy (RFC 8461) a destination has, as a socketmap for
/// smtp_tls_policy_maps.
#include <cstdio>
#include <exception>
#include <string>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <mtasts/render/escape.hpp>

#include "commands.hpp"
#include "daemon.hpp"
#include "settings.hpp"

namespace {

using namespace socketmap;

/// Everything a command line says.
struct command_line {
    CLI::App app{"Tells Postfix which MTA-STS policy (RFC 8461) a destination has. Without a command: serves.",
                 "mtasts-socketmap"};
    settings given;
    bool check_config = false;
    std::string domain;
    bool afresh = false;
    bool texts = false;
    bool all = false;
    CLI::App* query = nullptr;
    CLI::App* dump = nullptr;
    CLI::App* purge = nullptr;

    command_line() {
        app.set_version_flag("--version", "mtasts-socketmap 0.1.0");
        app.set_config("--config", "/etc/mtasts-socketmap.conf", "Settings: the options below, without \"--\"");
        app.allow_config_extras(false);
        app.require_subcommand(0, 1);
        app.fallthrough();
        app.add_flag("--check-config", check_config, "Only say whether the settings are good")->configurable(false);
        add_settings(app, given);
        query = app.add_subcommand("query", "Ask the running daemon about a destination, as Postfix does");
        query->add_option("DESTINATION", domain, "A domain, or [HOST]:PORT")->required();
        query->add_flag("--afresh", afresh, "Look it up here, without daemon and cache, and tell the steps");
        dump = app.add_subcommand("dump", "Print the policies kept");
        dump->add_flag("--texts", texts, "With their texts");
        purge = app.add_subcommand("purge", "Forget the policy of a domain; a running daemon looks it up anew");
        purge->add_option("DOMAIN", domain, "The policy domain");
        purge->add_flag("--all", all, "Forget all policies");
    }

    /// The settings, which must be good.
    settings const& good() const {
        auto const problems = problems_of(given);
        if (!problems.empty()) throw settings_error(fmt::format("{}", fmt::join(problems, "; ")));
        return given;
    }

    int run(std::function<settings()> const& read_again) {
        if (check_config) {
            good();
            fmt::print("the settings are good\n");
            return 0;
        }
        set_log_level(given.log_level);
        if (query->parsed() && afresh) {
            set_log_level(level::debug);
            auto const answer = look_up_afresh(given, domain);
            fmt::print("{}\n", answer);
            return exit_status_of(answer);
        }
        if (query->parsed()) return socketmap::query(given, domain);
        if (dump->parsed()) return socketmap::dump(given, texts);
        if (purge->parsed()) {
            if (domain.empty() != all) throw settings_error("purge needs a domain, or --all");
            return socketmap::purge(given, domain);
        }
        run_daemon(good(), read_again);
        return 0;
    }
};

}  // namespace

int main(int argc, char** argv) {
    command_line line;
    auto const read_again = [&] {
        command_line again;
        try {
            again.app.parse(argc, argv);
        } catch (CLI::Error const& error) {
            throw settings_error(error.what());
        }
        return again.good();
    };
    try {
        line.app.parse(argc, argv);
        return line.run(read_again);
    } catch (CLI::CallForHelp const& help) {
        return line.app.exit(help);
    } catch (CLI::CallForVersion const& version) {
        return line.app.exit(version);
    } catch (std::exception const& error) {
        // What it names may be anything.
        std::fprintf(stderr, "mtasts-socketmap: %s\n", mtasts::visible(error.what()).c_str());
        return 2;
    }
}
