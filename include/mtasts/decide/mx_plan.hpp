// SPDX-License-Identifier: BSL-1.0
/// RFC 5321 5.1, RFC 7505: the hosts that take a domain's mail, in the order in which they are tried.
#pragma once
#include <mtasts/requirements.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace mtasts {

/// An MX record of the policy domain (RFC 5321 5.1).
struct mx_record {
    std::uint16_t preference = 0;
    std::string_view host;
};

/// The candidates for a delivery. None is left out because of a policy: a host that fails validation is skipped when
/// its turn comes, as if it could not be reached (RFC 8461 8.4).
struct mx_plan {
    /// Lower preference first; those of the same preference in the order of DNS. Views of the records or the domain.
    std::vector<std::string_view> hosts;
    /// RFC 5321 5.1: the domain has no MX record, and is its own host.
    bool implicit = false;

    /// RFC 7505 3: the domain takes no mail.
    constexpr bool refuses_mail() const { return hosts.empty(); }
};

/// The plan for a domain, given all its MX records; empty `records` means that there are none, not that the lookup
/// failed.
/// Example: `static_assert(mtasts::plan_mx("example.com", {}).implicit);`
constexpr mx_plan plan_mx(std::string_view domain, std::span<mx_record const> records) {
    // RFC 8461 4.1: an implicit MX is matched with the policy like any other.
    if (records.empty()) return {{domain}, true};
    std::vector<std::pair<std::uint16_t, std::size_t>> order;
    // RFC 7505 3: "." is not a host, and must be the only record; if there are others nevertheless, they count.
    for (std::size_t i = 0; i != records.size(); ++i)
        if (auto const host = records[i].host; host != "." && !host.empty())
            order.emplace_back(records[i].preference, i);
    std::sort(order.begin(), order.end());
    mx_plan plan;
    for (auto const& [preference, i] : order) plan.hosts.push_back(records[i].host);
    return plan;
}

}  // namespace mtasts
