// SPDX-License-Identifier: Apache-2.0

// Models read from ONNX files predict as onnxruntime does.

import Forest
import Formulas
import ModelFormats
import Testing

@Suite("ONNX scores")
struct ONNXScoreTests {
    @Test("predictions are onnxruntime's within 1e-6, labels are equal", arguments: names)
    func scores(name: String) throws {
        let file = try ONNXModelFile(name)
        let program = try readONNX(file.bytes)
        #expect(program.inputs.map(\.name) == file.inputs)
        #expect(program.outputs.count == file.outputs.count)
        #expect(program.rawOutputs.map(\.name) == program.outputs.map(\.name))
        let reference = ReferenceProgram(program)
        for (index, row) in file.rows.enumerated() {
            let values = ONNXModelFile.row(row.values, program.inputs)
            let found = reference.outputs(row: values)
            for ((output, found), expected) in zip(zip(program.outputs, found), row.predictions) {
                if expected.hasPrefix("'") {
                    let text = output.categories.map { $0[Int(found)] }
                    #expect(text == String(expected.dropFirst()), "\(output.name), row \(index)")
                } else {
                    let number = ONNXModelFile.number(expected)
                    #expect(Self.agree(found, number), "\(output.name), row \(index)")
                }
            }
        }
    }

    @Test("the fast evaluator gives the same bits", arguments: names)
    func plan(name: String) throws {
        let file = try ONNXModelFile(name)
        #expect(ModelFormats.ModelFile.format(of: file.bytes) == .onnx)
        let program = try ModelFormats.ModelFile.read(file.bytes)
        let plan = ProgramPlan(program)
        let workspace = plan.makeWorkspace()
        let rows = file.rows.map { ONNXModelFile.row($0.values, program.inputs) }
        for (row, values) in rows.enumerated() {
            for (input, value) in values.enumerated() { workspace.register(input)[row] = value }
        }
        plan.run(workspace, rowCount: rows.count)
        for (row, values) in rows.enumerated() {
            let registers = ReferenceProgram(program).registers(row: values)
            for output in program.outputs + program.rawOutputs {
                let found = workspace.register(output.register)[row]
                let expected = registers[output.register]
                #expect(found == expected || (found.isNaN && expected.isNaN), "\(output.name)")
            }
        }
    }

    static let names = ONNXModelFile.names

    /// Relative beyond 1: not all outputs are probabilities.
    static func agree(_ found: Double, _ expected: Double) -> Bool {
        if found == expected || (found.isNaN && expected.isNaN) { return true }
        return abs(found - expected) <= 1e-6 * max(1, abs(expected))
    }

    @Test("there are models")
    func coverage() {
        #expect(Self.names.count > 40)
        #expect(Self.names.filter { $0.hasPrefix("graph_") }.count > 10)
    }

    @Test(
        "log-odds give the probability of the second class",
        arguments: [
            "sk_logistic_binary", "sk_forest_binary", "sk_zipmap", "sk_voting_binary", "lgb_binary",
            "lgb_binary_zipmap", "lgb_forest", "xgb_binary", "sk_double_logistic",
        ]
    )
    func logOdds(name: String) throws {
        let file = try ONNXModelFile(name)
        let program = try readONNX(file.bytes)
        let logOdds = try #require(program.logOdds)
        let event = try #require(program.outputs.last)
        for row in file.rows {
            let values = ONNXModelFile.row(row.values, program.inputs)
            let registers = ReferenceProgram(program).registers(row: values)
            let probability = UnaryOperation.logistic.apply(registers[logOdds])
            #expect(Self.agree(probability, registers[event.register]))
        }
    }

    @Test(
        "no log-odds without an event",
        arguments: [
            "sk_forest_classes", "sk_poisson_regression", "sk_raw_scores", "sk_tree_targets",
        ]
    )
    func noLogOdds(name: String) throws {
        #expect(try readONNX(ONNXModelFile(name).bytes).logOdds == nil)
    }

    @Test("raw outputs are the scores before the link")
    func rawOutputs() throws {
        let program = try readONNX(ONNXModelFile("lgb_binary").bytes)
        let row = [0.5, -0.25, 1.5, 0]
        let raw = ReferenceProgram(program).rawOutputs(row: row)
        let outputs = ReferenceProgram(program).outputs(row: row)
        #expect(raw[1] == -raw[2])
        #expect(Self.agree(UnaryOperation.logistic.apply(raw[2]), outputs[2]))
        #expect(raw[2] == ReferenceProgram(program).registers(row: row)[program.logOdds ?? 0])
    }

    @Test("float32 models compute in float32, trees read the inputs themselves")
    func directTrees() throws {
        let program = try readONNX(ONNXModelFile("xgb_binary").bytes)
        guard case .float32 = program.arithmetic else {
            Issue.record("computes in float64")
            return
        }
        guard case .trees(let ensemble, let arguments)? = program.steps.first else {
            Issue.record("does not begin with trees")
            return
        }
        #expect(arguments == Array(0..<4))
        #expect(ensemble.sum.isFloat32)
    }

    @Test("texts become categories of their column")
    func categories() throws {
        let program = try readONNX(ONNXModelFile("sk_columns_forest").bytes)
        #expect(program.inputs.map(\.name) == ["assets", "debt", "sector", "region"])
        #expect(program.inputs[0].categories == nil)
        #expect(
            program.inputs[2].categories?.values.map(\.shown) == ["building", "services", "trade"]
        )
        let named = try readONNX(ONNXModelFile("sk_tree_texts").bytes)
        #expect(named.outputs[0].categories == ["fails", "lives"])
        #expect(named.outputs[2].name.hasSuffix("_lives"))
    }
}
