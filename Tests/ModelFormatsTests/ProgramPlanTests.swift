// SPDX-License-Identifier: Apache-2.0

// The fast evaluator of programs against the naive one.

import Forest
import ModelFormats
import Testing

@Suite("Program plans")
struct ProgramPlanTests {
    /// Every kind of step, over two inputs and over each other's results.
    private func everyStep(_ arithmetic: ModelProgram.Arithmetic) throws -> ModelProgram {
        var program = ModelProgram(
            format: "test",
            arithmetic: arithmetic,
            inputs: [.init(name: "a"), .init(name: "b")]
        )
        for operation in UnaryOperation.allCases { _ = program.append(.unary(operation, 0)) }
        for operation in BinaryOperation.allCases { _ = program.append(.binary(operation, 0, 1)) }
        let constant = program.append(.constant(0.1))
        _ = program.append(.select(condition: 1, then: 0, otherwise: constant))
        for skips in [false, true] {
            let model = LinearModel(
                weights: [[0.1, 3], [-1, 0.7]],
                intercepts: [0.3, 0],
                skipsMissing: skips
            )
            _ = program.append(.linear(model, arguments: [0, 1]))
        }
        let shares = program.append(.softmax([0, 1, constant]))
        _ = program.append(.argumentOfMaximum([1, 0, shares]))
        _ = program.append(.median([0, 1, constant]))
        _ = program.append(.ranking([0, 1, constant]))
        _ = program.append(.lookup(table: [5, 0.1], otherwise: 7, 1))
        var tree = DecisionTree()
        tree.features = [1]
        tree.thresholds = [0.5]
        tree.kinds = [.numerical(missing: .notANumber, missingGoesLeft: true)]
        (tree.leftChildren, tree.rightChildren) = ([~0], [~1])
        tree.categoryRanges = [0..<0]
        tree.splitCovers = [0]
        (tree.leafValues, tree.leafCovers) = ([0.1, 0.2], [0, 0])
        var other = tree
        other.output = 1
        other.thresholds = [-1]
        let ensemble = try TreeEnsemble(
            featureCount: 2,
            sum: .float64(start: [1, 2]),
            trees: [tree, other]
        )
        let scores = program.append(.trees(ensemble, arguments: [shares, 1]))
        _ = program.append(.binary(.add, scores, scores + 1))
        return program
    }

    private static let values: [Double] = [
        0, -0.0, 1, -1, 0.5, 0.1, 1e-40, -1e300, 1e300, 700, -700, .infinity, -.infinity, .nan,
        .leastNonzeroMagnitude, 0.5.nextUp, 16_777_217,
    ]

    @Test("gives the same bits in every register", arguments: [false, true])
    func everyRegister(isFloat32: Bool) throws {
        let program = try everyStep(isFloat32 ? .float32 : .float64)
        let plan = ProgramPlan(program)
        let workspace = plan.makeWorkspace()
        let reference = ReferenceProgram(program)
        let rows = Self.values.flatMap { a in Self.values.map { [a, $0] } }
        for (row, values) in rows.enumerated() {
            for (input, value) in values.enumerated() { workspace.register(input)[row] = value }
        }
        plan.run(workspace, rowCount: rows.count)
        for (row, values) in rows.enumerated() {
            for (register, expected) in reference.registers(row: values).enumerated() {
                let found = workspace.register(register)[row]
                #expect(
                    found.bitPattern == expected.bitPattern || (found.isNaN && expected.isNaN),
                    "register \(register) of \(values): \(found), not \(expected)"
                )
            }
        }
    }
}
