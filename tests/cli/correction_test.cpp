// SPDX-License-Identifier: BSL-1.0
#include "../../examples/cli/correction.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <catch2/catch.hpp>

namespace {

struct shown_row {
    std::string_view what;
    mtasts::document kind;
    std::string_view file_name, text;
    bool shown;

    constexpr bool holds() const { return shows_kind(kind, file_name, text) == shown; }
};

constexpr auto policy = mtasts::document::sts_policy, record = mtasts::document::sts_record,
               tlsrpt = mtasts::document::tlsrpt_record;

constexpr std::array shown_rows{
    shown_row{"a policy", policy, "p", "version: STSv1\r\nmode: none\r\nmax_age: 1\r\n", true},
    shown_row{"a policy whose version line is not the first", policy, "p", "mode: none\nversion: STSv1\n", true},
    shown_row{"a policy with names and the version in another case", policy, "p", "Version: stsv1\nMode: none\n", true},
    shown_row{"a policy with a name misspelt", policy, "p", "verison: STSv1\nmode: none\n", true},
    shown_row{"a policy with equals signs", policy, "p", "version = STSv1\nmode = none\n", true},
    shown_row{"a policy with a byte order mark", policy, "p", "\xEF\xBB\xBFversion: STSv1\n", true},
    shown_row{"a policy between quotation marks", policy, "p", "\u201Cversion: STSv1\nmode: none\u201D", true},
    shown_row{"a policy with its values quoted", policy, "p", "version: \"STSv1\"\nmode: \"none\"\n", true},
    shown_row{"a policy in one line", policy, "p", "version: STSv1; mode: none; max_age: 1", true},
    shown_row{"a policy below a comment and a blank line", policy, "p", "# ours\n\n  version: STSv1\n", true},
    shown_row{"a policy with CR as line ends", policy, "p", "mode: none\rversion: STSv1\r", true},
    shown_row{"a policy without its version, in the file for it", policy, "a/mta-sts.txt", "mode: none\n", true},

    shown_row{"a policy without its version, in any file", policy, "p", "mode: none\nmax_age: 1\n", false},
    shown_row{"a policy of another version", policy, "p", "version: STSv2\nmode: none\n", false},
    shown_row{"a version that only begins like ours", policy, "p", "version: STSv10\nmode: none\n", false},
    shown_row{"a file with a suffix after the policy's name", policy, "mta-sts.txt.bak", "mode: none\n", false},
    shown_row{"a record in the file for a policy", policy, "mta-sts.txt", "v=STSv1; id=1\n", false},
    shown_row{"HTML in the file for a policy", policy, "mta-sts.txt", "<html>\n<title>mode: none</title>\n", false},
    shown_row{"JSON in the file for a policy", policy, "mta-sts.txt", "{\"version\": \"STSv1\"}\n", false},
    shown_row{"an empty file for a policy", policy, "mta-sts.txt", "", false},
    shown_row{"comments in the file for a policy", policy, "mta-sts.txt", "# version: STSv1\n", false},
    shown_row{"a commented version line", policy, "p", "mode: none\n#version: STSv1\n", false},
    shown_row{"a shell script that writes a policy", policy, "p",
              "#!/bin/sh\ncat >mta-sts.txt <<EOF\nversion: STSv1\nmode: none\nEOF\n", false},
    shown_row{"a script in the file for a policy", policy, "mta-sts.txt", "#!/bin/sh\nmode: x\nversion: STSv1\n",
              false},
    shown_row{"nginx.conf that serves a policy", policy, "nginx.conf",
              "server {\n  location = /.well-known/mta-sts.txt {\n    return 200 \"version: STSv1\\r\\n\";\n  }\n}\n",
              false},
    shown_row{"nginx.conf with a line of a policy", policy, "nginx.conf",
              "return 200 \"\nversion: STSv1\nmode: none\";", false},
    shown_row{"YAML that holds a policy", policy, "config.yaml",
              "apiVersion: v1\nkind: ConfigMap\ndata:\n  mta-sts.txt: |\n    version: STSv1\n    mode: none\n", false},
    shown_row{"YAML with a document's beginning", policy, "x.yml", "---\nversion: STSv1\nmode: none\n", false},
    shown_row{"YAML with a policy below its field", policy, "x.yml", "policy:\n  version: STSv1\n  mode: none\n",
              false},
    shown_row{"a compose file", policy, "docker-compose.yml", "version: \"3\"\nservices:\n  web: {}\n", false},
    shown_row{"an environment", policy, ".env", "MODE=production\nVERSION=1.2\n", false},
    shown_row{"a settings file", policy, "x.ini", "[policy]\nversion: STSv1\nmode: none\n", false},
    shown_row{"a README", policy, "README.md", "# MTA-STS\n\n```\nversion: STSv1\nmode: none\n```\n", false},
    shown_row{"a zone file", policy, "example.com.zone",
              "$TTL 3600\n@ IN SOA ns a 1 2 3 4 5\n_mta-sts IN TXT \"v=STSv1; id=1\"\n", false},
    shown_row{"any words", policy, "p", "hello\n", false},

    shown_row{"a record", record, "r", "v=STSv1; id=1", true},
    shown_row{"a record in another case", record, "r", "V=stsv1; id=1", true},
    shown_row{"a record with blanks", record, "r", " v = STSv1 ; id=1", true},
    shown_row{"a record with a colon", record, "r", "v:STSv1; id=1", true},
    shown_row{"a record between quotation marks", record, "r", "\"v=STSv1; id=1\"", true},
    shown_row{"a record with a delimiter missing", record, "r", "v=STSv1 id=1", true},
    shown_row{"a record without its version", record, "r", "id=1", false},
    shown_row{"a record of another version", record, "r", "v=STSv2; id=1", false},
    shown_row{"a version that only begins like ours, in a record", record, "r", "v=STSv1a; id=1", false},
    shown_row{"SPF", record, "r", "v=spf1 -all", false},
    shown_row{"a policy's line", record, "r", "version: STSv1", false},
    shown_row{"a line of a zone file", record, "r", "_mta-sts IN TXT \"v=STSv1; id=1\"", false},
    shown_row{"the other record", record, "r", "v=TLSRPTv1; rua=mailto:a@b.example", false},
    shown_row{"a record for reports", tlsrpt, "r", "v=TLSRPTv1;rua=mailto:a@b.example", true},
    shown_row{"an _mta-sts record, taken for one at _smtp._tls", tlsrpt, "r", "v=STSv1; id=1", false},

    shown_row{"an address", mtasts::document::ip_address, "a", "192.0.2.1", false},
    shown_row{"a pattern", mtasts::document::mx_pattern, "a", "*.example.com", false},
    shown_row{"a URI", mtasts::document::tlsrpt_uri, "a", "mailto:a@b.example", false},
    shown_row{"a report", mtasts::document::tlsrpt_report, "a", "{}", false},
};

static_assert(std::all_of(shown_rows.begin(), shown_rows.end(), [](auto const& row) { return row.holds(); }));

struct lines_row {
    std::string_view text;
    bool several;
};
constexpr std::array lines_rows{
    lines_row{"", false},          lines_row{"\n", false},
    lines_row{"\r\n\n", false},    lines_row{"v=STSv1", false},
    lines_row{"a\r\n", false},     lines_row{"\na\n\n", false},
    lines_row{"a\nb", true},       lines_row{"a\rb", true},
    lines_row{"\na\n\nb\n", true}, lines_row{"@ IN TXT a\n@ IN TXT \"v=STSv1; id=1\"\n", true},
};
static_assert(std::all_of(lines_rows.begin(), lines_rows.end(),
                          [](auto const& row) { return has_several_lines(row.text) == row.several; }));

constexpr correction_facts facts_of(unsigned bits) {
    auto const bit = [&](unsigned place) { return (bits >> place & 1) != 0; };
    return {bit(0), bit(1), bit(2), bit(3), bit(4), bit(5)};
}

constexpr bool promises_hold() {
    for (unsigned bits = 0; bits != 64; ++bits) {
        auto const facts = facts_of(bits);
        auto const decision = decide_correction(facts);
        bool const certain = (facts.named || facts.shown) && !facts.too_many_lines;
        if ((decision == correction::write) !=
            (certain && facts.changed && facts.usable_after && !(facts.usable_before && !facts.changed)))
            return false;
        // A text that needs no correction is not complained about.
        if ((decision == correction::none_needed) != (facts.usable_before && !facts.changed)) return false;
        if (decision == correction::unknown_kind && (facts.named || facts.shown)) return false;
    }
    return true;
}
static_assert(promises_hold());

}  // namespace

TEST_CASE("A text shows its kind by its version, and by nothing that other files may contain") {
    for (auto const& row : shown_rows) {
        INFO(row.what);
        CHECK(row.holds());
    }
}

TEST_CASE("Blank lines at either end do not make a text have several lines") {
    for (auto const& row : lines_rows) {
        CAPTURE(row.text);
        CHECK(has_several_lines(row.text) == row.several);
    }
}

TEST_CASE("A correction is written exactly if the kind is certain and the result usable") { CHECK(promises_hold()); }
