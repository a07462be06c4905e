// SPDX-License-Identifier: BSL-1.0
/// RapidJSON: a DOM whose strings are views of a copy of the text, then the report from it.
#pragma once
// SSE2 is part of x86-64, but RapidJSON needs the macro.
#if defined(__SSE2__)
#define RAPIDJSON_SSE2
#endif
#include <rapidjson/document.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <mtasts/model/tlsrpt_report.hpp>
#include <mtasts/model/tlsrpt_schema.hpp>

#include "report_conversion.hpp"

namespace bench {

class with_rapidjson {
  public:
    using text = std::string;

    /// What the report refers to lives until the next call.
    mtasts::tlsrpt_report operator()(text const& json) {
        octets_.assign(json.c_str(), json.c_str() + json.size() + 1);
        pool_.Clear();
        document_.ParseInsitu(octets_.data());
        mtasts::tlsrpt_report report;
        members(document_, report);
        return report;
    }

  private:
    using value = rapidjson::Value;

    static std::string_view text_of(value const& from) { return {from.GetString(), from.GetStringLength()}; }

    /// Calls `fill` with the field of the member whose name `is` accepts: compares with one constant after the other.
    template <class Object, class Is, class Fill>
    static void with_field(Object& object, Is is, Fill fill) {
        [&]<std::size_t... Index>(std::index_sequence<Index...>) {
            constexpr auto const& members = mtasts::detail::tlsrpt_members<Object>;
            (void)((is(std::get<Index>(members).name) && (fill(object.*std::get<Index>(members).field), true)) || ...);
        }
        (std::make_index_sequence<mtasts::detail::tlsrpt_member_count<Object>>());
    }

    template <class Object>
    static void members(value const& from, Object& out) {
        for (auto const& member : from.GetObject())
            with_field(
                out, [key = text_of(member.name)](auto name) { return key == name; },
                [&](auto& field) { fill(member.value, field); });
    }

    template <class Field>
    static void fill(value const& from, Field& out) {
        if constexpr (mtasts::detail::tlsrpt_member_count<Field> != 0) members(from, out);
        else convert(text_of(from), out);
    }
    static void fill(value const& from, std::optional<std::uint64_t>& out) { out = from.GetUint64(); }
    static void fill(value const& from, std::vector<std::string_view>& out) {
        out.reserve(from.Size());
        for (auto const& element : from.GetArray()) out.push_back(text_of(element));
    }
    static void fill(value const& from, std::vector<mtasts::mx_pattern>& out) {
        out.reserve(from.Size());
        for (auto const& element : from.GetArray()) out.push_back({text_of(element)});
    }
    template <class Object>
    static void fill(value const& from, std::vector<Object>& out) {
        out.reserve(from.Size());
        for (auto const& element : from.GetArray()) members(element, out.emplace_back());
    }

    std::vector<char> octets_;
    rapidjson::MemoryPoolAllocator<> pool_;
    rapidjson::Document document_{&pool_};
};

}  // namespace bench
