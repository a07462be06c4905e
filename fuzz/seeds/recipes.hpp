// SPDX-License-Identifier: BSL-1.0
/// How the inputs of each harness are made.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "texts.hpp"

namespace seeds {

using inputs = std::vector<std::string>;

/// The parts of inputs.
struct supply {
    texts& all;
    dice chance{1};

    std::string const& text(kind which) { return all.one(which, chance); }
    bool once_in(std::size_t count) { return chance.below(count) == 0; }
    std::size_t below(std::size_t count) { return chance.below(count); }
    std::string octet(std::size_t count = 256) { return std::string(1, static_cast<char>(chance.below(count))); }
    std::string pick(std::initializer_list<std::string_view> of) { return std::string(of.begin()[below(of.size())]); }
};

struct recipe {
    std::string_view harness;
    void (*make)(supply& from, inputs& out);
};

/// Parts with a separator between them. A braced list evaluates them in order, so that the random choices are fixed.
inline std::string joined(std::vector<std::string> const& parts, char separator) {
    std::string all;
    for (bool first = true; auto const& part : parts) {
        if (!std::exchange(first, false)) all += separator;
        all += part;
    }
    return all;
}

/// A hand-made input with "|" for unit separators, "^" for record separators.
inline std::string with_separators(std::string_view text) {
    std::string made(text);
    for (char& c : made) c = c == '|' ? '\x1F' : c == '^' ? '\x1E' : c;
    return made;
}

// For harnesses that read texts, one or several at once.
void build(supply& from, inputs& out);
void cross(supply& from, inputs& out);
void generated(supply& from, inputs& out);
void merge(supply& from, inputs& out);
void mutations(supply& from, inputs& out);
void mx_hosts(supply& from, inputs& out);
void mx_match(supply& from, inputs& out);
void policy_domain(supply& from, inputs& out);
void report_limits(supply& from, inputs& out);
void report_name(supply& from, inputs& out);
void rrset(supply& from, inputs& out);

// For harnesses about mails, and about what is sent.
void arrived_mail(supply& from, inputs& out);
void delivery(supply& from, inputs& out);
void gzip(supply& from, inputs& out);
void report_mail(supply& from, inputs& out);

// For harnesses that play sequences of events.
void dane(supply& from, inputs& out);
void discovery(supply& from, inputs& out);
void outcome(supply& from, inputs& out);
void policy_finder(supply& from, inputs& out);
void tally(supply& from, inputs& out);

}  // namespace seeds
