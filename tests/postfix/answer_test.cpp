// SPDX-License-Identifier: BSL-1.0
/// What Postfix is told: never an empty "match=", and no brace or control character from a policy.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>
#include <mtasts/text/ascii.hpp>

#include "answer.hpp"

namespace {

using socketmap::secure_answer;

mtasts::sts_policy policy_of(std::vector<std::string_view> const& patterns) {
    mtasts::sts_policy policy;
    policy.mode = mtasts::policy_mode::enforce;
    policy.max_age = std::chrono::seconds(86400);
    for (auto const pattern : patterns) policy.mx.push_back({pattern});
    return policy;
}

struct row {
    std::vector<std::string_view> patterns;
    /// The value of match=; empty if mail has to wait.
    std::string_view match;
};

TEST_CASE("RFC 8461 4.1: mx patterns are written in the form of Postfix") {
    std::vector<row> const rows = {
        {{"mail.example.com"}, "mail.example.com"},
        {{"*.example.com"}, ".example.com"},
        {{"Mail.Example.COM", "*.EXAMPLE.net"}, "mail.example.com:.example.net"},
        {{"a.example", "A.example", "*.b.example", "*.b.example"}, "a.example:.b.example"},
        // A pattern that no name of an MX host can match is left out.
        {{"192.0.2.1", "mail.example.com"}, "mail.example.com"},
        {{"192.0.2.1"}, ""},
        {{"*.2.1"}, ""},
        {{}, ""},
        {{""}, ""},
        {{"*."}, ""},
        {{"*"}, ""},
        {{"a:b.example"}, ""},
        {{"a b.example"}, ""},
        {{"a}.example"}, ""},
        {{"a\n.example"}, ""},
        {{"*.*.example"}, ""},
    };
    for (auto const& row : rows) {
        CAPTURE(row.patterns);
        auto const answer = secure_answer("example.com", policy_of(row.patterns), "", false);
        if (row.match.empty()) CHECK(answer.starts_with("TEMP "));
        else CHECK(answer == "OK secure match=" + std::string(row.match) + " servername=hostname");
    }
}

TEST_CASE("Postfix >= 3.10 is sent the policy, without lines that could end an attribute") {
    auto const policy = policy_of({"mail.example.com", "a}b.example"});
    std::string_view const text =
        "version: STSv1\r\nmode: enforce\nmx: mail.example.com\nx-a: } policy_type=dane {\nx-b: \x01\nx-c: \u00E4\n"
        "x-d: fine\n\n";
    CHECK(
        secure_answer("example.com", policy, text, true) ==
        "OK secure match=mail.example.com servername=hostname policy_type=sts policy_domain=example.com "
        "policy_ttl=86400 mx_host_pattern=mail.example.com { policy_string = version: STSv1 } { policy_string = mode: "
        "enforce } { policy_string = mx: mail.example.com } { policy_string = x-d: fine }");
}

TEST_CASE("An answer is never longer than Postfix accepts") {
    std::vector<std::string> names;
    for (int i = 0; i != 20000; ++i) names.push_back("mx" + std::to_string(i) + ".example.com");
    auto const policy = policy_of({names.begin(), names.end()});
    auto const answer = secure_answer("example.com", policy, "", true);
    CHECK(answer.size() <= socketmap::longest_answer);
    CHECK(answer.starts_with("OK secure match=mx0.example.com:mx1.example.com:"));
    CHECK(answer.ends_with(".example.com servername=hostname"));
    CHECK(answer.find("policy_type") == answer.npos);
}

TEST_CASE("Reasons are short, and have no control characters") {
    CHECK(socketmap::temporary("no answer") == "TEMP no answer");
    CHECK(socketmap::permanent("a\nb\x01\xFF") == "PERM a?b??");
    CHECK(socketmap::temporary(std::string(1000, 'x')).size() < 250);
}

}  // namespace
