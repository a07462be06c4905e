// SPDX-License-Identifier: BSL-1.0
/// A directory for one test, which is removed with it.
#pragma once
#include <cstdlib>
#include <filesystem>
#include <string>

#include <catch2/catch.hpp>

struct scratch {
    scratch() {
        auto pattern = (std::filesystem::temp_directory_path() / "mtasts-test.").string() + std::string(6, 'X');
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        path = pattern;
    }
    ~scratch() { std::filesystem::remove_all(path); }
    scratch(scratch const&) = delete;
    scratch& operator=(scratch const&) = delete;
    std::string file() const { return path / "policies.sqlite"; }

    std::filesystem::path path;
};
