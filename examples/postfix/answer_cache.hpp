// SPDX-License-Identifier: BSL-1.0
/// Answers in memory: ready to be sent, bounded in number and size, the least recently used evicted first.
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
    /// Until then it is given without a DNS lookup. By a clock that never goes back.
    std::chrono::steady_clock::time_point recheck_at{};
    /// Seen time until which the policy behind it holds, inclusive; `no_policy` if there is none.
    std::chrono::seconds holds_until = no_policy;
    /// Day, in seen time, on which its use was last written to the database.
    std::chrono::days used_on{-1};

    static constexpr std::chrono::seconds no_policy = std::chrono::seconds::min();
};

class answer_cache {
  public:
    /// Room for the given number of answers of this average size, or for fewer longer ones.
    static constexpr std::size_t octets_of_answer = 512;

    explicit answer_cache(std::size_t most) : most_(most) {}

    /// The answer, which now counts as used; nullptr if there is none. Valid until the next call.
    cached_answer* find(std::string_view domain) {
        auto const found = index_.find(domain);
        if (found == index_.end()) return nullptr;
        order_.splice(order_.begin(), order_, found->second);
        return &found->second->answer;
    }
    cached_answer& put(std::string_view domain, cached_answer answer) {
        erase(domain);
        order_.push_front({std::string(domain), std::move(answer)});
        index_.emplace(order_.front().domain, order_.begin());
        octets_ += order_.front().octets();
        while (order_.size() > 1 && (order_.size() > most_ || octets_ > most_ * octets_of_answer))
            erase(order_.back().domain);
        return order_.front().answer;
    }
    void erase(std::string_view domain) {
        auto const found = index_.find(domain);
        if (found == index_.end()) return;
        auto const entry = found->second;
        octets_ -= entry->octets();
        index_.erase(found);
        order_.erase(entry);
    }
    void clear() {
        index_.clear();
        order_.clear();
        octets_ = 0;
    }
    std::size_t size() const { return order_.size(); }

  private:
    struct kept {
        std::string domain;
        cached_answer answer;
        std::size_t octets() const { return domain.size() + answer.text.size(); }
    };
    std::size_t most_;
    std::size_t octets_ = 0;
    std::list<kept> order_;
    /// The keys are views of the names in the list.
    std::unordered_map<std::string_view, std::list<kept>::iterator> index_;
};

}  // namespace socketmap
