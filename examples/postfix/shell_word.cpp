// SPDX-License-Identifier: BSL-1.0
#include "shell_word.hpp"

namespace socketmap {

std::string shell_word(std::string_view text) {
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:=@%+";
    if (!text.empty() && text.find_first_not_of(plain) == text.npos) return std::string(text);
    std::string out = "'";
    for (char const c : text) {
        if (c == '\'') out += "'\\''";
        else out += c;
    }
    return out + "'";
}

}  // namespace socketmap
