// SPDX-License-Identifier: BSL-1.0
/// Promises of the mutations (support/mutations.hpp), for any octets:
///   1. no octet is written beyond the maximum size;
///   2. the same text and seed give the same text.
#include <algorithm>
#include <string>
#include <vector>

#include "promises.hpp"
#include "support/mutations.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy input(data, size);
    auto const spread = take_choice(input.text, 256), seed = take_choice(input.text, 256);
    auto const max_size = input.text.size() + spread;
    auto const mutated = [&] {
        // The block ends at the maximum size, so that a sanitizer notices an octet too many.
        std::unique_ptr<std::uint8_t[]> const block(new std::uint8_t[max_size]);
        std::copy(input.text.begin(), input.text.end(), block.get());
        auto const made = mutate_text(block.get(), input.text.size(), max_size, static_cast<unsigned>(seed));
        keep_promise(made <= max_size, "a mutation is not longer than it may be");
        return std::string(reinterpret_cast<char const*>(block.get()), made);
    };
    keep_promise(mutated() == mutated(), "one seed makes one mutation");
    return 0;
}
