// SPDX-License-Identifier: BSL-1.0
/// Promises of the corrections of a record, each alone and all together; of any octets the first chooses the record:
///   1. the id is in the text in full, and every field that states an id or a version agrees;
///   2. every address is in the text in full, apart from blanks and "mailto:";
///   3. no plain address of a rua is lost, and no other field has a new value.
#include <mtasts/check.hpp>

#include "corrected.hpp"
#include "custom_mutator.hpp"
#include "stated.hpp"

namespace {

constexpr std::string_view limits = " \t\r\n;,=:\"'\\!", quotes = " \t\"'\\\xE2\x80\x98\x99\x9C\x9D\x9E";

void keep_promises(std::string_view text, mtasts::sts_record const& after) {
    keep_promise(stands_alone(text, after.id, "=; \t\r\n:\"'\\\xE2\x80\x98\x99\x9C\x9D\x9E"), "the id is in the text");
    for (auto const& one : all_stated(text, ";\r\n"))
        if (one.means("id") && !one.value.empty()) {
            // If a ";" is missing, another field follows the id.
            auto const end = one.value.find('=') == one.value.npos ? one.value.npos : one.value.find_first_of(" \t");
            keep_promise(bare(one.value.substr(0, end), quotes) == after.id, "all say this id");
        }
}

void keep_promises(std::string_view text, mtasts::tlsrpt_record const& after) {
    for (auto const plain = less(text, " \t"); auto const& uri : after.rua) {
        auto const address = uri.text.starts_with("mailto:") ? uri.text.substr(7) : uri.text;
        keep_promise(stands_alone(plain, address, limits) || stands_alone(text, address, limits),
                     "the address is in the text");
    }
}

void keep_promises(std::string_view text, std::string_view fixed, std::string_view version, auto const& after) {
    keep_promises(text, after);
    for (auto const& one : all_stated(text, ";\r\n")) {
        keep_promise(!one.means("v") || one.value.empty() || first_word(one.value) == version, "all say this version");
        for (auto const part : parts_of(one.value, ','))
            keep_promise(!one.line.starts_with(" rua=") || !is_plain_address(bare(part)) ||
                             stands_alone(fixed, bare(part), limits),
                         "no address is lost");
    }
    for (auto const& field : after.extensions)
        keep_promise(stands_alone(text, field.value, limits), "other fields are kept");
}

void keep_promises(std::string_view text, std::string_view version, auto check) {
    if (check(text).usable()) return;
    for (auto const& fixed : corrected_texts(text, [&](std::string_view t) { return check(t).findings; }))
        if (auto const after = check(fixed); after.usable()) keep_promises(text, fixed, version, after.value);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy input(data, size);
    if (take_choice(input.text, 2) == 0)
        keep_promises(input.text, "stsv1", [](std::string_view t) { return mtasts::check_sts_record(t); });
    else keep_promises(input.text, "tlsrptv1", [](std::string_view t) { return mtasts::check_tlsrpt_record(t); });
    return 0;
}
