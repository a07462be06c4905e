// SPDX-License-Identifier: BSL-1.0
/// Boost.Asio's coroutines.
#pragma once
// Boost 1.74 does not include it in awaitable.hpp.
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

namespace socketmap {

namespace asio = boost::asio;

}  // namespace socketmap
