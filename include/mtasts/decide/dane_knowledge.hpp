// SPDX-License-Identifier: BSL-1.0
/// RFC 7672, RFC 8461 2: what is assumed about a domain's DANE while DNS fails, or while the resolver does not pass
/// DNSSEC on.
///
/// What DNSSEC proved is remembered, so that a DNS outage stops no mail to domains without DANE, and nobody can turn
/// DANE off by stripping signatures.
#pragma once
#include <chrono>
#include <optional>

#include <mtasts/decide/dane.hpp>

namespace mtasts {

/// Whether DNS answers can be validated here.
enum class dnssec_state {
    /// Switched off: no answer counts as secure, and DANE is not applied.
    off,
    /// Nothing has validated yet, but DNSSEC is not known to be missing either.
    undecided,
    working,
    /// Nothing has ever validated, while the same queries succeed without validation.
    missing,
};

/// The outcome of a query for a record that is known to be signed.
enum class dnssec_probe {
    validated,
    /// It was answered, but only without validation.
    unvalidated,
    no_answer,
};

/// Finds out whether the resolver passes DNSSEC on. One validated answer settles it for the rest of the run: any
/// failure after that is an outage or an attack.
/// Example: `static_assert(mtasts::dnssec_watch().state() == mtasts::dnssec_state::undecided);`
class dnssec_watch {
  public:
    /// Consecutive probes that must be answered without validation; a single one may be due to a lost packet.
    static constexpr int misses_needed = 3;

    constexpr void probed(dnssec_probe what) {
        if (what == dnssec_probe::validated) validated_ = true;
        else if (state() != dnssec_state::missing) misses_ = what == dnssec_probe::unvalidated ? misses_ + 1 : 0;
    }
    constexpr dnssec_state state() const {
        if (validated_) return dnssec_state::working;
        return misses_ >= misses_needed ? dnssec_state::missing : dnssec_state::undecided;
    }

  private:
    bool validated_ = false;
    int misses_ = 0;
};

/// A proof, and when it was made, in seen time (`seen_time`).
struct dane_memory {
    /// A fact about a domain that DNSSEC proved.
    enum class proof {
        /// The domain is unsigned, so DANE is impossible (RFC 7672 2.2.1).
        insecure,
        /// The domain is signed, but no MX host has usable TLSA records.
        absent,
        /// At least one MX host has usable TLSA records.
        present,
    };

    /// How long a proof that there is no DANE counts while DNS fails.
    static constexpr std::chrono::seconds life{86400};

    proof what = proof::present;
    std::chrono::seconds at{0};

    friend constexpr bool operator==(dane_memory const&, dane_memory const&) = default;
};

namespace detail {

/// A proof younger than this need not be written again.
inline constexpr std::chrono::seconds dane_memory_step{3600};

}  // namespace detail

/// Which hosts of a domain count as protected: what was found or, where that is unknown, what is remembered. A proof of
/// DANE, or that the domain is signed, never expires while nothing validates.
/// Example: `static_assert(mtasts::believed_dane({}, {}, {}, mtasts::dnssec_state::off) == mtasts::dane_hosts::none);`
constexpr dane_hosts believed_dane(dane_findings const& found, std::optional<dane_memory> const& kept,
                                   std::chrono::seconds seen, dnssec_state dnssec) {
    if (dnssec == dnssec_state::off) return dane_hosts::none;
    if (found.hosts != dane_hosts::unknown) return found.hosts;
    auto const proved = [&](dane_memory::proof what) { return kept && kept->what == what; };
    if (proved(dane_memory::proof::present)) return dane_hosts::unknown;
    // The domain has been signed since it was proved insecure.
    bool const contradicted = proved(dane_memory::proof::insecure) && found.secure;
    // A proof from the future comes from damaged data.
    bool const fresh = kept && kept->at <= seen && seen - kept->at <= dane_memory::life;
    if (fresh && !contradicted) return dane_hosts::none;
    bool const signed_once = proved(dane_memory::proof::absent) || found.secure;
    return dnssec == dnssec_state::missing && !signed_once ? dane_hosts::none : dane_hosts::unknown;
}

/// The proof to store in place of `kept`; nothing if `kept` is still good enough. An unknown result replaces nothing.
/// Example: `static_assert(!mtasts::newer_proof({}, {}, {}, mtasts::dnssec_state::working));`
constexpr std::optional<dane_memory> newer_proof(dane_findings const& found, std::optional<dane_memory> const& kept,
                                                 std::chrono::seconds seen, dnssec_state dnssec) {
    // Without validation nothing is proved.
    if (dnssec == dnssec_state::off || dnssec == dnssec_state::missing) return std::nullopt;
    if (found.hosts == dane_hosts::unknown) return std::nullopt;
    auto const what = found.hosts != dane_hosts::none ? dane_memory::proof::present
                      : found.secure                  ? dane_memory::proof::absent
                                                      : dane_memory::proof::insecure;
    bool const same = kept && kept->what == what && kept->at <= seen && seen - kept->at < detail::dane_memory_step;
    return same ? std::nullopt : std::optional(dane_memory{what, seen});
}

}  // namespace mtasts
