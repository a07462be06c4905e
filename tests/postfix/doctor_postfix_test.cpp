// SPDX-License-Identifier: BSL-1.0
/// What Postfix says about itself.
#include <map>
#include <string>

#include <catch2/catch.hpp>

#include "doctor.hpp"

namespace {

using socketmap::at_least;
using socketmap::read_postconf;

TEST_CASE("The output of postconf is read line by line") {
    auto const read =
        read_postconf("a = b = c\npostconf: warning: x: unknown parameter\nempty =\nmail_version = 3.10.5\n");
    CHECK(read == std::map<std::string, std::string>{{"a", "b = c"}, {"empty", ""}, {"mail_version", "3.10.5"}});
}

TEST_CASE("Versions are compared number by number") {
    CHECK(at_least("3.10", "3.10"));
    CHECK(at_least("3.10.5", "3.10"));
    CHECK(at_least("3.11-20250101", "3.10"));
    CHECK(at_least("4.0", "3.10"));
    CHECK_FALSE(at_least("3.7.11", "3.10"));
    CHECK_FALSE(at_least("3.9", "3.10"));
    CHECK_FALSE(at_least("", "3.10"));
    CHECK_FALSE(at_least("x", "3.10"));
}

}  // namespace
