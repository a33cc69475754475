// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/company_assessment.proto; do not edit.

package import ProtobufCoding

/// What a formula is.
package enum Vigie_V1_FormulaKind: Sendable, Equatable {
    /// Never sent.
    case unspecified
    /// One of the public set of ratios.
    case ratio
    /// An intermediate balance, or a part of the functional balance sheet.
    case balance
    /// A published model.
    case model
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .ratio, .balance, .model]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .ratio
        case 2: self = .balance
        case 3: self = .model
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .ratio: 1
        case .balance: 2
        case .model: 3
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Why a company was not scored.
package enum Vigie_V1_NotScorableReason: Sendable, Equatable {
    /// It was, or its outcome says it.
    case unspecified
    /// Neither statements nor payments are known on that day.
    case nothingKnown
    /// No statement is known, and fewer payments within twelve months than it takes.
    case fewPayments
    /// Statements lack what the model asks for, and payments are too few.
    case itemsMissing
    /// Statements were made known after that day, and payments are too few.
    case knownLater
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .nothingKnown, .fewPayments, .itemsMissing, .knownLater]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .nothingKnown
        case 2: self = .fewPayments
        case 3: self = .itemsMissing
        case 4: self = .knownLater
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .nothingKnown: 1
        case .fewPayments: 2
        case .itemsMissing: 3
        case .knownLater: 4
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// What sales are taken from.
package enum Vigie_V1_SalesBasis: Sendable, Equatable {
    /// Never sent.
    case unspecified
    /// Sales with tax by month, as they were booked or invoiced.
    case ledger
    /// The turnover of the last accounts, with tax.
    case statement
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .ledger, .statement]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .ledger
        case 2: self = .statement
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .ledger: 1
        case .statement: 2
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Why no change reaches a class.
package enum Vigie_V1_NoReachReason: Sendable, Equatable {
    /// There is one.
    case unspecified
    /// The company is there already.
    case alreadyThere
    /// Nothing that is possible reaches it.
    case nothing
    /// So little is known that no company gets a better class than best_class.
    case capped
    /// It cannot be changed.
    case impossible
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .alreadyThere, .nothing, .capped, .impossible]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .alreadyThere
        case 2: self = .nothing
        case 3: self = .capped
        case 4: self = .impossible
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .alreadyThere: 1
        case .nothing: 2
        case .capped: 3
        case .impossible: 4
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// What can be said of a company at all.
package enum Vigie_V1_AssessmentOutcome: Sendable, Equatable {
    /// Never sent.
    case unspecified
    /// It was scored.
    case scored
    /// Too little is known.
    case notScorable
    /// It has ended.
    case closed
    /// Collective proceedings are open: it has failed.
    case inProceedings
    /// Somebody has to read a judgment first.
    case review
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .scored, .notScorable, .closed, .inProceedings, .review]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .scored
        case 2: self = .notScorable
        case 3: self = .closed
        case 4: self = .inProceedings
        case 5: self = .review
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .scored: 1
        case .notScorable: 2
        case .closed: 3
        case .inProceedings: 4
        case .review: 5
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// What a probability was made from.
package enum Vigie_V1_AssessmentBasis: Sendable, Equatable {
    /// There is no probability.
    case unspecified
    /// Statements, by the model.
    case statements
    /// Few ratios of statements, by the card.
    case fewRatios
    /// Payments alone, from the model's base rate; not fitted.
    case payments
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .statements, .fewRatios, .payments]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .statements
        case 2: self = .fewRatios
        case 3: self = .payments
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .statements: 1
        case .fewRatios: 2
        case .payments: 3
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// How far an assessment is to be trusted, by how much is known.
package enum Vigie_V1_Confidence: Sendable, Equatable {
    /// Never sent.
    case unspecified
    /// Most is known.
    case a
    /// Less.
    case b
    /// Less.
    case c
    /// Less.
    case d
    /// Less.
    case e
    /// Less.
    case f
    /// Nothing.
    case g
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .a, .b, .c, .d, .e, .f, .g]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .a
        case 2: self = .b
        case 3: self = .c
        case 4: self = .d
        case 5: self = .e
        case 6: self = .f
        case 7: self = .g
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .a: 1
        case .b: 2
        case .c: 3
        case .d: 4
        case .e: 5
        case .f: 6
        case .g: 7
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Where a company stands in collective proceedings.
package enum Vigie_V1_ProceedingState: Sendable, Equatable {
    /// Never sent.
    case unspecified
    /// In none.
    case none
    /// Safeguard, the court observes.
    case sauvegardeObs
    /// Safeguard, a plan is carried out.
    case sauvegardePlan
    /// Reorganisation, the court observes.
    case rjObs
    /// Reorganisation, a plan is carried out.
    case rjPlan
    /// Liquidation.
    case lj
    /// A plan was not kept, and what follows is not known.
    case noneAfterResolution
    /// Closed, all debts paid.
    case closedPaid
    /// Closed, assets not sufficient.
    case closedInsufficientAssets
    /// Closed, and not said why.
    case closedUnspecified
    /// A judgment has to be read by somebody.
    case review
    /// A court of appeal undid the last decision; somebody has to read what holds.
    case reviewAfterAppeal
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .none, .sauvegardeObs, .sauvegardePlan, .rjObs, .rjPlan, .lj, .noneAfterResolution, .closedPaid, .closedInsufficientAssets, .closedUnspecified, .review, .reviewAfterAppeal]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .none
        case 2: self = .sauvegardeObs
        case 3: self = .sauvegardePlan
        case 4: self = .rjObs
        case 5: self = .rjPlan
        case 6: self = .lj
        case 7: self = .noneAfterResolution
        case 8: self = .closedPaid
        case 9: self = .closedInsufficientAssets
        case 10: self = .closedUnspecified
        case 11: self = .review
        case 12: self = .reviewAfterAppeal
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .none: 1
        case .sauvegardeObs: 2
        case .sauvegardePlan: 3
        case .rjObs: 4
        case .rjPlan: 5
        case .lj: 6
        case .noneAfterResolution: 7
        case .closedPaid: 8
        case .closedInsufficientAssets: 9
        case .closedUnspecified: 10
        case .review: 11
        case .reviewAfterAppeal: 12
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Where a company stands by all registers together.
package enum Vigie_V1_RegisterStanding: Sendable, Equatable {
    /// Never sent.
    case unspecified
    /// Nothing says that it is not on it.
    case active
    /// The owners dissolve it.
    case dissolving
    /// It is off it.
    case struckOff
    /// The directory of companies says that it has ceased.
    case ceased
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .active, .dissolving, .struckOff, .ceased]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .active
        case 2: self = .dissolving
        case 3: self = .struckOff
        case 4: self = .ceased
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .active: 1
        case .dissolving: 2
        case .struckOff: 3
        case .ceased: 4
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Kinds of conflict.
package enum Vigie_V1_LegalConflictKind: Sendable, Equatable {
    /// Never sent.
    case unspecified
    /// Struck off, and active in the directory; it counts as closed.
    case struckOffYetActive
    /// Active in the directory again, since after it was struck off.
    case activeAgain
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .struckOffYetActive, .activeAgain]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .struckOffYetActive
        case 2: self = .activeAgain
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .struckOffYetActive: 1
        case .activeAgain: 2
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Why a formula has no value.
package enum Vigie_V1_NoValueReason: Sendable, Equatable {
    /// It has one.
    case unspecified
    /// Lines without which it says nothing are not there.
    case linesMissing
    /// They are not there in the year before.
    case earlierLinesMissing
    /// It asks for a value that no statement has.
    case notGiven
    /// There is no statement of the year before.
    case noYearBefore
    /// A divisor is 0, or a logarithm is taken of what has none.
    case notComputable
    /// What it divides by is 0 where only an amount above zero has a meaning.
    case divisorZero
    /// What it divides by is negative where only an amount above zero has a meaning.
    case divisorNegative
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .linesMissing, .earlierLinesMissing, .notGiven, .noYearBefore, .notComputable, .divisorZero, .divisorNegative]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .linesMissing
        case 2: self = .earlierLinesMissing
        case 3: self = .notGiven
        case 4: self = .noYearBefore
        case 5: self = .notComputable
        case 6: self = .divisorZero
        case 7: self = .divisorNegative
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .linesMissing: 1
        case .earlierLinesMissing: 2
        case .notGiven: 3
        case .noYearBefore: 4
        case .notComputable: 5
        case .divisorZero: 6
        case .divisorNegative: 7
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// What the value of a published model means.
package enum Vigie_V1_ModelZone: Sendable, Equatable {
    /// There is none.
    case unspecified
    /// Like firms that failed.
    case distress
    /// Neither.
    case grey
    /// Like firms that did not.
    case safe
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .distress, .grey, .safe]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .distress
        case 2: self = .grey
        case 3: self = .safe
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .distress: 1
        case .grey: 2
        case .safe: 3
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// How grave a finding is.
package enum Vigie_V1_FindingSeverity: Sendable, Equatable {
    /// Never sent.
    case unspecified
    /// Worth knowing.
    case info
    /// Lowers how far the result is trusted.
    case warning
    /// Something was not read.
    case error
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .info, .warning, .error]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .info
        case 2: self = .warning
        case 3: self = .error
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .info: 1
        case .warning: 2
        case .error: 3
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// What is the same for all assessments of a response or stream.
package struct Vigie_V1_AssessmentContext: ProtobufMessage {
    /// The model that scores statements.
    package var model: Vigie_V1_ModelIdentity {
        get { .only(_model) }
        set { _model = [newValue] }
    }
    /// Whether the message has `model`.
    package var hasModel: Bool { !_model.isEmpty }
    /// Takes `model` out of the message.
    package mutating func clearModel() { _model = [] }
    private var _model: [Vigie_V1_ModelIdentity] = []

    /// The one for statements of which many items are missing; absent if none.
    package var card: Vigie_V1_ModelIdentity {
        get { .only(_card) }
        set { _card = [newValue] }
    }
    /// Whether the message has `card`.
    package var hasCard: Bool { !_card.isEmpty }
    /// Takes `card` out of the message.
    package mutating func clearCard() { _card = [] }
    private var _card: [Vigie_V1_ModelIdentity] = []

    /// Features of the model.
    package var modelFeatures: [Vigie_V1_FeatureLabel] = []

    /// Features of the card.
    package var cardFeatures: [Vigie_V1_FeatureLabel] = []

    /// Ratios, balances and published models.
    package var formulas: [Vigie_V1_FormulaLabel] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.AssessmentContext" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_model)
            case 18: try reader.boxed(&_card)
            case 26: try reader.messages(&modelFeatures)
            case 34: try reader.messages(&cardFeatures)
            case 42: try reader.messages(&formulas)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _model)
        writer.messages(18, _card)
        writer.messages(26, modelFeatures)
        writer.messages(34, cardFeatures)
        writer.messages(42, formulas)
    }
}

/// What a feature is called.
package struct Vigie_V1_FeatureLabel: ProtobufMessage {
    /// The number that reasons have: index into the features that
    /// ModelService.DescribeModel gives.
    package var feature: UInt32 = 0

    /// Its name, the same in all languages.
    package var name: String = ""

    /// Its label.
    package var label: Vigie_V1_LocalizedText {
        get { .only(_label) }
        set { _label = [newValue] }
    }
    /// Whether the message has `label`.
    package var hasLabel: Bool { !_label.isEmpty }
    /// Takes `label` out of the message.
    package mutating func clearLabel() { _label = [] }
    private var _label: [Vigie_V1_LocalizedText] = []

    /// What a reason says of it that raises the risk.
    package var raisesRisk: Vigie_V1_LocalizedText {
        get { .only(_raisesRisk) }
        set { _raisesRisk = [newValue] }
    }
    /// Whether the message has `raisesRisk`.
    package var hasRaisesRisk: Bool { !_raisesRisk.isEmpty }
    /// Takes `raisesRisk` out of the message.
    package mutating func clearRaisesRisk() { _raisesRisk = [] }
    private var _raisesRisk: [Vigie_V1_LocalizedText] = []

    /// What one says that lowers it.
    package var lowersRisk: Vigie_V1_LocalizedText {
        get { .only(_lowersRisk) }
        set { _lowersRisk = [newValue] }
    }
    /// Whether the message has `lowersRisk`.
    package var hasLowersRisk: Bool { !_lowersRisk.isEmpty }
    /// Takes `lowersRisk` out of the message.
    package mutating func clearLowersRisk() { _lowersRisk = [] }
    private var _lowersRisk: [Vigie_V1_LocalizedText] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.FeatureLabel" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: feature = try reader.uint32()
            case 18: name = try reader.string()
            case 26: try reader.boxed(&_label)
            case 34: try reader.boxed(&_raisesRisk)
            case 42: try reader.boxed(&_lowersRisk)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.uint32(8, feature)
        writer.string(18, name)
        writer.messages(26, _label)
        writer.messages(34, _raisesRisk)
        writer.messages(42, _lowersRisk)
    }
}

/// What a formula is called.
package struct Vigie_V1_FormulaLabel: ProtobufMessage {
    /// The number that results have. Holds for this response or stream only.
    package var formula: UInt32 = 0

    /// Its name, the same in all languages, such as "altman_z".
    package var name: String = ""

    /// Its label.
    package var label: Vigie_V1_LocalizedText {
        get { .only(_label) }
        set { _label = [newValue] }
    }
    /// Whether the message has `label`.
    package var hasLabel: Bool { !_label.isEmpty }
    /// Takes `label` out of the message.
    package mutating func clearLabel() { _label = [] }
    private var _label: [Vigie_V1_LocalizedText] = []

    /// What it is.
    package var kind: Vigie_V1_FormulaKind = Vigie_V1_FormulaKind()

    /// Unit of its values: euro, percent, days, years, score, logit or probit.
    package var unit: String = ""

    /// Who published it.
    package var source: String = ""

    /// Of a published model, what goes into it on the complete form: lines, names of
    /// formulas. Empty unless inputs are asked for.
    package var inputs: [String] = []

    /// The same on the simplified form.
    package var simplifiedInputs: [String] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.FormulaLabel" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: formula = try reader.uint32()
            case 18: name = try reader.string()
            case 26: try reader.boxed(&_label)
            case 32: kind = Vigie_V1_FormulaKind(rawValue: try reader.enumeration())
            case 42: unit = try reader.string()
            case 50: source = try reader.string()
            case 58: try reader.strings(&inputs)
            case 66: try reader.strings(&simplifiedInputs)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.uint32(8, formula)
        writer.string(18, name)
        writer.messages(26, _label)
        writer.enumeration(32, kind.rawValue)
        writer.string(42, unit)
        writer.string(50, source)
        writer.strings(58, inputs)
        writer.strings(66, simplifiedInputs)
    }
}

/// What is said of a company.
package struct Vigie_V1_CompanyAssessment: ProtobufMessage {
    /// Its number, as the request has it.
    package var siren: String = ""

    /// What can be said at all. It comes first: only SCORED has figures.
    package var outcome: Vigie_V1_AssessmentOutcome = Vigie_V1_AssessmentOutcome()

    /// Since when, of proceedings and of an end; absent when not known.
    package var sinceDay: Int32 {
        get { _sinceDay ?? 0 }
        set { _sinceDay = newValue }
    }
    /// Whether the message has `sinceDay`.
    package var hasSinceDay: Bool { _sinceDay != nil }
    /// Takes `sinceDay` out of the message.
    package mutating func clearSinceDay() { _sinceDay = nil }
    private var _sinceDay: Int32?

    /// Where the company stands in law.
    package var legal: Vigie_V1_LegalStanding {
        get { .only(_legal) }
        set { _legal = [newValue] }
    }
    /// Whether the message has `legal`.
    package var hasLegal: Bool { !_legal.isEmpty }
    /// Takes `legal` out of the message.
    package mutating func clearLegal() { _legal = [] }
    private var _legal: [Vigie_V1_LegalStanding] = []

    /// What the probability was made from. UNSPECIFIED without one.
    package var basis: Vigie_V1_AssessmentBasis = Vigie_V1_AssessmentBasis()

    /// The model's figures, calibrated by data depth; absent without a score.
    package var base: Vigie_V1_RiskFigures {
        get { .only(_base) }
        set { _base = [newValue] }
    }
    /// Whether the message has `base`.
    package var hasBase: Bool { !_base.isEmpty }
    /// Takes `base` out of the message.
    package mutating func clearBase() { _base = [] }
    private var _base: [Vigie_V1_RiskFigures] = []

    /// With what payments add; absent without a score.
    package var adjusted: Vigie_V1_RiskFigures {
        get { .only(_adjusted) }
        set { _adjusted = [newValue] }
    }
    /// Whether the message has `adjusted`.
    package var hasAdjusted: Bool { !_adjusted.isEmpty }
    /// Takes `adjusted` out of the message.
    package mutating func clearAdjusted() { _adjusted = [] }
    private var _adjusted: [Vigie_V1_RiskFigures] = []

    /// What payments added, in log-odds.
    package var paymentLogOdds: Double = 0

    /// What the calibration by data depth added to the model's log-odds.
    package var depthLogOdds: Double = 0

    /// How far it is to be trusted.
    package var confidence: Vigie_V1_Confidence = Vigie_V1_Confidence()

    /// Whether the class was lowered because little is known.
    package var classCapped: Bool = false

    /// Why, the strongest first; of the model, or with the basis FEW_RATIOS of the
    /// card.
    package var reasons: Vigie_V1_ReasonColumns {
        get { .only(_reasons) }
        set { _reasons = [newValue] }
    }
    /// Whether the message has `reasons`.
    package var hasReasons: Bool { !_reasons.isEmpty }
    /// Takes `reasons` out of the message.
    package mutating func clearReasons() { _reasons = [] }
    private var _reasons: [Vigie_V1_ReasonColumns] = []

    /// Ratios and balances of the last statement.
    package var ratios: Vigie_V1_ResultColumns {
        get { .only(_ratios) }
        set { _ratios = [newValue] }
    }
    /// Whether the message has `ratios`.
    package var hasRatios: Bool { !_ratios.isEmpty }
    /// Takes `ratios` out of the message.
    package mutating func clearRatios() { _ratios = [] }
    private var _ratios: [Vigie_V1_ResultColumns] = []

    /// What published models say.
    package var publishedModels: Vigie_V1_PublishedModelColumns {
        get { .only(_publishedModels) }
        set { _publishedModels = [newValue] }
    }
    /// Whether the message has `publishedModels`.
    package var hasPublishedModels: Bool { !_publishedModels.isEmpty }
    /// Takes `publishedModels` out of the message.
    package mutating func clearPublishedModels() { _publishedModels = [] }
    private var _publishedModels: [Vigie_V1_PublishedModelColumns] = []

    /// How the company pays what it owes.
    package var payments: Vigie_V1_PaymentFigures {
        get { .only(_payments) }
        set { _payments = [newValue] }
    }
    /// Whether the message has `payments`.
    package var hasPayments: Bool { !_payments.isEmpty }
    /// Takes `payments` out of the message.
    package mutating func clearPayments() { _payments = [] }
    private var _payments: [Vigie_V1_PaymentFigures] = []

    /// How its customers pay it.
    package var receivables: Vigie_V1_PaymentFigures {
        get { .only(_receivables) }
        set { _receivables = [newValue] }
    }
    /// Whether the message has `receivables`.
    package var hasReceivables: Bool { !_receivables.isEmpty }
    /// Takes `receivables` out of the message.
    package mutating func clearReceivables() { _receivables = [] }
    private var _receivables: [Vigie_V1_PaymentFigures] = []

    /// The statements that were used, the newest first.
    package var statements: Vigie_V1_UsedStatementColumns {
        get { .only(_statements) }
        set { _statements = [newValue] }
    }
    /// Whether the message has `statements`.
    package var hasStatements: Bool { !_statements.isEmpty }
    /// Takes `statements` out of the message.
    package mutating func clearStatements() { _statements = [] }
    private var _statements: [Vigie_V1_UsedStatementColumns] = []

    /// What is odd about the statements; it lowers the confidence.
    package var findings: [Vigie_V1_PaperFinding] = []

    /// How long receivables stand; absent where nothing is known of them, or of
    /// sales. Left out with payments.
    package var receivableDays: Vigie_V1_ReceivableDays {
        get { .only(_receivableDays) }
        set { _receivableDays = [newValue] }
    }
    /// Whether the message has `receivableDays`.
    package var hasReceivableDays: Bool { !_receivableDays.isEmpty }
    /// Takes `receivableDays` out of the message.
    package mutating func clearReceivableDays() { _receivableDays = [] }
    private var _receivableDays: [Vigie_V1_ReceivableDays] = []

    /// What models of several horizons say, if asked for.
    package var horizons: Vigie_V1_HorizonColumns {
        get { .only(_horizons) }
        set { _horizons = [newValue] }
    }
    /// Whether the message has `horizons`.
    package var hasHorizons: Bool { !_horizons.isEmpty }
    /// Takes `horizons` out of the message.
    package mutating func clearHorizons() { _horizons = [] }
    private var _horizons: [Vigie_V1_HorizonColumns] = []

    /// Where ratios stand among those of others, if asked for.
    package var quartiles: Vigie_V1_QuartileColumns {
        get { .only(_quartiles) }
        set { _quartiles = [newValue] }
    }
    /// Whether the message has `quartiles`.
    package var hasQuartiles: Bool { !_quartiles.isEmpty }
    /// Takes `quartiles` out of the message.
    package mutating func clearQuartiles() { _quartiles = [] }
    private var _quartiles: [Vigie_V1_QuartileColumns] = []

    /// What would be said if facts were others, if asked for.
    package var whatIf: Vigie_V1_ChangedAssessment {
        get { .only(_whatIf) }
        set { _whatIf = [newValue] }
    }
    /// Whether the message has `whatIf`.
    package var hasWhatIf: Bool { !_whatIf.isEmpty }
    /// Takes `whatIf` out of the message.
    package mutating func clearWhatIf() { _whatIf = [] }
    private var _whatIf: [Vigie_V1_ChangedAssessment] = []

    /// The smallest change of each driver that reaches a class, if asked for.
    package var reach: [Vigie_V1_ReachingChange] = []

    /// Why it was not scored; only with the outcome NOT_SCORABLE.
    package var notScorableReason: Vigie_V1_NotScorableReason = Vigie_V1_NotScorableReason()

    /// How the main figures went over the years, if asked for; those of which two
    /// years are known at least.
    package var trends: [Vigie_V1_FigureTrend] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CompanyAssessment" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: siren = try reader.string()
            case 16: outcome = Vigie_V1_AssessmentOutcome(rawValue: try reader.enumeration())
            case 24: _sinceDay = try reader.sint32()
            case 34: try reader.boxed(&_legal)
            case 40: basis = Vigie_V1_AssessmentBasis(rawValue: try reader.enumeration())
            case 50: try reader.boxed(&_base)
            case 58: try reader.boxed(&_adjusted)
            case 65: paymentLogOdds = try reader.double()
            case 73: depthLogOdds = try reader.double()
            case 80: confidence = Vigie_V1_Confidence(rawValue: try reader.enumeration())
            case 88: classCapped = try reader.bool()
            case 98: try reader.boxed(&_reasons)
            case 106: try reader.boxed(&_ratios)
            case 114: try reader.boxed(&_publishedModels)
            case 122: try reader.boxed(&_payments)
            case 130: try reader.boxed(&_receivables)
            case 138: try reader.boxed(&_statements)
            case 146: try reader.messages(&findings)
            case 154: try reader.boxed(&_receivableDays)
            case 162: try reader.boxed(&_horizons)
            case 170: try reader.boxed(&_quartiles)
            case 178: try reader.boxed(&_whatIf)
            case 186: try reader.messages(&reach)
            case 192: notScorableReason = Vigie_V1_NotScorableReason(rawValue: try reader.enumeration())
            case 202: try reader.messages(&trends)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, siren)
        writer.enumeration(16, outcome.rawValue)
        if let value = _sinceDay {
            writer.tag(24)
            writer.sint32(value)
        }
        writer.messages(34, _legal)
        writer.enumeration(40, basis.rawValue)
        writer.messages(50, _base)
        writer.messages(58, _adjusted)
        writer.double(65, paymentLogOdds)
        writer.double(73, depthLogOdds)
        writer.enumeration(80, confidence.rawValue)
        writer.bool(88, classCapped)
        writer.messages(98, _reasons)
        writer.messages(106, _ratios)
        writer.messages(114, _publishedModels)
        writer.messages(122, _payments)
        writer.messages(130, _receivables)
        writer.messages(138, _statements)
        writer.messages(146, findings)
        writer.messages(154, _receivableDays)
        writer.messages(162, _horizons)
        writer.messages(170, _quartiles)
        writer.messages(178, _whatIf)
        writer.messages(186, reach)
        writer.enumeration(192, notScorableReason.rawValue)
        writer.messages(202, trends)
    }
}

/// How a figure went over the years. Amounts are those of twelve months.
package struct Vigie_V1_FigureTrend: ProtobufMessage {
    /// The ratio or balance, by its number.
    package var formula: UInt32 = 0

    /// The days on which the years ended, the last one first; those without a value
    /// are left out.
    package var closingDays: [Int32] = []

    /// The values of those years.
    package var values: [Double] = []

    /// The last year's value less that of the year before it; absent where one of
    /// them has none.
    package var change: Double {
        get { _change ?? 0 }
        set { _change = newValue }
    }
    /// Whether the message has `change`.
    package var hasChange: Bool { _change != nil }
    /// Takes `change` out of the message.
    package mutating func clearChange() { _change = nil }
    private var _change: Double?

    /// By how much it grows in a year: the straight line with the least squares
    /// through all values.
    package var slopePerYear: Double {
        get { _slopePerYear ?? 0 }
        set { _slopePerYear = newValue }
    }
    /// Whether the message has `slopePerYear`.
    package var hasSlopePerYear: Bool { _slopePerYear != nil }
    /// Takes `slopePerYear` out of the message.
    package mutating func clearSlopePerYear() { _slopePerYear = nil }
    private var _slopePerYear: Double?

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.FigureTrend" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: formula = try reader.uint32()
            case 16, 18: try reader.sint32s(tag, &closingDays)
            case 25, 26: try reader.doubles(tag, &values)
            case 33: _change = try reader.double()
            case 41: _slopePerYear = try reader.double()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.uint32(8, formula)
        writer.sint32s(18, closingDays)
        writer.doubles(26, values)
        if let value = _change {
            writer.tag(33)
            writer.double(value)
        }
        if let value = _slopePerYear {
            writer.tag(41)
            writer.double(value)
        }
    }
}

/// How long receivables stand, in days.
package struct Vigie_V1_ReceivableDays: ProtobufMessage {
    /// What sales are taken from.
    package var basis: Vigie_V1_SalesBasis = Vigie_V1_SalesBasis()

    /// Days sales outstanding (DSO).
    package var daysSalesOutstanding: Double {
        get { _daysSalesOutstanding ?? 0 }
        set { _daysSalesOutstanding = newValue }
    }
    /// Whether the message has `daysSalesOutstanding`.
    package var hasDaysSalesOutstanding: Bool { _daysSalesOutstanding != nil }
    /// Takes `daysSalesOutstanding` out of the message.
    package mutating func clearDaysSalesOutstanding() { _daysSalesOutstanding = nil }
    private var _daysSalesOutstanding: Double?

    /// What they could be at best: if nothing were past due.
    package var bestPossibleDays: Double {
        get { _bestPossibleDays ?? 0 }
        set { _bestPossibleDays = newValue }
    }
    /// Whether the message has `bestPossibleDays`.
    package var hasBestPossibleDays: Bool { _bestPossibleDays != nil }
    /// Takes `bestPossibleDays` out of the message.
    package mutating func clearBestPossibleDays() { _bestPossibleDays = nil }
    private var _bestPossibleDays: Double?

    /// Average days delinquent (ADD): the difference of both.
    package var averageDaysDelinquent: Double {
        get { _averageDaysDelinquent ?? 0 }
        set { _averageDaysDelinquent = newValue }
    }
    /// Whether the message has `averageDaysDelinquent`.
    package var hasAverageDaysDelinquent: Bool { _averageDaysDelinquent != nil }
    /// Takes `averageDaysDelinquent` out of the message.
    package mutating func clearAverageDaysDelinquent() { _averageDaysDelinquent = nil }
    private var _averageDaysDelinquent: Double?

    /// DSO counted back by the sales of the last months; absent where sales by month
    /// are not known.
    package var countBackDays: Double {
        get { _countBackDays ?? 0 }
        set { _countBackDays = newValue }
    }
    /// Whether the message has `countBackDays`.
    package var hasCountBackDays: Bool { _countBackDays != nil }
    /// Takes `countBackDays` out of the message.
    package mutating func clearCountBackDays() { _countBackDays = nil }
    private var _countBackDays: Double?

    /// Which part of what could be collected in twelve months was (CEI), in percent;
    /// absent where sales by month are not known.
    package var collectionEffectiveness: Double {
        get { _collectionEffectiveness ?? 0 }
        set { _collectionEffectiveness = newValue }
    }
    /// Whether the message has `collectionEffectiveness`.
    package var hasCollectionEffectiveness: Bool { _collectionEffectiveness != nil }
    /// Takes `collectionEffectiveness` out of the message.
    package mutating func clearCollectionEffectiveness() { _collectionEffectiveness = nil }
    private var _collectionEffectiveness: Double?

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ReceivableDays" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: basis = Vigie_V1_SalesBasis(rawValue: try reader.enumeration())
            case 17: _daysSalesOutstanding = try reader.double()
            case 25: _bestPossibleDays = try reader.double()
            case 33: _averageDaysDelinquent = try reader.double()
            case 41: _countBackDays = try reader.double()
            case 49: _collectionEffectiveness = try reader.double()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.enumeration(8, basis.rawValue)
        if let value = _daysSalesOutstanding {
            writer.tag(17)
            writer.double(value)
        }
        if let value = _bestPossibleDays {
            writer.tag(25)
            writer.double(value)
        }
        if let value = _averageDaysDelinquent {
            writer.tag(33)
            writer.double(value)
        }
        if let value = _countBackDays {
            writer.tag(41)
            writer.double(value)
        }
        if let value = _collectionEffectiveness {
            writer.tag(49)
            writer.double(value)
        }
    }
}

/// What models of several horizons say, the nearest first. A horizon that nobody
/// fitted is not there.
package struct Vigie_V1_HorizonColumns: ProtobufMessage {
    /// Months for which each probability holds.
    package var months: [UInt32] = []

    /// Name and version of each model.
    package var models: [String] = []

    /// Probability of the event within the horizon, with what payments add.
    package var probabilities: [Double] = []

    /// Score on the model's scale.
    package var scores: [UInt32] = []

    /// Risk class of the model.
    package var riskClasses: [UInt32] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.HorizonColumns" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8, 10: try reader.uint32s(tag, &months)
            case 18: try reader.strings(&models)
            case 25, 26: try reader.doubles(tag, &probabilities)
            case 32, 34: try reader.uint32s(tag, &scores)
            case 40, 42: try reader.uint32s(tag, &riskClasses)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.uint32s(10, months)
        writer.strings(18, models)
        writer.doubles(26, probabilities)
        writer.uint32s(34, scores)
        writer.uint32s(42, riskClasses)
    }
}

/// Where ratios stand among those of a group.
package struct Vigie_V1_QuartileColumns: ProtobufMessage {
    /// The ratio, by its number.
    package var formulas: [UInt32] = []

    /// Its value.
    package var values: [Double] = []

    /// In which quarter it lies, from 1 for the lowest to 4.
    package var quarters: [UInt32] = []

    /// A quarter of the group is below.
    package var firsts: [Double] = []

    /// Half of it is.
    package var medians: [Double] = []

    /// Three quarters are.
    package var thirds: [Double] = []

    /// The group; empty for all.
    package var segments: [String] = []

    /// The year of the data; 0 where the table does not say.
    package var years: [UInt32] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.QuartileColumns" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8, 10: try reader.uint32s(tag, &formulas)
            case 17, 18: try reader.doubles(tag, &values)
            case 24, 26: try reader.uint32s(tag, &quarters)
            case 33, 34: try reader.doubles(tag, &firsts)
            case 41, 42: try reader.doubles(tag, &medians)
            case 49, 50: try reader.doubles(tag, &thirds)
            case 58: try reader.strings(&segments)
            case 64, 66: try reader.uint32s(tag, &years)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.uint32s(10, formulas)
        writer.doubles(18, values)
        writer.uint32s(26, quarters)
        writer.doubles(34, firsts)
        writer.doubles(42, medians)
        writer.doubles(50, thirds)
        writer.strings(58, segments)
        writer.uint32s(66, years)
    }
}

/// What would be said if facts were others.
package struct Vigie_V1_ChangedAssessment: ProtobufMessage {
    /// What each change does, in the order of the header.
    package var effects: [Vigie_V1_ChangeEffect] = []

    /// What can be said then.
    package var outcome: Vigie_V1_AssessmentOutcome = Vigie_V1_AssessmentOutcome()

    /// The figures then; absent without a score.
    package var adjusted: Vigie_V1_RiskFigures {
        get { .only(_adjusted) }
        set { _adjusted = [newValue] }
    }
    /// Whether the message has `adjusted`.
    package var hasAdjusted: Bool { !_adjusted.isEmpty }
    /// Takes `adjusted` out of the message.
    package mutating func clearAdjusted() { _adjusted = [] }
    private var _adjusted: [Vigie_V1_RiskFigures] = []

    /// Why the changes cannot be made; absent if they can.
    package var error: Vigie_V1_LocalizedText {
        get { .only(_error) }
        set { _error = [newValue] }
    }
    /// Whether the message has `error`.
    package var hasError: Bool { !_error.isEmpty }
    /// Takes `error` out of the message.
    package mutating func clearError() { _error = [] }
    private var _error: [Vigie_V1_LocalizedText] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ChangedAssessment" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&effects)
            case 16: outcome = Vigie_V1_AssessmentOutcome(rawValue: try reader.enumeration())
            case 26: try reader.boxed(&_adjusted)
            case 34: try reader.boxed(&_error)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, effects)
        writer.enumeration(16, outcome.rawValue)
        writer.messages(26, _adjusted)
        writer.messages(34, _error)
    }
}

/// What a change does.
package struct Vigie_V1_ChangeEffect: ProtobufMessage {
    /// The driver or line, as it was asked for.
    package var name: String = ""

    /// The line that it falls on; empty for a change of payments.
    package var line: String = ""

    /// What was there, in cents.
    package var fromCents: Int64 = 0

    /// What is there then, in cents.
    package var toCents: Int64 = 0

    /// What comes to cash, in cents, or leaves it.
    package var cashCents: Int64 = 0

    /// Which part of their delays payments keep; absent for a change of a statement.
    package var delayPart: Double {
        get { _delayPart ?? 0 }
        set { _delayPart = newValue }
    }
    /// Whether the message has `delayPart`.
    package var hasDelayPart: Bool { _delayPart != nil }
    /// Takes `delayPart` out of the message.
    package mutating func clearDelayPart() { _delayPart = nil }
    private var _delayPart: Double?

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ChangeEffect" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: line = try reader.string()
            case 24: fromCents = try reader.sint64()
            case 32: toCents = try reader.sint64()
            case 40: cashCents = try reader.sint64()
            case 49: _delayPart = try reader.double()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.string(18, line)
        writer.sint64(24, fromCents)
        writer.sint64(32, toCents)
        writer.sint64(40, cashCents)
        if let value = _delayPart {
            writer.tag(49)
            writer.double(value)
        }
    }
}

/// The smallest change of a driver that reaches a class.
package struct Vigie_V1_ReachingChange: ProtobufMessage {
    /// The driver, such as "equity".
    package var driver: String = ""

    /// What it is called.
    package var label: Vigie_V1_LocalizedText {
        get { .only(_label) }
        set { _label = [newValue] }
    }
    /// Whether the message has `label`.
    package var hasLabel: Bool { !_label.isEmpty }
    /// Takes `label` out of the message.
    package mutating func clearLabel() { _label = [] }
    private var _label: [Vigie_V1_LocalizedText] = []

    /// The change; absent if there is none.
    package var effect: Vigie_V1_ChangeEffect {
        get { .only(_effect) }
        set { _effect = [newValue] }
    }
    /// Whether the message has `effect`.
    package var hasEffect: Bool { !_effect.isEmpty }
    /// Takes `effect` out of the message.
    package mutating func clearEffect() { _effect = [] }
    private var _effect: [Vigie_V1_ChangeEffect] = []

    /// The figures then; absent if there is none.
    package var adjusted: Vigie_V1_RiskFigures {
        get { .only(_adjusted) }
        set { _adjusted = [newValue] }
    }
    /// Whether the message has `adjusted`.
    package var hasAdjusted: Bool { !_adjusted.isEmpty }
    /// Takes `adjusted` out of the message.
    package mutating func clearAdjusted() { _adjusted = [] }
    private var _adjusted: [Vigie_V1_RiskFigures] = []

    /// Why there is no change.
    package var reason: Vigie_V1_NoReachReason = Vigie_V1_NoReachReason()

    /// With CAPPED, the best class that a company of which so little is known gets.
    package var bestClass: UInt32 = 0

    /// With IMPOSSIBLE, why it cannot be changed.
    package var error: Vigie_V1_LocalizedText {
        get { .only(_error) }
        set { _error = [newValue] }
    }
    /// Whether the message has `error`.
    package var hasError: Bool { !_error.isEmpty }
    /// Takes `error` out of the message.
    package mutating func clearError() { _error = [] }
    private var _error: [Vigie_V1_LocalizedText] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ReachingChange" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: driver = try reader.string()
            case 18: try reader.boxed(&_label)
            case 26: try reader.boxed(&_effect)
            case 34: try reader.boxed(&_adjusted)
            case 40: reason = Vigie_V1_NoReachReason(rawValue: try reader.enumeration())
            case 48: bestClass = try reader.uint32()
            case 58: try reader.boxed(&_error)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, driver)
        writer.messages(18, _label)
        writer.messages(26, _effect)
        writer.messages(34, _adjusted)
        writer.enumeration(40, reason.rawValue)
        writer.uint32(48, bestClass)
        writer.messages(58, _error)
    }
}

/// A probability and what follows from it.
package struct Vigie_V1_RiskFigures: ProtobufMessage {
    /// Probability of the model's event within its horizon, 0 to 1.
    package var probability: Double = 0

    /// Score on the model's scale.
    package var score: UInt32 = 0

    /// Risk class of the model, from 1 for the safest.
    package var riskClass: UInt32 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.RiskFigures" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 9: probability = try reader.double()
            case 16: score = try reader.uint32()
            case 24: riskClass = try reader.uint32()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.double(9, probability)
        writer.uint32(16, score)
        writer.uint32(24, riskClass)
    }
}

/// Where a company stands in law.
package struct Vigie_V1_LegalStanding: ProtobufMessage {
    /// The state of its proceedings.
    package var state: Vigie_V1_ProceedingState = Vigie_V1_ProceedingState()

    /// Since when; with NONE, when the last proceedings ended. Absent if never.
    package var sinceDay: Int32 {
        get { _sinceDay ?? 0 }
        set { _sinceDay = newValue }
    }
    /// Whether the message has `sinceDay`.
    package var hasSinceDay: Bool { _sinceDay != nil }
    /// Takes `sinceDay` out of the message.
    package mutating func clearSinceDay() { _sinceDay = nil }
    private var _sinceDay: Int32?

    /// Where it stands in the register of trade.
    package var register: Vigie_V1_RegisterStanding = Vigie_V1_RegisterStanding()

    /// Whether somebody has to read a judgment, whatever the outcome.
    package var needsReview: Bool = false

    /// Whether it failed before: a liquidation ended for want of assets.
    package var hasFailed: Bool = false

    /// Sources that do not agree.
    package var conflicts: [Vigie_V1_LegalConflict] = []

    /// Notices that led to the state, the last one last.
    package var notices: [String] = []

    /// What each of them made known.
    package var noticeKinds: [Vigie_V1_LegalEventKind] = []

    /// When each was made known.
    package var noticePublishedDays: [Int32] = []

    /// Where each stands.
    package var noticePapers: [UInt32] = []

    /// Where each stands.
    package var noticePaperLines: [UInt32] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.LegalStanding" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: state = Vigie_V1_ProceedingState(rawValue: try reader.enumeration())
            case 16: _sinceDay = try reader.sint32()
            case 24: register = Vigie_V1_RegisterStanding(rawValue: try reader.enumeration())
            case 32: needsReview = try reader.bool()
            case 40: hasFailed = try reader.bool()
            case 50: try reader.messages(&conflicts)
            case 58: try reader.strings(&notices)
            case 64: noticeKinds.append(Vigie_V1_LegalEventKind(rawValue: try reader.enumeration()))
            case 66:
                let outer = try reader.enter()
                while reader.hasMore {
                    noticeKinds.append(Vigie_V1_LegalEventKind(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 72, 74: try reader.sint32s(tag, &noticePublishedDays)
            case 80, 82: try reader.uint32s(tag, &noticePapers)
            case 88, 90: try reader.uint32s(tag, &noticePaperLines)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.enumeration(8, state.rawValue)
        if let value = _sinceDay {
            writer.tag(16)
            writer.sint32(value)
        }
        writer.enumeration(24, register.rawValue)
        writer.bool(32, needsReview)
        writer.bool(40, hasFailed)
        writer.messages(50, conflicts)
        writer.strings(58, notices)
        if !noticeKinds.isEmpty {
            let start = writer.open(66)
            for value in noticeKinds { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        writer.sint32s(74, noticePublishedDays)
        writer.uint32s(82, noticePapers)
        writer.uint32s(90, noticePaperLines)
    }
}

/// Two sources that do not agree.
package struct Vigie_V1_LegalConflict: ProtobufMessage {
    /// Which kind.
    package var kind: Vigie_V1_LegalConflictKind = Vigie_V1_LegalConflictKind()

    /// When the company was struck off.
    package var struckOffDay: Int32 = 0

    /// Since when the directory has it as active; absent when it does not say.
    package var activeSinceDay: Int32 {
        get { _activeSinceDay ?? 0 }
        set { _activeSinceDay = newValue }
    }
    /// Whether the message has `activeSinceDay`.
    package var hasActiveSinceDay: Bool { _activeSinceDay != nil }
    /// Takes `activeSinceDay` out of the message.
    package mutating func clearActiveSinceDay() { _activeSinceDay = nil }
    private var _activeSinceDay: Int32?

    /// Where it was read that it was struck off; absent where nobody says.
    package var struckOffPlace: Vigie_V1_PaperPlace {
        get { .only(_struckOffPlace) }
        set { _struckOffPlace = [newValue] }
    }
    /// Whether the message has `struckOffPlace`.
    package var hasStruckOffPlace: Bool { !_struckOffPlace.isEmpty }
    /// Takes `struckOffPlace` out of the message.
    package mutating func clearStruckOffPlace() { _struckOffPlace = [] }
    private var _struckOffPlace: [Vigie_V1_PaperPlace] = []

    /// Where it was read that it is active; absent where nobody says.
    package var activePlace: Vigie_V1_PaperPlace {
        get { .only(_activePlace) }
        set { _activePlace = [newValue] }
    }
    /// Whether the message has `activePlace`.
    package var hasActivePlace: Bool { !_activePlace.isEmpty }
    /// Takes `activePlace` out of the message.
    package mutating func clearActivePlace() { _activePlace = [] }
    private var _activePlace: [Vigie_V1_PaperPlace] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.LegalConflict" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: kind = Vigie_V1_LegalConflictKind(rawValue: try reader.enumeration())
            case 16: struckOffDay = try reader.sint32()
            case 24: _activeSinceDay = try reader.sint32()
            case 34: try reader.boxed(&_struckOffPlace)
            case 42: try reader.boxed(&_activePlace)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.enumeration(8, kind.rawValue)
        writer.sint32(16, struckOffDay)
        if let value = _activeSinceDay {
            writer.tag(24)
            writer.sint32(value)
        }
        writer.messages(34, _struckOffPlace)
        writer.messages(42, _activePlace)
    }
}

/// A place in a paper.
package struct Vigie_V1_PaperPlace: ProtobufMessage {
    /// Which paper, in the caller's own numbers.
    package var paper: UInt32 = 0

    /// The line, from 1; 0 for none.
    package var paperLine: UInt32 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PaperPlace" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: paper = try reader.uint32()
            case 16: paperLine = try reader.uint32()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.uint32(8, paper)
        writer.uint32(16, paperLine)
    }
}

/// Reasons as columns.
package struct Vigie_V1_ReasonColumns: ProtobufMessage {
    /// The feature, by its number.
    package var features: [UInt32] = []

    /// What it adds to the calibrated log-odds; positive raises the risk.
    package var contributions: [Double] = []

    /// Where the newest statement behind it stands.
    package var papers: [UInt32] = []

    /// See papers.
    package var paperLines: [UInt32] = []

    /// The day on which that statement's year ends.
    package var closingDays: [Int32] = []

    /// The feature's value for the company; NaN where it is missing.
    package var values: [Double] = []

    /// The median of the population that the model names; NaN where it says nothing
    /// of the feature.
    package var medians: [Double] = []

    /// Which part of that population lies below the value, in percent; NaN where
    /// that is not known.
    package var percentsBelow: [Double] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ReasonColumns" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8, 10: try reader.uint32s(tag, &features)
            case 17, 18: try reader.doubles(tag, &contributions)
            case 24, 26: try reader.uint32s(tag, &papers)
            case 32, 34: try reader.uint32s(tag, &paperLines)
            case 40, 42: try reader.sint32s(tag, &closingDays)
            case 49, 50: try reader.doubles(tag, &values)
            case 57, 58: try reader.doubles(tag, &medians)
            case 65, 66: try reader.doubles(tag, &percentsBelow)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.uint32s(10, features)
        writer.doubles(18, contributions)
        writer.uint32s(26, papers)
        writer.uint32s(34, paperLines)
        writer.sint32s(42, closingDays)
        writer.doubles(50, values)
        writer.doubles(58, medians)
        writer.doubles(66, percentsBelow)
    }
}

/// Results of formulas as columns.
package struct Vigie_V1_ResultColumns: ProtobufMessage {
    /// The formula, by its number.
    package var formulas: [UInt32] = []

    /// The value; NaN where there is none.
    package var values: [Double] = []

    /// Why there is none.
    package var reasons: [Vigie_V1_NoValueReason] = []

    /// Places of values that were computed for twelve months, since the year has
    /// another length and they differ from those as filed.
    package var annualised: [UInt32] = []

    /// What amounts come to in twelve months, where the year has another length and
    /// that is another amount; NaN for all others. Empty where it has twelve.
    package var twelveMonths: [Double] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ResultColumns" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8, 10: try reader.uint32s(tag, &formulas)
            case 17, 18: try reader.doubles(tag, &values)
            case 24: reasons.append(Vigie_V1_NoValueReason(rawValue: try reader.enumeration()))
            case 26:
                let outer = try reader.enter()
                while reader.hasMore {
                    reasons.append(Vigie_V1_NoValueReason(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 32, 34: try reader.uint32s(tag, &annualised)
            case 41, 42: try reader.doubles(tag, &twelveMonths)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.uint32s(10, formulas)
        writer.doubles(18, values)
        if !reasons.isEmpty {
            let start = writer.open(26)
            for value in reasons { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        writer.uint32s(34, annualised)
        writer.doubles(42, twelveMonths)
    }
}

/// What published models say, as columns.
package struct Vigie_V1_PublishedModelColumns: ProtobufMessage {
    /// Their values.
    package var results: Vigie_V1_ResultColumns {
        get { .only(_results) }
        set { _results = [newValue] }
    }
    /// Whether the message has `results`.
    package var hasResults: Bool { !_results.isEmpty }
    /// Takes `results` out of the message.
    package mutating func clearResults() { _results = [] }
    private var _results: [Vigie_V1_ResultColumns] = []

    /// The probability of failure that each gives; NaN where it gives none.
    package var probabilities: [Double] = []

    /// The zone of each value.
    package var zones: [Vigie_V1_ModelZone] = []

    /// Whether some see a sound firm and some one that fails.
    package var diverge: Bool = false

    /// What goes into each, model after model in the order of the inputs that its
    /// FormulaLabel names for input_form; NaN where there is none. Empty unless asked
    /// for.
    package var inputValues: [Double] = []

    /// The form of the last statement, if there are input_values.
    package var inputForm: Vigie_V1_StatementForm = Vigie_V1_StatementForm()

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PublishedModelColumns" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_results)
            case 17, 18: try reader.doubles(tag, &probabilities)
            case 24: zones.append(Vigie_V1_ModelZone(rawValue: try reader.enumeration()))
            case 26:
                let outer = try reader.enter()
                while reader.hasMore {
                    zones.append(Vigie_V1_ModelZone(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 32: diverge = try reader.bool()
            case 41, 42: try reader.doubles(tag, &inputValues)
            case 48: inputForm = Vigie_V1_StatementForm(rawValue: try reader.enumeration())
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _results)
        writer.doubles(18, probabilities)
        if !zones.isEmpty {
            let start = writer.open(26)
            for value in zones { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        writer.bool(32, diverge)
        writer.doubles(42, inputValues)
        writer.enumeration(48, inputForm.rawValue)
    }
}

/// How somebody pays. Amounts in cents.
package struct Vigie_V1_PaymentFigures: ProtobufMessage {
    /// Payments within the last twelve months.
    package var payments: UInt32 = 0

    /// Index from 0 to 100, 80 for prompt; absent below the least experience.
    package var index: Double {
        get { _index ?? 0 }
        set { _index = newValue }
    }
    /// Whether the message has `index`.
    package var hasIndex: Bool { _index != nil }
    /// Takes `index` out of the message.
    package mutating func clearIndex() { _index = nil }
    private var _index: Double?

    /// Mean days beyond terms, weighted by amount, with what is open and late.
    package var daysBeyondTerms: Double {
        get { _daysBeyondTerms ?? 0 }
        set { _daysBeyondTerms = newValue }
    }
    /// Whether the message has `daysBeyondTerms`.
    package var hasDaysBeyondTerms: Bool { _daysBeyondTerms != nil }
    /// Takes `daysBeyondTerms` out of the message.
    package mutating func clearDaysBeyondTerms() { _daysBeyondTerms = nil }
    private var _daysBeyondTerms: Double?

    /// How many days later payments of the last months came than those before.
    package var daysTrend: Double {
        get { _daysTrend ?? 0 }
        set { _daysTrend = newValue }
    }
    /// Whether the message has `daysTrend`.
    package var hasDaysTrend: Bool { _daysTrend != nil }
    /// Takes `daysTrend` out of the message.
    package mutating func clearDaysTrend() { _daysTrend = nil }
    private var _daysTrend: Double?

    /// Part of what was paid that came more than 30 days late, 0 to 1.
    package var shareLateOver30: Double {
        get { _shareLateOver30 ?? 0 }
        set { _shareLateOver30 = newValue }
    }
    /// Whether the message has `shareLateOver30`.
    package var hasShareLateOver30: Bool { _shareLateOver30 != nil }
    /// Takes `shareLateOver30` out of the message.
    package mutating func clearShareLateOver30() { _shareLateOver30 = nil }
    private var _shareLateOver30: Double?

    /// Part of what was paid that came more than 90 days late, 0 to 1.
    package var shareLateOver90: Double {
        get { _shareLateOver90 ?? 0 }
        set { _shareLateOver90 = newValue }
    }
    /// Whether the message has `shareLateOver90`.
    package var hasShareLateOver90: Bool { _shareLateOver90 != nil }
    /// Takes `shareLateOver90` out of the message.
    package mutating func clearShareLateOver90() { _shareLateOver90 = nil }
    private var _shareLateOver90: Double?

    /// Promises whose day passed without a payment.
    package var brokenPromises: UInt32 = 0

    /// Payments that a bank gave back.
    package var returnedPayments: UInt32 = 0

    /// What is open.
    package var openCents: Int64 = 0

    /// What is open and past due.
    package var pastDueCents: Int64 = 0

    /// What is open and disputed; it is no delay.
    package var disputedCents: Int64 = 0

    /// Money and credit notes that belong to no invoice; never taken off.
    package var creditCents: Int64 = 0

    /// What is open by age: not due, up to 30 days past due, up to 60, up to 90,
    /// more, and of unknown age.
    package var openCentsByAge: [Int64] = []

    /// Whether due dates are only the legal ones.
    package var legalTermsOnly: Bool = false

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PaymentFigures" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: payments = try reader.uint32()
            case 17: _index = try reader.double()
            case 25: _daysBeyondTerms = try reader.double()
            case 33: _daysTrend = try reader.double()
            case 41: _shareLateOver30 = try reader.double()
            case 49: _shareLateOver90 = try reader.double()
            case 56: brokenPromises = try reader.uint32()
            case 64: returnedPayments = try reader.uint32()
            case 72: openCents = try reader.sint64()
            case 80: pastDueCents = try reader.sint64()
            case 88: disputedCents = try reader.sint64()
            case 96: creditCents = try reader.sint64()
            case 104, 106: try reader.sint64s(tag, &openCentsByAge)
            case 112: legalTermsOnly = try reader.bool()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.uint32(8, payments)
        if let value = _index {
            writer.tag(17)
            writer.double(value)
        }
        if let value = _daysBeyondTerms {
            writer.tag(25)
            writer.double(value)
        }
        if let value = _daysTrend {
            writer.tag(33)
            writer.double(value)
        }
        if let value = _shareLateOver30 {
            writer.tag(41)
            writer.double(value)
        }
        if let value = _shareLateOver90 {
            writer.tag(49)
            writer.double(value)
        }
        writer.uint32(56, brokenPromises)
        writer.uint32(64, returnedPayments)
        writer.sint64(72, openCents)
        writer.sint64(80, pastDueCents)
        writer.sint64(88, disputedCents)
        writer.sint64(96, creditCents)
        writer.sint64s(106, openCentsByAge)
        writer.bool(112, legalTermsOnly)
    }
}

/// Statements that were used, as columns.
package struct Vigie_V1_UsedStatementColumns: ProtobufMessage {
    /// The day on which each year ends.
    package var closingDays: [Int32] = []

    /// Months that each covers.
    package var months: [UInt32] = []

    /// The form of each.
    package var forms: [Vigie_V1_StatementForm] = []

    /// Where each stands.
    package var papers: [UInt32] = []

    /// Where each stands.
    package var paperLines: [UInt32] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.UsedStatementColumns" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8, 10: try reader.sint32s(tag, &closingDays)
            case 16, 18: try reader.uint32s(tag, &months)
            case 24: forms.append(Vigie_V1_StatementForm(rawValue: try reader.enumeration()))
            case 26:
                let outer = try reader.enter()
                while reader.hasMore {
                    forms.append(Vigie_V1_StatementForm(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 32, 34: try reader.uint32s(tag, &papers)
            case 40, 42: try reader.uint32s(tag, &paperLines)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.sint32s(10, closingDays)
        writer.uint32s(18, months)
        if !forms.isEmpty {
            let start = writer.open(26)
            for value in forms { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        writer.uint32s(34, papers)
        writer.uint32s(42, paperLines)
    }
}

/// Something that was noticed.
package struct Vigie_V1_PaperFinding: ProtobufMessage {
    /// What it is about, the same in all languages, such as "identity_differs".
    package var code: String = ""

    /// How grave it is.
    package var severity: Vigie_V1_FindingSeverity = Vigie_V1_FindingSeverity()

    /// Where it is.
    package var paper: UInt32 = 0

    /// Where it is.
    package var paperLine: UInt32 = 0

    /// The column or field; empty where there is none.
    package var field: String = ""

    /// What the words name: values, amounts, counts.
    package var values: [String] = []

    /// What it says, without a full stop. Not in answers of BatchAssess.
    package var text: Vigie_V1_LocalizedText {
        get { .only(_text) }
        set { _text = [newValue] }
    }
    /// Whether the message has `text`.
    package var hasText: Bool { !_text.isEmpty }
    /// Takes `text` out of the message.
    package mutating func clearText() { _text = [] }
    private var _text: [Vigie_V1_LocalizedText] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PaperFinding" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: code = try reader.string()
            case 16: severity = Vigie_V1_FindingSeverity(rawValue: try reader.enumeration())
            case 24: paper = try reader.uint32()
            case 32: paperLine = try reader.uint32()
            case 42: field = try reader.string()
            case 50: try reader.strings(&values)
            case 58: try reader.boxed(&_text)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, code)
        writer.enumeration(16, severity.rawValue)
        writer.uint32(24, paper)
        writer.uint32(32, paperLine)
        writer.string(42, field)
        writer.strings(50, values)
        writer.messages(58, _text)
    }
}
