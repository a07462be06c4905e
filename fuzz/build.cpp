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

template <class T>
bool keep_promises(mtasts::owned<T> const& built) {
    bool const any = mtasts::any_at_least(built.findings(), mtasts::severity::error);
    keep_promise(built.publishable() == !any, "what cannot be published has an error");
    keep_promise(!built.publishable() || built.usable(), "what may be published is usable");
    return built.publishable();
}

void keep_promises_of_policy(std::size_t choice, std::string_view text) {
    std::chrono::seconds const max_age(choice * 250'000);
    mtasts::sts_policy policy{static_cast<mtasts::policy_mode>(choice % 3), max_age, {}, {}};
    for (auto line : parts_of(text, '\n')) {
        auto const name = take_part(line, '=');
        if (line.empty()) policy.mx.push_back({name});
        else policy.extensions.push_back({name, line});
    }
    auto const built = mtasts::build_sts_policy(policy);
    if (!keep_promises(built)) return;
    auto const& [mode, age, mx, extensions] = built.value();
    keep_promise(mode == policy.mode && age == max_age && mx.size() == policy.mx.size(),
                 "what is published is what was given");
    keep_promise(extensions == policy.extensions && mtasts::make_id(built.value()).size() == 32,
                 "what is published is what was given");
}

void keep_promises_of_record(std::string_view text) {
    auto const lines = parts_of(text, '\n');
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
