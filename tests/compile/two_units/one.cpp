// SPDX-License-Identifier: BSL-1.0
#include <mtasts.hpp>
#include <mtasts/grammar/reading/abnf.hpp>
#include <mtasts/grammar/reading/generate.hpp>
#include <mtasts/report.hpp>
#include <mtasts/write/json_schema.hpp>

bool usable_elsewhere(std::string_view record);

int main() {
    constexpr std::string_view record = "v=STSv1; id=1";
    return mtasts::parse_sts_record(record).usable() && usable_elsewhere(record) ? 0 : 1;
}
