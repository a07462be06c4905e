// SPDX-License-Identifier: BSL-1.0
// Inputs of harnesses about mails, and about what is sent.
#include <array>
#include <cstdint>

#include "recipes.hpp"

namespace seeds {
namespace {

/// RFC 1952 8
std::uint32_t crc32(std::string_view octets) {
    std::uint32_t crc = 0xFFFFFFFF;
    for (char const c : octets) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit != 8; ++bit) crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
    }
    return ~crc;
}
std::string little_endian(std::uint32_t value, std::size_t size) {
    std::string octets;
    for (std::size_t i = 0; i != size; ++i) octets += static_cast<char>(value >> 8 * i & 0xFF);
    return octets;
}

/// RFC 1951 3.2.4: one block, not compressed.
std::string stored(std::string_view text) {
    auto const size = static_cast<std::uint32_t>(text.size());
    return '\1' + little_endian(size, 2) + little_endian(~size, 2) + std::string(text);
}

/// RFC 1951 3.2.6: one block of literals in fixed codes.
class fixed_codes {
  public:
    std::string of(std::string_view text) {
        put(0b011, 3);
        for (char const c : text) {
            auto const value = static_cast<unsigned char>(c);
            if (value < 144) put_code(0x30U + value, 8);
            else put_code(0x190U + value - 144, 9);
        }
        put_code(0, 7);
        return octets_ += static_cast<char>(bits_);
    }

  private:
    void put(unsigned bits, unsigned count) {
        for (unsigned i = 0; i != count; ++i) {
            bits_ |= (bits >> i & 1) << used_;
            if (++used_ != 8) continue;
            octets_ += static_cast<char>(bits_);
            bits_ = used_ = 0;
        }
    }
    /// Codes begin with their most significant bit.
    void put_code(unsigned code, unsigned count) {
        while (count-- != 0) put(code >> count & 1, 1);
    }

    std::string octets_;
    unsigned bits_ = 0, used_ = 0;
};

/// RFC 1952 2.3: a member with the optional fields that its flags name.
std::string member(std::string_view text, std::string const& data, int flags) {
    using namespace std::string_literals;
    auto made = "\x1F\x8B\x08"s + static_cast<char>(flags) + "\0\0\0\0\0\xFF"s;
    if ((flags & 4) != 0) made += "\2\0ab"s;
    if ((flags & 8) != 0) made += "report.json\0"s;
    if ((flags & 16) != 0) made += "comment\0"s;
    if ((flags & 2) != 0) made += little_endian(crc32(made), 2);
    return made + data + little_endian(crc32(text), 4) + little_endian(static_cast<std::uint32_t>(text.size()), 4);
}

}  // namespace

void arrived_mail(supply& from, inputs& out) {
    constexpr std::string_view fields = "|From,TLS-Report-Domain,TLS-Report-Submitter|tlsrpt";
    auto const signature = [&] {
        // Most are valid, without a length, by a key for any service or for reports.
        auto text = '^' + (from.once_in(3) ? from.octet(12) : from.pick({"\x02", "\x08"}));
        text += from.pick({"mail.shop.co.uk", "shop.co.uk", "co.uk", "SHOP.co.uk.", "evil.example", "uk",
                           "porter.example", "b\u00FCcher.example."});
        return text += from.once_in(6) ? "|From|*" : fields;
    };
    for (int i = 0; i != 240; ++i) {
        auto mail = joined({from.pick({"multipart/report; report-type=\"tlsrpt\"; boundary=b",
                                       "multipart/report; report-type=\"tlsrpt\"; boundary=b", "multipart/mixed",
                                       "multipart/report; report-type=dsn", "a/b;report-type = \"x;y\"; boundary"}),
                            from.pick({"text/plain,application/tlsrpt+gzip", "application/tlsrpt+json,text/plain",
                                       "text/plain", "text/plain,application/GZIP,text/html",
                                       "application/octet-stream", "text/plain,application/x-gzip"}),
                            from.pick({"example.com", "example.com", "b\u00FCcher.example", ""}),
                            from.pick({"mail.shop.co.uk", "shop.co.uk", "evil.example", "", "xn--bcher-kva.example"}),
                            from.pick({"tls@mail.shop.co.uk", "tls@shop.co.uk", "Shop <tls@Mail.Shop.co.uk.>",
                                       "a@B\u00DCCHER.example", "postmaster", ""}),
                            from.pick({"example.com", "example.com", "xn--bcher-kva.example", ""}),
                            from.pick({"shop.co.uk", "shop.co.uk", "co.uk", "b\u00FCcher.example", ""})},
                           '|');
        for (auto count = from.below(4); count != 0; --count) mail += signature();
        out.push_back(with_separators(mail));
    }
}

void delivery(supply& from, inputs& out) {
    // The size of an input is the status that a POST got.
    for (std::size_t const size : {30, 99, 100, 199, 200, 202, 299, 300, 404})
        for (std::string_view const begins : {"https://example.com/v1\n", "mailto:a%2Cb@example.com\n\x1F\x8B\x08"})
            out.push_back(std::string(begins) + std::string(size - begins.size() % size, 'a'));
    for (auto const& uri : from.all.of(kind::rua_uri)) {
        out.push_back(uri + "\n{}");
        if (from.once_in(2)) out.push_back(uri + "\n\x1F\x8B\x08");
    }
}

void gzip(supply& from, inputs& out) {
    using namespace std::string_literals;
    std::vector<std::string> whole;
    for (int const flags : {0, 2, 4, 8, 16, 30, 1, 32, 224}) {
        auto const& text = from.text(kind::report);
        whole.push_back(member(text, stored(text), flags));
        whole.push_back(member(text, fixed_codes().of(text), flags));
    }
    for (std::string_view const text : {"", "a"}) whole.push_back(member(text, stored(text), 0));
    for (auto const& limit : {"\x3F\xFF"s, "\x01\x80"s, "\0\0"s})
        for (auto const& octets : whole) {
            out.push_back(limit + octets);
            // Truncated, damaged, or followed by another member or something else.
            out.push_back(limit + octets.substr(0, from.below(octets.size())));
            auto damaged = limit + octets;
            damaged[2 + from.below(octets.size())] ^= static_cast<char>(1 << from.below(8));
            out.push_back(damaged);
            out.push_back(limit + octets + from.chance.one_of(whole));
            out.push_back(limit + octets + from.pick({"\n", "PK\3\4", "\x1F", "\x1F\x8B"}));
        }
    // Not gzip: other formats, and a plain report.
    for (auto const& octets : {"PK\3\4"s, "BZh9"s,
                               "\xFD"
                               "7zXZ\0"s,
                               "(\xB5/\xFD"s, "\x78\x9C"s, "{}"s, "\x1F"s, "\x1F\x8B"s, "\x1F\x8B\x09"s,
                               "\x1F\x8B\x08\x08\0\0\0\0\0\0name"s})
        out.push_back("\x3F\xFF" + octets);
}

void report_mail(supply& from, inputs& out) {
    std::string every_octet;
    for (int octet = 0; octet != 256; ++octet) every_octet += static_cast<char>(octet);
    auto const word = std::string(60, 'i'), octets = "\x1F\x8B\x08" + every_octet;
    for (int i = 0; i != 120; ++i) {
        auto input = from.octet(2);
        input += from.pick({"\x1E", "\x60", "\xFF"});
        input += from.pick({"\x1E", "\x60", "\xFF"});
        input += from.octet();
        out.push_back(
            input += joined(
                {from.pick(
                     {"example.com", "b\u00FCcher.example", "Example.COM.", "a b", word + '.' + word + ".example"}),
                 from.pick({"tls@reporter.example", "tls@" + word + ".reporter.example", "a", "Reports <a@b.example>"}),
                 from.pick({"1", "1@reporter.example", "an id\r\nX: 1", "1@reporter.example\r\nBcc: b@example.com",
                            word + word + word + '@' + word, "", "a..b@c"}),
                 from.pick({"", "tls@reporter.example", "a b,c@reporter.example", "a\\b@reporter.example"}),
                 from.pick({"tls@example.com", "\"x \\\" y\"@example.com", "c@example.com\r\nBcc: b@example.com",
                            "b\u00FC@example.com", word + '@' + word + ".example"}),
                 from.pick({"", "A report.\r\n", "--=_", "\u00FC\n\rlast", word + word + word + ' ' + word,
                            "one\ntwo\rthree", "\t"}),
                 from.pick({"{}", "", "abc", octets, every_octet.substr(32, 57)})},
                '\x1F'));
    }
}

}  // namespace seeds
