// SPDX-License-Identifier: BSL-1.0
#include "server.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

#include <sys/socket.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/write.hpp>

#include "answer.hpp"
#include "event.hpp"
#include "netstring.hpp"

namespace socketmap {
namespace {

using std::chrono::steady_clock;
using protocol = asio::generic::stream_protocol;

/// The name of a map, a space and a destination; no domain name needs more.
constexpr std::size_t longest_request = 1024;
/// A client with more octets of pending answers than this gets no further request answered.
constexpr std::size_t longest_output = 65536;
/// For the rest of a request to arrive, or for an answer to be taken.
constexpr std::chrono::seconds patience{10};
/// Postfix closes connections that it no longer uses long before that.
constexpr std::chrono::seconds longest_silence{3600};

protocol protocol_of(int descriptor) {
    int family = AF_UNIX;
    socklen_t size = sizeof family;
    ::getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &family, &size);
    return {family, 0};
}

}  // namespace

struct server::client {
    explicit client(protocol::socket connected) : socket(std::move(connected)), input(longest_request) {}

    protocol::socket socket;
    netstring_reader input;
    std::string output;
    steady_clock::time_point heard_at = steady_clock::now();
    enum class phase { listening, looking_up, answering } doing = phase::listening;
    bool listed = true;
    client_list::iterator place;

    bool hurried() const { return doing == phase::answering || (doing == phase::listening && input.holds_part()); }
};

server::server(asio::io_context& context, int listening, metrics& counted, std::size_t most_clients)
    : context_(context),
      acceptor_(context, protocol_of(listening), listening),
      metrics_(counted),
      most_clients_(most_clients) {}

server::~server() = default;

asio::awaitable<void> server::accept_forever() {
    asio::steady_timer pause(context_);
    while (!draining_) {
        boost::system::error_code error;
        auto connected = co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, error));
        if (error && !draining_) {
            // For instance too many open files: it passes when others close theirs.
            log(level::error, "accept-failed", {{"reason", error.message()}});
            pause.expires_after(std::chrono::milliseconds(100));
            co_await pause.async_wait(asio::use_awaitable);
        }
        if (error || (clients_.size() >= most_clients_ && !make_room())) continue;
        metrics_.count(counter::clients_accepted);
        clients_.push_front(std::make_shared<client>(protocol::socket(std::move(connected))));
        clients_.front()->place = clients_.begin();
        clients_.front()->socket.non_blocking(true, error);
        asio::co_spawn(context_, serve(clients_.front()), asio::detached);
    }
}

bool server::make_room() {
    auto const silent = std::find_if(clients_.rbegin(), clients_.rend(),
                                     [](auto const& each) { return each->doing != client::phase::looking_up; });
    if (silent == clients_.rend()) return false;
    metrics_.count(counter::clients_evicted);
    let_go(**silent);
    return true;
}

void server::let_go(client& served) {
    if (!std::exchange(served.listed, false)) return;
    boost::system::error_code ignored;
    served.socket.close(ignored);
    clients_.erase(served.place);
}

asio::awaitable<void> server::serve(std::shared_ptr<client> served) {
    for (bool go_on = true; go_on && !draining_;) {
        boost::system::error_code error;
        auto const room = served->input.room();
        auto const count = co_await served->socket.async_read_some(asio::buffer(room.data(), room.size()),
                                                                   asio::redirect_error(asio::use_awaitable, error));
        if (error) break;
        served->input.received(count);
        served->heard_at = steady_clock::now();
        if (served->listed) clients_.splice(clients_.begin(), clients_, served->place);
        go_on = co_await reply(*served);
    }
    let_go(*served);
}

/// Answers all complete requests; false if the client cannot be understood or reached any more.
asio::awaitable<bool> server::reply(client& served) {
    using state = netstring_reader::state;
    auto request = served.input.next();
    for (; request.state == state::complete; request = served.input.next()) {
        // A client that asks for many long answers at once gets them one after the other.
        if (served.output.size() > longest_output) {
            bool const reached = co_await send(served);
            if (!reached) co_return false;
        }
        auto const ready = ready_answer(request.text);
        if (ready) {
            append_netstring(served.output, *ready);
            continue;
        }
        served.doing = client::phase::looking_up;
        auto const found = co_await answer(request.text);
        metrics_.count_answer(found);
        append_netstring(served.output, found);
    }
    bool const understood = request.state == state::incomplete;
    if (!understood) {
        metrics_.count(counter::requests_malformed);
        append_netstring(served.output, permanent(request.state == state::too_long ? "the request is too long"
                                                                                   : "this is not a netstring"));
    }
    bool const reached = co_await send(served);
    co_return understood&& reached;
}

/// Sends the answers; false if the client cannot be reached any more.
asio::awaitable<bool> server::send(client& served) {
    served.heard_at = steady_clock::now();
    served.doing = client::phase::answering;
    // Almost always the answer fits into the socket's buffer, and there is nothing to wait for.
    boost::system::error_code error;
    auto sent = served.socket.write_some(asio::buffer(served.output), error);
    if (error == asio::error::would_block) error.clear();
    if (!error && sent != served.output.size())
        co_await asio::async_write(served.socket, asio::buffer(served.output) + sent,
                                   asio::redirect_error(asio::use_awaitable, error));
    served.output.clear();
    served.doing = client::phase::listening;
    co_return !error;
}

/// The answer, if it can be given without waiting.
std::optional<std::string> server::ready_answer(std::string_view request) {
    auto const space = request.find(' ');
    if (space == request.npos) return std::nullopt;
    if (request.substr(0, space) == status_map) return status_;
    std::optional<std::string> ready(no_settings);
    if (service_ != nullptr) ready = service_->ready_answer(request.substr(space + 1));
    if (ready) metrics_.count_answer(*ready);
    return ready;
}

asio::awaitable<std::string> server::answer(std::string_view request) {
    auto const space = request.find(' ');
    if (space == request.npos) {
        metrics_.count(counter::requests_malformed);
        co_return permanent("a request is a map's name, a space and a key");
    }
    co_return co_await service_->answer(std::string(request.substr(space + 1)));
}

asio::awaitable<void> server::sweep_forever() {
    asio::steady_timer pause(context_);
    while (!draining_) {
        auto const now = steady_clock::now();
        std::vector<std::shared_ptr<client>> slow;
        for (auto const& each : clients_) {
            auto const silence = now - each->heard_at;
            bool const too_long = each->doing != client::phase::looking_up && silence > longest_silence;
            if (too_long || (each->hurried() && silence > patience)) slow.push_back(each);
        }
        for (auto const& each : slow) let_go(*each);
        pause.expires_after(std::chrono::seconds(1));
        co_await pause.async_wait(asio::use_awaitable);
    }
}

void server::drain() {
    draining_ = true;
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    auto const present = clients_;
    for (auto const& each : present)
        if (each->doing == client::phase::listening) let_go(*each);
}

}  // namespace socketmap
