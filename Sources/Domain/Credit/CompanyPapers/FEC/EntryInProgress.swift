// SPDX-License-Identifier: Apache-2.0

// The lines of the entry that is being read: those of one journal and one number that follow each
// other. What a line of a customer does is known only when the whole entry is.

internal import CreditFacts
internal import Quantities

/// An entry while its lines come.
struct EntryInProgress {
    /// What its lines say.
    private(set) var contents = EntryContents()
    /// Debit less credit, in cents.
    private(set) var balance: Int64 = 0
    /// Where it begins.
    private(set) var firstLine: Int32 = 0
    /// Whether there is one.
    private(set) var isOpen = false
    /// Its lines of third parties.
    private(set) var moves: [LedgerMove] = []
    /// What a receipt without a third party says of who paid, and when.
    private(set) var receipt = CashReceipt()
    private var key: [UInt8] = []
    private var journalCount = 0
    private var journals = ByteTable()
    private var journalOpens: [Bool] = []

    /// Whether a line belongs to it.
    func isSame(as line: JournalLine) -> Bool {
        guard isOpen, line.journal.count == journalCount,
            line.journal.count + line.entry.count == key.count
        else { return false }
        return key.withUnsafeBytes { key in
            TextHash.isSame(key.baseAddress, journalCount, line.entry)
                && TextHash.isSame(key.baseAddress, 0, line.journal)
        }
    }

    /// Begins the entry of a line.
    mutating func begin(with line: JournalLine) {
        key.removeAll(keepingCapacity: true)
        key.append(contentsOf: line.journal)
        key.append(contentsOf: line.entry)
        journalCount = line.journal.count
        firstLine = line.line
        isOpen = true
        contents.isOpening = isOpening(line)
    }

    /// Whether the journal is that of balances carried over, by its usual codes or by its name,
    /// which are told once for each code.
    private mutating func isOpening(_ line: JournalLine) -> Bool {
        let number = Int(journals.number(of: line.journal))
        if number < journalOpens.count { return journalOpens[number] }
        let code = line.journal.map { $0 & 0xDF }
        let name = FrenchText.folded(WesternText.decoded(line.journalLabel)).filter(\.isLetter)
        let opens =
            code == [0x41, 0x4E] || ["RAN", "OUV", "ANO"].contains { code.starts(with: $0.utf8) }
            || ["anouveau", "ouverture", "openingbalance"].contains { name.contains($0) }
        journalOpens.append(opens)
        return opens
    }

    /// Forgets it.
    mutating func end() {
        isOpen = false
        contents = EntryContents()
        balance = 0
        if !moves.isEmpty { moves.removeAll(keepingCapacity: true) }
        if receipt.hasCustomer { receipt = CashReceipt() }
    }

    /// Adds a line; `place` is the number of its account and party.
    mutating func add(
        _ line: JournalLine,
        paper: Int32,
        place: Int32,
        account: AccountTraits,
        ledgers: inout PartyLedgers
    ) {
        balance += line.amount
        contents.note(account, line.amount)
        if line.paymentDate != nil { receipt.note(line, account, &ledgers.customers) }
        if account.contains(.customers) {
            ledgers.customers.take(line, issued(line), place, account, contents, paper, &moves)
        } else if account.contains(.suppliers) {
            ledgers.suppliers.take(line, issued(line), place, account, contents, paper, &moves)
        }
    }

    /// The date of the piece. What was carried over as one sum has none: its piece is the carrying
    /// over itself.
    private func issued(_ line: JournalLine) -> CalendarDate? {
        guard contents.isOpening else { return line.pieceDate ?? line.entryDate }
        let date = line.pieceDate
        return date == line.entryDate ? nil : date
    }

    // MARK: What its lines do

    /// Says of each line of a third party what it does.
    mutating func decide() {
        for place in moves.indices {
            let move = moves[place]
            moves[place].kind = contents.kind(
                owed: move.cents,
                ofCustomers: move.side == 0,
                isTransfer: isTransfer(move)
            )
            // What was matched is what was moved away, not what came of it.
            if moves[place].kind == .transferIn, move.hasCodeOfEntry { moves[place].group = -1 }
        }
        opposites.removeAll(keepingCapacity: true)
    }

    private struct Opposite: Hashable {
        var side: UInt8
        var party: Int32
        var cents: Int64
    }

    /// Places of moves by what they are; made when an entry has too many to look at them all.
    private var opposites: [Opposite: Int32] = [:]

    /// Whether the entry has the opposite on another account of the party: 411 to 416.
    private mutating func isTransfer(_ move: LedgerMove) -> Bool {
        let isTrade = contents.isTrade(ofCustomers: move.side == 0)
        guard moves.count > 1, !contents.isOpening, !isTrade else { return false }
        if moves.count <= 8 {
            let opposite = moves.last {
                $0.side == move.side && $0.party == move.party && $0.cents == -move.cents
            }
            return opposite.map { $0.place != move.place } ?? false
        }
        if opposites.isEmpty {
            for move in moves {
                let key = Opposite(side: move.side, party: move.party, cents: move.cents)
                opposites[key] = move.place
            }
        }
        let key = Opposite(side: move.side, party: move.party, cents: -move.cents)
        return opposites[key].map { $0 != move.place } ?? false
    }
}
