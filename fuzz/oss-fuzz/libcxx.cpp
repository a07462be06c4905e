// SPDX-License-Identifier: BSL-1.0
/// For MemorySanitizer in emulate.sh: the compiled parts of Debian's libc++, compiled again with instrumentation, which the
/// linker prefers. OSS-Fuzz's libc++ is instrumented throughout and needs none of this.
#include <charconv>
#include <string>

template class std::basic_string<char>;
template std::string std::operator+(char const*, std::string const&);

namespace {

template <class Number>
std::string decimal(Number value) {
    char digits[24];
    return {digits, std::to_chars(digits, digits + sizeof digits, value).ptr};
}

}  // namespace

std::string std::to_string(int value) { return decimal(value); }
std::string std::to_string(long value) { return decimal(value); }
std::string std::to_string(long long value) { return decimal(value); }
std::string std::to_string(unsigned value) { return decimal(value); }
std::string std::to_string(unsigned long value) { return decimal(value); }
std::string std::to_string(unsigned long long value) { return decimal(value); }
