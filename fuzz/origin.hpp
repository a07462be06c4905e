// SPDX-License-Identifier: BSL-1.0
/// Arrived mail from fuzzer input, and an independent check of who signed its report, label by label.
#pragma once
#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <mtasts/name/a_labels.hpp>
#include <mtasts/report/receive/arrived_mail.hpp>

#include "labels.hpp"

inline std::string lowered(std::string_view text) {
    std::string low(text);
    for (char& c : low) c = static_cast<char>('A' <= c && c <= 'Z' ? c + 32 : c);
    return low;
}

inline bool has_report(mtasts::arrived_mail const& mail) {
    std::set<std::string> const types{"application/tlsrpt+gzip", "application/tlsrpt+json", "application/gzip",
                                      "application/x-gzip",      "application/json",        "application/octet-stream"};
    return std::any_of(mail.parts.begin(), mail.parts.end(),
                       [&](std::string_view type) { return types.count(lowered(type)) != 0; });
}

inline mtasts::arrived_mail mail_of(std::string_view text) {
    auto const part = [&] { return take_part(text, '\x1F'); };
    mtasts::arrived_mail mail{part(), parts_of(part(), ','), part(), part(), part(), part(), {}};
    if (!text.empty()) mail.organizational_domain = text;
    return mail;
}

/// The first octet of each signature decides its result, whether there is an "l=", and whether the key names services.
inline std::vector<mtasts::dkim_signature> signatures_of(std::string_view text) {
    std::vector<mtasts::dkim_signature> signatures;
    for (auto each : parts_of(text, '\x1E')) {
        auto const told = take_choice(each, 12);
        auto const domain = take_part(each, '\x1F');
        auto& signature = signatures.emplace_back();
        signature.result = static_cast<mtasts::dkim_signature::verification>(told % 3);
        signature.domain = domain;
        signature.length_limited = told / 3 % 2 != 0;
        signature.fields = parts_of(take_part(each, '\x1F'), ',');
        if (told >= 6) signature.services = each;
    }
    return signatures;
}

/// The A-labels of a name, starting at the root; none if it is not a DNS name.
inline std::vector<std::string> path_of(std::string_view name) {
    auto const ascii = mtasts::to_a_labels(name);
    if (!ascii) return {};
    auto labels = labels_of(ascii->view());
    if (labels.size() > 1 && labels.back().empty()) labels.pop_back();
    if (!is_name(labels)) return {};
    std::reverse(labels.begin(), labels.end());
    return labels;
}

inline bool leads_to(std::vector<std::string> const& path, std::vector<std::string> const& further) {
    return !path.empty() && path.size() <= further.size() && std::equal(path.begin(), path.end(), further.begin());
}

/// Whether a signature is by the domain that a report counts for, or by one above it inside the organization,
/// and that domain submits it.
inline bool signed_label_by_label(std::string_view reporter, mtasts::arrived_mail const& mail,
                                  std::vector<mtasts::dkim_signature> const& signatures) {
    auto const contact = path_of(reporter), top = path_of(mail.organizational_domain.value_or(""));
    if (path_of(mail.report_submitter) != contact) return false;
    return std::any_of(signatures.begin(), signatures.end(), [&](mtasts::dkim_signature const& signature) {
        auto const by = path_of(signature.domain);
        return signature.result == mtasts::dkim_signature::verification::success && !signature.length_limited &&
               leads_to(by, contact) && (by == contact || leads_to(top, by));
    });
}
