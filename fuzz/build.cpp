// SPDX-License-Identifier: BSL-1.0
/// Promises of building texts from any values; the first octet chooses what, and the lines of the input are its strings:
///   1. what may be published is usable, without an error, and reads as the value that was given, with A-labels;
///   2. an id may be published if, and only if, it has 1 to 32 letters and digits; ids made of a time and URIs made of a
///      mail address may be published;
///   3. what cannot be published has an error that says why.
#include <mtasts/build.hpp>
#include <mtasts/write/id.hpp>

#include "promises.hpp"

namespace {

template <class T>
bool keep_promises(mtasts::owned<T> const& built) {
    keep_promise(built.publishable() == !mtasts::any_at_least(built.findings(), mtasts::severity::error),
                 "what cannot be published has an error");
    keep_promise(!built.publishable() || built.usable(), "what may be published is usable");
    return built.publishable();
}

void keep_promises_of_policy(std::size_t choice, std::string_view text) {
    mtasts::sts_policy policy{};
    policy.mode = static_cast<mtasts::policy_mode>(choice % 3);
    policy.max_age = std::chrono::seconds(choice * 250'000);
    for (auto line : parts_of(text, '\n')) {
        auto const name = take_part(line, '=');
        if (line.empty()) policy.mx.push_back({name});
        else policy.extensions.push_back({name, line});
    }
    auto const built = mtasts::build_sts_policy(policy);
    auto const& read = built.value();
    bool const same = read.mode == policy.mode && read.max_age == policy.max_age &&
                      read.mx.size() == policy.mx.size() && read.extensions == policy.extensions;
    keep_promise(!keep_promises(built) || same, "what is published is what was given");
}

void keep_promises_of_record(std::string_view text) {
    auto const lines = parts_of(text, '\n');
    auto const id = lines.empty() ? std::string_view() : lines.front();
    bool const fine = !id.empty() && id.size() <= 32 && mtasts::text::all_octets(id, mtasts::text::is_alphanumeric);
    keep_promise(keep_promises(mtasts::build_sts_record({id, {}})) == fine, "an id has 1 to 32 letters and digits");
    mtasts::tlsrpt_record record;
    for (auto const line : lines) record.rua.push_back({.text = line});
    auto const built = mtasts::build_tlsrpt_record(record);
    keep_promise(!keep_promises(built) || built.value().rua.size() == lines.size(), "every address is kept");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy input(data, size);
    auto const choice = take_choice(input.text, 256);
    if (choice < 128) keep_promises_of_policy(choice, input.text);
    else keep_promises_of_record(input.text);
    auto const made = mtasts::make_id(std::chrono::sys_days{} + std::chrono::days(choice * 10'000));
    keep_promise(mtasts::build_sts_record({made, {}}).publishable(), "an id that is made may be published");
    auto const uri = mtasts::mailto_uri(input.text);
    keep_promise(mtasts::parse_tlsrpt_uri(uri).usable(), "a URI that is made may be published");
    return 0;
}
