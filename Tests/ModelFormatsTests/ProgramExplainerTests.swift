// SPDX-License-Identifier: Apache-2.0

// What inputs add to registers, worked by hand.

import Forest
import Formulas
import ModelFormats
import Testing

@Suite("Program explanations")
struct ProgramExplainerTests {
    private func program(_ build: (inout ModelProgram) throws -> Int) rethrows -> ModelProgram {
        var program = ModelProgram(
            format: "test",
            arithmetic: .float64,
            inputs: [.init(name: "a"), .init(name: "b"), .init(name: "c")]
        )
        program.rawOutputs = [.init(name: "raw", register: try build(&program))]
        return program
    }

    /// Base value and contributions of a row, scored after another one.
    private func explain(_ program: ModelProgram, _ row: [Double]) throws -> [Double] {
        let register = program.rawOutputs[0].register
        let explainer = try #require(ProgramExplainer(program, registers: [register]))
        let plan = ProgramPlan(program)
        let workspace = plan.makeWorkspace()
        for (input, value) in row.enumerated() {
            workspace.register(input)[0] = 99
            workspace.register(input)[1] = value
        }
        plan.run(workspace, rowCount: 2)
        var contributions = [Double](repeating: .nan, count: 2 * row.count)
        explainer.contributions(workspace, rowCount: 2, output: &contributions)
        return explainer.baseValues + contributions[row.count...]
    }

    @Test("a weighted sum falls into its terms, a scale goes to each")
    func linear() throws {
        let program = program {
            let model = LinearModel(weights: [[2, 3]], intercepts: [5])
            let sum = $0.append(.linear(model, arguments: [0, 2]))
            let two = $0.append(.constant(2))
            let half = $0.append(.binary(.divide, sum, two))
            return $0.append(.unary(.negate, half))
        }
        #expect(try explain(program, [1, 7, 10]) == [-2.5, -1, 0, -15])
    }

    @Test("a part of one input belongs to it whole, and differences keep their sign")
    func parts() throws {
        let program = program {
            let points = $0.append(.lookup(table: [10, 20, 30], otherwise: 0, 1))
            let root = $0.append(.unary(.sqrt, 0))
            let sum = $0.append(.binary(.subtract, points, root))
            return $0.append(.binary(.add, sum, $0.append(.constant(7))))
        }
        #expect(try explain(program, [16, 2, 0]) == [7, -4, 30, 0])
    }

    @Test("a missing value that is skipped adds nothing, any other makes its part missing")
    func missing() throws {
        for skips in [false, true] {
            let model = LinearModel(weights: [[2, 3, 4]], intercepts: [0], skipsMissing: skips)
            let program = program { $0.append(.linear(model, arguments: [0, 1, 2])) }
            let found = try explain(program, [1, .nan, 1])
            #expect(skips ? found == [0, 2, 0, 4] : found[2].isNaN)
        }
    }

    @Test("trees share what they give among the inputs that their features come from")
    func trees() throws {
        var tree = DecisionTree()
        tree.features = [0, 1]
        tree.thresholds = [5, 5]
        tree.kinds = .init(
            repeating: .numerical(missing: .notANumber, missingGoesLeft: true),
            count: 2
        )
        (tree.leftChildren, tree.rightChildren) = ([~0, ~1], [1, ~2])
        tree.categoryRanges = [0..<0, 0..<0]
        (tree.leafValues, tree.leafCovers) = ([0, 10, 40], [50, 25, 25])
        tree.splitCovers = [100, 50]
        let ensemble = try TreeEnsemble(
            featureCount: 2,
            sum: .float64(start: [3]),
            trees: [tree]
        )
        let program = program {
            let doubled = $0.append(.binary(.add, 2, 2))
            return $0.append(.trees(ensemble, arguments: [doubled, 0]))
        }
        // By the definition: with a known the mean over b, and so on. v(none) = 12.5, v(c) = 25,
        // v(a) = 0.5 · 0 + 0.5 · 40 = 20, v(both) = 40; the start comes on top.
        let found = try explain(program, [9, 0, 3])
        let expected = [15.5, (7.5 + 15) / 2, 0, (12.5 + 20) / 2]
        for (found, expected) in zip(found, expected) { #expect(abs(found - expected) < 1e-12) }
    }

    @Test("what mixes inputs has no explanation, nor has what repeats itself without end")
    func none() throws {
        let mixed = program { $0.append(.binary(.multiply, 0, 1)) }
        #expect(ProgramExplainer(mixed, registers: [mixed.rawOutputs[0].register]) == nil)
        let endless = program { program in
            (0..<64).reduce(0) { register, _ in program.append(.binary(.add, register, register)) }
        }
        #expect(ProgramExplainer(endless, registers: [endless.rawOutputs[0].register]) == nil)
    }
}
