// SPDX-License-Identifier: Apache-2.0

// What a run found of a block, for those who watch portfolios: they look at it in the transaction
// that keeps it, so that of two servers that work on a block one is heard, and one that is killed
// is not.

package import Databases
package import Quantities

/// What a run found of a company, beside what was found before.
package struct ScoredCompany: Sendable, Equatable {
    /// What else was seen in its facts, for rules that look at more than scores.
    package struct Figures: Sendable, Equatable {
        /// The index of payments, from 0 to 100; high is good.
        package var paymentIndex: Double?
        /// Days that it pays beyond terms.
        package var daysBeyondTerms: Double?
        /// Promises to pay that were broken.
        package var brokenPromises: Double?
        /// The part of what it owes that is late by more than 30 days, from 0 to 1.
        package var overdueShare: Double?
        /// The end of the last year that a statement tells of.
        package var lastClosing: CalendarDate?
        /// How much is known, as a number that grows with it.
        package var dataDepth: Double?
        /// Classes by which published models differ from ours.
        package var divergence: Double?

        /// Nothing was seen.
        package init() {}
    }

    /// What the run before found; nil where none scored it.
    package var before: CompanyScore?
    /// What this run found.
    package var now: CompanyScore
    /// What this run's model says of the facts of the run before; nil where the same model scored
    /// then, or none did.
    package var beforeByThisModel: CompanyScore?
    /// What courts and registers made known since the run before, by the names of events.
    package var legalEvents: [String] = []
    /// What else was seen.
    package var figures = Figures()

    /// Takes what was found.
    package init(before: CompanyScore?, now: CompanyScore) {
        (self.before, self.now) = (before, now)
    }
}

/// What a run found of the companies of a block.
package struct ScoredBlock: Sendable {
    /// The number of the run.
    package var run: Int
    /// The day as of which it is.
    package var day: CalendarDate
    /// The slots of the block.
    package var slots: Range<Int>
    /// The portfolio that the run is for; nil for all.
    package var portfolio: Int?
    /// The companies, in the order of their slots.
    package var companies: [ScoredCompany]

    /// Takes what was found.
    package init(
        run: Int,
        day: CalendarDate,
        slots: Range<Int>,
        portfolio: Int? = nil,
        companies: [ScoredCompany]
    ) {
        (self.run, self.day, self.slots) = (run, day, slots)
        (self.portfolio, self.companies) = (portfolio, companies)
    }
}

/// Somebody who looks at what runs find.
package protocol RunFollower: Sendable {
    /// Looks at a block, in the transaction that keeps it.
    func follow(_ block: ScoredBlock, _ connection: any DatabaseConnection) throws(DatabaseError)

    /// Looks at a run that has ended, in the transaction that ends it; once for each run.
    func end(_ run: ScoringRun, _ connection: any DatabaseConnection) throws(DatabaseError)
}
