// mtasts in one header, made by single_include/generate.py from include/: edit there, not here.
// SPDX-License-Identifier: BSL-1.0
#pragma once
/// mtasts: MTA-STS (RFC 8461) and SMTP TLS Reporting (RFC 8460) policies and records, parsed, explained and written.
///
/// Not here, since few units need it: mtasts/report.hpp, mtasts/write/json_schema.hpp, and of mtasts/grammar/reading/
/// abnf.hpp and generate.hpp.

// #include <mtasts/version.hpp>
/// The version of the library. It is set here and nowhere else: CMakeLists.txt and the Conan recipe read these lines.

#define MTASTS_VERSION_MAJOR 0
#define MTASTS_VERSION_MINOR 1
#define MTASTS_VERSION_PATCH 0

#define MTASTS_VERSION_JOIN_(major, minor, patch) #major "." #minor "." #patch
#define MTASTS_VERSION_JOIN(major, minor, patch) MTASTS_VERSION_JOIN_(major, minor, patch)
/// The same as text, such as "1.2.3".
#define MTASTS_VERSION MTASTS_VERSION_JOIN(MTASTS_VERSION_MAJOR, MTASTS_VERSION_MINOR, MTASTS_VERSION_PATCH)

// #include <mtasts/finding/finding.hpp>
/// Findings: what is wrong with a text, and where. No Boost, no fmt.
#include <cstddef>
#include <string_view>
#include <vector>

// #include <mtasts/finding/meaning.hpp>
/// The meaning of each finding, from the rows of findings.def.
#include <array>
#include <cstdint>
#include <iterator>

// #include <mtasts/finding/code.hpp>
/// The codes of all findings, from the rows of findings.def.

// #include <mtasts/requirements.hpp>
/// Requirements on the compiler. Included by every header that includes no other of this library.

// The missing file ends the compilation: one error instead of thousands.
#if (defined(_MSVC_LANG) ? _MSVC_LANG : __cplusplus) < 202002L
#error "mtasts needs C++20: compile with -std=c++20 or later"
#include <this-compiler-is-not-set-to-c++20>
#endif

namespace mtasts {

/// The codes of findings; findings.def has the words.
enum class code : std::uint16_t {
#define FINDING(name, ...) name,
// #include <mtasts/finding/findings.def>
/// Every finding, one row each: code, weight, clause, message and advice; then the fix and the source of the detail, if
/// not `fix::none` and `given`. In message and advice "{text}" stands for the octets of the finding's span and
/// "{detail}" for its detail. The slug of a finding is its code with dashes ("policy-max-age-short"); it never changes
/// and never gets another meaning.
/// Included wherever FINDING is defined.
// clang-format off

// Any text
FINDING(text_too_large, unusable, "RFC 8461 3.3",
        "the text is longer than {detail} octets and was not read",
        "Publish a shorter text: of a policy a few hundred octets are plenty, of a report a few megabytes.", fix::none, detail_source::offset)
FINDING(text_syntax, unusable, "RFC 5234 4",
        "the text leaves its grammar at {text}",
        "Write what the grammar expects at this place.")
FINDING(text_not_utf8, unusable, "RFC 3629 4",
        "these octets are not well-formed UTF-8",
        "Save the text as UTF-8, or keep to ASCII.")
FINDING(write_unfaithful, unusable, "RFC 8461 3.2",
        "what was written reads back as another value",
        "Remove line ends, delimiters and spaces from the parts of the value.")

// TXT records at _mta-sts and at _smtp._tls
FINDING(record_empty, unusable, "RFC 8461 3.1",
        "the record is empty",
        "Publish \"{detail}\".")
FINDING(record_version_missing, unusable, "RFC 8461 3.1",
        "the record does not begin with \"{detail}\"",
        "Begin the record with \"{detail}\"; nothing may stand before it.", fix::insert_record_version)
FINDING(record_version_case, unusable, "RFC 8461 3.1",
        "{text} is not \"{detail}\": name and value of the version are case-sensitive",
        "Write \"{detail}\".", fix::write_detail)
FINDING(record_version_unknown, unusable, "RFC 8461 3.1",
        "{text} is not a version this RFC knows",
        "Write \"{detail}\".")
FINDING(record_version_not_first, unusable, "RFC 8461 3.1",
        "the version stands after another field",
        "Move \"{detail}\" to the front.")
FINDING(record_leading_space, unusable, "RFC 8461 3.1",
        "white space stands before the version",
        "Remove the space; the record begins with \"{detail}\".", fix::remove)
FINDING(record_is_spf, unusable, "RFC 8461 3.1",
        "an SPF record stands where \"{detail}\" should",
        "Publish SPF at the domain itself; a wildcard TXT record may be answering here.")
FINDING(record_is_dmarc, unusable, "RFC 8461 3.1",
        "a DMARC record stands where \"{detail}\" should",
        "Publish DMARC at _dmarc; a wildcard TXT record may be answering here.")
FINDING(record_is_dkim, unusable, "RFC 8461 3.1",
        "a DKIM key stands where \"{detail}\" should",
        "Publish DKIM keys below _domainkey; a wildcard TXT record may be answering here.")
FINDING(record_is_other, unusable, "RFC 8461 3.1",
        "{text} begins the other record, not \"{detail}\"",
        "v=STSv1 belongs at _mta-sts, v=TLSRPTv1 at _smtp._tls.")
FINDING(record_is_policy, unusable, "RFC 8461 3.1",
        "a policy stands where \"{detail}\" should",
        "Serve the policy over HTTPS at /.well-known/mta-sts.txt and publish a short record here.")
FINDING(record_quoted, unusable, "RFC 8461 3.1",
        "quotation marks of a zone file are part of the record",
        "Remove the quotation marks; they are how a zone file writes a TXT string, not what it holds.", fix::unquote_record)
FINDING(record_zone_line, unusable, "RFC 8461 3.1",
        "a whole line of a zone file stands here, not the record it holds",
        "Give the text between the quotation marks only.", fix::unquote_record)
FINDING(record_backslash, unusable, "RFC 8461 3.1",
        "a backslash of a zone file is part of the record",
        "Write a bare \";\": many DNS panels escape it themselves.", fix::remove)
FINDING(record_no_field, unusable, "RFC 8461 3.1",
        "nothing follows the version",
        "Add, after a \";\", {detail}.")
FINDING(record_semicolon_missing, unusable, "RFC 8461 3.1",
        "a \";\" is missing between two fields",
        "Put \"; \" between the fields.", fix::insert_semicolon)
FINDING(record_field_empty, unusable, "RFC 8461 3.1",
        "there is no field between two semicolons",
        "Remove the extra \";\"; one may end the record.", fix::remove)
FINDING(record_trailing_space, unusable, "RFC 8461 3.1",
        "white space ends the record",
        "Remove it; white space may only stand next to a \";\".", fix::remove)
FINDING(record_control, unusable, "RFC 8461 3.1",
        "the record holds a control character or line end",
        "Remove it; a record is one line of visible ASCII.", fix::remove_line_ends)
FINDING(record_non_ascii, unusable, "RFC 8461 3.1",
        "the record holds an octet that is not ASCII",
        "Keep to ASCII; look for typographic quotes, dashes and no-break spaces.")
FINDING(record_equals_missing, unusable, "RFC 8461 3.1",
        "the field {text} has no \"=\"",
        "Write the field as name=value, or remove it.")
FINDING(record_colon, unusable, "RFC 8461 3.1",
        "\":\" stands where \"=\" belongs",
        "Write name=value; \":\" is for the policy.", fix::write_equals)
FINDING(record_equals_spaced, unusable, "RFC 8461 3.1",
        "white space stands next to the \"=\"",
        "Remove the space: name=value.", fix::remove_spaces)
FINDING(record_name, unusable, "RFC 8461 3.1",
        "{text} is not a field name",
        "A name has 1 to 32 letters, digits, \"_\", \"-\" or \".\", and begins with a letter or digit.")
FINDING(record_value_empty, unusable, "RFC 8461 3.1",
        "the field {text} has no value",
        "Give it a value or remove the field.")
FINDING(record_value, unusable, "RFC 8461 3.1",
        "{text} is not a field value",
        "A value is visible ASCII without \";\", \"=\" and spaces.")
FINDING(record_duplicate_version, doubtful, "RFC 8461 3.2",
        "a second version field is ignored",
        "Remove it.")
FINDING(record_duplicate_field, doubtful, "RFC 8461 3.2",
        "the field \"{detail}\" stands twice; all but the first are ignored",
        "Keep the one that is meant.")
FINDING(record_space_before_semicolon, doubtful, "RFC 8461 3.1",
        "white space before the first \";\" hides the record once the name holds several TXT records",
        "Write \"{detail};\" with nothing before the \";\".", fix::remove)
FINDING(record_space_before_delimiter, doubtful, "RFC 8461 3.1",
        "white space before a \";\" is refused by readers that follow erratum 6285",
        "Put white space after the \";\" only.", fix::remove)
FINDING(record_extension, remark, "RFC 8461 3.1",
        "the field {text} is unknown and is ignored",
        "Remove it unless you know who reads it.")
FINDING(record_name_case, remark, "RFC 8461 3.1",
        "{text} is an unknown field; did you mean \"{detail}\"?",
        "Names are case-sensitive: write \"{detail}\".", fix::write_detail)
FINDING(record_name_typo, doubtful, "RFC 8461 3.1",
        "{text} is an unknown field; did you mean \"{detail}\"?",
        "Write \"{detail}\", or remove the field.")
FINDING(record_foreign_field, remark, "RFC 8461 9.2",
        "{text} belongs to {detail}, not in this record; it is ignored",
        "Remove it here.")
FINDING(record_id_missing, unusable, "RFC 8461 3.1",
        "the record has no id",
        "Add id= and up to 32 letters and digits, such as a UTC time stamp.")
FINDING(record_id_empty, unusable, "RFC 8461 3.1",
        "the id is empty",
        "Write 1 to 32 letters and digits after id=.", fix::remove_field)
FINDING(record_id_long, unusable, "RFC 8461 3.1",
        "the id has {detail} characters; 32 are allowed",
        "Shorten it; a UTC time stamp such as 20260831085700Z has 15.", fix::none, detail_source::length)
FINDING(record_id_characters, unusable, "RFC 8461 3.1",
        "{text} is not allowed in an id",
        "Use letters and digits only: 20260831, not 2026-08-31.", fix::unquote_id)
FINDING(record_id_duplicate, doubtful, "RFC 8461 3.2",
        "a second id is ignored",
        "Keep the one that is meant; senders compare the first one only.")
FINDING(rrset_absent, unusable, "RFC 8461 3.1",
        "there is no TXT record",
        "Publish \"{detail}\".")
FINDING(rrset_none, unusable, "RFC 8461 3.1",
        "none of the TXT records begins with \"{detail}\"",
        "Publish exactly one that does.")
FINDING(rrset_several, unusable, "RFC 8461 3.1",
        "another record begins with \"{detail}\": with more than one, senders use none",
        "Remove all but one, even if they are alike.")
FINDING(rrset_unrelated, remark, "RFC 8461 3.1",
        "this TXT record is not for this name and is passed over",
        "Remove it if nothing needs it.")

// TLS-RPT record and its addresses
FINDING(tlsrpt_rua_missing, unusable, "RFC 8460 3",
        "the record has no rua",
        "Add rua=mailto:ADDRESS or rua=https://HOST/PATH.")
FINDING(tlsrpt_rua_empty, unusable, "RFC 8460 3",
        "the rua is empty",
        "Write rua=mailto:ADDRESS or rua=https://HOST/PATH.")
FINDING(tlsrpt_rua_comma, unusable, "RFC 8460 3",
        "a \",\" of the rua has no address on one side",
        "Remove the extra \",\".", fix::remove)
FINDING(tlsrpt_rua_separator, unusable, "RFC 8460 3",
        "the address {text} is not separated from the one before by \",\"",
        "Write all addresses after one rua=, separated by \",\".", fix::join_rua)
FINDING(tlsrpt_rua_repeated, doubtful, "RFC 8460 3",
        "a further rua: some reporters read only the first, some only the last",
        "Write one rua with the addresses separated by \",\".")
FINDING(tlsrpt_rua_duplicate, doubtful, "RFC 8460 3",
        "the address {text} stands twice",
        "Remove the second one.")
FINDING(tlsrpt_rua_several, remark, "RFC 8460 3",
        "a reporter may send to only one of the addresses",
        "Make sure that each address alone is enough.")
FINDING(tlsrpt_rua_cut, doubtful, "RFC 8460 3",
        "the \";\" before {text} may have cut the address short",
        "If it belongs to the address, write it as %3B.")
FINDING(tlsrpt_no_destination, faulty, "RFC 8460 3",
        "no address of the record can receive a report",
        "Give a mailto: address or an https: URI.")
FINDING(uri_empty, unusable, "RFC 3986 3",
        "the URI is empty",
        "Write mailto:ADDRESS or https://HOST/PATH.")
FINDING(uri_scheme_missing, unusable, "RFC 3986 3.1",
        "{text} has no scheme",
        "Begin with mailto: or https://.", fix::insert_mailto)
FINDING(uri_quoted, unusable, "RFC 3986 2",
        "quotation marks stand around the URI",
        "Remove them.", fix::unquote)
FINDING(uri_bang, unusable, "RFC 8460 3",
        "\"!\" must be percent-encoded in this URI",
        "TLS-RPT knows no size limit such as !10m: remove it, or write %21.", fix::remove_size_limit)
FINDING(uri_percent, unusable, "RFC 3986 2.1",
        "{text} is not a percent-encoding",
        "Write \"%\" and two hexadecimal digits; a bare \"%\" is %25.")
FINDING(uri_space, unusable, "RFC 3986 2",
        "white space stands in the URI",
        "Remove it, or write %20.", fix::remove_uri_space)
FINDING(uri_non_ascii, unusable, "RFC 3986 2",
        "the URI holds an octet that is not ASCII",
        "Write the A-label of a host name, and percent-encode the rest.")
FINDING(uri_characters, unusable, "RFC 3986 2",
        "{text} is not allowed here in a URI",
        "Percent-encode it.")
FINDING(uri_scheme_unsupported, faulty, "RFC 8460 3",
        "reports cannot be sent to {text}",
        "Use mailto: or https:.")
FINDING(uri_http, faulty, "RFC 8460 3",
        "http: is not a supported scheme",
        "Use https:.")
FINDING(uri_mailto_empty, doubtful, "RFC 6068 2",
        "the mailto URI names no recipient",
        "Write mailto:ADDRESS; reporters ignore ?to=.")
FINDING(uri_mailto_address, doubtful, "RFC 6068 2",
        "{text} is not a mail address",
        "Write mailto:LOCAL-PART@DOMAIN.")
FINDING(uri_mailto_fields, remark, "RFC 6068 2",
        "header fields of the mailto URI are ignored by reporters",
        "Remove the part from \"?\".")
FINDING(uri_https_host, doubtful, "RFC 8460 3",
        "the https URI has no host",
        "Write https://HOST/PATH.")
FINDING(uri_userinfo, doubtful, "RFC 9110 4.2.4",
        "a user or a password stands in an https URI, which forbids it; everybody can read it in DNS",
        "Remove what stands before the \"@\"; let the path identify the reporter.")

// Names of hosts, in mx patterns, file names and subjects
FINDING(host_empty, unusable, "RFC 5321 4.1.2",
        "the name is empty",
        "Write the name of a host, such as mail.example.com.")
FINDING(host_address_literal, unusable, "RFC 8461 3.2",
        "{text} is an address literal, not a name",
        "Write the name of the host, as in its MX record.")
FINDING(host_ipv6, unusable, "RFC 8461 3.2",
        "{text} is an IPv6 address, not a name",
        "Write the name of the host, as in its MX record.")
FINDING(host_u_label, unusable, "RFC 8461 3.2",
        "{text} is not ASCII; as A-labels it is {detail}",
        "Write the A-labels.", fix::none, detail_source::a_labels)
FINDING(host_non_ascii, unusable, "RFC 8461 3.2",
        "{text} is not ASCII and is no internationalised name either",
        "Write the A-labels (xn--...) of the name.")
FINDING(host_trailing_dot, unusable, "RFC 5321 4.1.2",
        "the name ends with a dot",
        "Remove the dot; only zone files need it.", fix::remove)
FINDING(host_leading_dot, unusable, "RFC 8461 3.2",
        "the name begins with a dot; that was the syntax of an old draft",
        "Put \"*\" before the dot to cover every host one label below.")
FINDING(host_wildcard_bare, unusable, "RFC 8461 3.2",
        "\"*\" alone covers no host",
        "Write the names of the MX hosts, or *.DOMAIN.")
FINDING(host_wildcard_place, unusable, "RFC 8461 3.2",
        "\"*\" stands in the wrong place",
        "Only a whole left-most label may be \"*\": *.example.com.")
FINDING(host_wildcard_partial, unusable, "RFC 8461 3.2",
        "\"*\" stands for a part of a label",
        "Only a whole left-most label may be \"*\": *.example.com.")
FINDING(host_comma_list, unusable, "RFC 8461 3.2",
        "several names stand in one field",
        "Write an mx line of its own for each name.")
FINDING(host_space, unusable, "RFC 5321 4.1.2",
        "white space stands in the name",
        "Remove it.")
FINDING(host_priority, unusable, "RFC 8461 3.2",
        "{text} is the preference of an MX record",
        "Write the name only, without the number.")
FINDING(host_url, unusable, "RFC 8461 3.2",
        "{text} is a URI, not a name",
        "Write the name of the host only.")
FINDING(host_port, unusable, "RFC 8461 3.2",
        "a port follows the name",
        "Remove it; mail between servers uses port 25.")
FINDING(host_mail_address, unusable, "RFC 8461 3.2",
        "{text} is a mail address, not a name",
        "Write the name of the MX host.")
FINDING(host_underscore, unusable, "RFC 5321 4.1.2",
        "\"_\" is not allowed in the name of a host",
        "Use the name in the MX record; rename the host if it has an underscore.")
FINDING(host_empty_label, unusable, "RFC 5321 4.1.2",
        "there is an empty label between two dots",
        "Remove the extra dot.")
FINDING(host_hyphen, unusable, "RFC 5321 4.1.2",
        "the label {text} begins or ends with \"-\"",
        "A label begins and ends with a letter or digit.")
FINDING(host_quoted, unusable, "RFC 8461 3.2",
        "quotation marks stand around the name",
        "Remove them.", fix::unquote)
FINDING(host_characters, unusable, "RFC 5321 4.1.2",
        "{text} is not allowed in the name of a host",
        "Use letters, digits, \"-\" and \".\".")
FINDING(host_ip_address, doubtful, "RFC 8461 4.1",
        "{text} consists of numbers, as an IPv4 address does; no MX record can name it",
        "Write the name of the host, as in its MX record.")
FINDING(host_label_long, faulty, "RFC 1035 2.3.4",
        "the label {text} has more than 63 octets; no such name can exist",
        "Shorten the label.")
FINDING(host_name_long, faulty, "RFC 1035 2.3.4",
        "the name has more than 253 octets; no such name can exist",
        "Shorten the name.")
FINDING(host_single_label, remark, "RFC 8461 4.1",
        "{text} has a single label; MX hosts hardly ever do",
        "Check the name.")
FINDING(host_local, doubtful, "RFC 6761 6",
        "{text} is a name for local use; no MX host on the Internet has it",
        "Write the public name of the MX host.")
FINDING(host_fake_a_label, doubtful, "RFC 5890 2.3.2",
        "{text} begins with xn-- but is no A-label",
        "Convert the name again; lower-case and composed (NFC) first.")
FINDING(host_reserved_label, doubtful, "RFC 5890 2.3.1",
        "{text} has \"--\" in third and fourth place, which is reserved for labels such as xn--",
        "Check the name.")
FINDING(mx_wildcard, remark, "RFC 8461 4.1",
        "{text} covers names with exactly one label in place of \"*\"",
        "Name the hosts one by one if you know them.")
FINDING(mx_technical_name, doubtful, "RFC 8461 3.2",
        "{text} is the name of a web service; MX hosts hardly ever have it",
        "Name the hosts in the MX records of the domain only.")
FINDING(mx_wildcard_wide, doubtful, "RFC 8461 10.4",
        "{text} covers every name directly below a public suffix",
        "Name the MX hosts, or a wildcard below your own domain.")

// Policy: the lines
FINDING(policy_empty, unusable, "RFC 8461 3.2",
        "the policy is empty",
        "Write version, mode, max_age and mx lines.")
FINDING(policy_is_html, unusable, "RFC 8461 3.2",
        "this is a web page, not a policy",
        "Serve the policy itself, as text/plain, without an error page or a redirect.")
FINDING(policy_is_json, unusable, "RFC 8461 3.2",
        "this is JSON, the form of an old draft",
        "Write lines of \"name: value\".")
FINDING(policy_is_record, unusable, "RFC 8461 3.2",
        "this is the text of a TXT record, not a policy",
        "Publish it in DNS; the policy has lines of \"name: value\".")
FINDING(policy_bom, unusable, "RFC 8461 3.2",
        "a byte order mark stands before the first field",
        "Save the file as UTF-8 without BOM.", fix::remove)
FINDING(policy_bom_skipped, doubtful, "RFC 8461 3.2",
        "a byte order mark before the first field was skipped; a strict sender discards the policy",
        "Save the file as UTF-8 without BOM.", fix::remove)
FINDING(policy_blank_line, unusable, "RFC 8461 3.2",
        "there is a blank line",
        "Remove it; the last line may end with one line end, not two.", fix::remove)
FINDING(policy_blank_line_skipped, doubtful, "RFC 8461 3.2",
        "a blank line was skipped; a strict sender discards the policy",
        "Remove it.", fix::remove)
FINDING(policy_bare_cr, unusable, "RFC 8461 3.2",
        "a CR without LF does not end a line",
        "End lines with CRLF or LF.", fix::write_line_end)
FINDING(policy_control, unusable, "RFC 8461 3.2",
        "the line holds a control character",
        "Remove it.")
FINDING(policy_not_utf8, unusable, "RFC 8461 3.2",
        "these octets are not well-formed UTF-8",
        "Save the file as UTF-8, or keep to ASCII.")
FINDING(policy_utf16, unusable, "RFC 8461 3.2",
        "the text is UTF-16",
        "Save the file as UTF-8 without BOM, or in ASCII.")
FINDING(policy_leading_space, unusable, "RFC 8461 3.2",
        "white space stands before the field name",
        "Remove it; lines cannot be continued or indented.", fix::remove)
FINDING(policy_comment, unusable, "RFC 8461 3.2",
        "a policy has no comments",
        "Remove the line.", fix::remove_line)
FINDING(policy_equals_sign, unusable, "RFC 8461 3.2",
        "\"=\" stands where \":\" belongs",
        "Write \"name: value\"; \"=\" is for the TXT record.", fix::write_colon)
FINDING(policy_colon_missing, unusable, "RFC 8461 3.2",
        "the line has no \":\"",
        "Write \"name: value\", or remove the line.")
FINDING(policy_space_before_colon, unusable, "RFC 8461 3.2",
        "white space stands before the \":\"",
        "Remove it: \"name: value\".", fix::remove)
FINDING(policy_name, unusable, "RFC 8461 3.2",
        "{text} is not a field name",
        "A name has 1 to 32 letters, digits, \"_\", \"-\" or \".\", and begins with a letter or digit.")
FINDING(policy_value_empty, unusable, "RFC 8461 3.2",
        "the field {text} has no value",
        "Give it a value or remove the line.", fix::remove_empty_line)
FINDING(policy_value_quoted, unusable, "RFC 8461 3.2",
        "quotation marks stand around the value",
        "Remove them.", fix::unquote)
FINDING(policy_value_tab, unusable, "RFC 8461 3.2",
        "a tab stands inside the value",
        "Use a space.", fix::write_space)
FINDING(policy_value_semicolon, unusable, "RFC 8461 3.2",
        "a \";\" ends the value; it is not part of the syntax here",
        "Remove it; the line end separates the fields.", fix::remove)
FINDING(policy_value_comment, unusable, "RFC 8461 3.2",
        "a comment follows the value; a policy has no comments",
        "Remove it.", fix::remove_comment)
FINDING(policy_one_line, unusable, "RFC 8461 3.2",
        "several fields stand in one line",
        "Write each field on a line of its own.")

// Policy: the fields
FINDING(policy_version_missing, unusable, "RFC 8461 3.2",
        "the policy has no version",
        "Add the line \"version: STSv1\".", fix::insert_policy_version)
FINDING(policy_version_case, unusable, "RFC 8461 3.2",
        "{text} is not STSv1: the value is case-sensitive",
        "Write \"version: STSv1\".", fix::write_policy_version)
FINDING(policy_version_unknown, unusable, "RFC 8461 3.2",
        "{text} is not a version this RFC knows",
        "Write \"version: STSv1\".")
FINDING(policy_mode_missing, unusable, "RFC 8461 3.2",
        "the policy has no mode",
        "Add \"mode: testing\", \"mode: enforce\" or \"mode: none\".")
FINDING(policy_mode_case, unusable, "RFC 8461 3.2",
        "{text} is not a mode: the value is case-sensitive",
        "Write it in lower case.", fix::lower_case)
FINDING(policy_mode_report, unusable, "RFC 8461 3.2",
        "{text} is the mode of an old draft",
        "Write \"mode: testing\".", fix::write_testing)
FINDING(policy_mode_unknown, unusable, "RFC 8461 3.2",
        "{text} is not a mode",
        "Write testing, enforce or none.")
FINDING(policy_max_age_missing, unusable, "RFC 8461 3.2",
        "the policy has no max_age",
        "Add \"max_age: 604800\" or more (in seconds).")
FINDING(policy_max_age_unit, unusable, "RFC 8461 3.2",
        "{text} has a unit; max_age is a bare number of seconds",
        "Write the seconds in digits: 604800 is a week.", fix::write_seconds)
FINDING(policy_max_age_sign, unusable, "RFC 8461 3.2",
        "{text} has a sign; max_age is a bare number of seconds",
        "Write digits only.", fix::remove_sign)
FINDING(policy_max_age_digits, unusable, "RFC 8461 3.2",
        "{text} has more than 10 digits",
        "Write at most 31557600.", fix::remove_zeros)
FINDING(policy_max_age_number, unusable, "RFC 8461 3.2",
        "{text} is not a whole number of seconds",
        "Write 1 to 10 digits from 0 to 9.", fix::remove_separators)
FINDING(policy_max_age_large, faulty, "RFC 8461 3.2",
        "max_age is above the maximum of 31557600 (a year); some senders clamp it, some discard the policy",
        "Write 31557600 or less.")
FINDING(policy_max_age_zero, doubtful, "RFC 8461 3.2",
        "with a max_age of 0 senders forget the policy at once; it protects nothing",
        "Write 604800 (a week) or more.")
FINDING(policy_max_age_short, doubtful, "RFC 8461 3.2",
        "max_age is shorter than a week; an attacker who blocks the policy for that long removes the protection",
        "Write 604800 or more; the RFC expects weeks.")
FINDING(policy_max_age_modest, remark, "RFC 8461 3.2",
        "max_age is shorter than two weeks",
        "Raise it once the policy has proved itself; up to 31557600.")
FINDING(policy_max_age_zeros, remark, "RFC 8461 3.2",
        "max_age has leading zeros",
        "Remove them.")
FINDING(policy_mx_missing, unusable, "RFC 8461 3.2",
        "the policy has no mx, and its mode is not none",
        "Add an \"mx:\" line for each MX host.")
FINDING(policy_mx_skipped, doubtful, "RFC 8461 3.2",
        "the malformed mx {text} was skipped; a strict sender discards the policy",
        "Correct or remove the line.")
FINDING(policy_mx_duplicate, doubtful, "RFC 8461 3.2",
        "the mx {text} stands twice",
        "Remove the second line.")
FINDING(policy_mx_redundant, remark, "RFC 8461 4.1",
        "the mx {text} is covered by \"{detail}\" already",
        "Remove one of the two.")
FINDING(policy_field_duplicate, doubtful, "RFC 8461 3.2",
        "the field \"{detail}\" stands twice; the first counts, but some senders take the last",
        "Keep the line that is meant, and remove the other.")
FINDING(policy_extension, remark, "RFC 8461 3.2",
        "the field {text} is unknown and is ignored",
        "Remove it unless you know who reads it.")
FINDING(policy_name_case, remark, "RFC 8461 3.2",
        "{text} is an unknown field; did you mean \"{detail}\"?",
        "Names are case-sensitive: write \"{detail}\".", fix::write_detail)
FINDING(policy_name_typo, doubtful, "RFC 8461 3.2",
        "{text} is an unknown field; did you mean \"{detail}\"?",
        "Write \"{detail}\", or remove the line.", fix::write_name)
FINDING(policy_record_field, remark, "RFC 8461 9.3",
        "{text} belongs in the TXT record; here it is ignored",
        "Remove the line.")
FINDING(policy_mode_testing, remark, "RFC 8461 5",
        "mode testing protects nothing yet; senders only report",
        "Go on to \"mode: enforce\" when the reports stay clean.")
FINDING(policy_mode_none, remark, "RFC 8461 5",
        "mode none asks for no protection; it serves to withdraw a policy",
        "Keep it until every earlier policy has run out.")
FINDING(policy_none_with_mx, remark, "RFC 8461 3.2",
        "with mode none the mx lines have no effect",
        "Remove them, or keep them for later.")
FINDING(policy_line_feed, remark, "RFC 8461 3.2",
        "lines end with LF; the grammar allows it, the prose says CRLF",
        "Write CRLF to satisfy every checker.")
FINDING(policy_line_ends_mixed, remark, "RFC 8461 3.2",
        "some lines end with LF, some with CRLF",
        "Write CRLF everywhere.")
FINDING(policy_trailing_space, remark, "RFC 8461 3.2",
        "white space ends the line; the grammar allows it",
        "Remove it.", fix::remove)
FINDING(policy_version_not_first, remark, "RFC 8461 3.2",
        "version is not the first line; any order is allowed, but readers look for it there",
        "Move it to the front.")

// Two things compared
FINDING(pair_policy_unusable, faulty, "RFC 8461 3.3",
        "the record announces a policy that no strict sender can use",
        "Correct the policy before you publish the record.")
FINDING(pair_record_unusable, faulty, "RFC 8461 3.1",
        "the policy is fine, but its record is not: no sender will find it",
        "Correct the record.")
FINDING(pair_id_digest, doubtful, "RFC 8461 3.1",
        "the id looks like a policy digest, but of another policy than this",
        "Publish the id \"{detail}\" with this policy.")
FINDING(cover_host_missing, faulty, "RFC 8461 4.1",
        "the MX host {detail} is not covered: senders will not deliver to it",
        "Add \"mx: {detail}\" and publish a new id; until the old max_age has passed, senders may go by the old policy.")
FINDING(cover_host_missing_testing, doubtful, "RFC 8461 4.1",
        "the MX host {detail} is not covered: with mode enforce senders would not deliver to it",
        "Add \"mx: {detail}\".")
FINDING(cover_wildcard_depth, faulty, "RFC 8461 4.1",
        "{text} covers one label only, so it does not cover the MX host {detail}",
        "Put the \"*\" one label above the host's name, or name the host.")
FINDING(cover_wildcard_depth_testing, doubtful, "RFC 8461 4.1",
        "{text} covers one label only, so with mode enforce it would not cover the MX host {detail}",
        "Put the \"*\" one label above the host's name, or name the host.")
FINDING(cover_pattern_unused, doubtful, "RFC 8461 4.1",
        "the mx {text} covers none of the MX hosts",
        "Remove it once no sender can hold an older answer, or correct it.")
FINDING(cover_null_mx, doubtful, "RFC 7505 3",
        "the domain takes no mail (null MX), so the policy has no effect",
        "Remove the policy, or the null MX.")
FINDING(change_id_same, faulty, "RFC 8461 3.1",
        "the policy changed but the id \"{detail}\" did not: senders keep the old policy",
        "Publish a new id after the policy is in place.")
FINDING(change_id_only, remark, "RFC 8461 3.1",
        "the id changed but the policy did not: senders fetch it once more",
        "Nothing to do.")
FINDING(change_mx_dropped, doubtful, "RFC 8461 8.1",
        "the mx \"{detail}\" was dropped, and senders may hold the old policy for another max_age",
        "Make sure the new hosts were covered by the old policy all that time.")
FINDING(change_mx_not_held, faulty, "RFC 8461 8.1",
        "the MX host {detail} is not covered by the old policy, which senders may still hold",
        "Publish the new policy first and change the MX records only when the old max_age has passed.")
FINDING(change_enforce_dropped, doubtful, "RFC 8461 8.3",
        "mode enforce was left without a phase of mode none",
        "Publish \"mode: none\" with a new id until the old max_age has passed.")
FINDING(change_enforce_unusable, faulty, "RFC 8461 8.3",
        "the old policy was enforced and the new text is no policy: senders go on enforcing the old one",
        "Publish \"mode: none\" with a new id until the old max_age has passed.")
FINDING(change_max_age_raised, remark, "RFC 8461 10.2",
        "max_age went up: a mistake in this policy now lasts longer",
        "Make sure that every MX host is covered.")
FINDING(change_max_age_lowered, remark, "RFC 8461 3.2",
        "max_age went down: senders that have not fetched again still hold the longer one",
        "Allow for the old value until it has passed.")

// TLS-RPT: addresses, file names, subjects, times
FINDING(ip_empty, unusable, "RFC 8460 4.4",
        "the address is empty",
        "Write an IPv4 or IPv6 address.")
FINDING(ip_octet_range, unusable, "RFC 8460 4.4",
        "{text} is above 255",
        "Write four numbers from 0 to 255.")
FINDING(ip_leading_zero, unusable, "RFC 8460 4.4",
        "{text} has a leading zero, which some readers take as octal",
        "Remove the zero.")
FINDING(ip_port, unusable, "RFC 8460 4.4",
        "a port follows the address",
        "Remove it.")
FINDING(ip_brackets, unusable, "RFC 8460 4.4",
        "brackets stand around the address",
        "Remove them.")
FINDING(ip_zone, unusable, "RFC 8460 4.4",
        "a zone identifier follows the address",
        "Remove the part from \"%\".")
FINDING(ip_groups, unusable, "RFC 8460 4.4",
        "the address has the wrong number of groups",
        "Write four numbers (IPv4), or eight groups with at most one \"::\" (IPv6).")
FINDING(ip_group_long, unusable, "RFC 8460 4.4",
        "the group {text} has more than four digits",
        "Write groups of 1 to 4 hexadecimal digits.")
FINDING(ip_compression, unusable, "RFC 8460 4.4",
        "\"::\" stands twice",
        "Compress one run of zeros only.")
FINDING(ip_characters, unusable, "RFC 8460 4.4",
        "{text} is not allowed in an address",
        "Write an IPv4 or IPv6 address.")
FINDING(ip_not_canonical, doubtful, "RFC 5952 4",
        "the canonical form of this address is {detail}",
        "Write {detail}.", fix::none, detail_source::canonical_address)
FINDING(filename_parts, unusable, "RFC 8460 5.1",
        "the file name does not have four or five parts",
        "Write SENDER!POLICY-DOMAIN!BEGIN!END[!UNIQUE-ID].json or .json.gz.")
FINDING(filename_extension, unusable, "RFC 8460 5.1",
        "the file name does not end with .json or .json.gz",
        "Name a plain report .json and a compressed one .json.gz.")
FINDING(filename_time, unusable, "RFC 8460 5.1",
        "{text} is not a number of Unix seconds",
        "Write digits only.")
FINDING(filename_unique_id, unusable, "RFC 8460 5.1",
        "{text} is not a unique-id",
        "Use letters and digits only; take the dashes out of a UUID.")
FINDING(filename_extension_case, doubtful, "RFC 8460 5.1",
        "the extension is not in lower case",
        "Write .json or .json.gz.")
FINDING(filename_day, doubtful, "RFC 8460 4.1",
        "the times do not span one UTC day",
        "Write the Unix seconds of 00:00:00 and 23:59:59 UTC.")
FINDING(filename_order, doubtful, "RFC 8460 5.1",
        "the end lies before the beginning",
        "Swap the two times.")
FINDING(filename_time_large, doubtful, "RFC 8460 5.1",
        "{text} is not a plausible time for a report",
        "Write Unix seconds, with 10 digits.")
FINDING(subject_words, unusable, "RFC 8460 5.3",
        "the subject is not \"Report Domain: ... Submitter: ... Report-ID: <...>\"",
        "Write exactly these words; they are case-sensitive.")
FINDING(subject_space, unusable, "RFC 8460 5.3",
        "white space is missing here",
        "Put a space between word and value.")
FINDING(subject_report_id, unusable, "RFC 8460 5.3",
        "{text} is not a report id in angle brackets",
        "Write <LEFT@RIGHT>, as in a Message-ID.")
FINDING(subject_one_label, unusable, "RFC 6376 3.5",
        "{text} has a single label; a domain-name has two or more",
        "Write the full domain name.")
FINDING(time_syntax, unusable, "RFC 3339 5.6",
        "{text} is not a date and time",
        "Write 2026-08-31T00:00:00Z.")
FINDING(time_zone_missing, unusable, "RFC 3339 5.6",
        "the time has no zone",
        "Add \"Z\" if it is UTC.")
FINDING(time_hour_24, unusable, "RFC 3339 5.6",
        "there is no hour 24",
        "Write 23:59:59, or 00:00:00 of the next day.")
FINDING(time_range, unusable, "RFC 3339 5.7",
        "{text} is outside its range",
        "Check month, day, hour, minute and second.")
FINDING(time_leap_second, remark, "RFC 3339 5.7",
        "a leap second",
        "Reports hardly need one.")
FINDING(time_lower_case, doubtful, "RFC 7493 4.3",
        "\"t\" and \"z\" are written in upper case",
        "Write T and Z.")
FINDING(time_space, unusable, "RFC 3339 5.6",
        "a space stands between date and time",
        "Write T between them.")
FINDING(time_date_only, unusable, "RFC 3339 5.6",
        "the time of the day is missing",
        "Write date and time, such as 2026-08-31T00:00:00Z.")
FINDING(time_zone_unknown, doubtful, "RFC 3339 4.3",
        "-00:00 says that the zone is unknown",
        "Write Z.")
FINDING(time_zone_offset, remark, "RFC 8460 4.1",
        "the time is not written in UTC",
        "Write it in UTC, with Z.")

// JSON (RFC 8259), I-JSON (RFC 7493)
FINDING(json_empty, unusable, "RFC 8259 2",
        "there is no JSON text",
        "Send the report as one JSON object.")
FINDING(json_syntax, unusable, "RFC 8259 2",
        "{text} cannot stand here",
        "Write what JSON expects at this place.")
FINDING(json_truncated, unusable, "RFC 8259 2",
        "the text ends in the middle of the JSON",
        "Send the whole report; it was cut off on its way or when it was saved.")
FINDING(json_trailing_comma, unusable, "RFC 8259 4",
        "no comma may stand before {text}",
        "Remove the comma.")
FINDING(json_comma_missing, unusable, "RFC 8259 4",
        "a comma is missing before {text}",
        "Write \",\" between members and between the values of an array.")
FINDING(json_single_quotes, unusable, "RFC 8259 7",
        "single quotes do not make a string",
        "Write double quotes.")
FINDING(json_name_unquoted, unusable, "RFC 8259 4",
        "the name of a member is a string in double quotes",
        "Write the name in double quotes.")
FINDING(json_literal, unusable, "RFC 8259 3",
        "{text} is no JSON value",
        "Of bare words, JSON has true, false and null alone, in lower case.")
FINDING(json_number, unusable, "RFC 8259 6",
        "{text} is not how JSON writes a number",
        "Write plain digits, without plus sign or leading zeros.")
FINDING(json_control, unusable, "RFC 8259 7",
        "a control character stands bare in a string",
        "Write it as an escape: \\n, \\t or \\u00XX.")
FINDING(json_escape, unusable, "RFC 8259 7",
        "{text} is no escape of JSON",
        "Write \\\\ for a backslash; escapes are \\\", \\\\, \\/, \\b, \\f, \\n, \\r, \\t and \\uXXXX.")
FINDING(json_nul, unusable, "RFC 8259 7",
        "a NUL character",
        "Remove it; programs cut text off there.")
FINDING(json_surrogate, unusable, "RFC 7493 2.1",
        "{text} is half of a surrogate pair",
        "Write both halves, or the character itself in UTF-8.")
FINDING(json_noncharacter, unusable, "RFC 7493 2.1",
        "a code point that is no character and never will be",
        "Remove it.")
FINDING(json_duplicate, unusable, "RFC 7493 2.3",
        "the object has a member of this name already: {text}",
        "Keep one of them; of known members the first is used here.")
FINDING(json_deep, unusable, "RFC 8259 9",
        "values are nested deeper than the limit",
        "A report needs five levels.")
FINDING(json_trailing, unusable, "RFC 8259 2",
        "something follows the JSON text",
        "Send one report per file.")
FINDING(json_byte_order_mark, doubtful, "RFC 8259 8.1",
        "the text begins with a byte order mark",
        "Save it as UTF-8 without one.")
FINDING(json_not_utf8_encoding, unusable, "RFC 8259 8.1",
        "the text is encoded in UTF-16 or UTF-32",
        "Send the report as UTF-8.")

// TLS-RPT reports: members
FINDING(report_not_object, unusable, "RFC 8460 4.4",
        "a report is one JSON object",
        "Put the members of the report between \"{\" and \"}\".")
FINDING(report_member_missing, unusable, "RFC 8460 4.4",
        "the member \"{detail}\" is missing",
        "Add it.")
FINDING(report_member_omitted, doubtful, "RFC 8460 4.4",
        "the member \"{detail}\" is expected here",
        "Add it; report readers group and explain by it.")
FINDING(report_member_type, unusable, "RFC 8460 4.4",
        "this must be {detail}",
        "Write {detail}.")
FINDING(report_member_null, unusable, "RFC 8460 4.4",
        "this member may not be null",
        "Write its value, or leave out a member that is optional.")
FINDING(report_member_null_optional, doubtful, "RFC 8460 4.4",
        "an optional member is left out, not null",
        "Leave the member out.")
FINDING(report_member_bare, doubtful, "RFC 8460 4.4",
        "this must be an array of strings, not one string",
        "Write [ and ] around it.")
FINDING(report_member_single, unusable, "RFC 8460 4.4",
        "this must be an array, even of one object",
        "Write [ and ] around it.")
FINDING(report_member_empty, doubtful, "RFC 8460 4.4",
        "the value is empty",
        "Write a value.")
FINDING(report_member_unknown, remark, "RFC 7493 4.2",
        "RFC 8460 has no member {text} here; it is ignored",
        "Nothing to do if it is meant for your own readers.")
FINDING(report_member_misspelt, doubtful, "RFC 8460 4.4",
        "{text} is ignored: the member is called \"{detail}\"",
        "Write \"{detail}\".")
FINDING(report_member_misplaced, doubtful, "RFC 8460 4.4",
        "{text} is ignored here: it is a member of \"{detail}\"",
        "Put it into the object \"{detail}\".")
FINDING(report_string_bare_number, unusable, "RFC 8460 4.4",
        "this must be a string, not a number",
        "Write it in double quotes.")

// TLS-RPT reports: times and persons
FINDING(report_range_backwards, doubtful, "RFC 8460 4.4",
        "the report ends before it starts; its date-range is not used",
        "Swap or correct the two times.")
FINDING(report_range_not_day, doubtful, "RFC 8460 4.1",
        "a report covers one whole day of UTC",
        "Let it start at 00:00:00Z and end at 23:59:59Z of the same day.")
FINDING(report_range_midnight, remark, "RFC 8460 4.1",
        "the day's end is given as the next day's beginning",
        "Write 23:59:59Z of the same day, as the RFC's example does.")
FINDING(report_contact_uri, unusable, "RFC 8460 4.4",
        "this is a URI, not a mail address",
        "Write the address without \"mailto:\".")
FINDING(report_contact_list, unusable, "RFC 8460 4.4",
        "this is more than one mail address",
        "Write one address.")
FINDING(report_contact_name, unusable, "RFC 8460 4.4",
        "a display name does not belong to the address",
        "Write the address alone, without name and angle brackets.")
FINDING(report_contact_literal, doubtful, "RFC 8460 5.3",
        "the domain of the contact is an address literal, which names no reporter",
        "Write an address at the reporting domain, which signs the report's mail.")
FINDING(report_contact_non_ascii, unusable, "RFC 8460 5.1",
        "the address is not in ASCII; its domain must have A-labels",
        "Write the domain with A-labels (xn--).")
FINDING(report_contact_syntax, unusable, "RFC 5322 3.4.1",
        "{text} is not a mail address",
        "Write local-part@domain.")
FINDING(report_id_domain_missing, remark, "RFC 8460 4.4",
        "nothing follows the \"+\" of the report id",
        "Nothing to do; ids are compared as they are.")

// TLS-RPT reports: policies
FINDING(report_policies_empty, doubtful, "RFC 8460 4.4",
        "the report has no policies",
        "Send no report for a day without sessions.")
FINDING(report_policy_type_case, unusable, "RFC 8460 4.4",
        "policy types are written in lower case: {text}",
        "Write \"{detail}\".")
FINDING(report_policy_type_unknown, unusable, "RFC 8460 4.4",
        "{text} is not a policy type",
        "Write tlsa, sts or no-policy-found.")
FINDING(report_domain_non_ascii, unusable, "RFC 8460 4.4",
        "the domain must have A-labels",
        "Write the domain with A-labels (xn--).")
FINDING(report_domain_syntax, unusable, "RFC 8460 4.4",
        "{text} is not a domain name",
        "Write the policy domain, such as example.com.")
FINDING(report_domain_owner, doubtful, "RFC 7672 2.2.3",
        "the policy domain is the name of the host, without \"_25._tcp.\"",
        "Write the TLSA base domain alone.")
FINDING(report_domain_final_dot, doubtful, "RFC 8460 4.4",
        "the policy domain is written without a final dot",
        "Remove the dot.")
FINDING(report_domain_case, remark, "RFC 8460 4.4",
        "domain names are the same in either case",
        "Write them in lower case, so that no reader counts them apart.")
FINDING(report_mx_host_key, doubtful, "RFC 8460 4.4",
        "the key \"mx:\" does not belong to the pattern",
        "Write the pattern alone.")
FINDING(report_mx_host_non_ascii, unusable, "RFC 8460 4.4",
        "mx patterns must have A-labels",
        "Write the pattern with A-labels (xn--).")
FINDING(report_mx_host_syntax, doubtful, "RFC 8461 3.2",
        "{text} is not an mx pattern",
        "Write the patterns of the policy as they stand after \"mx:\".")
FINDING(report_mx_host_empty, doubtful, "RFC 8460 4.4",
        "a policy of type sts has mx patterns",
        "Write the patterns of the policy.")
FINDING(report_mx_host_without_sts, doubtful, "RFC 8460 4.4",
        "only policies of type sts have mx patterns",
        "Leave the member out.")
FINDING(report_policy_string_without_policy, doubtful, "RFC 8460 4.4",
        "where no policy was found there is no text of it",
        "Leave the member out.")
FINDING(report_policy_lines_joined, doubtful, "RFC 8460 4.5",
        "several lines of the policy stand in one string",
        "Write one string per line.")
FINDING(report_policy_line_return, doubtful, "RFC 8460 4.5",
        "the carriage return is the line's end, not its text",
        "Split the policy at CRLF.")
FINDING(report_policy_string_json, doubtful, "RFC 8460 4.5",
        "the strings are written as JSON inside one string",
        "Write them as elements of the array itself.")
FINDING(report_tlsa_record, doubtful, "RFC 8460 4.5",
        "this is not the data of a TLSA record",
        "Write the four fields with single spaces between them, such as \"3 1 1 9F86D081\".")
FINDING(report_tlsa_owner, doubtful, "RFC 8460 4.5",
        "owner, class and type of the TLSA record do not belong here",
        "Write the four fields of its data alone.")

// TLS-RPT reports: counts and failures
FINDING(report_count_fraction, unusable, "RFC 8460 4.4",
        "{text} is not an integer",
        "Write a count of sessions.")
FINDING(report_count_negative, unusable, "RFC 8460 4.4",
        "a count of sessions is not negative",
        "Write 0 or more.")
FINDING(report_count_quoted, unusable, "RFC 8460 4.4",
        "a count is a number, not a string",
        "Write it without quotes.")
FINDING(report_count_form, doubtful, "RFC 8259 6",
        "{text} is an unusual way to write an integer",
        "Write plain digits.")
FINDING(report_count_large, doubtful, "RFC 7493 2.2",
        "the count is above 9007199254740991, and is read as that",
        "Write a count that all readers know exactly.")
FINDING(report_count_sum, remark, "RFC 8460 4",
        "the listed failures add up to more than total-failure-session-count",
        "Nothing to do if a session failed in more than one way.")
FINDING(report_result_unknown, doubtful, "RFC 8460 4.3",
        "{text} is not a registered result type",
        "Write a result type of the IANA registry.")
FINDING(report_result_case, doubtful, "RFC 8460 4.3",
        "{text} is not a registered result type; they are written in lower case",
        "Write \"{detail}\".")
FINDING(report_result_policy, doubtful, "RFC 8460 4.3.2",
        "the result type \"{detail}\" does not belong to the type of this policy",
        "Report it with the policy that it is about.")
FINDING(report_reason_missing, doubtful, "RFC 8460 4.3.1",
        "this result type says little without \"{detail}\"",
        "Add \"{detail}\" with the error's name or number.")
FINDING(report_failure_count_zero, doubtful, "RFC 8460 4.4",
        "the failure has a session count of 0",
        "Leave the failure out.")
FINDING(report_uri_syntax, doubtful, "RFC 3986 3",
        "{text} is not a URI",
        "Percent-encode spaces and other characters that a URI cannot hold.")

// TLS-RPT reports: files
FINDING(report_name_sender, doubtful, "RFC 8460 5.1",
        "the file name has the sender {text}, the report's contact has the domain {detail}",
        "Name the file after the domain of contact-info; the report counts.")
FINDING(report_name_domain, doubtful, "RFC 8460 5.1",
        "the file name has the policy domain {text}, which is not in the report",
        "Name the file after the policy domain; the report counts.")
FINDING(report_name_time, doubtful, "RFC 8460 5.1",
        "the file name and the report have different times: {text} and {detail}",
        "Name the file after the report's date-range; the report counts.")
FINDING(report_name_compression, doubtful, "RFC 8460 5.1",
        "the file name's extension and its content differ: the content is {detail}",
        "Use .json for plain JSON and .json.gz for gzip.")
FINDING(gzip_corrupt, unusable, "RFC 1952 2.3",
        "the gzip data is damaged: {detail}",
        "Get the file again.")
FINDING(gzip_truncated, unusable, "RFC 1952 2.3",
        "the gzip data ends too early",
        "Get the whole file again.")
FINDING(gzip_large, unusable, "RFC 8259 9",
        "the gzip data decompresses to more than {detail}",
        "Ask the sender; no report is that large.")
FINDING(gzip_trailing, doubtful, "RFC 1952 2.3",
        "something that is no gzip member follows the data",
        "Remove it; it is ignored.")
FINDING(gzip_other_format, unusable, "RFC 8460 5.1",
        "this is {detail}, not gzip",
        "Compress reports with gzip.")

// TLS-RPT reports: limits of the reader
FINDING(report_many_policies, unusable, "RFC 8259 9",
        "more policies than the limit; nothing was read from here on",
        "Raise the limit if the report is to be trusted.")
FINDING(report_many_failures, unusable, "RFC 8259 9",
        "more failure details than the limit; nothing was read from here on",
        "Raise the limit if the report is to be trusted.")
FINDING(report_many_strings, unusable, "RFC 8259 9",
        "more strings than the limit; nothing was read from here on",
        "Raise the limit if the report is to be trusted.")
FINDING(report_many_members, unusable, "RFC 8259 9",
        "more unknown members than the limit; nothing was read from here on",
        "Raise the limit if the report is to be trusted.")
FINDING(report_long_string, unusable, "RFC 8259 9",
        "a string longer than the limit; nothing was read from here on",
        "Raise the limit if the report is to be trusted.")
FINDING(report_many_findings, remark, "RFC 8259 9",
        "more findings than the limit; the others are not listed",
        "Correct these first.")
FINDING(report_forbidden, unusable, "RFC 8460 4.4",
        "readers accept this with a warning, but no report may be written this way",
        "See the warning at this place.")
FINDING(report_unwritable, unusable, "RFC 8460 4.4",
        "what was written reads back as another value",
        "Give every member a value that the report can hold.")

// clang-format on
#undef FINDING
};

}  // namespace mtasts

namespace mtasts {

/// How much a finding matters to whoever publishes the text.
enum class severity { note, warning, error };

constexpr std::string_view to_text(severity level) {
    constexpr std::array<std::string_view, 3> names{"note", "warning", "error"};
    return names[static_cast<std::size_t>(level)];
}

/// The severity, and whether a strict consumer must not use the text.
struct weight {
    mtasts::severity severity;
    bool makes_unusable;
};
namespace detail {

inline constexpr weight unusable{severity::error, true};
inline constexpr weight faulty{severity::error, false};
inline constexpr weight doubtful{severity::warning, false};
inline constexpr weight remark{severity::note, false};

}  // namespace detail

/// The correction that a machine can make, by lint/fix.hpp.
enum class fix : std::uint8_t {
    /// Only a person can know.
    none,
    /// Removes the octets.
    remove,
    /// Removes the whole line.
    remove_line,
    /// Removes the line of a policy field without value, but not of an mx.
    remove_empty_line,
    /// Removes the field with the ";" before it.
    remove_field,
    /// Removes line ends from the end of the text.
    remove_line_ends,
    /// Removes the white space inside.
    remove_spaces,
    /// Removes the comment after a value, but not of an mx.
    remove_comment,
    /// Removes the size limit of a DMARC record after a mail address.
    remove_size_limit,
    /// Removes white space before a URI's address.
    remove_uri_space,
    /// Removes a plus sign.
    remove_sign,
    /// Removes zeros from the front.
    remove_zeros,
    /// Removes the separators between groups of digits.
    remove_separators,
    /// Writes the detail instead.
    write_detail,
    /// Writes the detail instead, if only "-", "_", "." or case differ.
    write_name,
    write_equals,
    write_colon,
    write_space,
    /// Writes CRLF, if no line ends with LF.
    write_line_end,
    write_policy_version,
    write_testing,
    /// Writes a number with a unit in seconds.
    write_seconds,
    lower_case,
    /// Writes "," between two addresses.
    join_rua,
    insert_semicolon,
    insert_mailto,
    insert_record_version,
    insert_policy_version,
    unquote,
    unquote_id,
    unquote_record,
};

namespace detail {

/// The source of the text for "{detail}" in a finding's words (render/message.hpp).
enum class detail_source : std::uint8_t {
    /// `finding::detail`
    given,
    /// The offset of the span, and its length.
    offset,
    length,
    /// The name in the span with A-labels; the address in the span as RFC 5952 writes it.
    a_labels,
    canonical_address,
};

}  // namespace detail

/// One row of findings.def.
/// Example: `mtasts::meaning const& row = mtasts::meaning_of(mtasts::code::policy_mode_case); (void)row;`
struct meaning {
    mtasts::code code;
    std::string_view slug;
    mtasts::weight weight;
    std::string_view clause;
    std::string_view message;
    std::string_view advice;
    mtasts::fix fix = fix::none;
    mtasts::detail::detail_source detail = detail::detail_source::given;
};

namespace detail {

using namespace std::string_view_literals;

/// The rows, with names for slugs. The lengths of `sv` literals are known; the compiler would have to count others.
inline constexpr meaning named_rows[] = {
#define FINDING(name, weight, clause, message, advice, ...) \
    {code::name, {#name, sizeof #name - 1}, weight, clause##sv, message##sv, advice##sv __VA_OPT__(, ) __VA_ARGS__},
// #include <mtasts/finding/findings.def>
/// Every finding, one row each: code, weight, clause, message and advice; then the fix and the source of the detail, if
/// not `fix::none` and `given`. In message and advice "{text}" stands for the octets of the finding's span and
/// "{detail}" for its detail. The slug of a finding is its code with dashes ("policy-max-age-short"); it never changes
/// and never gets another meaning.
/// Included wherever FINDING is defined.
// clang-format off

// Any text
FINDING(text_too_large, unusable, "RFC 8461 3.3",
        "the text is longer than {detail} octets and was not read",
        "Publish a shorter text: of a policy a few hundred octets are plenty, of a report a few megabytes.", fix::none, detail_source::offset)
FINDING(text_syntax, unusable, "RFC 5234 4",
        "the text leaves its grammar at {text}",
        "Write what the grammar expects at this place.")
FINDING(text_not_utf8, unusable, "RFC 3629 4",
        "these octets are not well-formed UTF-8",
        "Save the text as UTF-8, or keep to ASCII.")
FINDING(write_unfaithful, unusable, "RFC 8461 3.2",
        "what was written reads back as another value",
        "Remove line ends, delimiters and spaces from the parts of the value.")

// TXT records at _mta-sts and at _smtp._tls
FINDING(record_empty, unusable, "RFC 8461 3.1",
        "the record is empty",
        "Publish \"{detail}\".")
FINDING(record_version_missing, unusable, "RFC 8461 3.1",
        "the record does not begin with \"{detail}\"",
        "Begin the record with \"{detail}\"; nothing may stand before it.", fix::insert_record_version)
FINDING(record_version_case, unusable, "RFC 8461 3.1",
        "{text} is not \"{detail}\": name and value of the version are case-sensitive",
        "Write \"{detail}\".", fix::write_detail)
FINDING(record_version_unknown, unusable, "RFC 8461 3.1",
        "{text} is not a version this RFC knows",
        "Write \"{detail}\".")
FINDING(record_version_not_first, unusable, "RFC 8461 3.1",
        "the version stands after another field",
        "Move \"{detail}\" to the front.")
FINDING(record_leading_space, unusable, "RFC 8461 3.1",
        "white space stands before the version",
        "Remove the space; the record begins with \"{detail}\".", fix::remove)
FINDING(record_is_spf, unusable, "RFC 8461 3.1",
        "an SPF record stands where \"{detail}\" should",
        "Publish SPF at the domain itself; a wildcard TXT record may be answering here.")
FINDING(record_is_dmarc, unusable, "RFC 8461 3.1",
        "a DMARC record stands where \"{detail}\" should",
        "Publish DMARC at _dmarc; a wildcard TXT record may be answering here.")
FINDING(record_is_dkim, unusable, "RFC 8461 3.1",
        "a DKIM key stands where \"{detail}\" should",
        "Publish DKIM keys below _domainkey; a wildcard TXT record may be answering here.")
FINDING(record_is_other, unusable, "RFC 8461 3.1",
        "{text} begins the other record, not \"{detail}\"",
        "v=STSv1 belongs at _mta-sts, v=TLSRPTv1 at _smtp._tls.")
FINDING(record_is_policy, unusable, "RFC 8461 3.1",
        "a policy stands where \"{detail}\" should",
        "Serve the policy over HTTPS at /.well-known/mta-sts.txt and publish a short record here.")
FINDING(record_quoted, unusable, "RFC 8461 3.1",
        "quotation marks of a zone file are part of the record",
        "Remove the quotation marks; they are how a zone file writes a TXT string, not what it holds.", fix::unquote_record)
FINDING(record_zone_line, unusable, "RFC 8461 3.1",
        "a whole line of a zone file stands here, not the record it holds",
        "Give the text between the quotation marks only.", fix::unquote_record)
FINDING(record_backslash, unusable, "RFC 8461 3.1",
        "a backslash of a zone file is part of the record",
        "Write a bare \";\": many DNS panels escape it themselves.", fix::remove)
FINDING(record_no_field, unusable, "RFC 8461 3.1",
        "nothing follows the version",
        "Add, after a \";\", {detail}.")
FINDING(record_semicolon_missing, unusable, "RFC 8461 3.1",
        "a \";\" is missing between two fields",
        "Put \"; \" between the fields.", fix::insert_semicolon)
FINDING(record_field_empty, unusable, "RFC 8461 3.1",
        "there is no field between two semicolons",
        "Remove the extra \";\"; one may end the record.", fix::remove)
FINDING(record_trailing_space, unusable, "RFC 8461 3.1",
        "white space ends the record",
        "Remove it; white space may only stand next to a \";\".", fix::remove)
FINDING(record_control, unusable, "RFC 8461 3.1",
        "the record holds a control character or line end",
        "Remove it; a record is one line of visible ASCII.", fix::remove_line_ends)
FINDING(record_non_ascii, unusable, "RFC 8461 3.1",
        "the record holds an octet that is not ASCII",
        "Keep to ASCII; look for typographic quotes, dashes and no-break spaces.")
FINDING(record_equals_missing, unusable, "RFC 8461 3.1",
        "the field {text} has no \"=\"",
        "Write the field as name=value, or remove it.")
FINDING(record_colon, unusable, "RFC 8461 3.1",
        "\":\" stands where \"=\" belongs",
        "Write name=value; \":\" is for the policy.", fix::write_equals)
FINDING(record_equals_spaced, unusable, "RFC 8461 3.1",
        "white space stands next to the \"=\"",
        "Remove the space: name=value.", fix::remove_spaces)
FINDING(record_name, unusable, "RFC 8461 3.1",
        "{text} is not a field name",
        "A name has 1 to 32 letters, digits, \"_\", \"-\" or \".\", and begins with a letter or digit.")
FINDING(record_value_empty, unusable, "RFC 8461 3.1",
        "the field {text} has no value",
        "Give it a value or remove the field.")
FINDING(record_value, unusable, "RFC 8461 3.1",
        "{text} is not a field value",
        "A value is visible ASCII without \";\", \"=\" and spaces.")
FINDING(record_duplicate_version, doubtful, "RFC 8461 3.2",
        "a second version field is ignored",
        "Remove it.")
FINDING(record_duplicate_field, doubtful, "RFC 8461 3.2",
        "the field \"{detail}\" stands twice; all but the first are ignored",
        "Keep the one that is meant.")
FINDING(record_space_before_semicolon, doubtful, "RFC 8461 3.1",
        "white space before the first \";\" hides the record once the name holds several TXT records",
        "Write \"{detail};\" with nothing before the \";\".", fix::remove)
FINDING(record_space_before_delimiter, doubtful, "RFC 8461 3.1",
        "white space before a \";\" is refused by readers that follow erratum 6285",
        "Put white space after the \";\" only.", fix::remove)
FINDING(record_extension, remark, "RFC 8461 3.1",
        "the field {text} is unknown and is ignored",
        "Remove it unless you know who reads it.")
FINDING(record_name_case, remark, "RFC 8461 3.1",
        "{text} is an unknown field; did you mean \"{detail}\"?",
        "Names are case-sensitive: write \"{detail}\".", fix::write_detail)
FINDING(record_name_typo, doubtful, "RFC 8461 3.1",
        "{text} is an unknown field; did you mean \"{detail}\"?",
        "Write \"{detail}\", or remove the field.")
FINDING(record_foreign_field, remark, "RFC 8461 9.2",
        "{text} belongs to {detail}, not in this record; it is ignored",
        "Remove it here.")
FINDING(record_id_missing, unusable, "RFC 8461 3.1",
        "the record has no id",
        "Add id= and up to 32 letters and digits, such as a UTC time stamp.")
FINDING(record_id_empty, unusable, "RFC 8461 3.1",
        "the id is empty",
        "Write 1 to 32 letters and digits after id=.", fix::remove_field)
FINDING(record_id_long, unusable, "RFC 8461 3.1",
        "the id has {detail} characters; 32 are allowed",
        "Shorten it; a UTC time stamp such as 20260831085700Z has 15.", fix::none, detail_source::length)
FINDING(record_id_characters, unusable, "RFC 8461 3.1",
        "{text} is not allowed in an id",
        "Use letters and digits only: 20260831, not 2026-08-31.", fix::unquote_id)
FINDING(record_id_duplicate, doubtful, "RFC 8461 3.2",
        "a second id is ignored",
        "Keep the one that is meant; senders compare the first one only.")
FINDING(rrset_absent, unusable, "RFC 8461 3.1",
        "there is no TXT record",
        "Publish \"{detail}\".")
FINDING(rrset_none, unusable, "RFC 8461 3.1",
        "none of the TXT records begins with \"{detail}\"",
        "Publish exactly one that does.")
FINDING(rrset_several, unusable, "RFC 8461 3.1",
        "another record begins with \"{detail}\": with more than one, senders use none",
        "Remove all but one, even if they are alike.")
FINDING(rrset_unrelated, remark, "RFC 8461 3.1",
        "this TXT record is not for this name and is passed over",
        "Remove it if nothing needs it.")

// TLS-RPT record and its addresses
FINDING(tlsrpt_rua_missing, unusable, "RFC 8460 3",
        "the record has no rua",
        "Add rua=mailto:ADDRESS or rua=https://HOST/PATH.")
FINDING(tlsrpt_rua_empty, unusable, "RFC 8460 3",
        "the rua is empty",
        "Write rua=mailto:ADDRESS or rua=https://HOST/PATH.")
FINDING(tlsrpt_rua_comma, unusable, "RFC 8460 3",
        "a \",\" of the rua has no address on one side",
        "Remove the extra \",\".", fix::remove)
FINDING(tlsrpt_rua_separator, unusable, "RFC 8460 3",
        "the address {text} is not separated from the one before by \",\"",
        "Write all addresses after one rua=, separated by \",\".", fix::join_rua)
FINDING(tlsrpt_rua_repeated, doubtful, "RFC 8460 3",
        "a further rua: some reporters read only the first, some only the last",
        "Write one rua with the addresses separated by \",\".")
FINDING(tlsrpt_rua_duplicate, doubtful, "RFC 8460 3",
        "the address {text} stands twice",
        "Remove the second one.")
FINDING(tlsrpt_rua_several, remark, "RFC 8460 3",
        "a reporter may send to only one of the addresses",
        "Make sure that each address alone is enough.")
FINDING(tlsrpt_rua_cut, doubtful, "RFC 8460 3",
        "the \";\" before {text} may have cut the address short",
        "If it belongs to the address, write it as %3B.")
FINDING(tlsrpt_no_destination, faulty, "RFC 8460 3",
        "no address of the record can receive a report",
        "Give a mailto: address or an https: URI.")
FINDING(uri_empty, unusable, "RFC 3986 3",
        "the URI is empty",
        "Write mailto:ADDRESS or https://HOST/PATH.")
FINDING(uri_scheme_missing, unusable, "RFC 3986 3.1",
        "{text} has no scheme",
        "Begin with mailto: or https://.", fix::insert_mailto)
FINDING(uri_quoted, unusable, "RFC 3986 2",
        "quotation marks stand around the URI",
        "Remove them.", fix::unquote)
FINDING(uri_bang, unusable, "RFC 8460 3",
        "\"!\" must be percent-encoded in this URI",
        "TLS-RPT knows no size limit such as !10m: remove it, or write %21.", fix::remove_size_limit)
FINDING(uri_percent, unusable, "RFC 3986 2.1",
        "{text} is not a percent-encoding",
        "Write \"%\" and two hexadecimal digits; a bare \"%\" is %25.")
FINDING(uri_space, unusable, "RFC 3986 2",
        "white space stands in the URI",
        "Remove it, or write %20.", fix::remove_uri_space)
FINDING(uri_non_ascii, unusable, "RFC 3986 2",
        "the URI holds an octet that is not ASCII",
        "Write the A-label of a host name, and percent-encode the rest.")
FINDING(uri_characters, unusable, "RFC 3986 2",
        "{text} is not allowed here in a URI",
        "Percent-encode it.")
FINDING(uri_scheme_unsupported, faulty, "RFC 8460 3",
        "reports cannot be sent to {text}",
        "Use mailto: or https:.")
FINDING(uri_http, faulty, "RFC 8460 3",
        "http: is not a supported scheme",
        "Use https:.")
FINDING(uri_mailto_empty, doubtful, "RFC 6068 2",
        "the mailto URI names no recipient",
        "Write mailto:ADDRESS; reporters ignore ?to=.")
FINDING(uri_mailto_address, doubtful, "RFC 6068 2",
        "{text} is not a mail address",
        "Write mailto:LOCAL-PART@DOMAIN.")
FINDING(uri_mailto_fields, remark, "RFC 6068 2",
        "header fields of the mailto URI are ignored by reporters",
        "Remove the part from \"?\".")
FINDING(uri_https_host, doubtful, "RFC 8460 3",
        "the https URI has no host",
        "Write https://HOST/PATH.")
FINDING(uri_userinfo, doubtful, "RFC 9110 4.2.4",
        "a user or a password stands in an https URI, which forbids it; everybody can read it in DNS",
        "Remove what stands before the \"@\"; let the path identify the reporter.")

// Names of hosts, in mx patterns, file names and subjects
FINDING(host_empty, unusable, "RFC 5321 4.1.2",
        "the name is empty",
        "Write the name of a host, such as mail.example.com.")
FINDING(host_address_literal, unusable, "RFC 8461 3.2",
        "{text} is an address literal, not a name",
        "Write the name of the host, as in its MX record.")
FINDING(host_ipv6, unusable, "RFC 8461 3.2",
        "{text} is an IPv6 address, not a name",
        "Write the name of the host, as in its MX record.")
FINDING(host_u_label, unusable, "RFC 8461 3.2",
        "{text} is not ASCII; as A-labels it is {detail}",
        "Write the A-labels.", fix::none, detail_source::a_labels)
FINDING(host_non_ascii, unusable, "RFC 8461 3.2",
        "{text} is not ASCII and is no internationalised name either",
        "Write the A-labels (xn--...) of the name.")
FINDING(host_trailing_dot, unusable, "RFC 5321 4.1.2",
        "the name ends with a dot",
        "Remove the dot; only zone files need it.", fix::remove)
FINDING(host_leading_dot, unusable, "RFC 8461 3.2",
        "the name begins with a dot; that was the syntax of an old draft",
        "Put \"*\" before the dot to cover every host one label below.")
FINDING(host_wildcard_bare, unusable, "RFC 8461 3.2",
        "\"*\" alone covers no host",
        "Write the names of the MX hosts, or *.DOMAIN.")
FINDING(host_wildcard_place, unusable, "RFC 8461 3.2",
        "\"*\" stands in the wrong place",
        "Only a whole left-most label may be \"*\": *.example.com.")
FINDING(host_wildcard_partial, unusable, "RFC 8461 3.2",
        "\"*\" stands for a part of a label",
        "Only a whole left-most label may be \"*\": *.example.com.")
FINDING(host_comma_list, unusable, "RFC 8461 3.2",
        "several names stand in one field",
        "Write an mx line of its own for each name.")
FINDING(host_space, unusable, "RFC 5321 4.1.2",
        "white space stands in the name",
        "Remove it.")
FINDING(host_priority, unusable, "RFC 8461 3.2",
        "{text} is the preference of an MX record",
        "Write the name only, without the number.")
FINDING(host_url, unusable, "RFC 8461 3.2",
        "{text} is a URI, not a name",
        "Write the name of the host only.")
FINDING(host_port, unusable, "RFC 8461 3.2",
        "a port follows the name",
        "Remove it; mail between servers uses port 25.")
FINDING(host_mail_address, unusable, "RFC 8461 3.2",
        "{text} is a mail address, not a name",
        "Write the name of the MX host.")
FINDING(host_underscore, unusable, "RFC 5321 4.1.2",
        "\"_\" is not allowed in the name of a host",
        "Use the name in the MX record; rename the host if it has an underscore.")
FINDING(host_empty_label, unusable, "RFC 5321 4.1.2",
        "there is an empty label between two dots",
        "Remove the extra dot.")
FINDING(host_hyphen, unusable, "RFC 5321 4.1.2",
        "the label {text} begins or ends with \"-\"",
        "A label begins and ends with a letter or digit.")
FINDING(host_quoted, unusable, "RFC 8461 3.2",
        "quotation marks stand around the name",
        "Remove them.", fix::unquote)
FINDING(host_characters, unusable, "RFC 5321 4.1.2",
        "{text} is not allowed in the name of a host",
        "Use letters, digits, \"-\" and \".\".")
FINDING(host_ip_address, doubtful, "RFC 8461 4.1",
        "{text} consists of numbers, as an IPv4 address does; no MX record can name it",
        "Write the name of the host, as in its MX record.")
FINDING(host_label_long, faulty, "RFC 1035 2.3.4",
        "the label {text} has more than 63 octets; no such name can exist",
        "Shorten the label.")
FINDING(host_name_long, faulty, "RFC 1035 2.3.4",
        "the name has more than 253 octets; no such name can exist",
        "Shorten the name.")
FINDING(host_single_label, remark, "RFC 8461 4.1",
        "{text} has a single label; MX hosts hardly ever do",
        "Check the name.")
FINDING(host_local, doubtful, "RFC 6761 6",
        "{text} is a name for local use; no MX host on the Internet has it",
        "Write the public name of the MX host.")
FINDING(host_fake_a_label, doubtful, "RFC 5890 2.3.2",
        "{text} begins with xn-- but is no A-label",
        "Convert the name again; lower-case and composed (NFC) first.")
FINDING(host_reserved_label, doubtful, "RFC 5890 2.3.1",
        "{text} has \"--\" in third and fourth place, which is reserved for labels such as xn--",
        "Check the name.")
FINDING(mx_wildcard, remark, "RFC 8461 4.1",
        "{text} covers names with exactly one label in place of \"*\"",
        "Name the hosts one by one if you know them.")
FINDING(mx_technical_name, doubtful, "RFC 8461 3.2",
        "{text} is the name of a web service; MX hosts hardly ever have it",
        "Name the hosts in the MX records of the domain only.")
FINDING(mx_wildcard_wide, doubtful, "RFC 8461 10.4",
        "{text} covers every name directly below a public suffix",
        "Name the MX hosts, or a wildcard below your own domain.")

// Policy: the lines
FINDING(policy_empty, unusable, "RFC 8461 3.2",
        "the policy is empty",
        "Write version, mode, max_age and mx lines.")
FINDING(policy_is_html, unusable, "RFC 8461 3.2",
        "this is a web page, not a policy",
        "Serve the policy itself, as text/plain, without an error page or a redirect.")
FINDING(policy_is_json, unusable, "RFC 8461 3.2",
        "this is JSON, the form of an old draft",
        "Write lines of \"name: value\".")
FINDING(policy_is_record, unusable, "RFC 8461 3.2",
        "this is the text of a TXT record, not a policy",
        "Publish it in DNS; the policy has lines of \"name: value\".")
FINDING(policy_bom, unusable, "RFC 8461 3.2",
        "a byte order mark stands before the first field",
        "Save the file as UTF-8 without BOM.", fix::remove)
FINDING(policy_bom_skipped, doubtful, "RFC 8461 3.2",
        "a byte order mark before the first field was skipped; a strict sender discards the policy",
        "Save the file as UTF-8 without BOM.", fix::remove)
FINDING(policy_blank_line, unusable, "RFC 8461 3.2",
        "there is a blank line",
        "Remove it; the last line may end with one line end, not two.", fix::remove)
FINDING(policy_blank_line_skipped, doubtful, "RFC 8461 3.2",
        "a blank line was skipped; a strict sender discards the policy",
        "Remove it.", fix::remove)
FINDING(policy_bare_cr, unusable, "RFC 8461 3.2",
        "a CR without LF does not end a line",
        "End lines with CRLF or LF.", fix::write_line_end)
FINDING(policy_control, unusable, "RFC 8461 3.2",
        "the line holds a control character",
        "Remove it.")
FINDING(policy_not_utf8, unusable, "RFC 8461 3.2",
        "these octets are not well-formed UTF-8",
        "Save the file as UTF-8, or keep to ASCII.")
FINDING(policy_utf16, unusable, "RFC 8461 3.2",
        "the text is UTF-16",
        "Save the file as UTF-8 without BOM, or in ASCII.")
FINDING(policy_leading_space, unusable, "RFC 8461 3.2",
        "white space stands before the field name",
        "Remove it; lines cannot be continued or indented.", fix::remove)
FINDING(policy_comment, unusable, "RFC 8461 3.2",
        "a policy has no comments",
        "Remove the line.", fix::remove_line)
FINDING(policy_equals_sign, unusable, "RFC 8461 3.2",
        "\"=\" stands where \":\" belongs",
        "Write \"name: value\"; \"=\" is for the TXT record.", fix::write_colon)
FINDING(policy_colon_missing, unusable, "RFC 8461 3.2",
        "the line has no \":\"",
        "Write \"name: value\", or remove the line.")
FINDING(policy_space_before_colon, unusable, "RFC 8461 3.2",
        "white space stands before the \":\"",
        "Remove it: \"name: value\".", fix::remove)
FINDING(policy_name, unusable, "RFC 8461 3.2",
        "{text} is not a field name",
        "A name has 1 to 32 letters, digits, \"_\", \"-\" or \".\", and begins with a letter or digit.")
FINDING(policy_value_empty, unusable, "RFC 8461 3.2",
        "the field {text} has no value",
        "Give it a value or remove the line.", fix::remove_empty_line)
FINDING(policy_value_quoted, unusable, "RFC 8461 3.2",
        "quotation marks stand around the value",
        "Remove them.", fix::unquote)
FINDING(policy_value_tab, unusable, "RFC 8461 3.2",
        "a tab stands inside the value",
        "Use a space.", fix::write_space)
FINDING(policy_value_semicolon, unusable, "RFC 8461 3.2",
        "a \";\" ends the value; it is not part of the syntax here",
        "Remove it; the line end separates the fields.", fix::remove)
FINDING(policy_value_comment, unusable, "RFC 8461 3.2",
        "a comment follows the value; a policy has no comments",
        "Remove it.", fix::remove_comment)
FINDING(policy_one_line, unusable, "RFC 8461 3.2",
        "several fields stand in one line",
        "Write each field on a line of its own.")

// Policy: the fields
FINDING(policy_version_missing, unusable, "RFC 8461 3.2",
        "the policy has no version",
        "Add the line \"version: STSv1\".", fix::insert_policy_version)
FINDING(policy_version_case, unusable, "RFC 8461 3.2",
        "{text} is not STSv1: the value is case-sensitive",
        "Write \"version: STSv1\".", fix::write_policy_version)
FINDING(policy_version_unknown, unusable, "RFC 8461 3.2",
        "{text} is not a version this RFC knows",
        "Write \"version: STSv1\".")
FINDING(policy_mode_missing, unusable, "RFC 8461 3.2",
        "the policy has no mode",
        "Add \"mode: testing\", \"mode: enforce\" or \"mode: none\".")
FINDING(policy_mode_case, unusable, "RFC 8461 3.2",
        "{text} is not a mode: the value is case-sensitive",
        "Write it in lower case.", fix::lower_case)
FINDING(policy_mode_report, unusable, "RFC 8461 3.2",
        "{text} is the mode of an old draft",
        "Write \"mode: testing\".", fix::write_testing)
FINDING(policy_mode_unknown, unusable, "RFC 8461 3.2",
        "{text} is not a mode",
        "Write testing, enforce or none.")
FINDING(policy_max_age_missing, unusable, "RFC 8461 3.2",
        "the policy has no max_age",
        "Add \"max_age: 604800\" or more (in seconds).")
FINDING(policy_max_age_unit, unusable, "RFC 8461 3.2",
        "{text} has a unit; max_age is a bare number of seconds",
        "Write the seconds in digits: 604800 is a week.", fix::write_seconds)
FINDING(policy_max_age_sign, unusable, "RFC 8461 3.2",
        "{text} has a sign; max_age is a bare number of seconds",
        "Write digits only.", fix::remove_sign)
FINDING(policy_max_age_digits, unusable, "RFC 8461 3.2",
        "{text} has more than 10 digits",
        "Write at most 31557600.", fix::remove_zeros)
FINDING(policy_max_age_number, unusable, "RFC 8461 3.2",
        "{text} is not a whole number of seconds",
        "Write 1 to 10 digits from 0 to 9.", fix::remove_separators)
FINDING(policy_max_age_large, faulty, "RFC 8461 3.2",
        "max_age is above the maximum of 31557600 (a year); some senders clamp it, some discard the policy",
        "Write 31557600 or less.")
FINDING(policy_max_age_zero, doubtful, "RFC 8461 3.2",
        "with a max_age of 0 senders forget the policy at once; it protects nothing",
        "Write 604800 (a week) or more.")
FINDING(policy_max_age_short, doubtful, "RFC 8461 3.2",
        "max_age is shorter than a week; an attacker who blocks the policy for that long removes the protection",
        "Write 604800 or more; the RFC expects weeks.")
FINDING(policy_max_age_modest, remark, "RFC 8461 3.2",
        "max_age is shorter than two weeks",
        "Raise it once the policy has proved itself; up to 31557600.")
FINDING(policy_max_age_zeros, remark, "RFC 8461 3.2",
        "max_age has leading zeros",
        "Remove them.")
FINDING(policy_mx_missing, unusable, "RFC 8461 3.2",
        "the policy has no mx, and its mode is not none",
        "Add an \"mx:\" line for each MX host.")
FINDING(policy_mx_skipped, doubtful, "RFC 8461 3.2",
        "the malformed mx {text} was skipped; a strict sender discards the policy",
        "Correct or remove the line.")
FINDING(policy_mx_duplicate, doubtful, "RFC 8461 3.2",
        "the mx {text} stands twice",
        "Remove the second line.")
FINDING(policy_mx_redundant, remark, "RFC 8461 4.1",
        "the mx {text} is covered by \"{detail}\" already",
        "Remove one of the two.")
FINDING(policy_field_duplicate, doubtful, "RFC 8461 3.2",
        "the field \"{detail}\" stands twice; the first counts, but some senders take the last",
        "Keep the line that is meant, and remove the other.")
FINDING(policy_extension, remark, "RFC 8461 3.2",
        "the field {text} is unknown and is ignored",
        "Remove it unless you know who reads it.")
FINDING(policy_name_case, remark, "RFC 8461 3.2",
        "{text} is an unknown field; did you mean \"{detail}\"?",
        "Names are case-sensitive: write \"{detail}\".", fix::write_detail)
FINDING(policy_name_typo, doubtful, "RFC 8461 3.2",
        "{text} is an unknown field; did you mean \"{detail}\"?",
        "Write \"{detail}\", or remove the line.", fix::write_name)
FINDING(policy_record_field, remark, "RFC 8461 9.3",
        "{text} belongs in the TXT record; here it is ignored",
        "Remove the line.")
FINDING(policy_mode_testing, remark, "RFC 8461 5",
        "mode testing protects nothing yet; senders only report",
        "Go on to \"mode: enforce\" when the reports stay clean.")
FINDING(policy_mode_none, remark, "RFC 8461 5",
        "mode none asks for no protection; it serves to withdraw a policy",
        "Keep it until every earlier policy has run out.")
FINDING(policy_none_with_mx, remark, "RFC 8461 3.2",
        "with mode none the mx lines have no effect",
        "Remove them, or keep them for later.")
FINDING(policy_line_feed, remark, "RFC 8461 3.2",
        "lines end with LF; the grammar allows it, the prose says CRLF",
        "Write CRLF to satisfy every checker.")
FINDING(policy_line_ends_mixed, remark, "RFC 8461 3.2",
        "some lines end with LF, some with CRLF",
        "Write CRLF everywhere.")
FINDING(policy_trailing_space, remark, "RFC 8461 3.2",
        "white space ends the line; the grammar allows it",
        "Remove it.", fix::remove)
FINDING(policy_version_not_first, remark, "RFC 8461 3.2",
        "version is not the first line; any order is allowed, but readers look for it there",
        "Move it to the front.")

// Two things compared
FINDING(pair_policy_unusable, faulty, "RFC 8461 3.3",
        "the record announces a policy that no strict sender can use",
        "Correct the policy before you publish the record.")
FINDING(pair_record_unusable, faulty, "RFC 8461 3.1",
        "the policy is fine, but its record is not: no sender will find it",
        "Correct the record.")
FINDING(pair_id_digest, doubtful, "RFC 8461 3.1",
        "the id looks like a policy digest, but of another policy than this",
        "Publish the id \"{detail}\" with this policy.")
FINDING(cover_host_missing, faulty, "RFC 8461 4.1",
        "the MX host {detail} is not covered: senders will not deliver to it",
        "Add \"mx: {detail}\" and publish a new id; until the old max_age has passed, senders may go by the old policy.")
FINDING(cover_host_missing_testing, doubtful, "RFC 8461 4.1",
        "the MX host {detail} is not covered: with mode enforce senders would not deliver to it",
        "Add \"mx: {detail}\".")
FINDING(cover_wildcard_depth, faulty, "RFC 8461 4.1",
        "{text} covers one label only, so it does not cover the MX host {detail}",
        "Put the \"*\" one label above the host's name, or name the host.")
FINDING(cover_wildcard_depth_testing, doubtful, "RFC 8461 4.1",
        "{text} covers one label only, so with mode enforce it would not cover the MX host {detail}",
        "Put the \"*\" one label above the host's name, or name the host.")
FINDING(cover_pattern_unused, doubtful, "RFC 8461 4.1",
        "the mx {text} covers none of the MX hosts",
        "Remove it once no sender can hold an older answer, or correct it.")
FINDING(cover_null_mx, doubtful, "RFC 7505 3",
        "the domain takes no mail (null MX), so the policy has no effect",
        "Remove the policy, or the null MX.")
FINDING(change_id_same, faulty, "RFC 8461 3.1",
        "the policy changed but the id \"{detail}\" did not: senders keep the old policy",
        "Publish a new id after the policy is in place.")
FINDING(change_id_only, remark, "RFC 8461 3.1",
        "the id changed but the policy did not: senders fetch it once more",
        "Nothing to do.")
FINDING(change_mx_dropped, doubtful, "RFC 8461 8.1",
        "the mx \"{detail}\" was dropped, and senders may hold the old policy for another max_age",
        "Make sure the new hosts were covered by the old policy all that time.")
FINDING(change_mx_not_held, faulty, "RFC 8461 8.1",
        "the MX host {detail} is not covered by the old policy, which senders may still hold",
        "Publish the new policy first and change the MX records only when the old max_age has passed.")
FINDING(change_enforce_dropped, doubtful, "RFC 8461 8.3",
        "mode enforce was left without a phase of mode none",
        "Publish \"mode: none\" with a new id until the old max_age has passed.")
FINDING(change_enforce_unusable, faulty, "RFC 8461 8.3",
        "the old policy was enforced and the new text is no policy: senders go on enforcing the old one",
        "Publish \"mode: none\" with a new id until the old max_age has passed.")
FINDING(change_max_age_raised, remark, "RFC 8461 10.2",
        "max_age went up: a mistake in this policy now lasts longer",
        "Make sure that every MX host is covered.")
FINDING(change_max_age_lowered, remark, "RFC 8461 3.2",
        "max_age went down: senders that have not fetched again still hold the longer one",
        "Allow for the old value until it has passed.")

// TLS-RPT: addresses, file names, subjects, times
FINDING(ip_empty, unusable, "RFC 8460 4.4",
        "the address is empty",
        "Write an IPv4 or IPv6 address.")
FINDING(ip_octet_range, unusable, "RFC 8460 4.4",
        "{text} is above 255",
        "Write four numbers from 0 to 255.")
FINDING(ip_leading_zero, unusable, "RFC 8460 4.4",
        "{text} has a leading zero, which some readers take as octal",
        "Remove the zero.")
FINDING(ip_port, unusable, "RFC 8460 4.4",
        "a port follows the address",
        "Remove it.")
FINDING(ip_brackets, unusable, "RFC 8460 4.4",
        "brackets stand around the address",
        "Remove them.")
FINDING(ip_zone, unusable, "RFC 8460 4.4",
        "a zone identifier follows the address",
        "Remove the part from \"%\".")
FINDING(ip_groups, unusable, "RFC 8460 4.4",
        "the address has the wrong number of groups",
        "Write four numbers (IPv4), or eight groups with at most one \"::\" (IPv6).")
FINDING(ip_group_long, unusable, "RFC 8460 4.4",
        "the group {text} has more than four digits",
        "Write groups of 1 to 4 hexadecimal digits.")
FINDING(ip_compression, unusable, "RFC 8460 4.4",
        "\"::\" stands twice",
        "Compress one run of zeros only.")
FINDING(ip_characters, unusable, "RFC 8460 4.4",
        "{text} is not allowed in an address",
        "Write an IPv4 or IPv6 address.")
FINDING(ip_not_canonical, doubtful, "RFC 5952 4",
        "the canonical form of this address is {detail}",
        "Write {detail}.", fix::none, detail_source::canonical_address)
FINDING(filename_parts, unusable, "RFC 8460 5.1",
        "the file name does not have four or five parts",
        "Write SENDER!POLICY-DOMAIN!BEGIN!END[!UNIQUE-ID].json or .json.gz.")
FINDING(filename_extension, unusable, "RFC 8460 5.1",
        "the file name does not end with .json or .json.gz",
        "Name a plain report .json and a compressed one .json.gz.")
FINDING(filename_time, unusable, "RFC 8460 5.1",
        "{text} is not a number of Unix seconds",
        "Write digits only.")
FINDING(filename_unique_id, unusable, "RFC 8460 5.1",
        "{text} is not a unique-id",
        "Use letters and digits only; take the dashes out of a UUID.")
FINDING(filename_extension_case, doubtful, "RFC 8460 5.1",
        "the extension is not in lower case",
        "Write .json or .json.gz.")
FINDING(filename_day, doubtful, "RFC 8460 4.1",
        "the times do not span one UTC day",
        "Write the Unix seconds of 00:00:00 and 23:59:59 UTC.")
FINDING(filename_order, doubtful, "RFC 8460 5.1",
        "the end lies before the beginning",
        "Swap the two times.")
FINDING(filename_time_large, doubtful, "RFC 8460 5.1",
        "{text} is not a plausible time for a report",
        "Write Unix seconds, with 10 digits.")
FINDING(subject_words, unusable, "RFC 8460 5.3",
        "the subject is not \"Report Domain: ... Submitter: ... Report-ID: <...>\"",
        "Write exactly these words; they are case-sensitive.")
FINDING(subject_space, unusable, "RFC 8460 5.3",
        "white space is missing here",
        "Put a space between word and value.")
FINDING(subject_report_id, unusable, "RFC 8460 5.3",
        "{text} is not a report id in angle brackets",
        "Write <LEFT@RIGHT>, as in a Message-ID.")
FINDING(subject_one_label, unusable, "RFC 6376 3.5",
        "{text} has a single label; a domain-name has two or more",
        "Write the full domain name.")
FINDING(time_syntax, unusable, "RFC 3339 5.6",
        "{text} is not a date and time",
        "Write 2026-08-31T00:00:00Z.")
FINDING(time_zone_missing, unusable, "RFC 3339 5.6",
        "the time has no zone",
        "Add \"Z\" if it is UTC.")
FINDING(time_hour_24, unusable, "RFC 3339 5.6",
        "there is no hour 24",
        "Write 23:59:59, or 00:00:00 of the next day.")
FINDING(time_range, unusable, "RFC 3339 5.7",
        "{text} is outside its range",
        "Check month, day, hour, minute and second.")
FINDING(time_leap_second, remark, "RFC 3339 5.7",
        "a leap second",
        "Reports hardly need one.")
FINDING(time_lower_case, doubtful, "RFC 7493 4.3",
        "\"t\" and \"z\" are written in upper case",
        "Write T and Z.")
FINDING(time_space, unusable, "RFC 3339 5.6",
        "a space stands between date and time",
        "Write T between them.")
FINDING(time_date_only, unusable, "RFC 3339 5.6",
        "the time of the day is missing",
        "Write date and time, such as 2026-08-31T00:00:00Z.")
FINDING(time_zone_unknown, doubtful, "RFC 3339 4.3",
        "-00:00 says that the zone is unknown",
        "Write Z.")
FINDING(time_zone_offset, remark, "RFC 8460 4.1",
        "the time is not written in UTC",
        "Write it in UTC, with Z.")

// JSON (RFC 8259), I-JSON (RFC 7493)
FINDING(json_empty, unusable, "RFC 8259 2",
        "there is no JSON text",
        "Send the report as one JSON object.")
FINDING(json_syntax, unusable, "RFC 8259 2",
        "{text} cannot stand here",
        "Write what JSON expects at this place.")
FINDING(json_truncated, unusable, "RFC 8259 2",
        "the text ends in the middle of the JSON",
        "Send the whole report; it was cut off on its way or when it was saved.")
FINDING(json_trailing_comma, unusable, "RFC 8259 4",
        "no comma may stand before {text}",
        "Remove the comma.")
FINDING(json_comma_missing, unusable, "RFC 8259 4",
        "a comma is missing before {text}",
        "Write \",\" between members and between the values of an array.")
FINDING(json_single_quotes, unusable, "RFC 8259 7",
        "single quotes do not make a string",
        "Write double quotes.")
FINDING(json_name_unquoted, unusable, "RFC 8259 4",
        "the name of a member is a string in double quotes",
        "Write the name in double quotes.")
FINDING(json_literal, unusable, "RFC 8259 3",
        "{text} is no JSON value",
        "Of bare words, JSON has true, false and null alone, in lower case.")
FINDING(json_number, unusable, "RFC 8259 6",
        "{text} is not how JSON writes a number",
        "Write plain digits, without plus sign or leading zeros.")
FINDING(json_control, unusable, "RFC 8259 7",
        "a control character stands bare in a string",
        "Write it as an escape: \\n, \\t or \\u00XX.")
FINDING(json_escape, unusable, "RFC 8259 7",
        "{text} is no escape of JSON",
        "Write \\\\ for a backslash; escapes are \\\", \\\\, \\/, \\b, \\f, \\n, \\r, \\t and \\uXXXX.")
FINDING(json_nul, unusable, "RFC 8259 7",
        "a NUL character",
        "Remove it; programs cut text off there.")
FINDING(json_surrogate, unusable, "RFC 7493 2.1",
        "{text} is half of a surrogate pair",
        "Write both halves, or the character itself in UTF-8.")
FINDING(json_noncharacter, unusable, "RFC 7493 2.1",
        "a code point that is no character and never will be",
        "Remove it.")
FINDING(json_duplicate, unusable, "RFC 7493 2.3",
        "the object has a member of this name already: {text}",
        "Keep one of them; of known members the first is used here.")
FINDING(json_deep, unusable, "RFC 8259 9",
        "values are nested deeper than the limit",
        "A report needs five levels.")
FINDING(json_trailing, unusable, "RFC 8259 2",
        "something follows the JSON text",
        "Send one report per file.")
FINDING(json_byte_order_mark, doubtful, "RFC 8259 8.1",
        "the text begins with a byte order mark",
        "Save it as UTF-8 without one.")
FINDING(json_not_utf8_encoding, unusable, "RFC 8259 8.1",
        "the text is encoded in UTF-16 or UTF-32",
        "Send the report as UTF-8.")

// TLS-RPT reports: members
FINDING(report_not_object, unusable, "RFC 8460 4.4",
        "a report is one JSON object",
        "Put the members of the report between \"{\" and \"}\".")
FINDING(report_member_missing, unusable, "RFC 8460 4.4",
        "the member \"{detail}\" is missing",
        "Add it.")
FINDING(report_member_omitted, doubtful, "RFC 8460 4.4",
        "the member \"{detail}\" is expected here",
        "Add it; report readers group and explain by it.")
FINDING(report_member_type, unusable, "RFC 8460 4.4",
        "this must be {detail}",
        "Write {detail}.")
FINDING(report_member_null, unusable, "RFC 8460 4.4",
        "this member may not be null",
        "Write its value, or leave out a member that is optional.")
FINDING(report_member_null_optional, doubtful, "RFC 8460 4.4",
        "an optional member is left out, not null",
        "Leave the member out.")
FINDING(report_member_bare, doubtful, "RFC 8460 4.4",
        "this must be an array of strings, not one string",
        "Write [ and ] around it.")
FINDING(report_member_single, unusable, "RFC 8460 4.4",
        "this must be an array, even of one object",
        "Write [ and ] around it.")
FINDING(report_member_empty, doubtful, "RFC 8460 4.4",
        "the value is empty",
        "Write a value.")
FINDING(report_member_unknown, remark, "RFC 7493 4.2",
        "RFC 8460 has no member {text} here; it is ignored",
        "Nothing to do if it is meant for your own readers.")
FINDING(report_member_misspelt, doubtful, "RFC 8460 4.4",
        "{text} is ignored: the member is called \"{detail}\"",
        "Write \"{detail}\".")
FINDING(report_member_misplaced, doubtful, "RFC 8460 4.4",
        "{text} is ignored here: it is a member of \"{detail}\"",
        "Put it into the object \"{detail}\".")
FINDING(report_string_bare_number, unusable, "RFC 8460 4.4",
        "this must be a string, not a number",
        "Write it in double quotes.")

// TLS-RPT reports: times and persons
FINDING(report_range_backwards, doubtful, "RFC 8460 4.4",
        "the report ends before it starts; its date-range is not used",
        "Swap or correct the two times.")
FINDING(report_range_not_day, doubtful, "RFC 8460 4.1",
        "a report covers one whole day of UTC",
        "Let it start at 00:00:00Z and end at 23:59:59Z of the same day.")
FINDING(report_range_midnight, remark, "RFC 8460 4.1",
        "the day's end is given as the next day's beginning",
        "Write 23:59:59Z of the same day, as the RFC's example does.")
FINDING(report_contact_uri, unusable, "RFC 8460 4.4",
        "this is a URI, not a mail address",
        "Write the address without \"mailto:\".")
FINDING(report_contact_list, unusable, "RFC 8460 4.4",
        "this is more than one mail address",
        "Write one address.")
FINDING(report_contact_name, unusable, "RFC 8460 4.4",
        "a display name does not belong to the address",
        "Write the address alone, without name and angle brackets.")
FINDING(report_contact_literal, doubtful, "RFC 8460 5.3",
        "the domain of the contact is an address literal, which names no reporter",
        "Write an address at the reporting domain, which signs the report's mail.")
FINDING(report_contact_non_ascii, unusable, "RFC 8460 5.1",
        "the address is not in ASCII; its domain must have A-labels",
        "Write the domain with A-labels (xn--).")
FINDING(report_contact_syntax, unusable, "RFC 5322 3.4.1",
        "{text} is not a mail address",
        "Write local-part@domain.")
FINDING(report_id_domain_missing, remark, "RFC 8460 4.4",
        "nothing follows the \"+\" of the report id",
        "Nothing to do; ids are compared as they are.")

// TLS-RPT reports: policies
FINDING(report_policies_empty, doubtful, "RFC 8460 4.4",
        "the report has no policies",
        "Send no report for a day without sessions.")
FINDING(report_policy_type_case, unusable, "RFC 8460 4.4",
        "policy types are written in lower case: {text}",
        "Write \"{detail}\".")
FINDING(report_policy_type_unknown, unusable, "RFC 8460 4.4",
        "{text} is not a policy type",
        "Write tlsa, sts or no-policy-found.")
FINDING(report_domain_non_ascii, unusable, "RFC 8460 4.4",
        "the domain must have A-labels",
        "Write the domain with A-labels (xn--).")
FINDING(report_domain_syntax, unusable, "RFC 8460 4.4",
        "{text} is not a domain name",
        "Write the policy domain, such as example.com.")
FINDING(report_domain_owner, doubtful, "RFC 7672 2.2.3",
        "the policy domain is the name of the host, without \"_25._tcp.\"",
        "Write the TLSA base domain alone.")
FINDING(report_domain_final_dot, doubtful, "RFC 8460 4.4",
        "the policy domain is written without a final dot",
        "Remove the dot.")
FINDING(report_domain_case, remark, "RFC 8460 4.4",
        "domain names are the same in either case",
        "Write them in lower case, so that no reader counts them apart.")
FINDING(report_mx_host_key, doubtful, "RFC 8460 4.4",
        "the key \"mx:\" does not belong to the pattern",
        "Write the pattern alone.")
FINDING(report_mx_host_non_ascii, unusable, "RFC 8460 4.4",
        "mx patterns must have A-labels",
        "Write the pattern with A-labels (xn--).")
FINDING(report_mx_host_syntax, doubtful, "RFC 8461 3.2",
        "{text} is not an mx pattern",
        "Write the patterns of the policy as they stand after \"mx:\".")
FINDING(report_mx_host_empty, doubtful, "RFC 8460 4.4",
        "a policy of type sts has mx patterns",
        "Write the patterns of the policy.")
FINDING(report_mx_host_without_sts, doubtful, "RFC 8460 4.4",
        "only policies of type sts have mx patterns",
        "Leave the member out.")
FINDING(report_policy_string_without_policy, doubtful, "RFC 8460 4.4",
        "where no policy was found there is no text of it",
        "Leave the member out.")
FINDING(report_policy_lines_joined, doubtful, "RFC 8460 4.5",
        "several lines of the policy stand in one string",
        "Write one string per line.")
FINDING(report_policy_line_return, doubtful, "RFC 8460 4.5",
        "the carriage return is the line's end, not its text",
        "Split the policy at CRLF.")
FINDING(report_policy_string_json, doubtful, "RFC 8460 4.5",
        "the strings are written as JSON inside one string",
        "Write them as elements of the array itself.")
FINDING(report_tlsa_record, doubtful, "RFC 8460 4.5",
        "this is not the data of a TLSA record",
        "Write the four fields with single spaces between them, such as \"3 1 1 9F86D081\".")
FINDING(report_tlsa_owner, doubtful, "RFC 8460 4.5",
        "owner, class and type of the TLSA record do not belong here",
        "Write the four fields of its data alone.")

// TLS-RPT reports: counts and failures
FINDING(report_count_fraction, unusable, "RFC 8460 4.4",
        "{text} is not an integer",
        "Write a count of sessions.")
FINDING(report_count_negative, unusable, "RFC 8460 4.4",
        "a count of sessions is not negative",
        "Write 0 or more.")
FINDING(report_count_quoted, unusable, "RFC 8460 4.4",
        "a count is a number, not a string",
        "Write it without quotes.")
FINDING(report_count_form, doubtful, "RFC 8259 6",
        "{text} is an unusual way to write an integer",
        "Write plain digits.")
FINDING(report_count_large, doubtful, "RFC 7493 2.2",
        "the count is above 9007199254740991, and is read as that",
        "Write a count that all readers know exactly.")
FINDING(report_count_sum, remark, "RFC 8460 4",
        "the listed failures add up to more than total-failure-session-count",
        "Nothing to do if a session failed in more than one way.")
FINDING(report_result_unknown, doubtful, "RFC 8460 4.3",
        "{text} is not a registered result type",
        "Write a result type of the IANA registry.")
FINDING(report_result_case, doubtful, "RFC 8460 4.3",
        "{text} is not a registered result type; they are written in lower case",
        "Write \"{detail}\".")
FINDING(report_result_policy, doubtful, "RFC 8460 4.3.2",
        "the result type \"{detail}\" does not belong to the type of this policy",
        "Report it with the policy that it is about.")
FINDING(report_reason_missing, doubtful, "RFC 8460 4.3.1",
        "this result type says little without \"{detail}\"",
        "Add \"{detail}\" with the error's name or number.")
FINDING(report_failure_count_zero, doubtful, "RFC 8460 4.4",
        "the failure has a session count of 0",
        "Leave the failure out.")
FINDING(report_uri_syntax, doubtful, "RFC 3986 3",
        "{text} is not a URI",
        "Percent-encode spaces and other characters that a URI cannot hold.")

// TLS-RPT reports: files
FINDING(report_name_sender, doubtful, "RFC 8460 5.1",
        "the file name has the sender {text}, the report's contact has the domain {detail}",
        "Name the file after the domain of contact-info; the report counts.")
FINDING(report_name_domain, doubtful, "RFC 8460 5.1",
        "the file name has the policy domain {text}, which is not in the report",
        "Name the file after the policy domain; the report counts.")
FINDING(report_name_time, doubtful, "RFC 8460 5.1",
        "the file name and the report have different times: {text} and {detail}",
        "Name the file after the report's date-range; the report counts.")
FINDING(report_name_compression, doubtful, "RFC 8460 5.1",
        "the file name's extension and its content differ: the content is {detail}",
        "Use .json for plain JSON and .json.gz for gzip.")
FINDING(gzip_corrupt, unusable, "RFC 1952 2.3",
        "the gzip data is damaged: {detail}",
        "Get the file again.")
FINDING(gzip_truncated, unusable, "RFC 1952 2.3",
        "the gzip data ends too early",
        "Get the whole file again.")
FINDING(gzip_large, unusable, "RFC 8259 9",
        "the gzip data decompresses to more than {detail}",
        "Ask the sender; no report is that large.")
FINDING(gzip_trailing, doubtful, "RFC 1952 2.3",
        "something that is no gzip member follows the data",
        "Remove it; it is ignored.")
FINDING(gzip_other_format, unusable, "RFC 8460 5.1",
        "this is {detail}, not gzip",
        "Compress reports with gzip.")

// TLS-RPT reports: limits of the reader
FINDING(report_many_policies, unusable, "RFC 8259 9",
        "more policies than the limit; nothing was read from here on",
        "Raise the limit if the report is to be trusted.")
FINDING(report_many_failures, unusable, "RFC 8259 9",
        "more failure details than the limit; nothing was read from here on",
        "Raise the limit if the report is to be trusted.")
FINDING(report_many_strings, unusable, "RFC 8259 9",
        "more strings than the limit; nothing was read from here on",
        "Raise the limit if the report is to be trusted.")
FINDING(report_many_members, unusable, "RFC 8259 9",
        "more unknown members than the limit; nothing was read from here on",
        "Raise the limit if the report is to be trusted.")
FINDING(report_long_string, unusable, "RFC 8259 9",
        "a string longer than the limit; nothing was read from here on",
        "Raise the limit if the report is to be trusted.")
FINDING(report_many_findings, remark, "RFC 8259 9",
        "more findings than the limit; the others are not listed",
        "Correct these first.")
FINDING(report_forbidden, unusable, "RFC 8460 4.4",
        "readers accept this with a warning, but no report may be written this way",
        "See the warning at this place.")
FINDING(report_unwritable, unusable, "RFC 8460 4.4",
        "what was written reads back as another value",
        "Give every member a value that the report can hold.")

// clang-format on
#undef FINDING
};

inline constexpr auto slug_octets = [] {
    constexpr auto size = [] {
        std::size_t sum = 0;
        for (auto const& row : named_rows) sum += row.slug.size();
        return sum;
    }();
    std::array<char, size> octets{};
    std::size_t i = 0;
    for (auto const& row : named_rows)
        for (char const c : row.slug) octets[i++] = c == '_' ? '-' : c;
    return octets;
}();

}  // namespace detail

/// The rows of all codes, in their order.
inline constexpr auto meanings = [] {
    std::array<meaning, std::size(detail::named_rows)> rows{};
    auto const* next = detail::slug_octets.data();
    for (std::size_t i = 0; i != rows.size(); ++i) {
        rows[i] = detail::named_rows[i];
        rows[i].slug = {next, rows[i].slug.size()};
        next += rows[i].slug.size();
    }
    return rows;
}();

/// The row of a code.
/// Example: `static_assert(mtasts::meaning_of(mtasts::code::policy_mode_case).slug == "policy-mode-case");`
constexpr meaning const& meaning_of(code what) { return meanings[static_cast<std::size_t>(what)]; }

/// The row with this slug, or nullptr.
constexpr meaning const* find_meaning(std::string_view slug) {
    for (auto const& row : meanings)
        if (row.slug == slug) return &row;
    return nullptr;
}

}  // namespace mtasts

namespace mtasts {

/// Some octets of a text, counted from 0.
/// Example: `static_assert(mtasts::text_span{8, 4}.of("v=STSv1; id=1") == " id=");`
struct text_span {
    std::size_t offset = 0;
    std::size_t length = 0;

    constexpr std::size_t end() const { return offset + length; }
    constexpr std::string_view of(std::string_view text) const {
        return text.substr(offset < text.size() ? offset : text.size(), length);
    }
    friend constexpr bool operator==(text_span, text_span) = default;
};

namespace detail {

/// The span of a part, which is a view of the whole.
constexpr text_span span_of(std::string_view whole, std::string_view part) {
    return {static_cast<std::size_t>(part.data() - whole.data()), part.size()};
}

/// From the beginning of one part to the end of another.
constexpr text_span span_of(std::string_view whole, std::string_view first, std::string_view last) {
    auto const begin = span_of(whole, first).offset;
    return {begin, span_of(whole, last).end() - begin};
}

}  // namespace detail

/// How far a grammar matched a text, and what it would have accepted there.
/// Example: `static_assert(mtasts::expectation{}.wanted.empty());`
struct expectation {
    /// What a grammar would have accepted: a production's name, or a literal.
    struct item {
        std::string_view text;
        bool literal = false;

        friend constexpr bool operator==(item const&, item const&) = default;
    };

    std::size_t offset = 0;
    std::vector<item> wanted;
};

/// One thing to say about a text. Its words, severity and advice follow from the code (meaning.hpp).
struct finding {
    mtasts::code code;
    text_span where;
    /// What the message names besides the octets of the span: static text, or a view of the caller's data.
    std::string_view detail = {};
    /// For a syntax error: what the grammar would have accepted in a part of the text.
    expectation (*expect)(std::string_view part) = nullptr;
    text_span part = {};
    /// False if the usual correction would not help, for instance because the field that was meant is already there.
    bool correctable = true;
    /// Set if another clause applies than the one in findings.def.
    std::string_view other_clause = {};

    constexpr meaning const& means() const { return meaning_of(code); }
    constexpr mtasts::severity severity() const { return means().weight.severity; }
    constexpr bool makes_unusable() const { return means().weight.makes_unusable; }
    /// What the grammar would have accepted where the text leaves it; `text` is the text the finding is about.
    constexpr expectation expected_in(std::string_view text) const {
        if (expect == nullptr) return {};
        auto answer = expect(part.of(text));
        answer.offset += part.offset;
        return answer;
    }
    constexpr std::string_view clause() const { return other_clause.empty() ? means().clause : other_clause; }
};

/// All findings about a text, by place.
using findings = std::vector<finding>;

/// A value, and all findings about the text it was read from.
///
/// The value holds whatever could be read, even from a text with errors, and its strings are views of that text.
/// `usable()` is exactly what a strict consumer may use.
/// Example: `static_assert(mtasts::parse_sts_record("v=STSv1; id=1").usable());`
template <class T>
struct parsed {
    T value{};
    mtasts::findings findings{};

    constexpr bool usable() const {
        for (auto const& f : findings)
            if (f.makes_unusable()) return false;
        return true;
    }
    /// The first finding with this code, or nullptr.
    constexpr finding const* find(code what) const {
        for (auto const& f : findings)
            if (f.code == what) return &f;
        return nullptr;
    }
    constexpr bool has(code what) const { return find(what) != nullptr; }
};

/// Whether a finding is at or above a severity.
constexpr bool any_at_least(findings const& all, severity least) {
    for (auto const& f : all)
        if (f.severity() >= least) return true;
    return false;
}

/// Orders findings by place; those of one place keep their order.
constexpr void sort_by_place(findings& all) {
    auto const place = [&](std::size_t i) { return all[i].where.offset; };
    auto const stop = [&](std::size_t i) { return i < all.size() ? i : all.size(); };
    std::size_t sorted = 1;
    while (sorted < all.size() && place(sorted - 1) <= place(sorted)) ++sorted;
    if (sorted >= all.size()) return;
    // Runs that are in order, merged in pairs; std::stable_sort is not constexpr in C++20.
    for (std::size_t run = 1; run < all.size(); run *= 2) {
        findings merged;
        merged.reserve(all.size());
        for (std::size_t begin = 0; begin < all.size(); begin += 2 * run) {
            auto left = begin, right = stop(begin + run);
            auto const middle = right, end = stop(begin + 2 * run);
            while (left != middle || right != end) {
                bool const from_left = right == end || (left != middle && place(left) <= place(right));
                merged.push_back(all[from_left ? left++ : right++]);
            }
        }
        all.swap(merged);
    }
}

}  // namespace mtasts

// #include <mtasts/name/a_labels.hpp>
/// RFC 5890, RFC 3492: U-labels and A-labels.
///
/// Deliberately without normalisation: a U-label is in NFC by definition (RFC 5891 4.2.1), so a text that is not
/// composed gives another A-label. Letters with a simple lower case (Latin, Greek, Cyrillic) are lowered.
#include <algorithm>
#include <optional>

// #include <mtasts/name/dns_name.hpp>
/// RFC 1035 2.3.4: names that DNS can hold.

// #include <mtasts/text/ascii.hpp>
/// Octets as ASCII, whatever the locale says.

#include <string>

namespace mtasts::text {

constexpr bool is_alpha(char c) { return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z'); }
constexpr bool is_digit(char c) { return '0' <= c && c <= '9'; }
constexpr bool is_alphanumeric(char c) { return is_alpha(c) || is_digit(c); }
constexpr bool is_hex_digit(char c) { return is_digit(c) || ('a' <= c && c <= 'f') || ('A' <= c && c <= 'F'); }
constexpr bool is_space(char c) { return c == ' ' || c == '\t'; }
constexpr bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
constexpr bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }
constexpr char lower(char c) { return 'A' <= c && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }
constexpr int hex_value(char c) { return is_digit(c) ? c - '0' : lower(c) - 'a' + 10; }

inline constexpr std::string_view lower_hex = "0123456789abcdef";
inline constexpr std::string_view upper_hex = "0123456789ABCDEF";

/// Two hexadecimal digits.
inline std::string hex_octet(unsigned char octet, std::string_view digits = lower_hex) {
    return {digits[octet >> 4], digits[octet & 15]};
}
/// As many as the number needs, and no fewer than four.
/// Example: `mtasts::text::hex_number(0xE9) == "00e9"`
inline std::string hex_number(std::uint32_t number, std::string_view digits = lower_hex) {
    std::string out;
    for (; number != 0 || out.size() < 4; number >>= 4) out.insert(out.begin(), digits[number & 15]);
    return out;
}

constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i != a.size(); ++i)
        if (lower(a[i]) != lower(b[i])) return false;
    return true;
}
constexpr bool less_ignoring_case(std::string_view a, std::string_view b) {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                        [](char x, char y) { return lower(x) < lower(y); });
}
constexpr bool starts_ignoring_case(std::string_view text, std::string_view prefix) {
    return text.size() >= prefix.size() && equal_ignoring_case(text.substr(0, prefix.size()), prefix);
}

/// The position of the first octet a predicate accepts, or npos.
template <class Predicate>
constexpr std::size_t find_octet(std::string_view text, Predicate accepts) {
    for (std::size_t i = 0; i != text.size(); ++i)
        if (accepts(text[i])) return i;
    return std::string_view::npos;
}
template <class Predicate>
constexpr bool all_octets(std::string_view text, Predicate accepts) {
    return find_octet(text, [&](char c) { return !accepts(c); }) == std::string_view::npos;
}

// Loops, because find_first_not_of and its like call memchr for every octet.
constexpr std::string_view without_leading_space(std::string_view text) {
    std::size_t spaces = 0;
    while (spaces != text.size() && is_space(text[spaces])) ++spaces;
    return text.substr(spaces);
}
constexpr std::string_view without_trailing_space(std::string_view text) {
    auto size = text.size();
    while (size != 0 && is_space(text[size - 1])) --size;
    return text.substr(0, size);
}
constexpr std::string_view trimmed(std::string_view text) {
    return without_leading_space(without_trailing_space(text));
}

/// Calls `visit` with every piece between separators, even an empty one; n separators make n + 1 pieces.
template <class Visit>
constexpr void for_each_piece(std::string_view text, char separator, Visit visit) {
    for (;;) {
        auto const stop = text.find(separator);
        visit(text.substr(0, stop));
        if (stop == text.npos) return;
        text.remove_prefix(stop + 1);
    }
}

}  // namespace mtasts::text

namespace mtasts {

namespace detail {

/// RFC 1035 2.3.4: the maximum length of a name as text.
inline constexpr std::size_t longest_name = 253;

}  // namespace detail

/// A name in ASCII with its own storage: at most 253 octets (RFC 1035 2.3.4) and room for a "*." before it.
class ascii_name {
  public:
    constexpr std::string_view view() const { return {octets_.data(), size_}; }
    constexpr bool push(char c) {
        if (size_ == octets_.size()) return false;
        octets_[size_++] = c;
        return true;
    }
    constexpr bool append(std::string_view text) {
        return std::all_of(text.begin(), text.end(), [&](char c) { return push(c); });
    }
    friend constexpr bool operator==(ascii_name const&, ascii_name const&) = default;
    friend constexpr bool operator==(ascii_name const& name, std::string_view text) { return name.view() == text; }

  private:
    std::array<char, 256> octets_{};
    std::size_t size_ = 0;
};

/// RFC 1035 2.3.4: a name that DNS can hold, in ASCII and without final dot. Underscores are allowed.
constexpr bool is_dns_name(std::string_view name) {
    bool fine = !name.empty() && name.size() <= detail::longest_name;
    text::for_each_piece(name, '.', [&](std::string_view label) {
        fine = fine && !label.empty() && label.size() <= 63 &&
               text::all_octets(label, [](char c) { return text::is_alphanumeric(c) || c == '-' || c == '_'; });
    });
    return fine;
}

/// RFC 5321 4.1.2: whether a text is a Domain: labels of letters, digits and inner hyphens, without final dot.
/// Example: `static_assert(mtasts::is_domain("mail.example.com") && !mtasts::is_domain("_mta-sts.example.com"));`
constexpr bool is_domain(std::string_view name) {
    bool fine = true;
    text::for_each_piece(name, '.', [&](std::string_view label) {
        fine = fine && !label.empty() && label.front() != '-' && label.back() != '-' &&
               text::all_octets(label, [](char c) { return text::is_alphanumeric(c) || c == '-'; });
    });
    return fine;
}

/// RFC 1123 2.1: whether a name's last label is a number, which makes it an address rather than a host name.
constexpr bool ends_with_number(std::string_view name) {
    return text::all_octets(name.substr(name.rfind('.') + 1), text::is_digit);
}

}  // namespace mtasts
// #include <mtasts/name/punycode.hpp>
/// RFC 3492: Punycode.

namespace mtasts::detail::punycode {

// RFC 3492 5
inline constexpr std::uint32_t base = 36, t_min = 1, t_max = 26, skew = 38, damp = 700, initial_bias = 72,
                               initial_n = 128;

inline constexpr std::size_t longest_label = 63;

/// The code points of one label.
struct code_points {
    std::array<std::uint32_t, longest_label> at{};
    std::size_t size = 0;
};

// RFC 3492 6.1
constexpr std::uint32_t adapted_bias(std::uint32_t delta, std::size_t count, bool first) {
    delta = first ? delta / damp : delta / 2;
    delta += delta / static_cast<std::uint32_t>(count);
    std::uint32_t k = 0;
    for (; delta > ((base - t_min) * t_max) / 2; k += base) delta /= base - t_min;
    return k + (base - t_min + 1) * delta / (delta + skew);
}
constexpr std::uint32_t threshold(std::uint32_t k, std::uint32_t bias) {
    return k <= bias ? t_min : k >= bias + t_max ? t_max : k - bias;
}
constexpr char digit(std::uint32_t value) { return static_cast<char>(value < 26 ? 'a' + value : '0' + (value - 26)); }

// RFC 3492 6.3
constexpr bool encode(code_points const& label, ascii_name& out) {
    std::size_t basic = 0;
    for (std::size_t i = 0; i != label.size; ++i)
        if (label.at[i] < 0x80) {
            if (!out.push(static_cast<char>(label.at[i]))) return false;
            ++basic;
        }
    if (basic != 0 && !out.push('-')) return false;
    std::uint32_t n = initial_n, delta = 0, bias = initial_bias;
    for (std::size_t handled = basic; handled < label.size; ++delta, ++n) {
        std::uint32_t next = UINT32_MAX;
        for (std::size_t i = 0; i != label.size; ++i)
            if (label.at[i] >= n) next = (std::min)(next, label.at[i]);
        // At most 63 code points below 2^21: no overflow.
        delta += (next - n) * static_cast<std::uint32_t>(handled + 1);
        n = next;
        for (std::size_t i = 0; i != label.size; ++i) {
            if (label.at[i] < n) ++delta;
            if (label.at[i] != n) continue;
            std::uint32_t q = delta;
            for (std::uint32_t k = base;; k += base) {
                auto const t = threshold(k, bias);
                if (q < t) break;
                if (!out.push(digit(t + (q - t) % (base - t)))) return false;
                q = (q - t) / (base - t);
            }
            if (!out.push(digit(q))) return false;
            bias = adapted_bias(delta, handled + 1, handled == basic);
            delta = 0;
            ++handled;
        }
    }
    return true;
}

// RFC 3492 6.2
constexpr std::optional<code_points> decode(std::string_view text) {
    code_points out;
    auto const hyphen = text.rfind('-');
    auto const basic = hyphen == text.npos ? 0 : hyphen;
    if (text.size() > longest_label) return std::nullopt;
    for (std::size_t i = 0; i != basic; ++i) {
        if (!text::is_ascii(text[i])) return std::nullopt;
        out.at[out.size++] = static_cast<unsigned char>(text::lower(text[i]));
    }
    std::uint64_t n = initial_n, i = 0;
    std::uint32_t bias = initial_bias;
    for (auto in = basic == 0 && hyphen == text.npos ? 0 : basic + 1; in < text.size();) {
        auto const old_i = i;
        std::uint64_t w = 1;
        for (std::uint32_t k = base;; k += base) {
            if (in == text.size()) return std::nullopt;
            char const c = text::lower(text[in++]);
            if (!text::is_alphanumeric(c)) return std::nullopt;
            auto const value = static_cast<std::uint32_t>(text::is_digit(c) ? c - '0' + 26 : c - 'a');
            i += value * w;
            if (i > UINT32_MAX) return std::nullopt;
            auto const t = threshold(k, bias);
            if (value < t) break;
            w *= base - t;
            if (w > UINT32_MAX) return std::nullopt;
        }
        if (out.size == out.at.size()) return std::nullopt;
        auto const count = out.size + 1;
        bias = adapted_bias(static_cast<std::uint32_t>(i - old_i), count, old_i == 0);
        n += i / count;
        i %= count;
        if (n > 0x10FFFF) return std::nullopt;
        auto const place = static_cast<std::uint32_t>(i++);
        for (auto k = out.size; k > place; --k) out.at[k] = out.at[k - 1];
        out.at[place] = static_cast<std::uint32_t>(n);
        ++out.size;
    }
    return out;
}

}  // namespace mtasts::detail::punycode
// #include <mtasts/text/utf8.hpp>
/// RFC 3629: UTF-8, one code point at a time.

namespace mtasts::text {

/// One code point of well-formed UTF-8 and its length in octets; length 0 where the text is not well-formed.
struct utf8_code_point {
    std::uint32_t value = 0;
    std::size_t length = 0;
};
constexpr utf8_code_point first_code_point(std::string_view text) {
    if (text.empty()) return {};
    auto const octet = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
    auto const lead = octet(0);
    if (lead < 0x80) return {lead, 1};
    std::size_t const length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {};
    std::uint32_t value = lead & (0x7Fu >> length);
    for (std::size_t i = 1; i != length; ++i) {
        if ((octet(i) & 0xC0) != 0x80) return {};
        value = value << 6 | (octet(i) & 0x3F);
    }
    constexpr std::array<std::uint32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    if (value < least[length] || (0xD800 <= value && value <= 0xDFFF) || value > 0x10FFFF) return {};
    return {value, length};
}

/// A range of code points, first and last.
struct code_range {
    std::uint32_t first, last;
};
template <std::size_t N>
constexpr bool in_any(std::uint32_t c, std::array<code_range, N> const& ranges) {
    return std::any_of(ranges.begin(), ranges.end(), [&](code_range r) { return r.first <= c && c <= r.last; });
}

/// Whether it is a code point that is not a character and never will be (RFC 7493 2.1).
constexpr bool is_noncharacter(std::uint32_t c) { return (c & 0xFFFE) == 0xFFFE || (0xFDD0 <= c && c <= 0xFDEF); }

}  // namespace mtasts::text

namespace mtasts {

namespace detail {

/// The lower case of Latin, Greek, Cyrillic and Armenian letters, as far as it is one code point in the same block.
constexpr std::uint32_t lower_code_point(std::uint32_t c) {
    // ASCII, as in most names.
    if (c < 0x80) return static_cast<unsigned char>(text::lower(static_cast<char>(c)));
    struct letters {
        text::code_range upper;
        std::uint32_t first_lower;
    };
    constexpr std::array<letters, 12> in_row{{{{0xC0, 0xD6}, 0xE0},
                                              {{0xD8, 0xDE}, 0xF8},
                                              {{0x178, 0x178}, 0xFF},
                                              {{0x386, 0x386}, 0x3AC},
                                              {{0x388, 0x38A}, 0x3AD},
                                              {{0x38C, 0x38C}, 0x3CC},
                                              {{0x38E, 0x38F}, 0x3CD},
                                              {{0x391, 0x3A1}, 0x3B1},
                                              {{0x3A3, 0x3AB}, 0x3C3},
                                              {{0x400, 0x40F}, 0x450},
                                              {{0x410, 0x42F}, 0x430},
                                              {{0x531, 0x556}, 0x561}}};
    constexpr std::array<text::code_range, 12> even_upper{{{0x100, 0x12F},
                                                           {0x132, 0x137},
                                                           {0x14A, 0x177},
                                                           {0x1A0, 0x1A1},
                                                           {0x1DE, 0x1EF},
                                                           {0x1F8, 0x21F},
                                                           {0x222, 0x233},
                                                           {0x460, 0x481},
                                                           {0x48A, 0x4BF},
                                                           {0x4D0, 0x52F},
                                                           {0x1E00, 0x1E95},
                                                           {0x1EA0, 0x1EFF}}};
    constexpr std::array<text::code_range, 5> odd_upper{
        {{0x139, 0x148}, {0x179, 0x17E}, {0x1AF, 0x1B0}, {0x1CD, 0x1DC}, {0x4C1, 0x4CE}}};
    for (auto const& [upper, first_lower] : in_row)
        if (upper.first <= c && c <= upper.last) return first_lower + (c - upper.first);
    if (text::in_any(c, even_upper)) return c | 1;
    return text::in_any(c, odd_upper) ? c + (c & 1) : c;
}

/// Whether a code point may occur in a U-label, by ranges alone (RFC 5892 has more rules).
constexpr bool may_stand_in_u_label(std::uint32_t c) {
    constexpr std::array<text::code_range, 15> refused{{{0, ','},
                                                        {'.', '/'},
                                                        {':', '`'},
                                                        {'{', 0xB6},
                                                        {0xD7, 0xD7},
                                                        {0xF7, 0xF7},
                                                        {0x2000, 0x200B},
                                                        {0x200E, 0x206F},
                                                        {0x2100, 0x2BFF},
                                                        {0x2E00, 0x3004},
                                                        {0xD800, 0xF8FF},
                                                        {0xFE00, 0xFE1F},
                                                        {0xFE30, 0xFE6F},
                                                        {0xFF00, 0xFFFF},
                                                        {0xE0000, 0xFFFFFFFF}}};
    return !text::in_any(c, refused) && lower_code_point(c) == c;
}
/// Whether a code point counts as a letter of a U-label that is to become an A-label. Errs on refusing: a refused label
/// is reported, a wrong A-label silently names another host.
constexpr bool makes_u_label(std::uint32_t c) {
    constexpr std::array<text::code_range, 40> refused{
        {{0x80, 0xB6},
         {0xB8, 0xBF},
         {0xD7, 0xD7},
         {0xF7, 0xF7},
         {0x130, 0x130},
         {0x132, 0x133},
         {0x13F, 0x140},
         {0x149, 0x149},
         {0x17F, 0x19F},
         {0x1A2, 0x1AE},
         {0x1B1, 0x1CC},
         {0x1F1, 0x1F7},
         {0x220, 0x221},
         {0x234, 0x24F},
         {0x2B0, 0x2B8},
         {0x2D8, 0x2E4},
         // Marks that combine with the letter before: the text is not composed.
         {0x300, 0x36F},
         {0x370, 0x370},
         {0x372, 0x372},
         {0x374, 0x385},
         {0x387, 0x387},
         {0x3CF, 0x3D6},
         {0x3D8, 0x3FF},
         {0x10A0, 0x10CF},
         {0x13A0, 0x13FF},
         {0x1C80, 0x1CBF},
         {0x1D00, 0x1DFF},
         {0x1E96, 0x1E9F},
         {0x1F00, 0x206F},
         {0x2070, 0x2DFF},
         {0x2E00, 0x3004},
         {0x3008, 0x3029},
         {0x302E, 0x303B},
         {0x303D, 0x3040},
         {0x3099, 0x309C},
         {0x30FF, 0x3104},
         {0x3130, 0x319F},
         {0x3200, 0x33FF},
         {0xA640, 0xABBF},
         {0xD800, 0xFFFF}}};
    if (c < 0x80) return c == '-' || ('0' <= c && c <= '9') || ('a' <= c && c <= 'z');
    return lower_code_point(c) == c && !text::in_any(c, refused) && (c < 0x10000 || (0x20000 <= c && c < 0x2F800));
}
constexpr bool is_combining_mark(std::uint32_t c) {
    return (0x300 <= c && c <= 0x36F) || (0x483 <= c && c <= 0x489) || (0x591 <= c && c <= 0x5BD) ||
           (0x1AB0 <= c && c <= 0x1AFF) || (0x20D0 <= c && c <= 0x20FF);
}

/// RFC 5891 4: a label in UTF-8 appended as ASCII, as an A-label if need be.
constexpr bool append_a_label(std::string_view label, ascii_name& out) {
    punycode::code_points points;
    bool ascii = true;
    while (!label.empty()) {
        auto const [value, length] = text::first_code_point(label);
        if (length == 0 || points.size == points.at.size()) return false;
        auto const point = lower_code_point(value);
        ascii = ascii && point < 0x80;
        points.at[points.size++] = point;
        label.remove_prefix(length);
    }
    if (ascii) {
        for (std::size_t i = 0; i != points.size; ++i)
            if (!out.push(static_cast<char>(points.at[i]))) return false;
        return true;
    }
    for (std::size_t i = 0; i != points.size; ++i)
        if (!makes_u_label(points.at[i])) return false;
    if (is_combining_mark(points.at[0]) || points.at[0] == '-' || points.at[points.size - 1] == '-') return false;
    auto const begin = out.view().size();
    return out.append("xn--") && punycode::encode(points, out) && out.view().size() - begin <= punycode::longest_label;
}

}  // namespace detail

/// A name in UTF-8 as A-labels, in lower case; nothing if a label cannot be converted or the name becomes too long. A
/// "*" and empty labels are kept.
/// Example: `to_a_labels("Bücher.example")->view() == "xn--bcher-kva.example"`
constexpr std::optional<ascii_name> to_a_labels(std::string_view name) {
    ascii_name out;
    bool first = true, fine = true;
    text::for_each_piece(name, '.', [&](std::string_view label) {
        fine = fine && (first || out.push('.')) && detail::append_a_label(label, out);
        first = false;
    });
    return fine && out.view().size() <= detail::longest_name + 2 ? std::optional(out) : std::nullopt;
}

namespace detail {

/// RFC 5890 2.3.2.1: whether a label begins with "xn--" but is not an A-label.
constexpr bool is_fake_a_label(std::string_view label) {
    if (!text::starts_ignoring_case(label, "xn--")) return false;
    auto const points = punycode::decode(label.substr(4));
    if (!points || points->size == 0) return true;
    bool ascii = true;
    for (std::size_t i = 0; i != points->size; ++i) {
        ascii = ascii && points->at[i] < 0x80;
        if (!may_stand_in_u_label(points->at[i])) return true;
    }
    ascii_name again;
    return ascii || is_combining_mark(points->at[0]) || !punycode::encode(*points, again) ||
           !text::equal_ignoring_case(again.view(), label.substr(4));
}

}  // namespace detail

}  // namespace mtasts
// #include <mtasts/name/address_literal.hpp>
/// RFC 5321 4.1.3: address literals, which can take the place of a domain.

// #include <mtasts/model/ip_address.hpp>
/// RFC 8460 4.4: an address of a sending or receiving MTA.

#include <compare>

namespace mtasts {

/// The octets in network order; an IPv4 address has them in the first four.
struct ip_address {
    int version = 4;
    std::array<std::uint8_t, 16> octets{};

    friend constexpr auto operator<=>(ip_address const&, ip_address const&) = default;
};

}  // namespace mtasts
// #include <mtasts/name/ip_text.hpp>
/// RFC 5952: addresses as text.
#include <bit>
#include <cstring>
#include <type_traits>

// #include <mtasts/text/simd.hpp>
/// Sixteen octets at a time: SSE2 or NEON, where the compiler has them.

#if defined(__SSE2__) || defined(_M_X64)
#include <emmintrin.h>
#elif defined(__ARM_NEON) && defined(__aarch64__)
#include <arm_neon.h>

#endif

namespace mtasts::text {

/// The lowest bit of a mask that has one.
constexpr std::size_t lowest_bit(std::uint64_t mask) {
#if defined(__GNUC__)
    if (mask == 0) __builtin_unreachable();
#endif
    return static_cast<std::size_t>(std::countr_zero(mask));
}

/// Eight octets as one number, the first one lowest.
[[gnu::always_inline]] constexpr std::uint64_t eight_octets(char const* at) {
    std::uint64_t octets = 0;
    if (!std::is_constant_evaluated() && std::endian::native == std::endian::little) {
        std::memcpy(&octets, at, 8);
        return octets;
    }
    for (int i = 0; i != 8; ++i) octets |= std::uint64_t{static_cast<unsigned char>(at[i])} << 8 * i;
    return octets;
}

/// Sixteen octets, compared all at once; a mask has `bits_each` bits for each octet.
#if defined(__SSE2__) || defined(_M_X64)
class octet_block {
  public:
    static constexpr bool available = true;
    static constexpr int bits_each = 1;
    explicit octet_block(char const* at) : octets_(_mm_loadu_si128(reinterpret_cast<__m128i const*>(at))) {}

    /// The octets that are not plain in a JSON string. As signed numbers, controls and non-ASCII octets are below a
    /// space.
    [[gnu::always_inline]] std::uint64_t not_plain() const {
        auto const special = either(equal('"'), equal('\\'));
        return mask(_mm_andnot_si128(special, _mm_cmpgt_epi8(octets_, _mm_set1_epi8(' ' - 1)))) ^ 0xFFFF;
    }
    /// The octets that are not white space in JSON.
    [[gnu::always_inline]] std::uint64_t not_blank() const {
        return mask(either(either(equal(' '), equal('\n')), either(equal('\r'), equal('\t')))) ^ 0xFFFF;
    }
    [[gnu::always_inline]] std::uint64_t not_space() const { return mask(equal(' ')) ^ 0xFFFF; }
    /// The octets that are not plain in a URI.
    [[gnu::always_inline]] std::uint64_t not_uri_plain() const {
        auto const lower = _mm_or_si128(octets_, _mm_set1_epi8(0x20));
        auto const letter =
            _mm_and_si128(_mm_cmpgt_epi8(lower, _mm_set1_epi8('a' - 1)), _mm_cmplt_epi8(lower, _mm_set1_epi8('z' + 1)));
        auto const mark = _mm_andnot_si128(equal(':'), _mm_and_si128(_mm_cmpgt_epi8(octets_, _mm_set1_epi8('&' - 1)),
                                                                     _mm_cmplt_epi8(octets_, _mm_set1_epi8(';' + 1))));
        auto const others = either(either(either(equal('!'), equal('$')), either(equal('='), equal('?'))),
                                   either(equal('_'), equal('~')));
        return mask(either(either(letter, mark), others)) ^ 0xFFFF;
    }
    [[gnu::always_inline]] std::uint64_t upper_case() const { return mask(between('A', 'Z')); }
    [[gnu::always_inline]] std::uint64_t letters_and_digits() const {
        auto const lower = _mm_or_si128(octets_, _mm_set1_epi8(0x20));
        auto const letter =
            _mm_and_si128(_mm_cmpgt_epi8(lower, _mm_set1_epi8('a' - 1)), _mm_cmplt_epi8(lower, _mm_set1_epi8('z' + 1)));
        return mask(either(letter, between('0', '9')));
    }
    [[gnu::always_inline]] std::uint64_t all_of(char c) const { return mask(equal(c)); }
    [[gnu::always_inline]] std::uint64_t digits() const { return mask(between('0', '9')); }
    [[gnu::always_inline]] std::uint64_t hex_letters() const { return mask(between('a', 'f')); }
    [[gnu::always_inline]] std::uint64_t not_hex() const {
        return mask(either(between('0', '9'), either(between('a', 'f'), between('A', 'F')))) ^ 0xFFFF;
    }
    /// The octet that the first bit of a mask stands for.
    static std::size_t first(std::uint64_t mask) { return lowest_bit(mask); }

  private:
    __m128i equal(char c) const { return _mm_cmpeq_epi8(octets_, _mm_set1_epi8(c)); }
    __m128i between(char least, char most) const {
        return _mm_and_si128(_mm_cmpgt_epi8(octets_, _mm_set1_epi8(static_cast<char>(least - 1))),
                             _mm_cmplt_epi8(octets_, _mm_set1_epi8(static_cast<char>(most + 1))));
    }
    static __m128i either(__m128i one, __m128i other) { return _mm_or_si128(one, other); }
    static std::uint64_t mask(__m128i found) { return static_cast<unsigned>(_mm_movemask_epi8(found)); }

    __m128i octets_;
};
#elif defined(__ARM_NEON) && defined(__aarch64__)
class octet_block {
  public:
    static constexpr bool available = true;
    static constexpr int bits_each = 4;
    explicit octet_block(char const* at) : octets_(vld1q_u8(reinterpret_cast<std::uint8_t const*>(at))) {}

    [[gnu::always_inline]] std::uint64_t not_plain() const {
        auto const odd = vorrq_u8(vcltq_u8(octets_, vdupq_n_u8(' ')), vcgeq_u8(octets_, vdupq_n_u8(0x80)));
        return mask(vorrq_u8(vorrq_u8(equal('"'), equal('\\')), odd));
    }
    [[gnu::always_inline]] std::uint64_t not_blank() const {
        return ~mask(vorrq_u8(vorrq_u8(equal(' '), equal('\n')), vorrq_u8(equal('\r'), equal('\t'))));
    }
    [[gnu::always_inline]] std::uint64_t not_space() const { return ~mask(equal(' ')); }
    [[gnu::always_inline]] std::uint64_t not_uri_plain() const {
        auto const letter = between(vorrq_u8(octets_, vdupq_n_u8(0x20)), 'a', 'z');
        auto const mark = vbicq_u8(between(octets_, '&', ';'), equal(':'));
        auto const others = vorrq_u8(vorrq_u8(vorrq_u8(equal('!'), equal('$')), vorrq_u8(equal('='), equal('?'))),
                                     vorrq_u8(equal('_'), equal('~')));
        return ~mask(vorrq_u8(vorrq_u8(letter, mark), others));
    }
    [[gnu::always_inline]] std::uint64_t not_hex() const {
        auto const letters = vorrq_u8(between(octets_, 'a', 'f'), between(octets_, 'A', 'F'));
        return ~mask(vorrq_u8(between(octets_, '0', '9'), letters));
    }
    static std::size_t first(std::uint64_t mask) { return lowest_bit(mask) / 4; }

  private:
    uint8x16_t equal(char c) const { return vceqq_u8(octets_, vdupq_n_u8(static_cast<std::uint8_t>(c))); }
    static uint8x16_t between(uint8x16_t octets, char least, char most) {
        return vandq_u8(vcgeq_u8(octets, vdupq_n_u8(static_cast<std::uint8_t>(least))),
                        vcleq_u8(octets, vdupq_n_u8(static_cast<std::uint8_t>(most))));
    }
    static std::uint64_t mask(uint8x16_t found) {
        return vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(found), 4)), 0);
    }

    uint8x16_t octets_;
};
#else
class octet_block {
  public:
    static constexpr bool available = false;
    static constexpr int bits_each = 1;
    explicit octet_block(char const*) {}
    [[gnu::always_inline]] std::uint64_t not_plain() const { return 1; }
    [[gnu::always_inline]] std::uint64_t not_blank() const { return 1; }
    [[gnu::always_inline]] std::uint64_t not_space() const { return 1; }
    [[gnu::always_inline]] std::uint64_t not_uri_plain() const { return 1; }
    [[gnu::always_inline]] std::uint64_t not_hex() const { return 1; }
    static std::size_t first(std::uint64_t) { return 0; }
};
#endif

}  // namespace mtasts::text

namespace mtasts {

namespace detail {

/// The octets of a well-formed IPv4 address.
constexpr void read_ipv4(std::string_view text, std::uint8_t* out) {
    text::for_each_piece(text, '.', [&](std::string_view number) {
        int value = 0;
        for (char const c : number) value = value * 10 + (c - '0');
        *out++ = static_cast<std::uint8_t>(value);
    });
}
/// Reads an IPv4 address, octet by octet: four numbers up to 255 without leading zeros. False for any other text.
constexpr bool take_ipv4(std::string_view text, ip_address& out) {
    auto const* at = text.data();
    auto const* const end = at + text.size();
    auto const digit = [&](std::ptrdiff_t i) { return end - at > i ? static_cast<unsigned>(at[i]) - '0' : 10u; };
    out.version = 4;
    for (std::size_t i = 0; i != 4; ++i) {
        auto value = digit(0);
        if (value > 9) return false;
        ++at;
        for (int more = 0; more != 2 && digit(0) <= 9; ++more) {
            if (value == 0) return false;
            value = value * 10 + digit(0);
            ++at;
        }
        if (value > 255 || (i != 3 && (at == end || *at++ != '.'))) return false;
        out.octets[i] = static_cast<std::uint8_t>(value);
    }
    return at == end;
}

/// Whether there is SIMD to compare all octets at once, so that the time hardly depends on the length of each part.
template <class Block>
inline constexpr bool has_fast_path =
    Block::available&& Block::bits_each == 1 && std::endian::native == std::endian::little;

/// The same for a text of which `ip_octets` octets may be read, including those after its end.
inline constexpr std::size_t ip_octets = 48;
template <class Block = text::octet_block>
bool take_ipv4_fast(std::string_view text, ip_address& out) {
    if constexpr (has_fast_path<Block>) {
        constexpr std::size_t shortest = 7, longest = 15;
        auto const size = text.size();
        if (size < shortest || size > longest) return false;
        Block const block(text.data());
        auto const all = (std::uint64_t{1} << size) - 1;
        auto const digits = block.digits() & all, dots = block.all_of('.') & all, zeros = block.all_of('0');
        auto const starts = dots << 1 | 1;
        auto const pairs = digits & digits >> 1, second = dots & (dots - 1), third = second & (second - 1);
        // Three dots; one to three digits on both sides of each, without leading zeros.
        bool const good = (digits | dots) == all && third != 0 && (third & (third - 1)) == 0 &&
                          (starts & ~digits) == 0 && (pairs & pairs >> 2) == 0 && (starts & zeros & pairs) == 0;
        if (!good) return false;
        std::size_t begin = 0;
        auto ends = dots | (all + 1);
        // The next number's digits, in the upper three of four octets.
        auto const next = [&] {
            auto const end = text::lowest_bit(ends);
            std::uint32_t number;
            std::memcpy(&number, text.data() + begin, 4);
            number <<= 8 * (4 - (end - begin));
            begin = end + 1;
            ends &= ends - 1;
            return std::uint64_t{number};
        };
        // Two numbers at a time.
        auto const two = [&] {
            auto const first = next(), both = first | next() << 32;
            auto const outer = (both >> 8 & 0x000F'000F'000F'000F) * (100 << 16 | 1) >> 16 & 0x0000'03FF'0000'03FF;
            return outer + (both >> 16 & 0x0000'000F'0000'000F) * 10;
        };
        auto const front = two(), back = two();
        out.version = 4;
        out.octets[0] = static_cast<std::uint8_t>(front);
        out.octets[1] = static_cast<std::uint8_t>(front >> 32);
        out.octets[2] = static_cast<std::uint8_t>(back);
        out.octets[3] = static_cast<std::uint8_t>(back >> 32);
        return ((front | back) & 0xFFFF'FF00'FFFF'FF00) == 0;
    }
    return take_ipv4(text, out);
}

/// The groups of an IPv6 address as they are written.
struct ipv6_groups {
    std::array<std::uint16_t, 8> value{};
    std::size_t count = 0;
    /// How many are before "::"; `none` if there is no such gap.
    static constexpr std::size_t none = 9;
    std::size_t gap = none;
};

/// Splits text into groups of one to four digits and lower-case letters, without leading zeros; false for any other
/// text.
constexpr bool take_groups(std::string_view text, ipv6_groups& out) {
    auto const* at = text.data();
    auto const* const end = at + text.size();
    if (text.starts_with("::")) {
        out.gap = 0;
        at += 2;
    }
    while (at != end) {
        auto const* const first = at;
        unsigned value = 0;
        for (; at != end && at - first < 4; ++at) {
            auto const decimal = static_cast<unsigned>(*at) - '0', letter = static_cast<unsigned>(*at) - 'a';
            if (decimal > 9 && letter > 5) break;
            value = value << 4 | (decimal <= 9 ? decimal : letter + 10);
        }
        if (at == first || out.count == out.value.size() || (*first == '0' && at - first > 1)) return false;
        out.value[out.count++] = static_cast<std::uint16_t>(value);
        if (at == end) break;
        if (*at++ != ':' || at == end) return false;
        if (*at != ':') continue;
        if (out.gap != out.none) return false;
        out.gap = out.count;
        ++at;
    }
    return true;
}

/// The same for a text of which `ip_octets` octets may be read, including those after its end.
template <class Block = text::octet_block>
bool take_groups_fast(std::string_view text, ipv6_groups& out) {
    if constexpr (has_fast_path<Block>) {
        constexpr std::size_t longest = 39;
        auto const size = text.size();
        if (size < 2 || size > longest) return false;
        std::uint64_t colons = 0, others = 0;
        for (std::size_t at = 0; at < size; at += 16) {
            Block const block(text.data() + at);
            colons |= block.all_of(':') << at;
            others |= (block.digits() | block.hex_letters()) << at;
        }
        auto const all = (std::uint64_t{1} << size) - 1;
        colons &= all;
        if ((colons | (others & all)) != all) return false;
        std::size_t begin = 0;
        bool good = true;
        // The end counts as one more colon.
        for (colons |= all + 1; colons != 0; colons &= colons - 1) {
            auto const end = text::lowest_bit(colons);
            auto const length = end - begin;
            if (length == 0) {
                // A "::" inside, or a colon at one end of the text, which needs another next to it.
                bool const at_front = end == 0, at_back = end == size;
                if (at_front) good &= size >= 2 && text[1] == ':';
                else if (at_back) good &= out.gap == out.count;
                else {
                    good &= out.gap == out.none;
                    out.gap = out.count;
                }
                begin = end + 1;
                continue;
            }
            if (length > 4 || out.count == out.value.size()) return false;
            std::uint32_t digits;
            std::memcpy(&digits, text.data() + begin, 4);
            digits <<= 8 * (4 - length);
            // A letter's low four bits are one to six.
            auto const nibbles = (digits & 0x0F0F0F0F) + (digits >> 6 & 0x01010101) * 9;
            auto const pairs = (nibbles << 4 | nibbles >> 8) & 0x00FF00FF;
            out.value[out.count++] = static_cast<std::uint16_t>((pairs & 0xFF) << 8 | pairs >> 16);
            good &= (length == 1) | (text[begin] != '0');
            begin = end + 1;
        }
        return good;
    }
    return take_groups(text, out);
}

/// The address of groups; false if RFC 5952 4 requires another way of writing it.
constexpr bool take_address(ipv6_groups const& groups, ip_address& out) {
    auto const [value, count, gap] = groups;
    bool const has_gap = gap != ipv6_groups::none;
    if (has_gap ? count > value.size() - 2 : count != value.size()) return false;
    auto const hidden = value.size() - count;
    // One bit for each group that is zero.
    unsigned zeros = 0;
    for (std::size_t i = 0; i != count; ++i) {
        auto const at = 2 * (i < gap ? i : i + hidden);
        out.octets[at] = static_cast<std::uint8_t>(value[i] >> 8);
        out.octets[at + 1] = static_cast<std::uint8_t>(value[i]);
        zeros |= static_cast<unsigned>(value[i] == 0) << i;
    }
    for (std::size_t i = 0; i != 2 * hidden; ++i) out.octets[2 * gap + i] = 0;
    out.version = 6;
    // RFC 5952 4.2: "::" stands for the first of the longest runs of zeros, and for all of it.
    if (!has_gap) return (zeros & zeros >> 1) == 0;
    if (zeros == 0) return true;
    auto const low = zeros & ((1u << gap) - 1), high = zeros >> gap;
    if ((gap != 0 && (low >> (gap - 1) & 1) != 0) || (high & 1) != 0) return false;
    for (auto runs = high, length = 1u; runs != 0; runs &= runs >> 1, ++length)
        if (length > hidden) return false;
    for (auto runs = low, length = 1u; runs != 0; runs &= runs >> 1, ++length)
        if (length >= hidden) return false;
    return true;
}

/// Reads an address from a text of which `ip_octets` octets may be read, including those after its end. Not for
/// constant expressions. False for anything but an address, and for an IPv6 address that RFC 5952 4 requires to be
/// written in another way or that has IPv4 notation.
inline bool take_plain_address_fast(std::string_view text, ip_address& out) {
    ipv6_groups groups;
    return take_ipv4_fast(text, out) || (take_groups_fast(text, groups) && take_address(groups, out));
}
/// The same for any text.
constexpr bool take_plain_address(std::string_view text, ip_address& out) {
    if (!std::is_constant_evaluated() && text.size() <= ip_octets) {
        std::array<char, ip_octets> octets{};
        std::copy(text.begin(), text.end(), octets.begin());
        return take_plain_address_fast({octets.data(), text.size()}, out);
    }
    ipv6_groups groups;
    return take_ipv4(text, out) || (take_groups(text, groups) && take_address(groups, out));
}

/// The octets of a well-formed IPv6 address.
constexpr void read_ipv6(std::string_view text, ip_address& address) {
    auto const gap = text.find("::");
    // Fills 16-bit groups from `at` on; gives the index after the last one.
    auto const fill = [&](std::string_view groups, std::size_t at) {
        if (groups.empty()) return at;
        text::for_each_piece(groups, ':', [&](std::string_view group) {
            if (group.find('.') != group.npos) {
                read_ipv4(group, address.octets.data() + at);
                at += 4;
                return;
            }
            unsigned value = 0;
            for (char const c : group) value = value * 16 + static_cast<unsigned>(text::hex_value(c));
            address.octets[at++] = static_cast<std::uint8_t>(value >> 8);
            address.octets[at++] = static_cast<std::uint8_t>(value);
        });
        return at;
    };
    auto const head = fill(text.substr(0, gap), 0);
    if (gap == text.npos) return;
    // The groups after "::" belong at the end: read them, then move them there.
    auto const tail = fill(text.substr(gap + 2), head) - head;
    for (std::size_t i = 1; i <= tail; ++i) {
        auto const octet = address.octets[head + tail - i];
        address.octets[head + tail - i] = 0;
        address.octets[16 - i] = octet;
    }
}

/// The address of a well-formed text, by the grammar of RFC 8460 4.4.
constexpr ip_address ip_address_of(std::string_view text) {
    ip_address address;
    if (text.find(':') == text.npos) {
        read_ipv4(text, address.octets.data());
    } else {
        address.version = 6;
        read_ipv6(text, address);
    }
    return address;
}

/// The text of an address, with its own storage.
class ip_text {
  public:
    constexpr std::string_view view() const { return {octets_.data(), size_}; }
    constexpr void push(char c) { octets_[size_++] = c; }
    constexpr void push(std::string_view text) {
        for (char const c : text) push(c);
    }

  private:
    std::array<char, 48> octets_{};
    std::size_t size_ = 0;
};

constexpr void push_number(ip_text& out, unsigned value, unsigned base) {
    if (value >= base) push_number(out, value / base, base);
    out.push("0123456789abcdef"[value % base]);
}
constexpr void push_ipv4(ip_text& out, std::uint8_t const* octets) {
    for (int i = 0; i != 4; ++i) {
        if (i != 0) out.push('.');
        push_number(out, octets[i], 10);
    }
}

/// RFC 5952 5: whether the prefix alone shows that the last four octets are an IPv4 address: IPv4-mapped
/// (RFC 4291 2.5.5.2) and the translation prefix of RFC 6052 2.1.
constexpr bool embeds_ipv4(ip_address const& address) {
    constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF},
        translated{0, 0x64, 0xFF, 0x9B};
    auto const prefix = [&](std::array<std::uint8_t, 12> const& octets) {
        return std::equal(octets.begin(), octets.end(), address.octets.begin());
    };
    return prefix(mapped) || prefix(translated);
}

/// RFC 4291 2.5.5.1: the deprecated IPv4-compatible form, which many programs write in mixed notation.
constexpr bool is_ipv4_compatible(ip_address const& address) {
    auto const first =
        std::find_if(address.octets.begin(), address.octets.end(), [](std::uint8_t octet) { return octet != 0; });
    return first == address.octets.begin() + 12 || first == address.octets.begin() + 13;
}

}  // namespace detail

/// RFC 5952 4: lower case, no leading zeros, the longest run of two or more zero groups as "::", the first of equals.
constexpr detail::ip_text to_text(ip_address const& address, bool mixed) {
    detail::ip_text out;
    if (address.version == 4) {
        detail::push_ipv4(out, address.octets.data());
        return out;
    }
    std::size_t const groups = mixed ? 6 : 8;
    auto const group = [&](std::size_t i) {
        return static_cast<unsigned>(address.octets[2 * i] << 8 | address.octets[2 * i + 1]);
    };
    std::size_t best = groups, best_length = 1;
    for (std::size_t i = 0; i != groups; ++i) {
        std::size_t length = 0;
        while (i + length != groups && group(i + length) == 0) ++length;
        if (length > best_length) {
            best = i;
            best_length = length;
        }
    }
    for (std::size_t i = 0; i < groups; ++i) {
        if (i == best) {
            out.push("::");
            i += best_length - 1;
            continue;
        }
        if (i != 0 && i != best + best_length) out.push(':');
        detail::push_number(out, group(i), 16);
    }
    if (mixed) {
        if (best + best_length != groups || best == groups) out.push(':');
        detail::push_ipv4(out, address.octets.data() + 12);
    }
    return out;
}

/// RFC 5952: the canonical text; in mixed notation if the prefix shows an IPv4 address.
/// Example: `to_text(parse_ip_address("2001:0db8:0:0::1").value).view() == "2001:db8::1"`
constexpr detail::ip_text to_text(ip_address const& address) {
    return to_text(address, address.version == 6 && detail::embeds_ipv4(address));
}

namespace detail {

/// Whether a text is in canonical form. RFC 5952 5 only recommends the mixed notation, so either is.
constexpr bool is_canonical(std::string_view text, ip_address const& address) {
    bool const may_be_mixed = address.version == 6 && (embeds_ipv4(address) || is_ipv4_compatible(address));
    return text == to_text(address, false).view() || (may_be_mixed && text == to_text(address, true).view());
}

}  // namespace detail

}  // namespace mtasts

namespace mtasts::detail {

/// The number of colon-separated groups of an IPv6 address, 0 for an empty text; more than an address can have if one
/// is malformed. With `may_end_in_ipv4`, an IPv4 address at the end counts as two.
constexpr std::size_t ipv6_groups_of(std::string_view text, bool may_end_in_ipv4) {
    constexpr std::size_t malformed = 9;
    if (text.empty()) return 0;
    std::size_t groups = 0;
    for (;;) {
        auto const colon = text.find(':');
        auto const group = text.substr(0, colon);
        bool const last = colon == text.npos;
        ip_address unused;
        if (!group.empty() && group.size() <= 4 && text::all_octets(group, text::is_hex_digit)) ++groups;
        else if (last && may_end_in_ipv4 && take_ipv4(group, unused)) groups += 2;
        else return malformed;
        if (last) return (std::min)(groups, malformed);
        text.remove_prefix(colon + 1);
    }
}

/// RFC 4291 2.2: whether a text is an IPv6 address in any of its notations, without a zone.
/// Example: `static_assert(mtasts::detail::is_ipv6("2001:DB8:0::192.0.2.1"));`
constexpr bool is_ipv6(std::string_view text) {
    auto const gap = text.find("::");
    if (gap == text.npos) return ipv6_groups_of(text, true) == 8;
    auto const before = text.substr(0, gap), after = text.substr(gap + 2);
    return ipv6_groups_of(before, false) + ipv6_groups_of(after, true) < 8;
}

/// RFC 5321 4.1.3: whether a text is an address literal, such as `[192.0.2.1]` or `[IPv6:2001:db8::1]`, or a bare
/// address.
/// Example: `static_assert(!mtasts::detail::is_address_literal("[mail.example.com]"));`
constexpr bool is_address_literal(std::string_view text) {
    bool const bracketed = text.size() > 1 && text.starts_with('[') && text.ends_with(']');
    if (bracketed) text = text.substr(1, text.size() - 2);
    ip_address unused;
    if (take_ipv4(text, unused)) return true;
    constexpr std::string_view tag = "IPv6:";
    if (bracketed && text::starts_ignoring_case(text, tag)) text.remove_prefix(tag.size());
    return is_ipv6(text);
}

}  // namespace mtasts::detail
// #include <mtasts/name/published.hpp>
/// RFC 8461 3.1, 3.2, RFC 8460 3: where a domain publishes its records and its policy.

// #include <mtasts/name/canonical.hpp>
/// RFC 1035 2.3.3, RFC 5890 2.3.2.4: domain names in the one form in which they are compared.

namespace mtasts {

/// A domain name as A-labels, in lower case and without a final dot; nothing if DNS cannot hold it (RFC 1035 2.3.4).
/// Example: `static_assert(mtasts::canonical_domain("Bücher.Example.")->view() == "xn--bcher-kva.example");`
constexpr std::optional<ascii_name> canonical_domain(std::string_view domain) {
    if (domain.ends_with('.')) domain.remove_suffix(1);
    auto const ascii = to_a_labels(domain);
    return ascii && is_dns_name(ascii->view()) ? ascii : std::nullopt;
}

namespace detail {

/// Whether two texts name one domain: in either case, with U-labels or A-labels, with or without a final dot.
/// Example: `static_assert(mtasts::detail::same_domain("B\u00FCcher.example.", "xn--BCHER-kva.example"));`
constexpr bool same_domain(std::string_view one, std::string_view other) {
    for (auto* const name : {&one, &other})
        if (name->ends_with('.')) name->remove_suffix(1);
    if (text::equal_ignoring_case(one, other)) return true;
    auto const a = to_a_labels(one), b = to_a_labels(other);
    return a && b && text::equal_ignoring_case(a->view(), b->view());
}

}  // namespace detail

/// A domain name by which reports are grouped: as A-labels where it can be, in lower case, without a final dot.
/// Example: `mtasts::folded_name("MX.Example.com.") == "mx.example.com"`
inline std::string folded_name(std::string_view name) {
    if (name.ends_with('.')) name.remove_suffix(1);
    if (!text::all_octets(name, text::is_ascii))
        if (auto const ascii = to_a_labels(name)) return std::string(ascii->view());
    std::string folded(name);
    std::transform(folded.begin(), folded.end(), folded.begin(), [](char c) { return text::lower(c); });
    return folded;
}

namespace detail {

/// Whether a canonical name is a subdomain of another, at any depth.
/// Example: `static_assert(mtasts::detail::is_below("a.example", "example") && !mtasts::detail::is_below("aexample", "example"));`
constexpr bool is_below(std::string_view name, std::string_view parent) {
    return name.size() > parent.size() && name.ends_with(parent) && name[name.size() - parent.size() - 1] == '.';
}

}  // namespace detail

}  // namespace mtasts

namespace mtasts {

namespace detail {

/// RFC 8461 3.2: the path of a policy on its policy host.
inline constexpr std::string_view policy_path = "/.well-known/mta-sts.txt";

}  // namespace detail

/// The policy domain in its canonical form; nothing for a text that does not name a domain, such as an address.
/// Example: `static_assert(!mtasts::policy_domain_of("192.0.2.1"));`
constexpr std::optional<ascii_name> policy_domain_of(std::string_view domain) {
    auto const canonical = canonical_domain(domain);
    return canonical && !ends_with_number(canonical->view()) ? canonical : std::nullopt;
}

namespace detail {

inline constexpr std::string_view sts_record_labels = "_mta-sts.", tlsrpt_record_labels = "_smtp._tls.",
                                  policy_host_label = "mta-sts.";

/// Labels, each with its dot, and a policy domain in its canonical form; nothing if that is longer than DNS can hold
/// (RFC 1035 2.3.4).
constexpr std::optional<ascii_name> below(std::string_view labels, std::optional<ascii_name> const& domain) {
    ascii_name name;
    bool const fits =
        domain && name.append(labels) && name.append(domain->view()) && name.view().size() <= longest_name;
    return fits ? std::optional(name) : std::nullopt;
}

}  // namespace detail

/// RFC 8461 3.1: `_mta-sts.<policy domain>`; nothing if there can be no such name.
/// Example: `static_assert(mtasts::sts_record_name("B\u00FCcher.example.") == "_mta-sts.xn--bcher-kva.example");`
constexpr std::optional<ascii_name> sts_record_name(std::string_view domain) {
    return detail::below(detail::sts_record_labels, policy_domain_of(domain));
}
/// RFC 8460 3: `_smtp._tls.<policy domain>`; nothing if there can be no such name.
/// Example: `static_assert(mtasts::tlsrpt_record_name("example.com") == "_smtp._tls.example.com");`
constexpr std::optional<ascii_name> tlsrpt_record_name(std::string_view domain) {
    return detail::below(detail::tlsrpt_record_labels, policy_domain_of(domain));
}
/// RFC 8461 3.2: the policy host, `mta-sts.<policy domain>`; nothing if there can be no such name.
/// Example: `static_assert(mtasts::policy_host("example.com") == "mta-sts.example.com");`
constexpr std::optional<ascii_name> policy_host(std::string_view domain) {
    return detail::below(detail::policy_host_label, policy_domain_of(domain));
}
/// RFC 8461 3.2: the URL of the policy; nothing if there can be no such host.
/// Example: `mtasts::policy_url("example.com") == "https://mta-sts.example.com/.well-known/mta-sts.txt"`
inline std::optional<std::string> policy_url(std::string_view domain) {
    auto const host = policy_host(domain);
    if (!host) return std::nullopt;
    return (std::string("https://") += host->view()) += detail::policy_path;
}

}  // namespace mtasts

// #include <mtasts/parse/date_time.hpp>
/// RFC 3339 5.6, 5.7: dates and times.
#include <chrono>

// #include <mtasts/grammar/date_time.hpp>
/// RFC 3339 5.6: date-time. Whether the day exists is not a matter of grammar (5.7).
// #include <mtasts/grammar/abnf.hpp>
/// RFC 5234 B.1: the core rules.
/// PEG: ranges are explicit; X3's own classes (alnum, digit, ...) assert on octets from 0x80.
// #include <mtasts/grammar/rule.hpp>
/// A grammar rule is a constexpr Boost.Spirit X3 expression with its name from the RFC.
///
/// Rules carry no attributes and no semantic actions. A rule made by `announce` passes what it matched to a sink; every
/// reading (reading/match.hpp, walk.hpp, expect.hpp, generate.hpp, abnf.hpp) visits the same object.

// #include <mtasts/grammar/octet_class.hpp>
/// Nodes for classes of octets, and repetitions. X3's own try a class member by member, and take longer to compile
/// because they can read into containers.

// #include <mtasts/grammar/x3.hpp>
/// What the grammars need of Boost.Spirit X3, and nothing more: each of its headers costs compile time.

// X3 asks for this under -fno-rtti; where it is absent, X3 names parsers by typeid.
#if !defined(__cpp_rtti) && !defined(BOOST_SPIRIT_X3_NO_RTTI)
#define BOOST_SPIRIT_X3_NO_RTTI
#endif

#if !__has_include(<boost/spirit/home/x3/core.hpp>)
#error "mtasts reads texts with Boost.Spirit X3: install the headers of Boost 1.74 or later (libboost-dev)"
#endif
#include <boost/version.hpp>
#if BOOST_VERSION < 107400
#error "mtasts needs Boost 1.74 or later"
#endif

// The operators rely on what core.hpp includes.
#include <boost/spirit/home/x3/core.hpp>

#include <boost/spirit/home/x3/operator/alternative.hpp>
#include <boost/spirit/home/x3/operator/and_predicate.hpp>
#include <boost/spirit/home/x3/operator/not_predicate.hpp>
#include <boost/spirit/home/x3/operator/optional.hpp>
#include <boost/spirit/home/x3/operator/sequence.hpp>
#include <boost/spirit/home/x3/support/context.hpp>

namespace mtasts::grammar {

namespace x3 = boost::spirit::x3;

}  // namespace mtasts::grammar

namespace mtasts::grammar {

/// A set of octets.
class octet_set {
  public:
    constexpr bool has(char c) const {
        // Not of one octet's width, for which g++ masks the index again.
        std::size_t const octet = static_cast<unsigned char>(c);
        return (bits_[octet / 64] >> octet % 64 & 1) != 0;
    }
    /// A range of octets, which must not cross 0x7F/0x80.
    constexpr void add(char from, char to) {
        auto const first = static_cast<unsigned char>(from), last = static_cast<unsigned char>(to);
        for (unsigned word = 0; word != 4; ++word) {
            auto bits = ~std::uint64_t{0};
            if (first >> 6 == word) bits &= ~std::uint64_t{0} << (first & 63);
            if (last >> 6 == word) bits &= ~std::uint64_t{0} >> (63 - (last & 63));
            if (first >> 6 <= word && word <= last >> 6) bits_[word] |= bits;
        }
    }
    constexpr void add(octet_set const& other) {
        for (unsigned word = 0; word != 4; ++word) bits_[word] |= other.bits_[word];
    }

  private:
    std::uint64_t bits_[4]{};
};

/// A node that takes one octet: `holds` says whether an octet is in its class, `set` gives the whole class.
/// Like those of all terminals, its `parse` ignores context and attribute, so that one instance serves every sink.
template <class Derived>
struct one_octet : x3::parser<Derived> {
    using attribute_type = x3::unused_type;
    static bool const has_attribute = false;

    [[gnu::always_inline]] bool parse(char const*& first, char const* last, x3::unused_type, x3::unused_type,
                                      x3::unused_type) const {
        if (first == last || !this->derived().holds(*first)) return false;
        ++first;
        return true;
    }
};

/// `%xFROM-TO`
struct octet_range : one_octet<octet_range> {
    char from, to;

    constexpr octet_range(char first, char last) : from(first), to(last) {}
    constexpr bool holds(char c) const { return from <= c && c <= to; }
    constexpr octet_set set() const {
        octet_set octets;
        octets.add(from, to);
        return octets;
    }
};

/// A quoted octet.
struct octet_literal : one_octet<octet_literal> {
    char octet;

    constexpr explicit octet_literal(char c) : octet(c) {}
    constexpr bool holds(char c) const { return octet == c; }
    constexpr octet_set set() const { return octet_range(octet, octet).set(); }
};

/// An alternative of octet classes is a class again: one lookup in a set instead of one try after another.
template <class Left, class Right>
struct octet_choice : one_octet<octet_choice<Left, Right>> {
    Left left;
    Right right;
    octet_set octets;

    constexpr octet_choice(Left const& one, Right const& other) : left(one), right(other), octets(one.set()) {
        octets.add(other.set());
    }
    constexpr bool holds(char c) const { return octets.has(c); }
    constexpr octet_set set() const { return octets; }
};

/// Whether a node takes one octet of a class.
template <class Node>
inline constexpr bool is_octet_class = std::is_base_of_v<one_octet<Node>, Node>;
template <class Node>
concept octet_class = is_octet_class<Node>;

inline constexpr std::size_t unbounded = static_cast<std::size_t>(-1);

/// How often a repetition may match. "No upper bound" is a constant, which saves a test.
struct from_count {
    std::size_t at_least;
    static constexpr std::size_t at_most = unbounded;
};
struct count_range {
    std::size_t at_least, at_most;
};

/// `<at_least>*<at_most>subject`
template <class Subject, class Counts>
struct repetition : x3::unary_parser<Subject, repetition<Subject, Counts>>, Counts {
    using attribute_type = x3::unused_type;
    static bool const has_attribute = false;

    constexpr repetition(Subject const& one, Counts counts)
        : x3::unary_parser<Subject, repetition>(one), Counts(counts) {}

    template <class Context>
    bool parse(char const*& first, char const* last, Context const& context, x3::unused_type, x3::unused_type) const {
        auto stop = first;
        std::size_t count = 0;
        if constexpr (is_octet_class<Subject>) {
            if (static_cast<std::size_t>(last - first) > this->at_most) last = first + this->at_most;
            while (stop != last && this->subject.holds(*stop)) ++stop;
            count = static_cast<std::size_t>(stop - first);
        } else {
            constexpr bool bounded = !std::is_same_v<Counts, from_count>;
            while (!(bounded && count == this->at_most) &&
                   this->subject.parse(stop, last, context, x3::unused, x3::unused))
                ++count;
        }
        if (count < this->at_least) return false;
        first = stop;
        return true;
    }
};

/// Operands of our own operators, rather than X3's.
template <class Node>
concept grammar_node = std::is_base_of_v<x3::parser_base, Node>;

template <octet_class Left, octet_class Right>
constexpr octet_choice<Left, Right> operator|(Left const& left, Right const& right) {
    return {left, right};
}
template <grammar_node Subject>
constexpr repetition<Subject, from_count> operator*(Subject const& subject) {
    return {subject, {0}};
}
template <grammar_node Subject>
constexpr repetition<Subject, from_count> operator+(Subject const& subject) {
    return {subject, {1}};
}

/// `repeat(2)[x]` is 2x, `repeat(0, 31)[x]` is *31x.
struct repeat {
    count_range counts;

    constexpr explicit repeat(std::size_t count) : counts{count, count} {}
    constexpr repeat(std::size_t least, std::size_t most) : counts{least, most} {}
    template <class Subject>
    constexpr repetition<Subject, count_range> operator[](Subject const& subject) const {
        return {subject, counts};
    }
};

}  // namespace mtasts::grammar
// #include <mtasts/text/fixed_text.hpp>
/// A text as a template argument.

namespace mtasts::text {

/// A literal, usable as a template argument.
/// Example: `static_assert(mtasts::text::fixed_text("v=STSv1").view().size() == 7);`
template <std::size_t N>
struct fixed_text {
    char octets[N]{};
    constexpr fixed_text(char const (&literal)[N]) { std::copy_n(literal, N, octets); }
    constexpr std::string_view view() const { return {octets, N - 1}; }
};

}  // namespace mtasts::text

namespace mtasts::grammar {

/// What a sink is called with: the type says which production matched, so that sinks are overload sets.
template <text::fixed_text Name>
struct event {
    static constexpr std::string_view production = Name.view();
};

/// The key under which `match` passes its sink through X3's context.
struct sink_key;

/// Whether anything below a node is announced. Nodes that announce nothing, which are most of a grammar, are read
/// without a sink, by the same code for all sinks.
template <class Node>
inline constexpr bool announces = false;
template <template <class...> class Node, class... Parts>
inline constexpr bool announces<Node<Parts...>> = (announces<Parts> || ...);

/// An X3 directive that knows its RFC name and may announce what it matched.
template <text::fixed_text Name, bool Announced, class Subject>
struct production : x3::unary_parser<Subject, production<Name, Announced, Subject>> {
    using base = x3::unary_parser<Subject, production>;
    using attribute_type = x3::unused_type;
    using event_type = event<Name>;
    static bool const has_attribute = false;
    static constexpr bool announced = Announced;
    static constexpr std::string_view rfc_name = Name.view();

    constexpr explicit production(Subject const& inner) : base(inner) {}

    /// For a rule of one octet.
    constexpr bool holds(char c) const { return this->subject.holds(c); }
    constexpr octet_set set() const { return this->subject.set(); }

    bool parse(char const*& first, char const* last, x3::unused_type, x3::unused_type, x3::unused_type) const
        requires(!Announced && !announces<Subject>) {
        return this->subject.parse(first, last, x3::unused, x3::unused, x3::unused);
    }

    template <class Context>
    bool parse(char const*& first, char const* last, Context const& context, x3::unused_type, x3::unused_type) const
        requires(Announced || announces<Subject>) {
        auto const begin = first;
        if constexpr (announces<Subject>) {
            if (!this->subject.parse(first, last, context, x3::unused, x3::unused)) return false;
        } else {
            if (!this->subject.parse(first, last, x3::unused, x3::unused, x3::unused)) return false;
        }
        if constexpr (Announced)
            x3::get<sink_key>(context)(event_type{}, std::string_view(begin, static_cast<std::size_t>(first - begin)));
        return true;
    }
};

template <text::fixed_text Name, bool Announced, class Subject>
inline constexpr bool announces<production<Name, Announced, Subject>> = Announced || announces<Subject>;

/// A rule of one octet is a class, unless it must be announced.
template <text::fixed_text Name, class Subject>
inline constexpr bool is_octet_class<production<Name, false, Subject>> = is_octet_class<Subject>;

/// `sts-field = sts-id / sts-extension` is written `rule<"sts-field">(sts_id | sts_extension)`.
template <text::fixed_text Name, class Expression>
constexpr auto rule(Expression const& expression) {
    return production<Name, false, Expression>(expression);
}

/// A rule whose match is passed to the sink. Everything that decides the match must be inside, lookahead too, so that
/// nothing is announced and then taken back.
template <text::fixed_text Name, class Expression>
constexpr auto announce(Expression const& expression) {
    return production<Name, true, Expression>(expression);
}

/// A terminal of more than one octet: `scan` returns how many octets it takes from the front of a text, or `no_match`.
template <class Derived>
struct terminal : x3::parser<Derived> {
    using attribute_type = x3::unused_type;
    static bool const has_attribute = false;
    static constexpr std::size_t no_match = static_cast<std::size_t>(-1);

    [[gnu::always_inline]] bool parse(char const*& first, char const* last, x3::unused_type, x3::unused_type,
                                      x3::unused_type) const {
        auto const taken = this->derived().scan({first, static_cast<std::size_t>(last - first)});
        if (taken == no_match) return false;
        first += taken;
        return true;
    }
};

/// RFC 7405: a %s"quoted" literal, which is case-sensitive.
struct literal : terminal<literal> {
    std::string_view text;

    constexpr explicit literal(std::string_view octets) : text(octets) {}
    constexpr std::size_t scan(std::string_view rest) const {
        if (rest.size() < text.size()) return no_match;
        // Usually the first octet differs, which is not worth a call of memcmp.
        for (std::size_t i = 0; i != text.size(); ++i)
            if (rest[i] != text[i]) return no_match;
        return text.size();
    }
};

constexpr literal lit(std::string_view text) { return literal(text); }
constexpr octet_literal lit(char octet) { return octet_literal(octet); }

/// RFC 5234 2.3: a plain "quoted" literal, which is case-insensitive.
struct any_case_literal : terminal<any_case_literal> {
    std::string_view text;

    constexpr explicit any_case_literal(std::string_view octets) : text(octets) {}

    static constexpr char folded(char c) { return 'A' <= c && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

    constexpr std::size_t scan(std::string_view rest) const {
        if (rest.size() < text.size()) return no_match;
        for (std::size_t i = 0; i != text.size(); ++i)
            if (rest[i] != text[i] && folded(rest[i]) != folded(text[i])) return no_match;
        return text.size();
    }
};

constexpr any_case_literal any_case(std::string_view text) { return any_case_literal(text); }

/// The end of the text.
struct end_of_text : x3::parser<end_of_text> {
    using attribute_type = x3::unused_type;
    static bool const has_attribute = false;

    bool parse(char const*& first, char const* last, x3::unused_type, x3::unused_type, x3::unused_type) const {
        return first == last;
    }
};
inline constexpr end_of_text eoi{};

/// `%xFIRST-LAST`. Ranges never cross 0x7F/0x80, because `char` may be signed.
constexpr octet_range octets(int first, int last) { return {static_cast<char>(first), static_cast<char>(last)}; }

/// `%xVALUE`
constexpr octet_range octet(int value) { return octets(value, value); }

}  // namespace mtasts::grammar

namespace mtasts::grammar {

// ALPHA = %x41-5A / %x61-7A
inline constexpr auto ALPHA = rule<"ALPHA">(octets(0x41, 0x5A) | octets(0x61, 0x7A));

// CR = %x0D
inline constexpr auto CR = rule<"CR">(octet(0x0D));

// LF = %x0A
inline constexpr auto LF = rule<"LF">(octet(0x0A));

// CRLF = CR LF
inline constexpr auto CRLF = rule<"CRLF">(CR >> LF);

// DIGIT = %x30-39
inline constexpr auto DIGIT = rule<"DIGIT">(octets(0x30, 0x39));

// DQUOTE = %x22
inline constexpr auto DQUOTE = rule<"DQUOTE">(octet(0x22));

// HEXDIG = DIGIT / "A" / "B" / "C" / "D" / "E" / "F"
inline constexpr auto HEXDIG = rule<"HEXDIG">(DIGIT | octets(0x41, 0x46) | octets(0x61, 0x66));

// HTAB = %x09
inline constexpr auto HTAB = rule<"HTAB">(octet(0x09));

// SP = %x20
inline constexpr auto SP = rule<"SP">(octet(0x20));

// VCHAR = %x21-7E
inline constexpr auto VCHAR = rule<"VCHAR">(octets(0x21, 0x7E));

// WSP = SP / HTAB
inline constexpr auto WSP = rule<"WSP">(SP | HTAB);

}  // namespace mtasts::grammar

namespace mtasts::grammar {

// date-fullyear = 4DIGIT
inline constexpr auto date_fullyear = announce<"date-fullyear">(repeat(4)[DIGIT]);

// date-month = 2DIGIT
inline constexpr auto date_month = announce<"date-month">(repeat(2)[DIGIT]);

// date-mday = 2DIGIT
inline constexpr auto date_mday = announce<"date-mday">(repeat(2)[DIGIT]);

// time-hour = 2DIGIT
inline constexpr auto time_hour = announce<"time-hour">(repeat(2)[DIGIT]);

// time-minute = 2DIGIT
inline constexpr auto time_minute = announce<"time-minute">(repeat(2)[DIGIT]);

// time-second = 2DIGIT
inline constexpr auto time_second = announce<"time-second">(repeat(2)[DIGIT]);

// time-secfrac = "." 1*DIGIT
inline constexpr auto time_secfrac = rule<"time-secfrac">(lit('.') >> +DIGIT);

// time-numoffset = ("+" / "-") time-hour ":" time-minute
inline constexpr auto time_numoffset =
    announce<"time-numoffset">((lit('+') | lit('-')) >> repeat(2)[DIGIT] >> lit(':') >> repeat(2)[DIGIT]);

// time-offset = "Z" / time-numoffset
inline constexpr auto time_offset = rule<"time-offset">(any_case("Z") | time_numoffset);

// partial-time = time-hour ":" time-minute ":" time-second [time-secfrac]
inline constexpr auto partial_time =
    rule<"partial-time">(time_hour >> lit(':') >> time_minute >> lit(':') >> time_second >> -time_secfrac);

// full-date = date-fullyear "-" date-month "-" date-mday
inline constexpr auto full_date = rule<"full-date">(date_fullyear >> lit('-') >> date_month >> lit('-') >> date_mday);

// full-time = partial-time time-offset
inline constexpr auto full_time = rule<"full-time">(partial_time >> time_offset);

// date-time = full-date "T" full-time
inline constexpr auto date_time = rule<"date-time">(full_date >> any_case("T") >> full_time >> eoi);

}  // namespace mtasts::grammar
// #include <mtasts/model/instant.hpp>
/// RFC 3339 1: instants that a date-time can express.

namespace mtasts::detail {

/// Whether four digits can hold the year of an instant in UTC.
/// Example: `static_assert(mtasts::detail::is_writable(std::chrono::sys_seconds{}));`
constexpr bool is_writable(std::chrono::sys_seconds instant) {
    using namespace std::chrono;
    return sys_days(year(0) / 1 / 1) <= instant && instant < sys_days(year(10000) / 1 / 1);
}

}  // namespace mtasts::detail
// #include <mtasts/parse/fault_table.hpp>
/// Tables of faults. A text that its grammar rejects is tested against one row after the other; the first row that
/// finds what it looks for says what is wrong, and where.

namespace mtasts::detail::fault_table {

/// The result of a row: some octets, which may be empty, or nothing.
using octets = std::optional<std::string_view>;

/// The octets that the finding is about: those that were found, or the whole text.
enum class about { found, whole };
using enum about;

/// What to look for, the code that reports it, and which octets it is about. The subject is what was rejected: its
/// `text`, and whatever else tells one fault from another.
template <class Subject>
struct row {
    octets (*look)(Subject const&);
    code what;
    about place;
};

/// A subject that is only a text.
struct plain {
    std::string_view text;
};

/// The finding of the first row that finds something; `whole` is the text that the subject's is a view of.
template <class Subject, std::size_t N>
constexpr std::optional<finding> first_fault(std::array<row<Subject>, N> const& rows, Subject const& subject,
                                             std::string_view whole) {
    for (auto const& each : rows)
        if (auto const found = each.look(subject))
            return finding{each.what, span_of(whole, each.place == about::whole ? subject.text : *found)};
    return {};
}

constexpr octets only_if(bool condition, octets found) { return condition ? found : octets{}; }
/// The octets at an offset; nothing for npos.
constexpr octets at(std::string_view text, std::size_t offset, std::size_t length = 1) {
    return offset == text.npos ? octets{} : text.substr(offset, length);
}

template <char... Octets>
constexpr bool is(char c) {
    return ((c == Octets) || ...);
}
template <bool (*Accepts)(char)>
constexpr bool no(char c) {
    return !Accepts(c);
}
/// RFC 5234 B.1: CTL, except HTAB.
constexpr bool is_control_but_tab(char c) { return text::is_control(c) && c != '\t'; }

/// The first octet that a predicate accepts.
template <bool (*Accepts)(char), class Subject>
constexpr octets first(Subject const& subject) {
    return at(subject.text, text::find_octet(subject.text, Accepts));
}
/// The first octet of the text, if the predicate accepts it.
template <bool (*Accepts)(char), class Subject>
constexpr octets front(Subject const& subject) {
    return only_if(!subject.text.empty() && Accepts(subject.text.front()), subject.text.substr(0, 1));
}
/// The last octet of the text, if the predicate accepts it.
template <bool (*Accepts)(char), class Subject>
constexpr octets back(Subject const& subject) {
    return only_if(!subject.text.empty() && Accepts(subject.text.back()), at(subject.text, subject.text.size() - 1));
}
template <class Subject>
constexpr octets empty(Subject const& subject) {
    return only_if(subject.text.empty(), subject.text);
}
/// The row for when all others found nothing.
template <class Subject>
constexpr octets anything(Subject const& subject) {
    return subject.text;
}

}  // namespace mtasts::detail::fault_table
// #include <mtasts/parse/read.hpp>
/// Reading a text with a grammar: by X3 at run time, by the walk in a constant expression.

// #include <mtasts/grammar/reading/expect.hpp>
/// expect: how far a grammar matches a text, and what it would have accepted there.

// #include <mtasts/grammar/reading/walk.hpp>
/// walk: an interpreter of the same grammar objects that works in constant expressions.

// #include <mtasts/grammar/reading/furthest_failure.hpp>
/// What a walk records for `expect`.

namespace mtasts::grammar {

/// The furthest failure, and the outermost productions (or bare literals) that were tried there.
class furthest_failure {
  public:
    constexpr void enter(std::string_view production, std::size_t begin) { open_.push_back({production, begin}); }
    constexpr void leave() { open_.pop_back(); }
    constexpr void suppress(bool on) { suppressed_ += on ? 1 : -1; }

    constexpr void missed(std::size_t at, std::string_view literal, bool is_literal) {
        if (suppressed_ != 0 || at < result.offset) return;
        if (at > result.offset) {
            result.offset = at;
            result.wanted.clear();
        }
        // The outermost production that begins at the failure; the first open one is the whole text's and says nothing.
        expectation::item item{literal, is_literal};
        for (std::size_t i = open_.size(); i > 1 && open_[i - 1].begin == at; --i)
            item = {open_[i - 1].production, false};
        if (item.text.empty() && !open_.empty()) item = {open_.back().production, false};
        for (auto const& known : result.wanted)
            if (known == item) return;
        result.wanted.push_back(item);
    }

    expectation result;

  private:
    struct open_production {
        std::string_view production;
        std::size_t begin;
    };
    std::vector<open_production> open_;
    int suppressed_ = 0;
};

}  // namespace mtasts::grammar
// #include <mtasts/grammar/reading/nodes.hpp>
/// Tells the nodes of a grammar object apart: the one place that knows X3's node types.

// #include <mtasts/grammar/scan.hpp>
/// Runs of octets, searched many at a time (text/simd.hpp) where possible.

namespace mtasts::grammar {

/// One-octet characters that need no escape in a JSON string.
constexpr bool is_plain(char c) { return static_cast<signed char>(c) >= ' ' && c != '"' && c != '\\'; }
constexpr bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

/// RFC 3986 2: what is allowed anywhere in the path or the query of a URI, and in the name of its host.
constexpr bool is_uri_plain(char c) {
    return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('&' <= c && c <= ';' && c != ':') || c == '!' ||
           c == '$' || c == '=' || c == '?' || c == '_' || c == '~';
}

/// The usual octets of JSON strings.
struct plain_octets {
    /// Variant for when 32 octets may be read: most strings end within them, so both blocks are tested with one branch.
    [[gnu::always_inline]] static constexpr char const* skip_with_lookahead(char const* at, char const* end) {
        if (!std::is_constant_evaluated() && text::octet_block::available && text::octet_block::bits_each == 1) {
            auto const found = text::octet_block(at).not_plain() | text::octet_block(at + 16).not_plain() << 16;
            if (found != 0) return at + text::octet_block::first(found);
            at += 32;
        }
        return skip(at, end);
    }
    [[gnu::noinline]] static constexpr char const* skip(char const* at, char const* end) {
        if (!std::is_constant_evaluated() && text::octet_block::available)
            for (; end - at >= 16; at += 16)
                if (auto const found = text::octet_block(at).not_plain(); found != 0)
                    return at + text::octet_block::first(found);
        while (at != end && is_plain(*at)) ++at;
        return at;
    }
};

struct blank_octets {
    [[gnu::noinline]] static constexpr char const* skip(char const* at, char const* end) {
        if (!std::is_constant_evaluated() && text::octet_block::available)
            for (; end - at >= 16; at += 16)
                if (auto const found = text::octet_block(at).not_blank(); found != 0)
                    return at + text::octet_block::first(found);
        while (at != end && is_blank(*at)) ++at;
        return at;
    }
};

struct uri_octets {
    static constexpr char const* skip(char const* at, char const* end) {
        if (!std::is_constant_evaluated() && text::octet_block::available)
            for (; end - at >= 16; at += 16)
                if (auto const found = text::octet_block(at).not_uri_plain(); found != 0)
                    return at + text::octet_block::first(found);
        while (at != end && is_uri_plain(*at)) ++at;
        return at;
    }
};

/// Pairs of hexadecimal digits.
struct hex_pairs {
    static constexpr char const* skip(char const* at, char const* end) {
        auto stop = at;
        bool found = false;
        if (!std::is_constant_evaluated() && text::octet_block::available)
            for (; !found && end - stop >= 16;) {
                auto const other = text::octet_block(stop).not_hex();
                found = other != 0;
                stop += found ? text::octet_block::first(other) : 16;
            }
        while (!found && stop != end && text::is_hex_digit(*stop)) ++stop;
        return stop - (stop - at) % 2;
    }
};

/// A run of a class of octets, which `match` takes with `Run::skip`; the other readings see the plain repetition it
/// stands for.
template <class Run, class Subject>
struct scanned_run : x3::unary_parser<Subject, scanned_run<Run, Subject>> {
    using attribute_type = x3::unused_type;
    static bool const has_attribute = false;
    std::size_t at_least;
    static constexpr std::size_t at_most = unbounded;

    constexpr explicit scanned_run(Subject const& one, std::size_t count)
        : x3::unary_parser<Subject, scanned_run>(one), at_least(count) {}

    bool parse(char const*& first, char const* last, x3::unused_type, x3::unused_type, x3::unused_type) const {
        auto const stop = Run::skip(first, last);
        if (static_cast<std::size_t>(stop - first) < at_least) return false;
        first = stop;
        return true;
    }
};

/// `*subject`, matched by `Run`.
template <class Run, class Subject>
constexpr auto scanned(Subject const& subject, std::size_t at_least) {
    return scanned_run<Run, Subject>(subject, at_least);
}

}  // namespace mtasts::grammar

namespace mtasts::grammar {

enum class kind {
    unknown,
    production,
    sequence,
    choice,
    repetition,
    option,
    ahead,
    not_ahead,
    end,
    range,
    octet,
    terminal
};

template <class Node>
inline constexpr kind kind_of = std::is_base_of_v<terminal<Node>, Node> ? kind::terminal : kind::unknown;
template <text::fixed_text Name, bool Announced, class Subject>
inline constexpr kind kind_of<production<Name, Announced, Subject>> = kind::production;
template <class Left, class Right>
inline constexpr kind kind_of<x3::sequence<Left, Right>> = kind::sequence;
template <class Left, class Right>
inline constexpr kind kind_of<x3::alternative<Left, Right>> = kind::choice;
template <class Left, class Right>
inline constexpr kind kind_of<octet_choice<Left, Right>> = kind::choice;
template <class Subject, class Counts>
inline constexpr kind kind_of<repetition<Subject, Counts>> = kind::repetition;
template <class Run, class Subject>
inline constexpr kind kind_of<scanned_run<Run, Subject>> = kind::repetition;
template <class Subject>
inline constexpr kind kind_of<x3::optional<Subject>> = kind::option;
template <class Subject>
inline constexpr kind kind_of<x3::and_predicate<Subject>> = kind::ahead;
template <class Subject>
inline constexpr kind kind_of<x3::not_predicate<Subject>> = kind::not_ahead;
template <>
inline constexpr kind kind_of<end_of_text> = kind::end;
template <>
inline constexpr kind kind_of<octet_range> = kind::range;
template <>
inline constexpr kind kind_of<octet_literal> = kind::octet;

/// A node that adds nothing to a sentence.
template <class Node>
inline constexpr bool is_silent =
    kind_of<Node> == kind::ahead || kind_of<Node> == kind::not_ahead || kind_of<Node> == kind::end;

/// A `static_assert` on this names the node that a reading cannot read.
template <class Node>
inline constexpr bool no_meaning_for = false;

}  // namespace mtasts::grammar

namespace mtasts::grammar {

/// A sink that ignores what is announced.
struct ignoring {
    template <class Event>
    constexpr void operator()(Event, std::string_view) const {}
};
inline constexpr ignoring ignore_events;

/// One quoted octet as text with static storage, for the names of one-octet literals.
inline constexpr auto octet_texts = [] {
    std::array<char, 256> all{};
    for (std::size_t c = 0; c != all.size(); ++c) all[c] = static_cast<char>(c);
    return all;
}();

/// A position in a text. The trace, if there is one, records where the text does not match the grammar.
class walker {
  public:
    constexpr explicit walker(std::string_view text, furthest_failure* trace = nullptr) : text_(text), trace_(trace) {}

    template <class Node, class Sink>
    constexpr bool operator()(Node const& node, Sink& sink) {
        constexpr auto is = kind_of<Node>;
        auto const begin = position_;
        if constexpr (!announces<Node> && !std::is_same_v<Sink, ignoring const>) {
            return (*this)(node, ignore_events);
        } else if constexpr (is == kind::production) {
            if (trace_ != nullptr) trace_->enter(Node::rfc_name, begin);
            bool const taken = (*this)(node.subject, sink);
            if (trace_ != nullptr) trace_->leave();
            if constexpr (Node::announced)
                if (taken) sink(typename Node::event_type{}, text_.substr(begin, position_ - begin));
            return taken;
        } else if constexpr (is == kind::sequence) {
            if ((*this)(node.left, sink) && (*this)(node.right, sink)) return true;
            position_ = begin;
            return false;
        } else if constexpr (is == kind::choice) {
            return (*this)(node.left, sink) || (*this)(node.right, sink);
        } else if constexpr (is == kind::repetition) {
            std::size_t count = 0;
            while (count != node.at_most && (*this)(node.subject, sink)) ++count;
            if (count >= node.at_least) return true;
            position_ = begin;
            return false;
        } else if constexpr (is == kind::option) {
            (*this)(node.subject, sink);
            return true;
        } else if constexpr (is == kind::ahead) {
            bool const taken = (*this)(node.subject, sink);
            position_ = begin;
            return taken;
        } else if constexpr (is == kind::not_ahead) {
            if (trace_ != nullptr) trace_->suppress(true);
            bool const taken = (*this)(node.subject, sink);
            if (trace_ != nullptr) trace_->suppress(false);
            position_ = begin;
            return !taken;
        } else if constexpr (is == kind::end) {
            return position_ == text_.size() || missed("end of text", false);
        } else if constexpr (is == kind::range) {
            return took_one(node.from, node.to) || missed({}, false);
        } else if constexpr (is == kind::octet) {
            return took_one(node.octet, node.octet) ||
                   missed({octet_texts.data() + static_cast<unsigned char>(node.octet), 1}, true);
        } else if constexpr (is == kind::terminal) {
            auto const taken = node.scan(text_.substr(position_));
            if (taken == Node::no_match) return missed(node.text, true);
            position_ += taken;
            return true;
        } else {
            static_assert(no_meaning_for<Node>, "walk: this X3 node has no meaning yet");
        }
    }

  private:
    constexpr bool took_one(char from, char to) {
        if (position_ == text_.size() || text_[position_] < from || to < text_[position_]) return false;
        ++position_;
        return true;
    }
    constexpr bool missed(std::string_view wanted, bool is_literal) {
        if (trace_ != nullptr) trace_->missed(position_, wanted, is_literal);
        return false;
    }

    std::string_view text_;
    std::size_t position_ = 0;
    furthest_failure* trace_;
};

/// `match` for constant expressions: whether the grammar matches from the first octet of the text.
template <class Grammar, class Sink>
constexpr bool walk(Grammar const& grammar, std::string_view text, Sink&& sink) {
    return walker(text)(grammar, sink);
}

}  // namespace mtasts::grammar

namespace mtasts::grammar {

/// What the grammar would have accepted where the text first leaves it. For a text that does not match.
template <class Grammar>
constexpr expectation expect(Grammar const& grammar, std::string_view text) {
    furthest_failure trace;
    walker(text, &trace)(grammar, ignore_events);
    return trace.result;
}

}  // namespace mtasts::grammar
// #include <mtasts/grammar/reading/match.hpp>
/// match: X3 runs the grammar over a text, at run time.

namespace mtasts::grammar {

/// Whether the grammar matches from the first octet of the text; announced matches go to the sink.
/// The grammar ends with `eoi` if the whole text must match.
template <class Grammar, class Sink>
bool match(Grammar const& grammar, std::string_view text, Sink&& sink) {
    auto first = text.data();
    auto const last = first + text.size();
    // Not x3::with, which would copy the grammar and hide its constants from the optimizer.
    return grammar.parse(first, last, x3::make_context<sink_key>(sink), x3::unused, x3::unused);
}

}  // namespace mtasts::grammar
// #include <mtasts/parse/options.hpp>
/// Limits and leniency of parsers.
// #include <mtasts/model/kept_text.hpp>
/// The argument of parsers: a text that outlives its views.

#include <concepts>

namespace mtasts {

namespace detail {

/// A temporary string that owns its octets.
template <class Text>
concept temporary_string =
    !std::is_reference_v<Text> && std::convertible_to<Text const&, std::string_view> && requires(Text const& text) {
    text.c_str();
};

}  // namespace detail

/// The text given to a parser, whose result has views of it: it must live as long as the result. A temporary string does
/// not compile: use `owned<T>`, which keeps the text together with the value.
/// Example: `static_assert(!std::is_convertible_v<std::string, mtasts::kept_text>);`
struct kept_text : std::string_view {
    using std::string_view::string_view;

    template <class Text>
    requires std::convertible_to<Text const&, std::string_view>
    constexpr kept_text(Text const& text) : std::string_view(text) {}

    /// Use `owned<T>`.
    template <detail::temporary_string Text>
    kept_text(Text&& use_owned_for_a_temporary_string) = delete;
};

}  // namespace mtasts

namespace mtasts {

/// Limits and leniency of a parse. The default is what RFC 8461 and RFC 8460 ask of a strict consumer.
struct parse_options {
    /// RFC 8461 3.3: octets; a longer text is rejected, not truncated.
    std::size_t max_size = 65536;
    /// For a policy: skip blank lines and a byte order mark, with a warning.
    bool lenient = false;
    /// For a policy: skip malformed mx lines, with a warning.
    bool skip_malformed_mx = false;
};

/// Limits of a report (RFC 8259 9). Past one there is a finding, and nothing more is read.
struct report_options {
    /// Octets of the whole text.
    std::size_t max_size = 32 * 1024 * 1024;
    /// Nesting of arrays and objects, at most 1024; a report needs five.
    std::size_t max_depth = 16;
    std::size_t max_policies = 100'000;
    /// Failure details of all policies.
    std::size_t max_failures = 250'000;
    /// Strings in arrays, of all policies.
    std::size_t max_strings = 1'000'000;
    /// Members that RFC 8460 does not define, whose names must be kept to find duplicates.
    std::size_t max_members = 100'000;
    /// Octets of one string, as written in the text.
    std::size_t max_string = 65536;
    /// Findings that are listed.
    std::size_t max_findings = 10'000;
};

}  // namespace mtasts

namespace mtasts::detail {

/// Whether the grammar matches the text; announced matches go to the sink.
template <class Grammar, class Sink>
constexpr bool read(Grammar const& grammar, std::string_view text, Sink&& sink) {
    if (std::is_constant_evaluated()) return grammar::walk(grammar, text, sink);
    return grammar::match(grammar, text, sink);
}

using grammar::ignore_events;

/// The `expect` of findings: what `Grammar` would have accepted where a part leaves it.
template <auto const& Grammar>
constexpr expectation expectation_of(std::string_view part) {
    return grammar::expect(Grammar, part);
}

/// The finding, which can give what `Grammar` expected in `part`, a view of the whole text.
template <auto const& Grammar>
constexpr finding with_expectation(finding said, std::string_view whole, std::string_view part) {
    said.expect = expectation_of<Grammar>;
    said.part = span_of(whole, part);
    return said;
}

/// The generic "leaves its grammar here", for a fault without a better description.
template <auto const& Grammar>
constexpr finding plain_syntax_finding(std::string_view whole, std::string_view part) {
    auto said = with_expectation<Grammar>({code::text_syntax, {}}, whole, part);
    auto const stop = said.expected_in(whole).offset;
    said.where = {stop, stop < said.part.end() ? 1u : 0u};
    return said;
}

/// RFC 8461 3.3: reports a text above the limit; such a text is not read.
constexpr bool too_large(std::string_view text, parse_options const& options, findings& found) {
    if (text.size() <= options.max_size) return false;
    found.push_back({code::text_too_large, {options.max_size, 0}});
    return true;
}

}  // namespace mtasts::detail

namespace mtasts {

namespace detail {

/// The value of a few decimal digits.
constexpr int small_number(std::string_view digits) {
    int value = 0;
    for (char const c : digits) value = value * 10 + (c - '0');
    return value;
}

namespace date_table {

using namespace fault_table;
using enum code;

template <class Form>
constexpr octets takes(Form const& form, plain const& given) {
    return only_if(read(form >> grammar::eoi, given.text, ignore_events), given.text);
}
constexpr octets no_zone(plain const& given) {
    return takes(grammar::full_date >> grammar::any_case("T") >> grammar::partial_time, given);
}
constexpr octets space_for_t(plain const& given) {
    return takes(grammar::full_date >> grammar::lit(' ') >> grammar::full_time, given);
}
constexpr octets date_alone(plain const& given) { return takes(grammar::full_date, given); }

inline constexpr auto forms = std::to_array<row<plain>>({
    {no_zone, time_zone_missing, whole},
    {space_for_t, time_space, whole},
    {date_alone, time_date_only, whole},
    {anything, time_syntax, whole},
});

}  // namespace date_table

/// The numbers of a date-time, which the grammar announces.
struct date_time_parts {
    std::string_view year, month, day, hour, minute, second, offset;

    constexpr void operator()(grammar::event<"date-fullyear">, std::string_view part) { year = part; }
    constexpr void operator()(grammar::event<"date-month">, std::string_view part) { month = part; }
    constexpr void operator()(grammar::event<"date-mday">, std::string_view part) { day = part; }
    constexpr void operator()(grammar::event<"time-hour">, std::string_view part) { hour = part; }
    constexpr void operator()(grammar::event<"time-minute">, std::string_view part) { minute = part; }
    constexpr void operator()(grammar::event<"time-second">, std::string_view part) { second = part; }
    constexpr void operator()(grammar::event<"time-numoffset">, std::string_view part) { offset = part; }

    constexpr std::string_view offset_hour() const {
        return offset.substr((std::min)(offset.size(), std::size_t{1}), 2);
    }
    constexpr std::string_view offset_minute() const {
        return offset.substr((std::min)(offset.size(), std::size_t{4}));
    }
    constexpr std::chrono::minutes east() const {
        auto const size =
            std::chrono::hours(small_number(offset_hour())) + std::chrono::minutes(small_number(offset_minute()));
        return offset.starts_with('-') ? -size : size;
    }
    constexpr std::chrono::year_month_day date() const {
        return std::chrono::year(small_number(year)) / small_number(month) / small_number(day);
    }
};

/// RFC 3339 5.7: reports numbers that are out of range.
constexpr void check_ranges(std::string_view text, date_time_parts const& parts, findings& found) {
    auto const date = parts.date();
    // For a month that does not exist, any last day will do.
    int const last_day =
        date.month().ok() ? static_cast<int>(unsigned{(date.year() / date.month() / std::chrono::last).day()}) : 99;
    struct limited {
        std::string_view number;
        int least, most;
    };
    limited const all[] = {{parts.month, 1, 12},          {parts.day, date.month().ok() ? 1 : 0, last_day},
                           {parts.hour, 0, 23},           {parts.minute, 0, 59},
                           {parts.second, 0, 60},         {parts.offset_hour(), 0, 23},
                           {parts.offset_minute(), 0, 59}};
    for (auto const& [number, least, most] : all) {
        auto const value = small_number(number);
        if (least <= value && value <= most) continue;
        bool const hour_24 = number.data() == parts.hour.data() && value == 24;
        found.push_back({hour_24 ? code::time_hour_24 : code::time_range, span_of(text, number)});
    }
}

}  // namespace detail

/// Reads an RFC 3339 date-time and gives its instant in UTC; fractions of a second are cut off, and a leap second is the
/// first second of the next day.
///
/// Findings: the time-* codes. The value is only meaningful if the text is usable.
/// Example: `static_assert(mtasts::parse_date_time("1970-01-02T00:00:00Z").value.time_since_epoch().count() == 86400);`
constexpr parsed<std::chrono::sys_seconds> parse_date_time(kept_text text, parse_options const& options = {}) {
    namespace chrono = std::chrono;
    parsed<chrono::sys_seconds> result;
    auto& found = result.findings;
    auto const all = text_span{0, text.size()};
    if (detail::too_large(text, options, found)) return result;

    detail::date_time_parts parts;
    if (!detail::read(grammar::date_time, text, parts)) {
        auto const said = *detail::fault_table::first_fault(detail::date_table::forms, {text}, text);
        found.push_back(detail::with_expectation<grammar::date_time>(said, text, text));
        return result;
    }
    detail::check_ranges(text, parts, found);
    if (!result.usable()) return result;
    if (text.substr(10, 1) == "t" || text.ends_with('z')) found.push_back({code::time_lower_case, all});
    auto const east = parts.east();
    result.value = chrono::sys_days(parts.date()) + chrono::hours(detail::small_number(parts.hour)) +
                   chrono::minutes(detail::small_number(parts.minute)) +
                   chrono::seconds(detail::small_number(parts.second)) - east;
    if (!detail::is_writable(result.value)) found.push_back({code::time_range, all});
    if (parts.second == "60") {
        // RFC 3339 5.7: leap seconds end a month in UTC; the instant is the first of the next one already.
        auto const today = chrono::floor<chrono::days>(result.value);
        bool const month_begins = result.value == today && chrono::year_month_day(today).day() == chrono::day(1);
        found.push_back(
            {month_begins ? code::time_leap_second : code::time_range, detail::span_of(text, parts.second)});
    }
    if (parts.offset == "-00:00") found.push_back({code::time_zone_unknown, detail::span_of(text, parts.offset)});
    else if (east != chrono::minutes{0}) found.push_back({code::time_zone_offset, detail::span_of(text, parts.offset)});
    return result;
}

namespace detail {

/// The instant that a text probably means although it is not an RFC 3339 date-time: without a zone it is taken as UTC,
/// with a space for the "T", and 24:00:00 as the beginning of the next day (RFC 8460 4.1). No other text is guessed at.
/// Example: `static_assert(!mtasts::detail::usual_date_time("2026-08-31"));`
constexpr std::optional<std::chrono::sys_seconds> usual_date_time(std::string_view text) {
    constexpr std::string_view shape = "0000-00-00T00:00:00";
    constexpr std::size_t hour = 11;
    std::array<char, 40> octets{};
    if (text.size() < shape.size() || text.size() + 1 > octets.size()) return {};
    std::copy(text.begin(), text.end(), octets.begin());
    auto size = text.size();
    if (octets[hour - 1] == ' ') octets[hour - 1] = 'T';
    bool const next_day = text.substr(hour, 8) == "24:00:00" && text.substr(shape.size(), 1) != ".";
    if (next_day) octets[hour] = octets[hour + 1] = '0';
    auto const as_written = [&] { return std::string_view(octets.data(), size); };
    if (parse_date_time(as_written()).has(code::time_zone_missing)) octets[size++] = 'Z';
    auto const read = parse_date_time(as_written());
    if (!read.usable()) return {};
    auto const instant = read.value + std::chrono::days(next_day ? 1 : 0);
    return is_writable(instant) ? std::optional(instant) : std::nullopt;
}

}  // namespace detail

}  // namespace mtasts
// #include <mtasts/parse/host.hpp>
/// RFC 5321 4.1.2, RFC 8461 3.2: names of hosts and mx patterns.

// #include <mtasts/grammar/sts_policy.hpp>
/// RFC 8461 3.2: the policy at `https://mta-sts.<policy domain>/.well-known/mta-sts.txt`.
/// Read from the bottom up. A known field contains its lookahead, so that "mode: nonesuch" never announces "none".
// #include <mtasts/grammar/domain.hpp>
/// RFC 5321 4.1.2: Domain, the name of a host in mail.

namespace mtasts::grammar {

// Let-dig = ALPHA / DIGIT
inline constexpr auto Let_dig = rule<"Let-dig">(ALPHA | DIGIT);

// Ldh-str = *( ALPHA / DIGIT / "-" ) Let-dig
// PEG: hyphens are taken only with the letter or digit that must follow them.
inline constexpr auto Ldh_str = rule<"Ldh-str">(+(*lit('-') >> +Let_dig));

// sub-domain = Let-dig [Ldh-str]
inline constexpr auto sub_domain = rule<"sub-domain">(Let_dig >> -Ldh_str);

// Domain = sub-domain *("." sub-domain)
inline constexpr auto Domain = rule<"Domain">(sub_domain >> *(lit('.') >> sub_domain));

// A Domain and nothing else.
inline constexpr auto Domain_alone = Domain >> eoi;

}  // namespace mtasts::grammar
// #include <mtasts/grammar/utf8.hpp>
/// RFC 3629 4: well-formed UTF-8, without surrogates, over-long forms or anything past U+10FFFF.

namespace mtasts::grammar {

// UTF8-tail = %x80-BF
inline constexpr auto UTF8_tail = rule<"UTF8-tail">(octets(0x80, 0xBF));

// UTF8-1 = %x00-7F
inline constexpr auto UTF8_1 = rule<"UTF8-1">(octets(0x00, 0x7F));

// UTF8-2 = %xC2-DF UTF8-tail
inline constexpr auto UTF8_2 = rule<"UTF8-2">(octets(0xC2, 0xDF) >> UTF8_tail);

// UTF8-3 = %xE0 %xA0-BF UTF8-tail / %xE1-EC 2( UTF8-tail ) / %xED %x80-9F UTF8-tail / %xEE-EF 2( UTF8-tail )
inline constexpr auto UTF8_3 =
    rule<"UTF8-3">(octet(0xE0) >> octets(0xA0, 0xBF) >> UTF8_tail | octets(0xE1, 0xEC) >> repeat(2)[UTF8_tail] |
                   octet(0xED) >> octets(0x80, 0x9F) >> UTF8_tail | octets(0xEE, 0xEF) >> repeat(2)[UTF8_tail]);

// UTF8-4 = %xF0 %x90-BF 2( UTF8-tail ) / %xF1-F3 3( UTF8-tail ) / %xF4 %x80-8F 2( UTF8-tail )
inline constexpr auto UTF8_4 = rule<"UTF8-4">(octet(0xF0) >> octets(0x90, 0xBF) >> repeat(2)[UTF8_tail] |
                                              octets(0xF1, 0xF3) >> repeat(3)[UTF8_tail] |
                                              octet(0xF4) >> octets(0x80, 0x8F) >> repeat(2)[UTF8_tail]);

// UTF8-char = UTF8-1 / UTF8-2 / UTF8-3 / UTF8-4
inline constexpr auto UTF8_char = rule<"UTF8-char">(UTF8_1 | UTF8_2 | UTF8_3 | UTF8_4);

// UTF8-octets = *( UTF8-char )
inline constexpr auto UTF8_octets = rule<"UTF8-octets">(*UTF8_char >> eoi);

}  // namespace mtasts::grammar

namespace mtasts::grammar {

// sts-policy-term = LF / CRLF
inline constexpr auto sts_policy_term = rule<"sts-policy-term">(LF | CRLF);

// sts-policy-field-delim = ":" *WSP
inline constexpr auto sts_policy_field_delim = rule<"sts-policy-field-delim">(lit(':') >> *WSP);

// PEG: what must follow a field, by sts-policy-record.
inline constexpr auto sts_policy_field_end = &(*WSP >> (sts_policy_term | eoi));

// sts-policy-alphanum = ALPHA / DIGIT
inline constexpr auto sts_policy_alphanum = rule<"sts-policy-alphanum">(ALPHA | DIGIT);

// sts-policy-vchar = %x21-7E / UTF8-2 / UTF8-3 / UTF8-4
inline constexpr auto sts_policy_vchar = rule<"sts-policy-vchar">(octets(0x21, 0x7E) | UTF8_2 | UTF8_3 | UTF8_4);

// sts-policy-ext-name = sts-policy-alphanum *31(sta-policy-alphanum / "_" / "-" / ".")
// "sta-" is a typo of the RFC for "sts-".
inline constexpr auto sts_policy_ext_name = rule<"sts-policy-ext-name">(
    sts_policy_alphanum >> repeat(0, 31)[sts_policy_alphanum | lit('_') | lit('-') | lit('.')]);

// sts-policy-ext-value = sts-policy-vchar [*(%x20 / sts-policy-vchar) sts-policy-vchar]
// PEG: spaces are taken only with the vchar that must follow them.
inline constexpr auto sts_policy_ext_value =
    rule<"sts-policy-ext-value">(sts_policy_vchar >> *(*octet(0x20) >> +sts_policy_vchar));

// sts-policy-extension = sts-policy-ext-name sts-policy-field-delim sts-policy-ext-value
inline constexpr auto sts_policy_extension = announce<"sts-policy-extension">(
    sts_policy_ext_name >> sts_policy_field_delim >> sts_policy_ext_value >> sts_policy_field_end);

// sts-policy-max-age-value = 1*10(DIGIT)
inline constexpr auto sts_policy_max_age_value = rule<"sts-policy-max-age-value">(repeat(1, 10)[DIGIT]);

// sts-policy-max-age-field = %s"max_age"
inline constexpr auto sts_policy_max_age_field = rule<"sts-policy-max-age-field">(lit("max_age"));

// sts-policy-max-age = sts-policy-max-age-field sts-policy-field-delim sts-policy-max-age-value
inline constexpr auto sts_policy_max_age = announce<"sts-policy-max-age">(
    sts_policy_max_age_field >> sts_policy_field_delim >> sts_policy_max_age_value >> sts_policy_field_end);

// sts-policy-mx-value = ["*."] Domain
inline constexpr auto sts_policy_mx_value = rule<"sts-policy-mx-value">(-any_case("*.") >> Domain);

// An sts-policy-mx-value and nothing else.
inline constexpr auto sts_policy_mx_value_alone = sts_policy_mx_value >> eoi;

// sts-policy-mx-field = %s"mx"
inline constexpr auto sts_policy_mx_field = rule<"sts-policy-mx-field">(lit("mx"));

// sts-policy-mx = sts-policy-mx-field sts-policy-field-delim sts-policy-mx-value
inline constexpr auto sts_policy_mx = announce<"sts-policy-mx">(sts_policy_mx_field >> sts_policy_field_delim >>
                                                                sts_policy_mx_value >> sts_policy_field_end);

// sts-policy-mode-value = %s"testing" / %s"enforce" / %s"none"
inline constexpr auto sts_policy_mode_value =
    rule<"sts-policy-mode-value">(lit("testing") | lit("enforce") | lit("none"));

// sts-policy-mode-field = %s"mode"
inline constexpr auto sts_policy_mode_field = rule<"sts-policy-mode-field">(lit("mode"));

// sts-policy-mode = sts-policy-mode-field sts-policy-field-delim sts-policy-mode-value
inline constexpr auto sts_policy_mode = announce<"sts-policy-mode">(sts_policy_mode_field >> sts_policy_field_delim >>
                                                                    sts_policy_mode_value >> sts_policy_field_end);

// sts-policy-version-value = %s"STSv1"
inline constexpr auto sts_policy_version_value = rule<"sts-policy-version-value">(lit("STSv1"));

// sts-policy-version-field = %s"version"
inline constexpr auto sts_policy_version_field = rule<"sts-policy-version-field">(lit("version"));

// sts-policy-version = sts-policy-version-field sts-policy-field-delim sts-policy-version-value
inline constexpr auto sts_policy_version = announce<"sts-policy-version">(
    sts_policy_version_field >> sts_policy_field_delim >> sts_policy_version_value >> sts_policy_field_end);

// sts-policy-field = sts-policy-version / sts-policy-mode / sts-policy-max-age / sts-policy-mx / sts-policy-extension
inline constexpr auto sts_policy_field = rule<"sts-policy-field">(
    sts_policy_version | sts_policy_mode | sts_policy_max_age | sts_policy_mx | sts_policy_extension);

// One line without its end.
inline constexpr auto sts_policy_line = sts_policy_field >> *WSP >> eoi;

// sts-policy-record = sts-policy-field *WSP *(sts-policy-term sts-policy-field *WSP) [sts-policy-term]
inline constexpr auto sts_policy_record = rule<"sts-policy-record">(
    sts_policy_field >> *WSP >> *(sts_policy_term >> sts_policy_field >> *WSP) >> -sts_policy_term >> eoi);

}  // namespace mtasts::grammar
// #include <mtasts/model/mx_pattern.hpp>
/// RFC 8461 3.2: the value of an mx field.

namespace mtasts {

/// `["*."] Domain`: a host name, or all names one label below a domain.
struct mx_pattern {
    std::string_view text;

    constexpr bool wildcard() const { return text.starts_with("*."); }
    /// The pattern without its "*.".
    constexpr std::string_view domain() const { return wildcard() ? text.substr(2) : text; }

    friend constexpr bool operator==(mx_pattern const&, mx_pattern const&) = default;
};

}  // namespace mtasts

namespace mtasts {

namespace detail {

namespace host_table {

using namespace fault_table;
using enum code;

/// A name that is not a Domain, or not an mx pattern if `pattern` is set.
struct host {
    std::string_view text;
    bool pattern;

    constexpr std::string_view first_label() const { return text.substr(0, text.find('.')); }
    constexpr std::string_view without_wildcard() const { return text.starts_with("*.") ? text.substr(2) : text; }
};

template <octets (*Look)(host const&)>
constexpr octets in_pattern(host const& given) {
    return only_if(given.pattern, Look(given));
}
constexpr octets scheme(host const& given) { return at(given.text, given.text.find("://")); }
/// Spaces have rows of their own.
constexpr octets control_before_tab(host const& given) {
    auto const control = first<text::is_control>(given);
    return only_if(control != "\t", control);
}
constexpr octets number_before_space(host const& given) {
    auto const number = given.text.substr(0, text::find_octet(given.text, text::is_space));
    return only_if(!number.empty() && number.size() != given.text.size() && text::all_octets(number, text::is_digit),
                   number);
}
constexpr octets u_label(host const& given) {
    return only_if(!text::all_octets(given.text, text::is_ascii) && to_a_labels(given.text), given.text);
}
constexpr octets ipv6(host const& given) {
    auto const may_stand = [](char c) { return text::is_hex_digit(c) || c == ':' || c == '.'; };
    return only_if(given.text.find(':') != given.text.rfind(':') && text::all_octets(given.text, may_stand),
                   given.text);
}
constexpr octets port(host const& given) {
    auto const found = at(given.text, given.text.find(':'), given.text.npos);
    return only_if(found && found->size() > 1 && found->size() != given.text.size() &&
                       text::all_octets(found->substr(1), text::is_digit),
                   found);
}
constexpr octets bare_wildcard(host const& given) {
    return only_if(given.text == "*" || given.text == "*.", given.text);
}
constexpr octets star_out_of_place(host const& given) {
    auto const star = given.text.rfind('*');
    return only_if(!given.pattern || star >= given.first_label().size(), at(given.text, star));
}
constexpr octets star_within_label(host const& given) {
    auto const label = given.first_label();
    return only_if(label != "*" && label.find('*') != label.npos, label);
}
constexpr octets two_dots(host const& given) {
    auto const domain = given.without_wildcard();
    return at(domain, domain.find(".."), 2);
}
constexpr octets dot_after_wildcard(host const& given) {
    auto const domain = given.without_wildcard();
    return only_if(domain.starts_with('.'), domain.substr(0, 1));
}
constexpr octets odd_character(host const& given) {
    auto const may_stand = [](char c) { return text::is_alphanumeric(c) || c == '-' || c == '.'; };
    auto const domain = given.without_wildcard();
    return at(domain, text::find_octet(domain, [&](char c) { return !may_stand(c); }));
}
/// The last label that a hyphen begins or ends.
constexpr octets hyphen_at_edge(host const& given) {
    octets found;
    text::for_each_piece(given.without_wildcard(), '.', [&](std::string_view label) {
        if (label.starts_with('-') || label.ends_with('-')) found = label;
    });
    return found;
}

inline constexpr auto rows = std::to_array<row<host>>({
    {empty, host_empty, whole},
    {first<is<'"', '\''>>, host_quoted, whole},
    {front<is<'['>>, host_address_literal, whole},
    {scheme, host_url, whole},
    {first<is<'@'>>, host_mail_address, whole},
    {in_pattern<first<is<',', ';'>>>, host_comma_list, whole},
    {first<is<',', ';'>>, host_characters, found},
    {control_before_tab, host_characters, found},
    {number_before_space, host_priority, found},
    {in_pattern<first<text::is_space>>, host_comma_list, whole},
    {first<text::is_space>, host_space, found},
    {u_label, host_u_label, whole},
    {first<no<text::is_ascii>>, host_non_ascii, whole},
    {ipv6, host_ipv6, whole},
    {port, host_port, found},
    {first<is<':'>>, host_characters, found},
    {bare_wildcard, host_wildcard_bare, whole},
    {star_out_of_place, host_wildcard_place, found},
    {star_within_label, host_wildcard_partial, found},
    {two_dots, host_empty_label, found},
    {front<is<'.'>>, host_leading_dot, whole},
    {dot_after_wildcard, host_empty_label, found},
    {back<is<'.'>>, host_trailing_dot, found},
    {first<is<'_'>>, host_underscore, found},
    {odd_character, host_characters, found},
    {hyphen_at_edge, host_hyphen, found},
    {anything, text_syntax, whole},
});

}  // namespace host_table

/// Explains why a name is not a Domain, or not an mx pattern if `pattern` is set: `whole` is the text that findings
/// have their place in, `host` a view of it.
constexpr finding explain_host(std::string_view whole, std::string_view host, bool pattern) {
    auto said = *fault_table::first_fault(host_table::rows, {host, pattern}, whole);
    if (pattern) return with_expectation<grammar::sts_policy_mx_value_alone>(said, whole, host);
    // Outside a policy, it is the name's own grammar that is violated.
    said.other_clause = "RFC 5321 4.1.2";
    return with_expectation<grammar::Domain_alone>(said, whole, host);
}

}  // namespace detail

/// Reads a Domain (RFC 5321 4.1.2): dot-separated labels of letters, digits and inner hyphens, without final dot.
///
/// Findings: the host-* codes. Lengths are not part of the grammar; `lint_host` judges them.
/// Example: `static_assert(mtasts::parse_domain("mail.example.com").usable());`
constexpr parsed<std::string_view> parse_domain(kept_text text, parse_options const& options = {}) {
    parsed<std::string_view> result{text, {}};
    if (detail::too_large(text, options, result.findings)) return result;
    if (!detail::read(grammar::Domain_alone, text, detail::ignore_events))
        result.findings.push_back(detail::explain_host(text, text, false));
    return result;
}

/// Reads an mx pattern (RFC 8461 3.2): `["*."] Domain`.
///
/// Findings: the host-* codes.
/// Example: `static_assert(mtasts::parse_mx_pattern("*.example.com").value.wildcard());`
constexpr parsed<mx_pattern> parse_mx_pattern(kept_text text, parse_options const& options = {}) {
    parsed<mx_pattern> result{{text}, {}};
    if (detail::too_large(text, options, result.findings)) return result;
    if (!detail::read(grammar::sts_policy_mx_value_alone, text, detail::ignore_events))
        result.findings.push_back(detail::explain_host(text, text, true));
    return result;
}

}  // namespace mtasts
// #include <mtasts/parse/ip_address.hpp>
/// RFC 8460 4.4: addresses of MTAs.

// #include <mtasts/grammar/ip_address.hpp>
/// RFC 8460 4.4: IPv4address; RFC 3986 3.2.2 (as RFC 5954 4.1): IPv6address.

namespace mtasts::grammar {

// dec-octet = DIGIT / %x31-39 DIGIT / "1" 2DIGIT / "2" %x30-34 DIGIT / "25" %x30-35
// PEG: the longest alternative first.
inline constexpr auto dec_octet =
    rule<"dec-octet">(any_case("25") >> octets(0x30, 0x35) | lit('2') >> octets(0x30, 0x34) >> DIGIT |
                      lit('1') >> repeat(2)[DIGIT] | octets(0x31, 0x39) >> DIGIT | DIGIT);

// IPv4address = dec-octet "." dec-octet "." dec-octet "." dec-octet
inline constexpr auto IPv4address =
    rule<"IPv4address">(dec_octet >> lit('.') >> dec_octet >> lit('.') >> dec_octet >> lit('.') >> dec_octet);

// h16 = 1*4HEXDIG
inline constexpr auto h16 = rule<"h16">(repeat(1, 4)[HEXDIG]);

// ls32 = ( h16 ":" h16 ) / IPv4address
inline constexpr auto ls32 = rule<"ls32">(h16 >> lit(':') >> h16 | IPv4address);

// IPv6address =                            6( h16 ":" ) ls32
//             /                       "::" 5( h16 ":" ) ls32
//             / [               h16 ] "::" 4( h16 ":" ) ls32
//             / [ *1( h16 ":" ) h16 ] "::" 3( h16 ":" ) ls32
//             / [ *2( h16 ":" ) h16 ] "::" 2( h16 ":" ) ls32
//             / [ *3( h16 ":" ) h16 ] "::"    h16 ":"   ls32
//             / [ *4( h16 ":" ) h16 ] "::"              ls32
//             / [ *5( h16 ":" ) h16 ] "::"              h16
//             / [ *6( h16 ":" ) h16 ] "::"
// PEG: "*n( h16 ":" ) h16" is written "h16 *n( ":" h16 )", so that the repetition does not consume a colon of "::".
constexpr auto h16_colon(std::size_t count) { return repeat(count)[h16 >> lit(':')]; }
constexpr auto up_to_h16(std::size_t colons) { return -(h16 >> repeat(0, colons)[lit(':') >> h16]); }
inline constexpr auto IPv6address = rule<"IPv6address">(
    h16_colon(6) >> ls32 | any_case("::") >> h16_colon(5) >> ls32 | -h16 >> any_case("::") >> h16_colon(4) >> ls32 |
    up_to_h16(1) >> any_case("::") >> h16_colon(3) >> ls32 | up_to_h16(2) >> any_case("::") >> h16_colon(2) >> ls32 |
    up_to_h16(3) >> any_case("::") >> h16 >> lit(':') >> ls32 | up_to_h16(4) >> any_case("::") >> ls32 |
    up_to_h16(5) >> any_case("::") >> h16 | up_to_h16(6) >> any_case("::"));

// ip-address = IPv4address / IPv6address
inline constexpr auto ip_address = rule<"ip-address">(IPv4address >> eoi | IPv6address >> eoi);

}  // namespace mtasts::grammar

namespace mtasts {

namespace detail {

namespace ip_table {

using namespace fault_table;
using enum code;

constexpr bool is_v6(std::string_view text) { return text.find(':') != text.npos && text.find(':') < text.find('.'); }
constexpr bool may_stand(char c) { return text::is_hex_digit(c) || c == ':' || c == '.'; }

constexpr octets zone(plain const& address) {
    return only_if(address.text.find(':') != address.text.npos,
                   at(address.text, address.text.find('%'), address.text.npos));
}
constexpr octets second_gap(plain const& address) {
    auto const gap = is_v6(address.text) ? address.text.find("::") : address.text.npos;
    return gap == address.text.npos ? octets{} : at(address.text, address.text.find("::", gap + 1), 2);
}
constexpr octets long_group(plain const& address) {
    octets found;
    if (!is_v6(address.text)) return found;
    text::for_each_piece(address.text, ':', [&](std::string_view group) {
        if (!found && group.size() > 4 && group.find('.') == group.npos) found = group;
    });
    return found;
}
constexpr octets any_v6(plain const& address) { return only_if(is_v6(address.text), address.text); }
constexpr octets port(plain const& address) { return at(address.text, address.text.find(':'), address.text.npos); }

inline constexpr auto rows = std::to_array<row<plain>>({
    {empty, ip_empty, whole},
    {front<is<'['>>, ip_brackets, whole},
    {zone, ip_zone, found},
    {first<no<may_stand>>, ip_characters, found},
    {second_gap, ip_compression, found},
    {long_group, ip_group_long, found},
    {any_v6, ip_groups, whole},
    {port, ip_port, found},
});

constexpr octets leading_zero(plain const& number) {
    return only_if(number.text.size() > 1 && number.text.front() == '0', number.text);
}
constexpr octets above_255(plain const& number) {
    return only_if(number.text.size() > 3 || (number.text.size() == 3 && number.text > "255"), number.text);
}

/// A number between the dots of an IPv4 address.
inline constexpr auto number_rows = std::to_array<row<plain>>({
    {first<no<text::is_digit>>, ip_characters, found},
    {leading_zero, ip_leading_zero, whole},
    {above_255, ip_octet_range, whole},
});

}  // namespace ip_table

/// Explains why a text is not an address.
constexpr finding explain_ip_address(std::string_view text) {
    auto said = fault_table::first_fault(ip_table::rows, {text}, text);
    if (!said)
        text::for_each_piece(text, '.', [&](std::string_view number) {
            if (!said) said = fault_table::first_fault(ip_table::number_rows, {number}, text);
        });
    return with_expectation<grammar::ip_address>(said.value_or(finding{code::ip_groups, {0, text.size()}}), text, text);
}

}  // namespace detail

/// Reads an IPv4 or IPv6 address (RFC 8460 4.4), without brackets, port or zone.
///
/// Findings: the ip-* codes; ip-not-canonical (RFC 5952) if another reader may not recognise the address.
/// Example: `static_assert(mtasts::parse_ip_address("2001:db8::1").value.version == 6);`
constexpr parsed<ip_address> parse_ip_address(kept_text text, parse_options const& options = {}) {
    parsed<ip_address> result;
    if (detail::too_large(text, options, result.findings)) return result;
    if (!detail::read(grammar::ip_address, text, detail::ignore_events)) {
        result.findings.push_back(detail::explain_ip_address(text));
        return result;
    }
    result.value = detail::ip_address_of(text);
    if (!detail::is_canonical(text, result.value))
        result.findings.push_back({code::ip_not_canonical, {0, text.size()}});
    return result;
}

}  // namespace mtasts
// #include <mtasts/parse/json/pointer.hpp>
/// RFC 6901: JSON pointers to what findings are about.
#include <utility>

// #include <mtasts/parse/json/reader.hpp>
/// RFC 8259, RFC 7493: reading JSON token by token, without recursion and without a tree.

// #include <mtasts/model/tlsrpt_report.hpp>
/// RFC 8460 4.4: the contents of a report. The structure is that of the JSON; tlsrpt_schema.hpp has the members' names.
///
/// Strings are views: of the report's text, or of `decoded` if they have escapes in the text. What the text lacks, or
/// has in a form without meaning, is absent: an empty string, an empty list or no value.

// #include <mtasts/text/decoded_strings.hpp>
/// Storage for strings that have escapes in their text.

namespace mtasts::text {

/// Storage of decoded strings; they never move, even when the storage itself does.
class decoded_strings {
  public:
    constexpr decoded_strings() = default;
    constexpr decoded_strings(decoded_strings&&) = default;
    constexpr decoded_strings& operator=(decoded_strings&&) = default;

    /// Makes room for all that will ever be added.
    constexpr void reserve(std::size_t octets) {
        if (octets_.capacity() == 0) octets_.reserve(octets);
    }
    constexpr void push(char c) { octets_.push_back(c); }
    constexpr std::size_t size() const { return octets_.size(); }
    constexpr std::string_view from(std::size_t begin) const {
        return {octets_.data() + begin, octets_.size() - begin};
    }

    /// Storage is not part of a value.
    friend constexpr bool operator==(decoded_strings const&, decoded_strings const&) { return true; }

  private:
    std::vector<char> octets_;
};

}  // namespace mtasts::text

namespace mtasts {

/// RFC 8460 4.4: the kind of policy that was applied. `other` is a spelling that the RFC does not define.
enum class tlsrpt_policy_type : std::uint8_t { absent, tlsa, sts, no_policy_found, other };
namespace detail {

inline constexpr std::array<std::string_view, 3> tlsrpt_policy_type_names{"tlsa", "sts", "no-policy-found"};

}  // namespace detail

/// RFC 8460 4.3, 6.6: why a session failed. `other` is a spelling that was not registered when this was written.
/// Example: `static_assert(mtasts::tlsrpt_failure{}.result == mtasts::tlsrpt_result_type::absent);`
enum class tlsrpt_result_type : std::uint8_t {
    absent,
    starttls_not_supported,
    certificate_host_mismatch,
    certificate_expired,
    certificate_not_trusted,
    validation_failure,
    tlsa_invalid,
    dnssec_invalid,
    dane_required,
    sts_policy_fetch_error,
    sts_policy_invalid,
    sts_webpki_invalid,
    other,
};
namespace detail {

inline constexpr std::array<std::string_view, 11> tlsrpt_result_type_names{
    "starttls-not-supported", "certificate-host-mismatch",
    "certificate-expired",    "certificate-not-trusted",
    "validation-failure",     "tlsa-invalid",
    "dnssec-invalid",         "dane-required",
    "sts-policy-fetch-error", "sts-policy-invalid",
    "sts-webpki-invalid"};

constexpr auto const& names_of(tlsrpt_policy_type) { return tlsrpt_policy_type_names; }
constexpr auto const& names_of(tlsrpt_result_type) { return tlsrpt_result_type_names; }

}  // namespace detail

/// A word of an open list: a known one, or the spelling of an unknown one.
/// Example: `static_assert(mtasts::coded(mtasts::tlsrpt_policy_type::sts).text() == "sts");`
template <class Kind>
struct coded {
    Kind kind = Kind::absent;
    std::string_view other = {};

    constexpr coded() = default;
    constexpr coded(Kind known) : kind(known) {}
    constexpr coded(Kind known, std::string_view spelling) : kind(known), other(spelling) {}

    /// As written; empty if it is absent.
    constexpr std::string_view text() const {
        if (kind == Kind::absent || kind == Kind::other) return other;
        return detail::names_of(kind)[static_cast<std::size_t>(kind) - 1];
    }
    friend constexpr bool operator==(coded const&, coded const&) = default;
};

/// RFC 7493 2.2: the greatest integer that every JSON reader represents exactly.
inline constexpr std::uint64_t greatest_count = (std::uint64_t{1} << 53) - 1;

/// RFC 8460 4.1: the day that a report covers.
struct tlsrpt_date_range {
    std::optional<std::chrono::sys_seconds> start;
    std::optional<std::chrono::sys_seconds> end;

    friend constexpr bool operator==(tlsrpt_date_range const&, tlsrpt_date_range const&) = default;
};

/// RFC 8460 4.4: the policy that was applied to some sessions.
/// Example: `static_assert(mtasts::tlsrpt_applied_policy{}.domain.empty());`
struct tlsrpt_applied_policy {
    coded<tlsrpt_policy_type> type;
    /// RFC 8460 4.5: the lines of an MTA-STS policy, or the data of TLSA records.
    std::vector<std::string_view> strings;
    std::string_view domain;
    std::vector<mx_pattern> mx_hosts;

    friend constexpr bool operator==(tlsrpt_applied_policy const&, tlsrpt_applied_policy const&) = default;
};

/// Counts of sessions, at most `greatest_count`.
/// Example: `static_assert(!mtasts::tlsrpt_session_counts{}.successful);`
struct tlsrpt_session_counts {
    std::optional<std::uint64_t> successful;
    std::optional<std::uint64_t> failed;

    friend constexpr bool operator==(tlsrpt_session_counts const&, tlsrpt_session_counts const&) = default;
};

/// RFC 8460 4.4: sessions that failed in one way.
/// Example: `static_assert(!mtasts::tlsrpt_failure{}.failed_sessions);`
struct tlsrpt_failure {
    coded<tlsrpt_result_type> result;
    std::string_view receiving_mx_hostname;
    std::string_view receiving_mx_helo;
    std::optional<std::uint64_t> failed_sessions;
    std::string_view additional_information;
    std::string_view reason_code;
    std::optional<ip_address> sending_mta_ip;
    std::optional<ip_address> receiving_ip;

    friend constexpr bool operator==(tlsrpt_failure const&, tlsrpt_failure const&) = default;
};

/// RFC 8460 4.4: the sessions under one policy, and their failures.
/// Example: `static_assert(mtasts::tlsrpt_policy_result{}.failures.empty());`
struct tlsrpt_policy_result {
    tlsrpt_applied_policy policy;
    tlsrpt_session_counts summary;
    std::vector<tlsrpt_failure> failures;

    friend constexpr bool operator==(tlsrpt_policy_result const&, tlsrpt_policy_result const&) = default;
};

/// May be moved but not copied, because views into `decoded` would be left behind.
struct tlsrpt_report {
    std::string_view organization_name;
    tlsrpt_date_range date_range;
    std::string_view contact_info;
    std::string_view report_id;
    std::vector<tlsrpt_policy_result> policies;
    text::decoded_strings decoded;

    friend constexpr bool operator==(tlsrpt_report const&, tlsrpt_report const&) = default;
};

}  // namespace mtasts
// #include <mtasts/parse/json/fault.hpp>
/// RFC 8259: explains why a text is not JSON.

// #include <mtasts/grammar/json.hpp>
/// RFC 8259: the tokens of JSON, in UTF-8 (8.1). Nesting is not part of this grammar: arrays and objects are read by a
/// loop over a bounded stack (parse/json/reader.hpp).

namespace mtasts::grammar {

// ws = *( %x20 / %x09 / %x0A / %x0D )
inline constexpr auto ws = rule<"ws">(scanned<blank_octets>(octet(0x20) | octet(0x09) | octet(0x0A) | octet(0x0D), 0));

// false = %x66.61.6c.73.65
inline constexpr auto json_false = rule<"false">(lit("false"));

// null = %x6e.75.6c.6c
inline constexpr auto json_null = rule<"null">(lit("null"));

// true = %x74.72.75.65
inline constexpr auto json_true = rule<"true">(lit("true"));

// decimal-point = %x2E
inline constexpr auto decimal_point = rule<"decimal-point">(octet(0x2E));

// digit1-9 = %x31-39
inline constexpr auto digit1_9 = rule<"digit1-9">(octets(0x31, 0x39));

// e = %x65 / %x45
inline constexpr auto json_e = rule<"e">(octet(0x65) | octet(0x45));

// minus = %x2D
inline constexpr auto minus = rule<"minus">(octet(0x2D));

// plus = %x2B
inline constexpr auto plus = rule<"plus">(octet(0x2B));

// zero = %x30
inline constexpr auto zero = rule<"zero">(octet(0x30));

// int = zero / ( digit1-9 *DIGIT )
inline constexpr auto json_int = announce<"int">(zero | digit1_9 >> *DIGIT);

// frac = decimal-point 1*DIGIT
inline constexpr auto frac = announce<"frac">(decimal_point >> +DIGIT);

// exp = e [ minus / plus ] 1*DIGIT
inline constexpr auto json_exp = announce<"exp">(json_e >> -(minus | plus) >> +DIGIT);

// number = [ minus ] int [ frac ] [ exp ]
inline constexpr auto json_number = announce<"number">(-minus >> json_int >> -frac >> -json_exp);

// quotation-mark = %x22
inline constexpr auto quotation_mark = rule<"quotation-mark">(octet(0x22));

// escape = %x5C
inline constexpr auto escape = rule<"escape">(octet(0x5C));

// unescaped = %x20-21 / %x23-5B / %x5D-10FFFF
// In UTF-8, and split in two: characters of one octet, matched many at a time, and all others.
inline constexpr auto plain =
    announce<"plain">(scanned<plain_octets>(octets(0x20, 0x21) | octets(0x23, 0x5B) | octets(0x5D, 0x7F), 1));
inline constexpr auto wide = announce<"wide">(UTF8_2 | UTF8_3 | UTF8_4);

// char = unescaped / escape ( %x22 / %x5C / %x2F / %x62 / %x66 / %x6E / %x72 / %x74 / %x75 4HEXDIG )
inline constexpr auto escaped =
    announce<"escaped">(escape >> (octet(0x22) | octet(0x5C) | octet(0x2F) | octet(0x62) | octet(0x66) | octet(0x6E) |
                                   octet(0x72) | octet(0x74) | octet(0x75) >> repeat(4)[HEXDIG]));
inline constexpr auto json_char = rule<"char">(plain | wide | escaped);

// string = quotation-mark *char quotation-mark
inline constexpr auto json_string = announce<"string">(quotation_mark >> *json_char >> quotation_mark);

}  // namespace mtasts::grammar

namespace mtasts::detail {

/// The places between tokens, by what JSON allows there.
enum class json_place { value, first_value, first_name, name, colon, after_member, after_element, after_text };

/// The `expect` of findings about such a place.
template <json_place Place>
constexpr expectation json_expected(std::string_view) {
    auto const literal = [](std::string_view text) { return expectation::item{text, true}; };
    switch (Place) {
        case json_place::value:
        case json_place::first_value: {
            expectation some{0,
                             {{"string"}, {"number"}, literal("{"), literal("["), literal("true"), literal("false")}};
            some.wanted.push_back(literal("null"));
            if (Place == json_place::first_value) some.wanted.push_back(literal("]"));
            return some;
        }
        case json_place::first_name: return {0, {{"string"}, literal("}")}};
        case json_place::name: return {0, {{"string"}}};
        case json_place::colon: return {0, {literal(":")}};
        case json_place::after_member: return {0, {literal(","), literal("}")}};
        case json_place::after_element: return {0, {literal(","), literal("]")}};
        case json_place::after_text: break;
    }
    return {0, {{"end of text"}}};
}

namespace json_table {

using namespace fault_table;
using enum code;

/// The rest of the text, where JSON expects something else between tokens.
struct gap {
    std::string_view text;
    json_place place;

    constexpr bool wants_value() const { return place == json_place::value || place == json_place::first_value; }
    constexpr bool wants_name() const { return place == json_place::name || place == json_place::first_name; }
    constexpr bool wants_comma() const {
        return place == json_place::after_member || place == json_place::after_element;
    }
    constexpr std::string_view word() const {
        auto const in_word = [](char c) {
            return text::is_alphanumeric(c) || c == '_' || c == '-' || c == '+' || c == '.';
        };
        return text.substr(0, text::find_octet(text, [&](char c) { return !in_word(c); }));
    }
    constexpr std::string_view after_word() const { return text.substr(word().size()); }
};

constexpr octets after_text(gap const& given) { return only_if(given.place == json_place::after_text, given.text); }
constexpr octets single_quote(gap const& given) {
    return only_if(given.wants_value() || given.wants_name(), front<is<'\''>>(given));
}
constexpr octets closed_after_comma(gap const& given) {
    if (given.place == json_place::value) return front<is<']'>>(given);
    return only_if(given.place == json_place::name, front<is<'}'>>(given));
}
// What is cut off by the end of the text was correct so far.
constexpr octets cut_literal(gap const& given) {
    auto const begins = [&](std::string_view literal) { return literal.starts_with(given.text); };
    return only_if(given.wants_value() && (begins("true") || begins("false") || begins("null")), given.after_word());
}
constexpr octets cut_number(gap const& given) {
    bool const goes_on = is<'.', 'e', 'E', '+', '-'>(given.text.back());
    return only_if(given.wants_value() && (text::is_digit(given.text.front()) || given.text.front() == '-') &&
                       given.after_word().empty() && goes_on,
                   given.after_word());
}
constexpr octets odd_number(gap const& given) {
    auto const next = given.text.front();
    return only_if(given.wants_value() && (text::is_digit(next) || is<'-', '+', '.'>(next)), given.word());
}
constexpr octets odd_literal(gap const& given) {
    return only_if(given.wants_value() && text::is_alpha(given.text.front()), given.word());
}
constexpr octets bare_name(gap const& given) {
    return only_if(given.wants_name() && (text::is_alpha(given.text.front()) || given.text.front() == '_'),
                   given.word());
}
constexpr octets next_value(gap const& given) {
    if (!given.wants_comma()) return {};
    return given.word().empty() ? front<is<'"', '{', '['>>(given) : given.word();
}
constexpr octets character(gap const& given) {
    return given.text.substr(0, std::max<std::size_t>(text::first_code_point(given.text).length, 1));
}

inline constexpr auto gap_rows = std::to_array<row<gap>>({
    {empty, json_truncated, whole},
    {front<is<'\0'>>, json_nul, found},
    {after_text, json_trailing, whole},
    {single_quote, json_single_quotes, found},
    {closed_after_comma, json_trailing_comma, found},
    {cut_literal, json_truncated, found},
    {cut_number, json_truncated, found},
    {odd_number, json_number, found},
    {odd_literal, json_literal, found},
    {bare_name, json_name_unquoted, found},
    {next_value, json_comma_missing, found},
    {character, json_syntax, found},
});

/// The rest of a string, from an octet on that may not be plain.
constexpr octets end_of(plain const& rest) { return rest.text.substr(rest.text.size()); }

/// The beginning of one character of several octets.
constexpr octets cut_character(plain const& rest) {
    auto const lead = static_cast<unsigned char>(rest.text.front());
    std::size_t const length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    auto const continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
    return only_if(0xC2 <= lead && lead <= 0xF4 && rest.text.size() < length &&
                       text::all_octets(rest.text.substr(1), continues),
                   end_of(rest));
}
constexpr octets no_character(plain const& rest) {
    return only_if(text::first_code_point(rest.text).length == 0, rest.text.substr(0, 1));
}
constexpr octets cut_escape(plain const& rest) { return only_if(rest.text == "\\", end_of(rest)); }
constexpr octets odd_digit(plain const& rest) {
    if (!rest.text.starts_with("\\u")) return {};
    auto const odd = text::find_octet(rest.text.substr(2, 4), no<text::is_hex_digit>);
    return only_if(odd != rest.text.npos, rest.text.substr(0, 2 + odd + 1));
}
constexpr octets cut_digits(plain const& rest) {
    return only_if(rest.text.starts_with("\\u") && rest.text.size() < 6, end_of(rest));
}
constexpr octets odd_escape(plain const& rest) {
    if (rest.text.front() != '\\' || is<'"', '\\', '/', 'b', 'f', 'n', 'r', 't', 'u'>(rest.text[1])) return {};
    return rest.text.substr(0, 1 + std::max<std::size_t>(text::first_code_point(rest.text.substr(1)).length, 1));
}

inline constexpr auto string_rows = std::to_array<row<plain>>({
    {empty, json_truncated, whole},
    {front<is<'\0'>>, json_nul, found},
    {front<text::is_control>, json_control, found},
    {cut_character, json_truncated, found},
    {no_character, text_not_utf8, found},
    {cut_escape, json_truncated, found},
    {odd_digit, json_escape, found},
    {cut_digits, json_truncated, found},
    {odd_escape, json_escape, found},
});

}  // namespace json_table

/// Explains what is wrong at an offset between tokens.
template <json_place Place>
constexpr finding explain_json(std::string_view text, std::size_t offset) {
    auto said = *fault_table::first_fault(json_table::gap_rows, {text.substr(offset), Place}, text);
    said.expect = json_expected<Place>;
    said.part = {said.code == code::json_truncated ? said.where.offset : offset, 0};
    return said;
}

/// Explains why the grammar rejects a string, whose quotation mark is at an offset.
constexpr finding explain_json_string(std::string_view text, std::size_t offset) {
    auto const whole = text.substr(offset);
    auto rest = whole.substr(1);
    for (;;) {
        rest.remove_prefix(static_cast<std::size_t>(
            grammar::plain_octets::skip(rest.data(), rest.data() + rest.size()) - rest.data()));
        if (auto const said = fault_table::first_fault(json_table::string_rows, {rest}, text))
            return with_expectation<grammar::json_string>(*said, text, whole);
        bool const escape = rest.front() == '\\';
        rest.remove_prefix(!escape ? text::first_code_point(rest).length : rest[1] == 'u' ? 6 : 2);
    }
}

}  // namespace mtasts::detail
// #include <mtasts/parse/json/tokens.hpp>
/// RFC 8259: the tokens that the JSON reader returns, and its limits.

namespace mtasts::detail {

/// RFC 8259 9: limits of a reader; a caller sets those it needs. Past one there is a finding, and nothing more is read.
struct json_limits {
    /// The nesting that a reader has room for.
    static constexpr std::size_t deepest = 1024;
    static constexpr std::size_t unlimited = static_cast<std::size_t>(-1);

    /// Nesting of arrays and objects.
    std::size_t max_depth = deepest;
    /// Octets of one string, as written in the text.
    std::size_t max_string = unlimited;
    /// Unknown members, whose names must be kept to find duplicates.
    std::size_t max_members = unlimited;
    /// Findings that are listed.
    std::size_t max_findings = unlimited;
};

/// A string: its value, and what is written in the text between its quotation marks.
struct json_text {
    std::string_view value;
    std::string_view raw;

    /// Whether offsets in the value are offsets in the text.
    constexpr bool is_raw() const { return value.data() == raw.data(); }
};

/// A number, in the parts that the grammar has.
struct json_number {
    std::string_view text, integer, fraction, exponent;
};

/// A position in a text; nullptr if reading has ended early, which has been reported.
using cursor = char const*;

/// A string, and the position after it.
struct json_string_token {
    cursor after = nullptr;
    json_text text = {};
};

}  // namespace mtasts::detail
// #include <mtasts/text/hash.hpp>
/// FNV-1a, 64 bits: against accidents, not against attacks.

namespace mtasts::text {

/// Example: `static_assert(mtasts::text::octet_hash().add("").value == 0xCBF29CE484222325);`
struct octet_hash {
    std::uint64_t value = 0xCBF29CE484222325;

    constexpr octet_hash& add(unsigned char octet) {
        value = (value ^ octet) * 0x100000001B3;
        return *this;
    }
    constexpr octet_hash& add(std::string_view octets) {
        for (char const c : octets) add(static_cast<unsigned char>(c));
        return *this;
    }
};

}  // namespace mtasts::text

namespace mtasts::detail {

/// Reads the tokens of a text. Functions take the position of a token and return that of the one after it, or nullptr.
class json_reader {
  public:
    constexpr json_reader(std::string_view text, json_limits const& limits, text::decoded_strings& decoded,
                          findings& found)
        : begin_(text.data()),
          end_(begin_ + text.size()),
          lookahead_end_(end_ - (std::min)(text.size(), lookahead)),
          limits_(limits),
          decoded_(decoded),
          found_(found) {}

    constexpr std::string_view text() const { return {begin_, static_cast<std::size_t>(end_ - begin_)}; }
    constexpr cursor begin() const { return begin_; }
    constexpr cursor end() const { return end_; }
    constexpr std::string_view rest(cursor at) const { return {at, static_cast<std::size_t>(end_ - at)}; }
    constexpr std::size_t offset(cursor at) const { return static_cast<std::size_t>(at - begin_); }
    constexpr text_span between(cursor first, cursor last) const {
        return {offset(first), static_cast<std::size_t>(last - first)};
    }
    constexpr text_span place_of(json_text string) const { return span_of(text(), string.raw); }

    /// The octet at a position; NUL at the end, which JSON has nowhere outside strings.
    constexpr char peek(cursor at) const { return at != end_ ? *at : '\0'; }
    /// Whether `lookahead` octets after the one at a position may be loaded.
    constexpr bool has_lookahead(cursor at) const { return at < lookahead_end_; }
    static constexpr std::size_t lookahead = 64;

    [[gnu::always_inline]] constexpr cursor skip_blanks(cursor at) const {
        if (at == end_ || *at > ' ') return at;
        // Usually a line end and the indentation of the next line.
        if (!std::is_constant_evaluated() && text::octet_block::available && has_lookahead(at) && *at == '\n')
            if (auto const found = text::octet_block(at + 1).not_space(); found != 0)
                if (auto const stop = at + 1 + text::octet_block::first(found); *stop > ' ') return stop;
        return grammar::blank_octets::skip(at, end_);
    }

    /// Whether `count` octets may be loaded from the beginning of a part of the text.
    constexpr bool has_octets(std::string_view part, std::size_t count) const {
        return static_cast<std::size_t>(end_ - part.data()) >= count;
    }
    /// Adds a finding. Past the limit, only the first one that makes the text unusable is added.
    [[gnu::noinline]] constexpr void say(code what, text_span where, std::string_view detail = {},
                                         std::string_view clause = {}) {
        finding said{what, where, detail};
        said.other_clause = clause;
        say(said);
    }
    constexpr void say(finding const& said) {
        bool const first_to_spoil =
            said.makes_unusable() && !std::exchange(unusable_, unusable_ || said.makes_unusable());
        if (found_.size() < limits_.max_findings || first_to_spoil) return found_.push_back(said);
        if (std::exchange(overfull_, true)) return;
        found_.push_back({code::report_many_findings, said.where});
    }
    /// Reports what is wrong between tokens, or that a limit is exceeded; reading ends.
    template <json_place Place>
    [[gnu::noinline]] constexpr cursor fault(cursor at) {
        say(explain_json<Place>(text(), offset(at)));
        return nullptr;
    }
    [[gnu::noinline]] constexpr cursor limit_exceeded(code what, cursor at) {
        say(what, {offset(at), std::min<std::size_t>(rest(at).size(), 1)});
        return nullptr;
    }

    /// The end of a string that begins here, if nothing in it needs a closer look; else nullptr.
    [[gnu::always_inline]] constexpr cursor plain_end(cursor at) const {
        auto const stop = has_lookahead(at) ? grammar::plain_octets::skip_with_lookahead(at + 1, end_)
                                            : grammar::plain_octets::skip(at + 1, end_);
        bool const plain =
            stop != end_ && *stop == '"' && static_cast<std::size_t>(stop - at) - 1 <= limits_.max_string;
        return plain ? stop : nullptr;
    }
    /// The text between quotation marks.
    static constexpr std::string_view between_marks(cursor at, cursor end) {
        return {at + 1, static_cast<std::size_t>(end - at) - 1};
    }

    /// Reads a string, at its quotation mark.
    constexpr json_string_token read_string(cursor at) {
        auto const end = plain_end(at);
        if (end == nullptr) return read_string_slow(at);
        auto const value = between_marks(at, end);
        return {end + 1, {value, value}};
    }

    /// Reads a member's name and the colon after it.
    [[gnu::noinline]] constexpr json_string_token read_name(cursor at) {
        auto name = read_string(at);
        if (name.after == nullptr) return name;
        at = skip_blanks(name.after);
        name.after = peek(at) == ':' ? skip_blanks(at + 1) : fault<json_place::colon>(at);
        return name;
    }

    /// Reads a number, at its first octet.
    constexpr cursor read_number(cursor at, json_number& out) {
        auto const sink = [&]<text::fixed_text Name>(grammar::event<Name>, std::string_view part) {
            if constexpr (Name.view() == "int") out.integer = part;
            if constexpr (Name.view() == "frac") out.fraction = part;
            if constexpr (Name.view() == "exp") out.exponent = part;
            if constexpr (Name.view() == "number") out.text = part;
        };
        if (!read(grammar::json_number, rest(at), sink)) return fault<json_place::value>(at);
        auto const next = peek(at + out.text.size());
        if (text::is_alphanumeric(next) || next == '.' || next == '+' || next == '-')
            return fault<json_place::value>(at);
        return at + out.text.size();
    }

    /// The value of the digits at a position, at most sixteen of them.
    struct leading_digits {
        std::uint64_t value = 0;
        std::ptrdiff_t count = 0;
    };
    [[gnu::always_inline]] constexpr leading_digits read_digits(cursor at) const {
        if (has_lookahead(at)) {
            auto octets = text::eight_octets(at) ^ 0x3030'3030'3030'3030;
            auto const others = (octets | (octets + 0x7676'7676'7676'7676)) & 0x8080'8080'8080'8080;
            if (others != 0) {
                auto const count = text::lowest_bit(others) / 8;
                // SWAR: zeros in front; then pairs, fours and all eight digits become one number.
                octets = octets << 8 * (7 - count) << 8;
                octets = (octets * 10 + (octets >> 8)) & 0x00FF'00FF'00FF'00FF;
                octets = (octets * 100 + (octets >> 16)) & 0x0000'FFFF'0000'FFFF;
                octets = (octets * 10'000 + (octets >> 32)) & 0xFFFF'FFFF;
                return {octets, static_cast<std::ptrdiff_t>(count)};
            }
        }
        leading_digits digits;
        for (; digits.count != 16 && text::is_digit(peek(at + digits.count)); ++digits.count)
            digits.value = digits.value * 10 + static_cast<std::uint64_t>(at[digits.count] - '0');
        return digits;
    }

    /// Counts an array or an object that begins here; false if it is nested too deeply.
    constexpr bool enter(cursor at) {
        if (depth_ < (std::min)(limits_.max_depth, json_limits::deepest)) {
            ++depth_;
            return true;
        }
        limit_exceeded(code::json_deep, at);
        return false;
    }
    constexpr void leave() { --depth_; }

    /// How many names are kept to be compared with their siblings.
    constexpr std::size_t names_kept() const { return names_.size(); }
    /// Keeps the name of an unknown member until its object ends; false if there are too many.
    constexpr bool keep_name(json_text name) {
        if (names_.size() == limits_.max_members) {
            say(code::report_many_members, place_of(name));
            return false;
        }
        // A collision only costs a comparison.
        names_.push_back({text::octet_hash().add(name.value).value, name});
        return true;
    }
    /// RFC 7493 2.3: reports the names that an object has twice, and forgets them all.
    constexpr void check_names(std::size_t first) {
        if (first != names_.size()) compare_names(first);
    }
    [[gnu::noinline]] constexpr void compare_names(std::size_t first) {
        auto const begin = names_.begin() + static_cast<std::ptrdiff_t>(first);
        std::sort(begin, names_.end());
        for (auto name = begin + 1; name != names_.end(); ++name)
            if (name->hash == (name - 1)->hash && name->text.value == (name - 1)->text.value)
                say(code::json_duplicate, place_of(name->text));
        names_.erase(begin, names_.end());
    }

    /// Skips a value of any kind.
    constexpr cursor skip_value(cursor at) {
        auto const floor = depth_;
        for (;;) {
            // At a value.
            bool opened = peek(at) == '{' || peek(at) == '[';
            if (opened) {
                if (!enter(at)) return nullptr;
                is_object_[depth_ - 1] = *at == '{';
                first_name_[depth_ - 1] = names_.size();
                ++at;
            } else {
                at = skip_scalar(at);
                if (at == nullptr) return at;
            }
            // After a value, or at the first token in an array or object.
            for (;; opened = false) {
                if (depth_ == floor) return at;
                at = skip_blanks(at);
                bool const object = is_object_[depth_ - 1];
                if (peek(at) == (object ? '}' : ']')) {
                    ++at;
                    --depth_;
                    if (object) check_names(first_name_[depth_]);
                    continue;
                }
                if (!opened) {
                    if (peek(at) != ',')
                        return object ? fault<json_place::after_member>(at) : fault<json_place::after_element>(at);
                    at = skip_blanks(at + 1);
                }
                if (!object) break;
                if (peek(at) != '"') return opened ? fault<json_place::first_name>(at) : fault<json_place::name>(at);
                auto const name = read_name(at);
                at = name.after;
                if (at == nullptr || !keep_name(name.text)) return nullptr;
                break;
            }
        }
    }

  private:
    struct kept_name {
        std::uint64_t hash;
        json_text text;

        constexpr bool operator<(kept_name const& other) const {
            if (hash != other.hash) return hash < other.hash;
            if (text.value != other.text.value) return text.value < other.text.value;
            return text.raw.data() < other.text.raw.data();
        }
    };
    constexpr cursor skip_scalar(cursor at) {
        auto const next = peek(at);
        if (next == '"') return read_string(at).after;
        if (text::is_digit(next) || next == '-') {
            json_number ignored;
            return read_number(at, ignored);
        }
        for (std::string_view const word : {"true", "false", "null"}) {
            auto const after = rest(at).substr(0, word.size() + 1);
            if (after.starts_with(word) &&
                (after == word || !(text::is_alphanumeric(after.back()) || after.back() == '_')))
                return at + word.size();
        }
        return fault<json_place::value>(at);
    }

    /// A string with escapes or with octets above ASCII.
    [[gnu::noinline]] constexpr json_string_token read_string_slow(cursor at) {
        auto const first = offset(at) + 1;
        auto const decoded_from = decoded_.size();
        std::string_view whole;
        bool decoding = false;
        std::uint32_t high_half = 0;
        std::string_view high_text;
        auto const lone_half = [&] {
            if (std::exchange(high_half, 0) == 0) return;
            say(code::json_surrogate, span_of(text(), high_text));
            push_code_point(0xFFFD);
        };
        auto const sink = [&]<text::fixed_text Name>(grammar::event<Name>, std::string_view part) {
            constexpr auto name = Name.view();
            if constexpr (name == "string") whole = part;
            if constexpr (name == "wide" || name == "plain") {
                if constexpr (name == "wide") check_character(text::first_code_point(part).value, part);
                if (!decoding) return;
                lone_half();
                for (char const c : part) decoded_.push(c);
            }
            if constexpr (name == "escaped") {
                if (!std::exchange(decoding, true)) {
                    decoded_.reserve(text().size());
                    for (char const c : text().substr(first, span_of(text(), part).offset - first)) decoded_.push(c);
                }
                auto const unit = code_unit(part);
                bool const low = 0xDC00 <= unit && unit <= 0xDFFF;
                if (low && high_half != 0) {
                    auto const point = 0x10000 + ((high_half - 0xD800) << 10) + (unit - 0xDC00);
                    high_half = 0;
                    check_character(point, {high_text.data(), high_text.size() + part.size()});
                    return push_code_point(point);
                }
                lone_half();
                high_text = part;
                if (0xD800 <= unit && unit <= 0xDBFF) {
                    high_half = unit;
                } else if (low) {
                    high_half = unit;
                    lone_half();
                } else {
                    check_character(unit, part);
                    push_code_point(unit);
                }
            }
        };
        if (!read(grammar::json_string, rest(at), sink)) {
            say(explain_json_string(text(), offset(at)));
            return {};
        }
        lone_half();
        auto const raw = whole.substr(1, whole.size() - 2);
        if (raw.size() <= limits_.max_string)
            return {at + whole.size(), {decoding ? decoded_.from(decoded_from) : raw, raw}};
        say(code::report_long_string, span_of(text(), raw));
        return {};
    }

    /// The code unit that an escape means.
    static constexpr std::uint32_t code_unit(std::string_view escape) {
        switch (escape[1]) {
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u': break;
            default: return static_cast<unsigned char>(escape[1]);
        }
        std::uint32_t unit = 0;
        for (char const c : escape.substr(2)) unit = unit << 4 | static_cast<std::uint32_t>(text::hex_value(c));
        return unit;
    }

    /// RFC 7493 2.1: no noncharacters. NUL is legal, but cuts strings off in many programs.
    constexpr void check_character(std::uint32_t point, std::string_view part) {
        if (point == 0) say(code::json_nul, span_of(text(), part));
        if (text::is_noncharacter(point)) say(code::json_noncharacter, span_of(text(), part));
    }

    constexpr void push_code_point(std::uint32_t point) {
        auto const push = [&](std::uint32_t octet) { decoded_.push(static_cast<char>(octet)); };
        if (point < 0x80) return push(point);
        if (point < 0x800) {
            push(0xC0 | point >> 6);
        } else if (point < 0x10000) {
            push(0xE0 | point >> 12);
            push(0x80 | (point >> 6 & 0x3F));
        } else {
            push(0xF0 | point >> 18);
            push(0x80 | (point >> 12 & 0x3F));
            push(0x80 | (point >> 6 & 0x3F));
        }
        push(0x80 | (point & 0x3F));
    }

    cursor begin_;
    cursor end_;
    cursor lookahead_end_;
    json_limits limits_;
    text::decoded_strings& decoded_;
    findings& found_;
    std::size_t depth_ = 0;
    bool unusable_ = false;
    bool overfull_ = false;
    std::vector<kept_name> names_;
    // Of the arrays and objects that skip_value is in; not set before they are needed.
    std::array<bool, json_limits::deepest> is_object_;
    std::array<std::size_t, json_limits::deepest> first_name_;
};

}  // namespace mtasts::detail

namespace mtasts {

namespace detail {

/// Walks JSON once and gives, for offsets in ascending order, the pointer to the value or member there. Where the text
/// stops being JSON, the pointer stays that of this place.
class json_path {
  public:
    explicit json_path(std::string_view text) : text_(text) {}

    /// The pointer to the innermost value or member that holds an octet; `offset` is not before the one asked for last.
    std::string_view at(std::size_t offset) {
        while (next_ <= offset && step()) {}
        return pointer_;
    }

  private:
    struct level {
        bool object;
        std::size_t index;
        /// The length of the pointer to the array or object.
        std::size_t length;
        /// Whether the next thing is a name, or the first token of an element.
        bool wants_next;
    };

    /// Moves on to the next token; false at the end.
    bool step() {
        next_ = (std::min)(text_.find_first_not_of(" \t\r\n", next_), text_.size());
        if (next_ == text_.size()) return false;
        auto const token = text_[next_];
        bool const in_object = !levels_.empty() && levels_.back().object;
        bool const in_array = !levels_.empty() && !levels_.back().object;
        if (in_array && token != ']' && token != ',' && std::exchange(levels_.back().wants_next, false))
            go_to('/' + std::to_string(levels_.back().index));
        switch (token) {
            case '}':
            case ']':
                if (levels_.empty()) return false;
                pointer_.resize(levels_.back().length);
                levels_.pop_back();
                ++next_;
                return true;
            case ',':
                if (levels_.empty()) return false;
                ++levels_.back().index;
                levels_.back().wants_next = true;
                pointer_.resize(levels_.back().length);
                ++next_;
                return true;
            case ':': ++next_; return true;
            case '{':
            case '[':
                if (levels_.size() == deepest) return false;
                levels_.push_back({token == '{', 0, pointer_.size(), true});
                ++next_;
                return true;
            case '"': return string(in_object);
            default:
                // A number or a word; anything else counts as part of the value too.
                next_ = (std::min)(text_.find_first_of(" \t\r\n,:]}[{\"", next_ + 1), text_.size());
                return true;
        }
    }

    bool string(bool in_object) {
        auto stop = next_ + 1;
        while (stop < text_.size() && text_[stop] != '"') stop += text_[stop] == '\\' ? 2U : 1U;
        stop = (std::min)(stop, text_.size());
        if (in_object && std::exchange(levels_.back().wants_next, false)) {
            findings ignored;
            text::decoded_strings decoded;
            json_reader json(text_.substr(next_, stop + 1 - next_), {.max_findings = 0}, decoded, ignored);
            auto const name = json.read_string(json.begin());
            if (name.after == nullptr) return false;
            std::string step = "/";
            for (char const c : name.text.value) {
                if (c == '~') step += "~0";
                else if (c == '/') step += "~1";
                else step += c;
            }
            go_to(step);
        }
        next_ = (std::min)(stop + 1, text_.size());
        return true;
    }

    /// Names come from the sender: a pointer that would get too long stays that of the enclosing value.
    void go_to(std::string const& step) {
        pointer_.resize(levels_.back().length);
        if (levels_.size() <= cut_) cut_ = pointer_.size() + step.size() > longest ? levels_.size() : deepest;
        if (cut_ == deepest) pointer_ += step;
    }

    static constexpr std::size_t deepest = json_limits::deepest, longest = 512;
    std::string_view text_;
    std::size_t next_ = 0;
    std::string pointer_;
    std::vector<level> levels_;
    /// The level from which the pointer is not extended.
    std::size_t cut_ = deepest;
};

}  // namespace detail

/// The JSON pointer of every finding about a text, in the findings' order, which is that of their places.
/// Example: `mtasts::json_pointers(text, mtasts::parse_tlsrpt_report(text).findings)`
inline std::vector<std::string> json_pointers(std::string_view text, findings const& found) {
    std::vector<std::string> all;
    detail::json_path path(text);
    for (auto const& said : found) all.emplace_back(path.at(said.where.offset));
    return all;
}

}  // namespace mtasts
// #include <mtasts/parse/report_filename.hpp>
/// RFC 8460 5.1: the file name of a report.

// #include <mtasts/grammar/report_filename.hpp>
/// RFC 8460 5.1: the file name of a report.

namespace mtasts::grammar {

// unique-id = 1*(ALPHA / DIGIT)
inline constexpr auto unique_id = announce<"unique-id">(+(ALPHA | DIGIT));

// sender = domain
inline constexpr auto sender = announce<"sender">(Domain >> &lit('!'));

// policy-domain = domain
inline constexpr auto policy_domain = announce<"policy-domain">(Domain >> &lit('!'));

// begin-timestamp = 1*DIGIT
inline constexpr auto begin_timestamp = announce<"begin-timestamp">(+DIGIT);

// end-timestamp = 1*DIGIT
inline constexpr auto end_timestamp = announce<"end-timestamp">(+DIGIT);

// extension = "json" / "json.gz"
// PEG: the longer first.
inline constexpr auto extension = announce<"extension">(any_case("json.gz") | any_case("json"));

// filename = sender "!" policy-domain "!" begin-timestamp "!" end-timestamp [ "!" unique-id ] "." extension
inline constexpr auto filename =
    rule<"filename">(sender >> lit('!') >> policy_domain >> lit('!') >> begin_timestamp >> lit('!') >> end_timestamp >>
                     -(lit('!') >> unique_id) >> lit('.') >> extension >> eoi);

}  // namespace mtasts::grammar
// #include <mtasts/model/report_filename.hpp>
/// RFC 8460 5.1: the contents of a report's file name.

namespace mtasts {

/// RFC 8460 5.1: the parts of a report's file name.
struct report_filename {
    std::string_view sender;
    std::string_view policy_domain;
    /// Unix seconds; 2^64-1 for anything greater.
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    /// Empty if there is none.
    std::string_view unique_id;
    bool gzip = false;

    friend constexpr bool operator==(report_filename const&, report_filename const&) = default;
};

}  // namespace mtasts

namespace mtasts {

namespace detail {

/// Decimal digits as a number; 2^64-1 for anything greater.
constexpr std::uint64_t saturated_number(std::string_view digits) {
    std::uint64_t value = 0;
    for (char const c : digits) {
        auto const digit = static_cast<std::uint64_t>(c - '0');
        if (value > (UINT64_MAX - digit) / 10) return UINT64_MAX;
        value = value * 10 + digit;
    }
    return value;
}

/// The extension begins at the last dot, or at the one before it for .json.gz.
constexpr std::string_view without_report_extension(std::string_view text) {
    for (std::string_view const end : {".json.gz", ".json"})
        if (text.size() >= end.size() && text::equal_ignoring_case(text.substr(text.size() - end.size()), end))
            return text.substr(0, text.size() - end.size());
    return text;
}

/// RFC 8460 5.1: explains, part by part, why a text is not the file name of a report.
constexpr void explain_report_filename(std::string_view text, findings& found) {
    auto const say = [&](code what, std::string_view where) {
        found.push_back(with_expectation<grammar::filename>({what, span_of(text, where)}, text, text));
    };
    auto name = without_report_extension(text);
    if (name.size() == text.size()) {
        auto const last = text.rfind('!');
        auto const dot = text.find('.', last == text.npos ? 0 : last);
        say(code::filename_extension, text.substr((std::min)(dot, text.size())));
        name = text.substr(0, dot);
    }
    std::vector<std::string_view> parts;
    text::for_each_piece(name, '!', [&](std::string_view part) { parts.push_back(part); });
    if (parts.size() != 4 && parts.size() != 5) return say(code::filename_parts, name);
    for (std::size_t i = 0; i != 2; ++i)
        if (!read(grammar::Domain_alone, parts[i], ignore_events)) found.push_back(explain_host(text, parts[i], false));
    for (std::size_t i = 2; i != 4; ++i)
        if (parts[i].empty() || !text::all_octets(parts[i], text::is_digit)) say(code::filename_time, parts[i]);
    if (parts.size() == 5 && (parts[4].empty() || !text::all_octets(parts[4], text::is_alphanumeric)))
        say(code::filename_unique_id, parts[4]);
}

/// RFC 8460 4.1, 5.1: reports what is legal but looks wrong.
constexpr void judge_report_filename(std::string_view text, parsed<report_filename>& result, std::string_view begin,
                                     std::string_view end, std::string_view extension) {
    auto const say = [&](code what, text_span where) { result.findings.push_back({what, where}); };
    constexpr std::uint64_t day = 86400;
    // The end of the year 9999.
    constexpr std::uint64_t latest = 253402300799;
    auto const& value = result.value;
    auto const both = span_of(text, begin, end);
    if (value.begin > latest) say(code::filename_time_large, span_of(text, begin));
    if (value.end > latest) say(code::filename_time_large, span_of(text, end));
    if (value.end < value.begin) say(code::filename_order, both);
    else if (value.begin % day != 0 || (value.end - value.begin != day - 1 && value.end - value.begin != day))
        say(code::filename_day, both);
    if (text::find_octet(extension, [](char c) { return c != text::lower(c); }) != extension.npos)
        say(code::filename_extension_case, span_of(text, extension));
}

}  // namespace detail

/// Reads the file name of a report (RFC 8460 5.1).
///
/// Findings: the filename-* codes, and host-* for the two domains.
/// Example: `static_assert(mtasts::parse_report_filename("a.example!b.example!0!86399.json.gz").value.gzip);`
constexpr parsed<report_filename> parse_report_filename(kept_text text, parse_options const& options = {}) {
    parsed<report_filename> result;
    if (detail::too_large(text, options, result.findings)) return result;
    auto& value = result.value;
    std::string_view begin, end, extension;
    auto const sink = [&]<text::fixed_text Name>(grammar::event<Name>, std::string_view part) {
        if constexpr (Name.view() == "sender") value.sender = part;
        if constexpr (Name.view() == "policy-domain") value.policy_domain = part;
        if constexpr (Name.view() == "begin-timestamp") begin = part;
        if constexpr (Name.view() == "end-timestamp") end = part;
        if constexpr (Name.view() == "unique-id") value.unique_id = part;
        if constexpr (Name.view() == "extension") extension = part;
    };
    bool const taken = detail::read(grammar::filename, text, sink);
    value.begin = detail::saturated_number(begin);
    value.end = detail::saturated_number(end);
    value.gzip = extension.size() > 4;
    if (taken) detail::judge_report_filename(text, result, begin, end, extension);
    else detail::explain_report_filename(text, result.findings);
    if (!taken && result.usable())
        result.findings.push_back(detail::plain_syntax_finding<grammar::filename>(text, text));
    sort_by_place(result.findings);
    return result;
}

}  // namespace mtasts
// #include <mtasts/parse/report_subject.hpp>
/// RFC 8460 5.3: the subject of a mail that carries a report.

// #include <mtasts/grammar/report_subject.hpp>
/// RFC 8460 5.3: the subject of a mail that carries a report.
// #include <mtasts/grammar/addr_spec.hpp>
/// RFC 5322 3.4.1: addr-spec, without comments, folding and the obsolete forms.

namespace mtasts::grammar {

// atext = ALPHA / DIGIT / "!" / "#" / "$" / "%" / "&" / "'" / "*" / "+" / "-" / "/" / "=" / "?" / "^" / "_" / "`" /
//         "{" / "|" / "}" / "~"
inline constexpr auto atext = rule<"atext">(
    ALPHA | DIGIT | lit('!') | lit('#') | lit('$') | lit('%') | lit('&') | lit('\'') | lit('*') | lit('+') | lit('-') |
    lit('/') | lit('=') | lit('?') | lit('^') | lit('_') | lit('`') | lit('{') | lit('|') | lit('}') | lit('~'));

// dot-atom-text = 1*atext *("." 1*atext)
inline constexpr auto dot_atom_text = rule<"dot-atom-text">(+atext >> *(lit('.') >> +atext));

// dtext = %d33-90 / %d94-126
inline constexpr auto dtext = rule<"dtext">(octets(0x21, 0x5A) | octets(0x5E, 0x7E));

// no-fold-literal = "[" *dtext "]"
inline constexpr auto no_fold_literal = rule<"no-fold-literal">(lit('[') >> *dtext >> lit(']'));

// qtext = %d33 / %d35-91 / %d93-126
inline constexpr auto qtext = rule<"qtext">(octet(0x21) | octets(0x23, 0x5B) | octets(0x5D, 0x7E));

// quoted-pair = "\" (VCHAR / WSP)
inline constexpr auto quoted_pair = rule<"quoted-pair">(lit('\\') >> (VCHAR | WSP));

// quoted-string = DQUOTE *(*WSP (qtext / quoted-pair)) *WSP DQUOTE
inline constexpr auto quoted_string =
    rule<"quoted-string">(DQUOTE >> *(*WSP >> (qtext | quoted_pair)) >> *WSP >> DQUOTE);

// addr-spec = local-part "@" domain, once percent-decoded
// RFC 8460 3 expects ",", ";" and "!" in it, so they need not be quoted here.
inline constexpr auto mail_text = rule<"mail-text">(atext | lit(',') | lit(';'));
inline constexpr auto local_part = rule<"local-part">(+mail_text >> *(lit('.') >> +mail_text) | quoted_string);
inline constexpr auto addr_spec = rule<"addr-spec">(local_part >> lit('@') >> (dot_atom_text | no_fold_literal) >> eoi);

}  // namespace mtasts::grammar

namespace mtasts::grammar {

/// RFC 5322 3.2.2: a comment, nested to any depth. A loop and a count, because rules must not recurse on hostile text.
struct nested_comment : terminal<nested_comment> {
    static constexpr std::string_view text = "()";

    static constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }
    static constexpr bool is_text(char c) { return ('!' <= c && c <= '~') || is_blank(c); }

    constexpr std::size_t scan(std::string_view rest) const {
        std::size_t depth = 0;
        for (std::size_t i = 0; i != rest.size(); ++i) {
            char const c = rest[i];
            if (c == '(') ++depth;
            else if (depth == 0) return no_match;
            else if (c == ')') {
                if (--depth == 0) return i + 1;
            } else if (c == '\\') {
                if (++i == rest.size() || !is_text(rest[i])) return no_match;
            } else if (c == '\r') {
                if (rest.substr(i, 2) != "\r\n" || i + 2 >= rest.size() || !is_blank(rest[i + 2])) return no_match;
                ++i;
            } else if (!is_text(c)) {
                return no_match;
            }
        }
        return no_match;
    }
};

// FWS = ([*WSP CRLF] 1*WSP)
// PEG: the white space before a CRLF is also the beginning of the other form.
inline constexpr auto FWS = rule<"FWS">(-(*WSP >> CRLF) >> +WSP);

// comment = "(" *([FWS] ccontent) [FWS] ")"
inline constexpr auto comment = rule<"comment">(nested_comment{});

// CFWS = (1*([FWS] comment) [FWS]) / FWS
inline constexpr auto CFWS = rule<"CFWS">(+(-FWS >> comment) >> -FWS | FWS);

// domain-name = sub-domain 1*("." sub-domain)
inline constexpr auto domain_name = rule<"domain-name">(sub_domain >> +(lit('.') >> sub_domain));

// id-left = dot-atom-text
inline constexpr auto id_left = rule<"id-left">(dot_atom_text);

// id-right = dot-atom-text / no-fold-literal
inline constexpr auto id_right = rule<"id-right">(dot_atom_text | no_fold_literal);

// tlsrpt-subject = %s"Report" FWS %s"Domain:" FWS domain-name FWS %s"Submitter:" FWS domain-name FWS
//                  %s"Report-ID:" FWS "<" id-left "@" id-right ">" [CFWS]
inline constexpr auto tlsrpt_subject = rule<"tlsrpt-subject">(
    lit("Report") >> FWS >> lit("Domain:") >> FWS >> announce<"policy-domain">(domain_name >> &FWS) >> FWS >>
    lit("Submitter:") >> FWS >> announce<"submitter">(domain_name >> &FWS) >> FWS >> lit("Report-ID:") >> FWS >>
    lit('<') >> announce<"report-id">(id_left >> lit('@') >> id_right) >> lit('>') >> -CFWS >> eoi);

}  // namespace mtasts::grammar
// #include <mtasts/model/report_subject.hpp>
/// RFC 8460 5.3: the contents of the subject of a report's mail.

namespace mtasts {

/// RFC 8460 5.3: the parts of the subject of a report's mail.
struct report_subject {
    std::string_view policy_domain;
    std::string_view submitter;
    /// Without the angle brackets.
    std::string_view report_id;

    friend constexpr bool operator==(report_subject const&, report_subject const&) = default;
};

}  // namespace mtasts

namespace mtasts {

namespace detail {

/// Explains why a text is not such a subject.
constexpr finding explain_report_subject(std::string_view text) {
    // The words are searched in order; what is between two of them should be a domain, and the rest the id.
    struct heading {
        std::string_view words;
        bool domain_follows;
    };
    constexpr heading headings[] = {{"Report", false}, {"Domain:", true}, {"Submitter:", true}, {"Report-ID:", false}};
    auto rest = text;
    auto const at = [&](code what, std::string_view where) {
        return with_expectation<grammar::tlsrpt_subject>({what, span_of(text, where)}, text, text);
    };
    auto const take = [&](std::size_t length) {
        auto const taken = rest.substr(0, length);
        rest.remove_prefix(taken.size());
        return taken;
    };
    auto const is_blank = fault_table::is<' ', '\t', '\r', '\n'>;
    auto const take_blanks = [&] { return take(text::find_octet(rest, [&](char c) { return !is_blank(c); })); };
    auto const is_space = [](std::string_view blanks) {
        return read(grammar::FWS >> grammar::eoi, blanks, ignore_events);
    };
    for (auto const& [words, domain_follows] : headings) {
        if (!rest.starts_with(words)) return at(code::subject_words, rest.substr(0, text::find_octet(rest, is_blank)));
        take(words.size());
        if (auto const blanks = take_blanks(); !is_space(blanks)) return at(code::subject_space, blanks);
        if (!domain_follows) continue;
        auto const name = take(text::find_octet(rest, is_blank));
        if (read(grammar::sub_domain >> grammar::eoi, name, ignore_events)) return at(code::subject_one_label, name);
        if (!read(grammar::Domain_alone, name, ignore_events)) return explain_host(text, name, false);
        if (auto const blanks = take_blanks(); !is_space(blanks)) return at(code::subject_space, blanks);
    }
    auto const said = plain_syntax_finding<grammar::tlsrpt_subject>(text, text);
    auto const id = rest.substr(0, rest.find('>') == rest.npos ? rest.npos : rest.find('>') + 1);
    if (said.where.offset < span_of(text, id).end() || !id.ends_with('>')) return at(code::subject_report_id, id);
    return said;
}

}  // namespace detail

/// Reads the subject of a report's mail (RFC 8460 5.3), folded or not.
///
/// Findings: the subject-* codes, and host-* for the two domains.
/// Example: `static_assert(mtasts::parse_report_subject("Report Domain: example.net Submitter: a.example Report-ID: "
///                                                    "<1@a.example>").value.submitter == "a.example");`
constexpr parsed<report_subject> parse_report_subject(kept_text text, parse_options const& options = {}) {
    parsed<report_subject> result;
    auto& value = result.value;
    if (detail::too_large(text, options, result.findings)) return result;
    auto const sink = [&]<text::fixed_text Name>(grammar::event<Name>, std::string_view part) {
        if constexpr (Name.view() == "policy-domain") value.policy_domain = part;
        if constexpr (Name.view() == "submitter") value.submitter = part;
        if constexpr (Name.view() == "report-id") value.report_id = part;
    };
    if (!detail::read(grammar::tlsrpt_subject, text, sink)) {
        result.findings.push_back(detail::explain_report_subject(text));
        return result;
    }
    return result;
}

}  // namespace mtasts
// #include <mtasts/parse/sts_policy.hpp>
/// RFC 8461 3.2: the policy.
///
/// The grammar decides on the whole text. Only a text that it rejects is read again, line by line, to find every fault
/// and whatever can still be used.

// #include <mtasts/model/sts_policy.hpp>
/// RFC 8461 3.2: the contents of a policy.

// #include <mtasts/model/extension.hpp>
/// A field that the RFC does not define, kept as written.

namespace mtasts {

/// RFC 8461 3.1, 3.2 and RFC 8460 3: consumers ignore extensions; this toolkit keeps them.
struct extension {
    std::string_view name;
    std::string_view value;

    friend constexpr bool operator==(extension const&, extension const&) = default;
};

}  // namespace mtasts

namespace mtasts {

/// RFC 8461 5: what a sending MTA does when an MX host fails validation.
enum class policy_mode { none, testing, enforce };

constexpr std::string_view to_text(policy_mode mode) {
    switch (mode) {
        case policy_mode::testing: return "testing";
        case policy_mode::enforce: return "enforce";
        case policy_mode::none: break;
    }
    return "none";
}

/// RFC 8461 3.2: the greatest max_age, about a year.
/// Example: `static_assert(mtasts::max_age_limit > std::chrono::hours(365 * 24));`
inline constexpr std::chrono::seconds max_age_limit{31557600};

/// RFC 8461 3.2: a policy.
struct sts_policy {
    policy_mode mode = policy_mode::none;
    std::chrono::seconds max_age{0};
    std::vector<mx_pattern> mx;
    std::vector<extension> extensions;

    friend constexpr bool operator==(sts_policy const&, sts_policy const&) = default;
};

}  // namespace mtasts
// #include <mtasts/parse/drop_repeated.hpp>
/// Values that occur more than once in a text.

#include <functional>

namespace mtasts::detail {

/// Keeps the first of all items with one key, in order; `report` is called with every other one.
/// RFC 8461 3.2: all but the first are ignored.
template <class Item, class Key, class Report>
constexpr void drop_repeated(std::vector<Item>& items, Key key, Report report) {
    // The few items of a usual text are compared pairwise; only many are worth a sort.
    auto const value = [&](std::size_t i) -> std::string_view { return std::invoke(key, items[i]); };
    if (items.size() <= 8) {
        bool again = false;
        for (std::size_t i = 1; i < items.size(); ++i)
            for (std::size_t k = 0; k != i; ++k) again = again || value(i) == value(k);
        if (!again) return;
    }
    std::vector<std::pair<std::string_view, std::size_t>> order;
    for (std::size_t i = 0; i != items.size(); ++i) order.emplace_back(std::invoke(key, items[i]), i);
    std::sort(order.begin(), order.end());
    // Not vector<bool>, which clang++ 14 cannot use in constant expressions.
    std::vector<char> repeated(items.size(), 0);
    for (std::size_t i = 1; i != order.size(); ++i)
        if (order[i].first == order[i - 1].first) repeated[order[i].second] = 1;
    std::vector<Item> kept;
    for (std::size_t i = 0; i != items.size(); ++i)
        if (repeated[i] != 0) report(items[i]);
        else kept.push_back(items[i]);
    items = std::move(kept);
}

}  // namespace mtasts::detail
// #include <mtasts/parse/policy_faults.hpp>
/// RFC 8461 3.2: the fields of a policy, and what is wrong with a line that the grammar rejects.

// #include <mtasts/text/lines.hpp>
/// The lines of a policy and their parts, for code that needs places in a text that may not be a policy at all.

namespace mtasts::text {

/// A line and its parts as "name: value", split at the first colon.
struct policy_line {
    /// Without its end, and with it.
    std::string_view text;
    std::string_view whole;
    /// What precedes the colon, or the whole line if there is none.
    std::string_view name;
    /// Without space around it.
    std::string_view value;
    bool has_colon = false;

    constexpr explicit policy_line(std::string_view line) : policy_line(line, line) {}
    constexpr policy_line(std::string_view line, std::string_view with_end)
        : text(line), whole(with_end), name(line.substr(0, line.find(':'))), has_colon(name.size() != line.size()) {
        if (has_colon) value = trimmed(line.substr(name.size() + 1));
    }

    constexpr std::string_view end() const { return whole.substr(text.size()); }
};

/// Goes over the lines of a text, which end with LF, CRLF or (a fault, but a readable one) a bare CR.
/// An end of line at the end of the text begins no further line.
class policy_lines {
  public:
    constexpr explicit policy_lines(std::string_view text) : rest_(text) {}

    constexpr bool done() const { return rest_.empty(); }
    constexpr policy_line next() {
        auto const stop = find_octet(rest_, [](char c) { return c == '\r' || c == '\n'; });
        auto const length = stop == rest_.npos ? rest_.size() : stop;
        auto const end = stop == rest_.npos ? 0u : rest_.substr(stop, 2) == "\r\n" ? 2u : 1u;
        policy_line const found{rest_.substr(0, length), rest_.substr(0, length + end)};
        rest_.remove_prefix(length + end);
        return found;
    }

  private:
    std::string_view rest_;
};

/// The value of the first line with a name, a view of the text; the end of the text if there is none.
constexpr std::string_view first_policy_value(std::string_view text, std::string_view name) {
    for (policy_lines lines(text); !lines.done();)
        if (auto const line = lines.next(); line.has_colon && line.name == name) return line.value;
    return text.substr(text.size());
}

}  // namespace mtasts::text

namespace mtasts::detail {

/// RFC 8461 9.3: the names that the RFC defines. They are reserved: a line with one of them that breaks its rule is a
/// fault, although it may look like an extension.
enum class policy_name { version, mode, max_age, mx, other };

constexpr policy_name policy_name_of(std::string_view name) {
    if (name == "version") return policy_name::version;
    if (name == "mode") return policy_name::mode;
    if (name == "max_age") return policy_name::max_age;
    if (name == "mx") return policy_name::mx;
    return policy_name::other;
}

/// One line of a policy. `wellformed` says whether the rule of its name matched; a line that no rule matched already
/// has its finding (`explained`).
struct policy_field {
    policy_name known = policy_name::other;
    std::string_view name;
    std::string_view value;
    bool wellformed = false;
    bool explained = false;
};

namespace policy_table {

using namespace fault_table;

/// The text without leading white space and empty lines.
constexpr std::string_view begin(plain const& policy) {
    auto const blank = policy.text.find_first_not_of(" \t\r\n");
    return policy.text.substr((std::min)(blank, policy.text.size()));
}
constexpr octets utf16_mark(plain const& policy) {
    return only_if(policy.text.starts_with("\xFF\xFE") || policy.text.starts_with("\xFE\xFF"), policy.text);
}
constexpr octets html(plain const& policy) { return only_if(begin(policy).starts_with('<'), policy.text); }
constexpr octets json(plain const& policy) { return only_if(begin(policy).starts_with('{'), policy.text); }
constexpr octets record(plain const& policy) {
    return only_if(text::starts_ignoring_case(begin(policy), "v=STSv1"), policy.text);
}

using text::policy_line;

constexpr octets not_utf8(policy_line const& given) {
    auto rest = given.text;
    while (!rest.empty() && text::first_code_point(rest).length != 0)
        rest.remove_prefix(text::first_code_point(rest).length);
    return only_if(!rest.empty(), rest.substr(0, 1));
}
constexpr octets comment(policy_line const& given) {
    auto const begin = text::without_leading_space(given.text);
    return only_if(begin.starts_with('#') || begin.starts_with("//") || begin.starts_with(';'), given.text);
}
constexpr octets leading_space(policy_line const& given) {
    auto const spaces = given.text.size() - text::without_leading_space(given.text).size();
    return only_if(spaces != 0, given.text.substr(0, spaces));
}
constexpr octets equals_for_colon(policy_line const& given) { return only_if(!given.has_colon, first<is<'='>>(given)); }
constexpr octets no_colon(policy_line const& given) { return only_if(!given.has_colon, given.text); }
constexpr octets space_before_colon(policy_line const& given) {
    auto const name = text::trimmed(given.name).size();
    return only_if(name != given.name.size(), given.name.substr(name));
}
constexpr octets odd_name(policy_line const& given) {
    auto const name = given.name;
    return only_if(!read(grammar::sts_policy_ext_name >> grammar::eoi, name, ignore_events),
                   name.empty() ? given.text.substr(0, 1) : name);
}
constexpr octets name_without_value(policy_line const& given) { return only_if(given.value.empty(), given.name); }
constexpr octets tab(policy_line const& given) { return first<is<'\t'>>(plain{given.value}); }

/// The value of a line with one of the reserved names.
struct value {
    std::string_view text;
    std::string_view name;
    policy_name known;

    constexpr bool is(std::string_view word) const { return text::equal_ignoring_case(text, word); }
};

/// For a policy written in one line: a known name and its ":" after a ";", "," or space.
constexpr octets another_field(value const& given) {
    bool found = false;
    for (char const separator : {';', ',', ' '}) {
        bool first = true;
        text::for_each_piece(given.text, separator, [&](std::string_view piece) {
            policy_line const line(text::trimmed(piece));
            found = found || (!first && line.has_colon && policy_name_of(line.name) != policy_name::other);
            first = false;
        });
    }
    return only_if(found, given.text);
}
/// And the space before it.
constexpr octets comment_after_value(value const& given) {
    auto const hash = given.text.find('#');
    auto const before = text::without_trailing_space(given.text.substr(0, hash));
    return only_if(hash != given.text.npos && before.size() != hash, given.text.substr(before.size()));
}
constexpr octets name_of_no_value(value const& given) { return only_if(given.text.empty(), given.name); }
constexpr octets version_in_other_case(value const& given) {
    return only_if(given.known == policy_name::version && given.is("STSv1"), given.text);
}
constexpr octets other_version(value const& given) { return only_if(given.known == policy_name::version, given.text); }
constexpr octets mode_in_other_case(value const& given) {
    return only_if(given.known == policy_name::mode && (given.is("testing") || given.is("enforce") || given.is("none")),
                   given.text);
}
constexpr octets mode_report(value const& given) {
    return only_if(given.known == policy_name::mode && given.is("report"), given.text);
}
constexpr octets other_mode(value const& given) { return only_if(given.known == policy_name::mode, given.text); }
constexpr octets digits(value const& given) {
    return only_if(text::all_octets(given.text, text::is_digit), given.text);
}
constexpr octets number_with_unit(value const& given) {
    auto const number = text::find_octet(given.text, no<text::is_digit>);
    auto const unit = text::trimmed(given.text.substr(number));
    return only_if(number != 0 && !unit.empty() && text::all_octets(unit, text::is_alpha), given.text);
}

using enum code;

/// Texts that are obviously something else: no other fault is worth reporting.
inline constexpr auto other_texts = std::to_array<row<plain>>({
    {utf16_mark, policy_utf16, whole},
    {html, policy_is_html, whole},
    {json, policy_is_json, whole},
    {record, policy_is_record, whole},
});

inline constexpr auto lines = std::to_array<row<policy_line>>({
    {first<is_control_but_tab>, policy_control, found},
    {not_utf8, policy_not_utf8, found},
    {comment, policy_comment, whole},
    {leading_space, policy_leading_space, found},
    {equals_for_colon, policy_equals_sign, found},
    {no_colon, policy_colon_missing, whole},
    {space_before_colon, policy_space_before_colon, found},
});

inline constexpr auto extensions = std::to_array<row<policy_line>>({
    {odd_name, code::policy_name, found},
    {name_without_value, policy_value_empty, found},
    {tab, policy_value_tab, found},
});

/// For any value.
inline constexpr auto values = std::to_array<row<value>>({
    {another_field, policy_one_line, whole},
    {back<is<';'>>, policy_value_semicolon, found},
    {comment_after_value, policy_value_comment, found},
});

/// RFC 8461 3.2: for a version, a mode or a max_age.
inline constexpr auto words = std::to_array<row<value>>({
    {name_of_no_value, policy_value_empty, found},
    {front<is<'"', '\''>>, policy_value_quoted, whole},
    {version_in_other_case, policy_version_case, whole},
    {other_version, policy_version_unknown, whole},
    {mode_in_other_case, policy_mode_case, whole},
    {mode_report, policy_mode_report, whole},
    {other_mode, policy_mode_unknown, whole},
    {digits, policy_max_age_digits, whole},
    {front<is<'+', '-'>>, policy_max_age_sign, whole},
    {number_with_unit, policy_max_age_unit, whole},
    {anything, policy_max_age_number, whole},
});

}  // namespace policy_table

/// Explains the fault of a line with one of the reserved names, a view of the whole text.
constexpr finding explain_known_field(std::string_view whole, policy_field const& field, parse_options const& options) {
    bool const is_mx = field.known == policy_name::mx;
    if (is_mx && options.skip_malformed_mx) return {code::policy_mx_skipped, span_of(whole, field.value)};
    policy_table::value const given{field.value, field.name, field.known};
    auto said = fault_table::first_fault(policy_table::values, given, whole);
    if (!said && is_mx) return explain_host(whole, field.value, true);
    if (!said) said = fault_table::first_fault(policy_table::words, given, whole);
    auto const line = span_of(whole, field.name, field.value).of(whole);
    switch (field.known) {
        case policy_name::version: return with_expectation<grammar::sts_policy_version>(*said, whole, line);
        case policy_name::mode: return with_expectation<grammar::sts_policy_mode>(*said, whole, line);
        case policy_name::max_age: return with_expectation<grammar::sts_policy_max_age>(*said, whole, line);
        default: return with_expectation<grammar::sts_policy_mx>(*said, whole, line);
    }
}

}  // namespace mtasts::detail

namespace mtasts {

namespace detail {

/// Reads the fields of a policy.
class policy_reader {
  public:
    constexpr policy_reader(std::string_view text, parse_options const& options, findings& found)
        : text_(text), options_(options), found_(found) {}

    /// Calls `take` with every field as the grammar matches it; if the grammar finally rejects the text, calls
    /// `forget`, explains the faults, and starts over with what can still be read.
    template <class Take, class Forget>
    constexpr void for_each_field(Take take, Forget forget) {
        auto const take_event = [&](auto event, std::string_view line) { take(field_of(event, line)); };
        if (read(grammar::sts_policy_record, text_, take_event)) return;
        forget();
        explain_policy();
        if (found_.empty()) found_.push_back(plain_syntax_finding<grammar::sts_policy_record>(text_, text_));
        for (auto const& field : fields_) take(field);
    }

  private:
    static constexpr policy_field field_of(grammar::event<"sts-policy-version">, std::string_view line) {
        return known_field(policy_name::version, "version", line);
    }
    static constexpr policy_field field_of(grammar::event<"sts-policy-mode">, std::string_view line) {
        return known_field(policy_name::mode, "mode", line);
    }
    static constexpr policy_field field_of(grammar::event<"sts-policy-max-age">, std::string_view line) {
        return known_field(policy_name::max_age, "max_age", line);
    }
    static constexpr policy_field field_of(grammar::event<"sts-policy-mx">, std::string_view line) {
        return known_field(policy_name::mx, "mx", line);
    }
    static constexpr policy_field field_of(grammar::event<"sts-policy-extension">, std::string_view line) {
        text::policy_line const parts(line);
        return {policy_name_of(parts.name), parts.name, parts.value};
    }
    static constexpr policy_field known_field(policy_name known, std::string_view name, std::string_view line) {
        return {known, line.substr(0, name.size()), text::without_leading_space(line.substr(name.size() + 1)), true};
    }

    constexpr void say(code what, std::string_view where) { found_.push_back({what, span_of(text_, where)}); }

    constexpr void explain_policy() {
        if (text_.empty()) return say(code::policy_empty, text_);
        if (auto const other = fault_table::first_fault(policy_table::other_texts, {text_}, text_))
            return found_.push_back(*other);
        auto rest = text_;
        if (constexpr std::string_view bom = "\xEF\xBB\xBF"; rest.starts_with(bom)) {
            say(options_.lenient ? code::policy_bom_skipped : code::policy_bom, rest.substr(0, bom.size()));
            rest.remove_prefix(bom.size());
        }
        for (text::policy_lines lines(rest); !lines.done();) {
            auto const line = lines.next();
            if (line.end() == "\r") say(code::policy_bare_cr, line.end());
            if (!text::trimmed(line.text).empty()) read_line(line);
            else if (line.end() != "\r") say_blank(line.whole);
        }
    }

    /// One finding for all blank lines in a row.
    constexpr void say_blank(std::string_view line) {
        auto const what = options_.lenient ? code::policy_blank_line_skipped : code::policy_blank_line;
        auto const where = span_of(text_, line);
        if (!found_.empty() && found_.back().code == what && found_.back().where.end() == where.offset)
            found_.back().where.length += where.length;
        else say(what, line);
    }

    constexpr void read_line(text::policy_line const& line) {
        auto const before = fields_.size();
        auto const keep = [&](auto event, std::string_view part) { fields_.push_back(field_of(event, part)); };
        if (read(grammar::sts_policy_line, line.text, keep)) return;
        fields_.resize(before);
        explain_line(line);
    }

    constexpr void explain_line(text::policy_line const& line) {
        auto const name_of = [](std::string_view name, std::string_view value) {
            return policy_field{policy_name_of(text::trimmed(name)), text::trimmed(name), value, false, true};
        };
        auto field = name_of(line.name, line.value);
        auto said = fault_table::first_fault(policy_table::lines, line, text_);
        if (!said && field.known != policy_name::other) {
            found_.push_back(explain_known_field(text_, field, options_));
            return fields_.push_back(field);
        }
        if (!said) said = fault_table::first_fault(policy_table::extensions, line, text_);
        if (said) found_.push_back(with_expectation<grammar::sts_policy_line>(*said, text_, line.text));
        if (said && said->code == code::policy_leading_space)
            return read_line(text::policy_line(text::without_leading_space(line.text)));
        if (said && said->code == code::policy_equals_sign)
            field = name_of(line.text.substr(0, line.text.find('=')), {});
        // The field that the line was meant to be does not count as missing.
        if (!said || said->code != code::policy_colon_missing) fields_.push_back(field);
    }

    std::string_view text_;
    parse_options const& options_;
    findings& found_;
    std::vector<policy_field> fields_;
};

/// RFC 8461 3.2: a max_age of up to ten digits.
constexpr std::chrono::seconds seconds_of(std::string_view digits) {
    std::int64_t seconds = 0;
    for (char const c : digits) seconds = seconds * 10 + (c - '0');
    return std::chrono::seconds(seconds);
}

/// Builds a policy from its fields, and reports a field that breaks the rule of its name, is repeated, or is missing.
class policy_builder {
  public:
    constexpr policy_builder(std::string_view text, parse_options const& options, parsed<sts_policy>& result)
        : text_(text), options_(options), result_(result) {}

    constexpr void take(policy_field const& field) {
        auto& policy = result_.value;
        switch (field.known) {
            case policy_name::version:
                if (is_first(field)) obeys(field);
                break;
            case policy_name::mode:
                if (!is_first(field) || !obeys(field)) break;
                mode_known_ = true;
                policy.mode = field.value == "enforce"   ? policy_mode::enforce
                              : field.value == "testing" ? policy_mode::testing
                                                         : policy_mode::none;
                break;
            case policy_name::max_age:
                if (!is_first(field) || !obeys(field)) break;
                policy.max_age = (std::min)(seconds_of(field.value), max_age_limit);
                if (seconds_of(field.value) > max_age_limit) say({code::policy_max_age_large, place(field.value)});
                break;
            case policy_name::mx: take_mx(field); break;
            case policy_name::other:
                if (!field.explained) policy.extensions.push_back({field.name, field.value});
        }
    }

    constexpr void forget() {
        result_ = {};
        seen_ = {};
        mode_known_ = false;
    }

    /// If nothing could be read at all, missing fields are not worth reporting.
    constexpr void say_missing() {
        if (std::none_of(seen_.begin(), seen_.end(), [](bool seen) { return seen; }) && !result_.usable()) return;
        constexpr std::pair<policy_name, code> required[] = {{policy_name::version, code::policy_version_missing},
                                                             {policy_name::mode, code::policy_mode_missing},
                                                             {policy_name::max_age, code::policy_max_age_missing}};
        for (auto const& [name, missing] : required)
            if (!seen(name)) say({missing, {text_.size(), 0}});
        if (!seen(policy_name::mx) && mode_known_ && result_.value.mode != policy_mode::none)
            say({code::policy_mx_missing, {text_.size(), 0}});
    }

  private:
    constexpr void say(finding said) { result_.findings.push_back(said); }
    constexpr text_span place(std::string_view part) const { return span_of(text_, part); }
    constexpr bool& seen(policy_name name) { return seen_[static_cast<std::size_t>(name)]; }

    /// Whether this is the first of its name; reports it if not.
    constexpr bool is_first(policy_field const& field) {
        if (seen(field.known) && !field.explained)
            say({code::policy_field_duplicate, span_of(text_, field.name, field.value), field.name});
        return !std::exchange(seen(field.known), true);
    }
    /// Whether the field obeys the rule of its name; reports it if not.
    constexpr bool obeys(policy_field const& field) {
        if (!field.wellformed && !field.explained) say(explain_known_field(text_, field, options_));
        return field.wellformed;
    }
    constexpr void take_mx(policy_field const& field) {
        if (obeys(field)) {
            if (result_.value.mx.empty()) result_.value.mx.reserve(4);
            result_.value.mx.push_back({field.value});
        }
        if (field.wellformed || !options_.skip_malformed_mx) seen(policy_name::mx) = true;
    }

    std::string_view text_;
    parse_options const& options_;
    parsed<sts_policy>& result_;
    /// For the four names in the order of `policy_name`.
    std::array<bool, 4> seen_{};
    bool mode_known_ = false;
};

}  // namespace detail

/// Reads a policy body (RFC 8461 3.2).
///
/// The first version, mode and max_age count; max_age is clamped to `max_age_limit`; any malformed mx makes the policy
/// unusable. Findings: the policy-* and host-* codes; `usable()` means that a sending MTA may apply the policy.
/// Example: `static_assert(mtasts::parse_sts_policy("version: STSv1\nmode: none\nmax_age: 86400\n").usable());`
constexpr parsed<sts_policy> parse_sts_policy(kept_text text, parse_options const& options = {}) {
    parsed<sts_policy> result;
    auto& found = result.findings;
    if (detail::too_large(text, options, found)) return result;

    detail::policy_builder builder(text, options, result);
    detail::policy_reader(text, options, found)
        .for_each_field([&](detail::policy_field const& field) { builder.take(field); }, [&] { builder.forget(); });
    detail::drop_repeated(result.value.extensions, &extension::name, [&](extension const& ignored) {
        found.push_back(
            {code::policy_field_duplicate, detail::span_of(text, ignored.name, ignored.value), ignored.name});
    });

    builder.say_missing();
    sort_by_place(found);
    return result;
}

}  // namespace mtasts
// #include <mtasts/parse/sts_record.hpp>
/// RFC 8461 3.1: the TXT record at `_mta-sts.<policy domain>`.

// #include <mtasts/grammar/sts_record.hpp>
/// RFC 8461 3.1: the TXT record at `_mta-sts.<policy domain>`.
/// Read from the bottom up: C++ needs leaves before roots. The ABNF of each rule is above it.
/// "PEG:" marks where X3, greedy and first-match, needs help to mean the same.

namespace mtasts::grammar {

// sts-field-delim = *WSP ";" *WSP
inline constexpr auto sts_field_delim = rule<"sts-field-delim">(*WSP >> lit(';') >> *WSP);

// sts-version = %s"v=STSv1"
inline constexpr auto sts_version = rule<"sts-version">(lit("v=STSv1"));

// sts-id = %s"id=" 1*32(ALPHA / DIGIT)
// PEG: the lookahead is inside, so that "id=a-b" never announces "id=a".
inline constexpr auto sts_id =
    announce<"sts-id">(lit("id=") >> repeat(1, 32)[ALPHA | DIGIT] >> &(sts_field_delim | eoi));

// sts-ext-name = (ALPHA / DIGIT) *31(ALPHA / DIGIT / "_" / "-" / ".")
inline constexpr auto sts_ext_name =
    rule<"sts-ext-name">((ALPHA | DIGIT) >> repeat(0, 31)[ALPHA | DIGIT | lit('_') | lit('-') | lit('.')]);

// sts-ext-value = 1*(%x21-3A / %x3C / %x3E-7E)
inline constexpr auto sts_ext_value = rule<"sts-ext-value">(+(octets(0x21, 0x3A) | octet(0x3C) | octets(0x3E, 0x7E)));

// sts-extension = sts-ext-name "=" sts-ext-value
inline constexpr auto sts_extension =
    announce<"sts-extension">(sts_ext_name >> lit('=') >> sts_ext_value >> &(sts_field_delim | eoi));

// sts-field = sts-id / sts-extension
inline constexpr auto sts_field = rule<"sts-field">(sts_id | sts_extension);

// One field and nothing else.
inline constexpr auto sts_field_alone = sts_field >> eoi;

// sts-text-record = sts-version 1*(sts-field-delim sts-field) [sts-field-delim]
inline constexpr auto sts_text_record =
    rule<"sts-text-record">(sts_version >> +(sts_field_delim >> sts_field) >> -sts_field_delim >> eoi);

}  // namespace mtasts::grammar
// #include <mtasts/model/sts_record.hpp>
/// RFC 8461 3.1: the contents of a TXT record at `_mta-sts.<policy domain>`.

namespace mtasts {

/// The id of the policy now in force; compared for equality only.
struct sts_record {
    std::string_view id;
    std::vector<extension> extensions;

    friend constexpr bool operator==(sts_record const&, sts_record const&) = default;
};

}  // namespace mtasts
// #include <mtasts/parse/txt_record.hpp>
/// RFC 8461 3.1 and RFC 8460 3: what the two TXT records have in common, a version and fields between semicolons.
///
/// The grammar decides on the whole text. Only a text that it rejects is read again, field by field, to find every
/// fault and whatever can still be used.

// #include <mtasts/model/txt_rrset.hpp>
/// RFC 1035 3.3.14, RFC 8461 3.1: the TXT records found at one name.

#include <initializer_list>
#include <span>

namespace mtasts {

/// The records of an RRset, the strings of each joined without separator.
///
/// `text()` has them one per line; findings about the RRset have their place in that text.
/// Example: `mtasts::txt_rrset records{{"v=STSv1; i", "d=1"}, {"v=spf1 -all"}};`
class txt_rrset {
  public:
    constexpr txt_rrset() = default;
    constexpr txt_rrset(std::initializer_list<std::initializer_list<std::string_view>> records) {
        for (auto const& strings : records) add({strings.begin(), strings.size()});
    }

    /// Adds one record, given its strings.
    constexpr void add(std::span<std::string_view const> strings) {
        if (!ends_.empty()) text_.push_back('\n');
        for (std::string_view const string : strings) text_.insert(text_.end(), string.begin(), string.end());
        ends_.push_back(text_.size());
    }

    constexpr std::size_t size() const { return ends_.size(); }
    constexpr bool empty() const { return ends_.empty(); }
    constexpr std::string_view text() const { return {text_.data(), text_.size()}; }
    constexpr std::string_view operator[](std::size_t index) const {
        auto const begin = index == 0 ? 0 : ends_[index - 1] + 1;
        return text().substr(begin, ends_[index] - begin);
    }

  private:
    std::vector<char> text_;
    std::vector<std::size_t> ends_;
};

}  // namespace mtasts

namespace mtasts::detail {

/// One field of a record. `wellformed` says whether the record's own rule for its key matched; a field that no rule
/// matched already has its finding (`explained`).
struct txt_field {
    std::string_view text;
    std::string_view name;
    std::string_view value;
    bool wellformed = false;
    bool explained = false;
};

constexpr txt_field split_txt_field(std::string_view text) {
    auto const equals = text.find('=');
    if (equals == text.npos) return {text, text, {}};
    return {text, text.substr(0, equals), text.substr(equals + 1)};
}

namespace txt_table {

using namespace fault_table;
using enum code;

/// A text that may not be meant as this record at all.
struct record {
    std::string_view text;
    std::string_view other_version;

    constexpr octets begins(std::string_view word) const {
        auto const begin = text::without_leading_space(text);
        return only_if(text::starts_ignoring_case(begin, word), begin.substr(0, word.size()));
    }
};

constexpr octets opening_quote(record const& given) {
    for (std::string_view const quote : {"\"", "'", "\u201C", "\u201E", "\u2018"})
        if (auto const found = given.begins(quote)) return found;
    return {};
}
constexpr octets zone_line(record const& given) {
    auto const type = given.text.find("TXT");
    return only_if(type != given.text.npos && given.text.find('"', type) != given.text.npos && !given.begins("v="),
                   given.text);
}
constexpr octets policy_line(record const& given) {
    auto const version = given.begins("version:");
    return version ? version : given.begins("mode:");
}

/// Texts that are obviously something else: no other fault is worth reporting.
inline constexpr auto other_texts = std::to_array<row<record>>({
    {opening_quote, record_quoted, whole},
    {zone_line, record_zone_line, whole},
    {[](record const& given) { return given.begins("v=DKIM1"); }, record_is_dkim, whole},
    {[](record const& given) { return given.begins("v=spf1"); }, record_is_spf, whole},
    {[](record const& given) { return given.begins("v=DMARC1"); }, record_is_dmarc, whole},
    {[](record const& given) { return given.begins(given.other_version); }, record_is_other, found},
    {policy_line, record_is_policy, whole},
});

/// The text up to the first ";", without trailing white space, if it is not the version that is wanted.
struct version {
    std::string_view text;
    std::string_view wanted;
    std::string_view record;

    constexpr std::size_t equals() const { return text.find('='); }
    constexpr bool named_v() const {
        return equals() != text.npos && text::equal_ignoring_case(text::trimmed(text.substr(0, equals())), "v");
    }
};

/// What is between the version and a field.
constexpr octets other_separator(version const& given) {
    if (!given.text.starts_with(given.wanted)) return {};
    auto const after = given.text.substr(given.wanted.size());
    auto const field = text::without_leading_space(after.substr(1));
    return only_if(is<' ', '\t', ',', ':'>(after.front()), after.substr(0, after.size() - field.size()));
}
constexpr octets zone_backslash(version const& given) {
    return only_if(given.text == "v=STSv1\\" || given.text == "v=TLSRPTv1\\", back<is<'\\'>>(given));
}
constexpr octets other_case(version const& given) {
    return only_if(text::equal_ignoring_case(given.text, given.wanted), given.text);
}
constexpr octets spaced_equals(version const& given) {
    return only_if(given.named_v() && text::trimmed(given.text.substr(given.equals() + 1)) == given.wanted.substr(2),
                   given.text);
}
constexpr octets other_version(version const& given) { return only_if(given.named_v(), given.text); }
constexpr octets place(version const& given) { return given.text.substr(0, 0); }
constexpr octets place_before_version(version const& given) {
    bool later = false;
    text::for_each_piece(given.record, ';',
                         [&](std::string_view other) { later = later || text::trimmed(other) == given.wanted; });
    return only_if(later, place(given));
}

inline constexpr auto versions = std::to_array<row<version>>({
    {other_separator, record_semicolon_missing, found},
    {zone_backslash, record_backslash, found},
    {other_case, record_version_case, whole},
    {spaced_equals, record_equals_spaced, whole},
    {other_version, record_version_unknown, whole},
    {place_before_version, record_version_not_first, found},
    {place, record_version_missing, found},
});

/// A field that no rule matched, and the key that the record defines.
struct field : txt_field {
    std::string_view key;

    constexpr bool has_equals() const { return name.size() != text.size(); }
};

constexpr octets bare_uri(field const& given) {
    return only_if(!given.has_equals() && (text::starts_ignoring_case(given.text, "mailto:") ||
                                           text::starts_ignoring_case(given.text, "https:")),
                   given.text);
}
constexpr octets colon_after_key(field const& given) {
    if (given.has_equals() || !given.text.starts_with(given.key)) return {};
    return front<is<':'>>(plain{given.text.substr(given.key.size())});
}
constexpr octets no_equals(field const& given) { return only_if(!given.has_equals(), given.text); }
/// And the "=" itself.
constexpr octets space_before_equals(field const& given) {
    auto const name = text::trimmed(given.name).size();
    return only_if(name != given.name.size(), given.text.substr(name, given.name.size() - name + 1));
}

inline constexpr auto fields = std::to_array<row<field>>({
    {first<is_control_but_tab>, record_control, found},
    {first<no<text::is_ascii>>, record_non_ascii, found},
    {back<is<'\\'>>, record_backslash, found},
    {bare_uri, tlsrpt_rua_separator, whole},
    {colon_after_key, record_colon, found},
    {no_equals, record_equals_missing, whole},
    {space_before_equals, record_equals_spaced, found},
});

/// And the "=" itself.
constexpr octets space_after_equals(field const& given) {
    auto const spaces = given.value.size() - text::without_leading_space(given.value).size();
    return only_if(spaces != 0, given.text.substr(given.name.size(), 1 + spaces));
}
/// sts-ext-name and tlsrpt-ext-name
constexpr octets odd_name(field const& given) {
    return only_if(!read(grammar::sts_ext_name >> grammar::eoi, given.name, ignore_events), given.name);
}
constexpr octets name_without_value(field const& given) {
    return only_if(text::trimmed(given.value).empty(), given.name);
}
constexpr octets space_before_field(field const& given) {
    auto const value = text::trimmed(given.value);
    auto const space = text::find_octet(value, text::is_space);
    return only_if(space != value.npos && value.find('=', space) != value.npos, at(value, space));
}
constexpr octets odd_octet(field const& given) { return first<is<'=', ' ', '\t'>>(plain{text::trimmed(given.value)}); }

inline constexpr auto extensions = std::to_array<row<field>>({
    {space_after_equals, record_equals_spaced, found},
    {odd_name, record_name, found},
    {name_without_value, record_value_empty, found},
    {space_before_field, record_semicolon_missing, found},
    {odd_octet, record_value, found},
});

}  // namespace txt_table

/// Reads the fields of a record. `Dialect` names the two grammars and the words of one of the records.
template <class Dialect>
class txt_record_reader {
  public:
    constexpr txt_record_reader(std::string_view text, findings& found) : text_(text), found_(found) {}

    /// Calls `take` with every field as the grammar matches it; if the grammar finally rejects the text, calls
    /// `forget`, explains the faults, and starts over with what can still be read.
    template <class Take, class Forget>
    constexpr void for_each_field(Take take, Forget forget) {
        if (read(Dialect::record, text_, [&](auto event, std::string_view part) { take(field_of(event, part)); }))
            return;
        forget();
        explain_record();
        if (std::none_of(found_.begin(), found_.end(), [](finding const& f) { return f.makes_unusable(); }))
            say(plain_syntax_finding<Dialect::record>(text_, text_));
        for (auto const& field : fields_) take(field);
    }

  private:
    static constexpr txt_field field_of(typename Dialect::key_event, std::string_view text) {
        constexpr auto equals = Dialect::key.size();
        return {text, text.substr(0, equals), text.substr(equals + 1), true};
    }
    static constexpr txt_field field_of(typename Dialect::extension_event, std::string_view text) {
        return split_txt_field(text);
    }

    constexpr void say(finding said) {
        if (said.detail.empty()) said.detail = Dialect::version;
        said.other_clause = Dialect::clause;
        found_.push_back(said);
    }
    constexpr void say(code what, text_span where, std::string_view detail = Dialect::version) {
        say({what, where, detail});
    }
    constexpr text_span place(std::string_view part) const { return span_of(text_, part); }

    constexpr void explain_record() {
        if (text_.empty()) return say(code::record_empty, {}, Dialect::example);
        if (auto const other = fault_table::first_fault(txt_table::other_texts, {text_, Dialect::other_version}, text_))
            return say(*other);
        auto rest = text_;
        if (text::is_space(rest.front())) {
            rest = text::without_leading_space(rest);
            say(code::record_leading_space, {0, text_.size() - rest.size()});
        }
        auto const version = rest.substr(0, rest.find(';'));
        bool const more = version.size() != rest.size();
        explain_version(version, !more);
        if (more) explain_fields(rest.substr(version.size() + 1));
        bool const any_field = !text::trimmed(more ? rest.substr(version.size() + 1) : "").empty() || !fields_.empty();
        if (!any_field && found_.empty()) say(code::record_no_field, {text_.size(), 0}, Dialect::wanted_field);
    }

    /// The text up to the first ";", which should be the version.
    constexpr void explain_version(std::string_view piece, bool last) {
        auto const version = text::without_trailing_space(piece);
        if (version == Dialect::version) {
            if (last && version.size() != piece.size())
                say(code::record_trailing_space, place(piece.substr(version.size())));
            return;
        }
        auto const said = *fault_table::first_fault(txt_table::versions, {version, Dialect::version, text_}, text_);
        say(said);
        version_comes_later_ = said.code == code::record_version_not_first;
        // A field is in its place, or after it.
        if (version_comes_later_ || said.code == code::record_version_missing ||
            said.code == code::record_semicolon_missing)
            if (auto const field = version.substr(said.where.end() - place(version).offset); !field.empty())
                read_field(field);
    }

    constexpr void explain_fields(std::string_view rest) {
        text::for_each_piece(rest, ';', [&](std::string_view piece) {
            bool const last = piece.data() + piece.size() == text_.data() + text_.size();
            auto const field = text::trimmed(piece);
            if (field.empty()) {
                if (!last) say(code::record_field_empty, {place(piece).offset, piece.size() + 1});
                return;
            }
            read_field(field);
            if (last && text::is_space(piece.back())) {
                auto const kept = text::without_trailing_space(piece);
                say(code::record_trailing_space, place(piece.substr(kept.size())));
            }
        });
    }

    constexpr void read_field(std::string_view text) {
        auto const before = fields_.size();
        auto const keep = [&](auto event, std::string_view part) { fields_.push_back(field_of(event, part)); };
        if (read(Dialect::field, text, keep)) {
            fields_.back().explained = version_comes_later_ && fields_.back().text == Dialect::version;
            return;
        }
        fields_.resize(before);
        auto field = split_txt_field(text);
        field.explained = true;
        explain_field(field);
        fields_.push_back(field);
    }

    constexpr void explain_field(txt_field const& field) {
        txt_table::field const given{field, Dialect::key};
        auto said = fault_table::first_fault(txt_table::fields, given, text_);
        if (!said && field.name == Dialect::key)
            return Dialect::explain_key(text_, field, [&](finding fault) { say(fault); });
        if (!said) said = fault_table::first_fault(txt_table::extensions, given, text_);
        if (said) say(with_expectation<Dialect::field>(*said, text_, field.text));
    }

    std::string_view text_;
    findings& found_;
    std::vector<txt_field> fields_;
    bool version_comes_later_ = false;
};

/// RFC 8461 3.1, RFC 8460 3: the record of an RRset that counts. With several records, those that do not begin with the
/// literal version and ";" are discarded before anything else is checked, and exactly one must be left.
/// Returns its index, or `records.size()` with a finding.
template <class Dialect>
constexpr std::size_t select_record(txt_rrset const& records, findings& found) {
    auto const say = [&](code what, std::string_view where, std::string_view detail = Dialect::prefix) {
        found.push_back(
            {.code = what, .where = span_of(records.text(), where), .detail = detail, .other_clause = Dialect::clause});
    };
    if (records.empty()) {
        say(code::rrset_absent, records.text(), Dialect::example);
        return 0;
    }
    if (records.size() == 1) return 0;
    auto chosen = records.size();
    bool several = false;
    for (std::size_t i = 0; i != records.size(); ++i) {
        if (!records[i].starts_with(Dialect::prefix)) {
            say(code::rrset_unrelated, records[i]);
        } else if (chosen != records.size()) {
            say(code::rrset_several, records[i]);
            several = true;
        } else {
            chosen = i;
        }
    }
    if (chosen == records.size()) say(code::rrset_none, records.text().substr(0, 0));
    return several ? records.size() : chosen;
}

/// Parses the one record of an RRset that counts; findings have their place in `records.text()`.
template <class Dialect, class Parse>
constexpr auto parse_selected(txt_rrset const& records, Parse parse_one) {
    decltype(parse_one(std::string_view{})) result;
    auto const chosen = select_record<Dialect>(records, result.findings);
    if (chosen == records.size()) return result;
    auto one = parse_one(records[chosen]);
    for (auto& said : one.findings) {
        auto const offset = span_of(records.text(), records[chosen]).offset;
        said.where.offset += offset;
        said.part.offset += offset;
        result.findings.push_back(said);
    }
    result.value = std::move(one.value);
    return result;
}

}  // namespace mtasts::detail

namespace mtasts {

namespace detail {

namespace id_table {

using namespace fault_table;
using enum code;

constexpr octets too_long(plain const& id) {
    return only_if(text::all_octets(id.text, text::is_alphanumeric), id.text);
}
constexpr octets space_before_field(plain const& id) {
    auto const odd = text::find_octet(id.text, no<text::is_alphanumeric>);
    return only_if(text::is_space(id.text[odd]) && id.text.find('=', odd) != id.text.npos, at(id.text, odd));
}
constexpr octets final_backslash(plain const& id) {
    auto const odd = text::find_octet(id.text, no<text::is_alphanumeric>);
    return only_if(id.text[odd] == '\\' && odd + 1 == id.text.size(), at(id.text, odd));
}

inline constexpr auto rows = std::to_array<row<plain>>({
    {empty, record_id_empty, whole},
    {too_long, record_id_long, whole},
    {front<text::is_space>, record_equals_spaced, found},
    {space_before_field, record_semicolon_missing, found},
    {final_backslash, record_backslash, found},
    {first<no<text::is_alphanumeric>>, record_id_characters, found},
});

}  // namespace id_table

struct sts_dialect {
    static constexpr std::string_view version = "v=STSv1";
    static constexpr std::string_view prefix = "v=STSv1;";
    static constexpr std::string_view other_version = "v=TLSRPTv1";
    static constexpr std::string_view key = "id";
    static constexpr std::string_view clause = "RFC 8461 3.1";
    static constexpr std::string_view wanted_field = "id= and 1 to 32 letters and digits";
    static constexpr std::string_view example = "v=STSv1; id=20160831085700Z;";
    using key_event = grammar::event<"sts-id">;
    using extension_event = grammar::event<"sts-extension">;
    static constexpr auto const& record = grammar::sts_text_record;
    static constexpr auto const& field = grammar::sts_field_alone;

    /// Explains the fault of an id= field.
    template <class Say>
    static constexpr void explain_key(std::string_view whole, txt_field const& given, Say say) {
        auto const said = *fault_table::first_fault(id_table::rows, {given.value}, whole);
        say(with_expectation<grammar::sts_id>(said, whole, given.text));
    }
};

}  // namespace detail

/// Reads an `_mta-sts` TXT record, its strings already joined (RFC 8461 3.1).
///
/// The first `id` counts. Findings: the record-* codes; `usable()` means that a sending MTA may use the id.
/// Example: `static_assert(mtasts::parse_sts_record("v=STSv1; id=20160831085700Z;").value.id == "20160831085700Z");`
constexpr parsed<sts_record> parse_sts_record(kept_text text, parse_options const& options = {}) {
    parsed<sts_record> result;
    auto& found = result.findings;
    if (detail::too_large(text, options, found)) return result;
    bool id_seen = false;
    auto const say = [&](code what, std::string_view where) { found.push_back({what, detail::span_of(text, where)}); };
    auto const take = [&](detail::txt_field const& field) {
        if (field.name == detail::sts_dialect::key) {
            if (id_seen) say(code::record_id_duplicate, field.text);
            else if (field.wellformed) result.value.id = field.value;
            else if (!field.explained)
                detail::sts_dialect::explain_key(text, field, [&](finding said) { found.push_back(said); });
            id_seen = true;
        } else if (field.explained) {
            return;
        } else if (field.name == "v") {
            say(code::record_duplicate_version, field.text);
        } else {
            result.value.extensions.push_back({field.name, field.value});
        }
    };
    detail::txt_record_reader<detail::sts_dialect>(text, found).for_each_field(take, [&] {
        result = {};
        id_seen = false;
    });
    detail::drop_repeated(result.value.extensions, &extension::name, [&](extension const& ignored) {
        found.push_back(
            {code::record_duplicate_field, detail::span_of(text, ignored.name, ignored.value), ignored.name});
    });
    if (!id_seen && result.usable()) found.push_back({code::record_id_missing, {text.size(), 0}});
    sort_by_place(found);
    return result;
}

/// Reads the TXT records found at `_mta-sts.<policy domain>` (RFC 8461 3.1): first filters them by the literal prefix,
/// then counts them, then parses the only one.
///
/// Findings: the rrset-* and record-* codes, with their place in `records.text()`. Views are into `records`.
/// Example: `static_assert(mtasts::parse_sts_rrset({{"v=STSv1; i", "d=1"}, {"v=spf1 -all"}}).usable());`
constexpr parsed<sts_record> parse_sts_rrset(txt_rrset const& records, parse_options const& options = {}) {
    return detail::parse_selected<detail::sts_dialect>(
        records, [&](std::string_view text) { return parse_sts_record(text, options); });
}

}  // namespace mtasts
// #include <mtasts/parse/tlsrpt_record.hpp>
/// RFC 8460 3: the TXT record at `_smtp._tls.<policy domain>`.

// #include <mtasts/parse/tlsrpt_uri.hpp>
/// RFC 8460 3, RFC 3986, RFC 6068: one address to send reports to.

// #include <mtasts/grammar/mailto.hpp>
/// RFC 6068 2: mailto URIs. The addresses are percent-encoded; decoded, each is an addr-spec (addr_spec.hpp).
// #include <mtasts/grammar/uri.hpp>
/// RFC 3986 Appendix A: URI, with the sub-delims that RFC 8460 3 leaves: "!", "," and ";" are always percent-encoded.

namespace mtasts::grammar {

// unreserved = ALPHA / DIGIT / "-" / "." / "_" / "~"
inline constexpr auto unreserved = rule<"unreserved">(ALPHA | DIGIT | lit('-') | lit('.') | lit('_') | lit('~'));

// pct-encoded = "%" HEXDIG HEXDIG
inline constexpr auto pct_encoded = rule<"pct-encoded">(lit('%') >> HEXDIG >> HEXDIG);

// sub-delims = "!" / "$" / "&" / "'" / "(" / ")" / "*" / "+" / "," / ";" / "="
// RFC 8460 3: without "!", "," and ";".
inline constexpr auto sub_delims =
    rule<"sub-delims">(lit('$') | lit('&') | lit('\'') | lit('(') | lit(')') | lit('*') | lit('+') | lit('='));

// pchar = unreserved / pct-encoded / sub-delims / ":" / "@"
inline constexpr auto pchar = rule<"pchar">(unreserved | pct_encoded | sub_delims | lit(':') | lit('@'));

// segment = *pchar
inline constexpr auto segment = rule<"segment">(*pchar);

// segment-nz = 1*pchar
inline constexpr auto segment_nz = rule<"segment-nz">(+pchar);

// path-abempty = *( "/" segment )
inline constexpr auto path_abempty = rule<"path-abempty">(*(lit('/') >> segment));

// path-absolute = "/" [ segment-nz *( "/" segment ) ]
inline constexpr auto path_absolute = rule<"path-absolute">(lit('/') >> -(segment_nz >> *(lit('/') >> segment)));

// path-rootless = segment-nz *( "/" segment )
inline constexpr auto path_rootless = rule<"path-rootless">(segment_nz >> *(lit('/') >> segment));

// path-empty = 0<pchar>
inline constexpr auto path_empty = rule<"path-empty">(repeat(0)[pchar]);

// query = *( pchar / "/" / "?" )
inline constexpr auto query = rule<"query">(*(pchar | lit('/') | lit('?')));

// fragment = *( pchar / "/" / "?" )
inline constexpr auto fragment = rule<"fragment">(*(pchar | lit('/') | lit('?')));

// reg-name = *( unreserved / pct-encoded / sub-delims )
inline constexpr auto reg_name = rule<"reg-name">(*(unreserved | pct_encoded | sub_delims));

// IPvFuture = "v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" )
inline constexpr auto IPvFuture =
    rule<"IPvFuture">(any_case("v") >> +HEXDIG >> lit('.') >> +(unreserved | sub_delims | lit(':')));

// IP-literal = "[" ( IPv6address / IPvFuture ) "]"
inline constexpr auto IP_literal = rule<"IP-literal">(lit('[') >> (IPv6address | IPvFuture) >> lit(']'));

// host = IP-literal / IPv4address / reg-name
// PEG: every IPv4address is a reg-name too, and may be only the beginning of one.
inline constexpr auto host =
    rule<"host">(IP_literal | IPv4address >> !(unreserved | pct_encoded | sub_delims) | reg_name);

// port = *DIGIT
inline constexpr auto port = rule<"port">(*DIGIT);

// userinfo = *( unreserved / pct-encoded / sub-delims / ":" )
inline constexpr auto userinfo = rule<"userinfo">(*(unreserved | pct_encoded | sub_delims | lit(':')));

// authority = [ userinfo "@" ] host [ ":" port ]
inline constexpr auto authority = rule<"authority">(-(userinfo >> lit('@')) >> host >> -(lit(':') >> port));

// scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." )
inline constexpr auto scheme = rule<"scheme">(ALPHA >> *(ALPHA | DIGIT | lit('+') | lit('-') | lit('.')));

// hier-part = "//" authority path-abempty / path-absolute / path-rootless / path-empty
inline constexpr auto hier_part =
    rule<"hier-part">(any_case("//") >> authority >> path_abempty | path_absolute | path_rootless | path_empty);

// URI = scheme ":" hier-part [ "?" query ] [ "#" fragment ]
inline constexpr auto URI =
    rule<"URI">(scheme >> lit(':') >> hier_part >> -(lit('?') >> query) >> -(lit('#') >> fragment));

// A URI and nothing else.
inline constexpr auto URI_alone = URI >> eoi;

// The usual form of a web URI, with nothing that needs a closer look. Every such text is a URI of RFC 3986, whose
// sub-delims have "!", "," and ";" as well.
inline constexpr auto plain_uri = rule<"plain-uri">(
    lit("https://") >>
    scanned<uri_octets>(unreserved | sub_delims | lit('!') | lit(',') | lit(';') | lit('/') | lit('?'), 0) >> eoi);

}  // namespace mtasts::grammar

namespace mtasts::grammar {

// some-delims = "!" / "$" / "'" / "(" / ")" / "*" / "+" / "," / ";" / ":" / "@"
// RFC 8460 3: without "!", "," and ";".
inline constexpr auto some_delims =
    rule<"some-delims">(lit('$') | lit('\'') | lit('(') | lit(')') | lit('*') | lit('+') | lit(':') | lit('@'));

// qchar = unreserved / pct-encoded / some-delims
inline constexpr auto qchar = rule<"qchar">(unreserved | pct_encoded | some_delims);

// hfield = hfname "=" hfvalue
inline constexpr auto hfield = rule<"hfield">(*qchar >> lit('=') >> *qchar);

// hfields = "?" hfield *( "&" hfield )
inline constexpr auto hfields = announce<"hfields">(lit('?') >> hfield >> *(lit('&') >> hfield));

// to = addr-spec *("," addr-spec)
// RFC 8460 3: a "," is percent-encoded, so that one address is left; "&" and "=" need not be (erratum 7919 of RFC 6068).
inline constexpr auto mailto_octet = rule<"mailto-octet">(unreserved | lit('$') | lit('&') | lit('\'') | lit('(') |
                                                          lit(')') | lit('*') | lit('+') | lit(':') | lit('='));
inline constexpr auto mailto_part = rule<"mailto-part">(+(mailto_octet | pct_encoded));
inline constexpr auto mailto_to = announce<"to">(mailto_part >> lit('@') >> mailto_part >> &(lit('?') | eoi));

// mailtoURI = "mailto:" [ to ] [ hfields ]
inline constexpr auto mailtoURI = rule<"mailtoURI">(any_case("mailto:") >> -mailto_to >> -hfields >> eoi);

}  // namespace mtasts::grammar
// #include <mtasts/grammar/tlsrpt_record.hpp>
/// RFC 8460 3: the TXT record at `_smtp._tls.<policy domain>`. Read from the bottom up.

namespace mtasts::grammar {

// field-delim = *WSP ";" *WSP
inline constexpr auto field_delim = rule<"field-delim">(*WSP >> lit(';') >> *WSP);

// tlsrpt-version = %s"v=TLSRPTv1"
inline constexpr auto tlsrpt_version = rule<"tlsrpt-version">(lit("v=TLSRPTv1"));

// tlsrpt-uri = URI
inline constexpr auto tlsrpt_uri = rule<"tlsrpt-uri">(URI);

// One URI and nothing else.
inline constexpr auto tlsrpt_uri_alone = tlsrpt_uri >> eoi;

// tlsrpt-rua = %s"rua=" tlsrpt-uri *(*WSP "," *WSP tlsrpt-uri)
inline constexpr auto tlsrpt_rua = announce<"tlsrpt-rua">(
    lit("rua=") >> tlsrpt_uri >> *(*WSP >> lit(',') >> *WSP >> tlsrpt_uri) >> &(field_delim | eoi));

// tlsrpt-ext-name = (ALPHA / DIGIT) *31(ALPHA / DIGIT / "_" / "-" / ".")
inline constexpr auto tlsrpt_ext_name =
    rule<"tlsrpt-ext-name">((ALPHA | DIGIT) >> repeat(0, 31)[ALPHA | DIGIT | lit('_') | lit('-') | lit('.')]);

// tlsrpt-ext-value = 1*(%x21-3A / %x3C / %x3E-7E)
inline constexpr auto tlsrpt_ext_value =
    rule<"tlsrpt-ext-value">(+(octets(0x21, 0x3A) | octet(0x3C) | octets(0x3E, 0x7E)));

// tlsrpt-extension = tlsrpt-ext-name "=" tlsrpt-ext-value
inline constexpr auto tlsrpt_extension =
    announce<"tlsrpt-extension">(tlsrpt_ext_name >> lit('=') >> tlsrpt_ext_value >> &(field_delim | eoi));

// tlsrpt-field = tlsrpt-rua / tlsrpt-extension
inline constexpr auto tlsrpt_field = rule<"tlsrpt-field">(tlsrpt_rua | tlsrpt_extension);

// One field and nothing else.
inline constexpr auto tlsrpt_field_alone = tlsrpt_field >> eoi;

// tlsrpt-record = tlsrpt-version 1*(field-delim tlsrpt-field) [field-delim]
inline constexpr auto tlsrpt_record =
    rule<"tlsrpt-record">(tlsrpt_version >> +(field_delim >> tlsrpt_field) >> -field_delim >> eoi);

}  // namespace mtasts::grammar
// #include <mtasts/model/tlsrpt_record.hpp>
/// RFC 8460 3: the contents of a TXT record at `_smtp._tls.<policy domain>`.

namespace mtasts {

/// The schemes a report can be sent to, and all others.
/// Example: `tlsrpt.value.rua.front().scheme == mtasts::rua_scheme::mailto`
enum class rua_scheme { mailto, https, other };

/// One place to send reports to.
struct tlsrpt_uri {
    std::string_view text;
    rua_scheme scheme = rua_scheme::other;
    /// The address of a mailto URI as written, percent-encoded; the host of an https URI.
    std::string_view target = {};
    /// Whether a report can be sent there.
    bool deliverable = false;

    friend constexpr bool operator==(tlsrpt_uri const&, tlsrpt_uri const&) = default;
};

/// RFC 8460 3: where a domain wants its reports.
struct tlsrpt_record {
    std::vector<tlsrpt_uri> rua;
    std::vector<extension> extensions;

    friend constexpr bool operator==(tlsrpt_record const&, tlsrpt_record const&) = default;
};

}  // namespace mtasts
// #include <mtasts/text/percent.hpp>
/// RFC 3986 2.1: percent-encoding.

namespace mtasts::text {

/// RFC 3986 2.1: the octets that a percent-encoded text stands for. A "%" that begins no encoding is kept.
/// Example: `static_assert(mtasts::text::percent_decoded("%41%2").size() == 3);`
constexpr std::vector<char> percent_decoded(std::string_view text) {
    std::vector<char> octets;
    octets.reserve(text.size());
    for (std::size_t i = 0; i != text.size(); ++i) {
        if (text[i] == '%' && text.size() - i > 2 && is_hex_digit(text[i + 1]) && is_hex_digit(text[i + 2])) {
            octets.push_back(static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2])));
            i += 2;
        } else {
            octets.push_back(text[i]);
        }
    }
    return octets;
}

/// RFC 3986 2.1: an octet as "%" and two digits.
/// Example: `mtasts::text::percent_encoded(';') == "%3B"`
inline std::string percent_encoded(char c) { return '%' + hex_octet(static_cast<unsigned char>(c), upper_hex); }

}  // namespace mtasts::text

namespace mtasts {

namespace detail {

namespace uri_table {

using namespace fault_table;
using enum code;

/// The text after the first white space.
constexpr std::string_view after_space(std::string_view uri) {
    auto const space = text::find_octet(uri, text::is_space);
    return text::without_leading_space(uri.substr((std::min)(space, uri.size())));
}
constexpr octets space(plain const& uri) {
    auto const begin = text::find_octet(uri.text, text::is_space);
    return at(uri.text, begin, uri.text.size() - begin - after_space(uri.text).size());
}
constexpr octets second_uri(plain const& uri) {
    auto const next = after_space(uri.text);
    return only_if(!front<text::is_space>(uri) &&
                       (text::starts_ignoring_case(next, "mailto:") || text::starts_ignoring_case(next, "https:")),
                   next);
}
constexpr octets no_scheme(plain const& uri) {
    auto const colon = uri.text.find(':');
    return only_if(colon == uri.text.npos ||
                       !read(grammar::scheme >> grammar::eoi, uri.text.substr(0, colon), ignore_events),
                   uri.text);
}
constexpr octets from_bang(plain const& uri) { return at(uri.text, uri.text.find('!'), uri.text.npos); }
constexpr octets odd_percent(plain const& uri) {
    for (auto percent = uri.text.find('%'); percent != uri.text.npos; percent = uri.text.find('%', percent + 1)) {
        auto const digits = uri.text.substr(percent + 1, 2);
        if (digits.size() != 2 || !text::all_octets(digits, text::is_hex_digit))
            return at(uri.text, percent, 1 + digits.size());
    }
    return {};
}
constexpr octets stop(plain const& uri) {
    return at(uri.text, grammar::expect(grammar::tlsrpt_uri_alone, uri.text).offset);
}

inline constexpr auto rows = std::to_array<row<plain>>({
    {empty, uri_empty, whole},
    {front<is<'"', '\''>>, uri_quoted, whole},
    {first<no<text::is_ascii>>, uri_non_ascii, found},
    {second_uri, tlsrpt_rua_separator, found},
    {space, uri_space, found},
    {no_scheme, uri_scheme_missing, whole},
    {from_bang, uri_bang, found},
    {odd_percent, uri_percent, found},
    {stop, uri_characters, found},
});

}  // namespace uri_table

/// Explains why a text is not a URI as RFC 8460 3 requires; `uri` is a view of the whole text.
constexpr finding explain_uri(std::string_view whole, std::string_view uri) {
    auto const said = *fault_table::first_fault(uri_table::rows, {uri}, whole);
    return with_expectation<grammar::tlsrpt_uri_alone>(said, whole, uri);
}

/// RFC 6068 2: whether the percent-encoded text is an addr-spec once decoded.
constexpr bool is_mail_address(std::string_view encoded) {
    if (encoded.find('%') == encoded.npos) return read(grammar::addr_spec, encoded, ignore_events);
    auto const address = text::percent_decoded(encoded);
    return read(grammar::addr_spec, {address.data(), address.size()}, ignore_events);
}

/// RFC 6068 2: the recipient of a mailto URI; `rest` is what follows the scheme.
constexpr void classify_mailto(std::string_view whole, tlsrpt_uri& uri, std::string_view rest, findings& found) {
    auto const say = [&](code what, std::string_view where) { found.push_back({what, span_of(whole, where)}); };
    uri.scheme = rua_scheme::mailto;
    auto const question = rest.find('?');
    uri.target = rest.substr(0, question);
    // Without these characters, an address alone is enough to make the URI valid.
    bool const plain = text::find_octet(rest, fault_table::is<'/', '?', '#', '[', ']'>) == rest.npos;
    uri.deliverable = is_mail_address(uri.target) && (plain || read(grammar::mailtoURI, uri.text, ignore_events));
    if (uri.target.empty()) say(code::uri_mailto_empty, uri.text);
    else if (!uri.deliverable) say(code::uri_mailto_address, uri.target);
    if (uri.deliverable && question != rest.npos) say(code::uri_mailto_fields, rest.substr(question));
}

/// RFC 3986 3.2.2: the host of an https URI.
constexpr std::string_view host_of(std::string_view rest) {
    auto authority = rest.starts_with("//") ? rest.substr(2) : std::string_view{};
    authority = authority.substr(0, text::find_octet(authority, fault_table::is<'/', '?', '#'>));
    auto const at = authority.find('@');
    auto const host = authority.substr(at == authority.npos ? 0 : at + 1);
    return host.substr(0, host.starts_with('[') ? host.find(']') + 1 : host.find(':'));
}

/// Classifies a well-formed URI by where it leads, and reports what keeps reports from getting there.
constexpr void classify_uri(std::string_view whole, tlsrpt_uri& uri, findings& found) {
    auto const say = [&](code what, std::string_view where) { found.push_back({what, span_of(whole, where)}); };
    auto const scheme = uri.text.substr(0, uri.text.find(':'));
    auto const rest = uri.text.substr(scheme.size() + 1);
    if (text::equal_ignoring_case(scheme, "mailto")) {
        classify_mailto(whole, uri, rest, found);
    } else if (text::equal_ignoring_case(scheme, "https")) {
        uri.scheme = rua_scheme::https;
        uri.target = host_of(rest);
        uri.deliverable = !uri.target.empty();
        if (!uri.deliverable) return say(code::uri_https_host, uri.text);
        auto const before = rest.substr(0, span_of(rest, uri.target).offset);
        if (before.ends_with('@')) say(code::uri_userinfo, before.substr(2));
    } else {
        say(text::equal_ignoring_case(scheme, "http") ? code::uri_http : code::uri_scheme_unsupported,
            uri.text.substr(0, scheme.size() + 1));
    }
}

}  // namespace detail

/// Reads one URI of a rua (RFC 8460 3): mailto or https, with "!", "," and ";" percent-encoded.
///
/// Findings: the uri-* codes. `usable()` means that it is such a URI; `value.deliverable` that a report can be sent there.
/// Example: `static_assert(mtasts::parse_tlsrpt_uri("mailto:reports@example.com").value.deliverable);`
constexpr parsed<tlsrpt_uri> parse_tlsrpt_uri(kept_text text, parse_options const& options = {}) {
    parsed<tlsrpt_uri> result{{.text = text}, {}};
    if (detail::too_large(text, options, result.findings)) return result;
    if (detail::read(grammar::tlsrpt_uri_alone, text, detail::ignore_events))
        detail::classify_uri(text, result.value, result.findings);
    else result.findings.push_back(detail::explain_uri(text, text));
    return result;
}

}  // namespace mtasts

namespace mtasts {

namespace detail {

/// Calls `visit` with each address of a rua's value, without the white space around its commas.
template <class Visit>
constexpr void for_each_rua(std::string_view value, Visit visit) {
    bool first = true;
    text::for_each_piece(value, ',', [&](std::string_view piece) {
        bool const last = piece.data() + piece.size() == value.data() + value.size();
        // *WSP is allowed only next to a comma.
        if (!first) piece = text::without_leading_space(piece);
        if (!last) piece = text::without_trailing_space(piece);
        visit(piece);
        first = false;
    });
}

struct tlsrpt_dialect {
    static constexpr std::string_view version = "v=TLSRPTv1";
    static constexpr std::string_view prefix = "v=TLSRPTv1;";
    static constexpr std::string_view other_version = "v=STSv1";
    static constexpr std::string_view key = "rua";
    static constexpr std::string_view clause = "RFC 8460 3";
    static constexpr std::string_view wanted_field = "rua= and a mailto: or https: URI";
    static constexpr std::string_view example = "v=TLSRPTv1; rua=mailto:tls-reports@example.com;";
    using key_event = grammar::event<"tlsrpt-rua">;
    using extension_event = grammar::event<"tlsrpt-extension">;
    static constexpr auto const& record = grammar::tlsrpt_record;
    static constexpr auto const& field = grammar::tlsrpt_field_alone;

    /// Explains every malformed address of a rua= field.
    template <class Say>
    static constexpr void explain_key(std::string_view whole, txt_field const& given, Say say) {
        if (given.value.empty()) return say({code::tlsrpt_rua_empty, span_of(whole, given.value)});
        for_each_rua(given.value, [&](std::string_view uri) {
            if (uri.empty()) {
                bool const first = uri.data() == given.value.data();
                auto const offset = span_of(whole, uri).offset;
                return say({code::tlsrpt_rua_comma, {first ? offset : offset - 1, 1}});
            }
            if (!read(field_uri, uri, ignore_events)) say(explain_uri(whole, uri));
        });
    }
    static constexpr auto const& field_uri = grammar::tlsrpt_uri_alone;
};

}  // namespace detail

/// Reads an `_smtp._tls` TXT record, its strings already joined (RFC 8460 3).
///
/// Several rua fields are merged. Findings: the record-*, tlsrpt-* and uri-* codes; `usable()` means that a reporter
/// may use it, to send to those addresses that are `deliverable`.
/// Example: `static_assert(mtasts::parse_tlsrpt_record("v=TLSRPTv1; rua=mailto:a@example.com").usable());`
constexpr parsed<tlsrpt_record> parse_tlsrpt_record(kept_text text, parse_options const& options = {}) {
    parsed<tlsrpt_record> result;
    auto& found = result.findings;
    if (detail::too_large(text, options, found)) return result;
    auto const say = [&](code what, text_span where, std::string_view detail) {
        found.push_back(
            {.code = what, .where = where, .detail = detail, .other_clause = detail::tlsrpt_dialect::clause});
    };
    std::size_t rua_count = 0;
    auto const take = [&](detail::txt_field const& field) {
        if (field.name == detail::tlsrpt_dialect::key) {
            // Well-formed ones are merged. Of the malformed ones only the first counts; the others pass for extensions.
            if (++rua_count > 1 && !field.explained)
                say(code::tlsrpt_rua_repeated, detail::span_of(text, field.text), {});
            if (!field.wellformed) {
                if (!field.explained && rua_count == 1)
                    detail::tlsrpt_dialect::explain_key(text, field, [&](finding said) { found.push_back(said); });
                return;
            }
            detail::for_each_rua(field.value, [&](std::string_view uri) {
                if (result.value.rua.empty()) result.value.rua.reserve(4);
                result.value.rua.push_back(tlsrpt_uri{.text = uri});
                detail::classify_uri(text, result.value.rua.back(), found);
            });
        } else if (field.explained) {
            return;
        } else if (field.name == "v") {
            say(code::record_duplicate_version, detail::span_of(text, field.text), {});
        } else {
            result.value.extensions.push_back({field.name, field.value});
        }
    };
    detail::txt_record_reader<detail::tlsrpt_dialect>(text, found).for_each_field(take, [&] {
        result = {};
        rua_count = 0;
    });
    detail::drop_repeated(result.value.extensions, &extension::name, [&](extension const& ignored) {
        say(code::record_duplicate_field, detail::span_of(text, ignored.name, ignored.value), ignored.name);
    });
    detail::drop_repeated(result.value.rua, &tlsrpt_uri::text, [&](tlsrpt_uri const& ignored) {
        found.push_back({code::tlsrpt_rua_duplicate, detail::span_of(text, ignored.text)});
    });
    bool const any =
        std::any_of(result.value.rua.begin(), result.value.rua.end(), [](auto const& uri) { return uri.deliverable; });
    if (rua_count == 0 && result.usable()) found.push_back({code::tlsrpt_rua_missing, {text.size(), 0}});
    else if (!any && result.usable()) found.push_back({code::tlsrpt_no_destination, {text.size(), 0}});
    sort_by_place(found);
    return result;
}

/// Reads the TXT records found at `_smtp._tls.<policy domain>` (RFC 8460 3).
///
/// Findings: the rrset-* codes and those of the record, with their place in `records.text()`. Views are into `records`.
/// Example: `static_assert(!mtasts::parse_tlsrpt_rrset({}).usable());`
constexpr parsed<tlsrpt_record> parse_tlsrpt_rrset(txt_rrset const& records, parse_options const& options = {}) {
    return detail::parse_selected<detail::tlsrpt_dialect>(
        records, [&](std::string_view text) { return parse_tlsrpt_record(text, options); });
}

}  // namespace mtasts
// #include <mtasts/parse/tlsrpt_report.hpp>
/// RFC 8460 4.4: reports.

// #include <mtasts/parse/report/reader.hpp>
/// RFC 8460 4.4: reports. Here objects and arrays of objects are read, by tlsrpt_schema.hpp, and in leaf_reader.hpp all
/// other values; what strings and numbers mean is read in values.hpp, and what must hold between them is checked in
/// rules.hpp.
#include <tuple>

// #include <mtasts/parse/report/fast_path.hpp>
/// Fast paths for what nearly every report contains, in the form that nearly every writer gives it. What these refuse
/// is read by reader.hpp and values.hpp, which handle all forms.

// #include <mtasts/model/tlsrpt_schema.hpp>
/// RFC 8460 4.4: the members of a report, written once. Reader, writer, linter, documentation and JSON Schema take
/// names, types and costs from here.

// #include <mtasts/text/name_table.hpp>
/// A perfect hash of names known at compile time.

namespace mtasts::text {

/// The indices of `Count` names, found by length, first, middle and last octet.
/// Example: `static_assert(mtasts::text::name_table<2>({"a", "bc"}).find("bc") == 1);`
template <std::size_t Count>
class name_table {
  public:
    static constexpr std::size_t none = Count;

    /// Does not compile if the names cannot be told apart by `key`.
    constexpr explicit name_table(std::array<std::string_view, Count> const& names) : names_(names) {
        while (!fits()) ++factor_;
    }

    /// The index of a name, or `none`.
    constexpr std::size_t find(std::string_view name) const {
        if (name.empty()) return none;
        auto const index = slots_[slot(name)];
        return index != none && names_[index] == name ? index : none;
    }
    constexpr std::string_view operator[](std::size_t index) const { return names_[index]; }

  private:
    static constexpr std::size_t slot_count = 64;
    static_assert(Count < slot_count / 2);

    static constexpr std::uint32_t key(std::string_view name) {
        auto const octet = [&](std::size_t at) { return std::uint32_t{static_cast<unsigned char>(name[at])}; };
        return static_cast<std::uint32_t>(name.size()) | octet(0) << 8 | octet(name.size() / 2) << 16 |
               octet(name.size() - 1) << 24;
    }
    constexpr std::size_t slot(std::string_view name) const { return key(name) * factor_ >> 26; }

    constexpr bool fits() {
        slots_.fill(none);
        for (std::size_t i = 0; i != Count; ++i) {
            auto& place = slots_[slot(names_[i])];
            if (place != none) return false;
            place = static_cast<std::uint8_t>(i);
        }
        return true;
    }

    std::array<std::string_view, Count> names_;
    std::array<std::uint8_t, slot_count> slots_{};
    std::uint32_t factor_ = 0x9E3779B1;
};

}  // namespace mtasts::text

namespace mtasts::detail {

/// The type of a member's value, in JSON and in meaning.
enum class value_form : std::uint8_t {
    text,
    mail_address,
    instant,
    domain,
    mx_patterns,
    policy_strings,
    address,
    uri,
    count,
    policy_type,
    result_type,
    object,
    objects,
};

/// When a member must be there, or is at least expected.
enum class when : std::uint8_t {
    never,
    always,
    /// of a policy whose type is not no-policy-found
    policy_applied,
    /// of a policy of type sts
    policy_is_sts,
    /// of a failure that a session with an MX host had
    session_failed,
    /// of the result types that RFC 8460 4.3.1 and 4.3.3 call general
    result_is_vague,
};

/// The cost of a deviation: the report is refused, or there is only a warning.
enum class cost : std::uint8_t { refusal, warning };

/// A member of the JSON objects that are read into an `Object`.
template <class Object, class Field>
struct tlsrpt_member {
    std::string_view name;
    value_form form;
    Field Object::*field;
    /// When the report is not usable without it.
    when required;
    /// When it is only less useful without it.
    when expected;
    /// The cost of null as its value.
    cost of_null;
    std::string_view clause;
    /// Its description in the JSON Schema.
    std::string_view about;
};
template <class Object, class Field>
tlsrpt_member(std::string_view, value_form, Field Object::*, when, when, cost, std::string_view, std::string_view)
    -> tlsrpt_member<Object, Field>;

/// The members of an object, in the order in which they are written.
template <class Object>
inline constexpr std::tuple<> tlsrpt_members{};

template <>
inline constexpr auto tlsrpt_members<tlsrpt_date_range> = std::tuple{
    tlsrpt_member{"start-datetime", value_form::instant, &tlsrpt_date_range::start, when::always, when::never,
                  cost::refusal, "RFC 8460 4.4", "The first second of the day, in UTC."},
    tlsrpt_member{"end-datetime", value_form::instant, &tlsrpt_date_range::end, when::always, when::never,
                  cost::refusal, "RFC 8460 4.4", "The last second of the day, in UTC."},
};

template <>
inline constexpr auto tlsrpt_members<tlsrpt_applied_policy> = std::tuple{
    tlsrpt_member{"policy-type", value_form::policy_type, &tlsrpt_applied_policy::type, when::always, when::never,
                  cost::refusal, "RFC 8460 4.4", "The kind of policy that the sending MTA applied."},
    tlsrpt_member{"policy-string", value_form::policy_strings, &tlsrpt_applied_policy::strings, when::never,
                  when::policy_applied, cost::warning, "RFC 8460 4.5",
                  "The lines of the MTA-STS policy as they were served, or the data of the TLSA records."},
    tlsrpt_member{"policy-domain", value_form::domain, &tlsrpt_applied_policy::domain, when::policy_applied,
                  when::always, cost::refusal, "RFC 8460 4.4", "The policy domain, or the TLSA base domain."},
    tlsrpt_member{"mx-host", value_form::mx_patterns, &tlsrpt_applied_policy::mx_hosts, when::never,
                  when::policy_is_sts, cost::warning, "RFC 8460 4.4", "The mx patterns of the policy."},
};

template <>
inline constexpr auto tlsrpt_members<tlsrpt_session_counts> = std::tuple{
    tlsrpt_member{"total-successful-session-count", value_form::count, &tlsrpt_session_counts::successful, when::always,
                  when::never, cost::refusal, "RFC 8460 4.2.1", "The sessions with TLS that satisfied the policy."},
    tlsrpt_member{"total-failure-session-count", value_form::count, &tlsrpt_session_counts::failed, when::always,
                  when::never, cost::refusal, "RFC 8460 4.2.2", "The sessions that did not satisfy the policy."},
};

template <>
inline constexpr auto tlsrpt_members<tlsrpt_failure> = std::tuple{
    tlsrpt_member{"result-type", value_form::result_type, &tlsrpt_failure::result, when::always, when::never,
                  cost::refusal, "RFC 8460 4.3", "Why the sessions failed."},
    tlsrpt_member{"sending-mta-ip", value_form::address, &tlsrpt_failure::sending_mta_ip, when::never,
                  when::session_failed, cost::warning, "RFC 8460 4.4", "The address of the sending MTA."},
    tlsrpt_member{"receiving-mx-hostname", value_form::text, &tlsrpt_failure::receiving_mx_hostname, when::never,
                  when::session_failed, cost::warning, "RFC 8460 4.4", "The name of the MX host."},
    tlsrpt_member{"receiving-mx-helo", value_form::text, &tlsrpt_failure::receiving_mx_helo, when::never, when::never,
                  cost::warning, "RFC 8460 4.4", "What the MX host called itself."},
    tlsrpt_member{"receiving-ip", value_form::address, &tlsrpt_failure::receiving_ip, when::never, when::never,
                  cost::warning, "RFC 8460 4.4", "The address that the sending MTA connected to."},
    tlsrpt_member{"failed-session-count", value_form::count, &tlsrpt_failure::failed_sessions, when::always,
                  when::never, cost::refusal, "RFC 8460 4.4", "The sessions that failed this way."},
    tlsrpt_member{"additional-information", value_form::uri, &tlsrpt_failure::additional_information, when::never,
                  when::never, cost::warning, "RFC 8460 4.4", "Where more can be read; never fetched by a program."},
    tlsrpt_member{"failure-reason-code", value_form::text, &tlsrpt_failure::reason_code, when::never,
                  when::result_is_vague, cost::warning, "RFC 8460 4.3.1", "The error's name, number or message."},
};

template <>
inline constexpr auto tlsrpt_members<tlsrpt_policy_result> = std::tuple{
    tlsrpt_member{"policy", value_form::object, &tlsrpt_policy_result::policy, when::always, when::never, cost::refusal,
                  "RFC 8460 4.4", "The policy that was applied."},
    tlsrpt_member{"summary", value_form::object, &tlsrpt_policy_result::summary, when::always, when::never,
                  cost::refusal, "RFC 8460 4.4", "The sessions under this policy."},
    tlsrpt_member{"failure-details", value_form::objects, &tlsrpt_policy_result::failures, when::never, when::never,
                  cost::refusal, "RFC 8460 4.4", "The failures, one object for each kind."},
};

template <>
inline constexpr auto tlsrpt_members<tlsrpt_report> = std::tuple{
    tlsrpt_member{"organization-name", value_form::text, &tlsrpt_report::organization_name, when::always, when::never,
                  cost::refusal, "RFC 8460 4.4", "Who sends the report."},
    tlsrpt_member{"date-range", value_form::object, &tlsrpt_report::date_range, when::always, when::never,
                  cost::refusal, "RFC 8460 4.4", "The day that the report covers."},
    tlsrpt_member{"contact-info", value_form::mail_address, &tlsrpt_report::contact_info, when::always, when::never,
                  cost::refusal, "RFC 8460 4.4", "The mail address of those responsible for the report."},
    tlsrpt_member{"report-id", value_form::text, &tlsrpt_report::report_id, when::always, when::never, cost::refusal,
                  "RFC 8460 4.4", "Tells this report from the sender's others."},
    tlsrpt_member{"policies", value_form::objects, &tlsrpt_report::policies, when::always, when::never, cost::refusal,
                  "RFC 8460 4.4", "The policies that were applied, and how sessions fared under them."},
};

template <class Object>
inline constexpr std::size_t tlsrpt_member_count =
    std::tuple_size_v<std::remove_cvref_t<decltype(tlsrpt_members<Object>)>>;

/// Calls `visit` with every member of an object, in order. (Not std::apply, which has the compiler check each call for
/// noexcept.)
template <class Object, class Visit>
constexpr void for_each_tlsrpt_member(Visit visit) {
    [&]<std::size_t... Index>(std::index_sequence<Index...>) { (visit(std::get<Index>(tlsrpt_members<Object>)), ...); }
    (std::make_index_sequence<tlsrpt_member_count<Object>>{});
}

/// The names of an object's members, in order.
template <class Object>
constexpr auto tlsrpt_names_in_order() {
    std::array<std::string_view, tlsrpt_member_count<Object>> names{};
    std::size_t count = 0;
    for_each_tlsrpt_member<Object>([&](auto const& member) { names[count++] = member.name; });
    return names;
}

/// The same, to find a member by its name.
template <class Object>
inline constexpr auto tlsrpt_member_names =
    text::name_table<tlsrpt_member_count<Object>>(tlsrpt_names_in_order<Object>());

template <class Object, class Value>
consteval Object object_of(Value Object::*);

template <auto Field, class Object, class Value>
consteval std::size_t tlsrpt_index_of(Value Object::*) {
    std::size_t index = 0, found = tlsrpt_member_count<Object>;
    for_each_tlsrpt_member<Object>([&]<class Other>(tlsrpt_member<Object, Other> const& member) {
        if constexpr (std::is_same_v<Other, Value>)
            if (member.field == Field) found = index;
        ++index;
    });
    return found;
}

/// The member that a field is read from and written to.
/// Example: `static_assert(mtasts::detail::tlsrpt_member_of<&mtasts::tlsrpt_report::report_id>.name == "report-id");`
template <auto Field>
inline constexpr auto const& tlsrpt_member_of =
    std::get<tlsrpt_index_of<Field>(Field)>(tlsrpt_members<decltype(object_of(Field))>);

/// The name of an object of the report in the object that contains it.
template <class Object>
inline constexpr std::string_view tlsrpt_object_name = "the report";
template <>
inline constexpr auto tlsrpt_object_name<tlsrpt_date_range> = tlsrpt_member_of<&tlsrpt_report::date_range>.name;
template <>
inline constexpr auto tlsrpt_object_name<tlsrpt_policy_result> = tlsrpt_member_of<&tlsrpt_report::policies>.name;
template <>
inline constexpr auto tlsrpt_object_name<tlsrpt_applied_policy> = tlsrpt_member_of<&tlsrpt_policy_result::policy>.name;
template <>
inline constexpr auto tlsrpt_object_name<tlsrpt_session_counts> = tlsrpt_member_of<&tlsrpt_policy_result::summary>.name;
template <>
inline constexpr auto tlsrpt_object_name<tlsrpt_failure> = tlsrpt_member_of<&tlsrpt_policy_result::failures>.name;

/// Names that reporters and report readers are known to have used instead of the RFC's.
struct tlsrpt_wrong_name {
    std::string_view name;
    std::string_view meant;
};
inline constexpr std::array<tlsrpt_wrong_name, 4> tlsrpt_wrong_names{{
    {"mx-host-pattern", tlsrpt_member_of<&tlsrpt_applied_policy::mx_hosts>.name},
    {"additional-info-uri", tlsrpt_member_of<&tlsrpt_failure::additional_information>.name},
    {"failure-error-code", tlsrpt_member_of<&tlsrpt_failure::reason_code>.name},
    {"receiving-mx-host-name", tlsrpt_member_of<&tlsrpt_failure::receiving_mx_hostname>.name},
}};

}  // namespace mtasts::detail
// #include <mtasts/name/domain_scan.hpp>
/// RFC 5321 4.1.2: SIMD test for a Domain.

namespace mtasts::detail {

/// The result of a scan; all false for a text that is too long, or too near the end of its storage, to be scanned.
struct domain_scan {
    bool is_domain = false;
    bool has_upper_case = false;
};

/// Scans a text of which 64 octets may be read, including those after its end. Not for constant expressions.
template <class Block = text::octet_block>
domain_scan scan_domain(std::string_view text) {
    if constexpr (Block::bits_each == 1 && Block::available) {
        if (text.empty() || text.size() >= 64) return {};
        std::uint64_t alphanumeric = 0, hyphens = 0, dots = 0, upper = 0;
        for (std::size_t at = 0; at < text.size(); at += 16) {
            Block const block(text.data() + at);
            alphanumeric |= block.letters_and_digits() << at;
            hyphens |= block.all_of('-') << at;
            dots |= block.all_of('.') << at;
            upper |= block.upper_case() << at;
        }
        auto const all = (std::uint64_t{1} << text.size()) - 1;
        // Labels begin and end with a letter or digit: so does the text, and what is on both sides of a dot.
        auto const needed = (1 | (all ^ all >> 1) | dots << 1 | dots >> 1) & all;
        return {((alphanumeric | hyphens | dots) & all) == all && (needed & ~alphanumeric) == 0, (upper & all) != 0};
    }
    return {};
}

}  // namespace mtasts::detail
// #include <mtasts/parse/report/values.hpp>
/// RFC 8460 4.4: what the strings and numbers of a report mean. Whatever can be used is taken, and every deviation is
/// reported.
#include <limits>

// #include <mtasts/grammar/tlsa_record.hpp>
/// RFC 8460 4.5, RFC 6698 2.2: the data of a TLSA record as it appears in a report.

namespace mtasts::grammar {

// Four fields with single spaces between them: usage, selector, matching type as numbers of one octet, and hexadecimal
// data. The RFCs have no ABNF for it.
inline constexpr auto tlsa_record = rule<"tlsa-record">(dec_octet >> lit(' ') >> dec_octet >> lit(' ') >> dec_octet >>
                                                        lit(' ') >> scanned<hex_pairs>(HEXDIG >> HEXDIG, 1) >> eoi);

// The usual form, with fields of one digit. Every such text is a tlsa-record.
inline constexpr auto plain_tlsa_record = rule<"plain-tlsa-record">(
    DIGIT >> lit(' ') >> DIGIT >> lit(' ') >> DIGIT >> lit(' ') >> scanned<hex_pairs>(HEXDIG >> HEXDIG, 1) >> eoi);

}  // namespace mtasts::grammar

namespace mtasts::detail {

/// Reports what another parser found in a string, at its place in the report.
constexpr void say_of_part(json_reader& json, json_text string, finding said) {
    auto const place = json.place_of(string);
    if (string.is_raw()) {
        said.where.offset += place.offset;
        said.part.offset += place.offset;
    } else {
        said.where = place;
        said.expect = nullptr;
    }
    json.say(said);
}

namespace contact_table {

using namespace fault_table;
using enum code;

constexpr octets mailto(plain const& contact) {
    return only_if(text::starts_ignoring_case(contact.text, "mailto:"), contact.text);
}
constexpr octets list(plain const& contact) {
    auto const comma = text::find_octet(contact.text, is<',', ';'>);
    return only_if(comma != contact.text.npos && contact.text.find('@', comma) != contact.text.npos, contact.text);
}

inline constexpr auto rows = std::to_array<row<plain>>({
    {first<no<text::is_ascii>>, report_contact_non_ascii, whole},
    {mailto, report_contact_uri, whole},
    {first<is<'<', '>'>>, report_contact_name, whole},
    {list, report_contact_list, whole},
    {anything, report_contact_syntax, whole},
});

}  // namespace contact_table

/// RFC 5322 3.4.1: an address, kept even if it is malformed.
constexpr void take_mail_address(json_reader& json, json_text string, std::string_view& out) {
    out = string.value;
    auto const text = string.value;
    // The grammar is that of mailto, in which "," and ";" are encoded.
    bool const quoted = text.starts_with('"');
    if (read(grammar::addr_spec, text, ignore_events) && (quoted || text.find_first_of(",;") == text.npos)) {
        if (text.ends_with(']')) json.say(code::report_contact_literal, json.place_of(string));
        return;
    }
    auto const said = *fault_table::first_fault(contact_table::rows, {text}, text);
    say_of_part(json, string, with_expectation<grammar::addr_spec>(said, text, text));
}

/// RFC 3339 5.6: an instant; absent if the text names none.
constexpr void take_instant(json_reader& json, json_text string, std::optional<std::chrono::sys_seconds>& out) {
    auto const result = parse_date_time(string.value);
    out = result.usable() ? std::optional(result.value) : usual_date_time(string.value);
    for (auto const& said : result.findings) say_of_part(json, string, said);
    // What is wrong besides the form is a fault of its own.
    bool const form = result.has(code::time_zone_missing) || result.has(code::time_space);
    if (!out && form) json.say(code::time_range, json.place_of(string));
}

/// RFC 8460 4.4: the policy domain in A-labels; kept even if it is malformed.
constexpr void take_domain(json_reader& json, json_text string, std::string_view& out) {
    auto text = out = string.value;
    auto const place = json.place_of(string);
    if (!read(grammar::Domain_alone, text, ignore_events)) {
        if (!text::all_octets(text, text::is_ascii)) return json.say(code::report_domain_non_ascii, place);
        constexpr std::string_view owner = "_25._tcp.";
        bool const is_owner = text::starts_ignoring_case(text, owner);
        if (is_owner) text.remove_prefix(owner.size());
        bool const final_dot = text.ends_with('.');
        if (final_dot) text.remove_suffix(1);
        if (!read(grammar::Domain_alone, text, ignore_events)) {
            auto said = explain_host(string.value, string.value, false);
            said.code = code::report_domain_syntax;
            said.where = {0, string.value.size()};
            return say_of_part(json, string, said);
        }
        if (is_owner) json.say(code::report_domain_owner, place);
        if (final_dot) json.say(code::report_domain_final_dot, place);
        out = text;
    }
    if (text::find_octet(text, [](char c) { return 'A' <= c && c <= 'Z'; }) != text.npos)
        json.say(code::report_domain_case, place);
}

/// RFC 8461 3.2: an mx pattern, without the key that some senders leave in front of it.
constexpr mx_pattern take_mx_pattern(json_reader& json, json_text string) {
    auto const text = string.value;
    if (read(grammar::sts_policy_mx_value_alone, text, ignore_events)) return {text};
    if (text::starts_ignoring_case(text, "mx:")) {
        auto pattern = text.substr(3);
        while (!pattern.empty() && text::is_space(pattern.front())) pattern.remove_prefix(1);
        if (read(grammar::sts_policy_mx_value_alone, pattern, ignore_events)) {
            json.say(code::report_mx_host_key, json.place_of(string));
            return {pattern};
        }
    }
    auto said = explain_host(string.value, string.value, true);
    said.code = text::all_octets(text, text::is_ascii) ? code::report_mx_host_syntax : code::report_mx_host_non_ascii;
    said.where = {0, string.value.size()};
    say_of_part(json, string, said);
    return {text};
}

/// RFC 8460 4.5: the lines of a policy; several in one string are split.
constexpr void take_policy_lines(json_reader& json, json_text string, std::vector<std::string_view>& out) {
    // A line end can only be there as an escape.
    if (string.is_raw() || string.value.find_first_of("\r\n") == string.value.npos) return out.push_back(string.value);
    auto text = string.value;
    while (text.ends_with('\r') || text.ends_with('\n')) text.remove_suffix(1);
    json.say(text.find('\n') == text.npos ? code::report_policy_line_return : code::report_policy_lines_joined,
             json.place_of(string));
    text::for_each_piece(text, '\n', [&](std::string_view line) {
        while (line.ends_with('\r')) line.remove_suffix(1);
        out.push_back(line);
    });
}

/// RFC 8460 4.4: an address of an MTA; absent if it is malformed.
constexpr void take_address(json_reader& json, json_text string, std::optional<ip_address>& out) {
    auto const text = string.value;
    auto result = parse_ip_address(text);
    for (auto const& said : result.findings) say_of_part(json, string, said);
    if (!result.usable() && text.starts_with('[') && text.ends_with(']'))
        result = parse_ip_address(text.substr(1, text.size() - 2));
    if (result.usable()) out = result.value;
}

/// RFC 3986 3: a URI, kept even if it is malformed.
constexpr void take_uri(json_reader& json, json_text string, std::string_view& out) {
    out = string.value;
    if (read(grammar::URI_alone, out, ignore_events)) return;
    // RFC 8460 3 removes three characters from sub-delims; here they count like the others.
    std::vector<char> plain(out.begin(), out.end());
    std::replace_if(
        plain.begin(), plain.end(), [](char c) { return c == '!' || c == ',' || c == ';'; }, '$');
    if (!read(grammar::URI_alone, std::string_view(plain.data(), plain.size()), ignore_events))
        json.say(code::report_uri_syntax, json.place_of(string));
}

/// The words of an open list.
template <class Kind>
inline constexpr auto words_of = text::name_table<names_of(Kind{}).size()>(names_of(Kind{}));

template <class Kind>
constexpr bool take_known_word(std::string_view text, coded<Kind>& out) {
    auto const index = words_of<Kind>.find(text);
    if (index == words_of<Kind>.none) return false;
    out.kind = static_cast<Kind>(index + 1);
    return true;
}

/// A word of an open list; an unknown one keeps its spelling.
template <class Kind>
constexpr void take_word(json_reader& json, json_text string, coded<Kind>& out, code unknown, code other_case) {
    if (take_known_word(string.value, out)) return;
    if (!string.value.empty()) out = {Kind::other, string.value};
    for (auto const name : names_of(Kind{}))
        if (text::equal_ignoring_case(string.value, name)) return json.say(other_case, json.place_of(string), name);
    json.say(unknown, json.place_of(string));
}

/// The value of an exponent. Beyond any length that a text can have, its size does not matter.
constexpr std::int64_t power_of(std::string_view exponent) {
    std::int64_t power = 0;
    for (char const c : exponent)
        if (text::is_digit(c) && power < (std::int64_t{1} << 50)) power = power * 10 + (c - '0');
    return exponent.find('-') == exponent.npos ? power : -power;
}

/// The value of a number that is an integer of at least 0, saturated above `greatest_count`. Absent for other numbers.
constexpr std::optional<std::uint64_t> whole_number(json_number const& number) {
    // The digits of integer and fraction form an integer, multiplied by a power of ten.
    auto const fraction = number.fraction.empty() ? number.fraction : number.fraction.substr(1);
    auto const digit = [&](std::size_t i) {
        return i < number.integer.size() ? number.integer[i] : fraction[i - number.integer.size()];
    };
    auto digits = number.integer.size() + fraction.size();
    auto power = power_of(number.exponent) - static_cast<std::int64_t>(fraction.size());
    while (digits != 0 && digit(digits - 1) == '0') {
        --digits;
        ++power;
    }
    if (digits == 0) return 0;
    if (power < 0 || number.text.starts_with('-')) return {};
    std::uint64_t value = 0;
    for (std::size_t i = 0; i != digits; ++i) {
        value = value * 10 + static_cast<std::uint64_t>(digit(i) - '0');
        if (value > greatest_count) return greatest_count + 1;
    }
    for (; power != 0; --power) {
        value *= 10;
        if (value > greatest_count) return greatest_count + 1;
    }
    return value;
}

/// RFC 8460 4.4: a count of sessions that is not written as plain digits.
constexpr void take_unusual_count(json_reader& json, json_number const& number, std::optional<std::uint64_t>& out) {
    auto const place = span_of(json.text(), number.text);
    out = whole_number(number);
    bool const plain = number.fraction.empty() && number.exponent.empty();
    if (!out)
        return json.say(number.text.starts_with('-') ? code::report_count_negative : code::report_count_fraction,
                        place);
    if (!plain || number.text.starts_with('-')) json.say(code::report_count_form, place);
    if (*out <= greatest_count) return;
    json.say(code::report_count_large, place);
    out = greatest_count;
}

}  // namespace mtasts::detail

namespace mtasts::detail {

/// A member's name with quotation marks and colon, as nearly every writer writes it.
template <class Object, std::size_t Index>
class quoted_name {
  public:
    static constexpr std::size_t size = std::get<Index>(tlsrpt_members<Object>).name.size() + 3;

    /// Whether the octets at a position, of which there are at least as many, are this name: compared eight at a time,
    /// the last ones overlapping.
    [[gnu::always_inline]] static constexpr bool stands_at(char const* at) {
        if (std::is_constant_evaluated()) return std::equal(octets.begin(), octets.end(), at);
        return [&]<std::size_t... Eight>(std::index_sequence<Eight...>) {
            return ((difference<8 * Eight>(at) | ...) | difference<size - 8>(at)) == 0;
        }
        (std::make_index_sequence<(size - 1) / 8>());
    }

  private:
    static_assert(size >= 8);
    static constexpr std::array<char, size> octets = [] {
        constexpr auto name = std::get<Index>(tlsrpt_members<Object>).name;
        std::array<char, size> all{};
        std::copy(name.begin(), name.end(), all.begin() + 1);
        all[0] = all[size - 2] = '"';
        all[size - 1] = ':';
        return all;
    }();

    template <std::size_t Offset>
    [[gnu::always_inline]] static std::uint64_t difference(char const* at) {
        std::uint64_t one, other;
        std::memcpy(&one, at + Offset, 8);
        std::memcpy(&other, octets.data() + Offset, 8);
        return one ^ other;
    }
};

/// Finds the names that eight octets of a quoted name allow, by a perfect hash: the rest has yet to be compared.
template <std::size_t Count>
class usual_names {
  public:
    constexpr explicit usual_names(std::array<std::string_view, Count> const& names) {
        auto const by_size = [](auto a, auto b) { return a.size() < b.size(); };
        auto const [shortest, longest] = std::minmax_element(names.begin(), names.end(), by_size);
        longest_ = longest->size() + marks;
        first_ = shortest->size() + marks - 8;
        for (std::size_t i = 0; i != Count; ++i)
            for (std::size_t k = 0; k != 8; ++k) octets_[i] |= octet(names[i], first_ + k) << 8 * k;
        while (!fits()) factor_ += 2;
    }

    /// The maximum length of a name with its marks.
    constexpr std::size_t longest() const { return longest_; }
    /// The first name with the octets at a position, of which `longest` may be loaded.
    constexpr std::size_t at(char const* place) const { return slots_[slot(text::eight_octets(place + first_))]; }
    /// The next name with the same octets, or the number of names.
    constexpr std::size_t after(std::size_t index) const {
        auto next = index + 1;
        while (next < Count && octets_[next] != octets_[index]) ++next;
        return next;
    }

  private:
    static constexpr int slot_bits = 4;
    static constexpr std::uint8_t free = 0xFF;
    // Quotation marks and colon.
    static constexpr std::size_t marks = 3;

    static constexpr std::uint64_t octet(std::string_view name, std::size_t at) {
        auto const end = name.size() + 1;
        return static_cast<unsigned char>(at == 0 || at == end ? '"' : at < end ? name[at - 1] : ':');
    }
    constexpr std::size_t slot(std::uint64_t octets) const {
        return static_cast<std::uint32_t>(octets * factor_ >> (64 - slot_bits));
    }
    /// Whether names with different octets have different slots.
    constexpr bool fits() {
        slots_.fill(free);
        for (auto i = Count; i-- != 0;) {
            auto& place = slots_[slot(octets_[i])];
            if (place != free && octets_[place] != octets_[i]) return false;
            place = static_cast<std::uint8_t>(i);
        }
        // An empty slot may hold any name: it will not compare equal.
        for (auto& place : slots_)
            if (place == free) place = 0;
        return true;
    }

    std::size_t longest_ = 0, first_ = 0;
    std::array<std::uint64_t, Count> octets_{};
    std::uint64_t factor_ = 0x9E3779B97F4A7C15;
    std::array<std::uint8_t, std::size_t{1} << slot_bits> slots_{};
};

template <class Object>
inline constexpr auto usual_members = usual_names<tlsrpt_member_count<Object>>(tlsrpt_names_in_order<Object>());

/// Reads a date-time as most are written, "2026-08-31T00:00:00Z", in one pass; absent for any other text.
constexpr std::optional<std::chrono::sys_seconds> plain_date_time(std::string_view text) {
    namespace chrono = std::chrono;
    constexpr std::string_view shape = "0000-00-00T00:00:00Z";
    if (text.size() != shape.size()) return {};
    std::uint64_t bad = 0;
    // SWAR: of eight octets, every two that are digits become one number.
    auto const numbers = [&]<std::size_t At>() {
        constexpr auto form = text::eight_octets(shape.data() + At);
        // A digit may be up to nine above the shape's zero, all else must be the same: more reaches the top bit.
        constexpr auto room = [] {
            std::uint64_t octets = 0;
            for (int i = 0; i != 64; i += 8) octets |= std::uint64_t{(form >> i & 0xFF) == '0' ? 0x76u : 0x7Fu} << i;
            return octets;
        }();
        auto const octets = text::eight_octets(text.data() + At) ^ form;
        bad |= (octets | (octets + room)) & 0x8080'8080'8080'8080;
        return octets * 10 + (octets >> 8);
    };
    auto const first = numbers.template operator()<0>(), second = numbers.template operator()<8>(),
               third = numbers.template operator()<12>();
    if (bad != 0) return {};
    auto const number = [](std::uint64_t octets, int at) { return static_cast<int>(octets >> 8 * at & 0xFF); };
    auto const hour = number(second, 3), minute = number(third, 2), second_of_it = number(third, 5);
    auto const date = chrono::year(number(first, 0) * 100 + number(first, 2)) / number(first, 5) / number(second, 0);
    if (!date.ok() || hour > 23 || minute > 59 || second_of_it > 59) return {};
    return chrono::sys_days(date) + chrono::hours(hour) + chrono::minutes(minute) + chrono::seconds(second_of_it);
}

/// Whether a part of the text is a Domain, by SIMD; all false if that cannot be decided.
constexpr domain_scan scan_domain(json_reader const& json, std::string_view part) {
    if (std::is_constant_evaluated() || !json.has_octets(part, 64)) return {};
    return scan_domain(part);
}

/// Fast path for a string, a view of the text; false if it needs a closer look.
template <value_form Form, class Field>
[[gnu::always_inline]] constexpr bool take_fast(json_reader const& json, std::string_view value, Field& out) {
    if constexpr (Form == value_form::text) {
        out = value;
        return !value.empty();
    } else if constexpr (Form == value_form::mail_address) {
        out = value;
        // If both sides look like domains.
        auto const at = value.rfind('@');
        return at != value.npos && scan_domain(json, value.substr(0, at)).is_domain &&
               scan_domain(json, value.substr(at + 1)).is_domain;
    } else if constexpr (Form == value_form::instant) {
        out = plain_date_time(value);
        return out.has_value();
    } else if constexpr (Form == value_form::domain) {
        out = value;
        auto const look = scan_domain(json, value);
        return look.is_domain && !look.has_upper_case;
    } else if constexpr (Form == value_form::mx_patterns) {
        return scan_domain(json, value.starts_with("*.") ? value.substr(2) : value).is_domain;
    } else if constexpr (Form == value_form::policy_strings) {
        return true;
    } else if constexpr (Form == value_form::address) {
        // clang++ copies no optional that was reset in a constant expression.
        if (ip_address address; std::is_constant_evaluated()) {
            bool const taken = take_plain_address(value, address);
            if (taken) out = address;
            return taken;
        }
        // Parsed in place: a copy of octets stored one by one would stall on store forwarding.
        auto& address = out.emplace();
        bool const taken = json.has_octets(value, ip_octets) ? take_plain_address_fast(value, address)
                                                             : take_plain_address(value, address);
        if (!taken) out.reset();
        return taken;
    } else if constexpr (Form == value_form::uri) {
        out = value;
        return read(grammar::plain_uri, value, ignore_events);
    } else {
        return take_known_word(value, out);
    }
}

}  // namespace mtasts::detail
// #include <mtasts/parse/report/leaf_reader.hpp>
/// Reading the values of a report that hold no objects: strings, counts and arrays of strings.

namespace mtasts::detail {

/// Reads the leaves of a report. Functions take the position of a value and return that of the one after it, or nullptr:
/// then they have reported why, and nothing more is read.
class leaf_reader {
  protected:
    constexpr leaf_reader(std::string_view text, report_options const& options, tlsrpt_report& report, findings& found)
        : json_(text, {options.max_depth, options.max_string, options.max_members, options.max_findings},
                report.decoded, found),
          options_(options) {}

    /// Reads a string. The usual ones stay in registers: g++ passes larger results through memory, where a load of what
    /// was stored in two parts stalls on store forwarding.
    template <value_form Form, class Field, class Member>
    [[gnu::always_inline]] constexpr cursor text(cursor at, Field& field, Member const& member) {
        auto const end = *at == '"' ? json_.plain_end(at) : nullptr;
        if (end == nullptr || !take_fast<Form>(json_, json_.between_marks(at, end), field))
            return unusual_text<Form>(at, field, member);
        return end + 1;
    }
    template <value_form Form, class Field, class Member>
    [[gnu::noinline]] constexpr cursor unusual_text(cursor at, Field& field, Member const& member) {
        if (*at != '"') {
            if constexpr (Form == value_form::text)
                if (text::is_digit(*at) || *at == '-') return number_as_text(at, field, member);
            return wrong_type(at, member, "a string");
        }
        auto const [after, string] = json_.read_string(at);
        if (after == nullptr) return after;
        if constexpr (Form == value_form::text) {
            field = string.value;
            if (string.value.empty()) json_.say(code::report_member_empty, json_.place_of(string), {}, member.clause);
        }
        if constexpr (Form == value_form::mail_address) take_mail_address(json_, string, field);
        if constexpr (Form == value_form::instant) take_instant(json_, string, field);
        if constexpr (Form == value_form::domain) take_domain(json_, string, field);
        if constexpr (Form == value_form::address) take_address(json_, string, field);
        if constexpr (Form == value_form::uri) take_uri(json_, string, field);
        if constexpr (Form == value_form::policy_type)
            take_word(json_, string, field, code::report_policy_type_unknown, code::report_policy_type_case);
        if constexpr (Form == value_form::result_type)
            take_word(json_, string, field, code::report_result_unknown, code::report_result_case);
        return after;
    }

    template <class Member>
    [[gnu::noinline]] constexpr cursor number_as_text(cursor at, std::string_view& field, Member const& member) {
        json_number number;
        at = json_.read_number(at, number);
        // A number at the very end may have been cut off.
        if (at == nullptr || at == json_.end()) return at;
        field = number.text;
        json_.say(code::report_string_bare_number, span_of(json_.text(), number.text), {}, member.clause);
        return at;
    }

    template <class Member>
    [[gnu::always_inline]] constexpr cursor count(cursor at, std::optional<std::uint64_t>& field,
                                                  Member const& member) {
        auto const [value, digits] = json_.read_digits(at);
        auto const after = at + digits;
        // No integer of fifteen digits is above the greatest count.
        auto const next = json_.peek(after);
        if (0 < digits && digits < 16 && (*at != '0' || digits == 1) &&
            (next == ',' || next == '}' || grammar::is_blank(next))) {
            field = value;
            return after;
        }
        if (*at == '"') return quoted_count(at, field);
        if (digits == 0 && *at != '-') return wrong_type(at, member, "an integer");
        json_number number;
        at = json_.read_number(at, number);
        // A number at the very end may have been cut off.
        if (at != nullptr && at != json_.end()) take_unusual_count(json_, number, field);
        return at;
    }

    /// A count in quotation marks, which is accepted nevertheless.
    [[gnu::noinline]] constexpr cursor quoted_count(cursor at, std::optional<std::uint64_t>& field) {
        auto const [after, string] = json_.read_string(at);
        if (after == nullptr) return after;
        json_.say(code::report_count_quoted, json_.place_of(string));
        auto const digits = string.value;
        std::uint64_t value = 0;
        for (char const c : digits.substr(0, 17)) value = value * 10 + static_cast<std::uint64_t>(c - '0');
        if (!digits.empty() && digits.size() < 17 && text::all_octets(digits, text::is_digit) &&
            value <= greatest_count)
            field = value;
        return after;
    }

    /// Reads an array of strings; a single string that should be in an array is taken as one.
    template <value_form Form, class Item, class Member>
    constexpr cursor strings(cursor at, std::vector<Item>& out, Member const& member) {
        strings_.clear();
        if (strings_.capacity() == 0) strings_.reserve(8);
        cursor after = nullptr;
        if (*at == '[') {
            after = elements(at, [&](cursor element) { return array_string<Form>(element, member); });
        } else if (*at == '"') {
            after = array_string<Form>(at, member);
            if (after != nullptr) json_.say(code::report_member_bare, json_.between(at, after), {}, member.clause);
            if constexpr (Form == value_form::policy_strings) bare_strings_ = true;
        } else {
            after = wrong_type(at, member, "an array");
        }
        out.resize(strings_.size());
        for (std::size_t i = 0; i != strings_.size(); ++i) out[i] = {strings_[i]};
        return after;
    }
    template <value_form Form, class Member>
    [[gnu::always_inline]] constexpr cursor array_string(cursor at, Member const& member) {
        auto const end = *at == '"' ? json_.plain_end(at) : nullptr;
        if (end == nullptr || strings_read_ >= options_.max_strings) return unusual_string<Form>(at, member);
        auto const value = json_.between_marks(at, end);
        if (!take_fast<Form>(json_, value, strings_)) return unusual_string<Form>(at, member);
        ++strings_read_;
        strings_.push_back(value);
        return end + 1;
    }
    template <value_form Form, class Member>
    [[gnu::noinline]] constexpr cursor unusual_string(cursor at, Member const& member) {
        if (*at != '"') return wrong_element(at, member, "a string");
        if (strings_read_++ >= options_.max_strings) return json_.limit_exceeded(code::report_many_strings, at);
        auto const [after, string] = json_.read_string(at);
        if (after == nullptr) return after;
        auto const before = strings_.size();
        if constexpr (Form == value_form::mx_patterns) strings_.push_back(take_mx_pattern(json_, string).text);
        else take_policy_lines(json_, string, strings_);
        // One string may hold many lines.
        return count_strings(strings_.size() - before - 1) ? after
                                                           : json_.limit_exceeded(code::report_many_strings, at);
    }

    /// Reads an array, at its bracket, an element at a time.
    template <class Element>
    constexpr cursor elements(cursor at, Element element) {
        if (!json_.enter(at)) return nullptr;
        at = json_.skip_blanks(at + 1);
        if (json_.peek(at) != ']')
            for (;;) {
                if (at == json_.end()) return json_.fault<json_place::value>(at);
                at = element(at);
                if (at == nullptr) return at;
                at = json_.skip_blanks(at);
                if (json_.peek(at) != ',') break;
                at = json_.skip_blanks(at + 1);
                if (json_.peek(at) == ']') return json_.fault<json_place::value>(at);
            }
        if (json_.peek(at) != ']') return json_.fault<json_place::after_element>(at);
        json_.leave();
        return at + 1;
    }

    /// Skips a value of the wrong type.
    template <class Member>
    [[gnu::noinline]] constexpr cursor wrong_type(cursor at, Member const& member, std::string_view wanted) {
        auto const after = json_.skip_value(at);
        if (after == nullptr) return after;
        auto const null =
            member.of_null == cost::refusal ? code::report_member_null : code::report_member_null_optional;
        if (*at == 'n') json_.say(null, json_.between(at, after), {}, member.clause);
        else json_.say(code::report_member_type, json_.between(at, after), wanted, member.clause);
        return after;
    }
    /// The same in an array, where null cannot stand for an omitted value.
    template <class Member>
    [[gnu::noinline]] constexpr cursor wrong_element(cursor at, Member const& member, std::string_view wanted) {
        auto const after = json_.skip_value(at);
        if (after != nullptr) json_.say(code::report_member_type, json_.between(at, after), wanted, member.clause);
        return after;
    }

    /// Whether so many more strings are within the limit.
    constexpr bool count_strings(std::size_t more) {
        strings_read_ += more;
        return strings_read_ <= options_.max_strings;
    }

    json_reader json_;
    report_options const& options_;
    // Filled again for every array, so that each vector of the report is allocated once.
    std::vector<std::string_view> strings_;
    std::size_t strings_read_ = 0;
    /// Whether a single string was read in place of an array of strings.
    bool bare_strings_ = false;
};

}  // namespace mtasts::detail
// #include <mtasts/parse/report/rules.hpp>
/// RFC 8460 4: what must hold between the members of one object of a report, once it has been read.

namespace mtasts::detail {

/// Where an object begins, which members it has (by their index in the schema), and where their values begin.
struct tlsrpt_presence {
    std::size_t begin = 0;
    std::uint32_t seen = 0;
    // Only meaningful for members that were seen.
    std::array<std::size_t, 8> at;

    constexpr bool has(std::size_t index) const { return (seen >> index & 1) != 0; }
};

constexpr bool is_tlsa_result(tlsrpt_result_type type) {
    return type == tlsrpt_result_type::tlsa_invalid || type == tlsrpt_result_type::dnssec_invalid ||
           type == tlsrpt_result_type::dane_required;
}
constexpr bool is_sts_result(tlsrpt_result_type type) {
    return type == tlsrpt_result_type::sts_policy_fetch_error || type == tlsrpt_result_type::sts_policy_invalid ||
           type == tlsrpt_result_type::sts_webpki_invalid;
}
/// RFC 8460 4.3.2: whether a result belongs to the other kind of policy.
constexpr bool contradicts(tlsrpt_result_type result, tlsrpt_policy_type policy) {
    return (policy == tlsrpt_policy_type::sts && is_tlsa_result(result)) ||
           (policy == tlsrpt_policy_type::tlsa && is_sts_result(result));
}

/// Whether the condition of a member holds for the object that it belongs to.
constexpr bool holds(when condition, tlsrpt_applied_policy const& policy) {
    bool const applied =
        policy.type.kind != tlsrpt_policy_type::no_policy_found && policy.type.kind != tlsrpt_policy_type::absent;
    return condition == when::always || (condition == when::policy_applied && applied) ||
           (condition == when::policy_is_sts && policy.type.kind == tlsrpt_policy_type::sts);
}
constexpr bool holds(when condition, tlsrpt_failure const& failure) {
    using type = tlsrpt_result_type;
    auto const result = failure.result.kind;
    // RFC 8460 4.3.1 and 4.3.3: failures of a session; those of 4.3.2 happen before there is one.
    bool const session = type::starttls_not_supported <= result && result <= type::validation_failure;
    bool const vague = result == type::certificate_not_trusted || result == type::validation_failure;
    return condition == when::always || (condition == when::session_failed && session) ||
           (condition == when::result_is_vague && vague);
}
template <class Object>
constexpr bool holds(when condition, Object const&) {
    return condition == when::always;
}

/// Reports the members that are missing.
template <class Object>
constexpr void check_presence(json_reader& json, Object const& object, tlsrpt_presence const& here) {
    auto const check = [&]<std::size_t Index>() {
        constexpr auto& member = std::get<Index>(tlsrpt_members<Object>);
        if constexpr (member.required != when::never || member.expected != when::never) {
            if (here.has(Index)) return;
            auto const what = holds(member.required, object)             ? code::report_member_missing
                              : !holds(member.expected, object)          ? std::optional<code>()
                              : member.expected == when::result_is_vague ? code::report_reason_missing
                                                                         : code::report_member_omitted;
            if (what) json.say(*what, {here.begin, 1}, member.name, member.clause);
        }
    };
    [&]<std::size_t... Index>(std::index_sequence<Index...>) { (check.template operator()<Index>(), ...); }
    (std::make_index_sequence<tlsrpt_member_count<Object>>());
}

/// The span of the value that begins at an offset: of a string without its quotation marks, of others the first octet.
constexpr text_span value_place(json_reader const& json, std::size_t offset) {
    auto const text = json.text().substr(offset);
    if (!text.starts_with('"')) return {offset, std::min<std::size_t>(text.size(), 1)};
    std::size_t stop = 1;
    while (stop < text.size() && text[stop] != '"') stop += text[stop] == '\\' ? 2U : 1U;
    return {offset + 1, (std::min)(stop, text.size()) - 1};
}

/// Whether an empty array begins at an offset.
constexpr bool is_empty_array(json_reader const& json, std::size_t offset) {
    auto const at = json.begin() + offset;
    return json.peek(at) == '[' && json.peek(json.skip_blanks(at + 1)) == ']';
}

/// RFC 8460 4.1: a report covers one day of UTC.
constexpr void check_object(json_reader& json, tlsrpt_date_range& range, tlsrpt_presence const& here) {
    if (!range.start || !range.end) return;
    constexpr auto end = tlsrpt_index_of<&tlsrpt_date_range::end>(&tlsrpt_date_range::end);
    auto const place = [&] { return value_place(json, here.at[end]); };
    auto const midnight = std::chrono::floor<std::chrono::days>(*range.start);
    auto const next = midnight + std::chrono::days(1);
    if (*range.end < *range.start) {
        range = {};
        return json.say(code::report_range_backwards, place());
    }
    if (*range.start != midnight || (*range.end != next && *range.end != next - std::chrono::seconds(1)))
        return json.say(code::report_range_not_day, place());
    // A leap second at the end of the day is the same instant.
    if (*range.end == next && place().of(json.text()).find(":60") == std::string_view::npos)
        json.say(code::report_range_midnight, place());
}

/// RFC 8460 4.5: splits one string that is itself a JSON array of strings; false for any other string.
constexpr bool unwrap_json_strings(std::string_view text, std::vector<std::string_view>& out) {
    findings ignored;
    text::decoded_strings unused;
    json_reader json(text, {.max_findings = 0}, unused, ignored);
    auto at = json.skip_blanks(json.begin());
    if (json.peek(at) != '[' || text.find('\\') != text.npos) return false;
    std::vector<std::string_view> strings;
    do {
        at = json.skip_blanks(at + 1);
        if (json.peek(at) != '"') return false;
        auto const string = json.read_string(at);
        if (string.after == nullptr) return false;
        strings.push_back(string.text.value);
        at = json.skip_blanks(string.after);
    } while (json.peek(at) == ',');
    if (json.peek(at) != ']' || json.skip_blanks(at + 1) != json.end()) return false;
    out = std::move(strings);
    return true;
}

/// RFC 8460 4.5: the data of TLSA records.
constexpr void check_tlsa_strings(json_reader& json, tlsrpt_applied_policy& policy, text_span whole) {
    auto& strings = policy.strings;
    if (strings.size() == 1 && unwrap_json_strings(strings.front(), strings))
        json.say(code::report_policy_string_json, whole);
    for (auto const string : strings) {
        if (read(grammar::plain_tlsa_record, string, ignore_events) ||
            read(grammar::tlsa_record, string, ignore_events))
            continue;
        bool const owner = string.find(" TLSA ") != string.npos;
        bool const in_text =
            json.text().data() <= string.data() && string.data() < json.text().data() + json.text().size();
        finding said{owner ? code::report_tlsa_owner : code::report_tlsa_record, whole};
        if (in_text) {
            said = with_expectation<grammar::tlsa_record>(said, json.text(), string);
            said.where = said.part;
        }
        json.say(said);
    }
}

/// RFC 8460 4: splits records that share one string, which the RFC mentions in passing.
constexpr void split_tlsa_strings(std::vector<std::string_view>& strings) {
    for (auto const text : std::exchange(strings, {}))
        text::for_each_piece(text, ';', [&](std::string_view record) {
            if (!text::trimmed(record).empty()) strings.push_back(text::trimmed(record));
        });
}

/// RFC 8460 4.4, 4.5: policy-string, whose value begins at an offset. `bare`: it was a single string.
constexpr void check_strings(json_reader& json, tlsrpt_applied_policy& policy, std::size_t at, bool bare) {
    auto const place = [&] { return value_place(json, at); };
    auto const type = policy.type.kind;
    if (type == tlsrpt_policy_type::no_policy_found && !policy.strings.empty())
        json.say(code::report_policy_string_without_policy, place());
    if (policy.strings.empty() && holds(when::policy_applied, policy) && is_empty_array(json, at))
        json.say(code::report_member_empty, place());
    if (type != tlsrpt_policy_type::tlsa) return;
    if (bare) split_tlsa_strings(policy.strings);
    check_tlsa_strings(json, policy, place());
}

/// RFC 8460 4.4: mx-host, whose value begins at an offset.
constexpr void check_mx_hosts(json_reader& json, tlsrpt_applied_policy const& policy, std::size_t at) {
    auto const type = policy.type.kind;
    if (type == tlsrpt_policy_type::sts && policy.mx_hosts.empty() && is_empty_array(json, at))
        json.say(code::report_mx_host_empty, value_place(json, at));
    bool const other = type == tlsrpt_policy_type::tlsa || type == tlsrpt_policy_type::no_policy_found;
    if (other && !policy.mx_hosts.empty()) json.say(code::report_mx_host_without_sts, value_place(json, at));
}

/// RFC 8460 4.4, 4.5: what belongs to which type of policy. `bare`: policy-string was a single string.
constexpr void check_object(json_reader& json, tlsrpt_applied_policy& policy, tlsrpt_presence const& here, bool bare) {
    constexpr auto strings = tlsrpt_index_of<&tlsrpt_applied_policy::strings>(&tlsrpt_applied_policy::strings);
    constexpr auto mx_hosts = tlsrpt_index_of<&tlsrpt_applied_policy::mx_hosts>(&tlsrpt_applied_policy::mx_hosts);
    if (here.has(strings)) check_strings(json, policy, here.at[strings], bare);
    if (here.has(mx_hosts)) check_mx_hosts(json, policy, here.at[mx_hosts]);
}

/// RFC 8460 4.3: a failure under a policy of some type; `absent` where the policy is not known yet.
constexpr void check_object(json_reader& json, tlsrpt_failure& failure, tlsrpt_presence const& here,
                            tlsrpt_policy_type policy) {
    constexpr auto result = tlsrpt_index_of<&tlsrpt_failure::result>(&tlsrpt_failure::result);
    constexpr auto count = tlsrpt_index_of<&tlsrpt_failure::failed_sessions>(&tlsrpt_failure::failed_sessions);
    if (contradicts(failure.result.kind, policy))
        json.say(code::report_result_policy, value_place(json, here.at[result]), failure.result.text());
    if (failure.failed_sessions == 0u) json.say(code::report_failure_count_zero, value_place(json, here.at[count]));
}

/// RFC 8460 4: compares a policy's failures with its summary, which may count more sessions but not fewer.
constexpr void check_object(json_reader& json, tlsrpt_policy_result& result, tlsrpt_presence const& here,
                            bool policy_came_first) {
    constexpr auto failures = tlsrpt_index_of<&tlsrpt_policy_result::failures>(&tlsrpt_policy_result::failures);
    if (!here.has(failures)) return;
    text_span const place{here.at[failures], 1};
    std::uint64_t sum = 0;
    std::string_view contradiction;
    for (auto const& failure : result.failures) {
        sum = (std::min)(sum + failure.failed_sessions.value_or(0), greatest_count + 1);
        if (contradicts(failure.result.kind, result.policy.type.kind)) contradiction = failure.result.text();
    }
    if (!contradiction.empty() && !policy_came_first) json.say(code::report_result_policy, place, contradiction);
    if (result.summary.failed && sum > *result.summary.failed) json.say(code::report_count_sum, place);
}

}  // namespace mtasts::detail

namespace mtasts::detail {

/// Reads one report. Functions take and return positions as those of leaf_reader do.
class report_reader : leaf_reader {
  public:
    constexpr report_reader(std::string_view text, report_options const& options, tlsrpt_report& report,
                            findings& found)
        : leaf_reader(text, options, report, found) {}

  private:
    /// Reads an object, at its brace. What the loop changes stays in registers: no function that is called gets a
    /// reference to it.
    template <class Object>
    constexpr cursor object(cursor at, Object& into) {
        constexpr auto& likely = usual_members<Object>;
        auto const first_name = json_.names_kept();
        tlsrpt_presence here;
        here.begin = json_.offset(at);
        std::uint32_t seen = 0;
        if (!json_.enter(at)) return nullptr;
        at = json_.skip_blanks(at + 1);
        if (json_.peek(at) != '}')
            for (bool first = true;; first = false) {
                auto after = at;
                if (json_.has_lookahead(at)) after = member(at, into, likely.at(at), seen, here);
                if (after == at) {
                    auto const other = member_slow(at, into, first, seen);
                    after = other.after;
                    if (other.index != tlsrpt_member_count<Object>) {
                        here.at[other.index] = json_.offset(other.value);
                        seen |= std::uint32_t{1} << other.index;
                    }
                }
                if (after == nullptr) return after;
                at = json_.skip_blanks(after);
                if (json_.peek(at) != ',') break;
                at = json_.skip_blanks(at + 1);
            }
        if (json_.peek(at) != '}') return json_.fault<json_place::after_member>(at);
        json_.leave();
        json_.check_names(first_name);
        here.seen = seen;
        check_presence(json_, into, here);
        return finish(into, here) ? at + 1 : nullptr;
    }

    /// Reads the member with an index, if it comes next and for the first time; otherwise returns `at`.
    template <class Object>
    [[gnu::always_inline]] constexpr cursor member(cursor at, Object& into, std::size_t index, std::uint32_t& seen,
                                                   tlsrpt_presence& here) {
        static_assert(tlsrpt_member_count<Object> <= 8 && usual_members<Object>.longest() < json_reader::lookahead);
        switch (index) {
            case 0: return member_at<0>(at, into, seen, here);
            case 1: return member_at<1>(at, into, seen, here);
            case 2: return member_at<2>(at, into, seen, here);
            case 3: return member_at<3>(at, into, seen, here);
            case 4: return member_at<4>(at, into, seen, here);
            case 5: return member_at<5>(at, into, seen, here);
            case 6: return member_at<6>(at, into, seen, here);
            default: return member_at<7>(at, into, seen, here);
        }
    }
    template <std::size_t Index, class Object>
    [[gnu::always_inline]] constexpr cursor member_at(cursor at, Object& into, std::uint32_t& seen,
                                                      tlsrpt_presence& here) {
        if constexpr (Index < tlsrpt_member_count<Object>) {
            using name = quoted_name<Object, Index>;
            constexpr auto bit = std::uint32_t{1} << Index;
            if (!name::stands_at(at)) return member_at<usual_members<Object>.after(Index)>(at, into, seen, here);
            auto value = at + name::size;
            if (*value == ' ') ++value;
            if ((seen & bit) != 0 || *value <= ' ') return at;
            seen |= bit;
            here.at[Index] = json_.offset(value);
            return member_value<Index>(value, into);
        }
        return at;
    }

    /// A member read on the slow path: its index, or the number of members if it is ignored; the position of its value;
    /// and the position after it.
    struct member_result {
        cursor after = nullptr;
        cursor value = nullptr;
        std::size_t index = 0;
    };

    /// Slow path: reads whatever member comes next.
    template <class Object>
    [[gnu::noinline]] constexpr member_result member_slow(cursor at, Object& into, bool first, std::uint32_t seen) {
        constexpr auto unwanted = tlsrpt_member_count<Object>;
        if (json_.peek(at) != '"')
            return {first ? json_.fault<json_place::first_name>(at) : json_.fault<json_place::name>(at), at, unwanted};
        auto const name = json_.read_name(at);
        auto const value = name.after;
        if (value == nullptr) return {nullptr, at, unwanted};
        auto const index = tlsrpt_member_names<Object>.find(name.text.value);
        if (index == unwanted) {
            explain_unknown<Object>(name.text);
            return {json_.keep_name(name.text) ? json_.skip_value(value) : nullptr, value, unwanted};
        }
        if ((seen >> index & 1) != 0) {
            json_.say(code::json_duplicate, json_.place_of(name.text));
            return {json_.skip_value(value), value, unwanted};
        }
        if (value == json_.end()) return {json_.fault<json_place::value>(value), value, index};
        member_result read{nullptr, value, index};
        [&]<std::size_t... Index>(std::index_sequence<Index...>) {
            (void)((index == Index && ((read.after = member_value<Index>(value, into)), true)) || ...);
        }
        (std::make_index_sequence<unwanted>());
        return read;
    }

    /// RFC 7493 4.2: unknown members are ignored, but some are known to be mistakes.
    template <class Object>
    constexpr void explain_unknown(json_text name) {
        auto const place = json_.place_of(name);
        for (auto const& [wrong, meant] : tlsrpt_wrong_names)
            if (name.value == wrong && tlsrpt_member_names<Object>.find(meant) != tlsrpt_member_count<Object>)
                return json_.say(code::report_member_misspelt, place, meant);
        std::string_view alike, owner;
        for_each_tlsrpt_member<Object>([&](auto const& member) {
            if (text::equal_ignoring_case(name.value, member.name)) alike = member.name;
        });
        if (!alike.empty()) return json_.say(code::report_member_misspelt, place, alike);
        auto const look = [&]<class Other>() {
            if (tlsrpt_member_names<Other>.find(name.value) != tlsrpt_member_count<Other>)
                owner = tlsrpt_object_name<Other>;
        };
        look.template operator()<tlsrpt_report>();
        look.template operator()<tlsrpt_date_range>();
        look.template operator()<tlsrpt_policy_result>();
        look.template operator()<tlsrpt_applied_policy>();
        look.template operator()<tlsrpt_session_counts>();
        look.template operator()<tlsrpt_failure>();
        if (!owner.empty()) json_.say(code::report_member_misplaced, place, owner);
        else json_.say(code::report_member_unknown, place);
    }

    /// Reads the value of a member, of which there is at least one octet, into its field.
    template <std::size_t Index, class Object>
    [[gnu::always_inline]] constexpr cursor member_value(cursor at, Object& into) {
        constexpr auto& member = std::get<Index>(tlsrpt_members<Object>);
        auto& field = into.*member.field;
        constexpr auto form = member.form;
        if constexpr (form == value_form::object) {
            return *at == '{' ? object(at, field) : wrong_type(at, member, "an object");
        } else if constexpr (form == value_form::objects) {
            return objects(at, field, member);
        } else if constexpr (form == value_form::mx_patterns || form == value_form::policy_strings) {
            return strings<form>(at, field, member);
        } else if constexpr (form == value_form::count) {
            return count(at, field, member);
        } else {
            return text<form>(at, field, member);
        }
    }

    /// Reads an array of objects; a single object that should be in an array is taken as one.
    template <class Item, class Member>
    constexpr cursor objects(cursor at, std::vector<Item>& out, Member const& member) {
        if (*at == '{') {
            json_.say(code::report_member_single, {json_.offset(at), 1}, {}, member.clause);
            return item(at, out);
        }
        if (*at != '[') return wrong_type(at, member, "an array");
        auto& items = std::get<std::vector<Item>>(items_);
        items.clear();
        auto const after = elements(at, [&](cursor element) {
            if (*element != '{') return wrong_element(element, member, "an object");
            make_room(items, static_cast<std::size_t>(element - at), json_.rest(element).size());
            return item(element, items);
        });
        // If most of the capacity is used, the vector itself; otherwise a copy of the right size.
        if (items.size() * 4 >= items.capacity() * 3) {
            out = std::move(items);
        } else {
            out.reserve(items.size());
            std::move(items.begin(), items.end(), std::back_inserter(out));
        }
        return after;
    }

    template <class Item>
    constexpr cursor item(cursor at, std::vector<Item>& items) {
        bool const is_policy = std::is_same_v<Item, tlsrpt_policy_result>;
        if ((is_policy ? policies_ : failures_)++ == most<Item>())
            return json_.limit_exceeded(is_policy ? code::report_many_policies : code::report_many_failures, at);
        if (is_policy) policy_type_ = tlsrpt_policy_type::absent;
        return object(at, items.emplace_back());
    }

    /// How many of a kind a report may have.
    template <class Item>
    constexpr std::size_t most() const {
        return std::is_same_v<Item, tlsrpt_policy_result> ? options_.max_policies : options_.max_failures;
    }

    /// Makes room for another element: for as many as the array will have if it goes on as it began, within the limit.
    template <class Item>
    constexpr void make_room(std::vector<Item>& items, std::size_t octets_read, std::size_t octets_left) {
        auto const size = items.size();
        if (size != items.capacity() || size >= most<Item>()) return;
        // Failures come a few at a time; of policies there is often just one.
        if (size == 0) return items.reserve(std::is_same_v<Item, tlsrpt_policy_result> ? 1 : 4);
        auto const likely = size + octets_left / (octets_read / size + 1) + 1;
        items.reserve((std::min)(std::clamp(likely + likely / 16, size + size / 2 + 1, 8 * size), most<Item>()));
    }

    /// Checks an object that was read; false if a limit is exceeded.
    constexpr bool finish(tlsrpt_date_range& range, tlsrpt_presence const& here) {
        check_object(json_, range, here);
        return true;
    }
    constexpr bool finish(tlsrpt_session_counts&, tlsrpt_presence const&) { return true; }
    constexpr bool finish(tlsrpt_applied_policy& policy, tlsrpt_presence const& here) {
        auto const before = policy.strings.size();
        check_object(json_, policy, here, std::exchange(bare_strings_, false));
        policy_type_ = policy.type.kind;
        // One string may have become many.
        if (policy.strings.size() <= before || count_strings(policy.strings.size() - before)) return true;
        json_.say(code::report_many_strings, {here.begin, 1});
        return false;
    }
    constexpr bool finish(tlsrpt_failure& failure, tlsrpt_presence const& here) {
        check_object(json_, failure, here, policy_type_);
        return true;
    }
    constexpr bool finish(tlsrpt_policy_result& result, tlsrpt_presence const& here) {
        constexpr auto policy = tlsrpt_index_of<&tlsrpt_policy_result::policy>(&tlsrpt_policy_result::policy);
        constexpr auto failures = tlsrpt_index_of<&tlsrpt_policy_result::failures>(&tlsrpt_policy_result::failures);
        bool const policy_first = here.has(policy) && here.has(failures) && here.at[policy] < here.at[failures];
        check_object(json_, result, here, policy_first);
        return true;
    }
    constexpr bool finish(tlsrpt_report& report, tlsrpt_presence const& here) {
        constexpr auto policies = tlsrpt_index_of<&tlsrpt_report::policies>(&tlsrpt_report::policies);
        constexpr auto id = tlsrpt_index_of<&tlsrpt_report::report_id>(&tlsrpt_report::report_id);
        if (here.has(policies) && report.policies.empty() && is_empty_array(json_, here.at[policies]))
            json_.say(code::report_policies_empty, {here.at[policies], 1});
        if (report.report_id.ends_with('+')) json_.say(code::report_id_domain_missing, value_place(json_, here.at[id]));
        return true;
    }

  public:
    // Last, because clang++ instantiates templates for constant expressions only where they are already defined.
    constexpr void read_text(tlsrpt_report& report) {
        auto at = json_.begin();
        if (json_.rest(at).starts_with("\xEF\xBB\xBF")) {
            json_.say(code::json_byte_order_mark, {0, 3});
            at += 3;
        }
        auto const start = json_.rest(at).substr(0, 2);
        if (start == "\xFF\xFE" || start == "\xFE\xFF" || (start.size() == 2 && start.find('\0') != start.npos))
            return json_.say(code::json_not_utf8_encoding, {json_.offset(at), 2});
        at = json_.skip_blanks(at);
        if (at == json_.end()) return json_.say(code::json_empty, {json_.offset(at), 0});
        auto const first = at;
        at = *first == '{' ? object(first, report) : json_.skip_value(first);
        if (at == nullptr) return;
        if (*first != '{') json_.say(code::report_not_object, json_.between(first, at));
        at = json_.skip_blanks(at);
        if (at != json_.end()) json_.fault<json_place::after_text>(at);
    }

  private:
    // Filled again for every array, so that each vector of the report is allocated once.
    std::tuple<std::vector<tlsrpt_policy_result>, std::vector<tlsrpt_failure>> items_;
    std::size_t policies_ = 0, failures_ = 0;
    /// The type of the policy whose failures are being read.
    tlsrpt_policy_type policy_type_ = tlsrpt_policy_type::absent;
};

}  // namespace mtasts::detail

namespace mtasts {

/// Reads a report (RFC 8460 4.4). Its strings are views of the text; times are instants in UTC, counts are of sessions.
///
/// Whatever is usable is in the value, even of a text with errors: what makes no sense is absent.
/// Findings: the json-*, report-*, time-*, ip-* and text-not-utf8 codes, in order of their places.
/// Example: `static_assert(mtasts::parse_tlsrpt_report("{}").has(mtasts::code::report_member_missing));`
constexpr parsed<tlsrpt_report> parse_tlsrpt_report(kept_text text, report_options const& options = {}) {
    parsed<tlsrpt_report> result;
    if (text.size() > options.max_size) {
        finding said{code::text_too_large, {options.max_size, 0}};
        said.other_clause = "RFC 8259 9";
        result.findings.push_back(said);
        return result;
    }
    detail::report_reader(text, options, result.value, result.findings).read_text(result.value);
    sort_by_place(result.findings);
    return result;
}

}  // namespace mtasts
// #include <mtasts/parse/utf8.hpp>
/// RFC 3629 4: whether octets are UTF-8.

namespace mtasts {

/// Reads octets as UTF-8.
///
/// Findings: text-not-utf8 at the first sequence that is not well-formed.
/// Example: `static_assert(!mtasts::parse_utf8("\xC0\x80").usable());`
constexpr parsed<std::string_view> parse_utf8(kept_text text, parse_options const& options = {}) {
    parsed<std::string_view> result{text, {}};
    if (detail::too_large(text, options, result.findings) ||
        detail::read(grammar::UTF8_octets, text, detail::ignore_events))
        return result;
    auto said = detail::plain_syntax_finding<grammar::UTF8_octets>(text, text);
    said.code = code::text_not_utf8;
    // The walk gets as far into a sequence as it can; the finding is about the whole sequence.
    auto rest = text;
    while (text::first_code_point(rest).length != 0) rest.remove_prefix(text::first_code_point(rest).length);
    said.where = {detail::span_of(text, rest).offset, 1};
    result.findings.push_back(said);
    return result;
}

}  // namespace mtasts

// #include <mtasts/write/id.hpp>
/// RFC 8461 3.1: making an id.

// #include <mtasts/text/sha256.hpp>
/// FIPS 180-4: a digest of a text.

namespace mtasts::text {

/// FIPS 180-4 6.2: SHA-256. The constants are the fractional parts of roots of primes (4.2.2, 5.3.3).
class sha256 {
  public:
    static constexpr std::array<std::uint8_t, 32> of(std::string_view text) {
        sha256 hash;
        std::array<std::uint8_t, 64> block{};
        std::size_t used = 0;
        auto const put = [&](std::uint8_t octet) {
            block[used++] = octet;
            if (used == block.size()) {
                hash.mix(block);
                used = 0;
            }
        };
        for (char const c : text) put(static_cast<std::uint8_t>(c));
        put(0x80);
        while (used != 56) put(0);
        for (int shift = 56; shift >= 0; shift -= 8)
            put(static_cast<std::uint8_t>(std::uint64_t{text.size()} * 8 >> shift));
        std::array<std::uint8_t, 32> digest{};
        for (std::size_t i = 0; i != digest.size(); ++i)
            digest[i] = static_cast<std::uint8_t>(hash.state_[i / 4] >> (24 - 8 * (i % 4)));
        return digest;
    }

  private:
    constexpr void mix(std::array<std::uint8_t, 64> const& block) {
        std::array<std::uint32_t, 64> w{};
        for (std::size_t i = 0; i != 16; ++i)
            for (std::size_t k = 0; k != 4; ++k) w[i] = w[i] << 8 | block[4 * i + k];
        for (std::size_t i = 16; i != 64; ++i)
            w[i] = (std::rotr(w[i - 2], 17) ^ std::rotr(w[i - 2], 19) ^ w[i - 2] >> 10) + w[i - 7] +
                   (std::rotr(w[i - 15], 7) ^ std::rotr(w[i - 15], 18) ^ w[i - 15] >> 3) + w[i - 16];
        auto [a, b, c, d, e, f, g, h] = state_;
        for (std::size_t i = 0; i != 64; ++i) {
            auto const t1 =
                h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) + ((e & f) ^ (~e & g)) + k_[i] + w[i];
            auto const t2 = (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
            h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
        }
        std::array<std::uint32_t, 8> const turned{a, b, c, d, e, f, g, h};
        for (std::size_t i = 0; i != state_.size(); ++i) state_[i] += turned[i];
    }

    std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    static constexpr std::array<std::uint32_t, 64> k_{
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};
};

/// The first half of a SHA-256, as 32 hexadecimal digits in lower case: an id for a text that cannot serve as one
/// itself.
/// Example: `mtasts::text::half_digest("").size() == 32`
inline std::string half_digest(std::string_view text) {
    std::string digits;
    auto const digest = sha256::of(text);
    for (std::size_t i = 0; i != digest.size() / 2; ++i) digits += hex_octet(digest[i]);
    return digits;
}

}  // namespace mtasts::text
// #include <mtasts/write/text.hpp>
/// Canonical text: what `parse_x` reads back as the same value.

// #include <mtasts/write/fmt.hpp>
/// The library {fmt}, with which texts are written.

#if !__has_include(<fmt/format.h>)
#error "mtasts writes texts with {fmt}: install version 9 or later (libfmt-dev)"
#endif
#include <fmt/format.h>
#if FMT_VERSION < 90000
#error "mtasts needs {fmt} 9 or later"
#endif

// #include <mtasts/text/joined.hpp>
/// Texts put together.

namespace mtasts::text {

/// The parts one after another. A plain function: fmt::format is compiled anew for every choice of arguments.
/// Example: `mtasts::text::joined({"a", "b"}) == "ab"`
inline std::string joined(std::initializer_list<std::string_view> parts) {
    std::size_t size = 0;
    for (auto const part : parts) size += part.size();
    std::string out;
    out.reserve(size);
    for (auto const part : parts) out += part;
    return out;
}

}  // namespace mtasts::text

namespace mtasts {

namespace detail {

/// RFC 8461 3.1, RFC 8460 3: the fields after the known ones, each after a space and with its ";".
inline std::string txt_fields(std::vector<extension> const& fields) {
    std::string text;
    for (auto const& [name, value] : fields) text += text::joined({" ", name, "=", value, ";"});
    return text;
}

}  // namespace detail

/// Writes an `_mta-sts` record (RFC 8461 3.1) with "; " between its fields.
/// Example: `mtasts::write_sts_record({"20160831085700Z", {}}) == "v=STSv1; id=20160831085700Z;"`
inline std::string write_sts_record(sts_record const& record) {
    return text::joined({"v=STSv1; id=", record.id, ";", detail::txt_fields(record.extensions)});
}

/// RFC 8460 3: a URI with ",", "!" and ";" percent-encoded.
/// Example: `mtasts::write_tlsrpt_uri(tlsrpt.value.rua.front()) == "mailto:a@example.com"`
inline std::string write_tlsrpt_uri(tlsrpt_uri const& uri) {
    std::string text;
    for (char const c : uri.text) {
        if (c == ',' || c == '!' || c == ';') text += text::percent_encoded(c);
        else text += c;
    }
    return text;
}

/// RFC 6068 2: the mailto URI of an address, percent-encoded so that it can be used in a rua.
/// Example: `mtasts::mailto_uri("a,b@example.com") == "mailto:a%2Cb@example.com"`
inline std::string mailto_uri(std::string_view address) {
    std::string text = "mailto:";
    auto const at = address.rfind('@');
    for (std::size_t i = 0; i != address.size(); ++i) {
        char const c = address[i];
        if (text::is_alphanumeric(c) || i == at || std::string_view("-._~+").find(c) != std::string_view::npos)
            text += c;
        else text += text::percent_encoded(c);
    }
    return text;
}

/// Writes an `_smtp._tls` record (RFC 8460 3): one rua, its addresses separated by ",".
/// Example: `mtasts::write_tlsrpt_record(tlsrpt.value) == "v=TLSRPTv1; rua=mailto:a@example.com;"`
inline std::string write_tlsrpt_record(tlsrpt_record const& record) {
    std::string text = "v=TLSRPTv1; rua=";
    for (auto const& uri : record.rua) {
        if (&uri != &record.rua.front()) text += ',';
        text += write_tlsrpt_uri(uri);
    }
    return text::joined({text, ";", detail::txt_fields(record.extensions)});
}

/// Writes a policy (RFC 8461 3.2): version, mode, mx, max_age, then the extensions; lines end with CRLF.
/// Example: `mtasts::write_sts_policy(policy.value)`
inline std::string write_sts_policy(sts_policy const& policy) {
    std::string text;
    auto const add = [&](std::string_view name, std::string_view value) {
        text += text::joined({name, ": ", value, "\r\n"});
    };
    add("version", "STSv1");
    add("mode", to_text(policy.mode));
    for (auto const& pattern : policy.mx) add("mx", pattern.text);
    add("max_age", std::to_string(policy.max_age.count()));
    for (auto const& [name, value] : policy.extensions) add(name, value);
    return text;
}

/// Writes an address (RFC 8460 4.4) in the form of RFC 5952.
/// Example: `mtasts::write_ip_address(mtasts::parse_ip_address("2001:DB8::1").value) == "2001:db8::1"`
inline std::string write_ip_address(ip_address const& address) { return std::string(to_text(address).view()); }

/// Writes the file name of a report (RFC 8460 5.1).
/// Example: `mtasts::write_report_filename(mtasts::report_filename{}) != ""`
inline std::string write_report_filename(report_filename const& name) {
    return text::joined({name.sender, "!", name.policy_domain, "!", std::to_string(name.begin), "!",
                         std::to_string(name.end), name.unique_id.empty() ? "" : "!", name.unique_id, ".json",
                         name.gzip ? ".gz" : ""});
}

/// Writes the subject of a report's mail (RFC 8460 5.3), not folded.
/// Example: `!mtasts::write_report_subject(mtasts::report_subject{}).empty()`
inline std::string write_report_subject(report_subject const& subject) {
    return text::joined({"Report Domain: ", subject.policy_domain, " Submitter: ", subject.submitter, " Report-ID: <",
                         subject.report_id, ">"});
}

/// Writes an instant as RFC 3339 date-time in UTC, with "T" and "Z".
/// Example: `mtasts::write_date_time(std::chrono::sys_seconds{}) == "1970-01-01T00:00:00Z"`
inline std::string write_date_time(std::chrono::sys_seconds instant) {
    auto const day = std::chrono::floor<std::chrono::days>(instant);
    std::chrono::year_month_day const date(day);
    std::chrono::hh_mm_ss const time(instant - day);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), time.hours().count(),
                       time.minutes().count(), time.seconds().count());
}

}  // namespace mtasts

namespace mtasts {

/// An id from the time of publication in UTC, as RFC 8461 3.1 shows it: 15 characters.
/// Example: `mtasts::make_id(std::chrono::sys_days{std::chrono::year{2016}/8/31}) == "20160831000000Z"`
inline std::string make_id(std::chrono::sys_seconds now) {
    std::string id;
    for (char const c : write_date_time(now))
        if (text::is_digit(c) || c == 'Z') id += c;
    return id;
}

/// An id from the policy alone: half a SHA-256 of its canonical text, as 32 hexadecimal digits, so that the same policy
/// always has the same id.
/// Example: `mtasts::make_id(policy.value).size() == 32`
inline std::string make_id(sts_policy const& policy) { return text::half_digest(write_sts_policy(policy)); }

}  // namespace mtasts
// #include <mtasts/write/tlsrpt_report.hpp>
/// RFC 8460 4.4: a report as canonical JSON: the members in the schema's order, absent ones left out, no blanks.
#include <list>

// #include <mtasts/name/mail_domain.hpp>
/// RFC 5322 3.4.1: the domain of a mail address.

namespace mtasts {

/// The part after the last "@"; empty if there is none.
/// Example: `static_assert(mtasts::mail_domain("a@example.com") == "example.com");`
constexpr std::string_view mail_domain(std::string_view address) {
    auto const at = address.rfind('@');
    return at == address.npos ? std::string_view() : address.substr(at + 1);
}

/// The domain of a report's contact-info. Some reporters send a display name, with a ">" after the address, or a URI,
/// with a "?". The reporter's name and the check of its signature both use this function, so that they agree.
/// Example: `static_assert(mtasts::contact_domain("Reporter <tls@example.com>") == "example.com");`
constexpr std::string_view contact_domain(std::string_view contact_info) {
    auto const domain = mail_domain(contact_info);
    return domain.substr(0, text::find_octet(domain, [](char c) {
                             return text::is_ascii(c) && !text::is_alphanumeric(c) && c != '-' && c != '.' && c != '_';
                         }));
}

}  // namespace mtasts
// #include <mtasts/text/json_string.hpp>
/// RFC 8259 7: strings as JSON, and JSON for people.

namespace mtasts::text {

/// Appends a string with its quotation marks and only the escapes that are required; octets that are not UTF-8 become
/// U+FFFD, so that the text is JSON whatever the string is.
inline void append_json_string(std::string& out, std::string_view text) {
    auto const must_change = [](char c) { return c == '"' || c == '\\' || is_control(c) || !is_ascii(c); };
    out += '"';
    while (!text.empty()) {
        auto const plain = text.substr(0, find_octet(text, must_change));
        out += plain;
        text.remove_prefix(plain.size());
        if (text.empty()) break;
        auto const [value, length] = first_code_point(text);
        if (length == 0) out += "\xEF\xBF\xBD";
        else if (value == '"' || value == '\\') out += {'\\', text.front()};
        else if (value == '\n') out += "\\n";
        else if (value == '\r') out += "\\r";
        else if (value == '\t') out += "\\t";
        else if (value < 0x20) (out += "\\u00") += hex_octet(static_cast<unsigned char>(value));
        else out += text.substr(0, length);
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    out += '"';
}

/// Lays compact JSON out in lines, two spaces to a level; empty objects and arrays stay closed.
/// Example: `mtasts::text::indented_json("{\"a\":[]}") == "{\n  \"a\": []\n}\n"`
inline std::string indented_json(std::string_view compact) {
    std::string out;
    std::size_t level = 0;
    bool inside = false;
    auto const new_line = [&] { out += '\n' + std::string(2 * level, ' '); };
    for (std::size_t i = 0; i != compact.size(); ++i) {
        char const c = compact[i], next = i + 1 == compact.size() ? '\0' : compact[i + 1];
        if (inside) {
            out += c;
            if (c == '\\') out += compact[++i];
            else inside = c != '"';
        } else if ((c == '{' || c == '[') && next != '}' && next != ']') {
            out += c;
            ++level;
            new_line();
        } else if ((c == '}' || c == ']') && out.back() != '{' && out.back() != '[') {
            --level;
            new_line();
            out += c;
        } else {
            out += c;
            inside = c == '"';
            if (c == ',') new_line();
            if (c == ':') out += ' ';
        }
    }
    return out += '\n';
}

}  // namespace mtasts::text

namespace mtasts {

namespace detail {

/// RFC 8460 4.4: a name or mx pattern with A-labels for its U-labels; unchanged if it is ASCII or cannot be a name.
inline std::string in_a_labels(std::string_view name) {
    auto const ascii = text::all_octets(name, text::is_ascii) ? std::nullopt : to_a_labels(name);
    return std::string(ascii ? ascii->view() : name);
}

/// The same of a mail address's domain.
inline std::string mail_in_a_labels(std::string_view address) {
    auto const domain = mail_domain(address);
    return std::string(address.substr(0, address.size() - domain.size())) + in_a_labels(domain);
}

/// Appends reports as JSON to a text; `append_string` writes their strings.
template <class AppendString>
class tlsrpt_writer {
  public:
    tlsrpt_writer(std::string& out, AppendString append_string) : out_(out), append_string_(append_string) {}

    template <class Object>
    void object(Object const& value) {
        out_ += '{';
        bool first = true;
        for_each_tlsrpt_member<Object>([&](auto const& member) {
            auto const& part = value.*member.field;
            if (is_absent(part) && !is_policies(part)) return;
            out_ += first ? "\"" : ",\"";
            first = false;
            out_ += member.name;
            out_ += "\":";
            write(part, member.form);
        });
        out_ += '}';
    }

  private:
    // The array must be there, even if it is empty (RFC 8460 4.4).
    template <class Part>
    static constexpr bool is_policies(Part const&) {
        return std::is_same_v<Part, decltype(tlsrpt_report::policies)>;
    }

    static bool is_absent(std::string_view text) { return text.empty(); }
    static bool is_absent(std::optional<std::chrono::sys_seconds> const& instant) {
        return !instant || !is_writable(*instant);
    }
    template <class Value>
    static bool is_absent(std::optional<Value> const& value) {
        return !value;
    }
    template <class Item>
    static bool is_absent(std::vector<Item> const& items) {
        return items.empty();
    }
    template <class Kind>
    static bool is_absent(coded<Kind> const& word) {
        return word.text().empty();
    }
    template <class Object>
    requires(tlsrpt_member_count<Object> != 0) static bool is_absent(Object const& value) { return value == Object{}; }

    void write(std::string_view text, value_form form) {
        bool const has_names =
            form == value_form::domain || form == value_form::mx_patterns || form == value_form::mail_address;
        if (!has_names || text::all_octets(text, text::is_ascii)) append_string_(out_, text);
        else append_string_(out_, form == value_form::mail_address ? mail_in_a_labels(text) : in_a_labels(text));
    }
    void write(mx_pattern const& pattern, value_form form) { write(pattern.text, form); }
    void write(std::chrono::sys_seconds instant, value_form) { append_string_(out_, write_date_time(instant)); }
    void write(ip_address const& address, value_form) { append_string_(out_, to_text(address).view()); }
    void write(std::uint64_t count, value_form) { out_ += fmt::format_int(count).c_str(); }
    template <class Value>
    void write(std::optional<Value> const& value, value_form form) {
        write(*value, form);
    }
    template <class Kind>
    void write(coded<Kind> const& word, value_form) {
        append_string_(out_, word.text());
    }
    template <class Item>
    void write(std::vector<Item> const& items, value_form form) {
        out_ += '[';
        for (auto const& item : items) {
            if (&item != &items.front()) out_ += ',';
            write(item, form);
        }
        out_ += ']';
    }
    template <class Object>
    requires(tlsrpt_member_count<Object> != 0) void write(Object const& value, value_form) { object(value); }

    std::string& out_;
    AppendString append_string_;
};

}  // namespace detail

/// Writes a report (RFC 8460 4.4) with times in UTC, names with A-labels and addresses in the form of RFC 5952; what
/// cannot be written is left out, and octets that are not UTF-8 become U+FFFD.
/// Example: `mtasts::write_tlsrpt_report(mtasts::tlsrpt_report{}) == "{\"policies\":[]}"`
inline std::string write_tlsrpt_report(tlsrpt_report const& report) {
    std::string text;
    detail::tlsrpt_writer(text, text::append_json_string).object(report);
    return text;
}

namespace detail {

/// A report with its names as they are written; its strings are views of the other's and of `names`.
inline tlsrpt_report with_a_labels(tlsrpt_report const& report, std::list<std::string>& names) {
    tlsrpt_report ascii{report.organization_name, report.date_range, report.contact_info,
                        report.report_id,         report.policies,   {}};
    auto const kept = [&](std::string_view text) -> std::string_view {
        return text::all_octets(text, text::is_ascii) ? text : names.emplace_back(in_a_labels(text));
    };
    if (!text::all_octets(ascii.contact_info, text::is_ascii))
        ascii.contact_info = names.emplace_back(mail_in_a_labels(ascii.contact_info));
    for (auto& policy : ascii.policies) {
        policy.policy.domain = kept(policy.policy.domain);
        for (auto& pattern : policy.policy.mx_hosts) pattern.text = kept(pattern.text);
    }
    return ascii;
}

}  // namespace detail

}  // namespace mtasts
// #include <mtasts/write/tlsrpt_report_name.hpp>
/// RFC 8460 5.1, 5.3: the file name and the subject that a report is sent under.

namespace mtasts {

namespace detail {

/// A longer id is replaced by a digest in file names and subjects.
inline constexpr std::size_t longest_id = 64;

}  // namespace detail

namespace detail {

/// The domain of a report's contact, with A-labels; nothing if it has none.
/// Example: `!mtasts::detail::submitter_of(mtasts::tlsrpt_report{}).has_value()`
constexpr std::optional<ascii_name> submitter_of(tlsrpt_report const& report) {
    return canonical_domain(mail_domain(report.contact_info));
}

}  // namespace detail

/// RFC 8460 5.1: the file name of a report to a policy domain; its unique-id has the letters and digits of the report's
/// id. Nothing if the report has no times or no contact, or if the domain is not a name.
/// Example: `!mtasts::tlsrpt_report_filename(mtasts::tlsrpt_report{}, "example.com", true).has_value()`
inline std::optional<std::string> tlsrpt_report_filename(tlsrpt_report const& report, std::string_view policy_domain,
                                                         bool gzip) {
    auto const sender = detail::submitter_of(report), domain = canonical_domain(policy_domain);
    auto const [start, end] = report.date_range;
    std::chrono::sys_seconds const epoch{};
    if (!sender || !domain || !start || !end || *start < epoch || *end < epoch) return std::nullopt;
    std::string id;
    for (char const c : report.report_id)
        if (text::is_alphanumeric(c)) id += c;
    if (id.size() > detail::longest_id || (id.empty() && !report.report_id.empty()))
        id = text::half_digest(report.report_id);
    auto const seconds = [&](std::chrono::sys_seconds instant) {
        return static_cast<std::uint64_t>((instant - epoch).count());
    };
    if (!is_domain(sender->view()) || !is_domain(domain->view())) return std::nullopt;
    return write_report_filename({sender->view(), domain->view(), seconds(*start), seconds(*end), id, gzip});
}

namespace detail {

/// RFC 5322 3.2.3: an id as dot-atom-text, with "-" for what is not allowed in one; unchanged if it is one already.
inline std::string dot_atom_of(std::string_view id) {
    std::string atom;
    for (char const c : id) {
        bool const dot = c == '.' && !atom.empty() && atom.back() != '.';
        bool const stays =
            text::is_alphanumeric(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string::npos;
        atom += dot || stays ? c : '-';
    }
    if (atom.ends_with('.')) atom.back() = '-';
    return atom.empty() || atom.size() > longest_id ? text::half_digest(id) : atom;
}

}  // namespace detail

/// RFC 8460 5.3: the subject of the mail that carries a report to a policy domain, not folded. An id that is two
/// dot-atoms around an "@" is used as it is, any other as the part before the submitter's domain. Nothing if the report
/// has no id or no contact, or if the domain is not a name.
/// Example: `!mtasts::tlsrpt_report_subject(mtasts::tlsrpt_report{}, "example.com").has_value()`
inline std::optional<std::string> tlsrpt_report_subject(tlsrpt_report const& report, std::string_view policy_domain) {
    auto const submitter = detail::submitter_of(report), domain = canonical_domain(policy_domain);
    if (!submitter || !domain || report.report_id.empty()) return std::nullopt;
    // RFC 6376 3.5: a domain-name has two labels or more.
    auto const is_domain_name = [](std::string_view name) { return is_domain(name) && name.find('.') != name.npos; };
    if (!is_domain_name(domain->view()) || !is_domain_name(submitter->view())) return std::nullopt;
    auto const id = report.report_id;
    auto const at = id.find('@');
    auto const left = id.substr(0, at), right = id.substr(at == id.npos ? id.size() : at + 1);
    bool const whole =
        !left.empty() && !right.empty() && detail::dot_atom_of(left) == left && detail::dot_atom_of(right) == right;
    std::string made = detail::dot_atom_of(id) + '@';
    made += submitter->view();
    return write_report_subject({domain->view(), submitter->view(), whole ? id : std::string_view(made)});
}

}  // namespace mtasts
// #include <mtasts/write/zone.hpp>
/// RFC 1035 3.3.14, 5.1: TXT records as strings and in zone files.

namespace mtasts {

/// RFC 1035 3.3: a text cut into strings of at most 255 octets.
/// Example: `mtasts::txt_strings("v=STSv1; id=1;").size() == 1`
inline std::vector<std::string_view> txt_strings(std::string_view text) {
    std::vector<std::string_view> strings;
    do {
        strings.push_back(text.substr(0, 255));
        text.remove_prefix(strings.back().size());
    } while (!text.empty());
    return strings;
}

namespace detail {

/// RFC 1035 5.1: the strings of a TXT record between quotation marks, with `"`, `\` and octets that are not visible
/// ASCII escaped.
/// Example: `mtasts::detail::zone_strings("v=STSv1; id=1;") == "\"v=STSv1; id=1;\""`
inline std::string zone_strings(std::string_view text) {
    std::string zone;
    for (auto const string : txt_strings(text)) {
        zone += zone.empty() ? "\"" : " \"";
        for (char const c : string) {
            if (c == '"' || c == '\\') zone += {'\\', c};
            else if (' ' <= c && c <= '~') zone += c;
            else zone += fmt::format("\\{:03}", static_cast<unsigned char>(c));
        }
        zone += '"';
    }
    return zone;
}

}  // namespace detail

/// RFC 1035 5.1: a whole line of a zone file.
/// Example: `mtasts::zone_line("_mta-sts.example.com", text)`
inline std::string zone_line(std::string_view name, std::string_view text) {
    return fmt::format("{}. IN TXT {}", name, detail::zone_strings(text));
}

}  // namespace mtasts

// #include <mtasts/decide/dane.hpp>
/// RFC 7672 2.1, 2.2: whether DANE protects the mail hosts of a domain, according to DNS.
///
/// What could not be looked up is unknown and never counts as absent: an attacker may drop an answer to one program and
/// let it through to another.

namespace mtasts {

/// The outcome of a DNS query (RFC 7672 2.1.1).
enum class dns_state {
    found,
    /// No such name, or no record of this type.
    absent,
    /// SERVFAIL or another error, or no answer in time.
    failed,
    /// DNSSEC validation of the answer failed.
    bogus,
};

/// The outcome of a DNS query, with its DNSSEC status.
/// Example: `static_assert(!mtasts::dns_fact{mtasts::dns_state::bogus, true}.secure());`
struct dns_fact {
    dns_state what = dns_state::failed;
    /// Whether DNSSEC validated the answer, which may be that there is no record.
    bool validated = false;

    constexpr bool known() const { return what == dns_state::found || what == dns_state::absent; }
    constexpr bool secure() const { return known() && validated; }
    /// Proved to be unsigned (RFC 4035 4.3).
    constexpr bool insecure() const { return known() && !validated; }
};

/// TLSA records at one name.
struct tlsa_fact {
    dns_fact answer = {};
    /// RFC 7672 3.1: whether at least one is usable.
    bool usable = false;
};

/// The facts in DNS about one MX host (RFC 7672 2.2.2).
struct dane_host_facts {
    dns_fact a = {};
    dns_fact aaaa = {};
    /// TLSA records below the name of the host itself.
    tlsa_fact tlsa = {};
    /// For a host that is an alias: its CNAME record, and the TLSA records below the name it points to.
    std::optional<dns_fact> alias = {};
    tlsa_fact target_tlsa = {};
};

/// Whether DANE authenticates a host.
enum class host_dane {
    /// Proved not to: not signed, or without usable TLSA records.
    none,
    unknown,
    present,
};

/// How many of a domain's MX hosts DANE authenticates.
enum class dane_hosts {
    none,
    /// None for certain, and at least one unknown.
    unknown,
    /// One for certain, but not all.
    some,
    all,
};

/// The state of DANE for a domain, as found in DNS.
struct dane_findings {
    dane_hosts hosts = dane_hosts::unknown;
    /// Whether its MX records are DNSSEC-validated or, where it has none, its addresses.
    bool secure = false;

    friend constexpr bool operator==(dane_findings const&, dane_findings const&) = default;
};

namespace detail {

constexpr host_dane host_dane_by(tlsa_fact const& tlsa) {
    if (!tlsa.answer.known()) return host_dane::unknown;
    bool const counts = tlsa.answer.what == dns_state::found && tlsa.answer.secure();
    return counts && tlsa.usable ? host_dane::present : host_dane::none;
}

constexpr bool any_secure_address(dane_host_facts const& host) { return host.a.secure() || host.aaaa.secure(); }

}  // namespace detail

/// RFC 7672 2.1.2, 2.2.2: one host. Where its addresses are known to be unsigned, TLSA records do not count, whatever a
/// query for them returned. A and AAAA records are in the same zone: either answer shows whether it is signed.
/// Example: `static_assert(mtasts::dane_of_host({}) == mtasts::host_dane::unknown);`
constexpr host_dane dane_of_host(dane_host_facts const& host) {
    if (!host.a.known() && !host.aaaa.known()) return host_dane::unknown;
    bool const secure = detail::any_secure_address(host);
    if (!host.alias) return secure ? detail::host_dane_by(host.tlsa) : host_dane::none;
    if (secure) {
        // RFC 7672 2.2.2: the target of the alias comes first; the alias itself where the target has no TLSA records.
        auto const& target = host.target_tlsa.answer;
        bool const decides = !target.known() || (target.secure() && target.what == dns_state::found);
        return detail::host_dane_by(decides ? host.target_tlsa : host.tlsa);
    }
    // RFC 7672 2.2.2: an alias in a signed zone may have TLSA records even if its target is unsigned.
    if (!host.alias->known()) return host_dane::unknown;
    return host.alias->secure() ? detail::host_dane_by(host.tlsa) : host_dane::none;
}

/// RFC 7672 2.2.1: a domain, by its MX records and the hosts they name; without MX records, its one host is the domain
/// itself (RFC 5321 5.1). Hosts matter only in that case, and where the MX records are secure. `all_looked_at` is false
/// if `hosts` does not cover every host.
/// Example: `static_assert(mtasts::dane_of_domain({mtasts::dns_state::failed}, {}).hosts == mtasts::dane_hosts::unknown);`
constexpr dane_findings dane_of_domain(dns_fact mx, std::span<dane_host_facts const> hosts, bool all_looked_at = true) {
    if (!mx.known()) return {};
    bool const implicit = mx.what == dns_state::absent;
    if (!implicit && mx.insecure()) return {dane_hosts::none, false};
    bool present = false, none = false, unknown = !all_looked_at || (implicit && hosts.empty());
    for (auto const& host : hosts) {
        auto const what = dane_of_host(host);
        (what == host_dane::present ? present : what == host_dane::none ? none : unknown) = true;
    }
    auto const count = present ? (none || unknown ? dane_hosts::some : dane_hosts::all)
                               : (unknown ? dane_hosts::unknown : dane_hosts::none);
    bool const secure = implicit ? !hosts.empty() && detail::any_secure_address(hosts.front()) : true;
    return {count, secure};
}

}  // namespace mtasts
// #include <mtasts/decide/dane_knowledge.hpp>
/// RFC 7672, RFC 8461 2: what is assumed about a domain's DANE while DNS fails, or while the resolver does not pass
/// DNSSEC on.
///
/// What DNSSEC proved is remembered, so that a DNS outage stops no mail to domains without DANE, and nobody can turn
/// DANE off by stripping signatures.

namespace mtasts {

/// Whether DNS answers can be validated here.
enum class dnssec_state {
    /// Switched off: no answer counts as secure, and DANE is not applied.
    off,
    /// Nothing has validated yet, but DNSSEC is not known to be missing either.
    undecided,
    working,
    /// Nothing has ever validated, while the same queries succeed without validation.
    missing,
};

/// The outcome of a query for a record that is known to be signed.
enum class dnssec_probe {
    validated,
    /// It was answered, but only without validation.
    unvalidated,
    no_answer,
};

/// Finds out whether the resolver passes DNSSEC on. One validated answer settles it for the rest of the run: any
/// failure after that is an outage or an attack.
/// Example: `static_assert(mtasts::dnssec_watch().state() == mtasts::dnssec_state::undecided);`
class dnssec_watch {
  public:
    /// Consecutive probes that must be answered without validation; a single one may be due to a lost packet.
    static constexpr int misses_needed = 3;

    constexpr void probed(dnssec_probe what) {
        if (what == dnssec_probe::validated) validated_ = true;
        else if (state() != dnssec_state::missing) misses_ = what == dnssec_probe::unvalidated ? misses_ + 1 : 0;
    }
    constexpr dnssec_state state() const {
        if (validated_) return dnssec_state::working;
        return misses_ >= misses_needed ? dnssec_state::missing : dnssec_state::undecided;
    }

  private:
    bool validated_ = false;
    int misses_ = 0;
};

/// A proof, and when it was made, in seen time (`seen_time`).
struct dane_memory {
    /// A fact about a domain that DNSSEC proved.
    enum class proof {
        /// The domain is unsigned, so DANE is impossible (RFC 7672 2.2.1).
        insecure,
        /// The domain is signed, but no MX host has usable TLSA records.
        absent,
        /// At least one MX host has usable TLSA records.
        present,
    };

    /// How long a proof that there is no DANE counts while DNS fails.
    static constexpr std::chrono::seconds life{86400};

    proof what = proof::present;
    std::chrono::seconds at{0};

    friend constexpr bool operator==(dane_memory const&, dane_memory const&) = default;
};

namespace detail {

/// A proof younger than this need not be written again.
inline constexpr std::chrono::seconds dane_memory_step{3600};

}  // namespace detail

/// Which hosts of a domain count as protected: what was found or, where that is unknown, what is remembered. A proof of
/// DANE, or that the domain is signed, never expires while nothing validates.
/// Example: `static_assert(mtasts::believed_dane({}, {}, {}, mtasts::dnssec_state::off) == mtasts::dane_hosts::none);`
constexpr dane_hosts believed_dane(dane_findings const& found, std::optional<dane_memory> const& kept,
                                   std::chrono::seconds seen, dnssec_state dnssec) {
    if (dnssec == dnssec_state::off) return dane_hosts::none;
    if (found.hosts != dane_hosts::unknown) return found.hosts;
    auto const proved = [&](dane_memory::proof what) { return kept && kept->what == what; };
    if (proved(dane_memory::proof::present)) return dane_hosts::unknown;
    // The domain has been signed since it was proved insecure.
    bool const contradicted = proved(dane_memory::proof::insecure) && found.secure;
    // A proof from the future comes from damaged data.
    bool const fresh = kept && kept->at <= seen && seen - kept->at <= dane_memory::life;
    if (fresh && !contradicted) return dane_hosts::none;
    bool const signed_once = proved(dane_memory::proof::absent) || found.secure;
    return dnssec == dnssec_state::missing && !signed_once ? dane_hosts::none : dane_hosts::unknown;
}

/// The proof to store in place of `kept`; nothing if `kept` is still good enough. An unknown result replaces nothing.
/// Example: `static_assert(!mtasts::newer_proof({}, {}, {}, mtasts::dnssec_state::working));`
constexpr std::optional<dane_memory> newer_proof(dane_findings const& found, std::optional<dane_memory> const& kept,
                                                 std::chrono::seconds seen, dnssec_state dnssec) {
    // Without validation nothing is proved.
    if (dnssec == dnssec_state::off || dnssec == dnssec_state::missing) return std::nullopt;
    if (found.hosts == dane_hosts::unknown) return std::nullopt;
    auto const what = found.hosts != dane_hosts::none ? dane_memory::proof::present
                      : found.secure                  ? dane_memory::proof::absent
                                                      : dane_memory::proof::insecure;
    bool const same = kept && kept->what == what && kept->at <= seen && seen - kept->at < detail::dane_memory_step;
    return same ? std::nullopt : std::optional(dane_memory{what, seen});
}

}  // namespace mtasts
// #include <mtasts/decide/discovery.hpp>
/// RFC 8461 3, 5.1: finding the policy of a domain and keeping it, as a state machine without I/O and without a clock.
///
/// The newest policy that was fetched and has not expired applies (RFC 8461 3.3). DNS answers can lead to a fetch, and
/// a fetch to a newer policy; nothing but its own max_age ends a policy's life (policy_life.hpp).

// #include <mtasts/decide/known_policy.hpp>
/// RFC 8461 3.3, 5.1: what a sending MTA remembers of a policy, and how long that is valid.

// #include <mtasts/decide/policy_life.hpp>
/// RFC 8461 3.3, 5.1: how long a fetched policy holds, by clocks that may be wrong.
///
/// A policy ages by seen time: what a steady clock measured, summed over all runs of a program. The wall clock only
/// counts for gaps that no steady clock covers, such as a reboot. It may then cause a refresh, and may suspend the
/// policy for as long as it shows it as expired; once it no longer does, the policy holds again.

namespace mtasts {

/// An instant by two clocks: the wall clock, which may be wrong and may be set, and the seen time so far, which never
/// goes back and continues across runs of a program (`seen_time`).
///
/// Converts from a wall clock time, for callers that have no other clock: then only a policy that seems to have been
/// fetched in the future is protected from a wrong clock.
/// Example: `static_assert(mtasts::moment({}, {}).after(std::chrono::seconds(2)).seen.count() == 2);`
struct moment {
    std::chrono::sys_seconds wall{};
    std::chrono::seconds seen{0};

    constexpr moment() = default;
    constexpr moment(std::chrono::sys_seconds at, std::chrono::seconds passed) : wall(at), seen(passed) {}
    template <std::convertible_to<std::chrono::sys_seconds> Instant>
    constexpr moment(Instant const& only_clock) : wall(only_clock), seen(wall.time_since_epoch()) {}

    constexpr moment after(std::chrono::seconds time) const { return {wall + time, seen + time}; }

    friend constexpr bool operator==(moment const&, moment const&) = default;
};

/// Seen time, in seconds, as a program stores it to continue from there in its next run.
///
/// `steady` is a clock that counts from boot and includes suspend, such as Linux's CLOCK_BOOTTIME.
/// Example: `static_assert(mtasts::seen_time().resumed(std::chrono::seconds(9), true).seen.count() == 9);`
struct seen_time {
    std::chrono::seconds seen{0};
    /// Seen time at the end of the last unseen gap.
    std::chrono::seconds unbroken_since{0};
    /// What the steady clock showed when this was stored.
    std::chrono::seconds steady{0};

    /// Continues from what was stored. Within one boot all time is seen, whether the program was running or not.
    /// Otherwise there is a gap of unknown length, which counts as one second.
    constexpr seen_time resumed(std::chrono::seconds now, bool same_boot) const {
        if (same_boot && now >= steady) return {seen + (now - steady), unbroken_since, now};
        auto const least = seen + std::chrono::seconds(1);
        return {least, least, now};
    }

    friend constexpr bool operator==(seen_time const&, seen_time const&) = default;
};

/// What the clocks say about the age of a policy.
enum class policy_age {
    within,
    /// It seems to have been fetched in the future: a clock was wrong then, or is now.
    future,
    /// Expired by the wall clock alone, with an unseen gap since it was fetched.
    past_unseen,
    /// Expired by seen time, whatever the wall clock says.
    over,
};

/// All that the life of a policy depends on.
/// Example: `static_assert(mtasts::policy_life{std::chrono::seconds(60), {}}.holds({}));`
struct policy_life {
    /// The part of max_age that counts (RFC 8461 3.2).
    std::chrono::seconds lifetime{0};
    moment fetched_at{};
    /// There may be an unseen gap since it was fetched: it was fetched before `seen_time::unbroken_since`.
    bool time_missed = false;
    /// Seen time when its age was first `future`, and when it was first `past_unseen`.
    std::optional<std::chrono::seconds> future_since = {};
    std::optional<std::chrono::seconds> past_since = {};

    /// How long it holds while `past_unseen`.
    static constexpr std::chrono::seconds grace{86400};

    constexpr policy_age age(moment now) const {
        if (fetched_at.seen < now.seen - lifetime) return policy_age::over;
        if (fetched_at.wall > now.wall || fetched_at.seen > now.seen) return policy_age::future;
        if (time_missed && fetched_at.wall < now.wall - lifetime) return policy_age::past_unseen;
        return policy_age::within;
    }

    /// RFC 8461 5.1: a policy holds while its age has not exceeded max_age. In doubt it still holds, so that a wrong
    /// clock ends no protection, but only for a limited time, so that the policy does not outlive the domain's intent.
    constexpr bool holds(moment now) const {
        switch (age(now)) {
            case policy_age::future: return now.seen - lifetime <= since(future_since, now);
            case policy_age::past_unseen: return now.seen - grace <= since(past_since, now);
            case policy_age::over: return false;
            default: return true;
        }
    }

    /// When a policy that holds now will expire or become doubtful if both clocks run on undisturbed.
    constexpr moment holds_until(moment now) const {
        auto const what = age(now);
        auto left = fetched_at.seen > now.seen ? lifetime : lifetime - (now.seen - fetched_at.seen);
        if (what == policy_age::future) left = (std::min)(left, lifetime - (now.seen - since(future_since, now)));
        if (what == policy_age::past_unseen) left = (std::min)(left, grace - (now.seen - since(past_since, now)));
        if (what == policy_age::within && time_missed) left = (std::min)(left, lifetime - (now.wall - fetched_at.wall));
        return now.after(left);
    }

    /// Call this with every reading of the clocks. Without an unseen gap the age is known, and hence what today's wall
    /// clock would have shown at the fetch. The latest such value is kept, so that correcting a clock that was behind
    /// makes no policy older.
    constexpr void note(moment now) {
        auto const what = age(now);
        if (what == policy_age::over) return;
        if (what == policy_age::future) future_since = since(future_since, now);
        if (what == policy_age::past_unseen) past_since = since(past_since, now);
        if (!time_missed && fetched_at.seen <= now.seen)
            fetched_at.wall = (std::max)(fetched_at.wall, now.wall - (now.seen - fetched_at.seen));
    }

    friend constexpr bool operator==(policy_life const&, policy_life const&) = default;

  private:
    static constexpr std::chrono::seconds since(std::optional<std::chrono::seconds> noted, moment now) {
        return noted ? (std::min)(*noted, now.seen) : now.seen;
    }
};

}  // namespace mtasts

namespace mtasts {

/// RFC 8461 3.1: the id of a record with its own storage; compared for equality only. Empty if there is none, or if the
/// text is longer than an id can be.
/// Example: `static_assert(mtasts::policy_id("2") != mtasts::policy_id("1"));`
class policy_id {
  public:
    static constexpr std::size_t longest = 32;

    constexpr policy_id() = default;
    constexpr policy_id(std::string_view text)
        : octets_(copy_of(text)), size_(text.size() > longest ? 0 : text.size()) {}
    constexpr std::string_view view() const { return {octets_.data(), size_}; }
    constexpr bool empty() const { return size_ == 0; }

    friend constexpr bool operator==(policy_id const&, policy_id const&) = default;

  private:
    static constexpr std::array<char, longest> copy_of(std::string_view text) {
        std::array<char, longest> octets{};
        if (text.size() <= longest) std::copy(text.begin(), text.end(), octets.begin());
        return octets;
    }

    std::array<char, longest> octets_{};
    std::size_t size_ = 0;
};

/// All that the life of a fetched policy depends on; the caller keeps its text and patterns.
struct known_policy {
    /// The id of the record under which it was fetched; empty if there was none.
    policy_id id;
    policy_mode mode = policy_mode::none;
    std::chrono::seconds max_age{0};
    moment fetched_at{};
    /// As in `policy_life`: false and empty for a policy fetched since the program started.
    bool time_missed = false;
    std::optional<std::chrono::seconds> future_since = {};
    std::optional<std::chrono::seconds> past_since = {};

    /// RFC 8461 3.2: never above the limit, whatever the policy says.
    constexpr std::chrono::seconds lifetime() const {
        return std::clamp(max_age, std::chrono::seconds{0}, max_age_limit);
    }
    constexpr policy_life life() const { return {lifetime(), fetched_at, time_missed, future_since, past_since}; }
    /// RFC 8461 5.1: whether it no longer holds, see `policy_life`.
    constexpr bool expired(moment now) const { return !life().holds(now); }
    /// Whether the clocks contradict each other: then it has to be fetched again, under any id.
    constexpr bool doubtful(moment now) const {
        auto const age = life().age(now);
        return age == policy_age::future || age == policy_age::past_unseen;
    }
    constexpr moment holds_until(moment now) const { return life().holds_until(now); }
    constexpr void note(moment now) {
        auto noted = life();
        noted.note(now);
        fetched_at = noted.fetched_at;
        future_since = noted.future_since;
        past_since = noted.past_since;
    }

    friend constexpr bool operator==(known_policy const&, known_policy const&) = default;
};

}  // namespace mtasts
// #include <mtasts/decide/policy_fetch.hpp>
/// RFC 8461 3.2, 3.3: how a policy is fetched, and which responses hold one.

namespace mtasts {

/// One GET of a policy. The client has to verify the certificate for `host`, follow no redirect, neither read nor fill
/// an HTTP cache, send no conditional request, give up at the limits (RFC 8461 3.3), and refuse TLS before 1.2
/// (RFC 8461 7.2).
/// Example: `mtasts::discovery("example.com").fetch().url() == "https://mta-sts.example.com/.well-known/mta-sts.txt"`
struct policy_fetch {
    /// RFC 8461 3.3: the suggested limit. A longer body is rejected, never truncated and read.
    static constexpr std::size_t longest_body = 65536;
    static constexpr std::chrono::seconds time_limit{60};

    /// The policy host with A-labels: also the server name of TLS (RFC 8461 7.1) and the reference identifier.
    ascii_name host;

    std::string url() const {
        std::string text = "https://";
        text += host.view();
        return text += detail::policy_path;
    }
    friend constexpr bool operator==(policy_fetch const&, policy_fetch const&) = default;
};

/// The response of the policy host, over a connection that its certificate authenticates.
struct policy_response {
    int status = 0;
    /// The Content-Type field; empty if there is none.
    std::string_view content_type;
    /// The whole body, or more of it than `policy_fetch::longest_body`.
    std::string_view body;
};

/// RFC 8461 3.2: which responses may hold a policy.
struct response_options {
    /// Whether the media type must be text/plain, which is a SHOULD.
    bool text_plain_only = true;
};

namespace detail {

/// RFC 8461 3.2: whether a Content-Type is text/plain, whatever its parameters say.
/// Example: `static_assert(mtasts::detail::is_text_plain("Text/Plain; charset=us-ascii"));`
constexpr bool is_text_plain(std::string_view content_type) {
    return text::equal_ignoring_case(text::trimmed(content_type.substr(0, content_type.find(';'))), "text/plain");
}

}  // namespace detail

/// RFC 8461 3.3: whether the body of a response may be read as a policy: only with status 200, text/plain, not too
/// long.
/// Example: `static_assert(!mtasts::holds_policy({301, "text/plain", ""}));`
constexpr bool holds_policy(policy_response const& response, response_options const& options = {}) {
    return response.status == 200 && response.body.size() <= policy_fetch::longest_body &&
           (!options.text_plain_only || detail::is_text_plain(response.content_type));
}

}  // namespace mtasts

namespace mtasts {

/// Why discovery begins; a later one asks for more than an earlier one.
enum class trigger {
    /// A message is about to be sent: a recent result is good enough.
    mail,
    /// RFC 8461 5: no message bounces because of a policy before DNS was asked for a newer one.
    before_bounce,
    /// RFC 8461 3.3, 10.2: the policy is fetched again before it expires, whatever the record says.
    refresh,
};

/// The lookup that the caller has to make next.
enum class lookup {
    none,
    /// The TXT records at `record_name()`.
    record,
    /// The policy at `fetch().url()`.
    policy,
};

/// The result of looking up the record (RFC 8461 3.1).
struct record_answer {
    enum class kind {
        found,
        /// No such name, or none of the TXT records is an MTA-STS record.
        absent,
        /// More than one is.
        several,
        invalid,
        /// The lookup failed, for instance with SERVFAIL or a timeout.
        failed,
    };
    kind what = kind::absent;
    policy_id id = {};
};

/// The result of fetching the policy (RFC 8461 3.3).
/// Example: `static_assert(mtasts::fetch_answer{}.what != mtasts::fetch_answer::kind::fetched);`
struct fetch_answer {
    enum class kind {
        fetched,
        /// No connection, no response in time, or a response that `holds_policy` rejects.
        failed,
        /// The certificate of the policy host is not valid for it.
        untrusted,
        /// The body is not a usable policy.
        invalid,
    };
    kind what = kind::failed;
    policy_mode mode = policy_mode::none;
    std::chrono::seconds max_age{0};
};

/// Where the policy to apply comes from.
enum class policy_source {
    /// There is none: mail goes as if there were no MTA-STS (RFC 8461 3.3).
    none,
    /// It was fetched just now; a stored policy is to be replaced by it.
    live,
    /// It was fetched before and has not expired.
    cached,
    /// RFC 8461 3.4: an address literal has no policy.
    not_applicable,
    /// Neither an address literal nor a name that DNS can hold or that can be converted to A-labels here. Nothing can
    /// be looked up, so a policy might be bypassed: if such mail can be delivered at all, it has to be deferred.
    not_understood,
};

/// The result of the last lookup of the record and the policy.
enum class discovery_reason {
    nothing_asked,
    /// An address literal.
    no_domain,
    not_understood,
    fetched,
    unchanged,
    record_absent,
    record_several,
    record_invalid,
    lookup_failed,
    fetch_failed,
    host_untrusted,
    policy_invalid,
};

/// The result of discovery.
/// Example: `static_assert(!mtasts::discovery_verdict{}.policy);`
struct discovery_verdict {
    /// RFC 8461 3.3, 10.2: for the administrator of the sending MTA: a policy could not be refreshed.
    struct refresh_alert {
        /// Since the last success.
        unsigned failures = 0;
        moment policy_holds_until;

        friend constexpr bool operator==(refresh_alert const&, refresh_alert const&) = default;
    };

    policy_source source = policy_source::none;
    discovery_reason why = discovery_reason::nothing_asked;
    /// The policy that applies, if any. Mode none is a policy too, one that asks for nothing (RFC 8461 5).
    std::optional<known_policy> policy = {};
    /// RFC 8461 6, RFC 8460 4.3.2: the failure to count for every session with this domain; `absent` if there is none.
    tlsrpt_result_type result = tlsrpt_result_type::absent;
    /// When to begin again with `trigger::refresh`; nothing if the policy is too short-lived for it.
    std::optional<moment> refresh_at = {};
    /// Earliest time of the next fetch under the current id.
    std::optional<moment> retry_at = {};
    std::optional<refresh_alert> alert = {};

    friend constexpr bool operator==(discovery_verdict const&, discovery_verdict const&) = default;
};

/// Retry delays, and how long a result is good enough; the defaults are what the RFC recommends.
/// Example: `static_assert(mtasts::discovery_options{}.retry_delay == std::chrono::minutes(5));`
struct discovery_options {
    /// RFC 8461 3.3: the retry delay after a failed fetch, for each id.
    std::chrono::seconds retry_delay{300};
    /// How long the last result, or a failure to look it up, is good enough for a message.
    std::chrono::seconds record_interval{300};
    std::chrono::seconds failed_lookup_interval{30};
    /// RFC 8461 3.3: refreshed daily, or after half of a shorter life.
    std::chrono::seconds refresh_interval{86400};

    friend constexpr bool operator==(discovery_options const&, discovery_options const&) = default;
};

/// Discovery for one policy domain: that of the recipient, or of the smart host if mail is relayed through one
/// (RFC 8461 3.4). No other domain's policy is ever looked up.
///
/// The caller begins, looks up what is asked for, passes in the answer and the time, and has the verdict once nothing
/// more is asked for. Answers that were not asked for change nothing. The time is that of two clocks (`moment`), or of
/// the wall clock if there is no other. If the clocks disagree about the age of a policy, it is fetched again at once,
/// under any id, and stays in force for a while if that fails.
/// Example: `static_assert(mtasts::discovery("[192.0.2.1]").begin(mtasts::trigger::mail, {}) == mtasts::lookup::none);`
class discovery {
  public:
    /// The domain may have U-labels; `kept` is what `verdict().policy` was, before the program ended.
    constexpr explicit discovery(std::string_view domain, std::optional<known_policy> kept = {},
                                 discovery_options const& options = {});

    /// Starts discovery. If a lookup is pending, asks for it again.
    constexpr lookup begin(trigger why, moment now);
    constexpr lookup receive(record_answer const& answer, moment now);
    constexpr lookup receive(fetch_answer const& answer, moment now);

    constexpr lookup pending() const { return pending_; }
    constexpr discovery_verdict const& verdict() const { return verdict_; }
    /// What applies at this time, without any lookup: for mail that does not wait (RFC 8461 5.1).
    constexpr std::optional<known_policy> in_force(moment now) const {
        return policy_ && !policy_->expired(now) ? policy_ : std::nullopt;
    }
    /// The policy fetched last, even if it has expired.
    constexpr std::optional<known_policy> const& known() const { return policy_; }

    /// RFC 8461 3.1: `_mta-sts.<policy domain>`; empty if there can be no record.
    constexpr std::string_view record_name() const { return record_name_.view(); }
    constexpr policy_fetch const& fetch() const { return fetch_; }

    friend constexpr bool operator==(discovery const&, discovery const&) = default;

  private:
    struct failed_fetch {
        policy_id id;
        /// In seen time, as is `record_seen_at_`.
        std::chrono::seconds at;
        discovery_reason why;

        friend constexpr bool operator==(failed_fetch const&, failed_fetch const&) = default;
    };
    /// Ids alternate while name servers disagree; no domain's own servers account for more than this many at a time.
    static constexpr std::size_t most_failures = 4;

    constexpr bool applicable() const { return !record_name().empty(); }
    constexpr void note(moment now);
    constexpr bool seen_lately(moment now) const;
    constexpr failed_fetch const* failure_of(policy_id const& id, moment now) const;
    constexpr void forget_failure(policy_id const& id);
    constexpr std::optional<moment> next_refresh(moment now) const;
    constexpr tlsrpt_result_type result_of(discovery_reason why, std::optional<known_policy> const& applied) const;
    constexpr lookup ask(lookup next) { return pending_ = next; }
    constexpr lookup end(discovery_reason why, moment now);

    ascii_name record_name_;
    policy_fetch fetch_;
    discovery_options options_;
    std::optional<known_policy> policy_;

    lookup pending_ = lookup::none;
    trigger trigger_ = trigger::mail;
    /// The id of the record that the policy is being fetched under.
    policy_id id_;
    std::optional<std::chrono::seconds> record_seen_at_;
    /// At most one for each id, latest first.
    std::vector<failed_fetch> failures_;
    unsigned failed_refreshes_ = 0;
    discovery_verdict verdict_;
};

constexpr discovery::discovery(std::string_view domain, std::optional<known_policy> kept,
                               discovery_options const& options)
    : options_(options), policy_(kept) {
    // RFC 8461 3.4: no policy for an address literal.
    verdict_ = {policy_source::not_applicable, discovery_reason::no_domain};
    if (detail::is_address_literal(domain)) return;
    auto const canonical = policy_domain_of(domain);
    verdict_ = {policy_source::not_understood, discovery_reason::not_understood};
    if (!canonical) return;
    // RFC 1035 2.3.4: if its name would be too long, there can be no record.
    auto const record = detail::below(detail::sts_record_labels, canonical);
    verdict_ = {policy_source::none, discovery_reason::record_absent};
    if (!record) return;
    verdict_ = {};
    record_name_ = *record;
    fetch_.host = *detail::below(detail::policy_host_label, canonical);
}

constexpr lookup discovery::begin(trigger why, moment now) {
    if (!applicable()) return lookup::none;
    if (pending_ != lookup::none) {
        trigger_ = (std::max)(trigger_, why);
        return pending_;
    }
    note(now);
    trigger_ = why;
    // RFC 8461 3, 5.1: an unexpired policy may be used without a DNS lookup each time.
    if (why == trigger::mail && seen_lately(now)) return end(verdict_.why, now);
    return ask(lookup::record);
}

constexpr lookup discovery::receive(record_answer const& answer, moment now) {
    if (pending_ != lookup::record) return pending_;
    note(now);
    record_seen_at_ = now.seen;
    auto const applied = in_force(now);
    bool const found = answer.what == record_answer::kind::found && !answer.id.empty();
    id_ = found ? answer.id : policy_id();
    if (applied && (trigger_ == trigger::refresh || applied->doubtful(now))) {
        // RFC 8461 10.2: a refresh takes what is served, with or without a record.
        if (!found) id_ = applied->id;
    } else if (!found) {
        // RFC 8461 3.1: unless there is exactly one valid record, there is no policy to look for; a cached one stays in
        // force (RFC 8461 3.3).
        switch (answer.what) {
            case record_answer::kind::absent: return end(discovery_reason::record_absent, now);
            case record_answer::kind::several: return end(discovery_reason::record_several, now);
            case record_answer::kind::failed: return end(discovery_reason::lookup_failed, now);
            default: return end(discovery_reason::record_invalid, now);
        }
    } else if (applied && applied->id == id_) {
        // RFC 8461 3: the same id means the same policy. It goes on ageing: only a fetch renews it.
        return end(discovery_reason::unchanged, now);
    }
    // RFC 8461 3.3: no retry under the same id within five minutes.
    if (auto const* failure = failure_of(id_, now)) return end(failure->why, now);
    return ask(lookup::policy);
}

constexpr lookup discovery::receive(fetch_answer const& answer, moment now) {
    if (pending_ != lookup::policy) return pending_;
    note(now);
    if (answer.what == fetch_answer::kind::fetched) {
        // RFC 8461 3.3, 8.3: the newest fetched policy applies, even one of mode none, and its max_age begins now.
        policy_ = known_policy{id_, answer.mode, answer.max_age, now};
        policy_->max_age = policy_->lifetime();
        forget_failure(id_);
        failed_refreshes_ = 0;
        return end(discovery_reason::fetched, now);
    }
    auto const why = answer.what == fetch_answer::kind::untrusted ? discovery_reason::host_untrusted
                     : answer.what == fetch_answer::kind::invalid ? discovery_reason::policy_invalid
                                                                  : discovery_reason::fetch_failed;
    forget_failure(id_);
    failures_.insert(failures_.begin(), {id_, now.seen, why});
    if (failures_.size() > most_failures) failures_.pop_back();
    auto const applied = in_force(now);
    if (applied) ++failed_refreshes_;
    end(why, now);
    // RFC 8461 3.3: the administrator of the sending MTA is alerted, unless the policy asks for nothing.
    if (applied && applied->mode != policy_mode::none)
        verdict_.alert = discovery_verdict::refresh_alert{failed_refreshes_, applied->holds_until(now)};
    return lookup::none;
}

/// If the wall clock is the only clock, it may have gone back.
constexpr void discovery::note(moment now) {
    if (policy_) policy_->note(now);
    if (record_seen_at_) record_seen_at_ = (std::min)(*record_seen_at_, now.seen);
    for (auto& failure : failures_) failure.at = (std::min)(failure.at, now.seen);
}

/// Whether the record was seen so recently that another lookup can wait; not if the policy has since expired or become
/// doubtful, or if the retry delay after a failed fetch is over.
constexpr bool discovery::seen_lately(moment now) const {
    auto const interval =
        verdict_.why == discovery_reason::lookup_failed ? options_.failed_lookup_interval : options_.record_interval;
    bool const paused = verdict_.retry_at && now.seen < verdict_.retry_at->seen;
    bool const retry_due = verdict_.retry_at && !paused;
    bool const holds = !policy_ || (in_force(now) && (paused || !policy_->doubtful(now)));
    return record_seen_at_ && now.seen < *record_seen_at_ + interval && !retry_due && holds;
}

constexpr discovery::failed_fetch const* discovery::failure_of(policy_id const& id, moment now) const {
    auto const paused = [&](failed_fetch const& failure) { return now.seen < failure.at + options_.retry_delay; };
    for (auto const& failure : failures_)
        if (failure.id == id && paused(failure)) return &failure;
    // If fetches under as many ids as are remembered failed recently, another id waits until the oldest is forgotten.
    bool const full = failures_.size() == most_failures && paused(failures_.back());
    return full && !id.empty() ? &failures_.back() : nullptr;
}

constexpr void discovery::forget_failure(policy_id const& id) {
    auto const of_id = [&](failed_fetch const& failure) { return failure.id == id; };
    failures_.erase(std::remove_if(failures_.begin(), failures_.end(), of_id), failures_.end());
}

/// RFC 8461 3.3, 10.2: well before the policy expires, but not before the retry delay after a failure is over, which
/// doubles with each failure. Nothing if the policy will have expired by then.
constexpr std::optional<moment> discovery::next_refresh(moment now) const {
    auto const& fetched = policy_->fetched_at;
    std::chrono::seconds wait{0};
    if (!policy_->doubtful(now)) {
        wait = (std::max)((std::min)(options_.refresh_interval, policy_->lifetime() / 2), options_.retry_delay);
        auto const seen = now.seen - fetched.seen;
        wait -= policy_->time_missed ? (std::max)(seen, now.wall - fetched.wall) : seen;
    }
    auto pause = options_.retry_delay;
    for (unsigned i = 1; i < failed_refreshes_ && pause < options_.refresh_interval; ++i) pause *= 2;
    pause = (std::min)(pause, options_.refresh_interval);
    if (!failures_.empty()) wait = (std::max)(wait, failures_.front().at + pause - now.seen);
    auto const due = now.after(wait);
    return due.seen <= policy_->holds_until(now).seen ? std::optional(due) : std::nullopt;
}

/// RFC 8461 6: a failed fetch if there is a record, and any failure while a policy is cached, but nothing under a
/// policy of mode none.
constexpr tlsrpt_result_type discovery::result_of(discovery_reason why,
                                                  std::optional<known_policy> const& applied) const {
    if (applied && applied->mode == policy_mode::none) return tlsrpt_result_type::absent;
    switch (why) {
        case discovery_reason::fetch_failed: return tlsrpt_result_type::sts_policy_fetch_error;
        case discovery_reason::host_untrusted: return tlsrpt_result_type::sts_webpki_invalid;
        case discovery_reason::policy_invalid: return tlsrpt_result_type::sts_policy_invalid;
        case discovery_reason::record_absent:
        case discovery_reason::record_several:
        case discovery_reason::record_invalid:
        case discovery_reason::lookup_failed:
            return applied ? tlsrpt_result_type::sts_policy_fetch_error : tlsrpt_result_type::absent;
        default: return tlsrpt_result_type::absent;
    }
}

constexpr lookup discovery::end(discovery_reason why, moment now) {
    auto const applied = in_force(now);
    bool const live = why == discovery_reason::fetched && pending_ == lookup::policy;
    verdict_ = {};
    verdict_.source = !applied ? policy_source::none : live ? policy_source::live : policy_source::cached;
    verdict_.why = why;
    verdict_.policy = applied;
    verdict_.result = result_of(why, applied);
    if (applied) verdict_.refresh_at = next_refresh(now);
    if (auto const* failure = failure_of(id_, now))
        verdict_.retry_at = now.after(failure->at + options_.retry_delay - now.seen);
    return ask(lookup::none);
}

}  // namespace mtasts
// #include <mtasts/decide/identity.hpp>
/// RFC 8461 3.3, 4.2, RFC 9525 6: whether a certificate names the host it was shown for.

// #include <mtasts/decide/mx_match.hpp>
/// RFC 8461 4.1: whether a policy's mx pattern covers an MX host.

namespace mtasts {

/// Whether the pattern covers the host that an MX record names: "*" stands for exactly one label, case is ignored,
/// U-labels of the host are compared as A-labels, and one final dot of the host is ignored.
///
/// A host that is not a DNS name is never covered, and a malformed pattern covers nothing.
/// Example: `static_assert(!mtasts::mx_matches({"*.example.com"}, "a.b.example.com"));`
constexpr bool mx_matches(mx_pattern pattern, std::string_view host) {
    if (!text::all_octets(host, text::is_ascii)) {
        auto const ascii = to_a_labels(host);
        return ascii && mx_matches(pattern, ascii->view());
    }
    if (host.ends_with('.')) host.remove_suffix(1);
    if (!is_dns_name(host)) return false;
    if (!pattern.wildcard()) return text::equal_ignoring_case(pattern.text, host);
    auto const dot = host.find('.');
    return dot != host.npos && text::equal_ignoring_case(pattern.domain(), host.substr(dot + 1));
}

/// Whether any pattern of the policy covers the host, whatever the mode.
/// Example: `mtasts::mx_matches(policy.value, "mail.example.com") == true`
constexpr bool mx_matches(sts_policy const& policy, std::string_view host) {
    return std::any_of(policy.mx.begin(), policy.mx.end(),
                       [&](mx_pattern pattern) { return mx_matches(pattern, host); });
}

}  // namespace mtasts

namespace mtasts {

/// Whether a DNS-ID of a certificate names the host. "*" may only be the whole left-most label, and stands for one
/// label.
///
/// The host is the policy host, or an MX host as its MX record names it (RFC 8461 4.2); it may have U-labels and a
/// final dot, a DNS-ID may not. The Common Name and other kinds of names are ignored (RFC 8461 3.3), and no address is
/// ever named.
/// Example: `static_assert(mtasts::dns_id_matches("*.example.com", "mta-sts.example.com"));`
constexpr bool dns_id_matches(std::string_view dns_id, std::string_view host) {
    return !ends_with_number(dns_id) && mx_matches(mx_pattern{dns_id}, host);
}

/// Whether any DNS-ID of a certificate names the host.
/// Example: `!mtasts::certificate_names(hosts, "example.com")`
constexpr bool certificate_names(std::span<std::string_view const> dns_ids, std::string_view host) {
    return std::any_of(dns_ids.begin(), dns_ids.end(),
                       [&](std::string_view dns_id) { return dns_id_matches(dns_id, host); });
}

}  // namespace mtasts
// #include <mtasts/decide/mx_plan.hpp>
/// RFC 5321 5.1, RFC 7505: the hosts that take a domain's mail, in the order in which they are tried.

namespace mtasts {

/// An MX record of the policy domain (RFC 5321 5.1).
struct mx_record {
    std::uint16_t preference = 0;
    std::string_view host;
};

/// The candidates for a delivery. None is left out because of a policy: a host that fails validation is skipped when
/// its turn comes, as if it could not be reached (RFC 8461 8.4).
struct mx_plan {
    /// Lower preference first; those of the same preference in the order of DNS. Views of the records or the domain.
    std::vector<std::string_view> hosts;
    /// RFC 5321 5.1: the domain has no MX record, and is its own host.
    bool implicit = false;

    /// RFC 7505 3: the domain takes no mail.
    constexpr bool refuses_mail() const { return hosts.empty(); }
};

/// The plan for a domain, given all its MX records; empty `records` means that there are none, not that the lookup
/// failed.
/// Example: `static_assert(mtasts::plan_mx("example.com", {}).implicit);`
constexpr mx_plan plan_mx(std::string_view domain, std::span<mx_record const> records) {
    // RFC 8461 4.1: an implicit MX is matched with the policy like any other.
    if (records.empty()) return {{domain}, true};
    std::vector<std::pair<std::uint16_t, std::size_t>> order;
    // RFC 7505 3: "." is not a host, and must be the only record; if there are others nevertheless, they count.
    for (std::size_t i = 0; i != records.size(); ++i)
        if (auto const host = records[i].host; host != "." && !host.empty())
            order.emplace_back(records[i].preference, i);
    std::sort(order.begin(), order.end());
    mx_plan plan;
    for (auto const& [preference, i] : order) plan.hosts.push_back(records[i].host);
    return plan;
}

}  // namespace mtasts
// #include <mtasts/decide/outcome.hpp>
/// RFC 8461 4, 5: what becomes of a message at one MX host, and what SMTP TLS Reporting (RFC 8460 4.3) counts of it.

namespace mtasts {

/// The result of STARTTLS (RFC 3207). A host that was not contacted counts as not offering it.
enum class starttls_state {
    not_offered,
    /// Offered, but TLS was not established.
    failed,
    established,
};

/// The certificate, judged by RFC 8461 4.2: a DNS-ID for the MX host, a chain to a trusted root, not expired.
enum class certificate_state {
    /// None was seen.
    none,
    valid,
    host_mismatch,
    expired,
    not_trusted,
    /// Not usable for another reason.
    invalid,
};

/// The result of DANE (RFC 7672) for the host.
/// Example: `static_assert(mtasts::mx_facts{}.dane == mtasts::dane_state::none);`
enum class dane_state {
    /// No TLSA records that DNSSEC validates, or the MTA does not do DANE.
    none,
    /// RFC 7672 2.2: TLSA records, but no usable ones: TLS is required, authentication is not.
    none_usable,
    passed,
    /// RFC 8460 4.3.2: no TLSA record matches the certificate.
    tlsa_invalid,
    /// RFC 8460 4.3.2: the TLSA records could not be looked up, or fail DNSSEC validation.
    dnssec_invalid,
    /// RFC 8460 4.3.2: this MTA requires DANE, and there is none.
    required,
};

/// What is known about an MX host after a delivery attempt, or before: a host that a policy of mode enforce does not
/// cover need not be contacted.
struct mx_facts {
    /// RFC 8461 4.1: whether a pattern of the policy covers the name in the MX record.
    bool in_policy = false;
    starttls_state starttls = starttls_state::not_offered;
    certificate_state certificate = certificate_state::none;
    dane_state dane = dane_state::none;
    /// RFC 8689 4.2.1: whether DNSSEC validates the MX record, and whether the server offers REQUIRETLS.
    bool mx_secure = false;
    bool requiretls_offered = false;
};

/// What the message itself asks for.
/// Example: `static_assert(decide_outcome({}, {}, mtasts::message_kind::tls_report).action == mtasts::delivery::deliver);`
enum class message_kind {
    ordinary,
    /// RFC 8689 3: `TLS-Required: No`: no TLS failure holds it back.
    tls_not_required,
    /// RFC 8689 4.2.1: REQUIRETLS: only authenticated TLS will do.
    requiretls,
    /// RFC 8460 3, 5.3.1: it carries a report about failures, which do not hold it back and are not counted again.
    tls_report,
};

/// What becomes of a message at one MX host.
enum class delivery {
    deliver,
    /// Not to this host (RFC 8461 5.1).
    try_next,
    /// No host is left; the message stays queued, as after other transient failures (RFC 8461 5).
    defer,
};

namespace detail {

/// The action if there is no further host.
constexpr delivery at_last_host(delivery action) { return action == delivery::deliver ? action : delivery::defer; }

}  // namespace detail

/// One session as TLS-RPT counts it, under the policy that was applied (RFC 8460 4.2).
/// Example: `static_assert(mtasts::counted_session{}.succeeded());`
struct counted_session {
    tlsrpt_policy_type policy = tlsrpt_policy_type::no_policy_found;
    /// `absent` if the session succeeded.
    tlsrpt_result_type result = tlsrpt_result_type::absent;
    /// RFC 8460 4.4: the failure-reason-code, if the result type alone says too little.
    std::string_view reason = {};

    constexpr bool succeeded() const { return result == tlsrpt_result_type::absent; }
    friend constexpr bool operator==(counted_session const&, counted_session const&) = default;
};

/// What to do with a message at one MX host, and what reports count of it (RFC 8460 4.2).
struct outcome {
    delivery action = delivery::try_next;
    /// RFC 8461 5: the MTA-STS policy holds the message back: before it may bounce, discovery has to begin with
    /// `trigger::before_bounce`.
    bool recheck_before_bounce = false;
    /// Nothing if the session is not counted.
    std::optional<counted_session> by_sts = {};
    std::optional<counted_session> by_dane = {};

    friend constexpr bool operator==(outcome const&, outcome const&) = default;
};

/// Where the RFCs leave a choice.
/// Example: `static_assert(!mtasts::outcome_options{}.both_sts_and_dane);`
struct outcome_options {
    /// Whether enforce requires a certificate by RFC 8461 4.2 even if DANE authenticates the host. RFC 8461 2 only says
    /// that MTA-STS never overrides a failure of DANE.
    bool both_sts_and_dane = false;
};

namespace detail {

/// RFC 8460 4.3: how TLS with the host failed by RFC 8461 4; `absent` if it did not.
constexpr counted_session validated_by_sts(mx_facts const& host) {
    using result = tlsrpt_result_type;
    auto const say = [](result type, std::string_view reason = {}) {
        return counted_session{tlsrpt_policy_type::sts, type, reason};
    };
    // RFC 8461 4.1: there is no result type for this one.
    if (!host.in_policy) return say(result::validation_failure, "mx-not-in-policy");
    if (host.starttls == starttls_state::not_offered) return say(result::starttls_not_supported);
    if (host.starttls == starttls_state::failed) return say(result::validation_failure, "tls-handshake-failed");
    switch (host.certificate) {
        case certificate_state::valid: return say(result::absent);
        case certificate_state::host_mismatch: return say(result::certificate_host_mismatch);
        case certificate_state::expired: return say(result::certificate_expired);
        case certificate_state::not_trusted: return say(result::certificate_not_trusted, "untrusted-chain");
        case certificate_state::none: return say(result::validation_failure, "no-certificate");
        case certificate_state::invalid: break;
    }
    return say(result::validation_failure, "certificate-invalid");
}

/// RFC 8460 4.3, RFC 7672 2.2: the same by DANE; nothing if the host has no TLSA records.
constexpr std::optional<counted_session> validated_by_dane(mx_facts const& host) {
    using result = tlsrpt_result_type;
    auto const say = [](result type, std::string_view reason = {}) {
        return counted_session{tlsrpt_policy_type::tlsa, type, reason};
    };
    switch (host.dane) {
        case dane_state::none: return std::nullopt;
        case dane_state::dnssec_invalid: return say(result::dnssec_invalid);
        case dane_state::required: return say(result::dane_required);
        default: break;
    }
    if (host.starttls == starttls_state::not_offered) return say(result::starttls_not_supported);
    if (host.dane == dane_state::tlsa_invalid) return say(result::tlsa_invalid);
    if (host.starttls == starttls_state::failed) return say(result::validation_failure, "tls-handshake-failed");
    return say(result::absent);
}

/// RFC 8460 4.2: a session without any policy: TLS was established or not.
constexpr counted_session without_policy(mx_facts const& host) {
    using result = tlsrpt_result_type;
    if (host.starttls == starttls_state::not_offered) return {.result = result::starttls_not_supported};
    if (host.starttls == starttls_state::failed)
        return {.result = result::validation_failure, .reason = "tls-handshake-failed"};
    return {};
}

/// RFC 8689 4.2.1: the host's name is authenticated by DNSSEC, or by RFC 8461 4.1 under a policy of any mode but none;
/// its certificate by DANE or RFC 8461 4.2; and the server offers REQUIRETLS.
constexpr bool meets_requiretls(policy_mode mode, mx_facts const& host) {
    bool const name = host.mx_secure || (mode != policy_mode::none && host.in_policy);
    bool const identity = host.dane == dane_state::passed || host.certificate == certificate_state::valid;
    return name && host.starttls == starttls_state::established && identity && host.requiretls_offered;
}

/// With TLS and DANE, a host needs no other authentication, but the policy has to cover it (RFC 8461 4.1).
constexpr bool is_in_policy_by_dane(mx_facts const& host) {
    return host.dane == dane_state::passed && host.starttls == starttls_state::established && host.in_policy;
}

}  // namespace detail

/// What to do with a message at a host, under the policy of `discovery_verdict::policy`, if there is one.
///
/// DANE comes first: if it fails, no policy helps (RFC 8461 2); if it authenticates the host, that counts for the
/// certificate, but the policy still has to cover the name in the MX record. Under enforce, nothing goes to a host that
/// fails validation (RFC 8461 5); under testing, the message goes and the failure is counted; none asks for nothing and
/// counts nothing. A session with a domain that has no policy at all is counted as such.
/// Example: `mtasts::decide_outcome(mtasts::policy_mode::enforce, {}).action == mtasts::delivery::try_next`
constexpr outcome decide_outcome(std::optional<policy_mode> policy, mx_facts const& host,
                                 message_kind message = message_kind::ordinary, outcome_options const& options = {}) {
    auto const mode = policy.value_or(policy_mode::none);
    auto const sts = detail::validated_by_sts(host);
    outcome result{.by_dane = detail::validated_by_dane(host)};
    if (mode != policy_mode::none) result.by_sts = sts;
    else if (!policy && !result.by_dane) result.by_sts = detail::without_policy(host);

    bool const dane_fails = !result.by_dane.value_or(counted_session{}).succeeded();
    bool const dane_stands_in = detail::is_in_policy_by_dane(host) && !options.both_sts_and_dane;
    bool const sts_fails = mode == policy_mode::enforce && !sts.succeeded() && !dane_stands_in;
    result.recheck_before_bounce = sts_fails;
    bool kept_back = dane_fails || sts_fails;
    switch (message) {
        case message_kind::ordinary: break;
        case message_kind::tls_not_required: kept_back = result.recheck_before_bounce = false; break;
        case message_kind::requiretls: kept_back = kept_back || !detail::meets_requiretls(mode, host); break;
        case message_kind::tls_report: return {.action = delivery::deliver};
    }
    result.action = kept_back ? delivery::try_next : delivery::deliver;
    return result;
}

}  // namespace mtasts
// #include <mtasts/decide/policy_finder.hpp>
/// Discovery that reads the answers of DNS and HTTPS, and keeps the policy itself.

// #include <mtasts/owned.hpp>
/// A parsed value together with the text it is a view of.
#include <memory>

namespace mtasts {

/// Holds a text and its parse result; stays valid when moved or copied (copies share both, and neither changes).
/// Example: `mtasts::owned<mtasts::sts_policy> kept(body, mtasts::parse_sts_policy);`
template <class T>
class owned {
  public:
    /// `parse` is a parse_x or check_x, or any other function from a view to a parsed<T>.
    template <class Parse>
    owned(std::string text, Parse&& parse) : kept_(std::make_shared<state const>(std::move(text), parse)) {}

    std::string_view text() const { return kept_->text; }
    T const& value() const { return kept_->result.value; }
    mtasts::findings const& findings() const { return kept_->result.findings; }
    bool usable() const { return kept_->result.usable(); }
    parsed<T> const& result() const { return kept_->result; }
    /// Whether there is no error at all, so that it may be published.
    bool publishable() const { return !any_at_least(findings(), severity::error); }

  private:
    struct state {
        template <class Parse>
        state(std::string octets, Parse& parse) : text(std::move(octets)), result(read(text, parse)) {}

        template <class Parse>
        static parsed<T> read(std::string_view text, Parse& parse) {
            if constexpr (std::is_invocable_v<Parse&, std::string_view>) return parse(text);
            else return parse(text, {});
        }

        std::string const text;
        parsed<T> const result;
    };

    std::shared_ptr<state const> kept_;
};

}  // namespace mtasts

namespace mtasts {

namespace detail {

/// The answer for discovery from TXT records at `_mta-sts.<policy domain>` (RFC 8461 3.1); none mean no such name.
/// Example: `static_assert(mtasts::detail::answer_of(mtasts::parse_sts_rrset({{"v=STSv1; id=1"}})).id == mtasts::policy_id("1"));`
constexpr record_answer answer_of(parsed<sts_record> const& record) {
    using kind = record_answer::kind;
    if (record.usable()) return {kind::found, record.value.id};
    if (record.has(code::rrset_several)) return {kind::several};
    return {record.has(code::rrset_absent) || record.has(code::rrset_none) ? kind::absent : kind::invalid};
}

/// The answer for discovery from a policy (RFC 8461 3.2); one that is not usable counts as a failed fetch.
constexpr fetch_answer answer_of(parsed<sts_policy> const& policy) {
    if (!policy.usable()) return {fetch_answer::kind::invalid};
    return {fetch_answer::kind::fetched, policy.value.mode, policy.value.max_age};
}

}  // namespace detail

/// The state of a policy to be stored between runs of a program.
struct kept_policy {
    /// The body as it was fetched (RFC 8460 4.5 wants its lines as they are).
    std::string text;
    std::string id;
    moment fetched_at;
    /// As in `policy_life`. A caller with two clocks sets `time_missed` for a policy that was fetched before
    /// `seen_time::unbroken_since`.
    bool time_missed = false;
    std::optional<std::chrono::seconds> future_since = {};
    std::optional<std::chrono::seconds> past_since = {};
};

/// Why there is no response from the policy host: a certificate that is not valid for it, or anything else.
enum class no_response { unreachable, untrusted };

/// Finds the policy of one domain and keeps it: discovery.hpp decides, this reads the answers.
///
///     auto asked = finder.begin(trigger::mail, now);
///     while (asked != lookup::none)
///         asked = asked == lookup::record ? finder.receive(look_up(finder.record_name()), now)
///                                         : finder.receive(get(finder.fetch()), now);
///
/// Then `in_force(now)` applies, and if `verdict().source` is `live`, `kept()` should be stored. `now` is a `moment` of
/// two clocks; a wall clock time will do if there is no other.
/// Example: `mtasts::policy_finder finder("example.com");`
class policy_finder {
  public:
    explicit policy_finder(std::string_view domain, std::optional<kept_policy> const& kept = {},
                           discovery_options const& options = {}, response_options const& responses = {})
        : policy_(restored(kept)), discovery_(domain, known(kept), options), responses_(responses) {}

    lookup begin(trigger why, moment now) { return discovery_.begin(why, now); }

    /// The TXT records found, none if there is no such name; or the failure to look them up.
    lookup receive(txt_rrset const& records, moment now) {
        return receive(detail::answer_of(parse_sts_rrset(records)), now);
    }
    lookup receive(record_answer const& answer, moment now) { return discovery_.receive(answer, now); }

    /// The response of the policy host, whose certificate was valid for `fetch().host`; or why there is none.
    lookup receive(policy_response const& response, moment now) {
        if (!holds_policy(response, responses_)) return receive(no_response::unreachable, now);
        owned<sts_policy> policy(std::string(response.body), parse_sts_policy);
        auto const answer = detail::answer_of(policy.result());
        if (pending() == lookup::policy && policy.usable()) policy_ = std::move(policy);
        return discovery_.receive(answer, now);
    }
    lookup receive(no_response why, moment now) {
        using kind = fetch_answer::kind;
        return discovery_.receive(fetch_answer{why == no_response::untrusted ? kind::untrusted : kind::failed}, now);
    }

    lookup pending() const { return discovery_.pending(); }
    std::string_view record_name() const { return discovery_.record_name(); }
    policy_fetch const& fetch() const { return discovery_.fetch(); }
    discovery_verdict const& verdict() const { return discovery_.verdict(); }

    /// The policy that applies at this time, or nullptr. Valid until the next answer.
    owned<sts_policy> const* in_force(moment now) const { return discovery_.in_force(now) ? &*policy_ : nullptr; }
    /// For the constructor in the next run of the program; nothing if no policy was ever fetched.
    std::optional<kept_policy> kept() const {
        auto const& known = discovery_.known();
        if (!known) return std::nullopt;
        return kept_policy{std::string(policy_->text()), std::string(known->id.view()), known->fetched_at,
                           known->time_missed,           known->future_since,           known->past_since};
    }

  private:
    static std::optional<owned<sts_policy>> restored(std::optional<kept_policy> const& kept) {
        if (!kept) return std::nullopt;
        owned<sts_policy> policy(kept->text, parse_sts_policy);
        return policy.usable() ? std::optional(std::move(policy)) : std::nullopt;
    }
    std::optional<known_policy> known(std::optional<kept_policy> const& kept) const {
        if (!policy_) return std::nullopt;
        auto const& policy = policy_->value();
        return known_policy{policy_id(kept->id), policy.mode,        policy.max_age,  kept->fetched_at,
                            kept->time_missed,   kept->future_since, kept->past_since};
    }

    std::optional<owned<sts_policy>> policy_;
    discovery discovery_;
    response_options responses_;
};

}  // namespace mtasts

// #include <mtasts/lint/cross.hpp>
/// Compares two things: record and policy, policy and MX hosts, the states before and after a change.

namespace mtasts {

/// RFC 8461 3.1, 3.3: compares the record with the policy it announces. Findings, about the policy's text: pair-*.
/// `digest_id` is the id that `make_id` gives the policy; a finding may have a view of it.
constexpr void lint_record_with_policy(parsed<sts_record> const& record, parsed<sts_policy> const& policy,
                                       kept_text digest_id, findings& found) {
    if (record.usable() && !policy.usable()) found.push_back({code::pair_policy_unusable, {}});
    if (!record.usable() && policy.usable()) found.push_back({code::pair_record_unusable, {}});
    auto const id = record.value.id;
    bool const looks_like_digest = id.size() == digest_id.size() && text::all_octets(id, [](char c) {
                                       return text::is_hex_digit(c) && c == text::lower(c);
                                   });
    if (record.usable() && policy.usable() && looks_like_digest && id != digest_id)
        found.push_back({code::pair_id_digest, {}, digest_id});
}

namespace detail {

/// Whether the host is below the wildcard's domain, at any depth.
constexpr bool is_wildcard_above(mx_pattern pattern, std::string_view host) {
    if (!pattern.wildcard()) return false;
    auto const suffix = pattern.text.substr(1);
    return host.size() > suffix.size() && text::equal_ignoring_case(host.substr(host.size() - suffix.size()), suffix);
}

}  // namespace detail

/// RFC 8461 4.1, 8.4: compares the policy with the names in the domain's MX records, in both directions: a host that no
/// pattern covers, and a pattern that covers no host. The policy has to be usable. Findings, about the policy's text, with
/// views of the hosts: cover-*.
/// Example: `mtasts::lint_policy_with_mx(text, policy.value, hosts, found);`
constexpr void lint_policy_with_mx(std::string_view text, sts_policy const& policy,
                                   std::span<std::string_view const> hosts, findings& found) {
    if (hosts.empty() || policy.mode == policy_mode::none) return;
    auto const place = detail::span_of(text, text::first_policy_value(text, "mx"));
    if (std::all_of(hosts.begin(), hosts.end(), [](std::string_view host) { return host == "."; })) {
        found.push_back({code::cover_null_mx, place});
        return;
    }
    for (auto host : hosts) {
        if (host == "." || mx_matches(policy, host)) continue;
        if (host.ends_with('.')) host.remove_suffix(1);
        auto const deep = std::find_if(policy.mx.begin(), policy.mx.end(),
                                       [&](mx_pattern pattern) { return detail::is_wildcard_above(pattern, host); });
        bool const enforce = policy.mode == policy_mode::enforce;
        if (deep != policy.mx.end())
            found.push_back({enforce ? code::cover_wildcard_depth : code::cover_wildcard_depth_testing,
                             detail::span_of(text, deep->text), host});
        else found.push_back({enforce ? code::cover_host_missing : code::cover_host_missing_testing, place, host});
    }
    for (auto const pattern : policy.mx)
        if (std::none_of(hosts.begin(), hosts.end(), [&](std::string_view host) { return mx_matches(pattern, host); }))
            found.push_back({code::cover_pattern_unused, detail::span_of(text, pattern.text)});
}

namespace detail {

/// An order of patterns that ignores case.
constexpr bool mx_less(mx_pattern a, mx_pattern b) { return text::less_ignoring_case(a.text, b.text); }

/// Whether two policies ask the same of a sending MTA, ignoring the order and the case of their patterns.
constexpr bool same_policy(sts_policy const& one, sts_policy const& other) {
    auto a = one.mx, b = other.mx;
    std::sort(a.begin(), a.end(), mx_less);
    std::sort(b.begin(), b.end(), mx_less);
    return one.mode == other.mode && one.max_age == other.max_age && a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(),
                      [](mx_pattern x, mx_pattern y) { return text::equal_ignoring_case(x.text, y.text); });
}

}  // namespace detail

/// What was published before, as far as it is known; empty pointers mean that nothing is known.
/// Example: `static_assert(mtasts::publication{}.policy == nullptr);`
struct publication {
    parsed<sts_policy> const* policy = nullptr;
    parsed<sts_record> const* record = nullptr;
};

namespace detail {

/// RFC 8461 3.1: the id changes when, and only when, the policy does.
constexpr void lint_change_of_id(publication before, publication after, bool same_policy, findings& found) {
    if (before.record == nullptr || after.record == nullptr) return;
    if (!before.record->usable() || !after.record->usable()) return;
    bool const same_id = before.record->value.id == after.record->value.id;
    if (same_id && !same_policy) found.push_back({code::change_id_same, {}, after.record->value.id});
    if (!same_id && same_policy) found.push_back({code::change_id_only, {}});
}

/// RFC 8461 8.1: how the new hosts and patterns fare with senders that hold the old policy, if it was enforced; `mx` is
/// where the new policy's patterns begin.
constexpr void lint_change_of_mx(sts_policy const& old_policy, sts_policy const& new_policy, text_span mx,
                                 std::span<std::string_view const> hosts, findings& found) {
    for (auto const host : hosts)
        if (host != "." && !mx_matches(old_policy, host)) found.push_back({code::change_mx_not_held, mx, host});
    if (new_policy.mode == policy_mode::none) return;
    auto kept = new_policy.mx;
    std::sort(kept.begin(), kept.end(), mx_less);
    for (auto const pattern : old_policy.mx)
        if (!std::binary_search(kept.begin(), kept.end(), pattern, mx_less) &&
            (pattern.wildcard() || !mx_matches(new_policy, pattern.text)))
            found.push_back({code::change_mx_dropped, mx, pattern.text});
}

}  // namespace detail

/// RFC 8461 8.1, 8.3: the effect of a change of policy on senders that still hold the old one. `hosts` are the names in
/// the domain's MX records now. Findings, about the new policy's text: change-*.
/// Example: `mtasts::lint_change(text, {&policy, &record}, {&policy, &record}, hosts, found);`
constexpr void lint_change(std::string_view text, publication before, publication after,
                           std::span<std::string_view const> hosts, findings& found) {
    auto const at = [&](std::string_view name) { return detail::span_of(text, text::first_policy_value(text, name)); };
    if (before.policy == nullptr || after.policy == nullptr || !before.policy->usable()) return;
    auto const& old_policy = before.policy->value;
    bool const enforced = old_policy.mode == policy_mode::enforce;
    if (!after.policy->usable()) {
        if (enforced) found.push_back({code::change_enforce_unusable, {}});
        return;
    }
    auto const& new_policy = after.policy->value;
    bool const same = detail::same_policy(old_policy, new_policy);
    detail::lint_change_of_id(before, after, same, found);
    if (same) return;
    if (enforced && new_policy.mode == policy_mode::testing)
        found.push_back({code::change_enforce_dropped, at("mode")});
    if (new_policy.max_age > old_policy.max_age) found.push_back({code::change_max_age_raised, at("max_age")});
    if (new_policy.max_age < old_policy.max_age) found.push_back({code::change_max_age_lowered, at("max_age")});
    if (enforced) detail::lint_change_of_mx(old_policy, new_policy, at("mx"), hosts, found);
}

}  // namespace mtasts
// #include <mtasts/lint/fix.hpp>
/// Corrections that a machine can make.

// #include <mtasts/lint/contradiction.hpp>
/// Texts with conflicting values for a field that may occur once: a machine cannot know which is meant.

// #include <mtasts/lint/field_names.hpp>
/// Field names that an unknown name was probably meant to be.

namespace mtasts {

/// RFC 8461 9.2, 9.3 and RFC 8460 3: the defined names.
inline constexpr auto policy_field_names = std::to_array<std::string_view>({"version", "mode", "mx", "max_age"});
namespace detail {

inline constexpr auto sts_record_field_names = std::to_array<std::string_view>({"id"});
inline constexpr auto tlsrpt_record_field_names = std::to_array<std::string_view>({"rua"});

/// Names seen in the wild and what they were meant to be; in lower case, without "-", "_" and ".".
inline constexpr auto known_typos = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"nmx", "mx"},         {"mxs", "mx"},      {"mxhost", "mx"},      {"mx1", "mx"},      {"mx2", "mx"},
    {"mxx", "mx"},         {"xm", "mx"},       {"maxage", "max_age"}, {"age", "max_age"}, {"max", "max_age"},
    {"maxttl", "max_age"}, {"ttl", "max_age"}, {"ver", "version"},    {"v", "version"},   {"policymode", "mode"},
    {"policy", "mode"},    {"ids", "id"},      {"policyid", "id"},    {"stsid", "id"},    {"ru", "rua"},
    {"ruas", "rua"},       {"rau", "rua"},     {"rua1", "rua"},       {"ruri", "rua"},
});

/// Whether two names differ by one letter that is extra, missing or wrong, or by two letters that are swapped.
constexpr bool differ_by_one_slip(std::string_view a, std::string_view b) {
    if (a.size() > b.size()) std::swap(a, b);
    if (b.size() - a.size() > 1) return false;
    std::size_t i = 0;
    while (i != a.size() && text::lower(a[i]) == text::lower(b[i])) ++i;
    auto const rest_a = a.substr(i), rest_b = b.substr(i);
    if (a.size() != b.size()) return text::equal_ignoring_case(rest_a, rest_b.substr(1));
    if (rest_a.empty() || text::equal_ignoring_case(rest_a.substr(1), rest_b.substr(1))) return true;
    return rest_a.size() > 1 && text::lower(rest_a[0]) == text::lower(rest_b[1]) &&
           text::lower(rest_a[1]) == text::lower(rest_b[0]) &&
           text::equal_ignoring_case(rest_a.substr(2), rest_b.substr(2));
}

/// Whether two names are equal except for case and "-", "_" and ".".
constexpr bool same_letters(std::string_view a, std::string_view b) {
    auto const skip = [](std::string_view& text) {
        while (!text.empty() && (text.front() == '-' || text.front() == '_' || text.front() == '.'))
            text.remove_prefix(1);
    };
    for (;; a.remove_prefix(1), b.remove_prefix(1)) {
        skip(a), skip(b);
        if (a.empty() || b.empty()) return a.empty() && b.empty();
        if (text::lower(a.front()) != text::lower(b.front())) return false;
    }
}

}  // namespace detail

/// The known name that an unknown one was probably meant to be, or nothing.
constexpr std::string_view meant_name(std::string_view name, std::span<std::string_view const> known) {
    for (auto const candidate : known)
        if (detail::same_letters(name, candidate)) return candidate;
    for (auto const& [typo, meant] : detail::known_typos)
        if (detail::same_letters(name, typo) && std::find(known.begin(), known.end(), meant) != known.end())
            return meant;
    for (auto const candidate : known)
        if (candidate.size() >= 4 && detail::differ_by_one_slip(name, candidate)) return candidate;
    return {};
}

namespace detail {

/// A field name of another kind of text, and that kind.
struct foreign_name {
    std::string_view name;
    std::string_view home;
};
inline constexpr auto foreign_names = std::to_array<foreign_name>({
    {"version", "the policy"},
    {"mode", "the policy"},
    {"mx", "the policy"},
    {"max_age", "the policy"},
    {"id", "the record at _mta-sts"},
    {"rua", "the record at _smtp._tls"},
    {"ruf", "a DMARC record"},
    {"p", "a DMARC record"},
    {"sp", "a DMARC record"},
    {"pct", "a DMARC record"},
    {"adkim", "a DMARC record"},
    {"aspf", "a DMARC record"},
    {"fo", "a DMARC record"},
    {"ri", "a DMARC record"},
    {"rf", "a DMARC record"},
});

/// Where a foreign name belongs, or nothing.
constexpr std::string_view home_of(std::string_view name) {
    for (auto const& row : foreign_names)
        if (row.name == name) return row.home;
    return {};
}

}  // namespace detail

}  // namespace mtasts

namespace mtasts {

namespace detail {

/// The fields of which only the first occurrence counts (RFC 8461 3.2), as this library also reads the TLS-RPT record.
inline constexpr auto single_field_names =
    std::to_array<std::string_view>({"version", "mode", "max_age", "v", "id", "rua"});

/// The values a policy or record gives for these fields, however the names and values are spelt.
class single_fields {
  public:
    constexpr explicit single_fields(std::string_view text) {
        if (constexpr std::string_view bom = "\xEF\xBB\xBF"; text.starts_with(bom)) text.remove_prefix(bom.size());
        for (text::policy_lines lines(text); !lines.done();) {
            auto const line = text::trimmed(lines.next().text);
            if (line.starts_with('#') || line.starts_with("//") || line.starts_with(';')) continue;
            auto const comment = (std::min)(line.find(" #"), line.find("\t#"));
            text::for_each_piece(line.substr(0, comment), ';',
                                 [&](std::string_view field) { take(text::trimmed(field)); });
        }
    }

    /// The first field that conflicts with an earlier one, and its intended name; empty if there is none.
    constexpr std::string_view conflict() const { return conflict_; }
    constexpr std::string_view conflict_name() const { return conflict_name_; }

    /// Whether a field of this name has a value.
    constexpr bool states(std::string_view name) const {
        auto const index = index_of(name);
        return index != values_.size() && !values_[index].empty();
    }

    /// Whether one more field would not conflict with these.
    constexpr bool agrees(std::string_view field) const {
        auto with_field = *this;
        with_field.conflict_ = {};
        with_field.take(text::trimmed(field));
        return with_field.conflict_.empty();
    }

  private:
    static constexpr std::size_t index_of(std::string_view name) {
        return static_cast<std::size_t>(std::find(single_field_names.begin(), single_field_names.end(), name) -
                                        single_field_names.begin());
    }
    /// Without blanks and quotation marks around the value.
    static constexpr std::string_view bare(std::string_view value) {
        constexpr std::string_view around = " \t\"'\\";
        value.remove_prefix((std::min)(value.find_first_not_of(around), value.size()));
        return value.substr(0, value.find_last_not_of(around) + 1);
    }

    constexpr void take(std::string_view field) {
        auto const delimiter = field.find_first_of(":=");
        if (delimiter == field.npos) return;
        auto const meant = meant_name(bare(field.substr(0, delimiter)), single_field_names);
        auto const value = bare(field.substr(delimiter + 1));
        if (meant.empty() || value.empty()) return;
        auto& said = values_[index_of(meant)];
        if (said.empty()) said = value;
        // RFC 8461 3.1: ids are compared as they are; so are addresses.
        bool const exact = meant == "id" || meant == "rua";
        bool const same = exact ? value == said : text::equal_ignoring_case(value, said);
        if (!same && conflict_.empty()) conflict_ = field, conflict_name_ = meant;
    }

    std::array<std::string_view, single_field_names.size()> values_{};
    std::string_view conflict_, conflict_name_;
};

}  // namespace detail

/// Whether a text has conflicting values for a field; then nothing in it is corrected.
/// Example: `static_assert(mtasts::contradicts_itself("mode : none\nmode: enforce\n"));`
constexpr bool contradicts_itself(std::string_view text) { return !detail::single_fields(text).conflict().empty(); }

}  // namespace mtasts
// #include <mtasts/lint/repair.hpp>
/// How the parts of a text are repaired, each without guessing what was meant.

namespace mtasts {

/// A replacement for some octets of a text.
struct edit {
    text_span where;
    std::string text;
};

namespace detail {

/// A text without the octets that a predicate accepts.
template <class Predicate>
std::string without(std::string_view text, Predicate unwanted) {
    std::string kept;
    for (char const c : text)
        if (!unwanted(c)) kept += c;
    return kept;
}

inline std::string lowered(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = text::lower(c);
    return out;
}

/// The line of a policy that contains a place, with its end.
constexpr text_span line_around(std::string_view text, text_span where) {
    auto const before = text.substr(0, where.offset).find_last_of("\r\n");
    auto const begin = before == text.npos ? 0 : before + 1;
    auto end = (std::min)(text.find_first_of("\r\n", where.offset), text.size());
    if (text.substr(end, 2) == "\r\n") ++end;
    return {begin, (std::min)(end + 1, text.size()) - begin};
}

/// The field of a record that contains a place, with the ";" before it.
constexpr text_span field_and_delimiter(std::string_view text, text_span where) {
    auto const semicolon = text.substr(0, where.offset).rfind(';');
    auto const begin = semicolon == text.npos ? where.offset : semicolon;
    return {begin, where.end() - begin};
}

/// RFC 1035 5.1: the contents of the quoted strings of a zone file. Nothing if there is anything else beside them, or
/// if a value is split between two strings or contains an escaped letter or digit, so that it is nowhere written in
/// full.
inline std::optional<std::string> unquoted(std::string_view zone) {
    std::string text;
    bool inside = false, joint = false;
    auto const limits = [](char c) { return c == ';' || text::is_space(c); };
    for (std::size_t i = 0; i != zone.size(); ++i) {
        char c = zone[i];
        if (c == '"') {
            inside = !inside;
            joint = inside && !text.empty();
            continue;
        }
        if (!inside && text::is_space(c)) continue;
        if (!inside) return std::nullopt;
        if (c == '\\') {
            if (++i == zone.size() || text::is_alphanumeric(zone[i])) return std::nullopt;
            c = zone[i];
        }
        if (std::exchange(joint, false) && !limits(text.back()) && !limits(c)) return std::nullopt;
        text += c;
    }
    return inside ? std::nullopt : std::optional(text);
}

/// A record between quotation marks of any sort, as found in a zone file or a word processor.
inline std::optional<std::string> without_quotation_marks(std::string_view text) {
    if (auto const first = text.find('"'); first != text.npos) {
        // The name, class and type of a zone file line may come before it, but no part of a record.
        bool const alone = text.substr(0, first).find_first_of(";=") == text.npos;
        return alone ? unquoted(text.substr(first)) : std::nullopt;
    }
    for (std::string_view const quote : {"'", "\u2018", "\u2019", "\u201C", "\u201D", "\u201E"}) {
        if (text.starts_with(quote)) text.remove_prefix(quote.size());
        if (text.ends_with(quote)) text.remove_suffix(quote.size());
    }
    return std::string(text);
}

/// A number with a unit of time, in seconds. Nothing if the unit is ambiguous, as "m" (minutes or months) and "y" (365
/// or 365.25 days) are, or if the result is above the limit.
inline std::optional<std::string> seconds_with_unit(std::string_view text) {
    auto const digits = text.substr(0, text.find_first_not_of("0123456789"));
    auto const unit = lowered(text::trimmed(text.substr(digits.size())));
    constexpr auto units = std::to_array<std::pair<std::string_view, std::int64_t>>({{"s", 1},
                                                                                     {"sec", 1},
                                                                                     {"secs", 1},
                                                                                     {"second", 1},
                                                                                     {"seconds", 1},
                                                                                     {"min", 60},
                                                                                     {"mins", 60},
                                                                                     {"minute", 60},
                                                                                     {"minutes", 60},
                                                                                     {"h", 3600},
                                                                                     {"hour", 3600},
                                                                                     {"hours", 3600},
                                                                                     {"d", 86400},
                                                                                     {"day", 86400},
                                                                                     {"days", 86400},
                                                                                     {"w", 604800},
                                                                                     {"week", 604800},
                                                                                     {"weeks", 604800}});
    if (digits.size() > 9) return std::nullopt;
    for (auto const& [name, seconds] : units)
        if (unit == name) {
            std::int64_t count = 0;
            for (char const c : digits) count = count * 10 + (c - '0');
            return count * seconds <= max_age_limit.count() ? std::optional(std::to_string(count * seconds))
                                                            : std::nullopt;
        }
    return std::nullopt;
}

/// The line end that a text uses.
constexpr std::string_view line_end_of(std::string_view text) {
    return text.find("\r\n") == text.npos && text.find('\n') != text.npos ? "\n" : "\r\n";
}

/// What is between a pair of quotation marks; nothing if they do not match or there are others inside.
inline std::optional<std::string> between_quotes(std::string_view text) {
    constexpr std::string_view quotes = "\"'";
    if (text.size() < 2 || quotes.find(text.front()) == quotes.npos || text.back() != text.front()) return std::nullopt;
    auto const inner = text.substr(1, text.size() - 2);
    return inner.find_first_of(quotes) == inner.npos ? std::optional(std::string(text::trimmed(inner))) : std::nullopt;
}

/// An id without its quotation marks. Any other forbidden octet may be a typo for an allowed one, and is left alone.
inline std::optional<edit> unquoted_id(std::string_view text, text_span where) {
    auto const begin = text.substr(0, where.offset).rfind('=') + 1;
    auto const id = text::without_trailing_space(text.substr(begin, text.substr(begin).find(';')));
    auto kept = between_quotes(id);
    if (!kept || kept->empty() || kept->size() > 32 || !text::all_octets(*kept, text::is_alphanumeric))
        return std::nullopt;
    return edit{{begin, id.size()}, std::move(*kept)};
}

/// The name of the policy field in the line around `where`.
constexpr std::string_view policy_name_around(std::string_view text, text_span where) {
    auto const line = line_around(text, where).of(text);
    return text::trimmed(line.substr(0, line.find_first_of(":=")));
}

/// Whether a name is a policy field's, apart from case and "-", "_" and ".". Only mx has to be spelt exactly, as the
/// correction would trust one more host.
constexpr bool names_policy_field(std::string_view name) {
    return name == "mx" || same_letters(name, "version") || same_letters(name, "mode") || same_letters(name, "max_age");
}

/// A number without the separators between its groups of three digits; nothing if they are elsewhere, or if a single
/// one may be a decimal point.
inline std::optional<std::string> ungrouped(std::string_view number) {
    auto const first = number.find_first_not_of("0123456789");
    if (first == number.npos || first == 0 || first > 3) return std::nullopt;
    char const separator = number[first];
    if (std::string_view("_,.' ").find(separator) == std::string_view::npos) return std::nullopt;
    std::string digits;
    bool fine = (separator != '.' && separator != ',') || std::count(number.begin(), number.end(), separator) > 1;
    text::for_each_piece(number, separator, [&](std::string_view group) {
        fine = fine && text::all_octets(group, text::is_digit) && (digits.empty() ? !group.empty() : group.size() == 3);
        digits += group;
    });
    return fine && digits.size() <= 10 ? std::optional(digits) : std::nullopt;
}

/// Whether a text is a plain mail address, to which "mailto:" may be added.
constexpr bool looks_like_mail_address(std::string_view text) {
    auto const at = text.find('@');
    auto const domain = text.substr(at + 1);
    return at != text.npos && at != 0 && domain.find('.') != domain.npos && is_dns_name(domain) &&
           text::all_octets(text.substr(0, at), [](char c) {
               return text::is_alphanumeric(c) || c == '.' || c == '_' || c == '+' || c == '-';
           });
}

}  // namespace detail

}  // namespace mtasts

namespace mtasts {

/// The text with edits made; of two that overlap, the first in the text counts.
/// Example: `mtasts::with_edits("id=1", {mtasts::edit{{3, 1}, "2"}}) == "id=2"`
inline std::string with_edits(std::string_view text, std::vector<edit> const& edits) {
    // Edits at one place keep their order. Not std::stable_sort, for which libstdc++ 12 gives a warning.
    std::vector<std::pair<std::size_t, std::size_t>> order;
    for (std::size_t i = 0; i != edits.size(); ++i) order.emplace_back(edits[i].where.offset, i);
    std::sort(order.begin(), order.end());
    std::string out;
    std::size_t copied = 0;
    for (auto const& [offset, index] : order) {
        auto const& [where, replacement] = edits[index];
        if (where.offset < copied) continue;
        out += text.substr(copied, where.offset - copied);
        out += replacement;
        copied = where.end();
    }
    return out += text.substr((std::min)(copied, text.size()));
}

namespace detail {

/// A finding, its text, and the octets of its span.
struct fix_subject {
    finding const& f;
    std::string_view text;
    std::string_view found = f.where.of(text);
};
using made_fix = std::optional<edit>;

inline made_fix write(fix_subject of, std::string_view instead) { return edit{of.f.where, std::string(instead)}; }
inline made_fix write_if(fix_subject of, bool certain, std::string_view instead) {
    return certain ? write(of, instead) : std::nullopt;
}
inline made_fix write_if(fix_subject of, std::optional<std::string> instead) {
    return instead ? made_fix(edit{of.f.where, std::move(*instead)}) : std::nullopt;
}
/// An insertion in front; nothing if the text states another value elsewhere, however it is spelt.
inline made_fix insert_in_front(fix_subject of, std::string added) {
    edit made{{0, 0}, std::move(added)};
    return contradicts_itself(with_edits(of.text, {made})) ? std::nullopt : made_fix(std::move(made));
}

/// The size limit of a DMARC record; no domain contains a "!".
inline made_fix without_size_limit(fix_subject of) {
    auto const uri = of.f.part.of(of.text), size = of.found.substr(1);
    auto const address = uri.substr(0, uri.size() - of.found.size());
    return write_if(of,
                    text::starts_ignoring_case(address, "mailto:") && looks_like_mail_address(address.substr(7)) &&
                        !size.empty() && text::is_digit(size.front()) &&
                        text::all_octets(size.substr(0, size.size() - 1), text::is_digit),
                    "");
}
inline made_fix without_uri_space(fix_subject of) {
    auto const before = text_span{of.f.part.offset, of.f.where.offset - of.f.part.offset}.of(of.text);
    bool const around_address =
        before.empty() || text::equal_ignoring_case(before, "mailto:") || text::equal_ignoring_case(before, "https:");
    return write_if(of, around_address, "");
}
inline made_fix with_rua_joined(fix_subject of) {
    auto const before = of.text.substr(0, of.f.where.offset);
    auto const end = before.find_last_not_of("; \t") + 1;
    auto const field = before.substr(0, end).substr(before.substr(0, end).rfind(';') + 1);
    if (!text::trimmed(field).starts_with("rua=")) return std::nullopt;
    return edit{{end, of.f.where.offset - end}, ","};
}
inline made_fix without_line_ends(fix_subject of) {
    auto const begin = of.f.where.offset;
    if (of.text.find_first_not_of("\r\n", begin) != of.text.npos) return std::nullopt;
    return edit{{begin, of.text.size() - begin}, {}};
}
inline made_fix with_record_version(fix_subject of) {
    if (!of.text.starts_with(of.f.detail == "v=STSv1" ? "id=" : "rua=")) return std::nullopt;
    return insert_in_front(of, std::string(of.f.detail) + "; ");
}
inline made_fix without_zeros(fix_subject of) {
    auto const number = of.found.substr((std::min)(of.found.find_first_not_of('0'), of.found.size() - 1));
    return write_if(of, number.size() <= 10, number);
}

/// Makes the corrections of one kind.
struct fix_row {
    fix kind;
    made_fix (*make)(fix_subject);
};
inline constexpr auto fixes = std::to_array<fix_row>({
    {fix::none, [](fix_subject) { return made_fix(); }},
    {fix::remove, [](fix_subject of) { return write(of, ""); }},
    {fix::remove_line,
     [](fix_subject of) {
         return made_fix(edit{line_around(of.text, of.f.where), {}});
     }},
    {fix::remove_empty_line,
     [](fix_subject of) {
         if (of.found == "mx" || !names_policy_field(of.found)) return made_fix();
         return made_fix(edit{line_around(of.text, of.f.where), {}});
     }},
    {fix::remove_field,
     [](fix_subject of) {
         return made_fix(edit{field_and_delimiter(of.text, of.f.where), {}});
     }},
    {fix::remove_line_ends, without_line_ends},
    {fix::remove_spaces, [](fix_subject of) { return write(of, without(of.found, text::is_space)); }},
    {fix::remove_comment,
     [](fix_subject of) { return write_if(of, policy_name_around(of.text, of.f.where) != "mx", ""); }},
    {fix::remove_size_limit, without_size_limit},
    {fix::remove_uri_space, without_uri_space},
    {fix::remove_sign,
     [](fix_subject of) {
         auto const number = of.found.substr(1);
         return write_if(of, of.found.starts_with('+') && text::all_octets(number, text::is_digit), number);
     }},
    {fix::remove_zeros, without_zeros},
    {fix::remove_separators, [](fix_subject of) { return write_if(of, ungrouped(of.found)); }},
    {fix::write_detail, [](fix_subject of) { return write(of, of.f.detail); }},
    {fix::write_name,
     [](fix_subject of) {
         return write_if(of, of.f.detail != "mx" && same_letters(of.found, of.f.detail), of.f.detail);
     }},
    {fix::write_equals, [](fix_subject of) { return write(of, "="); }},
    {fix::write_colon,
     [](fix_subject of) { return write_if(of, names_policy_field(policy_name_around(of.text, of.f.where)), ":"); }},
    {fix::write_space, [](fix_subject of) { return write(of, " "); }},
    // In a text whose lines end with LF, a stray CR may be anything; to make it a line end would add a line.
    {fix::write_line_end, [](fix_subject of) { return write_if(of, of.text.find('\n') == of.text.npos, "\r\n"); }},
    {fix::write_policy_version, [](fix_subject of) { return write(of, "STSv1"); }},
    {fix::write_testing, [](fix_subject of) { return write(of, "testing"); }},
    {fix::write_seconds, [](fix_subject of) { return write_if(of, seconds_with_unit(of.found)); }},
    {fix::lower_case, [](fix_subject of) { return write(of, lowered(of.found)); }},
    {fix::join_rua, with_rua_joined},
    {fix::insert_semicolon, [](fix_subject of) { return write(of, "; "); }},
    {fix::insert_mailto,
     [](fix_subject of) {
         if (!looks_like_mail_address(of.found)) return made_fix();
         return made_fix(edit{{of.f.where.offset, 0}, "mailto:"});
     }},
    {fix::insert_record_version, with_record_version},
    {fix::insert_policy_version,
     [](fix_subject of) { return insert_in_front(of, "version: STSv1" + std::string(line_end_of(of.text))); }},
    {fix::unquote, [](fix_subject of) { return write_if(of, between_quotes(of.found)); }},
    {fix::unquote_id, [](fix_subject of) { return unquoted_id(of.text, of.f.where); }},
    {fix::unquote_record, [](fix_subject of) { return write_if(of, without_quotation_marks(of.found)); }},
});
static_assert(
    [] {
        for (std::size_t i = 0; i != fixes.size(); ++i)
            if (fixes[i].kind != static_cast<fix>(i)) return false;
        return fixes.size() == static_cast<std::size_t>(fix::unquote_record) + 1;
    }(),
    "there is a row for each fix, in order");

}  // namespace detail

/// The correction of a finding, if a machine can know it without guessing what was meant.
///
/// `text` is the text the finding is about. Only what has no meaning in its place is removed, and only a value with a
/// single possible meaning is rewritten. A correction that would trust, drop, or choose between values is left to a
/// person.
/// Example: `mtasts::fix_of(f, text).has_value()`
inline std::optional<edit> fix_of(finding const& f, std::string_view text) {
    if (!f.correctable) return std::nullopt;
    return detail::fixes[static_cast<std::size_t>(f.means().fix)].make({f, text});
}

/// The text with corrections made, or unchanged: if it would not be usable afterwards (RFC 8461 3.2), or if it is
/// unusable and contradicts itself.
///
/// `check` gives the findings of a text. In a usable text only blanks, line ends and a byte order mark are changed, and
/// its value stays the same. Every well-formed mx line is kept as it is, and no host, id or address is added that is not
/// in the text in full. Correcting the result again changes nothing.
/// Example: `mtasts::fixed_text(text, [](std::string_view t) { return mtasts::check_sts_policy(t).findings; })`
template <class Check>
std::string fixed_text(std::string_view text, Check check) {
    constexpr int most_rounds = 64;
    auto const usable = [](findings const& found) {
        return std::none_of(found.begin(), found.end(), [](finding const& f) { return f.makes_unusable(); });
    };
    findings found = check(text);
    bool const was_usable = usable(found);
    auto const count_before = found.size();
    if (!was_usable && contradicts_itself(text)) return std::string(text);
    std::string fixed(text);
    // One fault may hide another in the same place.
    for (int round = 0;; ++round) {
        std::vector<edit> edits;
        for (auto const& f : found)
            if (auto fix = fix_of(f, fixed)) edits.push_back(std::move(*fix));
        auto next = with_edits(fixed, edits);
        if (next == fixed) break;
        if (round == most_rounds) return std::string(text);
        fixed = std::move(next);
        found = check(std::string_view(fixed));
    }
    bool const better = was_usable ? found.size() < count_before : !contradicts_itself(fixed);
    return better && usable(found) ? fixed : std::string(text);
}

}  // namespace mtasts
// #include <mtasts/lint/quirks.hpp>
/// Deviations that reporters are known for, so that a reader of findings sees whose fault it is. As of 2026-11.

namespace mtasts::detail {

/// A deviation with a name, and the reporters whose reports have shown it.
struct quirk {
    mtasts::code code;
    std::string_view name;
    std::string_view seen_from;
};

inline constexpr auto quirks = std::to_array<quirk>({
    {code::time_zone_missing, "zoneless-time", "Microsoft, 2023 and 2024"},
    {code::time_date_only, "date-only", "test data"},
    {code::report_member_null, "null-member", "Stalwart"},
    {code::report_member_null_optional, "null-member", "Stalwart"},
    {code::report_policy_string_json, "json-in-string", "Microsoft"},
    {code::report_mx_host_key, "mx-host-with-key", "a small sender"},
    {code::report_member_bare, "string-for-array", "senders that follow the example of RFC 8460 Appendix B"},
    {code::report_count_sum, "sum-above-total", "Mail.ru"},
    {code::report_range_midnight, "end-at-midnight", "Mail.ru, Stalwart, SocketLabs"},
    {code::ip_empty, "empty-address", "Google, once"},
    {code::report_member_omitted, "omitted-member", "Google (until 2022), Microsoft, Postfix with tlsrpt-reporter"},
    {code::report_policies_empty, "no-policies", "reports of a day without sessions"},
    {code::report_id_domain_missing, "id-without-domain", "Microsoft"},
    {code::report_result_unknown, "unknown-result-type", "senders with result types of their own"},
    {code::report_policy_type_unknown, "unknown-policy-type", "senders with policy types of their own"},
    {code::report_policy_line_return, "carriage-return-kept", "Google"},
    {code::report_member_misspelt, "misspelt-member", "SocketLabs (receiving-mx-host-name)"},
    {code::report_domain_case, "domain-in-upper-case", "senders that take domains as they were typed"},
    {code::report_name_sender, "file-named-otherwise", "tlsrpt-reporter before 0.6"},
});

/// The quirk that a finding is a sign of, or nullptr.
/// Example: `static_assert(mtasts::detail::quirk_of(mtasts::code::time_zone_missing)->name == "zoneless-time");`
constexpr quirk const* quirk_of(code what) {
    for (auto const& one : quirks)
        if (one.code == what) return &one;
    return nullptr;
}

}  // namespace mtasts::detail
// #include <mtasts/lint/report_filename.hpp>
/// RFC 8460 5.1, 5.6: compares the name of a report's file with the report, which counts where they differ.

namespace mtasts {

namespace detail {

/// Unix seconds in digits, with their own storage; empty for a time that a file name cannot have.
class unix_time_text {
  public:
    constexpr unix_time_text() = default;
    constexpr explicit unix_time_text(std::optional<std::chrono::sys_seconds> instant) {
        if (!instant || instant->time_since_epoch().count() < 0) return;
        auto rest = static_cast<std::uint64_t>(instant->time_since_epoch().count());
        do {
            digits_[--begin_] = static_cast<char>('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
    }
    constexpr std::string_view view() const { return {digits_.data() + begin_, digits_.size() - begin_}; }

  private:
    std::array<char, 20> digits_{};
    std::size_t begin_ = 20;
};

}  // namespace detail

/// The times of a report as its file name should have them.
struct range_text {
    detail::unix_time_text start, end;

    constexpr explicit range_text(tlsrpt_date_range const& range) : start(range.start), end(range.end) {}
};

/// RFC 8460 5.1: whether the extension says what the content is. Other names than *.json and *.gz say nothing.
constexpr void lint_report_extension(std::string_view name, bool gzip, findings& found) {
    auto const ends = [&](std::string_view end) {
        return name.size() > end.size() && text::equal_ignoring_case(name.substr(name.size() - end.size()), end);
    };
    bool const named_gzip = ends(".gz");
    if (named_gzip == gzip || !(named_gzip || ends(".json"))) return;
    std::size_t const length = ends(".json.gz") ? 8 : named_gzip ? 3 : 5;
    found.push_back({code::report_name_compression,
                     {name.size() - length, length},
                     gzip ? std::string_view("gzip") : std::string_view("not compressed")});
}

namespace detail {

/// Whether a report may be about a policy domain. Nothing is known about policies without a domain, and a TLSA base
/// domain (RFC 8460 1.1) need not be the policy domain to which the report is sent.
constexpr bool may_be_about(tlsrpt_report const& report, std::string_view domain) {
    return report.policies.empty() ||
           std::any_of(report.policies.begin(), report.policies.end(), [&](tlsrpt_policy_result const& result) {
               auto const& policy = result.policy;
               return policy.domain.empty() || policy.type == coded(tlsrpt_policy_type::tlsa) ||
                      same_domain(domain, policy.domain);
           });
}

}  // namespace detail

/// Compares a file name of four or five parts between "!" with the report in the file; other names are ignored. The
/// findings have their place in the name, and hold views of the report and of `times`.
///
/// A malformed name is compared part by part nevertheless: some reporters write the organization's name instead of its
/// domain.
/// Example: `mtasts::lint_report_filename("a.example!b.example!0!86399.json", {}, mtasts::range_text({}), found);`
constexpr void lint_report_filename(std::string_view name, tlsrpt_report const& report, range_text const& times,
                                    findings& found) {
    auto base = name;
    for (std::string_view const end : {".gz", ".json"})
        if (base.size() >= end.size() && text::equal_ignoring_case(base.substr(base.size() - end.size()), end))
            base.remove_suffix(end.size());
    std::array<std::string_view, 5> parts;
    std::size_t count = 0;
    text::for_each_piece(base, '!', [&](std::string_view part) {
        if (count < parts.size()) parts[count] = part;
        ++count;
    });
    if (count != 4 && count != 5) return;
    auto const say = [&](code what, std::size_t part, std::string_view detail) {
        found.push_back({what, detail::span_of(name, parts[part]), detail});
    };

    auto const submitter = mail_domain(report.contact_info);
    if (!submitter.empty() && !detail::same_domain(parts[0], submitter)) say(code::report_name_sender, 0, submitter);

    if (!detail::may_be_about(report, parts[1])) say(code::report_name_domain, 1, {});

    auto const compare_time = [&](std::size_t part, std::string_view wanted) {
        auto digits = parts[part];
        while (digits.size() > 1 && digits.front() == '0') digits.remove_prefix(1);
        if (!wanted.empty() && digits != wanted) say(code::report_name_time, part, wanted);
    };
    compare_time(2, times.start.view());
    compare_time(3, times.end.view());
}

}  // namespace mtasts
// #include <mtasts/lint/senders.hpp>
/// How real sending MTAs read a policy: they differ on the same text.
///
/// Dated data, from the senders' own parsers: one row per kind of text, one predicate per row, one cell per sender.

namespace mtasts {

/// One sender's reading of a policy, and the kind of text that decided it; that is empty if no row applies.
/// Example: `for (mtasts::sender_answer const& a : mtasts::what_senders_do(text, policy)) std::cout << a.sender;`
struct sender_answer {
    /// The month in which the senders' sources were read.
    static constexpr std::string_view as_of = "2026-11";

    /// In order of weight: if several rows apply, the heaviest cell decides.
    enum class effect { uses, differs, unknown, discards };

    std::string_view sender;
    effect verdict = effect::uses;
    std::string_view words = "uses it as RFC 8461 says";
    std::string_view about = {};

    friend constexpr bool operator==(sender_answer const&, sender_answer const&) = default;
};

namespace detail {

namespace sender_table {

inline constexpr auto names = std::to_array<std::string_view>(
    {"mox", "postfix-tlspol", "Stalwart", "KumoMTA", "postfix-mta-sts-resolver", "mailauth", "Halon"});

/// The meaning of a mark in the table.
struct cell {
    char mark;
    sender_answer::effect verdict;
    std::string_view words;
};
inline constexpr auto cells = [] {
    using enum sender_answer::effect;
    return std::to_array<cell>({
        {'+', uses, "uses it"},
        {'x', discards, "discards it"},
        {'?', unknown, "not known"},
        {'m', differs, "takes the last mode"},
        {'a', differs, "takes the last max_age"},
        {'n', differs, "treats it as mode none"},
        {'e', differs, "does not enforce it"},
        {'d', differs, "applies max_age 86400"},
        {'0', differs, "applies max_age 0"},
        {'>', differs, "applies the greater max_age"},
        {'u', differs, "does not check it"},
        {'h', differs, "uses it, but that mx matches no host"},
        {'p', differs, "hands that mx to Postfix as it stands"},
        {'o', differs, "hands Postfix an empty pattern"},
        {'2', differs, "hands Postfix two words"},
        {':', differs, "hands Postfix two patterns"},
        {'*', differs, "lets it cover names at any depth"},
        {'A', differs, "converts it"},
        {'U', differs, "takes it literally"},
        {'8', differs, "takes it literally if it is served with charset=utf-8"},
        {'c', differs, "discards it unless it is served with charset=utf-8"},
        {'j', differs, "loses the line after it"},
        {'s', differs, "does not read that line"},
        {'k', differs, "reads it as the known field"},
    });
}();
constexpr cell const& cell_of(char mark) {
    return *std::find_if(cells.begin(), cells.end(), [&](cell const& known) { return known.mark == mark; });
}

/// The lines with one of the defined names.
struct field_lines {
    std::string_view name;
    bool (*wellformed)(std::string_view value);
    std::string_view first = {};
    std::size_t count = 0;
    /// About the lines after the first: the value is the same, another, or none; about any line: the name is in another
    /// case.
    bool same = false, other = false, malformed = false, other_case = false;

    constexpr bool repeated_in_other_case() const { return count != 0 && other_case; }
    constexpr void count_line(text::policy_line const& line) {
        auto const given = text::trimmed(line.name);
        if (given != name) other_case = other_case || text::equal_ignoring_case(given, name);
        else if (count++ == 0) first = line.value;
        else (!wellformed(line.value) ? malformed : line.value == first ? same : other) = true;
    }
};

/// The facts about a policy that the rows ask for.
struct facts {
    std::string_view text;
    parsed<sts_policy> const& policy;
    field_lines version{"version", [](std::string_view value) { return value == "STSv1"; }};
    field_lines mode{
        "mode", [](std::string_view value) { return value == "none" || value == "testing" || value == "enforce"; }};
    field_lines max_age{"max_age", [](std::string_view v) {
                            return !v.empty() && v.size() <= 10 && text::all_octets(v, text::is_digit);
                        }};
    field_lines mx{"mx", [](std::string_view) { return true; }};

    constexpr facts(std::string_view given, parsed<sts_policy> const& read) : text(given), policy(read) {
        if (read.has(code::text_too_large)) return;
        for (text::policy_lines lines(text); !lines.done();)
            if (auto const line = lines.next(); line.has_colon)
                for (auto* field : {&version, &mode, &max_age, &mx}) field->count_line(line);
    }

    constexpr bool has_field(std::string_view name) const {
        return name == version.name || name == mode.name || name == max_age.name || name == mx.name;
    }
    /// The value of the first max_age, or -1.
    constexpr std::int64_t seconds() const {
        if (!max_age.wellformed(max_age.first)) return -1;
        std::int64_t sum = 0;
        for (char const c : max_age.first) sum = sum * 10 + (c - '0');
        return sum;
    }
    template <class Predicate>
    constexpr bool any_label(Predicate accepts) const {
        bool any = false;
        for (auto const pattern : policy.value.mx)
            text::for_each_piece(pattern.domain(), '.', [&](std::string_view label) { any = any || accepts(label); });
        return any;
    }
    constexpr bool wildcard() const {
        return policy.value.mode != policy_mode::none && std::any_of(policy.value.mx.begin(), policy.value.mx.end(),
                                                                     [](mx_pattern one) { return one.wildcard(); });
    }
    constexpr bool address() const {
        return std::any_of(policy.value.mx.begin(), policy.value.mx.end(), [](mx_pattern one) {
            return text::all_octets(one.text, [](char c) { return text::is_digit(c) || c == '.'; });
        });
    }
    constexpr bool beyond_ascii() const {
        return std::any_of(policy.value.extensions.begin(), policy.value.extensions.end(),
                           [](extension const& one) { return !text::all_octets(one.value, text::is_ascii); });
    }
};

/// One finding, as the rows of faults see it: its octets, and the line of the policy it is about.
struct fault {
    facts const& of;
    code what;
    std::string_view octets;
    std::string_view line;

    constexpr bool has_colon() const { return line.find(':') != line.npos; }
    constexpr bool in_extension() const {
        return has_colon() && !of.has_field(text::trimmed(text::policy_line(line).name));
    }
};

template <class Subject>
struct row {
    /// One mark per sender, separated by spaces.
    std::string_view marks;
    bool (*applies)(Subject const&);
    std::string_view about;
};

using enum code;
template <code... Codes>
constexpr bool is(fault const& f) {
    return ((f.what == Codes) || ...);
}
template <code Code, field_lines facts::*Field, bool OtherCase>
constexpr bool lacks(fault const& f) {
    return f.what == Code && (f.of.*Field).other_case == OtherCase;
}
template <code Code, bool (*Test)(std::string_view)>
constexpr bool with(fault const& f) {
    return f.what == Code && Test(f.octets);
}
constexpr bool is_max_age(std::string_view name) { return name == "max_age"; }
constexpr bool is_extension(std::string_view name) { return name != "version" && name != "mode" && name != "max_age"; }
constexpr bool plus(std::string_view value) { return value.starts_with('+'); }
constexpr bool minus(std::string_view value) { return value.starts_with('-'); }
constexpr bool commas(std::string_view value) { return value.find(',') != value.npos; }
constexpr bool only_spaces(std::string_view value) { return value.find_first_of(",;") == value.npos; }
constexpr bool too_long(std::string_view label) { return label.size() > 63; }
/// "0x15180" or "1e5", which are numbers to JavaScript.
constexpr bool script_number(std::string_view value) {
    auto const mark = value.find_first_not_of("0123456789");
    if (mark == 0 || mark == value.npos || mark + 1 == value.size()) return false;
    auto const rest = value.substr(mark + 1);
    if (text::lower(value[mark]) == 'x')
        return value.substr(0, mark) == "0" && text::all_octets(rest, text::is_hex_digit);
    return text::lower(value[mark]) == 'e' && text::all_octets(rest, text::is_digit);
}
/// "86_400", which is a number to Python.
constexpr bool grouped_number(std::string_view value) {
    bool grouped = true;
    text::for_each_piece(value, '_', [&](std::string_view group) {
        grouped = grouped && !group.empty() && text::all_octets(group, text::is_digit);
    });
    return grouped;
}
/// "00000086400": too many digits, but not too large a number.
constexpr bool zeros(std::string_view digits) {
    auto const number = digits.substr((std::min)(digits.find_first_not_of('0'), digits.size()));
    return number.size() < 8 || (number.size() == 8 && number <= "31557600");
}
constexpr bool too_great(std::string_view digits) { return !zeros(digits); }
constexpr bool without_colon(fault const& f) { return is<policy_colon_missing, policy_comment>(f) && !f.has_colon(); }
constexpr bool odd_name(fault const& f) { return is<policy_name, policy_comment>(f) && f.has_colon(); }
constexpr bool not_utf8(fault const& f) { return f.what == policy_not_utf8 && f.in_extension(); }
/// Except NUL, and those at which some senders end a line.
constexpr bool odd_octet(fault const& f) {
    constexpr std::string_view others{"\0\v\f\x1C\x1D\x1E", 6};
    return f.what == policy_control && f.in_extension() && f.octets.find_first_of(others) == f.octets.npos;
}
constexpr bool no_policy(fault const& f) {
    return is<policy_is_html, policy_is_json, policy_is_record>(f) && f.of.version.count + f.of.mx.count == 0;
}

// clang-format off
/// Texts that are unusable by RFC 8461. What senders do about a fault without a row is unknown.
inline constexpr auto faults = std::to_array<row<fault>>({
//    mox
//    | postfix-tlspol
//    | | Stalwart
//    | | | KumoMTA
//    | | | | postfix-mta-sts-resolver
//    | | | | | mailauth
//    | | | | | | Halon
    {"x x + x x x x", lacks<policy_version_missing, &facts::version, false>, "no version"},
    {"x x + x x + ?", lacks<policy_version_missing, &facts::version, true>, "\"version\" in another case"},
    {"x x + x x x ?", is<policy_version_case>, "a version in another case"},
    {"x x x x x x ?", is<policy_version_unknown>, "another version"},
    {"x e n x x n u", lacks<policy_mode_missing, &facts::mode, false>, "no mode"},
    {"x e n x x + ?", lacks<policy_mode_missing, &facts::mode, true>, "\"mode\" in another case"},
    {"x x x x x + u", is<policy_mode_case>, "a mode in another case"},
    {"x x x x x x u", is<policy_mode_unknown, policy_mode_report, policy_value_quoted>, "a mode that does not exist"},
    {"x x d x x x u", lacks<policy_max_age_missing, &facts::max_age, false>, "no max_age"},
    {"x x d x x + ?", lacks<policy_max_age_missing, &facts::max_age, true>, "\"max_age\" in another case"},
    {"x x d x x 0 ?", with<policy_value_empty, is_max_age>, "an empty max_age"},
    {"x x + + + + ?", with<policy_max_age_sign, plus>, "a max_age with a plus sign"},
    {"x x d x x x ?", with<policy_max_age_sign, minus>, "a negative max_age"},
    {"x x + + + + ?", with<policy_max_age_digits, zeros>, "a max_age of more than ten digits"},
    {"x x d > x x ?", with<policy_max_age_digits, too_great>, "a max_age of more than ten digits, above the limit"},
    {"x x d x x + ?", with<policy_max_age_number, script_number>, "a max_age in hexadecimal or with an exponent"},
    {"x x d x + x ?", with<policy_max_age_number, grouped_number>, "a max_age with underscores"},
    {"x x d x x x ?", is<policy_max_age_unit>, "a max_age with a unit"},
    {"x x x x x x ?", lacks<policy_mx_missing, &facts::mx, false>, "no mx"},
    {"x x x x x + ?", lacks<policy_mx_missing, &facts::mx, true>, "\"mx\" in another case"},
    {"x x x h o h ?", is<host_empty>, "an empty mx"},
    {"x x h h o h ?", is<host_wildcard_bare>, "an mx that is \"*\" alone"},
    {"x x h h p h ?", is<host_wildcard_place, host_wildcard_partial>, "an mx with \"*\" out of place"},
    {"x x h h * h ?", is<host_leading_dot>, "an mx that begins with a dot"},
    {"x p h h p h ?", is<host_trailing_dot>, "an mx that ends with a dot"},
    {"x x h h p h ?", is<host_empty_label>, "an mx with an empty label"},
    {"x x + + + + ?", is<host_underscore>, "an mx with an underscore"},
    {"x x U U p U ?", is<host_address_literal>, "an mx that is an address in brackets"},
    {"x x h h p h ?", with<host_comma_list, commas>, "several hosts in one mx, with commas"},
    {"x x h h 2 h ?", with<host_comma_list, only_spaces>, "several hosts in one mx, with spaces"},
    {"x x h h 2 h ?", is<host_space, host_priority>, "an mx with a space"},
    {"x x h h : h ?", is<host_port>, "an mx with a port"},
    {"x x A U 8 U U", is<host_u_label>, "an mx with a U-label"},
    {"x x + + + + +", is<policy_blank_line, policy_blank_line_skipped>, "a blank line"},
    {"x x + x x + ?", is<policy_bom, policy_bom_skipped>, "a byte order mark"},
    {"x x x x + x ?", is<policy_bare_cr>, "CR alone as the end of a line"},
    {"x x + + s + ?", is<policy_leading_space>, "a space at the beginning of a line"},
    {"x x + + s + ?", is<policy_space_before_colon>, "a space before the colon"},
    {"x x j x + + ?", without_colon, "a comment or another line without colon"},
    {"x x + + + + ?", with<policy_value_empty, is_extension>, "an extension without value"},
    {"x x + + + + ?", odd_name, "an extension's name with other characters"},
    {"x x + + + + ?", odd_octet, "a control character in an extension"},
    {"+ x x x x + ?", not_utf8, "an extension that is not UTF-8"},
    {"x x x x x x x", is<policy_empty>, "no text"},
    {"x x x x x x x", no_policy, "HTML, JSON or a TXT record"},
});

/// Texts that are usable by RFC 8461, as far as these rows can tell.
inline constexpr auto oddities = std::to_array<row<facts>>({
//    mox
//    | postfix-tlspol
//    | | Stalwart
//    | | | KumoMTA
//    | | | | postfix-mta-sts-resolver
//    | | | | | mailauth
//    | | | | | | Halon
    {"x x + ? x ? x", [](facts const& f) { return f.text.size() > 65536 && f.text.size() <= 1048576; }, "more than 64 KiB"},
    {"x x x ? x ? x", [](facts const& f) { return f.text.size() > 1048576; }, "more than 1 MiB"},
    {"+ + m x m m m", [](facts const& f) { return f.mode.other; }, "mode stands twice, not alike"},
    {"x + x x x x ?", [](facts const& f) { return f.mode.malformed; }, "mode stands twice, later malformed"},
    {"+ + a x a a ?", [](facts const& f) { return f.max_age.other; }, "max_age stands twice, not alike"},
    {"+ + + x + + +", [](facts const& f) { return f.version.same || f.mode.same || f.max_age.same; }, "version, mode or max_age stands twice, alike"},
    {"? ? ? x ? ? ?", [](facts const& f) { return f.version.malformed || f.max_age.malformed; }, "version or max_age stands twice, later malformed"},
    {"+ + + + + k ?", [](facts const& f) { return f.mode.repeated_in_other_case() || f.max_age.repeated_in_other_case() || f.mx.repeated_in_other_case(); }, "a known name a second time in another case"},
    {"+ + x + + + +", [](facts const& f) { return f.mode.first == "none" && f.mx.count == 0; }, "mode none without mx"},
    {"> + d > x x u", [](facts const& f) { return f.seconds() > 31557600 && f.seconds() <= 2147483647; }, "max_age above 31557600"},
    {"x + d > x x u", [](facts const& f) { return f.seconds() > 2147483647; }, "max_age above 2147483647"},
    {"+ + d + + + +", [](facts const& f) { return f.seconds() == 31557600; }, "max_age of just 31557600"},
    {"+ + d + + + +", [](facts const& f) { return f.seconds() >= 0 && f.seconds() < 3600; }, "max_age below 3600"},
    {"+ * + + * * ?", [](facts const& f) { return f.wildcard(); }, "a wildcard, and a host two labels below it"},
    {"x x + + + + ?", [](facts const& f) { return f.address(); }, "an mx that is an IP address"},
    {"+ x + + + + ?", [](facts const& f) { return f.any_label(too_long); }, "an mx with a label of more than 63 octets"},
    {"x + + + + + ?", [](facts const& f) { return f.any_label(is_fake_a_label); }, "an mx with a label that is no A-label"},
    {"+ + + + c + ?", [](facts const& f) { return f.beyond_ascii(); }, "an extension with octets beyond ASCII"},
});
// clang-format on

}  // namespace sender_table

}  // namespace detail

/// What senders do with a policy (RFC 8461 3.2, 3.3), one answer per sender, always in the same order.
///
/// `policy` is what `parse_sts_policy` or `check_sts_policy` made of the text; the data is as of `sender_answer::as_of`.
/// Example: `for (auto const& a : mtasts::what_senders_do(text, policy)) std::cout << a.sender << ' ' << a.words << '\n';`
constexpr std::vector<sender_answer> what_senders_do(std::string_view text, parsed<sts_policy> const& policy) {
    using namespace detail::sender_table;
    std::vector<sender_answer> answers;
    for (auto const name : names) answers.push_back({name});
    auto const apply = [&](std::string_view marks, std::string_view about) {
        for (std::size_t i = 0; i != names.size(); ++i)
            if (auto const& said = cell_of(marks[2 * i]); answers[i].about.empty() || said.verdict > answers[i].verdict)
                answers[i] = {names[i], said.verdict, said.words, about};
    };
    facts const all(text, policy);
    for (auto const& oddity : oddities)
        if (oddity.applies(all)) apply(oddity.marks, oddity.about);
    for (auto const& said : policy.findings) {
        bool known = !said.makes_unusable() || (said.code == code::text_too_large && text.size() > 65536);
        fault const one{all, said.code, said.where.of(text), said.part.of(text)};
        for (auto const& kind : faults)
            if (kind.applies(one)) {
                apply(kind.marks, kind.about);
                known = true;
            }
        if (!known) apply("? ? ? ? ? ? ?", "not in the table");
    }
    return answers;
}

}  // namespace mtasts
// #include <mtasts/lint/sts_policy.hpp>
/// Policies that are legal but unwise.

// #include <mtasts/lint/host.hpp>
/// Host names that are well-formed but probably wrong.

namespace mtasts {

namespace detail {

inline constexpr auto local_suffixes =
    std::to_array<std::string_view>({"localhost", "local", "localdomain", "internal", "lan", "home.arpa"});

/// Second-level labels below which registries of two-letter top-level domains register names.
inline constexpr auto registry_labels = std::to_array<std::string_view>(
    {"ac", "co", "com", "edu", "go", "gob", "gov", "govt", "mil", "ne", "net", "or", "org"});

/// RFC 8461 10.4: whether a domain is a top-level domain, or looks like a registry's second level.
constexpr bool looks_like_public_suffix(std::string_view domain) {
    auto const dot = domain.find('.');
    if (dot == domain.npos) return true;
    auto const second = domain.substr(0, dot), top = domain.substr(dot + 1);
    return top.size() == 2 && std::any_of(registry_labels.begin(), registry_labels.end(), [&](std::string_view label) {
               return text::equal_ignoring_case(label, second);
           });
}

/// Lints the labels of a name, a view of the whole text; returns whether all are numbers.
constexpr bool lint_labels(std::string_view whole, std::string_view name, findings& found) {
    bool numeric = true;
    text::for_each_piece(name, '.', [&](std::string_view label) {
        numeric = numeric && text::all_octets(label, text::is_digit);
        if (label.size() > 63) found.push_back({code::host_label_long, span_of(whole, label)});
        else if (is_fake_a_label(label)) found.push_back({code::host_fake_a_label, span_of(whole, label)});
        else if (label.substr(std::min<std::size_t>(2, label.size())).starts_with("--") &&
                 !text::starts_ignoring_case(label, "xn--"))
            found.push_back({code::host_reserved_label, span_of(whole, label)});
    });
    return numeric;
}

constexpr bool is_local_name(std::string_view name) {
    return std::any_of(local_suffixes.begin(), local_suffixes.end(), [&](std::string_view suffix) {
        if (name.size() < suffix.size()) return false;
        auto const before = name.size() - suffix.size();
        return text::equal_ignoring_case(name.substr(before), suffix) && (before == 0 || name[before - 1] == '.');
    });
}

/// Names below which mail domains run web services: the policy host (RFC 8461 3.2), mail clients' configuration.
inline constexpr auto technical_labels =
    std::to_array<std::string_view>({"mta-sts", "autoconfig", "autodiscover", "openpgpkey"});

}  // namespace detail

/// Lints a well-formed mx pattern, a view of the whole text. Findings: host-* and mx-*.
/// Example: `mtasts::lint_mx_pattern(text, {text}, found);`
constexpr void lint_mx_pattern(std::string_view whole, mx_pattern pattern, findings& found) {
    auto const say = [&](code what) { found.push_back({what, detail::span_of(whole, pattern.text)}); };
    auto const domain = pattern.domain();
    bool const numeric = detail::lint_labels(whole, domain, found);
    if (pattern.text.size() > detail::longest_name) say(code::host_name_long);
    auto const first = domain.substr(0, domain.find('.'));
    bool const technical = std::any_of(detail::technical_labels.begin(), detail::technical_labels.end(),
                                       [&](std::string_view label) { return text::equal_ignoring_case(first, label); });
    if (technical && first.size() != domain.size() && !pattern.wildcard()) say(code::mx_technical_name);
    bool const single = domain.find('.') == domain.npos;
    if (numeric && !single) say(code::host_ip_address);
    else if (detail::is_local_name(domain)) say(code::host_local);
    else if (single && !pattern.wildcard()) say(code::host_single_label);
    if (pattern.wildcard()) say(detail::looks_like_public_suffix(domain) ? code::mx_wildcard_wide : code::mx_wildcard);
}

}  // namespace mtasts

namespace mtasts {

namespace detail {

/// RFC 8461 3.2, 10.2: a max_age below a week gets a warning, below two weeks a note.
inline constexpr std::chrono::seconds short_max_age{604800}, modest_max_age{1209600};

/// mx patterns that occur twice, or that a wildcard of the same policy already covers.
constexpr void lint_repeated_mx(std::string_view text, sts_policy const& policy, findings& found) {
    auto sorted = policy.mx;
    std::sort(sorted.begin(), sorted.end(), [&](mx_pattern a, mx_pattern b) {
        return text::less_ignoring_case(a.text, b.text) ||
               (!text::less_ignoring_case(b.text, a.text) && a.text.data() < b.text.data());
    });
    for (std::size_t i = 1; i < sorted.size(); ++i)
        if (text::equal_ignoring_case(sorted[i].text, sorted[i - 1].text))
            found.push_back({code::policy_mx_duplicate, span_of(text, sorted[i].text)});
    std::vector<mx_pattern> wildcards;
    for (auto const pattern : sorted)
        if (pattern.wildcard()) wildcards.push_back(pattern);
    std::sort(wildcards.begin(), wildcards.end(),
              [&](mx_pattern a, mx_pattern b) { return text::less_ignoring_case(a.domain(), b.domain()); });
    for (auto const pattern : policy.mx) {
        auto const dot = pattern.text.find('.');
        if (pattern.wildcard() || dot == pattern.text.npos) continue;
        auto const parent = pattern.text.substr(dot + 1);
        auto const cover =
            std::lower_bound(wildcards.begin(), wildcards.end(), parent, [&](mx_pattern a, std::string_view domain) {
                return text::less_ignoring_case(a.domain(), domain);
            });
        if (cover != wildcards.end() && mx_matches(*cover, pattern.text))
            found.push_back({code::policy_mx_redundant, span_of(text, pattern.text), cover->text});
    }
}

/// RFC 8461 3.2, 10.2: lints the max_age of a usable policy.
constexpr void lint_max_age(std::string_view text, sts_policy const& policy, findings& found) {
    auto const digits = text::first_policy_value(text, "max_age");
    if (digits.empty()) return;
    auto const say = [&](code what) { found.push_back({what, span_of(text, digits)}); };
    if (digits.size() > 1 && digits.front() == '0') say(code::policy_max_age_zeros);
    if (policy.mode == policy_mode::none) return;
    if (policy.max_age == std::chrono::seconds(0)) say(code::policy_max_age_zero);
    else if (policy.max_age < short_max_age) say(code::policy_max_age_short);
    else if (policy.max_age < modest_max_age) say(code::policy_max_age_modest);
}

/// Lints the mode of a usable policy.
constexpr void lint_mode(std::string_view text, sts_policy const& policy, findings& found) {
    if (policy.mode == policy_mode::enforce) return;
    bool const testing = policy.mode == policy_mode::testing;
    if (auto const value = text::first_policy_value(text, "mode"); !value.empty())
        found.push_back({testing ? code::policy_mode_testing : code::policy_mode_none, span_of(text, value)});
    if (!testing && !policy.mx.empty())
        found.push_back({code::policy_none_with_mx, span_of(text, policy.mx.front().text)});
}

/// Lints the form of lines that the grammar allows.
constexpr void lint_policy_lines(std::string_view text, findings& found) {
    auto const say = [&](code what, std::string_view where) { found.push_back({what, span_of(text, where)}); };
    std::string_view first_lf;
    bool crlf = false, first = true;
    for (text::policy_lines lines(text); !lines.done(); first = false) {
        auto const line = lines.next();
        if (line.end() == "\n" && first_lf.empty()) first_lf = line.end();
        crlf = crlf || line.end() == "\r\n";
        auto const kept = text::without_trailing_space(line.text);
        if (kept.size() != line.text.size()) say(code::policy_trailing_space, line.text.substr(kept.size()));
        if (!first && line.name == "version" && text.substr(0, 8) != "version:")
            say(code::policy_version_not_first, line.text);
    }
    if (!first_lf.empty()) say(crlf ? code::policy_line_ends_mixed : code::policy_line_feed, first_lf);
}

/// Which findings about an unusable policy can be corrected; shows contradictions, which rule out any correction.
constexpr void lint_corrections(std::string_view text, findings& found) {
    single_fields const stated(text);
    bool reported = false;
    for (auto& said : found) {
        // An empty field can be removed if the name has a value elsewhere.
        if (said.code == code::policy_value_empty) said.correctable = stated.states(said.where.of(text));
        if (stated.conflict().empty()) continue;
        said.correctable = false;
        reported = reported || said.where.offset == span_of(text, stated.conflict()).offset;
    }
    if (!reported && !stated.conflict().empty())
        found.push_back({code::policy_field_duplicate, span_of(text, stated.conflict()), stated.conflict_name()});
}

/// Unknown fields, and the known ones they were probably meant to be.
constexpr void lint_policy_extensions(std::string_view text, parsed<sts_policy>& policy) {
    auto& found = policy.findings;
    bool const version = policy.has(code::policy_version_missing), mode = policy.has(code::policy_mode_missing),
               max_age = policy.has(code::policy_max_age_missing);
    auto const missing = [&](std::string_view name) {
        return name == "version" ? version : name == "mode" ? mode : name == "max_age" && max_age;
    };
    bool version_misspelt = false;
    for (auto const& field : policy.value.extensions) {
        auto const where = span_of(text, field.name);
        if (auto const meant = meant_name(field.name, policy_field_names); !meant.empty()) {
            // A misspelt mx is a host that is missing, or one that must not be trusted: a machine cannot know. Any
            // other known field is reported as missing anyway, or present already.
            bool const case_only = text::equal_ignoring_case(field.name, meant) && meant != "mx";
            found.push_back({case_only ? code::policy_name_case : code::policy_name_typo, where, meant});
            found.back().correctable = missing(meant);
            version_misspelt = version_misspelt || meant == "version";
        } else if (field.name == "id") {
            found.push_back({code::policy_record_field, where});
        } else {
            found.push_back({code::policy_extension, where});
        }
    }
    // The misspelt line is corrected; no other is added.
    for (auto& said : found)
        if (version_misspelt && said.code == code::policy_version_missing) said.correctable = false;
}

}  // namespace detail

/// Appends the findings about a policy beyond its syntax.
///
/// `policy` is what `parse_sts_policy` made of the text. Findings: policy-*, mx-* and host-* notes and warnings.
/// Example: `mtasts::lint_sts_policy(text, policy);`
constexpr void lint_sts_policy(std::string_view text, parsed<sts_policy>& policy) {
    auto& found = policy.findings;
    auto const& value = policy.value;
    bool const usable = policy.usable();
    detail::lint_policy_extensions(text, policy);
    for (auto const pattern : value.mx) lint_mx_pattern(text, pattern, found);
    detail::lint_repeated_mx(text, value, found);
    if (usable) {
        detail::lint_max_age(text, value, found);
        detail::lint_mode(text, value, found);
        detail::lint_policy_lines(text, found);
    } else {
        detail::lint_corrections(text, found);
    }
    sort_by_place(found);
}

}  // namespace mtasts
// #include <mtasts/lint/txt_record.hpp>
/// Records that are legal but unwise.

namespace mtasts {

namespace detail {

inline constexpr std::string_view sts_record_clause = "RFC 8461 3.1", tlsrpt_record_clause = "RFC 8460 3";

/// Unknown fields, and white space before a ";". `known_missing` says whether the record lacks its known field.
constexpr void lint_txt_record(std::string_view text, std::vector<extension> const& extensions,
                               std::span<std::string_view const> known, bool known_missing, std::string_view clause,
                               findings& found) {
    auto const say = [&](code what, text_span where, std::string_view detail) {
        found.push_back({.code = what, .where = where, .detail = detail, .other_clause = clause});
    };
    for (auto const& field : extensions) {
        auto const where = span_of(text, field.name);
        if (auto const meant = meant_name(field.name, known); !meant.empty()) {
            say(text::equal_ignoring_case(field.name, meant) ? code::record_name_case : code::record_name_typo, where,
                meant);
            found.back().correctable = known_missing;
        } else if (auto const home = home_of(field.name); !home.empty()) say(code::record_foreign_field, where, home);
        else say(code::record_extension, where, {});
    }
    bool first = true;
    text::for_each_piece(text, ';', [&](std::string_view piece) {
        auto const kept = text::without_trailing_space(piece);
        bool const last = piece.data() + piece.size() == text.data() + text.size();
        if (!last && !kept.empty() && kept.size() != piece.size())
            say(first ? code::record_space_before_semicolon : code::record_space_before_delimiter,
                span_of(text, piece.substr(kept.size())), kept);
        first = false;
    });
    if (std::none_of(found.begin(), found.end(), [](finding const& f) { return f.makes_unusable(); })) return;
    single_fields const stated(text);
    for (auto& one : found) {
        // An empty id can be removed if another id has a value.
        if (one.code == code::record_id_empty) one.correctable = stated.states("id");
        if (one.code == code::record_semicolon_missing) {
            auto const after = text.substr(one.where.end());
            one.correctable = stated.agrees(after.substr(0, after.find_first_of("; \t")));
        }
        if (!stated.conflict().empty()) one.correctable = false;
    }
}

}  // namespace detail

/// Appends the findings about an `_mta-sts` record beyond its syntax.
/// Example: `mtasts::lint_sts_record("v=STSv1; id=1", record);`
constexpr void lint_sts_record(std::string_view text, parsed<sts_record>& record) {
    detail::lint_txt_record(text, record.value.extensions, detail::sts_record_field_names,
                            record.has(code::record_id_missing), detail::sts_record_clause, record.findings);
    sort_by_place(record.findings);
}

namespace detail {

/// RFC 8460 3: a raw ";" in the query of a URI silently ends the field.
constexpr void lint_cut_rua(std::string_view text, tlsrpt_record const& record, findings& found) {
    for (auto const& uri : record.rua) {
        if (uri.text.find('?') == uri.text.npos) continue;
        auto const after = text.substr(span_of(text, uri.text).end());
        for (auto const& field : record.extensions) {
            auto const offset = span_of(text, field.name).offset;
            if (offset < span_of(text, after).offset) continue;
            auto const between = after.substr(0, offset - span_of(text, after).offset);
            if (between == ";") found.push_back({code::tlsrpt_rua_cut, span_of(text, field.name, field.value)});
            break;
        }
    }
}

}  // namespace detail

/// Appends the findings about an `_smtp._tls` record beyond its syntax.
/// Example: `mtasts::lint_tlsrpt_record("v=TLSRPTv1; rua=mailto:a@example.com", tlsrpt);`
constexpr void lint_tlsrpt_record(std::string_view text, parsed<tlsrpt_record>& record) {
    auto& found = record.findings;
    detail::lint_txt_record(text, record.value.extensions, detail::tlsrpt_record_field_names,
                            record.has(code::tlsrpt_rua_missing), detail::tlsrpt_record_clause, found);
    detail::lint_cut_rua(text, record.value, found);
    if (record.value.rua.size() > 1)
        found.push_back({code::tlsrpt_rua_several, detail::span_of(text, record.value.rua[1].text)});
    sort_by_place(found);
}

}  // namespace mtasts

// #include <mtasts/build.hpp>
/// Builds texts from values and refuses what the RFC forbids, with the same findings that a reader would report.

// #include <mtasts/check.hpp>
/// check: parse and lint in one call: all findings about one text that need no other.

// #include <mtasts/model/document.hpp>
/// The kinds of document in MTA-STS and TLS-RPT, and the result of checking one.

namespace mtasts {

/// The kind of a text: a row of documents.def.
enum class document : std::uint8_t {
#define DOCUMENT(kind, ...) kind,
// #include <mtasts/model/documents.def>
/// Every kind of document, one row each: the kind, by which its functions are called (`parse_sts_policy`,
/// `check_sts_policy`), its name, and its grammar. A kind of text has a value of the same name; a set of TXT records,
/// which is joined first, has that of the record in it; and a JSON document is read by its schema.
/// Included wherever DOCUMENT is defined; where they are not, the other two count as DOCUMENT(kind, name).
// clang-format off
#ifndef DOCUMENT_RRSET
#define DOCUMENT_RRSET(kind, name, value) DOCUMENT(kind, name)
#endif
#ifndef DOCUMENT_JSON
#define DOCUMENT_JSON(kind, name) DOCUMENT(kind, name)
#endif

DOCUMENT(sts_record, "sts-record", grammar::sts_text_record)
DOCUMENT(sts_policy, "sts-policy", grammar::sts_policy_record)
DOCUMENT_RRSET(sts_rrset, "sts-rrset", sts_record)
DOCUMENT(tlsrpt_record, "tlsrpt-record", grammar::tlsrpt_record)
DOCUMENT_RRSET(tlsrpt_rrset, "tlsrpt-rrset", tlsrpt_record)
DOCUMENT(tlsrpt_uri, "tlsrpt-uri", grammar::tlsrpt_uri)
DOCUMENT(mx_pattern, "mx-pattern", grammar::sts_policy_mx_value)
DOCUMENT(ip_address, "ip-address", grammar::ip_address)
DOCUMENT(report_filename, "report-filename", grammar::filename)
DOCUMENT(report_subject, "report-subject", grammar::tlsrpt_subject)
DOCUMENT_JSON(tlsrpt_report, "tlsrpt-report")

#undef DOCUMENT
#undef DOCUMENT_RRSET
#undef DOCUMENT_JSON
};

/// The names of all kinds, in their order; `to_text` gives the one of a kind.
inline constexpr auto document_names = std::to_array<std::string_view>({
#define DOCUMENT(kind, name, ...) name,
// #include <mtasts/model/documents.def>
/// Every kind of document, one row each: the kind, by which its functions are called (`parse_sts_policy`,
/// `check_sts_policy`), its name, and its grammar. A kind of text has a value of the same name; a set of TXT records,
/// which is joined first, has that of the record in it; and a JSON document is read by its schema.
/// Included wherever DOCUMENT is defined; where they are not, the other two count as DOCUMENT(kind, name).
// clang-format off
#ifndef DOCUMENT_RRSET
#define DOCUMENT_RRSET(kind, name, value) DOCUMENT(kind, name)
#endif
#ifndef DOCUMENT_JSON
#define DOCUMENT_JSON(kind, name) DOCUMENT(kind, name)
#endif

DOCUMENT(sts_record, "sts-record", grammar::sts_text_record)
DOCUMENT(sts_policy, "sts-policy", grammar::sts_policy_record)
DOCUMENT_RRSET(sts_rrset, "sts-rrset", sts_record)
DOCUMENT(tlsrpt_record, "tlsrpt-record", grammar::tlsrpt_record)
DOCUMENT_RRSET(tlsrpt_rrset, "tlsrpt-rrset", tlsrpt_record)
DOCUMENT(tlsrpt_uri, "tlsrpt-uri", grammar::tlsrpt_uri)
DOCUMENT(mx_pattern, "mx-pattern", grammar::sts_policy_mx_value)
DOCUMENT(ip_address, "ip-address", grammar::ip_address)
DOCUMENT(report_filename, "report-filename", grammar::filename)
DOCUMENT(report_subject, "report-subject", grammar::tlsrpt_subject)
DOCUMENT_JSON(tlsrpt_report, "tlsrpt-report")

#undef DOCUMENT
#undef DOCUMENT_RRSET
#undef DOCUMENT_JSON
});

/// The name of a kind, a mode or another enumerator.
/// Example: `static_assert(to_text(mtasts::document::sts_policy) == "sts-policy");`
constexpr std::string_view to_text(document kind) { return document_names[static_cast<std::size_t>(kind)]; }

/// The kind with a name; nothing for any other text.
/// Example: `static_assert(mtasts::document_named("sts-policy") == mtasts::document::sts_policy);`
constexpr std::optional<document> document_named(std::string_view name) {
    for (std::size_t i = 0; i != document_names.size(); ++i)
        if (document_names[i] == name) return static_cast<document>(i);
    return std::nullopt;
}

/// The result of a `check_x`: besides the value and the findings, the text that they are views of, and the kind it was
/// checked as. That is all that render/ needs.
/// Example: `static_assert(mtasts::check_sts_record("v=STSv1; id=1").kind == mtasts::document::sts_record);`
template <class T>
struct checked : parsed<T> {
    /// The text in which the findings have their place.
    std::string_view text = {};
    document kind = document::sts_policy;
    /// For JSON: gives the JSON pointer (RFC 6901) of each finding's place, in their order.
    std::vector<std::string> (*pointers)(std::string_view text, findings const& found) = nullptr;
};

}  // namespace mtasts

namespace mtasts {

namespace detail {

/// Whether the text was read at all; a text above the limit was not.
template <class T>
constexpr bool was_read(parsed<T> const& result) {
    return !result.has(code::text_too_large);
}

}  // namespace detail

/// Parses and lints a policy (RFC 8461 3.2).
/// Example: `static_assert(mtasts::check_sts_policy("version: STSv1\nmode: none\nmax_age: 1\n").usable());`
constexpr checked<sts_policy> check_sts_policy(kept_text text, parse_options const& options = {}) {
    auto result = parse_sts_policy(text, options);
    if (detail::was_read(result)) lint_sts_policy(text, result);
    return {std::move(result), text, document::sts_policy};
}

/// Parses and lints an `_mta-sts` record (RFC 8461 3.1).
/// Example: `static_assert(mtasts::check_sts_record("v=STSv1; ID=1; id=2").has(mtasts::code::record_name_case));`
constexpr checked<sts_record> check_sts_record(kept_text text, parse_options const& options = {}) {
    auto result = parse_sts_record(text, options);
    if (detail::was_read(result)) lint_sts_record(text, result);
    return {std::move(result), text, document::sts_record};
}

/// Parses and lints an `_smtp._tls` record (RFC 8460 3).
/// Example: `static_assert(mtasts::check_tlsrpt_record("v=TLSRPTv1; rua=mailto:a@example.com").findings.empty());`
constexpr checked<tlsrpt_record> check_tlsrpt_record(kept_text text, parse_options const& options = {}) {
    auto result = parse_tlsrpt_record(text, options);
    if (detail::was_read(result)) lint_tlsrpt_record(text, result);
    return {std::move(result), text, document::tlsrpt_record};
}

/// Parses and lints the TXT records at `_mta-sts.<policy domain>` (RFC 8461 3.1).
/// Example: `static_assert(mtasts::check_sts_rrset({{"v=STSv1; id=1"}}).usable());`
constexpr checked<sts_record> check_sts_rrset(txt_rrset const& records, parse_options const& options = {}) {
    auto const check = [&](std::string_view text) -> parsed<sts_record> { return check_sts_record(text, options); };
    return {detail::parse_selected<detail::sts_dialect>(records, check), records.text(), document::sts_rrset};
}

/// Parses and lints the TXT records at `_smtp._tls.<policy domain>` (RFC 8460 3).
/// Example: `static_assert(!mtasts::check_tlsrpt_rrset({}).usable());`
constexpr checked<tlsrpt_record> check_tlsrpt_rrset(txt_rrset const& records, parse_options const& options = {}) {
    auto const check = [&](std::string_view text) -> parsed<tlsrpt_record> {
        return check_tlsrpt_record(text, options);
    };
    return {detail::parse_selected<detail::tlsrpt_dialect>(records, check), records.text(), document::tlsrpt_rrset};
}

/// Parses and lints an mx pattern (RFC 8461 3.2).
/// Example: `static_assert(mtasts::check_mx_pattern("*.com").has(mtasts::code::mx_wildcard_wide));`
constexpr checked<mx_pattern> check_mx_pattern(kept_text text, parse_options const& options = {}) {
    auto result = parse_mx_pattern(text, options);
    if (result.usable()) lint_mx_pattern(text, result.value, result.findings);
    return {std::move(result), text, document::mx_pattern};
}

/// RFC 8460 3: one URI of a rua. There is no lint for it, nor for the texts below: parsing finds everything.
/// Example: `static_assert(mtasts::check_tlsrpt_uri("mailto:a@example.com").usable());`
constexpr checked<tlsrpt_uri> check_tlsrpt_uri(kept_text text, parse_options const& options = {}) {
    return {parse_tlsrpt_uri(text, options), text, document::tlsrpt_uri};
}
/// RFC 8460 4.4: an address, as `parse_ip_address` reads it.
/// Example: `static_assert(mtasts::check_ip_address("192.0.2.1").usable());`
constexpr checked<ip_address> check_ip_address(kept_text text, parse_options const& options = {}) {
    return {parse_ip_address(text, options), text, document::ip_address};
}
/// RFC 8460 5.1: the file name of a report.
/// Example: `mtasts::check_report_filename("a.example!b.example!1!2.json").usable()`
constexpr checked<report_filename> check_report_filename(kept_text text, parse_options const& options = {}) {
    return {parse_report_filename(text, options), text, document::report_filename};
}
/// RFC 8460 4.4: a report; each finding also has a JSON pointer to its place.
/// Example: `!mtasts::check_tlsrpt_report("{}").usable()`
constexpr checked<tlsrpt_report> check_tlsrpt_report(kept_text text, report_options const& options = {}) {
    return {parse_tlsrpt_report(text, options), text, document::tlsrpt_report, json_pointers};
}
/// RFC 8460 5.3: the subject of a report's mail.
/// Example: `!mtasts::check_report_subject("Your invoice").usable()`
constexpr checked<report_subject> check_report_subject(kept_text text, parse_options const& options = {}) {
    return {parse_report_subject(text, options), text, document::report_subject};
}

}  // namespace mtasts

namespace mtasts {

namespace detail {

/// Reads the text back and checks it; a value that does not survive the round trip gets the finding `unfaithful`.
template <class T, class Check>
owned<T> built(std::string text, T const& value, Check check, code unfaithful = code::write_unfaithful) {
    return owned<T>(std::move(text), [&](std::string_view written) {
        auto result = check(written, {});
        bool const said = any_at_least(result.findings, severity::error);
        if (!said && !(result.value == value)) result.findings.push_back({unfaithful, {0, written.size()}});
        return result;
    });
}

}  // namespace detail

/// Builds a policy (RFC 8461 3.2), with the U-labels of its mx patterns as A-labels. Publish it only if
/// `publishable()`; otherwise `findings()` say why not.
/// Example: `mtasts::build_sts_policy({mtasts::policy_mode::none, std::chrono::seconds(86400), {}, {}}).publishable()`
inline owned<sts_policy> build_sts_policy(sts_policy const& policy) {
    auto ascii = policy;
    std::vector<ascii_name> names;
    names.reserve(policy.mx.size());
    for (auto& pattern : ascii.mx)
        if (auto const name = to_a_labels(pattern.text); name && !text::all_octets(pattern.text, text::is_ascii))
            pattern.text = names.emplace_back(*name).view();
    return detail::built(write_sts_policy(ascii), ascii, check_sts_policy);
}

/// Builds an `_mta-sts` record (RFC 8461 3.1). Publish it only if `publishable()`.
/// Example: `!mtasts::build_sts_record({"2016-08-31", {}}).publishable()`
inline owned<sts_record> build_sts_record(sts_record const& record) {
    return detail::built(write_sts_record(record), record, check_sts_record);
}

/// Builds an `_smtp._tls` record (RFC 8460 3) with these addresses, given as URIs in which ",", "!" and ";" need not be
/// encoded. Publish it only if `publishable()`.
/// Example: `mtasts::build_tlsrpt_record(tlsrpt.value).publishable()`
inline owned<tlsrpt_record> build_tlsrpt_record(tlsrpt_record const& record) {
    // Percent-encoding does not make it unfaithful: the comparison is with the encoded addresses.
    tlsrpt_record encoded{{}, record.extensions};
    std::vector<std::string> texts;
    texts.reserve(record.rua.size());
    for (auto const& uri : record.rua) {
        texts.push_back(write_tlsrpt_uri(uri));
        encoded.rua.push_back(parse_tlsrpt_uri(texts.back()).value);
    }
    return detail::built(write_tlsrpt_record(encoded), encoded, check_tlsrpt_record);
}

namespace detail {

/// Checks a report that is to be sent. Some of what readers accept with a warning still violates RFC 8460 4.4, 4.5:
/// such a warning is joined by the finding report-forbidden.
/// Example: `!mtasts::detail::check_outgoing_report("{}").usable()`
inline checked<tlsrpt_report> check_outgoing_report(kept_text text, report_options const& options = {}) {
    constexpr std::array forbidden{code::report_mx_host_without_sts, code::report_tlsa_record, code::report_tlsa_owner,
                                   code::report_uri_syntax, code::report_range_backwards};
    auto result = check_tlsrpt_report(text, options);
    auto const warnings = result.findings;
    for (auto const& said : warnings)
        if (std::find(forbidden.begin(), forbidden.end(), said.code) != forbidden.end())
            result.findings.push_back({code::report_forbidden, said.where});
    sort_by_place(result.findings);
    return result;
}

}  // namespace detail

/// Builds a report (RFC 8460 4.4), with the U-labels of its names as A-labels. Send it only if `publishable()`; its
/// file name and subject are made by tlsrpt_report_filename and tlsrpt_report_subject.
/// Example: `!mtasts::build_tlsrpt_report(mtasts::tlsrpt_report{}).publishable()`
inline owned<tlsrpt_report> build_tlsrpt_report(tlsrpt_report const& report) {
    std::list<std::string> names;
    auto const ascii = detail::with_a_labels(report, names);
    return detail::built(write_tlsrpt_report(ascii), ascii, detail::check_outgoing_report, code::report_unwritable);
}

}  // namespace mtasts
// #include <mtasts/literals.hpp>
/// Policies and records checked by the compiler.

namespace mtasts {

namespace detail {

/// The place of a finding in a literal.
struct literal_place {
    std::size_t line;
    std::size_t column;
};

constexpr literal_place place_in(std::string_view text, std::size_t offset) {
    auto const before = text.substr(0, offset);
    return {static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1,
            offset - (before.rfind('\n') + 1) + 1};
}

}  // namespace detail

/// The compiler's message shows this type's arguments: the code of the first error and its place.
/// Example: `static_assert(!mtasts::not_usable_because<mtasts::code::policy_mode_case, 2, 7>::value);`
template <code Reason, std::size_t Line, std::size_t Column>
struct not_usable_because {
    static constexpr bool value = false;
};

namespace detail {

/// A literal's text with static storage, for views of it.
template <text::fixed_text Text>
inline constexpr auto text_of = Text;

/// A usable policy as a constant: the same members as `sts_policy`, and a conversion to it.
/// Example: `constexpr mtasts::detail::constant_sts_policy<0, 0> p = "version: STSv1\nmode: none\nmax_age: 1\n"_sts_policy;`
template <std::size_t MxCount, std::size_t ExtensionCount>
struct constant_sts_policy {
    std::string_view text;
    policy_mode mode;
    std::chrono::seconds max_age;
    std::array<mx_pattern, MxCount> mx;
    std::array<extension, ExtensionCount> extensions;

    constexpr operator sts_policy() const {
        return {mode, max_age, {mx.begin(), mx.end()}, {extensions.begin(), extensions.end()}};
    }
};

/// A usable record as a constant: the same members as `sts_record`, and a conversion to it.
/// Example: `mtasts::detail::constant_sts_record<0> constexpr one = "v=STSv1; id=1"_sts_record;`
template <std::size_t ExtensionCount>
struct constant_sts_record {
    std::string_view text;
    std::string_view id;
    std::array<extension, ExtensionCount> extensions;

    constexpr operator sts_record() const { return {id, {extensions.begin(), extensions.end()}}; }
};

}  // namespace detail

namespace detail {

/// Fails to compile if the text of a literal is not usable.
template <text::fixed_text Text, auto Parse>
consteval void require_usable() {
    constexpr auto first_error = [] {
        auto const result = Parse(Text.view(), parse_options{});
        for (auto const& f : result.findings)
            if (f.makes_unusable()) return std::pair(f.code, f.where.offset);
        return std::pair(code::text_syntax, std::string_view::npos);
    }();
    if constexpr (first_error.second != std::string_view::npos) {
        constexpr auto place = place_in(Text.view(), first_error.second);
        static_assert(not_usable_because<first_error.first, place.line, place.column>::value,
                      "this literal is not usable: see mtasts::not_usable_because<code, line, column>");
    }
}

/// The items of one of a value's lists as an array. `Items` parses again: a constant expression must free what it
/// allocates.
template <class Item, auto Items>
consteval auto fixed_list() {
    constexpr auto count = [] {
        auto const items = Items();
        return items.size();
    }();
    std::array<Item, count> fixed{};
    auto const items = Items();
    std::copy(items.begin(), items.end(), fixed.begin());
    return fixed;
}

}  // namespace detail

namespace literals {

/// A policy (RFC 8461 3.2) that the compiler has found usable.
/// Example: `constexpr auto withdrawn = "version: STSv1\nmode: none\nmax_age: 86400\n"_sts_policy;`
template <text::fixed_text Text>
consteval auto operator""_sts_policy() {
    detail::require_usable<Text, parse_sts_policy>();
    constexpr auto text = detail::text_of<Text>.view();
    constexpr auto mx =
        detail::fixed_list<mx_pattern, [] { return parse_sts_policy(detail::text_of<Text>.view()).value.mx; }>();
    constexpr auto extensions =
        detail::fixed_list<extension, [] { return parse_sts_policy(detail::text_of<Text>.view()).value.extensions; }>();
    auto const policy = parse_sts_policy(text);
    return detail::constant_sts_policy<mx.size(), extensions.size()>{text, policy.value.mode, policy.value.max_age, mx,
                                                                     extensions};
}

/// An `_mta-sts` record (RFC 8461 3.1) that the compiler has found usable.
/// Example: `constexpr auto announced = "v=STSv1; id=20160831085700Z;"_sts_record;`
template <text::fixed_text Text>
consteval auto operator""_sts_record() {
    detail::require_usable<Text, parse_sts_record>();
    constexpr auto text = detail::text_of<Text>.view();
    constexpr auto extensions =
        detail::fixed_list<extension, [] { return parse_sts_record(detail::text_of<Text>.view()).value.extensions; }>();
    auto const record = parse_sts_record(text);
    return detail::constant_sts_record<extensions.size()>{text, record.value.id, extensions};
}

}  // namespace literals
}  // namespace mtasts

// #include <mtasts/render/format.hpp>
/// Formatters: every model and every finding as one line, for {fmt} and, where the standard library has it, std::format.
///
/// A model is shown as it is written in DNS, in mail or in JSON; the lines of a policy are joined. Control characters
/// are escaped, so that any value may go to a terminal or a log. The format specification is that of strings.
#include <version>
#ifdef __cpp_lib_format
#include <format>
#endif

// #include <mtasts/render/one_line.hpp>
/// Every model and every finding as one line: what the formatters of format.hpp show.

// #include <mtasts/render/escape.hpp>
/// Makes hostile text safe to show.

// #include <mtasts/text/json_array.hpp>
/// Arrays as JSON (RFC 8259).

namespace mtasts {

/// A JSON array of what `write` makes of each item.
template <class Items, class Write>
std::string json_array(Items const& items, Write write) {
    std::string out = "[";
    for (auto const& item : items) {
        if (out.size() > 1) out += ',';
        out += write(item);
    }
    return out += ']';
}

}  // namespace mtasts

namespace mtasts {

namespace detail {

/// Whether a code point moves a cursor, changes the direction of text, or cannot be seen or told from a space.
constexpr bool is_hidden(std::uint32_t c) {
    // Visible ASCII, most of all texts.
    if (0x20 <= c && c < 0x7F) return false;
    constexpr std::array<text::code_range, 21> hidden{
        {{0, 0x1F},         {0x7F, 0xA0},     {0xAD, 0xAD},     {0x34F, 0x34F},     {0x61C, 0x61C},
         {0x115F, 0x1160},  {0x1680, 0x1680}, {0x17B4, 0x17B5}, {0x180B, 0x180F},   {0x2000, 0x200F},
         {0x2028, 0x202F},  {0x205F, 0x206F}, {0x3000, 0x3000}, {0x3164, 0x3164},   {0xFE00, 0xFE0F},
         {0xFEFF, 0xFEFF},  {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A},
         {0xE0000, 0xE0FFF}}};
    return text::in_any(c, hidden) || text::is_noncharacter(c);
}

/// One code point, or one ill-formed octet, from the front of a text.
struct shown_unit {
    std::string text;
    std::size_t octets;
    /// Columns that `text` takes.
    std::size_t width;
};
inline shown_unit first_unit(std::string_view text) {
    auto const [value, length] = text::first_code_point(text);
    auto const escaped = [](std::string shown, std::size_t octets) {
        auto const width = shown.size();
        return shown_unit{std::move(shown), octets, width};
    };
    auto const octet = [&] {
        return "\\x" + text::hex_octet(static_cast<unsigned char>(text.front()), text::upper_hex);
    };
    if (length == 0) return escaped(octet(), 1);
    if (value == '\t') return escaped("\\t", 1);
    if (value == '\r') return escaped("\\r", 1);
    if (value == '\n') return escaped("\\n", 1);
    if (is_hidden(value))
        return escaped(value < 0x80 ? octet() : "\\u{" + text::hex_number(value, text::upper_hex) + '}', length);
    return {std::string(text.substr(0, length)), length, 1};
}

}  // namespace detail

/// A text in which every control character and every ill-formed octet is written as an escape.
/// Example: `mtasts::visible("a\x1B[0m") == "a\\x1B[0m"`
inline std::string visible(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        auto const unit = detail::first_unit(text);
        out += unit.text;
        text.remove_prefix(unit.octets);
    }
    return out;
}

namespace detail {

/// The beginning of the code point that contains an offset; the offset itself where the text is not UTF-8.
constexpr std::size_t code_point_start(std::string_view text, std::size_t offset) {
    for (std::size_t back = 0; back != 4 && back <= offset && offset < text.size(); ++back)
        if (text::first_code_point(text.substr(offset - back)).length > back) return offset - back;
    return offset;
}

}  // namespace detail

/// The same, cut to about this many columns with "..." in the middle.
inline std::string visible_excerpt(std::string_view text, std::size_t columns = 60) {
    if (text.size() <= columns) return visible(text);
    auto const head = detail::code_point_start(text, columns / 2),
               tail = detail::code_point_start(text, text.size() - columns / 2);
    return visible(text.substr(0, head)) + "..." + visible(text.substr(tail));
}

/// RFC 8259 7: a JSON string with its quotation marks; ill-formed octets become "\xNN" in plain text.
inline std::string json_string(std::string_view text) {
    std::string out = "\"";
    while (!text.empty()) {
        auto const [value, length] = text::first_code_point(text);
        if (length == 0) out += "\\\\x" + text::hex_octet(static_cast<unsigned char>(text.front()), text::upper_hex);
        else if (value == '"' || value == '\\') out += {'\\', static_cast<char>(value)};
        else if (detail::is_hidden(value) && value <= 0xFFFF) out += "\\u" + text::hex_number(value);
        else if (detail::is_hidden(value))
            out +=
                "\\u" + text::hex_number(0xD7C0 + (value >> 10)) + "\\u" + text::hex_number(0xDC00 + (value & 0x3FF));
        else out += text.substr(0, length);
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return out += '"';
}

namespace detail {

/// The same, appended: for JSON that is shown on a terminal.
inline void append_shown_json_string(std::string& to, std::string_view text) { to += json_string(text); }

/// RFC 3986 2.1: a text as part of a URI's path.
inline std::string uri_path(std::string_view text) {
    std::string out;
    for (char const c : text) {
        if (text::is_alphanumeric(c) || std::string_view("-._~/").find(c) != std::string_view::npos) out += c;
        else out += text::percent_encoded(c);
    }
    return out;
}

}  // namespace detail

}  // namespace mtasts
// #include <mtasts/render/judgement.hpp>
/// The input of the renderers: one text with all findings about it, and the style.

namespace mtasts {

/// One text, and all findings about it.
struct judgement {
    /// The name of the input, such as a file's.
    std::string input;
    /// The kind of the text, such as "sts-policy".
    std::string kind;
    /// The text in which the findings have their place.
    std::string_view text;
    bool usable = false;
    /// The value as JSON; empty if the text is not usable.
    std::string value_json;
    mtasts::findings const* findings = nullptr;
    /// For JSON: the JSON pointer (RFC 6901) of each finding's place, in their order; else empty.
    std::vector<std::string> pointers = {};

    /// The reporters' quirk that a finding is a sign of, or nullptr. Only for reports: times and addresses occur
    /// elsewhere too.
    detail::quirk const* quirk_in(finding const& f) const {
        return !pointers.empty() || f.means().slug.starts_with("report-") ? detail::quirk_of(f.code) : nullptr;
    }
};

/// A parsed or checked text, ready to be rendered; it has to outlive the judgement. `input` names it in the output:
/// without one, a checked text goes by its kind.
/// Example: `mtasts::judgement_of(record).usable`
template <class T>
judgement judgement_of(parsed<T> const& result, std::string_view text, std::string input = "<text>") {
    return {std::move(input), "", text, result.usable(), "", &result.findings, {}};
}
template <class T>
judgement judgement_of(checked<T> const& result, std::string input = {}) {
    std::string kind(to_text(result.kind));
    auto one = judgement_of(result, result.text, input.empty() ? kind : std::move(input));
    one.kind = std::move(kind);
    if (result.pointers != nullptr) one.pointers = result.pointers(result.text, result.findings);
    return one;
}

/// A finding together with the text it is about, which its words and its place need.
/// Example: `auto const line = fmt::format("{}", mtasts::finding_in{f, text});`
struct finding_in {
    finding const& said;
    std::string_view text;
};

/// Whether to colour; the caller knows whether a terminal is there and NO_COLOR is not set.
/// Example: `mtasts::human_style{}.off().empty() == true`
struct human_style {
    bool colour = false;

    std::string_view on(severity level) const {
        if (!colour) return "";
        return level == severity::error ? "\x1B[1;31m" : level == severity::warning ? "\x1B[1;33m" : "\x1B[1;36m";
    }
    std::string_view off() const { return colour ? "\x1B[0m" : ""; }
};

}  // namespace mtasts
// #include <mtasts/render/message.hpp>
/// A finding in words.

namespace mtasts {

namespace detail {

/// The text for "{detail}" in a finding's words.
inline std::string detail_text(finding const& f, std::string_view text) {
    auto const found = f.where.of(text);
    switch (f.means().detail) {
        case detail_source::offset: return std::to_string(f.where.offset);
        case detail_source::length: return std::to_string(f.where.length);
        case detail_source::a_labels: {
            auto const ascii = to_a_labels(found);
            return ascii ? std::string(ascii->view()) : "";
        }
        case detail_source::canonical_address: return std::string(to_text(ip_address_of(found)).view());
        case detail_source::given: break;
    }
    return visible_excerpt(f.detail);
}

/// Words from the table of meanings with "{text}" and "{detail}" filled in; safe for a terminal.
inline std::string filled_in(std::string_view words, finding const& f, std::string_view text) {
    std::string out;
    while (!words.empty()) {
        auto const brace = words.find('{');
        out += words.substr(0, brace);
        if (brace == words.npos) break;
        words.remove_prefix(brace);
        bool const is_text = words.starts_with("{text}");
        if (is_text) out += '"' + visible_excerpt(f.where.of(text)) + '"';
        else out += detail::detail_text(f, text);
        words.remove_prefix(is_text ? std::string_view("{text}").size() : std::string_view("{detail}").size());
    }
    return out;
}

}  // namespace detail

/// Words from the table of meanings with "..." for what a finding would fill in.
inline std::string without_placeholders(std::string_view words) {
    std::string out;
    for (bool inside = false; char const c : words) {
        if (c == '{') out += "...";
        else if (!inside && c != '}') out += c;
        inside = c == '{' || (inside && c != '}');
    }
    return out;
}

/// The message of a finding, in one sentence.
/// Example: `mtasts::message_of(f, text)`
inline std::string message_of(finding const& f, std::string_view text) {
    return detail::filled_in(f.means().message, f, text);
}

/// The advice of a finding.
/// Example: `!mtasts::advice_of(f, text).empty()`
inline std::string advice_of(finding const& f, std::string_view text) {
    return detail::filled_in(f.means().advice, f, text);
}

namespace detail {

/// Both, as one paragraph.
/// Example: `mtasts::detail::message_and_advice(f, text).starts_with(mtasts::message_of(f, text))`
inline std::string message_and_advice(finding const& f, std::string_view text) {
    auto message = message_of(f, text);
    if (!message.ends_with('?')) message += '.';
    return message + ' ' + advice_of(f, text);
}

}  // namespace detail

/// What the grammar would have accepted, as a list for people; empty if nothing is known.
/// Example: `mtasts::expected_text(f, text).empty()`
inline std::string expected_text(finding const& f, std::string_view text) {
    auto const [offset, wanted] = f.expected_in(text);
    // Expectations for another place than the caret's would only confuse.
    if (offset < f.where.offset || offset > f.where.end()) return {};
    std::string out;
    for (std::size_t i = 0; i != wanted.size(); ++i) {
        if (i != 0) out += i + 1 == wanted.size() ? " or " : ", ";
        out += wanted[i].literal ? '"' + visible(wanted[i].text) + '"' : std::string(wanted[i].text);
    }
    return out;
}

}  // namespace mtasts
// #include <mtasts/render/place.hpp>
/// Lines and columns.

namespace mtasts {

/// Gives line and column of offsets, in any order and in constant time: columns are counted once, and kept at every
/// `stride`th octet.
class line_index {
  public:
    /// Both count from 1; columns are code points, an ill-formed octet being one.
    struct place {
        std::size_t line = 1;
        std::size_t column = 1;
    };

    explicit line_index(std::string_view text) : text_(text) {
        std::size_t column = 1;
        for (std::size_t at = 0; at < text.size();) {
            while (marks_.size() * stride <= at) marks_.push_back({at, column});
            if (text[at] == '\n') {
                starts_.push_back(++at);
                column = 1;
            } else {
                at += std::max<std::size_t>(text::first_code_point(text.substr(at)).length, 1);
                ++column;
            }
        }
    }

    place locate(std::size_t offset) const {
        offset = (std::min)(offset, text_.size());
        auto const next = std::upper_bound(starts_.begin(), starts_.end(), offset);
        mark from{*(next - 1), 1};
        if (!marks_.empty())
            if (auto const known = nearest(offset); known.at >= from.at) from = known;
        for (; from.at < offset; ++from.column)
            from.at += std::max<std::size_t>(text::first_code_point(text_.substr(from.at)).length, 1);
        return {static_cast<std::size_t>(next - starts_.begin()), from.column};
    }

    /// The line that contains an offset, without its end.
    std::string_view line_of(std::size_t offset) const {
        auto const next = std::upper_bound(starts_.begin(), starts_.end(), (std::min)(offset, text_.size()));
        auto const start = *(next - 1);
        auto line = text_.substr(start, (next == starts_.end() ? text_.size() : *next) - start);
        if (line.ends_with('\n')) line.remove_suffix(1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        return line;
    }

  private:
    static constexpr std::size_t stride = 64;
    struct mark {
        std::size_t at;
        std::size_t column;
    };
    /// The last mark not after an offset.
    mark nearest(std::size_t offset) const {
        auto index = (std::min)(offset / stride, marks_.size() - 1);
        if (marks_[index].at > offset) --index;
        return marks_[index];
    }

    std::string_view text_;
    std::vector<std::size_t> starts_{0};
    std::vector<mark> marks_;
};

}  // namespace mtasts

namespace mtasts {

/// A model, mode, code or place as one line, safe for a terminal.
/// Example: `mtasts::one_line(mtasts::policy_mode::enforce) == "enforce"`
inline std::string one_line(policy_mode mode) { return std::string(to_text(mode)); }
inline std::string one_line(severity level) { return std::string(to_text(level)); }
inline std::string one_line(code what) { return std::string(meaning_of(what).slug); }
inline std::string one_line(extension const& field) { return visible(text::joined({field.name, "=", field.value})); }
inline std::string one_line(mx_pattern pattern) { return visible(pattern.text); }
inline std::string one_line(ip_address const& address) { return write_ip_address(address); }
inline std::string one_line(sts_record const& record) { return visible(write_sts_record(record)); }
inline std::string one_line(tlsrpt_uri const& uri) { return visible(write_tlsrpt_uri(uri)); }
inline std::string one_line(tlsrpt_record const& record) { return visible(write_tlsrpt_record(record)); }
inline std::string one_line(txt_rrset const& records) { return visible(records.text()); }
inline std::string one_line(report_filename const& name) { return visible(write_report_filename(name)); }
inline std::string one_line(report_subject const& subject) { return visible(write_report_subject(subject)); }

inline std::string one_line(sts_policy const& policy) {
    std::string line;
    auto const written = write_sts_policy(policy);
    for (std::string_view rest = written; !rest.empty();) {
        auto const end = rest.find("\r\n");
        line += text::joined({line.empty() ? "" : "; ", visible(rest.substr(0, end))});
        rest.remove_prefix(end + 2);
    }
    return line;
}

template <class Kind>
std::string one_line(coded<Kind> const& word) {
    return visible(word.text());
}

/// A report, or one of the objects it consists of, as JSON.
template <class Object>
requires(detail::tlsrpt_member_count<Object> != 0) std::string one_line(Object const& object) {
    std::string json;
    detail::tlsrpt_writer(json, detail::append_shown_json_string).object(object);
    return json;
}

/// A span as "offset+length".
inline std::string one_line(text_span where) {
    return text::joined({std::to_string(where.offset), "+", std::to_string(where.length)});
}

/// A finding without its text: "error: policy-mode-case at 21+7".
inline std::string one_line(finding const& f) {
    return text::joined({to_text(f.severity()), ": ", f.means().slug, " at ", one_line(f.where)});
}

/// A finding with its text: "2:7: error: ... [policy-mode-case]".
inline std::string one_line(finding_in const& f) {
    auto const [line, column] = line_index(f.text).locate(f.said.where.offset);
    return text::joined({std::to_string(line), ":", std::to_string(column), ": ", to_text(f.said.severity()), ": ",
                         message_of(f.said, f.text), " [", f.said.means().slug, "]"});
}

}  // namespace mtasts

namespace mtasts::detail {

/// The types that have formatters.
template <class T>
concept has_one_line = requires(T const& value) {
    { one_line(value) } -> std::same_as<std::string>;
};

/// The one implementation of both formatters: `Base` is a library's formatter of strings.
template <class T, class Base>
struct one_line_formatter : Base {
    template <class Context>
    auto format(T const& value, Context& context) const {
        return Base::format(one_line(value), context);
    }
};

}  // namespace mtasts::detail

namespace fmt {
template <mtasts::detail::has_one_line T>
struct formatter<T, char> : mtasts::detail::one_line_formatter<T, formatter<string_view>> {};
}  // namespace fmt

#ifdef __cpp_lib_format
namespace std {
template <mtasts::detail::has_one_line T>
struct formatter<T, char> : mtasts::detail::one_line_formatter<T, formatter<string_view>> {};
}  // namespace std
#endif
// #include <mtasts/render/github.hpp>
/// Findings as annotations of a GitHub workflow.

// #include <mtasts/render/checked.hpp>
/// What a `check_x` or `parse_x` found, rendered. Each calls the renderer of a judgement, which is found where it is used:
/// in the header of its format, or in the library mtasts::compiled.

namespace mtasts {

/// Renders for people what a `check_x` found, under the name of its text.
/// Example: `std::cout << mtasts::render_human(mtasts::check_sts_policy(body), "mta-sts.txt");`
template <class T>
std::string render_human(checked<T> const& result, std::string input = {}) {
    return render_human(judgement_of(result, std::move(input)));
}
/// Renders for people what a `parse_x` found in a text.
/// Example: `std::cout << mtasts::render_human(mtasts::parse_sts_policy(body), body, "mta-sts.txt");`
template <class T>
std::string render_human(parsed<T> const& result, std::string_view text, std::string input = "<text>") {
    return render_human(judgement_of(result, text, std::move(input)));
}

/// Renders what a `check_x` found as one JSON document.
/// Example: `std::cout << mtasts::render_json(mtasts::check_sts_policy(body), "mta-sts.txt");`
template <class T>
std::string render_json(checked<T> const& result, std::string input) {
    auto one = judgement_of(result, std::move(input));
    one.value_json = result.usable() ? json_value(result.value) : "";
    return render_json(std::span(&one, 1));
}

/// Renders what a `check_x` found as SARIF 2.1.0.
/// Example: `std::cout << mtasts::render_sarif(mtasts::check_sts_policy(body), "mta-sts.txt");`
template <class T>
std::string render_sarif(checked<T> const& result, std::string input) {
    auto const one = judgement_of(result, std::move(input));
    return render_sarif(std::span(&one, 1));
}

/// Renders what a `check_x` found as annotations of a GitHub workflow.
/// Example: `std::cout << mtasts::render_github(mtasts::check_sts_policy(body), "mta-sts.txt");`
template <class T>
std::string render_github(checked<T> const& result, std::string input) {
    return render_github(judgement_of(result, std::move(input)));
}

}  // namespace mtasts

namespace mtasts {

namespace detail {

/// A workflow command's text, or one of its properties, in which ":" and "," are escaped too.
inline std::string github_escaped(std::string_view text, bool property) {
    std::string out;
    for (char const c : visible(text)) {
        if (c == '%' || (property && (c == ':' || c == ','))) out += text::percent_encoded(c);
        else out += c;
    }
    return out;
}

}  // namespace detail

/// Renders one annotation per line: `::error file=...,line=...,col=...,title=...::message`.
inline std::string render_github(judgement const& judged) {
    std::string out;
    line_index const lines(judged.text);
    for (auto pointer = judged.pointers.begin(); auto const& f : *judged.findings) {
        auto const [line, column] = lines.locate(f.where.offset);
        auto where = std::string(f.clause());
        if (pointer != judged.pointers.end() && !(pointer++)->empty()) where += " at " + *std::prev(pointer);
        out += text::joined({"::", f.severity() == severity::note ? "notice" : to_text(f.severity()),
                             " file=", detail::github_escaped(judged.input, true), ",line=", std::to_string(line),
                             ",col=", std::to_string(column), ",title=", f.means().slug,
                             "::", detail::github_escaped(detail::message_and_advice(f, judged.text), false), " (",
                             detail::github_escaped(where, false), ")\n"});
    }
    return out;
}

}  // namespace mtasts
// #include <mtasts/render/human.hpp>
/// Findings for people: message, line, caret, clause, what was expected, advice.

namespace mtasts {

namespace detail {

/// The part of a long line around a place, escaped, and the caret under the place.
struct shown_line {
    std::string text;
    std::string carets;
};
inline shown_line show_line(std::string_view line, std::size_t begin, std::size_t length) {
    constexpr std::size_t before = 50, after = 50;
    begin = (std::min)(begin, line.size());
    auto first = begin > before ? begin - before : 0;
    auto last = (std::min)(line.size(), (std::max)(begin + (std::min)(length, after), begin + after));
    first = code_point_start(line, first);
    last = code_point_start(line, last);

    shown_line shown;
    if (first != 0) shown.text = "...";
    std::size_t column = shown.text.size(), caret = column, width = 0;
    for (auto at = first; at < last;) {
        auto const unit = first_unit(line.substr(at, last - at));
        if (at < begin) caret += unit.width;
        else if (at < begin + length) width += unit.width;
        shown.text += unit.text;
        at += unit.octets;
    }
    if (last != line.size()) shown.text += "...";
    shown.carets = std::string(caret, ' ') + std::string(std::max<std::size_t>(width, 1), '^');
    return shown;
}

}  // namespace detail

/// Renders findings for people, grouped by place, with the control characters of the text escaped.
inline std::string render_human(judgement const& judged, human_style style = {}) {
    std::string out;
    line_index const lines(judged.text);
    for (auto pointer = judged.pointers.begin(); auto const& f : *judged.findings) {
        auto const [line, column] = lines.locate(f.where.offset);
        auto const line_text = lines.line_of(f.where.offset);
        auto const shown = detail::show_line(
            line_text, (std::min)(f.where.offset, judged.text.size()) - detail::span_of(judged.text, line_text).offset,
            f.where.length);
        auto const number = std::to_string(line);
        auto const margin = std::string(number.size(), ' ');
        auto const add = [&](std::initializer_list<std::string_view> parts) { out += text::joined(parts); };
        // A line below the text, about one thing.
        auto const note = [&](std::string_view said) { add({" ", margin, " = ", said, "\n"}); };
        add({visible(judged.input), ":", number, ":", std::to_string(column), ": ", style.on(f.severity()),
             to_text(f.severity()), ":", style.off(), " ", message_of(f, judged.text), " [", f.means().slug, "]\n"});
        add({" ", number, " | ", shown.text, "\n"});
        add({" ", margin, " | ", style.on(f.severity()), shown.carets, style.off(), "\n"});
        // The pointer to the whole text says nothing.
        if (pointer != judged.pointers.end() && !(pointer++)->empty()) note("at " + visible(*std::prev(pointer)));
        note(text::joined({f.clause(), ": ", advice_of(f, judged.text)}));
        if (auto const* const known = judged.quirk_in(f))
            note(text::joined({"seen from ", known->seen_from, " (", known->name, ")"}));
        if (auto const wanted = expected_text(f, judged.text); !wanted.empty()) note("expected " + wanted);
        if (auto const fix = fix_of(f, judged.text)) {
            auto const from = visible_excerpt(fix->where.of(judged.text)), to = visible_excerpt(fix->text);
            if (to.empty()) note(text::joined({"fix: remove \"", from, "\""}));
            else if (from.empty()) note(text::joined({"fix: insert \"", to, "\""}));
            else note(text::joined({"fix: write \"", to, "\" for \"", from, "\""}));
        }
    }
    return out;
}

}  // namespace mtasts
// #include <mtasts/render/json.hpp>
/// Findings and values as JSON. Valid for any octets: what is not UTF-8 is written as "\xNN".

namespace mtasts {

namespace detail {

struct json_member {
    std::string_view name;
    /// As JSON; a member without one is left out.
    std::string_view value;
};
inline std::string json_object(std::initializer_list<json_member> members) {
    std::string out = "{";
    for (auto const& [name, value] : members)
        if (!value.empty()) out += text::joined({out.size() == 1 ? "\"" : ",\"", name, "\":", value});
    return out += '}';
}
constexpr std::string_view json_bool(bool value) { return value ? "true" : "false"; }

}  // namespace detail

inline std::string json_value(extension const& field) {
    return detail::json_object({{"name", json_string(field.name)}, {"value", json_string(field.value)}});
}
inline std::string json_value(std::vector<extension> const& fields) {
    return json_array(fields, [](extension const& field) { return json_value(field); });
}
inline std::string json_value(sts_record const& record) {
    return detail::json_object({{"id", json_string(record.id)}, {"extensions", json_value(record.extensions)}});
}
inline std::string json_value(sts_policy const& policy) {
    return detail::json_object(
        {{"mode", json_string(to_text(policy.mode))},
         {"max_age", std::to_string(policy.max_age.count())},
         {"mx", json_array(policy.mx, [](mx_pattern pattern) { return json_string(pattern.text); })},
         {"extensions", json_value(policy.extensions)}});
}
inline std::string json_value(tlsrpt_uri const& uri) {
    constexpr std::array<std::string_view, 3> schemes{"mailto", "https", "other"};
    return detail::json_object({{"uri", json_string(uri.text)},
                                {"scheme", json_string(schemes[static_cast<std::size_t>(uri.scheme)])},
                                {"target", json_string(uri.target)},
                                {"deliverable", detail::json_bool(uri.deliverable)}});
}
inline std::string json_value(tlsrpt_record const& record) {
    return detail::json_object(
        {{"rua", json_array(record.rua, [](tlsrpt_uri const& uri) { return json_string(uri.text); })},
         {"extensions", json_value(record.extensions)}});
}
inline std::string json_value(mx_pattern const& pattern) {
    return detail::json_object({{"pattern", json_string(pattern.text)},
                                {"wildcard", detail::json_bool(pattern.wildcard())},
                                {"domain", json_string(pattern.domain())}});
}
inline std::string json_value(ip_address const& address) {
    return detail::json_object(
        {{"version", std::to_string(address.version)}, {"address", json_string(to_text(address).view())}});
}
inline std::string json_value(report_filename const& name) {
    return detail::json_object({{"sender", json_string(name.sender)},
                                {"policy_domain", json_string(name.policy_domain)},
                                {"begin", std::to_string(name.begin)},
                                {"end", std::to_string(name.end)},
                                {"unique_id", name.unique_id.empty() ? "null" : json_string(name.unique_id)},
                                {"gzip", detail::json_bool(name.gzip)}});
}
inline std::string json_value(report_subject const& subject) {
    return detail::json_object({{"policy_domain", json_string(subject.policy_domain)},
                                {"submitter", json_string(subject.submitter)},
                                {"report_id", json_string(subject.report_id)}});
}

/// A report in the RFC's own form, safe for a terminal.
inline std::string json_value(tlsrpt_report const& report) {
    std::string out;
    detail::tlsrpt_writer(out, detail::append_shown_json_string).object(report);
    return out;
}

namespace detail {

/// One finding; `fix` is null or a replacement for some of the text. Findings about reports have `pointer`, their place as
/// JSON pointer, and `quirk`, null or the quirk that the finding is a sign of.
inline std::string json_finding(judgement const& j, finding const& f, line_index const& lines,
                                std::string const* pointer) {
    auto const text = j.text;
    auto const [line, column] = lines.locate(f.where.offset);
    std::string quirk = pointer != nullptr ? "null" : "", fix = "null";
    if (auto const* const known = j.quirk_in(f))
        quirk = json_object({{"name", json_string(known->name)}, {"seen_from", json_string(known->seen_from)}});
    if (auto const edit = fix_of(f, text))
        fix = json_object({{"offset", std::to_string(edit->where.offset)},
                           {"length", std::to_string(edit->where.length)},
                           {"text", json_string(edit->text)}});
    return json_object({{"code", json_string(f.means().slug)},
                        {"severity", json_string(to_text(f.severity()))},
                        {"clause", json_string(f.clause())},
                        {"message", json_string(message_of(f, text))},
                        {"advice", json_string(advice_of(f, text))},
                        {"offset", std::to_string(f.where.offset)},
                        {"length", std::to_string(f.where.length)},
                        {"line", std::to_string(line)},
                        {"column", std::to_string(column)},
                        {"pointer", pointer != nullptr ? json_string(*pointer) : ""},
                        {"quirk", quirk},
                        {"expected", json_array(f.expected_in(text).wanted,
                                                [](expectation::item const& item) { return json_string(item.text); })},
                        {"fix", fix}});
}

}  // namespace detail

/// Renders one JSON document: `{"results":[{"input","kind","usable","value","findings"}]}`.
inline std::string render_json(std::span<judgement const> judged) {
    auto const one = [](judgement const& j) {
        line_index const lines(j.text);
        auto const each = [&, next = j.pointers.begin()](finding const& f) mutable {
            return detail::json_finding(j, f, lines, next == j.pointers.end() ? nullptr : &*next++);
        };
        return detail::json_object({{"input", json_string(j.input)},
                                    {"kind", json_string(j.kind)},
                                    {"usable", detail::json_bool(j.usable)},
                                    {"value", j.value_json.empty() ? "null" : j.value_json},
                                    {"findings", json_array(*j.findings, each)}});
    };
    return detail::json_object({{"results", json_array(judged, one)}}) + '\n';
}

}  // namespace mtasts
// #include <mtasts/render/sarif.hpp>
/// Findings as SARIF 2.1.0, for code scanning.

namespace mtasts {

namespace detail {

inline std::string sarif_text(std::string_view text) { return json_object({{"text", json_string(text)}}); }

/// A rule: the meaning of a code, with dots for the placeholders of its words.
inline std::string sarif_rule(meaning const& row) {
    return json_object({{"id", json_string(row.slug)},
                        {"shortDescription", sarif_text(without_placeholders(row.message))},
                        {"help", sarif_text(without_placeholders(row.advice))},
                        {"defaultConfiguration", json_object({{"level", json_string(to_text(row.weight.severity))}})},
                        {"properties", json_object({{"clause", json_string(row.clause)}})}});
}

/// A region by lines and columns in code points; the end column is the one after the last character.
inline std::string sarif_region(text_span where, line_index const& lines) {
    auto const begin = lines.locate(where.offset), end = lines.locate(where.end());
    return json_object({{"startLine", std::to_string(begin.line)},
                        {"startColumn", std::to_string(begin.column)},
                        {"endLine", std::to_string(end.line)},
                        {"endColumn", std::to_string(end.column)}});
}

/// An array of one item; nothing without it.
inline std::string sarif_array(std::string_view item) { return item.empty() ? "" : text::joined({"[", item, "]"}); }

inline std::string sarif_fix(edit const& made, std::string_view advice, std::string_view file,
                             line_index const& lines) {
    auto const replacement =
        json_object({{"deletedRegion", sarif_region(made.where, lines)}, {"insertedContent", sarif_text(made.text)}});
    auto const change = json_object({{"artifactLocation", file}, {"replacements", sarif_array(replacement)}});
    return json_object({{"description", sarif_text(advice)}, {"artifactChanges", sarif_array(change)}});
}

/// For a report: the JSON pointer as a logical location, and the reporters' quirk as a property.
inline std::string sarif_result(judgement const& j, finding const& f, line_index const& lines,
                                std::string const* pointer) {
    auto const file = json_object({{"uri", json_string(uri_path(j.input))}});
    std::string fix, logical, properties;
    if (auto const made = fix_of(f, j.text)) fix = sarif_fix(*made, advice_of(f, j.text), file, lines);
    if (pointer != nullptr) logical = json_object({{"fullyQualifiedName", json_string(*pointer)}});
    if (auto const* const known = j.quirk_in(f))
        properties = json_object({{"quirk", json_string(known->name)}, {"seenFrom", json_string(known->seen_from)}});
    auto const physical = json_object({{"artifactLocation", file}, {"region", sarif_region(f.where, lines)}});
    auto const location = json_object({{"physicalLocation", physical}, {"logicalLocations", sarif_array(logical)}});
    return json_object({{"ruleId", json_string(f.means().slug)},
                        {"level", json_string(to_text(f.severity()))},
                        {"message", sarif_text(message_and_advice(f, j.text))},
                        {"locations", sarif_array(location)},
                        {"properties", properties},
                        {"fixes", sarif_array(fix)}});
}

}  // namespace detail

/// Renders one SARIF log with one run.
inline std::string render_sarif(std::span<judgement const> judged) {
    std::array<bool, meanings.size()> used{};
    std::string results;
    for (auto const& j : judged) {
        line_index const lines(j.text);
        for (auto pointer = j.pointers.begin(); auto const& f : *j.findings) {
            used[static_cast<std::size_t>(f.code)] = true;
            if (!results.empty()) results += ',';
            results += detail::sarif_result(j, f, lines, pointer == j.pointers.end() ? nullptr : &*pointer++);
        }
    }
    std::string rules;
    for (auto const& row : meanings)
        if (used[static_cast<std::size_t>(row.code)]) rules += (rules.empty() ? "" : ",") + detail::sarif_rule(row);
    using detail::json_object;
    auto const driver = json_object({{"name", json_string("mtasts")}, {"rules", text::joined({"[", rules, "]"})}});
    auto const run = json_object({{"tool", json_object({{"driver", driver}})},
                                  {"columnKind", json_string("unicodeCodePoints")},
                                  {"results", text::joined({"[", results, "]"})}});
    return json_object({{"$schema", json_string("https://json.schemastore.org/sarif-2.1.0.json")},
                        {"version", json_string("2.1.0")},
                        {"runs", text::joined({"[", run, "]"})}}) +
           '\n';
}

}  // namespace mtasts
// #include <mtasts/render/stream.hpp>
/// Streams: every model, finding, mode and code as one line, as format.hpp formats it; a checked text with its diagnosis.
///
/// To print, include `<ostream>` or `<iostream>`.
#include <iosfwd>

namespace mtasts {

/// Example: `std::cout << policy.value << '\n';`
template <detail::has_one_line T, class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, T const& value) {
    return out << std::string_view(one_line(value));
}

/// Example: `std::cout << mtasts::check_sts_policy(body);`
template <class T, class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, checked<T> const& result) {
    return out << std::string_view(render_human(result));
}

}  // namespace mtasts
// #include <mtasts/grammar/reading/abnf.hpp>
/// abnf: the grammar printed back as RFC 5234 ABNF.

namespace mtasts::grammar {

/// The position of an expression, which decides whether it needs parentheses.
enum class place { alone, in_sequence, repeated };

inline std::string abnf_octet(char c) { return text::hex_octet(static_cast<unsigned char>(c), text::upper_hex); }

inline std::string abnf_count(std::size_t at_least, std::size_t at_most) {
    if (at_least == at_most) return std::to_string(at_least);
    return (at_least == 0 ? "" : std::to_string(at_least)) + "*" +
           (at_most == unbounded ? "" : std::to_string(at_most));
}

/// The expression as ABNF. Lookahead and the end of the text have no ABNF and print as nothing.
template <class Node>
std::string abnf(Node const& node, place where = place::alone) {
    constexpr auto is = kind_of<Node>;
    auto const grouped_from = [&](place least_place, std::string const& text) {
        return where >= least_place ? "(" + text + ")" : text;
    };
    if constexpr (is == kind::production) {
        return std::string(Node::rfc_name);
    } else if constexpr (is == kind::sequence) {
        auto const left = abnf(node.left, place::in_sequence), right = abnf(node.right, place::in_sequence);
        if (left.empty()) return abnf(node.right, where);
        if (right.empty()) return abnf(node.left, where);
        return grouped_from(place::repeated, left + " " + right);
    } else if constexpr (is == kind::choice) {
        return grouped_from(place::in_sequence, abnf(node.left) + " / " + abnf(node.right));
    } else if constexpr (is == kind::repetition) {
        return abnf_count(node.at_least, node.at_most) + abnf(node.subject, place::repeated);
    } else if constexpr (is == kind::option) {
        return "[" + abnf(node.subject) + "]";
    } else if constexpr (is == kind::range) {
        auto const first = "%x" + abnf_octet(node.from);
        return node.from == node.to ? first : first + "-" + abnf_octet(node.to);
    } else if constexpr (is == kind::octet) {
        return {'"', node.octet, '"'};
    } else if constexpr (is == kind::terminal) {
        return (std::is_same_v<Node, literal> ? "%s\"" : "\"") + std::string(node.text) + "\"";
    } else {
        static_assert(is_silent<Node>, "abnf: this X3 node has no meaning yet");
        return {};
    }
}

/// Appends the definitions of all productions below a node that are not in `lines` yet, root first.
template <class Node>
void collect_abnf(Node const& node, std::vector<std::string>& lines) {
    constexpr auto is = kind_of<Node>;
    if constexpr (is == kind::production) {
        auto const line = std::string(Node::rfc_name) + " = " + abnf(node.subject);
        for (auto const& known : lines)
            if (known == line) return;
        lines.push_back(line);
        collect_abnf(node.subject, lines);
    } else if constexpr (is == kind::sequence || is == kind::choice) {
        collect_abnf(node.left, lines);
        collect_abnf(node.right, lines);
    } else if constexpr (is_silent<Node>) {
        return;
    } else if constexpr (requires { node.subject; }) {
        collect_abnf(node.subject, lines);
    }
}

/// The production and everything it depends on, one definition per line.
template <class Production>
std::vector<std::string> abnf_rules(Production const& root) {
    std::vector<std::string> lines;
    collect_abnf(root, lines);
    return lines;
}

}  // namespace mtasts::grammar
// #include <mtasts/grammar/reading/generate.hpp>
/// generate: makes a sentence of the grammar from a stream of octets that steers the choices.

namespace mtasts::grammar {

/// The choices, one octet each; always the first choice once they are used up.
class choices {
  public:
    constexpr explicit choices(std::string_view octets) : octets_(octets) {}

    /// A number below `count`.
    constexpr std::size_t below(std::size_t count) {
        if (next_ == octets_.size()) return 0;
        return static_cast<unsigned char>(octets_[next_++]) % count;
    }

  private:
    std::string_view octets_;
    std::size_t next_ = 0;
};

template <class Node>
void generate(Node const& node, choices& choose, std::string& out);

template <class Subject>
void generate_repeated(Subject const& subject, std::size_t at_least, std::size_t at_most, choices& choose,
                       std::string& out) {
    constexpr std::size_t spread = 40;
    auto const top = at_most - at_least > spread ? at_least + spread : at_most;
    for (auto count = at_least + choose.below(top - at_least + 1); count != 0; --count) generate(subject, choose, out);
}

/// Appends to `out` the sentence that the choices lead to.
template <class Node>
void generate(Node const& node, choices& choose, std::string& out) {
    constexpr auto is = kind_of<Node>;
    if constexpr (is == kind::production) {
        generate(node.subject, choose, out);
    } else if constexpr (is == kind::sequence) {
        generate(node.left, choose, out);
        generate(node.right, choose, out);
    } else if constexpr (is == kind::choice) {
        if (choose.below(2) == 0) generate(node.left, choose, out);
        else generate(node.right, choose, out);
    } else if constexpr (is == kind::repetition) {
        generate_repeated(node.subject, node.at_least, node.at_most == unbounded ? node.at_least + 3 : node.at_most,
                          choose, out);
    } else if constexpr (is == kind::option) {
        if (choose.below(2) != 0) generate(node.subject, choose, out);
    } else if constexpr (is == kind::range) {
        auto const width = static_cast<std::size_t>(node.to - node.from) + 1;
        out += static_cast<char>(node.from + static_cast<int>(choose.below(width)));
    } else if constexpr (is == kind::octet) {
        out += node.octet;
    } else if constexpr (is == kind::terminal) {
        out += node.text;
    } else {
        static_assert(is_silent<Node>, "generate: this X3 node has no meaning yet");
    }
}

}  // namespace mtasts::grammar
// #include <mtasts/write/json_schema.hpp>
/// RFC 8460 4.4 as a JSON Schema of draft 2020-12, from the same table that reports are read and written by.
///
/// A schema cannot tell a warning from an error: what parse_tlsrpt_report accepts with a warning is valid, and what
/// makes a report unusable is not, as far as a schema can express it. It is stricter about the greatest count. Formats
/// are annotations in that draft.

namespace mtasts {

namespace detail {

/// Writes the schema of each object inline, where it is a member's value.
class json_schema_writer {
  public:
    template <class Object>
    void object(std::string_view type = R"("object")") {
        out_ += fmt::format(R"("type":{},"properties":{{)", type);
        bool first = true;
        for_each_tlsrpt_member<Object>([&](auto const& member) {
            if (!first) out_ += ',';
            first = false;
            text::append_json_string(out_, member.name);
            out_ += ":{";
            describe(member);
            out_ += '}';
        });
        out_ += '}';
        if (auto const names = names_required<Object>(when::always); !names.empty())
            out_ += fmt::format(R"(,"required":[{}])", names);
        if (auto const names = names_required<Object>(when::policy_applied); !names.empty()) {
            std::string type_name, no_policy;
            text::append_json_string(type_name, tlsrpt_member_of<&tlsrpt_applied_policy::type>.name);
            text::append_json_string(no_policy, coded(tlsrpt_policy_type::no_policy_found).text());
            out_ += fmt::format(R"(,"if":{{"properties":{{{}:{{"not":{{"const":{}}}}}}}}},"then":{{"required":[{}]}})",
                                type_name, no_policy, names);
        }
    }

    std::string out() && { return std::move(out_); }

    void text(std::string_view name, std::string_view value) {
        text::append_json_string(out_, name);
        out_ += ':';
        text::append_json_string(out_, value);
        out_ += ',';
    }

  private:
    template <class Object>
    static std::string names_required(when condition) {
        std::string names;
        for_each_tlsrpt_member<Object>([&](auto const& member) {
            if (member.required != condition) return;
            if (!names.empty()) names += ',';
            text::append_json_string(names, member.name);
        });
        return names;
    }

    template <class Words>
    static std::string listed(Words const& words) {
        std::string list;
        for (auto const word : words) {
            if (!list.empty()) list += ',';
            text::append_json_string(list, word);
        }
        return list;
    }

    template <class Object, class Field>
    void describe(tlsrpt_member<Object, Field> const& member) {
        text("description", member.about);
        text("$comment", member.clause);
        bool const may_be_null = member.of_null == cost::warning;
        if constexpr (tlsrpt_member_count<Field> != 0) {
            object<Field>(type("object", may_be_null));
        } else if constexpr (requires {
                                 requires tlsrpt_member_count<typename Field::value_type>
                                 != 0;
                             }) {
            out_ += fmt::format(R"("type":{},"items":{{)", type("array", may_be_null));
            object<typename Field::value_type>();
            out_ += '}';
        } else {
            describe(member.form, may_be_null);
        }
    }

    static std::string type(std::string_view name, bool may_be_null) {
        return may_be_null ? fmt::format(R"(["{}","null"])", name) : fmt::format(R"("{}")", name);
    }

    /// Values that are not objects.
    void describe(value_form form, bool may_be_null) {
        auto const is_type = [&](std::string_view name, std::string_view more = {}) {
            out_ += fmt::format(R"("type":{}{})", type(name, may_be_null), more);
        };
        switch (form) {
            case value_form::text: return is_type("string");
            case value_form::uri: return is_type("string", R"(,"format":"uri")");
            case value_form::mail_address: return is_type("string", R"(,"format":"email","pattern":"^[ -~]*$")");
            case value_form::instant: return is_type("string", R"(,"format":"date-time")");
            case value_form::domain: return is_type("string", R"(,"pattern":"^[ -~]*$")");
            case value_form::address: return is_type("string", R"(,"anyOf":[{"format":"ipv4"},{"format":"ipv6"}])");
            case value_form::count:
                return is_type("integer", fmt::format(R"(,"minimum":0,"maximum":{})", greatest_count));
            case value_form::policy_type:
                return is_type("string", fmt::format(R"(,"enum":[{}])", listed(tlsrpt_policy_type_names)));
            case value_form::result_type:
                // RFC 8460 6.6: the registry grows.
                return is_type("string", fmt::format(R"(,"examples":[{}])", listed(tlsrpt_result_type_names)));
            // A single string is taken for an array of it, as in the example of RFC 8460 B.
            case value_form::policy_strings:
                out_ += fmt::format(R"("type":["array","string"{}],"items":{{"type":"string"}})",
                                    may_be_null ? R"(,"null")" : "");
                return;
            case value_form::mx_patterns:
                out_ += fmt::format(
                    R"("type":["array","string"{}],"pattern":"^[ -~]*$","items":{{"type":"string","pattern":"^[ -~]*$"}})",
                    may_be_null ? R"(,"null")" : "");
                return;
            case value_form::object:
            case value_form::objects: return;
        }
    }

    std::string out_;
};

}  // namespace detail

/// The JSON Schema of a report, in lines for people; it has no $id, so that it may be put anywhere.
/// Example: `mtasts::tlsrpt_json_schema()`
inline std::string tlsrpt_json_schema() {
    detail::json_schema_writer schema;
    schema.text("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.text("title", "SMTP TLS report");
    schema.text("description", "A report of RFC 8460 4.4: how sessions with the mail servers of a domain fared.");
    schema.object<tlsrpt_report>();
    return text::indented_json('{' + std::move(schema).out() + '}');
}

}  // namespace mtasts
// #include <mtasts/report.hpp>
/// Both sides of reports beyond their text: sessions counted until they are a report, which is mailed or posted; mails with
/// reports that arrive, and the sums of many reports.

// #include <mtasts/report/receive/arrived_mail.hpp>
/// RFC 8460 3, 5.3: whether a mail that arrived carries a report that may be read, given what a MIME parser and a DKIM
/// verifier found.

// #include <mtasts/model/report_origin.hpp>
/// RFC 8460 3: whether a report is known to come from its reporter.

namespace mtasts {

/// Where a report comes from, according to DKIM. `judge_report_mail` finds it for a report that arrived by mail.
enum class report_origin : std::uint8_t {
    /// Not checked, as for a bare file, or undecided, as when a key could not be looked up.
    unknown,
    not_signed,
    /// Signed by a domain that cannot speak for that of contact-info.
    signed_by_another,
    signed_by_reporter,
};

/// All of them, in the order of trust.
inline constexpr std::array<report_origin, 4> report_origins{report_origin::unknown, report_origin::not_signed,
                                                             report_origin::signed_by_another,
                                                             report_origin::signed_by_reporter};

/// The word for an origin, as used in summaries and program output.
/// Example: `static_assert(mtasts::to_text(mtasts::report_origin::signed_by_reporter) == "signed");`
constexpr std::string_view to_text(report_origin origin) {
    constexpr std::array<std::string_view, report_origins.size()> texts{"unknown", "unsigned", "signed-by-another",
                                                                        "signed"};
    return texts[static_cast<std::size_t>(origin)];
}

}  // namespace mtasts

namespace mtasts {

/// A DKIM signature of a mail, and the key record that it was verified with (RFC 6376 3.5, 3.6.1).
struct dkim_signature {
    /// RFC 6376 3.9: the result of verifying a signature.
    enum class verification : std::uint8_t {
        /// It is not known whether it is valid, as when its key could not be looked up (TEMPFAIL).
        temporary_failure,
        failure,
        success,
    };

    verification result = verification::temporary_failure;
    /// "d="
    std::string_view domain;
    /// "s=" of the key record, a list with colons; nothing if it is absent, which means "*".
    std::optional<std::string_view> services;
    /// Whether there is an "l=", so that the signature need not cover the whole body.
    bool length_limited = false;
    /// "h=": the fields that are covered.
    std::vector<std::string_view> fields;
};

/// The facts about the mail, and about the report in it.
struct arrived_mail {
    /// Of the whole mail, with its parameters.
    std::string_view content_type;
    /// The media types of its parts, in order.
    std::vector<std::string_view> parts;
    /// TLS-Report-Domain and TLS-Report-Submitter; empty if they are absent.
    std::string_view report_domain;
    std::string_view report_submitter;
    /// "contact-info" and a "policy-domain" of the JSON, which count if the mail says something else.
    std::string_view contact_info;
    std::string_view policy_domain;
    /// The organizational domain of the domain of `contact_info`: its public suffix and one more label. Nothing if it
    /// is not known or there is none. libpsl's psl_registrable_domain() gives it for a `canonical_domain`; for
    /// "A.Shop.Co.UK" it would give "Co.UK".
    std::optional<std::string_view> organizational_domain;
};

/// A fault of such a mail.
/// Example: `mtasts::to_text(mtasts::mail_fault::not_signed) != ""`
enum class mail_fault : std::uint8_t {
    // The report must not be read.
    no_report_part,
    not_signed,
    not_verified,
    signature_length_limited,
    signed_by_another,
    submitter_missing,
    submitter_differs,
    // It may be read nevertheless.
    signed_by_parent,
    key_not_for_reports,
    fields_not_signed,
    not_multipart_report,
    report_type,
    generic_media_type,
    part_order,
    other_parts,
    domain_missing,
    domain_differs,
};

constexpr std::string_view to_text(mail_fault fault) {
    constexpr std::array<std::string_view, 17> texts{
        "no part is a report",
        "no valid DKIM signature",
        "a DKIM signature could not be verified for now",
        "the signature has l=, which is forbidden",
        "signed by another domain than the reporter's",
        "no TLS-Report-Submitter",
        "TLS-Report-Submitter is not the domain of contact-info",
        "signed by a domain above the reporter's",
        "the key's record does not name the service tlsrpt",
        "the signature does not cover TLS-Report-Domain and TLS-Report-Submitter",
        "not multipart/report",
        "report-type is not tlsrpt",
        "the report is under another media type than application/tlsrpt+gzip or application/tlsrpt+json",
        "the report is not the second part",
        "there are parts besides the text and the report",
        "no TLS-Report-Domain",
        "TLS-Report-Domain is none of the report's policy domains"};
    return texts[static_cast<std::size_t>(fault)];
}

namespace detail {

/// Whether a fault means that the report must be ignored (RFC 8460 3, 5.3).
constexpr bool forbids_reading(mail_fault fault) { return fault <= mail_fault::submitter_differs; }

}  // namespace detail

/// The result of `judge_report_mail`.
/// Example: `mtasts::mail_verdict const said = mtasts::judge_report_mail({}, {}); (void)said;`
struct mail_verdict {
    /// For `summary::add`.
    report_origin origin = report_origin::unknown;
    /// Empty if the mail is as RFC 8460 5.3 requires.
    std::vector<mail_fault> faults;

    /// Whether there is a report, and its reporter signed it (RFC 8460 3). Receivers may be stricter, for instance
    /// about keys that are not for reports: anybody whose mail a domain signs, such as its users, can sign reports in
    /// its name.
    constexpr bool may_be_read() const { return std::none_of(faults.begin(), faults.end(), detail::forbids_reading); }
};

namespace detail {

/// RFC 2045 5.1: the value of a parameter, without quotation marks; nothing if it is absent.
/// Example: `static_assert(mtasts::detail::mime_parameter("a/b; c=\"d\"", "C") == "d");`
constexpr std::optional<std::string_view> mime_parameter(std::string_view content_type, std::string_view name) {
    std::size_t begin = 0;
    bool quoted = false;
    for (std::size_t i = 0; i <= content_type.size(); ++i) {
        // RFC 5322 3.2.4: a quotation mark after a backslash does not end the string.
        while (quoted && i + 1 < content_type.size() && content_type[i] == '\\') i += 2;
        if (i != content_type.size() && content_type[i] == '"') quoted = !quoted;
        if (i != content_type.size() && (quoted || content_type[i] != ';')) continue;
        auto const parameter = content_type.substr(begin, i - begin);
        begin = i + 1;
        auto const equals = parameter.find('=');
        if (equals == parameter.npos || !text::equal_ignoring_case(text::trimmed(parameter.substr(0, equals)), name))
            continue;
        auto value = text::trimmed(parameter.substr(equals + 1));
        if (value.size() > 1 && value.starts_with('"') && value.ends_with('"'))
            value = value.substr(1, value.size() - 2);
        return value;
    }
    return std::nullopt;
}

enum class signer : std::uint8_t { another, parent, reporter };

/// Who signed, by "d=". RFC 8460 3 asks for the reporting domain's own signature. That a parent's counts too, but never
/// a child's, is this project's policy: within an organization, a domain speaks for the names it delegates.
constexpr signer signer_of(std::string_view signing, arrived_mail const& mail) {
    auto const by = canonical_domain(signing), contact = canonical_domain(contact_domain(mail.contact_info));
    if (!by || !contact) return signer::another;
    if (by == contact) return signer::reporter;
    auto const top = canonical_domain(mail.organizational_domain.value_or(""));
    bool const inside = top && (by == top || detail::is_below(by->view(), top->view()));
    return inside && detail::is_below(contact->view(), by->view()) ? signer::parent : signer::another;
}

/// All signatures of a mail taken together; their order does not matter.
struct signatures_seen {
    bool reporter = false, parent = false, another = false, unverified = false, length_limited = false;
    /// Of those by the reporter or its parents: whether any key is for reports, and any covers the report fields.
    bool for_reports = false, covers_fields = false;

    constexpr void add(dkim_signature const& signature, arrived_mail const& mail) {
        unverified = unverified || signature.result == dkim_signature::verification::temporary_failure;
        if (signature.result != dkim_signature::verification::success) return;
        length_limited = length_limited || signature.length_limited;
        if (signature.length_limited) return;
        auto const by = signer_of(signature.domain, mail);
        another = another || by == signer::another;
        if (by == signer::another) return;
        (by == signer::reporter ? reporter : parent) = true;
        text::for_each_piece(signature.services.value_or(""), ':', [&](std::string_view service) {
            for_reports = for_reports || text::trimmed(service) == "tlsrpt";
        });
        auto const covers = [&](std::string_view field) {
            return std::any_of(signature.fields.begin(), signature.fields.end(),
                               [&](std::string_view covered) { return text::equal_ignoring_case(covered, field); });
        };
        covers_fields = covers_fields || (covers("TLS-Report-Domain") && covers("TLS-Report-Submitter"));
    }
    constexpr bool by_reporter() const { return reporter || parent; }
};

/// RFC 8460 5.3: the media types of the mail and of its parts.
template <class Say>
constexpr void judge_form(arrived_mail const& mail, Say say) {
    using enum mail_fault;
    auto const is = [](std::string_view media_type, auto... names) {
        return (text::equal_ignoring_case(media_type, names) || ...);
    };
    // The part is found by its media type, in any position.
    auto const& parts = mail.parts;
    auto part = std::find_if(parts.begin(), parts.end(), [&](std::string_view type) {
        return is(type, "application/tlsrpt+gzip", "application/tlsrpt+json");
    });
    if (part == parts.end()) {
        part = std::find_if(parts.begin(), parts.end(), [&](std::string_view type) {
            return is(type, "application/gzip", "application/x-gzip", "application/json", "application/octet-stream");
        });
        say(part != parts.end(), generic_media_type);
    }
    if (!say(part == parts.end(), no_report_part) && !say(parts.size() > 2, other_parts))
        say(part != parts.begin() + 1, part_order);
    auto const media_type = text::trimmed(mail.content_type.substr(0, mail.content_type.find(';')));
    if (!say(!is(media_type, "multipart/report"), not_multipart_report))
        say(!is(detail::mime_parameter(mail.content_type, "report-type").value_or(""), "tlsrpt"), report_type);
}

}  // namespace detail

/// All that is wrong with a mail, and the origin of its report. One good signature by the reporter is enough, whatever
/// others there are. Domains are compared as A-labels, ignoring case and a final dot. After `not_verified`, verifying
/// the mail again later may give another result.
/// Example: `mtasts::judge_report_mail({}, {}).origin == mtasts::report_origin::not_signed`
constexpr mail_verdict judge_report_mail(arrived_mail const& mail, std::span<dkim_signature const> signatures) {
    using enum mail_fault;
    mail_verdict verdict;
    auto const say = [&](bool wrong, mail_fault fault) {
        if (wrong) verdict.faults.push_back(fault);
        return wrong;
    };
    detail::judge_form(mail, say);
    if (!say(mail.report_domain.empty(), domain_missing))
        say(!detail::same_domain(mail.report_domain, mail.policy_domain), domain_differs);
    // RFC 8460 5.3: the field must be there, and match.
    bool const other_submitter =
        say(mail.report_submitter.empty(), submitter_missing) ||
        say(!detail::same_domain(mail.report_submitter, contact_domain(mail.contact_info)), submitter_differs);

    detail::signatures_seen seen;
    for (auto const& signature : signatures) seen.add(signature, mail);
    if (seen.by_reporter()) {
        say(!seen.reporter, signed_by_parent);
        say(!seen.for_reports, key_not_for_reports);
        say(!seen.covers_fields, fields_not_signed);
    } else {
        // RFC 8460 3: a report that its domain did not sign is ignored.
        say(true, seen.unverified       ? not_verified
                  : seen.another        ? signed_by_another
                  : seen.length_limited ? signature_length_limited
                                        : not_signed);
    }
    if (seen.by_reporter() && !other_submitter) verdict.origin = report_origin::signed_by_reporter;
    else if (seen.unverified) verdict.origin = report_origin::unknown;
    else if (seen.by_reporter() || seen.another) verdict.origin = report_origin::signed_by_another;
    else verdict.origin = report_origin::not_signed;
    return verdict;
}

}  // namespace mtasts
// #include <mtasts/report/receive/contribution.hpp>
/// The contribution of one report to a summary. Owns its strings, so that the report and its text need not be kept.
#include <map>

// #include <mtasts/report/receive/content_digest.hpp>
/// A short digest of what reports say.

namespace mtasts::detail {

/// Example: `mtasts::detail::content_digest sum; sum.put_octets("a");`
class content_digest {
  public:
    constexpr std::uint64_t value() const { return hash_.value; }

    constexpr void put_octets(std::string_view octets) { hash_.add(octets); }
    constexpr void put(std::uint64_t number) {
        for (int shift = 0; shift != 64; shift += 8) hash_.add(static_cast<unsigned char>(number >> shift));
    }
    constexpr void put(std::string_view text) {
        put(std::uint64_t{text.size()});
        put_octets(text);
    }
    constexpr void put(std::chrono::sys_seconds instant) {
        put(static_cast<std::uint64_t>(instant.time_since_epoch().count()));
    }
    constexpr void put(mx_pattern const& pattern) { put(pattern.text); }
    constexpr void put(ip_address const& address) {
        put(static_cast<std::uint64_t>(address.version));
        for (auto const octet : address.octets) hash_.add(octet);
    }
    template <class Kind>
    constexpr void put(coded<Kind> const& word) {
        put(word.text());
    }
    template <class T>
    constexpr void put(std::optional<T> const& value) {
        put(std::uint64_t{value.has_value()});
        if (value) put(*value);
    }
    template <class T>
    constexpr void put(std::vector<T> const& values) {
        put(std::uint64_t{values.size()});
        for (auto const& value : values) put(value);
    }
    /// A report, or an object of one: every member in its schema.
    template <class Object>
    requires(tlsrpt_member_count<Object> != 0) constexpr void put(Object const& object) {
        for_each_tlsrpt_member<Object>([&](auto const& member) { put(object.*member.field); });
    }

  private:
    text::octet_hash hash_;
};

}  // namespace mtasts::detail
// #include <mtasts/report/receive/session_count.hpp>
/// Counts of sessions that add up without losing anything silently.

namespace mtasts {

/// A sum of counts, and the number of counts missing from it: a count that a report lacks is not zero, and
/// `greatest_count` stands for anything greater too (RFC 7493 2.2).
/// Example: `static_assert(!mtasts::session_count{3, 1}.exact());`
struct session_count {
    /// Stands for itself and anything greater, so that an overflow stays one, in whatever order counts are added.
    static constexpr std::uint64_t most = (std::numeric_limits<std::uint64_t>::max)();

    std::uint64_t sessions = 0;
    std::uint64_t unknown = 0;

    constexpr bool overflowed() const { return sessions == most || unknown == most; }
    /// Whether `sessions` is the number of sessions, not only a lower bound.
    constexpr bool exact() const { return unknown == 0 && !overflowed(); }

    constexpr void add(session_count const& other) {
        sessions = saturated(sessions, other.sessions);
        unknown = saturated(unknown, other.unknown);
    }
    constexpr void add(std::optional<std::uint64_t> count) {
        bool const whole = count && *count < greatest_count;
        add(session_count{count.value_or(0), whole ? 0u : 1u});
    }
    friend constexpr auto operator<=>(session_count const&, session_count const&) = default;

  private:
    static constexpr std::uint64_t saturated(std::uint64_t a, std::uint64_t b) { return a > most - b ? most : a + b; }
};

}  // namespace mtasts

namespace mtasts {

namespace detail {

/// RFC 8460 5.1: the sender of a report is the domain of its contact-info. Some reporters send no contact; then they
/// are told apart by organization-name. Empty if there is neither.
inline std::string reporter_of(tlsrpt_report const& report) {
    auto const domain = contact_domain(report.contact_info);
    return folded_name(domain.empty() ? report.organization_name : domain);
}

}  // namespace detail

/// RFC 8460 5.3: the key by which copies of one report are recognised.
///
/// The origin is part of it, so that a report anybody could have sent neither replaces one that its reporter signed nor
/// counts as a copy of it. So is the date-range: some reporters reuse report-ids.
/// Example: `mtasts::report_identity{}.origin == mtasts::report_origin::unknown`
struct report_identity {
    report_origin origin = report_origin::unknown;
    std::string reporter;
    std::string report_id;
    /// A digest of the whole content if reporter or report-id is missing, so that an exact copy is recognised even
    /// then; else 0.
    std::uint64_t content = 0;
    /// RFC 8460 4.1: the date-range, as far as the report has it.
    std::optional<std::chrono::sys_seconds> start;
    std::optional<std::chrono::sys_seconds> end;

    friend auto operator<=>(report_identity const&, report_identity const&) = default;
};

/// The identity of a report. If its contact-info has no domain, nobody can have signed for it: its origin is unknown,
/// whatever `origin` says.
/// Example: `mtasts::identity_of(mtasts::tlsrpt_report{}).origin == mtasts::report_origin::unknown`
inline report_identity identity_of(tlsrpt_report const& report, report_origin origin = report_origin::unknown) {
    if (origin == report_origin::signed_by_reporter && !canonical_domain(contact_domain(report.contact_info)))
        origin = report_origin::unknown;
    auto const [start, end] = report.date_range;
    report_identity identity{origin, detail::reporter_of(report), std::string(report.report_id), 0, start, end};
    if (identity.reporter.empty() || identity.report_id.empty()) {
        detail::content_digest sum;
        sum.put(report);
        identity.content = sum.value();
    }
    return identity;
}

/// Sessions that succeeded and that failed (RFC 8460 4.2).
struct session_counts {
    session_count successful;
    session_count failed;

    void add(session_counts const& other) {
        successful.add(other.successful);
        failed.add(other.failed);
    }
    friend auto operator<=>(session_counts const&, session_counts const&) = default;
};

/// Sessions by policy and failures by kind, separately: one session may fail in several ways, or in none that the
/// report lists (RFC 8460 4), so that neither can be derived from the other.
/// Example: `mtasts::contribution{}.sessions.empty()`
struct contribution {
    /// The key of session counts, within a day and a reporter. The type is kept as spelt.
    struct policy_key {
        std::string domain;
        std::string type;

        friend auto operator<=>(policy_key const&, policy_key const&) = default;
    };

    /// The key of failure counts, within a day and a reporter; what the report lacks is empty.
    struct failure_key {
        policy_key policy;
        std::string result_type;
        std::string mx_host;
        std::string sending_ip;

        friend auto operator<=>(failure_key const&, failure_key const&) = default;
    };

    std::string organization;
    std::map<policy_key, session_counts> sessions;
    std::map<failure_key, session_count> failures;

    friend bool operator==(contribution const&, contribution const&) = default;
    /// A total order in which the fuller of two copies of a report is the greater.
    friend std::weak_ordering operator<=>(contribution const& a, contribution const& b) {
        auto const entries = [](contribution const& c) { return c.sessions.size() + c.failures.size(); };
        if (auto const order = entries(a) <=> entries(b); order != 0) return order;
        if (auto const order = a.organization <=> b.organization; order != 0) return order;
        if (auto const order = a.sessions <=> b.sessions; order != 0) return order;
        return a.failures <=> b.failures;
    }
};

namespace detail {

/// The UTC day of an instant; nothing if no date-time can express it.
inline std::optional<std::chrono::sys_days> day_of(std::optional<std::chrono::sys_seconds> instant) {
    if (!instant || !is_writable(*instant)) return std::nullopt;
    return std::chrono::floor<std::chrono::days>(*instant);
}

/// The contribution of a report to a summary.
/// Example: `mtasts::detail::contribution_of(mtasts::tlsrpt_report{}).failures.empty()`
inline contribution contribution_of(tlsrpt_report const& report) {
    contribution made;
    made.organization = report.organization_name;
    for (auto const& [policy, summary, failures] : report.policies) {
        contribution::policy_key const key{folded_name(policy.domain), std::string(policy.type.text())};
        auto& counts = made.sessions[key];
        counts.successful.add(summary.successful);
        counts.failed.add(summary.failed);
        for (auto const& failure : failures) {
            auto const& ip = failure.sending_mta_ip;
            made.failures[{key, std::string(failure.result.text()), folded_name(failure.receiving_mx_hostname),
                           ip ? std::string(to_text(*ip).view()) : std::string()}]
                .add(failure.failed_sessions);
        }
    }
    return made;
}

}  // namespace detail

}  // namespace mtasts
// #include <mtasts/report/receive/state.hpp>
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
#include <charconv>
#include <system_error>

// #include <mtasts/report/receive/summary.hpp>
/// Many reports as one: may be built in parts, in any order, and from parts that overlap.

namespace mtasts {

/// RFC 8460 5.3: every report once, by its origin, the domain of its contact, its report-id and its date-range, however
/// often it arrived.
///
/// If copies differ, the greatest counts, which is the fullest. The result is that of the set of all copies: merging is
/// associative and commutative, and merging what is already there changes nothing. Anybody can write another's
/// contact-info, so origins are never mixed: only a report that is `signed_by_reporter` is known to come from its
/// reporter.
///
/// Summaries in format 1 have only a report's day. Such a report stays beside its copies with the whole date-range, and
/// `totals` counts the fuller: a lesser or forged copy must not take away what was known.
/// Example: `mtasts::summary all; all.add(mtasts::tlsrpt_report{}, mtasts::report_origin::not_signed);`
struct summary {
    /// One report, as known from all its copies.
    struct counted_report {
        contribution content;
        /// Copies with different content were seen.
        bool contradicted = false;

        friend bool operator==(counted_report const&, counted_report const&) = default;
    };

    std::map<report_identity, counted_report> reports;

    /// Returns whether the report is new; a copy of a known one replaces it only if it is fuller.
    bool add(tlsrpt_report const& report, report_origin origin = report_origin::unknown) {
        summary one;
        one.reports.emplace(identity_of(report, origin), counted_report{detail::contribution_of(report)});
        return merge(std::move(one)) == 0;
    }

    /// Returns how many reports of the other were already known.
    std::size_t merge(summary other) {
        std::size_t known = 0;
        while (!other.reports.empty()) {
            auto result = reports.insert(other.reports.extract(other.reports.begin()));
            if (result.inserted) {
                known += known_otherwise(result.position);
                continue;
            }
            ++known;
            auto& [content, contradicted] = result.position->second;
            auto& copy = result.node.mapped();
            contradicted = contradicted || copy.contradicted || content != copy.content;
            content = (std::max)(std::move(content), std::move(copy.content));
        }
        return known;
    }

    /// The result of `read_summary`.
    struct restored;

    friend bool operator==(summary const&, summary const&) = default;

    using place = std::map<report_identity, counted_report>::const_iterator;

    /// Whether only the day of a report is known, as in summaries in format 1: read as a start without an end.
    static bool has_day_alone(report_identity const& identity) {
        auto const day = detail::day_of(identity.start);
        return identity.origin == report_origin::unknown && day && *identity.start == *day && !identity.end;
    }

    /// For a report with only a day: the fullest of its copies with the whole date-range; the end of the reports if
    /// there is none.
    place fullest_whole_copy(place day_alone) const {
        auto fullest = reports.end();
        if (!has_day_alone(day_alone->first)) return fullest;
        for (auto next = std::next(day_alone); next != reports.end() && same_day(*day_alone, *next); ++next)
            if (next->first.end && (fullest == reports.end() || fullest->second.content < next->second.content))
                fullest = next;
        return fullest;
    }

  private:
    using row = std::map<report_identity, counted_report>::value_type;

    /// Whether two reports are the same except for the times of day in their date-ranges.
    static bool same_day(row const& a, row const& b) {
        auto const without_times = [](report_identity const& identity) {
            return std::tie(identity.origin, identity.reporter, identity.report_id, identity.content);
        };
        return without_times(a.first) == without_times(b.first) &&
               detail::day_of(a.first.start) == detail::day_of(b.first.start);
    }

    /// Whether a report that was just added was known with, or without, the times of its date-range.
    bool known_otherwise(place added) const {
        auto const& identity = added->first;
        if (has_day_alone(identity)) return fullest_whole_copy(added) != reports.end();
        auto const day = detail::day_of(identity.start);
        if (identity.origin != report_origin::unknown || !day || !identity.end) return false;
        auto day_alone = identity;
        day_alone.start = *day;
        day_alone.end.reset();
        auto const there = reports.find(day_alone);
        if (there == reports.end()) return false;
        for (auto next = std::next(there); next != reports.end() && same_day(*there, *next); ++next)
            if (next != added && next->first.end) return false;
        return true;
    }
};

}  // namespace mtasts

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
// #include <mtasts/report/receive/totals.hpp>
/// The figures of a summary.

namespace mtasts {

/// The totals of the reports of one origin. Sessions (RFC 8460 4.2) and failure details (RFC 8460 4.3), each by its own
/// key; failures are not part of the sum of sessions. There is no sum over policy types: some reporters count a session
/// under sts and again under tlsa.
struct summary_totals {
    /// One reporter and the day that its reports cover (RFC 8460 4.1).
    struct reporting_day {
        /// Nothing for reports that do not say; they are kept apart.
        std::optional<std::chrono::sys_days> day;
        std::string reporter;

        friend auto operator<=>(reporting_day const&, reporting_day const&) = default;
    };

    std::map<std::pair<reporting_day, contribution::policy_key>, session_counts> sessions;
    std::map<std::pair<reporting_day, contribution::failure_key>, session_count> failures;
    /// The name that each reporter gives itself, in its latest report.
    std::map<std::string, std::string> organizations;

    std::size_t reports = 0;
    std::size_t without_policies = 0;
    std::size_t contradicted = 0;

    friend bool operator==(summary_totals const&, summary_totals const&) = default;
};

/// Adds up the reports of one origin. There is no sum over all origins: a report received twice, once signed and once
/// as a bare file, would count twice.
/// Example: `auto const sums = mtasts::totals(mtasts::summary{}, mtasts::report_origin::signed_by_reporter);`
inline summary_totals totals(summary const& all, report_origin origin) {
    summary_totals sums;
    std::map<std::string, std::pair<std::optional<std::chrono::sys_days>, std::string>> latest;
    auto lesser = all.reports.end();
    for (auto place = all.reports.begin(); place != all.reports.end(); ++place) {
        auto const& [identity, report] = *place;
        if (identity.origin != origin) continue;
        // One report, known by its day and again by its date-range: the fuller counts.
        if (auto const copy = all.fullest_whole_copy(place); copy != all.reports.end())
            lesser = copy->second.content < report.content ? copy : place;
        if (place == lesser) continue;
        auto const& content = report.content;
        summary_totals::reporting_day const when{detail::day_of(identity.start), identity.reporter};
        for (auto const& [policy, counts] : content.sessions) sums.sessions[{when, policy}].add(counts);
        for (auto const& [failure, count] : content.failures) sums.failures[{when, failure}].add(count);
        auto& name = latest[identity.reporter];
        if (!content.organization.empty()) name = (std::max)(name, {when.day, content.organization});
        ++sums.reports;
        sums.without_policies += content.sessions.empty();
        sums.contradicted += report.contradicted;
    }
    for (auto& [reporter, name] : latest) sums.organizations.emplace(reporter, std::move(name.second));
    return sums;
}

}  // namespace mtasts

// #include <mtasts/report/send/delivery.hpp>
/// RFC 8460 3, 4.1, 5: where, when and how often a report is sent; and how it is sent over HTTPS.

namespace mtasts {

/// RFC 8460 4.1: the delay before a day's reports are sent, to spread them: 1 to 14400 seconds, from any random number.
/// Example: `static_assert(mtasts::report_pause(14400).count() == 1);`
constexpr std::chrono::seconds report_pause(std::uint64_t random) {
    return std::chrono::seconds(1 + static_cast<std::int64_t>(random % 14400));
}

namespace detail {

/// RFC 8460 5.5: how long delivery of a report is retried.
inline constexpr std::chrono::seconds report_lifetime{86400};

}  // namespace detail

/// RFC 8460 5.5: when to try again after so many failures: the retry delay doubles, beginning with five minutes, and
/// the last attempt is a day after the first; nothing if it is time to give up.
/// Example: `static_assert(mtasts::next_report_try({}, 1)->time_since_epoch() == std::chrono::minutes(5));`
constexpr std::optional<std::chrono::sys_seconds> next_report_try(std::chrono::sys_seconds first, unsigned failures) {
    std::chrono::seconds after{0}, pause = std::chrono::minutes(5);
    for (unsigned i = 0; i != failures; ++i) {
        if (after == detail::report_lifetime) return std::nullopt;
        after = (std::min)(after + pause, detail::report_lifetime);
        pause *= 2;
    }
    return first + after;
}

/// RFC 6068 2: the address of a mailto URI, percent-decoded; nothing for a URI that a report cannot be mailed to.
/// Example: `mtasts::mailto_address(tlsrpt.value.rua.front()) == "a@example.com"`
inline std::optional<std::string> mailto_address(tlsrpt_uri const& uri) {
    if (uri.scheme != rua_scheme::mailto || !uri.deliverable) return std::nullopt;
    auto const address = text::percent_decoded(uri.target);
    return std::string(address.begin(), address.end());
}

/// RFC 8460 5.2, 6.4, 6.5: the media type of a report, with or without gzip, which its first octets show.
/// Example: `static_assert(mtasts::report_media_type("{}") == "application/tlsrpt+json");`
constexpr std::string_view report_media_type(std::string_view octets) {
    return octets.starts_with("\x1F\x8B") ? "application/tlsrpt+gzip" : "application/tlsrpt+json";
}

/// RFC 8460 5.4: one POST of a report. There is no Content-Encoding: the media type says whether it is gzip. An invalid
/// certificate need not keep the report back (RFC 8460 3), and redirects are not followed.
/// Example: `static_assert(mtasts::report_post{}.body.empty());`
struct report_post {
    std::string_view url;
    std::string_view content_type;
    std::string_view body;

    /// RFC 8460 5.4: whether a status means that the receiver has the report; after any other, try again. A report is
    /// delivered once one of its destinations has it (RFC 8460 3).
    static constexpr bool delivered(int status) { return 200 <= status && status <= 299; }
};

/// The POST to an https URI; nothing for a URI that a report cannot be posted to.
/// Example: `!mtasts::report_post_to(tlsrpt.value.rua.front(), "{}").has_value()`
constexpr std::optional<report_post> report_post_to(tlsrpt_uri const& uri, std::string_view octets) {
    if (uri.scheme != rua_scheme::https || !uri.deliverable) return std::nullopt;
    return report_post{uri.text, report_media_type(octets), octets};
}

}  // namespace mtasts
// #include <mtasts/report/send/mail.hpp>
/// RFC 8460 5.3: the mail that carries a report.

namespace mtasts {

/// The parts of the mail besides the report.
/// Example: `static_assert(mtasts::report_mail{}.tls_not_required);`
struct report_mail {
    /// Mail addresses; if `from` is empty, the report's contact is used.
    std::string_view from = {};
    std::string_view to = {};
    std::chrono::sys_seconds date = {};
    /// The octets that `report` was written as: JSON or, better, JSON in gzip (RFC 8460 5.2).
    std::string_view octets = {};
    /// For people; if empty, a sentence that says what the mail is.
    std::string_view text = {};
    /// RFC 8460 5.3.1, RFC 8689 3: asks every relay not to hold the mail back because TLS fails.
    bool tls_not_required = true;

    /// RFC 8460 3, 5.3: the fields that the DKIM signature covers (RFC 6376 5.4), by a key of the domain in
    /// TLS-Report-Submitter. If its record limits the key to services, let it be "s=tlsrpt:email": DMARC does not
    /// accept "s=tlsrpt" alone. The tag "l=" is forbidden (RFC 8460 3).
    static constexpr std::array<std::string_view, 10> signed_fields{"From",
                                                                    "To",
                                                                    "Subject",
                                                                    "Date",
                                                                    "Message-ID",
                                                                    "MIME-Version",
                                                                    "Content-Type",
                                                                    "TLS-Report-Domain",
                                                                    "TLS-Report-Submitter",
                                                                    "TLS-Required"};
};

namespace detail {

/// RFC 2045 6.8: octets as base64, in lines of at most 76 octets that end with CRLF.
/// Example: `mtasts::detail::base64_lines("ab") == "YWI=\r\n"`
inline std::string base64_lines(std::string_view octets) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    constexpr std::size_t octets_in_line = 57;
    std::string text;
    text.reserve(octets.size() / octets_in_line * 78 + 80);
    for (std::size_t line = 0; line < octets.size(); line += octets_in_line) {
        auto rest = octets.substr(line, octets_in_line);
        for (; !rest.empty(); rest.remove_prefix(std::min<std::size_t>(3, rest.size()))) {
            std::uint32_t bits = 0;
            for (std::size_t i = 0; i != 3; ++i)
                bits = bits << 8 | (i < rest.size() ? static_cast<unsigned char>(rest[i]) : 0u);
            for (std::size_t i = 0; i != 4; ++i) text += i <= rest.size() ? alphabet[bits >> (18 - 6 * i) & 63] : '=';
        }
        text += "\r\n";
    }
    return text;
}

/// RFC 5322 3.3: a date-time in UTC.
/// Example: `mtasts::detail::mail_date(std::chrono::sys_seconds{}) == "Thu, 1 Jan 1970 00:00:00 +0000"`
inline std::string mail_date(std::chrono::sys_seconds instant) {
    constexpr std::string_view days = "SunMonTueWedThuFriSat", months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    auto const day = std::chrono::floor<std::chrono::days>(instant);
    std::chrono::year_month_day const date(day);
    std::chrono::hh_mm_ss const time(instant - day);
    return fmt::format("{}, {} {} {:04} {:02}:{:02}:{:02} +0000",
                       days.substr(3 * std::chrono::weekday(day).c_encoding(), 3), static_cast<unsigned>(date.day()),
                       months.substr(3 * (static_cast<unsigned>(date.month()) - 1), 3), static_cast<int>(date.year()),
                       time.hours().count(), time.minutes().count(), time.seconds().count());
}

/// RFC 5322 3.2.4: a local part between quotation marks; one that is already quoted keeps its quoted-pairs.
inline std::string quoted_string(std::string_view local) {
    bool const quoted = local.size() > 1 && local.starts_with('"') && local.ends_with('"');
    auto const inside = quoted ? local.substr(1, local.size() - 2) : local;
    std::string text = "\"";
    for (std::size_t i = 0; i != inside.size(); ++i) {
        if (quoted && inside[i] == '\\' && i + 1 != inside.size()) text += inside[i++];
        else if (inside[i] == '"' || inside[i] == '\\') text += '\\';
        text += inside[i];
    }
    return text += '"';
}

/// RFC 5322 3.4.1: an address for a header field, its domain with A-labels, its local part quoted if it must be.
/// Nothing for anything but an address of visible ASCII, so that no address can begin another field.
/// Example: `mtasts::detail::header_address("a,b@example.com") == "\"a,b\"@example.com"`
inline std::optional<std::string> header_address(std::string_view address) {
    constexpr std::size_t longest = 320;  // RFC 5321 4.5.3.1: 64 and 255 octets
    auto const given = mail_domain(address);
    auto const ascii = text::all_octets(given, text::is_ascii) ? std::nullopt : to_a_labels(given);
    auto const domain = ascii ? ascii->view() : given;
    auto const local = address.substr(0, address.size() - (std::min)(address.size(), given.size() + 1));
    auto const is_domain_octet = [](char c) {
        return text::is_alphanumeric(c) || std::string_view("-._:[]").find(c) != std::string_view::npos;
    };
    bool const visible = text::all_octets(local, [](char c) { return ' ' <= c && c <= '~'; });
    if (local.empty() || domain.empty() || address.size() > longest || !visible ||
        !text::all_octets(domain, is_domain_octet))
        return std::nullopt;
    if (dot_atom_of(local) == local) return fmt::format("{}@{}", local, domain);
    return fmt::format("{}@{}", quoted_string(local), domain);
}

/// RFC 5322 2.2.3: a header field, folded at spaces so that lines keep to 78 octets where they can.
/// Example: `mtasts::detail::header_field("To", "a@example.com") == "To: a@example.com\r\n"`
inline std::string header_field(std::string_view name, std::string_view value) {
    constexpr std::size_t wanted = 78;
    auto text = fmt::format("{}:", name);
    auto line = text.size();
    text::for_each_piece(value, ' ', [&](std::string_view word) {
        // A line must not consist of spaces alone (RFC 5322 3.2.2).
        if (!word.empty() && line + 1 + word.size() > wanted && line > name.size() + 1) {
            text += "\r\n";
            line = 0;
        }
        text += ' ';
        text += word;
        line += 1 + word.size();
    });
    return text += "\r\n";
}

/// A text for people as MIME part: unencoded if every relay accepts that, else in base64.
inline std::string text_part(std::string_view text, std::string_view boundary) {
    std::string lines;
    bool plain = text.find(boundary) == text.npos;
    for (text::policy_lines rest(text); !rest.done();) {
        auto const line = rest.next().text;
        plain = plain && line.size() <= 78 && text::all_octets(line, [](char c) { return ' ' <= c && c <= '~'; });
        lines += line;
        lines += "\r\n";
    }
    return fmt::format("Content-Type: text/plain; charset={}\r\nContent-Transfer-Encoding: {}\r\n\r\n{}",
                       plain ? "us-ascii" : "utf-8", plain ? "7bit" : "base64", plain ? lines : base64_lines(lines));
}

}  // namespace detail

/// The mail, lines ended with CRLF, ready to be signed and sent as `message_kind::tls_report`. Nothing if the report
/// cannot have a file name or subject (`tlsrpt_report_filename`), or if an address is malformed.
/// Example: `!mtasts::write_report_mail(mtasts::tlsrpt_report{}, "example.com", {}).has_value()`
inline std::optional<std::string> write_report_mail(tlsrpt_report const& report, std::string_view policy_domain,
                                                    report_mail const& mail) {
    auto const media_type = report_media_type(mail.octets);
    auto const filename = tlsrpt_report_filename(report, policy_domain, media_type.ends_with("+gzip"));
    auto const subject = tlsrpt_report_subject(report, policy_domain);
    auto const domain = canonical_domain(policy_domain), submitter = detail::submitter_of(report);
    auto const from = detail::header_address(mail.from.empty() ? report.contact_info : mail.from);
    auto const to = detail::header_address(mail.to);
    if (!filename || !subject || !domain || !submitter || !from || !to || !detail::is_writable(mail.date))
        return std::nullopt;
    // RFC 2046 5.1.1: "=_" never occurs in a line of base64.
    auto const boundary = "=_" + text::half_digest(report.report_id);
    auto const text = mail.text.empty() ? fmt::format(
                                              "This is a report about TLS in mail to {},\r\nsent by {}.\r\n"
                                              "RFC 8460 tells what is in the attached file.\r\n",
                                              domain->view(), submitter->view())
                                        : std::string(mail.text);
    std::string all;
    auto const field = [&](std::string_view name, std::string_view value) { all += detail::header_field(name, value); };
    field("From", *from);
    field("To", *to);
    field("Subject", *subject);
    field("Date", detail::mail_date(mail.date));
    // The same report to the same address is the same message, however often it is sent.
    field("Message-ID",
          fmt::format("<{}@{}>", text::half_digest(std::string(report.report_id) + ' ' + *to), submitter->view()));
    field("TLS-Report-Domain", domain->view());
    field("TLS-Report-Submitter", submitter->view());
    if (mail.tls_not_required) field("TLS-Required", "No");
    field("MIME-Version", "1.0");
    // RFC 6522 3: the report-type is what both media types of RFC 8460 6.2 go by.
    field("Content-Type", fmt::format("multipart/report; report-type=\"tlsrpt\"; boundary=\"{}\"", boundary));
    all += fmt::format("\r\n--{}\r\n{}\r\n--{}\r\n", boundary, detail::text_part(text, boundary), boundary);
    field("Content-Type", media_type);
    field("Content-Transfer-Encoding", "base64");
    // RFC 2231 3: a name is not folded inside its quotation marks, as the example of RFC 8460 5.3.1 does.
    field("Content-Disposition", fmt::format("attachment; filename=\"{}\"", *filename));
    all += fmt::format("\r\n{}--{}--\r\n", detail::base64_lines(mail.octets), boundary);
    return all;
}

}  // namespace mtasts
// #include <mtasts/report/send/tally.hpp>
/// RFC 8460 4: sessions counted by UTC day, policy domain and policy, until they are reported. Bounded in memory.

namespace mtasts {

/// Who sends reports (RFC 8460 4.1).
struct reporter {
    std::string organization_name;
    /// A mail address; its domain is the TLS-Report-Submitter and signs the mail (RFC 8460 5.3).
    std::string contact_info;
};

/// Counts sessions.
/// Example: `mtasts::session_tally tally; tally.add({"example.com", {}, {}}, std::chrono::sys_seconds{});`
class session_tally {
  public:
    /// One session to be counted; `decide_outcome` says which are. One that two policies were applied to, MTA-STS and
    /// DANE, is counted under each. Sessions that carry TLS-RPT mail are not counted at all (RFC 8460 3).
    struct session {
        /// Whose report it goes into: the domain of the recipient, or of the smart host (RFC 8460 1.1).
        std::string_view domain;
        /// Its `domain` is the TLSA base domain under DANE (RFC 8460 1.1); if it is empty, it is the one above.
        tlsrpt_applied_policy policy;
        /// Why the session failed; without a result type, it succeeded. `failed_sessions` is ignored.
        tlsrpt_failure failure;
        /// RFC 8460 4.3.2: `discovery_verdict::result`. It is a failure detail of its own, without a host, and does not
        /// make the session a failed one.
        tlsrpt_result_type discovery = tlsrpt_result_type::absent;
    };

    /// A session as `decide_outcome` counts it; to be completed with the policy's text and what is known of the hosts.
    static constexpr session session_of(std::string_view domain, counted_session const& counted) {
        session entry;
        entry.domain = domain;
        entry.policy.type = counted.policy;
        entry.failure.result = counted.result;
        entry.failure.reason_code = counted.reason;
        return entry;
    }

    /// Limits of a tally, whatever the other side sends.
    struct bounds {
        /// Approximate limit of the octets for all days together.
        std::size_t octets = std::size_t{64} << 20;
        /// For one domain and day.
        std::size_t details = 1000;
        std::size_t policies = 100;
        /// RFC 8460 7: text from the other side is cut to this.
        std::size_t longest_text = 256;
    };

    /// How a session was counted.
    enum class room {
        whole,
        /// A limit was reached: it is counted, but without its host, addresses and reason, or without its policy's
        /// text.
        without_details,
        /// No room for another domain; it is only in `uncounted()`.
        nowhere,
    };

    /// RFC 8460 4: the key of a failure detail.
    struct failure_key {
        tlsrpt_result_type result = tlsrpt_result_type::absent;
        std::string mx_hostname = {};
        std::string mx_helo = {};
        std::string additional_information = {};
        std::string reason_code = {};
        std::optional<ip_address> sending_mta_ip = {};
        std::optional<ip_address> receiving_ip = {};

        friend auto operator<=>(failure_key const&, failure_key const&) = default;
    };

    /// RFC 8460 4.4: the key of an element of "policies".
    struct policy_key {
        tlsrpt_policy_type type = tlsrpt_policy_type::absent;
        std::string domain;
        std::vector<std::string> strings;
        std::vector<std::string> mx_hosts;

        friend auto operator<=>(policy_key const&, policy_key const&) = default;
    };

    /// The sessions under one policy (RFC 8460 4.2), and how they failed.
    struct policy_sessions {
        std::uint64_t successful = 0;
        std::uint64_t failed = 0;
        std::map<failure_key, std::uint64_t> failures;
    };

    /// Everything that is reported to one domain about one day.
    struct domain_day {
        std::chrono::sys_days day;
        std::string domain;
        std::map<policy_key, policy_sessions> policies;

        /// The report, to be written by `build_tlsrpt_report`; its strings are views of this, of `from` and of `id`.
        tlsrpt_report report(reporter const& from, std::string_view id) const;
    };

    session_tally() : session_tally(bounds()) {}
    explicit session_tally(bounds const& limits) : limits_(limits) {}

    room add(session const& entry, std::chrono::sys_seconds now);

    /// Takes out what is complete: all days before the one of `now`. A session that is added later for a day that was
    /// taken out counts for the next.
    std::vector<domain_day> take_finished(std::chrono::sys_seconds now);

    /// Sessions for which there was no room.
    std::uint64_t uncounted() const { return uncounted_; }
    /// Approximate number of octets in use.
    std::size_t octets() const { return octets_; }

  private:
    struct open_day {
        domain_day tally;
        std::size_t octets = 0;
        std::size_t details = 0;
    };

    /// Reserves so many octets; false if there is no room for them.
    bool take_room(open_day& open, std::size_t octets);
    open_day* day_of_domain(std::chrono::sys_days day, std::string const& domain);
    policy_sessions& sessions_under(open_day& open, policy_key policy, room& place);
    void count_failure(open_day& open, policy_sessions& sessions, failure_key failure, room& place);
    failure_key kept_failure(tlsrpt_failure const& failure) const;

    bounds limits_;
    std::map<std::pair<std::chrono::sys_days, std::string>, open_day> days_;
    std::chrono::sys_days first_open_ = (std::chrono::sys_days::min)();
    std::size_t octets_ = 0;
    std::uint64_t uncounted_ = 0;
};

/// RFC 8460 4.4, 5.3: an id for the report of one day and domain, the same each time it is made: a report that is sent
/// twice is counted once. If several machines count on their own, each needs its own `instance`.
/// Example: `mtasts::make_report_id({{}, "example.com", {}}, {"", "a@example.net"}) == "1970-01-01.example.com@example.net"`
inline std::string make_report_id(session_tally::domain_day const& tally, reporter const& from,
                                  std::string_view instance = {}) {
    auto id = write_date_time(tally.day).substr(0, 10) + '.' + tally.domain;
    if (!instance.empty()) (id += '.') += instance;
    return (id += '@') += mail_domain(from.contact_info);
}

namespace detail {

/// Counts stop at the greatest one that a report can hold (RFC 7493 2.2).
inline void count_one(std::uint64_t& count) { count += count < greatest_count ? 1 : 0; }

/// Approximate cost of an entry besides the octets of its strings.
inline constexpr std::size_t octets_of_entry = 256;

inline std::size_t octets_of(session_tally::policy_key const& policy) {
    std::size_t sum = octets_of_entry + policy.domain.size();
    for (auto const* strings : {&policy.strings, &policy.mx_hosts})
        for (auto const& string : *strings) sum += sizeof string + string.size();
    return sum;
}
inline std::size_t octets_of(session_tally::failure_key const& failure) {
    return octets_of_entry + failure.mx_hostname.size() + failure.mx_helo.size() +
           failure.additional_information.size() + failure.reason_code.size();
}

/// As much of a text as fits, in whole code points. What no report may contain (RFC 7493 2.1) becomes U+FFFD: the other
/// side must not be able to have the report rejected.
/// Example: `mtasts::detail::reportable("a\xFF", 4) == "a\uFFFD"`
inline std::string reportable(std::string_view text, std::size_t longest = std::string_view::npos) {
    if (text::all_octets(text, text::is_ascii)) return std::string(text.substr(0, longest));
    std::string kept;
    while (!text.empty()) {
        auto const [value, length] = text::first_code_point(text);
        bool const good = length != 0 && !text::is_noncharacter(value);
        auto const next = good ? text.substr(0, length) : std::string_view("\uFFFD");
        if (kept.size() + next.size() > longest) break;
        kept += next;
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return kept;
}

}  // namespace detail

inline session_tally::room session_tally::add(session_tally::session const& entry, std::chrono::sys_seconds now) {
    auto const day = (std::max)(std::chrono::floor<std::chrono::days>(now), first_open_);
    auto const domain = folded_name(entry.domain);
    auto* const open = day_of_domain(day, domain);
    if (open == nullptr) {
        detail::count_one(uncounted_);
        return session_tally::room::nowhere;
    }
    auto place = session_tally::room::whole;
    session_tally::policy_key policy{entry.policy.type.kind, folded_name(entry.policy.domain), {}, {}};
    if (policy.domain.empty()) policy.domain = domain;
    for (auto const string : entry.policy.strings) policy.strings.push_back(detail::reportable(string));
    for (auto const& pattern : entry.policy.mx_hosts) policy.mx_hosts.push_back(detail::reportable(pattern.text));
    auto& sessions = sessions_under(*open, std::move(policy), place);
    if (entry.failure.result.kind == tlsrpt_result_type::absent) {
        detail::count_one(sessions.successful);
    } else {
        detail::count_one(sessions.failed);
        count_failure(*open, sessions, kept_failure(entry.failure), place);
    }
    if (entry.discovery != tlsrpt_result_type::absent)
        count_failure(*open, sessions, {.result = entry.discovery}, place);
    return place;
}

inline std::vector<session_tally::domain_day> session_tally::take_finished(std::chrono::sys_seconds now) {
    auto const today = std::chrono::floor<std::chrono::days>(now);
    std::vector<session_tally::domain_day> finished;
    while (!days_.empty() && days_.begin()->first.first < today) {
        // By the days taken out, not by the clock: a clock that is ahead for a while must not move sessions far ahead.
        first_open_ = days_.begin()->first.first + std::chrono::days(1);
        octets_ -= days_.begin()->second.octets;
        finished.push_back(std::move(days_.begin()->second.tally));
        days_.erase(days_.begin());
    }
    return finished;
}

inline bool session_tally::take_room(open_day& open, std::size_t octets) {
    if (octets > limits_.octets - (std::min)(octets_, limits_.octets)) return false;
    open.octets += octets;
    octets_ += octets;
    return true;
}

inline session_tally::open_day* session_tally::day_of_domain(std::chrono::sys_days day, std::string const& domain) {
    std::pair const key(day, domain);
    if (auto const found = days_.find(key); found != days_.end()) return &found->second;
    open_day made{{day, domain, {}}};
    if (!take_room(made, detail::octets_of_entry + 2 * domain.size())) return nullptr;
    return &days_.emplace(key, std::move(made)).first->second;
}

/// A policy that there is no room for is counted without its text, under the domain that is reported to: there is one
/// such entry for each type.
inline session_tally::policy_sessions& session_tally::sessions_under(open_day& open, session_tally::policy_key policy,
                                                                     session_tally::room& place) {
    auto& policies = open.tally.policies;
    if (auto const found = policies.find(policy); found != policies.end()) return found->second;
    if (policies.size() < limits_.policies && take_room(open, detail::octets_of(policy)))
        return policies[std::move(policy)];
    place = session_tally::room::without_details;
    return policies[{policy.type, open.tally.domain, {}, {}}];
}

/// A detail that there is no room for is counted by its result type: there are as many such entries as result types.
inline void session_tally::count_failure(open_day& open, session_tally::policy_sessions& sessions,
                                         session_tally::failure_key failure, session_tally::room& place) {
    auto& failures = sessions.failures;
    auto found = failures.find(failure);
    if (found == failures.end()) {
        if (open.details < limits_.details && take_room(open, detail::octets_of(failure))) ++open.details;
        else {
            failure = {.result = failure.result};
            place = session_tally::room::without_details;
        }
        found = failures.try_emplace(std::move(failure)).first;
    }
    detail::count_one(found->second);
}

/// RFC 8460 4.3.3: an unregistered result type is counted as a general failure.
inline session_tally::failure_key session_tally::kept_failure(tlsrpt_failure const& failure) const {
    auto const cut = [&](std::string_view text) { return detail::reportable(text, limits_.longest_text); };
    auto const known = failure.result.kind != tlsrpt_result_type::other;
    return {known ? failure.result.kind : tlsrpt_result_type::validation_failure,
            cut(folded_name(failure.receiving_mx_hostname)),
            cut(failure.receiving_mx_helo),
            cut(failure.additional_information),
            cut(failure.reason_code),
            failure.sending_mta_ip,
            failure.receiving_ip};
}

inline tlsrpt_report session_tally::domain_day::report(reporter const& from, std::string_view id) const {
    tlsrpt_report made;
    made.organization_name = from.organization_name;
    made.contact_info = from.contact_info;
    made.report_id = id;
    // RFC 8460 4.1, 4.4: the day, in times that RFC 3339 knows.
    made.date_range = {day, day + std::chrono::days(1) - std::chrono::seconds(1)};
    for (auto const& [policy, sessions] : policies) {
        auto& result = made.policies.emplace_back();
        result.policy.type = policy.type;
        result.policy.domain = policy.domain;
        result.policy.strings.assign(policy.strings.begin(), policy.strings.end());
        for (auto const& pattern : policy.mx_hosts) result.policy.mx_hosts.push_back({pattern});
        result.summary = {sessions.successful, sessions.failed};
        for (auto const& [failure, count] : sessions.failures) {
            auto& detail = result.failures.emplace_back();
            detail.result = failure.result;
            detail.receiving_mx_hostname = failure.mx_hostname;
            detail.receiving_mx_helo = failure.mx_helo;
            detail.failed_sessions = count;
            detail.additional_information = failure.additional_information;
            detail.reason_code = failure.reason_code;
            detail.sending_mta_ip = failure.sending_mta_ip;
            detail.receiving_ip = failure.receiving_ip;
        }
    }
    return made;
}

}  // namespace mtasts
