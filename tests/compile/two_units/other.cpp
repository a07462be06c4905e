// SPDX-License-Identifier: BSL-1.0
#include <mtasts.hpp>

bool usable_elsewhere(std::string_view record);
bool usable_elsewhere(std::string_view record) { return mtasts::parse_sts_record(record).usable(); }
