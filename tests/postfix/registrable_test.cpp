// SPDX-License-Identifier: BSL-1.0
/// The public suffix list: the registrable domain of a name.
#include <array>
#include <string_view>

#include <catch2/catch.hpp>

#include "registrable.hpp"

namespace {

struct row {
    std::string_view name, registered;
};

constexpr auto rows = std::to_array<row>({
    {"example.com", "example.com"},
    {"mta-sts.mail.Example.COM", "example.com"},
    {"a.b.example.co.uk", "example.co.uk"},
    {"example.co.uk", "example.co.uk"},
    // Suffixes run by a company rather than a registry.
    {"a.somebody.github.io", "somebody.github.io"},
    {"mail.xn--bcher-kva.de", "xn--bcher-kva.de"},
    // Unknown suffixes.
    {"n1.wild.example", "wild.example"},
    {"example", "example"},
    // Public suffixes themselves.
    {"co.uk", "co.uk"},
    {"com", "com"},
    {"", ""},
});

TEST_CASE("Public suffix list: a name belongs to its registrable domain") {
    for (auto const& row : rows) {
        CAPTURE(row.name);
        CHECK(socketmap::registrable_domain(row.name) == row.registered);
    }
}

}  // namespace
