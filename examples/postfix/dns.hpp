/// DNS by libunbound, with the DNSSEC status of each answer.
#pragma once
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "asio.hpp"

#include "settings.hpp"

namespace socketmap {

enum class record_type { a = 1, mx = 15, txt = 16, aaaa = 28, tlsa = 52 };

struct dns_answer {
    enum class kind {
        found,
        /// No such name, or no record of this type.
        absent,
        /// SERVFAIL, no answer in time, or an answer that DNSSEC refutes.
        failed,
    };
    kind what = kind::failed;
    /// Whether DNSSEC vouches for the answer, be it that there is none.
    bool secure = false;
    /// The data of the records as DNS has it on the wire.
    std::vector<std::string> records = {};
    /// Why it failed.
    std::string reason = {};
};

class dns {
  public:
    /// Throws settings_error for a resolver, anchor or file that libunbound does not take.
    dns(asio::io_context& context, settings const& given);
    ~dns();

    asio::awaitable<dns_answer> ask(std::string name, record_type type);

  private:
    class part;
    std::unique_ptr<part> part_;
};

/// RFC 1035 3.3.14: the strings of a TXT record; what is cut off is left out.
std::vector<std::string_view> txt_strings(std::string_view data);
struct mx_data {
    std::uint16_t preference = 0;
    /// Without final dot; "." for the root (RFC 7505).
    std::string host;
};
/// RFC 1035 3.3.9. A malformed record has an empty host.
mx_data read_mx(std::string_view data);

}  // namespace socketmap
