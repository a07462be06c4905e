// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 4.4: reports. Here objects and arrays of objects are read, by tlsrpt_schema.hpp, and in leaf_reader.hpp all
/// other values; what strings and numbers mean is read in values.hpp, and what must hold between them is checked in
/// rules.hpp.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <mtasts/parse/options.hpp>
#include <mtasts/parse/report/fast_path.hpp>
#include <mtasts/parse/report/leaf_reader.hpp>
#include <mtasts/parse/report/rules.hpp>
#include <mtasts/text/ascii.hpp>

namespace mtasts::detail {

/// Reads one report. Functions take and return positions as those of leaf_reader do.
class report_reader : leaf_reader {
  public:
    constexpr report_reader(std::string_view text, report_options const& options, tlsrpt_report& report,
                            findings& found)
        : leaf_reader(text, options, report, found) {}

  private:
    /// Reads an object, at its brace. What the loop changes stays in registers: no function that is called gets a
    /// reference to it.
    template <class Object>
    constexpr cursor object(cursor at, Object& into) {
        constexpr auto& likely = usual_members<Object>;
        auto const first_name = json_.names_kept();
        tlsrpt_presence here;
        here.begin = json_.offset(at);
        std::uint32_t seen = 0;
        if (!json_.enter(at)) return nullptr;
        at = json_.skip_blanks(at + 1);
        if (json_.peek(at) != '}')
            for (bool first = true;; first = false) {
                auto after = at;
                if (json_.has_lookahead(at)) after = member(at, into, likely.at(at), seen, here);
                if (after == at) {
                    auto const other = member_slow(at, into, first, seen);
                    after = other.after;
                    if (other.index != tlsrpt_member_count<Object>) {
                        here.at[other.index] = json_.offset(other.value);
                        seen |= std::uint32_t{1} << other.index;
                    }
                }
                if (after == nullptr) return after;
                at = json_.skip_blanks(after);
                if (json_.peek(at) != ',') break;
                at = json_.skip_blanks(at + 1);
            }
        if (json_.peek(at) != '}') return json_.fault<json_place::after_member>(at);
        json_.leave();
        json_.check_names(first_name);
        here.seen = seen;
        check_presence(json_, into, here);
        return finish(into, here) ? at + 1 : nullptr;
    }

    /// Reads the member with an index, if it comes next and for the first time; otherwise returns `at`.
    template <class Object>
    [[gnu::always_inline]] constexpr cursor member(cursor at, Object& into, std::size_t index, std::uint32_t& seen,
                                                   tlsrpt_presence& here) {
        static_assert(tlsrpt_member_count<Object> <= 8 && usual_members<Object>.longest() < json_reader::lookahead);
        switch (index) {
            case 0: return member_at<0>(at, into, seen, here);
            case 1: return member_at<1>(at, into, seen, here);
            case 2: return member_at<2>(at, into, seen, here);
            case 3: return member_at<3>(at, into, seen, here);
            case 4: return member_at<4>(at, into, seen, here);
            case 5: return member_at<5>(at, into, seen, here);
            case 6: return member_at<6>(at, into, seen, here);
            default: return member_at<7>(at, into, seen, here);
        }
    }
    template <std::size_t Index, class Object>
    [[gnu::always_inline]] constexpr cursor member_at(cursor at, Object& into, std::uint32_t& seen,
                                                      tlsrpt_presence& here) {
        if constexpr (Index < tlsrpt_member_count<Object>) {
            using name = quoted_name<Object, Index>;
            constexpr auto bit = std::uint32_t{1} << Index;
            if (!name::stands_at(at)) return member_at<usual_members<Object>.after(Index)>(at, into, seen, here);
            auto value = at + name::size;
            if (*value == ' ') ++value;
            if ((seen & bit) != 0 || *value <= ' ') return at;
            seen |= bit;
            here.at[Index] = json_.offset(value);
            return member_value<Index>(value, into);
        }
        return at;
    }

    /// A member read on the slow path: its index, or the number of members if it is ignored; the position of its value;
    /// and the position after it.
    struct member_result {
        cursor after = nullptr;
        cursor value = nullptr;
        std::size_t index = 0;
    };

    /// Slow path: reads whatever member comes next.
    template <class Object>
    [[gnu::noinline]] constexpr member_result member_slow(cursor at, Object& into, bool first, std::uint32_t seen) {
        constexpr auto unwanted = tlsrpt_member_count<Object>;
        if (json_.peek(at) != '"')
            return {first ? json_.fault<json_place::first_name>(at) : json_.fault<json_place::name>(at), at, unwanted};
        auto const name = json_.read_name(at);
        auto const value = name.after;
        if (value == nullptr) return {nullptr, at, unwanted};
        auto const index = tlsrpt_member_names<Object>.find(name.text.value);
        if (index == unwanted) {
            explain_unknown<Object>(name.text);
            return {json_.keep_name(name.text) ? json_.skip_value(value) : nullptr, value, unwanted};
        }
        if ((seen >> index & 1) != 0) {
            json_.say(code::json_duplicate, json_.place_of(name.text));
            return {json_.skip_value(value), value, unwanted};
        }
        if (value == json_.end()) return {json_.fault<json_place::value>(value), value, index};
        member_result read{nullptr, value, index};
        [&]<std::size_t... Index>(std::index_sequence<Index...>) {
            (void)((index == Index && ((read.after = member_value<Index>(value, into)), true)) || ...);
        }
        (std::make_index_sequence<unwanted>());
        return read;
    }

    /// RFC 7493 4.2: unknown members are ignored, but some are known to be mistakes.
    template <class Object>
    constexpr void explain_unknown(json_text name) {
        auto const place = json_.place_of(name);
        for (auto const& [wrong, meant] : tlsrpt_wrong_names)
            if (name.value == wrong && tlsrpt_member_names<Object>.find(meant) != tlsrpt_member_count<Object>)
                return json_.say(code::report_member_misspelt, place, meant);
        std::string_view alike, owner;
        for_each_tlsrpt_member<Object>([&](auto const& member) {
            if (text::equal_ignoring_case(name.value, member.name)) alike = member.name;
        });
        if (!alike.empty()) return json_.say(code::report_member_misspelt, place, alike);
        auto const look = [&]<class Other>() {
            if (tlsrpt_member_names<Other>.find(name.value) != tlsrpt_member_count<Other>)
                owner = tlsrpt_object_name<Other>;
        };
        look.template operator()<tlsrpt_report>();
        look.template operator()<tlsrpt_date_range>();
        look.template operator()<tlsrpt_policy_result>();
        look.template operator()<tlsrpt_applied_policy>();
        look.template operator()<tlsrpt_session_counts>();
        look.template operator()<tlsrpt_failure>();
        if (!owner.empty()) json_.say(code::report_member_misplaced, place, owner);
        else json_.say(code::report_member_unknown, place);
    }

    /// Reads the value of a member, of which there is at least one octet, into its field.
    template <std::size_t Index, class Object>
    [[gnu::always_inline]] constexpr cursor member_value(cursor at, Object& into) {
        constexpr auto& member = std::get<Index>(tlsrpt_members<Object>);
        auto& field = into.*member.field;
        constexpr auto form = member.form;
        if constexpr (form == value_form::object) {
            return *at == '{' ? object(at, field) : wrong_type(at, member, "an object");
        } else if constexpr (form == value_form::objects) {
            return objects(at, field, member);
        } else if constexpr (form == value_form::mx_patterns || form == value_form::policy_strings) {
            return strings<form>(at, field, member);
        } else if constexpr (form == value_form::count) {
            return count(at, field, member);
        } else {
            return text<form>(at, field, member);
        }
    }

    /// Reads an array of objects; a single object that should be in an array is taken as one.
    template <class Item, class Member>
    constexpr cursor objects(cursor at, std::vector<Item>& out, Member const& member) {
        if (*at == '{') {
            json_.say(code::report_member_single, {json_.offset(at), 1}, {}, member.clause);
            return item(at, out);
        }
        if (*at != '[') return wrong_type(at, member, "an array");
        auto& items = std::get<std::vector<Item>>(items_);
        items.clear();
        auto const after = elements(at, [&](cursor element) {
            if (*element != '{') return wrong_element(element, member, "an object");
            make_room(items, static_cast<std::size_t>(element - at), json_.rest(element).size());
            return item(element, items);
        });
        // If most of the capacity is used, the vector itself; otherwise a copy of the right size.
        if (items.size() * 4 >= items.capacity() * 3) {
            out = std::move(items);
        } else {
            out.reserve(items.size());
            std::move(items.begin(), items.end(), std::back_inserter(out));
        }
        return after;
    }

    template <class Item>
    constexpr cursor item(cursor at, std::vector<Item>& items) {
        bool const is_policy = std::is_same_v<Item, tlsrpt_policy_result>;
        if ((is_policy ? policies_ : failures_)++ == most<Item>())
            return json_.limit_exceeded(is_policy ? code::report_many_policies : code::report_many_failures, at);
        if (is_policy) policy_type_ = tlsrpt_policy_type::absent;
        return object(at, items.emplace_back());
    }

    /// How many of a kind a report may have.
    template <class Item>
    constexpr std::size_t most() const {
        return std::is_same_v<Item, tlsrpt_policy_result> ? options_.max_policies : options_.max_failures;
    }

    /// Makes room for another element: for as many as the array will have if it goes on as it began, within the limit.
    template <class Item>
    constexpr void make_room(std::vector<Item>& items, std::size_t octets_read, std::size_t octets_left) {
        auto const size = items.size();
        if (size != items.capacity() || size >= most<Item>()) return;
        // Failures come a few at a time; of policies there is often just one.
        if (size == 0) return items.reserve(std::is_same_v<Item, tlsrpt_policy_result> ? 1 : 4);
        auto const likely = size + octets_left / (octets_read / size + 1) + 1;
        items.reserve((std::min)(std::clamp(likely + likely / 16, size + size / 2 + 1, 8 * size), most<Item>()));
    }

    /// Checks an object that was read; false if a limit is exceeded.
    constexpr bool finish(tlsrpt_date_range& range, tlsrpt_presence const& here) {
        check_object(json_, range, here);
        return true;
    }
    constexpr bool finish(tlsrpt_session_counts&, tlsrpt_presence const&) { return true; }
    constexpr bool finish(tlsrpt_applied_policy& policy, tlsrpt_presence const& here) {
        auto const before = policy.strings.size();
        check_object(json_, policy, here, std::exchange(bare_strings_, false));
        policy_type_ = policy.type.kind;
        // One string may have become many.
        if (policy.strings.size() <= before || count_strings(policy.strings.size() - before)) return true;
        json_.say(code::report_many_strings, {here.begin, 1});
        return false;
    }
    constexpr bool finish(tlsrpt_failure& failure, tlsrpt_presence const& here) {
        check_object(json_, failure, here, policy_type_);
        return true;
    }
    constexpr bool finish(tlsrpt_policy_result& result, tlsrpt_presence const& here) {
        constexpr auto policy = tlsrpt_index_of<&tlsrpt_policy_result::policy>(&tlsrpt_policy_result::policy);
        constexpr auto failures = tlsrpt_index_of<&tlsrpt_policy_result::failures>(&tlsrpt_policy_result::failures);
        bool const policy_first = here.has(policy) && here.has(failures) && here.at[policy] < here.at[failures];
        check_object(json_, result, here, policy_first);
        return true;
    }
    constexpr bool finish(tlsrpt_report& report, tlsrpt_presence const& here) {
        constexpr auto policies = tlsrpt_index_of<&tlsrpt_report::policies>(&tlsrpt_report::policies);
        constexpr auto id = tlsrpt_index_of<&tlsrpt_report::report_id>(&tlsrpt_report::report_id);
        if (here.has(policies) && report.policies.empty() && is_empty_array(json_, here.at[policies]))
            json_.say(code::report_policies_empty, {here.at[policies], 1});
        if (report.report_id.ends_with('+')) json_.say(code::report_id_domain_missing, value_place(json_, here.at[id]));
        return true;
    }

  public:
    // Last, because clang++ instantiates templates for constant expressions only where they are already defined.
    constexpr void read_text(tlsrpt_report& report) {
        auto at = json_.begin();
        if (json_.rest(at).starts_with("\xEF\xBB\xBF")) {
            json_.say(code::json_byte_order_mark, {0, 3});
            at += 3;
        }
        auto const start = json_.rest(at).substr(0, 2);
        if (start == "\xFF\xFE" || start == "\xFE\xFF" || (start.size() == 2 && start.find('\0') != start.npos))
            return json_.say(code::json_not_utf8_encoding, {json_.offset(at), 2});
        at = json_.skip_blanks(at);
        if (at == json_.end()) return json_.say(code::json_empty, {json_.offset(at), 0});
        auto const first = at;
        at = *first == '{' ? object(first, report) : json_.skip_value(first);
        if (at == nullptr) return;
        if (*first != '{') json_.say(code::report_not_object, json_.between(first, at));
        at = json_.skip_blanks(at);
        if (at != json_.end()) json_.fault<json_place::after_text>(at);
    }

  private:
    // Filled again for every array, so that each vector of the report is allocated once.
    std::tuple<std::vector<tlsrpt_policy_result>, std::vector<tlsrpt_failure>> items_;
    std::size_t policies_ = 0, failures_ = 0;
    /// The type of the policy whose failures are being read.
    tlsrpt_policy_type policy_type_ = tlsrpt_policy_type::absent;
};

}  // namespace mtasts::detail
