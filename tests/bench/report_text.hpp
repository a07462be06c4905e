// SPDX-License-Identifier: BSL-1.0
/// Reports as senders write them, generated from a seed: the same on every machine, and without faults.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mtasts/name/ip_text.hpp>

namespace bench {

/// Compact, or like nlohmann's dump(2): every member and every string of an array on a line of its own.
enum class layout { compact, pretty };
/// What a report mostly consists of.
enum class bulk { one_policy, policies, failures };
/// As Google orders the members, or as RFC 8460 4.4 lists them.
enum class member_order { google, listed };

struct report_shape {
    bulk most = bulk::one_policy;
    layout set = layout::compact;
    member_order order = member_order::listed;
    /// The approximate length of the text; ignored for one policy.
    std::size_t octets = 0;
};

/// Pseudo-random numbers (xorshift64*), because the standard library's distributions differ from one to the next.
class random_numbers {
  public:
    explicit random_numbers(std::uint64_t seed) : state_(seed * 2 + 1) {}

    std::uint64_t below(std::uint64_t end) {
        state_ ^= state_ >> 12;
        state_ ^= state_ << 25;
        state_ ^= state_ >> 27;
        return (state_ * 0x2545F4914F6CDD1D >> 16) % end;
    }
    std::uint64_t between(std::uint64_t least, std::uint64_t most) { return least + below(most - least + 1); }
    bool one_in(std::uint64_t count) { return below(count) == 0; }
    template <class Row>
    auto const& one_of(Row const& row) {
        return row[below(row.size())];
    }

  private:
    std::uint64_t state_;
};

/// JSON in either layout. Strings must need no escapes.
class json_text_builder {
  public:
    explicit json_text_builder(layout set, std::size_t depth = 0) : pretty_(set == layout::pretty), depth_(depth) {}

    void open(char bracket) {
        begin_value();
        text_ += bracket;
        ++depth_;
        first_ = true;
    }
    void close(char bracket) {
        --depth_;
        if (!first_) new_line();
        text_ += bracket;
        first_ = false;
    }
    void name(std::string_view name) {
        begin_value();
        quote(name);
        text_ += pretty_ ? ": " : ":";
        named_ = true;
    }
    void text(std::string_view value) {
        begin_value();
        quote(value);
    }
    void number(std::uint64_t value) {
        begin_value();
        text_ += std::to_string(value);
    }
    void member(std::string_view name_of_it, std::string_view value) {
        name(name_of_it);
        text(value);
    }
    void member(std::string_view name_of_it, std::uint64_t value) {
        name(name_of_it);
        number(value);
    }
    /// Elements made by another builder at this depth.
    void elements(json_text_builder const& others) {
        text_ += others.text_;
        first_ = first_ && others.text_.empty();
    }
    std::string const& view() const { return text_; }
    std::string take() { return std::move(text_); }
    std::size_t depth() const { return depth_; }

  private:
    void quote(std::string_view value) {
        text_ += '"';
        text_ += value;
        text_ += '"';
    }
    void new_line() {
        if (!pretty_) return;
        text_ += '\n';
        text_.append(2 * depth_, ' ');
    }
    void begin_value() {
        if (named_) {
            named_ = false;
            return;
        }
        if (!first_) text_ += ',';
        first_ = false;
        if (depth_ != 0) new_line();
    }

    bool pretty_;
    std::size_t depth_;
    bool first_ = true;
    bool named_ = false;
    std::string text_;
};

/// A way to fail, and what a sender adds to explain it.
struct failing {
    std::string_view result;
    std::string_view reason = {};
    bool in_session = true;
};
inline constexpr std::array<failing, 8> sts_failures{{
    {"certificate-expired"},
    {"certificate-host-mismatch"},
    {"certificate-not-trusted", "X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT"},
    {"starttls-not-supported"},
    {"validation-failure", "TLS_ALERT_HANDSHAKE_FAILURE"},
    {"sts-policy-fetch-error", "HTTP status 404", false},
    {"sts-policy-invalid", "mode is missing", false},
    {"sts-webpki-invalid", "X509_V_ERR_CERT_HAS_EXPIRED", false},
}};
inline constexpr std::array<failing, 6> tlsa_failures{{
    {"tlsa-invalid"},
    {"certificate-host-mismatch"},
    {"dnssec-invalid", "SERVFAIL"},
    {"dane-required"},
    {"starttls-not-supported"},
    {"validation-failure", "no TLSA record matches the certificate"},
}};
inline constexpr std::array<failing, 2> other_failures{{
    {"starttls-not-supported"},
    {"validation-failure", "connection closed in the handshake"},
}};

class report_maker {
  public:
    explicit report_maker(report_shape const& shape, std::uint64_t seed) : shape_(shape), random_(seed) {}

    std::string operator()() {
        json_text_builder out(shape_.set);
        bool const google = shape_.order == member_order::google;
        out.open('{');
        out.member("organization-name", "Example Mail Company");
        out.name("date-range");
        out.open('{');
        out.member("start-datetime", "2026-03-14T00:00:00Z");
        out.member("end-datetime", "2026-03-14T23:59:59Z");
        out.close('}');
        out.member("contact-info", "tls-reports@mail.example.com");
        out.member("report-id",
                   google ? "2026-03-14T00:00:00Z_example.net" : "8f1c62d04b7e4b0f-20260314@mail.example.com");
        out.name("policies");
        out.open('[');
        constexpr std::uint64_t policies_with_many_failures = 10;
        switch (shape_.most) {
            case bulk::one_policy:
                policy(out, kind::sts, [](auto const& failures) { return failures.count == 3; });
                break;
            case bulk::policies:
                while (out.view().size() < shape_.octets) {
                    auto const count = random_.below(4);
                    policy(out, any_kind(), [&](auto const& failures) { return failures.count == count; });
                }
                break;
            case bulk::failures:
                for (std::uint64_t i = 0; i != policies_with_many_failures; ++i)
                    policy(out, any_kind(), [&](auto const& failures) {
                        return failures.out.view().size() >= shape_.octets / policies_with_many_failures;
                    });
        }
        out.close(']');
        out.close('}');
        return out.take();
    }

  private:
    enum class kind { sts, tlsa, no_policy_found };
    struct failure_list {
        json_text_builder out;
        std::uint64_t count = 0;
        std::uint64_t sessions = 0;
    };

    kind any_kind() {
        auto const draw = random_.below(10);
        return draw < 6 ? kind::sts : draw < 9 ? kind::tlsa : kind::no_policy_found;
    }

    template <class Enough>
    void policy(json_text_builder& out, kind type, Enough enough) {
        auto const domain = next_domain();
        std::vector<std::string> hosts;
        for (auto count = random_.between(1, 4); count != 0; --count)
            hosts.push_back("mx" + std::to_string(hosts.size() + 1) + ".mail." + domain);
        out.open('{');
        out.name("policy");
        applied(out, type, domain, hosts);
        failure_list failures{json_text_builder(shape_.set, out.depth() + 1)};
        while (!enough(failures)) failure(failures, type, hosts);
        out.name("summary");
        out.open('{');
        out.member("total-successful-session-count", random_.below(100'000));
        out.member("total-failure-session-count", failures.sessions);
        out.close('}');
        if (failures.count != 0) {
            out.name("failure-details");
            out.open('[');
            out.elements(failures.out);
            out.close(']');
        }
        out.close('}');
    }

    void applied(json_text_builder& out, kind type, std::string const& domain, std::vector<std::string> const& hosts) {
        out.open('{');
        if (type == kind::no_policy_found) {
            out.member("policy-type", "no-policy-found");
            out.member("policy-domain", domain);
            return out.close('}');
        }
        out.member("policy-type", type == kind::sts ? "sts" : "tlsa");
        out.name("policy-string");
        out.open('[');
        if (type == kind::sts) {
            out.text("version: STSv1");
            out.text(random_.one_in(3) ? "mode: testing" : "mode: enforce");
            for (auto const& host : hosts) out.text("mx: " + host);
            out.text("max_age: " + std::to_string(86400 * random_.between(7, 90)));
        } else {
            for (auto count = random_.between(1, 4); count != 0; --count) {
                std::string record = random_.one_in(2) ? "3 1 1 " : "2 1 1 ";
                for (int digit = 0; digit != 64; ++digit) record += "0123456789abcdef"[random_.below(16)];
                out.text(record);
            }
        }
        out.close(']');
        out.member("policy-domain", type == kind::sts ? domain : hosts.front());
        if (type == kind::sts) {
            out.name("mx-host");
            out.open('[');
            for (auto const& host : hosts) out.text(host);
            out.close(']');
        }
        out.close('}');
    }

    failing any_failing(kind type) {
        // Sessions fail more often than fetches of policies.
        if (type == kind::sts) return random_.one_in(8) ? random_.one_of(sts_failures) : sts_failures[random_.below(5)];
        return type == kind::tlsa ? random_.one_of(tlsa_failures) : random_.one_of(other_failures);
    }

    void failure(failure_list& list, kind type, std::vector<std::string> const& hosts) {
        auto& out = list.out;
        bool const google = shape_.order == member_order::google;
        auto const what = any_failing(type);
        auto const sessions = random_.one_in(4) ? random_.between(1, 5000) : random_.between(1, 20);
        ++list.count;
        list.sessions += sessions;
        out.open('{');
        out.member("result-type", what.result);
        if (what.in_session) {
            auto const& host = random_.one_of(hosts);
            bool const v6 = random_.one_in(5);
            out.member("sending-mta-ip", address(v6));
            if (google) out.member("receiving-ip", address(v6));
            out.member("receiving-mx-hostname", host);
            if (!google && random_.one_in(4)) out.member("receiving-mx-helo", host);
            if (!google && random_.one_in(2)) out.member("receiving-ip", address(v6));
        }
        out.member("failed-session-count", sessions);
        if (random_.one_in(8))
            out.member("additional-information",
                       "https://reports.example.com/tls/" + std::to_string(random_.below(1'000'000)) + "?lang=en");
        if (!what.reason.empty()) out.member("failure-reason-code", what.reason);
        out.close('}');
    }

    std::string address(bool v6) {
        mtasts::ip_address made;
        if (v6) {
            made.version = 6;
            made.octets = {0x20, 0x01, 0x0d, 0xb8};
            for (std::size_t i : {5u, 6u, 7u, 14u, 15u}) made.octets[i] = octet();
            if (random_.one_in(2))
                for (std::size_t i = 8; i != 14; ++i) made.octets[i] = octet();
        } else {
            constexpr std::array<std::array<std::uint8_t, 3>, 3> nets{{{192, 0, 2}, {198, 51, 100}, {203, 0, 113}}};
            auto const& net = random_.one_of(nets);
            made.octets = {net[0], net[1], net[2], octet()};
        }
        return std::string(mtasts::to_text(made).view());
    }
    std::uint8_t octet() { return static_cast<std::uint8_t>(random_.below(256)); }

    std::string next_domain() {
        constexpr std::array<std::string_view, 6> words{"alpine", "harbour", "post", "north-wind", "tea", "clockwork"};
        return std::string(random_.one_of(words)) + "-" + std::to_string(++domains_) +
               (random_.one_in(2) ? ".example" : ".example.net");
    }

    report_shape shape_;
    random_numbers random_;
    std::uint64_t domains_ = 0;
};

/// A report of this shape; the same for the same seed.
inline std::string make_report(report_shape const& shape, std::uint64_t seed = 8460) {
    return report_maker(shape, seed)();
}

/// A text of the comparison.
struct named_text {
    std::string name;
    std::string text;
};

/// All texts of the comparison: three sizes, both layouts, and for the larger ones both kinds of content.
inline std::vector<named_text> all_reports() {
    struct size {
        std::string_view name;
        std::size_t octets;
    };
    std::vector<named_text> texts;
    for (auto const set : {layout::compact, layout::pretty}) {
        std::string const how = set == layout::compact ? "compact" : "pretty";
        texts.push_back({"1.3KB-" + how, make_report({bulk::one_policy, set, member_order::listed})});
        for (auto const [name, octets] : {size{"150KB", 150'000}, size{"15MB", 15'000'000}}) {
            texts.push_back({std::string(name) + "-policies-" + how,
                             make_report({bulk::policies, set, member_order::listed, octets})});
            texts.push_back({std::string(name) + "-failures-" + how,
                             make_report({bulk::failures, set, member_order::google, octets})});
        }
    }
    return texts;
}

}  // namespace bench
