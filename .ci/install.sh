#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# install.sh PACKAGE...: installs those Debian packages that are missing; where none is, apt is left alone.
set -euo pipefail

if ! command -v dpkg-query >/dev/null; then
    echo "install.sh: not a Debian system; taking for granted: $*" >&2
    exit 0
fi

missing=()
for package in "$@"; do
    status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

echo "install.sh: installing ${missing[*]}"
as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo)
# A new machine may still be busy with its own upgrades.
apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get --quiet --option DPkg::Lock::Timeout=600)
"${apt[@]}" update
"${apt[@]}" install --yes --no-install-recommends "${missing[@]}"
