// SPDX-License-Identifier: Apache-2.0

// Invoices, and what became of them. Amounts are whole cents.

/// An invoice and what became of it.
public struct Invoice: Sendable, Hashable {
    /// Where a due date comes from; a weaker source lowers the confidence.
    public enum DueSource: Sendable, Hashable, CaseIterable {
        /// The invoice or the ledger.
        case column
        /// Terms that were agreed with this customer.
        case terms
        /// The legal term, for want of anything else.
        case legal
    }

    /// Something that was paid for it.
    public struct Payment: Sendable, Hashable {
        /// When.
        public var date: Day
        /// How much of the invoice.
        public var cents: Int64
        /// When the bank took it back; `nil` for what stayed.
        public var returned: Day?
        /// Whether nothing said that it is for this invoice.
        public var isPresumed: Bool

        /// Tells of a payment.
        ///
        /// - Parameters:
        ///   - date: When.
        ///   - cents: How much of the invoice.
        ///   - returned: When the bank took it back.
        ///   - isPresumed: Whether nothing said that it is for this invoice.
        public init(date: Day, cents: Int64, returned: Day? = nil, isPresumed: Bool = false) {
            self.date = date
            self.cents = cents
            self.returned = returned
            self.isPresumed = isPresumed
        }
    }

    /// A time in which the customer disputed it.
    public struct Dispute: Sendable, Hashable {
        /// When it began.
        public var opened: Day
        /// When it ended; `nil` while it goes on.
        public var closed: Day?

        /// Tells of a dispute.
        ///
        /// - Parameters:
        ///   - opened: When it began.
        ///   - closed: When it ended.
        public init(opened: Day, closed: Day? = nil) {
            (self.opened, self.closed) = (opened, closed)
        }
    }

    /// A payment that was announced.
    public struct Promise: Sendable, Hashable {
        /// When it was announced.
        public var made: Day
        /// For when.
        public var date: Day
        /// How much; `nil` for all that is open.
        public var cents: Int64?
        /// Whether the ledger goes as far as that day, so that a payment would be seen.
        public var isVerifiable: Bool

        /// Tells of a promise.
        ///
        /// - Parameters:
        ///   - made: When it was announced.
        ///   - date: For when.
        ///   - cents: How much; `nil` for all that is open.
        ///   - isVerifiable: Whether a payment would be seen.
        public init(made: Day, date: Day, cents: Int64? = nil, isVerifiable: Bool = true) {
            self.made = made
            self.date = date
            self.cents = cents
            self.isVerifiable = isVerifiable
        }
    }

    /// The amount with tax; negative for a credit note.
    public var cents: Int64
    /// What is open.
    public var open: Int64
    /// What credit notes and write-offs took off it.
    public var credited: Int64 = 0
    /// Its date.
    public var issued: Day?
    /// When it is due.
    public var due: Day?
    /// Where that comes from.
    public var dueSource: DueSource?
    /// The other side: any number that is the same for the same.
    public var party = 0
    /// Its number.
    public var reference = ""
    /// Whether it was booked as doubtful.
    public var isDoubtful = false
    /// Its currency by ISO 4217; `nil` where none is named.
    public var currency: String?
    /// What was paid, in the order of dates.
    public var payments: [Payment] = []
    /// When it was disputed, in the order of dates.
    public var disputes: [Dispute] = []
    /// What was promised.
    public var promises: [Promise] = []
    /// Where it stands.
    public var place = PaperPlace()

    /// An invoice for which nothing was paid yet.
    ///
    /// - Parameters:
    ///   - cents: The amount with tax.
    ///   - issued: Its date.
    ///   - due: When it is due.
    ///   - dueSource: Where that comes from.
    public init(cents: Int64, issued: Day?, due: Day?, dueSource: DueSource? = .column) {
        self.cents = cents
        open = cents
        self.issued = issued
        self.due = due
        self.dueSource = dueSource
    }
}

/// Money or a credit note that belongs to no invoice.
public struct UnallocatedCredit: Sendable, Hashable {
    /// How much is left of it.
    public var cents: Int64
    /// When it was booked.
    public var date: Day
    /// Whether it is money, not a credit note.
    public var isPayment: Bool
    /// The other side.
    public var party = 0
    /// Its currency by ISO 4217.
    public var currency: String?
    /// Where it stands.
    public var place = PaperPlace()

    /// Tells of a credit.
    ///
    /// - Parameters:
    ///   - cents: How much is left of it.
    ///   - date: When it was booked.
    ///   - isPayment: Whether it is money, not a credit note.
    public init(cents: Int64, date: Day, isPayment: Bool) {
        (self.cents, self.date, self.isPayment) = (cents, date, isPayment)
    }
}
