// SPDX-License-Identifier: BSL-1.0
#include <mtasts/write/json_schema.hpp>

#include "commands.hpp"
#include "output.hpp"

void add_schema(CLI::App& app) {
    auto* const command = app.add_subcommand("schema", "Print the JSON Schema (2020-12) of reports (RFC 8460 4.4)");
    command->callback([] { write_output(mtasts::tlsrpt_json_schema()); });
}
