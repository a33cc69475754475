// SPDX-License-Identifier: Apache-2.0

// Universes of companies, their runs and figures, as plain values.

/// Companies by the million, whose inputs a server keeps.
public struct Universe: Sendable, Hashable {
    /// Its name.
    public let name: String
    /// Companies of the last load.
    public let companyCount: Int
    /// Places that were given, those of companies that have left included.
    public let slotCount: Int
}

/// A run over a universe, and how far it is.
public struct UniverseRun: Sendable, Hashable {
    /// Its number: a later run has a higher one.
    public let number: Int
    /// The day as of which companies are scored, as YYYY-MM-DD.
    public let asOfDate: String
    /// Name of the model.
    public let model: String
    /// Version of the model.
    public let modelVersion: String
    /// When it was asked for, in microseconds since 1970 in UTC.
    public let requestedAtMicroseconds: Int64
    /// When it ended; `nil` while it has not.
    public let endedAtMicroseconds: Int64?
    /// How far it is.
    public let state: PortfolioRun.State
    /// Why it failed; empty else.
    public let note: String
    /// Blocks of 65,536 companies that it has.
    public let blockCount: Int
    /// Blocks that are done; what follows is of their companies.
    public let doneCount: Int
    /// Companies.
    public let companyCount: Int
    /// Those with a score.
    public let scoredCount: Int
    /// Those with another result than before, those that came or left included.
    public let changedCount: Int
    /// Those that moved by themselves, or by time.
    public let companyMovedCount: Int
    /// Those moved by data that arrived.
    public let dataMovedCount: Int
    /// Those moved by another model alone.
    public let modelMovedCount: Int
}

/// What a load did.
public struct UniverseLoadReport: Sendable, Hashable {
    /// The universe as it is now.
    public let universe: Universe
    /// Companies that were named.
    public let rowCount: Int
    /// Companies that were not there before.
    public let addedCount: Int
    /// Companies that have left.
    public let leftCount: Int
    /// Companies with other inputs, those that came or left included.
    public let changedCount: Int
}

/// Figures of a universe between two runs.
public struct UniverseFigures: Sendable, Hashable {
    /// Companies that went from somewhere to somewhere.
    public struct Migration: Sendable, Hashable {
        /// The class of the first day; 0 for none, `nil` for companies that were not there.
        public let fromClass: Int?
        /// The class of the second day, in the same way.
        public let toClass: Int?
        /// How many.
        public let count: Int
    }

    /// Companies of a class.
    public struct Band: Sendable, Hashable {
        /// The class; 0 for companies without one.
        public let riskClass: Int
        /// Companies of the first day.
        public let beforeCount: Int
        /// Companies of the second day.
        public let afterCount: Int
        /// What those of the second day owe, in cents.
        public let exposureCents: Double
    }

    /// A company whose score moved.
    public struct Mover: Sendable, Hashable {
        /// Its SIREN; empty for one that was forgotten.
        public let siren: String
        /// The score of the first day.
        public let before: Int
        /// The score of the second day.
        public let after: Int
        /// What moved it last; `nil` where it came since.
        public let cause: ScoreCause?
        /// What the model of the second day says of the inputs of the first, where another one
        /// scored those and no run was between: up to here the model moved it.
        public let beforeByThisModel: Int?
    }

    /// The run of the first day.
    public let before: UniverseRun
    /// The run of the second day.
    public let after: UniverseRun
    /// Companies by where they stood and where they stand.
    public let migrations: [Migration]
    /// Companies by class.
    public let bands: [Band]
    /// What is expected to be lost on the second day, in cents.
    public let expectedLossCents: Double
    /// What companies with a score owe, in cents.
    public let exposureCents: Double
    /// What companies without a score owe, in cents.
    public let unratedExposureCents: Double
    /// The sum of the squares of all shares of what is owed; `nil` where nothing is owed.
    public let concentration: Double?
    /// Companies whose scores rose most.
    public let risen: [Mover]
    /// Companies whose scores fell most.
    public let fallen: [Mover]
}

/// What a company was from a run on.
public struct UniverseResult: Sendable, Hashable {
    /// The number of the run.
    public let run: Int
    /// The day as of which it scored, as YYYY-MM-DD.
    public let asOfDate: String
    /// Name of the model.
    public let model: String
    /// Version of the model.
    public let modelVersion: String
    /// Whether the company was there.
    public let isThere: Bool
    /// The score; `nil` for none.
    public let score: Int?
    /// The class of risk; `nil` for none.
    public let riskClass: Int?
    /// What moved it; `nil` where it came.
    public let cause: ScoreCause?
}

/// Results of some companies of a universe, a column each.
public struct UniverseScores: Sendable, Hashable {
    /// The run that found them.
    public let run: UniverseRun
    /// The SIREN of each company, as a number.
    public let sirens: [UInt32]
    /// Its score; `nil` for none.
    public let scores: [Int?]
    /// Its class of risk; 0 for none.
    public let riskClasses: [UInt32]
    /// What moved it last; `nil` where nothing did.
    public let causes: [ScoreCause?]
    /// The block to ask for next; `nil` behind the last.
    public let nextBlock: Int?
}

/// What a load brings.
package struct UniverseHeader: Sendable {
    package var universe: String
    package var asOfDate = ""
    package var isChange = false
    package var columns: [String]
    package var textColumns: [String]
    package var markColumns: [String]
    package var hasExposures: Bool

    package init(
        universe: String,
        columns: [String],
        textColumns: [String],
        markColumns: [String],
        hasExposures: Bool
    ) {
        (self.universe, self.columns, self.textColumns) = (universe, columns, textColumns)
        (self.markColumns, self.hasExposures) = (markColumns, hasExposures)
    }
}

/// Companies of a load, a column each.
package struct UniverseBlock: Sendable {
    package var sirens: [UInt32] = []
    /// Column after column.
    package var values: [Float] = []
    /// Those of texts, then those of marks.
    package var texts: [TextColumnBuffer] = []
    package var exposuresCents: [Int64] = []

    package init() {}
}
