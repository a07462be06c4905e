// SPDX-License-Identifier: BSL-1.0
/// Promises about the hosts of a domain, for any names, one a line: the domain, a name in a certificate, and MX hosts, each
/// after an octet for its preference:
///   1. hosts are tried by preference, those of one preference in the order of DNS, and never "." (RFC 5321 5.1);
///   2. a certificate names a host label by label, and never an address (RFC 9525 6).
#include <mtasts/decide/identity.hpp>
#include <mtasts/decide/mx_plan.hpp>

#include "labels.hpp"

namespace {

void keep_promise_of_plan(std::string_view domain, std::vector<mtasts::mx_record> const& records) {
    std::vector<std::string_view> wanted;
    for (unsigned preference = 0; preference != 256; ++preference)
        for (auto const& record : records)
            if (record.preference == preference && record.host != "." && !record.host.empty())
                wanted.push_back(record.host);
    if (records.empty()) wanted.push_back(domain);
    auto const plan = mtasts::plan_mx(domain, records);
    keep_promise(plan.hosts == wanted, "hosts are tried by preference");
    keep_promise(plan.implicit == records.empty() && plan.refuses_mail() == wanted.empty(),
                 "a domain without hosts refuses mail");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy input(data, size);
    auto const domain = take_part(input.text, '\n'), dns_id = take_part(input.text, '\n');
    bool const address = dns_id.find_first_not_of("0123456789", dns_id.rfind('.') + 1) == dns_id.npos;
    std::vector<mtasts::mx_record> records;
    for (auto line : parts_of(input.text, '\n')) {
        auto const preference = static_cast<std::uint16_t>(take_choice(line, 256));
        records.push_back({preference, line});
        keep_promise(mtasts::certificate_names({&dns_id, 1}, line) == (!address && covers_label_by_label(dns_id, line)),
                     "a certificate names a host label by label");
    }
    keep_promise_of_plan(domain, records);
    return 0;
}
