// SPDX-License-Identifier: BSL-1.0
/// RFC 1952, RFC 8460 5.2: gzip data, decompressed within limits. Opt-in: it needs zlib, and what includes it links that.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#if !__has_include(<zlib.h>)
#error "mtasts/gzip.hpp decompresses with zlib: install its headers (zlib1g-dev)"
#endif
#include <zlib.h>

#include <mtasts/finding/finding.hpp>

namespace mtasts {

/// Whether data begins as gzip does.
inline bool is_gzip(std::string_view octets) { return octets.starts_with("\x1F\x8B"); }

/// The name of another compression or archive format that data begins as, such as "a zip archive"; empty for none.
inline std::string_view other_format(std::string_view octets) {
    using namespace std::string_view_literals;
    constexpr std::array<std::pair<std::string_view, std::string_view>, 14> beginnings{{
        {"PK\3\4"sv, "a zip archive"},
        {"PK\5\6"sv, "an empty zip archive"},
        {"\x28\xB5\x2F\xFD"sv, "zstd"},
        {"BZh"sv, "bzip2"},
        {"\xFD"
         "7zXZ\0"sv,
         "xz"},
        {"7z\xBC\xAF\x27\x1C"sv, "a 7z archive"},
        {"\x04\x22\x4D\x18"sv, "lz4"},
        {"Rar!\x1A\x07"sv, "a rar archive"},
        {"\x1F\x9D"sv, "compress (.Z)"},
        {"\x78\x01"sv, "a bare zlib stream"},
        {"\x78\x5E"sv, "a bare zlib stream"},
        {"\x78\x9C"sv, "a bare zlib stream"},
        {"\x78\xDA"sv, "a bare zlib stream"},
        {"H4sIA"sv, "gzip in base64"},
    }};
    for (auto const& [beginning, name] : beginnings)
        if (octets.starts_with(beginning)) return name;
    return {};
}

/// The result for gzip data: the text, or no text and a finding that says why not.
struct decompressed {
    std::string text;
    mtasts::findings findings;
};

namespace detail {

/// RFC 8259 9: reports compress to a tenth or a thirtieth; data that decompresses to more than this many times its size
/// is not a report. Less than a MiB does no harm, though, and small texts may be repetitive.
inline constexpr std::size_t greatest_ratio = 100, harmless_size = std::size_t{1} << 20;
inline constexpr std::string_view too_much = "the size limit of a report",
                                  too_much_for_its_size = "a hundred times its size";

/// zlib's state, freed on destruction.
class inflater {
  public:
    inflater() {
        // 15 bits of window, plus 16 for gzip only: no zlib stream, no guessing.
        ready_ = inflateInit2(&stream_, 15 + 16) == Z_OK;
    }
    ~inflater() {
        if (ready_) inflateEnd(&stream_);
    }
    inflater(inflater const&) = delete;
    inflater& operator=(inflater const&) = delete;

    bool ready() const { return ready_; }
    /// Continues with the input and the room there is; both become what is left.
    int go_on(std::string_view& input, char* out, std::size_t& room) {
        constexpr std::size_t most = (std::numeric_limits<uInt>::max)();
        auto const given = (std::min)(input.size(), most);
        // zlib does not write to its input, but takes a pointer to non-const.
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
        stream_.avail_in = static_cast<uInt>(given);
        stream_.next_out = reinterpret_cast<Bytef*>(out);
        stream_.avail_out = static_cast<uInt>(room);
        auto const status = inflate(&stream_, Z_NO_FLUSH);
        input.remove_prefix(given - stream_.avail_in);
        room = stream_.avail_out;
        return status;
    }
    bool begin_member() { return inflateReset(&stream_) == Z_OK; }
    /// zlib's error message, a static text.
    std::string_view message() const {
        return stream_.msg == nullptr ? std::string_view("unreadable") : std::string_view(stream_.msg);
    }

  private:
    z_stream stream_{};
    bool ready_ = false;
};

inline decompressed refused(code what, std::string_view detail = {}) { return {{}, {{what, {}, detail}}}; }

}  // namespace detail

/// Decompresses all members; CRC-32 and ISIZE of each are checked. Stops after `largest` octets, or after a hundred
/// times the size of the data, and never makes an octet more. Findings: the gzip-* codes, without a place.
/// Example: `mtasts::decompress_gzip("\x1F\x8B", 1 << 20).findings.front().code == mtasts::code::gzip_truncated`
inline decompressed decompress_gzip(std::string_view octets, std::size_t largest) {
    if (octets.size() > largest) return detail::refused(code::gzip_large, detail::too_much);
    auto const by_ratio = (std::max)(detail::harmless_size, octets.size() * detail::greatest_ratio);
    auto const limit = (std::min)(largest, by_ratio);
    detail::inflater state;
    if (!state.ready()) return detail::refused(code::gzip_corrupt, "not enough memory to decompress it");
    decompressed result;
    std::array<char, 65536> buffer;
    for (auto rest = octets;;) {
        auto const wanted = (std::min)(buffer.size(), limit - result.text.size());
        auto const rest_before = rest.size();
        auto room = wanted;
        auto const status = state.go_on(rest, buffer.data(), room);
        result.text.append(buffer.data(), wanted - room);
        if (status == Z_STREAM_END) {
            if (rest.empty()) return result;
            if (!is_gzip(rest)) {
                result.findings.push_back({code::gzip_trailing, {}});
                return result;
            }
            if (!state.begin_member()) return detail::refused(code::gzip_corrupt, state.message());
        } else if (status != Z_OK && status != Z_BUF_ERROR) {
            return detail::refused(code::gzip_corrupt, state.message());
        } else if (room == wanted && rest.size() == rest_before) {
            // No output and no progress: there is no room left, or no data.
            if (wanted != 0) return detail::refused(code::gzip_truncated);
            auto const why = limit == largest ? detail::too_much : detail::too_much_for_its_size;
            return detail::refused(code::gzip_large, why);
        }
    }
}

}  // namespace mtasts
