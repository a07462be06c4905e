// SPDX-License-Identifier: BSL-1.0
#include "report_file.hpp"

#include <utility>

#include <mtasts/gzip.hpp>

#include "input.hpp"

std::string_view report_file::base_name() const {
    if (name == "<stdin>") return {};
    return std::string_view(name).substr(name.rfind('/') + 1);
}

report_file open_report(std::string name, std::string octets, std::size_t largest) {
    report_file file{std::move(name), {}, {}};
    file.gzip = mtasts::is_gzip(octets);
    if (file.gzip) {
        auto [text, findings] = mtasts::decompress_gzip(octets, largest);
        file.text = std::move(text);
        file.container = std::move(findings);
    } else if (auto const format = mtasts::other_format(octets); !format.empty()) {
        file.container = {{mtasts::code::gzip_other_format, {}, format}};
    } else {
        file.text = std::move(octets);
    }
    for (auto const& f : file.container) file.readable = file.readable && !f.makes_unusable();
    return file;
}

report_file read_report_file(std::string const& name, std::size_t largest) {
    return open_report(name == "-" ? "<stdin>" : name, read_input(name, largest), largest);
}
