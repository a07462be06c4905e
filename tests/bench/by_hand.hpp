// SPDX-License-Identifier: BSL-1.0
/// What people write without a library: split at the separators, compare, trust the rest. It fills the same models as the
/// library and checks nothing.
#pragma once
#include <chrono>
#include <cstdint>
#include <string_view>

#include <mtasts/model/sts_policy.hpp>
#include <mtasts/model/sts_record.hpp>
#include <mtasts/model/tlsrpt_record.hpp>

namespace by_hand {

inline std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

/// Removes and returns the text up to the separator.
inline std::string_view next_piece(std::string_view& rest, char separator) {
    auto const stop = rest.find(separator);
    auto const piece = rest.substr(0, stop);
    rest.remove_prefix(stop == rest.npos ? rest.size() : stop + 1);
    return piece;
}

struct field {
    std::string_view name;
    std::string_view value;
};
inline field split(std::string_view piece, char separator) {
    auto const name = next_piece(piece, separator);
    return {trimmed(name), trimmed(piece)};
}

inline bool parse_sts_record(std::string_view text, mtasts::sts_record& record) {
    if (trimmed(next_piece(text, ';')) != "v=STSv1") return false;
    while (!text.empty()) {
        auto const [name, value] = split(next_piece(text, ';'), '=');
        if (name == "id") record.id = value;
        else if (!name.empty()) record.extensions.push_back({name, value});
    }
    return !record.id.empty();
}

inline bool parse_tlsrpt_record(std::string_view text, mtasts::tlsrpt_record& record) {
    if (trimmed(next_piece(text, ';')) != "v=TLSRPTv1") return false;
    while (!text.empty()) {
        auto const [name, value] = split(next_piece(text, ';'), '=');
        if (name == "rua") {
            for (auto rest = value; !rest.empty();) {
                mtasts::tlsrpt_uri uri{.text = trimmed(next_piece(rest, ','))};
                auto [scheme, target] = split(uri.text, ':');
                uri.scheme = scheme == "mailto"  ? mtasts::rua_scheme::mailto
                             : scheme == "https" ? mtasts::rua_scheme::https
                                                 : mtasts::rua_scheme::other;
                if (target.starts_with("//")) target.remove_prefix(2);
                uri.target = next_piece(target, '/');
                uri.deliverable = uri.scheme != mtasts::rua_scheme::other;
                record.rua.push_back(uri);
            }
        } else if (!name.empty()) {
            record.extensions.push_back({name, value});
        }
    }
    return !record.rua.empty();
}

inline bool parse_sts_policy(std::string_view text, mtasts::sts_policy& policy) {
    bool version = false;
    while (!text.empty()) {
        auto const [name, value] = split(next_piece(text, '\n'), ':');
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
        } else if (!name.empty()) {
            policy.extensions.push_back({name, value});
        }
    }
    return version;
}

}  // namespace by_hand
