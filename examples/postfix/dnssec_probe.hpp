/// Whether the resolver passes DNSSEC on: without it DANE cannot be noticed, and nobody says so.
#pragma once
#include <functional>
#include <string>

#include "asio.hpp"

#include "dns.hpp"

namespace socketmap {

struct dnssec_finding {
    mtasts::dnssec_probe what = mtasts::dnssec_probe::no_answer;
    /// The signed zone that was asked for.
    std::string zone;
    /// Why it did not validate, in libunbound's words.
    std::string reason;
};

/// Asks for a record that is signed for certain, with and without validation. Not for a resolver with DNSSEC off.
asio::awaitable<dnssec_finding> probe_dnssec(dns& resolver);

/// Probes for ever, tells the resolver what it found, and logs what changes; ends at once where DNSSEC is off.
/// `recovered` is called when something validates for the first time after DNSSEC was missing.
asio::awaitable<void> watch_dnssec(dns& resolver, std::function<void()> recovered);

}  // namespace socketmap
