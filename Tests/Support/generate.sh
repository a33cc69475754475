#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Generates the code of Protos/: with protobuf-c for the bulk messages, with
# swift_messages.py for all messages, for ONNX model files and for a test; what server
# reflection tells of the services, and the OpenAPI document of what can be called with JSON.
# Usage: generate.sh           writes into Sources/, where the code is committed
#        generate.sh --check   fails when the committed code is not what would be written
set -u
cd "$(dirname "$0")/../.." || exit 1
. Tests/Support/common.sh

readonly swift_code=Sources/Generated/VigieProtos
readonly onnx_code=Sources/Generated/ONNXProtos
readonly test_code=Tests/ProtobufCodingTests/Generated
readonly interop_code=Tests/InteropService/Generated
readonly c_code=Sources/Generated/CVigieProtos
readonly descriptor_code=Sources/Generated/CServiceDescriptors
readonly openapi_document=Sources/Interfaces/CDashboardPages/pages/openapi.json

swift_protos=(
    vigie/v1/scoring_service.proto
    vigie/v1/model_service.proto
    vigie/v1/company_facts.proto
    vigie/v1/company_assessment.proto
    vigie/v1/assessment_rows.proto
    vigie/v1/assessment_service.proto
    vigie/v1/decision_facts.proto
    vigie/v1/decision_explanation.proto
    vigie/v1/credit_decision.proto
    vigie/v1/decision_rows.proto
    vigie/v1/decision_service.proto
    vigie/v1/policy_description.proto
    vigie/v1/policy_simulation.proto
    vigie/v1/policy_service.proto
    vigie/v1/known_facts.proto
    vigie/v1/portfolio.proto
    vigie/v1/portfolio_facts.proto
    vigie/v1/portfolio_risk.proto
    vigie/v1/portfolio_runs.proto
    vigie/v1/portfolio_segments.proto
    vigie/v1/portfolio_decisions.proto
    vigie/v1/portfolio_trend.proto
    vigie/v1/portfolio_service.proto
    vigie/v1/collection.proto
    vigie/v1/receivables.proto
    vigie/v1/collection_service.proto
    vigie/v1/dashboard_service.proto
    vigie/v1/alert.proto
    vigie/v1/alert_service.proto
    vigie/v1/delivery.proto
    vigie/v1/delivery_service.proto
    vigie/v1/universe_service.proto
    vigie/v1/job_service.proto
    grpc/health/v1/health.proto
    grpc/reflection/v1/reflection.proto
    inference/grpc_service.proto
    google/rpc/status.proto
    google/rpc/error_details.proto
)

# The files of the services that servers have; what they import comes with them.
served_protos=(
    vigie/v1/scoring_service.proto
    vigie/v1/model_service.proto
    vigie/v1/assessment_service.proto
    vigie/v1/decision_service.proto
    vigie/v1/policy_service.proto
    vigie/v1/portfolio_service.proto
    vigie/v1/collection_service.proto
    vigie/v1/dashboard_service.proto
    vigie/v1/alert_service.proto
    vigie/v1/delivery_service.proto
    vigie/v1/universe_service.proto
    vigie/v1/job_service.proto
    grpc/health/v1/health.proto
    grpc/reflection/v1/reflection.proto
    grpc/reflection/v1alpha/reflection.proto
    inference/grpc_service.proto
)

# Writes Swift code of the protos named from $3 on into the directory $1; $2 is "", or --closed
# for messages that tell of fields that nobody knows.
generate_swift() {
    local directory=$1 closed=$2 descriptors=$scratch/descriptors
    shift 2
    mkdir -p "$directory" || fail "protos: cannot write to $directory."
    protoc -I Protos -I Protos/upstream -I Tests/ProtobufCodingTests/Protos \
        -I Tests/InteropService/Protos \
        --include_imports --include_source_info --descriptor_set_out="$descriptors" "$@" ||
        fail "protos: protoc failed."
    .venv/bin/python Tests/Support/swift_messages.py ${closed:+"$closed"} "$descriptors" \
        "$directory" "$@" || fail "protos: swift_messages.py failed."
}

# Writes the descriptors of the served protos into the directory $1.
generate_descriptors() {
    mkdir -p "$1" || fail "protos: cannot write to $1."
    protoc -I Protos -I Protos/upstream --include_imports \
        --descriptor_set_out="$scratch/served" "${served_protos[@]}" ||
        fail "protos: protoc failed."
    .venv/bin/python Tests/Support/service_descriptors.py "$scratch/served" "$1" \
        "${served_protos[@]}" || fail "protos: service_descriptors.py failed."
}

# Writes the OpenAPI document to the file $1.
generate_openapi() {
    protoc -I Protos -I Protos/upstream --include_imports --include_source_info \
        --descriptor_set_out="$scratch/described" "${served_protos[@]}" ||
        fail "protos: protoc failed."
    .venv/bin/python Tests/Support/openapi_document.py "$scratch/described" "$1" \
        "${served_protos[@]}" || fail "protos: openapi_document.py failed."
}

# Writes all generated code below the directory $1.
generate_into() {
    local root=$1
    mkdir -p "$root/$c_code/include" || fail "protos: cannot write to $root."

    generate_swift "$root/$swift_code" "" "${swift_protos[@]}"
    generate_swift "$root/$onnx_code" --closed onnx/onnx_ml.proto
    generate_swift "$root/$test_code" "" everything.proto
    generate_swift "$root/$interop_code" "" interop.proto
    generate_descriptors "$root/$descriptor_code"
    generate_openapi "$root/$openapi_document"
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
    done < <(cd "$1" && find Sources Tests -type f)
    while read -r file; do
        [[ -e $1/$file ]] || { say "$file comes from no proto" && stale=yes; }
    done < <(find "$swift_code" "$onnx_code" "$test_code" "$interop_code" -name '*.swift')
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
    say "protos: generated code written to $swift_code, $onnx_code, $test_code, $interop_code," \
        "$c_code, $descriptor_code and $openapi_document"
fi
