// SPDX-License-Identifier: Apache-2.0

// Movements of several statements in one order, each once: a notification tells what the statement
// tells again, often with more detail.

internal import CreditFacts
internal import Quantities

enum BankMovements {
    private struct Key: Hashable {
        var account: String
        var date: CalendarDate
        var cents: Int128
        var text: String
    }

    private struct Entry {
        var key: Key
        var statement: Int
        var transactions: [BankTransaction]
    }

    /// All movements in the currency up to the day, by their date, and those that were told twice.
    static func movements(
        _ papers: InvoicePapersOfCompany
    ) -> (kept: [BankTransaction], repeated: [BankTransaction]) {
        var entries: [Entry] = []
        for (number, statement) in papers.statements.enumerated() {
            entries += self.entries(of: statement, number)
        }
        var places: [Key: [Int]] = [:]
        var isKept = [Bool](repeating: true, count: entries.count)
        var repeated: [BankTransaction] = []
        for (place, entry) in entries.enumerated() {
            // One statement may well have two equal movements; two statements have one of them.
            let known = places[entry.key] ?? []
            guard let twin = known.firstIndex(where: { entries[$0].statement != entry.statement })
            else {
                places[entry.key, default: []].append(place)
                continue
            }
            let other = known[twin]
            let isFuller = entry.transactions.count > entries[other].transactions.count
            let (less, more) = isFuller ? (other, place) : (place, other)
            isKept[less] = false
            repeated += entries[less].transactions.prefix(1)
            // A twin is used up by one of each further statement.
            places[entry.key]?[twin] = more
            entries[more].statement = entry.statement
        }
        var kept: [BankTransaction] = []
        for (place, entry) in entries.enumerated() where isKept[place] {
            kept += entry.transactions.filter {
                $0.currency == papers.currency && $0.date <= papers.asOf
            }
        }
        let sorted = kept.enumerated().sorted {
            ($0.element.date, $0.offset) < ($1.element.date, $1.offset)
        }
        return (sorted.map(\.element), repeated)
    }

    private static func entries(of statement: BankStatement, _ number: Int) -> [Entry] {
        var entries: [Entry] = []
        var first = 0
        let all = statement.transactions
        while first < all.count {
            var last = first
            while last + 1 < all.count, all[last + 1].entry == all[first].entry { last += 1 }
            let parts = Array(all[first...last])
            // Without the bank's reference, all that is said must be the same.
            let text =
                all[first].reference.isEmpty
                ? (parts.flatMap(\.texts) + parts.map { $0.endToEnd + "\n" + $0.party })
                    .joined(separator: "\n")
                : all[first].reference
            let key = Key(
                account: statement.account,
                date: all[first].date,
                cents: parts.reduce(0) { $0 + Int128($1.cents) },
                text: text
            )
            entries.append(Entry(key: key, statement: number, transactions: parts))
            first = last + 1
        }
        return entries
    }
}
