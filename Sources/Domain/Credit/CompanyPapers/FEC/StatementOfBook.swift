// SPDX-License-Identifier: Apache-2.0

// The statement of a year out of its book, and what a book should be held against.

package import CreditFacts
package import Quantities

extension JournalSummary {
    /// The statement that the book comes to; nil when nothing was booked.
    ///
    /// - Parameters:
    ///   - siren: Whose book it is, from the name of the file: the book itself does not say.
    ///   - closing: The day on which the year ends, from the name of the file; nil for the last day
    ///     on which something was booked.
    package func statement(
        siren: SIREN?,
        closing: CalendarDate?,
        paper: Int32,
        findings: inout Findings
    ) -> FinancialStatement? {
        guard let first = firstDay, let last = lastDay else { return nil }
        let place = PaperReference(paper: paper, line: 0)
        if closingEntries > 0 {
            findings.add(Finding(.closingEntries, at: place, ["\(closingEntries)"]))
        }
        guard closingEntriesLeft == 0, !isEmptied else {
            findings.add(Finding(.bookClosed, at: place))
            return nil
        }
        var unmatched: [BookAccount] = []
        var amounts = AccountLines.standard.amounts(of: self) { unmatched.append($0) }
        let rules = rules(first)
        let details = AccountLines.standard.details(of: self, rules: rules)
        amounts.merge(details) { line, _ in line }
        for account in unmatched {
            let isIgnored = account.number.hasPrefix("8") || account.number.hasPrefix("9")
            let values = [account.number, CentsText.text(account.totals.balance)]
            findings.add(Finding(isIgnored ? .ignoredClass : .unmatchedAccount, at: place, values))
        }
        for prefix in ["58", "47"] {
            let left = accounts.filter { $0.number.hasPrefix(prefix) && $0.totals.balance != 0 }
            for account in left {
                let values = [account.number, CentsText.text(account.totals.balance)]
                findings.add(Finding(.transitNotEmpty, at: place, values))
            }
        }
        // A name that ends the year before its last entry is wrong, or that entry is: in no case
        // may the year be known before what was booked in it.
        let end = max(closing ?? last, last)
        if let closing, closing < last {
            let values = [last.description, closing.description]
            findings.add(Finding(.entriesAfterClosing, at: place, values))
        }
        // What was not booked yet is in no figure: a book that was cut is of the months it has.
        let isCut = Self.endsEarly(last: last, closing: end)
        let months = Self.months(from: first, through: isCut ? last : end)
        guard StatementMonths.possible.contains(months) else {
            findings.add(Finding(.badBookLength, at: place, ["\(months)"]))
            return nil
        }
        return FinancialStatement(
            siren: siren,
            closing: end,
            months: months,
            form: .complete,
            rules: rules,
            amounts: amounts,
            source: place
        )
    }

    /// Whether charges and income moved, and all of them are at nothing: a year that was closed by
    /// entries that look like others.
    private var isEmptied: Bool {
        let results = accounts.filter { "67".contains($0.number.prefix(1)) }
        return results.count > 2 && results.allSatisfy { $0.totals.balance == 0 }
    }

    /// Whether a book has nothing of its last two months: it was cut, or is not at its end.
    static func endsEarly(last: CalendarDate, closing: CalendarDate) -> Bool {
        closing.days(since: last) > 62
    }

    /// Months from the first day of a year to its last one, rounded.
    private static func months(from first: CalendarDate, through last: CalendarDate) -> Int {
        // 146,097 days are 4,800 months.
        max(1, (max(0, last.days(since: first) + 1) * 4_800 * 2 + 146_097) / (2 * 146_097))
    }

    /// The rules, told from the accounts that only one of them has; else from the first day.
    private func rules(_ first: CalendarDate) -> AccountingRules {
        let has = { (prefixes: [String]) in
            accounts.contains { account in
                (account.totals.debit != 0 || account.totals.credit != 0)
                    && prefixes.contains { account.number.hasPrefix($0) }
            }
        }
        if has(["791", "796", "797", "775", "675", "777"]) { return .plan2024 }
        if has(["747", "757", "657", "649", "7587"]) { return .plan2025 }
        return first.components.year >= 2025 ? .plan2025 : .plan2024
    }

    /// Compares what the book opened with to what another closed with, account by account.
    ///
    /// - Returns: A finding for each account that differs, with both amounts.
    package func openingFindings(after earlier: JournalSummary, paper: Int32) -> [Finding] {
        var closed: [String: Int64] = [:]
        var result: Int64 = 0
        for account in earlier.accounts {
            if "67".contains(account.number.prefix(1)) {
                result += account.totals.balance
            } else if !"89".contains(account.number.prefix(1)) {
                closed[account.number, default: 0] += account.totals.balance
            }
        }
        var opened: [String: Int64] = [:]
        for account in accounts where account.totals.opening != 0 {
            opened[account.number, default: 0] += account.totals.opening
        }
        // The result of the year before opens as account 120 or 129, whatever its last digits.
        let place =
            opened.keys.filter { $0.hasPrefix("12") }.sorted().first
            ?? (result > 0 ? "129000" : "120000")
        closed[place, default: 0] += result
        return Set(closed.keys).union(opened.keys).sorted().compactMap { number in
            let (before, after) = (closed[number] ?? 0, opened[number] ?? 0)
            guard before != after else { return nil }
            return Finding(
                .openingDiffers,
                at: PaperReference(paper: paper, line: 0),
                field: number,
                [CentsText.text(before), CentsText.text(after)]
            )
        }
    }
}
