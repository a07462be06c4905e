// SPDX-License-Identifier: BSL-1.0
/// Texts of every kind: those in the tests' tables, sentences of the grammars, and such texts with something changed.
#pragma once
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "dice.hpp"

namespace seeds {

/// The grammars by their numbers in ../grammars.hpp, and kinds without a grammar.
enum class kind {
    sts_record,
    policy,
    tlsrpt_record,
    rua_uri,
    uri,
    mailto_uri,
    addr_spec,
    ip_address,
    date_time,
    filename,
    subject,
    utf8,
    domain,
    mx_pattern,
    policy_line,
    sts_field,
    tlsrpt_field,
    json_string,
    json_scalar,
    tlsa_record,
    plain_tlsa_record,
    plain_uri,
    json,
    report,
    summary,
};

class texts {
  public:
    /// `tests` is the folder of the tests.
    explicit texts(std::string tests) : tests_(std::move(tests)) {}

    /// All texts of a kind, the same in every run.
    std::vector<std::string> const& of(kind which);

    /// One of them.
    std::string const& one(kind which, dice& chance) { return chance.one_of(of(which)); }

  private:
    std::vector<std::string> rows(kind which) const;

    std::string tests_;
    std::vector<std::string> made_[static_cast<std::size_t>(kind::summary) + 1];
};

/// A text with one to three changes: of a line, field or member (../support/mutations.hpp), or of an octet.
std::string changed(std::string text, dice& chance);

}  // namespace seeds
