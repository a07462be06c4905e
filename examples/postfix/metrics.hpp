// SPDX-License-Identifier: BSL-1.0
/// Counters, in the text format of Prometheus.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace socketmap {

enum class counter {
    answers_secure,
    answers_dane,
    answers_not_found,
    answers_temporary,
    answers_permanent,
    answers_from_memory,
    lookups_live,
    lookups_cached,
    lookups_none,
    dns_failures,
    fetches_taken,
    fetches_invalid,
    fetches_untrusted,
    fetches_unreachable,
    addresses_refused,
    refresh_alerts,
    store_errors,
    policies_not_kept,
    clients_accepted,
    clients_evicted,
    requests_malformed,
    last_,
};

class metrics {
  public:
    void count(counter what) { ++values_[static_cast<std::size_t>(what)]; }
    std::uint64_t value(counter what) const { return values_[static_cast<std::size_t>(what)]; }
    /// Counts an answer by its first words.
    void count_answer(std::string_view answer);
    /// The exposition; `gauges` is appended to it.
    std::string text(std::string_view gauges) const;

  private:
    std::array<std::uint64_t, static_cast<std::size_t>(counter::last_)> values_{};
};

/// One gauge with its help.
std::string gauge(std::string_view name, std::string_view help, std::int64_t value);

}  // namespace socketmap
