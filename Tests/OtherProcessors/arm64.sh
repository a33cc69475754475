#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Compiles the kernel in C for arm64 and runs it under qemu on plans and rows that StoredPlanTests
# stores here, with what the reference scorer says of them. Says that it skips where the tools are
# missing: Debian's gcc-aarch64-linux-gnu, libc6-dev-arm64-cross and qemu-user. Swift itself is not
# tried on arm64.
# Usage: arm64.sh [PLANS]   (a directory of plans that are stored already)
set -u
cd "$(dirname "$0")/../.." || exit 1
. Tests/Support/common.sh

for tool in aarch64-linux-gnu-gcc qemu-aarch64; do
    command -v "$tool" >/dev/null || {
        say "arm64: skipped, there is no $tool." \
            "apt-get install gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user"
        exit 0
    }
done
scratch=$(mktemp -d) || fail "arm64: cannot make a temporary directory."
trap 'rm -rf "$scratch"' EXIT
plans=${1-$scratch/plans}
[[ -n ${1-} ]] || {
    mkdir "$plans"
    VIGIE_STORED_PLANS=$plans swift test --filter StoredPlanTests >"$scratch/log" 2>&1 ||
        fail "arm64: the plans could not be stored:" "$(tail -n 5 "$scratch/log")"
}
# Contraction is off, as the kernel asks by a pragma that this compiler does not know.
aarch64-linux-gnu-gcc -std=gnu17 -O2 -ffp-contract=off -Wall -Wno-unknown-pragmas -static \
    -ISources/Engine/CForest/include Sources/Engine/CForest/*.c \
    Tests/OtherProcessors/stored_plans.c -lm -lpthread -o "$scratch/stored_plans" ||
    fail "arm64: the kernel does not compile."
qemu-aarch64 "$scratch/stored_plans" "$plans"/*.plan || fail "arm64: FAILED"
