/// For each name so many at the same time, and the others in the order in which they came.
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

/// For coroutines that all run in one thread. It outlives those who passed it.
class turnstile {
  public:
    turnstile(asio::any_io_executor where, std::size_t most) : where_(std::move(where)), most_(most) {}

    /// Lets another one in when it is destroyed.
    class place {
      public:
        place(turnstile& of, std::string name) : of_(&of), name_(std::move(name)) {}
        place(place&& other) noexcept : of_(std::exchange(other.of_, nullptr)), name_(std::move(other.name_)) {}
        place& operator=(place&&) = delete;
        ~place() {
            if (of_ != nullptr) of_->leave(name_);
        }

      private:
        turnstile* of_;
        std::string name_;
    };

    asio::awaitable<place> enter(std::string name) {
        auto& before = queues_[name];
        if (before.inside != most_) {
            ++before.inside;
        } else {
            auto const turn = std::make_shared<event>(where_);
            before.waiting.push_back(turn);
            co_await turn->wait();
        }
        co_return place(*this, std::move(name));
    }

  private:
    struct queue {
        std::size_t inside = 0;
        std::deque<std::shared_ptr<event>> waiting = {};
    };

    void leave(std::string const& name) {
        auto const found = queues_.find(name);
        auto& left = found->second;
        if (left.waiting.empty()) {
            if (--left.inside == 0) queues_.erase(found);
            return;
        }
        // The place is handed over.
        auto const turn = std::move(left.waiting.front());
        left.waiting.pop_front();
        turn->happen();
    }

    asio::any_io_executor where_;
    std::size_t most_;
    std::unordered_map<std::string, queue> queues_;
};

}  // namespace socketmap
