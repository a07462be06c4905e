// SPDX-License-Identifier: BSL-1.0
/// What a `check_x` or `parse_x` found, rendered. Each calls the renderer of a judgement, which is found where it is used:
/// in the header of its format, or in the library mtasts::compiled.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <mtasts/render/judgement.hpp>

namespace mtasts {

/// Renders for people what a `check_x` found, under the name of its text.
/// Example: `std::cout << mtasts::render_human(mtasts::check_sts_policy(body), "mta-sts.txt");`
template <class T>
std::string render_human(checked<T> const& result, std::string input = {}) {
    return render_human(judgement_of(result, std::move(input)));
}
/// Renders for people what a `parse_x` found in a text.
/// Example: `std::cout << mtasts::render_human(mtasts::parse_sts_policy(body), body, "mta-sts.txt");`
template <class T>
std::string render_human(parsed<T> const& result, std::string_view text, std::string input = "<text>") {
    return render_human(judgement_of(result, text, std::move(input)));
}

/// Renders what a `check_x` found as one JSON document.
/// Example: `std::cout << mtasts::render_json(mtasts::check_sts_policy(body), "mta-sts.txt");`
template <class T>
std::string render_json(checked<T> const& result, std::string input) {
    auto one = judgement_of(result, std::move(input));
    one.value_json = result.usable() ? json_value(result.value) : "";
    return render_json(std::span(&one, 1));
}

/// Renders what a `check_x` found as SARIF 2.1.0.
/// Example: `std::cout << mtasts::render_sarif(mtasts::check_sts_policy(body), "mta-sts.txt");`
template <class T>
std::string render_sarif(checked<T> const& result, std::string input) {
    auto const one = judgement_of(result, std::move(input));
    return render_sarif(std::span(&one, 1));
}

/// Renders what a `check_x` found as annotations of a GitHub workflow.
/// Example: `std::cout << mtasts::render_github(mtasts::check_sts_policy(body), "mta-sts.txt");`
template <class T>
std::string render_github(checked<T> const& result, std::string input) {
    return render_github(judgement_of(result, std::move(input)));
}

}  // namespace mtasts
