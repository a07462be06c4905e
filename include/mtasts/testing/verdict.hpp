// SPDX-License-Identifier: BSL-1.0
/// The checks behind the matchers for unit tests; the adapters beside this header fit them to a test framework.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include <mtasts/check.hpp>
#include <mtasts/decide/mx_match.hpp>
#include <mtasts/lint/cross.hpp>
#include <mtasts/name/canonical.hpp>
#include <mtasts/render/escape.hpp>
#include <mtasts/render/human.hpp>
#include <mtasts/text/ascii.hpp>

namespace mtasts::testing_support {

/// Whether a text is what a test asks for, and all findings about it, rendered for people.
struct verdict {
    bool holds = false;
    std::string diagnosis;
};

/// A demand of a test on a text: the words for it ("is a usable policy"), and the judgement.
struct demand {
    std::string words;
    std::function<verdict(std::string_view text)> judge;
};

/// Asks `holds` about a checked text, and renders the findings.
template <class T, class Holds>
verdict judged(checked<T> const& result, Holds holds) {
    auto diagnosis = render_human(result);
    return {holds(result), diagnosis.empty() ? "no findings\n" : std::move(diagnosis)};
}

/// The same for a text that begins as a record or a report does; any other is taken for a policy.
template <class Holds>
verdict judged_by_its_beginning(std::string_view text, Holds holds) {
    if (text::starts_ignoring_case(text, "v=TLSRPT")) return judged(check_tlsrpt_record(text), holds);
    if (text::starts_ignoring_case(text, "v=STS")) return judged(check_sts_record(text), holds);
    if (text.starts_with('{')) return judged(check_tlsrpt_report(text), holds);
    return judged(check_sts_policy(text), holds);
}

/// `check` makes a checked text of a view.
template <class Check>
demand usable(std::string words, Check check) {
    auto const is_usable = [](auto const& result) { return result.usable(); };
    return {std::move(words), [=](std::string_view text) { return judged(check(text), is_usable); }};
}

/// Not constexpr, so that the compiler's message names it.
inline void no_finding_has_this_slug() {}

/// A code, or the slug of one. An unknown slug does not compile.
struct known_slug {
    mtasts::code code;

    consteval known_slug(char const* slug) : code(code_of(slug)) {}
    constexpr known_slug(mtasts::code known) : code(known) {}

  private:
    static constexpr mtasts::code code_of(std::string_view slug) {
        auto const* const row = find_meaning(slug);
        if (row == nullptr) no_finding_has_this_slug();
        return row->code;
    }
};

inline demand is_usable_policy() {
    return usable("is a usable MTA-STS policy", [](std::string_view text) { return check_sts_policy(text); });
}
inline demand is_usable_record() {
    return usable("is a usable _mta-sts record", [](std::string_view text) { return check_sts_record(text); });
}
inline demand is_usable_tlsrpt_record() {
    return usable("is a usable _smtp._tls record", [](std::string_view text) { return check_tlsrpt_record(text); });
}
inline demand is_valid_report() {
    return usable("is a valid TLS-RPT report", [](std::string_view text) { return check_tlsrpt_report(text); });
}

/// Notes are allowed: they are about what is legal and reasonable.
inline demand lints_clean() {
    auto const is_clean = [](auto const& result) { return !any_at_least(result.findings, severity::warning); };
    return {"lints clean", [=](std::string_view text) { return judged_by_its_beginning(text, is_clean); }};
}

inline demand has_finding(known_slug slug) {
    auto const has_it = [what = slug.code](auto const& result) { return result.has(what); };
    return {"has the finding " + std::string(meaning_of(slug.code).slug),
            [=](std::string_view text) { return judged_by_its_beginning(text, has_it); }};
}

/// RFC 8461 4.1: why an mx pattern does not cover a host.
inline std::string_view why_not_covered(mx_pattern pattern, std::string_view host) {
    if (!pattern.wildcard()) return "is another name";
    if (detail::same_domain(pattern.domain(), host)) return "stands for names with one label more";
    if (host.ends_with('.')) host.remove_suffix(1);
    return detail::is_wildcard_above(pattern, host) ? "stands for names with one label more, not with several"
                                                    : "is of another domain";
}

/// RFC 8461 4.1: the policy is usable and covers the host, whatever its mode.
inline demand allows_mx(std::string host) {
    auto words = "is a usable policy that covers " + visible(host);
    return {std::move(words), [host = std::move(host)](std::string_view text) {
                auto const policy = check_sts_policy(text);
                auto said = judged(
                    policy, [&](auto const& result) { return result.usable() && mx_matches(result.value, host); });
                if (said.holds || !policy.usable()) return said;
                if (policy.value.mx.empty()) said.diagnosis += "the policy has no mx\n";
                for (auto const pattern : policy.value.mx)
                    said.diagnosis +=
                        "mx: " + visible(pattern.text) + " " + std::string(why_not_covered(pattern, host)) + "\n";
                return said;
            }};
}

}  // namespace mtasts::testing_support
