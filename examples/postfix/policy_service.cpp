// SPDX-License-Identifier: BSL-1.0
#include "policy_service.hpp"

#include <algorithm>
#include <atomic>
#include <string_view>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <mtasts/decide/policy_finder.hpp>
#include <mtasts/render/escape.hpp>

#include "answer.hpp"
#include "answer_choice.hpp"
#include "clock.hpp"
#include "dnssec_probe.hpp"
#include "event.hpp"
#include "policy_domain.hpp"
#include "registrable.hpp"

namespace socketmap {
namespace {

using mtasts::discovery_reason;
using mtasts::trigger;
using std::chrono::seconds;
using std::chrono::steady_clock;
using namespace std::chrono_literals;

/// A failed DNS lookup is retried sooner.
constexpr std::chrono::seconds recheck_after_failure{30};
/// Concurrent lookups that nobody waits for; beyond that, the next mail starts them.
constexpr std::ptrdiff_t most_rechecks = 64;
/// The same of one registrable domain: its silent name servers must not keep other policies from being rechecked.
constexpr std::ptrdiff_t most_rechecks_of_owner = 8;
/// Concurrent lookups for one registrable domain: its silent name servers must not clog the resolver.
constexpr std::size_t most_lookups = 32;
/// Expired policies stay in the database for a while, to explain what happened to mail.
constexpr std::chrono::hours ended_for{7 * 24};
/// A larger change of the wall clock against seen time means that it was set.
constexpr seconds clock_step{2};
/// A policy that stays due, because its refresh cannot be noted on disk, is refreshed again after this time; and so
/// many are remembered.
constexpr std::chrono::hours between_unnoted{1};
constexpr std::size_t most_unnoted = 10'000;
/// Finders in the retry delay after a failed fetch, or whose policy is not on disk.
constexpr std::size_t most_pausing = 1024;

kept_amount amount_of(settings const& given) {
    return {static_cast<std::int64_t>(given.policies), static_cast<std::int64_t>(given.policy_octets),
            static_cast<std::int64_t>(given.names)};
}

/// A single label is a relay in the local network, often not in DNS: it must stay reachable while DNS fails.
bool is_one_label(std::string_view domain) { return domain.find('.') == domain.npos; }

std::string answer_text(no_policy_answer answer) {
    switch (answer) {
        case no_policy_answer::kept_damaged: return temporary("the kept policy cannot be read");
        case no_policy_answer::not_understood: return temporary("the policy domain is not understood");
        case no_policy_answer::dns_failed: return temporary("DNS does not say whether there is an MTA-STS policy");
        case no_policy_answer::none_found: break;
    }
    return std::string(not_found);
}

/// `query --afresh` shows it.
void log_not_found(std::string_view destination, std::string_view why) {
    log(level::debug, "not-found", {{"destination", destination}, {"why", why}});
}

std::string patterns_as_policy(std::vector<std::string> const& patterns) {
    std::string text = "version: STSv1\nmode: enforce\nmax_age: 86400\n";
    for (auto const& pattern : patterns) text += fmt::format("mx: {}\n", pattern);
    return text;
}

}  // namespace

/// A pending lookup, and those who wait for it.
struct policy_service::flight {
    flight(asio::any_io_executor const& where, std::string registrable) : done(where), owner(std::move(registrable)) {}
    event done;
    /// The registrable domain.
    std::string owner;
    std::string answer;
    std::shared_ptr<std::atomic<bool>> awaited = std::make_shared<std::atomic<bool>>(false);
};

policy_service::policy_service(asio::io_context& context, std::shared_ptr<settings const> given, metrics& counted)
    : context_(context),
      settings_(std::move(given)),
      metrics_(counted),
      answers_(settings_->answers),
      lookups_(context.get_executor(), most_lookups),
      search_(context, *settings_, counted, [this] { return now(); }),
      clock_(clock_by(settings_->test_clock)),
      store_(settings_->database, *clock_, amount_of(*settings_),
             [this] {
                 asio::post(context_, [this] {
                     log(level::notice, "database-changed");
                     forget_answers();
                 });
             }),
      dane_(search_.resolver(), store_) {
    if (!store_.writable()) log(level::error, "database-read-only", {{"database", settings_->database}});
}

policy_service::~policy_service() = default;

/// The seen time until which an answer based on a policy may be given from memory. NOTFOUND because of DANE is not kept
/// longer than a recheck, as mail would have no protection if DANE were gone. An answer without DANE is kept as long as
/// the proof of its absence counts.
seconds policy_service::holds_until(judged const& answer, mtasts::known_policy const& policy) const {
    auto const at = now();
    auto const end = policy.holds_until(at).seen;
    if (answer.text == not_found) return std::min(end, at.seen + settings_->recheck);
    return answer.holds_for ? std::min(end, at.seen + *answer.holds_for) : end;
}

std::optional<std::string> policy_service::fixed_answer(std::string const& domain) {
    auto const found = settings_->overrides.find(domain);
    if (found == settings_->overrides.end()) return std::nullopt;
    using kind = domain_override::kind;
    if (found->second.what == kind::off) {
        log_not_found(domain, to_text(not_found_reason::overridden));
        return std::string(not_found);
    }
    if (found->second.what != kind::mx) return std::nullopt;
    auto const text = patterns_as_policy(found->second.patterns);
    auto const policy = mtasts::parse_sts_policy(text);
    return secure_answer(domain, policy.value, text, settings_->tlsrpt);
}

std::optional<std::string> policy_service::ready_answer(std::string_view destination) {
    auto const hop = next_hop_of(destination, settings_->idna2003_compatibility);
    if (hop.what == next_hop::kind::not_understood) {
        // Senders to such names must not fill the log.
        auto const at = steady_clock::now();
        if (!not_understood_logged_ || at - *not_understood_logged_ >= 1min) {
            log(level::notice, "next-hop-not-understood", {{"next-hop", mtasts::visible(destination)}});
            not_understood_logged_ = at;
        }
        return temporary("the next-hop has no A-labels");
    }
    if (hop.what == next_hop::kind::no_policy_domain) {
        log_not_found(destination, to_text(not_found_reason::no_policy_domain));
        return std::string(not_found);
    }
    auto const& domain = hop.domain;
    if (!settings_->overrides.empty())
        if (auto fixed = fixed_answer(domain)) return fixed;
    auto* const answer = answers_.find(domain);
    if (answer == nullptr) return std::nullopt;
    bool const holds = seen_now() <= answer->holds_until;
    bool const policy = answer->holds_until != cached_answer::no_policy;
    bool const due = steady_clock::now() >= answer->recheck_at;
    if (due && !holds) return std::nullopt;
    if (policy && !holds) return std::nullopt;
    if (policy) note_use(domain, *answer);
    metrics_.count(counter::answers_from_memory);
    auto text = answer->text;
    // RFC 8461 5.1: a policy that holds is applied at once, and a newer one is looked for in the background. This comes
    // last: the coroutine may run immediately and replace the cached answer.
    if (due && may_recheck(domain)) look_up_once(domain, trigger::mail);
    return text;
}

asio::awaitable<std::string> policy_service::answer(std::string destination) {
    if (auto ready = ready_answer(destination)) co_return std::move(*ready);
    // ready_answer() has dealt with anything that is not a policy domain.
    auto const domain = next_hop_of(destination, settings_->idna2003_compatibility).domain;
    std::shared_ptr<flight> lookup;
    try {
        auto const stored = store_.find(domain);
        auto const today = std::chrono::floor<std::chrono::days>(seen_now());
        if (stored && std::chrono::floor<std::chrono::days>(stored->used_at) != today)
            store_.set_used(domain, [](auto const&) {});
        // A policy that is expired by the wall clock is fetched again before it is used.
        bool const believed = stored && !stored->known.expired(now()) &&
                              stored->known.life().age(now()) != mtasts::policy_age::past_unseen;
        if (believed && mtasts::parse_sts_policy(stored->text).usable()) {
            // Stored before a restart: it holds, and its record is looked up in the background.
            auto const said = co_await answer_for(domain, *stored);
            // Unless another lookup found a newer one while DANE was looked up.
            if (answers_.find(domain) == nullptr)
                answers_.put(domain, {said.text, steady_clock::now(), holds_until(said, stored->known), today});
            if (may_recheck(domain)) look_up_once(domain, trigger::mail);
            co_return said.text;
        }
        lookup = look_up_once(domain, trigger::mail);
    } catch (store_error const& error) {
        metrics_.count(counter::store_errors);
        log(level::error, "store-unreadable", {{"domain", domain}, {"reason", error.what()}});
        co_return temporary("the kept policies cannot be read");
    }
    *lookup->awaited = true;
    co_await lookup->done.wait();
    co_return lookup->answer;
}

/// Whether another lookup may begin for which no mail waits.
bool policy_service::may_recheck(std::string const& domain) const {
    auto const owner = registrable_domain(domain);
    std::ptrdiff_t all = 0, of_owner = 0;
    for (auto const& [name, flown] : flights_) {
        if (*flown->awaited) continue;
        ++all;
        of_owner += flown->owner == owner ? 1 : 0;
    }
    return all < most_rechecks && of_owner < most_rechecks_of_owner;
}

std::shared_ptr<policy_service::flight> policy_service::look_up_once(std::string const& domain, trigger why) {
    if (auto const present = flights_.find(domain); present != flights_.end()) return present->second;
    auto const started = std::make_shared<flight>(context_.get_executor(), registrable_domain(domain));
    flights_.emplace(domain, started);
    asio::co_spawn(context_, look_up(domain, why, started), asio::detached);
    return started;
}

asio::awaitable<void> policy_service::look_up(std::string domain, trigger why, std::shared_ptr<flight> flown) {
    try {
        auto const place = co_await lookups_.enter(flown->owner);
        auto const stored = store_.find(domain);
        auto finder = take_finder(domain, stored);
        co_await search_.run(*finder, domain, why, settings_, flown->awaited);
        auto const& verdict = finder->verdict();
        bool const kept = co_await keep(*finder, domain, why == trigger::mail, stored);
        auto until = cached_answer::no_policy;
        auto recheck = settings_->recheck;
        if (verdict.policy) {
            stored_policy policy{domain, *verdict.policy, finder->kept()->text, {}, {}};
            auto const said = co_await answer_for(domain, std::move(policy));
            flown->answer = said.text;
            until = holds_until(said, *verdict.policy);
            if (!said.looked_up) recheck = std::min(recheck, recheck_after_failure);
        } else {
            bool const kept_holds = stored && !stored->known.expired(now());
            fruitless_lookup const lookup{kept_holds, verdict.source, verdict.why, is_one_label(domain)};
            flown->answer = answer_text(answer_without_policy(lookup, settings_->dns_failure));
            if (flown->answer == not_found) log_not_found(domain, why_no_policy(verdict.why));
        }
        if (verdict.why == discovery_reason::lookup_failed) recheck = std::min(recheck, recheck_after_failure);
        answers_.put(domain, {flown->answer, steady_clock::now() + recheck, until});
        give_finder(domain, std::move(finder), kept);
    } catch (std::exception const& error) {
        log(level::error, "lookup-broken", {{"domain", domain}, {"reason", error.what()}});
        flown->answer = temporary("the lookup failed here");
    }
    flights_.erase(domain);
    flown->done.happen();
}

asio::awaitable<policy_service::judged> policy_service::answer_for(std::string domain, stored_policy policy) {
    auto const found = settings_->overrides.find(domain);
    bool const strict = found != settings_->overrides.end() && found->second.what == domain_override::kind::strict;
    judged result{std::string(not_found)};
    if (!asks_for_tls(policy.known.mode, strict)) {
        bool const none = policy.known.mode == mtasts::policy_mode::none;
        log_not_found(domain, to_text(none ? not_found_reason::mode_none : not_found_reason::mode_testing));
        co_return result;
    }
    auto const wanted = settings_->dane;
    if (wanted != dane_answer::ignore) {
        auto const dane = co_await dane_.judge(domain);
        if (dane.proof) co_await remember(domain, *dane.proof);
        result.looked_up = dane.looked_up;
        if (!dane.looked_up) metrics_.count(counter::dns_failures);
        auto const choice = answer_beside_dane(wanted, dane.hosts);
        if (choice == tls_answer::dane_only) result.text = "OK dane-only";
        if (choice == tls_answer::left_to_dane) log_not_found(domain, to_text(not_found_reason::left_to_dane));
        if (choice != tls_answer::secure) co_return result;
        result.holds_for = dane.holds_for;
    }
    auto const parsed = mtasts::parse_sts_policy(policy.text);
    result.text = secure_answer(domain, parsed.value, policy.text, settings_->tlsrpt);
    co_return result;
}

asio::awaitable<void> policy_service::watch_dnssec_forever() {
    // Answers given while DANE could not be detected are looked up again.
    co_await watch_dnssec(search_.resolver(), [this] { answers_.clear(); });
}

asio::awaitable<void> policy_service::dnssec_decided() {
    constexpr int patience_s = 15;
    asio::steady_timer pause(context_);
    for (int i = 0; i != patience_s && search_.resolver().dnssec() == mtasts::dnssec_state::undecided; ++i) {
        pause.expires_after(1s);
        co_await pause.async_wait(asio::use_awaitable);
    }
}

policy_service::finder_ptr policy_service::take_finder(std::string const& domain,
                                                       std::optional<stored_policy> const& stored) {
    if (auto const pausing = pausing_.extract(domain)) return std::move(pausing.mapped().finder);
    mtasts::discovery_options options;
    options.record_interval = settings_->recheck;
    options.refresh_interval = settings_->refresh;
    std::optional<mtasts::kept_policy> kept;
    if (stored) {
        auto const& known = stored->known;
        kept = {stored->text,      std::string(known.id.view()), known.fetched_at,
                known.time_missed, known.future_since,           known.past_since};
    }
    return std::make_unique<mtasts::policy_finder>(domain, kept, options,
                                                   mtasts::response_options{!settings_->any_content_type});
}

void policy_service::give_finder(std::string const& domain, finder_ptr finder, bool kept) {
    if (!finder->verdict().retry_at && kept) return;
    if (pausing_.size() >= most_pausing) {
        // Forgetting a policy that is nowhere else would be worse than retrying a fetch too soon.
        auto const lesser = std::find_if(pausing_.begin(), pausing_.end(), [](auto& each) { return each.second.kept; });
        pausing_.erase(lesser == pausing_.end() ? pausing_.begin() : lesser);
    }
    pausing_.insert_or_assign(domain, paused{std::move(finder), kept});
}

/// Re-evaluates answers and refreshes after the wall clock was set.
void policy_service::check_clock() {
    auto const at = now();
    auto const ahead = at.wall.time_since_epoch() - at.seen;
    auto const former = std::exchange(wall_ahead_, ahead);
    if (former && std::chrono::abs(ahead - *former) <= clock_step) return;
    if (former) log(level::notice, "clock-set", {{"by", fmt::format("{}s", (ahead - *former).count())}});
    answers_.clear();
    store_.apply_wall_clock(settings_->refresh, [](auto const&) {});
}

asio::awaitable<void> policy_service::refresh_forever() {
    asio::steady_timer pause(context_);
    std::vector<std::shared_ptr<flight>> running;
    // When refreshes of policies began that are still due on disk.
    std::unordered_map<std::string, steady_clock::time_point> begun;
    auto sweep_at = steady_clock::now();
    for (;;) {
        try {
            std::erase_if(running, [](auto const& each) { return each->done.happened(); });
            check_clock();
            auto const most = settings_->refreshes;
            auto const at = steady_clock::now();
            auto const due = store_.due(seen_now() - settings_->unused, 2 * most + begun.size());
            std::unordered_set<std::string_view> const still_due(due.begin(), due.end());
            std::erase_if(begun, [&](auto const& each) {
                return !still_due.contains(each.first) || at - each.second >= between_unnoted;
            });
            for (auto const& domain : due) {
                if (running.size() >= most || begun.size() >= most_unnoted) break;
                if (flights_.contains(domain) || begun.contains(domain)) continue;
                begun.emplace(domain, at);
                running.push_back(look_up_once(domain, trigger::refresh));
            }
            if (at >= sweep_at) {
                store_.sweep(ended_for, seen_now() - settings_->unused, [](auto const&) {});
                sweep_at = at + std::chrono::hours(1);
            }
        } catch (std::exception const& error) {
            metrics_.count(counter::store_errors);
            log(level::error, "refresh-broken", {{"reason", error.what()}});
        }
        pause.expires_after(std::chrono::seconds(1));
        co_await pause.async_wait(asio::use_awaitable);
    }
}

void policy_service::reload(std::shared_ptr<settings const> given) {
    settings_ = std::move(given);
    forget_answers();
}

/// Everything that is also on disk, or can be found again.
void policy_service::forget_answers() {
    answers_.clear();
    std::erase_if(pausing_, [](auto const& each) { return each.second.kept; });
}

std::string policy_service::gauges() {
    auto const dnssec = search_.resolver().dnssec();
    return gauge("answers_in_memory", "Answers kept in memory.", static_cast<std::int64_t>(answers_.size())) +
           gauge("lookups_running", "Lookups under way.", static_cast<std::int64_t>(flights_.size())) +
           gauge("policies_kept", "Policies on disk.", store_.size()) +
           gauge("database_writable", "Whether the last change could be written to disk.", store_.writable()) +
           gauge("dnssec_working", "Whether an answer of DNS has validated since the start.",
                 dnssec == mtasts::dnssec_state::working) +
           gauge("dnssec_missing", "Whether the resolver answers, but never with valid DNSSEC: DANE is not detected.",
                 dnssec == mtasts::dnssec_state::missing);
}

}  // namespace socketmap
