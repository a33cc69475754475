#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Fuzzes the readers of foreign bytes under AddressSanitizer.
# Usage: fuzz.sh replay               builds, and reads each seed and each case found before, once
#        fuzz.sh run READER [SECONDS] looks for new cases; 600 seconds if not told
#        fuzz.sh list                 prints the readers
set -u
cd "$(dirname "$0")" || exit 1
. ../Support/common.sh

readonly models=../ModelFormatsTests/Models
readonly papers=../CompanyPapersTests/Papers

# The reader's seeds that lie elsewhere: models and papers of the tests.
seeds_elsewhere() {
    case $1 in
    lightgbm) ls -d "$models"/*.txt ;;
    xgboost) ls -d "$models"/xgb_*.json "$models"/xgb_*.ubj ;;
    onnx) ls -d "$models"/onnx/*.onnx ;;
    pmml) ls -d "$models"/pmml/*.pmml ;;
    bank) ls -d "$papers"/bank/* ;;
    invoices) ls -d "$papers"/einvoice/*.xml ;;
    esac
}

readers() { "$program" 2>&1 | tail -n +2; }

build() {
    # Nobody looks anything up in an index of the fuzzers.
    swift build "$@" --disable-index-store --product fuzz >"$scratch/build.log" 2>&1 || {
        tail -n 60 "$scratch/build.log"
        fail "fuzz: the build failed"
    }
    program=$(swift build "$@" --show-bin-path)/fuzz
}

# Swift's own handler of crashes would tell of itself what it does to the sanitizer.
export SWIFT_BACKTRACE=enable=no

# Reads all that is known of one reader. What is read wrongly ends the program.
replay() {
    local reader=$1 files=()
    mapfile -t files < <(seeds_elsewhere "$reader" && find "Seeds/$reader" "Cases/$reader" \
        -type f 2>/dev/null)
    ((${#files[@]} > 0)) || fail "fuzz: $reader has no seed"
    local options=(-timeout=10 -rss_limit_mb=2048)
    "$program" "$reader" "${options[@]}" "${files[@]}" >"$scratch/replay.log" 2>&1 || {
        # What happened stands before the stacks.
        grep -m 5 -E 'Fatal error|ERROR:|overflow' "$scratch/replay.log"
        tail -n 40 "$scratch/replay.log"
        fail "fuzz: $reader broke on a seed or case"
    }
    say "fuzz: $reader: ${#files[@]} seeds and cases read"
}

run() {
    local reader=$1 seconds=$2
    mkdir -p "corpus/$reader"
    cat Dictionaries/integers.dict "Dictionaries/$reader.dict" >"$scratch/words.dict" 2>/dev/null
    seeds_elsewhere "$reader" | xargs -r cp -t "corpus/$reader"
    find "Seeds/$reader" "Cases/$reader" -type f -exec cp -t "corpus/$reader" {} + 2>/dev/null
    "$program" "$reader" "corpus/$reader" -max_total_time="$seconds" -max_len=20000 -timeout=10 \
        -rss_limit_mb=2048 -dict="$scratch/words.dict" ||
        fail "fuzz: $reader broke; the input is in the file named above. Mend it, and keep the" \
            "input, made small with -minimize_crash=1, under Cases/$reader."
}

scratch=$(mktemp -d) || fail "fuzz: cannot make a temporary directory"
trap 'rm -rf "$scratch"' EXIT

case ${1-} in
replay)
    build
    for reader in $(readers); do replay "$reader"; done
    ;;
run)
    build -c release
    run "${2-}" "${3-600}"
    ;;
list)
    build
    readers
    ;;
*) sed -n '4,7s/^# //p' "$0" && exit 64 ;;
esac
