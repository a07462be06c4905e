// SPDX-License-Identifier: BSL-1.0
/// Promises of the names under which a report is sent (RFC 8460 5.1, 5.3), for any octets: the first line is a file
/// name, the second a policy domain, and the rest the report:
///   1. findings about the file name lie inside it;
///   2. a file name that is made for a report is usable, agrees with the report, and has no findings;
///   3. a subject that is made for a report is usable;
///   4. a report that may be sent is usable, and reads as the report with its names in A-labels.
#include <mtasts/build.hpp>
#include <mtasts/lint/report_filename.hpp>
#include <mtasts/write/tlsrpt_report_name.hpp>

#include "custom_mutator.hpp"
#include "promises.hpp"

namespace {

mtasts::findings findings_about(std::string_view name, mtasts::tlsrpt_report const& report, bool gzip,
                                mtasts::range_text const& times) {
    mtasts::findings found;
    mtasts::lint_report_filename(name, report, times, found);
    mtasts::lint_report_extension(name, gzip, found);
    for (auto const& f : found) keep_promise(f.where.end() <= name.size(), "findings lie inside the name");
    return found;
}

void keep_promises_of_names(mtasts::tlsrpt_report const& report, std::string_view domain, bool gzip) {
    mtasts::range_text const times(report.date_range);
    if (auto const name = mtasts::tlsrpt_report_filename(report, domain, gzip)) {
        auto const read = mtasts::parse_report_filename(*name);
        keep_promise(read.usable() && read.value.gzip == gzip, "a file name that is made is usable");
        for (auto const& f : findings_about(*name, report, gzip, times))
            // The report may well be about other policy domains.
            keep_promise(f.code == mtasts::code::report_name_domain, "a file name says what its report says");
    }
    if (auto const subject = mtasts::tlsrpt_report_subject(report, domain))
        keep_promise(mtasts::parse_report_subject(*subject).usable(), "a subject that is made is usable");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy input(data, size);
    auto const name = take_part(input.text, '\n'), domain = take_part(input.text, '\n');
    auto const result = mtasts::parse_tlsrpt_report(input.text);
    auto const& report = result.value;
    bool const gzip = name.ends_with('z');
    findings_about(name, report, gzip, mtasts::range_text(report.date_range));
    keep_promises_of_names(report, domain, gzip);
    auto const built = mtasts::build_tlsrpt_report(report);
    keep_promise(!built.publishable() || built.usable(), "a report that may be sent is usable");
    std::list<std::string> names;
    if (built.publishable())
        keep_promise(built.value() == mtasts::detail::with_a_labels(report, names), "what is sent is what was given");
    return 0;
}
