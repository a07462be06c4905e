// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 3.3, 5: what holds after every sequence of events, however hostile.
#include <cstddef>
#include <cstdio>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "player.hpp"

namespace {

constexpr std::size_t longest = 6;

/// Continues a game with every event. An answer that changes nothing ends its branch: what could follow is played without
/// it, too.
class explorer {
  public:
    void go_on(player::game const& so_far, std::size_t length) {
        for (std::size_t i = 0; i != player::events.size(); ++i) {
            auto game = so_far;
            path_.push_back(i);
            auto const broken = game.play(player::events[i], ++played_ % player::hosts);
            if (!broken.empty()) report(broken);
            if (length + 1 < longest && game.changed()) go_on(game, length + 1);
            path_.pop_back();
        }
    }
    std::size_t played() const { return played_; }
    std::string const& broken() const { return broken_; }

  private:
    void report(std::string const& promise) {
        if (!broken_.empty()) return;
        broken_ = promise + ':';
        for (auto const i : path_) (broken_ += ' ') += std::to_string(i);
    }

    std::vector<std::size_t> path_;
    std::size_t played_ = 0;
    std::string broken_;
};

}  // namespace

TEST_CASE("RFC 8461 3.3, 5: no six events forget a live policy or deliver without protection under enforce") {
    explorer all;
    all.go_on({}, 0);
    std::printf("%zu sequences of events played\n", all.played());
    CHECK(all.broken() == "");
    CHECK(all.played() > 100'000);
}

TEST_CASE("RFC 8461 2, 5: under enforce every delivery is protected, whatever the host") {
    using namespace mtasts;
    std::size_t delivered = 0;
    for (std::size_t i = 0; i != player::hosts; ++i) {
        auto const host = player::host(i);
        for (bool const both : {false, true}) {
            INFO("host " << i);
            auto const done = decide_outcome(policy_mode::enforce, host, message_kind::ordinary, {both});
            if (done.action != delivery::deliver) continue;
            ++delivered;
            CHECK(player::protected_delivery(host));
            if (both) CHECK(host.certificate == certificate_state::valid);
        }
    }
    CHECK(delivered > 0);
}
