// SPDX-License-Identifier: BSL-1.0
/// Gathers the facts that `mtasts-socketmap doctor` judges.
#pragma once
#include <string>

#include "doctor.hpp"
#include "settings_file.hpp"

namespace socketmap {

struct doctor_options {
    /// Contact neither DNS nor any host.
    bool offline = false;
    /// Empty: Postfix's own default.
    std::string postfix_config = {};
    std::string signed_name = ".";
    std::string https_host = "mta-sts.gmail.com";
    /// The command line that examines again, without --offline.
    std::string again = "mtasts-socketmap doctor";
};

/// The facts that the settings give; the rest is unknown. Commands to be copied from a report work in any directory.
doctor_facts facts_of(loaded_settings const& loaded);

/// Gathers all facts; each step takes a few seconds at most.
doctor_facts gather_facts(loaded_settings const& loaded, doctor_options const& options);

/// Only those from postconf, for the check at startup.
postfix_facts gather_postfix_facts(std::string const& postfix_config);

}  // namespace socketmap
