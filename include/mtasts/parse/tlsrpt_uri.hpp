// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 3, RFC 3986, RFC 6068: one address to send reports to.
#pragma once
#include <algorithm>
#include <array>
#include <string_view>

#include <mtasts/grammar/addr_spec.hpp>
#include <mtasts/grammar/mailto.hpp>
#include <mtasts/grammar/tlsrpt_record.hpp>
#include <mtasts/model/tlsrpt_record.hpp>
#include <mtasts/parse/fault_table.hpp>
#include <mtasts/parse/read.hpp>
#include <mtasts/text/ascii.hpp>
#include <mtasts/text/percent.hpp>

namespace mtasts {

namespace detail {

namespace uri_table {

using namespace fault_table;
using enum code;

/// The text after the first white space.
constexpr std::string_view after_space(std::string_view uri) {
    auto const space = text::find_octet(uri, text::is_space);
    return text::without_leading_space(uri.substr((std::min)(space, uri.size())));
}
constexpr octets space(plain const& uri) {
    auto const begin = text::find_octet(uri.text, text::is_space);
    return at(uri.text, begin, uri.text.size() - begin - after_space(uri.text).size());
}
constexpr octets second_uri(plain const& uri) {
    auto const next = after_space(uri.text);
    return only_if(!front<text::is_space>(uri) &&
                       (text::starts_ignoring_case(next, "mailto:") || text::starts_ignoring_case(next, "https:")),
                   next);
}
constexpr octets no_scheme(plain const& uri) {
    auto const colon = uri.text.find(':');
    return only_if(colon == uri.text.npos ||
                       !read(grammar::scheme >> grammar::eoi, uri.text.substr(0, colon), ignore_events),
                   uri.text);
}
constexpr octets from_bang(plain const& uri) { return at(uri.text, uri.text.find('!'), uri.text.npos); }
constexpr octets odd_percent(plain const& uri) {
    for (auto percent = uri.text.find('%'); percent != uri.text.npos; percent = uri.text.find('%', percent + 1)) {
        auto const digits = uri.text.substr(percent + 1, 2);
        if (digits.size() != 2 || !text::all_octets(digits, text::is_hex_digit))
            return at(uri.text, percent, 1 + digits.size());
    }
    return {};
}
constexpr octets stop(plain const& uri) {
    return at(uri.text, grammar::expect(grammar::tlsrpt_uri_alone, uri.text).offset);
}

inline constexpr auto rows = std::to_array<row<plain>>({
    {empty, uri_empty, whole},
    {front<is<'"', '\''>>, uri_quoted, whole},
    {first<no<text::is_ascii>>, uri_non_ascii, found},
    {second_uri, tlsrpt_rua_separator, found},
    {space, uri_space, found},
    {no_scheme, uri_scheme_missing, whole},
    {from_bang, uri_bang, found},
    {odd_percent, uri_percent, found},
    {stop, uri_characters, found},
});

}  // namespace uri_table

/// Explains why a text is not a URI as RFC 8460 3 requires; `uri` is a view of the whole text.
constexpr finding explain_uri(std::string_view whole, std::string_view uri) {
    auto const said = *fault_table::first_fault(uri_table::rows, {uri}, whole);
    return with_expectation<grammar::tlsrpt_uri_alone>(said, whole, uri);
}

/// RFC 6068 2: whether the percent-encoded text is an addr-spec once decoded.
constexpr bool is_mail_address(std::string_view encoded) {
    if (encoded.find('%') == encoded.npos) return read(grammar::addr_spec, encoded, ignore_events);
    auto const address = text::percent_decoded(encoded);
    return read(grammar::addr_spec, {address.data(), address.size()}, ignore_events);
}

/// RFC 6068 2: the recipient of a mailto URI; `rest` is what follows the scheme.
constexpr void classify_mailto(std::string_view whole, tlsrpt_uri& uri, std::string_view rest, findings& found) {
    auto const say = [&](code what, std::string_view where) { found.push_back({what, span_of(whole, where)}); };
    uri.scheme = rua_scheme::mailto;
    auto const question = rest.find('?');
    uri.target = rest.substr(0, question);
    // Without these characters, an address alone is enough to make the URI valid.
    bool const plain = text::find_octet(rest, fault_table::is<'/', '?', '#', '[', ']'>) == rest.npos;
    uri.deliverable = is_mail_address(uri.target) && (plain || read(grammar::mailtoURI, uri.text, ignore_events));
    if (uri.target.empty()) say(code::uri_mailto_empty, uri.text);
    else if (!uri.deliverable) say(code::uri_mailto_address, uri.target);
    if (uri.deliverable && question != rest.npos) say(code::uri_mailto_fields, rest.substr(question));
}

/// RFC 3986 3.2.2: the host of an https URI.
constexpr std::string_view host_of(std::string_view rest) {
    auto authority = rest.starts_with("//") ? rest.substr(2) : std::string_view{};
    authority = authority.substr(0, text::find_octet(authority, fault_table::is<'/', '?', '#'>));
    auto const at = authority.find('@');
    auto const host = authority.substr(at == authority.npos ? 0 : at + 1);
    return host.substr(0, host.starts_with('[') ? host.find(']') + 1 : host.find(':'));
}

/// Classifies a well-formed URI by where it leads, and reports what keeps reports from getting there.
constexpr void classify_uri(std::string_view whole, tlsrpt_uri& uri, findings& found) {
    auto const say = [&](code what, std::string_view where) { found.push_back({what, span_of(whole, where)}); };
    auto const scheme = uri.text.substr(0, uri.text.find(':'));
    auto const rest = uri.text.substr(scheme.size() + 1);
    if (text::equal_ignoring_case(scheme, "mailto")) {
        classify_mailto(whole, uri, rest, found);
    } else if (text::equal_ignoring_case(scheme, "https")) {
        uri.scheme = rua_scheme::https;
        uri.target = host_of(rest);
        uri.deliverable = !uri.target.empty();
        if (!uri.deliverable) return say(code::uri_https_host, uri.text);
        auto const before = rest.substr(0, span_of(rest, uri.target).offset);
        if (before.ends_with('@')) say(code::uri_userinfo, before.substr(2));
    } else {
        say(text::equal_ignoring_case(scheme, "http") ? code::uri_http : code::uri_scheme_unsupported,
            uri.text.substr(0, scheme.size() + 1));
    }
}

}  // namespace detail

/// Reads one URI of a rua (RFC 8460 3): mailto or https, with "!", "," and ";" percent-encoded.
///
/// Findings: the uri-* codes. `usable()` means that it is such a URI; `value.deliverable` that a report can be sent there.
/// Example: `static_assert(mtasts::parse_tlsrpt_uri("mailto:reports@example.com").value.deliverable);`
constexpr parsed<tlsrpt_uri> parse_tlsrpt_uri(kept_text text, parse_options const& options = {}) {
    parsed<tlsrpt_uri> result{{.text = text}, {}};
    if (detail::too_large(text, options, result.findings)) return result;
    if (detail::read(grammar::tlsrpt_uri_alone, text, detail::ignore_events))
        detail::classify_uri(text, result.value, result.findings);
    else result.findings.push_back(detail::explain_uri(text, text));
    return result;
}

}  // namespace mtasts
