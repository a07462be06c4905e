// SPDX-License-Identifier: BSL-1.0
/// Finds what is wrong with Postfix, DNS, trust anchors, socket, clock and database of this machine, as a pure
/// function.
#pragma once
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "settings.hpp"
#include "shell_word.hpp"

namespace socketmap {

/// An answer that may be unknown, which is neither yes nor no.
enum class tristate { unknown, no, yes };

struct postfix_facts {
    /// Why postconf could not be read; empty if it could.
    std::string unreadable = "not asked";
    /// Expanded parameters by name, without those unknown to this version of Postfix.
    std::map<std::string, std::string> parameters = {};
    /// Whether the service smtp/unix of master.cf is chrooted.
    tristate chrooted = tristate::unknown;
    /// Parameters of interest that master.cf overrides, as "smtp/unix/smtp_tls_security_level = may".
    std::vector<std::string> own_of_services = {};
    /// The errno of a connection to the socket by Postfix's user, from its queue directory or chroot; nothing if that
    /// could not be tried.
    std::optional<int> reach_error = {};
    /// Why not.
    std::string reach_untried = {};
};

struct resolver_facts {
    /// Those of /etc/resolv.conf, which Postfix uses.
    std::vector<std::string> addresses = {};
    /// Whether all of them are addresses of this machine.
    tristate local = tristate::unknown;
    tristate answers = tristate::unknown;
    /// Whether its answer for a signed name has the AD bit (RFC 4035 3.2.3).
    tristate validates = tristate::unknown;
    /// Whether the daemon can validate the answers of its own resolvers, and why not.
    tristate daemon_validates = tristate::unknown;
    std::string trouble = {};
};

struct socket_facts {
    /// The setting `socket`.
    std::string address;
    tristate exists = tristate::unknown;
    /// Whether the daemon answers a status request.
    tristate answers = tristate::unknown;
    std::string trouble = {};
    /// The daemon's answer: "settings=file refused=no".
    std::string status = {};
};

struct clock_facts {
    std::chrono::sys_seconds now{};
    /// When this program was installed: the clock cannot be before that.
    std::chrono::sys_seconds installed{};
    tristate synchronised = tristate::unknown;
};

struct database_facts {
    std::string path;
    tristate exists = tristate::unknown;
    tristate readable = tristate::unknown;
    std::string trouble = {};
    /// Its permissions.
    unsigned mode = 0600;
};

struct doctor_facts {
    /// The settings as far as they could be read, and what is wrong with the others.
    settings given;
    std::string config;
    /// The command line that runs this program on these settings, without a command; the one that examines again.
    std::string command = "mtasts-socketmap";
    std::string again = "mtasts-socketmap doctor";
    /// Postfix's configuration directory, if it was given.
    std::string postfix_config = {};
    std::vector<std::string> faults = {};
    bool offline = false;
    postfix_facts postfix = {};
    resolver_facts resolver = {};
    /// The trust store for HTTPS, and the number of certificates in it.
    std::string trust_store = {};
    std::size_t trust_anchors = 0;
    /// The number in smtp_tls_CAfile and smtp_tls_CApath.
    std::size_t postfix_trust_anchors = 0;
    std::string https_host = {};
    tristate https_reachable = tristate::unknown;
    std::string https_trouble = {};
    socket_facts socket = {};
    clock_facts clock = {};
    database_facts database = {};
};

enum class severity { fine, warning, unknown, error };

struct finding {
    severity how;
    std::string what;
    /// The command that fixes it.
    std::string remedy = {};
};

/// The level at which the daemon logs it.
level level_of(severity how);

/// All findings, the most severe first.
std::vector<finding> findings_of(doctor_facts const& facts);
/// Those about Postfix and its use of this daemon; also logged at startup.
std::vector<finding> postfix_findings(doctor_facts const& facts);

/// Those about the resolvers of Postfix and of the daemon.
std::vector<finding> resolver_findings(doctor_facts const& facts);

/// Text for a terminal; its first line has the one thing to do first.
std::string report_of(std::span<finding const> findings);
/// 0 if there are at most warnings; 1 if there is an error or an unknown.
int exit_status_of(std::span<finding const> findings);

/// Parses postconf's lines "name = value".
std::map<std::string, std::string> read_postconf(std::string_view text);
/// Whether a version is at least another, number by number.
/// Example: `at_least("3.10.5", "3.7.11")`
bool at_least(std::string_view version, std::string_view least);

}  // namespace socketmap
