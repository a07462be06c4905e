// SPDX-License-Identifier: BSL-1.0
#include "settings.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <mtasts/name/a_labels.hpp>
#include <mtasts/render/escape.hpp>
#include <mtasts/text/ascii.hpp>

#include "dns.hpp"
#include "listening.hpp"
#include "policy_domain.hpp"
#include "shell_word.hpp"

namespace socketmap {
namespace {

/// The words of a line.
std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    mtasts::text::for_each_piece(text, ' ', [&](std::string_view word) {
        if (!word.empty()) words.emplace_back(word);
    });
    return words;
}

bool is_pattern(std::string_view text) { return mtasts::is_dns_name(text.starts_with("*.") ? text.substr(2) : text); }

template <class Number>
bool read_number(std::string_view text, Number& number, int base = 10) {
    auto const end = text.data() + text.size();
    auto const [stop, error] = std::from_chars(text.data(), end, number, base);
    return error == std::errc() && stop == end;
}

/// The valid values of a number, and a hint for the message about others.
struct number_range {
    std::int64_t least, most;
    std::string hint = {};
};

/// Throws what CLI11 shows with the option's name.
std::int64_t number_within(std::string const& option, std::string const& text, number_range const& wanted) {
    std::int64_t value = 0;
    if (!read_number(text, value))
        throw CLI::ValidationError(option,
                                   fmt::format("\"{}\" is not a whole number{}", mtasts::visible(text), wanted.hint));
    if (value < wanted.least || value > wanted.most)
        throw CLI::ValidationError(
            option, fmt::format("{} is not between {} and {}{}", value, wanted.least, wanted.most, wanted.hint));
    return value;
}

/// An option in seconds, at least `least` and at most `most` of them.
void add_seconds(CLI::App& app, std::string const& name, std::chrono::seconds& target, std::string const& about,
                 std::int64_t least, std::int64_t most) {
    number_range const wanted{least, most, fmt::format("; write seconds, such as {}", target.count())};
    auto const take = [&target, name, wanted](std::string const& text) {
        target = std::chrono::seconds(number_within(name, text, wanted));
    };
    app.add_option_function<std::string>(name, take, about)
        ->default_str(std::to_string(target.count()))
        ->type_name("SECONDS");
}

void add_count(CLI::App& app, std::string const& name, std::size_t& target, std::string const& about,
               number_range const& wanted = {1, 10'000'000}) {
    auto const take = [&target, name, wanted](std::string const& text) {
        target = static_cast<std::size_t>(number_within(name, text, wanted));
    };
    app.add_option_function<std::string>(name, take, about)->default_str(std::to_string(target))->type_name("COUNT");
}

template <class Enum>
void add_choice(CLI::App& app, std::string const& name, Enum& target, std::string const& about,
                std::map<std::string, Enum> const& words) {
    std::string shown;
    for (auto const& [word, value] : words) shown += (shown.empty() ? "" : "|") + word;
    auto const take = [&target, name, words, shown](std::string const& text) {
        auto const found = words.find(text);
        if (found == words.end()) throw CLI::ValidationError(name, fmt::format("\"{}\" is not one of {}", text, shown));
        target = found->second;
    };
    app.add_option_function<std::string>(name, take, about)->type_name(shown);
}

/// A setting that takes effect only at a start.
struct lasting_setting {
    std::string_view name;
    bool (*differ)(settings const&, settings const&);
};

template <auto Member>
bool differ(settings const& a, settings const& b) {
    return a.*Member != b.*Member;
}

constexpr lasting_setting lasting[] = {
    {"socket", differ<&settings::socket>},
    {"socket-mode", differ<&settings::socket_mode>},
    {"database", differ<&settings::database>},
    {"metrics", differ<&settings::metrics>},
    {"resolver", differ<&settings::resolvers>},
    {"unbound-config", differ<&settings::unbound_config>},
    {"trust-anchor", differ<&settings::trust_anchor>},
    {"dnssec", differ<&settings::dnssec>},
    {"dns-time-limit", differ<&settings::dns_time_limit>},
    {"connections", differ<&settings::connections>},
    {"fetches", differ<&settings::fetches>},
    {"answers", differ<&settings::answers>},
    {"policies", differ<&settings::policies>},
    {"policy-octets", differ<&settings::policy_octets>},
    {"names", differ<&settings::names>},
};

}  // namespace

std::pair<std::string, domain_override> parse_override(std::string_view text, bool idna2003_compatibility) {
    auto const refused = [&](std::string_view why) {
        return settings_error(fmt::format("\"{}\": {}", mtasts::visible(text), why));
    };
    auto const words = words_of(text);
    if (words.size() < 2) throw refused("a domain and off, strict or mx are needed");
    auto const domain = policy_domain_of(words[0], idna2003_compatibility);
    if (!domain) throw refused("this is not a policy domain");
    using kind = domain_override::kind;
    if (words.size() == 2 && words[1] == "off") return {*domain, {kind::off}};
    if (words.size() == 2 && words[1] == "strict") return {*domain, {kind::strict}};
    if (words.size() == 2 || words[1] != "mx") throw refused("off, strict or mx and patterns must follow the domain");
    domain_override result{kind::mx, {words.begin() + 2, words.end()}};
    for (auto const& pattern : result.patterns)
        if (!is_pattern(pattern)) throw refused(fmt::format("\"{}\" is not an mx pattern", mtasts::visible(pattern)));
    return {*domain, std::move(result)};
}

socket_address parse_socket_address(std::string_view text) {
    auto const refused = [&] {
        return settings_error(fmt::format("\"{}\" is neither unix:PATH nor inet:ADDRESS:PORT", mtasts::visible(text)));
    };
    if (text.starts_with("unix:")) {
        auto const path = text.substr(5);
        if (path.empty() || path.size() > longest_socket_path) throw refused();
        return {std::string(path), "", 0};
    }
    auto const colon = text.rfind(':');
    if (!text.starts_with("inet:") || colon < 6) throw refused();
    socket_address result{"", std::string(text.substr(5, colon - 5)), 0};
    if (!read_number(text.substr(colon + 1), result.port) || result.port == 0) throw refused();
    if (result.host.starts_with('[') && result.host.ends_with(']'))
        result.host = result.host.substr(1, result.host.size() - 2);
    return result;
}

std::string absolute_path(std::string const& path) {
    return path.empty() ? path : std::filesystem::absolute(path).lexically_normal().string();
}

std::string absolute_socket(std::string const& address) {
    auto const path = parse_socket_address(address).path;
    auto absolute = "unix:" + absolute_path(path);
    bool const fits = absolute.size() <= std::string_view("unix:").size() + longest_socket_path;
    return path.empty() || !fits ? address : absolute;
}

void add_settings(CLI::App& app, settings& target) {
    auto const address_fault = [](std::string const& text) {
        try {
            parse_socket_address(text);
            return std::string();
        } catch (settings_error const& error) {
            return std::string(error.what());
        }
    };
    app.add_option("--socket", target.socket, "The socket for Postfix: unix:PATH or inet:ADDRESS:PORT")
        ->capture_default_str()
        ->check(address_fault);
    app.add_option("--socket-mode", target.socket_mode, "Permissions of the unix socket")->capture_default_str();
    app.add_option("--database", target.database, "The database of policies")->capture_default_str();
    app.add_option("--metrics", target.metrics, "inet:ADDRESS:PORT for Prometheus; by default none");
    add_choice(app, "--log-level", target.log_level, "The least important level that is logged",
               {{"error", level::error},
                {"warning", level::warning},
                {"notice", level::notice},
                {"info", level::info},
                {"debug", level::debug}});

    app.add_option("--resolver", target.resolvers, "Address of a resolver, with @PORT if need be; several are tried");
    app.add_option("--unbound-config", target.unbound_config, "Additional DNS settings, in the syntax of unbound.conf");
    app.add_option("--trust-anchor", target.trust_anchor, "DNSSEC trust anchors; empty: no DNSSEC, and no DANE")
        ->capture_default_str();
    add_choice(
        app, "--dnssec", target.dnssec,
        "on, or off for resolvers that do not pass DNSSEC on: then DANE is never applied, not even if it was known",
        {{"on", dnssec_use::on}, {"off", dnssec_use::off}});
    add_seconds(app, "--dns-time-limit", target.dns_time_limit, "Time for one DNS query", 1, 60);

    app.add_option("--ca-file", target.ca_file, "Trust anchors for HTTPS instead of the system's");
    add_seconds(app, "--fetch-time-limit", target.fetch_time_limit, "Time for one fetch of a policy", 1, 60);
    app.add_flag("--allow-private-addresses", target.allow_private_addresses,
                 "Also fetch policies from private, loopback and link-local addresses");
    app.add_flag("--any-content-type", target.any_content_type, "Accept policies that are not text/plain");

    // Before the overrides, as it decides how their domains are read.
    app.add_flag("--idna2003-compatibility", target.idna2003_compatibility,
                 "Postfix has enable_idna2003_compatibility = yes");
    app.add_flag("--tlsrpt", target.tlsrpt, "Add the TLSRPT attributes, which need Postfix >= 3.10");
    add_choice(app, "--dane", target.dane, "Answer for domains with DANE: leave (it to Postfix), only or ignore",
               {{"leave", dane_answer::leave}, {"only", dane_answer::only}, {"ignore", dane_answer::ignore}});
    add_choice(app, "--dns-failure", target.dns_failure, "Answer if DNS fails and no policy is cached",
               {{"notfound", dns_failure_answer::not_found}, {"temp", dns_failure_answer::temporary}});
    auto const take_override = [&target](std::vector<std::string> const& texts) {
        target.overrides.clear();
        try {
            for (auto const& text : texts)
                if (!target.overrides.insert(parse_override(text, target.idna2003_compatibility)).second)
                    throw settings_error(fmt::format("\"{}\": the domain has one already", mtasts::visible(text)));
        } catch (settings_error const& error) {
            throw CLI::ValidationError("--override", error.what());
        }
    };
    app.add_option_function<std::vector<std::string>>("--override", take_override,
                                                      "\"DOMAIN off\", \"DOMAIN strict\" (testing counts as enforce) "
                                                      "or \"DOMAIN mx PATTERN...\" (no policy is looked up)");

    add_count(app, "--connections", target.connections, "Concurrent clients");
    add_count(app, "--fetches", target.fetches, "Concurrent fetches of policies");
    add_count(app, "--refreshes", target.refreshes, "Concurrent refreshes of policies");
    add_count(app, "--answers", target.answers, "Answers kept in memory");
    add_seconds(app, "--recheck", target.recheck, "Time after which DNS is asked for a newer policy", 1, 86400);
    add_seconds(app, "--refresh", target.refresh, "Time after which a policy is fetched again", 60, 7 * 86400);
    add_seconds(app, "--unused", target.unused, "Time without mail after which a policy is not refreshed any more",
                86400, 400 * 86400);

    add_count(app, "--policies", target.policies, "Policies kept on disk");
    add_count(app, "--policy-octets", target.policy_octets, "Octets of their texts",
              {std::int64_t{1} << 20, std::int64_t{1} << 40});
    add_count(app, "--names", target.names, "Policies kept of one registrable domain, such as example.co.uk");

    app.add_option("--test-clock", target.test_clock)->group("");  // for tests: not in the help
}

std::string does_not_exist(std::string_view path, std::string_view creation) {
    return fmt::format("{} does not exist; create it: {}", path, creation);
}

bool is_dnssec_off(settings const& given) {
    return given.dnssec == dnssec_use::off || (given.trust_anchor.empty() && given.unbound_config.empty());
}

std::vector<settings_fault> problems_of(settings const& given) {
    std::vector<settings_fault> problems;
    auto const address = [&](std::string_view what, std::string_view text) {
        try {
            return parse_socket_address(text);
        } catch (settings_error const& error) {
            problems.push_back({std::string(what), error.what()});
            return socket_address{};
        }
    };
    auto const readable = [&](std::string_view what, std::string const& path, std::string_view creation) {
        if (path.empty() || std::ifstream(path)) return;
        bool const absent = kind_of_file(path) == file_kind::absent;
        problems.push_back(
            {std::string(what), absent ? does_not_exist(path, creation) : fmt::format("{} cannot be read", path)});
    };
    auto const directory = [&](std::string_view what, std::string const& file) {
        std::error_code unknown;
        auto const path = std::filesystem::path(file).parent_path();
        if (path.empty() || std::filesystem::is_directory(path, unknown)) return;
        bool const absent = kind_of_file(path.string()) == file_kind::absent;
        auto const creation = "mkdir -p " + shell_word(absolute_path(path.string()));
        problems.push_back({std::string(what), absent ? does_not_exist(path.string(), creation)
                                                      : fmt::format("{} is not a directory", path.string())});
    };
    if (auto const socket = address("socket", given.socket); !socket.path.empty()) {
        directory("socket", socket.path);
        if (kind_of_file(socket.path) == file_kind::other)
            problems.push_back({"socket", fmt::format("{} is not a socket", socket.path)});
    }
    if (!given.metrics.empty() && !address("metrics", given.metrics).path.empty())
        problems.push_back({"metrics", "an inet:ADDRESS:PORT is needed"});
    unsigned mode = 0;
    if (!read_number(std::string_view(given.socket_mode), mode, 8) || mode > 0777)
        problems.push_back({"socket-mode", fmt::format("\"{}\" is not an octal number up to 0777", given.socket_mode)});
    directory("database", given.database);
    if (given.dnssec == dnssec_use::on)
        readable("trust-anchor", given.trust_anchor,
                 given.trust_anchor == settings().trust_anchor
                     ? "apt-get install -y dns-root-data"
                     : "unbound-anchor -a " + shell_word(absolute_path(given.trust_anchor)));
    readable("unbound-config", given.unbound_config, "options as in unbound.conf(5)");
    readable("ca-file", given.ca_file, "certificates in PEM");
    // If something cannot even be read, no other reason is needed.
    bool const readable_dns = std::none_of(problems.begin(), problems.end(), [](auto const& each) {
        return each.setting == "trust-anchor" || each.setting == "unbound-config";
    });
    if (readable_dns)
        for (auto& problem : dns_problems(given)) problems.push_back(std::move(problem));
    return problems;
}

bool needs_restart(std::string_view setting) {
    return std::any_of(std::begin(lasting), std::end(lasting), [&](auto const& each) { return each.name == setting; });
}

std::vector<std::string> restart_needed_for(settings const& running, settings const& wanted) {
    std::vector<std::string> names;
    for (auto const& each : lasting)
        if (each.differ(running, wanted)) names.emplace_back(each.name);
    return names;
}

}  // namespace socketmap
