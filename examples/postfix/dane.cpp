#include "dane.hpp"

#include <algorithm>
#include <cstddef>

#include <mtasts/decide/mx_plan.hpp>

namespace socketmap {
namespace {

/// Hosts that are looked at; a domain with more is taken for one where only some have DANE.
constexpr std::size_t most_hosts = 16;

asio::awaitable<host_dane> dane_of(dns& resolver, std::string host) {
    auto const records = co_await resolver.ask("_25._tcp." + host, record_type::tlsa);
    if (records.what == dns_answer::kind::found) {
        bool const usable = std::any_of(records.records.begin(), records.records.end(), is_usable_tlsa);
        co_return records.secure&& usable ? host_dane::present : host_dane::none;
    }
    if (records.what == dns_answer::kind::absent) co_return host_dane::none;
    // RFC 7672 2.2.2: DANE is possible only where the addresses are secure.
    for (auto const type : {record_type::a, record_type::aaaa}) {
        auto const address = co_await resolver.ask(host, type);
        if (address.what == dns_answer::kind::found) co_return address.secure ? host_dane::unknown : host_dane::none;
    }
    co_return host_dane::none;
}

}  // namespace

bool is_usable_tlsa(std::string_view data) {
    if (data.size() < 4) return false;
    auto const usage = data[0], selector = data[1], matching = data[2];
    auto const size = data.size() - 3;
    bool const digest = matching == 0 || (matching == 1 && size == 32) || (matching == 2 && size == 64);
    return (usage == 2 || usage == 3) && (selector == 0 || selector == 1) && digest;
}

dane_hosts dane_among(std::span<host_dane const> hosts, bool all_looked_at) {
    auto const count = [&](host_dane what) { return std::count(hosts.begin(), hosts.end(), what); };
    auto const size = static_cast<std::ptrdiff_t>(hosts.size());
    if (count(host_dane::none) == size) return dane_hosts::none;
    return all_looked_at && count(host_dane::present) == size ? dane_hosts::all : dane_hosts::some;
}

asio::awaitable<dane_hosts> find_dane(dns& resolver, std::string domain) {
    auto const answer = co_await resolver.ask(domain, record_type::mx);
    // RFC 7672 2.2.1: without secure MX records, TLSA records of their hosts say nothing about this domain.
    if (answer.what == dns_answer::kind::failed || !answer.secure) co_return dane_hosts::none;
    std::vector<mx_data> data;
    for (auto const& record : answer.records) data.push_back(read_mx(record));
    std::vector<mtasts::mx_record> records;
    for (auto const& mx : data) records.push_back({mx.preference, mx.host});
    auto const plan = mtasts::plan_mx(domain, records);
    std::vector<host_dane> found;
    for (std::size_t i = 0; i != std::min(plan.hosts.size(), most_hosts); ++i)
        found.push_back(co_await dane_of(resolver, std::string(plan.hosts[i])));
    co_return dane_among(found, found.size() == plan.hosts.size());
}

}  // namespace socketmap
