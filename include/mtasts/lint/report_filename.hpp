// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 5.1, 5.6: compares the name of a report's file with the report, which counts where they differ.
#pragma once
#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <mtasts/finding/finding.hpp>
#include <mtasts/model/tlsrpt_report.hpp>
#include <mtasts/name/canonical.hpp>
#include <mtasts/name/mail_domain.hpp>
#include <mtasts/text/ascii.hpp>

namespace mtasts {

namespace detail {

/// Unix seconds in digits, with their own storage; empty for a time that a file name cannot have.
class unix_time_text {
  public:
    constexpr unix_time_text() = default;
    constexpr explicit unix_time_text(std::optional<std::chrono::sys_seconds> instant) {
        if (!instant || instant->time_since_epoch().count() < 0) return;
        auto rest = static_cast<std::uint64_t>(instant->time_since_epoch().count());
        do {
            digits_[--begin_] = static_cast<char>('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
    }
    constexpr std::string_view view() const { return {digits_.data() + begin_, digits_.size() - begin_}; }

  private:
    std::array<char, 20> digits_{};
    std::size_t begin_ = 20;
};

}  // namespace detail

/// The times of a report as its file name should have them.
struct range_text {
    detail::unix_time_text start, end;

    constexpr explicit range_text(tlsrpt_date_range const& range) : start(range.start), end(range.end) {}
};

/// RFC 8460 5.1: whether the extension says what the content is. Other names than *.json and *.gz say nothing.
constexpr void lint_report_extension(std::string_view name, bool gzip, findings& found) {
    auto const ends = [&](std::string_view end) {
        return name.size() > end.size() && text::equal_ignoring_case(name.substr(name.size() - end.size()), end);
    };
    bool const named_gzip = ends(".gz");
    if (named_gzip == gzip || !(named_gzip || ends(".json"))) return;
    std::size_t const length = ends(".json.gz") ? 8 : named_gzip ? 3 : 5;
    found.push_back({code::report_name_compression,
                     {name.size() - length, length},
                     gzip ? std::string_view("gzip") : std::string_view("not compressed")});
}

namespace detail {

/// Whether a report may be about a policy domain. Nothing is known about policies without a domain, and a TLSA base
/// domain (RFC 8460 1.1) need not be the policy domain to which the report is sent.
constexpr bool may_be_about(tlsrpt_report const& report, std::string_view domain) {
    return report.policies.empty() ||
           std::any_of(report.policies.begin(), report.policies.end(), [&](tlsrpt_policy_result const& result) {
               auto const& policy = result.policy;
               return policy.domain.empty() || policy.type == coded(tlsrpt_policy_type::tlsa) ||
                      same_domain(domain, policy.domain);
           });
}

}  // namespace detail

/// Compares a file name of four or five parts between "!" with the report in the file; other names are ignored. The
/// findings have their place in the name, and hold views of the report and of `times`.
///
/// A malformed name is compared part by part nevertheless: some reporters write the organization's name instead of its
/// domain.
/// Example: `mtasts::lint_report_filename("a.example!b.example!0!86399.json", {}, mtasts::range_text({}), found);`
constexpr void lint_report_filename(std::string_view name, tlsrpt_report const& report, range_text const& times,
                                    findings& found) {
    auto base = name;
    for (std::string_view const end : {".gz", ".json"})
        if (base.size() >= end.size() && text::equal_ignoring_case(base.substr(base.size() - end.size()), end))
            base.remove_suffix(end.size());
    std::array<std::string_view, 5> parts;
    std::size_t count = 0;
    text::for_each_piece(base, '!', [&](std::string_view part) {
        if (count < parts.size()) parts[count] = part;
        ++count;
    });
    if (count != 4 && count != 5) return;
    auto const say = [&](code what, std::size_t part, std::string_view detail) {
        found.push_back({what, detail::span_of(name, parts[part]), detail});
    };

    auto const submitter = mail_domain(report.contact_info);
    if (!submitter.empty() && !detail::same_domain(parts[0], submitter)) say(code::report_name_sender, 0, submitter);

    if (!detail::may_be_about(report, parts[1])) say(code::report_name_domain, 1, {});

    auto const compare_time = [&](std::size_t part, std::string_view wanted) {
        auto digits = parts[part];
        while (digits.size() > 1 && digits.front() == '0') digits.remove_prefix(1);
        if (!wanted.empty() && digits != wanted) say(code::report_name_time, part, wanted);
    };
    compare_time(2, times.start.view());
    compare_time(3, times.end.view());
}

}  // namespace mtasts
