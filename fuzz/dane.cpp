// SPDX-License-Identifier: BSL-1.0
/// Promises about DANE, for any domain, with any answers lost or bogus, and over any course of time:
///   1. what is found is the truth, or less certain than it (RFC 7672 2.1.2);
///   2. a domain with DANE never counts as one without, unless DNSSEC is missing and nothing was ever proved about it;
///   3. a domain proved within the last day to have no DANE counts as one without, whatever answers are lost.
#include <mtasts/decide/dane_knowledge.hpp>

#include "dane_world.hpp"
#include "promises.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace mtasts;
    exact_copy input(data, size);
    auto const choose = [&](std::size_t count) { return take_choice(input.text, count); };
    dane_world const domain(choose);
    bool const has_dane = domain.truth() != dane_hosts::none;
    std::optional<dane_memory> kept;
    std::optional<std::chrono::seconds> proved;
    for (std::chrono::seconds seen{0}; !input.text.empty(); seen += std::chrono::seconds(choose(256) * 500)) {
        bool const missing = choose(3) == 1;
        auto const found = missing ? dane_findings() : domain.found(choose);
        keep_promise(found.hosts == domain.truth() || found.hosts == dane_hosts::unknown ||
                         (found.hosts == dane_hosts::some && has_dane),
                     "what is found is the truth, or less certain");
        auto const state = missing ? dnssec_state::missing : dnssec_state::working;
        auto const believed = believed_dane(found, kept, seen, state);
        keep_promise(!has_dane || believed != dane_hosts::none || (missing && !kept), "DANE is not forgotten");
        if (found.hosts == dane_hosts::none) proved = seen;
        bool const lately = proved && seen - *proved <= dane_memory::life - detail::dane_memory_step;
        keep_promise(!lately || believed == dane_hosts::none, "a proof of no DANE counts for a day");
        if (auto const newer = newer_proof(found, kept, seen, state)) kept = newer;
    }
    return 0;
}
