// SPDX-License-Identifier: BSL-1.0
/// The library itself, with all of its checks.
#pragma once
#include <mtasts/parse/tlsrpt_report.hpp>

#include <string>
#include <utility>

namespace bench {

class with_mtasts {
  public:
    using text = std::string;

    mtasts::tlsrpt_report operator()(text const& json) { return std::move(mtasts::parse_tlsrpt_report(json).value); }
};

}  // namespace bench
