// SPDX-License-Identifier: BSL-1.0
// Inputs of harnesses that read several texts at once.
#include <array>

#include "../grammars.hpp"
#include "recipes.hpp"

namespace seeds {
namespace {

/// One of a few that fit together, or any.
std::string policy(supply& from) {
    if (from.once_in(3)) return from.text(kind::policy);
    std::string text = "version: STSv1\nmode: ";
    text += from.pick({"enforce", "testing", "none"});
    for (auto count = from.below(4); count != 0; --count)
        (text += "\nmx: ") += from.pick({"a.example", "*.example.com", "*.b.example", "mx.example.com", "c.example"});
    return (text += "\nmax_age: ") += from.pick({"86400", "604800", "1", "31557600", "99999999"});
}
std::string record(supply& from) {
    return from.once_in(3) ? from.text(kind::sts_record)
                           : "v=STSv1; id=" + from.pick({"1", "2", "abc", "0123456789abcdef0123456789abcdef"});
}
std::string host(supply& from) {
    if (from.once_in(3)) return from.text(kind::domain);
    return from.pick({"a.example", "mx.example.com", "x.y.b.example", "A.EXAMPLE.", ".", "c.example", "example.com"});
}
/// A report in one line.
std::string report(supply& from) {
    auto text = from.text(kind::report);
    std::erase(text, '\n');
    return text;
}

}  // namespace

void build(supply& from, inputs& out) {
    // As long as an id may be, and one octet longer.
    out.insert(out.end(), {"\x80"
                           "abcdefghijklmnopqrstuvwxyz012345",
                           "\x80"
                           "abcdefghijklmnopqrstuvwxyz0123456"});
    for (auto const& uri : from.all.of(kind::rua_uri)) out.push_back('\x80' + uri);
    for (auto const& pattern : from.all.of(kind::mx_pattern)) out.push_back('\x05' + pattern);
    for (int i = 0; i != 60; ++i) {
        auto input = from.octet(128);
        for (auto count = from.below(4); count != 0; --count) (input += host(from)) += '\n';
        for (auto count = from.below(3); count != 0; --count)
            (input += from.pick({"x", "mode", "mx", "a_b", "-"})) +=
                '=' + from.pick({"y\n", "\n", "a b\n", "\xC3\xA9\n"});
        out.push_back(input);
    }
}

void cross(supply& from, inputs& out) {
    for (int i = 0; i != 200; ++i) {
        auto const before = policy(from), after = from.once_in(3) ? before : policy(from);
        auto input = joined({before, record(from), after, record(from)}, '\f') + '\f';
        for (auto count = from.below(4); count != 0; --count) (input += host(from)) += '\n';
        out.push_back(input);
    }
    for (auto const& text : from.all.of(kind::policy)) out.push_back("\f\f" + text + "\fv=STSv1; id=1\fa.b.example");
}

void generated(supply& from, inputs& out) {
    for (std::size_t grammar = 0; grammar != grammars::count; ++grammar) {
        auto const number = std::string(1, static_cast<char>(grammar));
        for (std::size_t i = 0; i != 12; ++i) {
            auto input = number + from.octet();
            out.push_back(i == 0 ? input : input += from.chance.octets(from.below(i % 2 == 0 ? 40 : 500)));
        }
    }
}

void merge(supply& from, inputs& out) {
    for (auto const& text : from.all.of(kind::summary)) out.push_back(text);
    constexpr std::string_view genuine =
        R"({"organization-name":"R","date-range":{"start-datetime":"2026-01-01T00:00:00Z",)"
        R"("end-datetime":"2026-01-01T23:59:59Z"},"contact-info":"t@r.example","policies":[)";
    auto const policies = std::to_array<std::string_view>({
        R"({"policy":{"policy-type":"sts","policy-domain":"example.com"},"summary":)"
        R"({"total-successful-session-count":1,"total-failure-session-count":0}})",
        R"({"policy":{"policy-type":"sts","policy-domain":"example.com"},"summary":)"
        R"({"total-successful-session-count":2,"total-failure-session-count":0}})",
        R"({"policy":{"policy-type":"tlsa","policy-domain":"exa\\mple.com"},"summary":)"
        R"({"total-successful-session-count":9,"total-failure-session-count":9},"failure-details":)"
        R"([{"result-type":"tlsa-invalid","receiving-mx-hostname":"a\\b","failed-session-count":9}]})",
    });
    // The length of a line chooses its origin.
    auto const copy = [&] {
        auto text = std::string(genuine).append(policies[from.below(3)]) + "]";
        text += from.pick({R"(,"report-id":"1"})", R"(,"report-id":"1\\2"})", "}"});
        return text.append(from.below(4), ' ');
    };
    for (int i = 0; i != 80; ++i) out.push_back(joined({copy(), copy(), copy()}, '\n'));
    for (int i = 0; i != 60; ++i) out.push_back(joined({report(from), copy(), report(from)}, '\n'));
    for (int i = 0; i != 60; ++i) out.push_back(report(from));
}

void mutations(supply& from, inputs& out) {
    for (auto const of : {kind::policy, kind::tlsrpt_record, kind::report, kind::mx_pattern})
        for (int i = 0; i != 40; ++i) {
            auto input = from.once_in(3) ? std::string(1, '\0') : from.octet();
            input += from.octet();
            out.push_back(input += from.text(of));
        }
}

void mx_hosts(supply& from, inputs& out) {
    out.insert(out.end(), {"example.com\n192.0.2.1\n\001192.0.2.1\n\2mx.example.com", "example.com\n192.0.2.1\n",
                           "example.com\nxn--bcher-kva.example\n\1b\u00FCcher.example"});
    for (int i = 0; i != 80; ++i) {
        auto input = joined({host(from), from.text(kind::mx_pattern)}, '\n');
        for (auto count = from.below(6); count != 0; --count) (input += '\n' + from.octet(8)) += host(from);
        out.push_back(input);
    }
}

void mx_match(supply& from, inputs& out) {
    for (int i = 0; i != 200; ++i) {
        auto pattern = from.once_in(2) ? "*." + host(from) : from.text(kind::mx_pattern);
        auto name = pattern.starts_with("*.") ? pattern.substr(1) : pattern;
        if (name != pattern) name.insert(0, from.pick({"a", "b.a", "", "*", "b\u00FCcher"}));
        if (from.once_in(3)) name = host(from);
        out.push_back(joined({pattern, name}, '\n'));
    }
}

void policy_domain(supply& from, inputs& out) {
    for (auto const& text : from.all.of(kind::domain)) out.push_back(text);
    for (auto const& text : from.all.of(kind::ip_address)) {
        out.push_back(text);
        out.push_back('[' + text + ']');
        out.push_back("[IPv6:" + text + ']');
    }
    // The longest name, and the longest below which a record has a name; then one octet more.
    auto const label = std::string(50, 'a') + '.';
    for (auto const last : {49, 40, 50, 41}) out.push_back(label + label + label + label + std::string(last, 'b'));
}

void report_limits(supply& from, inputs& out) {
    auto const& reports = from.all.of(kind::report);
    for (std::size_t i = 0; i != reports.size(); ++i) {
        std::string limits(8, '\0');
        // The greatest size is in octets, all else in what is written once or more.
        limits[i % 8] = i % 8 == 0 ? from.chance.octet() : static_cast<char>(from.below(i % 8 == 6 ? 40 : 6));
        out.push_back(limits + reports[i]);
        // One string may be many.
        if (reports[i].find("policy-string\":\"") != std::string::npos)
            out.push_back(std::string("\0\0\0\0\3\0\0\0", 8) + reports[i]);
    }
}

void report_name(supply& from, inputs& out) {
    auto const domain = [&] { return from.pick({"example.com", "b\u00FCcher.example", "a b", "", "a_b.example"}); };
    for (auto const& name : from.all.of(kind::filename)) out.push_back(joined({name, domain(), report(from)}, '\n'));
    for (auto const& text : from.all.of(kind::report)) {
        auto const name = from.pick({"mail.example.net!example.com!1788134400!1788220799!1.json.gz",
                                     "mail.example.net!example.com!1788134400!1788220799.json", "x", "report.xml.gz"});
        out.push_back(joined({name, domain(), text}, '\n'));
    }
}

void rrset(supply& from, inputs& out) {
    for (int i = 0; i != 160; ++i) {
        auto input = from.octet(4);
        auto const of = input[0] < 2 ? kind::sts_record : kind::tlsrpt_record;
        for (auto count = 1 + from.below(3); count != 0; --count) {
            auto text = from.once_in(3)          ? from.text(of)
                        : from.once_in(3)        ? std::string("v=spf1 -all")
                        : of == kind::sts_record ? "v=STSv1; id=" + from.pick({"1", "2"}) + ";"
                                                 : "v=TLSRPTv1; rua=mailto:a@" + from.pick({"a", "b"}) + ".example";
            if (from.once_in(4)) text.insert(from.below(text.size() + 1), 1, '\x1F');
            (input += text) += '\n';
        }
        out.push_back(input);
    }
}

}  // namespace seeds
