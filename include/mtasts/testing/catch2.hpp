// SPDX-License-Identifier: BSL-1.0
/// Matchers for Catch2, version 2 or 3: `CHECK_THAT(text, IsUsablePolicy())`. A failure shows the diagnosis with caret.
///
/// Texts are std::string, std::string_view or literals. Where Catch2's amalgamated header is used, it comes first.
#pragma once
#if defined(CATCH_VERSION_MAJOR) && CATCH_VERSION_MAJOR < 3
// Version 2, included as a whole.
#elif __has_include(<catch2/matchers/catch_matchers.hpp>)
#include <catch2/matchers/catch_matchers.hpp>
#elif !defined(CATCH_VERSION_MAJOR)
#include <catch2/catch.hpp>
#endif

#include <string>
#include <string_view>
#include <utility>

#include <mtasts/testing/verdict.hpp>

#if defined(CATCH_VERSION_MAJOR) && CATCH_VERSION_MAJOR < 3
namespace mtasts::catch2 {
using matcher_base = Catch::MatcherBase<std::string_view>;
}
#else
namespace mtasts::catch2 {
using matcher_base = Catch::Matchers::MatcherBase<std::string_view>;
}
#endif

namespace mtasts::catch2 {

/// A demand as a matcher; its description ends with what the last text was found to be.
class text_matcher : public matcher_base {
  public:
    explicit text_matcher(testing_support::demand demanded) : demanded_(std::move(demanded)) {}

    bool match(std::string_view const& text) const override {
        auto [holds, diagnosis] = demanded_.judge(text);
        diagnosis_ = std::move(diagnosis);
        // Catch2 caches the description, even across texts.
        m_cachedToString.clear();
        return holds;
    }
    std::string describe() const override { return demanded_.words + "\n" + diagnosis_; }

  private:
    testing_support::demand demanded_;
    mutable std::string diagnosis_;
};

/// RFC 8461 3.2.
inline text_matcher IsUsablePolicy() { return text_matcher(testing_support::is_usable_policy()); }
/// RFC 8461 3.1.
inline text_matcher IsUsableRecord() { return text_matcher(testing_support::is_usable_record()); }
/// RFC 8460 3.
inline text_matcher IsUsableTlsrptRecord() { return text_matcher(testing_support::is_usable_tlsrpt_record()); }
/// RFC 8460 4.4.
inline text_matcher IsValidReport() { return text_matcher(testing_support::is_valid_report()); }
/// No error and no warning; the text is a policy, or begins as a record or a report does.
inline text_matcher LintsClean() { return text_matcher(testing_support::lints_clean()); }
/// A finding by its slug, such as "policy-max-age-short"; an unknown slug does not compile.
inline text_matcher HasFinding(testing_support::known_slug slug) {
    return text_matcher(testing_support::has_finding(slug));
}
/// RFC 8461 4.1.
inline text_matcher AllowsMx(std::string host) { return text_matcher(testing_support::allows_mx(std::move(host))); }

}  // namespace mtasts::catch2
