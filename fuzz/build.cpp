/// Promises of building texts from any values; the first octet chooses what, and the lines of the input are its strings:
///   1. what may be published is usable, without an error, and reads as the value that was given, with A-labels;
///   2. an id may be published where it has 1 to 32 letters and digits, and no more than those;
///   3. what cannot be published has an error that tells why.
#include <string>
#include <vector>

#include <mtasts/build.hpp>
#include <mtasts/write/id.hpp>

#include "promises.hpp"

namespace {

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) lines.push_back(take_part(text, '\n'));
    return lines;
}

template <class T>
bool keep_promises(mtasts::owned<T> const& built) {
    bool const any = mtasts::any_at_least(built.findings(), mtasts::severity::error);
    keep_promise(built.publishable() == !any, "what cannot be published has an error");
    keep_promise(!built.publishable() || built.usable(), "what may be published is usable");
    auto const copy = built;
    keep_promise(copy.text() == built.text() && copy.value() == built.result().value, "a copy is the same");
    return built.publishable();
}

void keep_promises_of_policy(std::size_t choice, std::string_view text) {
    mtasts::sts_policy policy{
        static_cast<mtasts::policy_mode>(choice % 3), std::chrono::seconds(choice * 250'000), {}, {}};
    for (auto line : lines_of(text)) {
        auto const name = take_part(line, '=');
        if (line.empty()) policy.mx.push_back({name});
        else policy.extensions.push_back({name, line});
    }
    auto const built = mtasts::build_sts_policy(policy);
    if (!keep_promises(built)) return;
    keep_promise(built.value().mode == policy.mode && built.value().max_age == policy.max_age &&
                     built.value().mx.size() == policy.mx.size() && built.value().extensions == policy.extensions,
                 "what is published is what was given");
    keep_promise(mtasts::make_id(built.value()).size() == 32, "a policy has an id");
}

void keep_promises_of_record(std::string_view text) {
    auto const lines = lines_of(text);
    auto const id = lines.empty() ? std::string_view() : lines.front();
    bool const fine = !id.empty() && id.size() <= 32 && mtasts::all_octets(id, mtasts::is_alphanumeric);
    keep_promise(keep_promises(mtasts::build_sts_record({id, {}})) == fine, "an id has 1 to 32 letters and digits");
    mtasts::tlsrpt_record record;
    for (auto const line : lines) record.rua.push_back({.text = line});
    auto const built = mtasts::build_tlsrpt_record(record);
    if (keep_promises(built)) keep_promise(built.value().rua.size() == lines.size(), "every address is kept");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy input(data, size);
    auto const choice = take_choice(input.text, 256);
    if (choice < 128) keep_promises_of_policy(choice, input.text);
    else keep_promises_of_record(input.text);
    return 0;
}
