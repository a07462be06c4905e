// SPDX-License-Identifier: BSL-1.0
/// UTS #46: every code point is mapped as Postfix maps it, by ICU and by Postfix's own library.
#include <cctype>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <dlfcn.h>
#include <fcntl.h>
#include <unicode/uidna.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "policy_domain.hpp"

namespace {

using socketmap::next_hop;
using oracle = std::function<std::optional<std::string>(std::string const&)>;

/// UTF-8, of surrogates too.
std::string utf8(std::uint32_t point) {
    auto const tail = [&](unsigned shift) { return static_cast<char>(0x80U | ((point >> shift) & 0x3FU)); };
    if (point < 0x800) return {static_cast<char>(0xC0U | point >> 6U), tail(0)};
    if (point < 0x10000) return {static_cast<char>(0xE0U | point >> 12U), tail(6), tail(0)};
    return {static_cast<char>(0xF0U | point >> 18U), tail(12), tail(6), tail(0)};
}

/// valid_hostname(3) of Postfix.
bool is_valid_hostname(std::string const& name) {
    bool numeric = true;
    std::size_t label = 0;
    for (std::size_t i = 0; i != name.size(); ++i) {
        auto const c = name[i];
        bool const ends = i + 1 == name.size() || name[i + 1] == '.';
        if (c == '.') {
            if (label == 0 || i + 1 == name.size()) return false;
            label = 0;
            continue;
        }
        bool const word = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
        if ((!word && c != '-') || (c == '-' && (label == 0 || ends)) || ++label > 63) return false;
        numeric = numeric && (c == '-' || std::isdigit(static_cast<unsigned char>(c)) != 0);
    }
    return !name.empty() && name.size() <= 255 && !numeric;
}

/// How midna_domain(3) of Postfix calls ICU.
oracle icu(std::uint32_t options) {
    auto error = U_ZERO_ERROR;
    std::shared_ptr<UIDNA> const opened(uidna_openUTS46(options, &error), uidna_close);
    REQUIRE(U_SUCCESS(error));
    return [opened](std::string const& name) -> std::optional<std::string> {
        std::string ascii(1023, '\0');
        UIDNAInfo info = UIDNA_INFO_INITIALIZER;
        auto failed = U_ZERO_ERROR;
        auto const size = uidna_nameToASCII_UTF8(opened.get(), name.data(), static_cast<int>(name.size()), ascii.data(),
                                                 static_cast<int>(ascii.size()), &info, &failed);
        if (U_FAILURE(failed) || info.errors != 0 || size <= 0) return std::nullopt;
        ascii.resize(static_cast<std::size_t>(size));
        return is_valid_hostname(ascii) ? std::optional(ascii) : std::nullopt;
    };
}

/// Every code point outside ASCII: within a label, as a label, and in place of a dot.
void each_name(std::function<void(std::string const&)> const& visit) {
    for (std::uint32_t point = 0x80; point <= 0x10FFFF; ++point) {
        auto const text = utf8(point);
        for (auto const& name : {"a" + text + "b.example", text + ".example", "cached" + text + "example"}) visit(name);
    }
}

/// The number of names that are mapped differently from the oracle.
struct walk {
    int mapped = 0, refused = 0, otherwise = 0;
    std::string first = {};

    walk(bool transitional, oracle const& as_postfix) {
        each_name([&](std::string const& name) {
            compare(name, socketmap::next_hop_of(name, transitional), as_postfix(name));
        });
    }

    void compare(std::string const& name, next_hop const& found, std::optional<std::string> const& wanted) {
        ++(wanted ? mapped : refused);
        // A single-label domain has no policy.
        bool const domain = wanted && wanted->find('.') != std::string::npos;
        auto const what = domain   ? next_hop::kind::policy_domain
                          : wanted ? next_hop::kind::no_policy_domain
                                   : next_hop::kind::not_understood;
        if (found == next_hop{what, domain ? *wanted : ""}) return;
        if (++otherwise == 1) first = name + " is " + found.domain + ", not " + wanted.value_or("refused");
    }
};

void agrees(walk const& all) {
    CAPTURE(all.first);
    CHECK(all.otherwise == 0);
    CHECK(all.mapped > 300'000);
    CHECK(all.refused > 2'000'000);
}

TEST_CASE("UTS #46: a name with any code point is the policy domain ICU maps it to, or is not understood") {
    agrees(walk(false, icu(UIDNA_NONTRANSITIONAL_TO_ASCII)));
    agrees(walk(true, icu(UIDNA_DEFAULT)));
}

TEST_CASE("midna_domain(3): a name with any code point is the policy domain Postfix maps it to, or is not understood") {
    auto* const library = dlopen("/usr/lib/postfix/libpostfix-util.so", RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        std::printf("SKIPPED: Postfix's own mapping: %s\n", dlerror());
        return;
    }
    auto* const to_ascii = reinterpret_cast<char const* (*)(char const*)>(dlsym(library, "midna_domain_to_ascii"));
    auto* const transitional = static_cast<int*>(dlsym(library, "midna_domain_transitional"));
    REQUIRE((to_ascii != nullptr && transitional != nullptr));
    oracle const as_postfix = [&](std::string const& name) {
        auto const* const ascii = to_ascii(name.c_str());
        return ascii == nullptr ? std::nullopt : std::optional<std::string>(ascii);
    };
    // It warns about each name that it rejects.
    std::fflush(stderr);
    int const kept = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    dup2(nowhere, STDERR_FILENO);
    *transitional = 0;
    walk const by_default(false, as_postfix);
    *transitional = 1;
    auto const compatible = as_postfix("fa\u00DF.example");
    dup2(kept, STDERR_FILENO);
    close(kept);
    close(nowhere);
    agrees(by_default);
    CHECK(compatible == socketmap::policy_domain_of("fa\u00DF.example", true));
}

}  // namespace
