#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Generates the code of Protos/: with protobuf-c for the bulk messages, with
# swift-protobuf for all messages and for ONNX model files.
# Usage: generate.sh           writes into Sources/, where the code is committed
#        generate.sh --check   fails when the committed code is not what would be written
set -u
cd "$(dirname "$0")/../.." || exit 1
. Tests/Support/common.sh

readonly swift_code=Sources/Generated/VigieProtos
readonly onnx_code=Sources/Generated/ONNXProtos
readonly c_code=Sources/Generated/CVigieProtos

swift_protos=(
    vigie/v1/scoring_service.proto
    vigie/v1/model_service.proto
    grpc/health/v1/health.proto
    google/rpc/status.proto
    google/rpc/error_details.proto
)

# Writes Swift code of the protos named from $2 on into the directory $1.
generate_swift() {
    local directory=$1
    shift
    mkdir -p "$directory" || fail "protos: cannot write to $directory."
    protoc --plugin=protoc-gen-swift="$plugin" -I Protos -I Protos/upstream \
        --swift_opt=Visibility=Package \
        --swift_opt=FileNaming=PathToUnderscores \
        --swift_opt=UseAccessLevelOnImports=true \
        --swift_out="$directory" "$@" || fail "protos: protoc failed."
}

# Writes all generated code below the directory $1.
generate_into() {
    local root=$1 plugin
    swift build --product protoc-gen-swift >"$scratch/build.log" 2>&1 || {
        cat "$scratch/build.log" >&2
        fail "protos: cannot build protoc-gen-swift."
    }
    plugin=$(swift build --show-bin-path)/protoc-gen-swift
    mkdir -p "$root/$c_code/include" || fail "protos: cannot write to $root."

    generate_swift "$root/$swift_code" "${swift_protos[@]}"
    generate_swift "$root/$onnx_code" onnx/onnx_ml.proto
    protoc-c -I Protos/vigie/v1 --c_out="$root/$c_code" scoring_service.proto ||
        fail "protos: protoc-c failed."
    mv "$root/$c_code/scoring_service.pb-c.h" "$root/$c_code/include/" ||
        fail "protos: protoc-c wrote no header."
}

# Fails when a file below $1 differs from the committed one, or when a directory of
# Swift code, which holds nothing else, has a file that would not be written.
compare_with() {
    local stale=no file
    while read -r file; do
        cmp "$1/$file" "$file" || stale=yes
    done < <(cd "$1" && find Sources -type f)
    while read -r file; do
        [[ -e $1/$file ]] || { say "$file comes from no proto" && stale=yes; }
    done < <(find "$swift_code" "$onnx_code" -name '*.swift')
    [[ $stale == no ]] || fail "protos: generated code is stale; run 'make protos' and commit."
}

scratch=$(mktemp -d) || fail "protos: cannot make a temporary directory."
trap 'rm -rf "$scratch"' EXIT

if [[ ${1-} == --check ]]; then
    generate_into "$scratch"
    compare_with "$scratch"
    say "protos: generated code is fresh"
else
    generate_into .
    say "protos: generated code written to $swift_code, $onnx_code and $c_code"
fi
