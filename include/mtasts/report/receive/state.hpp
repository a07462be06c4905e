// SPDX-License-Identifier: BSL-1.0
/// A summary as text, to be stored or merged elsewhere.
///
/// Lines of fields with tabs between them, in ASCII, to survive anything that reads lines or recodes text.
///   mtasts summary 2
///   report   origin  reporter  report-id  content  start  end  contradicted  organization-name
///   session  domain  policy-type  successful  unknown  failed  unknown
///   failure  domain  policy-type  result-type  mx-host  sending-ip  sessions  unknown
///   end      reports  digest
/// A report's sessions and failures follow it; start and end are seconds since 1970-01-01, "-" stands for an
/// unknown one.
///
/// Format 1 is read as well. Its reports are of unknown origin, and have the day of their start, in days since
/// 1970-01-01, instead of the date-range:
///   report   reporter  report-id  content  contradicted  organization-name  day
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

#include <mtasts/report/receive/summary.hpp>
#include <mtasts/text/ascii.hpp>

namespace mtasts {

namespace detail {

/// The first lines of the formats of a summary; the last format is the one written.
inline constexpr std::array<std::string_view, 2> summary_first_lines{"mtasts summary 1\n", "mtasts summary 2\n"};

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
            if (!text::is_control(c) && text::is_ascii(c) && c != '\\') {
                out_ += c;
                continue;
            }
            (out_ += "\\x") += text::hex_octet(static_cast<unsigned char>(c));
        }
    }
    void field(std::uint64_t number) { out_ += std::to_string(number); }
    template <class Duration>
    void field(std::optional<std::chrono::sys_time<Duration>> instant) {
        out_ += instant ? std::to_string(instant->time_since_epoch().count()) : "-";
    }
    void field(session_count const& count) {
        field(count.sessions);
        out_ += '\t';
        field(count.unknown);
    }

    std::string& out_;
};

/// A summary in one of its formats; format 1 keeps only part of it.
inline std::string write_summary_as(std::string_view first_line, summary const& all) {
    std::string text(first_line);
    state_writer out(text);
    for (auto const& [identity, report] : all.reports) {
        auto const& [origin, reporter, report_id, digest, start, end] = identity;
        auto const& content = report.content;
        std::uint64_t const contradicted = report.contradicted;
        if (first_line == summary_first_lines[0])
            out.line("report", reporter, report_id, digest, contradicted, content.organization, day_of(start));
        else
            out.line("report", to_text(origin), reporter, report_id, digest, start, end, contradicted,
                     content.organization);
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

}  // namespace detail

/// Writes a summary; equal summaries become equal texts.
/// Example: `mtasts::read_summary(mtasts::write_summary({})).value == mtasts::summary{}`
inline std::string write_summary(summary const& all) {
    return detail::write_summary_as(detail::summary_first_lines.back(), all);
}

/// A summary that was read, or why it was not: a part of one would be wrong.
/// Example: `mtasts::summary::restored const former = mtasts::read_summary(""); (void)former;`
struct summary::restored {
    summary value;
    /// Empty if nothing is wrong.
    std::string_view fault = {};
    /// Where the fault is; counts from 1.
    std::size_t line = 0;

    bool usable() const { return fault.empty(); }
};

namespace detail {

/// Parses the text of a summary.
class state_reader {
  public:
    explicit state_reader(std::string_view text) : rest_(text) {}

    summary::restored read() {
        ++line_;
        auto const form = std::find_if(summary_first_lines.begin(), summary_first_lines.end(),
                                       [&](std::string_view line) { return rest_.starts_with(line); });
        if (form == summary_first_lines.end())
            return failed(is_newer() ? "this summary was written by a newer version"
                                     : "this is no summary that this version knows");
        is_format_1_ = form == summary_first_lines.begin();
        rest_.remove_prefix(form->size());
        while (!rest_.empty() && !rest_.starts_with("end\t")) {
            ++line_;
            if (auto const fault = read_line(); !fault.empty()) return failed(fault);
        }
        ++line_;
        if (rest_.empty()) return failed("the text ends too early");
        // If merging drops a report, the text is not one that was written, and will not compare equal.
        summary whole;
        whole.merge(std::move(all_));
        return {std::move(whole)};
    }

  private:
    summary::restored failed(std::string_view fault) const { return {{}, fault, line_}; }

    bool is_newer() const {
        constexpr auto beginning = summary_first_lines.back().substr(0, summary_first_lines.back().size() - 2);
        auto const number = rest_.substr(0, rest_.find('\n'));
        return rest_.starts_with(beginning) && number.size() < rest_.size() && number.size() > beginning.size() &&
               number[beginning.size()] != '0' && text::all_octets(number.substr(beginning.size()), text::is_digit);
    }

    std::string_view read_line() {
        auto const stop = rest_.find('\n');
        if (stop == rest_.npos) return "the text ends too early";
        split(rest_.substr(0, stop));
        rest_.remove_prefix(stop + 1);
        auto const kind = fields_[0];
        bool taken = false;
        if (kind == "report" && count_ == (is_format_1_ ? 7u : 9u)) taken = read_report();
        else if (kind == "session" && count_ == 7 && content_ != nullptr) taken = read_session();
        else if (kind == "failure" && count_ == 8 && content_ != nullptr) taken = read_failure();
        else return "no such line belongs here";
        if (!well_formed_) return "a field is damaged";
        return taken ? "" : "the line repeats an earlier one";
    }

    bool read_report() {
        report_identity identity;
        if (is_format_1_) identity = {report_origin::unknown, text(1), text(2), number(3), day(6), {}};
        else identity = {origin(1), text(2), text(3), number(4), instant(5), instant(6)};
        std::size_t const rest = is_format_1_ ? 4 : 7;
        summary::counted_report report;
        report.contradicted = number(rest) == 1;
        report.content.organization = text(rest + 1);
        // Texts that were written are sorted.
        auto const before = all_.reports.size();
        auto const place = all_.reports.emplace_hint(all_.reports.end(), std::move(identity), std::move(report));
        content_ = &place->second.content;
        return all_.reports.size() != before;
    }
    bool read_session() {
        return content_->sessions
            .emplace(contribution::policy_key{text(1), text(2)}, session_counts{count(3), count(5)})
            .second;
    }
    bool read_failure() {
        return content_->failures
            .emplace(contribution::failure_key{{text(1), text(2)}, text(3), text(4), text(5)}, count(6))
            .second;
    }

    void split(std::string_view line) {
        count_ = 0;
        text::for_each_piece(line, '\t', [&](std::string_view field) {
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
            if (field.size() < 4 || field[1] != 'x' || !text::is_hex_digit(field[2]) || !text::is_hex_digit(field[3])) {
                well_formed_ = false;
                return {};
            }
            plain += static_cast<char>(text::hex_value(field[2]) << 4 | text::hex_value(field[3]));
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
    report_origin origin(std::size_t index) {
        auto const known = std::find_if(report_origins.begin(), report_origins.end(),
                                        [&](report_origin each) { return to_text(each) == fields_[index]; });
        if (known != report_origins.end()) return *known;
        well_formed_ = false;
        return {};
    }
    std::optional<std::chrono::sys_seconds> instant(std::size_t index) {
        if (fields_[index] == "-") return std::nullopt;
        return std::chrono::sys_seconds(std::chrono::seconds(read_number<std::int64_t>(fields_[index])));
    }
    std::optional<std::chrono::sys_days> day(std::size_t index) {
        if (fields_[index] == "-") return std::nullopt;
        // Far beyond every year that a date can have, and far from overflow in seconds.
        constexpr std::int32_t most = 4'000'000;
        auto const days = read_number<std::int32_t>(fields_[index]);
        auto const read = std::chrono::sys_days(std::chrono::days(std::clamp(days, -most, most)));
        if (day_of(read) != read) well_formed_ = false;
        return read;
    }

    std::string_view rest_;
    std::size_t line_ = 0;
    std::array<std::string_view, 9> fields_;
    std::size_t count_ = 0;
    bool is_format_1_ = false;
    bool well_formed_ = true;
    summary all_;
    contribution* content_ = nullptr;
};

}  // namespace detail

/// Reads what `write_summary` wrote, in the present format or in format 1, and nothing else. Takes time and memory in
/// proportion to the text.
/// Example: `!mtasts::read_summary("mtasts summary 2\n").usable()`
inline summary::restored read_summary(std::string_view text) {
    auto restored = detail::state_reader(text).read();
    if (!restored.usable()) return restored;
    // Every deviation shows here: an octet that changed, another order, another end.
    auto const written = detail::write_summary_as(text.substr(0, text.find('\n') + 1), restored.value);
    if (written == text) return restored;
    auto const common = std::mismatch(text.begin(), text.end(), written.begin(), written.end()).first;
    return {{}, "the text is damaged", static_cast<std::size_t>(std::count(text.begin(), common, '\n')) + 1};
}

}  // namespace mtasts
