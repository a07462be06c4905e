// SPDX-License-Identifier: BSL-1.0
/// Included by a harness whose texts consist of lines, fields or members: half of libFuzzer's mutations are of those
/// (support/mutations.hpp). The other half is libFuzzer's own, if the engine has it.
#pragma once
#include "support/mutations.hpp"

extern "C" [[gnu::weak]] std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
    if (LLVMFuzzerMutate != nullptr && seed % 2 == 0)
        if (auto const mutated = LLVMFuzzerMutate(data, size, max_size); mutated != 0) return mutated;
    return mutate_text(data, size, max_size, seed / 2);
}
