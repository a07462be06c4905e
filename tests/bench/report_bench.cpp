// SPDX-License-Identifier: BSL-1.0
/// The speed of reading reports, beside three JSON libraries that fill the same structure and check less.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "report_mtasts.hpp"
#include "report_nlohmann.hpp"
#include "report_rapidjson.hpp"
#include "report_simdjson.hpp"
#include "report_text.hpp"

namespace {

double least(std::vector<double> const& times) { return *std::min_element(times.begin(), times.end()); }

/// The library reuses its own buffers for the next text; the report itself is new each time.
template <class Reader>
void time(benchmark::State& state, std::string const& json) {
    typename Reader::text const text(json);
    Reader read;
    for (auto _ : state) {
        auto report = read(text);
        benchmark::DoNotOptimize(report);
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(json.size()));
}

template <class Reader>
void compare(std::string const& who, bench::named_text const& given) {
    typename Reader::text const text(given.text);
    Reader read;
    if (read(text) != mtasts::parse_tlsrpt_report(given.text).value) {
        std::cerr << given.name << ": " << who << " reads another report\n";
        std::exit(1);
    }
    benchmark::RegisterBenchmark((given.name + "/" + std::to_string(given.text.size()) + "/" + who).c_str(),
                                 [&](benchmark::State& state) { time<Reader>(state, given.text); })
        ->ComputeStatistics("least", least);
}

}  // namespace

int main(int argc, char** argv) {
    auto const texts = bench::all_reports();
    for (auto const& given : texts) {
        if (!mtasts::parse_tlsrpt_report(given.text).findings.empty()) {
            std::cerr << given.name << ": there are findings\n";
            return 1;
        }
        compare<bench::with_mtasts>("ours", given);
        compare<bench::with_simdjson>("simdjson", given);
        compare<bench::with_rapidjson>("rapidjson", given);
        compare<bench::with_nlohmann>("nlohmann", given);
    }
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
    benchmark::RunSpecifiedBenchmarks();
}
