// SPDX-License-Identifier: BSL-1.0
#include "doctor_facts.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <sys/stat.h>
#include <sys/timex.h>

#include <curl/curl.h>
#include <fmt/format.h>
#include <openssl/x509_vfy.h>

#include "commands.hpp"
#include "doctor_dns.hpp"
#include "listening.hpp"
#include "postfix_reach.hpp"
#include "process.hpp"
#include "server.hpp"
#include "sqlite.hpp"

namespace socketmap {
namespace {

constexpr std::chrono::seconds patience{5};

std::size_t anchors_in_file(std::string const& path) {
    std::unique_ptr<X509_STORE, void (*)(X509_STORE*)> const store(X509_STORE_new(), X509_STORE_free);
    if (path.empty() || !store || X509_STORE_load_locations(store.get(), path.c_str(), nullptr) != 1) return 0;
    return static_cast<std::size_t>(sk_X509_OBJECT_num(X509_STORE_get0_objects(store.get())));
}

/// c_rehash(1): OpenSSL finds them by names such as "5ed36f99.0".
std::size_t anchors_in_folder(std::string const& path) {
    std::error_code failed;
    std::size_t count = 0;
    for (std::filesystem::directory_iterator each(path, failed), end; !failed && each != end; each.increment(failed)) {
        auto const name = each->path().filename().string();
        constexpr std::size_t hash = 8;
        bool const hashed = name.find_first_not_of("0123456789abcdef") == hash && name[hash] == '.';
        if (hashed && each->exists(failed)) ++count;
    }
    return count;
}

std::string text_of(char const* text) { return text == nullptr ? "" : text; }

void look_at_trust(doctor_facts& facts) {
    auto const* const curl = curl_version_info(CURLVERSION_NOW);
    auto const system_file = text_of(curl->cainfo), system_folder = text_of(curl->capath);
    auto const& own = facts.given.ca_file;
    facts.trust_store = own.empty() ? system_file : own;
    facts.trust_anchors = anchors_in_file(facts.trust_store);
    if (own.empty() && facts.trust_anchors == 0) facts.trust_anchors = anchors_in_folder(system_folder);
    auto& parameters = facts.postfix.parameters;
    facts.postfix_trust_anchors =
        anchors_in_file(parameters["smtp_tls_CAfile"]) + anchors_in_folder(parameters["smtp_tls_CApath"]);
    if (parameters["tls_append_default_CA"] == "yes")
        facts.postfix_trust_anchors += anchors_in_file(system_file) + anchors_in_folder(system_folder);
}

/// A TLS handshake with a host, and nothing after it.
void look_at_https(doctor_facts& facts) {
    std::unique_ptr<CURL, void (*)(CURL*)> const easy(curl_easy_init(), curl_easy_cleanup);
    auto* const handle = easy.get();
    auto const url = fmt::format("https://{}/", facts.https_host);
    char error[CURL_ERROR_SIZE] = {};
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(handle, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT, 2 * static_cast<long>(patience.count()));
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, error);
    if (!facts.given.ca_file.empty()) curl_easy_setopt(handle, CURLOPT_CAINFO, facts.given.ca_file.c_str());
    auto const code = curl_easy_perform(handle);
    // Without an address there was no connection attempt.
    facts.https_reachable = code == CURLE_OK                     ? tristate::yes
                            : code == CURLE_COULDNT_RESOLVE_HOST ? tristate::unknown
                                                                 : tristate::no;
    facts.https_trouble = error[0] == '\0' ? curl_easy_strerror(code) : error;
}

void look_at_socket(doctor_facts& facts) {
    auto& socket = facts.socket;
    socket.address = facts.given.socket;
    auto const path = parse_socket_address(facts.given.socket).path;
    auto const kind = path.empty() ? file_kind::socket : kind_of_file(path);
    socket.exists = kind == file_kind::socket    ? tristate::yes
                    : kind == file_kind::unknown ? tristate::unknown
                                                 : tristate::no;
    if (kind == file_kind::other) socket.trouble = ", but another file";
    if (socket.exists == tristate::no) return;
    if (!path.empty() && ::access(path.c_str(), W_OK) != 0) {
        socket.trouble = std::strerror(errno);
        return;
    }
    try {
        socket.status = ask_daemon(facts.given, status_map, "settings", patience);
        socket.answers = tristate::yes;
    } catch (settings_error const& error) {
        socket.answers = tristate::no;
        socket.trouble = error.what();
    }
}

void look_at_clock(clock_facts& clock) {
    using std::chrono::floor;
    using std::chrono::seconds;
    clock.now = floor<seconds>(std::chrono::system_clock::now());
    struct stat program {};
    if (::stat("/proc/self/exe", &program) == 0) clock.installed = std::chrono::sys_seconds(seconds(program.st_mtime));
    timex kernel{};
    int const state = ::adjtimex(&kernel);
    if (state < 0) return;
    clock.synchronised = state == TIME_ERROR || (kernel.status & STA_UNSYNC) != 0 ? tristate::no : tristate::yes;
}

void look_at_database(database_facts& database) {
    struct stat file {};
    if (::stat(database.path.c_str(), &file) != 0) {
        database.exists = errno == ENOENT ? tristate::no : tristate::unknown;
        database.trouble = std::strerror(errno);
        return;
    }
    database.exists = tristate::yes;
    database.mode = file.st_mode & 0777;
    if (::access(database.path.c_str(), R_OK) != 0) {
        database.trouble = std::strerror(errno);
        return;
    }
    try {
        connection opened(database.path, SQLITE_OPEN_READONLY);
        opened.number("SELECT count(*) FROM policy");
        auto const fault = opened.text("PRAGMA quick_check(1)");
        database.readable = fault == "ok" ? tristate::yes : tristate::no;
        database.trouble = fault;
    } catch (store_error const& error) {
        database.readable = tristate::no;
        database.trouble = error.what();
    }
}

std::vector<std::string> lines_about(std::string const& output, std::string_view service_parameter) {
    std::vector<std::string> lines;
    std::istringstream text(output);
    for (std::string line; std::getline(text, line);)
        if (line.find(service_parameter) != line.npos) lines.push_back(line);
    return lines;
}

}  // namespace

postfix_facts gather_postfix_facts(std::string const& postfix_config) {
    postfix_facts facts;
    auto const postconf = [&](std::vector<std::string> const& arguments) {
        std::vector<std::string> words{"postconf"};
        if (!postfix_config.empty()) words.insert(words.end(), {"-c", postfix_config});
        words.insert(words.end(), arguments.begin(), arguments.end());
        return run_program(words, patience);
    };
    auto const parameters = postconf({"-x", "mail_version", "queue_directory", "mail_owner", "smtp_tls_policy_maps",
                                      "smtp_tls_security_level", "smtp_use_tls", "smtp_dns_support_level",
                                      "smtp_tls_CAfile", "smtp_tls_CApath", "tls_append_default_CA",
                                      "smtp_tls_enforce_sts_mx_patterns", "enable_idna2003_compatibility"});
    facts.unreadable = parameters.trouble;
    if (facts.unreadable.empty() && parameters.status != 0)
        facts.unreadable = fmt::format("postconf: status {}: {}", parameters.status, parameters.output);
    facts.parameters = read_postconf(parameters.output);
    if (facts.unreadable.empty() && !facts.parameters.contains("smtp_tls_policy_maps"))
        facts.unreadable = "postconf does not know smtp_tls_policy_maps";
    auto const chroot = postconf({"-F", "smtp/unix/chroot"});
    auto const chrooted = read_postconf(chroot.output)["smtp/unix/chroot"];
    if (chrooted == "y" || chrooted == "n") facts.chrooted = chrooted == "y" ? tristate::yes : tristate::no;
    auto const own = postconf({"-P"}).output;
    for (auto const* const name :
         {"/smtp_tls_policy_maps = ", "/smtp_tls_security_level = ", "/smtp_dns_support_level = "})
        for (auto& line : lines_about(own, name)) facts.own_of_services.push_back(std::move(line));
    return facts;
}

doctor_facts facts_of(loaded_settings const& loaded) {
    doctor_facts facts;
    facts.given = loaded.given;
    facts.given.socket = absolute_socket(loaded.given.socket);
    facts.config = absolute_path(loaded.path);
    facts.command = loaded.command;
    facts.again = loaded.command + " doctor";
    facts.database.path = absolute_path(loaded.given.database);
    return facts;
}

doctor_facts gather_facts(loaded_settings const& loaded, doctor_options const& options) {
    auto facts = facts_of(loaded);
    facts.again = options.again;
    if (!options.postfix_config.empty()) facts.postfix_config = absolute_path(options.postfix_config);
    facts.faults = loaded.fault_texts();
    facts.offline = options.offline;
    facts.https_host = options.https_host;
    facts.postfix = gather_postfix_facts(options.postfix_config);
    look_at_reach(facts);
    look_at_socket(facts);
    if (!options.offline) {
        facts.resolver = look_at_resolvers(loaded.given, options.signed_name);
        look_at_https(facts);
    }
    look_at_trust(facts);
    look_at_clock(facts.clock);
    look_at_database(facts.database);
    return facts;
}

}  // namespace socketmap
