#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Installs what is missing, builds the program mtasts and lints the files of examples/quickstart with it.
# Exits with 0 if all diagnoses are as expected.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

bash .ci/install.sh g++ cmake ninja-build libboost-dev libfmt-dev libcli11-dev nlohmann-json3-dev zlib1g-dev

# The script builds the program if there is none; an old one may be of other sources.
rm -f build/program/examples/cli/mtasts
CMAKE_GENERATOR=Ninja bash packaging/ci/mtasts.sh --version

surprises=0
# lint STATUS FINDINGS FILE: shows the diagnosis of a file, and checks its exit status and that it has these findings.
lint() {
    local status=0 output finding
    printf '\n$ mtasts lint %s\n' "$3"
    output=$(bash packaging/ci/mtasts.sh lint "$3" 2>&1) || status=$?
    printf '%s\nexit status %s\n' "$output" "$status"
    if [ "$status" != "$1" ]; then
        echo "quickstart: the exit status should be $1"
        surprises=1
    fi
    for finding in $2; do
        if [[ $output != *"[$finding]"* ]]; then
            echo "quickstart: the finding $finding is missing"
            surprises=1
        fi
    done
}

# Exit status 0: no error; 1: errors were found; 2: bad usage or unreadable input.
lint 1 "policy-name-case host-trailing-dot host-ip-address policy-max-age-unit" examples/quickstart/broken/mta-sts.txt
lint 1 "record-id-characters" examples/quickstart/broken/record.txt
lint 1 "time-zone-missing report-contact-uri report-mx-host-key report-count-quoted json-trailing-comma" \
    examples/quickstart/broken/report.json
lint 0 "" examples/quickstart/good/mta-sts.txt
lint 0 "" examples/quickstart/good/record.txt
lint 0 "" examples/quickstart/good/report.json
lint 2 "" examples/quickstart/no-such-file.txt
exit $surprises
