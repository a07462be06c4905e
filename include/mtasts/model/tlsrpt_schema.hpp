// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 4.4: the members of a report, written once. Reader, writer, linter, documentation and JSON Schema take
/// names, types and costs from here.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <mtasts/model/tlsrpt_report.hpp>
#include <mtasts/text/name_table.hpp>

namespace mtasts::detail {

/// The type of a member's value, in JSON and in meaning.
enum class value_form : std::uint8_t {
    text,
    mail_address,
    instant,
    domain,
    mx_patterns,
    policy_strings,
    address,
    uri,
    count,
    policy_type,
    result_type,
    object,
    objects,
};

/// When a member must be there, or is at least expected.
enum class when : std::uint8_t {
    never,
    always,
    /// of a policy whose type is not no-policy-found
    policy_applied,
    /// of a policy of type sts
    policy_is_sts,
    /// of a failure that a session with an MX host had
    session_failed,
    /// of the result types that RFC 8460 4.3.1 and 4.3.3 call general
    result_is_vague,
};

/// The cost of a deviation: the report is refused, or there is only a warning.
enum class cost : std::uint8_t { refusal, warning };

/// A member of the JSON objects that are read into an `Object`.
template <class Object, class Field>
struct tlsrpt_member {
    std::string_view name;
    value_form form;
    Field Object::*field;
    /// When the report is not usable without it.
    when required;
    /// When it is only less useful without it.
    when expected;
    /// The cost of null as its value.
    cost of_null;
    std::string_view clause;
    /// Its description in the JSON Schema.
    std::string_view about;
};
template <class Object, class Field>
tlsrpt_member(std::string_view, value_form, Field Object::*, when, when, cost, std::string_view, std::string_view)
    -> tlsrpt_member<Object, Field>;

/// The members of an object, in the order in which they are written.
template <class Object>
inline constexpr std::tuple<> tlsrpt_members{};

template <>
inline constexpr auto tlsrpt_members<tlsrpt_date_range> = std::tuple{
    tlsrpt_member{"start-datetime", value_form::instant, &tlsrpt_date_range::start, when::always, when::never,
                  cost::refusal, "RFC 8460 4.4", "The first second of the day, in UTC."},
    tlsrpt_member{"end-datetime", value_form::instant, &tlsrpt_date_range::end, when::always, when::never,
                  cost::refusal, "RFC 8460 4.4", "The last second of the day, in UTC."},
};

template <>
inline constexpr auto tlsrpt_members<tlsrpt_applied_policy> = std::tuple{
    tlsrpt_member{"policy-type", value_form::policy_type, &tlsrpt_applied_policy::type, when::always, when::never,
                  cost::refusal, "RFC 8460 4.4", "The kind of policy that the sending MTA applied."},
    tlsrpt_member{"policy-string", value_form::policy_strings, &tlsrpt_applied_policy::strings, when::never,
                  when::policy_applied, cost::warning, "RFC 8460 4.5",
                  "The lines of the MTA-STS policy as they were served, or the data of the TLSA records."},
    tlsrpt_member{"policy-domain", value_form::domain, &tlsrpt_applied_policy::domain, when::policy_applied,
                  when::always, cost::refusal, "RFC 8460 4.4", "The policy domain, or the TLSA base domain."},
    tlsrpt_member{"mx-host", value_form::mx_patterns, &tlsrpt_applied_policy::mx_hosts, when::never,
                  when::policy_is_sts, cost::warning, "RFC 8460 4.4", "The mx patterns of the policy."},
};

template <>
inline constexpr auto tlsrpt_members<tlsrpt_session_counts> = std::tuple{
    tlsrpt_member{"total-successful-session-count", value_form::count, &tlsrpt_session_counts::successful, when::always,
                  when::never, cost::refusal, "RFC 8460 4.2.1", "The sessions with TLS that satisfied the policy."},
    tlsrpt_member{"total-failure-session-count", value_form::count, &tlsrpt_session_counts::failed, when::always,
                  when::never, cost::refusal, "RFC 8460 4.2.2", "The sessions that did not satisfy the policy."},
};

template <>
inline constexpr auto tlsrpt_members<tlsrpt_failure> = std::tuple{
    tlsrpt_member{"result-type", value_form::result_type, &tlsrpt_failure::result, when::always, when::never,
                  cost::refusal, "RFC 8460 4.3", "Why the sessions failed."},
    tlsrpt_member{"sending-mta-ip", value_form::address, &tlsrpt_failure::sending_mta_ip, when::never,
                  when::session_failed, cost::warning, "RFC 8460 4.4", "The address of the sending MTA."},
    tlsrpt_member{"receiving-mx-hostname", value_form::text, &tlsrpt_failure::receiving_mx_hostname, when::never,
                  when::session_failed, cost::warning, "RFC 8460 4.4", "The name of the MX host."},
    tlsrpt_member{"receiving-mx-helo", value_form::text, &tlsrpt_failure::receiving_mx_helo, when::never, when::never,
                  cost::warning, "RFC 8460 4.4", "What the MX host called itself."},
    tlsrpt_member{"receiving-ip", value_form::address, &tlsrpt_failure::receiving_ip, when::never, when::never,
                  cost::warning, "RFC 8460 4.4", "The address that the sending MTA connected to."},
    tlsrpt_member{"failed-session-count", value_form::count, &tlsrpt_failure::failed_sessions, when::always,
                  when::never, cost::refusal, "RFC 8460 4.4", "The sessions that failed this way."},
    tlsrpt_member{"additional-information", value_form::uri, &tlsrpt_failure::additional_information, when::never,
                  when::never, cost::warning, "RFC 8460 4.4", "Where more can be read; never fetched by a program."},
    tlsrpt_member{"failure-reason-code", value_form::text, &tlsrpt_failure::reason_code, when::never,
                  when::result_is_vague, cost::warning, "RFC 8460 4.3.1", "The error's name, number or message."},
};

template <>
inline constexpr auto tlsrpt_members<tlsrpt_policy_result> = std::tuple{
    tlsrpt_member{"policy", value_form::object, &tlsrpt_policy_result::policy, when::always, when::never, cost::refusal,
                  "RFC 8460 4.4", "The policy that was applied."},
    tlsrpt_member{"summary", value_form::object, &tlsrpt_policy_result::summary, when::always, when::never,
                  cost::refusal, "RFC 8460 4.4", "The sessions under this policy."},
    tlsrpt_member{"failure-details", value_form::objects, &tlsrpt_policy_result::failures, when::never, when::never,
                  cost::refusal, "RFC 8460 4.4", "The failures, one object for each kind."},
};

template <>
inline constexpr auto tlsrpt_members<tlsrpt_report> = std::tuple{
    tlsrpt_member{"organization-name", value_form::text, &tlsrpt_report::organization_name, when::always, when::never,
                  cost::refusal, "RFC 8460 4.4", "Who sends the report."},
    tlsrpt_member{"date-range", value_form::object, &tlsrpt_report::date_range, when::always, when::never,
                  cost::refusal, "RFC 8460 4.4", "The day that the report covers."},
    tlsrpt_member{"contact-info", value_form::mail_address, &tlsrpt_report::contact_info, when::always, when::never,
                  cost::refusal, "RFC 8460 4.4", "The mail address of those responsible for the report."},
    tlsrpt_member{"report-id", value_form::text, &tlsrpt_report::report_id, when::always, when::never, cost::refusal,
                  "RFC 8460 4.4", "Tells this report from the sender's others."},
    tlsrpt_member{"policies", value_form::objects, &tlsrpt_report::policies, when::always, when::never, cost::refusal,
                  "RFC 8460 4.4", "The policies that were applied, and how sessions fared under them."},
};

template <class Object>
inline constexpr std::size_t tlsrpt_member_count =
    std::tuple_size_v<std::remove_cvref_t<decltype(tlsrpt_members<Object>)>>;

/// Calls `visit` with every member of an object, in order. (Not std::apply, which has the compiler check each call for
/// noexcept.)
template <class Object, class Visit>
constexpr void for_each_tlsrpt_member(Visit visit) {
    [&]<std::size_t... Index>(std::index_sequence<Index...>) { (visit(std::get<Index>(tlsrpt_members<Object>)), ...); }
    (std::make_index_sequence<tlsrpt_member_count<Object>>{});
}

/// The names of an object's members, in order.
template <class Object>
constexpr auto tlsrpt_names_in_order() {
    std::array<std::string_view, tlsrpt_member_count<Object>> names{};
    std::size_t count = 0;
    for_each_tlsrpt_member<Object>([&](auto const& member) { names[count++] = member.name; });
    return names;
}

/// The same, to find a member by its name.
template <class Object>
inline constexpr auto tlsrpt_member_names =
    text::name_table<tlsrpt_member_count<Object>>(tlsrpt_names_in_order<Object>());

template <class Object, class Value>
consteval Object object_of(Value Object::*);

template <auto Field, class Object, class Value>
consteval std::size_t tlsrpt_index_of(Value Object::*) {
    std::size_t index = 0, found = tlsrpt_member_count<Object>;
    for_each_tlsrpt_member<Object>([&]<class Other>(tlsrpt_member<Object, Other> const& member) {
        if constexpr (std::is_same_v<Other, Value>)
            if (member.field == Field) found = index;
        ++index;
    });
    return found;
}

/// The member that a field is read from and written to.
/// Example: `static_assert(mtasts::detail::tlsrpt_member_of<&mtasts::tlsrpt_report::report_id>.name == "report-id");`
template <auto Field>
inline constexpr auto const& tlsrpt_member_of =
    std::get<tlsrpt_index_of<Field>(Field)>(tlsrpt_members<decltype(object_of(Field))>);

/// The name of an object of the report in the object that contains it.
template <class Object>
inline constexpr std::string_view tlsrpt_object_name = "the report";
template <>
inline constexpr auto tlsrpt_object_name<tlsrpt_date_range> = tlsrpt_member_of<&tlsrpt_report::date_range>.name;
template <>
inline constexpr auto tlsrpt_object_name<tlsrpt_policy_result> = tlsrpt_member_of<&tlsrpt_report::policies>.name;
template <>
inline constexpr auto tlsrpt_object_name<tlsrpt_applied_policy> = tlsrpt_member_of<&tlsrpt_policy_result::policy>.name;
template <>
inline constexpr auto tlsrpt_object_name<tlsrpt_session_counts> = tlsrpt_member_of<&tlsrpt_policy_result::summary>.name;
template <>
inline constexpr auto tlsrpt_object_name<tlsrpt_failure> = tlsrpt_member_of<&tlsrpt_policy_result::failures>.name;

/// Names that reporters and report readers are known to have used instead of the RFC's.
struct tlsrpt_wrong_name {
    std::string_view name;
    std::string_view meant;
};
inline constexpr std::array<tlsrpt_wrong_name, 4> tlsrpt_wrong_names{{
    {"mx-host-pattern", tlsrpt_member_of<&tlsrpt_applied_policy::mx_hosts>.name},
    {"additional-info-uri", tlsrpt_member_of<&tlsrpt_failure::additional_information>.name},
    {"failure-error-code", tlsrpt_member_of<&tlsrpt_failure::reason_code>.name},
    {"receiving-mx-host-name", tlsrpt_member_of<&tlsrpt_failure::receiving_mx_hostname>.name},
}};

}  // namespace mtasts::detail
