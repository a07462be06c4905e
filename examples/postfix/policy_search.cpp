// SPDX-License-Identifier: BSL-1.0
#include "policy_search.hpp"

#include <utility>

#include <fmt/format.h>
#include <boost/asio/post.hpp>
#include <mtasts/decide/policy_finder.hpp>

#include "address.hpp"
#include "event.hpp"
#include "registrable.hpp"

namespace socketmap {
namespace {

using mtasts::discovery_reason;
using mtasts::policy_source;
using mtasts::trigger;

/// Addresses of a policy host that are tried.
constexpr std::size_t most_addresses = 8;

std::string_view to_text(policy_source source) {
    switch (source) {
        case policy_source::live: return "live";
        case policy_source::cached: return "cached";
        case policy_source::none: return "none";
        case policy_source::not_applicable: return "not-applicable";
        case policy_source::not_understood: return "not-understood";
    }
    return "unknown";
}

}  // namespace

std::string_view to_text(discovery_reason why) {
    switch (why) {
        case discovery_reason::nothing_asked: return "nothing-asked";
        case discovery_reason::no_domain: return "no-domain";
        case discovery_reason::not_understood: return "not-understood";
        case discovery_reason::fetched: return "fetched";
        case discovery_reason::unchanged: return "unchanged";
        case discovery_reason::record_absent: return "record-absent";
        case discovery_reason::record_several: return "record-several";
        case discovery_reason::record_invalid: return "record-invalid";
        case discovery_reason::lookup_failed: return "lookup-failed";
        case discovery_reason::fetch_failed: return "fetch-failed";
        case discovery_reason::host_untrusted: return "host-untrusted";
        case discovery_reason::policy_invalid: return "policy-invalid";
    }
    return "unknown";
}

policy_search::policy_search(asio::io_context& context, settings const& given, metrics& counted,
                             std::function<mtasts::moment()> now)
    : context_(context), metrics_(counted), now_(std::move(now)), dns_(context, given), fetcher_(given.fetches) {}

asio::awaitable<void> policy_search::run(mtasts::policy_finder& finder, std::string domain, trigger why,
                                         std::shared_ptr<settings const> given, awaited_flag awaited) {
    auto asked = finder.begin(why, now_());
    while (asked != mtasts::lookup::none) {
        if (asked == mtasts::lookup::record) co_await ask_record(finder, domain);
        else co_await ask_policy(finder, domain, *given, awaited);
        asked = finder.pending();
    }
    auto const& verdict = finder.verdict();
    bool const live = verdict.source == policy_source::live;
    metrics_.count(live                                      ? counter::lookups_live
                   : verdict.source == policy_source::cached ? counter::lookups_cached
                                                             : counter::lookups_none);
    log(live ? level::info : level::debug, "lookup",
        {{"domain", domain},
         {"policy", to_text(verdict.source)},
         {"why", to_text(verdict.why)},
         {"mode", verdict.policy ? mtasts::to_text(verdict.policy->mode) : "-"},
         {"id", verdict.policy ? verdict.policy->id.view() : "-"}});
    if (verdict.alert) {
        metrics_.count(counter::refresh_alerts);
        log(level::warning, "refresh-failed",
            {{"domain", domain},
             {"why", to_text(verdict.why)},
             {"failures", std::to_string(verdict.alert->failures)},
             {"holds-for", fmt::format("{}s", (verdict.alert->policy_holds_until.seen - now_().seen).count())}});
    }
}

asio::awaitable<void> policy_search::ask_record(mtasts::policy_finder& finder, std::string_view domain) {
    auto const answer = co_await dns_.ask_any(std::string(finder.record_name()), record_type::txt);
    if (!answer.fact().known()) {
        metrics_.count(counter::dns_failures);
        log(level::notice, "dns-failed", {{"domain", domain}, {"reason", answer.reason}});
        finder.receive(mtasts::record_answer{mtasts::record_answer::kind::failed}, now_());
        co_return;
    }
    mtasts::txt_rrset records;
    for (auto const& record : answer.records) records.add(txt_strings(record));
    finder.receive(records, now_());
}

asio::awaitable<void> policy_search::ask_policy(mtasts::policy_finder& finder, std::string_view domain,
                                                settings const& given, awaited_flag awaited) {
    auto const addresses = co_await addresses_of(std::string(finder.fetch().host.view()), domain, given);
    fetch_result result;
    result.reason = "no address to fetch from";
    if (!addresses.empty()) {
        // g++ 12 destroys twice what is made of braces within a co_await.
        fetch_request request{
            finder.fetch(), addresses, given.fetch_time_limit, given.ca_file, registrable_domain(domain), awaited};
        result = co_await get(std::move(request));
    }
    auto failed = counter::fetches_unreachable;
    if (result.what == fetch_result::kind::response) {
        finder.receive(mtasts::policy_response{result.status, result.content_type, result.body}, now_());
        auto const why = finder.verdict().why;
        if (why == discovery_reason::fetched) {
            metrics_.count(counter::fetches_taken);
            co_return;
        }
        if (why == discovery_reason::policy_invalid) failed = counter::fetches_invalid;
        result.reason = fmt::format("status {}, content type \"{}\", {} octets", result.status, result.content_type,
                                    result.body.size());
    } else if (result.what == fetch_result::kind::untrusted) {
        failed = counter::fetches_untrusted;
        finder.receive(mtasts::no_response::untrusted, now_());
    } else {
        finder.receive(mtasts::no_response::unreachable, now_());
    }
    metrics_.count(failed);
    log(level::notice, "fetch-failed",
        {{"domain", domain}, {"why", to_text(finder.verdict().why)}, {"reason", result.reason}});
}

asio::awaitable<std::vector<std::string>> policy_search::addresses_of(std::string host, std::string_view domain,
                                                                      settings const& given) {
    std::vector<std::string> addresses;
    for (auto const type : {record_type::a, record_type::aaaa}) {
        auto const answer = co_await dns_.ask_any(host, type);
        if (!answer.fact().known()) metrics_.count(counter::dns_failures);
        for (auto const& data : answer.records) {
            auto text = address_text(data);
            if (!given.allow_private_addresses && !is_public(data)) {
                metrics_.count(counter::addresses_refused);
                log(level::warning, "address-refused", {{"domain", domain}, {"host", host}, {"address", text}});
            } else if (addresses.size() != most_addresses && !text.empty()) {
                addresses.push_back(std::move(text));
            }
        }
    }
    co_return addresses;
}

asio::awaitable<fetch_result> policy_search::get(fetch_request request) {
    struct waiting {
        explicit waiting(asio::any_io_executor const& where) : done(where) {}
        event done;
        fetch_result result;
    };
    auto const shared = std::make_shared<waiting>(context_.get_executor());
    fetcher_.fetch(std::move(request), [this, shared](fetch_result result) {
        asio::post(context_, [shared, result = std::move(result)]() mutable {
            shared->result = std::move(result);
            shared->done.happen();
        });
    });
    co_await shared->done.wait();
    co_return std::move(shared->result);
}

}  // namespace socketmap
