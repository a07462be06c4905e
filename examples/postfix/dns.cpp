// SPDX-License-Identifier: BSL-1.0
#include "dns.hpp"

#include <fstream>
#include <iterator>

#include <arpa/inet.h>

#include <fmt/format.h>
#include <unbound.h>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <mtasts/render/escape.hpp>

#include "event.hpp"

namespace socketmap {
namespace {

void must(int status, std::string_view what) {
    if (status != 0) throw settings_error(fmt::format("{}: {}", what, ub_strerror(status)));
}

std::string without_final_dot(std::string_view name) {
    if (name.size() > 1 && name.ends_with('.')) name.remove_suffix(1);
    return std::string(name);
}

std::string text_of(std::string const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// One pending question. libunbound holds it until it calls back, or until it is cancelled.
struct asked {
    explicit asked(asio::any_io_executor const& where) : answered(where) {}
    event answered;
    dns_answer answer;
};

void take_answer(void* data, int error, ub_result* result) {
    std::unique_ptr<ub_result, void (*)(ub_result*)> const given(result, ub_resolve_free);
    auto& question = *static_cast<asked*>(data);
    auto& answer = question.answer;
    using kind = dns_answer::kind;
    constexpr int no_error = 0, no_such_name = 3;
    if (error != 0) {
        answer.reason = ub_strerror(error);
    } else if (given->bogus != 0) {
        answer.what = kind::bogus;
        answer.reason = given->why_bogus == nullptr ? "bogus" : given->why_bogus;
    } else if (given->rcode != no_error && given->rcode != no_such_name) {
        answer.reason = rcode_text(given->rcode);
    } else {
        answer.what = given->havedata != 0 ? kind::found : kind::absent;
        answer.secure = given->secure != 0;
        if (given->canonname != nullptr) answer.canonical = without_final_dot(given->canonname);
    }
    for (int i = 0; error == 0 && given->havedata != 0 && given->data[i] != nullptr; ++i)
        answer.records.emplace_back(given->data[i], static_cast<std::size_t>(given->len[i]));
    question.answered.happen();
}

/// Throws settings_error.
void configure(ub_ctx* context, settings const& given, bool validating) {
    // Answers are cached elsewhere: less memory than a resolver for a whole network takes.
    must(ub_ctx_set_option(context, "msg-cache-size:", "256k"), "libunbound");
    must(ub_ctx_set_option(context, "rrset-cache-size:", "512k"), "libunbound");
    must(ub_ctx_set_option(context, "key-cache-size:", "128k"), "libunbound");
    must(ub_ctx_set_option(context, "neg-cache-size:", "64k"), "libunbound");
    // Shorter than recheck_after_failure, so that a bogus answer is looked up again by then.
    must(ub_ctx_set_option(context, "val-bogus-ttl:", "15"), "libunbound");
    // libunbound's default is 16 concurrent queries: as many silent name servers would block all others.
    must(ub_ctx_set_option(context, "outgoing-range:", "4096"), "libunbound");
    must(ub_ctx_set_option(context, "num-queries-per-thread:", "4096"), "libunbound");
    if (!given.unbound_config.empty()) must(ub_ctx_config(context, given.unbound_config.c_str()), given.unbound_config);
    // After the file, which may have trust anchors as well.
    if (!validating) must(ub_ctx_set_option(context, "module-config:", "iterator"), "libunbound");
    if (validating && !given.trust_anchor.empty())
        must(ub_ctx_add_ta_file(context, given.trust_anchor.c_str()), given.trust_anchor);
    for (auto const& resolver : given.resolvers) must(ub_ctx_set_fwd(context, resolver.c_str()), resolver);
    if (given.resolvers.empty() && given.unbound_config.empty())
        must(ub_ctx_resolvconf(context, nullptr), "/etc/resolv.conf");
}

using context_ptr = std::unique_ptr<ub_ctx, void (*)(ub_ctx*)>;

context_ptr configured(settings const& given, bool validating) {
    context_ptr result(ub_ctx_create(), ub_ctx_delete);
    if (!result) throw settings_error("libunbound: no memory");
    configure(result.get(), given, validating);
    return result;
}

/// Some faults of a configuration only show when a name is resolved. libunbound knows localhost by itself.
bool can_resolve(settings const& given, bool validating) {
    try {
        auto const context = configured(given, validating);
        constexpr int internet = 1;
        ub_result* result = nullptr;
        int const status = ub_resolve(context.get(), "localhost.", static_cast<int>(record_type::a), internet, &result);
        ub_resolve_free(result);
        return status == 0;
    } catch (settings_error const&) {
        return false;
    }
}

}  // namespace

class dns::part {
  public:
    part(asio::io_context& context, settings const& given, bool validating)
        : limit_(given.dns_time_limit), unbound_(configured(given, validating)), readable_(context) {
        // libunbound resolves in a thread of its own; the callbacks run here, when its descriptor is readable.
        must(ub_ctx_async(unbound_.get(), 1), "libunbound");
        readable_.assign(ub_fd(unbound_.get()));
        wait();
    }
    ~part() {
        // libunbound closes the descriptor.
        readable_.release();
    }

    asio::awaitable<dns_answer> ask(std::string name, record_type type) {
        asked question(readable_.get_executor());
        question.answered.limit(limit_);
        int id = 0;
        constexpr int internet = 1;
        int const status = ub_resolve_async(unbound_.get(), name.c_str(), static_cast<int>(type), internet, &question,
                                            take_answer, &id);
        if (status != 0) co_return dns_answer{dns_answer::kind::failed, false, {}, ub_strerror(status)};
        co_await question.answered.wait();
        if (!question.answered.happened()) {
            ub_cancel(unbound_.get(), id);
            co_return dns_answer{dns_answer::kind::failed, false, {}, "no answer in time"};
        }
        co_return std::move(question.answer);
    }

  private:
    void wait() {
        readable_.async_wait(asio::posix::stream_descriptor::wait_read, [this](boost::system::error_code error) {
            if (error) return;
            ub_process(unbound_.get());
            wait();
        });
    }

    std::chrono::seconds limit_;
    context_ptr unbound_;
    asio::posix::stream_descriptor readable_;
};

std::vector<settings_fault> dns_problems(settings const& given) {
    std::vector<settings_fault> problems;
    for (auto const& resolver : given.resolvers) {
        in6_addr octets{};
        auto const address = resolver.substr(0, resolver.find('@'));
        if (::inet_pton(AF_INET, address.c_str(), &octets) != 1 && ::inet_pton(AF_INET6, address.c_str(), &octets) != 1)
            problems.push_back({"resolver", fmt::format("\"{}\" is not an IP address; write ADDRESS or ADDRESS@PORT",
                                                        mtasts::visible(resolver))});
    }
    if (!problems.empty()) return problems;
    if (!can_resolve(given, false))
        problems.push_back(given.unbound_config.empty()
                               ? settings_fault{"resolver", "libunbound rejects this"}
                               : settings_fault{"unbound-config", given.unbound_config + " is not an unbound.conf"});
    else if (!is_dnssec_off(given) && !can_resolve(given, true))
        problems.push_back(
            {"trust-anchor", fmt::format("{} holds something other than DNSSEC trust anchors", given.trust_anchor)});
    return problems;
}

dns::dns(asio::io_context& context, settings const& given)
    : validating_(std::make_unique<part>(context, given, !is_dnssec_off(given))),
      plain_(std::make_unique<part>(context, given, false)),
      off_(is_dnssec_off(given)),
      signed_zone_(anchor_zone(text_of(given.trust_anchor))) {}
dns::~dns() = default;

asio::awaitable<dns_answer> dns::ask(std::string name, record_type type) {
    auto answer = co_await validating_->ask(std::move(name), type);
    if (answer.secure) watch_.probed(mtasts::dnssec_probe::validated);
    co_return answer;
}

asio::awaitable<dns_answer> dns::ask_unvalidated(std::string name, record_type type) {
    auto answer = co_await plain_->ask(std::move(name), type);
    answer.secure = false;
    co_return answer;
}

asio::awaitable<dns_answer> dns::ask_any(std::string name, record_type type) {
    if (dnssec() == mtasts::dnssec_state::missing) co_return co_await ask_unvalidated(std::move(name), type);
    auto answer = co_await ask(name, type);
    if (answer.fact().known()) co_return answer;
    // During an outage a second query would only add to the wait.
    if (answer.records.empty() && last_probe_ == mtasts::dnssec_probe::unvalidated) {
        auto plain = co_await ask_unvalidated(std::move(name), type);
        answer.records = std::move(plain.records);
    }
    if (!answer.records.empty()) answer.what = dns_answer::kind::found;
    co_return answer;
}

void dns::probed(mtasts::dnssec_probe what) {
    last_probe_ = what;
    watch_.probed(what);
}

}  // namespace socketmap
