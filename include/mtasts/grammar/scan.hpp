// SPDX-License-Identifier: BSL-1.0
/// Runs of octets, searched many at a time (text/simd.hpp) where possible.
#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include <mtasts/grammar/octet_class.hpp>
#include <mtasts/text/ascii.hpp>
#include <mtasts/text/simd.hpp>

namespace mtasts::grammar {

/// One-octet characters that need no escape in a JSON string.
constexpr bool is_plain(char c) { return static_cast<signed char>(c) >= ' ' && c != '"' && c != '\\'; }
constexpr bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

/// RFC 3986 2: what is allowed anywhere in the path or the query of a URI, and in the name of its host.
constexpr bool is_uri_plain(char c) {
    return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('&' <= c && c <= ';' && c != ':') || c == '!' ||
           c == '$' || c == '=' || c == '?' || c == '_' || c == '~';
}

/// The usual octets of JSON strings.
struct plain_octets {
    /// Variant for when 32 octets may be read: most strings end within them, so both blocks are tested with one branch.
    [[gnu::always_inline]] static constexpr char const* skip_with_lookahead(char const* at, char const* end) {
        if (!std::is_constant_evaluated() && text::octet_block::available && text::octet_block::bits_each == 1) {
            auto const found = text::octet_block(at).not_plain() | text::octet_block(at + 16).not_plain() << 16;
            if (found != 0) return at + text::octet_block::first(found);
            at += 32;
        }
        return skip(at, end);
    }
    [[gnu::noinline]] static constexpr char const* skip(char const* at, char const* end) {
        if (!std::is_constant_evaluated() && text::octet_block::available)
            for (; end - at >= 16; at += 16)
                if (auto const found = text::octet_block(at).not_plain(); found != 0)
                    return at + text::octet_block::first(found);
        while (at != end && is_plain(*at)) ++at;
        return at;
    }
};

struct blank_octets {
    [[gnu::noinline]] static constexpr char const* skip(char const* at, char const* end) {
        if (!std::is_constant_evaluated() && text::octet_block::available)
            for (; end - at >= 16; at += 16)
                if (auto const found = text::octet_block(at).not_blank(); found != 0)
                    return at + text::octet_block::first(found);
        while (at != end && is_blank(*at)) ++at;
        return at;
    }
};

struct uri_octets {
    static constexpr char const* skip(char const* at, char const* end) {
        if (!std::is_constant_evaluated() && text::octet_block::available)
            for (; end - at >= 16; at += 16)
                if (auto const found = text::octet_block(at).not_uri_plain(); found != 0)
                    return at + text::octet_block::first(found);
        while (at != end && is_uri_plain(*at)) ++at;
        return at;
    }
};

/// Pairs of hexadecimal digits.
struct hex_pairs {
    static constexpr char const* skip(char const* at, char const* end) {
        auto stop = at;
        bool found = false;
        if (!std::is_constant_evaluated() && text::octet_block::available)
            for (; !found && end - stop >= 16;) {
                auto const other = text::octet_block(stop).not_hex();
                found = other != 0;
                stop += found ? text::octet_block::first(other) : 16;
            }
        while (!found && stop != end && text::is_hex_digit(*stop)) ++stop;
        return stop - (stop - at) % 2;
    }
};

/// A run of a class of octets, which `match` takes with `Run::skip`; the other readings see the plain repetition it
/// stands for.
template <class Run, class Subject>
struct scanned_run : x3::unary_parser<Subject, scanned_run<Run, Subject>> {
    using attribute_type = x3::unused_type;
    static bool const has_attribute = false;
    std::size_t at_least;
    static constexpr std::size_t at_most = unbounded;

    constexpr explicit scanned_run(Subject const& one, std::size_t count)
        : x3::unary_parser<Subject, scanned_run>(one), at_least(count) {}

    bool parse(char const*& first, char const* last, x3::unused_type, x3::unused_type, x3::unused_type) const {
        auto const stop = Run::skip(first, last);
        if (static_cast<std::size_t>(stop - first) < at_least) return false;
        first = stop;
        return true;
    }
};

/// `*subject`, matched by `Run`.
template <class Run, class Subject>
constexpr auto scanned(Subject const& subject, std::size_t at_least) {
    return scanned_run<Run, Subject>(subject, at_least);
}

}  // namespace mtasts::grammar
