// SPDX-License-Identifier: BSL-1.0
/// DNS by libunbound, with the DNSSEC status of each answer, or without validation where that is not needed.
#pragma once
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <mtasts/decide/dane_knowledge.hpp>

#include "asio.hpp"

#include "settings.hpp"

namespace socketmap {

enum class record_type { a = 1, cname = 5, soa = 6, mx = 15, txt = 16, aaaa = 28, tlsa = 52 };

struct dns_answer {
    using kind = mtasts::dns_state;
    kind what = kind::failed;
    /// Whether DNSSEC validated the answer, which may be that there is no record.
    bool secure = false;
    /// The records' data in wire format, also of a bogus answer.
    std::vector<std::string> records = {};
    /// Why it failed.
    std::string reason = {};
    /// If the name is an alias: its target.
    std::string canonical = {};

    mtasts::dns_fact fact() const { return {what, secure}; }
};

class dns {
  public:
    /// Throws settings_error for a resolver, trust anchor or file that libunbound rejects.
    dns(asio::io_context& context, settings const& given);
    ~dns();

    /// With DNSSEC: an answer that fails validation is bogus.
    asio::awaitable<dns_answer> ask(std::string name, record_type type);
    /// For what need not be signed (RFC 8461 2): records are accepted from answers that fail validation or cannot be
    /// validated. That there is no record is accepted from such an answer only if DNSSEC is missing altogether.
    asio::awaitable<dns_answer> ask_any(std::string name, record_type type);
    /// Without validation; no answer is secure.
    asio::awaitable<dns_answer> ask_unvalidated(std::string name, record_type type);

    mtasts::dnssec_state dnssec() const { return off_ ? mtasts::dnssec_state::off : watch_.state(); }
    /// Takes the result of a probe (dnssec_probe.hpp).
    void probed(mtasts::dnssec_probe what);
    /// A zone known to be signed: that of a trust anchor.
    std::string const& signed_zone() const { return signed_zone_; }

  private:
    class part;

    std::unique_ptr<part> validating_;
    /// Idle, without a thread, until the first question.
    std::unique_ptr<part> plain_;
    bool off_;
    std::string signed_zone_;
    mtasts::dnssec_watch watch_;
    mtasts::dnssec_probe last_probe_ = mtasts::dnssec_probe::no_answer;
};

/// The settings that libunbound rejects, tried without any query; empty if there are none.
std::vector<settings_fault> dns_problems(settings const& given);

/// RFC 1035 4.1.1 and later ones: the name of a response code.
/// Example: `rcode_text(2) == "SERVFAIL"`
std::string rcode_text(int code);
/// RFC 1035 3.3.14: the strings of a TXT record; a truncated one is left out.
std::vector<std::string_view> txt_strings(std::string_view data);
struct mx_data {
    std::uint16_t preference = 0;
    /// Without final dot; "." for the root (RFC 7505).
    std::string host;
};
/// RFC 1035 3.3.9. A malformed record has an empty host.
mx_data read_mx(std::string_view data);
/// The zone of the first trust anchor in a zone file; the root if there is none.
std::string anchor_zone(std::string_view text);

}  // namespace socketmap
