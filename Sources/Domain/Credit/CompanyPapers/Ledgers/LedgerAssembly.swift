// SPDX-License-Identifier: Apache-2.0

// From lines to invoices: payments and credit notes go to the invoices that they were matched with,
// and to no other. What is open is what the export says, where it says so. An invoice that stands
// for itself is given away at once; what has to be matched waits.

internal import CreditFacts
internal import Quantities

/// Puts the lines of an export together.
struct LedgerAssembly {
    private struct Key: Hashable {
        var party: Int32
        var currency: String
        var text: String
    }

    /// Lines that may belong to others.
    private var rows: [LedgerRow] = []
    /// Whether lines name the invoice that they belong to.
    private let namesInvoices: Bool
    private let give: (LedgerInvoice) -> Void
    private(set) var credits: [UnallocatedCredit] = []
    var findings: Findings
    /// Documents that took each other back.
    private(set) var cancelled = 0

    init(namesInvoices: Bool, findingsPerCodeMax: Int, give: @escaping (LedgerInvoice) -> Void) {
        self.namesInvoices = namesInvoices
        self.give = give
        findings = Findings(keptPerCodeMax: findingsPerCodeMax)
    }

    /// Adds a line.
    mutating func add(_ row: LedgerRow) {
        let isByItself = row.cents > 0 && row.matching.isEmpty && !namesInvoices
        if isByItself, row.open == 0 || (row.open == nil && row.paidOn != nil) {
            giveInvoice(row, .of(row))
        } else {
            rows.append(row)
        }
    }

    /// What was taken off a line so far, and what can still be.
    private struct Settlement {
        /// What is left to be explained; of a credit what is left to be used.
        var left: Int64
        var credited: Int64 = 0
        var payments: InvoicePayments = []
        var isCancelled = false

        /// That of a line. Not made from it, which would be a copy of its texts.
        static func of(_ row: LedgerRow) -> Settlement {
            var settled = Settlement(left: max(0, abs(row.cents) - abs(row.open ?? 0)))
            // An invoice tells what was paid for it in its own line.
            guard row.cents > 0 else { return settled }
            settled.credited = min(row.credited, settled.left)
            settled.left -= settled.credited
            if let paid = row.paid, let date = row.paidOn {
                let cents = min(max(paid, 0), settled.left)
                if cents > 0 { settled.payments.append(InvoicePayment(date: date, cents: cents)) }
                settled.left -= cents
            }
            return settled
        }
    }

    /// Matches what was added, and gives all of it away.
    mutating func finish() {
        var settlements = rows.map(Settlement.of)
        cancelPairs(&settlements)
        matchNamed(&settlements)
        matchGroups(&settlements)
        for (row, settlement) in zip(rows, settlements) where !settlement.isCancelled {
            row.cents > 0 ? giveInvoice(row, settlement) : giveCredit(row, settlement)
        }
        rows = []
    }

    private func key(_ row: LedgerRow, _ text: String) -> Key {
        Key(party: row.party, currency: row.currency?.code ?? "", text: text)
    }

    // MARK: Matching

    /// An invoice and its exact reversal under the same number, or matched with it, were never
    /// there.
    private func reversed(_ row: LedgerRow, by other: LedgerRow) -> Bool {
        guard row.cents > 0, other.cents == -row.cents, other.kind == .invoice else { return false }
        if !row.matching.isEmpty || !other.matching.isEmpty {
            return row.matching == other.matching
        }
        return !row.reference.isEmpty
            && (row.reference == other.reference || row.reference == other.matchedTo)
    }

    private mutating func cancelPairs(_ settlements: inout [Settlement]) {
        var reversals: [Key: [Int]] = [:]
        for (place, row) in rows.enumerated() where row.cents < 0 && row.kind == .invoice {
            for text in [row.matching, row.reference, row.matchedTo] where !text.isEmpty {
                reversals[key(row, text), default: []].append(place)
            }
        }
        if reversals.isEmpty { return }
        for (place, row) in rows.enumerated() where row.cents > 0 {
            for text in [row.matching, row.reference] where !text.isEmpty {
                let other = reversals[key(row, text)]?.first { other in
                    !settlements[other].isCancelled && reversed(row, by: rows[other])
                }
                guard let other, !settlements[place].isCancelled else { continue }
                settlements[place].isCancelled = true
                settlements[other].isCancelled = true
                cancelled += 2
            }
        }
    }

    /// Credits that name their invoice go to it.
    private mutating func matchNamed(_ settlements: inout [Settlement]) {
        guard namesInvoices else { return }
        var invoices: [Key: Int] = [:]
        for (place, row) in rows.enumerated() where row.cents > 0 {
            for text in [row.reference, row.document] where !text.isEmpty {
                if invoices[key(row, text)] == nil { invoices[key(row, text)] = place }
            }
        }
        for (place, row) in rows.enumerated() where row.cents < 0 && !row.matchedTo.isEmpty {
            if settlements[place].isCancelled { continue }
            if let invoice = invoices[key(row, row.matchedTo)] {
                apply(place, to: invoice, &settlements)
            } else if row.matching.isEmpty {
                findings.add(
                    Finding(.matchNotFound, at: row.source, field: "matched_to", [row.matchedTo])
                )
            }
        }
    }

    /// Credits of a group go to its invoices, the oldest due first; credit notes before payments.
    private mutating func matchGroups(_ settlements: inout [Settlement]) {
        var groups: [Key: [Int]] = [:]
        for (place, row) in rows.enumerated()
        where !row.matching.isEmpty && !settlements[place].isCancelled {
            groups[key(row, row.matching), default: []].append(place)
        }
        for places in groups.values where places.count > 1 {
            let rank = { [rows] (place: Int) in
                let row = rows[place]
                let date = row.cents > 0 ? row.due ?? row.date : row.date
                return (row.cents < 0 && row.isPayment ? 1 : 0, date ?? .first, place)
            }
            let sorted = places.sorted { rank($0) < rank($1) }
            for credit in sorted where rows[credit].cents < 0 {
                for invoice in sorted where rows[invoice].cents > 0 {
                    apply(credit, to: invoice, &settlements)
                    if settlements[credit].left <= 0 { break }
                }
            }
        }
    }

    private func apply(_ credit: Int, to invoice: Int, _ settlements: inout [Settlement]) {
        let cents = min(settlements[credit].left, settlements[invoice].left)
        guard cents > 0 else { return }
        settlements[credit].left -= cents
        settlements[invoice].left -= cents
        if rows[credit].isPayment, let date = rows[credit].date {
            settlements[invoice].payments.append(InvoicePayment(date: date, cents: cents))
        } else {
            settlements[invoice].credited += cents
        }
    }

    // MARK: Giving away

    private mutating func giveInvoice(_ row: LedgerRow, _ settlement: Settlement) {
        var invoice = LedgerInvoice(
            party: row.party,
            reference: row.reference,
            issued: row.issued ?? row.booked,
            due: row.due,
            dueSource: row.due == nil ? nil : .column,
            cents: row.cents,
            source: row.source
        )
        invoice.isDoubtful = row.isDoubtful
        invoice.currency = row.currency
        invoice.credited = settlement.credited
        invoice.payments = settlement.payments
        if invoice.payments.count > 1 { invoice.payments.sort { $0.date < $1.date } }
        invoice.open = row.open.map { max(0, $0) } ?? settlement.left
        if invoice.open > row.cents {
            note(.openExceedsAmount, row, invoice.open)
            invoice.open = row.cents
        }
        // What was settled by nothing that the export has.
        if row.open != nil || row.paidOn != nil || row.paid != nil, settlement.left > 0 {
            settle(&invoice, row, settlement.left)
        }
        give(invoice)
    }

    private mutating func settle(
        _ invoice: inout LedgerInvoice,
        _ row: LedgerRow,
        _ left: Int64
    ) {
        if let date = row.paidOn, row.paid == nil {
            invoice.payments.append(InvoicePayment(date: date, cents: left))
            if invoice.payments.count > 1 { invoice.payments.sort { $0.date < $1.date } }
            if row.open == nil { invoice.open = 0 }
            return
        }
        let isTold = row.open != nil
        let cents = isTold ? left : min(left, row.paidOn == nil ? max(row.paid ?? 0, 0) : 0)
        guard cents > 0 else { return }
        invoice.credited += cents
        if !isTold { invoice.open -= cents }
        note(.settledWithoutDate, row, cents)
    }

    private mutating func giveCredit(_ row: LedgerRow, _ settlement: Settlement) {
        let cents = row.open.map { min(abs($0), abs(row.cents)) } ?? settlement.left
        // Without a date no line gets here.
        guard cents > 0, row.open != nil || row.paidOn == nil, let date = row.date else { return }
        var credit = UnallocatedCredit(
            party: row.party,
            date: date,
            cents: cents,
            isPayment: row.isPayment,
            source: row.source
        )
        credit.currency = row.currency
        credits.append(credit)
    }

    private mutating func note(_ code: FindingCode, _ row: LedgerRow, _ cents: Int64) {
        findings.add(
            Finding(code, at: row.source, field: "open", [row.reference, CentsText.text(cents)])
        )
    }
}
