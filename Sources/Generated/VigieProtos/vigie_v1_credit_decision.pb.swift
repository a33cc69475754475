// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/credit_decision.proto; do not edit.

package import ProtobufCoding

/// What becomes of a decision.
package enum Vigie_V1_DecisionOutcome: Sendable, Equatable {
    /// Not used.
    case unspecified
    /// The limit is granted, within what whoever asks may grant.
    case granted
    /// Somebody with more authority has to grant it, or a second person to agree.
    case routed
    /// No credit.
    case refused
    /// Something is missing: what is not known is no reason to refuse.
    case investigation
    /// It is about a person: somebody has to decide, and this is what he may decide
    /// by.
    case humanReview
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .granted, .routed, .refused, .investigation, .humanReview]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .granted
        case 2: self = .routed
        case 3: self = .refused
        case 4: self = .investigation
        case 5: self = .humanReview
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .granted: 1
        case .routed: 2
        case .refused: 3
        case .investigation: 4
        case .humanReview: 5
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// What a part of a limit does.
package enum Vigie_V1_LimitPartKind: Sendable, Equatable {
    /// Not used.
    case unspecified
    /// Bounds what is at our own risk.
    case ownRisk
    /// Bears what is above that.
    case cover
    /// Bounds the whole.
    case total
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .ownRisk, .cover, .total]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .ownRisk
        case 2: self = .cover
        case 3: self = .total
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .ownRisk: 1
        case .cover: 2
        case .total: 3
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// A decision.
package struct Vigie_V1_CreditDecision: ProtobufMessage {
    /// What becomes of it. Look at it first.
    package var outcome: Vigie_V1_DecisionOutcome = Vigie_V1_DecisionOutcome()

    /// The class of risk, in the words of the policy; empty if it has none.
    package var riskClass: String = ""

    /// What the company needs.
    package var need: Vigie_V1_CreditNeed {
        get { .only(_need) }
        set { _need = [newValue] }
    }
    /// Whether the message has `need`.
    package var hasNeed: Bool { !_need.isEmpty }
    /// Takes `need` out of the message.
    package mutating func clearNeed() { _need = [] }
    private var _need: [Vigie_V1_CreditNeed] = []

    /// The limit; absent where something is missing.
    package var limit: Vigie_V1_CreditLimit {
        get { .only(_limit) }
        set { _limit = [newValue] }
    }
    /// Whether the message has `limit`.
    package var hasLimit: Bool { !_limit.isEmpty }
    /// Takes `limit` out of the message.
    package mutating func clearLimit() { _limit = [] }
    private var _limit: [Vigie_V1_CreditLimit] = []

    /// How it is to pay.
    package var terms: Vigie_V1_CreditTerms {
        get { .only(_terms) }
        set { _terms = [newValue] }
    }
    /// Whether the message has `terms`.
    package var hasTerms: Bool { !_terms.isEmpty }
    /// Takes `terms` out of the message.
    package mutating func clearTerms() { _terms = [] }
    private var _terms: [Vigie_V1_CreditTerms] = []

    /// What would lift the limit to the need, the strongest first.
    package var guarantees: [Vigie_V1_GuaranteeOffer] = []

    /// Clauses of the contract.
    package var clauses: [Vigie_V1_DecisionClause] = []

    /// What is done at the stage that was asked about; empty if nothing is said.
    package var action: String = ""

    /// The role that may grant the limit; empty if none may, or nothing is to be
    /// granted.
    package var grantingRole: String = ""

    /// Whether a second person has to agree.
    package var needsSecondPerson: Bool = false

    /// The role of whoever asks, by which that was decided; empty if he has none.
    package var role: String = ""

    /// What is missing: inputs, and decisions of the policy that say nothing.
    package var missing: [Vigie_V1_MissingInput] = []

    /// What the limit leaves beside what is owed.
    package var headroom: String = ""

    /// What is to be expected to be lost of what is at our own risk, in a year.
    package var expectedLoss: String = ""

    /// What a year's business is to be expected to bring.
    package var opportunity: String = ""

    /// The tables that answered, in the order in which they were asked.
    package var tables: [Vigie_V1_TableAnswer] = []

    /// Why something is not known or does not count, in words.
    package var messages: [String] = []

    /// What the assessment told the policy, beside what the caller told it.
    package var assessedFacts: [Vigie_V1_DecisionFact] = []

    /// The assessment, of a company whose facts were assessed.
    package var assessment: Vigie_V1_CompanyAssessment {
        get { .only(_assessment) }
        set { _assessment = [newValue] }
    }
    /// Whether the message has `assessment`.
    package var hasAssessment: Bool { !_assessment.isEmpty }
    /// Takes `assessment` out of the message.
    package mutating func clearAssessment() { _assessment = [] }
    private var _assessment: [Vigie_V1_CompanyAssessment] = []

    /// Those of the messages that tell what is taken otherwise than one may think,
    /// also where nothing is missing.
    package var notes: [String] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CreditDecision" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: outcome = Vigie_V1_DecisionOutcome(rawValue: try reader.enumeration())
            case 18: riskClass = try reader.string()
            case 26: try reader.boxed(&_need)
            case 34: try reader.boxed(&_limit)
            case 42: try reader.boxed(&_terms)
            case 50: try reader.messages(&guarantees)
            case 58: try reader.messages(&clauses)
            case 66: action = try reader.string()
            case 74: grantingRole = try reader.string()
            case 80: needsSecondPerson = try reader.bool()
            case 90: role = try reader.string()
            case 98: try reader.messages(&missing)
            case 106: headroom = try reader.string()
            case 114: expectedLoss = try reader.string()
            case 122: opportunity = try reader.string()
            case 130: try reader.messages(&tables)
            case 138: try reader.strings(&messages)
            case 146: try reader.messages(&assessedFacts)
            case 154: try reader.boxed(&_assessment)
            case 162: try reader.strings(&notes)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.enumeration(8, outcome.rawValue)
        writer.string(18, riskClass)
        writer.messages(26, _need)
        writer.messages(34, _limit)
        writer.messages(42, _terms)
        writer.messages(50, guarantees)
        writer.messages(58, clauses)
        writer.string(66, action)
        writer.string(74, grantingRole)
        writer.bool(80, needsSecondPerson)
        writer.string(90, role)
        writer.messages(98, missing)
        writer.string(106, headroom)
        writer.string(114, expectedLoss)
        writer.string(122, opportunity)
        writer.messages(130, tables)
        writer.strings(138, messages)
        writer.messages(146, assessedFacts)
        writer.messages(154, _assessment)
        writer.strings(162, notes)
    }
}

/// How much a company will owe at a time if all goes well.
package struct Vigie_V1_CreditNeed: ProtobufMessage {
    /// The way that the policy takes: exposure, purchases, forecast or amount.
    package var method: String = ""

    /// What it comes to.
    package var amount: String = ""

    /// How, in figures.
    package var formula: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CreditNeed" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: method = try reader.string()
            case 18: amount = try reader.string()
            case 26: formula = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, method)
        writer.string(18, amount)
        writer.string(26, formula)
    }
}

/// A limit and what it is made of.
package struct Vigie_V1_CreditLimit: ProtobufMessage {
    /// The limit.
    package var amount: String = ""

    /// The part that binds: "need", "group", or the name of one of the parts.
    package var binding: String = ""

    /// What of it is at our own risk.
    package var ownRisk: String = ""

    /// What of it an insurer and guarantees bear.
    package var covered: String = ""

    /// What may be at our own risk; empty if nothing bounds it.
    package var capacity: String = ""

    /// What bounds the whole; empty if nothing does.
    package var total: String = ""

    /// What it is made of.
    package var parts: [Vigie_V1_LimitPart] = []

    /// The last day of it.
    package var validUntil: String = ""

    /// What ends it: "review", "cover", or the name of a guarantee.
    package var validBy: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CreditLimit" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: amount = try reader.string()
            case 18: binding = try reader.string()
            case 26: ownRisk = try reader.string()
            case 34: covered = try reader.string()
            case 42: capacity = try reader.string()
            case 50: total = try reader.string()
            case 58: try reader.messages(&parts)
            case 66: validUntil = try reader.string()
            case 74: validBy = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, amount)
        writer.string(18, binding)
        writer.string(26, ownRisk)
        writer.string(34, covered)
        writer.string(42, capacity)
        writer.string(50, total)
        writer.messages(58, parts)
        writer.string(66, validUntil)
        writer.string(74, validBy)
    }
}

/// A part of a limit.
package struct Vigie_V1_LimitPart: ProtobufMessage {
    /// The name of a figure, of a guarantee, or of an output of the policy.
    package var name: String = ""

    /// What it does.
    package var kind: Vigie_V1_LimitPartKind = Vigie_V1_LimitPartKind()

    /// What it comes to.
    package var amount: String = ""

    /// How, in figures.
    package var formula: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.LimitPart" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 16: kind = Vigie_V1_LimitPartKind(rawValue: try reader.enumeration())
            case 26: amount = try reader.string()
            case 34: formula = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.enumeration(16, kind.rawValue)
        writer.string(26, amount)
        writer.string(34, formula)
    }
}

/// How a company is to pay.
package struct Vigie_V1_CreditTerms: ProtobufMessage {
    /// Days from the invoice to the payment.
    package var days: UInt32 = 0

    /// The most that the law allows in the trade; absent if the policy has no table
    /// of it.
    package var legalMaximumDays: UInt32 {
        get { _legalMaximumDays ?? 0 }
        set { _legalMaximumDays = newValue }
    }
    /// Whether the message has `legalMaximumDays`.
    package var hasLegalMaximumDays: Bool { _legalMaximumDays != nil }
    /// Takes `legalMaximumDays` out of the message.
    package mutating func clearLegalMaximumDays() { _legalMaximumDays = nil }
    private var _legalMaximumDays: UInt32?

    /// Whether the law bound the days.
    package var boundByLaw: Bool = false

    /// Whether all is to be paid before delivery.
    package var prepayment: Bool = false

    /// Which part is to be paid with the order: "0.3" for 30 %.
    package var deposit: String = ""

    /// What is taken off for early payment, as a part of the invoice.
    package var discount: String = ""

    /// Within how many days a payment is early; absent if nothing is said.
    package var discountDays: UInt32 {
        get { _discountDays ?? 0 }
        set { _discountDays = newValue }
    }
    /// Whether the message has `discountDays`.
    package var hasDiscountDays: Bool { _discountDays != nil }
    /// Takes `discountDays` out of the message.
    package mutating func clearDiscountDays() { _discountDays = nil }
    private var _discountDays: UInt32?

    /// The days at which the need is within the limit; absent if it is anyhow, or
    /// never.
    package var fittingDays: UInt32 {
        get { _fittingDays ?? 0 }
        set { _fittingDays = newValue }
    }
    /// Whether the message has `fittingDays`.
    package var hasFittingDays: Bool { _fittingDays != nil }
    /// Takes `fittingDays` out of the message.
    package mutating func clearFittingDays() { _fittingDays = nil }
    private var _fittingDays: UInt32?

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CreditTerms" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: days = try reader.uint32()
            case 16: _legalMaximumDays = try reader.uint32()
            case 24: boundByLaw = try reader.bool()
            case 32: prepayment = try reader.bool()
            case 42: deposit = try reader.string()
            case 50: discount = try reader.string()
            case 56: _discountDays = try reader.uint32()
            case 64: _fittingDays = try reader.uint32()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.uint32(8, days)
        if let value = _legalMaximumDays {
            writer.tag(16)
            writer.uint32(value)
        }
        writer.bool(24, boundByLaw)
        writer.bool(32, prepayment)
        writer.string(42, deposit)
        writer.string(50, discount)
        if let value = _discountDays {
            writer.tag(56)
            writer.uint32(value)
        }
        if let value = _fittingDays {
            writer.tag(64)
            writer.uint32(value)
        }
    }
}

/// A guarantee that would lift a limit.
package struct Vigie_V1_GuaranteeOffer: ProtobufMessage {
    /// Its name in the policy.
    package var id: String = ""

    /// What it is called.
    package var name: Vigie_V1_LocalizedText {
        get { .only(_name) }
        set { _name = [newValue] }
    }
    /// Whether the message has `name`.
    package var hasName: Bool { !_name.isEmpty }
    /// Takes `name` out of the message.
    package mutating func clearName() { _name = [] }
    private var _name: [Vigie_V1_LocalizedText] = []

    /// What it is: personal, real or transfer.
    package var kind: String = ""

    /// For how much it would have to be.
    package var amount: String = ""

    /// What the limit would then be.
    package var limit: String = ""

    /// For how many months it is taken.
    package var months: UInt32 = 0

    /// Within how many days after a default it has to be called; absent if nothing
    /// is set.
    package var callDays: UInt32 {
        get { _callDays ?? 0 }
        set { _callDays = newValue }
    }
    /// Whether the message has `callDays`.
    package var hasCallDays: Bool { _callDays != nil }
    /// Takes `callDays` out of the message.
    package mutating func clearCallDays() { _callDays = nil }
    private var _callDays: UInt32?

    /// What it costs a year; empty if nothing is known.
    package var yearlyCost: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.GuaranteeOffer" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: id = try reader.string()
            case 18: try reader.boxed(&_name)
            case 26: kind = try reader.string()
            case 34: amount = try reader.string()
            case 42: limit = try reader.string()
            case 48: months = try reader.uint32()
            case 56: _callDays = try reader.uint32()
            case 66: yearlyCost = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, id)
        writer.messages(18, _name)
        writer.string(26, kind)
        writer.string(34, amount)
        writer.string(42, limit)
        writer.uint32(48, months)
        if let value = _callDays {
            writer.tag(56)
            writer.uint32(value)
        }
        writer.string(66, yearlyCost)
    }
}

/// A clause of a contract.
package struct Vigie_V1_DecisionClause: ProtobufMessage {
    /// Its name in the policy.
    package var id: String = ""

    /// Its words in English, filled.
    package var en: String = ""

    /// Its words in French, filled.
    package var fr: String = ""

    /// What is not known and stands in brackets.
    package var missing: [String] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DecisionClause" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: id = try reader.string()
            case 18: en = try reader.string()
            case 26: fr = try reader.string()
            case 34: try reader.strings(&missing)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, id)
        writer.string(18, en)
        writer.string(26, fr)
        writer.strings(34, missing)
    }
}

/// Something that is missing.
package struct Vigie_V1_MissingInput: ProtobufMessage {
    /// The input, or the decision of the policy.
    package var name: String = ""

    /// Why, in words.
    package var reason: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.MissingInput" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: reason = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.string(18, reason)
    }
}
