// SPDX-License-Identifier: BSL-1.0
/// The I/O that mtasts::policy_finder asks for: TXT records by DNS, policies by HTTPS.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <mtasts/decide/policy_life.hpp>

#include "asio.hpp"

#include "dns.hpp"
#include "fetch.hpp"
#include "metrics.hpp"
#include "settings.hpp"

namespace mtasts {
class policy_finder;
enum class trigger;
enum class policy_source;
enum class discovery_reason;
}  // namespace mtasts

namespace socketmap {

std::string_view to_text(mtasts::discovery_reason why);

class policy_search {
  public:
    /// `now` reads the clocks by which policies age. Throws settings_error.
    policy_search(asio::io_context& context, settings const& given, metrics& counted,
                  std::function<mtasts::moment()> now);

    /// Answers the finder's questions until it has a verdict. `awaited`: whether mail is waiting for it.
    asio::awaitable<void> run(mtasts::policy_finder& finder, std::string domain, mtasts::trigger why,
                              std::shared_ptr<settings const> given, awaited_flag awaited);
    dns& resolver() { return dns_; }

  private:
    asio::awaitable<void> ask_record(mtasts::policy_finder& finder, std::string_view domain);
    asio::awaitable<void> ask_policy(mtasts::policy_finder& finder, std::string_view domain, settings const& given,
                                     awaited_flag awaited);
    asio::awaitable<std::vector<std::string>> addresses_of(std::string host, std::string_view domain,
                                                           settings const& given);
    asio::awaitable<fetch_result> get(fetch_request request);

    asio::io_context& context_;
    metrics& metrics_;
    std::function<mtasts::moment()> now_;
    dns dns_;
    fetcher fetcher_;
};

}  // namespace socketmap
