// SPDX-License-Identifier: Apache-2.0

// The lines of the entry that is being read: those of one journal and one number that follow each
// other. What a line of a customer does is known only when the whole entry is.

internal import CreditFacts
internal import Quantities
internal import VigieLimits

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
    /// Its lines of third parties; behind `moveCount` those of entries before.
    private(set) var moves: [LedgerMove] = []
    /// How many of them there are.
    private(set) var moveCount = 0
    /// What a receipt without a third party says of who paid, and when.
    private(set) var receipt = CashReceipt()
    private var journal = HeldText()
    private var number = HeldText()
    /// Its lines, as they were added to accounts, as long as they are not too many.
    private(set) var lines: [BookedLine] = []
    private var lineCount = 0
    private var day = CalendarDate.first
    private var journals = ByteTable()
    private var journalKinds: [JournalKind] = []
    private var journalKind = JournalKind.ordinary

    /// What a journal is for.
    private enum JournalKind {
        case ordinary, opening, closing
    }

    /// Whether a line belongs to it.
    func isSame(as line: JournalLine) -> Bool {
        isOpen && number.isSame(as: line.entry) && journal.isSame(as: line.journal)
    }

    /// Begins the entry of a line.
    mutating func begin(with line: JournalLine) {
        if !journal.isSame(as: line.journal) {
            journal.hold(line.journal)
            journalKind = kind(ofJournal: line)
        }
        number.hold(line.entry)
        firstLine = line.line
        day = line.entryDate
        isOpen = true
        contents.isOpening = journalKind == .opening
    }

    /// Whether a journal is that of balances carried over, or of closing entries, by its usual
    /// codes or by its name, which are told once for each code.
    private mutating func kind(ofJournal line: JournalLine) -> JournalKind {
        let number = Int(journals.number(of: line.journal))
        if number < journalKinds.count { return journalKinds[number] }
        let code = line.journal.map { $0 & 0xDF }
        let name = FrenchText.folded(WesternText.decoded(line.journalLabel)).filter(\.isLetter)
        let opens =
            code == [0x41, 0x4E] || ["RAN", "OUV", "ANO"].contains { code.starts(with: $0.utf8) }
            || ["anouveau", "ouverture", "openingbalance"].contains { name.contains($0) }
        let closes =
            code == [0x43, 0x4C] || code.starts(with: "CLO".utf8)
            || ["cloture", "closing"].contains { name.contains($0) }
        journalKinds.append(opens ? .opening : closes ? .closing : .ordinary)
        return opens ? .opening : closes ? .closing : .ordinary
    }

    /// Whether all of its lines are kept.
    var hasAllLines: Bool { lines.count == lineCount }

    /// Whether it may take all balances away at the end of a year that began on a day: a journal of
    /// balances carried over may have that beside what it opened with.
    func mayCloseBalances(firstDay: Int32) -> Bool {
        guard contents.hasCapital, hasAllLines else { return false }
        switch journalKind {
        case .ordinary: return false
        case .closing: return true
        // What takes back provisional balances stands at the start of the year.
        case .opening: return Int(day.dayNumber) - Int(firstDay) > 62
        }
    }

    /// Forgets it.
    mutating func end() {
        isOpen = false
        contents = EntryContents()
        balance = 0
        moveCount = 0
        lineCount = 0
        lines.removeAll(keepingCapacity: true)
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
        lineCount += 1
        if lines.count < PaperLimits.entryLinesKeptMaximum {
            let isOfYear = !account.isDisjoint(with: [.charges, .revenue])
            lines.append(
                BookedLine(
                    place: place,
                    debit: line.debit,
                    credit: line.credit,
                    isOfYear: isOfYear
                )
            )
        }
        contents.note(account, line.amount)
        if line.paymentDate != nil { receipt.note(line, account, &ledgers.customers) }
        if account.contains(.customers) {
            add(ledgers.customers.move(line, issued(line), place, account, contents, paper))
        } else if account.contains(.suppliers) {
            add(ledgers.suppliers.move(line, issued(line), place, account, contents, paper))
        }
    }

    private mutating func add(_ move: LedgerMove) {
        if moveCount < moves.count { moves[moveCount] = move } else { moves.append(move) }
        moveCount += 1
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
        let mayTransfer = moveCount > 1 && !contents.isOpening
        for place in 0..<moveCount {
            let (cents, ofCustomers) = (moves[place].cents, moves[place].side == 0)
            let kind = contents.kind(
                owed: cents,
                ofCustomers: ofCustomers,
                isTransfer: mayTransfer && isTransfer(moves[place])
            )
            moves[place].kind = kind
            // What was matched is what was moved away, not what came of it.
            if kind == .transferIn, moves[place].hasCodeOfEntry { moves[place].group = -1 }
        }
        if !opposites.isEmpty { opposites.removeAll(keepingCapacity: true) }
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
        if contents.isTrade(ofCustomers: move.side == 0) { return false }
        if moveCount <= 8 {
            for other in (0..<moveCount).reversed()
            where moves[other].side == move.side && moves[other].party == move.party
                && moves[other].cents == -move.cents
            {
                return moves[other].place != move.place
            }
            return false
        }
        if opposites.isEmpty {
            for move in moves.prefix(moveCount) {
                let key = Opposite(side: move.side, party: move.party, cents: move.cents)
                opposites[key] = move.place
            }
        }
        let key = Opposite(side: move.side, party: move.party, cents: -move.cents)
        return opposites[key].map { $0 != move.place } ?? false
    }
}
