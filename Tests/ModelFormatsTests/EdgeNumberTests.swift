// SPDX-License-Identifier: Apache-2.0

// Numbers of model files at the edges of what integers and float64 hold: an error or a model, never
// a trap.

import Documents
import ModelFormats
import TestModels
import Testing

@Suite("Edge numbers in model files")
struct EdgeNumberTests {
    static let files = [
        XGBoostHostileTests.sound, LightGBMHostileTests.sound,
        PMMLText.document(PMMLText.regression()),
    ]

    @Test("each number of a text file", arguments: files)
    func texts(text: String) {
        var refused = 0
        for text in EdgeNumbers.variants(of: text) {
            guard let program = try? ModelFormats.ModelFile.read(Array(text.utf8)) else {
                refused += 1
                continue
            }
            for value in [0, 1, -1e300, .infinity, .nan] {
                let row = [Double](repeating: value, count: program.inputs.count)
                _ = ReferenceProgram(program).registers(row: row)
            }
        }
        #expect(refused > 10)
    }

    /// Integers of graphs: shapes, places, axes, steps.
    static let edges = [Int.min, -2_147_483_649, -3, -2, -1, 0, 1, 2, 2_147_483_647, Int.max]

    static let operations = [
        "Flatten", "Softmax", "LogSoftmax", "ArgMax", "ArgMin", "ReduceSum", "ReduceMean",
        "ReduceMax", "Concat", "Gather", "Slice", "Reshape", "Squeeze", "Unsqueeze", "Transpose",
        "ConstantOfShape", "Expand", "Cast", "Gemm", "OneHot", "Clip",
    ]

    @Test("each integer of a graph's nodes and shapes", arguments: operations)
    func graphs(operation: String) {
        for edge in Self.edges {
            for other in Self.edges {
                let attributes: [ONNXWriter.Attribute] = [
                    .integer("axis", edge), .integer("to", edge), .integers("perm", [edge, other]),
                    .integers("axes", [edge]), .integers("cats_int64s", [edge, other]),
                ]
                for inputs in [["X", "A", "B"], ["A", "B"], ["E", "A", "B"]] {
                    var writer = ONNXWriter()
                    writer.addTensor("A", [2], [edge, other])
                    writer.addTensor("B", [2], [other, edge])
                    // No elements, and long all the same.
                    writer.addTensor("E", [2_147_483_647, 0], [])
                    writer.addNode(operation, inputs: inputs, attributes)
                    _ = try? ModelFormats.ModelFile.read(writer.bytes)
                }
            }
        }
    }

    @Test("a tensor without elements is not walked along its other axes")
    func longAndEmpty() {
        var writer = ONNXWriter()
        writer.addTensor("E", [2_147_483_647, 0], [])
        writer.addNode("Concat", inputs: ["E", "E"], [.integer("axis", 1)])
        #expect(throws: ModelFormatError.self) {
            try ModelFormats.ModelFile.read(writer.bytes)
        }
    }
}
