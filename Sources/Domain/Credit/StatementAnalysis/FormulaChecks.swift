// SPDX-License-Identifier: Apache-2.0

// What makes the values of formulas mean something, for all formulas of a form in one piece of
// memory: some fifty of them are asked for each company, and lists of lists would be two counts of
// references each time.

/// The needs of formulas, and their divisors that have to be above zero.
struct FormulaChecks: Sendable {
    private struct Entry: Sendable {
        var needs: Range<Int>
        var positives: Range<Int>
        var isAmount: Bool
    }

    private let entries: [Entry]
    private let needs: [LineSet]
    private let positives: [Int]

    /// Takes, for each formula, the sets of which each must have something, and the places of
    /// formulas that have to be above zero.
    init(needs: [[LineSet]], positives: [[Int]], areAmounts: [Bool]) {
        var entries: [Entry] = []
        var (needStart, positiveStart) = (0, 0)
        for (place, isAmount) in areAmounts.enumerated() {
            let needEnd = needStart + needs[place].count
            let positiveEnd = positiveStart + positives[place].count
            entries.append(
                Entry(
                    needs: needStart..<needEnd,
                    positives: positiveStart..<positiveEnd,
                    isAmount: isAmount
                )
            )
            (needStart, positiveStart) = (needEnd, positiveEnd)
        }
        self.entries = entries
        self.needs = needs.flatMap { $0 }
        self.positives = positives.flatMap { $0 }
    }

    /// Whether a formula comes to euros, which are as filed.
    func isAmount(_ place: Int) -> Bool { entries[place].isAmount }

    /// The number, among its own, of a formula's first need that is not fulfilled; nil for none.
    func lacking(_ place: Int, _ set: LineSet) -> Int? {
        let range = entries[place].needs
        for number in range where (needs[number] & set) == LineSet() {
            return number - range.lowerBound
        }
        return nil
    }

    /// The place of a divisor of a formula that is not above zero; nil for none.
    func badDivisor(_ place: Int, _ euros: (Int) -> Double) -> Int? {
        for number in entries[place].positives {
            let divisor = positives[number]
            if !(euros(divisor) > StatementFigures.leastDivisor) { return divisor }
        }
        return nil
    }
}
