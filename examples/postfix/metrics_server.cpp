// SPDX-License-Identifier: BSL-1.0
#include "metrics_server.hpp"

#include <chrono>
#include <memory>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include "event.hpp"

namespace socketmap {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;

constexpr std::size_t most_clients = 16;
constexpr std::size_t longest_header = 8192;
constexpr std::chrono::seconds patience{5};

asio::awaitable<void> serve(std::shared_ptr<beast::tcp_stream> stream, std::function<std::string()> text,
                            std::shared_ptr<std::size_t> clients) {
    try {
        stream->expires_after(patience);
        beast::flat_buffer buffer(longest_header);
        http::request_parser<http::empty_body> request;
        request.header_limit(longest_header);
        co_await http::async_read(*stream, buffer, request, asio::use_awaitable);
        http::response<http::string_body> response;
        response.version(11);
        response.keep_alive(false);
        if (request.get().method() == http::verb::get && request.get().target() == "/metrics") {
            response.set(http::field::content_type, "text/plain; version=0.0.4; charset=utf-8");
            response.body() = text();
        } else {
            response.result(http::status::not_found);
        }
        response.prepare_payload();
        co_await http::async_write(*stream, response, asio::use_awaitable);
        stream->socket().shutdown(tcp::socket::shutdown_both);
    } catch (std::exception const&) {
        // Whoever asks for metrics and goes away needs no answer.
    }
    --*clients;
}

}  // namespace

asio::awaitable<void> serve_metrics(asio::io_context& context, int listening, std::function<std::string()> text) {
    sockaddr_storage name{};
    socklen_t size = sizeof name;
    ::getsockname(listening, reinterpret_cast<sockaddr*>(&name), &size);
    tcp::acceptor acceptor(context, name.ss_family == AF_INET6 ? tcp::v6() : tcp::v4(), listening);
    auto const clients = std::make_shared<std::size_t>(0);
    asio::steady_timer pause(context);
    for (;;) {
        boost::system::error_code error;
        auto connected = co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
        if (!error && *clients < most_clients) {
            ++*clients;
            auto const stream = std::make_shared<beast::tcp_stream>(std::move(connected));
            asio::co_spawn(context, serve(stream, text, clients), asio::detached);
        } else if (error) {
            pause.expires_after(std::chrono::milliseconds(100));
            co_await pause.async_wait(asio::use_awaitable);
        }
    }
}

}  // namespace socketmap
