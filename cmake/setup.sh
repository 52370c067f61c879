# SPDX-License-Identifier: GPL-3.0-or-later
# What app/run, tests/run and .ci/run share: getting what is missing from Debian, configuring, building. Sourced by bash.

set -eu
top=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
me=$(basename "$(dirname "$0")")/$(basename "$0")

build_packages=(cmake g++ libexpected-dev libmnl-dev libqt6svg6 ninja-build pkgconf qt6-base-dev zlib1g-dev)
# tests/compare parses what ss and lsof print, which takes a language that reads text, Debian's default python3.
test_packages=(appstream desktop-file-utils iproute2 lsof python3 qt6-base-private-dev)
ci_packages=(clang-14 clang-tidy-14 libclang-rt-14-dev llvm-14)

die()
{
    printf '%s: %s\n' "$me" "$*" >&2
    exit 1
}

# quietly COMMAND…: what it prints is shown only if it fails.
quietly()
{
    local log status=0
    log=$(mktemp)
    "$@" >"$log" 2>&1 </dev/null || status=$?
    [ $status = 0 ] || cat "$log" >&2
    rm -f "$log"
    return $status
}

# need PACKAGE…: installs those that are missing, and says so. When none is, it asks dpkg only.
need()
{
    local installed missing=() package as_root=()
    if ! command -v dpkg-query >/dev/null; then
        echo "$me: no dpkg here; hoping that what Debian calls $* is installed." >&2
        return
    fi
    installed=$(dpkg-query --show --showformat '|${db:Status-Status} ${Package}|' "$@" 2>/dev/null || true)
    for package; do
        [[ $installed == *"|installed $package|"* ]] || missing+=("$package")
    done
    [ ${#missing[@]} != 0 ] || return 0

    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || die "these Debian packages are missing, and installing them takes root or sudo:" \
            "apt-get install --no-install-recommends ${missing[*]}"
        as_root=(sudo)
    fi
    echo "$me: installing from Debian, with what they depend on: ${missing[*]}"
    [ ${#as_root[@]} = 0 ] || sudo -v || die "sudo said no, so nothing was installed"
    # Lists that are old, or not there at all as in a container's image, are the usual reason for a failed installation.
    quietly "${as_root[@]}" apt-get update || echo "$me: apt-get update failed; trying with the lists there are." >&2
    quietly "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --no-install-recommends "${missing[@]}" || die "apt-get could not install them"
}

# as_owner COMMAND…: root builds as whoever owns the clone, so that "sudo app/run" leaves no file its owner cannot replace.
as_owner()
{
    local uid gid
    read -r uid gid < <(stat --format '%u %g' "$top")
    if [ "$(id -u)" = 0 ] && [ "$uid" != 0 ]; then
        HOME=$top setpriv --reuid "$uid" --regid "$gid" --clear-groups "$@"
    else
        "$@"
    fi
}

# configure PRESET: only if that has not been done here, since ninja itself configures again when a CMake file changes.
configure()
{
    local tree=$top/build/$1
    if [ ! -f "$tree/build.ninja" ] || ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$top" "$tree/CMakeCache.txt"; then
        echo "$me: configuring and building the $1 preset; the first time takes minutes."
        (cd "$top" && quietly as_owner cmake --fresh --preset "$1") || die "cmake could not configure the $1 preset"
    fi
}

# build PRESET [TARGET…]
build()
{
    local preset=$1 target targets=()
    shift
    for target; do
        targets+=(--target "$target")
    done
    configure "$preset"
    quietly as_owner cmake --build "$top/build/$preset" "${targets[@]}" || die "building the $preset preset failed"
}

# private_home: a home and a runtime directory of our own, gone at the end. Qt wants a runtime directory, and the tests'
# settings and caches are no business of whoever runs them.
private_home()
{
    private=$(mktemp -d)
    trap 'rm -rf "$private"' EXIT
    mkdir -m 0700 "$private/runtime" "$private/home"
    export XDG_RUNTIME_DIR=$private/runtime HOME=$private/home
    unset XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME
}

# run_tests TREE [CTEST OPTION…]: also prints each test function that skipped itself, with its reason, as it said it.
run_tests()
{
    local tree=$1 status=0 skipped
    shift
    ctest --test-dir "$tree" --output-on-failure --no-tests=error "$@" || status=$?
    chown -R --reference="$top" "$tree/Testing"
    skipped=$(grep -h -A1 '^SKIP ' "$tree/Testing/Temporary/LastTest.log" | grep -v '^--$') || skipped=none
    printf 'Skipped test functions and their reasons:\n%s\n\n' "$skipped"
    return $status
}
