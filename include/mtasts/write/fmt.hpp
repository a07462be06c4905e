// SPDX-License-Identifier: BSL-1.0
/// The library {fmt}, with which texts are written.
#pragma once
#include <mtasts/requirements.hpp>

#if !__has_include(<fmt/format.h>)
#error "mtasts writes texts with {fmt}: install version 9 or later (libfmt-dev)"
#endif
#include <fmt/format.h>
#if FMT_VERSION < 90000
#error "mtasts needs {fmt} 9 or later"
#endif
