// SPDX-License-Identifier: BSL-1.0
#include <memory>
#include <string>

#include <fmt/format.h>
#include <mtasts/lint/senders.hpp>
#include <mtasts/parse/sts_policy.hpp>

#include "commands.hpp"
#include "input.hpp"
#include "output.hpp"

namespace {

int senders(std::string const& file) {
    auto const text = read_input(file, mtasts::parse_options{}.max_size);
    auto const policy = mtasts::parse_sts_policy(text);
    write_output(fmt::format("What senders do with this policy, as of {}:\n", mtasts::sender_answer::as_of));
    for (auto const& answer : mtasts::what_senders_do(text, policy)) {
        auto const why =
            answer.verdict == mtasts::sender_answer::effect::uses ? "" : fmt::format(" ({})", answer.about);
        write_output(fmt::format("  {:26}{}{}\n", answer.sender, answer.words, why));
    }
    return exit_fine;
}

}  // namespace

void add_senders(CLI::App& app, int& status) {
    auto const file = std::make_shared<std::string>();
    auto* const command =
        app.add_subcommand("senders", "Show which real senders use a policy, discard it or read it differently");
    command->add_option("FILE", *file, "The policy; - is standard input")->required();
    command->callback([file, &status] { status = senders(*file); });
}
