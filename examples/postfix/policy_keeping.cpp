// SPDX-License-Identifier: BSL-1.0
#include "policy_service.hpp"

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <utility>

#include <boost/asio/post.hpp>
#include <mtasts/decide/policy_finder.hpp>

#include "dane_memory.hpp"
#include "event.hpp"

namespace socketmap {
namespace {

using mtasts::policy_source;
using std::chrono::seconds;
using namespace std::chrono_literals;

/// RFC 8461 3.3: spreads refreshes over time: up to a tenth earlier, at random.
seconds spread(seconds at, seconds now) {
    static std::minstd_rand chance{std::random_device{}()};
    auto const most = std::max<std::int64_t>((at - now).count() / 10, 0);
    return at - seconds(std::uniform_int_distribution<std::int64_t>(0, most)(chance));
}

}  // namespace

void policy_service::note_use(std::string_view domain, cached_answer& answer) {
    auto const today = std::chrono::floor<std::chrono::days>(seen_now());
    if (std::exchange(answer.used_on, today) == today) return;
    store_.set_used(std::string(domain), [](auto const&) {});
}

/// Stores what has to outlive the process. Returns, once it is on disk, whether there was room for it.
asio::awaitable<bool> policy_service::keep(mtasts::policy_finder const& finder, std::string domain, bool used,
                                           std::optional<stored_policy> former) {
    auto const& verdict = finder.verdict();
    if (!verdict.policy) co_return true;
    auto const& policy = *verdict.policy;
    auto const at = now().seen;
    // Also a policy that found no room before, or could not be written.
    if (verdict.source == policy_source::live || !former) {
        // A policy too short-lived to be refreshed just expires, and the next mail fetches it again.
        auto const refresh_at = verdict.refresh_at ? spread(verdict.refresh_at->seen, at) : never;
        auto const used_at = used || !former ? at : former->used_at;
        stored_policy fetched{domain, policy, finder.kept()->text, refresh_at, used_at};
        auto const put = [this, fetched](store::put_done then) { store_.put(fetched, std::move(then)); };
        co_return co_await written(put);
    }
    if (former->known.life() != policy.life()) {
        auto const set = [this, domain, policy](store::put_done then) {
            store_.set_life(domain, policy, [then](auto const& error) { then(error, true); });
        };
        co_await written(set);
    }
    if (former->refresh_at <= at) {
        // A failed refresh is retried after the retry delay.
        auto const wanted = verdict.refresh_at ? verdict.refresh_at->seen : at;
        auto const refresh_at = std::max(wanted, verdict.retry_at ? verdict.retry_at->seen + 1s : at);
        auto const set = [this, domain, refresh_at](store::put_done then) {
            store_.set_refresh(domain, refresh_at, [then](auto const& error) { then(error, true); });
        };
        co_await written(set);
    }
    co_return true;
}

asio::awaitable<bool> policy_service::written(std::function<void(store::put_done)> change) {
    struct waiting {
        explicit waiting(asio::any_io_executor const& where) : done(where) {}
        event done;
        std::optional<std::string> error;
        bool kept = false;
    };
    auto const shared = std::make_shared<waiting>(context_.get_executor());
    change([this, shared](std::optional<std::string> const& error, bool kept) {
        asio::post(context_, [shared, error, kept] {
            shared->error = error;
            shared->kept = kept;
            shared->done.happen();
        });
    });
    co_await shared->done.wait();
    if (shared->error) {
        metrics_.count(counter::store_errors);
        // A full disk is logged once.
        if (store_fault_ != *shared->error) log(level::error, "store-failed", {{"reason", *shared->error}});
    } else if (!shared->kept) {
        metrics_.count(counter::policies_not_kept);
        log(level::warning, "no-room", {{"policies", std::to_string(store_.size())}});
    }
    store_fault_ = shared->error.value_or("");
    co_return !shared->error && shared->kept;
}

asio::awaitable<void> policy_service::remember(std::string domain, mtasts::dane_memory proof) {
    constexpr unsigned proofs_between_bounds = 256;
    bool const bound = proofs_written_++ % proofs_between_bounds == 0;
    auto const put = [=](connection& database) {
        put_dane_memory(database, domain, proof);
        if (bound) bound_dane_memory(database);
    };
    auto const write = [this, put](store::put_done then) {
        store_.write(put, [then = std::move(then)](auto const& error) { then(error, true); });
    };
    bool const on_disk = co_await written(write);
    dane_.note(domain, proof, on_disk);
}

}  // namespace socketmap
