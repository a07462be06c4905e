// SPDX-License-Identifier: BSL-1.0
/// HTTPS by libcurl, in a thread of its own: many concurrent fetches, none of which can block another.
#pragma once
#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <mtasts/decide/policy_fetch.hpp>

#include "fetch_queue.hpp"

namespace socketmap {

/// Whether mail is waiting for a fetch; it may become true while the fetch is queued.
using awaited_flag = std::shared_ptr<std::atomic<bool> const>;

struct fetch_request {
    mtasts::policy_fetch what;
    /// The only addresses to connect to, as text: those that were checked.
    std::vector<std::string> addresses;
    std::chrono::seconds time_limit;
    /// Empty: the system's trust anchors.
    std::string ca_file;
    /// The registrable domain of the policy domain.
    std::string registered;
    awaited_flag awaited;
};

struct fetch_result {
    enum class kind { response, unreachable, untrusted } what = kind::unreachable;
    int status = 0;
    std::string content_type;
    std::string body;
    /// Why there is no response.
    std::string reason;
};

class fetcher {
  public:
    /// At most `at_once` fetches run concurrently; `next_fetch` chooses among those that are queued.
    explicit fetcher(std::size_t at_once);
    /// Aborts what is under way, without calling back.
    ~fetcher();
    fetcher(fetcher const&) = delete;
    fetcher& operator=(fetcher const&) = delete;

    /// `then` is called in the fetching thread.
    void fetch(fetch_request request, std::function<void(fetch_result)> then);

  private:
    class transfer;
    struct order {
        fetch_request request;
        std::function<void(fetch_result)> then;
        fetch_claim claim;
    };

    void run();
    void take_orders(std::vector<std::unique_ptr<transfer>>& running);

    fetch_shares shares_;
    /// curl_multi's handle.
    std::shared_ptr<void> multi_;
    std::mutex mutex_;
    std::list<order> waiting_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace socketmap
