// SPDX-License-Identifier: Apache-2.0

// Formulas, worked by hand.

import Formulas
import Testing

@Suite("Formulas")
struct ReferenceFormulaTests {
    /// One register of a formula of three inputs, for a row.
    private struct Result {
        let formula: Formula
        let register: Int

        func outputs(row: [Double]) -> [Double] {
            [ReferenceFormula(formula).registers(row: row)[register]]
        }
    }

    private func formula(
        _ arithmetic: Arithmetic = .float64,
        _ build: (inout Formula) -> Int
    ) -> Result {
        var formula = Formula(arithmetic: arithmetic, inputCount: 3)
        let register = build(&formula)
        return Result(formula: formula, register: register)
    }

    @Test("steps read inputs and the results before them")
    func straightLine() {
        let sum = formula {
            let product = $0.append(.binary(.multiply, 0, 1))
            return $0.append(.binary(.subtract, product, 2))
        }
        #expect(sum.outputs(row: [2, 3, 4]) == [2])
    }

    @Test("float32 rounds inputs, constants and results")
    func float32() {
        let sum = formula(.float32) {
            let constant = $0.append(.constant(0.1))
            return $0.append(.binary(.add, 0, constant))
        }
        #expect(sum.outputs(row: [0.2, 0, 0]) == [Double(Float(0.2) + Float(0.1))])
    }

    @Test("a NaN condition is false", arguments: [(1.0, 2.0), (0, 3), (.nan, 3), (-1, 2)])
    func select(condition: Double, expected: Double) {
        let chosen = formula { $0.append(.select(condition: 0, then: 1, otherwise: 2)) }
        #expect(chosen.outputs(row: [condition, 2, 3]) == [expected])
    }

    @Test("weighted sums begin with the intercept and may skip what is missing")
    func linear() {
        let weights = [[1.0, 10, 100]]
        for skips in [false, true] {
            let model = LinearModel(weights: weights, intercepts: [0.5], skipsMissing: skips)
            let sum = formula { $0.append(.linear(model, arguments: [2, 1, 0])) }
            #expect(sum.outputs(row: [1, 2, 3]) == [123.5])
            let missing = sum.outputs(row: [1, .nan, 3])[0]
            #expect(skips ? missing == 103.5 : missing.isNaN)
        }
    }

    @Test("softmax does not overflow, the largest is the first of equals")
    func classes() {
        let share = formula { $0.append(.softmax([0, 1, 2])) + 1 }
        #expect(share.outputs(row: [1000, 1000, -1000]) == [0.5])
        let place = formula { $0.append(.argumentOfMaximum([0, 1, 2])) }
        #expect(place.outputs(row: [1, 5, 5]) == [1])
    }

    @Test("comparisons with NaN are 0, minimum and maximum of it are NaN")
    func missing() {
        for operation in [BinaryOperation.less, .lessOrEqual, .equal] {
            #expect(operation.apply(.nan, 1) == 0 && operation.apply(1, .nan) == 0)
        }
        for operation in [BinaryOperation.minimum, .maximum] {
            #expect(operation.apply(.nan, 1).isNaN && operation.apply(1, .nan).isNaN)
        }
        #expect(UnaryOperation.isMissing.apply(.nan) == 1 && UnaryOperation.not.apply(.nan) == 1)
    }

    @Test("comparisons that know what is missing say so")
    func known() {
        for operation in [
            BinaryOperation.knownLess, .knownLessOrEqual, .knownEqual, .knownNotEqual,
        ] {
            #expect(operation.apply(.nan, 1).isNaN && operation.apply(1, .nan).isNaN)
        }
        #expect(BinaryOperation.knownLess.apply(1, 2) == 1)
        #expect(BinaryOperation.knownNotEqual.apply(2, 2) == 0)
    }

    @Test("choose is missing where its condition is", arguments: [(1.0, 2.0), (0, 3), (-1, 2)])
    func choose(condition: Double, expected: Double) {
        let chosen = formula { $0.append(.choose(condition: 0, then: 1, otherwise: 2)) }
        #expect(chosen.outputs(row: [condition, 2, 3]) == [expected])
        #expect(chosen.outputs(row: [.nan, 2, 3])[0].isNaN)
    }

    @Test("folds leave out a third number that is missing, and need the first two")
    func folds() {
        let expected: [(FoldOperation, Double, Double)] = [
            (.sum, 6, 3), (.mean, 2, 1.5), (.minimum, 1, 1), (.maximum, 3, 2),
            (.deviation, (2.0 / 3).squareRoot(), 0.5),
        ]
        for (operation, three, two) in expected {
            #expect(operation.apply(1, 2, 3) == three)
            #expect(operation.apply(1, 2, .nan) == two)
            #expect(operation.apply(.nan, 2, 3).isNaN && operation.apply(1, .nan, 3).isNaN)
        }
    }

    @Test("finite arithmetic knows no infinity")
    func finite() {
        let quotient = formula(.finite) { $0.append(.binary(.divide, 0, 1)) }
        #expect(quotient.outputs(row: [1, 0, 0])[0].isNaN)
        #expect(quotient.outputs(row: [-0.0, 2, 0])[0].sign == .minus)
    }
}
