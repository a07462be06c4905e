// SPDX-License-Identifier: BSL-1.0
/// A semaphore for each name, first come, first served.
#pragma once
#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>

#include "asio.hpp"

#include "event.hpp"

namespace socketmap {

/// For coroutines that all run in one thread.
class turnstile {
    struct queue {
        std::size_t inside = 0;
        std::deque<std::shared_ptr<event>> waiting = {};
    };
    using queues = std::unordered_map<std::string, queue>;

  public:
    turnstile(asio::any_io_executor where, std::size_t most) : where_(std::move(where)), most_(most) {}

    /// Admits the next one when destroyed, which may be after the turnstile itself.
    class place {
      public:
        place(std::shared_ptr<queues> of, std::string name) : of_(std::move(of)), name_(std::move(name)) {}
        place(place&&) noexcept = default;
        place& operator=(place&&) = delete;
        ~place() {
            if (of_) leave(*of_, name_);
        }

      private:
        std::shared_ptr<queues> of_;
        std::string name_;
    };

    asio::awaitable<place> enter(std::string name) {
        auto const all = all_;
        auto& before = (*all)[name];
        if (before.inside != most_) {
            ++before.inside;
        } else {
            auto const turn = std::make_shared<event>(where_);
            before.waiting.push_back(turn);
            co_await turn->wait();
        }
        co_return place(all, std::move(name));
    }

  private:
    static void leave(queues& all, std::string const& name) {
        auto const found = all.find(name);
        auto& left = found->second;
        if (left.waiting.empty()) {
            if (--left.inside == 0) all.erase(found);
            return;
        }
        // The place is handed over, so `inside` does not change.
        auto const turn = std::move(left.waiting.front());
        left.waiting.pop_front();
        turn->happen();
    }

    asio::any_io_executor where_;
    std::size_t most_;
    std::shared_ptr<queues> all_ = std::make_shared<queues>();
};

}  // namespace socketmap
