// SPDX-License-Identifier: BSL-1.0
/// A reader of ABNF (RFC 5234) for the tests: as text in one normal form, and as the set of texts it stands for.
/// It shares no code with the library, so that the two can be compared.
#pragma once
#include <algorithm>
#include <cctype>
#include <fstream>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace abnf_text {

/// A piece of ABNF. A repetition holds one part, an optional group is a repetition of 0 to 1.
struct node {
    enum class kind { alternation, concatenation, repetition, rule, octets, any_case, exact } what{};
    std::vector<node> parts{};
    std::string text{};
    unsigned low = 0, high = 0;
};

inline constexpr unsigned unbounded = 0xFFFFFFFF;

/// RFC 5234 2.1, 2.3: the case of rule names and of plain literals does not matter.
inline std::string lowered(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/// Reads the right side of a rule. Trusted input: it recurses, and throws on what it does not know.
class reader {
  public:
    explicit reader(std::string_view text) : rest_(text) {}

    node read() {
        auto whole = alternation();
        if (!rest_.empty()) throw std::runtime_error("not ABNF: " + std::string(rest_));
        return whole;
    }

  private:
    static bool word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-'; }

    void skip_space() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size())); }
    bool take(char c) {
        skip_space();
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    std::string take_until(char end) {
        auto const text = std::string(rest_.substr(0, rest_.find(end)));
        rest_.remove_prefix(text.size() + 1);
        return text;
    }
    template <class Predicate>
    std::string take_while(Predicate accepts) {
        auto const stop = std::find_if_not(rest_.begin(), rest_.end(), accepts);
        auto const text = std::string(rest_.begin(), stop);
        rest_.remove_prefix(text.size());
        return text;
    }

    // Brackets around a single part, or around parts of the same kind as the whole, are redundant.
    static void add(node& whole, node part) {
        if (part.what == whole.what) whole.parts.insert(whole.parts.end(), part.parts.begin(), part.parts.end());
        else whole.parts.push_back(std::move(part));
    }
    static node unwrapped(node whole) { return whole.parts.size() == 1 ? node(whole.parts.front()) : whole; }

    node alternation() {
        node whole{node::kind::alternation};
        do add(whole, concatenation());
        while (take('/'));
        skip_space();
        return unwrapped(whole);
    }
    node concatenation() {
        node whole{node::kind::concatenation};
        for (skip_space(); !rest_.empty() && rest_.find_first_of("/)]") != 0; skip_space()) add(whole, repetition());
        return unwrapped(whole);
    }
    node repetition() {
        auto const digit = [](unsigned char c) { return std::isdigit(c) != 0; };
        auto const least = take_while(digit);
        bool const star = rest_.starts_with('*');
        if (star) rest_.remove_prefix(1);
        auto const most = star ? take_while(digit) : least;
        if (least.empty() && !star) return element();
        node whole{node::kind::repetition, {element()}};
        whole.low = least.empty() ? 0 : static_cast<unsigned>(std::stoul(least));
        whole.high = most.empty() ? unbounded : static_cast<unsigned>(std::stoul(most));
        return whole;
    }
    node element() {
        if (take('(')) {
            auto inner = alternation();
            if (!take(')')) throw std::runtime_error("unclosed group");
            return inner;
        }
        if (take('[')) {
            node whole{node::kind::repetition, {alternation()}};
            whole.high = 1;
            if (!take(']')) throw std::runtime_error("unclosed option");
            return whole;
        }
        if (take('"')) return {node::kind::any_case, {}, lowered(take_until('"'))};
        // Prose that is only the name of a rule.
        if (take('<')) return {node::kind::rule, {}, lowered(take_until('>'))};
        if (take('%')) return value();
        return {node::kind::rule, {}, lowered(take_while(word))};
    }
    node value() {
        if (take('s')) {
            take('"');
            return {node::kind::exact, {}, take_until('"')};
        }
        int const base = take('x') ? 16 : take('d') ? 10 : throw std::runtime_error("unknown base of a value");
        auto const number = [&] {
            return static_cast<unsigned>(
                std::stoul(take_while([](unsigned char c) { return std::isxdigit(c) != 0; }), nullptr, base));
        };
        node range{node::kind::octets};
        range.low = range.high = number();
        if (rest_.starts_with('-')) {
            rest_.remove_prefix(1);
            range.high = number();
        }
        if (!rest_.starts_with('.')) return range;
        node text{node::kind::exact, {}, std::string(1, static_cast<char>(range.low))};
        while (rest_.starts_with('.')) {
            rest_.remove_prefix(1);
            text.text += static_cast<char>(number());
        }
        return text;
    }

    std::string_view rest_;
};

/// The one spelling of a piece of ABNF.
inline std::string spelled(node const& piece) {
    auto const joined = [&](std::string_view between) {
        std::string text;
        for (auto const& part : piece.parts) {
            bool const group = part.what == node::kind::alternation;
            text += (text.empty() ? "" : std::string(between)) + (group ? "(" + spelled(part) + ")" : spelled(part));
        }
        return text;
    };
    switch (piece.what) {
        case node::kind::alternation: return joined(" / ");
        case node::kind::concatenation: return joined(" ");
        case node::kind::rule: return piece.text;
        case node::kind::any_case: return '"' + piece.text + '"';
        case node::kind::exact: return "%s\"" + piece.text + '"';
        case node::kind::octets: {
            auto const octet = [](unsigned value) {
                std::string digits;
                for (; value != 0 || digits.size() < 2; value /= 16)
                    digits.insert(0, 1, "0123456789ABCDEF"[value % 16]);
                return digits;
            };
            return "%x" + octet(piece.low) + (piece.low == piece.high ? "" : "-" + octet(piece.high));
        }
        case node::kind::repetition: break;
    }
    auto const& part = piece.parts.front();
    bool const group = part.what == node::kind::alternation || part.what == node::kind::concatenation;
    if (piece.low == 0 && piece.high == 1) return "[" + spelled(part) + "]";
    auto const count = piece.low == piece.high ? std::to_string(piece.low)
                                               : (piece.low == 0 ? "" : std::to_string(piece.low)) + "*" +
                                                     (piece.high == unbounded ? "" : std::to_string(piece.high));
    return count + (group ? "(" + spelled(part) + ")" : spelled(part));
}

inline std::string normal(std::string_view right_side) { return spelled(reader(right_side).read()); }

/// Rules by name, in lower case. A name that two RFCs define has both definitions.
using rules = std::multimap<std::string, node>;

/// "name = right side"
inline void add_rule(rules& all, std::string_view line) {
    auto const equals = line.find('=');
    auto const name = line.substr(0, line.find_first_of(" \t="));
    all.emplace(lowered(std::string(name)), reader(line.substr(equals + 1)).read());
}

/// The rules of a file: a rule begins in the first column, its further lines do not.
inline rules read_file(std::string const& path) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error("cannot read " + path);
    rules all;
    std::string rule;
    auto const flush = [&] {
        if (!rule.empty()) add_rule(all, rule);
        rule.clear();
    };
    for (std::string line; std::getline(file, line);) {
        bool quoted = false;
        for (std::size_t i = 0; i != line.size(); ++i) {
            if (line[i] == '"') quoted = !quoted;
            if (line[i] == ';' && !quoted) {
                line.resize(i);
                break;
            }
        }
        if (!line.empty() && line.front() != ' ') flush();
        rule += line + ' ';
        if (rule.find_first_not_of(' ') == rule.npos) rule.clear();
    }
    flush();
    return all;
}

/// The names of rules that a piece mentions.
inline void collect_names(node const& piece, std::set<std::string>& names) {
    if (piece.what == node::kind::rule) names.insert(piece.text);
    for (auto const& part : piece.parts) collect_names(part, names);
}

/// Whether a text belongs to the language of a rule, ABNF's own way: every alternative and every count is tried.
class language {
  public:
    language(rules const& all, std::string_view text) : all_(all), text_(text) {}

    bool holds(std::string const& rule) {
        return ends({node::kind::rule, {}, lowered(rule)}, {0}).count(text_.size()) != 0;
    }

  private:
    using places = std::set<std::size_t>;

    // Where the piece may end if it begins at one of these offsets.
    places ends(node const& piece, places const& begins) {
        places found;
        switch (piece.what) {
            case node::kind::alternation:
                for (auto const& part : piece.parts) found.merge(ends(part, begins));
                return found;
            case node::kind::concatenation:
                found = begins;
                for (auto const& part : piece.parts) {
                    if (found.empty()) return found;
                    found = ends(part, found);
                }
                return found;
            case node::kind::repetition: {
                if (piece.low == 0) found = begins;
                auto now = begins;
                for (unsigned count = 1; count <= piece.high && !now.empty(); ++count) {
                    now = ends(piece.parts.front(), now);
                    auto const before = found.size();
                    if (count >= piece.low) found.insert(now.begin(), now.end());
                    if (piece.high == unbounded && count > piece.low && found.size() == before) break;
                }
                return found;
            }
            case node::kind::rule: {
                auto const rule = all_.find(piece.text);
                if (rule == all_.end()) throw std::runtime_error("undefined rule " + piece.text);
                return ends(rule->second, begins);
            }
            default:
                for (auto const begin : begins)
                    if (auto const length = terminal(piece, text_.substr(begin)); length != 0)
                        found.insert(begin + length);
                return found;
        }
    }

    static std::size_t terminal(node const& piece, std::string_view rest) {
        if (piece.what == node::kind::octets) {
            auto const octet = rest.empty() ? unbounded : static_cast<unsigned char>(rest.front());
            return piece.low <= octet && octet <= piece.high ? 1 : 0;
        }
        auto const front = std::string(rest.substr(0, piece.text.size()));
        return (piece.what == node::kind::exact ? front : lowered(front)) == piece.text ? piece.text.size() : 0;
    }

    rules const& all_;
    std::string_view text_;
};

}  // namespace abnf_text
