// SPDX-License-Identifier: Apache-2.0

// Model programs, worked by hand.

import ModelFormats
import Testing

@Suite("Model programs")
struct ModelProgramTests {
    private func program(
        _ arithmetic: ModelProgram.Arithmetic = .float64,
        _ build: (inout ModelProgram) -> Int
    ) -> ReferenceProgram {
        var program = ModelProgram(
            format: "test",
            arithmetic: arithmetic,
            inputs: [.init(name: "a"), .init(name: "b"), .init(name: "c")]
        )
        let register = build(&program)
        program.outputs = [.init(name: "result", register: register)]
        return ReferenceProgram(program)
    }

    @Test("steps read inputs and the results before them")
    func straightLine() {
        let sum = program {
            let product = $0.append(.binary(.multiply, 0, 1))
            return $0.append(.binary(.subtract, product, 2))
        }
        #expect(sum.outputs(row: [2, 3, 4]) == [2])
    }

    @Test("float32 rounds inputs, constants and results")
    func float32() {
        let sum = program(.float32) {
            let constant = $0.append(.constant(0.1))
            return $0.append(.binary(.add, 0, constant))
        }
        #expect(sum.outputs(row: [0.2, 0, 0]) == [Double(Float(0.2) + Float(0.1))])
    }

    @Test("a NaN condition is false", arguments: [(1.0, 2.0), (0, 3), (.nan, 3), (-1, 2)])
    func select(condition: Double, expected: Double) {
        let chosen = program { $0.append(.select(condition: 0, then: 1, otherwise: 2)) }
        #expect(chosen.outputs(row: [condition, 2, 3]) == [expected])
    }

    @Test("weighted sums begin with the intercept and may skip what is missing")
    func linear() {
        let weights = [[1.0, 10, 100]]
        for skips in [false, true] {
            let model = LinearModel(weights: weights, intercepts: [0.5], skipsMissing: skips)
            let sum = program { $0.append(.linear(model, arguments: [2, 1, 0])) }
            #expect(sum.outputs(row: [1, 2, 3]) == [123.5])
            let missing = sum.outputs(row: [1, .nan, 3])[0]
            #expect(skips ? missing == 103.5 : missing.isNaN)
        }
    }

    @Test("softmax does not overflow, the largest is the first of equals")
    func classes() {
        let share = program { $0.append(.softmax([0, 1, 2])) + 1 }
        #expect(share.outputs(row: [1000, 1000, -1000]) == [0.5])
        let place = program { $0.append(.argumentOfMaximum([0, 1, 2])) }
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
}
