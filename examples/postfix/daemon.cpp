// SPDX-License-Identifier: BSL-1.0
#include "daemon.hpp"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <future>
#include <memory>
#include <optional>
#include <system_error>

#include <malloc.h>
#include <sys/resource.h>

#include <fmt/format.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/signal_set.hpp>
#include <mtasts/render/escape.hpp>

#include "doctor_dns.hpp"
#include "doctor_facts.hpp"
#include "event.hpp"
#include "good_settings.hpp"
#include "listening.hpp"
#include "metrics_server.hpp"
#include "notify.hpp"
#include "server.hpp"
#include "settings_choice.hpp"

namespace socketmap {
namespace {

/// For clients that wait for an answer at SIGTERM; a fetch may take that long.
constexpr std::chrono::seconds longest_drain{65};

/// Four threads do not need a heap each.
void share_one_heap() {
#ifdef M_ARENA_MAX
    ::mallopt(M_ARENA_MAX, 1);
#endif
}

/// Each client and each fetch needs a descriptor.
void allow_many_descriptors() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

/// Retry interval while no settings work: the cause, such as a full disk, may go away.
constexpr std::chrono::seconds settings_retry{5};
constexpr std::chrono::seconds metrics_retry{10};

std::string last_good_path(settings const& given) {
    auto const* const directory = std::getenv("STATE_DIRECTORY");
    return good_settings_path(given.database, directory == nullptr ? "" : directory);
}

/// The settings of the file and the command line. If there were settings, it is a fault that the file is gone: the
/// defaults could be less protection.
loaded_settings load_given(settings_loader const& load) {
    auto file = load("");
    if (file.exists || !file.readable) return file;
    auto const former = load(last_good_path(file.given));
    // Problems of the defaults would be misleading.
    if (!parse_settings(former.text).lines.empty())
        file.faults = {
            {file.path, "is gone, and there were settings in it; for the defaults, put an empty file there"}};
    return file;
}

/// The settings that say where to listen, even if the file is bad.
settings listening_settings(settings_loader const& load, loaded_settings const& file) {
    if (file.good()) return file.given;
    auto const kept = load(last_good_path(file.given));
    return kept.good() ? kept.given : file.given;
}

/// Logs at startup what `doctor` would say about Postfix and its resolver.
void warn_of_surroundings(loaded_settings const& loaded) {
    auto facts = facts_of(loaded);
    facts.postfix = gather_postfix_facts("");
    facts.resolver = look_at_postfix_resolver(".");
    auto const warn = [](std::string_view event, std::vector<finding> const& findings) {
        for (auto const& each : findings)
            if (each.how != severity::fine)
                log(level_of(each.how), event,
                    {{each.how == severity::unknown ? "unknown" : "problem", each.what}, {"remedy", each.remedy}});
    };
    warn("postfix-settings", postfix_findings(facts));
    warn("postfix-resolver", resolver_findings(facts));
}

class running_daemon {
  public:
    /// `first` says where to listen, unless a socket was passed (-1: none).
    running_daemon(settings_loader load, settings const& first, int passed)
        : load_(std::move(load)), signals_(context_, SIGHUP, SIGTERM, SIGINT), first_(first), passed_(passed) {
        serve_metrics_if_wanted();
    }

    /// Accepts clients only after the settings were tried, so that they get a real answer if there can be one.
    void run() {
        auto const file = choose_settings();
        listen();
        announce(file, settings_source::none);
        spawn(handle_signals());
        spawn(retry_settings());
        notify_ready();
        context_.run();
    }

  private:
    void spawn(asio::awaitable<void> what) { asio::co_spawn(context_, std::move(what), asio::detached); }

    void listen() {
        int const listening = passed_ >= 0 ? passed_ : listen_at(first_.socket, first_.socket_mode);
        clients_.emplace(context_, listening, counted_, first_.connections);
        if (service_) clients_->serve_with(*service_);
        spawn(clients_->accept_forever());
        spawn(clients_->sweep_forever());
    }

    /// Loads the settings again: on SIGHUP, and while none work.
    void take_settings() {
        auto const before = source_;
        auto const file = choose_settings();
        announce(file, before);
    }

    /// Returns the settings of the file and the command line, whether they work or not.
    loaded_settings choose_settings() {
        auto const file = load_given(load_);
        auto const file_works = [&] { return start_with(file, refused_); };
        auto const last_good_works = [&] {
            std::string why;
            auto const kept = load_(last_good_path(file.given));
            bool const works = start_with(kept, why);
            // If they are bad as well, it is usually for the same reason.
            if (!works && !kept.exists) refused_ += "; no last good settings are kept";
            else if (!works && why != refused_) refused_ += "; the last good ones: " + why;
            return works;
        };
        source_ = settings_to_run(source_, file_works, last_good_works);
        return file;
    }

    void announce(loaded_settings const& file, settings_source before) {
        if (refused_.empty()) keep(file);
        clients_->set_status(
            fmt::format("OK settings={} refused={}", to_text(source_), refused_.empty() ? "no" : "yes"));
        log_change(before);
    }

    /// Sets `refused` to why these settings do not work, or clears it.
    bool start_with(loaded_settings const& loaded, std::string& refused) {
        refused = loaded.reasons();
        if (!loaded.good()) return false;
        auto const given = std::make_shared<settings const>(loaded.given);
        try {
            if (service_) service_->reload(given);
            else service_.emplace(context_, given, counted_);
        } catch (std::exception const& error) {
            refused = mtasts::visible(error.what());
            return false;
        }
        set_log_level(given->log_level);
        if (!running_) {
            running_ = *given;
            // What the daemon started with, possibly before there were good settings.
            if (passed_ < 0) {
                running_->socket = first_.socket;
                running_->socket_mode = first_.socket_mode;
            }
            if (first_.metrics.empty()) {
                first_.metrics = given->metrics;
                serve_metrics_if_wanted();
            }
            running_->metrics = first_.metrics;
            running_->connections = first_.connections;
            if (clients_) clients_->serve_with(*service_);
            spawn(service_->refresh_forever());
            spawn(service_->watch_dnssec_forever());
        }
        return true;
    }

    /// Keeps settings as the last good ones, unless some of them take effect only after a restart: those are untried.
    void keep(loaded_settings const& file) {
        restart_ = fmt::format("{}", fmt::join(restart_needed_for(*running_, file.given), " "));
        if (!restart_.empty()) {
            log(level::warning, "restart-needed", {{"settings", restart_}});
            return;
        }
        auto const why = keep_good_settings(last_good_path(file.given), file.text);
        if (!why.empty()) log(level::warning, "settings-not-kept", {{"reason", why}});
    }

    void log_change(settings_source before) {
        // A failure that repeats every few seconds is logged once.
        if (source_ == settings_source::none && refused_ == logged_) return;
        logged_ = refused_;
        bool const reload = before != settings_source::none;
        if (source_ == settings_source::none) {
            log(level::error, "no-settings", {{"answers", "TEMP"}, {"reason", refused_}});
            notify_status("Every answer is TEMP: no good settings: " + refused_);
        } else if (refused_.empty()) {
            log(level::notice, reload ? "reloaded" : "ready", {{"database", running_->database}});
            notify_status("Answering, on the settings of the file" +
                          (restart_.empty() ? "" : ", but a restart is needed for: " + restart_));
        } else if (reload) {
            auto const kept = settings_kept(source_);
            log(level::error, "reload-refused", {{"reason", refused_}, {"running-on", kept}});
            notify_status(fmt::format("Answering, on {}. Refused: {}", kept, refused_));
        } else {
            log(level::error, "last-good-settings", {{"reason", refused_}, {"database", running_->database}});
            notify_status(fmt::format("Answering, on {}. Refused: {}", settings_kept(source_), refused_));
        }
    }

    asio::awaitable<void> retry_settings() {
        asio::steady_timer pause(context_);
        while (source_ == settings_source::none) {
            pause.expires_after(settings_retry);
            co_await pause.async_wait(asio::use_awaitable);
            if (source_ == settings_source::none) take_settings();
        }
    }

    void serve_metrics_if_wanted() {
        if (!first_.metrics.empty()) spawn(serve_metrics_at(first_.metrics));
    }

    /// A port that is in use must not stop mail: it is tried again.
    asio::awaitable<void> serve_metrics_at(std::string address) {
        asio::steady_timer pause(context_);
        for (std::string logged;;) {
            int listening = -1;
            std::string why;
            try {
                listening = listen_at(address, "0600");
            } catch (settings_error const& error) {
                why = error.what();
            }
            if (listening >= 0) co_await serve_metrics(context_, listening, [this] { return metrics_text(); });
            if (why != logged) log(level::error, "metrics-unavailable", {{"reason", why}});
            logged = why;
            pause.expires_after(metrics_retry);
            co_await pause.async_wait(asio::use_awaitable);
        }
    }

    std::string metrics_text() {
        auto gauges = service_ ? service_->gauges() : std::string();
        gauges +=
            gauge("clients", "Connections of clients.", static_cast<std::int64_t>(clients_ ? clients_->clients() : 0));
        gauges += gauge("settings_refused", "Whether the settings file was bad when it was last read.",
                        refused_.empty() ? 0 : 1);
        gauges += gauge("settings_last_good", "Whether the daemon started on the last good settings instead.",
                        source_ == settings_source::last_good ? 1 : 0);
        gauges += gauge("settings_none", "Whether every answer is TEMP, because there are no good settings.",
                        source_ == settings_source::none ? 1 : 0);
        return counted_.text(gauges);
    }

    asio::awaitable<void> handle_signals() {
        for (;;) {
            int const signal = co_await signals_.async_wait(asio::use_awaitable);
            if (signal != SIGHUP) break;
            logged_.clear();
            take_settings();
        }
        co_await drain();
    }

    asio::awaitable<void> drain() {
        log(level::notice, "draining");
        clients_->drain();
        asio::steady_timer pause(context_);
        auto const end = std::chrono::steady_clock::now() + longest_drain;
        while (clients_->clients() != 0 && std::chrono::steady_clock::now() < end) {
            pause.expires_after(std::chrono::milliseconds(20));
            co_await pause.async_wait(asio::use_awaitable);
        }
        context_.stop();
    }

    settings_loader load_;
    asio::io_context context_{1};
    asio::signal_set signals_;
    metrics counted_;
    settings_source source_ = settings_source::none;
    settings first_;
    int passed_;
    /// The settings that the service and the sockets were started with; nothing while none work.
    std::optional<settings> running_;
    /// Why the file's settings were refused when they were last read; empty if they were not.
    std::string refused_;
    /// The last such reason that was logged.
    std::string logged_;
    /// Settings of the file that only a restart applies.
    std::string restart_;
    std::optional<policy_service> service_;
    std::optional<server> clients_;
};

}  // namespace

void run_daemon(settings_loader const& load) {
    share_one_heap();
    allow_many_descriptors();
    std::signal(SIGPIPE, SIG_IGN);
    int const passed = socket_from_systemd();
    auto const first = listening_settings(load, load_given(load));
    set_log_level(first.log_level);
    log(level::notice, "listening", {{"socket", passed >= 0 ? "systemd" : first.socket}});
    std::future<void> warned;
    try {
        warned = std::async(std::launch::async, warn_of_surroundings, load(""));
    } catch (std::system_error const& error) {
        log(level::warning, "surroundings-not-examined", {{"reason", error.what()}});
    }
    running_daemon(load, first, passed).run();
    log(level::notice, "ended");
}

std::string look_up_afresh(settings given, std::string const& destination) {
    // mkdtemp fills in the six letters.
    auto directory = (std::filesystem::temp_directory_path() / "mtasts-socketmap.").string() + std::string(6, 'X');
    if (::mkdtemp(directory.data()) == nullptr) throw settings_error("cannot make a directory for the lookup");
    auto const remove = [](std::string const* path) {
        std::error_code ignored;
        std::filesystem::remove_all(*path, ignored);
    };
    std::unique_ptr<std::string const, decltype(remove)> const removed(&directory, remove);
    given.database = directory + "/policies.sqlite";
    std::string answer;
    {
        asio::io_context context{1};
        metrics counted;
        policy_service service(context, std::make_shared<settings const>(given), counted);
        std::exception_ptr failed;
        auto const stop = [&](std::exception_ptr const& error) {
            failed = error;
            context.stop();
        };
        asio::co_spawn(context, service.watch_dnssec_forever(), asio::detached);
        asio::co_spawn(
            context,
            [&]() -> asio::awaitable<void> {
                co_await service.dnssec_decided();
                answer = co_await service.answer(destination);
            },
            stop);
        context.run();
        if (failed) std::rethrow_exception(failed);
    }
    return answer;
}

}  // namespace socketmap
