#include "daemon.hpp"

#include <algorithm>
#include <csignal>
#include <filesystem>

#include <malloc.h>
#include <sys/resource.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/signal_set.hpp>

#include "event.hpp"
#include "listening.hpp"
#include "metrics_server.hpp"
#include "server.hpp"

namespace socketmap {
namespace {

/// For those who wait for an answer when SIGTERM comes; a fetch may take that long.
constexpr std::chrono::seconds longest_drain{65};

/// Four threads need no heap each.
void share_one_heap() {
#ifdef M_ARENA_MAX
    ::mallopt(M_ARENA_MAX, 1);
#endif
}

/// Each client and each fetch has a descriptor.
void allow_many_descriptors() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

struct daemon_parts {
    /// Clients are let in last, when there is somebody to answer.
    daemon_parts(settings const& given, int passed)
        : service(context, std::make_shared<settings const>(given), counted),
          clients(context, passed >= 0 ? passed : listen_at(given.socket, given.socket_mode), service, counted,
                  given.connections) {}

    asio::io_context context{1};
    metrics counted;
    policy_service service;
    server clients;

    std::string metrics_text() {
        return counted.text(service.gauges() +
                            gauge("clients", "Connections of clients.", static_cast<std::int64_t>(clients.clients())));
    }
};

asio::awaitable<void> drain(daemon_parts& parts) {
    log(level::notice, "draining");
    parts.clients.drain();
    asio::steady_timer pause(parts.context);
    auto const end = std::chrono::steady_clock::now() + longest_drain;
    while (parts.clients.clients() != 0 && std::chrono::steady_clock::now() < end) {
        pause.expires_after(std::chrono::milliseconds(20));
        co_await pause.async_wait(asio::use_awaitable);
    }
    parts.context.stop();
}

void reload(daemon_parts& parts, std::function<settings()> const& read_settings) {
    try {
        auto const given = read_settings();
        set_log_level(given.log_level);
        parts.service.reload(std::make_shared<settings const>(given));
        log(level::notice, "reloaded");
    } catch (settings_error const& error) {
        log(level::error, "reload-refused", {{"reason", error.what()}});
    }
}

asio::awaitable<void> heed_signals(daemon_parts& parts, std::function<settings()> read_settings) {
    asio::signal_set signals(parts.context, SIGHUP, SIGTERM, SIGINT);
    for (;;) {
        int const signal = co_await signals.async_wait(asio::use_awaitable);
        if (signal != SIGHUP) break;
        reload(parts, read_settings);
    }
    co_await drain(parts);
}

}  // namespace

void run_daemon(settings const& given, std::function<settings()> read_settings) {
    share_one_heap();
    allow_many_descriptors();
    std::signal(SIGPIPE, SIG_IGN);
    int const passed = socket_from_systemd();
    daemon_parts parts(given, passed);
    auto& context = parts.context;
    if (!given.metrics.empty()) {
        auto const text = [&parts] { return parts.metrics_text(); };
        asio::co_spawn(context, serve_metrics(context, listen_at(given.metrics, "0600"), text), asio::detached);
    }
    asio::co_spawn(context, parts.clients.accept_forever(), asio::detached);
    asio::co_spawn(context, parts.clients.sweep_forever(), asio::detached);
    asio::co_spawn(context, parts.service.refresh_forever(), asio::detached);
    asio::co_spawn(context, parts.service.watch_dnssec_forever(), asio::detached);
    asio::co_spawn(context, heed_signals(parts, std::move(read_settings)), asio::detached);
    log(level::notice, "ready", {{"socket", passed >= 0 ? "systemd" : given.socket}, {"database", given.database}});
    context.run();
    log(level::notice, "ended");
}

std::string look_up_afresh(settings given, std::string const& destination) {
    // mkdtemp fills in the six letters.
    auto directory = (std::filesystem::temp_directory_path() / "mtasts-socketmap.").string() + std::string(6, 'X');
    if (::mkdtemp(directory.data()) == nullptr) throw settings_error("cannot make a directory for the lookup");
    given.database = directory + "/policies.sqlite";
    std::string answer;
    {
        asio::io_context context{1};
        metrics counted;
        policy_service service(context, std::make_shared<settings const>(given), counted);
        auto const ask = [&]() -> asio::awaitable<void> {
            answer = co_await service.answer(destination);
            context.stop();
        };
        asio::co_spawn(context, service.watch_dnssec_forever(), asio::detached);
        asio::co_spawn(context, ask, asio::detached);
        context.run();
    }
    std::filesystem::remove_all(directory);
    return answer;
}

}  // namespace socketmap
