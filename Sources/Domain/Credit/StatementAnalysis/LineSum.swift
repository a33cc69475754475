// SPDX-License-Identifier: Apache-2.0

// Sums of lines, written as formulas are.

internal import CreditFacts
internal import Scoring

/// A sum of lines of a statement, and of the year before.
struct LineSum: Sendable {
    /// A line that is added or taken off.
    struct Term: Sendable {
        var line: StatementLine
        /// 1 or -1.
        var sign: Int
        /// 0, or 1 for the year before.
        var yearsEarlier: Int
    }

    private(set) var terms: [Term] = []

    /// Reads a sum such as "BT@1 - BT"; nil for what is none.
    init?(_ text: String) {
        guard let expression = try? Expression(parsing: text), add(expression, sign: 1) else {
            return nil
        }
    }

    /// It with all signs turned round.
    var negated: LineSum {
        var negated = self
        for place in terms.indices { negated.terms[place].sign = -terms[place].sign }
        return negated
    }

    /// Adds what an expression comes to; false where that is no sum of lines.
    private mutating func add(_ expression: Expression, sign: Int) -> Bool {
        switch expression {
        case .name(let name, let yearsEarlier):
            guard let line = StatementLine(inFormulas: name), line.number != nil,
                yearsEarlier == 0 || yearsEarlier == 1
            else { return false }
            terms.append(Term(line: line, sign: sign, yearsEarlier: yearsEarlier))
            return true
        case .unary(.negate, let operand): return add(operand, sign: -sign)
        case .binary(.add, let left, let right):
            return add(left, sign: sign) && add(right, sign: sign)
        case .binary(.subtract, let left, let right):
            return add(left, sign: sign) && add(right, sign: -sign)
        default: return false
        }
    }

    /// What it comes to, in cents; a line that is empty counts as 0.
    func cents(_ cells: StatementCells, _ previous: FinancialStatement?) -> Int128 {
        var sum: Int128 = 0
        for term in terms {
            let cents =
                term.yearsEarlier == 0
                ? term.line.number.map { cells.cents[$0] } : previous?.amounts[term.line]
            sum += Int128(term.sign) * Int128(cents ?? 0)
        }
        return sum
    }
}

/// Amounts in euros as text.
enum EurosText {
    /// The text of an amount in euros, with cents.
    static func text(_ euros: Double) -> String {
        let cents = (euros * 100).rounded()
        return Int64(exactly: cents).map(CentsText.text) ?? "\(euros)"
    }

    /// The text of an amount in cents.
    static func text(_ cents: Int128) -> String {
        Int64(exactly: cents).map(CentsText.text) ?? "\(Double(cents) / 100)"
    }
}
