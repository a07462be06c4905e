/// A parsed value together with the text it is a view of.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <mtasts/diagnostic.hpp>

namespace mtasts {

/// Holds a text and what a parser made of it; stays valid when moved or copied (copies share the text).
/// Example: `mtasts::owned<mtasts::sts_policy> kept(body, mtasts::parse_sts_policy);`
template <class T>
class owned {
  public:
    /// `parse` is a parse_x or check_x, or anything else that makes a parsed<T> of a view.
    template <class Parse>
    owned(std::string text, Parse&& parse)
        : text_(std::make_shared<std::string const>(std::move(text))), parsed_(read(*text_, parse)) {}

    std::string_view text() const { return *text_; }
    T const& value() const { return parsed_.value; }
    mtasts::findings const& findings() const { return parsed_.findings; }
    bool usable() const { return parsed_.usable(); }
    parsed<T> const& result() const { return parsed_; }
    /// Whether there is no error at all: what may be published.
    bool publishable() const { return !any_at_least(parsed_.findings, severity::error); }

  private:
    template <class Parse>
    static parsed<T> read(std::string_view text, Parse& parse) {
        if constexpr (std::is_invocable_v<Parse&, std::string_view>) return parse(text);
        else return parse(text, {});
    }

    std::shared_ptr<std::string const> text_;
    parsed<T> parsed_;
};

}  // namespace mtasts
