/// What is rendered: one text and everything said about it.
#pragma once
#include <string>
#include <string_view>

#include <mtasts/diagnostic.hpp>

namespace mtasts {

struct judgement {
    /// The name of the input, such as a file's.
    std::string input;
    /// What the text was taken for, such as "sts-policy".
    std::string kind;
    /// The text in which the findings have their place.
    std::string_view text;
    bool usable = false;
    /// The value as JSON; empty where the text is not usable.
    std::string value_json;
    mtasts::findings const* findings = nullptr;
};

}  // namespace mtasts
