// SPDX-License-Identifier: BSL-1.0
/// Promises about any octets as the _mta-sts record, the policy or the _smtp._tls record; the first octet chooses:
///   1. usable() is what the grammar's events and the reading of reserved names make of the text, and nothing else;
///   2. what is not usable has an error;
///   3. what is usable has none, except for faults despite which the RFCs use a text (`told_anyway`).
#include <mtasts/grammar/reading/match.hpp>
#include <mtasts/lint/sts_policy.hpp>
#include <mtasts/lint/txt_record.hpp>
#include <mtasts/parse/sts_policy.hpp>
#include <mtasts/parse/sts_record.hpp>
#include <mtasts/parse/tlsrpt_record.hpp>

#include "custom_mutator.hpp"
#include "strict_reading.hpp"

namespace {

/// RFC 8461 3.2 clamps a max_age above the limit, RFC 8460 3 takes any URI, and the grammars do not know the limits of DNS:
/// such texts are usable, but wrong.
bool told_anyway(mtasts::code what) {
    using mtasts::code;
    return what == code::policy_max_age_large || what == code::host_label_long || what == code::host_name_long ||
           what == code::tlsrpt_no_destination || what == code::uri_scheme_unsupported || what == code::uri_http;
}

template <class Result>
void keep_promises(Result const& result, bool strictly_usable) {
    keep_promise(result.usable() == strictly_usable, "usable() is the strict reading");
    bool any = false, unforeseen = false;
    for (auto const& f : result.findings) {
        bool const error = f.severity() == mtasts::severity::error;
        any = any || error;
        unforeseen = unforeseen || (error && !told_anyway(f.code));
    }
    keep_promise(any || strictly_usable, "what is not usable has an error");
    keep_promise(!unforeseen || !strictly_usable, "what is usable has no error");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy input(data, size);
    auto const choice = take_choice(input.text, 3);
    auto const text = input.text;
    if (choice == 0) {
        auto policy = mtasts::parse_sts_policy(text);
        mtasts::lint_sts_policy(text, policy);
        keep_promises(policy, is_strictly_usable_policy(text));
    } else if (choice == 1) {
        auto record = mtasts::parse_sts_record(text);
        mtasts::lint_sts_record(text, record);
        keep_promises(record, is_strictly_usable_record(mtasts::grammar::sts_text_record, text, "id"));
    } else {
        auto record = mtasts::parse_tlsrpt_record(text);
        mtasts::lint_tlsrpt_record(text, record);
        keep_promises(record, is_strictly_usable_record(mtasts::grammar::tlsrpt_record, text, "rua"));
    }
    return 0;
}
