// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 4.4 as a JSON Schema of draft 2020-12, from the same table that reports are read and written by.
///
/// A schema cannot tell a warning from an error: what parse_tlsrpt_report accepts with a warning is valid, and what
/// makes a report unusable is not, as far as a schema can express it. It is stricter about the greatest count. Formats
/// are annotations in that draft.
#pragma once
#include <string>
#include <string_view>
#include <utility>

#include <mtasts/write/fmt.hpp>

#include <mtasts/model/tlsrpt_report.hpp>
#include <mtasts/model/tlsrpt_schema.hpp>
#include <mtasts/text/json_string.hpp>

namespace mtasts {

namespace detail {

/// Writes the schema of each object inline, where it is a member's value.
class json_schema_writer {
  public:
    template <class Object>
    void object(std::string_view type = R"("object")") {
        out_ += fmt::format(R"("type":{},"properties":{{)", type);
        bool first = true;
        for_each_tlsrpt_member<Object>([&](auto const& member) {
            if (!first) out_ += ',';
            first = false;
            text::append_json_string(out_, member.name);
            out_ += ":{";
            describe(member);
            out_ += '}';
        });
        out_ += '}';
        if (auto const names = names_required<Object>(when::always); !names.empty())
            out_ += fmt::format(R"(,"required":[{}])", names);
        if (auto const names = names_required<Object>(when::policy_applied); !names.empty()) {
            std::string type_name, no_policy;
            text::append_json_string(type_name, tlsrpt_member_of<&tlsrpt_applied_policy::type>.name);
            text::append_json_string(no_policy, coded(tlsrpt_policy_type::no_policy_found).text());
            out_ += fmt::format(R"(,"if":{{"properties":{{{}:{{"not":{{"const":{}}}}}}}}},"then":{{"required":[{}]}})",
                                type_name, no_policy, names);
        }
    }

    std::string out() && { return std::move(out_); }

    void text(std::string_view name, std::string_view value) {
        text::append_json_string(out_, name);
        out_ += ':';
        text::append_json_string(out_, value);
        out_ += ',';
    }

  private:
    template <class Object>
    static std::string names_required(when condition) {
        std::string names;
        for_each_tlsrpt_member<Object>([&](auto const& member) {
            if (member.required != condition) return;
            if (!names.empty()) names += ',';
            text::append_json_string(names, member.name);
        });
        return names;
    }

    template <class Words>
    static std::string listed(Words const& words) {
        std::string list;
        for (auto const word : words) {
            if (!list.empty()) list += ',';
            text::append_json_string(list, word);
        }
        return list;
    }

    template <class Object, class Field>
    void describe(tlsrpt_member<Object, Field> const& member) {
        text("description", member.about);
        text("$comment", member.clause);
        bool const may_be_null = member.of_null == cost::warning;
        if constexpr (tlsrpt_member_count<Field> != 0) {
            object<Field>(type("object", may_be_null));
        } else if constexpr (requires {
                                 requires tlsrpt_member_count<typename Field::value_type>
                                 != 0;
                             }) {
            out_ += fmt::format(R"("type":{},"items":{{)", type("array", may_be_null));
            object<typename Field::value_type>();
            out_ += '}';
        } else {
            describe(member.form, may_be_null);
        }
    }

    static std::string type(std::string_view name, bool may_be_null) {
        return may_be_null ? fmt::format(R"(["{}","null"])", name) : fmt::format(R"("{}")", name);
    }

    /// Values that are not objects.
    void describe(value_form form, bool may_be_null) {
        auto const is_type = [&](std::string_view name, std::string_view more = {}) {
            out_ += fmt::format(R"("type":{}{})", type(name, may_be_null), more);
        };
        switch (form) {
            case value_form::text: return is_type("string");
            case value_form::uri: return is_type("string", R"(,"format":"uri")");
            case value_form::mail_address: return is_type("string", R"(,"format":"email","pattern":"^[ -~]*$")");
            case value_form::instant: return is_type("string", R"(,"format":"date-time")");
            case value_form::domain: return is_type("string", R"(,"pattern":"^[ -~]*$")");
            case value_form::address: return is_type("string", R"(,"anyOf":[{"format":"ipv4"},{"format":"ipv6"}])");
            case value_form::count:
                return is_type("integer", fmt::format(R"(,"minimum":0,"maximum":{})", greatest_count));
            case value_form::policy_type:
                return is_type("string", fmt::format(R"(,"enum":[{}])", listed(tlsrpt_policy_type_names)));
            case value_form::result_type:
                // RFC 8460 6.6: the registry grows.
                return is_type("string", fmt::format(R"(,"examples":[{}])", listed(tlsrpt_result_type_names)));
            // A single string is taken for an array of it, as in the example of RFC 8460 B.
            case value_form::policy_strings:
                out_ += fmt::format(R"("type":["array","string"{}],"items":{{"type":"string"}})",
                                    may_be_null ? R"(,"null")" : "");
                return;
            case value_form::mx_patterns:
                out_ += fmt::format(
                    R"("type":["array","string"{}],"pattern":"^[ -~]*$","items":{{"type":"string","pattern":"^[ -~]*$"}})",
                    may_be_null ? R"(,"null")" : "");
                return;
            case value_form::object:
            case value_form::objects: return;
        }
    }

    std::string out_;
};

}  // namespace detail

/// The JSON Schema of a report, in lines for people; it has no $id, so that it may be put anywhere.
/// Example: `mtasts::tlsrpt_json_schema()`
inline std::string tlsrpt_json_schema() {
    detail::json_schema_writer schema;
    schema.text("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.text("title", "SMTP TLS report");
    schema.text("description", "A report of RFC 8460 4.4: how sessions with the mail servers of a domain fared.");
    schema.object<tlsrpt_report>();
    return text::indented_json('{' + std::move(schema).out() + '}');
}

}  // namespace mtasts
