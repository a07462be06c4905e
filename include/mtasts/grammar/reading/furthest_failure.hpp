// SPDX-License-Identifier: BSL-1.0
/// What a walk records for `expect`.
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include <mtasts/finding/finding.hpp>

namespace mtasts::grammar {

/// The furthest failure, and the outermost productions (or bare literals) that were tried there.
class furthest_failure {
  public:
    constexpr void enter(std::string_view production, std::size_t begin) { open_.push_back({production, begin}); }
    constexpr void leave() { open_.pop_back(); }
    constexpr void suppress(bool on) { suppressed_ += on ? 1 : -1; }

    constexpr void missed(std::size_t at, std::string_view literal, bool is_literal) {
        if (suppressed_ != 0 || at < result.offset) return;
        if (at > result.offset) {
            result.offset = at;
            result.wanted.clear();
        }
        // The outermost production that begins at the failure; the first open one is the whole text's and says nothing.
        expectation::item item{literal, is_literal};
        for (std::size_t i = open_.size(); i > 1 && open_[i - 1].begin == at; --i)
            item = {open_[i - 1].production, false};
        if (item.text.empty() && !open_.empty()) item = {open_.back().production, false};
        for (auto const& known : result.wanted)
            if (known == item) return;
        result.wanted.push_back(item);
    }

    expectation result;

  private:
    struct open_production {
        std::string_view production;
        std::size_t begin;
    };
    std::vector<open_production> open_;
    int suppressed_ = 0;
};

}  // namespace mtasts::grammar
