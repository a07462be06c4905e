#include "registrable.hpp"

#include <libpsl.h>

namespace socketmap {

std::string registrable_domain(std::string_view name) {
    // The newest list of the system, or the one that the library was built with.
    static psl_ctx_t const* const list = psl_latest(nullptr);
    std::string text(name);
    if (list != nullptr)
        if (char const* const found = psl_registrable_domain(list, text.c_str())) return found;
    auto const last = text.rfind('.');
    if (last == std::string::npos || last == 0) return text;
    auto const second = text.rfind('.', last - 1);
    return second == std::string::npos ? text : text.substr(second + 1);
}

}  // namespace socketmap
