// SPDX-License-Identifier: BSL-1.0
/// A parsed value together with the text it is a view of.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <mtasts/finding/finding.hpp>

namespace mtasts {

/// Holds a text and its parse result; stays valid when moved or copied (copies share both, and neither changes).
/// Example: `mtasts::owned<mtasts::sts_policy> kept(body, mtasts::parse_sts_policy);`
template <class T>
class owned {
  public:
    /// `parse` is a parse_x or check_x, or any other function from a view to a parsed<T>.
    template <class Parse>
    owned(std::string text, Parse&& parse) : kept_(std::make_shared<state const>(std::move(text), parse)) {}

    std::string_view text() const { return kept_->text; }
    T const& value() const { return kept_->result.value; }
    mtasts::findings const& findings() const { return kept_->result.findings; }
    bool usable() const { return kept_->result.usable(); }
    parsed<T> const& result() const { return kept_->result; }
    /// Whether there is no error at all, so that it may be published.
    bool publishable() const { return !any_at_least(findings(), severity::error); }

  private:
    struct state {
        template <class Parse>
        state(std::string octets, Parse& parse) : text(std::move(octets)), result(read(text, parse)) {}

        template <class Parse>
        static parsed<T> read(std::string_view text, Parse& parse) {
            if constexpr (std::is_invocable_v<Parse&, std::string_view>) return parse(text);
            else return parse(text, {});
        }

        std::string const text;
        parsed<T> const result;
    };

    std::shared_ptr<state const> kept_;
};

}  // namespace mtasts
