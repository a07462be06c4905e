// SPDX-License-Identifier: BSL-1.0
/// Promises of the outcome of a message at a host (RFC 8461 5, RFC 8460 4.3), for any facts, which the octets choose:
///   1. TLS reports are delivered and not counted, and mail with TLS-Required: No is delivered (RFC 8460 3, RFC 8689 3);
///   2. mail with REQUIRETLS is delivered only over TLS, to a server that offers REQUIRETLS, with an authenticated name and
///      certificate (RFC 8689 4.2.1);
///   3. a session is counted under the policy found, as a success if, and only if, nothing failed.
#include <mtasts/decide/outcome.hpp>

#include "promises.hpp"

namespace {

using namespace mtasts;

void keep_promise_of_counts(outcome const& said, std::optional<policy_mode> policy, mx_facts const& host) {
    bool const tls = host.starttls == starttls_state::established, dane = host.dane != dane_state::none;
    bool const asks = policy && *policy != policy_mode::none;
    keep_promise(said.by_sts.has_value() == (asks || (!policy && !dane)), "counted under the policy found");
    keep_promise(said.by_dane.has_value() == dane, "counted under the policy found");
    bool const valid = tls && (!asks || (host.in_policy && host.certificate == certificate_state::valid));
    bool const good = tls && (host.dane == dane_state::passed || host.dane == dane_state::none_usable);
    keep_promise(!said.by_sts || said.by_sts->succeeded() == valid, "counted as a success if nothing failed");
    keep_promise(!said.by_dane || said.by_dane->succeeded() == good, "counted as a success if nothing failed");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy input(data, size);
    auto const choose = [&](std::size_t count) { return take_choice(input.text, count); };
    auto const mode = choose(4);
    auto const policy = mode == 3 ? std::nullopt : std::optional(static_cast<policy_mode>(mode));
    mx_facts const host{choose(2) != 0,
                        static_cast<starttls_state>(choose(3)),
                        static_cast<certificate_state>(choose(6)),
                        static_cast<dane_state>(choose(6)),
                        choose(2) != 0,
                        choose(2) != 0};
    auto const message = static_cast<message_kind>(choose(4));
    auto const said = decide_outcome(policy, host, message, {choose(2) != 0});
    bool const goes = said.action == delivery::deliver;
    keep_promise(detail::at_last_host(said.action) == (goes ? delivery::deliver : delivery::defer),
                 "what is not delivered is deferred");
    if (message == message_kind::tls_report)
        keep_promise(goes && !said.by_sts && !said.by_dane, "reports are delivered and not counted");
    else keep_promise_of_counts(said, policy, host);
    if (message == message_kind::tls_not_required) keep_promise(goes, "mail with TLS-Required: No is delivered");
    if (message == message_kind::requiretls && goes)
        keep_promise(host.starttls == starttls_state::established && host.requiretls_offered &&
                         (host.mx_secure || (host.in_policy && policy && *policy != policy_mode::none)) &&
                         (host.dane == dane_state::passed || host.certificate == certificate_state::valid),
                     "mail with REQUIRETLS goes over TLS only");
    return 0;
}
