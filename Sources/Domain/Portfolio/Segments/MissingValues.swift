// SPDX-License-Identifier: Apache-2.0

// What a condition would say if values that are missing were there. FEEL takes null for a value
// that equals no other, so that `sector = "4332A"` is no for a company without a sector; here it is
// not known. So such values are put to the test with all that the condition compares with: where
// that changes the answer, there is none. A condition that names null asks for itself what is
// missing, and is taken at its word.

internal import DecimalNumbers
internal import FEEL

/// What a condition compares with.
struct MissingValues: Sendable {
    // tidy: limit: ways to fill in what is missing; beyond it nobody can say
    private static let waysMax = 16

    private let texts: [FEELValue]
    private let numbers: [FEELValue]
    private let namesNull: Bool

    /// Takes the texts and numbers that a condition names.
    init(_ condition: String) {
        let literals = FEELLiterals(condition)
        namesNull = literals.namesNull
        // And a text, and a number, that nothing is compared with.
        texts = (["\u{1}"] + literals.texts).map { .string($0) }
        let apart = [DecimalNumber(parsing: "0.123456789".utf8)].compactMap(\.self)
        numbers = (literals.numbers + apart).map { .number($0) }
    }

    /// Whether an answer holds whatever the missing values are.
    func holds(
        _ answer: Bool,
        _ values: [FEELValue],
        _ inputs: [SegmentInput],
        _ evaluate: ([FEELValue]) -> Bool?
    ) -> Bool {
        let places = values.indices.filter { values[$0].isNull }
        guard !namesNull, !places.isEmpty else { return true }
        var ways = [values]
        for place in places {
            let choices = isText(inputs[place]) ? texts : numbers
            guard ways.count * choices.count <= Self.waysMax else { return false }
            ways = ways.flatMap { way in
                choices.map { choice in
                    var way = way
                    way[place] = choice
                    return way
                }
            }
        }
        return ways.allSatisfy { evaluate($0) == answer }
    }

    private func isText(_ input: SegmentInput) -> Bool {
        if case .text = input { return true }
        return false
    }
}
