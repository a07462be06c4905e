// SPDX-License-Identifier: BSL-1.0
// expect: mtasts needs C++20: compile with -std=c++20 or later
// flags: -std=c++17
#include <mtasts.hpp>
