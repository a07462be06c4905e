// SPDX-License-Identifier: BSL-1.0
/// RFC 7672 2.1, 2.2: whether DANE protects the mail hosts of a domain, according to DNS.
///
/// What could not be looked up is unknown and never counts as absent: an attacker may drop an answer to one program and
/// let it through to another.
#pragma once
#include <mtasts/requirements.hpp>

#include <optional>
#include <span>

namespace mtasts {

/// The outcome of a DNS query (RFC 7672 2.1.1).
enum class dns_state {
    found,
    /// No such name, or no record of this type.
    absent,
    /// SERVFAIL or another error, or no answer in time.
    failed,
    /// DNSSEC validation of the answer failed.
    bogus,
};

/// The outcome of a DNS query, with its DNSSEC status.
/// Example: `static_assert(!mtasts::dns_fact{mtasts::dns_state::bogus, true}.secure());`
struct dns_fact {
    dns_state what = dns_state::failed;
    /// Whether DNSSEC validated the answer, which may be that there is no record.
    bool validated = false;

    constexpr bool known() const { return what == dns_state::found || what == dns_state::absent; }
    constexpr bool secure() const { return known() && validated; }
    /// Proved to be unsigned (RFC 4035 4.3).
    constexpr bool insecure() const { return known() && !validated; }
};

/// TLSA records at one name.
struct tlsa_fact {
    dns_fact answer = {};
    /// RFC 7672 3.1: whether at least one is usable.
    bool usable = false;
};

/// The facts in DNS about one MX host (RFC 7672 2.2.2).
struct dane_host_facts {
    dns_fact a = {};
    dns_fact aaaa = {};
    /// TLSA records below the name of the host itself.
    tlsa_fact tlsa = {};
    /// For a host that is an alias: its CNAME record, and the TLSA records below the name it points to.
    std::optional<dns_fact> alias = {};
    tlsa_fact target_tlsa = {};
};

/// Whether DANE authenticates a host.
enum class host_dane {
    /// Proved not to: not signed, or without usable TLSA records.
    none,
    unknown,
    present,
};

/// How many of a domain's MX hosts DANE authenticates.
enum class dane_hosts {
    none,
    /// None for certain, and at least one unknown.
    unknown,
    /// One for certain, but not all.
    some,
    all,
};

/// The state of DANE for a domain, as found in DNS.
struct dane_findings {
    dane_hosts hosts = dane_hosts::unknown;
    /// Whether its MX records are DNSSEC-validated or, where it has none, its addresses.
    bool secure = false;

    friend constexpr bool operator==(dane_findings const&, dane_findings const&) = default;
};

namespace detail {

constexpr host_dane host_dane_by(tlsa_fact const& tlsa) {
    if (!tlsa.answer.known()) return host_dane::unknown;
    bool const counts = tlsa.answer.what == dns_state::found && tlsa.answer.secure();
    return counts && tlsa.usable ? host_dane::present : host_dane::none;
}

constexpr bool any_secure_address(dane_host_facts const& host) { return host.a.secure() || host.aaaa.secure(); }

}  // namespace detail

/// RFC 7672 2.1.2, 2.2.2: one host. Where its addresses are known to be unsigned, TLSA records do not count, whatever a
/// query for them returned. A and AAAA records are in the same zone: either answer shows whether it is signed.
/// Example: `static_assert(mtasts::dane_of_host({}) == mtasts::host_dane::unknown);`
constexpr host_dane dane_of_host(dane_host_facts const& host) {
    if (!host.a.known() && !host.aaaa.known()) return host_dane::unknown;
    bool const secure = detail::any_secure_address(host);
    if (!host.alias) return secure ? detail::host_dane_by(host.tlsa) : host_dane::none;
    if (secure) {
        // RFC 7672 2.2.2: the target of the alias comes first; the alias itself where the target has no TLSA records.
        auto const& target = host.target_tlsa.answer;
        bool const decides = !target.known() || (target.secure() && target.what == dns_state::found);
        return detail::host_dane_by(decides ? host.target_tlsa : host.tlsa);
    }
    // RFC 7672 2.2.2: an alias in a signed zone may have TLSA records even if its target is unsigned.
    if (!host.alias->known()) return host_dane::unknown;
    return host.alias->secure() ? detail::host_dane_by(host.tlsa) : host_dane::none;
}

/// RFC 7672 2.2.1: a domain, by its MX records and the hosts they name; without MX records, its one host is the domain
/// itself (RFC 5321 5.1). Hosts matter only in that case, and where the MX records are secure. `all_looked_at` is false
/// if `hosts` does not cover every host.
/// Example: `static_assert(mtasts::dane_of_domain({mtasts::dns_state::failed}, {}).hosts == mtasts::dane_hosts::unknown);`
constexpr dane_findings dane_of_domain(dns_fact mx, std::span<dane_host_facts const> hosts, bool all_looked_at = true) {
    if (!mx.known()) return {};
    bool const implicit = mx.what == dns_state::absent;
    if (!implicit && mx.insecure()) return {dane_hosts::none, false};
    bool present = false, none = false, unknown = !all_looked_at || (implicit && hosts.empty());
    for (auto const& host : hosts) {
        auto const what = dane_of_host(host);
        (what == host_dane::present ? present : what == host_dane::none ? none : unknown) = true;
    }
    auto const count = present ? (none || unknown ? dane_hosts::some : dane_hosts::all)
                               : (unknown ? dane_hosts::unknown : dane_hosts::none);
    bool const secure = implicit ? !hosts.empty() && detail::any_secure_address(hosts.front()) : true;
    return {count, secure};
}

}  // namespace mtasts
