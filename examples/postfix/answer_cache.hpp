/// Answers kept in memory: ready to be sent, bounded in number, the one used longest ago goes first.
#pragma once
#include <chrono>
#include <cstddef>
#include <functional>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

namespace socketmap {

struct cached_answer {
    std::string text;
    /// Until then it is given without a look at DNS. Of a clock that never goes back.
    std::chrono::steady_clock::time_point recheck_at{};
    /// The last second in which the policy behind it holds; the beginning of time where there is no policy.
    std::chrono::sys_seconds holds_until = std::chrono::sys_seconds::min();
    /// The day on which the database was last told that mail asks for it.
    std::chrono::sys_days used_on{};
};

class answer_cache {
  public:
    explicit answer_cache(std::size_t most) : most_(most) {}

    /// The answer, which now counts as used; nullptr where there is none. Valid until the next call.
    cached_answer* find(std::string_view domain) {
        auto const found = index_.find(domain);
        if (found == index_.end()) return nullptr;
        order_.splice(order_.begin(), order_, found->second);
        return &found->second->answer;
    }
    cached_answer& put(std::string_view domain, cached_answer answer) {
        if (auto* const present = find(domain)) return *present = std::move(answer);
        if (order_.size() >= most_) {
            index_.erase(order_.back().domain);
            order_.pop_back();
        }
        order_.push_front({std::string(domain), std::move(answer)});
        index_.emplace(order_.front().domain, order_.begin());
        return order_.front().answer;
    }
    void erase(std::string_view domain) {
        auto const found = index_.find(domain);
        if (found == index_.end()) return;
        auto const entry = found->second;
        index_.erase(found);
        order_.erase(entry);
    }
    void clear() {
        index_.clear();
        order_.clear();
    }
    std::size_t size() const { return order_.size(); }

  private:
    struct kept {
        std::string domain;
        cached_answer answer;
    };
    std::size_t most_;
    std::list<kept> order_;
    /// The names are those of the list.
    std::unordered_map<std::string_view, std::list<kept>::iterator> index_;
};

}  // namespace socketmap
