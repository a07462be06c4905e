#include "policy_domain.hpp"

#include <algorithm>

#include <mtasts/model/ascii.hpp>
#include <mtasts/model/idna.hpp>

namespace socketmap {

std::optional<std::string> policy_domain_of(std::string_view destination) {
    auto name = destination;
    if (name.starts_with('[')) {
        auto const end = name.find(']');
        if (end == name.npos) return std::nullopt;
        name = name.substr(1, end - 1);
    } else {
        name = name.substr(0, name.find(':'));
    }
    if (name.ends_with('.')) name.remove_suffix(1);
    auto const ascii = mtasts::to_a_labels(name);
    if (!ascii || !mtasts::is_dns_name(ascii->view())) return std::nullopt;
    auto const labels = ascii->view();
    if (labels.find('.') == labels.npos || mtasts::ends_with_number(labels)) return std::nullopt;
    std::string domain(labels);
    std::transform(domain.begin(), domain.end(), domain.begin(), [](char c) { return mtasts::lower(c); });
    return domain;
}

}  // namespace socketmap
