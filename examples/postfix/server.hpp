// SPDX-License-Identifier: BSL-1.0
/// The socketmap server: clients, their requests, and how long they may take.
#pragma once
#include <cstddef>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include "asio.hpp"

#include "metrics.hpp"
#include "policy_service.hpp"

namespace socketmap {

/// The map by which `mtasts-socketmap doctor` asks the daemon which settings it runs on.
inline constexpr std::string_view status_map = "mtasts-socketmap-status";
/// The answer while there are no settings to run on.
inline constexpr std::string_view no_settings = "TEMP mtasts-socketmap has no good settings: see its log";

/// No client can hold up another: each has a buffer of fixed size and one request at a time; one that stops in the
/// middle of a request, or does not take its answer, is disconnected after a while; if there are too many, the one that
/// was silent longest makes room.
class server {
  public:
    /// `listening` is a listening descriptor of any kind. Every answer is TEMP until there is a service.
    server(asio::io_context& context, int listening, metrics& counted, std::size_t most_clients);
    ~server();

    void serve_with(policy_service& service) { service_ = &service; }
    /// Sets the answer to requests for `status_map`, whatever their key.
    void set_status(std::string answer) { status_ = std::move(answer); }

    asio::awaitable<void> accept_forever();
    /// Disconnects clients that are too slow.
    asio::awaitable<void> sweep_forever();
    /// Takes no more clients. Those who wait for an answer get it; the others are disconnected.
    void drain();
    std::size_t clients() const { return clients_.size(); }

  private:
    struct client;
    using client_list = std::list<std::shared_ptr<client>>;

    asio::awaitable<void> serve(std::shared_ptr<client> served);
    asio::awaitable<bool> reply(client& served);
    asio::awaitable<bool> send(client& served);
    std::optional<std::string> ready_answer(std::string_view request);
    asio::awaitable<std::string> answer(std::string_view request);
    bool make_room();
    void let_go(client& served);

    asio::io_context& context_;
    asio::basic_socket_acceptor<asio::generic::stream_protocol> acceptor_;
    policy_service* service_ = nullptr;
    std::string status_;
    metrics& metrics_;
    std::size_t most_clients_;
    bool draining_ = false;
    /// The one heard from last comes first.
    client_list clients_;
};

}  // namespace socketmap
