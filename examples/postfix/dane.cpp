// SPDX-License-Identifier: BSL-1.0
#include "dane.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <mtasts/decide/mx_plan.hpp>

#include "dane_memory.hpp"
#include "event.hpp"
#include "log.hpp"

namespace socketmap {
namespace {

using mtasts::dane_hosts;
using mtasts::dnssec_state;
using mtasts::host_dane;

/// Hosts that are looked up; the DANE of any others is unknown.
constexpr std::size_t most_hosts = 64;

struct dns_question {
    std::string name;
    record_type type;
};

/// Concurrent queries.
struct several {
    several(asio::any_io_executor const& where, std::size_t count) : left(count), answers(count), done(where) {}
    std::size_t left;
    std::vector<dns_answer> answers;
    event done;
};

asio::awaitable<void> ask_one(dns& resolver, dns_question question, std::size_t place, std::shared_ptr<several> all) {
    all->answers[place] = co_await resolver.ask(std::move(question.name), question.type);
    if (--all->left == 0) all->done.happen();
}

asio::awaitable<std::vector<dns_answer>> ask_all(dns& resolver, std::vector<dns_question> questions) {
    auto const where = co_await asio::this_coro::executor;
    auto const all = std::make_shared<several>(where, questions.size());
    for (std::size_t i = 0; i != questions.size(); ++i)
        asio::co_spawn(where, ask_one(resolver, questions[i], i, all), asio::detached);
    co_await all->done.wait();
    co_return std::move(all->answers);
}

mtasts::tlsa_fact tlsa_fact_of(dns_answer const& answer) {
    return {answer.fact(), std::any_of(answer.records.begin(), answer.records.end(), is_usable_tlsa)};
}

std::string tlsa_name(std::string_view host) { return fmt::format("_25._tcp.{}", host); }

// Not within a coroutine: there g++ 12 destroys the elements of an initializer list twice.
std::vector<dns_question> address_questions(std::string const& host) {
    return {{host, record_type::a}, {host, record_type::aaaa}};
}

/// The TLSA records of the host and, for an alias, those of its target, or whether the alias itself is signed.
std::vector<dns_question> dane_questions(std::string const& host, std::string const& target, bool secure) {
    if (target.empty()) return {{tlsa_name(host), record_type::tlsa}};
    if (secure) return {{tlsa_name(host), record_type::tlsa}, {tlsa_name(target), record_type::tlsa}};
    return {{tlsa_name(host), record_type::tlsa}, {host, record_type::cname}};
}

/// Notes the first failure and its query.
void note_failure(std::string& failure, dns_answer const& answer, std::string_view what, std::string_view name) {
    if (failure.empty() && !answer.fact().known()) failure = fmt::format("{} {}: {}", name, what, answer.reason);
}

/// RFC 7672 2.2.2. No TLSA records are looked up if the addresses are unsigned: some servers there do not answer such
/// queries.
asio::awaitable<mtasts::dane_host_facts> facts_of_host(dns& resolver, std::string host, std::string& failure) {
    mtasts::dane_host_facts facts;
    auto const addresses = co_await ask_all(resolver, address_questions(host));
    facts.a = addresses[0].fact();
    facts.aaaa = addresses[1].fact();
    if (!facts.a.known() && !facts.aaaa.known()) {
        note_failure(failure, addresses[0], "A", host);
        co_return facts;
    }
    auto const& target = addresses[0].canonical.empty() ? addresses[1].canonical : addresses[0].canonical;
    bool const secure = facts.a.secure() || facts.aaaa.secure();
    if (!secure && target.empty()) co_return facts;
    auto const answers = co_await ask_all(resolver, dane_questions(host, target, secure));
    facts.tlsa = tlsa_fact_of(answers[0]);
    note_failure(failure, answers[0], "TLSA", host);
    if (target.empty()) co_return facts;
    // If the addresses are secure, so is each CNAME record on the way.
    facts.alias = secure ? mtasts::dns_fact{mtasts::dns_state::found, true} : answers[1].fact();
    if (secure) facts.target_tlsa = tlsa_fact_of(answers[1]);
    note_failure(failure, answers[1], secure ? "TLSA" : "CNAME", secure ? target : host);
    co_return facts;
}

std::vector<std::string> hosts_of(std::string_view domain, dns_answer const& answer) {
    std::vector<mx_data> data;
    for (auto const& record : answer.records) data.push_back(read_mx(record));
    std::vector<mtasts::mx_record> records;
    for (auto const& mx : data) records.push_back({mx.preference, mx.host});
    auto const plan = mtasts::plan_mx(domain, records);
    return {plan.hosts.begin(), plan.hosts.end()};
}

/// How long a proof still counts; if there is none, or it has expired, as long as a new one would.
std::chrono::seconds time_left(std::optional<mtasts::dane_memory> const& kept, std::chrono::seconds seen) {
    auto const age = kept ? seen - kept->at : std::chrono::seconds(0);
    bool const counts = age.count() >= 0 && age <= mtasts::dane_memory::life;
    return counts ? mtasts::dane_memory::life - age : mtasts::dane_memory::life;
}

}  // namespace

bool is_usable_tlsa(std::string_view data) {
    if (data.size() < 4) return false;
    auto const usage = data[0], selector = data[1], matching = data[2];
    auto const size = data.size() - 3;
    bool const digest = matching == 0 || (matching == 1 && size == 32) || (matching == 2 && size == 64);
    return (usage == 2 || usage == 3) && (selector == 0 || selector == 1) && digest;
}

asio::awaitable<dane_lookup> find_dane(dns& resolver, std::string domain) {
    dane_lookup result;
    auto const mx = co_await resolver.ask(domain, record_type::mx);
    note_failure(result.failure, mx, "MX", domain);
    std::vector<mtasts::dane_host_facts> hosts;
    bool all = true, unknown = !mx.fact().known();
    // RFC 7672 2.2.1: without secure MX records, TLSA records of their hosts say nothing about this domain.
    if (mx.what == dns_answer::kind::absent || (mx.what == dns_answer::kind::found && mx.secure)) {
        auto const names = hosts_of(domain, mx);
        for (auto const& name : names) {
            if (hosts.size() == most_hosts) break;
            hosts.push_back(co_await facts_of_host(resolver, name, result.failure));
            unknown = mtasts::dane_of_host(hosts.back()) == host_dane::unknown;
            if (unknown) break;
        }
        all = hosts.size() == names.size();
        if (!all && result.failure.empty()) result.failure = fmt::format("more than {} MX hosts", most_hosts);
    }
    result.found = mtasts::dane_of_domain(mx.fact(), hosts, all);
    result.complete = all && !unknown;
    co_return result;
}

void dane_judge::note(std::string const& domain, mtasts::dane_memory const& proof, bool on_disk) {
    unwritten_.erase(domain);
    if (on_disk) return;
    if (unwritten_.size() >= most_unwritten) {
        // Proofs of DANE are forgotten last.
        auto const lesser = std::find_if(unwritten_.begin(), unwritten_.end(), [](auto const& each) {
            return each.second.what != mtasts::dane_memory::proof::present;
        });
        if (lesser == unwritten_.end()) return;
        unwritten_.erase(lesser);
    }
    unwritten_.emplace(domain, proof);
}

std::optional<mtasts::dane_memory> dane_judge::remembered(std::string const& domain) {
    if (auto const newer = unwritten_.find(domain); newer != unwritten_.end()) return newer->second;
    try {
        return find_dane_memory(store_.read(), domain);
    } catch (store_error const& error) {
        log(level::error, "store-unreadable", {{"domain", domain}, {"reason", error.what()}});
        // What cannot be read may have been a proof of DANE.
        return mtasts::dane_memory{mtasts::dane_memory::proof::present, std::chrono::seconds(0)};
    }
}

asio::awaitable<dane_judgement> dane_judge::judge(std::string domain) {
    dane_judgement result;
    auto seen = store_.now().seen;
    auto const state = resolver_.dnssec();
    auto const before = remembered(domain);
    result.hosts = mtasts::believed_dane({}, before, seen, state);
    // Without DNSSEC, a lookup adds nothing.
    if (state == dnssec_state::off || (state == dnssec_state::missing && result.hosts == dane_hosts::none)) {
        result.looked_up = true;
        result.holds_for = time_left(before, seen);
        co_return result;
    }
    auto const looked = co_await find_dane(resolver_, domain);
    // Another lookup may have stored a proof meanwhile.
    seen = store_.now().seen;
    auto const kept = remembered(domain);
    result.looked_up = looked.complete;
    result.hosts = mtasts::believed_dane(looked.found, kept, seen, resolver_.dnssec());
    result.proof = mtasts::newer_proof(looked.found, kept, seen, resolver_.dnssec());
    // A proof that did not fit on the disk is written once there is room.
    if (!result.proof && unwritten_.contains(domain)) result.proof = kept;
    result.holds_for = result.looked_up ? mtasts::dane_memory::life : time_left(kept, seen);
    if (!result.looked_up)
        log(level::notice, "dane-unknown",
            {{"domain", domain},
             {"reason", looked.failure},
             {"answer", result.hosts == dane_hosts::none ? "remembered: no DANE" : "dane-only"}});
    co_return result;
}

}  // namespace socketmap
