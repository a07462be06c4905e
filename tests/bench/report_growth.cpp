// SPDX-License-Identifier: BSL-1.0
/// Whether the time for a report is linear in its length, whatever it contains: nanoseconds per octet at three lengths, with
/// the limits raised.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string>
#include <string_view>

#include "report_mtasts.hpp"

namespace {

/// A text of any length: pieces between a head and a tail. In a piece, "#" stands for its number.
struct shape {
    std::string_view name, begin, piece, end;
};

constexpr std::array shapes{
    // tokens
    shape{"blanks", "{", " \n\t\r", "}"},
    shape{"one-plain-string", R"({"report-id":")", "example ", R"("})"},
    shape{"one-wide-string", R"({"report-id":")", "\xC3\xA4\xE2\x82\xAC\xF0\x9F\x93\xA7", R"("})"},
    shape{"one-letter-escapes", R"({"report-id":")", R"(\n\\\"\/)", R"("})"},
    shape{"hexadecimal-escapes", R"({"report-id":")", R"(\u00e4\u20AC)", R"("})"},
    shape{"surrogate-pairs", R"({"report-id":")", R"(\ud83d\udce7)", R"("})"},
    shape{"lone-surrogates", R"({"report-id":")", R"(\ud83dx)", R"("})"},
    shape{"nul-characters", R"({"report-id":")", R"(\u0000)", R"("})"},
    shape{"escape-per-string", R"({"x":[0)", R"(,"\n")", "]}"},
    shape{"one-number", R"({"x":1)", "0123456789", "}"},
    shape{"one-long-count", R"({"policies":[{"summary":{"total-failure-session-count":1)", "0000000000", "}}]}"},
    shape{"one-long-fraction", R"({"policies":[{"summary":{"total-failure-session-count":1.)", "1234567890", "}}]}"},
    // members
    shape{"known-duplicates", R"({"report-id":"a")", R"(,"report-id":"a")", "}"},
    shape{"unknown-duplicates", R"({"x":0)", R"(,"x":0)", "}"},
    shape{"unknown-members", R"({"x":0)", R"(,"m#":0)", "}"},
    shape{"unknown-members-inside", R"({"x":{"x":0)", R"(,"m#":0)", "}}"},
    shape{"long-names", R"({"x":0)", R"(,"a-name-that-is-a-good-deal-longer-than-those-of-the-schema-are-#":0)", "}"},
    shape{"misspelt-members", R"({"x":0)", R"(,"Report-ID":"a")", "}"},
    shape{"escaped-names", R"({"x":0)", R"(,"\u006d#":0)", "}"},
    // arrays and objects
    shape{"empty-policies", R"({"policies":[{})", ",{}", "]}"},
    shape{"empty-failures", R"({"policies":[{"failure-details":[{})", ",{}", "]}]}"},
    shape{"null-policies", R"({"policies":[{})", ",null", "]}"},
    shape{"empty-lines", R"({"policies":[{"policy":{"policy-string":["")", R"(,"")", "]}}]}"},
    shape{"empty-patterns", R"({"policies":[{"policy":{"mx-host":["")", R"(,"")", "]}}]}"},
    shape{"joined-lines", R"({"policies":[{"policy":{"policy-string":[")", R"(\n)", R"("]}}]})"},
    shape{"tlsa-strings", R"({"policies":[{"policy":{"policy-type":"tlsa","policy-string":["")", R"(,"3 1")", "]}}]}"},
    shape{"json-in-string", R"({"policies":[{"policy":{"policy-type":"tlsa","policy-string":["[)", "',',",
          R"(]"]}}]})"},
    shape{"wrong-order", R"({"policies":[{})", R"(,{"summary":{},"policy":{}})", "]}"},
    // values of strings
    shape{"long-contact", R"({"contact-info":"a)", ".a", R"(@example.com"})"},
    shape{"long-quoted-contact", R"({"contact-info":"\")", "a,", R"("})"},
    shape{"contact-list", R"({"contact-info":"a)", "@a,<", R"("})"},
    shape{"long-time", R"({"date-range":{"start-datetime":"2026-03-14T00:00:00.0)", "123456", R"(Z"}})"},
    shape{"long-bad-time", R"({"date-range":{"start-datetime":")", "2026-03-14T00:00:00Z", R"("}})"},
    shape{"long-domain", R"({"policies":[{"policy":{"policy-domain":"a)", ".a-b", R"("}}]})"},
    shape{"long-bad-domain", R"({"policies":[{"policy":{"policy-domain":"a)", ".-", R"("}}]})"},
    shape{"long-label", R"({"policies":[{"policy":{"policy-domain":"a)", "a-", R"("}}]})"},
    shape{"long-pattern", R"({"policies":[{"policy":{"mx-host":["*)", ".a-b", R"("]}}]})"},
    shape{"long-bad-pattern", R"({"policies":[{"policy":{"mx-host":["mx:)", " *", R"("]}}]})"},
    shape{"long-tlsa", R"({"policies":[{"policy":{"policy-type":"tlsa","policy-string":["3 1 1 ab)", "cd", R"("]}}]})"},
    shape{"long-address", R"({"policies":[{"failure-details":[{"sending-mta-ip":"2001:db8)", "::1", R"("}]}]})"},
    shape{"long-bracket-address", R"({"policies":[{"failure-details":[{"sending-mta-ip":"[1)", ".1", R"(]"}]}]})"},
    shape{"long-uri", R"({"policies":[{"failure-details":[{"additional-information":"https://example.com/)", "a/%20",
          R"("}]}]})"},
    shape{"long-bad-uri", R"({"policies":[{"failure-details":[{"additional-information":"https://example.com/)",
          "a!;,:@", R"( "}]}]})"},
    shape{"long-result", R"({"policies":[{"failure-details":[{"result-type":"x)", "yz", R"("}]}]})"},
};

constexpr std::array<std::size_t, 3> lengths{150'000, 1'500'000, 15'000'000};

std::string text_of(shape const& given, std::size_t length) {
    std::string text(given.begin);
    auto const number = given.piece.find('#');
    for (std::size_t i = 0; text.size() + given.end.size() < length; ++i) {
        text += given.piece.substr(0, number);
        if (number == given.piece.npos) continue;
        text += std::to_string(i);
        text += given.piece.substr(number + 1);
    }
    text += given.end;
    return text;
}

/// Nested to the limit, again and again.
std::string nested(std::string_view open, std::string_view close, std::size_t depth, std::size_t length) {
    std::string piece(R"(,"x":)");
    for (std::size_t i = 0; i != depth; ++i) piece += open;
    piece += '0';
    for (std::size_t i = 0; i != depth; ++i) piece += close;
    std::string text(R"({"report-id":"a")");
    while (text.size() < length) text += piece;
    return text + '}';
}

/// Every limit raised, except that of findings: otherwise the time for a list of millions would be measured.
mtasts::report_options without_limits() {
    constexpr auto any = std::numeric_limits<std::size_t>::max();
    return {.max_size = any,
            .max_depth = any,
            .max_policies = any,
            .max_failures = any,
            .max_strings = any,
            .max_members = any,
            .max_string = any};
}

/// The minimum of a few runs, in nanoseconds per octet.
double least_time(std::string const& text) {
    using clock = std::chrono::steady_clock;
    auto const options = without_limits();
    double least = std::numeric_limits<double>::infinity();
    auto const runs = std::max<std::size_t>(3, 1'000'000 / text.size());
    for (std::size_t run = 0; run != runs; ++run) {
        auto const begin = clock::now();
        auto const report = mtasts::parse_tlsrpt_report(text, options);
        std::chrono::duration<double, std::nano> const time = clock::now() - begin;
        least = std::min(least, time.count());
        // Depends on the result, so that the compiler cannot remove the reading.
        if (report.findings.size() > text.size()) std::abort();
    }
    return least / static_cast<double>(text.size());
}

template <class Make>
void row(std::string_view name, Make make) {
    std::printf("%-24.*s", static_cast<int>(name.size()), name.data());
    std::array<double, lengths.size()> times{};
    for (std::size_t i = 0; i != lengths.size(); ++i) {
        times[i] = least_time(make(lengths[i]));
        std::printf(" %10.2f", times[i]);
        std::fflush(stdout);
    }
    std::printf(" %12.2f\n", times.back() / times.front());
}

}  // namespace

int main() {
    std::printf("%-24s %10s %10s %10s %12s\n", "ns per octet", "150 KB", "1.5 MB", "15 MB", "15 MB/150 KB");
    for (auto const& given : shapes) row(given.name, [&](std::size_t length) { return text_of(given, length); });
    row("nested-arrays", [](std::size_t length) { return nested("[", "]", 1000, length); });
    row("nested-objects", [](std::size_t length) { return nested(R"({"x":)", "}", 1000, length); });
}
