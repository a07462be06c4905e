// SPDX-License-Identifier: BSL-1.0
/// Makes the seeds of the harnesses: main TESTS FOLDER HARNESS... writes them to FOLDER/HARNESS, from the tables of the
/// tests in the folder TESTS. They are the same in every run, by every compiler.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <set>
#include <stdexcept>

#include <mtasts/model/document.hpp>

#include "files.hpp"
#include "recipes.hpp"

namespace {

using namespace seeds;

/// The first octet that makes a harness read the rest as this kind; none below 0. One in so many texts is enough if the
/// harness is about something else.
struct reading {
    std::string_view harness;
    int choice;
    kind of;
    std::size_t one_in = 1;
};
using mtasts::document;
constexpr int as(document which) { return static_cast<int>(which); }
constexpr int after_documents = mtasts::document_names.size();
constexpr reading readings[] = {
    {"delivery", -1, kind::rua_uri},
    {"fix", 0, kind::policy, 2},
    {"fix", 1, kind::sts_record},
    {"fix", 2, kind::tlsrpt_record},
    {"fix", 3, kind::report, 8},
    // with options
    {"fix", 4, kind::policy, 8},
    {"fix", 12, kind::policy, 8},
    {"fix_policy", 0, kind::policy},
    {"fix_policy", 3, kind::policy, 4},
    {"fix_record", 0, kind::sts_record},
    {"fix_record", 1, kind::tlsrpt_record},
    {"json", -1, kind::json},
    {"json", -1, kind::json_scalar},
    {"json", -1, kind::json_string},
    {"json", -1, kind::report, 4},
    {"lint", 0, kind::policy},
    {"lint", 1, kind::sts_record},
    {"lint", 2, kind::tlsrpt_record},
    {"one_line", as(document::sts_record), kind::sts_record},
    {"one_line", as(document::sts_policy), kind::policy, 4},
    {"one_line", as(document::sts_rrset), kind::sts_record, 4},
    {"one_line", as(document::tlsrpt_record), kind::tlsrpt_record},
    {"one_line", as(document::tlsrpt_rrset), kind::tlsrpt_record, 4},
    {"one_line", as(document::tlsrpt_uri), kind::rua_uri},
    {"one_line", as(document::mx_pattern), kind::mx_pattern},
    {"one_line", as(document::ip_address), kind::ip_address},
    {"one_line", as(document::report_filename), kind::filename},
    {"one_line", as(document::report_subject), kind::subject},
    {"one_line", as(document::tlsrpt_report), kind::report, 8},
    {"readings", 0, kind::sts_record, 2},
    {"readings", 1, kind::policy, 4},
    {"readings", 2, kind::tlsrpt_record},
    {"readings", 3, kind::rua_uri},
    {"readings", 4, kind::uri},
    {"readings", 5, kind::mailto_uri},
    {"readings", 6, kind::addr_spec},
    {"readings", 7, kind::ip_address},
    {"readings", 8, kind::date_time},
    {"readings", 9, kind::filename},
    {"readings", 10, kind::subject},
    {"readings", 11, kind::utf8},
    {"readings", 12, kind::domain},
    {"readings", 13, kind::mx_pattern},
    {"readings", 14, kind::policy_line},
    {"readings", 15, kind::sts_field},
    {"readings", 16, kind::tlsrpt_field},
    {"readings", 17, kind::json_string},
    {"readings", 17, kind::report, 4},
    {"readings", 18, kind::json_scalar},
    {"readings", 19, kind::tlsa_record},
    {"readings", 20, kind::plain_tlsa_record},
    {"readings", 21, kind::plain_uri},
    {"render", as(document::sts_record), kind::sts_record, 4},
    {"render", as(document::sts_policy), kind::policy, 4},
    {"render", as(document::sts_rrset), kind::sts_record, 16},
    {"render", as(document::tlsrpt_record), kind::tlsrpt_record, 4},
    {"render", as(document::tlsrpt_rrset), kind::tlsrpt_record, 16},
    {"render", as(document::tlsrpt_uri), kind::rua_uri},
    {"render", as(document::mx_pattern), kind::mx_pattern},
    {"render", as(document::ip_address), kind::ip_address},
    {"render", as(document::report_filename), kind::filename},
    {"render", as(document::report_subject), kind::subject},
    {"render", as(document::tlsrpt_report), kind::report, 2},
    {"render", after_documents, kind::date_time},
    {"render", after_documents + 1, kind::utf8},
    {"rrset", 0, kind::sts_record},
    {"rrset", 2, kind::tlsrpt_record},
    {"small_texts", 0, kind::mx_pattern},
    {"small_texts", 1, kind::domain},
    {"small_texts", 2, kind::rua_uri},
    {"small_texts", 3, kind::ip_address},
    {"small_texts", 4, kind::date_time},
    {"small_texts", 5, kind::filename},
    {"small_texts", 6, kind::subject},
    {"small_texts", 7, kind::utf8},
    {"sts_policy", -1, kind::policy},
    {"sts_record", -1, kind::sts_record},
    {"tlsrpt_record", -1, kind::tlsrpt_record},
    {"tlsrpt_report", -1, kind::report},
    {"zone", -1, kind::domain},
    {"zone", -1, kind::sts_record},
    {"zone", -1, kind::utf8},
    // longer than one string
    {"zone", -1, kind::report, 16},
};

/// Harnesses that take more than one text.
constexpr recipe recipes[] = {
    {"arrived_mail", arrived_mail},
    {"build", build},
    {"cross", cross},
    {"dane", dane},
    {"delivery", delivery},
    {"discovery", discovery},
    {"generated", generated},
    {"gzip", gzip},
    {"merge", merge},
    {"mutations", mutations},
    {"mx_hosts", mx_hosts},
    {"mx_match", mx_match},
    {"outcome", outcome},
    {"policy_domain", policy_domain},
    {"policy_finder", policy_finder},
    {"report_limits", report_limits},
    {"report_mail", report_mail},
    {"report_name", report_name},
    {"rrset", rrset},
    {"tally", tally},
};

constexpr std::size_t most_inputs = 2500, most_octets = 1'000'000;

inputs inputs_of(std::string_view harness, texts& all) {
    // The empty input, and texts of one octet, which are above the least limit.
    inputs made{"", "a"};
    for (auto const& [name, choice, of, one_in] : readings) {
        if (name != harness) continue;
        auto const prefix = choice < 0 ? std::string() : std::string(1, static_cast<char>(choice));
        made.push_back(prefix + "a");
        for (std::size_t i = 0; i < all.of(of).size(); i += one_in) made.push_back(prefix + all.of(of)[i]);
    }
    supply from{all};
    for (auto const& [name, make] : recipes)
        if (name == harness) make(from, made);
    std::set<std::string> known;
    std::erase_if(made, [&](auto const& each) { return !known.insert(each).second; });
    if (made.size() < 10) throw std::runtime_error("no seeds for " + std::string(harness));
    return made;
}

void write(inputs const& made, std::string const& folder) {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    std::size_t octets = 0;
    for (std::size_t i = 0; i != made.size(); ++i) {
        write_file(folder + '/' + std::to_string(i), made[i]);
        octets += made[i].size();
    }
    std::printf("%s: %zu seeds of %zu octets\n", folder.c_str(), made.size(), octets);
    if (made.size() > most_inputs || octets > most_octets) throw std::runtime_error("too many seeds in " + folder);
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc < 4) throw std::runtime_error("usage: main TESTS FOLDER HARNESS...");
    texts all(argv[1]);
    for (int i = 3; i != argc; ++i) write(inputs_of(argv[i], all), std::string(argv[2]) + '/' + argv[i]);
    return 0;
} catch (std::exception const& fault) {
    std::fprintf(stderr, "%s\n", fault.what());
    return 1;
}
