// SPDX-License-Identifier: BSL-1.0
/// Matchers for GoogleTest: `EXPECT_THAT(text, IsUsablePolicy())`. A failure shows the diagnosis with caret.
///
/// Texts are std::string, std::string_view or literals.
#pragma once
#include <gmock/gmock.h>

#include <ostream>
#include <string>
#include <string_view>
#include <utility>

#include <mtasts/testing/verdict.hpp>

namespace mtasts::gtest {

/// A demand as a matcher of GoogleTest.
class text_matcher {
  public:
    using is_gtest_matcher = void;

    explicit text_matcher(testing_support::demand demanded) : demanded_(std::move(demanded)) {}

    bool MatchAndExplain(std::string_view text, std::ostream* out) const {
        auto const [holds, diagnosis] = demanded_.judge(text);
        if (out != nullptr) *out << "of which there is to say:\n" << diagnosis;
        return holds;
    }
    void DescribeTo(std::ostream* out) const { *out << demanded_.words; }
    void DescribeNegationTo(std::ostream* out) const { *out << "not: " << demanded_.words; }

  private:
    testing_support::demand demanded_;
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

}  // namespace mtasts::gtest
