// SPDX-License-Identifier: Apache-2.0

// Fields of a file that onnx_ml.proto does not have. Those that people write for people are
// reserved there and passed over; any other could change a score, so it is an error.

internal import Documents
internal import ONNXProtos

extension ONNXModelProto {
    /// Throws when there is a field that nobody knows.
    func checkFields() throws(ModelFormatError) {
        if unknownField == 25 {
            throw ModelFormatError(
                code: .unsupported,
                place: "model",
                message: "functions of its own: inline them (onnx.inliner)"
            )
        }
        try check(unknownField, place: "model")
        try check(graph.unknownField, place: "graph")
        for (index, node) in graph.node.enumerated() {
            let name = node.name.isEmpty ? "\(index)" : "\"\(node.name.prefix(80))\""
            let place = "node \(name) (\(node.opType.prefix(80)))"
            try check(node.unknownField, place: place)
            for attribute in node.attribute {
                let place = "\(place), attribute \"\(attribute.name.prefix(80))\""
                try check(attribute.unknownField, place: place)
                try check(attribute.t.unknownField, place: place)
            }
        }
        for tensor in graph.initializer {
            let place = "initializer \"\(tensor.name.prefix(80))\""
            try check(tensor.unknownField, place: place)
        }
        for input in graph.input {
            try check(input.unknownField, place: "input \"\(input.name.prefix(80))\"")
        }
    }

    private func check(_ unknownField: Int?, place: String) throws(ModelFormatError) {
        guard let unknownField else { return }
        throw ModelFormatError(
            code: .unsupported,
            place: place,
            message: "field \(unknownField) of the file is not known and could change every score"
        )
    }
}
