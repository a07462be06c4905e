// SPDX-License-Identifier: BSL-1.0
/// The choice of the answer to Postfix, in its own terms; what is unknown never counts as "no policy".
#pragma once
#include <string_view>

#include <mtasts/decide/dane.hpp>
#include <mtasts/decide/discovery.hpp>

#include "settings.hpp"

namespace socketmap {

/// RFC 8461 5: whether a policy in force asks for verified TLS. `strict`: the operator has mode testing count as enforce.
constexpr bool asks_for_tls(mtasts::policy_mode mode, bool strict) {
    return mode == mtasts::policy_mode::enforce || (mode == mtasts::policy_mode::testing && strict);
}

enum class tls_answer {
    /// NOTFOUND: Postfix's own level applies, which is `dane`.
    left_to_dane,
    /// Postfix, by its own DNS, delivers only to hosts with DANE, and defers other mail.
    dane_only,
    secure,
};

/// RFC 8461 2: the answer for a policy that asks for TLS. What MTA-STS allows must not override what DANE refuses, even
/// while it is unknown whether there is DANE.
/// Example: `static_assert(answer_beside_dane(dane_answer::leave, mtasts::dane_hosts::some) == tls_answer::dane_only);`
constexpr tls_answer answer_beside_dane(dane_answer wanted, mtasts::dane_hosts hosts) {
    if (wanted == dane_answer::ignore || hosts == mtasts::dane_hosts::none) return tls_answer::secure;
    bool const left = wanted == dane_answer::leave && hosts == mtasts::dane_hosts::all;
    return left ? tls_answer::left_to_dane : tls_answer::dane_only;
}

/// The result of a lookup that led to no policy.
struct fruitless_lookup {
    /// A kept policy holds, but its text is damaged.
    bool kept_holds = false;
    mtasts::policy_source source = mtasts::policy_source::none;
    mtasts::discovery_reason why = mtasts::discovery_reason::nothing_asked;
    /// A relay in the local network, which is often not in DNS: its mail must not depend on DNS.
    bool one_label = false;
};

enum class no_policy_answer { none_found, kept_damaged, not_understood, dns_failed };

/// RFC 8461 3.3: without a policy, mail is sent as if there were no MTA-STS; the other answers are TEMP.
/// Example: `static_assert(answer_without_policy({true}, dns_failure_answer::not_found) == no_policy_answer::kept_damaged);`
constexpr no_policy_answer answer_without_policy(fruitless_lookup const& lookup, dns_failure_answer wanted) {
    // To ignore a damaged text would mean less protection than the policy in force.
    if (lookup.kept_holds) return no_policy_answer::kept_damaged;
    if (lookup.source == mtasts::policy_source::not_understood) return no_policy_answer::not_understood;
    bool const failed = lookup.why == mtasts::discovery_reason::lookup_failed && !lookup.one_label;
    return failed && wanted == dns_failure_answer::temporary ? no_policy_answer::dns_failed
                                                             : no_policy_answer::none_found;
}

/// Why the answer is NOTFOUND, for those who want to know.
enum class not_found_reason { no_policy_domain, overridden, mode_none, mode_testing, left_to_dane };

constexpr std::string_view to_text(not_found_reason why) {
    switch (why) {
        case not_found_reason::no_policy_domain:
            return "the destination is not a policy domain, such as an address or a single label (RFC 8461 3.4)";
        case not_found_reason::overridden: return "an override says off";
        case not_found_reason::mode_none: return "the policy's mode is none";
        case not_found_reason::mode_testing: return "the policy's mode is testing";
        case not_found_reason::left_to_dane: return "all MX hosts have DANE, which is left to Postfix's own level";
    }
    return "unknown";
}

/// The same for a lookup that led to no policy.
constexpr std::string_view why_no_policy(mtasts::discovery_reason why) {
    using reason = mtasts::discovery_reason;
    switch (why) {
        case reason::no_domain: return "the destination is not a policy domain (RFC 8461 3.4)";
        case reason::not_understood: return "the domain is not understood";
        case reason::record_absent: return "there is no MTA-STS record";
        case reason::record_several: return "there are several MTA-STS records (RFC 8461 3.1)";
        case reason::record_invalid: return "the MTA-STS record is invalid";
        case reason::lookup_failed: return "DNS does not say whether there is an MTA-STS record (RFC 8461 3.3)";
        case reason::fetch_failed: return "the policy could not be fetched (RFC 8461 3.3)";
        case reason::host_untrusted: return "the certificate of the policy host is not trusted (RFC 8461 3.3)";
        case reason::policy_invalid: return "the policy is invalid (RFC 8461 3.3)";
        case reason::nothing_asked:
        case reason::fetched:
        case reason::unchanged: break;
    }
    return "there is no policy";
}

}  // namespace socketmap
