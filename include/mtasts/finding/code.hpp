// SPDX-License-Identifier: BSL-1.0
/// The codes of all findings, from the rows of findings.def.
#pragma once
#include <cstdint>

#include <mtasts/requirements.hpp>

namespace mtasts {

/// The codes of findings; findings.def has the words.
enum class code : std::uint16_t {
#define FINDING(name, ...) name,
#include <mtasts/finding/findings.def>
#undef FINDING
};

}  // namespace mtasts
