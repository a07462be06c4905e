// SPDX-License-Identifier: BSL-1.0
#include "registrable.hpp"

#include <algorithm>
#include <memory>

#include <libpsl.h>
#include <mtasts/text/ascii.hpp>

namespace socketmap {
namespace {

/// The installed list, or the one built into libpsl; read once.
psl_ctx_t const* public_suffixes() {
    static std::unique_ptr<psl_ctx_t, void (*)(psl_ctx_t*)> const list(psl_latest(nullptr), psl_free);
    return list.get();
}

std::string last_two_labels(std::string const& name) {
    auto const dot = name.rfind('.');
    if (dot == name.npos || dot == 0) return name;
    auto const before = name.rfind('.', dot - 1);
    return before == name.npos ? name : name.substr(before + 1);
}

}  // namespace

std::string registrable_domain(std::string_view given) {
    std::string name(given);
    std::transform(name.begin(), name.end(), name.begin(), [](char c) { return mtasts::text::lower(c); });
    auto const* const list = public_suffixes();
    if (list == nullptr) return last_two_labels(name);
    // For a suffix that is not in the list, libpsl takes the last label.
    auto const* const found = psl_registrable_domain(list, name.c_str());
    return found != nullptr ? found : name;
}

}  // namespace socketmap
