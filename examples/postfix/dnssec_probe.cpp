// SPDX-License-Identifier: BSL-1.0
#include "dnssec_probe.hpp"

#include <optional>

#include "event.hpp"
#include "log.hpp"

namespace socketmap {
namespace {

using mtasts::dnssec_probe;
using mtasts::dnssec_state;

std::chrono::seconds pause_after(dnssec_probe what, dnssec_state state) {
    if (what == dnssec_probe::validated) return std::chrono::seconds(300);
    // While it is undecided, answers may be stricter than necessary.
    return std::chrono::seconds(state == dnssec_state::undecided ? 2 : 30);
}

void log_finding(dnssec_finding const& found, dnssec_state state) {
    if (found.what == dnssec_probe::validated) return log(level::info, "dnssec-works", {{"zone", found.zone}});
    if (found.what == dnssec_probe::no_answer)
        return log(level::warning, "dns-silent", {{"zone", found.zone}, {"reason", found.reason}});
    log(level::error, "dnssec-missing",
        {{"zone", found.zone},
         {"reason", found.reason},
         {"effect", state == dnssec_state::missing ? "DANE is not applied where it was never seen"
                                                   : "domains whose DANE is unknown are answered dane-only"},
         {"remedy", "use a resolver that validates, such as unbound on this machine, or set dnssec = off"}});
}

}  // namespace

asio::awaitable<dnssec_finding> probe_dnssec(dns& resolver) {
    dnssec_finding found{dnssec_probe::no_answer, resolver.signed_zone(), {}};
    auto const validated = co_await resolver.ask(found.zone, record_type::soa);
    if (validated.secure) {
        found.what = dnssec_probe::validated;
        co_return found;
    }
    found.reason = validated.fact().known() ? "the answer is not signed" : validated.reason;
    auto const plain = co_await resolver.ask_unvalidated(found.zone, record_type::soa);
    if (plain.what == dns_answer::kind::found) found.what = dnssec_probe::unvalidated;
    co_return found;
}

asio::awaitable<void> watch_dnssec(dns& resolver, std::function<void()> recovered) {
    if (resolver.dnssec() == dnssec_state::off) {
        log(level::notice, "dnssec-off", {{"effect", "DANE is not applied"}});
        co_return;
    }
    asio::steady_timer pause(co_await asio::this_coro::executor);
    std::optional<dnssec_probe> former;
    auto before = resolver.dnssec();
    for (;;) {
        auto const found = co_await probe_dnssec(resolver);
        resolver.probed(found.what);
        auto const state = resolver.dnssec();
        if (former != found.what || before != state) log_finding(found, state);
        if (before == dnssec_state::missing && state == dnssec_state::working) recovered();
        former = found.what;
        before = state;
        pause.expires_after(pause_after(found.what, state));
        co_await pause.async_wait(asio::use_awaitable);
    }
}

}  // namespace socketmap
