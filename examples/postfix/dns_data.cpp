// SPDX-License-Identifier: BSL-1.0
#include "dns.hpp"

#include <iterator>

#include <mtasts/text/ascii.hpp>

namespace socketmap {
namespace {

std::size_t octet(char c) { return static_cast<unsigned char>(c); }

}  // namespace

std::string rcode_text(int code) {
    constexpr char const* names[] = {"NOERROR",  "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED",
                                     "YXDOMAIN", "YXRRSET", "NXRRSET",  "NOTAUTH",  "NOTZONE"};
    bool const known = code >= 0 && static_cast<std::size_t>(code) < std::size(names);
    return known ? names[code] : "rcode " + std::to_string(code);
}

std::vector<std::string_view> txt_strings(std::string_view data) {
    std::vector<std::string_view> strings;
    while (!data.empty()) {
        auto const length = octet(data.front());
        data.remove_prefix(1);
        if (length > data.size()) break;
        strings.push_back(data.substr(0, length));
        data.remove_prefix(length);
    }
    return strings;
}

mx_data read_mx(std::string_view data) {
    if (data.size() < 3) return {};
    mx_data result;
    result.preference = static_cast<std::uint16_t>(octet(data[0]) << 8 | octet(data[1]));
    data.remove_prefix(2);
    for (;;) {
        if (data.empty()) return {};
        auto const length = octet(data.front());
        data.remove_prefix(1);
        if (length == 0) break;
        // libunbound gives uncompressed names, so any longer length is malformed.
        if (length > 63 || length > data.size()) return {};
        if (!result.host.empty()) result.host += '.';
        result.host += data.substr(0, length);
        data.remove_prefix(length);
    }
    if (result.host.empty()) result.host = ".";
    return result;
}

std::string anchor_zone(std::string_view text) {
    std::string zone = ".";
    bool found = false;
    mtasts::text::for_each_piece(text, '\n', [&](std::string_view line) {
        // RFC 1035 5.1: a leading blank repeats the previous owner name; "$" and ";" do not begin a record.
        auto const name = line.substr(0, line.find_first_of(" \t\r"));
        if (found || name.empty() || name.front() == ';' || name.front() == '$') return;
        found = true;
        zone = name.size() > 1 && name.ends_with('.') ? name.substr(0, name.size() - 1) : name;
    });
    return zone;
}

}  // namespace socketmap
