// SPDX-License-Identifier: BSL-1.0
/// nlohmann/json: a DOM, then the report from it.
#pragma once
#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <mtasts/model/tlsrpt_report.hpp>
#include <mtasts/model/tlsrpt_schema.hpp>

#include "report_conversion.hpp"

namespace bench {

class with_nlohmann {
  public:
    using text = std::string;

    /// What the report refers to lives until the next call.
    mtasts::tlsrpt_report operator()(text const& json) {
        document_ = value::parse(json);
        mtasts::tlsrpt_report report;
        members(document_, report);
        return report;
    }

  private:
    using value = nlohmann::json;

    static std::string_view text_of(value const& from) { return from.get_ref<std::string const&>(); }

    /// Its objects are sorted: finding each name is faster than iterating.
    template <class Object>
    static void members(value const& from, Object& out) {
        mtasts::detail::for_each_tlsrpt_member<Object>([&](auto const& wanted) {
            if (auto const member = from.find(wanted.name); member != from.end()) fill(*member, out.*wanted.field);
        });
    }

    template <class Field>
    static void fill(value const& from, Field& out) {
        if constexpr (mtasts::detail::tlsrpt_member_count<Field> != 0) members(from, out);
        else convert(text_of(from), out);
    }
    static void fill(value const& from, std::optional<std::uint64_t>& out) { out = from.get<std::uint64_t>(); }
    static void fill(value const& from, std::vector<std::string_view>& out) {
        out.reserve(from.size());
        for (auto const& element : from) out.push_back(text_of(element));
    }
    static void fill(value const& from, std::vector<mtasts::mx_pattern>& out) {
        out.reserve(from.size());
        for (auto const& element : from) out.push_back({text_of(element)});
    }
    template <class Object>
    static void fill(value const& from, std::vector<Object>& out) {
        out.reserve(from.size());
        for (auto const& element : from) members(element, out.emplace_back());
    }

    value document_;
};

}  // namespace bench
