// SPDX-License-Identifier: BSL-1.0
/// Promises about sending reports, for any octets as the address and the octets of a report, a line each:
///   1. a report is tried for a day and no longer, after delays that do not shrink, except the last (RFC 8460 5.5);
///   2. it is mailed or posted to its URI, and to no URI that cannot take reports (RFC 8460 5.3, 5.4).
#include <algorithm>

#include <mtasts/parse/tlsrpt_uri.hpp>
#include <mtasts/report/send/delivery.hpp>

#include "promises.hpp"

namespace {

void keep_promise_of_tries(std::chrono::sys_seconds first) {
    std::chrono::seconds pause{0};
    auto last = first;
    for (unsigned failures = 1; auto const next = mtasts::next_report_try(first, failures); ++failures) {
        bool const final = !mtasts::next_report_try(first, failures + 1);
        keep_promise(failures < 100 && (*next - last >= pause || final), "delays do not shrink");
        keep_promise(*next <= first + std::chrono::days(1) && final == (*next == first + std::chrono::days(1)),
                     "a report is tried for a day");
        pause = *next - std::exchange(last, *next);
    }
    keep_promise(last > first, "a report is tried again");
}

void keep_promise_of_address(std::string_view text, std::string_view octets) {
    auto const parsed = mtasts::parse_tlsrpt_uri(text);
    auto const mailed = mtasts::mailto_address(parsed.value);
    auto const posted = mtasts::report_post_to(parsed.value, octets);
    bool const goes = parsed.value.deliverable;
    auto const decoded = mtasts::text::percent_decoded(parsed.value.target);
    keep_promise(!mailed || std::equal(mailed->begin(), mailed->end(), decoded.begin(), decoded.end()),
                 "a report is mailed to the address of its URI");
    bool const gzip = octets.starts_with("\x1F\x8B");
    keep_promise(!posted ||
                     (posted->url == text && posted->body == octets && posted->content_type.ends_with("gzip") == gzip),
                 "a report is posted to its URI");
    keep_promise(mailed.has_value() == (goes && parsed.value.scheme == mtasts::rua_scheme::mailto) &&
                     posted.has_value() == (goes && parsed.value.scheme == mtasts::rua_scheme::https),
                 "a report goes where it can");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy input(data, size);
    auto const address = take_part(input.text, '\n');
    keep_promise_of_address(address, input.text);
    auto const pause = mtasts::report_pause(size * 7919);
    keep_promise(0 < pause.count() && pause <= std::chrono::hours(4), "a report is delayed by at most four hours");
    keep_promise_of_tries(std::chrono::sys_seconds(pause));
    keep_promise(mtasts::report_post::delivered(static_cast<int>(size)) == (size / 100 == 2),
                 "status 2xx is delivered");
    return 0;
}
