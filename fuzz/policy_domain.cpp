// SPDX-License-Identifier: BSL-1.0
/// Promises about what discovery makes of a text as a domain (RFC 8461 3.4), for any octets:
///   1. it is an address without a policy if, and only if, inet_pton(3) accepts it, bracketed (RFC 5321 4.1.3) or bare;
///   2. a record is looked up if, and only if, DNS can hold the name and its record's name, with A-labels for what is not
///      ASCII; no other name is looked up;
///   3. anything else is not understood, except a name whose record's name would be too long.
#include <arpa/inet.h>
#include <array>
#include <optional>
#include <string>

#include <mtasts/decide/discovery.hpp>
#include "promises.hpp"

namespace {

bool is_address(std::string text) {
    bool const bracketed = text.size() > 1 && text.front() == '[' && text.back() == ']';
    if (bracketed) text = text.substr(1, text.size() - 2);
    // inet_pton would stop at a NUL.
    if (text.find('\0') != text.npos) return false;
    std::array<char, 16> unused{};
    if (inet_pton(AF_INET, text.c_str(), unused.data()) == 1) return true;
    if (bracketed && mtasts::text::starts_ignoring_case(text, "IPv6:")) text = text.substr(5);
    return inet_pton(AF_INET6, text.c_str(), unused.data()) == 1;
}

/// The name that a text is, in lower case.
std::optional<std::string> name_of(std::string_view text) {
    if (text.ends_with('.')) text.remove_suffix(1);
    std::string name;
    std::size_t label = 0, digits = 0;
    for (char const c : text) {
        bool const dot = c == '.', digit = '0' <= c && c <= '9', letter = 'a' <= (c | 0x20) && (c | 0x20) <= 'z';
        if (dot ? label == 0 : !(digit || letter || c == '-' || c == '_')) return std::nullopt;
        label = dot ? 0 : label + 1;
        digits = dot ? 0 : digits + (digit ? 1 : 0);
        if (label > 63) return std::nullopt;
        name += letter ? static_cast<char>(c | 0x20) : c;
    }
    return label == digits || name.size() > 253 ? std::nullopt : std::optional(name);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy const input(data, size);
    mtasts::discovery machine(input.text);
    bool const asks = machine.begin(mtasts::trigger::mail, {}) == mtasts::lookup::record;
    auto const source = machine.verdict().source;
    bool const address = is_address(std::string(input.text));
    keep_promise((source == mtasts::policy_source::not_applicable) == address, "an address alone has no policy");
    // This checks only that the A-labels are a name, not which they are.
    bool const ascii = mtasts::text::all_octets(input.text, mtasts::text::is_ascii);
    auto const name = ascii ? name_of(input.text) : asks ? name_of(machine.record_name().substr(9)) : std::nullopt;
    keep_promise(asks == (name && name->size() + 9 <= 253 && !address), "a record is asked for where there can be one");
    keep_promise(!asks || machine.record_name() == "_mta-sts." + *name, "the record is below this very name");
    bool const understood = source != mtasts::policy_source::not_understood;
    keep_promise(!ascii || understood == (name || address), "what is not a name is not understood");
    return 0;
}
