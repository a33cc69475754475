// SPDX-License-Identifier: Apache-2.0

// Runs that score the companies of portfolios, and what they find, as plain values.

/// A run over companies, and how far it is.
public struct PortfolioRun: Sendable, Hashable {
    /// Why there is a run.
    public enum Kind: Sendable, Hashable {
        /// The run of the day.
        case daily
        /// Something arrived: over the companies concerned.
        case arrival
        /// What another model says of what was scored before.
        case otherModel
        /// Somebody asked for it.
        case requested
        /// A kind that this version of the client does not know, by its number.
        case other(Int)
    }

    /// How far a run is.
    public enum State: Sendable, Hashable {
        /// Blocks are left.
        case open
        /// All blocks are done.
        case done
        /// A block could not be done.
        case failed
        /// A state that this version of the client does not know, by its number.
        case other(Int)
    }

    /// Its number: a later run has a higher one.
    public let number: Int
    /// Why there is one.
    public let kind: Kind
    /// Whether it is over the companies of one portfolio; else of all.
    public let isOfOnePortfolio: Bool
    /// The day as of which companies are scored, as YYYY-MM-DD.
    public let asOfDate: String
    /// Name of the model.
    public let model: String
    /// Version of the model.
    public let modelVersion: String
    /// When it was asked for, in microseconds since 1970 in UTC: it does not see what came later.
    public let requestedAtMicroseconds: Int64
    /// How far it is.
    public let state: State
    /// Why it failed; empty else.
    public let note: String
    /// Blocks of 65,536 companies that it has.
    public let blockCount: Int
    /// Blocks that are done.
    public let doneCount: Int
    /// Companies of blocks that are done; 0, as are the next two, of a run over all portfolios for
    /// whoever does not operate the server.
    public let companyCount: Int
    /// Those with a score.
    public let scoredCount: Int
    /// Those of which something else is found than before.
    public let changedCount: Int
}

/// What moved a score.
public enum ScoreCause: Sendable, Hashable {
    /// The company, and time.
    case company
    /// A paper that came.
    case dataArrived
    /// Another model.
    case modelChanged
    /// A cause that this version of the client does not know, by its number; 0 where none is known.
    case other(Int)
}

/// What a run found of a company.
public struct KeptScore: Sendable, Hashable {
    /// What can be said at all.
    public let outcome: AssessmentOutcome
    /// The score on the scale of the model; `nil` for none.
    public let score: Int?
    /// The class of risk, 1 is the safest; `nil` for none.
    public let riskClass: Int?
    /// The probability of failure within the horizon of the model; `nil` for none.
    public let probability: Double?
}

/// A company of a portfolio, and the score that it has.
public struct ScoredMember: Sendable, Hashable {
    /// The company, and what the user knows of it.
    public let company: FollowedCompany
    /// What is found of it; `nil` when no run looked at it yet.
    public let score: KeptScore?
    /// What was found before that was another thing; `nil` when nothing was.
    public let before: KeptScore?
    /// What moved it.
    public let cause: ScoreCause
    /// Since which day it is so, as YYYY-MM-DD; empty without a score.
    public let sinceDate: String

    /// Points by which the score is another one than before; `nil` where one of them is missing.
    public var change: Int? {
        guard let now = score?.score, let then = before?.score else { return nil }
        return now - then
    }
}

/// What was found of a company from a run on.
public struct HistoricScore: Sendable, Hashable {
    /// The number of the run.
    public let run: Int
    /// The day as of which it was found, as YYYY-MM-DD.
    public let asOfDate: String
    /// What was found.
    public let score: KeptScore
    /// What moved it.
    public let cause: ScoreCause
    /// Name of the model.
    public let model: String
    /// Version of the model.
    public let modelVersion: String
}
