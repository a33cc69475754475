// SPDX-License-Identifier: Apache-2.0

// The ledger of customers, or of suppliers, out of the lines of a journal. What is matched to
// nothing left is settled at once and forgotten, so memory goes by what is open.

internal import CreditFacts
internal import PaymentTerms
internal import Quantities

/// A ledger while its journal is read.
struct ThirdPartyLedger {
    private struct GroupKey: Hashable {
        var place: Int32
        var code: String
    }

    private struct Group {
        var left: Int64 = 0
        var moves: [LedgerMove] = []
    }

    private let paper: Int32
    private let terms: @Sendable (_ party: String) -> PaymentTerm?
    private let emit: (LedgerInvoice) -> Void
    private var groups: [GroupKey: Group] = [:]
    private var loose: [Int32: [LedgerMove]] = [:]
    private var termsByParty: [Int32: PaymentTerm?] = [:]

    /// Makes a ledger that gives each invoice away once nothing of it can change any more.
    init(
        paper: Int32,
        terms: @escaping @Sendable (_ party: String) -> PaymentTerm?,
        emit: @escaping (LedgerInvoice) -> Void
    ) {
        self.paper = paper
        self.terms = terms
        self.emit = emit
    }

    /// Adds a line. `name` is asked for the party's own number.
    mutating func add(_ move: LedgerMove, name: () -> String) {
        if termsByParty[move.party] == nil { termsByParty[move.party] = .some(terms(name())) }
        guard !move.lettering.isEmpty else {
            loose[move.party, default: []].append(move)
            return
        }
        // Codes begin anew with each year and each customer.
        let key = GroupKey(place: move.place, code: move.lettering)
        groups[key, default: Group()].moves.append(move)
        groups[key, default: Group()].left += move.cents
        if groups[key]?.left == 0, let group = groups.removeValue(forKey: key) {
            settle(group.moves)
        }
    }

    /// Settles what is left, and tells what belongs to no invoice.
    ///
    /// - Parameter partial: Told each group that does not come to zero, with what is left of it.
    mutating func finish(partial: (LedgerMove, Int64) -> Void) -> [UnallocatedCredit] {
        let firstLine = { (group: Group) in group.moves.first?.line ?? 0 }
        for group in groups.values.sorted(by: { firstLine($0) < firstLine($1) }) {
            guard let first = group.moves.first else { continue }
            partial(first, group.left)
            let allocation = allocate(group.moves, datedOnly: false)
            tell(allocation)
            // Matched with this group by somebody: not given to other invoices.
            for credit in allocation.credits {
                var move = credit.move
                move.cents = -credit.left
                move.lettering = "?"
                loose[move.party, default: []].append(move)
            }
        }
        groups = [:]
        var unallocated: [UnallocatedCredit] = []
        for party in loose.keys.sorted() {
            unallocated += finish(loose[party] ?? [])
        }
        return unallocated
    }

    private func finish(_ moves: [LedgerMove]) -> [UnallocatedCredit] {
        let allocation = allocate(moves.filter { $0.lettering.isEmpty }, datedOnly: true)
        tell(allocation)
        let left =
            allocation.credits
            + moves.filter { !$0.lettering.isEmpty }.map { ($0, -$0.cents) }
        return left.map { move, cents in
            UnallocatedCredit(
                party: move.party,
                date: move.booked,
                cents: cents,
                isPayment: move.kind == .payment,
                source: PaperReference(paper: paper, line: move.line)
            )
        }
    }

    /// Tells of invoices. What was moved to another account is told of there; money given back is
    /// owed again, and no invoice once it has come.
    private func tell(_ allocation: InvoiceAllocation) {
        for (invoice, isRefund) in zip(allocation.invoices, allocation.isRefund)
        where invoice.cents > 0 && !(isRefund && invoice.open == 0) {
            emit(invoice)
        }
    }

    private func settle(_ moves: [LedgerMove]) {
        tell(allocate(moves, datedOnly: false))
    }

    private func allocate(_ moves: [LedgerMove], datedOnly: Bool) -> InvoiceAllocation {
        let owed = moves.filter(\.isOwed)
        return InvoiceAllocation(
            invoices: owed.map(invoice),
            isRefund: owed.map { $0.kind == .refund },
            credits: moves.filter { !$0.isOwed },
            datedOnly: datedOnly
        )
    }

    private func invoice(_ move: LedgerMove) -> LedgerInvoice {
        var invoice = LedgerInvoice(
            party: move.party,
            reference: move.reference,
            issued: move.issued,
            cents: move.cents,
            source: PaperReference(paper: paper, line: move.line)
        )
        invoice.isDoubtful = move.isDoubtful
        if move.kind == .refund {
            (invoice.due, invoice.dueSource) = (move.booked, .column)
        } else if let due = move.due {
            (invoice.due, invoice.dueSource) = (due, .column)
        } else if let issued = move.issued {
            let agreed = termsByParty[move.party] ?? nil
            invoice.due = (agreed ?? LegalTerms.unlessAgreed).due(from: issued)
            invoice.dueSource = agreed == nil ? .legal : .terms
        }
        return invoice
    }
}
