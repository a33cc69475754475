// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/decision_facts.proto; do not edit.

package import ProtobufCoding

/// A stage of business.
package enum Vigie_V1_BusinessStage: Sendable, Equatable {
    /// Same as BUSINESS_STAGE_QUOTE.
    case unspecified
    /// Whom to approach.
    case prospect
    /// What to offer.
    case quote
    /// Ship or hold.
    case order
    /// How to invoice.
    case invoice
    /// Remind or freeze.
    case collection
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .prospect, .quote, .order, .invoice, .collection]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .prospect
        case 2: self = .quote
        case 3: self = .order
        case 4: self = .invoice
        case 5: self = .collection
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .prospect: 1
        case .quote: 2
        case .order: 3
        case .invoice: 4
        case .collection: 5
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Whom a decision is about.
package enum Vigie_V1_DecisionSubject: Sendable, Equatable {
    /// Same as DECISION_SUBJECT_LEGAL_PERSON.
    case unspecified
    /// A company as such.
    case legalPerson
    /// A person: somebody has to decide (GDPR, article 22).
    case naturalPerson
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .legalPerson, .naturalPerson]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .legalPerson
        case 2: self = .naturalPerson
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .legalPerson: 1
        case .naturalPerson: 2
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// A company that is decided on.
package struct Vigie_V1_DecisionCase: ProtobufMessage {
    /// What it is called in clauses. Empty means the name of its facts, or else its
    /// SIREN.
    package var company: String = ""

    /// The group that it belongs to; empty if none is known. Companies of one group
    /// in one message share what bounds the whole.
    package var group: String = ""

    /// The stage of business.
    package var stage: Vigie_V1_BusinessStage = Vigie_V1_BusinessStage()

    /// Whether it is a person.
    package var subject: Vigie_V1_DecisionSubject = Vigie_V1_DecisionSubject()

    /// What is asked for, as a decimal number: the input "amount" of the policy.
    /// Empty if nothing is.
    package var amount: String = ""

    /// What is known, by the names of the policy's inputs. An input that is not
    /// here is not known.
    package var facts: [Vigie_V1_DecisionFact] = []

    /// Facts out of papers, which are assessed as the header says; the policy is
    /// then told outcome, risk_class, score, probability, days_beyond_terms,
    /// years_known, equity, net_worth and turnover. What stands in the list above
    /// comes first.
    package var assessed: Vigie_V1_CompanyFacts {
        get { .only(_assessed) }
        set { _assessed = [newValue] }
    }
    /// Whether the message has `assessed`.
    package var hasAssessed: Bool { !_assessed.isEmpty }
    /// Takes `assessed` out of the message.
    package mutating func clearAssessed() { _assessed = [] }
    private var _assessed: [Vigie_V1_CompanyFacts] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DecisionCase" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: company = try reader.string()
            case 18: group = try reader.string()
            case 24: stage = Vigie_V1_BusinessStage(rawValue: try reader.enumeration())
            case 32: subject = Vigie_V1_DecisionSubject(rawValue: try reader.enumeration())
            case 42: amount = try reader.string()
            case 50: try reader.messages(&facts)
            case 58: try reader.boxed(&_assessed)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, company)
        writer.string(18, group)
        writer.enumeration(24, stage.rawValue)
        writer.enumeration(32, subject.rawValue)
        writer.string(42, amount)
        writer.messages(50, facts)
        writer.messages(58, _assessed)
    }
}

/// What is known of one input.
package struct Vigie_V1_DecisionFact: ProtobufMessage {
    /// The name of the input.
    package var name: String = ""

    /// The value.
    package var value: Vigie_V1_DecisionValue {
        get { .only(_value) }
        set { _value = [newValue] }
    }
    /// Whether the message has `value`.
    package var hasValue: Bool { !_value.isEmpty }
    /// Takes `value` out of the message.
    package mutating func clearValue() { _value = [] }
    private var _value: [Vigie_V1_DecisionValue] = []

    /// The day of which it is; empty if nobody says. What is older than the policy
    /// lets it be counts as not known.
    package var asOfDate: String = ""

    /// Where it comes from, in words; empty if nobody says.
    package var source: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DecisionFact" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: try reader.boxed(&_value)
            case 26: asOfDate = try reader.string()
            case 34: source = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.messages(18, _value)
        writer.string(26, asOfDate)
        writer.string(34, source)
    }
}

/// A value. One of no kind is not known.
package struct Vigie_V1_DecisionValue: ProtobufMessage {
    /// A number, exact: "1250.50".
    package var decimal: String {
        get {
            if case .decimal(let value)? = kind { return value }
            return ""
        }
        set { kind = .decimal(newValue) }
    }

    /// A number, read as the shortest decimal that is it: 0.1 is 0.1. NaN is not
    /// known.
    package var number: Double {
        get {
            if case .number(let value)? = kind { return value }
            return 0
        }
        set { kind = .number(newValue) }
    }

    /// A text.
    package var text: String {
        get {
            if case .text(let value)? = kind { return value }
            return ""
        }
        set { kind = .text(newValue) }
    }

    /// True or false.
    package var flag: Bool {
        get {
            if case .flag(let value)? = kind { return value }
            return false
        }
        set { kind = .flag(newValue) }
    }

    /// A day.
    package var day: String {
        get {
            if case .day(let value)? = kind { return value }
            return ""
        }
        set { kind = .day(newValue) }
    }

    /// Values in order.
    package var list: Vigie_V1_DecisionList {
        get {
            if case .list(let value)? = kind { return value }
            return Vigie_V1_DecisionList()
        }
        set { kind = .list(newValue) }
    }

    /// Values by name, such as a guarantee that is held: id, amount, valid_to.
    package var fields: Vigie_V1_DecisionFields {
        get {
            if case .fields(let value)? = kind { return value }
            return Vigie_V1_DecisionFields()
        }
        set { kind = .fields(newValue) }
    }

    /// The kind of the input that it is for.
    package var kind: OneOf_Kind?

    /// The kind of the input that it is for.
    package indirect enum OneOf_Kind: Sendable {
        /// A number, exact: "1250.50".
        case decimal(String)
        /// A number, read as the shortest decimal that is it: 0.1 is 0.1. NaN is not
        /// known.
        case number(Double)
        /// A text.
        case text(String)
        /// True or false.
        case flag(Bool)
        /// A day.
        case day(String)
        /// Values in order.
        case list(Vigie_V1_DecisionList)
        /// Values by name, such as a guarantee that is held: id, amount, valid_to.
        case fields(Vigie_V1_DecisionFields)
    }

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DecisionValue" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: kind = .decimal(try reader.string())
            case 17: kind = .number(try reader.double())
            case 26: kind = .text(try reader.string())
            case 32: kind = .flag(try reader.bool())
            case 42: kind = .day(try reader.string())
            case 50:
                var value = Vigie_V1_DecisionList()
                if case .list(let before)? = kind {
                    value = before
                    kind = nil
                }
                try reader.message(&value)
                kind = .list(value)
            case 58:
                var value = Vigie_V1_DecisionFields()
                if case .fields(let before)? = kind {
                    value = before
                    kind = nil
                }
                try reader.message(&value)
                kind = .fields(value)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        if case .decimal(let value)? = kind {
            writer.tag(10)
            writer.string(value)
        }
        if case .number(let value)? = kind {
            writer.tag(17)
            writer.double(value)
        }
        if case .text(let value)? = kind {
            writer.tag(26)
            writer.string(value)
        }
        if case .flag(let value)? = kind {
            writer.tag(32)
            writer.bool(value)
        }
        if case .day(let value)? = kind {
            writer.tag(42)
            writer.string(value)
        }
        if case .list(let value)? = kind {
            writer.message(50, value)
        }
        if case .fields(let value)? = kind {
            writer.message(58, value)
        }
    }
}

/// Values in order.
package struct Vigie_V1_DecisionList: ProtobufMessage {
    /// The values.
    package var values: [Vigie_V1_DecisionValue] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DecisionList" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&values)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, values)
    }
}

/// Values by name.
package struct Vigie_V1_DecisionFields: ProtobufMessage {
    /// The values, each name once.
    package var fields: [Vigie_V1_DecisionField] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DecisionFields" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&fields)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, fields)
    }
}

/// A value with its name.
package struct Vigie_V1_DecisionField: ProtobufMessage {
    /// The name.
    package var name: String = ""

    /// The value.
    package var value: Vigie_V1_DecisionValue {
        get { .only(_value) }
        set { _value = [newValue] }
    }
    /// Whether the message has `value`.
    package var hasValue: Bool { !_value.isEmpty }
    /// Takes `value` out of the message.
    package mutating func clearValue() { _value = [] }
    private var _value: [Vigie_V1_DecisionValue] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DecisionField" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: try reader.boxed(&_value)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.messages(18, _value)
    }
}
