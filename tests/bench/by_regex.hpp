// SPDX-License-Identifier: BSL-1.0
/// The grammars as regular expressions, compiled once: one matches the whole text, one finds the fields in it.
#pragma once
#include <chrono>
#include <cstdint>
#include <regex>
#include <string>
#include <string_view>

#include <mtasts/model/sts_policy.hpp>
#include <mtasts/model/sts_record.hpp>
#include <mtasts/model/tlsrpt_record.hpp>

namespace by_regex {

using matches = std::cregex_iterator;

inline std::string_view view(std::csub_match const& part) {
    return part.matched ? std::string_view(part.first, static_cast<std::size_t>(part.length())) : std::string_view();
}
inline bool whole(std::string_view text, std::regex const& grammar) {
    return std::regex_match(text.data(), text.data() + text.size(), grammar);
}

inline std::regex compiled(std::string const& grammar) {
    return std::regex(grammar, std::regex::ECMAScript | std::regex::optimize);
}

inline bool parse_sts_record(std::string_view text, mtasts::sts_record& record) {
    static std::string const name = "[A-Za-z0-9][A-Za-z0-9_.-]{0,31}", value = "[\\x21-\\x3A\\x3C\\x3E-\\x7E]+";
    static auto const grammar =
        compiled("v=STSv1(?:[ \\t]*;[ \\t]*(?:id=[A-Za-z0-9]{1,32}|" + name + "=" + value + "))+(?:[ \\t]*;[ \\t]*)?");
    static auto const field = compiled(";[ \\t]*(" + name + ")=(" + value + ")");
    if (!whole(text, grammar)) return false;
    for (matches i(text.data(), text.data() + text.size(), field), end; i != end; ++i) {
        if (view((*i)[1]) == "id") record.id = view((*i)[2]);
        else record.extensions.push_back({view((*i)[1]), view((*i)[2])});
    }
    return !record.id.empty();
}

inline bool parse_tlsrpt_record(std::string_view text, mtasts::tlsrpt_record& record) {
    static std::string const name = "[A-Za-z0-9][A-Za-z0-9_.-]{0,31}", value = "[\\x21-\\x3A\\x3C\\x3E-\\x7E]+";
    static std::string const uri = "[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#@$&'()*+=\\[\\]-]|%[0-9A-Fa-f]{2})*";
    static auto const grammar = compiled("v=TLSRPTv1(?:[ \\t]*;[ \\t]*(?:rua=" + uri + "(?:[ \\t]*,[ \\t]*" + uri +
                                         ")*|" + name + "=" + value + "))+(?:[ \\t]*;[ \\t]*)?");
    static auto const field = compiled(";[ \\t]*(?:rua=([^;]*)|(" + name + ")=(" + value + "))");
    static auto const address = compiled("(?:(mailto)|(https)|[A-Za-z][A-Za-z0-9+.-]*):(?://)?([^,/ \\t]*)[^, \\t]*");
    if (!whole(text, grammar)) return false;
    for (matches i(text.data(), text.data() + text.size(), field), end; i != end; ++i) {
        if (!(*i)[1].matched) {
            record.extensions.push_back({view((*i)[2]), view((*i)[3])});
            continue;
        }
        for (matches k((*i)[1].first, (*i)[1].second, address); k != end; ++k) {
            mtasts::tlsrpt_uri one{.text = view((*k)[0])};
            one.scheme = (*k)[1].matched   ? mtasts::rua_scheme::mailto
                         : (*k)[2].matched ? mtasts::rua_scheme::https
                                           : mtasts::rua_scheme::other;
            one.target = view((*k)[3]);
            one.deliverable = one.scheme != mtasts::rua_scheme::other;
            record.rua.push_back(one);
        }
    }
    return !record.rua.empty();
}

inline bool parse_sts_policy(std::string_view text, mtasts::sts_policy& policy) {
    static std::string const end_of_line = "[ \\t]*(?:\\r?\\n|$)";
    static std::string const label = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
    static std::string const any = "(?:[\\x21-\\x7E]|[\\x80-\\xFF])";
    static auto const grammar = compiled(
        "(?:(?:version:[ \\t]*STSv1|mode:[ \\t]*(?:testing|enforce|none)|max_age:[ \\t]*[0-9]{1,10}|mx:[ "
        "\\t]*(?:\\*\\.)?" +
        label + "(?:\\." + label + ")*|[A-Za-z0-9][A-Za-z0-9_.-]{0,31}:[ \\t]*" + any + "(?: *" + any + ")*)" +
        end_of_line + ")+");
    static auto const line = compiled("([^:\\r\\n]+):[ \\t]*([^\\r\\n]*[^ \\t\\r\\n])");
    if (!whole(text, grammar)) return false;
    bool version = false;
    for (matches i(text.data(), text.data() + text.size(), line), end; i != end; ++i) {
        auto const name = view((*i)[1]), value = view((*i)[2]);
        if (name == "version") {
            version = value == "STSv1";
        } else if (name == "mode") {
            policy.mode = value == "enforce"   ? mtasts::policy_mode::enforce
                          : value == "testing" ? mtasts::policy_mode::testing
                                               : mtasts::policy_mode::none;
        } else if (name == "max_age") {
            std::int64_t seconds = 0;
            for (char const c : value) seconds = seconds * 10 + (c - '0');
            policy.max_age = std::chrono::seconds(seconds);
        } else if (name == "mx") {
            policy.mx.push_back({value});
        } else {
            policy.extensions.push_back({name, value});
        }
    }
    return version;
}

}  // namespace by_regex
