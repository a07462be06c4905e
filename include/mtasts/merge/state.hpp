/// A summary as text, to be kept or carried to where it is merged with others.
///
/// Lines of fields with tabs between them, in ASCII: nothing that reads lines or recodes text can harm it.
///   mtasts summary 1
///   report   reporter  report-id  content  contradicted  organization-name  day
///   session  domain  policy-type  successful  unknown  failed  unknown
///   failure  domain  policy-type  result-type  mx-host  sending-ip  sessions  unknown
///   end      reports  digest
/// A report's sessions and failures follow it; days are counted from 1970-01-01, "-" stands for an unknown one.
#pragma once
#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <mtasts/merge/summary.hpp>
#include <mtasts/model/ascii.hpp>

namespace mtasts {

inline constexpr std::string_view summary_first_line = "mtasts summary 1\n";

/// Appends lines of a summary.
class state_writer {
  public:
    explicit state_writer(std::string& out) : out_(out) {}

    template <class... Fields>
    void line(std::string_view kind, Fields const&... fields) {
        out_ += kind;
        ((out_ += '\t', field(fields)), ...);
        out_ += '\n';
    }

  private:
    void field(std::string_view text) {
        for (char const c : text) {
            if (!is_control(c) && is_ascii(c) && c != '\\') {
                out_ += c;
                continue;
            }
            auto const octet = static_cast<unsigned char>(c);
            out_ += "\\x";
            out_ += "0123456789abcdef"[octet >> 4];
            out_ += "0123456789abcdef"[octet & 15];
        }
    }
    void field(std::uint64_t number) { out_ += std::to_string(number); }
    void field(std::optional<std::chrono::sys_days> day) {
        out_ += day ? std::to_string(day->time_since_epoch().count()) : "-";
    }
    void field(session_count const& count) {
        field(count.sessions);
        out_ += '\t';
        field(count.unknown);
    }

    std::string& out_;
};

/// Writes a summary; equal summaries become equal texts.
/// Example: `mtasts::read_summary(mtasts::write_summary({})).value == mtasts::summary{}`
inline std::string write_summary(summary const& all) {
    std::string text(summary_first_line);
    state_writer out(text);
    for (auto const& [identity, report] : all.reports) {
        auto const& content = report.content;
        out.line("report", identity.reporter, identity.report_id, identity.content, std::uint64_t{report.contradicted},
                 content.organization, content.day);
        for (auto const& [policy, counts] : content.sessions)
            out.line("session", policy.domain, policy.type, counts.successful, counts.failed);
        for (auto const& [failure, count] : content.failures)
            out.line("failure", failure.policy.domain, failure.policy.type, failure.result_type, failure.mx_host,
                     failure.sending_ip, count);
    }
    content_digest sum;
    sum.put_octets(text);
    out.line("end", std::uint64_t{all.reports.size()}, sum.value());
    return text;
}

/// A summary that was read, or why it was not: a part of one would be a wrong one.
struct restored_summary {
    summary value;
    /// Empty where nothing is wrong.
    std::string_view fault = {};
    /// Where the fault is; counts from 1.
    std::size_t line = 0;

    bool usable() const { return fault.empty(); }
};

/// Takes a summary's text apart.
class state_reader {
  public:
    explicit state_reader(std::string_view text) : rest_(text) {}

    restored_summary read() {
        ++line_;
        if (!rest_.starts_with(summary_first_line)) return failed("this is no summary that this version knows");
        rest_.remove_prefix(summary_first_line.size());
        while (!rest_.empty() && !rest_.starts_with("end\t")) {
            ++line_;
            if (auto const fault = read_line(); !fault.empty()) return failed(fault);
        }
        ++line_;
        if (rest_.empty()) return failed("the text ends too early");
        return {std::move(all_)};
    }

  private:
    restored_summary failed(std::string_view fault) const { return {{}, fault, line_}; }

    std::string_view read_line() {
        auto const stop = rest_.find('\n');
        if (stop == rest_.npos) return "the text ends too early";
        split(rest_.substr(0, stop));
        rest_.remove_prefix(stop + 1);
        auto const kind = fields_[0];
        bool taken = false;
        if (kind == "report" && count_ == 7) taken = read_report();
        else if (kind == "session" && count_ == 7 && content_ != nullptr) taken = read_session();
        else if (kind == "failure" && count_ == 8 && content_ != nullptr) taken = read_failure();
        else return "no such line belongs here";
        if (!well_formed_) return "a field is damaged";
        return taken ? "" : "the line repeats an earlier one";
    }

    bool read_report() {
        report_identity identity{text(1), text(2), number(3)};
        counted_report report;
        report.contradicted = number(4) == 1;
        report.content.organization = text(5);
        report.content.day = day(6);
        // Texts that were written are sorted.
        auto const before = all_.reports.size();
        auto const place = all_.reports.emplace_hint(all_.reports.end(), std::move(identity), std::move(report));
        content_ = &place->second.content;
        return all_.reports.size() != before;
    }
    bool read_session() {
        return content_->sessions.emplace(policy_key{text(1), text(2)}, session_counts{count(3), count(5)}).second;
    }
    bool read_failure() {
        return content_->failures.emplace(failure_key{{text(1), text(2)}, text(3), text(4), text(5)}, count(6)).second;
    }

    void split(std::string_view line) {
        count_ = 0;
        for_each_piece(line, '\t', [&](std::string_view field) {
            if (count_ < fields_.size()) fields_[count_] = field;
            ++count_;
        });
    }

    std::string text(std::size_t index) {
        auto field = fields_[index];
        std::string plain;
        plain.reserve(field.size());
        for (;;) {
            auto const escape = field.find('\\');
            plain += field.substr(0, escape);
            if (escape == field.npos) return plain;
            field.remove_prefix(escape);
            if (field.size() < 4 || field[1] != 'x' || !is_hex_digit(field[2]) || !is_hex_digit(field[3])) {
                well_formed_ = false;
                return {};
            }
            plain += static_cast<char>(hex_value(field[2]) << 4 | hex_value(field[3]));
            field.remove_prefix(4);
        }
    }
    template <class Number>
    Number read_number(std::string_view digits) {
        Number value{};
        auto const stop = digits.data() + digits.size();
        auto const [end, error] = std::from_chars(digits.data(), stop, value);
        if (error != std::errc() || end != stop) well_formed_ = false;
        return value;
    }
    std::uint64_t number(std::size_t index) { return read_number<std::uint64_t>(fields_[index]); }
    session_count count(std::size_t index) { return {number(index), number(index + 1)}; }
    std::optional<std::chrono::sys_days> day(std::size_t index) {
        if (fields_[index] == "-") return std::nullopt;
        // Far beyond every year that a date can have, and far from what seconds cannot count.
        constexpr std::int32_t most = 4'000'000;
        auto const days = read_number<std::int32_t>(fields_[index]);
        auto const read = std::chrono::sys_days(std::chrono::days(std::clamp(days, -most, most)));
        if (day_of(read) != read) well_formed_ = false;
        return read;
    }

    std::string_view rest_;
    std::size_t line_ = 0;
    std::array<std::string_view, 8> fields_;
    std::size_t count_ = 0;
    bool well_formed_ = true;
    summary all_;
    contribution* content_ = nullptr;
};

/// Reads what `write_summary` wrote, and nothing else. Takes time and memory in proportion to the text.
/// Example: `!mtasts::read_summary("mtasts summary 1\n").usable()`
inline restored_summary read_summary(std::string_view text) {
    auto restored = state_reader(text).read();
    if (!restored.usable()) return restored;
    // Every deviation shows here: an octet that changed, another order, another end.
    auto const written = write_summary(restored.value);
    if (written == text) return restored;
    auto const common = std::mismatch(text.begin(), text.end(), written.begin(), written.end()).first;
    return {{}, "the text is damaged", static_cast<std::size_t>(std::count(text.begin(), common, '\n')) + 1};
}

}  // namespace mtasts
