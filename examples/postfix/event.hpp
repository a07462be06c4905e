// SPDX-License-Identifier: BSL-1.0
/// Waiting, in coroutines that all run in one thread.
#pragma once
#include <chrono>

#include "asio.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace socketmap {

/// Happens once; any number of coroutines may wait for it.
class event {
  public:
    explicit event(asio::any_io_executor const& where) : timer_(where, asio::steady_timer::time_point::max()) {}

    /// For one waiter alone: the wait ends by itself after this time.
    void limit(std::chrono::seconds time) { timer_.expires_after(time); }
    void happen() {
        happened_ = true;
        timer_.cancel();
    }
    bool happened() const { return happened_; }
    asio::awaitable<void> wait() {
        boost::system::error_code cancelled;
        if (!happened_) co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    }

  private:
    asio::steady_timer timer_;
    bool happened_ = false;
};

}  // namespace socketmap
