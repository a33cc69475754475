// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/portfolio_risk.proto; do not edit.

package import ProtobufCoding

/// Where a company stands.
package enum Vigie_V1_RiskState: Sendable, Equatable {
    /// No run has looked at it yet.
    case unspecified
    /// It was scored, and is in a class.
    case scored
    /// Somebody has to read a judgment first.
    case review
    /// Too little is known.
    case notScorable
    /// Collective proceedings are open.
    case inProceedings
    /// It has ended.
    case closed
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .scored, .review, .notScorable, .inProceedings, .closed]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .scored
        case 2: self = .review
        case 3: self = .notScorable
        case 4: self = .inProceedings
        case 5: self = .closed
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .scored: 1
        case .review: 2
        case .notScorable: 3
        case .inProceedings: 4
        case .closed: 5
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Asks for figures of risk.
package struct Vigie_V1_DescribeRiskRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// The day that they are compared with, as YYYY-MM-DD. Empty means 30 days ago.
    package var sinceDate: String = ""

    /// What of an exposure is lost in a failure, from 0 to 1. Absent means 0.4, which
    /// the Basel framework has for claims on companies without security (CRE32.6).
    package var lossGivenDefault: Double {
        get { _lossGivenDefault ?? 0 }
        set { _lossGivenDefault = newValue }
    }
    /// Whether the message has `lossGivenDefault`.
    package var hasLossGivenDefault: Bool { _lossGivenDefault != nil }
    /// Takes `lossGivenDefault` out of the message.
    package mutating func clearLossGivenDefault() { _lossGivenDefault = nil }
    private var _lossGivenDefault: Double?

    /// Companies whose scores moved most to be told, of each direction: at most 1,000.
    /// Absent means 10.
    package var moverCount: Int32 {
        get { _moverCount ?? 0 }
        set { _moverCount = newValue }
    }
    /// Whether the message has `moverCount`.
    package var hasMoverCount: Bool { _moverCount != nil }
    /// Takes `moverCount` out of the message.
    package mutating func clearMoverCount() { _moverCount = nil }
    private var _moverCount: Int32?

    /// Companies that owe most to be told, of each currency: at most 1,000. Absent
    /// means 10.
    package var largestCount: Int32 {
        get { _largestCount ?? 0 }
        set { _largestCount = newValue }
    }
    /// Whether the message has `largestCount`.
    package var hasLargestCount: Bool { _largestCount != nil }
    /// Takes `largestCount` out of the message.
    package mutating func clearLargestCount() { _largestCount = nil }
    private var _largestCount: Int32?

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DescribeRiskRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: sinceDate = try reader.string()
            case 25: _lossGivenDefault = try reader.double()
            case 32: _moverCount = try reader.int32()
            case 40: _largestCount = try reader.int32()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.string(18, sinceDate)
        if let value = _lossGivenDefault {
            writer.tag(25)
            writer.double(value)
        }
        if let value = _moverCount {
            writer.tag(32)
            writer.int32(value)
        }
        if let value = _largestCount {
            writer.tag(40)
            writer.int32(value)
        }
    }
}

/// Figures of risk of a portfolio.
package struct Vigie_V1_DescribeRiskResponse: ProtobufMessage {
    /// The day that they are compared with, as YYYY-MM-DD.
    package var sinceDate: String = ""

    /// Companies of the portfolio.
    package var companyCount: Int64 = 0

    /// Companies by where they stand, the safest class first.
    package var bands: [Vigie_V1_RiskBand] = []

    /// Companies by where they stood and where they stand, those that did not move
    /// included.
    package var migrations: [Vigie_V1_RiskMigration] = []

    /// Figures of each currency, by its code: amounts of two currencies are never
    /// added.
    package var currencies: [Vigie_V1_CurrencyRisk] = []

    /// Companies whose scores fell most, the greatest fall first.
    package var fallen: [Vigie_V1_RiskMover] = []

    /// Companies whose scores rose most, the greatest rise first.
    package var risen: [Vigie_V1_RiskMover] = []

    /// Companies of which nobody told what they owe.
    package var withoutExposureCount: Int64 = 0

    /// Companies with a limit in another currency than that of what they owe: the two
    /// are not compared.
    package var otherLimitCurrencyCount: Int64 = 0

    /// What of an exposure was taken to be lost in a failure.
    package var lossGivenDefault: Double = 0

    /// Figures of the portfolio's segments as they are now, by their names. Segments may
    /// overlap.
    package var segments: [Vigie_V1_SegmentRisk] = []

    /// Why there are no figures of segments though there are some; empty otherwise.
    package var segmentsLeftOut: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DescribeRiskResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: sinceDate = try reader.string()
            case 16: companyCount = try reader.int64()
            case 26: try reader.messages(&bands)
            case 34: try reader.messages(&migrations)
            case 42: try reader.messages(&currencies)
            case 50: try reader.messages(&fallen)
            case 58: try reader.messages(&risen)
            case 64: withoutExposureCount = try reader.int64()
            case 72: otherLimitCurrencyCount = try reader.int64()
            case 81: lossGivenDefault = try reader.double()
            case 90: try reader.messages(&segments)
            case 98: segmentsLeftOut = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, sinceDate)
        writer.int64(16, companyCount)
        writer.messages(26, bands)
        writer.messages(34, migrations)
        writer.messages(42, currencies)
        writer.messages(50, fallen)
        writer.messages(58, risen)
        writer.int64(64, withoutExposureCount)
        writer.int64(72, otherLimitCurrencyCount)
        writer.double(81, lossGivenDefault)
        writer.messages(90, segments)
        writer.string(98, segmentsLeftOut)
    }
}

/// Figures of a segment.
package struct Vigie_V1_SegmentRisk: ProtobufMessage {
    /// Its name.
    package var name: String = ""

    /// Those of the companies in it.
    package var members: Vigie_V1_SegmentFigures {
        get { .only(_members) }
        set { _members = [newValue] }
    }
    /// Whether the message has `members`.
    package var hasMembers: Bool { !_members.isEmpty }
    /// Takes `members` out of the message.
    package mutating func clearMembers() { _members = [] }
    private var _members: [Vigie_V1_SegmentFigures] = []

    /// Those of companies of which something is not known that it takes to say: they are
    /// neither in it nor out.
    package var unknown: Vigie_V1_SegmentFigures {
        get { .only(_unknown) }
        set { _unknown = [newValue] }
    }
    /// Whether the message has `unknown`.
    package var hasUnknown: Bool { !_unknown.isEmpty }
    /// Takes `unknown` out of the message.
    package mutating func clearUnknown() { _unknown = [] }
    private var _unknown: [Vigie_V1_SegmentFigures] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.SegmentRisk" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: try reader.boxed(&_members)
            case 26: try reader.boxed(&_unknown)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.messages(18, _members)
        writer.messages(26, _unknown)
    }
}

/// Figures of some companies of a portfolio.
package struct Vigie_V1_SegmentFigures: ProtobufMessage {
    /// Companies.
    package var companyCount: Int64 = 0

    /// Companies by where they stand, the safest class first.
    package var bands: [Vigie_V1_RiskBand] = []

    /// Figures of each currency, without those that owe most.
    package var currencies: [Vigie_V1_CurrencyRisk] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.SegmentFigures" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: companyCount = try reader.int64()
            case 18: try reader.messages(&bands)
            case 26: try reader.messages(&currencies)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, companyCount)
        writer.messages(18, bands)
        writer.messages(26, currencies)
    }
}

/// Companies that stand alike.
package struct Vigie_V1_RiskBand: ProtobufMessage {
    /// Where they stand.
    package var state: Vigie_V1_RiskState = Vigie_V1_RiskState()

    /// The class of those that were scored, from 1, the safest; 0 for others.
    package var riskClass: UInt32 = 0

    /// How many they are.
    package var companyCount: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.RiskBand" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: state = Vigie_V1_RiskState(rawValue: try reader.enumeration())
            case 16: riskClass = try reader.uint32()
            case 24: companyCount = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.enumeration(8, state.rawValue)
        writer.uint32(16, riskClass)
        writer.int64(24, companyCount)
    }
}

/// Companies that went the same way.
package struct Vigie_V1_RiskMigration: ProtobufMessage {
    /// Where they stood.
    package var fromState: Vigie_V1_RiskState = Vigie_V1_RiskState()

    /// The class that they were in; 0 for none.
    package var fromClass: UInt32 = 0

    /// Where they stand.
    package var toState: Vigie_V1_RiskState = Vigie_V1_RiskState()

    /// The class that they are in; 0 for none.
    package var toClass: UInt32 = 0

    /// How many they are.
    package var companyCount: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.RiskMigration" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: fromState = Vigie_V1_RiskState(rawValue: try reader.enumeration())
            case 16: fromClass = try reader.uint32()
            case 24: toState = Vigie_V1_RiskState(rawValue: try reader.enumeration())
            case 32: toClass = try reader.uint32()
            case 40: companyCount = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.enumeration(8, fromState.rawValue)
        writer.uint32(16, fromClass)
        writer.enumeration(24, toState.rawValue)
        writer.uint32(32, toClass)
        writer.int64(40, companyCount)
    }
}

/// How many companies, and what they owe.
package struct Vigie_V1_ExposureCount: ProtobufMessage {
    /// Companies.
    package var companyCount: Int64 = 0

    /// What they owe, in the currency's smallest units.
    package var exposureMinorUnits: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ExposureCount" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: companyCount = try reader.int64()
            case 16: exposureMinorUnits = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, companyCount)
        writer.int64(16, exposureMinorUnits)
    }
}

/// What companies that stand alike owe.
package struct Vigie_V1_ExposureBand: ProtobufMessage {
    /// Where they stand.
    package var state: Vigie_V1_RiskState = Vigie_V1_RiskState()

    /// Their class; 0 for none.
    package var riskClass: UInt32 = 0

    /// How many of them owe something, and what.
    package var owing: Vigie_V1_ExposureCount {
        get { .only(_owing) }
        set { _owing = [newValue] }
    }
    /// Whether the message has `owing`.
    package var hasOwing: Bool { !_owing.isEmpty }
    /// Takes `owing` out of the message.
    package mutating func clearOwing() { _owing = [] }
    private var _owing: [Vigie_V1_ExposureCount] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ExposureBand" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: state = Vigie_V1_RiskState(rawValue: try reader.enumeration())
            case 16: riskClass = try reader.uint32()
            case 26: try reader.boxed(&_owing)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.enumeration(8, state.rawValue)
        writer.uint32(16, riskClass)
        writer.messages(26, _owing)
    }
}

/// Figures of one currency. Companies that are owed something offset nobody else's
/// debt: they are told apart.
package struct Vigie_V1_CurrencyRisk: ProtobufMessage {
    /// The currency (ISO 4217).
    package var currency: String = ""

    /// Companies that owe something, and what.
    package var owing: Vigie_V1_ExposureCount {
        get { .only(_owing) }
        set { _owing = [newValue] }
    }
    /// Whether the message has `owing`.
    package var hasOwing: Bool { !_owing.isEmpty }
    /// Takes `owing` out of the message.
    package mutating func clearOwing() { _owing = [] }
    private var _owing: [Vigie_V1_ExposureCount] = []

    /// Companies that are owed something instead; their amount is negative.
    package var inCredit: Vigie_V1_ExposureCount {
        get { .only(_inCredit) }
        set { _inCredit = [newValue] }
    }
    /// Whether the message has `inCredit`.
    package var hasInCredit: Bool { !_inCredit.isEmpty }
    /// Takes `inCredit` out of the message.
    package mutating func clearInCredit() { _inCredit = [] }
    private var _inCredit: [Vigie_V1_ExposureCount] = []

    /// What is owed by where companies stand, the safest class first.
    package var bands: [Vigie_V1_ExposureBand] = []

    /// What is owed by companies whose probability of failure is known, with those
    /// that have failed, in the currency's smallest units.
    package var knownExposureMinorUnits: Int64 = 0

    /// The probability of failure, weighted with what is owed; absent where none is
    /// known. A company in proceedings counts as failed.
    package var weightedProbability: Double {
        get { _weightedProbability ?? 0 }
        set { _weightedProbability = newValue }
    }
    /// Whether the message has `weightedProbability`.
    package var hasWeightedProbability: Bool { _weightedProbability != nil }
    /// Takes `weightedProbability` out of the message.
    package mutating func clearWeightedProbability() { _weightedProbability = nil }
    private var _weightedProbability: Double?

    /// What is to be expected to be lost within the model's horizon, in the
    /// currency's smallest units: probability times exposure times the part that is
    /// lost. Of companies whose probability is not known nothing.
    package var expectedLossMinorUnits: Int64 = 0

    /// The index of Herfindahl and Hirschman of what is owed, from 0 to 1; absent
    /// where nobody owes anything.
    package var concentrationIndex: Double {
        get { _concentrationIndex ?? 0 }
        set { _concentrationIndex = newValue }
    }
    /// Whether the message has `concentrationIndex`.
    package var hasConcentrationIndex: Bool { _concentrationIndex != nil }
    /// Takes `concentrationIndex` out of the message.
    package mutating func clearConcentrationIndex() { _concentrationIndex = nil }
    private var _concentrationIndex: Double?

    /// The companies that owe most, the largest first.
    package var largest: [Vigie_V1_LargestExposure] = []

    /// Limits of companies that owe something, in the currency's smallest units.
    package var limitsMinorUnits: Int64 = 0

    /// Companies that owe more than 80 % of their limits.
    package var above80Percent: Vigie_V1_ExposureCount {
        get { .only(_above80Percent) }
        set { _above80Percent = [newValue] }
    }
    /// Whether the message has `above80Percent`.
    package var hasAbove80Percent: Bool { !_above80Percent.isEmpty }
    /// Takes `above80Percent` out of the message.
    package mutating func clearAbove80Percent() { _above80Percent = [] }
    private var _above80Percent: [Vigie_V1_ExposureCount] = []

    /// Those that owe more than 90 %.
    package var above90Percent: Vigie_V1_ExposureCount {
        get { .only(_above90Percent) }
        set { _above90Percent = [newValue] }
    }
    /// Whether the message has `above90Percent`.
    package var hasAbove90Percent: Bool { !_above90Percent.isEmpty }
    /// Takes `above90Percent` out of the message.
    package mutating func clearAbove90Percent() { _above90Percent = [] }
    private var _above90Percent: [Vigie_V1_ExposureCount] = []

    /// Those that owe more than their limits.
    package var aboveLimit: Vigie_V1_ExposureCount {
        get { .only(_aboveLimit) }
        set { _aboveLimit = [newValue] }
    }
    /// Whether the message has `aboveLimit`.
    package var hasAboveLimit: Bool { !_aboveLimit.isEmpty }
    /// Takes `aboveLimit` out of the message.
    package mutating func clearAboveLimit() { _aboveLimit = [] }
    private var _aboveLimit: [Vigie_V1_ExposureCount] = []

    /// Companies that owe something without a limit.
    package var withoutLimit: Vigie_V1_ExposureCount {
        get { .only(_withoutLimit) }
        set { _withoutLimit = [newValue] }
    }
    /// Whether the message has `withoutLimit`.
    package var hasWithoutLimit: Bool { !_withoutLimit.isEmpty }
    /// Takes `withoutLimit` out of the message.
    package mutating func clearWithoutLimit() { _withoutLimit = [] }
    private var _withoutLimit: [Vigie_V1_ExposureCount] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CurrencyRisk" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: currency = try reader.string()
            case 18: try reader.boxed(&_owing)
            case 26: try reader.boxed(&_inCredit)
            case 34: try reader.messages(&bands)
            case 40: knownExposureMinorUnits = try reader.int64()
            case 49: _weightedProbability = try reader.double()
            case 56: expectedLossMinorUnits = try reader.int64()
            case 65: _concentrationIndex = try reader.double()
            case 74: try reader.messages(&largest)
            case 80: limitsMinorUnits = try reader.int64()
            case 90: try reader.boxed(&_above80Percent)
            case 98: try reader.boxed(&_above90Percent)
            case 106: try reader.boxed(&_aboveLimit)
            case 114: try reader.boxed(&_withoutLimit)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, currency)
        writer.messages(18, _owing)
        writer.messages(26, _inCredit)
        writer.messages(34, bands)
        writer.int64(40, knownExposureMinorUnits)
        if let value = _weightedProbability {
            writer.tag(49)
            writer.double(value)
        }
        writer.int64(56, expectedLossMinorUnits)
        if let value = _concentrationIndex {
            writer.tag(65)
            writer.double(value)
        }
        writer.messages(74, largest)
        writer.int64(80, limitsMinorUnits)
        writer.messages(90, _above80Percent)
        writer.messages(98, _above90Percent)
        writer.messages(106, _aboveLimit)
        writer.messages(114, _withoutLimit)
    }
}

/// A company that owes much.
package struct Vigie_V1_LargestExposure: ProtobufMessage {
    /// The company.
    package var company: Vigie_V1_FollowedCompany {
        get { .only(_company) }
        set { _company = [newValue] }
    }
    /// Whether the message has `company`.
    package var hasCompany: Bool { !_company.isEmpty }
    /// Takes `company` out of the message.
    package mutating func clearCompany() { _company = [] }
    private var _company: [Vigie_V1_FollowedCompany] = []

    /// What part of all that is owed in the currency, from 0 to 1.
    package var share: Double = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.LargestExposure" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_company)
            case 17: share = try reader.double()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _company)
        writer.double(17, share)
    }
}

/// A company whose score moved.
package struct Vigie_V1_RiskMover: ProtobufMessage {
    /// The company.
    package var company: Vigie_V1_FollowedCompany {
        get { .only(_company) }
        set { _company = [newValue] }
    }
    /// Whether the message has `company`.
    package var hasCompany: Bool { !_company.isEmpty }
    /// Takes `company` out of the message.
    package mutating func clearCompany() { _company = [] }
    private var _company: [Vigie_V1_FollowedCompany] = []

    /// Its score on the day that is compared with.
    package var scoreBefore: Int32 = 0

    /// Its score now.
    package var score: Int32 = 0

    /// Where it stood.
    package var stateBefore: Vigie_V1_RiskState = Vigie_V1_RiskState()

    /// Its class then; 0 for none.
    package var classBefore: UInt32 = 0

    /// Where it stands.
    package var state: Vigie_V1_RiskState = Vigie_V1_RiskState()

    /// Its class now; 0 for none.
    package var riskClass: UInt32 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.RiskMover" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_company)
            case 16: scoreBefore = try reader.int32()
            case 24: score = try reader.int32()
            case 32: stateBefore = Vigie_V1_RiskState(rawValue: try reader.enumeration())
            case 40: classBefore = try reader.uint32()
            case 48: state = Vigie_V1_RiskState(rawValue: try reader.enumeration())
            case 56: riskClass = try reader.uint32()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _company)
        writer.int32(16, scoreBefore)
        writer.int32(24, score)
        writer.enumeration(32, stateBefore.rawValue)
        writer.uint32(40, classBefore)
        writer.enumeration(48, state.rawValue)
        writer.uint32(56, riskClass)
    }
}
