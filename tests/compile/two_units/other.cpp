// SPDX-License-Identifier: BSL-1.0
#include <mtasts.hpp>
#include <mtasts/grammar/reading/abnf.hpp>
#include <mtasts/grammar/reading/generate.hpp>
#include <mtasts/report.hpp>
#include <mtasts/write/json_schema.hpp>

bool usable_elsewhere(std::string_view record);
bool usable_elsewhere(std::string_view record) { return mtasts::parse_sts_record(record).usable(); }
