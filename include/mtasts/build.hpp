// SPDX-License-Identifier: BSL-1.0
/// Builds texts from values and refuses what the RFC forbids, with the same findings that a reader would report.
#pragma once
#include <algorithm>
#include <array>
#include <list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mtasts/check.hpp>
#include <mtasts/name/a_labels.hpp>
#include <mtasts/name/dns_name.hpp>
#include <mtasts/owned.hpp>
#include <mtasts/text/ascii.hpp>
#include <mtasts/write/text.hpp>
#include <mtasts/write/tlsrpt_report.hpp>

namespace mtasts {

namespace detail {

/// Reads the text back and checks it; a value that does not survive the round trip gets the finding `unfaithful`.
template <class T, class Check>
owned<T> built(std::string text, T const& value, Check check, code unfaithful = code::write_unfaithful) {
    return owned<T>(std::move(text), [&](std::string_view written) {
        auto result = check(written, {});
        bool const said = any_at_least(result.findings, severity::error);
        if (!said && !(result.value == value)) result.findings.push_back({unfaithful, {0, written.size()}});
        return result;
    });
}

}  // namespace detail

/// Builds a policy (RFC 8461 3.2), with the U-labels of its mx patterns as A-labels. Publish it only if
/// `publishable()`; otherwise `findings()` say why not.
/// Example: `mtasts::build_sts_policy({mtasts::policy_mode::none, std::chrono::seconds(86400), {}, {}}).publishable()`
inline owned<sts_policy> build_sts_policy(sts_policy const& policy) {
    auto ascii = policy;
    std::vector<ascii_name> names;
    names.reserve(policy.mx.size());
    for (auto& pattern : ascii.mx)
        if (auto const name = to_a_labels(pattern.text); name && !text::all_octets(pattern.text, text::is_ascii))
            pattern.text = names.emplace_back(*name).view();
    return detail::built(write_sts_policy(ascii), ascii, check_sts_policy);
}

/// Builds an `_mta-sts` record (RFC 8461 3.1). Publish it only if `publishable()`.
/// Example: `!mtasts::build_sts_record({"2016-08-31", {}}).publishable()`
inline owned<sts_record> build_sts_record(sts_record const& record) {
    return detail::built(write_sts_record(record), record, check_sts_record);
}

/// Builds an `_smtp._tls` record (RFC 8460 3) with these addresses, given as URIs in which ",", "!" and ";" need not be
/// encoded. Publish it only if `publishable()`.
/// Example: `mtasts::build_tlsrpt_record(tlsrpt.value).publishable()`
inline owned<tlsrpt_record> build_tlsrpt_record(tlsrpt_record const& record) {
    // Percent-encoding does not make it unfaithful: the comparison is with the encoded addresses.
    tlsrpt_record encoded{{}, record.extensions};
    std::vector<std::string> texts;
    texts.reserve(record.rua.size());
    for (auto const& uri : record.rua) {
        texts.push_back(write_tlsrpt_uri(uri));
        encoded.rua.push_back(parse_tlsrpt_uri(texts.back()).value);
    }
    return detail::built(write_tlsrpt_record(encoded), encoded, check_tlsrpt_record);
}

namespace detail {

/// Checks a report that is to be sent. Some of what readers accept with a warning still violates RFC 8460 4.4, 4.5:
/// such a warning is joined by the finding report-forbidden.
/// Example: `!mtasts::detail::check_outgoing_report("{}").usable()`
inline checked<tlsrpt_report> check_outgoing_report(kept_text text, report_options const& options = {}) {
    constexpr std::array forbidden{code::report_mx_host_without_sts, code::report_tlsa_record, code::report_tlsa_owner,
                                   code::report_uri_syntax, code::report_range_backwards};
    auto result = check_tlsrpt_report(text, options);
    auto const warnings = result.findings;
    for (auto const& said : warnings)
        if (std::find(forbidden.begin(), forbidden.end(), said.code) != forbidden.end())
            result.findings.push_back({code::report_forbidden, said.where});
    sort_by_place(result.findings);
    return result;
}

}  // namespace detail

/// Builds a report (RFC 8460 4.4), with the U-labels of its names as A-labels. Send it only if `publishable()`; its
/// file name and subject are made by tlsrpt_report_filename and tlsrpt_report_subject.
/// Example: `!mtasts::build_tlsrpt_report(mtasts::tlsrpt_report{}).publishable()`
inline owned<tlsrpt_report> build_tlsrpt_report(tlsrpt_report const& report) {
    std::list<std::string> names;
    auto const ascii = detail::with_a_labels(report, names);
    return detail::built(write_tlsrpt_report(ascii), ascii, detail::check_outgoing_report, code::report_unwritable);
}

}  // namespace mtasts
