#include "policy_service.hpp"

#include <algorithm>
#include <atomic>
#include <random>
#include <utility>

#include <fmt/format.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <mtasts/policy_finder.hpp>
#include <mtasts/render/escape.hpp>

#include "answer.hpp"
#include "dane.hpp"
#include "event.hpp"
#include "policy_domain.hpp"
#include "registrable.hpp"

namespace socketmap {
namespace {

using mtasts::discovery_reason;
using mtasts::occasion;
using mtasts::policy_mode;
using mtasts::policy_source;
using std::chrono::steady_clock;
using std::chrono::sys_seconds;
using namespace std::chrono_literals;

/// Where DNS fails, it is asked again sooner.
constexpr std::chrono::seconds recheck_after_failure{30};
/// Lookups at the same time for which nobody waits; where there are more already, the next mail begins it.
constexpr std::size_t most_rechecks = 64;
/// Lookups at the same time of names of one registrable domain: its silent name servers must not fill the resolver.
constexpr std::size_t most_lookups = 32;
/// What expired is removed after a while: a clock that was wrong for an hour must not cost a policy.
constexpr std::chrono::hours expired_for{7 * 24};
/// Finders with a pause after a failed fetch; to forget one only means to try again sooner.
constexpr std::size_t most_pausing = 256;

/// RFC 8461 3.3: refreshes spread over time: a tenth of the time until then is left to chance, and never later.
sys_seconds spread(sys_seconds at, sys_seconds now) {
    static std::minstd_rand chance{std::random_device{}()};
    auto const most = std::max<std::int64_t>((at - now).count() / 10, 0);
    return at - std::chrono::seconds(std::uniform_int_distribution<std::int64_t>(0, most)(chance));
}

/// A relay of the own network, which often is in no DNS: it is reached while DNS fails, too.
bool is_one_label(std::string_view domain) { return domain.find('.') == domain.npos; }

std::string patterns_as_policy(std::vector<std::string> const& patterns) {
    std::string text = "version: STSv1\nmode: enforce\nmax_age: 86400\n";
    for (auto const& pattern : patterns) text += fmt::format("mx: {}\n", pattern);
    return text;
}

}  // namespace

/// A lookup under way, and those who wait for it.
struct policy_service::flight {
    explicit flight(asio::any_io_executor const& where) : done(where) {}
    event done;
    std::string answer;
    std::shared_ptr<std::atomic<bool>> awaited = std::make_shared<std::atomic<bool>>(false);
};

policy_service::policy_service(asio::io_context& context, std::shared_ptr<settings const> given, metrics& counted)
    : context_(context),
      settings_(std::move(given)),
      metrics_(counted),
      answers_(settings_->answers),
      lookups_(context.get_executor(), most_lookups),
      search_(context, *settings_, counted),
      store_(settings_->database, [this] {
          asio::post(context_, [this] {
              log(level::notice, "database-changed");
              answers_.clear();
              pausing_.clear();
          });
      }) {}

policy_service::~policy_service() = default;

sys_seconds policy_service::now() const { return now_by(*settings_); }

/// The last second in which an answer that a policy led to may be given without a wait. That DANE protects a domain is
/// believed no longer than DNS is: after that, mail without any protection could follow from it.
sys_seconds policy_service::holds_until(std::string_view answer, mtasts::known_policy const& policy) const {
    auto const end = policy.holds_until();
    return answer == not_found ? std::min(end, now() + settings_->recheck) : end;
}

std::optional<std::string> policy_service::fixed_answer(std::string const& domain) {
    auto const found = settings_->overrides.find(domain);
    if (found == settings_->overrides.end()) return std::nullopt;
    using kind = domain_override::kind;
    if (found->second.what == kind::off) return std::string(not_found);
    if (found->second.what != kind::mx) return std::nullopt;
    auto const text = patterns_as_policy(found->second.patterns);
    auto const policy = mtasts::parse_sts_policy(text);
    return secure_answer(domain, policy.value, text, settings_->tlsrpt);
}

std::optional<std::string> policy_service::ready_answer(std::string_view destination) {
    auto const hop = next_hop_of(destination, settings_->idna2003_compatibility);
    if (hop.what == next_hop::kind::not_understood) {
        log(level::notice, "next-hop-not-understood", {{"next-hop", mtasts::visible(destination)}});
        return temporary("the next-hop has no A-labels");
    }
    if (hop.what == next_hop::kind::no_policy_domain) return std::string(not_found);
    auto const& domain = hop.domain;
    if (!settings_->overrides.empty())
        if (auto fixed = fixed_answer(domain)) return fixed;
    auto* const answer = answers_.find(domain);
    if (answer == nullptr) return std::nullopt;
    bool const holds = now() <= answer->holds_until;
    bool const policy = answer->holds_until != sys_seconds::min();
    bool const due = steady_clock::now() >= answer->recheck_at;
    if (due && !holds) return std::nullopt;
    if (policy && !holds) return std::nullopt;
    if (policy) note_use(domain, *answer);
    metrics_.count(counter::answers_from_memory);
    auto text = answer->text;
    // RFC 8461 5.1: a policy that holds is applied at once; whether there is a newer one is found out meanwhile. Last,
    // for a coroutine may run at once, until it waits or ends, and put another answer in the place of this one.
    if (due && flights_.size() < most_rechecks) look_up_once(domain, occasion::mail);
    return text;
}

void policy_service::note_use(std::string_view domain, cached_answer& answer) {
    auto const today = std::chrono::floor<std::chrono::days>(now());
    if (std::exchange(answer.used_on, today) == today) return;
    store_.set_used(std::string(domain), now(), [](auto const&) {});
}

asio::awaitable<std::string> policy_service::answer(std::string destination) {
    if (auto ready = ready_answer(destination)) co_return std::move(*ready);
    // Where there is no answer at once, there is a policy domain.
    auto const domain = next_hop_of(destination, settings_->idna2003_compatibility).domain;
    std::shared_ptr<flight> lookup;
    try {
        auto const stored = store_.find(domain);
        if (stored && !stored->known.expired(now()) && mtasts::parse_sts_policy(stored->text).usable()) {
            // Kept from before a restart: it holds, and its record is looked at meanwhile.
            auto const text = co_await answer_for(domain, *stored);
            // Unless somebody else found a newer one while DNS was asked about DANE.
            if (answers_.find(domain) == nullptr)
                answers_.put(domain, {text, steady_clock::now(), holds_until(text, stored->known), {}});
            if (flights_.size() < most_rechecks) look_up_once(domain, occasion::mail);
            co_return text;
        }
        lookup = look_up_once(domain, occasion::mail);
    } catch (store_error const& error) {
        metrics_.count(counter::store_errors);
        log(level::error, "store-unreadable", {{"domain", domain}, {"reason", error.what()}});
        co_return temporary("the kept policies cannot be read");
    }
    *lookup->awaited = true;
    co_await lookup->done.wait();
    co_return lookup->answer;
}

std::shared_ptr<policy_service::flight> policy_service::look_up_once(std::string const& domain, occasion why) {
    if (auto const present = flights_.find(domain); present != flights_.end()) return present->second;
    auto const started = std::make_shared<flight>(context_.get_executor());
    flights_.emplace(domain, started);
    asio::co_spawn(context_, look_up(domain, why, started), asio::detached);
    return started;
}

asio::awaitable<void> policy_service::look_up(std::string domain, occasion why, std::shared_ptr<flight> flown) {
    try {
        auto const place = co_await lookups_.enter(registrable_domain(domain));
        auto const stored = store_.find(domain);
        auto finder = take_finder(domain, stored);
        co_await search_.run(*finder, domain, why, settings_, flown->awaited);
        auto const& verdict = finder->verdict();
        co_await keep(*finder, domain, why == occasion::mail, stored);
        auto until = sys_seconds::min();
        auto recheck = settings_->recheck;
        if (verdict.policy) {
            stored_policy policy{domain, *verdict.policy, finder->kept()->text, {}, {}};
            flown->answer = co_await answer_for(domain, std::move(policy));
            until = holds_until(flown->answer, *verdict.policy);
        } else if (stored && !stored->known.expired(now())) {
            // Its text is not what was written: to go on without it would be less protection than the policy in force.
            flown->answer = temporary("the kept policy cannot be read");
        } else if (verdict.source == policy_source::not_understood) {
            flown->answer = temporary("the policy domain is not understood");
        } else if (verdict.why == discovery_reason::lookup_failed && !is_one_label(domain) &&
                   settings_->dns_failure == dns_failure_answer::temporary) {
            flown->answer = temporary("DNS does not tell whether there is an MTA-STS policy");
        } else {
            // RFC 8461 3.3: without a policy, as if there were no MTA-STS.
            flown->answer = not_found;
        }
        if (verdict.why == discovery_reason::lookup_failed) recheck = std::min(recheck, recheck_after_failure);
        answers_.put(domain, {flown->answer, steady_clock::now() + recheck, until, {}});
        give_finder(domain, std::move(finder));
    } catch (std::exception const& error) {
        log(level::error, "lookup-broken", {{"domain", domain}, {"reason", error.what()}});
        flown->answer = temporary("the lookup failed here");
    }
    flights_.erase(domain);
    flown->done.happen();
}

/// Writes what has to outlive the process, and returns when it does.
asio::awaitable<void> policy_service::keep(mtasts::policy_finder const& finder, std::string domain, bool used,
                                           std::optional<stored_policy> former) {
    auto const& verdict = finder.verdict();
    if (!verdict.policy) co_return;
    auto const at = now();
    if (verdict.source == policy_source::live) {
        // What is too short-lived to be refreshed just ends, and the next mail finds it again.
        auto const refresh_at =
            verdict.refresh_at ? spread(*verdict.refresh_at, at) : verdict.policy->holds_until() + 1s;
        auto const used_at = used || !former ? at : former->used_at;
        stored_policy policy{domain, *verdict.policy, finder.kept()->text, refresh_at, used_at};
        auto const put = [this, policy](store::done then) { store_.put(policy, std::move(then)); };
        co_await written(put);
    } else if (former && former->refresh_at <= at) {
        // A refresh that failed is tried again, not before its pause is over.
        auto const refresh_at = std::max(verdict.refresh_at.value_or(at), verdict.retry_at.value_or(at) + 1s);
        auto const set = [this, domain, refresh_at](store::done then) {
            store_.set_refresh(domain, refresh_at, std::move(then));
        };
        co_await written(set);
    }
}

asio::awaitable<bool> policy_service::written(std::function<void(store::done)> change) {
    struct waiting {
        explicit waiting(asio::any_io_executor const& where) : done(where) {}
        event done;
        std::optional<std::string> error;
    };
    auto const shared = std::make_shared<waiting>(context_.get_executor());
    change([this, shared](std::optional<std::string> const& error) {
        asio::post(context_, [shared, error] {
            shared->error = error;
            shared->done.happen();
        });
    });
    co_await shared->done.wait();
    if (!shared->error) co_return true;
    metrics_.count(counter::store_errors);
    log(level::error, "store-failed", {{"reason", *shared->error}});
    co_return false;
}

asio::awaitable<std::string> policy_service::answer_for(std::string domain, stored_policy policy) {
    auto const found = settings_->overrides.find(domain);
    bool const strict = found != settings_->overrides.end() && found->second.what == domain_override::kind::strict;
    auto const mode = policy.known.mode;
    if (mode == policy_mode::none || (mode == policy_mode::testing && !strict)) co_return std::string(not_found);
    auto const wanted = settings_->dane;
    if (wanted != dane_answer::ignore) {
        // RFC 8461 2: what MTA-STS allows must not override what DANE refuses.
        auto const hosts = co_await find_dane(search_.resolver(), domain);
        if (hosts == dane_hosts::all && wanted == dane_answer::leave) co_return std::string(not_found);
        if (hosts != dane_hosts::none) co_return "OK dane-only";
    }
    auto const parsed = mtasts::parse_sts_policy(policy.text);
    co_return secure_answer(domain, parsed.value, policy.text, settings_->tlsrpt);
}

policy_service::finder_ptr policy_service::take_finder(std::string const& domain,
                                                       std::optional<stored_policy> const& stored) {
    if (auto const pausing = pausing_.extract(domain)) return std::move(pausing.mapped());
    mtasts::discovery_options options;
    options.record_interval = settings_->recheck;
    options.refresh_interval = settings_->refresh;
    std::optional<mtasts::kept_policy> kept;
    if (stored) kept = {stored->text, std::string(stored->known.id.view()), stored->known.fetched_at};
    return std::make_unique<mtasts::policy_finder>(domain, kept, options,
                                                   mtasts::response_options{!settings_->any_content_type});
}

void policy_service::give_finder(std::string const& domain, finder_ptr finder) {
    if (!finder->verdict().retry_at) return;
    if (pausing_.size() >= most_pausing) pausing_.erase(pausing_.begin());
    pausing_.insert_or_assign(domain, std::move(finder));
}

asio::awaitable<void> policy_service::refresh_forever() {
    asio::steady_timer pause(context_);
    std::vector<std::shared_ptr<flight>> running;
    auto sweep_at = steady_clock::now();
    for (;;) {
        try {
            std::erase_if(running, [](auto const& each) { return each->done.happened(); });
            auto const most = settings_->refreshes;
            for (auto const& domain : store_.due(now(), now() - settings_->unused, 2 * most))
                if (running.size() < most && !flights_.contains(domain))
                    running.push_back(look_up_once(domain, occasion::refresh));
            if (steady_clock::now() >= sweep_at) {
                store_.drop_expired(now() - expired_for, [](auto const&) {});
                sweep_at = steady_clock::now() + std::chrono::hours(1);
            }
        } catch (store_error const& error) {
            metrics_.count(counter::store_errors);
            log(level::error, "store-unreadable", {{"reason", error.what()}});
        }
        pause.expires_after(std::chrono::seconds(1));
        co_await pause.async_wait(asio::use_awaitable);
    }
}

void policy_service::reload(std::shared_ptr<settings const> given) {
    settings_ = std::move(given);
    answers_.clear();
    pausing_.clear();
}

std::string policy_service::gauges() {
    return gauge("answers_in_memory", "Answers kept in memory.", static_cast<std::int64_t>(answers_.size())) +
           gauge("lookups_running", "Lookups under way.", static_cast<std::int64_t>(flights_.size())) +
           gauge("policies_kept", "Policies on disk.", store_.size());
}

}  // namespace socketmap
