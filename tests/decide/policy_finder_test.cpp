// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 3.1, 3.2, 3.3: discovery with the texts that DNS and HTTPS bring.
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>
#include <mtasts/decide/policy_finder.hpp>

namespace {

using namespace mtasts;

constexpr std::chrono::sys_seconds start{std::chrono::days(10000)};
constexpr std::chrono::seconds hour{3600};
constexpr std::string_view enforce = "version: STSv1\r\nmode: enforce\r\nmx: mx.example.com\r\nmax_age: 86400\r\n";
constexpr std::string_view none = "version: STSv1\nmode: none\nmax_age: 86400\n";

policy_response served(std::string_view body) { return {200, "text/plain", body}; }
txt_rrset record(std::string_view id) { return {{"v=STSv1; id=", id}}; }

/// One that fetched a policy of mode enforce.
policy_finder enforced() {
    policy_finder finder("example.com");
    finder.begin(trigger::mail, start);
    finder.receive(record("1"), start);
    finder.receive(served(enforce), start);
    return finder;
}

constexpr record_answer::kind kind_of(txt_rrset const& records) {
    return detail::answer_of(parse_sts_rrset(records)).what;
}
static_assert(kind_of({{"v=STSv1; id=1"}}) == record_answer::kind::found);
static_assert(kind_of({}) == record_answer::kind::absent);

}  // namespace

TEST_CASE("RFC 8461 3.1: discovery tells a valid TXT record from none, several and an invalid one") {
    using kind = record_answer::kind;
    CHECK(detail::answer_of(parse_sts_rrset({{"v=STSv1; i", "d=1"}})).id == policy_id("1"));
    CHECK(detail::answer_of(parse_sts_rrset({{"v=spf1 -all"}, {"v=STSv1; id=1"}})).id == policy_id("1"));
    CHECK(kind_of({{"v=STSv1; id=1"}, {"v=STSv1; id=1"}}) == kind::several);
    CHECK(kind_of({{"v=spf1 -all"}, {"x"}}) == kind::absent);
    CHECK(kind_of({{"v=STSv1; id=a-b"}}) == kind::invalid);
    CHECK(kind_of({{"v=STSv1; id=a-b"}, {"x"}}) == kind::invalid);
    CHECK(kind_of({{"v=STSv2; id=1"}}) != kind::found);
}

TEST_CASE("RFC 8461 3.3: a policy that was found keeps applying") {
    auto finder = enforced();
    CHECK(finder.verdict().source == policy_source::live);
    REQUIRE(finder.in_force(start));
    CHECK(finder.in_force(start)->text() == enforce);
    CHECK(finder.in_force(start)->value().mx.front().text == "mx.example.com");
    CHECK_FALSE(finder.in_force(start + 25 * hour));
}

TEST_CASE("RFC 8461 3.3: a response that holds no policy does not replace the one in force") {
    for (auto const& response : {policy_response{404, "text/plain", none}, policy_response{301, "text/plain", none},
                                 policy_response{200, "text/html", none}, served("version: STSv1\nmode: none\n"),
                                 served(""), served("version: STSv2\nmode: none\nmax_age: 1\n")}) {
        auto finder = enforced();
        finder.begin(trigger::refresh, start + hour);
        finder.receive(record("2"), start + hour);
        CHECK(finder.receive(response, start + hour) == lookup::none);
        CHECK(finder.verdict().source == policy_source::cached);
        REQUIRE(finder.in_force(start + hour));
        CHECK(finder.in_force(start + hour)->text() == enforce);
        CHECK(finder.kept()->id == "1");
    }
}

TEST_CASE("RFC 8461 3.3: a body that is too long is discarded, not truncated") {
    auto const padded = std::string(none) + std::string(65537 - none.size(), '\n');
    auto finder = enforced();
    finder.begin(trigger::refresh, start + hour);
    finder.receive(record("2"), start + hour);
    finder.receive(served(padded), start + hour);
    CHECK(finder.verdict().why == discovery_reason::fetch_failed);
    CHECK(finder.in_force(start + hour)->text() == enforce);
}

TEST_CASE("RFC 8461 3.3: each kind of failure has its own reason") {
    auto const why = [](auto&& answer) {
        policy_finder finder("example.com");
        finder.begin(trigger::mail, start);
        finder.receive(record("1"), start);
        finder.receive(answer, start);
        return finder.verdict().why;
    };
    CHECK(why(no_response::unreachable) == discovery_reason::fetch_failed);
    CHECK(why(no_response::untrusted) == discovery_reason::host_untrusted);
    CHECK(why(served("nonsense")) == discovery_reason::policy_invalid);
    CHECK(why(policy_response{503, "text/plain", ""}) == discovery_reason::fetch_failed);
}

TEST_CASE("RFC 8461 3: a policy that was not asked for is ignored") {
    auto finder = enforced();
    finder.receive(served(none), start);
    CHECK(finder.in_force(start)->text() == enforce);
    finder.begin(trigger::refresh, start + hour);
    finder.receive(served(none), start + hour);
    CHECK(finder.in_force(start + hour)->text() == enforce);
}

TEST_CASE("RFC 8461 8.3: a policy of mode none replaces the former one") {
    auto finder = enforced();
    finder.begin(trigger::before_bounce, start + hour);
    finder.receive(record("2"), start + hour);
    finder.receive(served(none), start + hour);
    CHECK(finder.verdict().source == policy_source::live);
    CHECK(finder.in_force(start + hour)->value().mode == policy_mode::none);
    CHECK(finder.kept()->text == none);
}

TEST_CASE("RFC 8461 3.3, RFC 8460 4.5: a kept policy applies in the next run, with its lines as served") {
    auto const kept = enforced().kept();
    REQUIRE(kept);
    CHECK(kept->text == enforce);
    CHECK(kept->id == "1");
    CHECK(kept->fetched_at == start);
    policy_finder again("example.com", kept);
    REQUIRE(again.in_force(start + hour));
    CHECK(again.in_force(start + hour)->value().mode == policy_mode::enforce);
    again.begin(trigger::mail, start + hour);
    CHECK(again.receive(record("1"), start + hour) == lookup::none);
    CHECK(again.verdict().source == policy_source::cached);

    CHECK_FALSE(policy_finder("example.com").kept());
    // A damaged text is no policy.
    policy_finder damaged("example.com", kept_policy{"version: STSv1\n", "1", start});
    CHECK_FALSE(damaged.in_force(start));
    CHECK_FALSE(damaged.kept());
}

TEST_CASE("RFC 8461 3.2: an option accepts a policy of another media type") {
    policy_finder finder("example.com", {}, {}, {.text_plain_only = false});
    finder.begin(trigger::mail, start);
    finder.receive(record("1"), start);
    finder.receive(policy_response{200, "text/html", enforce}, start);
    CHECK(finder.verdict().source == policy_source::live);
}
