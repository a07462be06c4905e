// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 3, 5.1, 6: what discovery looks up, and its verdicts.
#include <array>
#include <chrono>
#include <string_view>

#include <catch2/catch.hpp>
#include <mtasts/decide/discovery.hpp>

namespace {

using namespace mtasts;
using std::chrono::seconds;
using std::chrono::sys_seconds;
using found = record_answer::kind;
using fetched = fetch_answer::kind;
using reason = discovery_reason;
using result = tlsrpt_result_type;

constexpr seconds minute{60}, hour{3600}, day{86400};
constexpr sys_seconds start{1000 * day};

/// Whether there is nothing to ask for a text, and this is why.
constexpr bool asks_nothing(std::string_view domain, policy_source source, reason why) {
    discovery machine(domain);
    return machine.begin(trigger::mail, start) == lookup::none && machine.verdict().source == source &&
           machine.verdict().why == why && machine.record_name().empty();
}

/// A machine and its clock.
struct scene {
    discovery machine{"example.com"};
    sys_seconds now = start;

    constexpr scene& later(seconds time) {
        now += time;
        return *this;
    }
    constexpr scene& begins(trigger why = trigger::mail) {
        machine.begin(why, now);
        return *this;
    }
    constexpr scene& record(found what, std::string_view id = {}) {
        machine.receive(record_answer{what, id}, now);
        return *this;
    }
    constexpr scene& id(std::string_view text) { return record(found::found, text); }
    constexpr scene& policy(policy_mode mode, seconds max_age = 7 * day) {
        machine.receive(fetch_answer{fetched::fetched, mode, max_age}, now);
        return *this;
    }
    constexpr scene& fails(fetched how = fetched::failed) {
        machine.receive(fetch_answer{how}, now);
        return *this;
    }

    constexpr lookup asked() const { return machine.pending(); }
    constexpr discovery_verdict const& verdict() const { return machine.verdict(); }
    constexpr bool ends(policy_source source, reason why, result counted = result::absent) const {
        return asked() == lookup::none && verdict().source == source && verdict().why == why &&
               verdict().result == counted && verdict().policy == machine.in_force(now);
    }
    constexpr bool applies(policy_mode mode) const {
        auto const policy = machine.in_force(now);
        return policy && policy->mode == mode;
    }
};

/// A policy of mode enforce, fetched under id "a" an hour ago.
constexpr scene enforced(policy_mode mode = policy_mode::enforce, seconds max_age = 7 * day) {
    return scene().begins().id("a").policy(mode, max_age).later(hour);
}

struct row {
    std::string_view sentence;
    bool (*holds)();
};

constexpr auto rows = std::to_array<row>({
    {"RFC 8461 3: the record is looked up first, and only a valid one leads to a fetch",
     [] { return scene().begins().asked() == lookup::record && scene().begins().id("a").asked() == lookup::policy; }},
    {"RFC 8461 3.1: without a record there is no policy",
     [] { return scene().begins().record(found::absent).ends(policy_source::none, reason::record_absent); }},
    {"RFC 8461 3.1: with several records there is no policy",
     [] { return scene().begins().record(found::several).ends(policy_source::none, reason::record_several); }},
    {"RFC 8461 3.1: with an invalid record there is no policy",
     [] { return scene().begins().record(found::invalid).ends(policy_source::none, reason::record_invalid); }},
    {"RFC 8461 3.1: an id that no record can have is no valid record",
     [] {
         return scene().begins().id("").ends(policy_source::none, reason::record_invalid) &&
                scene()
                    .begins()
                    .id("123456789012345678901234567890123")
                    .ends(policy_source::none, reason::record_invalid);
     }},
    {"RFC 8461 3.3: a failed lookup does not mean that there is no policy",
     [] { return scene().begins().record(found::failed).ends(policy_source::none, reason::lookup_failed); }},
    {"RFC 8461 3.3: a policy is live when it was just fetched, and cached later",
     [] {
         auto const at = scene().begins().id("a").policy(policy_mode::enforce);
         return at.ends(policy_source::live, reason::fetched) && at.applies(policy_mode::enforce) &&
                enforced().begins().id("a").ends(policy_source::cached, reason::unchanged);
     }},

    // RFC 8461 3.3, 5.1: an unexpired policy stays whatever DNS and HTTPS say.
    {"RFC 8461 3.3: the record is gone, the cached policy applies",
     [] {
         return enforced()
             .begins()
             .record(found::absent)
             .ends(policy_source::cached, reason::record_absent, result::sts_policy_fetch_error);
     }},
    {"RFC 8461 3.3: several records, the cached policy applies",
     [] {
         return enforced()
             .begins()
             .record(found::several)
             .ends(policy_source::cached, reason::record_several, result::sts_policy_fetch_error);
     }},
    {"RFC 8461 3.3: an invalid record, the cached policy applies",
     [] {
         return enforced()
             .begins()
             .record(found::invalid)
             .ends(policy_source::cached, reason::record_invalid, result::sts_policy_fetch_error);
     }},
    {"RFC 8461 3.3: DNS fails, the cached policy applies",
     [] {
         return enforced()
             .begins()
             .record(found::failed)
             .ends(policy_source::cached, reason::lookup_failed, result::sts_policy_fetch_error);
     }},
    {"RFC 8461 3.3: a new id and no policy under it, the cached policy applies",
     [] {
         return enforced().begins().id("b").fails().ends(policy_source::cached, reason::fetch_failed,
                                                         result::sts_policy_fetch_error) &&
                enforced()
                    .begins()
                    .id("b")
                    .fails(fetched::untrusted)
                    .ends(policy_source::cached, reason::host_untrusted, result::sts_webpki_invalid) &&
                enforced()
                    .begins()
                    .id("b")
                    .fails(fetched::invalid)
                    .ends(policy_source::cached, reason::policy_invalid, result::sts_policy_invalid);
     }},
    {"RFC 8461 3.3: a valid record, nothing fetched and nothing cached: as if there were no MTA-STS",
     [] {
         return scene().begins().id("a").fails().ends(policy_source::none, reason::fetch_failed,
                                                      result::sts_policy_fetch_error);
     }},

    // RFC 8461 3.1: ids are compared for equality only.
    {"RFC 8461 3: the same id leads to no fetch", [] { return enforced().begins().id("a").asked() == lookup::none; }},
    {"RFC 8461 3.1: an id that looks older is another one",
     [] {
         return enforced().begins().id("b").policy(policy_mode::enforce).later(hour).begins().id("a").asked() ==
                lookup::policy;
     }},
    {"RFC 8461 3.1: ids differ by case", [] { return enforced().begins().id("A").asked() == lookup::policy; }},
    {"RFC 8461 3.2: an unchanged policy under a new id is kept under the new one",
     [] {
         return enforced()
             .begins()
             .id("b")
             .policy(policy_mode::enforce)
             .later(hour)
             .begins()
             .id("b")
             .ends(policy_source::cached, reason::unchanged);
     }},

    // RFC 8461 3.2, 5.1: how long a policy lives.
    {"RFC 8461 5.1: a policy lives through the last second of its max_age and no longer",
     [] {
         auto last = enforced(policy_mode::enforce, 2 * hour).later(hour);
         bool const lives = last.applies(policy_mode::enforce);
         return lives && !last.later(seconds(1)).machine.in_force(last.now);
     }},
    {"RFC 8461 3.2: a max_age of zero is over in the next second",
     [] {
         auto at = scene().begins().id("a").policy(policy_mode::enforce, seconds(0));
         bool const lives = at.ends(policy_source::live, reason::fetched) && at.applies(policy_mode::enforce);
         return lives && !at.later(seconds(1)).machine.in_force(at.now);
     }},
    {"RFC 8461 3.2: no policy lives longer than a year",
     [] {
         auto at = scene().begins().id("a").policy(policy_mode::enforce, seconds(9'999'999'999));
         bool const lives = at.later(max_age_limit).applies(policy_mode::enforce);
         return lives && !at.later(seconds(1)).machine.in_force(at.now);
     }},
    {"RFC 8461 3.3: a fetch restarts max_age, the same id seen again does not",
     [] {
         auto at = enforced(policy_mode::enforce, 2 * hour).begins().id("a").later(hour).begins().id("a");
         return at.applies(policy_mode::enforce) && !at.later(seconds(1)).machine.in_force(at.now);
     }},
    {"RFC 8461 10.2: a refresh restarts max_age",
     [] {
         return enforced(policy_mode::enforce, 2 * hour)
             .begins(trigger::refresh)
             .id("a")
             .policy(policy_mode::enforce, 2 * hour)
             .later(2 * hour)
             .applies(policy_mode::enforce);
     }},
    {"RFC 8461 3.3: an expired policy is fetched again under the same id",
     [] { return enforced().later(7 * day).begins().id("a").asked() == lookup::policy; }},
    {"RFC 8461 3.3: an expired policy does not apply if the fetch fails",
     [] {
         return enforced().later(7 * day).begins().id("a").fails().ends(policy_source::none, reason::fetch_failed,
                                                                        result::sts_policy_fetch_error);
     }},
    {"RFC 8461 5.1: a policy that expires during discovery does not apply",
     [] {
         auto at = enforced(policy_mode::enforce, 2 * hour).later(hour).begins();
         return at.later(minute).id("a").asked() == lookup::policy &&
                at.fails().ends(policy_source::none, reason::fetch_failed, result::sts_policy_fetch_error);
     }},

    // RFC 8461 5, 8.3: mode none.
    {"RFC 8461 8.3: a policy of mode none replaces the former one",
     [] {
         auto const at = enforced().begins().id("b").policy(policy_mode::none);
         return at.ends(policy_source::live, reason::fetched) && at.applies(policy_mode::none);
     }},
    {"RFC 8461 5: a policy of mode none is cached like any other",
     [] { return enforced(policy_mode::none).begins().record(found::absent).applies(policy_mode::none); }},
    {"RFC 8461 3.3, 6: failures under mode none raise no alert",
     [] {
         auto const at = enforced(policy_mode::none).begins(trigger::refresh).id("a").fails();
         return at.ends(policy_source::cached, reason::fetch_failed) && !at.verdict().alert;
     }},

    // RFC 8461 3.3: the retry delay after a failure.
    {"RFC 8461 3.3: ids that keep changing do not evade the retry delay",
     [] {
         auto at = scene();
         int fetches = 0;
         for (std::string_view const id : {"a", "b", "c", "d", "e", "f"}) {
             at.begins(trigger::before_bounce).id(id);
             fetches += at.asked() == lookup::policy ? 1 : 0;
             at.fails();
             if (id == "e" && at.verdict().retry_at != start + 5 * minute) return false;
             at.later(minute);
         }
         return fetches == 5 && at.ends(policy_source::none, reason::fetch_failed, result::sts_policy_fetch_error);
     }},
    {"RFC 8461 3.3: no second fetch under one id within five minutes",
     [] {
         auto at = scene().begins().id("a").fails();
         bool const told = at.verdict().retry_at == start + 5 * minute;
         at.later(5 * minute - seconds(1)).begins(trigger::before_bounce).id("a");
         bool const waits = at.ends(policy_source::none, reason::fetch_failed, result::sts_policy_fetch_error);
         return told && waits && at.later(seconds(1)).begins().id("a").asked() == lookup::policy;
     }},
    {"RFC 8461 3.3: another id is fetched at once",
     [] { return scene().begins().id("a").fails().begins(trigger::before_bounce).id("b").asked() == lookup::policy; }},
    {"RFC 8461 3.3: the retry delay of one id outlasts a failure of another",
     [] {
         return scene()
                    .begins()
                    .id("a")
                    .fails()
                    .begins(trigger::before_bounce)
                    .id("b")
                    .fails()
                    .begins(trigger::before_bounce)
                    .id("a")
                    .asked() == lookup::none;
     }},
    {"RFC 8461 3.3: an unusable policy is not fetched again at once either",
     [] {
         return scene()
             .begins()
             .id("a")
             .fails(fetched::invalid)
             .begins(trigger::before_bounce)
             .id("a")
             .ends(policy_source::none, reason::policy_invalid, result::sts_policy_invalid);
     }},

    // RFC 8461 3.3, 10.2: refreshing.
    {"RFC 8461 10.2: a refresh fetches under the same id and without a record",
     [] {
         return enforced().begins(trigger::refresh).id("a").asked() == lookup::policy &&
                enforced().begins(trigger::refresh).record(found::absent).asked() == lookup::policy &&
                enforced().begins(trigger::refresh).record(found::failed).asked() == lookup::policy;
     }},
    {"RFC 8461 10.2: without a record, a refresh keeps the id",
     [] {
         auto const at = enforced().begins(trigger::refresh).record(found::absent).policy(policy_mode::testing);
         return at.applies(policy_mode::testing) && at.verdict().policy->id == policy_id("a");
     }},
    {"RFC 8461 3.3: a refresh without a known policy is an ordinary discovery",
     [] {
         return scene().begins(trigger::refresh).record(found::absent).ends(policy_source::none, reason::record_absent);
     }},
    {"RFC 8461 3.3: a policy is refreshed daily, a short-lived one after half of its life",
     [] {
         return scene().begins().id("a").policy(policy_mode::enforce).verdict().refresh_at == start + day &&
                scene().begins().id("a").policy(policy_mode::enforce, hour).verdict().refresh_at == start + 30 * minute;
     }},
    {"RFC 8461 3.3: a policy with a tiny max_age is not refreshed continuously",
     [] {
         auto const after = [](seconds max_age) {
             return scene().begins().id("a").policy(policy_mode::enforce, max_age).verdict().refresh_at;
         };
         return !after(seconds(0)) && !after(5 * minute - seconds(1)) && after(5 * minute) == start + 5 * minute;
     }},
    {"RFC 8461 3.3: a refresh waits for the retry delay after a failure under another id",
     [] {
         auto at = scene().begins().id("a").fails().begins(trigger::before_bounce).id("b");
         at.policy(policy_mode::enforce, 10 * minute).later(minute).begins(trigger::refresh).id("a");
         return at.asked() == lookup::none && at.verdict().refresh_at == start + 5 * minute;
     }},
    {"RFC 8461 10.2: a failed refresh is tried again after delays that double, up to a day",
     [] {
         auto at = enforced().later(day);
         seconds pause = 5 * minute;
         for (int i = 0; i != 12; ++i, pause *= 2) {
             at.begins(trigger::refresh).id("a").fails();
             if (at.machine.in_force(at.now) && at.verdict().refresh_at != at.now + std::min(pause, day)) return false;
             at.later(std::min(pause, day));
         }
         return true;
     }},
    {"RFC 8461 3.3, 10.2: the operator is told how often a refresh failed, and how long the policy holds",
     [] {
         auto at = enforced().begins(trigger::refresh).id("a").fails();
         bool const first = at.verdict().alert == discovery_verdict::refresh_alert{1, start + 7 * day};
         at.later(hour).begins(trigger::refresh).id("a").fails(fetched::untrusted);
         bool const second = at.verdict().alert == discovery_verdict::refresh_alert{2, start + 7 * day};
         at.later(hour).begins(trigger::refresh).id("a").policy(policy_mode::enforce);
         bool const silent = !at.verdict().alert;
         at.later(hour).begins(trigger::refresh).id("a").fails();
         return first && second && silent && at.verdict().alert->failures == 1;
     }},
    {"RFC 8461 3.3: a first fetch that fails raises no alert",
     [] { return !scene().begins().id("a").fails().verdict().alert; }},

    // RFC 8461 5, 5.1: recent results are reused.
    {"RFC 8461 5.1: mail reuses a record seen within five minutes",
     [] {
         return enforced().begins().id("a").later(minute).begins().ends(policy_source::cached, reason::unchanged) &&
                enforced().begins().id("a").later(5 * minute).begins().asked() == lookup::record &&
                scene()
                    .begins()
                    .record(found::absent)
                    .later(minute)
                    .begins()
                    .ends(policy_source::none, reason::record_absent);
     }},
    {"RFC 8461 5: before a bounce the record is looked up, however recently it was seen",
     [] { return enforced().begins().id("a").begins(trigger::before_bounce).asked() == lookup::record; }},
    {"RFC 8461 3.3: a failed lookup is repeated after 30 seconds",
     [] {
         return scene().begins().record(found::failed).later(seconds(29)).begins().asked() == lookup::none &&
                scene().begins().record(found::failed).later(seconds(30)).begins().asked() == lookup::record;
     }},
    {"RFC 8461 5.1: a result from before the policy expired is not reused afterwards",
     [] {
         return scene().begins().id("a").policy(policy_mode::enforce, seconds(0)).later(seconds(1)).begins().asked() ==
                lookup::record;
     }},
    {"RFC 8461 6: a failure is still counted while its result is reused",
     [] {
         return enforced().begins().id("b").fails().later(minute).begins().ends(
             policy_source::cached, reason::fetch_failed, result::sts_policy_fetch_error);
     }},

    // Answers out of order.
    {"RFC 8461 3: answers that were not asked for change nothing",
     [] {
         auto at = enforced();
         auto const before = at.machine;
         at.policy(policy_mode::none).id("b").fails();
         bool const idle = at.machine == before;
         at.begins();
         auto const asking = at.machine;
         return idle && at.policy(policy_mode::none).fails().machine == asking;
     }},
    {"RFC 8461 10.2: a refresh that begins during a lookup turns it into a refresh",
     [] { return enforced().begins().begins(trigger::refresh).id("a").asked() == lookup::policy; }},
    {"RFC 8461 10.2: mail during a refresh leaves it a refresh",
     [] { return enforced().begins(trigger::refresh).begins().id("a").asked() == lookup::policy; }},

    // The clock.
    {"RFC 8461 3.2: with a single clock that goes back, a policy is fetched again, and holds for max_age if that fails",
     [] {
         auto at = enforced().later(-30 * day).begins(trigger::before_bounce).id("a");
         bool const asks = at.asked() == lookup::policy;
         at.fails();
         bool const holds = at.ends(policy_source::cached, reason::fetch_failed, result::sts_policy_fetch_error);
         return asks && holds && at.later(7 * day).applies(policy_mode::enforce) &&
                !at.later(seconds(1)).machine.in_force(at.now);
     }},
    {"RFC 8461 3.3: with a single clock that goes back and forth, no live policy is forgotten",
     [] {
         return enforced()
             .later(-30 * day)
             .begins()
             .record(found::failed)
             .later(30 * day)
             .begins()
             .applies(policy_mode::enforce);
     }},
    {"RFC 8461 3.3: a clock that goes back makes nobody wait longer than five minutes",
     [] {
         auto at = scene().begins().id("a").fails().later(-30 * day).begins().id("a");
         return at.asked() == lookup::none && at.later(5 * minute).begins().id("a").asked() == lookup::policy;
     }},
    {"RFC 8461 3.2: a clock that jumps ahead and back again loses no policy",
     [] {
         return enforced()
             .later(400 * day)
             .begins()
             .record(found::failed)
             .later(-400 * day)
             .applies(policy_mode::enforce);
     }},

    // RFC 8461 3.4: which domain.
    {"RFC 8461 3.4: an address literal has no policy, and neither has an address",
     [] {
         for (std::string_view const domain :
              {"[192.0.2.1]", "[IPv6:2001:db8::1]", "[ipv6:2001:DB8:0::1]", "[2001:db8::1]", "192.0.2.1", "2001:db8::1",
               "::", "::ffff:192.0.2.1", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:192.0.2.1", "1::3:4:5:6:7:8", "::8", "1::"})
             if (!asks_nothing(domain, policy_source::not_applicable, reason::no_domain)) return false;
         return true;
     }},
    {"RFC 8461 3.4: what is neither an address literal nor a name with A-labels is not understood",
     [] {
         for (std::string_view const domain :
              {"", ".", "a..example", ".example", "a b.example", "exa\nmple.com", "example.com..", "*.example.com",
               // Others may have A-labels for these.
               "cached\u3002example", "cached\uFF61example", "\uFF43ached.example", "ca\u00ADched.example",
               "bu\u0308cher.example", "\xFF.example",
               // RFC 1123 2.1: the name of no host.
               "example.123", "123", "192.0.2.256", "192.0.2", "192.0.2.1.",
               // RFC 5321 4.1.3: invalid literals.
               "[]", "[mail.example.com]", "[192.0.2.1", "192.0.2.1]", "[192.0.2.1]:25", "[IPv6:192.0.2.1]",
               "IPv6:2001:db8::1", "[x:y]", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::3:4:5:6:7:8:9",
               ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:", "::12345", "::g", "1.2.3.4::", "fe80::1%eth0"})
             if (!asks_nothing(domain, policy_source::not_understood, reason::not_understood)) return false;
         return true;
     }},
    {"RFC 1035 2.3.4: where the record's name would be too long, there is no record",
     [] {
         // 61 octets and a dot, four times; with "_mta-sts." the name has 253 octets, and then one more.
         constexpr std::string_view label = "a234567890123456789012345678901234567890123456789012345678901.";
         std::array<char, 246> name{};
         for (std::size_t i = 0; i != name.size(); ++i) name[i] = label[i % label.size()];
         std::string_view const longest(name.data(), 244), too_long(name.data(), 245);
         return discovery(longest).begin(trigger::mail, start) == lookup::record &&
                asks_nothing(too_long, policy_source::none, reason::record_absent);
     }},
    {"RFC 8461 3.1, 3.2, 3.4: record and policy host are those of the domain itself, with A-labels",
     [] {
         discovery const machine("Mail.B\u00DCcher.Example.");
         return machine.record_name() == "_mta-sts.mail.xn--bcher-kva.example" &&
                machine.fetch().host.view() == "mta-sts.mail.xn--bcher-kva.example";
     }},
    {"RFC 8461 3.3: a policy kept from an earlier run applies",
     [] {
         discovery machine("example.com", known_policy{policy_id("a"), policy_mode::enforce, 7 * day, start});
         machine.begin(trigger::mail, start + day);
         machine.receive(record_answer{found::failed}, start + day);
         return machine.verdict().source == policy_source::cached &&
                machine.verdict().policy->mode == policy_mode::enforce;
     }},
    {"RFC 8461 3.2: the max_age of a kept policy is bounded too, even if damaged",
     [] {
         known_policy const odd{policy_id("a"), policy_mode::enforce, seconds::max(), start + 400 * day};
         known_policy const never{policy_id("a"), policy_mode::enforce, seconds(-5), start};
         discovery machine("example.com", odd);
         machine.begin(trigger::mail, start);
         return !machine.in_force(start + max_age_limit + seconds(1)) && !never.expired(start) &&
                never.expired(start + seconds(1));
     }},
});

constexpr bool all_hold() {
    for (auto const& row : rows)
        if (!row.holds()) return false;
    return true;
}
static_assert(all_hold());

}  // namespace

TEST_CASE("RFC 8461 3, 5.1, 6: discovery makes the lookups and reaches the verdict of each row") {
    for (auto const& [sentence, holds] : rows) {
        INFO(sentence);
        CHECK(holds());
    }
}

TEST_CASE("RFC 8461 3.2: a policy is at https://mta-sts.DOMAIN/.well-known/mta-sts.txt") {
    CHECK(discovery("example.com").fetch().url() == "https://mta-sts.example.com/.well-known/mta-sts.txt");
}
