// SPDX-License-Identifier: BSL-1.0
/// The version of the library. It is set here and nowhere else: CMakeLists.txt and the Conan recipe read these lines.
#pragma once

#define MTASTS_VERSION_MAJOR 0
#define MTASTS_VERSION_MINOR 1
#define MTASTS_VERSION_PATCH 0

#define MTASTS_VERSION_JOIN_(major, minor, patch) #major "." #minor "." #patch
#define MTASTS_VERSION_JOIN(major, minor, patch) MTASTS_VERSION_JOIN_(major, minor, patch)
/// The same as text, such as "1.2.3".
#define MTASTS_VERSION MTASTS_VERSION_JOIN(MTASTS_VERSION_MAJOR, MTASTS_VERSION_MINOR, MTASTS_VERSION_PATCH)
