/// Gathers what `mtasts-socketmap doctor` judges.
#pragma once
#include <string>

#include "doctor.hpp"
#include "settings_file.hpp"

namespace socketmap {

struct doctor_options {
    /// Neither DNS nor any host is asked.
    bool offline = false;
    /// Empty: Postfix's own default.
    std::string postfix_config = {};
    std::string signed_name = ".";
    std::string https_host = "mta-sts.gmail.com";
};

/// Looks at everything; each look takes a few seconds at most.
doctor_facts gather_facts(loaded_settings const& loaded, doctor_options const& options);

/// What postconf tells alone, for a look at the start.
postfix_facts gather_postfix_facts(std::string const& postfix_config);

}  // namespace socketmap
