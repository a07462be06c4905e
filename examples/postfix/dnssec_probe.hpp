// SPDX-License-Identifier: BSL-1.0
/// Whether the resolver passes DNSSEC on: without it DANE would silently go unnoticed.
#pragma once
#include <functional>
#include <string>

#include "asio.hpp"

#include "dns.hpp"

namespace socketmap {

struct dnssec_finding {
    mtasts::dnssec_probe what = mtasts::dnssec_probe::no_answer;
    /// The signed zone that was queried.
    std::string zone;
    /// Why it did not validate, in libunbound's words.
    std::string reason;
};

/// Queries a record that is known to be signed, with and without validation. Not for a resolver with DNSSEC off.
asio::awaitable<dnssec_finding> probe_dnssec(dns& resolver);

/// Probes forever, passes the outcome to the resolver, and logs changes; returns at once if DNSSEC is off.
/// `recovered` is called when something validates for the first time after DNSSEC was missing.
asio::awaitable<void> watch_dnssec(dns& resolver, std::function<void()> recovered);

}  // namespace socketmap
