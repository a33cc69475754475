// SPDX-License-Identifier: Apache-2.0

// What the tensors of a request are to a model: made once from the names, types and widths of the
// tensors, and used for every request that has the same ones.

internal import ProtobufCoding
internal import Scoring
internal import ServiceErrors
internal import VigieApplication
internal import VigieLimits
internal import VigieProtos

/// How tensors become a table of a model's inputs, and which outputs are wanted.
final class TensorPlan: Sendable {
    /// What a tensor is to the model.
    enum Role: Sendable {
        /// Columns of numbers: all of them, row after row, or one.
        case numbers(width: Int)
        /// A column of texts.
        case texts
    }

    /// A tensor of a request.
    struct Part: Sendable {
        let name: String
        let type: TensorType
        let role: Role
    }

    /// The name of the tensor of all columns of numbers that the metadata of models tells. Any
    /// other will do that is no column's.
    static let tableName = "rows"

    let model: ScoringModel
    let parts: [Part]
    /// The outputs, in the order of the answer.
    let outputs: [TensorOutput]
    /// Whether numbers are taken as 64-bit floating point.
    let isDouble: Bool
    /// Where the columns go.
    let binding: ColumnBinding
    /// What answers begin with: the model's name and version, encoded.
    let prefix: [UInt8]
    /// Counts requests.
    let meter: InferenceMeter

    /// Checks a request without rows.
    ///
    /// - Throws: What is wrong with it, in the words of Triton where that has any.
    init(
        _ request: Inference_ModelInferRequest,
        registry: ModelRegistry,
        meters: InferenceMeters,
        limits: ServiceLimits
    ) throws(ServiceError) {
        let model = try registry.model(inferenceName: request.modelName, request.modelVersion)
        self.model = model
        meter = meters.meter(of: model)
        try Self.check(request.inputs.count, "inputs", limits.columnsMax, "columnsMax")
        try Self.check(request.outputs.count, "outputs", limits.outputsMax, "outputsMax")
        let shape = TableShape(model)
        var parts: [Part] = []
        for (place, input) in request.inputs.enumerated() {
            parts.append(try shape.part(input, at: place))
        }
        self.parts = parts
        isDouble = parts.contains { part in
            part.type != .bytes && !part.type.isExactInFloat
        }
        binding = try shape.binding(of: parts)
        outputs = try Self.outputs(request, model)
        prefix = Inference_ModelInferResponse.with {
            $0.modelName = model.manifest.name
            $0.modelVersion = model.manifest.version
        }.serializedBytes()
    }

    /// What the engine is to say of each row.
    func scoreRequest() -> ScoreRequest {
        ScoreRequest(
            outputs: outputs.reduce(into: []) { $0.formUnion($1.scored) },
            // The answer has no place to tell them.
            issuesMaximum: 0
        )
    }

    private static func check(
        _ count: Int,
        _ field: String,
        _ maximum: Int,
        _ limit: String
    ) throws(ServiceError) {
        guard count <= maximum else {
            throw .overLimit(
                field,
                limit,
                "The request has \(count) \(field).",
                value: count,
                maximum: maximum
            )
        }
    }

    private static func outputs(
        _ request: Inference_ModelInferRequest,
        _ model: ScoringModel
    ) throws(ServiceError) -> [TensorOutput] {
        guard !request.outputs.isEmpty else { return TensorOutput.allCases }
        var outputs: [TensorOutput] = []
        for (place, wanted) in request.outputs.enumerated() {
            let shown = wanted.name.shownInMessages
            guard let output = TensorOutput(rawValue: wanted.name) else {
                let names = TensorOutput.allCases.map(\.rawValue).joined(separator: ", ")
                throw .invalid(
                    "outputs[\(place)]",
                    "UNKNOWN_OUTPUT",
                    "unexpected inference output '\(shown)' for model "
                        + "'\(model.manifest.name)'; it has \(names)",
                    metadata: ["output": shown]
                )
            }
            guard !outputs.contains(output) else {
                throw .invalid(
                    "outputs[\(place)]",
                    "DUPLICATE_OUTPUT",
                    "output '\(shown)' already exists in request"
                )
            }
            outputs.append(output)
        }
        return outputs
    }
}

extension ModelRegistry {
    /// The model of a name and a version, of which an empty one is the newest.
    ///
    /// - Throws: NOT_FOUND, in the words of Triton.
    func model(inferenceName name: String, _ version: String) throws(ServiceError) -> ScoringModel {
        let full = version.isEmpty ? name : "\(name)@\(version)"
        if !name.isEmpty, let model = try? model(named: full, field: "model_name") { return model }
        let shown = name.shownInMessages
        let shownVersion = version.isEmpty ? "" : " version \(version.shownInMessages)"
        throw ServiceError(
            .notFound,
            "UNKNOWN_MODEL",
            "Request for unknown model: '\(shown)'\(shownVersion) is not found",
            metadata: ["model": shown],
            detail: .resource(type: "vigie.v1.Model", name: shown)
        )
    }
}
