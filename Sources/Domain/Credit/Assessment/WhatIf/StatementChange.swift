// SPDX-License-Identifier: Apache-2.0

// A change of one line, with all that follows in the same statement: the totals that it is part of,
// the result and with it equity, and cash, which balances assets and liabilities again. Taxes are
// left out: what a cost less saves in taxes is not known.

package import CreditFacts

/// What a change did to a statement.
package struct StatementChange: Sendable, Equatable {
    /// The line that was changed: of a total the greatest of its parts.
    package let line: StatementLine
    /// What it was, in cents.
    package let from: Int64
    /// What it is now.
    package let to: Int64
    /// What came to cash, in cents, or left it.
    package let cash: Int64

    /// The line that a change of some lines falls on: the greatest of them that is there, and of a
    /// total the greatest of its parts; the first where none is there.
    static func line(
        for lines: [StatementLine],
        in amounts: [StatementLine: Int64],
        _ form: WhatIfTable.Form
    ) -> StatementLine? {
        guard var line = greatest(of: lines, in: amounts) ?? lines.first else { return nil }
        // Totals stand one in another, never in a circle; the table is far shorter than this.
        for _ in 0..<form.totals.count {
            guard let total = form.totals.first(where: { $0.line == line }) else { break }
            let parts = total.parts.filter { part in
                part.sign > 0 && part.line != line && !form.noCash.contains(part.line)
                    && !form.signed.contains(part.line)
            }
            // Where only what is taken off is there, the first of what is added comes in.
            let isSplit = total.parts.contains { $0.line != line && amounts[$0.line] != nil }
            let part = greatest(of: parts.map(\.line), in: amounts)
            guard let part = part ?? (isSplit ? parts.first?.line : nil) else { break }
            line = part
        }
        return line
    }

    private static func greatest(
        of lines: [StatementLine],
        in amounts: [StatementLine: Int64]
    ) -> StatementLine? {
        var best: StatementLine?
        for line in lines {
            guard let cents = amounts[line] else { continue }
            if let held = best, let most = amounts[held], most >= cents {
                continue
            }
            best = line
        }
        return best
    }

    /// Changes a line by an amount, with all that follows.
    ///
    /// - Throws: That there is not enough of it, or of cash.
    static func apply(
        _ cents: Int64,
        to line: StatementLine,
        in amounts: inout [StatementLine: Int64],
        _ form: WhatIfTable.Form
    ) throws(WhatIfError) -> StatementChange {
        guard !form.noCash.contains(line), let cash = form.cash else {
            throw .noCash(line.description)
        }
        let held = amounts[line] ?? 0
        var changes = following(line, cents, form)
        let gap = sum(form.liabilities, changes) - sum(form.assets, changes)
        for (other, more) in following(cash, gap, form) { changes[other, default: 0] += more }
        guard (amounts[cash] ?? 0) + gap >= 0 || gap >= 0 else {
            throw .cashShort(-((amounts[cash] ?? 0) + gap))
        }
        var changed = amounts
        for (other, more) in changes where more != 0 {
            guard other == line || other == cash || amounts[other] != nil else { continue }
            let (sum, isOver) = (amounts[other] ?? 0).addingReportingOverflow(more)
            guard !isOver else { throw .badAmount(line.description) }
            changed[other] = sum
        }
        let new = changed[line] ?? 0
        guard new >= 0 || held < 0 || form.signed.contains(line) else {
            throw .belowZero(line.description, held)
        }
        amounts = changed
        return StatementChange(line: line, from: held, to: new, cash: gap)
    }

    /// A change and what it does to totals, one after the other.
    private static func following(
        _ line: StatementLine,
        _ cents: Int64,
        _ form: WhatIfTable.Form
    ) -> [StatementLine: Int64] {
        var changes = [line: cents]
        for total in form.totals {
            var more: Int64 = 0
            for part in total.parts where part.line != total.line {
                more += part.sign * (changes[part.line] ?? 0)
            }
            if more != 0 { changes[total.line, default: 0] += more }
        }
        return changes
    }

    private static func sum(
        _ terms: [(line: StatementLine, sign: Int64)],
        _ changes: [StatementLine: Int64]
    ) -> Int64 {
        var sum: Int64 = 0
        for term in terms { sum += term.sign * (changes[term.line] ?? 0) }
        return sum
    }
}
