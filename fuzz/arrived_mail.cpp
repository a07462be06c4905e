/// Promises of judging a mail that arrived with a report (RFC 8460 3, 5.3), whatever is told of it, between unit
/// separators (%x1F); the first octet tells of its signature:
///   1. it may be read if, and only if, a part can be a report and the domain that submits it, or one above, signed it
///      without "l=";
///   2. no fault is told twice, and each has a text of its own;
///   3. a parameter that was put into a Content-Type is found there, and no other.
#include <set>
#include <string>

#include <mtasts/report/arrived_mail.hpp>

#include "promises.hpp"

namespace {

std::string lowered(std::string_view text) {
    std::string low(text);
    for (char& c : low) c = static_cast<char>('A' <= c && c <= 'Z' ? c + 32 : c);
    return low;
}

bool may_be_read(mtasts::arrived_mail const& mail) {
    std::set<std::string> const types{"application/tlsrpt+gzip", "application/tlsrpt+json", "application/gzip",
                                      "application/x-gzip",      "application/json",        "application/octet-stream"};
    bool const part = std::any_of(mail.parts.begin(), mail.parts.end(),
                                  [&](std::string_view type) { return types.count(lowered(type)) != 0; });
    if (!part || !mail.signature || !mail.signature->verified || mail.signature->length_limited) return false;
    auto const submitter =
        lowered(mail.report_submitter.empty() ? mtasts::mail_domain(mail.contact_info) : mail.report_submitter);
    auto const signer = lowered(mail.signature->domain);
    return submitter == signer ||
           (!signer.empty() && submitter.size() > signer.size() && submitter.ends_with("." + signer));
}

void keep_promise_of_parameter(std::string_view value) {
    if (value.find_first_of("\"\\") != value.npos) return;
    auto const type = "a/b; other=1;NAME=\"" + std::string(value) + "\";name=2";
    keep_promise(mtasts::mime_parameter(type, "name") == value, "a parameter is found");
    keep_promise(!mtasts::mime_parameter(type, "nam"), "what is not there is not found");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy input(data, size);
    auto& text = input.text;
    auto const told = take_choice(text, 16);
    auto const part = [&] { return take_part(text, '\x1F'); };
    mtasts::dkim_signature signature{(told & 1) != 0, part(), std::nullopt, (told & 2) != 0, parts_of(part(), ',')};
    if ((told & 4) != 0) signature.services = part();
    mtasts::arrived_mail mail{part(), parts_of(part(), ','), part(), part(), std::nullopt, part(), part()};
    if ((told & 8) == 0) mail.signature = signature;
    auto const faults = mtasts::judge_report_mail(mail);
    keep_promise(std::none_of(faults.begin(), faults.end(), mtasts::forbids_reading) == may_be_read(mail),
                 "it may be read if a part is a report that was signed");
    std::set<std::string_view> texts;
    for (auto const fault : faults) keep_promise(texts.insert(mtasts::to_text(fault)).second, "no fault is told twice");
    keep_promise_of_parameter(mail.content_type);
    return 0;
}
