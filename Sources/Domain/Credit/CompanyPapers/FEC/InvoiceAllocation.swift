// SPDX-License-Identifier: Apache-2.0

// Which credits pay which invoices. What has the same number belongs together; then each credit, in
// the order of days, goes to what is due first. All of it in the order of n log n: a customer may
// have a hundred thousand open lines.

internal import CreditFacts
internal import Quantities

/// Something that is owed.
struct OwedItem {
    var invoice: LedgerInvoice
    /// Whether it is money given back.
    let isRefund: Bool
    /// The day of payment that its own line tells.
    let paid: CalendarDate?
}

/// Gives credits to invoices.
struct InvoiceAllocation {
    /// What says that credits and invoices belong together.
    enum Rule {
        /// Somebody matched them.
        case together
        /// Somebody matched the credits with what is not there, so with what was carried over:
        /// where amounts are the same, that is it.
        case carriedOver
        /// Nobody: a credit pays only invoices of its day or before.
        case unmatched
    }

    /// What is owed, in the order in which it stood in the paper.
    private(set) var owed: [OwedItem]
    /// What is left of credits.
    private(set) var credits: [(move: LedgerMove, cents: Int64)]
    /// The number of each credit's piece.
    private let references: [String]

    /// Takes what is owed and credits, each with the number of its piece, and allocates.
    init(owed: [OwedItem], credits: [(LedgerMove, String)], rule: Rule) {
        self.owed = owed
        let sorted = credits.sorted {
            ($0.0.booked, $0.0.source.line) < ($1.0.booked, $1.0.source.line)
        }
        self.credits = sorted.map { ($0.0, -$0.0.cents) }
        references = sorted.map(\.1)
        if rule == .carriedOver { allocateByAmount() }
        // Credit notes, transfers and write-offs are no payments: an invoice has only what they
        // leave of it to be paid.
        let money = self.credits.indices.filter { self.credits[$0].move.kind == .payment }
        let others = self.credits.indices.filter { self.credits[$0].move.kind != .payment }
        for part in [others, money] {
            allocateByReference(part)
            allocateByDueDate(part, datedOnly: rule == .unmatched)
        }
        self.credits.removeAll { $0.cents == 0 }
    }

    /// Pays what is open of each invoice whose day of payment is known.
    mutating func payOnKnownDays() {
        for index in owed.indices {
            guard let day = owed[index].paid, owed[index].invoice.open > 0 else { continue }
            owed[index].invoice.payments.append(
                InvoicePayment(date: day, cents: owed[index].invoice.open)
            )
            owed[index].invoice.open = 0
        }
    }

    private mutating func allocateByAmount() {
        var known: [Int64: [Int]] = [:]
        for index in owed.indices.reversed() {
            known[owed[index].invoice.open, default: []].append(index)
        }
        for place in credits.indices {
            guard let index = known[credits[place].cents]?.popLast() else { continue }
            allocate(place, index)
        }
    }

    private mutating func allocateByReference(_ part: [Int]) {
        var known: [String: [Int]] = [:]
        for (index, item) in owed.enumerated() where !item.invoice.reference.isEmpty {
            known[item.invoice.reference, default: []].append(index)
        }
        // How many of each are paid: a thousand payments of a thousand invoices of one number would
        // be a million steps otherwise.
        var paid: [String: Int] = [:]
        for place in part {
            guard let same = known[references[place]] else { continue }
            var next = paid[references[place]] ?? 0
            while next < same.count, credits[place].cents > 0 {
                allocate(place, same[next])
                if owed[same[next]].invoice.open > 0 { break }
                next += 1
            }
            paid[references[place]] = next
        }
    }

    private mutating func allocateByDueDate(_ part: [Int], datedOnly: Bool) {
        let order = owed.indices.sorted { issued($0) < issued($1) }
        var open = DueQueue()
        var next = 0
        for place in part where credits[place].cents > 0 {
            let booked = credits[place].move.booked
            while next < order.count, !datedOnly || issued(order[next]) <= booked {
                let invoice = owed[order[next]].invoice
                open.insert(invoice.due ?? .first, invoice.source.line, order[next])
                next += 1
            }
            while credits[place].cents > 0, let index = open.first {
                allocate(place, index, isPresumed: datedOnly)
                if owed[index].invoice.open <= 0 { open.removeFirst() }
            }
        }
    }

    /// Invoices of unknown age are older than all others.
    private func issued(_ index: Int) -> CalendarDate { owed[index].invoice.issued ?? .first }

    private mutating func allocate(_ place: Int, _ index: Int, isPresumed: Bool = false) {
        let cents = min(credits[place].cents, owed[index].invoice.open)
        guard cents > 0 else { return }
        owed[index].invoice.open -= cents
        credits[place].cents -= cents
        let move = credits[place].move
        switch move.kind {
        case .payment:
            owed[index].invoice.payments.append(
                InvoicePayment(date: move.booked, cents: cents, isPresumed: isPresumed)
            )
        // It goes on as an invoice of the account that it was moved to.
        case .transferOut: owed[index].invoice.cents -= cents
        default: owed[index].invoice.credited += cents
        }
    }
}
