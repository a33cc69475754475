// SPDX-License-Identifier: Apache-2.0

// Broken and hostile ONNX files: a clear error that names the place, never a trap.

import Documents
import ModelFormats
import Testing

@Suite("ONNX hostile files")
struct ONNXHostileTests {
    /// A graph, and what its error must say.
    struct Case: Sendable, CustomTestStringConvertible {
        var graph: ONNXWriter
        var message: String
        var isUnsupported = false
        var testDescription: String { message }
    }

    static func tree(
        _ attributes: [ONNXWriter.Attribute] = [],
        without removed: String? = nil
    ) -> ONNXWriter {
        let sound: [ONNXWriter.Attribute] = [
            .integer("n_targets", 1), .integers("nodes_treeids", [0, 0, 0]),
            .integers("nodes_nodeids", [0, 1, 2]), .integers("nodes_featureids", [0, 0, 0]),
            .texts("nodes_modes", ["BRANCH_LEQ", "LEAF", "LEAF"]),
            .floats("nodes_values", [0.5, 0, 0]), .integers("nodes_truenodeids", [1, 0, 0]),
            .integers("nodes_falsenodeids", [2, 0, 0]), .integers("target_treeids", [0, 0]),
            .integers("target_nodeids", [1, 2]), .integers("target_ids", [0, 0]),
            .floats("target_weights", [1, 2]),
        ]
        let replaced = Set(attributes.map(\.name))
        let kept = sound.filter { !replaced.contains($0.name) && $0.name != removed }
        var writer = ONNXWriter()
        writer.addNode("TreeEnsembleRegressor", domain: "ai.onnx.ml", kept + attributes)
        return writer
    }

    static func graph(
        _ operation: String,
        _ attributes: [ONNXWriter.Attribute] = [],
        inputs: [String] = ["X"],
        domain: String = "",
        _ tensors: [(name: String, shape: [Int], values: [Int])] = []
    ) -> ONNXWriter {
        var writer = ONNXWriter()
        for tensor in tensors { writer.addTensor(tensor.name, tensor.shape, tensor.values) }
        writer.addNode(operation, domain: domain, inputs: inputs, attributes)
        return writer
    }

    static let cases: [Case] = [
        Case(graph: tree([.integers("nodes_featureids", [9, 0, 0])]), message: "feature 9 of 2"),
        Case(graph: tree([.integers("nodes_featureids", [-1, 0, 0])]), message: "feature -1 of 2"),
        Case(graph: tree([.integers("nodes_truenodeids", [0, 0, 0])]), message: "reached twice"),
        Case(graph: tree([.integers("nodes_truenodeids", [7, 0, 0])]), message: "no such child"),
        Case(graph: tree([.integers("nodes_nodeids", [0, 1, 1])]), message: "node 1 twice"),
        Case(graph: tree([.integers("target_nodeids", [1, 5])]), message: "a weight for node 5"),
        Case(graph: tree([.integers("target_ids", [0, 1])]), message: "not one of 1"),
        Case(graph: tree([.integers("target_ids", [0, -1])]), message: "not one of 1"),
        Case(graph: tree([.integer("n_targets", .max)]), message: "targets or classes"),
        Case(graph: tree([.floats("nodes_values", [1])]), message: "differ in length"),
        Case(graph: tree([.floats("target_weights", [1])]), message: "differ in length"),
        Case(graph: tree(without: "nodes_modes"), message: "differ in length"),
        Case(graph: tree([.floats("nodes_treeids", [0])]), message: "is of type 6, not 7"),
        Case(
            graph: tree([.texts("nodes_modes", ["BRANCH_MAYBE", "LEAF", "LEAF"])]),
            message: "BRANCH_MAYBE",
            isUnsupported: true
        ),
        Case(graph: tree([.text("post_transform", "CUBIC")]), message: "CUBIC"),
        Case(graph: tree([.floats("base_values", [1, 2])]), message: "2 base values"),
        Case(
            graph: graph("SVMClassifier", domain: "ai.onnx.ml"),
            message: "this operator is not supported",
            isUnsupported: true
        ),
        Case(graph: graph("Loop"), message: "(Loop)", isUnsupported: true),
        Case(graph: graph("Add", inputs: ["X", "Y"]), message: "\"Y\" is no input"),
        Case(graph: graph("Add", inputs: ["X"]), message: "input 1 is missing"),
        Case(
            graph: graph("Reshape", inputs: ["X", "s"], [("s", [1], [-1])]),
            message: "several rows",
            isUnsupported: true
        ),
        Case(
            graph: graph("Reshape", inputs: ["X", "s"], [("s", [2], [4, -1])]),
            message: "not the rows",
            isUnsupported: true
        ),
        Case(
            graph: graph("Reshape", inputs: ["X", "s"], [("s", [2], [-1, .max])]),
            message: "several rows",
            isUnsupported: true
        ),
        Case(
            graph: graph("Concat", [.integer("axis", 0)], inputs: ["X", "X"]),
            message: "axis 0",
            isUnsupported: true
        ),
        Case(graph: graph("Concat", [.integer("axis", 5)]), message: "axis 5 of a tensor of 2"),
        Case(
            graph: graph("Gather", [.integer("axis", 1)], inputs: ["X", "s"], [("s", [1], [2])]),
            message: "place 2.0 of 2"
        ),
        Case(
            graph: graph("ReduceSum", inputs: ["X"]),
            message: "all rows",
            isUnsupported: true
        ),
        Case(
            graph: graph("MatMul", inputs: ["X", "s"], [("s", [3, 1], [1, 2, 3])]),
            message: "shapes [2] and [3, 1]"
        ),
        Case(
            graph: graph(
                "ConstantOfShape",
                inputs: ["s"],
                [("s", [3], [1 << 20, 1 << 20, 1 << 20])]
            ),
            message: "more than 4194304 elements",
            isUnsupported: true
        ),
        Case(
            graph: graph("ConstantOfShape", inputs: ["s"], [("s", [2], [1 << 12, 1 << 12])]),
            message: "more than 4194304 elements",
            isUnsupported: true
        ),
        Case(
            graph: graph("Expand", inputs: ["X", "s"], [("s", [2], [1, 1 << 30])]),
            message: "more than 4194304 elements",
            isUnsupported: true
        ),
        Case(
            graph: graph("Identity", inputs: ["s"], [("s", [1 << 40], [1])]),
            message: "1 elements"
        ),
        Case(graph: graph("Identity", inputs: ["s"], [("s", [-1], [1])]), message: "1 elements"),
        Case(
            graph: graph("Identity", inputs: ["s"], [("s", [0, 1 << 62, 1 << 62], [])]),
            message: "0 elements"
        ),
        Case(
            graph: graph("Identity", inputs: ["s"], [("s", [1], [1]), ("s", [1], [1])]),
            message: "defined twice"
        ),
    ]

    /// Attributes that the operators do not have.
    static let unknown: [Case] = [
        Case(
            graph: tree([.floats("leaf_scales", [2])]),
            message: "\"leaf_scales\" is not known",
            isUnsupported: true
        ),
        Case(
            graph: graph("Add", [.integer("axis", 0)], inputs: ["X", "X"]),
            message: "\"axis\" is not known",
            isUnsupported: true
        ),
        Case(
            graph: graph("Relu", [.floats("slope", [2])]),
            message: "\"slope\" is not known",
            isUnsupported: true
        ),
        Case(
            graph: graph("Dropout", inputs: ["X", "", "s"], [("s", [1], [1])]),
            message: "at random",
            isUnsupported: true
        ),
    ]

    @Test("a graph is refused, naming the place", arguments: cases + unknown)
    func refused(item: Case) throws {
        do throws(ModelFormatError) {
            _ = try readONNX(item.graph.bytes)
            Issue.record("was read")
        } catch {
            #expect(error.message.contains(item.message) || error.place.contains(item.message))
            #expect(error.code == (item.isUnsupported ? .unsupported : .malformed), "\(error)")
            #expect(!error.place.isEmpty)
        }
    }

    @Test("the sound tree is sound")
    func sound() throws {
        let program = try readONNX(Self.tree().bytes)
        #expect(ReferenceProgram(program).outputs(row: [0.5, 0]) == [1])
        #expect(ReferenceProgram(program).outputs(row: [0.75, 0]) == [2])
    }

    @Test("a file that is cut is refused or a smaller one")
    func truncated() throws {
        let bytes = Self.tree().bytes
        for length in bytes.indices {
            _ = try? readONNX(Array(bytes.prefix(length)))
        }
        #expect(throws: ModelFormatError.self) { try readONNX([]) }
        #expect(throws: ModelFormatError.self) { try readONNX(Array("not a model".utf8)) }
    }

    @Test("fields of the file that nobody knows are refused, notes for people are not")
    func unknownFields() throws {
        var notes = ProtobufWriter()
        notes.add(6, Array("made up".utf8))
        #expect(try readONNX(Self.tree().bytes + notes.bytes).outputs.count == 1)
        for (field, words) in [(UInt64(25), "functions"), (40, "field 40")] {
            var more = ProtobufWriter()
            more.add(field, [1, 2])
            let error = #expect(throws: ModelFormatError.self) {
                try readONNX(Self.tree().bytes + more.bytes)
            }
            #expect(error?.description.contains(words) == true)
        }
    }

    @Test("random damage never traps", arguments: ONNXModelFile.names)
    func damaged(name: String) throws {
        var generator = SystemRandomNumberGenerator()
        let bytes = try ONNXModelFile(name).bytes
        for _ in 0..<30 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<damaged.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: damaged[place] = .random(in: 0...255, using: &generator)
                case 1: damaged[place] ^= UInt8(1) << Int.random(in: 0...7, using: &generator)
                default: damaged.insert(contentsOf: damaged[..<min(place, 100)], at: place)
                }
            }
            // Most are refused; what is read can be evaluated.
            guard let program = try? readONNX(damaged) else { continue }
            let row = program.inputs.map { _ in Double.random(in: -2...2, using: &generator) }
            #expect(ReferenceProgram(program).outputs(row: row).count == program.outputs.count)
        }
    }
}
