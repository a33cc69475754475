// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/portfolio_runs.proto; do not edit.

package import ProtobufCoding

/// Why there is a run.
package enum Vigie_V1_RunKind: Sendable, Equatable {
    /// Never sent.
    case unspecified
    /// The run of the day.
    case daily
    /// Something arrived: over the companies concerned.
    case arrival
    /// What another model says of what was scored before.
    case otherModel
    /// Somebody asked for it.
    case requested
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .daily, .arrival, .otherModel, .requested]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .daily
        case 2: self = .arrival
        case 3: self = .otherModel
        case 4: self = .requested
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .daily: 1
        case .arrival: 2
        case .otherModel: 3
        case .requested: 4
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// How far a run is.
package enum Vigie_V1_RunState: Sendable, Equatable {
    /// Never sent.
    case unspecified
    /// Blocks are left.
    case open
    /// All blocks are done.
    case done
    /// A block could not be done.
    case failed
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .open, .done, .failed]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .open
        case 2: self = .done
        case 3: self = .failed
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .open: 1
        case .done: 2
        case .failed: 3
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// What moved a score.
package enum Vigie_V1_ScoreCause: Sendable, Equatable {
    /// Nothing is known.
    case unspecified
    /// The company, and time.
    case company
    /// A paper that came.
    case dataArrived
    /// Another model.
    case modelChanged
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .company, .dataArrived, .modelChanged]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .company
        case 2: self = .dataArrived
        case 3: self = .modelChanged
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .company: 1
        case .dataArrived: 2
        case .modelChanged: 3
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// A run over companies, and how far it is.
package struct Vigie_V1_PortfolioRun: ProtobufMessage {
    /// Its number: a later run has a higher one.
    package var number: Int64 = 0

    /// Why there is one.
    package var kind: Vigie_V1_RunKind = Vigie_V1_RunKind()

    /// Whether it is over the companies of one portfolio; else of all.
    package var ofOnePortfolio: Bool = false

    /// The day as of which companies are scored, as YYYY-MM-DD.
    package var asOfDate: String = ""

    /// Name of the model.
    package var model: String = ""

    /// Version of the model.
    package var modelVersion: String = ""

    /// When it was asked for, in microseconds since 1970-01-01 in UTC: it does not see
    /// what came later.
    package var requestedAtMicroseconds: Int64 = 0

    /// How far it is.
    package var state: Vigie_V1_RunState = Vigie_V1_RunState()

    /// Why it failed; empty else.
    package var note: String = ""

    /// Blocks of 65,536 companies that it has.
    package var blockCount: Int64 = 0

    /// Blocks that are done.
    package var doneCount: Int64 = 0

    /// Companies of blocks that are done. 0, as are the next two, of a run over all
    /// portfolios for whoever does not operate the server.
    package var companyCount: Int64 = 0

    /// Those with a score.
    package var scoredCount: Int64 = 0

    /// Those of which something else is found than before: outcome, score or class.
    package var changedCount: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PortfolioRun" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: number = try reader.int64()
            case 16: kind = Vigie_V1_RunKind(rawValue: try reader.enumeration())
            case 24: ofOnePortfolio = try reader.bool()
            case 34: asOfDate = try reader.string()
            case 42: model = try reader.string()
            case 50: modelVersion = try reader.string()
            case 56: requestedAtMicroseconds = try reader.int64()
            case 64: state = Vigie_V1_RunState(rawValue: try reader.enumeration())
            case 74: note = try reader.string()
            case 80: blockCount = try reader.int64()
            case 88: doneCount = try reader.int64()
            case 96: companyCount = try reader.int64()
            case 104: scoredCount = try reader.int64()
            case 112: changedCount = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, number)
        writer.enumeration(16, kind.rawValue)
        writer.bool(24, ofOnePortfolio)
        writer.string(34, asOfDate)
        writer.string(42, model)
        writer.string(50, modelVersion)
        writer.int64(56, requestedAtMicroseconds)
        writer.enumeration(64, state.rawValue)
        writer.string(74, note)
        writer.int64(80, blockCount)
        writer.int64(88, doneCount)
        writer.int64(96, companyCount)
        writer.int64(104, scoredCount)
        writer.int64(112, changedCount)
    }
}

/// What a run found of a company.
package struct Vigie_V1_KeptScore: ProtobufMessage {
    /// What can be said at all.
    package var outcome: Vigie_V1_AssessmentOutcome = Vigie_V1_AssessmentOutcome()

    /// The score on the scale of the model; absent for none.
    package var score: Int32 {
        get { _score ?? 0 }
        set { _score = newValue }
    }
    /// Whether the message has `score`.
    package var hasScore: Bool { _score != nil }
    /// Takes `score` out of the message.
    package mutating func clearScore() { _score = nil }
    private var _score: Int32?

    /// The class of risk, 1 is the safest; absent for none.
    package var riskClass: Int32 {
        get { _riskClass ?? 0 }
        set { _riskClass = newValue }
    }
    /// Whether the message has `riskClass`.
    package var hasRiskClass: Bool { _riskClass != nil }
    /// Takes `riskClass` out of the message.
    package mutating func clearRiskClass() { _riskClass = nil }
    private var _riskClass: Int32?

    /// The probability of failure within the horizon of the model, from 0 to 1; absent
    /// for none.
    package var probability: Double {
        get { _probability ?? 0 }
        set { _probability = newValue }
    }
    /// Whether the message has `probability`.
    package var hasProbability: Bool { _probability != nil }
    /// Takes `probability` out of the message.
    package mutating func clearProbability() { _probability = nil }
    private var _probability: Double?

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.KeptScore" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: outcome = Vigie_V1_AssessmentOutcome(rawValue: try reader.enumeration())
            case 16: _score = try reader.int32()
            case 24: _riskClass = try reader.int32()
            case 33: _probability = try reader.double()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.enumeration(8, outcome.rawValue)
        if let value = _score {
            writer.tag(16)
            writer.int32(value)
        }
        if let value = _riskClass {
            writer.tag(24)
            writer.int32(value)
        }
        if let value = _probability {
            writer.tag(33)
            writer.double(value)
        }
    }
}

/// A company of a portfolio, and the score that it has.
package struct Vigie_V1_ScoredMember: ProtobufMessage {
    /// The company, and what the user knows of it.
    package var company: Vigie_V1_FollowedCompany {
        get { .only(_company) }
        set { _company = [newValue] }
    }
    /// Whether the message has `company`.
    package var hasCompany: Bool { !_company.isEmpty }
    /// Takes `company` out of the message.
    package mutating func clearCompany() { _company = [] }
    private var _company: [Vigie_V1_FollowedCompany] = []

    /// What is found of it; absent when no run looked at it yet.
    package var score: Vigie_V1_KeptScore {
        get { .only(_score) }
        set { _score = [newValue] }
    }
    /// Whether the message has `score`.
    package var hasScore: Bool { !_score.isEmpty }
    /// Takes `score` out of the message.
    package mutating func clearScore() { _score = [] }
    private var _score: [Vigie_V1_KeptScore] = []

    /// What was found before that was another thing; absent when nothing was.
    package var before: Vigie_V1_KeptScore {
        get { .only(_before) }
        set { _before = [newValue] }
    }
    /// Whether the message has `before`.
    package var hasBefore: Bool { !_before.isEmpty }
    /// Takes `before` out of the message.
    package mutating func clearBefore() { _before = [] }
    private var _before: [Vigie_V1_KeptScore] = []

    /// What moved it.
    package var cause: Vigie_V1_ScoreCause = Vigie_V1_ScoreCause()

    /// Since which day it is so, as YYYY-MM-DD; empty without a score.
    package var sinceDate: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ScoredMember" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_company)
            case 18: try reader.boxed(&_score)
            case 26: try reader.boxed(&_before)
            case 32: cause = Vigie_V1_ScoreCause(rawValue: try reader.enumeration())
            case 42: sinceDate = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _company)
        writer.messages(18, _score)
        writer.messages(26, _before)
        writer.enumeration(32, cause.rawValue)
        writer.string(42, sinceDate)
    }
}

/// What was found of a company from a run on.
package struct Vigie_V1_HistoricScore: ProtobufMessage {
    /// The number of the run.
    package var run: Int64 = 0

    /// The day as of which it was found, as YYYY-MM-DD.
    package var asOfDate: String = ""

    /// What was found.
    package var score: Vigie_V1_KeptScore {
        get { .only(_score) }
        set { _score = [newValue] }
    }
    /// Whether the message has `score`.
    package var hasScore: Bool { !_score.isEmpty }
    /// Takes `score` out of the message.
    package mutating func clearScore() { _score = [] }
    private var _score: [Vigie_V1_KeptScore] = []

    /// What moved it.
    package var cause: Vigie_V1_ScoreCause = Vigie_V1_ScoreCause()

    /// Name of the model.
    package var model: String = ""

    /// Version of the model.
    package var modelVersion: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.HistoricScore" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: run = try reader.int64()
            case 18: asOfDate = try reader.string()
            case 26: try reader.boxed(&_score)
            case 32: cause = Vigie_V1_ScoreCause(rawValue: try reader.enumeration())
            case 42: model = try reader.string()
            case 50: modelVersion = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, run)
        writer.string(18, asOfDate)
        writer.messages(26, _score)
        writer.enumeration(32, cause.rawValue)
        writer.string(42, model)
        writer.string(50, modelVersion)
    }
}

/// Asks for a run as of today, by the model of the server.
package struct Vigie_V1_StartRunRequest: ProtobufMessage {
    /// The name of the portfolio; empty for the companies of all, which is for whoever
    /// operates the server.
    package var portfolio: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.StartRunRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
    }
}

/// A run that is done as soon as its turn comes.
package struct Vigie_V1_StartRunResponse: ProtobufMessage {
    /// The run; the one that waits already, if one does.
    package var run: Vigie_V1_PortfolioRun {
        get { .only(_run) }
        set { _run = [newValue] }
    }
    /// Whether the message has `run`.
    package var hasRun: Bool { !_run.isEmpty }
    /// Takes `run` out of the message.
    package mutating func clearRun() { _run = [] }
    private var _run: [Vigie_V1_PortfolioRun] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.StartRunResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_run)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _run)
    }
}

/// Asks for a page of runs.
package struct Vigie_V1_ListRunsRequest: ProtobufMessage {
    /// Runs over this portfolio's companies, those over all among them; empty for the
    /// runs of all portfolios, which is for whoever operates the server.
    package var portfolio: String = ""

    /// Most runs to return. 0 means 100; at most 1,000.
    package var pageSize: Int32 = 0

    /// Token of the page to return, from an earlier response. Empty for the first.
    package var pageToken: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListRunsRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 16: pageSize = try reader.int32()
            case 26: pageToken = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.int32(16, pageSize)
        writer.string(26, pageToken)
    }
}

/// A page of runs, the newest first.
package struct Vigie_V1_ListRunsResponse: ProtobufMessage {
    /// The runs.
    package var runs: [Vigie_V1_PortfolioRun] = []

    /// Token of the next page. Empty when this is the last.
    package var nextPageToken: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListRunsResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&runs)
            case 18: nextPageToken = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, runs)
        writer.string(18, nextPageToken)
    }
}

/// Asks for one run.
package struct Vigie_V1_DescribeRunRequest: ProtobufMessage {
    /// The name of a portfolio that it is over; empty for whoever operates the server.
    package var portfolio: String = ""

    /// Its number.
    package var number: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DescribeRunRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 16: number = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.int64(16, number)
    }
}

/// One run.
package struct Vigie_V1_DescribeRunResponse: ProtobufMessage {
    /// The run.
    package var run: Vigie_V1_PortfolioRun {
        get { .only(_run) }
        set { _run = [newValue] }
    }
    /// Whether the message has `run`.
    package var hasRun: Bool { !_run.isEmpty }
    /// Takes `run` out of the message.
    package mutating func clearRun() { _run = [] }
    private var _run: [Vigie_V1_PortfolioRun] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DescribeRunResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_run)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _run)
    }
}

/// Asks for a page of scores.
package struct Vigie_V1_ListScoresRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// Most companies to return. 0 means 100; at most 1,000.
    package var pageSize: Int32 = 0

    /// Token of the page to return, from an earlier response. Empty for the first.
    package var pageToken: String = ""

    /// The name of a segment of the portfolio whose companies are listed; empty for all.
    package var segment: String = ""

    /// Which companies those are; members where nothing is said.
    package var segmentPart: Vigie_V1_SegmentPart = Vigie_V1_SegmentPart()

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListScoresRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 16: pageSize = try reader.int32()
            case 26: pageToken = try reader.string()
            case 34: segment = try reader.string()
            case 40: segmentPart = Vigie_V1_SegmentPart(rawValue: try reader.enumeration())
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.int32(16, pageSize)
        writer.string(26, pageToken)
        writer.string(34, segment)
        writer.enumeration(40, segmentPart.rawValue)
    }
}

/// A page of scores, in the order of ListCompanies.
package struct Vigie_V1_ListScoresResponse: ProtobufMessage {
    /// The companies.
    package var members: [Vigie_V1_ScoredMember] = []

    /// Token of the next page. Empty when this is the last.
    package var nextPageToken: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListScoresResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&members)
            case 18: nextPageToken = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, members)
        writer.string(18, nextPageToken)
    }
}

/// Asks how the score of a company changed.
package struct Vigie_V1_CompanyHistoryRequest: ProtobufMessage {
    /// The name of a portfolio that it is in.
    package var portfolio: String = ""

    /// Who it is.
    package var company: Vigie_V1_CompanyIdentifier {
        get { .only(_company) }
        set { _company = [newValue] }
    }
    /// Whether the message has `company`.
    package var hasCompany: Bool { !_company.isEmpty }
    /// Takes `company` out of the message.
    package mutating func clearCompany() { _company = [] }
    private var _company: [Vigie_V1_CompanyIdentifier] = []

    /// The first day, as YYYY-MM-DD; empty for a year ago.
    package var sinceDate: String = ""

    /// Most changes to return. 0 means 100; at most 1,000.
    package var pageSize: Int32 = 0

    /// Token of the page to return, from an earlier response. Empty for the first.
    package var pageToken: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CompanyHistoryRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: try reader.boxed(&_company)
            case 26: sinceDate = try reader.string()
            case 32: pageSize = try reader.int32()
            case 42: pageToken = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.messages(18, _company)
        writer.string(26, sinceDate)
        writer.int32(32, pageSize)
        writer.string(42, pageToken)
    }
}

/// How the score of a company changed: first what held on the first day, then each
/// change, the oldest first.
package struct Vigie_V1_CompanyHistoryResponse: ProtobufMessage {
    /// What was found.
    package var scores: [Vigie_V1_HistoricScore] = []

    /// Token of the next page. Empty when this is the last.
    package var nextPageToken: String = ""

    /// The company, as the portfolio has it.
    package var company: Vigie_V1_FollowedCompany {
        get { .only(_company) }
        set { _company = [newValue] }
    }
    /// Whether the message has `company`.
    package var hasCompany: Bool { !_company.isEmpty }
    /// Takes `company` out of the message.
    package mutating func clearCompany() { _company = [] }
    private var _company: [Vigie_V1_FollowedCompany] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CompanyHistoryResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&scores)
            case 18: nextPageToken = try reader.string()
            case 26: try reader.boxed(&_company)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, scores)
        writer.string(18, nextPageToken)
        writer.messages(26, _company)
    }
}
