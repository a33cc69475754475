// SPDX-License-Identifier: Apache-2.0

// The lines of the entry that is being read: those of one journal and one number that follow each
// other. What a line of a customer does is known only when the whole entry is.

internal import CreditFacts
internal import Quantities

/// An entry while its lines come.
struct EntryInProgress {
    private struct PartyLine {
        var side: Int
        var move: LedgerMove
    }

    /// What its lines say.
    private(set) var contents = EntryContents()
    /// Debit less credit, in cents.
    private(set) var balance: Int64 = 0
    /// Where it begins.
    private(set) var firstLine: Int32 = 0
    /// Whether there is one.
    private(set) var isOpen = false
    private var key: [UInt8] = []
    private var journalCount = 0
    private var lines: [PartyLine] = []

    /// Whether a line belongs to it.
    func isSame(as line: JournalLine) -> Bool {
        guard isOpen, line.journal.count == journalCount,
            line.journal.count + line.entry.count == key.count
        else { return false }
        return key.prefix(journalCount).elementsEqual(line.journal)
            && key.dropFirst(journalCount).elementsEqual(line.entry)
    }

    /// Begins the entry of a line.
    mutating func begin(with line: JournalLine) {
        key.removeAll(keepingCapacity: true)
        key.append(contentsOf: line.journal)
        key.append(contentsOf: line.entry)
        journalCount = line.journal.count
        firstLine = line.line
        isOpen = true
        contents.isOpening = Self.isOpening(line.journal)
    }

    /// Whether a journal is that of balances carried over, by its usual codes.
    private static func isOpening(_ journal: UnsafeRawBufferPointer) -> Bool {
        let code = journal.map { $0 & 0xDF }
        return code == [0x41, 0x4E] || code.starts(with: "RAN".utf8)
            || code.starts(with: "OUV".utf8) || code.starts(with: "ANO".utf8)
    }

    /// Forgets it.
    mutating func end() {
        isOpen = false
        contents = EntryContents()
        balance = 0
        lines.removeAll(keepingCapacity: true)
    }

    /// Adds a line; `place` is the number of its account and party.
    mutating func add(_ line: JournalLine, place: Int32, parties: inout [ByteTable]) {
        balance += line.amount
        contents.note(line)
        guard let side = Self.side(line.account) else { return }
        // Whose account has no party of its own is the party: 411DUPONT.
        let party =
            line.thirdParty.isEmpty
            ? UnsafeRawBufferPointer(rebasing: line.account.dropFirst(3)) : line.thirdParty
        let number = parties[side].number(of: party)
        lines.append(
            PartyLine(
                side: side,
                move: LedgerMove(
                    kind: .invoice,
                    place: place,
                    party: number,
                    cents: side == 0 ? line.amount : -line.amount,
                    booked: line.entryDate,
                    issued: issued(line),
                    due: line.dueDate,
                    reference: WesternText.decoded(line.reference),
                    lettering: WesternText.decoded(line.lettering),
                    isDoubtful: line.account.starts(with: "416".utf8),
                    line: line.line
                )
            )
        )
    }

    /// The date of the piece. What was carried over as one sum has none: its piece is the carrying
    /// over itself.
    private func issued(_ line: JournalLine) -> CalendarDate? {
        guard contents.isOpening else { return line.pieceDate ?? line.entryDate }
        let date = line.pieceDate
        return date == line.entryDate ? nil : date
    }

    /// 0 for an account of customers with invoices, 1 for one of suppliers, nil for any other:
    /// advances, deposits and what is still to be invoiced are no invoices.
    private static func side(_ account: UnsafeRawBufferPointer) -> Int? {
        guard account[0] == 0x34 else { return nil }
        switch account[1] {
        case 0x31:
            if account[2] == 0x38 { return nil }
            if account[2] == 0x39 { return nil }
            return 0
        case 0x30:
            return account[2] == 0x38 || account[2] == 0x39 ? nil : 1
        default:
            return nil
        }
    }

    private struct Opposite: Hashable {
        var party: Int32
        var cents: Int64
    }

    /// What its lines of one side do.
    func moves(side: Int) -> [LedgerMove] {
        let own = lines.filter { $0.side == side }.map(\.move)
        // From one account of a party to another: 411 to 416.
        var places: [Opposite: Int32] = [:]
        if own.count > 1, !contents.isOpening, !contents.isTrade(ofCustomers: side == 0) {
            for move in own { places[Opposite(party: move.party, cents: move.cents)] = move.place }
        }
        return own.map { move in
            var move = move
            let opposite = places[Opposite(party: move.party, cents: -move.cents)]
            move.kind = contents.kind(
                owed: move.cents,
                ofCustomers: side == 0,
                isTransfer: opposite.map { $0 != move.place } ?? false
            )
            return move
        }
    }
}
