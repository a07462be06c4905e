// SPDX-License-Identifier: BSL-1.0
#include "metrics.hpp"

#include <fmt/format.h>

namespace socketmap {
namespace {

struct counter_row {
    counter what;
    std::string_view name;
    std::string_view label;
    std::string_view help;
};

// Rows with one name are adjacent; the first has the help.
constexpr counter_row rows[] = {
    {counter::answers_secure, "answers_total", "kind=\"secure\"", "Answers to Postfix."},
    {counter::answers_dane, "answers_total", "kind=\"dane-only\"", ""},
    {counter::answers_not_found, "answers_total", "kind=\"notfound\"", ""},
    {counter::answers_temporary, "answers_total", "kind=\"temp\"", ""},
    {counter::answers_permanent, "answers_total", "kind=\"perm\"", ""},
    {counter::answers_from_memory, "answers_from_memory_total", "", "Answers that could be given without waiting."},
    {counter::lookups_live, "lookups_total", "policy=\"live\"", "Lookups of policy domains by result."},
    {counter::lookups_cached, "lookups_total", "policy=\"cached\"", ""},
    {counter::lookups_none, "lookups_total", "policy=\"none\"", ""},
    {counter::dns_failures, "dns_failures_total", "", "DNS queries without a usable answer."},
    {counter::fetches_taken, "fetches_total", "result=\"policy\"", "Fetches of policies by result."},
    {counter::fetches_invalid, "fetches_total", "result=\"invalid\"", ""},
    {counter::fetches_untrusted, "fetches_total", "result=\"untrusted\"", ""},
    {counter::fetches_unreachable, "fetches_total", "result=\"unreachable\"", ""},
    {counter::addresses_refused, "addresses_refused_total", "", "Addresses of policy hosts that are not public."},
    {counter::refresh_alerts, "refresh_alerts_total", "", "Policies in force that could not be fetched again."},
    {counter::store_errors, "store_errors_total", "", "Changes that could not be written to disk."},
    {counter::policies_not_kept, "policies_not_kept_total", "",
     "Policies that were used but not stored, because there was no room."},
    {counter::clients_accepted, "clients_accepted_total", "", "Connections of clients."},
    {counter::clients_evicted, "clients_evicted_total", "", "Idle connections closed to make room."},
    {counter::requests_malformed, "requests_malformed_total", "", "Requests that are not socketmap requests."},
};
static_assert(std::size(rows) == static_cast<std::size_t>(counter::last_));

}  // namespace

void metrics::count_answer(std::string_view answer) {
    if (answer.starts_with("OK secure")) count(counter::answers_secure);
    else if (answer.starts_with("OK")) count(counter::answers_dane);
    else if (answer.starts_with("NOTFOUND")) count(counter::answers_not_found);
    else if (answer.starts_with("TEMP")) count(counter::answers_temporary);
    else count(counter::answers_permanent);
}

std::string metrics::text(std::string_view gauges) const {
    std::string out;
    for (auto const& row : rows) {
        if (!row.help.empty())
            out += fmt::format("# HELP mtasts_{0} {1}\n# TYPE mtasts_{0} counter\n", row.name, row.help);
        auto const labels = row.label.empty() ? std::string() : fmt::format("{{{}}}", row.label);
        out += fmt::format("mtasts_{}{} {}\n", row.name, labels, value(row.what));
    }
    return out.append(gauges);
}

std::string gauge(std::string_view name, std::string_view help, std::int64_t value) {
    return fmt::format("# HELP mtasts_{0} {1}\n# TYPE mtasts_{0} gauge\nmtasts_{0} {2}\n", name, help, value);
}

}  // namespace socketmap
