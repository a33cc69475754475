#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Gets the machine ready: a Swift toolchain that is new enough (checked), the
# Debian packages that are missing (installed), the Python environment (made).
# Usage: setup.sh [--python]   (--python also makes .venv)
set -u
cd "$(dirname "$0")/../.." || exit 1
. Tests/Support/common.sh

check_swift() {
    command -v swift >/dev/null || fail "setup: no 'swift' in PATH." \
        "Install Swift 6.3 or newer: https://www.swift.org/install/linux/"
    local version
    version=$(swift --version 2>/dev/null | grep -o 'Swift version [0-9]*\.[0-9]*' | head -n 1)
    version=${version#Swift version }
    local major=${version%%.*} minor=${version#*.}
    [[ $major =~ ^[0-9]+$ && $minor =~ ^[0-9]+$ ]] ||
        fail "setup: cannot read the version that 'swift --version' prints."
    ((major > 6 || (major == 6 && minor >= 2))) ||
        fail "setup: Swift $version is too old: 6.2 is the oldest that can build this." \
            "Install Swift 6.3: https://www.swift.org/install/linux/"
}

is_installed() {
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

# Installs what the list $1 names and is missing.
install_packages() {
    command -v dpkg-query >/dev/null || {
        say "setup: not a Debian system; install what $1 lists."
        return 0
    }
    local missing=() name
    while read -r name _; do
        [[ -z $name || $name == \#* ]] || is_installed "$name" || missing+=("$name")
    done <"$1"
    ((${#missing[@]} > 0)) || return 0

    say "setup: installing ${missing[*]}"
    local as_root=()
    if [[ $(id -u) != 0 ]]; then
        command -v sudo >/dev/null ||
            fail "setup: not root and no sudo. As root: apt-get install ${missing[*]}"
        as_root=(sudo)
    fi
    # A list of packages that is out of date names versions that are gone.
    "${as_root[@]}" apt-get update -qq || fail "setup: 'apt-get update' failed."
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" ||
        fail "setup: 'apt-get install ${missing[*]}' failed."
}

# The same for what only some tests need: they skip where it is not to be had.
install_test_packages() {
    (install_packages Tests/Support/debian-packages-for-tests.txt) ||
        say "setup: tests that need these packages will say that they skip."
}

make_python_environment() {
    local lists=(Tests/Interop/requirements.txt Tests/Interop/requirements-unchecked.txt)
    local made=.venv/requirements.txt
    cat "${lists[@]}" | cmp -s - "$made" && return 0
    say "setup: making the Python environment .venv"
    rm -rf .venv
    python3 -m venv .venv || fail "setup: 'python3 -m venv .venv' failed."
    .venv/bin/pip install --quiet --disable-pip-version-check -r "${lists[0]}" ||
        fail "setup: pip could not install ${lists[0]}."
    .venv/bin/pip install --quiet --disable-pip-version-check --no-deps \
        --ignore-requires-python -r "${lists[1]}" ||
        fail "setup: pip could not install ${lists[1]}."
    # Last, so that an environment made half is made again.
    cat "${lists[@]}" >"$made" || fail "setup: cannot write $made."
}

check_swift
install_packages Tests/Support/debian-packages.txt
if [[ ${1-} == --python ]]; then
    install_test_packages
    make_python_environment
fi
