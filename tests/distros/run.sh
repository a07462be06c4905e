#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# run.sh SUITE [PART...]: sets up a bare Debian of this suite (bookworm is 12, trixie 13) with a copy of the tree, and
# does there what README.md says for a new machine. Each PART is one of
#   quickstart  bash examples/quickstart.sh
#   suite       bash tests/run.sh
#   e2e         the end-to-end tests with the servers of this Debian, none of them skipped
#   modes       the library by this Debian's own g++ and clang++, Boost and fmt, with all warnings
# or all; by default all. Exits with 77, and says why, if such a root cannot be set up.
#
# Downloads are kept in build/distros: the bare root, and the packages installed in it. The root itself is new each
# time. All mounts and processes are in namespaces of this script, and end with it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

[ $# -gt 0 ] || { sed -n '/^# run/,/^[^#]/s/^# \?//p' "$0"; exit 2; }
suite=$1 parts=("${@:2}")
[[ ${parts[*]:-all} != all ]] || parts=(quickstart suite e2e modes)
for part in "${parts[@]}"; do
    case $part in quickstart | suite | e2e | modes) ;; *) echo "run.sh: no part: $part" >&2; exit 2 ;; esac
done

skip() { echo "SKIPPED: $*"; exit 77; }
namespaces=(unshare --mount --pid --fork --kill-child --mount-proc)
if [ "${MTASTS_DISTRO:-}" != inside ]; then
    [ "$(id -u)" = 0 ] || skip "only root can set up a root file system"
    command -v git >/dev/null && git -c safe.directory="$PWD" rev-parse >/dev/null 2>&1 || skip "this is not a git checkout"
    command -v debootstrap >/dev/null || skip "not installed: debootstrap"
    "${namespaces[@]}" true 2>/dev/null || skip "namespaces cannot be created here"
    MTASTS_DISTRO=inside exec "${namespaces[@]}" bash tests/distros/run.sh "$suite" "${parts[@]}"
fi

# The package archive of this machine has the other suites as well.
codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
archive=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' |
    awk -v codename="$codename" '$2 == codename && !found++ { print $1 }')
[ -n "$archive" ] || skip "apt has no archive of ${codename:-this system}"
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[ -e "$keyring" ] || skip "not installed: debian-archive-keyring"

here=$PWD/build/distros/$suite
bare=$here/bare.tar debs=$here/debs root=$here/root
mkdir -p "$debs/partial"
exec 9>"$here/lock"
flock 9
remove_root() {
    umount --recursive --lazy "$root" 2>/dev/null || true
    ! mountpoint --quiet "$root/var/cache/apt/archives" || return
    rm -rf --one-file-system "$root"
}
trap remove_root EXIT
# A run that was killed has left its root behind.
remove_root
mkdir "$root"

if [ ! -e "$bare" ]; then
    echo "run.sh: making a bare root of $suite"
    proxy=
    eval "$(apt-config shell proxy Acquire::http::Proxy)"
    http_proxy=${proxy:-${http_proxy:-}} debootstrap --variant=minbase --keyring="$keyring" "$suite" "$root" "$archive" \
        >"$here/log" || { tail "$here/log"; exit 1; }
    umount --recursive "$root/proc" "$root/sys" 2>/dev/null || true
    # The packages are in the directory beside it.
    rm -f "$root"/var/cache/apt/archives/*.deb
    tar --create --one-file-system --file "$bare.part" --directory "$root" .
    mv "$bare.part" "$bare"
else
    tar --extract --file "$bare" --directory "$root"
fi
# The servers run as other users, and must be able to traverse it.
chmod 755 "$root"

# The network is this machine's, and so is its configuration.
cp --dereference /etc/resolv.conf /etc/hosts "$root/etc/"
apt-config dump | grep -E '^Acquire::(http|https|Check-|Retries|Force)' >"$root/etc/apt/apt.conf.d/90-machine" || true
echo 'APT::Keep-Downloaded-Packages "true";' >"$root/etc/apt/apt.conf.d/91-cache"
echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/scratch"
mkdir "$root/mtasts"
git -c safe.directory="$PWD" ls-files -z --cached --others --exclude-standard |
    while IFS= read -r -d '' file; do [ ! -e "$file" ] || printf '%s\0' "$file"; done |
    tar --create --null --files-from=- | tar --extract --directory "$root/mtasts"

# A separate mount, as unshare requires inside.
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
mount --rbind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/tmp"
mount --bind "$debs" "$root/var/cache/apt/archives"

# Without this machine's environment, which may name programs and files that do not exist there.
inside() {
    chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 "$@"
}
# Fails, and says why, if a test was skipped or none ran: here nothing may be missing.
nothing_skipped() {
    local log=$root/mtasts/build/dev/Testing/Temporary/LastTest.log
    [ -s "$log" ] || { echo "run.sh: no test ran" >&2; exit 1; }
    ! grep --ignore-case '^skipped:' "$log" || { echo "run.sh: here nothing may be skipped" >&2; exit 1; }
}
strict='-DCMAKE_CXX_FLAGS=-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror'
for part in "${parts[@]}"; do
    start=$SECONDS
    printf '\n--- %s: %s\n' "$suite" "$part"
    case $part in
        quickstart) inside bash /mtasts/examples/quickstart.sh ;;
        suite) inside bash /mtasts/tests/run.sh "$strict" ;;
        e2e)
            inside bash /mtasts/tests/e2e/install.sh
            inside TARGETS=mtasts-socketmap TESTS='^e2e/' bash /mtasts/tests/run.sh "$strict"
            nothing_skipped
            ;;
        modes)
            inside bash /mtasts/.ci/install.sh clang g++
            gcc=$(inside g++ -dumpversion) clang=$(inside clang++ -dumpversion)
            modes="^modes/(g\\+\\+-${gcc%%.*}|clang-${clang%%.*})(-c\\+\\+23)?\$"
            # Each mode builds itself.
            inside TARGETS=help TESTS="$modes" bash /mtasts/tests/run.sh "$strict"
            nothing_skipped
            ;;
    esac
    printf -- '--- %s: %s, %d s\n' "$suite" "$part" "$((SECONDS - start))"
done
