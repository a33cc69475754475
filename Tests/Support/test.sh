#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Runs every test and check there is. All of them run even when one fails; the
# last line says what passed or what failed.
set -u
cd "$(dirname "$0")/../.." || exit 1
. Tests/Support/common.sh

# Swift test targets that keep time, or wait for sockets and processes. All others run at once, new
# ones too.
keeping_time='^(BlockPipeline|GRPCTransport|InteropService|MetricsPage|TelemetryExport|Turns'
keeping_time+='|VigieAssessment|VigieClient|VigieCommand|VigieService)Tests\.'
readonly keeping_time

failed=()
swift_count=0
python_count=0

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

# Runs the Swift tests that options pick, with less of a right to processors if told; what they say
# goes into a file. Two runs may go on at a time.
run_swift() {
    local log=$1 niceness=$2
    shift 2
    timeout 1200 nice -n "$niceness" swift test --skip-build --ignore-lock "$@" >"$log" 2>&1
}

swift_tests() {
    local result=0 first log count there
    # One after the other: hundreds at once on a few cores are late for the deadlines that they
    # test, and a test of time then fails for want of time.
    run_swift "$scratch/keeping-time.log" 0 --no-parallel --filter "$keeping_time" &
    first=$!
    # Both look at the build before they begin, which only one can.
    until grep -qs 'Test run started' "$scratch/keeping-time.log" || ! kill -0 "$first" 2>&-; do
        sleep 1
    done
    # They take the processors that those that keep time leave, which mostly wait.
    run_swift "$scratch/others.log" 10 --parallel --skip "$keeping_time" || result=1
    wait "$first" || result=1
    swift_count=0
    for log in "$scratch"/{others,keeping-time}.log; do
        cat "$log"
        # A run that found no test at all ends with 0, too.
        count=$(grep -o 'Test run with [0-9]* test' "$log" | grep -o '[0-9]*' |
            awk '{ total += $1 } END { print total + 0 }')
        ((count > 0)) || result=1
        swift_count=$((swift_count + count))
    done
    there=$(swift test list --skip-build 2>/dev/null | grep -c '^[A-Za-z]*Tests\.')
    ((swift_count == there)) || {
        say "test: of $there Swift tests, $swift_count ran"
        result=1
    }
    return "$result"
}

# Runs the Python tests that options pick, and counts them.
run_python() {
    # LightGBM's threads wait for each other by spinning; one does not have to.
    VIGIE_BUILD_DIRECTORY=$(swift build --show-bin-path) OMP_NUM_THREADS=1 \
        .venv/bin/python -m pytest -q --durations=5 -p no:cacheprovider "$@" \
        Tests/Support Tests/Interop Clients/Python 2>&1 | tee "$scratch/python.log"
    local result=${PIPESTATUS[0]} count
    count=$(grep -o '[0-9]* passed' "$scratch/python.log" | tail -n 1 | grep -o '[0-9]*')
    python_count=$((python_count + ${count:-0}))
    ((result == 0 && ${count:-0} > 0))
}

python_tests() {
    local result=0 fuzz_build
    # Builds the fuzzers with what tests leave of the processors; if it fails, `replay` says so.
    nice -n 19 Tests/Fuzz/fuzz.sh list >"$scratch/fuzz.log" 2>&1 &
    fuzz_build=$!
    # A file to a process, since its tests share servers.
    run_python -n 2 --dist loadfile -m 'not alone' || result=1
    wait "$fuzz_build"
    run_python -m alone || result=1
    return "$result"
}

swift_format() {
    swift format lint --strict --recursive --parallel Package.swift Sources Tests Clients
}

scratch=$(mktemp -d) || fail "test: cannot make a temporary directory."
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$scratch"' EXIT

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
