// SPDX-License-Identifier: BSL-1.0
/// Two texts compared with each other.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>
#include <mtasts.hpp>

using namespace mtasts;

namespace {

constexpr std::string_view enforce =
    "version: STSv1\nmode: enforce\nmx: a.example\nmx: *.b.example\nmax_age: 1209600\n";
constexpr std::string_view testing =
    "version: STSv1\nmode: testing\nmx: a.example\nmx: *.b.example\nmax_age: 1209600\n";
constexpr std::string_view none = "version: STSv1\nmode: none\nmax_age: 86400\n";
constexpr std::string_view broken = "version: STSv1\nmode: Enforce\n";

bool has(findings const& all, code what, std::string_view detail = {}) {
    return std::any_of(all.begin(), all.end(),
                       [&](finding const& f) { return f.code == what && (detail.empty() || f.detail == detail); });
}

findings with_mx(std::string_view text, std::vector<std::string_view> const& hosts) {
    findings found;
    auto const policy = parse_sts_policy(text);
    lint_policy_with_mx(text, policy.value, hosts, found);
    return found;
}

findings change(std::string_view before, std::string_view after, std::string_view old_id, std::string_view id,
                std::vector<std::string_view> const& hosts = {}) {
    findings found;
    auto const old_policy = parse_sts_policy(before), policy = parse_sts_policy(after);
    auto const old_text = write_sts_record({old_id, {}}), text = write_sts_record({id, {}});
    auto const old_record = parse_sts_record(old_text), record = parse_sts_record(text);
    lint_change(after, {&old_policy, &old_record}, {&policy, &record}, hosts, found);
    // The details of ids are views of local texts.
    for (auto& f : found)
        if (f.code == code::change_id_same) f.detail = {};
    return found;
}

}  // namespace

TEST_CASE("RFC 8461 4.1: an MX host that no pattern covers is reported") {
    CHECK(with_mx(enforce, {"a.example", "mx.b.example."}).empty());
    auto const missing = with_mx(enforce, {"a.example", "mx.b.example", "c.example."});
    CHECK(missing.size() == 1);
    CHECK(has(missing, code::cover_host_missing, "c.example"));
    CHECK(has(with_mx(testing, {"c.example"}), code::cover_host_missing_testing, "c.example"));
    CHECK(with_mx(none, {"c.example"}).empty());
    CHECK(with_mx(enforce, {}).empty());
}

TEST_CASE("RFC 8461 4.1: a wildcard one label too high has a finding of its own") {
    auto const deep = with_mx(enforce, {"a.example", "mx.b.example", "x.y.b.example"});
    CHECK(deep.size() == 1);
    CHECK(has(deep, code::cover_wildcard_depth, "x.y.b.example"));
    CHECK_FALSE(has(with_mx(enforce, {"xb.example"}), code::cover_wildcard_depth));
    CHECK(has(with_mx(testing, {"x.y.b.example"}), code::cover_wildcard_depth_testing));
}

TEST_CASE("RFC 8461 8.4: a pattern that covers no MX host is reported") {
    auto const unused = with_mx(enforce, {"a.example"});
    REQUIRE(unused.size() == 1);
    CHECK(unused[0].code == code::cover_pattern_unused);
    CHECK(unused[0].where.of(enforce) == "*.b.example");
}

TEST_CASE("RFC 8461 3.2: no finding about an mx points at a line without a colon") {
    constexpr std::string_view text = "version: STSv1\nmode: enforce\nmx\nmx: a.example\n";
    auto const missing = with_mx(text, {"c.example", "a.example"});
    REQUIRE(missing.size() == 1);
    CHECK(missing[0].where.of(text) == "a.example");
}

TEST_CASE("RFC 7505 3: a policy of a domain with a null MX is reported") {
    CHECK(has(with_mx(enforce, {"."}), code::cover_null_mx));
}

TEST_CASE("RFC 8461 3.1, 3.3: an id of another policy, or an unusable policy or record, is reported") {
    auto const pair = [](std::string_view record, std::string_view policy, std::string_view digest) {
        findings found;
        lint_record_with_policy(parse_sts_record(record), parse_sts_policy(policy), digest, found);
        return found;
    };
    auto const digest = make_id(parse_sts_policy(enforce).value);
    auto const other = make_id(parse_sts_policy(none).value);
    CHECK(pair("v=STSv1; id=1", enforce, digest).empty());
    CHECK(pair("v=STSv1; id=" + digest, enforce, digest).empty());
    CHECK(has(pair("v=STSv1; id=" + other, enforce, digest), code::pair_id_digest, digest));
    CHECK(has(pair("v=STSv1; id=1", broken, digest), code::pair_policy_unusable));
    CHECK(has(pair("v=STSv1; id=", enforce, digest), code::pair_record_unusable));
    CHECK(pair("v=STSv1; id=", broken, digest).empty());
}

TEST_CASE("RFC 8461 3.1: a policy changed under the same id is reported, and so is a new id alone") {
    CHECK(has(change(enforce, testing, "1", "1"), code::change_id_same));
    CHECK_FALSE(has(change(enforce, testing, "1", "2"), code::change_id_same));
    CHECK(has(change(enforce, enforce, "1", "2"), code::change_id_only));
    CHECK(change(enforce, enforce, "1", "1").empty());
}

TEST_CASE("RFC 8461 8.1: MX hosts that the old policy does not cover, and dropped patterns, are reported") {
    constexpr std::string_view moved = "version: STSv1\nmode: enforce\nmx: c.example\nmax_age: 1209600\n";
    auto const found = change(enforce, moved, "1", "2", {"c.example"});
    CHECK(has(found, code::change_mx_not_held, "c.example"));
    CHECK(has(found, code::change_mx_dropped, "a.example"));
    CHECK(has(found, code::change_mx_dropped, "*.b.example"));
    CHECK_FALSE(has(change(testing, moved, "1", "2", {"c.example"}), code::change_mx_not_held));
}

TEST_CASE("RFC 8461 3.1: reordered mx lines do not change the policy") {
    constexpr std::string_view turned =
        "version: STSv1\nmode: enforce\nmx: *.B.example\nmx: a.example\nmax_age: 1209600\n";
    CHECK(change(enforce, turned, "1", "1").empty());
    // A host that a new wildcard covers was not dropped.
    constexpr std::string_view wider =
        "version: STSv1\nmode: enforce\nmx: *.example\nmx: *.b.example\nmax_age: 1209600\n";
    CHECK_FALSE(has(change(enforce, wider, "1", "2"), code::change_mx_dropped));
}

TEST_CASE("RFC 8461 8.3: enforce dropped without a policy of mode none is reported") {
    CHECK(has(change(enforce, testing, "1", "2"), code::change_enforce_dropped));
    CHECK_FALSE(has(change(enforce, none, "1", "2"), code::change_enforce_dropped));
    CHECK(has(change(enforce, broken, "1", "2"), code::change_enforce_unusable));
    CHECK(has(change(enforce, "", "1", "2"), code::change_enforce_unusable));
    CHECK_FALSE(has(change(testing, broken, "1", "2"), code::change_enforce_unusable));
}

TEST_CASE("RFC 8461 3.2, 10.2: a raised and a lowered max_age are reported") {
    constexpr std::string_view longer =
        "version: STSv1\nmode: enforce\nmx: a.example\nmx: *.b.example\nmax_age: 31557600\n";
    CHECK(has(change(enforce, longer, "1", "2"), code::change_max_age_raised));
    CHECK(has(change(longer, enforce, "1", "2"), code::change_max_age_lowered));
}
