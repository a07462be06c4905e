// SPDX-License-Identifier: BSL-1.0
/// write_mail json: a report as JSON. write_mail mail NAME: the mail with the standard input as its report.
#include <chrono>
#include <cstdio>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

#include <mtasts/report/send/mail.hpp>
#include <mtasts/report/send/tally.hpp>
#include <mtasts/write/tlsrpt_report.hpp>

namespace {

constexpr std::chrono::sys_days day = std::chrono::year(2016) / 4 / 1;

/// A name as long as names may be.
std::string long_domain() {
    std::string domain;
    for (char const c : {'a', 'b', 'c'}) domain += std::string(63, c) + '.';
    return domain + std::string(53, 'd') + ".example";
}

}  // namespace

int main(int argc, char** argv) {
    std::string_view const wanted = argc > 1 ? argv[1] : "", name = argc > 2 ? argv[2] : "";
    std::string const domain = name == "long" ? long_domain() : "B\u00FCcher.example";
    mtasts::session_tally tally;
    mtasts::session_tally::session entry;
    entry.domain = domain;
    entry.policy.type = mtasts::tlsrpt_policy_type::no_policy_found;
    tally.add(entry, day);
    auto const finished = tally.take_finished(day + std::chrono::days(1));
    mtasts::reporter const company{"Company-X", "tls@" + (name == "long" ? long_domain() : "company-x.example")};
    auto const id = mtasts::make_report_id(finished.front(), company);
    auto const report = finished.front().report(company, id);
    if (wanted == "json") {
        std::cout << mtasts::write_tlsrpt_report(report);
        return 0;
    }
    std::string const octets(std::istreambuf_iterator<char>(std::cin), {});
    mtasts::report_mail mail;
    mail.to = name == "quoted" ? "a,\"b\\ c@example.net" : "reports@example.net";
    mail.date = day + std::chrono::hours(33);
    mail.octets = octets;
    if (name == "text") mail.text = "Grüße\nfrom a text that is not ASCII\n";
    if (name == "text" || name == "boundary") mail.tls_not_required = false;
    std::string const hostile = "--=_" + mtasts::text::half_digest(id) + "--\nmore\n";
    if (name == "boundary") mail.text = hostile;
    auto const written = mtasts::write_report_mail(report, domain, mail);
    if (!written) return 1;
    std::cout << *written;
}
