#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# lint.sh --policy FILE [--record FILE] [--base REV] [ARGUMENT...]: "mtasts lint" of a policy and its record, held against
# what was published before as git knows it: the files of the commit REV (by default the first parent of HEAD) and of every
# commit before it on the way of first parents. RFC 8461 3.1: an id that stood beside another policy tells no sender to
# fetch the new one. Other arguments are those of "mtasts lint".
# Exit status: 0 fine, 1 findings, 2 bad usage or nothing could be told.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

fail() {
    echo "lint.sh: $1" >&2
    exit 2
}

policy='' record='' base=''
arguments=()
while [ $# -gt 0 ]; do
    case $1 in
    --policy | --record | --base)
        [ $# -gt 1 ] || fail "$1 takes a value"
        printf -v "${1#--}" %s "$2"
        shift 2
        ;;
    *)
        arguments+=("$1")
        shift
        ;;
    esac
done
[ -n "$policy" ] || fail "--policy is missing"
[[ $policy != /* && $record != /* ]] || fail "git needs --policy and --record below the current directory"
texts=("--policy=$policy")
[ -z "$record" ] || texts+=("--record=$record")

shallow=$(git rev-parse --is-shallow-repository) || fail "the history is needed, and this is no git repository"
[ "$shallow" = false ] ||
    fail "this clone is shallow and does not tell which ids were published: fetch all (actions/checkout: fetch-depth: 0)"
# What a forge calls the commit before the first one.
[[ $base =~ ^0+$ ]] && base=''
if [ -n "$base" ] && [ "$base" != HEAD ]; then
    git cat-file -e "$base^{commit}" 2>/dev/null || fail "there is no commit $base in this clone; fetch it first"
fi
published=$(git rev-parse --quiet --verify "${base:-HEAD^1}^{commit}" || true)

old=$(mktemp -d)
trap 'rm -rf "$old"' EXIT
before=()
# published_by COMMIT: sets `before` to the options for what it published; fails where that was no policy.
published_by() {
    before=()
    git show "$1:./$policy" >"$old/mta-sts.txt" 2>/dev/null || return
    before=(--before "$old/mta-sts.txt")
    # A record that was of no use announced no id.
    if [ -n "$record" ] && git show "$1:./$record" >"$old/record.txt" 2>/dev/null &&
        "$here/mtasts.sh" lint --kind sts-record "$old/record.txt" >/dev/null; then
        before+=(--before "$old/record.txt")
    fi
}

# The last publication counts, unless an earlier one had the same id for another policy.
counts=''
if [ -n "$published" ]; then
    changes=$(git rev-list --first-parent "$published" -- "./$policy" ${record:+"./$record"})
    counts=${changes%%$'\n'*}
    for commit in $changes; do
        published_by "$commit" || continue
        said=$("$here/mtasts.sh" lint --format json "${texts[@]}" "${before[@]}") || [ $? = 1 ] || exit 2
        if [[ $said == *'"change-id-same"'* ]]; then
            counts=$commit
            break
        fi
    done
fi
if [ -n "$counts" ] && published_by "$counts"; then
    echo "lint.sh: held against $(git show --no-patch --format='%h of %cs' "$counts")" >&2
else
    echo "lint.sh: no policy was published before: nothing is held against it" >&2
fi
[ -n "$record" ] || echo "lint.sh: without --record nothing is said of the id" >&2

"$here/mtasts.sh" lint "${arguments[@]}" "${texts[@]}" "${before[@]}"
