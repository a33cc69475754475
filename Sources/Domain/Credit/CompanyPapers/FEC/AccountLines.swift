// SPDX-License-Identifier: Apache-2.0

// From the accounts of a book to the lines of a statement. The longest prefix of an account that
// the table has decides, and for some the side of the balance: sides are taken for each customer,
// supplier and bank account apart, and then summed.

internal import CCreditData
package import CreditFacts

/// Which line each account goes to.
package struct AccountLines: Sendable {
    private struct Rule: Sendable {
        /// "D" or "C" where only such a balance goes there; empty for either.
        var balance: String
        var line: StatementLine
        var isDebit: Bool
    }

    /// The tables that come with the product.
    package static let standard = AccountLines()

    private let rules: [String: [Rule]]
    /// Accounts whose amounts are kept beside the lines that they are part of.
    private let details: [(prefix: String, line: StatementLine, isDebit: Bool)]
    private let totals: [(line: StatementLine, sum: [(line: StatementLine, isTaken: Bool)])]

    private init() {
        var rules: [String: [Rule]] = [:]
        for row in FactTable.rows(vigie_account_lines) where row.count >= 4 {
            guard let line = StatementLine(row[2]) else { continue }
            rules[row[0], default: []].append(
                Rule(balance: row[1], line: line, isDebit: row[3] == "D")
            )
        }
        self.rules = rules
        details = FactTable.rows(vigie_account_details).compactMap { row in
            guard row.count == 4, let line = StatementLine(row[1]) else { return nil }
            return (row[0], line, row[2] == "D")
        }
        totals = FactTable.rows(vigie_line_totals).compactMap { row in
            guard row.count == 2, let line = StatementLine(row[0]) else { return nil }
            return (line, Self.terms(of: row[1]))
        }
    }

    /// The terms of "A+B-C".
    private static func terms(of sum: String) -> [(line: StatementLine, isTaken: Bool)] {
        var terms: [(StatementLine, Bool)] = []
        for part in sum.split(separator: "+") {
            for (place, code) in part.split(separator: "-").enumerated() {
                if let line = StatementLine(code) { terms.append((line, place > 0)) }
            }
        }
        return terms
    }

    /// The amounts of a book by line, in cents, with totals.
    ///
    /// - Parameter unmatched: Told each account with a balance that no line takes.
    package func amounts(
        of book: JournalSummary,
        unmatched: (BookAccount) -> Void
    ) -> [StatementLine: Int64] {
        var amounts: [StatementLine: Int64] = [:]
        for account in book.accounts where account.totals.balance != 0 {
            let balance = account.totals.balance
            guard let rule = rule(for: account.number, balance > 0) else {
                unmatched(account)
                continue
            }
            amounts[rule.line, default: 0] += rule.isDebit ? balance : -balance
        }
        for (code, cents) in [("YY", book.taxCharged), ("YZ", book.taxDeductible)] {
            if let line = StatementLine(code) { amounts[line] = cents }
        }
        for (line, sum) in totals {
            let total = sum.reduce(Int64(0)) { total, term in
                let amount = amounts[term.line] ?? 0
                return term.isTaken ? total - amount : total + amount
            }
            amounts[line] = total
        }
        return amounts.filter { $0.value != 0 }
    }

    /// What lines of the form do not tell apart since 2025, under the numbers of the accounts: all
    /// of them, so that none that is missing is taken for one that is not known. Before 2025 the
    /// same things were no part of the operating result.
    func details(
        of book: JournalSummary,
        rules: AccountingRules
    ) -> [StatementLine: Int64] {
        var amounts: [StatementLine: Int64] = [:]
        for detail in details {
            var sum: Int64 = 0
            for account in book.accounts
            where rules == .plan2025 && account.number.hasPrefix(detail.prefix) {
                sum += detail.isDebit ? account.totals.balance : -account.totals.balance
            }
            amounts[detail.line] = sum
        }
        return amounts
    }

    private func rule(for account: String, _ isDebit: Bool) -> Rule? {
        var prefix = Substring(account)
        while !prefix.isEmpty {
            let fitting = rules[String(prefix)]?.first {
                $0.balance.isEmpty || $0.balance == (isDebit ? "D" : "C")
            }
            if let fitting { return fitting }
            prefix = prefix.dropLast()
        }
        return nil
    }
}
