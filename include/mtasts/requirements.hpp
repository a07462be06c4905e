// SPDX-License-Identifier: BSL-1.0
/// Requirements on the compiler. Included by every header that includes no other of this library.
#pragma once

// The missing file ends the compilation: one error instead of thousands.
#if (defined(_MSVC_LANG) ? _MSVC_LANG : __cplusplus) < 202002L
#error "mtasts needs C++20: compile with -std=c++20 or later"
#include <this-compiler-is-not-set-to-c++20>
#endif
