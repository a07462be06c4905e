// SPDX-License-Identifier: BSL-1.0
#include "fetch.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>

#include <curl/curl.h>
#include <fmt/format.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <mtasts/text/ascii.hpp>

namespace socketmap {
namespace {

/// Including the TLS handshake; some hosts never answer.
constexpr long longest_connect_s = 5;

}  // namespace

/// One GET, with all libcurl options that RFC 8461 3.3 requires.
class fetcher::transfer {
  public:
    explicit transfer(order given) : order_(std::move(given)), easy_(curl_easy_init(), curl_easy_cleanup) {
        if (!easy_) throw std::bad_alloc();
        url_ = order_.request.what.url();
        host_ = order_.request.what.host.view();
        // "+": libcurl forgets the addresses eventually, but not while the fetch may last.
        auto pinned = "+" + host_ + ":443:";
        for (auto const& address : order_.request.addresses) pinned += (pinned.ends_with(':') ? "" : ",") + address;
        resolve_.reset(curl_slist_append(nullptr, pinned.c_str()));

        set(CURLOPT_URL, url_.c_str());
        set(CURLOPT_RESOLVE, resolve_.get());
        set(CURLOPT_DNS_CACHE_TIMEOUT, 2 * static_cast<long>(order_.request.time_limit.count()));
        set(CURLOPT_PROXY, "");
        set(CURLOPT_PROTOCOLS_STR, "https");
        set(CURLOPT_FOLLOWLOCATION, 0L);
        set(CURLOPT_HTTP09_ALLOWED, 0L);
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_USERAGENT, "mtasts-socketmap");
        set(CURLOPT_TIMEOUT, static_cast<long>(order_.request.time_limit.count()));
        set(CURLOPT_CONNECTTIMEOUT, longest_connect_s);
        set(CURLOPT_FRESH_CONNECT, 1L);
        set(CURLOPT_FORBID_REUSE, 1L);
        // RFC 8461 7.2; the server name of TLS is the host of the URL (RFC 8461 7.1).
        set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        set(CURLOPT_SSL_VERIFYPEER, 1L);
        set(CURLOPT_SSL_VERIFYHOST, 2L);
        set(CURLOPT_SSL_CTX_FUNCTION, &set_up_tls);
        set(CURLOPT_SSL_CTX_DATA, this);
        if (!order_.request.ca_file.empty()) {
            set(CURLOPT_CAINFO, order_.request.ca_file.c_str());
            set(CURLOPT_CAPATH, nullptr);
        }
        set(CURLOPT_WRITEFUNCTION, &take_body);
        set(CURLOPT_WRITEDATA, this);
        set(CURLOPT_HEADERFUNCTION, &take_header);
        set(CURLOPT_HEADERDATA, this);
        set(CURLOPT_ERRORBUFFER, error_);
        set(CURLOPT_PRIVATE, this);
    }

    CURL* handle() const { return easy_.get(); }
    fetch_claim const& claim() const { return order_.claim; }

    void end(CURLcode code) {
        if (code != CURLE_OK) {
            bool const untrusted = code == CURLE_PEER_FAILED_VERIFICATION;
            result_.what = untrusted ? fetch_result::kind::untrusted : fetch_result::kind::unreachable;
            if (result_.reason.empty()) result_.reason = error_[0] == '\0' ? curl_easy_strerror(code) : error_;
        } else if (may_be_cut()) {
            result_.reason = "the connection ended without close_notify: the answer may be truncated";
        } else {
            long status = 0;
            char const* type = nullptr;
            curl_easy_getinfo(handle(), CURLINFO_RESPONSE_CODE, &status);
            curl_easy_getinfo(handle(), CURLINFO_CONTENT_TYPE, &type);
            result_.what = fetch_result::kind::response;
            result_.status = static_cast<int>(status);
            result_.content_type = type == nullptr ? "" : type;
        }
        order_.then(std::move(result_));
    }

  private:
    void set(CURLoption option, auto value) {
        if (curl_easy_setopt(handle(), option, value) != CURLE_OK)
            throw std::runtime_error(fmt::format("libcurl does not know option {}", static_cast<int>(option)));
    }

    static CURLcode set_up_tls(CURL*, void* given, void* self) {
        auto* const context = static_cast<SSL_CTX*>(given);
        SSL_CTX_set_ex_data(context, end_index(), new end_mark(static_cast<transfer*>(self)->closed_properly_));
        SSL_CTX_set_info_callback(context, &note_alert);
        // RFC 8461 3.3: the host is compared with DNS-IDs alone, "*" is a whole label. libcurl would also take a CN.
        auto* const parameters = SSL_CTX_get0_param(context);
        X509_VERIFY_PARAM_set_hostflags(parameters,
                                        X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        auto const& host = static_cast<transfer*>(self)->host_;
        return X509_VERIFY_PARAM_set1_host(parameters, host.data(), host.size()) == 1 ? CURLE_OK
                                                                                      : CURLE_ABORTED_BY_CALLBACK;
    }

    /// Whether close_notify was received. Shared, because libcurl may shut a connection down after its transfer is
    /// gone.
    using end_mark = std::shared_ptr<bool>;

    static int end_index() {
        constexpr auto remove = [](void*, void* mark, CRYPTO_EX_DATA*, int, long, void*) {
            delete static_cast<end_mark*>(mark);
        };
        static int const index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, remove);
        return index;
    }

    static void note_alert(SSL const* connection, int where, int what) {
        constexpr int description = 0xFF;
        if (where != SSL_CB_READ_ALERT || (what & description) != SSL_AD_CLOSE_NOTIFY) return;
        auto* const mark = SSL_CTX_get_ex_data(SSL_get_SSL_CTX(connection), end_index());
        **static_cast<end_mark*>(mark) = true;
    }

    /// RFC 9112 6.3, 8, 9.8: without a length, chunks or HTTP/2, the body ends with the connection, and only
    /// close_notify shows that an attacker did not truncate it. libcurl ignores a missing one.
    bool may_be_cut() const {
        curl_off_t length = -1;
        long version = CURL_HTTP_VERSION_NONE;
        curl_easy_getinfo(handle(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
        curl_easy_getinfo(handle(), CURLINFO_HTTP_VERSION, &version);
        return version < CURL_HTTP_VERSION_2_0 && length < 0 && !chunked_ && !*closed_properly_;
    }

    /// One header line. A status line starts over, as there may be an interim response such as 100 before.
    void note_header(std::string_view line) {
        constexpr std::string_view name = "transfer-encoding:";
        if (line.starts_with("HTTP/")) chunked_ = false;
        if (!mtasts::text::starts_ignoring_case(line, name)) return;
        line = line.substr(0, line.find_last_not_of(" \t\r\n") + 1);
        chunked_ = mtasts::text::equal_ignoring_case(line.substr(line.find_last_of(":, \t") + 1), "chunked");
    }

    static std::size_t take_body(char* octets, std::size_t, std::size_t count, void* self) {
        auto& result = static_cast<transfer*>(self)->result_;
        if (result.body.size() + count > mtasts::policy_fetch::longest_body) {
            result.reason = "the body is longer than 65536 octets";
            return 0;
        }
        result.body.append(octets, count);
        return count;
    }

    /// Not every libcurl limits the headers.
    static std::size_t take_header(char* octets, std::size_t, std::size_t count, void* self) {
        auto& transfer_ = *static_cast<transfer*>(self);
        constexpr std::size_t longest_header = 65536;
        transfer_.header_size_ += count;
        transfer_.note_header({octets, count});
        if (transfer_.header_size_ <= longest_header) return count;
        transfer_.result_.reason = "the header is longer than 65536 octets";
        return 0;
    }

    order order_;
    std::unique_ptr<CURL, void (*)(CURL*)> easy_;
    std::unique_ptr<curl_slist, void (*)(curl_slist*)> resolve_{nullptr, curl_slist_free_all};
    std::string url_;
    std::string host_;
    std::size_t header_size_ = 0;
    bool chunked_ = false;
    end_mark closed_properly_ = std::make_shared<bool>(false);
    fetch_result result_;
    char error_[CURL_ERROR_SIZE] = {};
};

fetcher::fetcher(std::size_t at_once) : shares_{at_once} {
    curl_global_init(CURL_GLOBAL_DEFAULT);
    multi_ = std::shared_ptr<void>(curl_multi_init(), curl_multi_cleanup);
    thread_ = std::thread([this] { run(); });
}

fetcher::~fetcher() {
    {
        std::lock_guard const lock(mutex_);
        stopping_ = true;
    }
    curl_multi_wakeup(multi_.get());
    thread_.join();
}

void fetcher::fetch(fetch_request request, std::function<void(fetch_result)> then) {
    auto claim = claim_of(request.registered, request.addresses);
    {
        std::lock_guard const lock(mutex_);
        waiting_.push_back({std::move(request), std::move(then), std::move(claim)});
    }
    curl_multi_wakeup(multi_.get());
}

void fetcher::take_orders(std::vector<std::unique_ptr<transfer>>& running) {
    std::lock_guard const lock(mutex_);
    if (waiting_.empty()) return;
    std::vector<fetch_claim const*> run, wait;
    for (auto const& each : running) run.push_back(&each->claim());
    for (auto& each : waiting_) {
        each.claim.awaited = each.request.awaited->load();
        wait.push_back(&each.claim);
    }
    while (auto const next = next_fetch(run, wait, shares_)) {
        auto const place = static_cast<std::ptrdiff_t>(*next);
        auto const chosen = std::next(waiting_.begin(), place);
        running.push_back(std::make_unique<transfer>(std::move(*chosen)));
        waiting_.erase(chosen);
        wait.erase(wait.begin() + place);
        curl_multi_add_handle(multi_.get(), running.back()->handle());
        run.push_back(&running.back()->claim());
    }
}

void fetcher::run() {
    std::vector<std::unique_ptr<transfer>> running;
    auto const stopping = [&] {
        std::lock_guard const lock(mutex_);
        return stopping_;
    };
    while (!stopping()) {
        take_orders(running);
        int active = 0;
        curl_multi_perform(multi_.get(), &active);
        int more = 0;
        while (auto const* message = curl_multi_info_read(multi_.get(), &more)) {
            if (message->msg != CURLMSG_DONE) continue;
            auto const done = std::find_if(running.begin(), running.end(),
                                           [&](auto const& each) { return each->handle() == message->easy_handle; });
            auto const code = message->data.result;
            curl_multi_remove_handle(multi_.get(), (*done)->handle());
            (*done)->end(code);
            running.erase(done);
            active = -1;  // there is room for another
        }
        constexpr int longest_sleep_ms = 10000;
        if (active >= 0) curl_multi_poll(multi_.get(), nullptr, 0, longest_sleep_ms, nullptr);
    }
    for (auto const& each : running) curl_multi_remove_handle(multi_.get(), each->handle());
}

}  // namespace socketmap
