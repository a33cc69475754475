// SPDX-License-Identifier: Apache-2.0

// Reads the input as an expression of a decision model and as the tests of a cell, and evaluates
// both, twice: what they give is the same.

import FEEL

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_feel")
func fuzzFEEL(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    let scope = FEELScope([("n", .number), ("s", .string), ("a b", .any)])
    let inputs: [FEELValue] = [.number(7), .string("x"), .list([.number(1), .null])]
    let program = FEELProgram(text, scope)
    let tests = FEELUnaryTests(text, input: .number, scope)
    let evaluation = FEELEvaluation()
    var results: [String?] = []
    for _ in 0..<2 {
        evaluation.reset()
        results.append(evaluation.text(of: program.evaluate(inputs, evaluation)))
        for tested in [FEELValue.number(3), .null] {
            evaluation.reset()
            let passes = tests.program.evaluate(inputs + [tested], evaluation)
            results.append(evaluation.text(of: passes))
        }
    }
    precondition(results[..<3] == results[3...], "an expression gives two results")
    return 0
}
