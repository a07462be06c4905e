// SPDX-License-Identifier: BSL-1.0
/// RFC 7672 2.2: which of a domain's MX hosts have DANE, from DNS or from memory.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include <mtasts/decide/dane_knowledge.hpp>

#include "asio.hpp"

#include "dns.hpp"
#include "store.hpp"

namespace socketmap {

/// RFC 7672 3.1: DANE-TA(2) or DANE-EE(3), with a known selector and a digest of the right size.
bool is_usable_tlsa(std::string_view data);

struct dane_lookup {
    mtasts::dane_findings found;
    /// Whether DNS answered for the domain and for each host.
    bool complete = false;
    /// The first query that failed, and why.
    std::string failure = {};
};

/// Looks up the MX hosts of a domain, their addresses and their TLSA records. Only validated answers and usable TLSA
/// records count. Stops at the first host whose DANE is unknown.
asio::awaitable<dane_lookup> find_dane(dns& resolver, std::string domain);

/// The assumption about a domain's DANE.
struct dane_judgement {
    mtasts::dane_hosts hosts = mtasts::dane_hosts::unknown;
    /// Whether DNS has just answered in full; if not, it is asked again soon.
    bool looked_up = false;
    /// How long it may be used without another lookup.
    std::chrono::seconds holds_for{0};
    /// The proof to store, if any.
    std::optional<mtasts::dane_memory> proof = {};
};

class dane_judge {
  public:
    dane_judge(dns& resolver, store& kept) : resolver_(resolver), store_(kept) {}

    asio::awaitable<dane_judgement> judge(std::string domain);
    /// Remembers a proof that could not be written, so that what is on disk does not outlive it.
    void note(std::string const& domain, mtasts::dane_memory const& proof, bool on_disk);
    /// The last proof, on disk or not; what cannot be read counts as a proof of DANE.
    std::optional<mtasts::dane_memory> remembered(std::string const& domain);

  private:
    static constexpr std::size_t most_unwritten = 10'000;

    dns& resolver_;
    store& store_;
    std::unordered_map<std::string, mtasts::dane_memory> unwritten_;
};

}  // namespace socketmap
