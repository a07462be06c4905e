// SPDX-License-Identifier: BSL-1.0
#include "doctor_dns.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <arpa/nameser.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>
#include <sys/socket.h>

#include <fmt/format.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "descriptor.hpp"
#include "dns.hpp"
#include "dnssec_probe.hpp"

namespace socketmap {
namespace {

/// resolv.conf(5).
std::vector<std::string> name_servers() {
    std::vector<std::string> addresses;
    std::ifstream file("/etc/resolv.conf");
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        std::string keyword, address;
        if (words >> keyword >> address && keyword == "nameserver") addresses.push_back(address);
    }
    if (addresses.empty()) addresses.emplace_back("127.0.0.1");
    return addresses;
}

/// Whether the address is one of this machine: only then can it be bound.
tristate is_local(std::string const& address) {
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST;
    hints.ai_socktype = SOCK_DGRAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(address.c_str(), nullptr, &hints, &found) != 0) return tristate::unknown;
    std::unique_ptr<addrinfo, void (*)(addrinfo*)> const owned(found, ::freeaddrinfo);
    descriptor const socket(::socket(found->ai_family, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    if (socket.get() < 0) return tristate::unknown;
    return ::bind(socket.get(), found->ai_addr, found->ai_addrlen) == 0 ? tristate::yes : tristate::no;
}

tristate all_local(std::vector<std::string> const& addresses) {
    std::vector<tristate> each;
    std::transform(addresses.begin(), addresses.end(), std::back_inserter(each), is_local);
    for (auto const worst : {tristate::no, tristate::unknown})
        if (std::find(each.begin(), each.end(), worst) != each.end()) return worst;
    return tristate::yes;
}

/// Queries as Postfix does, which trusts the AD bit (RFC 4035 3.2.3).
void ask_as_postfix(resolver_facts& facts, std::string const& name) {
    struct __res_state state {};
    if (::res_ninit(&state) != 0) {
        facts.trouble = "the C library has no resolver";
        return;
    }
    state.options |= RES_USE_DNSSEC | RES_TRUSTAD;
    constexpr int wait_s = 3;
    state.retrans = wait_s;
    state.retry = 1;
    unsigned char answer[NS_MAXMSG];
    int const size = ::res_nquery(&state, name.c_str(), ns_c_in, ns_t_soa, answer, sizeof answer);
    bool const absent = size < 0 && (state.res_h_errno == HOST_NOT_FOUND || state.res_h_errno == NO_DATA);
    ::res_nclose(&state);
    facts.answers = size >= 0 || absent ? tristate::yes : tristate::no;
    if (size < 0) facts.trouble = fmt::format("no SOA record of {}: {}", name, ::hstrerror(state.res_h_errno));
    constexpr std::size_t flags = 3;
    constexpr unsigned authentic_data = 0x20;
    if (size > static_cast<int>(flags))
        facts.validates = (answer[flags] & authentic_data) != 0 ? tristate::yes : tristate::no;
}

/// Probes as the daemon does when it starts with these settings.
void ask_as_daemon(resolver_facts& facts, settings const& given) {
    dnssec_finding found;
    try {
        asio::io_context context{1};
        dns resolver(context, given);
        auto const ask = [&]() -> asio::awaitable<void> {
            found = co_await probe_dnssec(resolver);
            context.stop();
        };
        asio::co_spawn(context, ask, asio::detached);
        context.run();
    } catch (settings_error const& error) {
        found.reason = error.what();
    }
    using what = mtasts::dnssec_probe;
    if (found.what == what::validated) facts.daemon_validates = tristate::yes;
    if (found.what == what::unvalidated) facts.daemon_validates = tristate::no;
    if (found.what != what::validated) facts.trouble = found.reason;
}

}  // namespace

resolver_facts look_at_postfix_resolver(std::string const& signed_name) {
    resolver_facts facts;
    facts.addresses = name_servers();
    facts.local = all_local(facts.addresses);
    ask_as_postfix(facts, signed_name);
    return facts;
}

resolver_facts look_at_resolvers(settings const& given, std::string const& signed_name) {
    auto facts = look_at_postfix_resolver(signed_name);
    if (!is_dnssec_off(given)) ask_as_daemon(facts, given);
    return facts;
}

}  // namespace socketmap
