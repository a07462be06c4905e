// SPDX-License-Identifier: BSL-1.0
#include "dane_memory.hpp"

namespace socketmap {
namespace {

using mtasts::dane_memory;

std::string_view to_text(dane_memory::proof what) {
    switch (what) {
        case dane_memory::proof::insecure: return "insecure";
        case dane_memory::proof::absent: return "absent";
        case dane_memory::proof::present: break;
    }
    return "present";
}

}  // namespace

std::optional<mtasts::dane_memory> find_dane_memory(connection& database, std::string_view domain) {
    statement row(database, "SELECT proof, seen FROM dane WHERE domain = ?");
    row.bind(0, domain);
    if (!row.step()) return std::nullopt;
    auto const text = row.text(0);
    // An unreadable proof counts as the strictest one.
    auto const what = text == to_text(dane_memory::proof::insecure) ? dane_memory::proof::insecure
                      : text == to_text(dane_memory::proof::absent) ? dane_memory::proof::absent
                                                                    : dane_memory::proof::present;
    return mtasts::dane_memory{what, std::chrono::seconds(row.number(1))};
}

void put_dane_memory(connection& database, std::string_view domain, mtasts::dane_memory const& proof) {
    statement(database, "INSERT OR REPLACE INTO dane (domain, proof, seen) VALUES (?,?,?)")
        .bind(0, domain)
        .bind(1, to_text(proof.what))
        .bind(2, proof.at.count())
        .step();
}

void bound_dane_memory(connection& database, std::int64_t most) {
    statement(database,
              "DELETE FROM dane WHERE domain IN (SELECT domain FROM dane ORDER BY proof NOT IN ('insecure', 'absent'),"
              " seen LIMIT max(0, (SELECT count(*) FROM dane) - ?))")
        .bind(0, most)
        .step();
}

void forget_dane_memory(connection& database, std::string_view domain) {
    statement(database, "DELETE FROM dane WHERE ?1 = '' OR domain = ?1").bind(0, domain).step();
}

}  // namespace socketmap
