// SPDX-License-Identifier: Apache-2.0

// Sums of all parties of a ledger whose invoices go by once. Invoices of many parties come in any
// order, so that the sums of each are asked for from memory one invoice ahead.

internal import CPrefetch
package import CreditFacts

/// Sums of the parties of a ledger while it is read.
package final class LedgerTotals {
    private let window: PaymentWindow
    // Each invoice changes these; nothing that does calls anything in between.
    @exclusivity(unchecked) private var parties: [PartyTotals] = []
    /// The last invoice, which is not in any sum yet.
    private let last: UnsafeMutablePointer<LedgerInvoice>
    @exclusivity(unchecked) private var hasLast = false

    /// Nothing yet.
    package init(_ window: PaymentWindow) {
        self.window = window
        last = .allocate(capacity: 1)
    }

    deinit {
        if hasLast { last.deinitialize(count: 1) }
        last.deallocate()
    }

    /// Adds an invoice as it stands on the window's last day.
    package func add(_ invoice: LedgerInvoice) {
        let place = Int(invoice.party)
        while parties.count <= place { parties.append(PartyTotals()) }
        parties.withUnsafeBytes { bytes in
            let start = place &* MemoryLayout<PartyTotals>.stride
            // What payments add to, and beside it; what is open lies two lines further.
            vigie_prefetch(bytes.baseAddress, start)
            vigie_prefetch(bytes.baseAddress, start &+ 64)
            if invoice.open > 0 { vigie_prefetch(bytes.baseAddress, start &+ 128) }
        }
        if hasLast {
            parties[Int(last.pointee.party)].add(at: last, window)
            last.pointee = invoice
        } else {
            last.initialize(to: invoice)
            hasLast = true
        }
    }

    /// The sums by party, in the order of their numbers; nothing for one that had no invoice.
    package func finish() -> [PartyTotals] {
        if hasLast {
            parties[Int(last.pointee.party)].add(at: last, window)
            last.deinitialize(count: 1)
            hasLast = false
        }
        return parties
    }
}
