// SPDX-License-Identifier: BSL-1.0
#include <memory>
#include <string>

#include <fmt/format.h>
#include <mtasts/render/escape.hpp>
#include <mtasts/render/message.hpp>

#include "commands.hpp"
#include "input.hpp"
#include "output.hpp"

namespace {

int explain(std::string const& slug) {
    if (slug.empty()) {
        for (auto const& row : mtasts::meanings)
            write_output(fmt::format("{:32} {:8} {}\n", row.slug, mtasts::to_text(row.weight.severity),
                                     mtasts::without_placeholders(row.message)));
        return exit_fine;
    }
    auto const* const row = mtasts::find_meaning(slug);
    if (row == nullptr)
        throw usage_error(fmt::format("there is no finding {}; mtasts explain lists them all", mtasts::visible(slug)));
    write_output(fmt::format("{} ({}, {})\n\n{}.\n{}\n{}\n", row->slug, mtasts::to_text(row->weight.severity),
                             row->clause, mtasts::without_placeholders(row->message),
                             mtasts::without_placeholders(row->advice),
                             row->weight.makes_unusable ? "A strict consumer must not use a text with this finding."
                                                        : "The text can be used nevertheless."));
    return exit_fine;
}

}  // namespace

void add_explain(CLI::App& app, int& status) {
    auto const slug = std::make_shared<std::string>();
    auto* const command = app.add_subcommand("explain", "Explain a finding, or list them all");
    command->add_option("CODE", *slug, "Such as policy-max-age-short");
    command->callback([slug, &status] { status = explain(*slug); });
}
