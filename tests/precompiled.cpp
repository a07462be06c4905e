// SPDX-License-Identifier: BSL-1.0
/// Empty: the target of this source has the precompiled headers of all tests.
