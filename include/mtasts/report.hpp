// SPDX-License-Identifier: BSL-1.0
/// Both sides of reports beyond their text: sessions counted until they are a report, which is mailed or posted; mails with
/// reports that arrive, and the sums of many reports.
#pragma once

#include <mtasts/report/receive/arrived_mail.hpp>
#include <mtasts/report/receive/contribution.hpp>
#include <mtasts/report/receive/session_count.hpp>
#include <mtasts/report/receive/state.hpp>
#include <mtasts/report/receive/summary.hpp>
#include <mtasts/report/receive/totals.hpp>

#include <mtasts/report/send/delivery.hpp>
#include <mtasts/report/send/mail.hpp>
#include <mtasts/report/send/tally.hpp>
