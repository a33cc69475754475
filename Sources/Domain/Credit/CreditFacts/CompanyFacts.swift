// SPDX-License-Identifier: Apache-2.0

// All that is known of one company, from whatever papers, without any judgment of it.

package import Quantities

/// A filing of accounts, which is a fact even where its statement cannot be used.
package struct AccountsFiling: Sendable, Hashable {
    /// The day on which the year ends.
    package var closing: CalendarDate
    /// When it was filed; nil where the paper does not say.
    package var filed: CalendarDate?
    /// Whether these are accounts at the beginning of a liquidation.
    package var isOfLiquidation: Bool
    /// Where it was read.
    package var source: PaperReference

    /// Tells of a filing.
    package init(
        closing: CalendarDate,
        filed: CalendarDate?,
        isOfLiquidation: Bool,
        source: PaperReference
    ) {
        self.closing = closing
        self.filed = filed
        self.isOfLiquidation = isOfLiquidation
        self.source = source
    }
}

/// Whose book says what a company owes.
package enum LedgerOwner: Sendable, Hashable, CaseIterable {
    /// Its own, or lists of several creditors: what it owes to anybody.
    case company
    /// That of whoever follows it: what it owes to him.
    case creditor
}

/// What is known of a company.
package struct CompanyFacts: Sendable {
    /// Its number; nil for a company of which papers give only the name.
    package var siren: SIREN?
    /// Its name; nil where no paper gives it.
    package var name: String?
    /// Its statements, in any order.
    package var statements: [FinancialStatement] = []
    /// What filings say of the year before theirs.
    package var comparatives: [FinancialStatement] = []
    /// Its filings of accounts.
    package var filings: [AccountsFiling] = []
    /// What courts and registers made known.
    package var events: [LegalEvent] = []
    /// What later notices took back.
    package var corrections: [NoticeCorrection] = []
    /// What registers say.
    package var registerEntries: [RegisterEntry] = []
    /// What it owes and owed: its own book of suppliers, or creditors' lists of what it owes them.
    package var owed: [LedgerInvoice] = []
    /// What its customers owe and owed it.
    package var receivable: [LedgerInvoice] = []
    /// What it sold, with tax, in cents by month: year times 12 and the month from 0; empty where
    /// no book tells.
    package var salesByMonth: [Int: Int64] = [:]
    /// Money of its own, and credit notes, that its creditors could give to no invoice.
    package var unallocated: [UnallocatedCredit] = []
    /// The last day that its own book speaks of; nil without one. What is open is looked at on that
    /// day: what came later is not known.
    package var ledgerUntil: CalendarDate?
    /// Whose book `owed` and `unallocated` are from.
    package var ledgerOwner = LedgerOwner.company
    /// Money of its customers, and credit notes to them, that belong to no invoice.
    package var receivableCredits: [UnallocatedCredit] = []
    /// Whether records of papers about it could not be used, or papers have warnings.
    package var hasDoubtfulPapers = false
    /// The warnings and errors of papers that are about it.
    package var paperFindings: [Finding] = []

    /// A company of which nothing is known yet.
    package init(siren: SIREN?) { self.siren = siren }
}
