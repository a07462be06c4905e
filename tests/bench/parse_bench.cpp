// SPDX-License-Identifier: BSL-1.0
/// The speed of the parsers beside two that people write by hand, and whether their time is linear in the text.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

#include <mtasts/parse/sts_policy.hpp>
#include <mtasts/parse/sts_record.hpp>
#include <mtasts/parse/tlsrpt_record.hpp>

#include "by_hand.hpp"
#include "by_regex.hpp"

namespace {

constexpr std::string_view plain_record = "v=STSv1; id=20160831085700Z;";
constexpr std::string_view extended_record = "v=STSv1; id=20160831085700Z; ext=hello; foo=bar;";
constexpr std::string_view tlsrpt_record =
    "v=TLSRPTv1; rua=mailto:reports@example.com,https://reports.example.com/v1/tlsrpt";
/// RFC 8461 3.2
constexpr std::string_view policy =
    "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmx: *.example.net\r\nmx: "
    "backupmx.example.com\r\nmax_age: 604800\r\n";

template <class Parse>
void repeat(benchmark::State& state, std::string_view text, Parse parse) {
    for (auto _ : state) {
        benchmark::DoNotOptimize(text);
        auto result = parse(text);
        benchmark::DoNotOptimize(result);
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(text.size()));
}

/// The same text for all three parsers, which must agree on it for a fair comparison.
template <class Ours, class Model>
void compare(std::string const& name, std::string_view text, Ours ours, bool (*hand)(std::string_view, Model&),
             bool (*regex)(std::string_view, Model&)) {
    Model split, matched;
    auto const parsed = ours(text);
    if (!parsed.usable() || !hand(text, split) || !regex(text, matched) || !(parsed.value == split) ||
        !(split == matched)) {
        std::cerr << name << ": the parsers disagree\n";
        std::exit(1);
    }
    auto const add = [&](char const* who, auto parse) {
        benchmark::RegisterBenchmark((name + "/" + who).c_str(),
                                     [=](benchmark::State& state) { repeat(state, text, parse); });
    };
    add("ours", ours);
    add("split", [hand](std::string_view given) {
        Model model;
        bool const usable = hand(given, model);
        benchmark::DoNotOptimize(usable);
        return model;
    });
    add("regex", [regex](std::string_view given) {
        Model model;
        bool const usable = regex(given, model);
        benchmark::DoNotOptimize(usable);
        return model;
    });
}

/// Whole pieces only: a truncated line would be another kind of text.
std::string filled(std::size_t size, std::string_view begin, std::string_view piece) {
    std::string text(begin);
    while (text.size() + piece.size() <= size) text += piece;
    return text;
}

void grow(std::string const& name, std::string_view begin, std::string_view piece) {
    for (std::size_t size = 1024; size <= 65536; size *= 4)
        benchmark::RegisterBenchmark((name + "/" + std::to_string(size)).c_str(), [=](benchmark::State& state) {
            auto const text = filled(size, begin, piece);
            repeat(state, text, [](std::string_view given) { return mtasts::parse_sts_policy(given); });
        });
}

}  // namespace

int main(int argc, char** argv) {
    auto const record = [](std::string_view text) { return mtasts::parse_sts_record(text); };
    compare("sts-record", plain_record, record, by_hand::parse_sts_record, by_regex::parse_sts_record);
    compare("sts-record-extended", extended_record, record, by_hand::parse_sts_record, by_regex::parse_sts_record);
    compare(
        "tlsrpt-record", tlsrpt_record, [](std::string_view text) { return mtasts::parse_tlsrpt_record(text); },
        by_hand::parse_tlsrpt_record, by_regex::parse_tlsrpt_record);
    compare(
        "sts-policy", policy, [](std::string_view text) { return mtasts::parse_sts_policy(text); },
        by_hand::parse_sts_policy, by_regex::parse_sts_policy);

    constexpr std::string_view head = "version: STSv1\nmode: enforce\nmax_age: 604800\nmx: mail.example.com\n";
    grow("grow-extension-lines", head, "note: some text of usual length\n");
    grow("grow-mx-lines", head, "mx: mail.example.com\n");
    grow("grow-blank-lines", "", "\n");
    grow("grow-one-line", "version: STSv1\nnote: ", "a");
    grow("grow-spaces", "version: STSv1\nnote:", " ");
    grow("grow-colons", "version: STSv1\n", ":");
    grow("grow-bad-mx-lines", head, "mx: -mail.example.com\n");

    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
    benchmark::RunSpecifiedBenchmarks();
}
