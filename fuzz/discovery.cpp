// SPDX-License-Identifier: BSL-1.0
/// Feeds any sequence of events to discovery and outcome; each octet of the input is an event and picks a host. By the
/// model of tests/decide/player.hpp, with which a test plays every short sequence, these are the promises:
///   1. under an unexpired policy of mode enforce, whatever the answers, every delivery is over TLS, to a host that the
///      policy covers, with a certificate that is valid for it or that DANE authenticates;
///   2. only a newer policy that was fetched replaces a live one, and no expired policy applies;
///   3. an answer that was not asked for changes nothing;
///   4. nothing is fetched under an id within five minutes of a failure under it, unless a fetch succeeded since;
///   5. no sequence of clock steps, restarts and reboots shortens the protection by more than a clock was wrong: not
///      at all without an unseen gap, else only while the clock makes the policy older than it is;
///   6. none lengthens it: not at all without an unseen gap, else to no more than max_age of seen time since the
///      fetch, and to a day after the clock shows it as expired;
///   7. a policy that, by the clock, was fetched in the future or expired unseen is fetched again at once.
#include "../tests/decide/player.hpp"
#include "promises.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    player::game game;
    for (std::size_t i = 0; i != size; ++i) {
        auto const broken = game.play(player::events[data[i] % player::events.size()], (data[i] + i) % player::hosts);
        keep_promise(broken.empty(), broken.c_str());
    }
    return 0;
}
