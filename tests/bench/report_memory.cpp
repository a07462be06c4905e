// SPDX-License-Identifier: BSL-1.0
/// The peak memory of reading a report, relative to the size of the text: everything from malloc.
#include <malloc.h>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "report_mtasts.hpp"
#include "report_nlohmann.hpp"
#include "report_rapidjson.hpp"
#include "report_simdjson.hpp"
#include "report_text.hpp"

namespace {

std::size_t live = 0, most = 0;

void* counted(void* octets) {
    if (octets != nullptr) live += malloc_usable_size(octets);
    most = std::max(most, live);
    return octets;
}
void uncounted(void* octets) {
    if (octets != nullptr) live -= malloc_usable_size(octets);
}

}  // namespace

// Names under which glibc has its own functions, so that allocations count whether a library uses new or malloc.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* octets, std::size_t size);
void __libc_free(void* octets);

void* malloc(std::size_t size) { return counted(__libc_malloc(size)); }
void* calloc(std::size_t count, std::size_t size) { return counted(__libc_calloc(count, size)); }
void* realloc(void* octets, std::size_t size) {
    uncounted(octets);
    return counted(__libc_realloc(octets, size));
}
void free(void* octets) {
    uncounted(octets);
    __libc_free(octets);
}
}

namespace {

/// The first report of a reader: buffers that it keeps for the next one count too.
template <class Reader>
double peak_of(std::string const& json) {
    typename Reader::text const text(json);
    auto const before = most = live;
    Reader read;
    auto const report = read(text);
    return report.policies.empty() ? 0.0 : static_cast<double>(most - before) / static_cast<double>(json.size());
}

}  // namespace

int main() {
    std::printf("%-24s %10s %10s %10s %10s\n", "most memory / text", "ours", "simdjson", "rapidjson", "nlohmann");
    for (auto const& [name, text] : bench::all_reports())
        std::printf("%-24s %10.2f %10.2f %10.2f %10.2f\n", name.c_str(), peak_of<bench::with_mtasts>(text),
                    peak_of<bench::with_simdjson>(text), peak_of<bench::with_rapidjson>(text),
                    peak_of<bench::with_nlohmann>(text));
}
