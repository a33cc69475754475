// SPDX-License-Identifier: Apache-2.0

// What a line on an account of customers or suppliers does, told from the entry that it is in.
// Suppliers are seen from their side: what is owed to them counts as what customers owe does.

internal import CreditFacts
internal import Quantities

/// One line of a third party.
struct LedgerMove: Sendable {
    /// What it does.
    enum Kind: Sendable {
        /// Something to be paid: an invoice, or what an earlier year left of one.
        case invoice
        /// Moved here from another account of the same party, such as 411 to 416.
        case transferIn
        /// Money given back, or a payment that the bank returned.
        case refund
        /// A credit note, or a credit that an earlier year left.
        case creditNote
        /// Moved to another account of the same party.
        case transferOut
        /// Given up.
        case writeOff
        /// Money.
        case payment
    }

    var kind: Kind
    /// Number of the account and the party within it.
    var place: Int32
    /// Number of the party.
    var party: Int32
    /// In cents; positive for what is owed.
    var cents: Int64
    /// When it was booked.
    var booked: CalendarDate
    /// The date of the piece; nil where it is lost.
    var issued: CalendarDate?
    /// The due date of the paper itself.
    var due: CalendarDate?
    /// The piece.
    var reference: String
    /// The code of what it was matched with; empty if it was not.
    var lettering: String
    /// Whether the account is that of doubtful customers.
    var isDoubtful: Bool
    /// The line of the file.
    var line: Int32

    /// Whether it is something to be paid.
    var isOwed: Bool { kind == .invoice || kind == .transferIn || kind == .refund }
}

/// What the other lines of an entry say about those of third parties.
struct EntryContents: Sendable {
    private var hasCash = false
    private var hasRevenue = false
    private var hasRevenueTakenBack = false
    private var hasCost = false
    private var hasCostTakenBack = false
    private var hasWriteOff = false
    private var isTaxSettlement = false
    private var charged: Int64 = 0
    private var deductible: Int64 = 0
    /// Whether it carries balances over from the year before.
    var isOpening = false

    /// Notes a line.
    mutating func note(_ line: JournalLine) {
        let account = line.account
        let isDebit = line.amount > 0
        switch account[0] {
        case UInt8(ascii: "4"): noteTax(line)
        case UInt8(ascii: "5"): hasCash = true
        case UInt8(ascii: "7"):
            if isDebit { hasRevenueTakenBack = true } else { hasRevenue = true }
        case UInt8(ascii: "6"):
            if account.starts(with: "654".utf8) || account.starts(with: "6714".utf8) {
                hasWriteOff = true
            }
            if isDebit { hasCost = true } else { hasCostTakenBack = true }
        // What is bought and not consumed.
        case UInt8(ascii: "2"), UInt8(ascii: "3"):
            if isDebit { hasCost = true } else { hasCostTakenBack = true }
        default: break
        }
    }

    private mutating func noteTax(_ line: JournalLine) {
        if line.account.starts(with: "4457".utf8) {
            charged -= line.amount
        } else if line.account.starts(with: "4455".utf8) || line.account.starts(with: "44567".utf8)
        {
            isTaxSettlement = true
        } else if line.account.starts(with: "4456".utf8) {
            deductible += line.amount
        }
    }

    /// Value added tax that was charged to customers, and that may be deducted, in cents; neither
    /// what was carried over nor the settlement with the state, which only clears the accounts.
    var valueAddedTax: (charged: Int64, deductible: Int64) {
        isOpening || isTaxSettlement ? (0, 0) : (charged, deductible)
    }

    /// Whether sales, or purchases, are in it.
    func isTrade(ofCustomers: Bool) -> Bool { ofCustomers ? hasRevenue : hasCost }

    /// What a line of a third party does.
    ///
    /// - Parameter isTransfer: Whether the entry has the opposite on another account of the party.
    func kind(owed cents: Int64, ofCustomers: Bool, isTransfer: Bool) -> LedgerMove.Kind {
        if cents > 0 {
            if isOpening || isTrade(ofCustomers: ofCustomers) { return .invoice }
            if isTransfer { return .transferIn }
            return hasCash ? .refund : .invoice
        }
        if isOpening { return .creditNote }
        if ofCustomers ? hasRevenueTakenBack : hasCostTakenBack { return .creditNote }
        if isTransfer { return .transferOut }
        if hasCash { return .payment }
        return hasWriteOff ? .writeOff : .creditNote
    }
}
