#include <fmt/format.h>
#include <mtasts/write/json_schema.hpp>

#include "commands.hpp"

void add_schema(CLI::App& app) {
    auto* const command = app.add_subcommand("schema", "Print the JSON Schema (2020-12) of reports (RFC 8460 4.4)");
    command->callback([] { fmt::print("{}", mtasts::tlsrpt_json_schema()); });
}
