/// RFC 5321 4.1.2, RFC 8461 3.2: names of hosts and mx patterns.
#pragma once
#include <string_view>

#include <mtasts/grammar/sts_policy.hpp>
#include <mtasts/model/mx_pattern.hpp>
#include <mtasts/name/a_labels.hpp>
#include <mtasts/parse/read.hpp>
#include <mtasts/text/ascii.hpp>

namespace mtasts {

/// What is wrong with a name that is no Domain, or no mx pattern where `pattern` is set: `whole` is the text that
/// findings have their place in, `host` a view of it.
constexpr finding explain_host(std::string_view whole, std::string_view host, bool pattern) {
    auto const at = [&](code what, std::size_t offset, std::size_t length) {
        auto const place = span{span_of(whole, host).offset + offset, length};
        finding said{what, place};
        // Outside of a policy it is the name's own grammar that is broken.
        if (!pattern) said.other_clause = "RFC 5321 4.1.2";
        return pattern ? with_expectation<grammar::sts_policy_mx_value_alone>(said, whole, host)
                       : with_expectation<grammar::Domain_alone>(said, whole, host);
    };
    auto const all = [&](code what) { return at(what, 0, host.size()); };
    auto const found = [&](auto accepts) { return find_octet(host, accepts); };
    constexpr auto npos = std::string_view::npos;

    if (host.empty()) return all(code::host_empty);
    if (host.find_first_of("\"'") != npos) return all(code::host_quoted);
    if (host.front() == '[') return all(code::host_address_literal);
    if (host.find("://") != npos) return all(code::host_url);
    if (host.find('@') != npos) return all(code::host_mail_address);
    if (auto const comma = host.find_first_of(",;"); comma != npos)
        return pattern ? all(code::host_comma_list) : at(code::host_characters, comma, 1);
    if (auto const control = found(is_control); control != npos && !is_space(host[control]))
        return at(code::host_characters, control, 1);
    if (auto const space = found(is_space); space != npos) {
        if (space != 0 && all_octets(host.substr(0, space), is_digit)) return at(code::host_priority, 0, space);
        return pattern ? all(code::host_comma_list) : at(code::host_space, space, 1);
    }
    if (found([](char c) { return !is_ascii(c); }) != npos)
        return all(to_a_labels(host) ? code::host_u_label : code::host_non_ascii);
    if (auto const colon = host.find(':'); colon != npos) {
        if (host.find(':', colon + 1) != npos &&
            all_octets(host, [](char c) { return is_hex_digit(c) || c == ':' || c == '.'; }))
            return all(code::host_ipv6);
        if (colon != 0 && colon + 1 != host.size() && all_octets(host.substr(colon + 1), is_digit))
            return at(code::host_port, colon, host.size() - colon);
        return at(code::host_characters, colon, 1);
    }
    if (auto const star = host.rfind('*'); star != npos) {
        if (host == "*" || host == "*.") return all(code::host_wildcard_bare);
        auto const first_label = host.substr(0, host.find('.'));
        if (!pattern || star >= first_label.size()) return at(code::host_wildcard_place, star, 1);
        if (first_label != "*") return at(code::host_wildcard_partial, 0, first_label.size());
    }
    auto const domain = host.starts_with("*.") ? host.substr(2) : host;
    auto const skipped = host.size() - domain.size();
    if (domain.find("..") != npos) return at(code::host_empty_label, skipped + domain.find(".."), 2);
    if (domain.front() == '.')
        return skipped == 0 ? all(code::host_leading_dot) : at(code::host_empty_label, skipped, 1);
    if (domain.back() == '.') return at(code::host_trailing_dot, host.size() - 1, 1);
    if (auto const underscore = host.find('_'); underscore != npos) return at(code::host_underscore, underscore, 1);
    if (auto const bad = domain.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.");
        bad != npos)
        return at(code::host_characters, skipped + bad, 1);
    finding said = all(code::text_syntax);
    for_each_piece(domain, '.', [&](std::string_view label) {
        if (!label.empty() && (label.front() == '-' || label.back() == '-'))
            said = at(code::host_hyphen, span_of(host, label).offset, label.size());
    });
    return said;
}

/// Reads a Domain (RFC 5321 4.1.2): dot-separated labels of letters, digits and inner hyphens, without final dot.
///
/// Findings: the host-* codes. Lengths are not a matter of grammar; `lint_host` judges them.
/// Example: `static_assert(mtasts::parse_domain("mail.example.com").usable());`
constexpr parsed<std::string_view> parse_domain(std::string_view text, parse_options const& options = {}) {
    parsed<std::string_view> result{text, {}};
    if (too_large(text, options, result.findings)) return result;
    if (!read(grammar::Domain_alone, text, ignore_events)) result.findings.push_back(explain_host(text, text, false));
    return result;
}

/// Reads an mx pattern (RFC 8461 3.2): `["*."] Domain`.
///
/// Findings: the host-* codes.
/// Example: `static_assert(mtasts::parse_mx_pattern("*.example.com").value.wildcard());`
constexpr parsed<mx_pattern> parse_mx_pattern(std::string_view text, parse_options const& options = {}) {
    parsed<mx_pattern> result{{text}, {}};
    if (too_large(text, options, result.findings)) return result;
    if (!read(grammar::sts_policy_mx_value_alone, text, ignore_events))
        result.findings.push_back(explain_host(text, text, true));
    return result;
}

}  // namespace mtasts
