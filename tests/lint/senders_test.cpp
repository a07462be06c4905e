// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 3.2: what real senders do with texts that they read differently.
#include <catch2/catch.hpp>

#include <mtasts.hpp>
#include <mtasts/lint/senders.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace {

using mtasts::sender_answer;

constexpr auto senders = std::to_array<std::string_view>(
    {"mox", "postfix-tlspol", "Stalwart", "KumoMTA", "postfix-mta-sts-resolver", "mailauth", "Halon"});

/// One letter per sender, in their order: u(ses), d(iffers), ?, x (discards).
struct sample {
    std::string_view text;
    std::string_view verdicts;
    std::string_view about;
};

constexpr auto samples = std::to_array<sample>({
    // As RFC 8461 asks for.
    {"version: STSv1\r\nmode: enforce\r\nmx: a.example\r\nmax_age: 604800\r\n", "uuuuuuu", ""},
    {"version: STSv1\nmode: testing\nmx: a.example\nmax_age: 3600", "uuuuuuu", ""},
    {"version: STSv1\nmode: none\nmx: a.example\nmax_age: 31557599\nnote: kept\n", "uuuuuuu", ""},
    // Usable, but not read alike.
    {"version: STSv1\nmode: enforce\nmode: none\nmx: a.example\nmax_age: 604800\n", "uudxddd",
     "mode stands twice, not alike"},
    {"version: STSv1\nmode: enforce\nmode: enforce\nmx: a.example\nmax_age: 604800\n", "uuuxuuu",
     "version, mode or max_age stands twice, alike"},
    {"version: STSv1\nmode: enforce\nmode: bad\nmx: a.example\nmax_age: 604800\n", "xuxxxx?",
     "mode stands twice, later malformed"},
    {"version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 604800\nmax_age: 86400\n", "uudxdd?",
     "max_age stands twice, not alike"},
    {"version: STSv1\nmode: none\nmax_age: 604800\n", "uuxuuuu", "mode none without mx"},
    {"version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 31557601\n", "duddxxd", "max_age above 31557600"},
    {"version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 2147483648\n", "xuddxxd", "max_age above 2147483647"},
    {"version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 31557600\n", "uuduuuu", "max_age of just 31557600"},
    {"version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 3599\n", "uuduuuu", "max_age below 3600"},
    {"version: STSv1\nmode: enforce\nmx: *.example\nmax_age: 604800\n", "uduudd?",
     "a wildcard, and a host two labels below it"},
    {"version: STSv1\nmode: none\nmx: *.example\nmax_age: 604800\n", "uuuuuuu", ""},
    {"version: STSv1\nmode: enforce\nmx: 192.0.2.1\nmax_age: 604800\n", "xxuuuu?", "an mx that is an IP address"},
    {"version: STSv1\nmode: enforce\nmx: xn--a.example\nmax_age: 604800\n", "xuuuuu?",
     "an mx with a label that is no A-label"},
    {"version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 604800\nnote: caf\xC3\xA9\n", "uuuudu?",
     "an extension with octets beyond ASCII"},
    {"version: STSv1\nmode: enforce\nMode: none\nmx: a.example\nmax_age: 604800\n", "uuuuud?",
     "a known name a second time in another case"},
    // Not usable, and yet used.
    {"mode: enforce\nmx: a.example\nmax_age: 604800\n", "xxuxxxx", "no version"},
    {"VERSION: STSv1\nmode: enforce\nmx: a.example\nmax_age: 604800\n", "xxuxxu?", "\"version\" in another case"},
    {"version: stsv1\nmode: enforce\nmx: a.example\nmax_age: 604800\n", "xxuxxx?", "a version in another case"},
    {"version: STSv2\nmode: enforce\nmx: a.example\nmax_age: 604800\n", "xxxxxx?", "another version"},
    {"version: STSv1\nmx: a.example\nmax_age: 604800\n", "xddxxdd", "no mode"},
    {"version: STSv1\nMode: enforce\nmx: a.example\nmax_age: 604800\n", "xddxxu?", "\"mode\" in another case"},
    {"version: STSv1\nmode: ENFORCE\nmx: a.example\nmax_age: 604800\n", "xxxxxud", "a mode in another case"},
    {"version: STSv1\nmode: report\nmx: a.example\nmax_age: 604800\n", "xxxxxxd", "a mode that does not exist"},
    {"version: STSv1\nmode: enforce\nmx: a.example\n", "xxdxxxd", "no max_age"},
    {"version: STSv1\nmode: enforce\nmx: a.example\nMAX_AGE: 604800\n", "xxdxxu?", "\"max_age\" in another case"},
    {"version: STSv1\nmode: enforce\nmx: a.example\nmax_age:\n", "xxdxxd?", "an empty max_age"},
    {"version: STSv1\nmode: enforce\nmx: a.example\nmax_age: +604800\n", "xxuuuu?", "a max_age with a plus sign"},
    {"version: STSv1\nmode: enforce\nmx: a.example\nmax_age: -1\n", "xxdxxx?", "a negative max_age"},
    {"version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 00000604800\n", "xxuuuu?",
     "a max_age of more than ten digits"},
    {"version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 00031557601\n", "xxddxx?",
     "a max_age of more than ten digits, above the limit"},
    {"version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 0x93A80\n", "xxdxxu?",
     "a max_age in hexadecimal or with an exponent"},
    {"version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 6e5\n", "xxdxxu?",
     "a max_age in hexadecimal or with an exponent"},
    {"version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 604_800\n", "xxdxux?", "a max_age with underscores"},
    {"version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 7d\n", "xxdxxx?", "a max_age with a unit"},
    {"version: STSv1\nmode: enforce\nmax_age: 604800\n", "xxxxxx?", "no mx"},
    {"version: STSv1\nmode: enforce\nMX: a.example\nmax_age: 604800\n", "xxxxxu?", "\"mx\" in another case"},
    {"version: STSv1\nmode: enforce\nmx: \nmax_age: 604800\n", "xxxddd?", "an empty mx"},
    {"version: STSv1\nmode: enforce\nmx: *\nmax_age: 604800\n", "xxdddd?", "an mx that is \"*\" alone"},
    {"version: STSv1\nmode: enforce\nmx: a*.example\nmax_age: 604800\n", "xxdddd?", "an mx with \"*\" out of place"},
    {"version: STSv1\nmode: enforce\nmx: .a.example\nmax_age: 604800\n", "xxdddd?", "an mx that begins with a dot"},
    {"version: STSv1\nmode: enforce\nmx: a.example.\nmax_age: 604800\n", "xddddd?", "an mx that ends with a dot"},
    {"version: STSv1\nmode: enforce\nmx: a..example\nmax_age: 604800\n", "xxdddd?", "an mx with an empty label"},
    {"version: STSv1\nmode: enforce\nmx: a_1.example\nmax_age: 604800\n", "xxuuuu?", "an mx with an underscore"},
    {"version: STSv1\nmode: enforce\nmx: [192.0.2.1]\nmax_age: 604800\n", "xxdddd?",
     "an mx that is an address in brackets"},
    {"version: STSv1\nmode: enforce\nmx: a.example, b.example\nmax_age: 604800\n", "xxdddd?",
     "several hosts in one mx, with commas"},
    {"version: STSv1\nmode: enforce\nmx: 10 a.example\nmax_age: 604800\n", "xxdddd?", "an mx with a space"},
    {"version: STSv1\nmode: enforce\nmx: a.example b.example\nmax_age: 604800\n", "xxdddd?",
     "several hosts in one mx, with spaces"},
    {"version: STSv1\nmode: enforce\nmx: a.example:25\nmax_age: 604800\n", "xxdddd?", "an mx with a port"},
    {"version: STSv1\nmode: enforce\nmx: b\xC3\xBC"
     "cher.example\nmax_age: 604800\n",
     "xxddddd", "an mx with a U-label"},
    {"version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 604800\n\n", "xxuuuuu", "a blank line"},
    {"version: STSv1\n\nmode: enforce\nmx: a.example\nmax_age: 604800\n", "xxuuuuu", "a blank line"},
    {"\nversion: STSv1\nmode: enforce\nmx: a.example\nmax_age: 604800\n", "xxuuuuu", "a blank line"},
    {"\xEF\xBB\xBFversion: STSv1\nmode: enforce\nmx: a.example\nmax_age: 604800\n", "xxuxxu?", "a byte order mark"},
    {"version: STSv1\rmode: enforce\rmx: a.example\rmax_age: 604800\r", "xxxxux?", "CR alone as the end of a line"},
    {"version: STSv1\n mode: enforce\nmx: a.example\nmax_age: 604800\n", "xxuudu?",
     "a space at the beginning of a line"},
    {"version: STSv1\nmode : enforce\nmx: a.example\nmax_age: 604800\n", "xxuudu?", "a space before the colon"},
    {"version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 604800\n# note\n", "xxdxuu?",
     "a comment or another line without colon"},
    {"version: STSv1\nmode: enforce\ngarbage\nmx: a.example\nmax_age: 604800\n", "xxdxuu?",
     "a comment or another line without colon"},
    {"version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 604800\nnote:\n", "xxuuuu?", "an extension without value"},
    {"version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 604800\n_note: a\n", "xxuuuu?",
     "an extension's name with other characters"},
    {"version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 604800\nnote: a\x01z\n", "xxuuuu?",
     "a control character in an extension"},
    {"version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 604800\nnote: caf\xE9\n", "uxxxxu?",
     "an extension that is not UTF-8"},
    {"", "xxxxxxx", "no text"},
    {"<!DOCTYPE html>\n<html><body>404</body></html>\n", "xxxxxxx", "HTML, JSON or a TXT record"},
    {"v=STSv1; id=1", "xxxxxxx", "HTML, JSON or a TXT record"},
    // Faults that are not in the table.
    {"version: STSv1\nmode: enforce\nmx: https://a.example\nmax_age: 604800\n", "???????", "not in the table"},
    {"version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 604800\nnote: a\tb\n", "???????", "not in the table"},
});

constexpr char letter(sender_answer::effect verdict) {
    switch (verdict) {
        case sender_answer::effect::uses: return 'u';
        case sender_answer::effect::differs: return 'd';
        case sender_answer::effect::discards: return 'x';
        case sender_answer::effect::unknown: break;
    }
    return '?';
}

constexpr auto answers_to(std::string_view text) {
    return mtasts::what_senders_do(text, mtasts::parse_sts_policy(text));
}

constexpr bool holds(sample const& row) {
    auto const answers = answers_to(row.text);
    if (answers.size() != senders.size()) return false;
    for (std::size_t i = 0; i != answers.size(); ++i)
        if (answers[i].sender != senders[i] || letter(answers[i].verdict) != row.verdicts[i] ||
            answers[i].about != row.about || answers[i].words.empty())
            return false;
    return true;
}

constexpr bool all_hold(std::size_t first, std::size_t last) {
    for (auto i = first; i != last; ++i)
        if (!holds(samples[i])) return false;
    return true;
}
// In parts, for a constant expression may only take so many steps.
static_assert(all_hold(0, 18));
static_assert(all_hold(18, 36));
static_assert(all_hold(36, 54));
static_assert(all_hold(54, samples.size()));

/// Every row has one known mark per sender.
template <class Rows>
constexpr bool wellformed(Rows const& rows) {
    for (auto const& row : rows) {
        if (row.marks.size() != 2 * senders.size() - 1) return false;
        for (std::size_t i = 0; i != row.marks.size(); ++i) {
            bool known = false;
            for (auto const& cell : mtasts::detail::sender_table::cells) known = known || cell.mark == row.marks[i];
            if (i % 2 == 0 ? !known : row.marks[i] != ' ') return false;
        }
    }
    return true;
}
static_assert(wellformed(mtasts::detail::sender_table::faults));
static_assert(wellformed(mtasts::detail::sender_table::oddities));

/// The policy of one line more.
std::string with_line(std::string_view line) {
    return "version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 604800\n" + std::string(line) + "\n";
}

}  // namespace

TEST_CASE("RFC 8461 3.2: each sender uses, misreads or discards each kind of text as recorded") {
    for (auto const& row : samples) {
        auto const answers = answers_to(row.text);
        std::string verdicts;
        for (auto const& answer : answers) verdicts += letter(answer.verdict);
        INFO(row.text);
        CHECK(verdicts == row.verdicts);
        CHECK(answers.front().about == row.about);
        CHECK(holds(row));
    }
}

TEST_CASE("RFC 8461 3.2: what each sender does is put in words") {
    auto const words = [](std::string_view text, std::size_t sender) { return answers_to(text)[sender].words; };
    CHECK(words("version: STSv1\nmode: enforce\nmx: a.example\n", 2) == "applies max_age 86400");
    CHECK(words("version: STSv1\nmode: none\nmode: enforce\nmx: a.example\nmax_age: 604800\n", 4) ==
          "takes the last mode");
    CHECK(words("version: STSv1\nmx: a.example\nmax_age: 604800\n", 1) == "does not enforce it");
    CHECK(words("version: STSv1\nmx: a.example\nmax_age: 604800\n", 5) == "treats it as mode none");
    CHECK(words(with_line("note: plain"), 0) == "uses it as RFC 8461 says");
    CHECK(words(with_line(""), 0) == "discards it");
}

TEST_CASE("RFC 8461 3.2: where several rows apply, the most severe decides") {
    // Stalwart: uses (blank line), differs (max_age); KumoMTA: uses, uses; Halon: uses, uses.
    auto const two = answers_to("version: STSv1\n\nmode: enforce\nmx: a.example\nmax_age: 60\n");
    CHECK(two[0].about == "a blank line");
    CHECK(two[2].words == "applies max_age 86400");
    CHECK(two[3].verdict == sender_answer::effect::uses);
    // With a fault that is in no row, what the other rows do not decide is unknown.
    auto const open = answers_to(with_line("note: a\tb") + "\n");
    CHECK(open[0].verdict == sender_answer::effect::discards);
    CHECK(open[2].verdict == sender_answer::effect::unknown);
}

TEST_CASE("RFC 8461 3.3: a policy over 64 KiB or 1 MiB is discarded by the senders with that limit") {
    auto const verdicts = [](std::size_t size) {
        std::string text = with_line("note: ");
        text.back() = 'a';
        text.resize(size, 'a');
        std::string all;
        for (auto const& answer : answers_to(text)) all += letter(answer.verdict);
        return all;
    };
    CHECK(verdicts(65536) == "uuuuuuu");
    CHECK(verdicts(65537) == "xxu?x?x");
    CHECK(verdicts(1048577) == "xxx?x?x");
}

TEST_CASE("RFC 8461 3.2: the option lenient does not change what senders do") {
    auto const text = with_line("");
    mtasts::parse_options options;
    options.lenient = true;
    CHECK(mtasts::what_senders_do(text, mtasts::parse_sts_policy(text, options)) == answers_to(text));
}

TEST_CASE("The table of senders has a date") { CHECK(mtasts::sender_answer::as_of == "2026-11"); }
