// SPDX-License-Identifier: BSL-1.0
#include "a_labels.hpp"

#include <array>
#include <memory>

#include <unicode/uidna.h>
#include <mtasts/name/a_labels.hpp>
#include <mtasts/text/ascii.hpp>

namespace socketmap {
namespace {

using mapping = std::unique_ptr<UIDNA, void (*)(UIDNA*)>;

mapping open(std::uint32_t options) {
    auto error = U_ZERO_ERROR;
    mapping opened(uidna_openUTS46(options, &error), uidna_close);
    if (U_FAILURE(error)) opened.reset();
    return opened;
}

/// nullptr if ICU's data is missing; then no name is understood.
UIDNA const* mapping_for(bool transitional) {
    static mapping const by_default = open(UIDNA_NONTRANSITIONAL_TO_ASCII);
    // The option that Postfix uses, too. From ICU 76 on it is not transitional either, and the setting has no effect.
    static mapping const compatible = open(UIDNA_DEFAULT);
    return (transitional ? compatible : by_default).get();
}

/// Postfix does not deliver to a name that consists of digits and dots.
bool is_hostname(std::string_view name) {
    return mtasts::is_dns_name(name) &&
           !mtasts::text::all_octets(name, [](char c) { return mtasts::text::is_digit(c) || c == '.'; });
}

}  // namespace

std::optional<std::string> postfix_a_labels(std::string_view name, bool transitional) {
    auto const* const with = mapping_for(transitional);
    constexpr std::size_t longest_input = 1024;
    if (with == nullptr || name.size() > longest_input) return std::nullopt;
    std::array<char, 1023> ascii{};
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    auto error = U_ZERO_ERROR;
    // Octets that are not UTF-8 become U+FFFD, which has no A-label.
    auto const size = uidna_nameToASCII_UTF8(with, name.data(), static_cast<std::int32_t>(name.size()), ascii.data(),
                                             static_cast<std::int32_t>(ascii.size()), &info, &error);
    if (U_FAILURE(error) || info.errors != 0 || size <= 0) return std::nullopt;
    std::string mapped(ascii.data(), static_cast<std::size_t>(size));
    return is_hostname(mapped) ? std::optional(std::move(mapped)) : std::nullopt;
}

}  // namespace socketmap
