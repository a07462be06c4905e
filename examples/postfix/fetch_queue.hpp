/// Which of the fetches that wait begins next, so that nobody's silent hosts hold up the policies of others.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace socketmap {

/// What a fetch takes a share of.
struct fetch_claim {
    /// The registrable domain of its policy domain.
    std::string registered;
    /// The networks of the addresses that it may connect to.
    std::vector<std::string> networks;
    /// Whether mail waits for it; not so where a policy is refreshed.
    bool awaited = true;
};

/// How many fetches may run at the same time: of all, of one registrable domain, to one network, and of those that no
/// mail waits for. Each may have one, however small the shares are.
struct fetch_shares {
    std::size_t at_once = 64;

    std::size_t of_domain() const { return share(8); }
    /// Some hosts serve the policies of many domains.
    std::size_t of_network() const { return share(4); }
    std::size_t not_awaited() const { return share(2); }

  private:
    std::size_t share(std::size_t part) const { return at_once < part ? 1 : at_once / part; }
};

/// The place, among those that wait in the order in which they came, of the one to begin; none where each has to wait.
///
/// What mail waits for comes before all else, a domain of which less runs before one of which more does, and then what
/// came first.
std::optional<std::size_t> next_fetch(std::vector<fetch_claim const*> const& running,
                                      std::vector<fetch_claim const*> const& waiting, fetch_shares shares);

}  // namespace socketmap
