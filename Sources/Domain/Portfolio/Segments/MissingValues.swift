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

    private var texts: [FEELValue] = []
    private var numbers: [FEELValue] = []
    private var namesNull = false

    /// Takes the texts and numbers that a condition names.
    init(_ condition: String) {
        var (rest, word) = (Array(condition.unicodeScalars)[...], String.UnicodeScalarView())
        var (foundTexts, foundNumbers) = (Set<String>(), Set<String>())
        func end() {
            let text = String(word)
            if text == "null" { namesNull = true }
            if let first = word.first, ("0"..."9").contains(first) { foundNumbers.insert(text) }
            word = .init()
        }
        while let scalar = rest.popFirst() {
            if scalar == "\"" {
                end()
                var text = String.UnicodeScalarView()
                while let next = rest.popFirst(), next != "\"" {
                    text.append(next == "\\" ? rest.popFirst() ?? next : next)
                }
                foundTexts.insert(String(text))
            } else if scalar.properties.isAlphabetic || scalar == "_" || scalar == "."
                || ("0"..."9").contains(scalar)
            {
                word.append(scalar)
            } else {
                end()
            }
        }
        end()
        // A text, and a number, that nothing is compared with.
        texts = [.string("\u{1}")] + foundTexts.sorted().map { .string($0) }
        numbers = (foundNumbers.sorted() + ["0.123456789"])
            .compactMap { DecimalNumber(parsing: $0.utf8).map { .number($0) } }
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
