// SPDX-License-Identifier: BSL-1.0
#include "file_attributes.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

#include <sys/xattr.h>
#include <unistd.h>

#include <fmt/format.h>
#include <mtasts/render/escape.hpp>

namespace {

constexpr std::string_view access_list = "system.posix_acl_access";

/// capabilities(7), EVM and IMA: attributes of the old contents, not of the file.
constexpr std::array<std::string_view, 3> of_old_octets{"security.capability", "security.evm", "security.ima"};

/// The result of a call that fills a buffer, of any size; nothing if it fails.
template <class Call>
std::optional<std::string> all_of(Call call) {
    for (;;) {
        auto const size = call(nullptr, 0);
        if (size < 0) return std::nullopt;
        std::string octets(static_cast<std::size_t>(size), '\0');
        auto const got = size == 0 ? 0 : call(octets.data(), octets.size());
        if (got >= 0) {
            octets.resize(static_cast<std::size_t>(got));
            return octets;
        }
        // It grew between the calls.
        if (errno != ERANGE) return std::nullopt;
    }
}

std::optional<std::vector<std::string>> names_of(int file) {
    std::vector<std::string> names;
    auto const list = all_of([&](char* out, std::size_t room) { return ::flistxattr(file, out, room); });
    if (!list && errno != ENOTSUP) return std::nullopt;
    std::string_view const all = list ? std::string_view(*list) : std::string_view();
    for (std::size_t at = 0; at < all.size();) {
        names.emplace_back(all.substr(at, all.find('\0', at) - at));
        at += names.back().size() + 1;
    }
    return names;
}

std::optional<std::string> value_of(int file, std::string const& name) {
    return all_of([&](char* out, std::size_t room) { return ::fgetxattr(file, name.c_str(), out, room); });
}

bool has(std::vector<std::string> const& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::string lost(std::string_view what) { return fmt::format("its {} cannot be kept: {}", what, std::strerror(errno)); }

std::string carry_extended(int from, int to) {
    auto const names = names_of(from), given = names_of(to);
    if (!names || !given) return lost("extended attributes");
    for (auto const& name : *names) {
        if (std::find(of_old_octets.begin(), of_old_octets.end(), name) != of_old_octets.end()) continue;
        auto const value = value_of(from, name);
        bool const kept = value && ((has(*given, name) && value_of(to, name) == value) ||
                                    ::fsetxattr(to, name.c_str(), value->data(), value->size(), 0) == 0);
        if (!kept) return lost(name == access_list ? "ACL" : "extended attribute " + mtasts::visible(name));
    }
    // A default ACL of the directory may have given the new file an ACL that the old one does not have.
    if (has(*given, access_list) && !has(*names, access_list) && ::fremovexattr(to, access_list.data()) != 0)
        return lost("permissions");
    return {};
}

}  // namespace

std::string carry_attributes(int from, struct stat const& old, int to) {
    struct stat now {};
    if (::fstat(to, &now) != 0) return lost("owner and group");
    // The owner before the mode, so that nobody else has the permissions even for a moment.
    if ((now.st_uid != old.st_uid || now.st_gid != old.st_gid) && ::fchown(to, old.st_uid, old.st_gid) != 0)
        return lost("owner and group");
    if (auto problem = carry_extended(from, to); !problem.empty()) return problem;
    auto const permissions = old.st_mode & mode_t{0777};
    if (::fchmod(to, permissions) != 0 || ::fstat(to, &now) != 0) return lost("permissions");
    // Some file systems accept every call and do nothing.
    if (now.st_uid != old.st_uid || now.st_gid != old.st_gid) return "its owner and group cannot be kept here";
    if ((now.st_mode & mode_t{07777}) != permissions) return "its permissions cannot be kept here";
    return {};
}
