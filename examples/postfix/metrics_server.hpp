// SPDX-License-Identifier: BSL-1.0
/// GET /metrics over HTTP, for Prometheus on the same machine.
#pragma once
#include <functional>
#include <string>

#include "asio.hpp"

namespace socketmap {

/// Serves `text()` at a descriptor that listens. Slow and many clients cost no more than a few connections.
asio::awaitable<void> serve_metrics(asio::io_context& context, int listening, std::function<std::string()> text);

}  // namespace socketmap
