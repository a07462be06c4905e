/// RFC 7672 2.2: which of a domain's MX hosts have DANE, as DNS tells or as is remembered.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <mtasts/decide/dane_knowledge.hpp>

#include "asio.hpp"

#include "dns.hpp"
#include "store.hpp"

namespace socketmap {

/// RFC 7672 3.1: DANE-TA(2) or DANE-EE(3), with a known selector and a digest of the right size.
bool is_usable_tlsa(std::string_view data);

struct dane_lookup {
    mtasts::dane_findings found;
    /// Whether DNS told of the domain and of each host.
    bool complete = false;
    /// The first question that could not be answered, and why.
    std::string failure = {};
};

/// Asks DNS for the MX hosts of a domain, their addresses and their TLSA records. Only what DNSSEC vouches for counts,
/// and only usable records. Ends with the first host of which it remains unknown.
asio::awaitable<dane_lookup> find_dane(dns& resolver, std::string domain);

/// What is believed of a domain.
struct dane_judgement {
    mtasts::dane_hosts hosts = mtasts::dane_hosts::unknown;
    /// Whether DNS told all just now; if not, it is asked again soon.
    bool looked_up = false;
    /// For how long it may be believed without another look.
    std::chrono::seconds holds_for{0};
    /// What to remember of it.
    std::optional<mtasts::dane_memory> proof = {};
};

class dane_judge {
  public:
    dane_judge(dns& resolver, store& kept) : resolver_(resolver), store_(kept) {}

    /// `seen` is the present in seconds that were seen to pass.
    asio::awaitable<dane_judgement> judge(std::string domain, std::chrono::seconds seen);

  private:
    std::optional<mtasts::dane_memory> remembered(std::string_view domain);

    dns& resolver_;
    store& store_;
};

}  // namespace socketmap
