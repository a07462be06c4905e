/// Plays any octets as the _mta-sts record (RFC 8461 3.1) at the promises of promises.hpp.
#include "promises.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy const input(data, size);
    keep_promises(mtasts::grammar::sts_text_record, input.text, mtasts::check_sts_record, mtasts::parse_sts_record,
                  mtasts::write_sts_record);
    return 0;
}
