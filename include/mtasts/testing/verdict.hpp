/// What the matchers for unit tests say of a text; the adapters beside this header make them fit a test framework.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include <mtasts/check.hpp>
#include <mtasts/decide/mx_match.hpp>
#include <mtasts/parse/json/pointer.hpp>
#include <mtasts/render/human.hpp>
#include <mtasts/text/ascii.hpp>

namespace mtasts::testing_support {

/// Whether a text is what a test asks for, and everything there is to say about it, rendered for people.
struct verdict {
    bool holds = false;
    std::string diagnosis;
};

/// What a test asks of a text: the words for it ("is a usable policy"), and the judgement.
struct demand {
    std::string words;
    std::function<verdict(std::string_view text)> judge;
};

/// A kind of text, and how it is checked.
template <class T>
struct kind_of_text {
    std::string_view name;
    parsed<T> (*check)(std::string_view text);
};
inline constexpr kind_of_text<sts_policy> policy_kind{"sts-policy", [](auto text) { return check_sts_policy(text); }};
inline constexpr kind_of_text<sts_record> record_kind{"sts-record", [](auto text) { return check_sts_record(text); }};
inline constexpr kind_of_text<tlsrpt_record> tlsrpt_record_kind{"tlsrpt-record",
                                                                [](auto text) { return check_tlsrpt_record(text); }};
inline constexpr kind_of_text<tlsrpt_report> report_kind{"tlsrpt-report",
                                                         [](auto text) { return check_tlsrpt_report(text); }};

/// Checks a text, asks `holds` about the outcome, and renders the findings.
template <class T, class Holds>
verdict judged(kind_of_text<T> kind, std::string_view text, Holds holds) {
    auto const result = kind.check(text);
    judgement shown{std::string(kind.name), std::string(kind.name), text, result.usable(), "", &result.findings};
    if constexpr (std::is_same_v<T, tlsrpt_report>) shown.pointers = json_pointers(text, result.findings);
    auto diagnosis = render_human(shown);
    return {holds(result), diagnosis.empty() ? "no findings\n" : std::move(diagnosis)};
}

/// The same of a text that begins as a record or a report does; any other is taken for a policy.
template <class Holds>
verdict judged_by_its_beginning(std::string_view text, Holds holds) {
    if (starts_ignoring_case(text, "v=TLSRPT")) return judged(tlsrpt_record_kind, text, holds);
    if (starts_ignoring_case(text, "v=STS")) return judged(record_kind, text, holds);
    if (text.starts_with('{')) return judged(report_kind, text, holds);
    return judged(policy_kind, text, holds);
}

template <class T>
demand usable(std::string words, kind_of_text<T> const& kind) {
    auto const is_usable = [](auto const& result) { return result.usable(); };
    return {std::move(words), [=](std::string_view text) { return judged(kind, text, is_usable); }};
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

inline demand is_usable_policy() { return usable("is a usable MTA-STS policy", policy_kind); }
inline demand is_usable_record() { return usable("is a usable _mta-sts record", record_kind); }
inline demand is_usable_tlsrpt_record() { return usable("is a usable _smtp._tls record", tlsrpt_record_kind); }
inline demand is_valid_report() { return usable("is a valid TLS-RPT report", report_kind); }

/// Notes are no reason to object: they tell of what is legal and wise.
inline demand lints_clean() {
    auto const is_clean = [](auto const& result) { return !any_at_least(result.findings, severity::warning); };
    return {"lints clean", [=](std::string_view text) { return judged_by_its_beginning(text, is_clean); }};
}

inline demand has_finding(known_slug slug) {
    auto const has_it = [what = slug.code](auto const& result) { return result.has(what); };
    return {fmt::format("has the finding {}", meaning_of(slug.code).slug),
            [=](std::string_view text) { return judged_by_its_beginning(text, has_it); }};
}

/// RFC 8461 4.1, and a policy that a sending MTA may apply at all; its mode plays no part.
inline demand allows_mx(std::string host) {
    auto words = fmt::format("is a usable policy that covers {}", visible(host));
    return {std::move(words), [host = std::move(host)](std::string_view text) {
                return judged(policy_kind, text, [&](parsed<sts_policy> const& policy) {
                    return policy.usable() && mx_matches(policy.value, host);
                });
            }};
}

}  // namespace mtasts::testing_support
