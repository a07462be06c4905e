// SPDX-License-Identifier: BSL-1.0
/// Netstrings: "5:hello,". What a client of a socketmap sends, and what it gets back.
#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace socketmap {

/// Takes netstrings out of a stream, in one buffer whose size never changes.
///
/// A length above the limit is refused at its digits, before anything of that length is received or reserved.
class netstring_reader {
  public:
    explicit netstring_reader(std::size_t longest) : longest_(longest), buffer_(longest + frame) {}

    enum class state { incomplete, complete, malformed, too_long };
    struct result {
        netstring_reader::state state = netstring_reader::state::incomplete;
        /// The octets between ":" and ","; valid until `room()` is called.
        std::string_view text = {};
    };

    /// Where received octets go; never empty unless the last result was `malformed` or `too_long`.
    std::span<char> room();
    void received(std::size_t octets) { filled_ += octets; }
    /// The next netstring, or why there is none.
    result next();
    /// Whether the stream stopped in the middle of a netstring.
    bool holds_part() const { return filled_ != begin_; }

  private:
    /// Digits of a length, ":" and ",".
    static constexpr std::size_t frame = 12;

    std::size_t longest_;
    std::vector<char> buffer_;
    std::size_t begin_ = 0;
    std::size_t filled_ = 0;
};

/// Appends "9:NOTFOUND ,".
void append_netstring(std::string& out, std::string_view text);

}  // namespace socketmap
