// SPDX-License-Identifier: BSL-1.0
/// The library mtasts::compiled: every declaration of mtasts/compiled.hpp as a definition, which calls the function of
/// that name in the headers.
#include <mtasts/build.hpp>
#include <mtasts/check.hpp>
#include <mtasts/parse/date_time.hpp>
#include <mtasts/parse/json/pointer.hpp>
#include <mtasts/parse/utf8.hpp>
#include <mtasts/render/github.hpp>
#include <mtasts/render/human.hpp>
#include <mtasts/render/json.hpp>
#include <mtasts/render/one_line.hpp>
#include <mtasts/render/sarif.hpp>
#include <mtasts/write/id.hpp>
#include <mtasts/write/json_schema.hpp>
#include <mtasts/write/text.hpp>
#include <mtasts/write/tlsrpt_report.hpp>

#define MTASTS_CALLS(call) \
    { return mtasts::call; }
#include <mtasts/compiled.hpp>
