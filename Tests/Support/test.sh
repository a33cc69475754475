#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Runs every test and check there is. All of them run even when one fails; the
# last line says what passed or what failed.
set -u
cd "$(dirname "$0")/../.." || exit 1
. Tests/Support/common.sh

failed=()

# Runs one part: its name for people, then the command.
part() {
    local name=$1 began=$SECONDS
    shift
    say ""
    say "test: $name"
    if "$@"; then
        say "test: $name: passed in $((SECONDS - began)) s"
    else
        say "test: $name: FAILED after $((SECONDS - began)) s"
        failed+=("$name")
    fi
}

swift_build() { swift build --build-tests; }

swift_tests() {
    # One after the other: hundreds at once on a few cores are late for the deadlines that they
    # test, and a test of time then fails for want of time.
    timeout 1200 swift test --skip-build --no-parallel 2>&1 | tee "$scratch/swift.log"
    # Both, since a run that found no test at all also ends with 0.
    local result=${PIPESTATUS[0]}
    swift_count=$(grep -o 'Test run with [0-9]* test' "$scratch/swift.log" | grep -o '[0-9]*' |
        awk '{ total += $1 } END { print total + 0 }')
    ((result == 0 && swift_count > 0))
}

python_tests() {
    # LightGBM's threads wait for each other by spinning; one does not have to.
    VIGIE_BUILD_DIRECTORY=$(swift build --show-bin-path) OMP_NUM_THREADS=1 \
        .venv/bin/python -m pytest -q --durations=5 -p no:cacheprovider \
        Tests/Support Tests/Interop Clients/Python 2>&1 | tee "$scratch/python.log"
    local result=${PIPESTATUS[0]}
    python_count=$(grep -o '[0-9]* passed' "$scratch/python.log" | tail -n 1 | grep -o '[0-9]*')
    ((result == 0 && ${python_count:-0} > 0))
}

swift_format() {
    swift format lint --strict --recursive --parallel Package.swift Sources Tests Clients
}

scratch=$(mktemp -d) || fail "test: cannot make a temporary directory."
trap 'rm -rf "$scratch"' EXIT

Tests/Support/setup.sh --python || fail "test: FAILED — setup"

part "format" swift_format
part "tidy" .venv/bin/python Tests/Support/tidy.py
part "page of limits" .venv/bin/python Tests/Support/limits_page.py --check
part "table of rooms" .venv/bin/python Tests/Support/rooms.py --check
part "lint of the protos" .venv/bin/buf lint Protos
part "promises of the protos" .venv/bin/buf breaking Protos --against Protos/vigie-v1.binpb
part "generated code" Tests/Support/generate.sh --check
part "build" swift_build
if ((${#failed[@]} == 0)) || [[ ${failed[-1]} != build ]]; then
    part "Swift tests" swift_tests
    part "Python tests" python_tests
    part "cases of the fuzzers" Tests/Fuzz/fuzz.sh replay
fi

# Warnings only.
.venv/bin/python Tests/Support/newest_pins.py

say ""
if ((${#failed[@]} > 0)); then
    list=$(printf ', %s' "${failed[@]}")
    fail "test: FAILED — ${list:2}"
fi
say "test: passed — $swift_count Swift tests, $python_count Python tests," \
    "format, tidiness, protos, generated code, in $((SECONDS / 60)) min $((SECONDS % 60)) s"
