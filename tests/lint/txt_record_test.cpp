// SPDX-License-Identifier: BSL-1.0
/// Records that are legal but unwise.
#include <array>

#include "rows.hpp"

using namespace mtasts;

namespace {

constexpr auto check_sts = [](std::string_view text) { return check_sts_record(text); };
constexpr auto check_tlsrpt = [](std::string_view text) { return check_tlsrpt_record(text); };

constexpr auto sts_rows = std::to_array<lint_row>({
    {"v=STSv1 ; id=1", code::record_space_before_semicolon, " "},
    {"v=STSv1; id=1\t; x=y ;", code::record_space_before_delimiter, "\t"},
    {"v=STSv1; id=1\t; x=y ;", code::record_space_before_delimiter, " "},
    {"v=STSv1; id=1; foo=bar", code::record_extension, "foo"},
    {"v=STSv1; ID=1; id=2", code::record_name_case, "ID", "id"},
    {"v=STSv1; ids=1; id=2", code::record_name_typo, "ids", "id"},
    {"v=STSv1; id=1; mode=enforce", code::record_foreign_field, "mode", "the policy"},
    {"v=STSv1; id=1; p=none", code::record_foreign_field, "p", "a DMARC record"},
    {"v=STSv1; id=1; rua=mailto:a@b.example", code::record_foreign_field, "rua", "the record at _smtp._tls"},
});
static_assert(all_say(sts_rows, check_sts));

constexpr auto tlsrpt_rows = std::to_array<lint_row>({
    {"v=TLSRPTv1\t;rua=mailto:a@b.example", code::record_space_before_semicolon, "\t"},
    {"v=TLSRPTv1; ru=mailto:a@b.example", code::record_name_typo, "ru", "rua"},
    {"v=TLSRPTv1; rua=mailto:a@b.example; ruf=x", code::record_foreign_field, "ruf", "a DMARC record"},
    {"v=TLSRPTv1; rua=https://c.example/?a=1;b=2", code::tlsrpt_rua_cut, "b=2"},
    {"v=TLSRPTv1; rua=mailto:a@b.example,https://c.example/", code::tlsrpt_rua_several, "https://c.example/"},
    {"v=TLSRPTv1; rua=mailto:a@b.example,mailto:a@b.example", code::tlsrpt_rua_duplicate, "mailto:a@b.example"},
    {"v=TLSRPTv1; rua=mailto:a@b.example; rua=mailto:c@d.example", code::tlsrpt_rua_repeated, "rua=mailto:c@d.example"},
    {"v=TLSRPTv1; rua=http://c.example/", code::tlsrpt_no_destination, ""},
    {"v=TLSRPTv1; rua=http://c.example/", code::uri_http, "http:"},
});
static_assert(all_say(tlsrpt_rows, check_tlsrpt));

}  // namespace

TEST_CASE("RFC 8461 3.1, 9.2: fields of an _mta-sts record that senders ignore are reported") {
    check_rows(sts_rows, check_sts);
}
TEST_CASE("RFC 8460 3: useless fields and addresses of an _smtp._tls record are reported") {
    check_rows(tlsrpt_rows, check_tlsrpt);
}

TEST_CASE("RFC 8460 3: findings about a TLS-RPT record cite RFC 8460") {
    for (std::string_view const text :
         {"v=TLSRPTv1 ; rua=mailto:a@b.example; x=1; x=2", "v=TLSRPTv1;;", "v=tlsrptv1;rua=x", "\"v=TLSRPTv1\""})
        for (auto const& f : check_tlsrpt_record(text).findings) {
            INFO(text << ": " << f.means().slug);
            CHECK(f.clause().substr(0, 8) != "RFC 8461");
        }
}

TEST_CASE("RFC 8461 3.1: a field after a semicolon and white space is not taken for a part of the address") {
    CHECK_FALSE(check_tlsrpt_record("v=TLSRPTv1; rua=https://c.example/?a=1; b=2").has(code::tlsrpt_rua_cut));
}
