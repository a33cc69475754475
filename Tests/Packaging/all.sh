#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Makes the package twice, as two versions, and tries both in a bare Debian, which is made once.
# As root, with debootstrap.
set -u
cd "$(dirname "$0")/../.." || exit 1
. Tests/Support/common.sh

scratch=$(mktemp -d) || fail "packages: cannot make a temporary directory."
trap 'rm -rf "$scratch"' EXIT
say "packages: making a bare Debian 12"
debootstrap --variant=minbase bookworm "$scratch/bare" >"$scratch/log" 2>&1 ||
    fail "packages: no bare Debian:" "$(tail -n 3 "$scratch/log")"
Sources/Packaging/deb.sh "$scratch/one" && VIGIE_DEB_VERSION=99.0.0 Sources/Packaging/deb.sh \
    "$scratch/two" || fail "packages: FAILED — no package"
Tests/Packaging/deb.sh "$scratch"/one/*.deb "$scratch"/two/*.deb "$scratch/bare" &&
    Tests/Packaging/container.sh "$scratch/one" "$scratch/bare" &&
    Tests/Packaging/systemd.sh "$scratch"/one/*.deb "$scratch"/two/*.deb "$scratch/bare" ||
    fail "packages: FAILED"
