// SPDX-License-Identifier: BSL-1.0
/// Any octets as the _mta-sts record (RFC 8461 3.1) keep the promises of texts.hpp.
#include <mtasts/lint/txt_record.hpp>
#include <mtasts/parse/sts_record.hpp>
#include <mtasts/write/text.hpp>

#include "custom_mutator.hpp"
#include "texts.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy const input(data, size);
    auto const check = [](std::string_view text, mtasts::parse_options const& options) {
        auto result = mtasts::parse_sts_record(text, options);
        mtasts::lint_sts_record(text, result);
        return result;
    };
    keep_promises_of_text(mtasts::grammar::sts_text_record, input.text, check, mtasts::parse_sts_record,
                          mtasts::write_sts_record);
    return 0;
}
