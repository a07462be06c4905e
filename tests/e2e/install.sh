#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Installs the servers of these tests without starting them: they run only in namespaces of the tests.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo)
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap '"${as_root[@]}" rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
    "${as_root[@]}" chmod 755 "$policy"
fi
bash .ci/install.sh dns-root-data iproute2 ldnsutils nginx-light nsd openssl postfix python3 systemd-container unbound util-linux
