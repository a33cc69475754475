#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Builds vigied and vigie for use, into .build/release, in one build, so that all
# cores are kept busy. Says beforehand how long that takes, and then how far it is.
# With VIGIE_QUICK_BUILD=1 for a look, into .build/quick: most of it is not optimised.
set -u
cd "$(dirname "$0")/../.." || exit 1
. Tests/Support/common.sh

# Shows the steps of a build, which come from standard input, as one line on a
# terminal and elsewhere as a line every 20 s. What the build says beside, its errors
# and warnings above all, is shown in full.
show_progress() {
    local line steps said=$SECONDS
    while IFS= read -r line; do
        if [[ $line =~ ^\[([0-9]+)/([0-9]+)\]\ (.*) ]]; then
            steps="step ${BASH_REMATCH[1]} of ${BASH_REMATCH[2]}, $(minutes $SECONDS)"
            if [[ -t 1 ]]; then
                printf '\r\033[K  %s: %.60s' "$steps" "${BASH_REMATCH[3]}"
            elif ((SECONDS - said >= 20)); then
                say "  $steps"
                said=$SECONDS
            fi
        elif ! [[ $line =~ ^(Fetch|Updat|Comput|Creating\ work|Working\ copy|Build) ]]; then
            [[ ! -t 1 ]] || printf '\r\033[K'
            say "$line"
        fi
    done
    [[ ! -t 1 ]] || printf '\r\033[K'
}

# Seconds for people.
minutes() { printf '%d min %02d s' $(($1 / 60)) $(($1 % 60)); }

directory=.build time="8 minutes"
[[ ${VIGIE_QUICK_BUILD-} != 1 ]] || directory=.build/quick time="5 minutes"
if [[ -x $directory/release/vigied && -x $directory/release/vigie ]]; then
    say "build: building what changed"
else
    say "build: the first build of the server and the command line tool takes some $time" \
        "on two cores"
fi
swift build -c release --scratch-path "$directory" --target Programs 2>&1 | show_progress
((PIPESTATUS[0] == 0)) || fail "build: FAILED after $(minutes $SECONDS)"
say "build: vigied and vigie are in $directory/release, after $(minutes $SECONDS)"
