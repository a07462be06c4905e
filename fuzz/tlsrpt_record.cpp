/// Plays any octets as the _smtp._tls record (RFC 8460 3) at the promises of promises.hpp.
#include "promises.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy const input(data, size);
    keep_promises(mtasts::grammar::tlsrpt_record, input.text, mtasts::check_tlsrpt_record, mtasts::parse_tlsrpt_record,
                  mtasts::write_tlsrpt_record);
    return 0;
}
