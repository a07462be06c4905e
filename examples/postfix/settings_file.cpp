// SPDX-License-Identifier: BSL-1.0
#include "settings_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <numeric>

#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <mtasts/render/escape.hpp>
#include <mtasts/text/ascii.hpp>

#include "descriptor.hpp"
#include "shell_word.hpp"

namespace socketmap {
namespace {

constexpr std::string_view blanks = " \t\r";
/// No name contains these.
constexpr std::string_view after_name = " \t:\"'";
constexpr std::size_t longest_file = 1 << 20;

std::string_view trimmed(std::string_view text) {
    auto const begin = text.find_first_not_of(blanks);
    if (begin == text.npos) return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

/// Faults without a line come last.
void sort_by_line(std::vector<settings_fault>& faults) {
    // 0 becomes the largest number.
    std::stable_sort(faults.begin(), faults.end(),
                     [](auto const& a, auto const& b) { return a.line - 1 < b.line - 1; });
}

/// Reads the values after "=", from one line or, within a list, from several.
class value_reader {
  public:
    /// False if a list continues on the next line.
    bool take(std::string_view rest) {
        for (rest = trimmed(rest); !rest.empty() && rest.front() != '#'; rest = trimmed(rest)) {
            if (in_list_ && rest.front() == ']') {
                in_list_ = false;
                closed_ = true;
                rest.remove_prefix(1);
            } else if (closed_) {
                why_ = "nothing may follow the end of the list";
                return true;
            } else if (rest.front() == ',') {
                rest.remove_prefix(1);
            } else if (rest.front() == '[' && !in_list_ && values_.empty()) {
                in_list_ = true;
                rest.remove_prefix(1);
            } else if (rest.front() == '"' || rest.front() == '\'') {
                if (!take_quoted(rest)) return true;
            } else {
                take_word(rest);
            }
        }
        return !in_list_;
    }
    /// After the last line.
    void end() {
        if (in_list_) why_ = "the list has no end \"]\"";
        else if (why_.empty() && values_.empty() && !closed_) why_ = "a value is missing";
    }
    std::vector<std::string> const& values() const { return values_; }
    std::string const& why() const { return why_; }

  private:
    bool take_quoted(std::string_view& rest) {
        auto const end = rest.find(rest.front(), 1);
        if (end == rest.npos) {
            why_ = "the text in quotes has no end";
            return false;
        }
        values_.emplace_back(rest.substr(1, end - 1));
        rest.remove_prefix(end + 1);
        auto const next = trimmed(rest);
        if (next.empty() || next.front() == ',' || next.front() == '#' || next.front() == (in_list_ ? ']' : ','))
            return true;
        why_ = "nothing but a comma may follow the text in quotes";
        return false;
    }
    /// Within a list, only commas separate words.
    void take_word(std::string_view& rest) {
        auto const end = std::min(rest.find_first_of(in_list_ ? ",]#" : ", \t#"), rest.size());
        values_.emplace_back(trimmed(rest.substr(0, end)));
        rest.remove_prefix(end);
    }

    bool in_list_ = false;
    bool closed_ = false;
    std::vector<std::string> values_;
    std::string why_;
};

/// Optimal string alignment distance: substitutions, insertions, deletions and transpositions.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
    std::iota(cost[0].begin(), cost[0].end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1,
                                   cost[i - 1][j - 1] + static_cast<std::size_t>(a[i - 1] != b[j - 1])});
            bool const swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    }
    return cost[a.size()][b.size()];
}

std::vector<std::string> names_of(CLI::App const& app) {
    std::vector<std::string> names;
    for (auto const* const option : app.get_options())
        if (!option->get_group().empty()) names.push_back(option->get_single_name());
    return names;
}

/// CLI11's message without the name of the option, which the caller has.
std::string message_of(CLI::Error const& error, std::string const& name) {
    std::string const message = error.what();
    auto const prefix = "--" + name + ": ";
    return message.starts_with(prefix) ? message.substr(prefix.size()) : message;
}

class applier {
  public:
    explicit applier(settings& target) : target_(target) {}

    /// Empty if the setting is good.
    std::string apply(setting_line const& given) {
        CLI::App app;
        app.set_help_flag();
        settings trial = target_;
        add_settings(app, trial);
        auto const* const option = app.get_option_no_throw("--" + given.name);
        if (option == nullptr || option->get_single_name() != given.name) return unknown(app, given.name);
        auto const most = option->get_items_expected_max();
        bool const flag = most == 0, list = most > 1;
        auto const [former, first] = seen_.emplace(given.name, given);
        auto values = given.values;
        if (!first && !list) return fmt::format("set before, in line {}", former->second.line);
        if (!first) values.insert(values.begin(), former->second.values.begin(), former->second.values.end());
        if (flag && given.alone) values.emplace_back("true");
        if (values.empty() && given.alone) return fmt::format("a value is missing; write: {} = VALUE", given.name);
        if (values.empty() && !list) return "a value is missing";
        if (values.size() > 1 && !list) return "one value is needed; put quotes around a text with blanks or commas";
        auto why = values.empty() ? std::string() : parse(app, given.name, values, flag);
        if (!why.empty()) return why;
        former->second.values = std::move(values);
        target_ = std::move(trial);
        return why;
    }

  private:
    static std::string unknown(CLI::App const& app, std::string const& name) {
        auto const known = names_of(app);
        auto const meant = nearest_word(name, known);
        if (meant.empty()) return "no such setting; --help lists them";
        return fmt::format("no such setting; did you mean \"{}\"?", meant);
    }
    static std::string parse(CLI::App& app, std::string const& name, std::vector<std::string> const& values,
                             bool flag) {
        // CLI11 takes arguments from the back.
        std::vector<std::string> arguments;
        for (auto value = values.rbegin(); value != values.rend(); ++value) {
            if (value->empty()) {
                arguments.insert(arguments.end(), {"", "--" + name});
            } else {
                arguments.push_back(fmt::format("--{}={}", name, *value));
            }
        }
        try {
            app.parse(arguments);
        } catch (CLI::ValidationError const& error) {
            return message_of(error, name);
        } catch (CLI::Error const&) {
            return fmt::format("\"{}\" is {}", values.back(), flag ? "neither true nor false" : "not a whole number");
        }
        return {};
    }

    settings& target_;
    std::map<std::string, setting_line> seen_;
};

/// Whether a line within a list does not belong to it: no list has values with "=".
bool begins_setting(std::string_view line) {
    auto const equals = line.find('=');
    if (equals == line.npos) return false;
    auto const name = trimmed(line.substr(0, equals));
    auto const in_name = [](char c) { return mtasts::text::is_alphanumeric(c) || c == '-'; };
    return !name.empty() && std::all_of(name.begin(), name.end(), in_name);
}

/// The fault of a line without "=" that is not only a name.
settings_fault without_equals(std::string_view line, std::size_t number) {
    // "--name value", as on a command line.
    line.remove_prefix(std::min(line.find_first_not_of('-'), line.size()));
    if (line.empty() || !mtasts::text::is_alphanumeric(line.front()))
        return {std::string(line), "a line is \"name = value\"", number};
    auto const end = std::min(line.find_first_of(after_name), line.size());
    auto const name = line.substr(0, end);
    auto value = trimmed(line.substr(end));
    if (value.starts_with(':')) value = trimmed(value.substr(1));
    return {std::string(name), fmt::format("\"=\" is missing; write: {} = {}", name, value.empty() ? "VALUE" : value),
            number};
}

/// The text of a file, or why it cannot be read.
struct read_file {
    std::string text = {};
    int error = 0;
};

read_file read_whole(std::string const& path) {
    read_file result;
    descriptor const file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.get() < 0) return {{}, errno};
    char buffer[8192];
    for (;;) {
        auto const count = ::read(file.get(), buffer, sizeof buffer);
        if (count < 0) return {{}, errno};
        if (count == 0) return result;
        result.text.append(buffer, static_cast<std::size_t>(count));
        if (result.text.size() > longest_file) return {{}, EFBIG};
    }
}

}  // namespace

settings_text parse_settings(std::string_view text) {
    settings_text result;
    std::size_t number = 0;
    setting_line open;
    value_reader reader;
    bool within = false;
    auto const close = [&] {
        within = false;
        reader.end();
        open.values = reader.values();
        if (!reader.why().empty()) result.faults.push_back({open.name, reader.why(), open.line});
        else result.lines.push_back(std::move(open));
    };
    mtasts::text::for_each_piece(text, '\n', [&](std::string_view raw) {
        ++number;
        auto const line = trimmed(raw);
        if (within && !begins_setting(line)) {
            if (reader.take(line)) close();
            return;
        }
        if (within) close();
        if (line.empty() || line.front() == '#' || line.front() == ';') return;
        auto const equals = line.find('=');
        auto const name = trimmed(line.substr(0, std::min(equals, line.find('#'))));
        open = {number, std::string(name), {}, equals >= line.find('#')};
        reader = {};
        if (name.empty() || name.front() == '[') {
            result.faults.push_back({std::string(name), "a line is \"name = value\"", number});
        } else if (open.alone && name.find_first_of(after_name) != name.npos) {
            result.faults.push_back(without_equals(name, number));
        } else if (open.alone) {
            result.lines.push_back(open);
        } else {
            within = true;
            if (reader.take(line.substr(equals + 1))) close();
        }
    });
    if (within) close();
    return result;
}

std::string nearest_word(std::string_view unknown, std::span<std::string const> known) {
    std::string best;
    // A third of a long word may be wrong, or one letter of a short one.
    auto least = std::max<std::size_t>(unknown.size() / 3, 1) + 1;
    constexpr std::size_t longest_word = 64;
    if (unknown.size() > longest_word) return best;
    for (auto const& each : known) {
        auto const far = distance(unknown, each);
        if (far >= least) continue;
        least = far;
        best = each;
    }
    return best;
}

std::vector<settings_fault> apply_settings(std::string_view text, settings& target,
                                           std::optional<bool> idna2003_compatibility) {
    auto parsed = parse_settings(text);
    // It decides which domains the overrides are for, so its position does not matter.
    auto const others = std::stable_partition(parsed.lines.begin(), parsed.lines.end(),
                                              [](auto const& line) { return line.name == "idna2003-compatibility"; });
    applier apply(target);
    auto const take = [&](setting_line const& line) {
        if (auto why = apply.apply(line); !why.empty()) parsed.faults.push_back({line.name, std::move(why), line.line});
    };
    std::for_each(parsed.lines.begin(), others, take);
    if (idna2003_compatibility) target.idna2003_compatibility = *idna2003_compatibility;
    std::for_each(others, parsed.lines.end(), take);
    sort_by_line(parsed.faults);
    return parsed.faults;
}

namespace {

std::string fault_text(settings_fault const& fault, std::string const& path) {
    auto const place = fault.line == 0 ? std::string() : fmt::format("{}:{}: ", path, fault.line);
    auto const name = fault.setting.empty() ? std::string() : fault.setting + ": ";
    // Names from the file may contain anything.
    return mtasts::visible(place + name + fault.why);
}

/// A misspelt name leaves the setting at its default, which may be the wrong one.
bool is_about(settings_fault const& fault, std::string const& setting) {
    return !nearest_word(fault.setting, {&setting, 1}).empty();
}

}  // namespace

std::vector<std::string> loaded_settings::fault_texts() const {
    std::vector<std::string> texts;
    for (auto const& fault : faults) texts.push_back(fault_text(fault, path));
    return texts;
}

std::vector<std::string> loaded_settings::fault_texts_of(std::string const& setting, bool on_command_line) const {
    std::vector<std::string> texts;
    for (auto const& fault : faults) {
        bool const of_file = fault.line != 0 || !readable;
        if ((is_about(fault, setting) || !readable) && !(of_file && on_command_line))
            texts.push_back(fault_text(fault, path));
    }
    return texts;
}

std::string loaded_settings::reasons() const { return fmt::format("{}", fmt::join(fault_texts(), "; ")); }

void add_problems(loaded_settings& loaded, std::function<bool(std::string const&)> const& on_command_line) {
    // The file's settings are unknown: problems of the defaults would be misleading.
    if (!loaded.readable) return;
    auto const lines = parse_settings(loaded.text).lines;
    for (auto problem : problems_of(loaded.given)) {
        auto const names_it = [&](auto const& each) { return each.name == problem.setting; };
        auto const is_of_it = [&](auto const& each) { return is_about(each, problem.setting); };
        // A faulty setting was left at its default, whose problems would be misleading.
        if (std::any_of(loaded.faults.begin(), loaded.faults.end(), is_of_it)) continue;
        auto const found = std::find_if(lines.begin(), lines.end(), names_it);
        if (found != lines.end() && !on_command_line(problem.setting)) problem.line = found->line;
        loaded.faults.push_back(std::move(problem));
    }
    sort_by_line(loaded.faults);
}

loaded_settings load_settings(std::string const& path, bool required, std::optional<bool> idna2003_compatibility) {
    loaded_settings result{{}, path};
    auto const file = read_whole(path);
    result.exists = file.error != ENOENT;
    if (!result.exists && !required) return result;
    result.text = file.text;
    result.readable = file.error == 0;
    if (result.readable) result.faults = apply_settings(result.text, result.given, idna2003_compatibility);
    else if (!result.exists)
        result.faults.push_back({"", does_not_exist(path, "touch " + shell_word(absolute_path(path)))});
    else result.faults.push_back({path, fmt::format("cannot be read: {}", std::strerror(file.error))});
    return result;
}

}  // namespace socketmap
