// SPDX-License-Identifier: BSL-1.0
/// simdjson On-Demand: one pass over the text, strings unescaped into the parser's buffer.
///
/// Written out by hand, as its guide advises: raw keys are compared with one name after the other. Trying first the member
/// that came next in the previous object was slower.
#pragma once
#include <simdjson.h>

#include <cstdint>
#include <optional>
#include <string_view>

#include <mtasts/model/tlsrpt_report.hpp>

#include "report_conversion.hpp"

namespace bench {

class with_simdjson {
  public:
    using text = simdjson::padded_string;

    /// What the report refers to lives until the next call.
    mtasts::tlsrpt_report operator()(text const& json) {
        mtasts::tlsrpt_report report;
        simdjson::ondemand::document document = parser_.iterate(json);
        read(document.get_object(), report);
        return report;
    }

  private:
    using key = simdjson::ondemand::raw_json_string;
    using value = simdjson::ondemand::value;
    using object = simdjson::ondemand::object;

    static bool is(key name, std::string_view wanted) { return name.unsafe_is_equal(wanted); }

    template <class Out>
    static void read_string(value from, Out& out) {
        convert(from.get_string().value(), out);
    }
    static void read_count(value from, std::optional<std::uint64_t>& out) { out = from.get_uint64().value(); }

    static void read(object from, mtasts::tlsrpt_report& out) {
        for (auto member : from) {
            key const name = member.key();
            if (is(name, "organization-name")) read_string(member.value(), out.organization_name);
            else if (is(name, "date-range")) read(member.value().get_object(), out.date_range);
            else if (is(name, "contact-info")) read_string(member.value(), out.contact_info);
            else if (is(name, "report-id")) read_string(member.value(), out.report_id);
            else if (is(name, "policies"))
                for (auto element : member.value().get_array()) read(element.get_object(), out.policies.emplace_back());
        }
    }
    static void read(object from, mtasts::tlsrpt_date_range& out) {
        for (auto member : from) {
            key const name = member.key();
            if (is(name, "start-datetime")) read_string(member.value(), out.start);
            else if (is(name, "end-datetime")) read_string(member.value(), out.end);
        }
    }
    static void read(object from, mtasts::tlsrpt_policy_result& out) {
        for (auto member : from) {
            key const name = member.key();
            if (is(name, "policy")) read(member.value().get_object(), out.policy);
            else if (is(name, "summary")) read(member.value().get_object(), out.summary);
            else if (is(name, "failure-details"))
                for (auto element : member.value().get_array()) read(element.get_object(), out.failures.emplace_back());
        }
    }
    static void read(object from, mtasts::tlsrpt_applied_policy& out) {
        for (auto member : from) {
            key const name = member.key();
            if (is(name, "policy-type")) read_string(member.value(), out.type);
            else if (is(name, "policy-string"))
                for (auto element : member.value().get_array()) out.strings.push_back(element.get_string());
            else if (is(name, "policy-domain")) read_string(member.value(), out.domain);
            else if (is(name, "mx-host"))
                for (auto element : member.value().get_array()) out.mx_hosts.push_back({element.get_string()});
        }
    }
    static void read(object from, mtasts::tlsrpt_session_counts& out) {
        for (auto member : from) {
            key const name = member.key();
            if (is(name, "total-successful-session-count")) read_count(member.value(), out.successful);
            else if (is(name, "total-failure-session-count")) read_count(member.value(), out.failed);
        }
    }
    static void read(object from, mtasts::tlsrpt_failure& out) {
        for (auto member : from) {
            key const name = member.key();
            if (is(name, "result-type")) read_string(member.value(), out.result);
            else if (is(name, "sending-mta-ip")) read_string(member.value(), out.sending_mta_ip);
            else if (is(name, "receiving-mx-hostname")) read_string(member.value(), out.receiving_mx_hostname);
            else if (is(name, "receiving-mx-helo")) read_string(member.value(), out.receiving_mx_helo);
            else if (is(name, "receiving-ip")) read_string(member.value(), out.receiving_ip);
            else if (is(name, "failed-session-count")) read_count(member.value(), out.failed_sessions);
            else if (is(name, "additional-information")) read_string(member.value(), out.additional_information);
            else if (is(name, "failure-reason-code")) read_string(member.value(), out.reason_code);
        }
    }

    simdjson::ondemand::parser parser_;
};

}  // namespace bench
