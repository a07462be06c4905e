// SPDX-License-Identifier: BSL-1.0
/// Which queued fetch starts next, so that one party's silent hosts cannot block fetches for others.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace socketmap {

/// The limited resources that a fetch takes up.
struct fetch_claim {
    /// The registrable domain of its policy domain.
    std::string registered;
    /// The networks of the addresses that it may connect to.
    std::vector<std::string> networks;
    /// Whether mail is waiting for it; false for a refresh.
    bool awaited = true;
};

/// The claim of a fetch from these addresses, as text; those of one network take one place of its share.
/// Example: `claim_of("a.example", {"192.0.2.1", "192.0.2.1"}).networks.size() == 1`
fetch_claim claim_of(std::string registered, std::vector<std::string> const& addresses);

/// How many fetches may run concurrently: in total, for one registrable domain, to one network, and without mail
/// waiting for them. At least one of each, however small the total.
struct fetch_shares {
    std::size_t at_once = 64;

    std::size_t of_domain() const { return share(8); }
    /// Some hosts serve the policies of many domains.
    std::size_t of_network() const { return share(4); }
    std::size_t not_awaited() const { return share(2); }

  private:
    std::size_t share(std::size_t part) const { return at_once < part ? 1 : at_once / part; }
};

/// The index of the queued fetch to start; nothing if all have to wait. `waiting` is in order of arrival.
///
/// Fetches that mail is waiting for come first, then domains with fewer running fetches, then those that arrived first.
std::optional<std::size_t> next_fetch(std::vector<fetch_claim const*> const& running,
                                      std::vector<fetch_claim const*> const& waiting, fetch_shares shares);

}  // namespace socketmap
