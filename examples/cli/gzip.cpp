// SPDX-License-Identifier: BSL-1.0
#include "gzip.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include <zlib.h>

namespace {

using namespace std::string_view_literals;

/// RFC 8259 9: reports compress to a tenth or a thirtieth; data that decompresses to more than this many times its size
/// is not a report. Less than a MiB does no harm, though, and small texts may be repetitive.
constexpr std::size_t greatest_ratio = 100, harmless_size = std::size_t{1} << 20;
constexpr auto too_much = "the size limit of a report"sv;

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
        constexpr std::size_t most = std::numeric_limits<uInt>::max();
        auto const given = std::min(input.size(), most);
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
    std::string_view message() const { return stream_.msg == nullptr ? "unreadable"sv : std::string_view(stream_.msg); }

  private:
    z_stream stream_{};
    bool ready_ = false;
};

decompressed refused(mtasts::code what, std::string_view detail = {}) { return {{}, {{what, {}, detail}}}; }

}  // namespace

bool is_gzip(std::string_view octets) { return octets.starts_with("\x1F\x8B"); }

std::string_view other_format(std::string_view octets) {
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

decompressed decompress_gzip(std::string_view octets, std::size_t largest) {
    if (octets.size() > largest) return refused(mtasts::code::gzip_large, too_much);
    auto const by_ratio = std::max(harmless_size, octets.size() * greatest_ratio);
    auto const limit = std::min(largest, by_ratio);
    inflater state;
    if (!state.ready()) return refused(mtasts::code::gzip_corrupt, "not enough memory to decompress it");
    decompressed result;
    std::array<char, 65536> buffer;
    for (auto rest = octets;;) {
        auto const wanted = std::min(buffer.size(), limit - result.text.size());
        auto const rest_before = rest.size();
        auto room = wanted;
        auto const status = state.go_on(rest, buffer.data(), room);
        result.text.append(buffer.data(), wanted - room);
        if (status == Z_STREAM_END) {
            if (rest.empty()) return result;
            if (!is_gzip(rest)) {
                result.findings.push_back({mtasts::code::gzip_trailing, {}});
                return result;
            }
            if (!state.begin_member()) return refused(mtasts::code::gzip_corrupt, state.message());
        } else if (status != Z_OK && status != Z_BUF_ERROR) {
            return refused(mtasts::code::gzip_corrupt, state.message());
        } else if (room == wanted && rest.size() == rest_before) {
            // No output and no progress: there is no room left, or no data.
            if (wanted != 0) return refused(mtasts::code::gzip_truncated);
            return refused(mtasts::code::gzip_large, limit == largest ? too_much : "a hundred times its size"sv);
        }
    }
}
