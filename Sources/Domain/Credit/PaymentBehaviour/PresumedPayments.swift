// SPDX-License-Identifier: Apache-2.0

// Money of a party that nothing says what it is for: given to what was due first, and marked. What
// is over is a credit balance of that party, which is never netted against what others owe.

package import CreditFacts
internal import Quantities

/// Money that nothing says what it is for.
package enum PresumedPayments {
    /// Gives money to the invoices of its party that were made by then, those due first first.
    /// Credit notes stay apart: only who matches them knows what they are for. For ledgers that are
    /// joined from invoices and bank statements; that of a journal has done so already.
    ///
    /// - Returns: What is left: credit balances and credit notes.
    package static func apply(
        _ credits: [UnallocatedCredit],
        to invoices: inout [LedgerInvoice]
    ) -> [UnallocatedCredit] {
        var left = credits.filter { !$0.isPayment }
        var money: [Int32: [UnallocatedCredit]] = [:]
        for credit in credits where credit.isPayment {
            money[credit.party, default: []].append(credit)
        }
        guard !money.isEmpty else { return left }
        var open: [Int32: [Int]] = [:]
        for (index, invoice) in invoices.enumerated()
        where invoice.open > 0 && money[invoice.party] != nil {
            open[invoice.party, default: []].append(index)
        }
        for party in money.keys.sorted() {
            left += spend(money[party] ?? [], open[party] ?? [], &invoices)
        }
        return left
    }

    private static func spend(
        _ money: [UnallocatedCredit],
        _ open: [Int],
        _ invoices: inout [LedgerInvoice]
    ) -> [UnallocatedCredit] {
        let order = open.sorted { issued(invoices[$0]) < issued(invoices[$1]) }
        var queue = DueQueue()
        var next = 0
        var left: [UnallocatedCredit] = []
        for credit in money.sorted(by: { $0.date < $1.date }) {
            var credit = credit
            while next < order.count, issued(invoices[order[next]]) <= credit.date {
                let invoice = invoices[order[next]]
                queue.insert(invoice.due ?? .first, invoice.source.line, order[next])
                next += 1
            }
            while credit.cents > 0, let index = queue.first {
                let cents = min(credit.cents, invoices[index].open)
                invoices[index].payments.append(
                    InvoicePayment(date: credit.date, cents: cents, isPresumed: true)
                )
                invoices[index].open -= cents
                credit.cents -= cents
                if invoices[index].open <= 0 { queue.removeFirst() }
            }
            if credit.cents > 0 { left.append(credit) }
        }
        return left
    }

    /// Invoices of unknown age are older than all others.
    private static func issued(_ invoice: LedgerInvoice) -> CalendarDate {
        invoice.issued ?? .first
    }
}
