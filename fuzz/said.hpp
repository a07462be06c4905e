// SPDX-License-Identifier: BSL-1.0
/// The whole result of a parser, as octets that can be compared. Included by harnesses, whose parsers use X3, and by
/// support/by_walk.cpp, where `mtasts` has another name and the same parsers use the walk.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include <mtasts/parse/date_time.hpp>
#include <mtasts/parse/host.hpp>
#include <mtasts/parse/ip_address.hpp>
#include <mtasts/parse/report_filename.hpp>
#include <mtasts/parse/report_subject.hpp>
#include <mtasts/parse/sts_policy.hpp>
#include <mtasts/parse/sts_record.hpp>
#include <mtasts/parse/tlsrpt_record.hpp>
#include <mtasts/parse/tlsrpt_report.hpp>
#include <mtasts/parse/utf8.hpp>
#include <mtasts/write/tlsrpt_report.hpp>

namespace mtasts {

/// Appends the parts of values and findings.
class said_octets {
  public:
    explicit said_octets(std::string& out) : out_(out) {}

    template <class T>
    void put(parsed<T> const& result) {
        put(result.value);
        for (auto const& f : result.findings) {
            put(static_cast<std::uint64_t>(f.code)), put(f.where), put(f.part), put(f.detail), put(f.other_clause);
            put(std::uint64_t{f.correctable} + 2 * std::uint64_t{f.expect != nullptr});
        }
    }

  private:
    void put(std::uint64_t number) { out_.append(reinterpret_cast<char const*>(&number), sizeof number); }
    void put(std::string_view text) { put(std::uint64_t{text.size()}), out_ += text; }
    void put(text_span where) { put(std::uint64_t{where.offset}), put(std::uint64_t{where.length}); }
    void put(std::chrono::sys_seconds instant) { put(static_cast<std::uint64_t>(instant.time_since_epoch().count())); }
    void put(mx_pattern pattern) { put(pattern.text); }
    void put(extension const& field) { put(field.name), put(field.value); }
    void put(ip_address const& address) { put(std::string_view(to_text(address).view())); }
    void put(tlsrpt_uri const& uri) {
        put(uri.text), put(uri.target), put(static_cast<std::uint64_t>(uri.scheme) * 2 + uri.deliverable);
    }
    template <class Item>
    void put(std::vector<Item> const& items) {
        put(std::uint64_t{items.size()});
        for (auto const& item : items) put(item);
    }
    void put(sts_record const& value) { put(value.id), put(value.extensions); }
    void put(sts_policy const& value) {
        put(static_cast<std::uint64_t>(value.mode)), put(static_cast<std::uint64_t>(value.max_age.count()));
        put(value.mx), put(value.extensions);
    }
    void put(tlsrpt_record const& value) { put(value.rua), put(value.extensions); }
    void put(report_filename const& value) {
        put(value.sender), put(value.policy_domain), put(value.unique_id);
        put(value.begin), put(value.end), put(std::uint64_t{value.gzip});
    }
    void put(report_subject const& value) { put(value.policy_domain), put(value.submitter), put(value.report_id); }
    void put(tlsrpt_report const& value) { put(std::string_view(write_tlsrpt_report(value))); }

    std::string& out_;
};

/// Appends the result of the parser with this number, which is that of its grammar (grammars.hpp).
inline void append_said(std::size_t number, std::string_view text, std::string& out) {
    auto put = [said = said_octets(out)](auto const& result) mutable { said.put(result); };
    switch (number) {
        case 0: return put(parse_sts_record(text));
        case 1: return put(parse_sts_policy(text));
        case 2: return put(parse_tlsrpt_record(text));
        case 3: return put(parse_tlsrpt_uri(text));
        case 7: return put(parse_ip_address(text));
        case 8: return put(parse_date_time(text));
        case 9: return put(parse_report_filename(text));
        case 10: return put(parse_report_subject(text));
        case 11: return put(parse_utf8(text));
        case 12: return put(parse_domain(text));
        case 13: return put(parse_mx_pattern(text));
        case 17: return put(parse_tlsrpt_report(text));
        default: return;
    }
}

}  // namespace mtasts
