// SPDX-License-Identifier: BSL-1.0
/// The settings of an operator, in a file and on the command line.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "log.hpp"

namespace CLI {
class App;
}

namespace socketmap {

/// RFC 8461 2: what is answered for a policy domain whose MX hosts have DANE. MTA-STS must never replace a DANE check
/// that would fail.
enum class dane_answer {
    /// All MX hosts have DANE: NOTFOUND, so that Postfix's own `smtp_tls_security_level = dane` works. Some have:
    /// `dane-only`, since every other answer would leave one of the two protections out.
    leave,
    /// `dane-only` in both cases, whatever Postfix's own level is.
    only,
    /// DANE is not looked for.
    ignore,
};

/// Whether DNS answers are validated. If not, none is secure, and DANE is not applied.
enum class dnssec_use { on, off };

/// What to do if neither DNS nor the cache tells whether there is a policy.
enum class dns_failure_answer { not_found, temporary };

/// An operator's override for one policy domain.
struct domain_override {
    enum class kind { off, strict, mx } what = kind::off;
    /// `mx`: the fixed patterns.
    std::vector<std::string> patterns = {};
};

struct settings {
    std::string socket = "unix:/var/spool/postfix/mtasts-socketmap/socket";
    /// Postfix's own user must be able to connect.
    std::string socket_mode = "0666";
    std::string database = "/var/lib/mtasts-socketmap/policies.sqlite";
    std::string metrics = "";
    level log_level = level::info;

    /// Addresses of validating or forwarding resolvers; none: those of /etc/resolv.conf.
    std::vector<std::string> resolvers;
    /// A file in the syntax of unbound.conf.
    std::string unbound_config = "";
    dnssec_use dnssec = dnssec_use::on;
    std::string trust_anchor = "/usr/share/dns/root.key";
    std::chrono::seconds dns_time_limit{10};

    std::string ca_file = "";
    /// RFC 8461 3.3: the suggested limits of a fetch.
    std::chrono::seconds fetch_time_limit{60};
    bool allow_private_addresses = false;
    bool any_content_type = false;

    /// As Postfix's parameter `enable_idna2003_compatibility`.
    bool idna2003_compatibility = false;
    bool tlsrpt = false;
    dane_answer dane = dane_answer::leave;
    dns_failure_answer dns_failure = dns_failure_answer::not_found;
    std::map<std::string, domain_override> overrides;

    std::size_t connections = 1024;
    std::size_t fetches = 64;
    std::size_t refreshes = 4;
    /// Answers kept in memory.
    std::size_t answers = 100000;
    /// How long an answer is given before DNS is asked for a newer policy.
    std::chrono::seconds recheck{300};
    std::chrono::seconds refresh{86400};
    /// A policy that no mail has asked for in this time is no longer refreshed, and ends with its max_age.
    std::chrono::seconds unused{30 * 86400};

    /// Policies kept on disk, the octets of their texts, and policies of one registrable domain.
    std::size_t policies = 100'000;
    std::size_t policy_octets = 64 << 20;
    std::size_t names = 1000;

    /// For tests: the file of `clock_by`.
    std::string test_clock = "";
};

struct settings_error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Reads "example.com off", "example.com strict" or "example.com mx mail.example.com *.example.net".
/// Throws settings_error.
std::pair<std::string, domain_override> parse_override(std::string_view text, bool idna2003_compatibility = false);

/// Adds the options to a command line; `target` has what was given once the command line is parsed.
void add_settings(CLI::App& app, settings& target);

/// A fault of a setting.
struct settings_fault {
    std::string setting;
    std::string why;
    /// Its line in the settings file, from 1; 0 if it is not there.
    std::size_t line = 0;

    bool operator==(settings_fault const&) const = default;
};

/// Whether no DNS answer is validated, so that DANE is never detected: by the setting, or without a trust anchor.
bool is_dnssec_off(settings const& given);

/// Example: `does_not_exist("/a", "mkdir -p /a") == "/a does not exist; create it: mkdir -p /a"`
std::string does_not_exist(std::string_view path, std::string_view creation);

/// Problems that a parser cannot find, such as missing files; empty for good settings.
std::vector<settings_fault> problems_of(settings const& given);

/// Whether a setting takes effect only after a restart.
bool needs_restart(std::string_view setting);

/// The names of those settings that differ.
std::vector<std::string> restart_needed_for(settings const& running, settings const& wanted);

/// The longest path that fits in sockaddr_un.
inline constexpr std::size_t longest_socket_path = 107;

/// The address of "unix:PATH" or "inet:ADDRESS:PORT".
struct socket_address {
    std::string path;
    std::string host;
    std::uint16_t port = 0;
};
/// Throws settings_error.
socket_address parse_socket_address(std::string_view text);

/// The same file or socket, named for any directory.
/// Example: `absolute_socket("unix:socket") == "unix:/run/socket"` in /run
std::string absolute_path(std::string const& path);
std::string absolute_socket(std::string const& address);

}  // namespace socketmap
