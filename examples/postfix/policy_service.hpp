// SPDX-License-Identifier: BSL-1.0
/// From a destination of Postfix to its answer: memory first, then the database, then DNS and HTTPS.
#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "asio.hpp"

#include "answer_cache.hpp"
#include "clock.hpp"
#include "dane.hpp"
#include "metrics.hpp"
#include "policy_search.hpp"
#include "settings.hpp"
#include "store.hpp"
#include "turnstile.hpp"

namespace socketmap {

/// All of it runs in the one thread of the context.
class policy_service {
  public:
    /// Throws settings_error, store_error.
    policy_service(asio::io_context& context, std::shared_ptr<settings const> given, metrics& counted);
    ~policy_service();

    /// The answer, if it can be given without waiting.
    std::optional<std::string> ready_answer(std::string_view destination);
    /// The answer. Concurrent requests for one domain share a lookup.
    asio::awaitable<std::string> answer(std::string destination);

    /// Fetches policies again before they expire, spread over time; ends when the coroutine is cancelled.
    asio::awaitable<void> refresh_forever();
    /// Probes the resolver for DNSSEC; ends when the coroutine is cancelled.
    asio::awaitable<void> watch_dnssec_forever();
    /// Returns when it is known whether the resolver passes DNSSEC on, or after some seconds.
    asio::awaitable<void> dnssec_decided();
    /// Later lookups use these settings; cached answers are dropped.
    void reload(std::shared_ptr<settings const> given);
    /// Gauges for the metrics.
    std::string gauges();
    /// Seen time, by which policies age.
    std::chrono::seconds seen_now() const { return now().seen; }

  private:
    struct flight;
    /// The answer for a policy in force.
    struct judged {
        std::string text;
        /// How long its statement about DANE may be used; nothing if it makes none.
        std::optional<std::chrono::seconds> holds_for = {};
        /// False if DNS failed: then it is asked again soon.
        bool looked_up = true;
    };
    using finder_ptr = std::unique_ptr<mtasts::policy_finder>;

    mtasts::moment now() const { return store_.now(); }
    std::chrono::seconds holds_until(judged const& answer, mtasts::known_policy const& policy) const;
    std::optional<std::string> fixed_answer(std::string const& domain);
    bool may_recheck(std::string const& domain) const;
    std::shared_ptr<flight> look_up_once(std::string const& domain, mtasts::trigger why);
    asio::awaitable<void> look_up(std::string domain, mtasts::trigger why, std::shared_ptr<flight> flown);
    asio::awaitable<judged> answer_for(std::string domain, stored_policy policy);
    void check_clock();
    finder_ptr take_finder(std::string const& domain, std::optional<stored_policy> const& stored);
    void give_finder(std::string const& domain, finder_ptr finder, bool kept);
    void forget_answers();

    // What a lookup leaves on disk: policy_keeping.cpp.
    void note_use(std::string_view domain, cached_answer& answer);
    asio::awaitable<bool> keep(mtasts::policy_finder const& finder, std::string domain, bool used,
                               std::optional<stored_policy> former);
    asio::awaitable<void> remember(std::string domain, mtasts::dane_memory proof);
    asio::awaitable<bool> written(std::function<void(store::put_done)> change);

    asio::io_context& context_;
    std::shared_ptr<settings const> settings_;
    metrics& metrics_;
    answer_cache answers_;
    turnstile lookups_;
    policy_search search_;
    unsigned proofs_written_ = 0;
    /// Why the last change could not be written; empty if it was.
    std::string store_fault_;
    std::unordered_map<std::string, std::shared_ptr<flight>> flights_;
    /// Those in the retry delay after a failed fetch (RFC 8461 3.3), or whose policy found no room on disk.
    struct paused {
        finder_ptr finder;
        /// Whether its policy, if any, is on disk.
        bool kept;
    };
    std::unordered_map<std::string, paused> pausing_;
    std::unique_ptr<clock const> clock_;
    std::optional<std::chrono::steady_clock::time_point> not_understood_logged_;
    /// Wall clock minus seen time; it changes when the clock is set.
    std::optional<std::chrono::seconds> wall_ahead_;
    /// After all that its thread calls back into, so that the thread ends first; only `dane_` uses the store.
    store store_;
    dane_judge dane_;
};

}  // namespace socketmap
