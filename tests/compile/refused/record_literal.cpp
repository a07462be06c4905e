// SPDX-License-Identifier: BSL-1.0
// expect: not_usable_because<mtasts::code::record_id_characters, 1, 17>
#include <mtasts/literals.hpp>

using namespace mtasts::literals;

// RFC 8461 3.1: sts-id has only letters and digits.
constexpr auto record = "v=STSv1; id=2026-08-31;"_sts_record;
