// SPDX-License-Identifier: BSL-1.0
/// The truth about a domain's DANE, and a DNS that fails in part.
#pragma once
#include <cstddef>
#include <vector>

#include <mtasts/decide/dane.hpp>

/// The true state of a domain; `choose` decides each fact.
struct dane_world {
    mtasts::dns_fact mx;
    std::vector<mtasts::dane_host_facts> hosts;
    std::size_t with_dane = 0;

    explicit dane_world(auto const& choose) : mx{state(choose(2)), choose(2) != 0} {
        bool const implicit = mx.what == mtasts::dns_state::absent;
        // RFC 5321 5.1: without MX record there is one host.
        for (auto left = implicit ? 1 : choose(4); left != 0; --left) {
            bool const is_signed = choose(2) != 0, alias = choose(2) != 0, to_signed = choose(2) != 0;
            auto const tlsa = [&](bool secure) {
                return mtasts::tlsa_fact{{state(choose(2)), secure}, choose(2) != 0};
            };
            bool const secure = is_signed && (!alias || to_signed);
            mtasts::dane_host_facts host{{state(choose(2)), secure}, {state(choose(2)), secure}, tlsa(is_signed)};
            if (alias) host.alias = {mtasts::dns_state::found, is_signed};
            if (alias) host.target_tlsa = tlsa(to_signed);
            // RFC 7672 2.2.2: the target of a signed alias comes first.
            bool const by_target = alias && to_signed && host.target_tlsa.answer.what == mtasts::dns_state::found;
            auto const& record = by_target ? host.target_tlsa : host.tlsa;
            bool const fits = record.answer.what == mtasts::dns_state::found && record.usable;
            with_dane += is_signed && fits && (implicit || mx.validated);
            hosts.push_back(host);
        }
    }
    mtasts::dane_hosts truth() const {
        using mtasts::dane_hosts;
        return with_dane == 0 ? dane_hosts::none : with_dane == hosts.size() ? dane_hosts::all : dane_hosts::some;
    }
    /// What is found when some lookups fail and some answers are bogus.
    mtasts::dane_findings found(auto const& choose) const {
        auto seen = *this;
        auto const lose = [&](mtasts::dns_fact& fact) {
            if (auto const how = choose(5); how > 2)
                fact.what = how == 3 ? mtasts::dns_state::failed : mtasts::dns_state::bogus;
        };
        lose(seen.mx);
        for (auto& host : seen.hosts) {
            for (auto* fact : {&host.a, &host.aaaa, &host.tlsa.answer, &host.target_tlsa.answer}) lose(*fact);
            if (host.alias) lose(*host.alias);
        }
        return mtasts::dane_of_domain(seen.mx, seen.hosts);
    }

  private:
    static mtasts::dns_state state(std::size_t found) {
        return found != 0 ? mtasts::dns_state::found : mtasts::dns_state::absent;
    }
};
