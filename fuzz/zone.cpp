// SPDX-License-Identifier: BSL-1.0
/// Promises of what is written for DNS and the web, for any octets:
///   1. a TXT record's strings, read back from the zone file, are at most 255 octets each and together the text;
///   2. the zone file's line holds visible ASCII alone;
///   3. a name below a domain, if there is one, is a name that DNS can hold and ends with the domain in A-labels.
#include <string>
#include <vector>

#include <mtasts/name/published.hpp>
#include <mtasts/write/zone.hpp>

#include "promises.hpp"

namespace {

/// RFC 1035 5.1: the quoted strings of a line.
std::vector<std::string> strings_of(std::string_view line) {
    std::vector<std::string> strings;
    for (bool inside = false; !line.empty(); line.remove_prefix(1)) {
        if (line.front() == '"') {
            if (!std::exchange(inside, !inside)) strings.emplace_back();
        } else if (inside && line.front() != '\\') {
            strings.back() += line.front();
        } else if (inside && '0' <= line[1] && line[1] <= '9') {
            strings.back() += static_cast<char>((line[1] - '0') * 100 + (line[2] - '0') * 10 + (line[3] - '0'));
            line.remove_prefix(3);
        } else if (inside) {
            strings.back() += line[1];
            line.remove_prefix(1);
        }
    }
    return strings;
}

void keep_promise_of_name(auto const& name, std::string_view prefix, std::string_view domain) {
    if (!name) return;
    keep_promise(name->view().starts_with(prefix), "a name begins with what is put before the domain");
    keep_promise(mtasts::is_dns_name(name->view()), "what is published has a name that DNS can hold");
    if (domain.ends_with('.')) domain.remove_suffix(1);
    auto const rest = name->view().substr(prefix.size());
    keep_promise(mtasts::to_a_labels(domain)->view() == rest, "a name has A-labels");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy const input(data, size);
    auto const line = mtasts::zone_line("_mta-sts.example.com", input.text);
    for (char const c : line) keep_promise(' ' <= c && c <= '~', "a zone file's line is visible ASCII");
    std::string joined;
    for (auto const& string : strings_of(line))
        keep_promise(string.size() <= 255, "a string holds 255 octets"), joined += string;
    keep_promise(joined == input.text, "the strings are the text");
    keep_promise_of_name(mtasts::sts_record_name(input.text), "_mta-sts.", input.text);
    keep_promise_of_name(mtasts::tlsrpt_record_name(input.text), "_smtp._tls.", input.text);
    auto const host = mtasts::policy_host(input.text);
    keep_promise_of_name(host, "mta-sts.", input.text);
    keep_promise(mtasts::policy_url(input.text).has_value() == host.has_value(), "a policy host has a URL");
    return 0;
}
