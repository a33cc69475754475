// SPDX-License-Identifier: Apache-2.0

// Amounts of several currencies are never added up: those of the commonest one count, the others
// are left out and told.

internal import CreditFacts
internal import Quantities

/// Ledgers of one currency.
struct OneCurrency {
    /// The facts with ledgers of one currency.
    private(set) var facts: CompanyFacts
    /// What was left out.
    private(set) var findings: [Finding] = []

    /// Leaves out what is in another currency than most; nil where all is in one. What names none
    /// is taken for euros, as the papers of registers and books are.
    static func apart(_ facts: UnsafePointer<CompanyFacts>) -> OneCurrency? {
        areSeveral(in: facts) ? OneCurrency(facts.pointee) : nil
    }

    private init?(_ facts: CompanyFacts) {
        var counts: [String: (count: Int, source: PaperReference)] = [:]
        func note(_ currency: Currency?, _ source: PaperReference) {
            let code = currency?.code ?? Self.unnamed
            counts[code, default: (0, source)].count += 1
        }
        for invoice in facts.owed + facts.receivable { note(invoice.currency, invoice.source) }
        for credit in facts.unallocated + facts.receivableCredits {
            note(credit.currency, credit.source)
        }
        // Of those that are as common euros, else the first by its letters.
        let order = { (code: String) in (code == Self.unnamed ? "" : code) }
        guard
            let main = counts.max(by: { left, right in
                (left.value.count, order(right.key)) < (right.value.count, order(left.key))
            })?.key
        else { return nil }
        self.facts = facts
        let isMain = { (currency: Currency?) in currency?.code ?? Self.unnamed == main }
        self.facts.owed.removeAll { !isMain($0.currency) }
        self.facts.receivable.removeAll { !isMain($0.currency) }
        self.facts.unallocated.removeAll { !isMain($0.currency) }
        self.facts.receivableCredits.removeAll { !isMain($0.currency) }
        for (code, left) in counts.sorted(by: { $0.key < $1.key }) where code != main {
            findings.append(Finding(.currencyApart, at: left.source, ["\(left.count)", code]))
        }
    }

    /// Whether there is more than one: by comparing numbers, since it is asked of every company.
    private static func areSeveral(in facts: UnsafePointer<CompanyFacts>) -> Bool {
        var first: Currency?
        func isOther(_ currency: Currency?) -> Bool {
            let currency = currency ?? euro
            if first == nil { first = currency }
            return first != currency
        }
        // Where they lie: one that is taken out of its list is a copy of all it has.
        func areOther(_ invoices: [LedgerInvoice]) -> Bool {
            invoices.withUnsafeBufferPointer { list in
                guard let start = list.baseAddress else { return false }
                return list.indices.contains { isOther((start + $0).pointee.currency) }
            }
        }
        return areOther(facts.pointee.owed) || areOther(facts.pointee.receivable)
            || facts.pointee.unallocated.contains { isOther($0.currency) }
            || facts.pointee.receivableCredits.contains { isOther($0.currency) }
    }

    private static let euro = Currency(unnamed)
    private static let unnamed = "EUR"
}
