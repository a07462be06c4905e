// SPDX-License-Identifier: BSL-1.0
/// mtasts-socketmap: tells Postfix which MTA-STS policy (RFC 8461) a destination has, as a socketmap for
/// smtp_tls_policy_maps.
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <filesystem>
#include <iterator>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <mtasts/render/escape.hpp>
#include <mtasts/version.hpp>

#include "commands.hpp"
#include "daemon.hpp"
#include "doctor.hpp"
#include "doctor_facts.hpp"
#include "settings_file.hpp"
#include "shell_word.hpp"

namespace {

using namespace socketmap;

/// The parsed command line.
struct command_line {
    CLI::App app{"Tells Postfix which MTA-STS policy (RFC 8461) a destination has. Without a command, runs the daemon.",
                 "mtasts-socketmap"};
    settings given;
    std::string config = "/etc/mtasts-socketmap.conf";
    bool check_config = false;
    std::string domain;
    bool afresh = false;
    bool texts = false;
    bool all = false;
    doctor_options examined;
    CLI::App* query = nullptr;
    CLI::App* dump = nullptr;
    CLI::App* purge = nullptr;
    CLI::App* doctor = nullptr;

    /// Settings that are not on the command line keep their value in `base`.
    explicit command_line(settings base = {}) : given(std::move(base)) {
        app.set_version_flag("--version", "mtasts-socketmap " MTASTS_VERSION);
        app.add_option("--config", config, "Settings: the options below, without \"--\"")->capture_default_str();
        app.require_subcommand(0, 1);
        app.fallthrough();
        app.add_flag("--check-config", check_config, "Check the settings and exit");
        add_settings(app, given);
        query = app.add_subcommand("query", "Ask the running daemon about a destination, as Postfix does");
        query->add_option("DESTINATION", domain, "A domain, or [HOST]:PORT")->required();
        query->footer("Exit status: 0 for OK, 1 for NOTFOUND, 2 for TEMP, PERM, no answer or bad usage.");
        query->add_flag("--afresh", afresh,
                        "Look it up here, without daemon and cache, and log the steps and why it is NOTFOUND");
        dump = app.add_subcommand("dump", "Print the stored policies");
        dump->add_flag("--texts", texts, "With their texts");
        purge = app.add_subcommand("purge", "Forget the policy of a domain; a running daemon looks it up again");
        purge->add_option("DOMAIN", domain, "The policy domain");
        purge->add_flag("--all", all, "Forget all policies");
        doctor = app.add_subcommand("doctor",
                                    "Examine Postfix, DNS, trust anchors, socket, clock and database on this machine, "
                                    "and say what is wrong and how to fix it; exit status 1 if anything is");
        doctor->add_flag("--offline", examined.offline, "Contact neither DNS nor any host");
        doctor->add_option("--postfix-config", examined.postfix_config, "Postfix's configuration directory");
        doctor->add_option("--signed-name", examined.signed_name, "A signed name to test the resolver with")
            ->capture_default_str();
        doctor->add_option("--https-host", examined.https_host, "A host to test port 443 with")->capture_default_str();
    }
};

/// The value of an option, valid in any directory.
std::string lasting_value(std::string const& name, std::string const& value) {
    constexpr std::string_view paths[] = {"config",  "database",       "trust-anchor",
                                          "ca-file", "unbound-config", "postfix-config"};
    if (name == "socket") return absolute_socket(value);
    bool const path = !value.empty() && std::find(std::begin(paths), std::end(paths), name) != std::end(paths);
    return path ? absolute_path(value) : value;
}

/// The given options that select what to work on, as words for a shell.
std::string options_given(CLI::App const& app) {
    std::string words;
    for (auto const* const option : app.get_options()) {
        auto const name = option->get_single_name();
        if (option->count() == 0 || name == "check-config" || name == "offline") continue;
        for (auto const& value : option->results()) {
            auto const lasting = lasting_value(name, value);
            words += name == "config" ? " --config " + shell_word(lasting)
                                      : " " + shell_word(fmt::format("--{}={}", name, lasting));
        }
    }
    return words;
}

std::string own_path() {
    std::error_code unknown;
    auto const path = std::filesystem::read_symlink("/proc/self/exe", unknown);
    return unknown ? "mtasts-socketmap" : shell_word(path.string());
}

/// The settings of a file, overridden by the command line.
loaded_settings load(int argc, char** argv, std::string const& path) {
    command_line first;
    first.app.parse(argc, argv);
    bool const named = first.app.count("--config") > 0;
    std::optional<bool> idna2003_compatibility;
    if (first.app.count("--idna2003-compatibility") > 0) idna2003_compatibility = first.given.idna2003_compatibility;
    auto loaded = load_settings(path.empty() ? first.config : path, !path.empty() || named, idna2003_compatibility);
    loaded.command = own_path() + options_given(first.app);
    command_line both(loaded.given);
    try {
        both.app.parse(argc, argv);
        loaded.given = both.given;
    } catch (CLI::ParseError const& error) {
        loaded.faults.push_back({"", error.what()});
    }
    add_problems(loaded, [&](std::string const& name) { return both.app.count("--" + name) > 0; });
    return loaded;
}

int refuse(std::vector<std::string> const& faults) {
    for (auto const& fault : faults) fmt::print(stderr, "mtasts-socketmap: {}\n", fault);
    return 2;
}

int check(loaded_settings const& loaded) {
    if (loaded.good()) {
        fmt::print("the settings are good\n");
        return 0;
    }
    int const status = refuse(loaded.fault_texts());
    // systemd shows it when a reload fails.
    fmt::print(stderr, "mtasts-socketmap: a running daemon keeps its previous settings\n");
    return status;
}

/// Every command but the daemon itself.
int run(command_line const& line, settings_loader const& read) {
    auto const loaded = read("");
    auto const& given = loaded.given;
    if (line.check_config) return check(loaded);
    if (line.doctor->parsed()) {
        auto examined = line.examined;
        examined.again = loaded.command + " doctor" + options_given(*line.doctor);
        auto const findings = findings_of(gather_facts(loaded, examined));
        fmt::print("{}", report_of(findings));
        return exit_status_of(findings);
    }
    // A query needs only the socket, and the daemon may be running on the last good settings.
    if (line.query->parsed() && !line.afresh) return query(given, line.domain, loaded.command);
    if (line.query->parsed()) {
        if (!loaded.good()) return refuse(loaded.fault_texts());
        set_log_level(level::debug);
        auto const answer = look_up_afresh(given, line.domain);
        fmt::print("{}\n", answer);
        return exit_status_of(answer);
    }
    if (line.purge->parsed() && line.domain.empty() != line.all) throw settings_error("purge needs a domain, or --all");
    // They need only the database, whatever else is wrong.
    auto const faults = loaded.fault_texts_of("database", line.app.count("--database") > 0);
    if (!faults.empty()) return refuse(faults);
    return line.dump->parsed() ? dump(given, line.texts) : purge(given, line.domain);
}

/// Takes the place of closed standard streams, so that nothing is printed into a database or socket that gets the
/// number instead. The substitutes are opened for the wrong direction: using them fails.
void occupy_standard_streams() {
    for (int const stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        if (::fcntl(stream, F_GETFD) < 0) static_cast<void>(::open("/dev/null", stream == 0 ? O_WRONLY : O_RDONLY));
}

/// Only then is it known whether everything was written.
void finish_output() {
    bool const failed = std::ferror(stdout) != 0;
    if (std::fclose(stdout) != 0 || failed)
        throw std::runtime_error(fmt::format("cannot write the standard output: {}", std::strerror(errno)));
}

}  // namespace

int main(int argc, char** argv) {
    occupy_standard_streams();
    command_line line;
    int status = 0;
    try {
        auto const read = [=](std::string const& path) { return load(argc, argv, path); };
        try {
            line.app.parse(argc, argv);
            if (line.app.get_subcommands().empty() && !line.check_config) {
                run_daemon(read);
                return 0;
            }
            status = run(line, read);
        } catch (CLI::Success const& asked) {
            // --help or --version.
            std::ostringstream shown;
            status = line.app.exit(asked, shown, shown);
            fmt::print("{}", shown.str());
        }
        finish_output();
        return status;
    } catch (std::exception const& error) {
        // The message may quote any input.
        std::fprintf(stderr, "mtasts-socketmap: %s\n", mtasts::visible(error.what()).c_str());
        return 2;
    }
}
