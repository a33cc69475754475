// SPDX-License-Identifier: Apache-2.0

// Reads ONNX models of tables.

internal import Documents
internal import Formulas
internal import ONNXProtos
internal import ProtobufCoding
internal import VigieLimits

/// Reads ONNX models as skl2onnx, onnxmltools and others write them for tables: trees, linear
/// models and the small operators around them. Each tensor is a table of rows or fixed by the file.
///
/// Predictions are onnxruntime's within rounding: comparisons are exact, sums of trees are of
/// float32 in tree order. Where onnxruntime departs from the specification so does this, but for
/// the label of a classifier of two classes with a score for each, which is that of the larger.
///
/// Memory is bounded by the size of the file and by ``ModelFormatLimits``.
package enum ONNXReader {
    /// Reads a whole file.
    package static func read(
        _ bytes: UnsafeRawBufferPointer
    ) throws(ModelFormatError) -> ModelProgram {
        let model = try decode(bytes)
        guard model.hasGraph, !model.graph.output.isEmpty else {
            throw ModelFormatError(
                code: .malformed,
                place: "file",
                message: "not an ONNX model: no graph with outputs"
            )
        }
        try model.checkFields()
        guard model.graph.sparseInitializer.isEmpty else {
            throw ModelFormatError(
                code: .unsupported,
                place: "graph",
                message: "sparse initializers"
            )
        }
        let inputs = try ONNXInputs(model.graph)
        let usesFloat32 = !inputs.needDouble && !model.graph.needsDouble
        var graph = ONNXGraph(
            program: ModelProgram(
                format: ModelFile.Format.onnx.name,
                arithmetic: usesFloat32 ? .float32 : .float64,
                inputs: inputs.list
            )
        )
        try graph.define(inputs)
        try graph.define(initializers: model.graph.initializer)
        let versions = ONNXOperatorVersions(model.opsetImport)
        for (index, proto) in model.graph.node.enumerated() {
            try graph.read(try ONNXNode(proto, index: index, versions: versions))
        }
        return try graph.finish(outputs: model.graph.output.map(\.name))
    }

    private static func decode(
        _ bytes: UnsafeRawBufferPointer
    ) throws(ModelFormatError) -> ONNXModelProto {
        guard !bytes.isEmpty else {
            throw ModelFormatError(code: .malformed, place: "file", message: "it is empty")
        }
        do {
            return try ONNXModelProto(serializedBytes: bytes)
        } catch {
            throw ModelFormatError(
                code: .malformed,
                place: "file",
                message: "not an ONNX model: \(error)"
            )
        }
    }
}

extension ONNXGraphProto {
    /// Whether it has numbers that float32 cannot hold, so that the program has to compute in
    /// float64 and round where the graph does.
    fileprivate var needsDouble: Bool {
        initializer.contains { $0.dataType == 11 || $0.hasLargeIntegers }
            || node.contains { node in
                node.attribute.contains {
                    $0.t.dataType == 11 || $0.t.hasLargeIntegers
                        || (node.opType == "Cast" && $0.name == "to" && $0.i == 11)
                        || ($0.ints.contains(where: isLarge) && $0.name.contains("s_int"))
                        || ($0.ints.contains(where: isLarge) && $0.name.contains("_int64s"))
                }
            }
    }
}

extension ONNXTensorProto {
    /// Whether it has whole numbers that float32 cannot hold.
    fileprivate var hasLargeIntegers: Bool {
        guard dataType == 7 else { return false }
        return (try? ONNXTensorData(self, place: "").numbers())?.contains { number in
            number.magnitude > 0x1p24 && number.magnitude < 0x1p53
        } ?? false
    }
}

private func isLarge(_ number: Int64) -> Bool { number.magnitude > 1 << 24 }
