// SPDX-License-Identifier: BSL-1.0
/// mtasts: MTA-STS (RFC 8461) and SMTP TLS Reporting (RFC 8460) policies and records, parsed, explained and written.
///
/// Not here, since few units need it: mtasts/report.hpp, mtasts/write/json_schema.hpp, and of mtasts/grammar/reading/
/// abnf.hpp and generate.hpp.
#pragma once

#include <mtasts/version.hpp>

#include <mtasts/finding/finding.hpp>

#include <mtasts/name/a_labels.hpp>
#include <mtasts/name/address_literal.hpp>
#include <mtasts/name/ip_text.hpp>
#include <mtasts/name/published.hpp>

#include <mtasts/parse/date_time.hpp>
#include <mtasts/parse/host.hpp>
#include <mtasts/parse/ip_address.hpp>
#include <mtasts/parse/json/pointer.hpp>
#include <mtasts/parse/report_filename.hpp>
#include <mtasts/parse/report_subject.hpp>
#include <mtasts/parse/sts_policy.hpp>
#include <mtasts/parse/sts_record.hpp>
#include <mtasts/parse/tlsrpt_record.hpp>
#include <mtasts/parse/tlsrpt_report.hpp>
#include <mtasts/parse/utf8.hpp>

#include <mtasts/write/id.hpp>
#include <mtasts/write/text.hpp>
#include <mtasts/write/tlsrpt_report.hpp>
#include <mtasts/write/tlsrpt_report_name.hpp>
#include <mtasts/write/zone.hpp>

#include <mtasts/decide/dane.hpp>
#include <mtasts/decide/dane_knowledge.hpp>
#include <mtasts/decide/discovery.hpp>
#include <mtasts/decide/identity.hpp>
#include <mtasts/decide/mx_match.hpp>
#include <mtasts/decide/mx_plan.hpp>
#include <mtasts/decide/outcome.hpp>
#include <mtasts/decide/policy_finder.hpp>

#include <mtasts/lint/cross.hpp>
#include <mtasts/lint/fix.hpp>
#include <mtasts/lint/quirks.hpp>
#include <mtasts/lint/report_filename.hpp>
#include <mtasts/lint/senders.hpp>
#include <mtasts/lint/sts_policy.hpp>
#include <mtasts/lint/txt_record.hpp>

#include <mtasts/build.hpp>
#include <mtasts/check.hpp>
#include <mtasts/literals.hpp>
#include <mtasts/owned.hpp>

#include <mtasts/render/format.hpp>
#include <mtasts/render/github.hpp>
#include <mtasts/render/human.hpp>
#include <mtasts/render/json.hpp>
#include <mtasts/render/sarif.hpp>
#include <mtasts/render/stream.hpp>
