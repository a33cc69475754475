// SPDX-License-Identifier: Apache-2.0

// A company's statement of a year, by the lines of the French tax forms (2050 to 2053, 2058-C). An
// asset has a line for its gross amount and the next one for what was written off it; the net
// amount has none.

package import Quantities

/// A line of a statement: two or three letters or digits, such as "FL".
package struct StatementLine: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Its characters, the first one in the highest byte that is used.
    package let packed: UInt32

    /// The line of a code; nil for what is none.
    package init?(_ code: some StringProtocol) {
        let bytes = Array(code.utf8)
        guard (2...3).contains(bytes.count),
            bytes.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) })
        else { return nil }
        packed = bytes.reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The code.
    package var description: String {
        let bytes = [packed >> 16, packed >> 8, packed].map { UInt8(truncatingIfNeeded: $0) }
        return String(decoding: bytes.drop { $0 == 0 }, as: UTF8.self)
    }

    /// How many characters its code has.
    package var length: Int { packed > 0xFFFF ? 3 : 2 }

    /// Whether its code is a number.
    package var isOfDigits: Bool { description.utf8.allSatisfy { (0x30...0x39).contains($0) } }

    /// Whether one comes before another, by their codes.
    package static func < (left: StatementLine, right: StatementLine) -> Bool {
        left.packed < right.packed
    }
}

/// Which rules of accounting a statement follows; amounts across them are not comparable.
package enum AccountingRules: String, Sendable {
    /// The general plan of accounts until 2024.
    case plan2024 = "pcg2024"
    /// With regulation ANC 2022-06, for years that begin in 2025 or, by choice, 2024.
    case plan2025 = "pcg2025"

    /// Those of a year that is known by its dates only: the new ones for years that begin in 2025
    /// or later, since an earlier choice of them cannot be told.
    package init(closing: CalendarDate, months: Int) {
        let before = closing.adding(months: -months, endOfMonth: .kept)
        let year = before?.adding(days: 1)?.components.year ?? 0
        self = year >= 2_025 ? .plan2025 : .plan2024
    }
}

/// Which form a statement was made on.
package enum StatementForm: String, Sendable {
    /// Complete (2050 and following).
    case complete = "C"
    /// Simplified (2033).
    case simplified = "S"
    /// Of a group, on the complete form.
    case consolidated = "K"
}

/// A statement.
package struct FinancialStatement: Sendable {
    /// The company, if it is known.
    package var siren: SIREN?
    /// The day on which the year ends.
    package var closing: CalendarDate
    /// How many months it covers.
    package var months: Int
    /// The form.
    package var form: StatementForm
    /// The rules that it follows.
    package var rules: AccountingRules
    /// Amounts in cents by line; a line that is not there is empty on the form.
    package var amounts: StatementAmounts
    /// When it became known: the day of its filing; nil where the paper does not say.
    package var published: CalendarDate?
    /// Where it was read.
    package var source: PaperReference

    /// Makes a statement.
    package init(
        siren: SIREN?,
        closing: CalendarDate,
        months: Int,
        form: StatementForm,
        rules: AccountingRules,
        amounts: StatementAmounts,
        source: PaperReference
    ) {
        self.siren = siren
        self.closing = closing
        self.months = months
        self.form = form
        self.rules = rules
        self.amounts = amounts
        self.source = source
    }

    /// Makes a statement of amounts in any order.
    package init(
        siren: SIREN?,
        closing: CalendarDate,
        months: Int,
        form: StatementForm,
        rules: AccountingRules,
        amounts: [StatementLine: Int64],
        source: PaperReference
    ) {
        self.init(
            siren: siren,
            closing: closing,
            months: months,
            form: form,
            rules: rules,
            amounts: StatementAmounts(amounts),
            source: source
        )
    }

    /// The amount of a line in cents; nil where it is empty.
    package subscript(_ code: String) -> Int64? {
        StatementLine(code).flatMap { amounts[$0] }
    }
}
