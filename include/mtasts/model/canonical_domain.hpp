/// RFC 1035 2.3.3, RFC 5890 2.3.2.4: domain names in the one form in which they are compared.
#pragma once
#include <optional>
#include <string_view>

#include <mtasts/model/idna.hpp>

namespace mtasts {

/// A domain name as A-labels, in lower case and without a final dot; nothing if DNS cannot hold it (RFC 1035 2.3.4).
/// Example: `static_assert(mtasts::canonical_domain("Bücher.Example.")->view() == "xn--bcher-kva.example");`
constexpr std::optional<ascii_name> canonical_domain(std::string_view domain) {
    if (domain.ends_with('.')) domain.remove_suffix(1);
    auto const ascii = to_a_labels(domain);
    return ascii && is_dns_name(ascii->view()) ? ascii : std::nullopt;
}

/// Whether a canonical name is a subdomain of another, at any depth.
/// Example: `static_assert(mtasts::is_below("a.example", "example") && !mtasts::is_below("aexample", "example"));`
constexpr bool is_below(std::string_view name, std::string_view parent) {
    return name.size() > parent.size() && name.ends_with(parent) && name[name.size() - parent.size() - 1] == '.';
}

}  // namespace mtasts
