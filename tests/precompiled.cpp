// SPDX-License-Identifier: BSL-1.0
/// Nothing of its own: the target of this source holds the precompiled headers of all tests.
