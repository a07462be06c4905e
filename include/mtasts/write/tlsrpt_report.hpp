// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 4.4: a report as canonical JSON: the members in the schema's order, absent ones left out, no blanks.
#pragma once
#include <chrono>
#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <mtasts/write/fmt.hpp>

#include <mtasts/model/instant.hpp>
#include <mtasts/model/tlsrpt_report.hpp>
#include <mtasts/model/tlsrpt_schema.hpp>
#include <mtasts/name/a_labels.hpp>
#include <mtasts/name/ip_text.hpp>
#include <mtasts/name/mail_domain.hpp>
#include <mtasts/text/ascii.hpp>
#include <mtasts/text/json_string.hpp>
#include <mtasts/write/text.hpp>

namespace mtasts {

namespace detail {

/// RFC 8460 4.4: a name or mx pattern with A-labels for its U-labels; unchanged if it is ASCII or cannot be a name.
inline std::string in_a_labels(std::string_view name) {
    auto const ascii = text::all_octets(name, text::is_ascii) ? std::nullopt : to_a_labels(name);
    return std::string(ascii ? ascii->view() : name);
}

/// The same of a mail address's domain.
inline std::string mail_in_a_labels(std::string_view address) {
    auto const domain = mail_domain(address);
    return std::string(address.substr(0, address.size() - domain.size())) + in_a_labels(domain);
}

/// Appends reports as JSON to a text; `append_string` writes their strings.
template <class AppendString>
class tlsrpt_writer {
  public:
    tlsrpt_writer(std::string& out, AppendString append_string) : out_(out), append_string_(append_string) {}

    template <class Object>
    void object(Object const& value) {
        out_ += '{';
        bool first = true;
        for_each_tlsrpt_member<Object>([&](auto const& member) {
            auto const& part = value.*member.field;
            if (is_absent(part) && !is_policies(part)) return;
            out_ += first ? "\"" : ",\"";
            first = false;
            out_ += member.name;
            out_ += "\":";
            write(part, member.form);
        });
        out_ += '}';
    }

  private:
    // The array must be there, even if it is empty (RFC 8460 4.4).
    template <class Part>
    static constexpr bool is_policies(Part const&) {
        return std::is_same_v<Part, decltype(tlsrpt_report::policies)>;
    }

    static bool is_absent(std::string_view text) { return text.empty(); }
    static bool is_absent(std::optional<std::chrono::sys_seconds> const& instant) {
        return !instant || !is_writable(*instant);
    }
    template <class Value>
    static bool is_absent(std::optional<Value> const& value) {
        return !value;
    }
    template <class Item>
    static bool is_absent(std::vector<Item> const& items) {
        return items.empty();
    }
    template <class Kind>
    static bool is_absent(coded<Kind> const& word) {
        return word.text().empty();
    }
    template <class Object>
    requires(tlsrpt_member_count<Object> != 0) static bool is_absent(Object const& value) { return value == Object{}; }

    void write(std::string_view text, value_form form) {
        bool const has_names =
            form == value_form::domain || form == value_form::mx_patterns || form == value_form::mail_address;
        if (!has_names || text::all_octets(text, text::is_ascii)) append_string_(out_, text);
        else append_string_(out_, form == value_form::mail_address ? mail_in_a_labels(text) : in_a_labels(text));
    }
    void write(mx_pattern const& pattern, value_form form) { write(pattern.text, form); }
    void write(std::chrono::sys_seconds instant, value_form) { append_string_(out_, write_date_time(instant)); }
    void write(ip_address const& address, value_form) { append_string_(out_, to_text(address).view()); }
    void write(std::uint64_t count, value_form) { out_ += fmt::format_int(count).c_str(); }
    template <class Value>
    void write(std::optional<Value> const& value, value_form form) {
        write(*value, form);
    }
    template <class Kind>
    void write(coded<Kind> const& word, value_form) {
        append_string_(out_, word.text());
    }
    template <class Item>
    void write(std::vector<Item> const& items, value_form form) {
        out_ += '[';
        for (auto const& item : items) {
            if (&item != &items.front()) out_ += ',';
            write(item, form);
        }
        out_ += ']';
    }
    template <class Object>
    requires(tlsrpt_member_count<Object> != 0) void write(Object const& value, value_form) { object(value); }

    std::string& out_;
    AppendString append_string_;
};

}  // namespace detail

/// Writes a report (RFC 8460 4.4) with times in UTC, names with A-labels and addresses in the form of RFC 5952; what
/// cannot be written is left out, and octets that are not UTF-8 become U+FFFD.
/// Example: `mtasts::write_tlsrpt_report(mtasts::tlsrpt_report{}) == "{\"policies\":[]}"`
inline std::string write_tlsrpt_report(tlsrpt_report const& report) {
    std::string text;
    detail::tlsrpt_writer(text, text::append_json_string).object(report);
    return text;
}

namespace detail {

/// A report with its names as they are written; its strings are views of the other's and of `names`.
inline tlsrpt_report with_a_labels(tlsrpt_report const& report, std::list<std::string>& names) {
    tlsrpt_report ascii{report.organization_name, report.date_range, report.contact_info,
                        report.report_id,         report.policies,   {}};
    auto const kept = [&](std::string_view text) -> std::string_view {
        return text::all_octets(text, text::is_ascii) ? text : names.emplace_back(in_a_labels(text));
    };
    if (!text::all_octets(ascii.contact_info, text::is_ascii))
        ascii.contact_info = names.emplace_back(mail_in_a_labels(ascii.contact_info));
    for (auto& policy : ascii.policies) {
        policy.policy.domain = kept(policy.policy.domain);
        for (auto& pattern : policy.policy.mx_hosts) pattern.text = kept(pattern.text);
    }
    return ascii;
}

}  // namespace detail

}  // namespace mtasts
