// SPDX-License-Identifier: BSL-1.0
#include "doctor.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <mtasts/model/ascii.hpp>
#include <mtasts/render/escape.hpp>

namespace socketmap {
namespace {

constexpr std::string_view default_socket = "unix:/var/spool/postfix/mtasts-socketmap/socket";
/// A local resolver validates, and nobody can tamper with its answers.
constexpr std::string_view fix_resolver =
    "apt-get install -y unbound dns-root-data, then have /etc/resolv.conf say \"nameserver 127.0.0.1\" alone";

std::string of_postfix(doctor_facts const& facts, std::string const& name) {
    auto const found = facts.postfix.parameters.find(name);
    return found == facts.postfix.parameters.end() ? "" : found->second;
}

std::string set_postfix(std::string const& assignments) {
    return fmt::format("postconf -e {} && postfix reload", assignments);
}

std::string set_here(doctor_facts const& facts, std::string_view line) {
    return fmt::format("write {} in {}, then systemctl reload mtasts-socketmap", line, facts.config);
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        auto const end = std::min(text.find_first_of(", \t"), text.size());
        if (end != 0) words.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

/// The map by which Postfix reaches the daemon; empty if it cannot.
std::string wanted_map(doctor_facts const& facts) {
    auto const where = parse_socket_address(facts.given.socket);
    if (where.path.empty()) return fmt::format("socketmap:{}:postfix", facts.given.socket);
    auto const queue = of_postfix(facts, "queue_directory") + "/";
    if (where.path.starts_with(queue)) return fmt::format("socketmap:unix:{}:postfix", where.path.substr(queue.size()));
    return facts.postfix.chrooted == tristate::yes ? "" : fmt::format("socketmap:unix:{}:postfix", where.path);
}

/// Whether an entry of smtp_tls_policy_maps is the daemon's socket.
bool is_our_map(doctor_facts const& facts, std::string_view entry) {
    constexpr std::string_view unix_map = "socketmap:unix:";
    auto const address = entry.substr(0, entry.rfind(':'));
    if (!entry.starts_with(unix_map)) return address == "socketmap:" + facts.given.socket;
    std::filesystem::path path(address.substr(std::min(unix_map.size(), address.size())));
    std::filesystem::path const queue(of_postfix(facts, "queue_directory"));
    // Postfix's processes run in the queue directory; in a chroot it is the root as well.
    if (path.is_relative() || facts.postfix.chrooted == tristate::yes) path = queue / path.relative_path();
    return "unix:" + path.lexically_normal().string() == facts.given.socket;
}

void judge_maps(doctor_facts const& facts, std::vector<finding>& out) {
    auto const maps = of_postfix(facts, "smtp_tls_policy_maps");
    auto const wanted = wanted_map(facts);
    auto const entries = words_of(maps);
    if (std::any_of(entries.begin(), entries.end(), [&](auto const& each) { return is_our_map(facts, each); })) {
        out.push_back({severity::fine, "Postfix asks this daemon (smtp_tls_policy_maps)"});
    } else if (wanted.empty()) {
        out.push_back(
            {severity::error,
             fmt::format("Postfix is chrooted to its queue directory and cannot reach {}", facts.given.socket),
             set_here(facts, fmt::format("socket = \"{}\"", default_socket))});
    } else if (maps.find('{') != maps.npos) {
        out.push_back({severity::unknown, "whether smtp_tls_policy_maps leads to this daemon: " + maps,
                       "postmap -q example.com " + shell_word(wanted)});
    } else {
        auto const all = maps.empty() ? wanted : maps + ", " + wanted;
        out.push_back({severity::error, "Postfix does not ask this daemon: smtp_tls_policy_maps does not name it",
                       set_postfix(shell_word("smtp_tls_policy_maps=" + all))});
    }
}

void judge_reach(doctor_facts const& facts, std::vector<finding>& out) {
    auto const& postfix = facts.postfix;
    if (postfix.reaches_socket == tristate::yes) {
        out.push_back({severity::fine, "Postfix's user reaches the socket"});
    } else if (postfix.reaches_socket == tristate::unknown) {
        out.push_back({severity::unknown, "whether Postfix's user reaches the socket: " + postfix.socket_trouble,
                       "sudo mtasts-socketmap doctor"});
    } else {
        auto const path = parse_socket_address(facts.given.socket).path;
        auto const folder = std::filesystem::path(path).parent_path().string();
        out.push_back({severity::error, "Postfix's user does not reach the socket: " + postfix.socket_trouble,
                       fmt::format("chmod 755 {} && chmod 666 {}", shell_word(folder), shell_word(path))});
    }
}

/// Whether the daemon looks for DANE.
bool respects_dane(settings const& given) { return given.dane != dane_answer::ignore && !is_dnssec_off(given); }

/// RFC 8461 2: MTA-STS must not override DANE.
void judge_dane(doctor_facts const& facts, std::vector<finding>& out) {
    auto level = of_postfix(facts, "smtp_tls_security_level");
    if (level.empty()) level = of_postfix(facts, "smtp_use_tls") == "yes" ? "may" : "none";
    auto const dns = of_postfix(facts, "smtp_dns_support_level");
    bool const respected = respects_dane(facts.given);
    auto const before = out.size();
    bool const leaves_nothing =
        respected && facts.given.dane == dane_answer::leave && level != "dane" && level != "dane-only";
    if (leaves_nothing)
        out.push_back(
            {severity::error,
             fmt::format("dane = \"leave\" leaves domains with DANE to Postfix, whose smtp_tls_security_level "
                         "is {}: nothing protects them",
                         level),
             set_postfix("smtp_tls_security_level=dane smtp_dns_support_level=dnssec")});
    else if (respected && dns != "dnssec")
        out.push_back({severity::error,
                       fmt::format("smtp_dns_support_level is \"{}\": Postfix cannot look for DANE", dns),
                       set_postfix("smtp_dns_support_level=dnssec")});
    // Without a validating resolver, DANE is impossible, and MTA-STS alone is fine.
    if (!respected && facts.resolver.validates == tristate::yes) {
        bool const ignored = facts.given.dane == dane_answer::ignore;
        out.push_back(
            {severity::warning,
             fmt::format("{}: MTA-STS overrides DANE (RFC 8461 2)", ignored ? "dane = \"ignore\"" : "dnssec = \"off\""),
             set_here(facts, ignored ? "dane = \"leave\"" : "dnssec = \"on\"")});
    }
    if (level == "none")
        out.push_back({severity::warning,
                       "smtp_tls_security_level is none: mail to domains without a policy is sent in the clear",
                       set_postfix("smtp_tls_security_level=may")});
    if (out.size() == before) out.push_back({severity::fine, "Postfix does its part of DANE"});
}

void judge_versions(doctor_facts const& facts, std::vector<finding>& out) {
    auto const version = of_postfix(facts, "mail_version");
    constexpr std::string_view has_tlsrpt = "3.10";
    if (facts.given.tlsrpt && !at_least(version, has_tlsrpt))
        out.push_back({severity::error,
                       fmt::format("tlsrpt = true, but Postfix {} refuses such answers: mail to domains with a policy "
                                   "waits",
                                   version),
                       set_here(facts, "tlsrpt = false")});
    if (facts.given.tlsrpt && of_postfix(facts, "smtp_tls_enforce_sts_mx_patterns") == "no")
        out.push_back({severity::warning,
                       "smtp_tls_enforce_sts_mx_patterns = no: MX hosts are not compared (RFC 8461 4.1)",
                       set_postfix("smtp_tls_enforce_sts_mx_patterns=yes")});
    auto const idna = of_postfix(facts, "enable_idna2003_compatibility");
    if (!idna.empty() && (idna == "yes") != facts.given.idna2003_compatibility)
        out.push_back({severity::error,
                       fmt::format("Postfix has enable_idna2003_compatibility = {}, this daemon the opposite: for some "
                                   "names they mean different domains",
                                   idna),
                       set_here(facts, fmt::format("idna2003-compatibility = {}", idna == "yes"))});
    for (auto const& own : facts.postfix.own_of_services)
        out.push_back({severity::warning, "master.cf overrides a parameter for a service: " + own, "postconf -P"});
}

void judge_trust(doctor_facts const& facts, std::vector<finding>& out) {
    std::string const install = "apt-get install -y --reinstall ca-certificates && update-ca-certificates";
    if (facts.trust_anchors == 0)
        out.push_back({severity::error,
                       fmt::format("no trust anchors for HTTPS in {}: no policy can be fetched",
                                   facts.trust_store.empty() ? "the system's store" : facts.trust_store),
                       facts.given.ca_file.empty() ? install : set_here(facts, "a good ca-file, or none")});
    else out.push_back({severity::fine, fmt::format("{} trust anchors for HTTPS", facts.trust_anchors)});
    if (!facts.postfix.unreadable.empty()) return;
    auto const file = of_postfix(facts, "smtp_tls_CAfile"), folder = of_postfix(facts, "smtp_tls_CApath");
    if (facts.postfix_trust_anchors != 0) return;
    bool const named = !file.empty() || !folder.empty();
    auto const what = named ? fmt::format("Postfix finds no trust anchors in {}", file.empty() ? folder : file)
                            : std::string("Postfix has no trust anchors (smtp_tls_CAfile)");
    out.push_back({severity::error, what + ": all mail to domains with a policy waits",
                   set_postfix("smtp_tls_CAfile=/etc/ssl/certs/ca-certificates.crt")});
}

void judge_https(doctor_facts const& facts, std::vector<finding>& out) {
    if (facts.offline) {
        out.push_back(
            {severity::warning, "neither DNS nor port 443 was looked at (--offline)", "mtasts-socketmap doctor"});
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
    auto const again = facts.faults.empty() ? std::string("systemctl restart mtasts-socketmap")
                                            : "fix the settings, then systemctl restart mtasts-socketmap";
    if (says("settings=none"))
        out.push_back(
            {severity::error, "the daemon has no good settings: every answer is TEMP, and mail waits", again});
    else if (says("settings=last-good"))
        out.push_back({severity::error, "the daemon runs on the last good settings, not on those of the file", again});
    else if (says("refused=yes"))
        out.push_back({severity::error, "the last reload was refused: the daemon runs on the former settings", again});
    else if (says("settings=file")) out.push_back({severity::fine, "the daemon answers"});
    else
        out.push_back({severity::unknown, fmt::format("what answers at {}: {}", socket.address, socket.status), again});
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
                       "sudo mtasts-socketmap doctor"});
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

std::vector<finding> postfix_findings(doctor_facts const& facts) {
    std::vector<finding> out;
    if (!facts.postfix.unreadable.empty()) {
        out.push_back({severity::unknown, "how Postfix is configured: " + facts.postfix.unreadable,
                       "sudo mtasts-socketmap doctor, on the machine of Postfix"});
        return out;
    }
    judge_maps(facts, out);
    judge_dane(facts, out);
    judge_versions(facts, out);
    return out;
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
                       "systemctl restart unbound, or name another resolver in /etc/resolv.conf"});
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
                       "mtasts-socketmap query --afresh example.com"});
    return out;
}

std::vector<finding> findings_of(doctor_facts const& facts) {
    std::vector<finding> out;
    // If there is no socket, the daemon is not installed yet: that comes first.
    if (facts.socket.exists == tristate::no) judge_socket(facts, out);
    for (auto const& fault : facts.faults)
        out.push_back({severity::error, "settings: " + fault,
                       fmt::format("fix {}, then systemctl restart mtasts-socketmap", facts.config)});
    if (facts.socket.exists != tristate::no) judge_socket(facts, out);
    auto const append = [&out](std::vector<finding> const& more) { out.insert(out.end(), more.begin(), more.end()); };
    append(postfix_findings(facts));
    if (facts.postfix.unreadable.empty() && facts.socket.answers == tristate::yes) judge_reach(facts, out);
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

std::map<std::string, std::string> read_postconf(std::string_view text) {
    std::map<std::string, std::string> parameters;
    mtasts::for_each_piece(text, '\n', [&](std::string_view line) {
        auto const equals = line.find(" =");
        if (equals == line.npos || line.starts_with("postconf: ")) return;
        auto const value = line.substr(std::min(equals + 3, line.size()));
        parameters.insert_or_assign(std::string(line.substr(0, equals)), std::string(value));
    });
    return parameters;
}

bool at_least(std::string_view version, std::string_view least) {
    auto const numbers = [](std::string_view text) {
        std::vector<int> out{0};
        for (char const c : text) {
            if (c == '.') out.push_back(0);
            else if (mtasts::is_digit(c) && out.back() < 100'000'000) out.back() = out.back() * 10 + (c - '0');
            else break;
        }
        return out;
    };
    return !version.empty() && numbers(version) >= numbers(least);
}

std::string shell_word(std::string_view text) {
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:=@%+";
    if (!text.empty() && text.find_first_not_of(plain) == text.npos) return std::string(text);
    std::string out = "'";
    for (char const c : text) {
        if (c == '\'') out += "'\\''";
        else out += c;
    }
    return out + "'";
}

}  // namespace socketmap
