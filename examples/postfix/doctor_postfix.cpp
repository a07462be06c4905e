// SPDX-License-Identifier: BSL-1.0
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fmt/format.h>
#include <mtasts/text/ascii.hpp>

#include "doctor_remedies.hpp"

namespace socketmap {
namespace {

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        auto const end = std::min(text.find_first_of(", \t"), text.size());
        if (end != 0) words.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

std::string queue_folder(doctor_facts const& facts) { return of_postfix(facts, "queue_directory") + "/"; }

/// The setting `socket`, or what it should be where Postfix is chrooted to its queue directory and the socket is not
/// in it.
std::string reachable_socket(doctor_facts const& facts) {
    auto const path = parse_socket_address(facts.given.socket).path;
    bool const outside = !path.empty() && !path.starts_with(queue_folder(facts));
    if (!outside || facts.postfix.chrooted != tristate::yes) return facts.given.socket;
    return fmt::format("unix:{}mtasts-socketmap/socket", queue_folder(facts));
}

/// The map by which Postfix reaches a socket.
std::string map_of(doctor_facts const& facts, std::string const& socket) {
    auto const path = parse_socket_address(socket).path;
    if (path.empty()) return fmt::format("socketmap:{}:postfix", socket);
    auto const queue = queue_folder(facts);
    return fmt::format("socketmap:unix:{}:postfix", path.starts_with(queue) ? path.substr(queue.size()) : path);
}

/// Whether an entry of smtp_tls_policy_maps is this socket.
bool is_map_of(doctor_facts const& facts, std::string const& socket, std::string_view entry) {
    constexpr std::string_view unix_map = "socketmap:unix:";
    auto const address = entry.substr(0, entry.rfind(':'));
    if (!entry.starts_with(unix_map)) return address == "socketmap:" + socket;
    std::filesystem::path path(address.substr(std::min(unix_map.size(), address.size())));
    std::filesystem::path const queue(of_postfix(facts, "queue_directory"));
    // Postfix's processes run in the queue directory; in a chroot it is the root as well.
    if (path.is_relative() || facts.postfix.chrooted == tristate::yes) path = queue / path.relative_path();
    return "unix:" + path.lexically_normal().string() == socket;
}

void judge_maps(doctor_facts const& facts, std::vector<finding>& out) {
    auto const maps = of_postfix(facts, "smtp_tls_policy_maps");
    auto const socket = reachable_socket(facts);
    bool const reachable = socket == facts.given.socket;
    if (!reachable)
        out.push_back(
            {severity::error,
             fmt::format("Postfix is chrooted to its queue directory and cannot reach {}", facts.given.socket),
             set_here(facts, "socket", fmt::format("socket = \"{}\"", socket))});
    auto const wanted = map_of(facts, socket);
    auto const entries = words_of(maps);
    auto const leads_here = [&](auto const& each) { return is_map_of(facts, socket, each); };
    if (std::any_of(entries.begin(), entries.end(), leads_here)) {
        if (reachable) out.push_back({severity::fine, "Postfix asks this daemon (smtp_tls_policy_maps)"});
    } else if (maps.find('{') != maps.npos) {
        out.push_back({severity::unknown, "whether smtp_tls_policy_maps leads to this daemon: " + maps,
                       postfix_command(facts, "postmap") + " -q example.com " + shell_word(wanted)});
    } else {
        auto const all = maps.empty() ? wanted : maps + ", " + wanted;
        out.push_back({severity::error,
                       fmt::format("Postfix does not ask this daemon: smtp_tls_policy_maps {}",
                                   maps.empty() ? "is not set" : "does not name it"),
                       set_postfix(facts, shell_word("smtp_tls_policy_maps=" + all))});
    }
}

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
             set_postfix(facts, "smtp_tls_security_level=dane smtp_dns_support_level=dnssec")});
    else if (respected && dns != "dnssec")
        out.push_back({severity::error,
                       fmt::format("smtp_dns_support_level is \"{}\": Postfix cannot look for DANE", dns),
                       set_postfix(facts, "smtp_dns_support_level=dnssec")});
    // Without a validating resolver, DANE is impossible, and MTA-STS alone is fine.
    if (!respected && facts.resolver.validates == tristate::yes) {
        bool const ignored = facts.given.dane == dane_answer::ignore;
        out.push_back(
            {severity::warning,
             fmt::format("{}: MTA-STS overrides DANE (RFC 8461 2)", ignored ? "dane = \"ignore\"" : "dnssec = \"off\""),
             ignored ? set_here(facts, "dane", "dane = \"leave\"") : set_here(facts, "dnssec", "dnssec = \"on\"")});
    }
    if (level == "none")
        out.push_back({severity::warning,
                       "smtp_tls_security_level is none: mail to domains without a policy is sent in the clear",
                       set_postfix(facts, "smtp_tls_security_level=may")});
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
                       set_here(facts, "tlsrpt", "tlsrpt = false")});
    if (facts.given.tlsrpt && of_postfix(facts, "smtp_tls_enforce_sts_mx_patterns") == "no")
        out.push_back({severity::warning,
                       "smtp_tls_enforce_sts_mx_patterns = no: MX hosts are not compared (RFC 8461 4.1)",
                       set_postfix(facts, "smtp_tls_enforce_sts_mx_patterns=yes")});
    auto const idna = of_postfix(facts, "enable_idna2003_compatibility");
    if (!idna.empty() && (idna == "yes") != facts.given.idna2003_compatibility)
        out.push_back(
            {severity::error,
             fmt::format("Postfix has enable_idna2003_compatibility = {}, this daemon the opposite: for some "
                         "names they mean different domains",
                         idna),
             set_here(facts, "idna2003-compatibility", fmt::format("idna2003-compatibility = {}", idna == "yes"))});
    for (auto const& own : facts.postfix.own_of_services)
        out.push_back({severity::warning, "master.cf overrides a parameter for a service: " + own,
                       postfix_command(facts, "postconf") + " -P"});
}

}  // namespace

std::vector<finding> postfix_findings(doctor_facts const& facts) {
    if (!facts.postfix.unreadable.empty())
        return {{severity::unknown, "how Postfix is configured: " + facts.postfix.unreadable,
                 fmt::format("sudo {}, on the machine of Postfix", facts.again)}};
    std::vector<finding> out;
    judge_maps(facts, out);
    judge_dane(facts, out);
    judge_versions(facts, out);
    return out;
}

std::vector<finding> reach_findings(doctor_facts const& facts) {
    auto const& postfix = facts.postfix;
    if (!postfix.reach_error)
        return {{severity::unknown, "whether Postfix's user reaches the socket: " + postfix.reach_untried,
                 "sudo " + facts.again}};
    int const error = *postfix.reach_error;
    // EAGAIN: the socket was reached; the backlog of the daemon is full.
    if (error == 0 || error == EAGAIN) return {{severity::fine, "Postfix's user reaches the socket"}};
    // What is outside of the chroot has been reported, and no permission helps.
    if (reachable_socket(facts) != facts.given.socket) return {};
    auto const path = parse_socket_address(facts.given.socket).path;
    auto const folder = std::filesystem::path(path).parent_path().string();
    bool const denied = error == EACCES || error == EPERM;
    return {{severity::error, fmt::format("Postfix's user does not reach the socket: {}", std::strerror(error)),
             denied ? fmt::format("chmod 755 {} && chmod 666 {}", shell_word(folder), shell_word(path))
                    : "systemctl restart mtasts-socketmap.socket mtasts-socketmap"}};
}

std::map<std::string, std::string> read_postconf(std::string_view text) {
    std::map<std::string, std::string> parameters;
    mtasts::text::for_each_piece(text, '\n', [&](std::string_view line) {
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
            else if (mtasts::text::is_digit(c) && out.back() < 100'000'000) out.back() = out.back() * 10 + (c - '0');
            else break;
        }
        return out;
    };
    return !version.empty() && numbers(version) >= numbers(least);
}

}  // namespace socketmap
