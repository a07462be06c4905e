#include "dane.hpp"

#include <algorithm>

#include <mtasts/decide/mx_plan.hpp>

namespace socketmap {
namespace {

/// Hosts that are looked at; a domain with more is taken for one where only some have DANE.
constexpr std::size_t most_hosts = 16;

asio::awaitable<bool> has_dane(dns& resolver, std::string host) {
    auto const records = co_await resolver.ask("_25._tcp." + host, record_type::tlsa);
    if (records.what == dns_answer::kind::found)
        co_return records.secure&& std::any_of(records.records.begin(), records.records.end(), is_usable_tlsa);
    if (records.what == dns_answer::kind::absent) co_return false;
    // RFC 7672 2.2.2: DANE is possible only where the addresses are secure.
    for (auto const type : {record_type::a, record_type::aaaa}) {
        auto const address = co_await resolver.ask(host, type);
        if (address.what == dns_answer::kind::found) co_return address.secure;
    }
    co_return false;
}

}  // namespace

bool is_usable_tlsa(std::string_view data) {
    if (data.size() < 4) return false;
    auto const usage = data[0], selector = data[1], matching = data[2];
    auto const size = data.size() - 3;
    bool const digest = matching == 0 || (matching == 1 && size == 32) || (matching == 2 && size == 64);
    return (usage == 2 || usage == 3) && (selector == 0 || selector == 1) && digest;
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
    std::size_t with = 0;
    for (std::size_t i = 0; i != std::min(plan.hosts.size(), most_hosts); ++i) {
        bool const found = co_await has_dane(resolver, std::string(plan.hosts[i]));
        with += found ? 1 : 0;
    }
    if (with == 0) co_return dane_hosts::none;
    co_return with == plan.hosts.size() ? dane_hosts::all : dane_hosts::some;
}

}  // namespace socketmap
