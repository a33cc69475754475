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
    /// 0 for customers, 1 for suppliers.
    var side: UInt8
    /// Whether the account is that of doubtful customers.
    var isDoubtful: Bool
    /// Whether an earlier year left it.
    var isCarriedOver: Bool
    /// Whether its code is that of the entry as a whole.
    var hasCodeOfEntry: Bool
    /// Number of the account and the party within it.
    var place: Int32
    /// Number of the party.
    var party: Int32
    /// The group of lines that it was matched with; -1 if it was not.
    var group: Int32
    /// The move after it in the list that it is in; -1 for the last.
    var next: Int32 = -1
    /// In cents; positive for what is owed.
    var cents: Int64
    /// When it was booked.
    var booked: CalendarDate
    /// The date of the piece; nil where it is lost.
    var issued: CalendarDate?
    /// The due date of the paper itself.
    var due: CalendarDate?
    /// The day of payment, in the books of those who book payments only.
    var paid: CalendarDate?
    /// The piece.
    var reference: PackedText
    /// Where it was read.
    var source: PaperReference

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
    private var hasResult = false
    private var hasCharges = false
    private var hasOthers = false
    private var hasClosingBalance = false
    /// Whether capital is in it.
    private(set) var hasCapital = false
    private var charged: Int64 = 0
    private var deductible: Int64 = 0
    /// Whether it carries balances over from the year before.
    var isOpening = false

    /// Notes a line by its account and its amount, debit less credit.
    mutating func note(_ account: AccountTraits, _ amount: Int64) {
        if account.isDisjoint(with: [.result, .charges, .revenue]) { hasOthers = true }
        // Most lines are of accounts without any of these.
        if account.isDisjoint(with: Self.noted) { return }
        let isDebit = amount > 0
        if account.contains(.cash) { hasCash = true }
        if account.contains(.revenue) {
            if isDebit { hasRevenueTakenBack = true } else { hasRevenue = true }
        }
        if account.contains(.writeOff) { hasWriteOff = true }
        if account.contains(.cost) {
            if isDebit { hasCost = true } else { hasCostTakenBack = true }
        }
        if account.contains(.taxCharged) { charged -= amount }
        if account.contains(.taxDeductible) { deductible += amount }
        if account.contains(.taxSettled) { isTaxSettlement = true }
        if account.contains(.result) { hasResult = true }
        if account.contains(.charges) { hasCharges = true }
        if account.contains(.capital) { hasCapital = true }
        if account.contains(.closingBalance) { hasClosingBalance = true }
    }

    private static let noted: AccountTraits = [
        .cash, .revenue, .cost, .writeOff, .taxCharged, .taxDeductible, .taxSettled, .result,
        .charges, .closingBalance, .capital,
    ]

    /// Value added tax that was charged to customers, and that may be deducted, in cents; neither
    /// what was carried over nor the settlement with the state, which only clears the accounts.
    var valueAddedTax: (charged: Int64, deductible: Int64) {
        isOpening || isTaxSettlement ? (0, 0) : (charged, deductible)
    }

    /// Whether charges and income go to the result in it, so that what the year had is no longer in
    /// their balances; in what is carried over there are none.
    var takesYearToResult: Bool {
        hasResult && (hasRevenue || hasRevenueTakenBack || hasCharges)
    }

    /// Whether it closes the year, whatever else was booked: it does that and nothing else, or
    /// takes balances to those that the year is closed with.
    var isClosing: Bool { hasClosingBalance || takesYearToResult && !hasOthers }

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
