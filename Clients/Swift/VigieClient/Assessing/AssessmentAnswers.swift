// SPDX-License-Identifier: Apache-2.0

// What is told beside an assessment.

/// How long receivables stand.
public struct ReceivableDays: Sendable, Hashable {
    /// What sales are taken from.
    public enum Basis: Sendable, Hashable {
        /// Sales with tax by month, as they were booked or invoiced.
        case ledger
        /// The turnover of the last accounts, with tax.
        case statement
        /// One that this version of the client does not know, by its number.
        case other(Int)
    }

    /// What sales are taken from.
    public var basis: Basis
    /// Days sales outstanding (DSO).
    public var daysSalesOutstanding: Double?
    /// What they could be at best: if nothing were past due.
    public var bestPossibleDays: Double?
    /// Average days delinquent (ADD): the difference of both.
    public var averageDaysDelinquent: Double?
    /// DSO counted back by the sales of the last months; `nil` where sales by month are not known.
    public var countBackDays: Double?
    /// Which part of what could be collected in twelve months was (CEI), in percent; `nil` where
    /// sales by month are not known.
    public var collectionEffectiveness: Double?
}

/// How a figure went over the years. Amounts are those of twelve months.
public struct FigureTrend: Sendable, Hashable {
    /// A year's value.
    public struct Point: Sendable, Hashable {
        /// The day on which the year ended.
        public var closing: Day?
        /// The value.
        public var value: Double
    }

    /// Name of the ratio or balance.
    public var name: String
    /// What it is called.
    public var label: LocalizedText
    /// Unit of its values.
    public var unit: String
    /// Values of the years that have one, the last one first.
    public var points: [Point]
    /// The last year's value less that of the year before it; `nil` where one of them has none.
    public var change: Double?
    /// By how much it grows in a year: the straight line with the least squares through all values.
    public var slopePerYear: Double?
}

/// What a model says of one horizon.
public struct HorizonFigures: Sendable, Hashable {
    /// Months for which the probability holds.
    public var months: Int
    /// Name and version of the model.
    public var model: String
    /// The figures, with what payments add.
    public var figures: RiskFigures
}

/// Where a ratio stands among those of a group.
public struct QuartilePlace: Sendable, Hashable {
    /// The ratio.
    public var ratio: String
    /// Its value.
    public var value: Double
    /// In which quarter it lies, from 1 for the lowest to 4.
    public var quarter: Int
    /// A quarter of the group is below.
    public var first: Double
    /// Half of it is.
    public var median: Double
    /// Three quarters are.
    public var third: Double
    /// The group; empty for all.
    public var segment: String
    /// The year of the data; `nil` where the table does not say.
    public var year: Int?
}

/// What a change of facts does.
public struct ChangeEffect: Sendable, Hashable {
    /// The driver or line, as it was asked for.
    public var name: String
    /// The line that it falls on; `nil` for a change of payments.
    public var line: String?
    /// What was there, in cents.
    public var from: Int64
    /// What is there then, in cents.
    public var to: Int64
    /// What comes to cash, in cents, or leaves it.
    public var cash: Int64
    /// Which part of their delays payments keep; `nil` for a change of a statement.
    public var delayPart: Double?
}

/// What would be said if facts were others.
public struct ChangedAssessment: Sendable, Hashable {
    /// What each change does.
    public var effects: [ChangeEffect] = []
    /// What can be said then.
    public var outcome: AssessmentOutcome
    /// The figures then; `nil` without a score.
    public var adjusted: RiskFigures?
    /// Why the changes cannot be made; `nil` if they can.
    public var error: LocalizedText?
}

/// The smallest change of a driver that reaches a class.
public struct ReachingChange: Sendable, Hashable {
    /// Why there is none.
    public enum Absence: Sendable, Hashable {
        /// The company is there already.
        case alreadyThere
        /// Nothing that is possible reaches it.
        case nothing
        /// So little is known that no company gets a better class than this.
        case capped(Int)
        /// It cannot be changed.
        case impossible(LocalizedText)
        /// A reason that this version of the client does not know, by its number.
        case other(Int)
    }

    /// The driver, such as `"equity"`.
    public var driver: String
    /// What it is called.
    public var label: LocalizedText
    /// The change; `nil` if there is none.
    public var effect: ChangeEffect?
    /// The figures then; `nil` if there is none.
    public var adjusted: RiskFigures?
    /// Why there is no change; `nil` if there is one.
    public var absence: Absence?
}
