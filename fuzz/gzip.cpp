// SPDX-License-Identifier: BSL-1.0
/// Promises of decompressing gzip (RFC 1952), for any octets; the first two set the limit:
///   1. no more octets come out than the limit, and none if the input is refused;
///   2. what zlib decodes in one call, every member with the right CRC-32 and ISIZE, is decompressed to the same octets;
///   3. what zlib finds damaged or truncated is refused.
#include <mtasts/gzip.hpp>

#include "promises.hpp"

namespace {

struct whole {
    std::string text;
    bool good = false;
    std::string_view rest;
};

/// All members, decoded by zlib in one call into a buffer that has room for one octet more than the limit.
whole decoded_in_one_go(std::string_view octets, std::size_t limit) {
    whole all{std::string(limit + 1, '\0'), true, octets};
    std::size_t used = 0;
    do {
        z_stream stream{};
        if (inflateInit2(&stream, 15 + 16) != Z_OK) std::abort();
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(all.rest.data()));
        stream.avail_in = static_cast<uInt>(all.rest.size());
        stream.next_out = reinterpret_cast<Bytef*>(all.text.data() + used);
        stream.avail_out = static_cast<uInt>(all.text.size() - used);
        all.good = inflate(&stream, Z_FINISH) == Z_STREAM_END;
        used = all.text.size() - stream.avail_out;
        all.rest.remove_prefix(all.rest.size() - stream.avail_in);
        inflateEnd(&stream);
    } while (all.good && mtasts::is_gzip(all.rest));
    all.text.resize(used);
    return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy input(data, size);
    auto const high = take_choice(input.text, 64), low = take_choice(input.text, 256), limit = high * 256 + low;
    auto const ours = mtasts::decompress_gzip(input.text, limit);
    keep_promise(ours.text.size() <= limit, "no more comes out than the limit");
    bool const refused = !ours.findings.empty() && ours.findings.front().code != mtasts::code::gzip_trailing;
    keep_promise(!refused || ours.text.empty(), "nothing comes out of what is refused");
    if (input.text.size() > limit) return keep_promise(refused, "what is too large is refused"), 0;
    auto const theirs = decoded_in_one_go(input.text, limit);
    keep_promise(refused == !(theirs.good && theirs.text.size() <= limit), "what zlib decodes is accepted");
    keep_promise(refused || ours.text == theirs.text, "the output is what zlib decodes");
    keep_promise(refused || ours.findings.empty() == theirs.rest.empty(), "what follows is reported");
    keep_promise(!mtasts::is_gzip(input.text) || mtasts::other_format(input.text).empty(), "gzip is no other format");
    return 0;
}
