#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Measures the engine against other libraries. The first run takes long: it makes
# Python environments, trains the models and lets lleaves compile them (the largest
# takes half an hour). VIGIE_BENCH is where all that is kept (default .build/bench).
# Usage: engine.sh [--rounds N]
set -u
cd "$(dirname "$0")/../../.." || exit 1
. Tests/Support/common.sh

readonly kept=${VIGIE_BENCH:-.build/bench} here=Tests/Benchmarks/Engine

# Makes the environment $1 from the requirements file $2, unless it is there.
environment() {
    cmp -s "$2" "$kept/$1/requirements.txt" && return 0
    say "bench-engine: making $kept/$1"
    rm -rf "${kept:?}/$1"
    python3 -m venv "$kept/$1" || fail "bench-engine: cannot make $kept/$1."
    "$kept/$1/bin/pip" install --quiet --disable-pip-version-check -r "$2" ||
        fail "bench-engine: pip could not install $2."
    cp "$2" "$kept/$1/requirements.txt"
}

Tests/Support/setup.sh || exit 1
mkdir -p "$kept" || fail "bench-engine: cannot make $kept."
environment python "$here/requirements.txt"
environment python-onedal "$here/requirements-onedal.txt"
environment python-lleaves "$here/requirements-lleaves.txt"
[[ -e $kept/models/rows.f32 ]] || {
    say "bench-engine: training the models"
    "$kept/python/bin/python" "$here/models.py" "$kept/models" ||
        fail "bench-engine: cannot train the models."
}
swift build -c release --product forest-check || fail "bench-engine: the build failed."
check=$(swift build -c release --show-bin-path)/forest-check
for model in S M L; do
    [[ -e $kept/models/$model.txt.lleaves ]] || {
        say "bench-engine: lleaves compiles $model"
        "$kept/python-lleaves/bin/python" "$here/peer.py" "$kept/models" "$model" lleaves
    }
done
"$kept/python/bin/python" "$here/engine.py" "$kept/models" "$check" \
    "$kept/python/bin/python" "$kept/python-onedal/bin/python" \
    "$kept/python-lleaves/bin/python" "$@"
