/// RFC 7672, RFC 8461 2: what is believed of a domain's DANE while DNS fails, and where it does not pass DNSSEC on.
///
/// What DNSSEC proved is remembered, so that an outage of DNS stops no mail of domains without DANE, and nobody turns
/// DANE off by taking signatures away.
#pragma once
#include <chrono>
#include <optional>

#include <mtasts/decide/dane.hpp>

namespace mtasts {

/// Whether answers of DNS can be validated here.
enum class dnssec_state {
    /// Not wanted here: no answer counts as secure, and DANE protects nothing.
    off,
    /// Nothing has validated yet, and nothing shows that it cannot.
    undecided,
    working,
    /// Nothing has ever validated, while the same questions are answered without validation.
    missing,
};

/// What a question led to whose answer is known to be signed.
enum class dnssec_probe {
    validated,
    /// It was answered, but only without validation.
    unvalidated,
    no_answer,
};

/// Finds out whether the resolver passes DNSSEC on. One validated answer decides it until the end of the program: what
/// fails from then on is an outage, or an attack.
/// Example: `static_assert(mtasts::dnssec_watch().state() == mtasts::dnssec_state::undecided);`
class dnssec_watch {
  public:
    /// So many probes in a row have to be answered, but not validated: one may meet a packet lost.
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

/// What DNSSEC proved of a domain.
enum class dane_proof {
    /// It does not reach the domain, so that DANE is impossible (RFC 7672 2.2.1).
    insecure,
    /// The domain is signed, but no MX host has TLSA records that can be used.
    absent,
    /// At least one has.
    present,
};

/// A proof, and when it was made: in seconds that were seen to pass, of a count that goes on over restarts.
struct dane_memory {
    dane_proof what = dane_proof::present;
    std::chrono::seconds at{0};

    friend constexpr bool operator==(dane_memory const&, dane_memory const&) = default;
};

/// For so long a proof that there is no DANE counts while DNS fails.
inline constexpr std::chrono::seconds dane_memory_life{86400};
/// A proof that is younger need not be written again.
inline constexpr std::chrono::seconds dane_memory_step{3600};

/// Which hosts of a domain count as protected: what was found, or what is remembered where that is unknown. A proof of
/// DANE, or that the domain is signed, has no end where nothing validates.
/// Example: `static_assert(mtasts::believed_dane({}, {}, {}, mtasts::dnssec_state::off) == mtasts::dane_hosts::none);`
constexpr dane_hosts believed_dane(dane_findings const& found, std::optional<dane_memory> const& kept,
                                   std::chrono::seconds seen, dnssec_state dnssec) {
    if (dnssec == dnssec_state::off) return dane_hosts::none;
    if (found.hosts != dane_hosts::unknown) return found.hosts;
    auto const proved = [&](dane_proof what) { return kept && kept->what == what; };
    if (proved(dane_proof::present)) return dane_hosts::unknown;
    // A domain that is signed by now is not the one that was proved insecure.
    bool const contradicted = proved(dane_proof::insecure) && found.secure;
    // A time that has not come yet is none that was seen.
    bool const fresh = kept && kept->at <= seen && seen - kept->at <= dane_memory_life;
    if (fresh && !contradicted) return dane_hosts::none;
    bool const signed_once = proved(dane_proof::absent) || found.secure;
    return dnssec == dnssec_state::missing && !signed_once ? dane_hosts::none : dane_hosts::unknown;
}

/// What to keep in place of the former; nothing where that does. What is unknown replaces nothing.
/// Example: `static_assert(!mtasts::newer_proof({}, {}, {}, mtasts::dnssec_state::working));`
constexpr std::optional<dane_memory> newer_proof(dane_findings const& found, std::optional<dane_memory> const& kept,
                                                 std::chrono::seconds seen, dnssec_state dnssec) {
    // Where nothing validates, nothing is proved.
    if (dnssec == dnssec_state::off || dnssec == dnssec_state::missing) return std::nullopt;
    if (found.hosts == dane_hosts::unknown) return std::nullopt;
    auto const what = found.hosts != dane_hosts::none ? dane_proof::present
                      : found.secure                  ? dane_proof::absent
                                                      : dane_proof::insecure;
    bool const same = kept && kept->what == what && kept->at <= seen && seen - kept->at < dane_memory_step;
    return same ? std::nullopt : std::optional(dane_memory{what, seen});
}

}  // namespace mtasts
