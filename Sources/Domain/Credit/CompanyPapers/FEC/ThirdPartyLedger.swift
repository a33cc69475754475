// SPDX-License-Identifier: Apache-2.0

// The ledger of customers, or of suppliers, out of the lines of a journal. What is matched to
// nothing left is settled at once and forgotten, so memory goes by what is open.

internal import CreditFacts
internal import PaymentTerms
internal import Quantities

/// Both ledgers of a book.
struct PartyLedgers {
    var customers: ThirdPartyLedger
    var suppliers: ThirdPartyLedger
}

/// A ledger while its journal is read.
struct ThirdPartyLedger {
    /// The parties, by number.
    private(set) var parties = ByteTable()
    private let side: UInt8
    private let terms: @Sendable (_ party: String) -> PaymentTerm?
    private let emit: (LedgerInvoice) -> Void
    private var partyTerms: [PaymentTerm?] = []
    /// The party of each account and third party, or -1 for one that is not seen yet.
    private var partyOfPlace: [Int32] = []
    /// The first and last unmatched move of each party.
    private var loose: [(first: Int32, last: Int32)] = []
    private var moves = MoveStore()
    private var groups = MatchedGroups()
    /// Groups that the entry has moves of.
    private var touched: [Int32] = []

    /// Makes a ledger that gives each invoice away once nothing of it can change any more.
    init(
        side: UInt8,
        terms: @escaping @Sendable (_ party: String) -> PaymentTerm?,
        emit: @escaping (LedgerInvoice) -> Void
    ) {
        self.side = side
        self.terms = terms
        self.emit = emit
    }

    /// The number of a party, which is new if it was not seen before.
    mutating func number(of party: UnsafeRawBufferPointer) -> Int32 {
        let number = parties.number(of: party)
        if Int(number) == partyTerms.count {
            partyTerms.append(terms(parties.text(at: number)))
            loose.append((-1, -1))
        }
        return number
    }

    /// The party of a line. Whose account has no party of its own is the party: 411DUPONT.
    private mutating func party(of line: JournalLine, _ place: Int32) -> Int32 {
        let place = Int(place)
        if place < partyOfPlace.count, partyOfPlace[place] >= 0 { return partyOfPlace[place] }
        while partyOfPlace.count <= place { partyOfPlace.append(-1) }
        let name =
            line.thirdParty.isEmpty
            ? UnsafeRawBufferPointer(rebasing: line.account.dropFirst(3)) : line.thirdParty
        partyOfPlace[place] = number(of: name)
        return partyOfPlace[place]
    }

    /// Asks memory for where the group of a line is looked for.
    func foresee(_ place: Int32, _ lettering: UnsafeRawBufferPointer) {
        groups.foresee(place, lettering)
    }

    /// Packs the number of a piece.
    mutating func pack(_ reference: UnsafeRawBufferPointer) -> PackedText {
        moves.texts.pack(reference)
    }

    /// What a line on an account of the ledger does, as far as it tells by itself.
    mutating func move(
        _ line: JournalLine,
        _ issued: CalendarDate?,
        _ place: Int32,
        _ account: AccountTraits,
        _ entry: EntryContents,
        _ paper: Int32
    ) -> LedgerMove {
        LedgerMove(
            kind: .invoice,
            side: side,
            isDoubtful: account.contains(.doubtful),
            isCarriedOver: entry.isOpening,
            hasCodeOfEntry: line.hasLetteringOfEntry,
            place: place,
            party: party(of: line, place),
            group: line.lettering.isEmpty ? -1 : groups.number(place, line.lettering),
            cents: side == 0 ? line.amount : -line.amount,
            booked: line.entryDate,
            issued: issued,
            due: line.dueDate,
            paid: line.paymentDate,
            reference: pack(line.reference),
            source: PaperReference(paper: paper, line: line.line)
        )
    }

    /// Adds a move of an entry that is complete.
    mutating func add(_ move: LedgerMove) {
        let number = moves.add(move)
        guard move.group >= 0 else {
            let last = loose[Int(move.party)].last
            if last < 0 { loose[Int(move.party)].first = number } else { moves.link(last, number) }
            loose[Int(move.party)].last = number
            return
        }
        let last = groups[move.group].last
        if last >= 0 { moves.link(last, number) }
        if groups[move.group].add(number, move) == 0 { touched.append(move.group) }
    }

    /// Settles the groups that the entry's moves brought to nothing left.
    mutating func endEntry() {
        guard !touched.isEmpty else { return }
        // One as a rule, and for that no general removal is run.
        if touched.count == 1, let number = touched.popLast() { return settleIfEven(number) }
        for number in touched { settleIfEven(number) }
        touched.removeAll(keepingCapacity: true)
    }

    private mutating func settleIfEven(_ number: Int32) {
        if groups[number].count > 0, groups[number].left == 0 { settle(number) }
    }

    private mutating func settle(_ number: Int32) {
        let group = groups[number]
        if group.owedCount == 1, group.count == 2 {
            settlePair(group)
        } else {
            let list = moves.list(from: group.first)
            tell(allocate(list.filter(\.isOwed).map(owed), list, .together))
        }
        moves.free(from: group.first)
        groups.remove(number)
    }

    /// An invoice and what settles it: what most groups are.
    private func settlePair(_ group: MatchedGroups.Group) {
        var (owed, credit) = (moves[group.first], moves[group.last])
        if credit.isOwed { (owed, credit) = (credit, owed) }
        guard owed.kind != .refund, credit.kind != .transferOut else { return }
        var invoice = invoice(owed)
        if credit.kind == .payment {
            invoice.payments = [InvoicePayment(date: credit.booked, cents: owed.cents)]
        } else {
            invoice.credited = owed.cents
        }
        invoice.open = 0
        emit(invoice)
    }

    // MARK: The end of the book

    /// Settles what is left, and tells what belongs to no invoice.
    ///
    /// - Parameter partial: Told each code whose moves do not come to zero, where it stands first,
    ///   and what is left of it.
    mutating func finish(
        partial: (String, PaperReference, Int64) -> Void
    ) -> [UnallocatedCredit] {
        // Credits that somebody matched with what is not there: with what was carried over as one
        // sum and has no code.
        var waiting: [Int32: [LedgerMove]] = [:]
        var left: [Int32: [(move: LedgerMove, cents: Int64)]] = [:]
        for number in groups.all(before: { moves[$0].source.line < moves[$1].source.line }) {
            let group = groups[number]
            let list = moves.list(from: group.first)
            guard group.owedCount > 0 else {
                for move in list { waiting[move.party, default: []].append(move) }
                continue
            }
            partial(groups.code(number), moves[group.first].source, group.left)
            guard group.owedCount < group.count else {
                for move in list { emit(invoice(move)) }
                continue
            }
            let allocation = allocate(list.filter(\.isOwed).map(owed), list, .together)
            tell(allocation)
            // Matched with this group by somebody: not given to other invoices.
            for credit in allocation.credits {
                left[credit.move.party, default: []].append(credit)
            }
        }
        var unallocated: [UnallocatedCredit] = []
        for party in loose.indices {
            let number = Int32(truncatingIfNeeded: party)
            let list = moves.list(from: loose[party].first)
            var credits = finish(list, waiting[number] ?? []) { move, cents in
                partial(groups.code(move.group), move.source, -cents)
            }
            credits += left[number] ?? []
            unallocated += credits.map { move, cents in
                UnallocatedCredit(
                    party: move.party,
                    date: move.booked,
                    cents: cents,
                    isPayment: move.kind == .payment,
                    source: move.source
                )
            }
        }
        return unallocated
    }

    private func finish(
        _ list: [LedgerMove],
        _ waiting: [LedgerMove],
        partial: (LedgerMove, Int64) -> Void
    ) -> [(move: LedgerMove, cents: Int64)] {
        if waiting.isEmpty, list.allSatisfy({ $0.isOwed && $0.paid == nil }) {
            for move in list { emit(invoice(move)) }
            return []
        }
        let owed = list.filter(\.isOwed)
        let carried = allocate(
            owed.filter(\.isCarriedOver).map(self.owed),
            waiting,
            .carriedOver
        )
        for (move, cents) in carried.credits { partial(move, cents) }
        let rest = owed.filter { !$0.isCarriedOver }.map(self.owed)
        var allocation = allocate(carried.owed + rest, list, .unmatched)
        // Where payments have no lines of their own, the invoice's line says when it was paid.
        if !list.contains(where: { $0.kind == .payment }) { allocation.payOnKnownDays() }
        tell(allocation)
        return allocation.credits + carried.credits
    }

    /// Tells of invoices. What was moved to another account is told of there; money given back is
    /// owed again, and no invoice once it has come.
    private func tell(_ allocation: InvoiceAllocation) {
        for owed in allocation.owed
        where owed.invoice.cents > 0 && !(owed.isRefund && owed.invoice.open == 0) {
            emit(owed.invoice)
        }
    }

    private func allocate(
        _ owed: [OwedItem],
        _ moves: [LedgerMove],
        _ rule: InvoiceAllocation.Rule
    ) -> InvoiceAllocation {
        InvoiceAllocation(
            owed: owed,
            credits: moves.filter { !$0.isOwed }.map { ($0, self.moves.texts.text($0.reference)) },
            rule: rule
        )
    }

    private func owed(_ move: LedgerMove) -> OwedItem {
        OwedItem(invoice: invoice(move), isRefund: move.kind == .refund, paid: move.paid)
    }

    private func invoice(_ move: LedgerMove) -> LedgerInvoice {
        var invoice = LedgerInvoice(
            party: move.party,
            reference: moves.texts.text(move.reference),
            issued: move.issued,
            cents: move.cents,
            source: move.source
        )
        invoice.isDoubtful = move.isDoubtful
        if move.kind == .refund {
            (invoice.due, invoice.dueSource) = (move.booked, .column)
        } else if let due = move.due {
            (invoice.due, invoice.dueSource) = (due, .column)
        } else if let issued = move.issued {
            let agreed = partyTerms[Int(move.party)]
            invoice.due = (agreed ?? LegalTerms.unlessAgreed).due(from: issued)
            invoice.dueSource = agreed == nil ? .legal : .terms
        }
        return invoice
    }
}
