// SPDX-License-Identifier: BSL-1.0
#include <algorithm>

#include <fmt/format.h>
#include <mtasts/render/escape.hpp>
#include <mtasts/text/ascii.hpp>

#include "doctor_remedies.hpp"

namespace socketmap {
namespace {

/// A local resolver validates, and nobody can tamper with its answers.
constexpr std::string_view fix_resolver =
    "apt-get install -y unbound dns-root-data, then make \"nameserver 127.0.0.1\" the only line of /etc/resolv.conf";

/// Only what runs on this machine can be restarted here.
std::string fix_silence(resolver_facts const& resolver) {
    if (resolver.local != tristate::yes) return "name a resolver that answers in /etc/resolv.conf";
    bool const stub = std::any_of(resolver.addresses.begin(), resolver.addresses.end(),
                                  [](auto const& each) { return each == "127.0.0.53" || each == "127.0.0.54"; });
    return fmt::format("systemctl restart {}, or name another resolver in /etc/resolv.conf",
                       stub ? "systemd-resolved" : "unbound");
}

void judge_trust(doctor_facts const& facts, std::vector<finding>& out) {
    std::string const install = "apt-get install -y --reinstall ca-certificates && update-ca-certificates";
    if (facts.trust_anchors == 0)
        out.push_back({severity::error,
                       fmt::format("no trust anchors for HTTPS in {}: no policy can be fetched",
                                   facts.trust_store.empty() ? "the system's store" : facts.trust_store),
                       facts.given.ca_file.empty() ? install : set_here(facts, "ca-file", "a good ca-file, or none")});
    else out.push_back({severity::fine, fmt::format("{} trust anchors for HTTPS", facts.trust_anchors)});
    if (!facts.postfix.unreadable.empty()) return;
    auto const file = of_postfix(facts, "smtp_tls_CAfile"), folder = of_postfix(facts, "smtp_tls_CApath");
    if (facts.postfix_trust_anchors != 0) return;
    bool const named = !file.empty() || !folder.empty();
    auto const what = named ? fmt::format("Postfix finds no trust anchors in {}", file.empty() ? folder : file)
                            : std::string("Postfix has no trust anchors (smtp_tls_CAfile)");
    out.push_back({severity::error, what + ": all mail to domains with a policy waits",
                   set_postfix(facts, "smtp_tls_CAfile=/etc/ssl/certs/ca-certificates.crt")});
}

void judge_https(doctor_facts const& facts, std::vector<finding>& out) {
    if (facts.offline) {
        out.push_back({severity::warning, "neither DNS nor port 443 was checked (--offline)", facts.again});
        return;
    }
    auto const see = fmt::format("let this machine connect to port 443 of any host; see: curl -v https://{}/",
                                 shell_word(facts.https_host));
    if (facts.https_reachable == tristate::yes)
        out.push_back({severity::fine, fmt::format("port 443 is open outward ({})", facts.https_host)});
    else if (facts.https_reachable == tristate::no)
        out.push_back(
            {severity::error,
             fmt::format("no HTTPS to {}, so no policy can be fetched: {}", facts.https_host, facts.https_trouble),
             see});
    else out.push_back({severity::unknown, "whether port 443 is open outward: " + facts.https_trouble, see});
}

void judge_socket(doctor_facts const& facts, std::vector<finding>& out) {
    auto const& socket = facts.socket;
    std::string const log = "journalctl -u mtasts-socketmap -n 20";
    if (socket.exists == tristate::no) {
        auto const path = shell_word(parse_socket_address(facts.given.socket).path);
        auto const start = "systemctl enable --now mtasts-socketmap.socket";
        out.push_back({severity::error, fmt::format("there is no socket at {}{}", socket.address, socket.trouble),
                       socket.trouble.empty() ? start : fmt::format("mv {0} {0}.away && {1}", path, start)});
        return;
    }
    if (socket.answers != tristate::yes) {
        bool const no = socket.answers == tristate::no;
        out.push_back({no ? severity::error : severity::unknown,
                       fmt::format("{} at {}: {}", no ? "no daemon answers" : "whether the daemon answers",
                                   socket.address, socket.trouble),
                       "systemctl restart mtasts-socketmap; " + log});
        return;
    }
    auto const says = [&](std::string_view words) { return socket.status.find(words) != socket.status.npos; };
    auto const again = (facts.faults.empty() ? "" : "fix the settings, then ") + apply_settings_command(facts);
    if (says("settings=none"))
        out.push_back(
            {severity::error, "the daemon has no good settings: every answer is TEMP, and mail waits", again});
    else if (says("settings=last-good"))
        out.push_back({severity::error, "the daemon runs on the last good settings, not on those of the file", again});
    else if (says("refused=yes"))
        out.push_back(
            {severity::error, "the last reload was refused: the daemon runs on the previous settings", again});
    else if (says("settings=file")) out.push_back({severity::fine, "the daemon answers"});
    else
        out.push_back({severity::unknown, fmt::format("what answers at {}: {}", socket.address, socket.status),
                       "systemctl restart mtasts-socketmap"});
}

void judge_clock(doctor_facts const& facts, std::vector<finding>& out) {
    std::string const fix = "apt-get install -y systemd-timesyncd && timedatectl set-ntp true";
    auto const& clock = facts.clock;
    if (clock.now + std::chrono::days(1) < clock.installed)
        out.push_back({severity::error, "the clock is wrong: it is before the installation of this program", fix});
    else if (clock.synchronised == tristate::no)
        out.push_back({severity::warning, "the clock is not synchronised", fix});
    else if (clock.synchronised == tristate::unknown)
        out.push_back({severity::unknown, "whether the clock is synchronised", "timedatectl"});
    else out.push_back({severity::fine, "the clock is synchronised"});
}

void judge_database(doctor_facts const& facts, std::vector<finding>& out) {
    auto const& database = facts.database;
    auto const path = shell_word(database.path);
    if (database.exists == tristate::no) {
        out.push_back({severity::warning, fmt::format("there is no database yet at {}", database.path),
                       "systemctl start mtasts-socketmap"});
    } else if (database.exists == tristate::unknown || database.readable == tristate::unknown) {
        out.push_back({severity::unknown, fmt::format("whether the database can be read: {}", database.trouble),
                       "sudo " + facts.again});
    } else if (database.readable == tristate::no) {
        out.push_back({severity::error, fmt::format("the database cannot be read: {}", database.trouble),
                       fmt::format("systemctl stop mtasts-socketmap && mv {0} {0}.damaged && systemctl start "
                                   "mtasts-socketmap",
                                   path)});
    } else if ((database.mode & 0077) != 0) {
        out.push_back(
            {severity::warning, fmt::format("others may read the database {}", database.path), "chmod 600 " + path});
    } else {
        out.push_back({severity::fine, "the database can be read"});
    }
}

std::string_view word_of(severity how) {
    switch (how) {
        case severity::error: return "ERROR";
        case severity::unknown: return "COULD NOT TELL";
        case severity::warning: return "WARNING";
        case severity::fine: break;
    }
    return "fine";
}

}  // namespace

std::string of_postfix(doctor_facts const& facts, std::string const& name) {
    auto const found = facts.postfix.parameters.find(name);
    return found == facts.postfix.parameters.end() ? "" : found->second;
}

std::string postfix_command(doctor_facts const& facts, std::string_view program) {
    auto const& folder = facts.postfix_config;
    return folder.empty() ? std::string(program) : fmt::format("{} -c {}", program, shell_word(folder));
}

std::string set_postfix(doctor_facts const& facts, std::string_view assignments) {
    return fmt::format("{} -e {} && {} reload", postfix_command(facts, "postconf"), assignments,
                       postfix_command(facts, "postfix"));
}

std::string apply_settings_command(doctor_facts const& facts) {
    bool const runs = facts.socket.exists != tristate::no && facts.socket.answers != tristate::no;
    return fmt::format("systemctl {} mtasts-socketmap", runs ? "reload" : "restart");
}

std::string set_here(doctor_facts const& facts, std::string_view setting, std::string_view line) {
    return fmt::format("write {} in {}, then {}", line, facts.config,
                       needs_restart(setting) ? "systemctl restart mtasts-socketmap" : apply_settings_command(facts));
}

bool respects_dane(settings const& given) { return given.dane != dane_answer::ignore && !is_dnssec_off(given); }

level level_of(severity how) {
    switch (how) {
        case severity::error: return level::error;
        case severity::warning: return level::warning;
        case severity::unknown: return level::notice;
        case severity::fine: break;
    }
    return level::info;
}

std::vector<finding> resolver_findings(doctor_facts const& facts) {
    std::vector<finding> out;
    if (facts.offline) return out;
    auto const& resolver = facts.resolver;
    auto const all = fmt::format("{}", fmt::join(resolver.addresses, ", "));
    bool const dane = respects_dane(facts.given);
    std::string const fix(fix_resolver);
    if (resolver.answers == tristate::no) {
        out.push_back({severity::error, fmt::format("the resolver {} does not answer: {}", all, resolver.trouble),
                       fix_silence(resolver)});
        return out;
    }
    if (dane && resolver.validates == tristate::no)
        out.push_back({severity::error,
                       fmt::format("the resolver {} does not validate: {}", all,
                                   facts.given.dane == dane_answer::leave
                                       ? "dane = \"leave\" leaves domains with DANE without any protection"
                                       : "mail to domains with DANE waits"),
                       fix});
    if (resolver.validates == tristate::unknown)
        out.push_back({severity::unknown, fmt::format("whether the resolver {} validates: {}", all, resolver.trouble),
                       "dig +dnssec . SOA, and look for \"ad\" among the flags"});
    if (resolver.daemon_validates == tristate::no && dane)
        out.push_back({severity::error,
                       "DNSSEC does not reach this daemon, so that it cannot detect DANE: " + resolver.trouble, fix});
    if (resolver.validates == tristate::yes && resolver.local == tristate::no)
        out.push_back({severity::warning,
                       fmt::format("the resolver {} is on another machine: whoever is in between can "
                                   "forge that it validated",
                                   all),
                       fix});
    if (resolver.validates == tristate::yes && (!dane || resolver.daemon_validates == tristate::yes))
        out.push_back({severity::fine, fmt::format("the resolver {} validates", all)});
    else if (resolver.validates == tristate::yes && resolver.daemon_validates == tristate::unknown)
        out.push_back({severity::unknown, "whether DNSSEC reaches this daemon: " + resolver.trouble,
                       facts.command + " query --afresh example.com"});
    return out;
}

std::vector<finding> findings_of(doctor_facts const& facts) {
    std::vector<finding> out;
    // If there is no socket, the daemon is not installed yet: that comes first.
    if (facts.socket.exists == tristate::no) judge_socket(facts, out);
    for (auto const& fault : facts.faults)
        out.push_back({severity::error, "settings: " + fault,
                       fmt::format("fix {}, then {}", facts.config, apply_settings_command(facts))});
    if (facts.socket.exists != tristate::no) judge_socket(facts, out);
    auto const append = [&out](std::vector<finding> const& more) { out.insert(out.end(), more.begin(), more.end()); };
    append(postfix_findings(facts));
    bool const is_there = facts.socket.exists != tristate::no && facts.socket.answers == tristate::yes;
    if (is_there && facts.postfix.unreadable.empty()) append(reach_findings(facts));
    append(resolver_findings(facts));
    judge_trust(facts, out);
    judge_https(facts, out);
    judge_clock(facts, out);
    judge_database(facts, out);
    std::stable_sort(out.begin(), out.end(), [](auto const& a, auto const& b) { return a.how > b.how; });
    return out;
}

std::string report_of(std::span<finding const> findings) {
    bool const idle = findings.empty() || findings.front().how == severity::fine;
    auto out = idle ? std::string("Nothing is wrong.\n")
                    : fmt::format("{}: {}\n", exit_status_of(findings) == 0 ? "Nothing is wrong, but better" : "First",
                                  mtasts::visible(findings.front().remedy));
    for (auto const& each : findings) {
        out += fmt::format("{}: {}\n", word_of(each.how), mtasts::visible(each.what));
        if (!each.remedy.empty()) out += fmt::format("    fix: {}\n", mtasts::visible(each.remedy));
    }
    return out;
}

int exit_status_of(std::span<finding const> findings) {
    return std::any_of(findings.begin(), findings.end(), [](auto const& each) { return each.how > severity::warning; });
}

}  // namespace socketmap
