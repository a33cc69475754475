#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Measures the engine against other libraries, or against another build. The first run takes long:
# it makes Python environments and trains the models that are asked for. VIGIE_BENCH is where all
# that is kept (default .build/bench).
#
# Usage: engine.sh [--models S,M,L,XM,D,C] [--lines bulk,one,...] [--paths avx2,...] [--rounds N]
#                  [--no-peers] [--compile-lleaves] [--against DIRECTORY]
# engine.py says what these are; so does engine.sh --help. With make:
#     make bench-engine ARGUMENTS="--models M --lines bulk"
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

# The measurements, with what more is given: the models that they need, or themselves.
measure() {
    "$kept/python/bin/python" "$here/engine.py" "$kept" "$@"
}

[[ " $* " != *" --help "* ]] || exec python3 "$here/engine.py" "$kept" --help
Tests/Support/setup.sh || exit 1
mkdir -p "$kept" || fail "bench-engine: cannot make $kept."
environment python "$here/requirements.txt"
[[ " $* " == *" --no-peers "* || " $* " == *" --against "* ]] || {
    environment python-onedal "$here/requirements-onedal.txt"
    environment python-lleaves "$here/requirements-lleaves.txt"
}
models=$(measure "$@" --print-models) || fail "$models"
# One word for each.
"$kept/python/bin/python" "$here/models.py" "$kept/models" $models ||
    fail "bench-engine: cannot train the models."
swift build -c release --product forest-check || fail "bench-engine: the build failed."
measure "$@" --forest-check "$(swift build -c release --show-bin-path)/forest-check"
