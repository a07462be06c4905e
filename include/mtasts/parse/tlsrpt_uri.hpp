/// RFC 8460 3, RFC 3986, RFC 6068: one address to send reports to.
#pragma once
#include <string_view>

#include <mtasts/grammar/addr_spec.hpp>
#include <mtasts/grammar/mailto.hpp>
#include <mtasts/grammar/tlsrpt_record.hpp>
#include <mtasts/model/tlsrpt_record.hpp>
#include <mtasts/parse/read.hpp>
#include <mtasts/text/ascii.hpp>
#include <mtasts/text/percent.hpp>

namespace mtasts {

/// What is wrong with a text that is no URI as RFC 8460 3 wants it; `uri` is a view of the whole text.
constexpr finding explain_uri(std::string_view whole, std::string_view uri) {
    auto const at = [&](code what, std::size_t offset, std::size_t length) {
        auto const where = span{span_of(whole, uri).offset + offset, length};
        return with_expectation<grammar::tlsrpt_uri_alone>({what, where}, whole, uri);
    };
    if (uri.empty()) return at(code::uri_empty, 0, 0);
    if (uri.front() == '"' || uri.front() == '\'') return at(code::uri_quoted, 0, uri.size());
    if (auto const bad = find_octet(uri, [](char c) { return !is_ascii(c); }); bad != uri.npos)
        return at(code::uri_non_ascii, bad, 1);
    if (auto const space = find_octet(uri, is_space); space != uri.npos) {
        auto const next = without_leading_space(uri.substr(space));
        bool const another = starts_ignoring_case(next, "mailto:") || starts_ignoring_case(next, "https:");
        if (space != 0 && another) return at(code::tlsrpt_rua_separator, uri.size() - next.size(), next.size());
        return at(code::uri_space, space, uri.size() - space - next.size());
    }
    auto const colon = uri.find(':');
    if (!read(grammar::scheme >> grammar::eoi, uri.substr(0, colon), ignore_events) || colon == uri.npos)
        return at(code::uri_scheme_missing, 0, uri.size());
    if (auto const bang = uri.find('!'); bang != uri.npos) return at(code::uri_bang, bang, uri.size() - bang);
    for (auto percent = uri.find('%'); percent != uri.npos; percent = uri.find('%', percent + 1)) {
        auto const digits = uri.substr(percent + 1, 2);
        if (digits.size() != 2 || !all_octets(digits, is_hex_digit))
            return at(code::uri_percent, percent, 1 + digits.size());
    }
    auto const stop = grammar::expect(grammar::tlsrpt_uri_alone, uri).offset;
    return at(code::uri_characters, stop, stop < uri.size() ? 1 : 0);
}

/// RFC 6068 2: whether the percent-encoded text is an addr-spec once decoded.
constexpr bool is_mail_address(std::string_view encoded) {
    if (encoded.find('%') == encoded.npos) return read(grammar::addr_spec, encoded, ignore_events);
    auto const address = percent_decoded(encoded);
    return read(grammar::addr_spec, {address.data(), address.size()}, ignore_events);
}

/// Finds out where a well-formed URI leads to, and says what keeps reports from getting there.
constexpr void classify_uri(std::string_view whole, tlsrpt_uri& uri, findings& found) {
    auto const say = [&](code what, std::string_view where) { found.push_back({what, span_of(whole, where)}); };
    auto const scheme = uri.text.substr(0, uri.text.find(':'));
    auto const rest = uri.text.substr(scheme.size() + 1);
    if (equal_ignoring_case(scheme, "mailto")) {
        uri.scheme = rua_scheme::mailto;
        auto const question = rest.find('?');
        uri.target = rest.substr(0, question);
        // Without these the address alone makes the URI.
        auto const more = [](char c) { return c == '/' || c == '?' || c == '#' || c == '[' || c == ']'; };
        uri.deliverable = is_mail_address(uri.target) &&
                          (find_octet(rest, more) == rest.npos || read(grammar::mailtoURI, uri.text, ignore_events));
        if (uri.target.empty()) say(code::uri_mailto_empty, uri.text);
        else if (!uri.deliverable) say(code::uri_mailto_address, uri.target);
        if (uri.deliverable && question != rest.npos) say(code::uri_mailto_fields, rest.substr(question));
    } else if (equal_ignoring_case(scheme, "https")) {
        uri.scheme = rua_scheme::https;
        auto authority = rest.starts_with("//") ? rest.substr(2) : std::string_view{};
        authority = authority.substr(0, find_octet(authority, [](char c) { return c == '/' || c == '?' || c == '#'; }));
        auto const at = authority.find('@');
        auto host = authority.substr(at == authority.npos ? 0 : at + 1);
        host = host.substr(0, host.starts_with('[') ? host.find(']') + 1 : host.find(':'));
        uri.target = host;
        uri.deliverable = !host.empty();
        if (host.empty()) say(code::uri_https_host, uri.text);
        else if (at != authority.npos) say(code::uri_userinfo, authority.substr(0, at + 1));
    } else {
        say(equal_ignoring_case(scheme, "http") ? code::uri_http : code::uri_scheme_unsupported,
            uri.text.substr(0, scheme.size() + 1));
    }
}

/// Reads one URI of a rua (RFC 8460 3): mailto or https, with "!", "," and ";" percent-encoded.
///
/// Findings: the uri-* codes. `usable()` means that it is such a URI; `value.deliverable` that a report can be sent there.
/// Example: `static_assert(mtasts::parse_tlsrpt_uri("mailto:reports@example.com").value.deliverable);`
constexpr parsed<tlsrpt_uri> parse_tlsrpt_uri(std::string_view text, parse_options const& options = {}) {
    parsed<tlsrpt_uri> result{{.text = text}, {}};
    if (too_large(text, options, result.findings)) return result;
    if (read(grammar::tlsrpt_uri_alone, text, ignore_events)) classify_uri(text, result.value, result.findings);
    else result.findings.push_back(explain_uri(text, text));
    return result;
}

}  // namespace mtasts
