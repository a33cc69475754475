// SPDX-License-Identifier: Apache-2.0

// Which credits pay which invoices. What has the same number belongs together; then each credit, in
// the order of days, goes to what is due first. All of it in the order of n log n: a customer may
// have a hundred thousand open lines.

internal import CreditFacts
internal import Quantities

/// Gives credits to invoices.
struct InvoiceAllocation {
    /// The invoices, in the order in which they stood in the paper.
    private(set) var invoices: [LedgerInvoice]
    /// Which of them are money given back.
    let isRefund: [Bool]
    /// What is left of credits.
    private(set) var credits: [(move: LedgerMove, left: Int64)]

    /// Takes invoices and credits, and allocates.
    ///
    /// - Parameter datedOnly: Whether a credit pays only invoices of its day or before: true where
    ///   nobody said that they belong together.
    init(
        invoices: [LedgerInvoice],
        isRefund: [Bool],
        credits: [LedgerMove],
        datedOnly: Bool
    ) {
        self.invoices = invoices
        self.isRefund = isRefund
        self.credits =
            credits
            .sorted { ($0.booked, $0.line) < ($1.booked, $1.line) }
            .map { ($0, -$0.cents) }
        // Credit notes, transfers and write-offs are no payments: an invoice has only what they
        // leave of it to be paid.
        let money = self.credits.indices.filter { self.credits[$0].move.kind == .payment }
        let others = self.credits.indices.filter { self.credits[$0].move.kind != .payment }
        for part in [others, money] {
            allocateByReference(part)
            allocateByDueDate(part, datedOnly: datedOnly)
        }
        self.credits.removeAll { $0.left == 0 }
    }

    private mutating func allocateByReference(_ part: [Int]) {
        var known: [String: [Int]] = [:]
        for (index, invoice) in invoices.enumerated() where !invoice.reference.isEmpty {
            known[invoice.reference, default: []].append(index)
        }
        for place in part {
            for index in known[credits[place].move.reference] ?? [] { allocate(place, index) }
        }
    }

    private mutating func allocateByDueDate(_ part: [Int], datedOnly: Bool) {
        let order = invoices.indices.sorted { issued(invoices[$0]) < issued(invoices[$1]) }
        var open = DueQueue()
        var next = 0
        for place in part where credits[place].left > 0 {
            let booked = credits[place].move.booked
            while next < order.count, !datedOnly || issued(invoices[order[next]]) <= booked {
                let invoice = invoices[order[next]]
                open.insert(invoice.due ?? .first, invoice.source.line, order[next])
                next += 1
            }
            while credits[place].left > 0, let index = open.first {
                allocate(place, index, isPresumed: datedOnly)
                if invoices[index].open <= 0 { open.removeFirst() }
            }
        }
    }

    /// Invoices of unknown age are older than all others.
    private func issued(_ invoice: LedgerInvoice) -> CalendarDate { invoice.issued ?? .first }

    private mutating func allocate(_ place: Int, _ index: Int, isPresumed: Bool = false) {
        let cents = min(credits[place].left, invoices[index].open)
        guard cents > 0 else { return }
        invoices[index].open -= cents
        credits[place].left -= cents
        let move = credits[place].move
        switch move.kind {
        case .payment:
            invoices[index].payments.append(
                InvoicePayment(date: move.booked, cents: cents, isPresumed: isPresumed)
            )
        // It goes on as an invoice of the account that it was moved to.
        case .transferOut: invoices[index].cents -= cents
        default: invoices[index].credited += cents
        }
    }
}
