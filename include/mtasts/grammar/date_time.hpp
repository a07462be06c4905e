// SPDX-License-Identifier: BSL-1.0
/// RFC 3339 5.6: date-time. Whether the day exists is not a matter of grammar (5.7).
#pragma once
#include <mtasts/grammar/abnf.hpp>

namespace mtasts::grammar {

// date-fullyear = 4DIGIT
inline constexpr auto date_fullyear = announce<"date-fullyear">(repeat(4)[DIGIT]);

// date-month = 2DIGIT
inline constexpr auto date_month = announce<"date-month">(repeat(2)[DIGIT]);

// date-mday = 2DIGIT
inline constexpr auto date_mday = announce<"date-mday">(repeat(2)[DIGIT]);

// time-hour = 2DIGIT
inline constexpr auto time_hour = announce<"time-hour">(repeat(2)[DIGIT]);

// time-minute = 2DIGIT
inline constexpr auto time_minute = announce<"time-minute">(repeat(2)[DIGIT]);

// time-second = 2DIGIT
inline constexpr auto time_second = announce<"time-second">(repeat(2)[DIGIT]);

// time-secfrac = "." 1*DIGIT
inline constexpr auto time_secfrac = rule<"time-secfrac">(lit('.') >> +DIGIT);

// time-numoffset = ("+" / "-") time-hour ":" time-minute
inline constexpr auto time_numoffset =
    announce<"time-numoffset">((lit('+') | lit('-')) >> repeat(2)[DIGIT] >> lit(':') >> repeat(2)[DIGIT]);

// time-offset = "Z" / time-numoffset
inline constexpr auto time_offset = rule<"time-offset">(any_case("Z") | time_numoffset);

// partial-time = time-hour ":" time-minute ":" time-second [time-secfrac]
inline constexpr auto partial_time =
    rule<"partial-time">(time_hour >> lit(':') >> time_minute >> lit(':') >> time_second >> -time_secfrac);

// full-date = date-fullyear "-" date-month "-" date-mday
inline constexpr auto full_date = rule<"full-date">(date_fullyear >> lit('-') >> date_month >> lit('-') >> date_mday);

// full-time = partial-time time-offset
inline constexpr auto full_time = rule<"full-time">(partial_time >> time_offset);

// date-time = full-date "T" full-time
inline constexpr auto date_time = rule<"date-time">(full_date >> any_case("T") >> full_time >> eoi);

}  // namespace mtasts::grammar
