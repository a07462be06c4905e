// SPDX-License-Identifier: BSL-1.0
/// Promises of judging a mail that arrived with a report (RFC 8460 3, 5.3), for any octets as its fields, separated by
/// unit separators (%x1F), and as its signatures, after record separators (%x1E):
///   1. it may be read if, and only if, a part can be a report and the report is signed by its reporter;
///   2. no fault is reported twice, and each has its own text;
///   3. a parameter that was put into a Content-Type is found there, and no other;
///   4. a report is signed by its reporter if, and only if, a valid signature without "l=" is by the domain that the
///      report counts for, or one above it within its organization, and the mail says that this domain submits it;
///   5. the order of signatures does not matter, and one more never makes a signed report unsigned.
#include <algorithm>
#include <set>
#include <string>

#include <mtasts/report/receive/arrived_mail.hpp>
#include <mtasts/report/receive/contribution.hpp>

#include "origin.hpp"

namespace {

using mtasts::report_origin;

void keep_promise_of_parameter(std::string_view value) {
    if (value.find_first_of("\"\\") != value.npos) return;
    auto const type = "a/b; other=1;NAME=\"" + std::string(value) + "\";name=2";
    keep_promise(mtasts::detail::mime_parameter(type, "name") == value, "a parameter is found");
    keep_promise(!mtasts::detail::mime_parameter(type, "nam"), "what is not there is not found");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy input(data, size);
    auto const mail = mail_of(take_part(input.text, '\x1E'));
    auto signatures = signatures_of(input.text);
    auto const [origin, faults] = mtasts::judge_report_mail(mail, signatures);
    bool const by_reporter = origin == report_origin::signed_by_reporter;
    keep_promise(std::none_of(faults.begin(), faults.end(), mtasts::detail::forbids_reading) ==
                     (has_report(mail) && by_reporter),
                 "it may be read if a part is a report that its reporter signed");
    std::set<std::string_view> texts;
    for (auto const fault : faults)
        keep_promise(texts.insert(mtasts::to_text(fault)).second, "no fault is reported twice");
    keep_promise_of_parameter(mail.content_type);
    mtasts::tlsrpt_report report;
    report.contact_info = mail.contact_info;
    auto const counted = mtasts::identity_of(report, origin);
    keep_promise(counted.origin == origin, "a report has the origin that its signatures give");
    keep_promise(by_reporter == signed_label_by_label(counted.reporter, mail, signatures),
                 "a report is its reporter's if its domain, or one above, signed it");
    std::reverse(signatures.begin(), signatures.end());
    auto const again = mtasts::judge_report_mail(mail, signatures);
    keep_promise(again.origin == origin && again.faults == faults, "the order of signatures does not matter");
    if (!signatures.empty()) signatures.pop_back();
    keep_promise(by_reporter || mtasts::judge_report_mail(mail, signatures).origin != report_origin::signed_by_reporter,
                 "with one signature more a report stays its reporter's");
    return 0;
}
