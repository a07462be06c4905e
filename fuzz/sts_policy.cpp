/// Plays any octets as the policy (RFC 8461 3.2) at the promises of promises.hpp.
#include "promises.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy const input(data, size);
    keep_promises(mtasts::grammar::sts_policy_record, input.text, mtasts::check_sts_policy, mtasts::parse_sts_policy,
                  mtasts::write_sts_policy);
    return 0;
}
