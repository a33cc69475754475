// SPDX-License-Identifier: Apache-2.0

// All that is known of one company, without any judgment of it.

/// Where a fact stands, in the caller's own numbers: assessments repeat it.
public struct PaperPlace: Sendable, Hashable {
    /// Which paper, from 0.
    public var paper: Int
    /// The line, from 1; 0 where lines do not tell places apart.
    public var line: Int

    /// Names a place.
    ///
    /// - Parameters:
    ///   - paper: Which paper, from 0.
    ///   - line: The line, from 1; 0 where there is none.
    public init(paper: Int = 0, line: Int = 0) {
        (self.paper, self.line) = (paper, line)
    }
}

/// What is known of a company. All of it may be absent. Amounts are whole cents.
public struct CompanyFacts: Sendable, Hashable {
    /// Its number in the French directory (SIREN), nine digits; needed with events and entries of
    /// registers.
    public var siren: String?
    /// Its name.
    public var name: String?
    /// Its statements, in any order.
    public var statements: [FinancialYear] = []
    /// What filings say of the year before theirs.
    public var comparatives: [FinancialYear] = []
    /// Filings of its accounts, with or without their statements.
    public var filings: [AccountsFiling] = []
    /// What courts and registers made known.
    public var events: [LegalEvent] = []
    /// What later notices took back.
    public var corrections: [NoticeCorrection] = []
    /// What registers say, the newest entry of each last.
    public var registerEntries: [RegisterEntry] = []
    /// What it owes and owed.
    public var owed: [Invoice] = []
    /// What its customers owe and owed it.
    public var receivable: [Invoice] = []
    /// Money of it, and credit notes, that belong to no invoice that it owes.
    public var unallocated: [UnallocatedCredit] = []
    /// Money of its customers, and credit notes to them, that belong to no invoice of
    /// ``receivable``.
    public var receivableCredits: [UnallocatedCredit] = []
    /// The last day that its own book speaks of; `nil` without one.
    public var ledgerUntil: Day?
    /// Whether records of papers about it could not be used: it lowers the confidence.
    public var hasDoubtfulPapers = false
    /// What it sold month by month, of its own book; each month once. Without it, the invoices of
    /// ``receivable`` tell, where those that were paid are there, too.
    public var sales: [MonthlySales] = []

    /// A company of which nothing is known yet.
    ///
    /// - Parameters:
    ///   - siren: Its number; `nil` if it is not known.
    ///   - name: Its name.
    public init(siren: String? = nil, name: String? = nil) {
        (self.siren, self.name) = (siren, name)
    }
}

/// What was sold in a month.
public struct MonthlySales: Sendable, Hashable {
    /// The year.
    public var year: Int
    /// The month, from 1 to 12.
    public var month: Int
    /// What was sold, with tax, in cents.
    public var cents: Int64

    /// Tells of a month.
    ///
    /// - Parameters:
    ///   - year: The year.
    ///   - month: The month, from 1 to 12.
    ///   - cents: What was sold, with tax, in cents.
    public init(year: Int, month: Int, cents: Int64) {
        (self.year, self.month, self.cents) = (year, month, cents)
    }
}

/// A statement of a year, by the lines of the French tax forms.
public struct FinancialYear: Sendable, Hashable {
    /// Which form a statement was made on.
    public enum Form: Sendable, Hashable, CaseIterable {
        /// Complete (2050 and following).
        case complete
        /// Simplified (2033).
        case simplified
        /// Of a group, on the complete form; shown apart, never scored.
        case consolidated
    }

    /// Rules of accounting; amounts across them cannot be compared.
    public enum Rules: Sendable, Hashable, CaseIterable {
        /// The French general plan of accounts until 2024.
        case plan2024
        /// With regulation ANC 2022-06.
        case plan2025
    }

    /// The day on which the year ends.
    public var closing: Day
    /// Months that it covers.
    public var months: Int
    /// The form.
    public var form: Form
    /// The rules that it follows; `nil` leaves it to the dates.
    public var rules: Rules?
    /// When it was filed; `nil` where that is not known, and it counts from its closing.
    public var published: Day?
    /// Amounts in cents by line, such as `"FL"`; of an asset that is written off the gross one. A
    /// line that is not there is empty on the form.
    public var cents: [String: Int64]
    /// Where it stands.
    public var place: PaperPlace

    /// Makes a statement.
    ///
    /// - Parameters:
    ///   - closing: The day on which the year ends.
    ///   - months: Months that it covers.
    ///   - form: The form.
    ///   - rules: The rules that it follows; `nil` leaves it to the dates.
    ///   - published: When it was filed.
    ///   - cents: Amounts in cents by line.
    ///   - place: Where it stands.
    public init(
        closing: Day,
        months: Int = 12,
        form: Form = .complete,
        rules: Rules? = nil,
        published: Day? = nil,
        cents: [String: Int64],
        place: PaperPlace = PaperPlace()
    ) {
        self.closing = closing
        self.months = months
        self.form = form
        self.rules = rules
        self.published = published
        self.cents = cents
        self.place = place
    }
}

/// A filing of accounts, which is a fact even where its statement is not known.
public struct AccountsFiling: Sendable, Hashable {
    /// The day on which the year ends.
    public var closing: Day
    /// When it was filed.
    public var filed: Day?
    /// Whether these are accounts at the beginning of a liquidation.
    public var isOfLiquidation: Bool
    /// Where it stands.
    public var place: PaperPlace

    /// Tells of a filing.
    ///
    /// - Parameters:
    ///   - closing: The day on which the year ends.
    ///   - filed: When it was filed.
    ///   - isOfLiquidation: Whether these are accounts at the beginning of a liquidation.
    ///   - place: Where it stands.
    public init(
        closing: Day,
        filed: Day? = nil,
        isOfLiquidation: Bool = false,
        place: PaperPlace = PaperPlace()
    ) {
        self.closing = closing
        self.filed = filed
        self.isOfLiquidation = isOfLiquidation
        self.place = place
    }
}
