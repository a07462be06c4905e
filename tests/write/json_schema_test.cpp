// SPDX-License-Identifier: BSL-1.0
/// The exported JSON Schema; tests/cli checks with the program that it agrees with the reader.
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <catch2/catch.hpp>
#include <mtasts.hpp>
#include <mtasts/write/json_schema.hpp>
#include <nlohmann/json.hpp>

using namespace mtasts;

namespace {

using nlohmann::json;

/// Whether the schema describes every member of the table in its object, and requires what the table does.
template <class Object>
void check_object(json const& schema) {
    auto const& properties = schema.at("properties");
    CHECK(properties.size() == detail::tlsrpt_member_count<Object>);
    std::set<std::string> required;
    detail::for_each_tlsrpt_member<Object>([&]<class Field>(detail::tlsrpt_member<Object, Field> const& member) {
        INFO(member.name);
        auto const& part = properties.at(std::string(member.name));
        CHECK(part.at("description") == member.about);
        CHECK(part.at("$comment") == member.clause);
        CHECK(part.at("type").is_array() == (member.of_null == detail::cost::warning));
        if (member.required == detail::when::always) required.emplace(member.name);
        if constexpr (std::is_same_v<Field, tlsrpt_date_range> || std::is_same_v<Field, tlsrpt_applied_policy> ||
                      std::is_same_v<Field, tlsrpt_session_counts>)
            check_object<Field>(part);
        if constexpr (std::is_same_v<Field, std::vector<tlsrpt_policy_result>>)
            check_object<tlsrpt_policy_result>(part.at("items"));
        if constexpr (std::is_same_v<Field, std::vector<tlsrpt_failure>>)
            check_object<tlsrpt_failure>(part.at("items"));
    });
    CHECK(schema.value("required", std::set<std::string>()) == required);
}

}  // namespace

TEST_CASE("RFC 8460 4.4: the JSON Schema describes every member of the table") {
    auto const schema = json::parse(tlsrpt_json_schema());
    CHECK(schema.at("$schema") == "https://json-schema.org/draft/2020-12/schema");
    CHECK(!schema.contains("$id"));
    CHECK(schema.at("type") == "object");
    check_object<tlsrpt_report>(schema);
}

TEST_CASE("RFC 8460 4.4: the JSON Schema has the words of policy types, the limits of counts, and formats") {
    auto const schema = json::parse(tlsrpt_json_schema());
    auto const at = [&](char const* pointer) { return schema.at(json::json_pointer(pointer)); };
    auto const policy = std::string("/properties/policies/items/properties/policy");
    auto const failure = std::string("/properties/policies/items/properties/failure-details/items/properties/");
    CHECK(at((policy + "/properties/policy-type/enum").c_str()) == json(detail::tlsrpt_policy_type_names));
    CHECK(at((policy + "/then").c_str()) == json::parse(R"({"required":["policy-domain"]})"));
    CHECK(at((failure + "result-type/examples").c_str()) == json(detail::tlsrpt_result_type_names));
    CHECK(!at((failure + "result-type").c_str()).contains("enum"));
    CHECK(at((failure + "failed-session-count/minimum").c_str()) == 0);
    CHECK(at((failure + "failed-session-count/maximum").c_str()) == greatest_count);
    CHECK(at((failure + "sending-mta-ip/anyOf").c_str()) == json::parse(R"([{"format":"ipv4"},{"format":"ipv6"}])"));
    CHECK(at("/properties/date-range/properties/end-datetime/format") == "date-time");
}

TEST_CASE("RFC 8259 2: indented JSON has the same value") {
    for (std::string_view const text :
         {R"({})", R"([])", R"("a{[,:]}\"\\")", R"({"a":[{},[],{"b":[1,"x,y"]}],"c":"\\"})"})
        CHECK(text::indented_json(text) == nlohmann::ordered_json::parse(text).dump(2) + "\n");
}
