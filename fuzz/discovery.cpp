/// Plays any sequence of events at discovery and outcome; each octet of the input is an event and picks a host. Promises:
///   1. under an unexpired policy of mode enforce, no sequence of answers leads to a delivery but over TLS, to a host
///      that the policy covers, with a certificate that is valid for it or that DANE vouches for;
///   2. no sequence forgets a live policy but for a newer one that was fetched, and none lets a dead one live;
///   3. an answer that nobody asked for changes nothing;
///   4. nothing is fetched under an id within five minutes of a failure under it, unless a fetch succeeded since.
/// tests/decide/player.hpp holds the account that they are checked by; a test plays every short sequence.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "../tests/decide/player.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    player::game game;
    for (std::size_t i = 0; i != size; ++i) {
        auto const broken = game.play(player::events[data[i] % player::events.size()], (data[i] + i) % player::hosts);
        if (broken.empty()) continue;
        std::fprintf(stderr, "broken at event %zu: %s\n", i, broken.c_str());
        std::abort();
    }
    return 0;
}
