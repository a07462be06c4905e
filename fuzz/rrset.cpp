// SPDX-License-Identifier: BSL-1.0
/// Promises about any TXT records found at one name (RFC 8461 3.1, RFC 8460 3), one a line, their strings
/// between unit separators (%x1F); the first octet chooses the kind:
///   1. one record is judged alone; of several, those that begin with the literal version and ";" count, and exactly
///      one must be left;
///   2. the findings lie inside the text of the RRset, in which every record is a line.
#include <string>
#include <vector>

#include <mtasts/check.hpp>

#include "promises.hpp"

namespace {

template <class CheckSet, class Check>
void keep_promises(mtasts::txt_rrset const& records, std::string_view prefix, CheckSet check_set, Check check) {
    auto const result = check_set(records, mtasts::parse_options{});
    for (auto const& said : result.findings)
        keep_promise(said.where.end() <= records.text().size(), "findings lie inside the text");
    std::vector<std::string_view> left;
    for (std::size_t i = 0; i != records.size(); ++i)
        if (records.size() == 1 || records[i].starts_with(prefix)) left.push_back(records[i]);
    bool const usable = left.size() == 1 && check(left.front(), mtasts::parse_options{}).usable();
    keep_promise(result.usable() == usable, "just one record counts");
    if (usable)
        keep_promise(result.value == check(left.front(), mtasts::parse_options{}).value, "its value is the RRset's");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy input(data, size);
    auto const choice = take_choice(input.text, 4);
    mtasts::txt_rrset records;
    for (auto const record : parts_of(input.text, '\n')) records.add(parts_of(record, '\x1F'));
    constexpr std::string_view sts = "v=STSv1;", tlsrpt = "v=TLSRPTv1;";
    if (choice == 0) keep_promises(records, sts, mtasts::check_sts_rrset, mtasts::check_sts_record);
    else if (choice == 1) keep_promises(records, sts, mtasts::parse_sts_rrset, mtasts::parse_sts_record);
    else if (choice == 2) keep_promises(records, tlsrpt, mtasts::check_tlsrpt_rrset, mtasts::check_tlsrpt_record);
    else keep_promises(records, tlsrpt, mtasts::parse_tlsrpt_rrset, mtasts::parse_tlsrpt_record);
    return 0;
}
