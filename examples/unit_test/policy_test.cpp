// SPDX-License-Identifier: BSL-1.0
/// Tests of the policy that this repository publishes.
#if __has_include(<catch2/catch_test_macros.hpp>)
#include <catch2/catch_test_macros.hpp>
#endif
#include <mtasts/testing/catch2.hpp>

#include <fstream>
#include <iterator>
#include <string>

using namespace mtasts::catch2;

namespace {

std::string published_policy() {
    std::ifstream file(POLICY_FILE, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("The published policy is usable, with no warnings") {
    CHECK_THAT(published_policy(), IsUsablePolicy());
    CHECK_THAT(published_policy(), LintsClean());
}

TEST_CASE("The published policy covers every host that receives mail") {
    for (std::string const host : {"mail.example.com", "mx1.backup.example.com"})
        CHECK_THAT(published_policy(), AllowsMx(host));
}

TEST_CASE("The published policy covers nobody else's hosts") {
    CHECK_THAT(published_policy(), !AllowsMx("mail.example.net"));
}
