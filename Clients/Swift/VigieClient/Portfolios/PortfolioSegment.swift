// SPDX-License-Identifier: Apache-2.0

// Segments of portfolios, as plain values.

/// A segment of a portfolio: a name, and the condition by which companies are in it.
public struct PortfolioSegment: Sendable, Hashable {
    /// Its name, which no other one of the portfolio has.
    public var name: String
    /// The condition, in FEEL, such as `exposure_quantile >= 0.9 and class >= 7`.
    public var condition: String
    /// What it is for.
    public var note: String
    /// Who wrote it; empty where the server does not tell callers apart, or before it is kept.
    public private(set) var changedBy = ""
    /// When, in microseconds since 1970 in UTC; 0 before it is kept.
    public private(set) var changedAtMicroseconds: Int64 = 0

    /// Makes one.
    public init(_ name: String, condition: String, note: String = "") {
        (self.name, self.condition, self.note) = (name, condition, note)
    }

    init(
        _ name: String,
        condition: String,
        note: String,
        changedBy: String,
        changedAtMicroseconds: Int64
    ) {
        self.init(name, condition: condition, note: note)
        (self.changedBy, self.changedAtMicroseconds) = (changedBy, changedAtMicroseconds)
    }

    /// Which companies of a segment are meant.
    public enum Part: Sendable, Hashable, CaseIterable {
        /// Those in it.
        case members
        /// Those of which something is not known that it takes to say.
        case unknown
        /// Those out of it.
        case others
    }
}

/// Figures of companies of a portfolio that stand alike with a segment.
public struct SegmentFigures: Sendable, Hashable {
    /// Figures in one currency.
    public struct InCurrency: Sendable, Hashable {
        /// The currency (ISO 4217).
        public let currency: String
        /// Companies that owe something.
        public let owingCount: Int
        /// What they owe, in the currency's smallest units.
        public let exposureMinorUnits: Int64
        /// What of that is to be expected to be lost.
        public let expectedLossMinorUnits: Int64
        /// The probability of failure, weighted with what is owed; `nil` where none is known.
        public let weightedProbability: Double?
    }

    /// Companies.
    public let companyCount: Int
    /// Figures of each currency.
    public let currencies: [InCurrency]
}

/// Figures of a segment.
public struct SegmentRisk: Sendable, Hashable {
    /// Its name.
    public let name: String
    /// Those of the companies in it.
    public let members: SegmentFigures
    /// Those of companies of which something is not known that it takes to say.
    public let unknown: SegmentFigures
}

/// What a segment would hold.
public struct SegmentTrial: Sendable, Hashable {
    /// A company of which something is not known.
    public struct UnknownMember: Sendable, Hashable {
        /// The company.
        public let company: FollowedCompany
        /// What is missing, by the names that conditions have for it.
        public let missing: [String]
    }

    /// Figures of it.
    public let risk: SegmentRisk
    /// Companies of the portfolio.
    public let companyCount: Int
    /// Companies in it, the first ones.
    public let members: [FollowedCompany]
    /// Companies of which something is not known, the first ones.
    public let unknown: [UnknownMember]
    /// Whether there is one of its name; without it nobody enters or leaves.
    public let hasKept: Bool
    /// Companies that would come into it, the first ones.
    public let entering: [FollowedCompany]
    /// How many would come into it.
    public let enteringCount: Int
    /// Companies that would leave it, the first ones.
    public let leaving: [FollowedCompany]
    /// How many would leave it.
    public let leavingCount: Int
}
