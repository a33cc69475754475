// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/decision_service.proto; do not edit.

package import ProtobufCoding

/// Asks for a decision on one company.
package struct Vigie_V1_DecideRequest: ProtobufMessage {
    /// By what and for whom it is decided.
    package var header: Vigie_V1_DecideHeader {
        get { .only(_header) }
        set { _header = [newValue] }
    }
    /// Whether the message has `header`.
    package var hasHeader: Bool { !_header.isEmpty }
    /// Takes `header` out of the message.
    package mutating func clearHeader() { _header = [] }
    private var _header: [Vigie_V1_DecideHeader] = []

    /// The company.
    package var company: Vigie_V1_DecisionCase {
        get { .only(_company) }
        set { _company = [newValue] }
    }
    /// Whether the message has `company`.
    package var hasCompany: Bool { !_company.isEmpty }
    /// Takes `company` out of the message.
    package mutating func clearCompany() { _company = [] }
    private var _company: [Vigie_V1_DecisionCase] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DecideRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_header)
            case 18: try reader.boxed(&_company)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _header)
        writer.messages(18, _company)
    }
}

/// A decision on one company.
package struct Vigie_V1_DecideResponse: ProtobufMessage {
    /// By what it was decided; of rules only what is said of those that it names.
    package var context: Vigie_V1_DecisionContext {
        get { .only(_context) }
        set { _context = [newValue] }
    }
    /// Whether the message has `context`.
    package var hasContext: Bool { !_context.isEmpty }
    /// Takes `context` out of the message.
    package mutating func clearContext() { _context = [] }
    private var _context: [Vigie_V1_DecisionContext] = []

    /// The decision.
    package var decision: Vigie_V1_CreditDecision {
        get { .only(_decision) }
        set { _decision = [newValue] }
    }
    /// Whether the message has `decision`.
    package var hasDecision: Bool { !_decision.isEmpty }
    /// Takes `decision` out of the message.
    package mutating func clearDecision() { _decision = [] }
    private var _decision: [Vigie_V1_CreditDecision] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DecideResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_context)
            case 18: try reader.boxed(&_decision)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _context)
        writer.messages(18, _decision)
    }
}

/// One message of a stream of companies.
package struct Vigie_V1_BatchDecideRequest: ProtobufMessage {
    /// The first message of the stream, and only the first.
    package var header: Vigie_V1_DecideHeader {
        get {
            if case .header(let value)? = message { return value }
            return Vigie_V1_DecideHeader()
        }
        set { message = .header(newValue) }
    }

    /// Companies to decide on.
    package var batch: Vigie_V1_DecisionBatch {
        get {
            if case .batch(let value)? = message { return value }
            return Vigie_V1_DecisionBatch()
        }
        set { message = .batch(newValue) }
    }

    /// Header first, then companies.
    package var message: OneOf_Message?

    /// Header first, then companies.
    package indirect enum OneOf_Message: Sendable {
        /// The first message of the stream, and only the first.
        case header(Vigie_V1_DecideHeader)
        /// Companies to decide on.
        case batch(Vigie_V1_DecisionBatch)
    }

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.BatchDecideRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10:
                var value = Vigie_V1_DecideHeader()
                if case .header(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .header(value)
            case 18:
                var value = Vigie_V1_DecisionBatch()
                if case .batch(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .batch(value)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        if case .header(let value)? = message {
            writer.message(10, value)
        }
        if case .batch(let value)? = message {
            writer.message(18, value)
        }
    }
}

/// Some companies.
package struct Vigie_V1_DecisionBatch: ProtobufMessage {
    /// Each of them.
    package var companies: [Vigie_V1_DecisionCase] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DecisionBatch" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&companies)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, companies)
    }
}

/// One message of a stream of decisions.
package struct Vigie_V1_BatchDecideResponse: ProtobufMessage {
    /// By what all are decided. Sent once, when the header is accepted.
    package var context: Vigie_V1_DecisionContext {
        get {
            if case .context(let value)? = message { return value }
            return Vigie_V1_DecisionContext()
        }
        set { message = .context(newValue) }
    }

    /// The answer to one message of companies.
    package var batch: Vigie_V1_DecisionAnswers {
        get {
            if case .batch(let value)? = message { return value }
            return Vigie_V1_DecisionAnswers()
        }
        set { message = .batch(newValue) }
    }

    /// Context first, then decisions.
    package var message: OneOf_Message?

    /// Context first, then decisions.
    package indirect enum OneOf_Message: Sendable {
        /// By what all are decided. Sent once, when the header is accepted.
        case context(Vigie_V1_DecisionContext)
        /// The answer to one message of companies.
        case batch(Vigie_V1_DecisionAnswers)
    }

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.BatchDecideResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10:
                var value = Vigie_V1_DecisionContext()
                if case .context(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .context(value)
            case 18:
                var value = Vigie_V1_DecisionAnswers()
                if case .batch(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .batch(value)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        if case .context(let value)? = message {
            writer.message(10, value)
        }
        if case .batch(let value)? = message {
            writer.message(18, value)
        }
    }
}

/// Answers to some companies.
package struct Vigie_V1_DecisionAnswers: ProtobufMessage {
    /// One for each company, in their order.
    package var answers: [Vigie_V1_DecisionAnswer] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DecisionAnswers" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&answers)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, answers)
    }
}

/// The answer to one company.
package struct Vigie_V1_DecisionAnswer: ProtobufMessage {
    /// The decision.
    package var decision: Vigie_V1_CreditDecision {
        get {
            if case .decision(let value)? = answer { return value }
            return Vigie_V1_CreditDecision()
        }
        set { answer = .decision(newValue) }
    }

    /// What is wrong with what is told of it.
    package var error: Vigie_V1_CompanyError {
        get {
            if case .error(let value)? = answer { return value }
            return Vigie_V1_CompanyError()
        }
        set { answer = .error(newValue) }
    }

    /// A decision, or why there is none.
    package var answer: OneOf_Answer?

    /// A decision, or why there is none.
    package indirect enum OneOf_Answer: Sendable {
        /// The decision.
        case decision(Vigie_V1_CreditDecision)
        /// What is wrong with what is told of it.
        case error(Vigie_V1_CompanyError)
    }

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DecisionAnswer" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10:
                var value = Vigie_V1_CreditDecision()
                if case .decision(let before)? = answer {
                    value = before
                    answer = nil
                }
                try reader.message(&value)
                answer = .decision(value)
            case 18:
                var value = Vigie_V1_CompanyError()
                if case .error(let before)? = answer {
                    value = before
                    answer = nil
                }
                try reader.message(&value)
                answer = .error(value)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        if case .decision(let value)? = answer {
            writer.message(10, value)
        }
        if case .error(let value)? = answer {
            writer.message(18, value)
        }
    }
}

/// By what and for whom companies are decided on.
package struct Vigie_V1_DecideHeader: ProtobufMessage {
    /// The policy: its name, or "name@version" for whoever will have no other version
    /// than this. Empty means the only policy that holds on the day.
    package var policy: String = ""

    /// The day for which is decided, as YYYY-MM-DD: the version of the policy, its
    /// tables and the age of facts are taken for it. Empty means today in UTC.
    package var asOfDate: String = ""

    /// The role of whoever asks, as the policy names roles: within what it may grant
    /// a limit is granted, above it it is routed. Where the server tells callers
    /// apart, empty means the role that its access file gives the caller, and no
    /// greater one is taken. Where it does not, the role is taken as it is told.
    package var role: String = ""

    /// How much is told of why.
    package var explanation: Vigie_V1_DecisionExplanation = Vigie_V1_DecisionExplanation()

    /// The language of names and of what is said of rules; without one, what is said
    /// of rules comes in all. Clauses always do.
    package var language: Vigie_V1_TermLanguage = Vigie_V1_TermLanguage()

    /// How facts out of papers are assessed. Without it no such facts are taken. Its
    /// as_of_date may be empty, or the same day; reach_class is not taken.
    package var assessment: Vigie_V1_AssessHeader {
        get { .only(_assessment) }
        set { _assessment = [newValue] }
    }
    /// Whether the message has `assessment`.
    package var hasAssessment: Bool { !_assessment.isEmpty }
    /// Takes `assessment` out of the message.
    package mutating func clearAssessment() { _assessment = [] }
    private var _assessment: [Vigie_V1_AssessHeader] = []

    /// Whether assessments are left out of the answers.
    package var omitsAssessments: Bool = false

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DecideHeader" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: policy = try reader.string()
            case 18: asOfDate = try reader.string()
            case 26: role = try reader.string()
            case 32: explanation = Vigie_V1_DecisionExplanation(rawValue: try reader.enumeration())
            case 40: language = Vigie_V1_TermLanguage(rawValue: try reader.enumeration())
            case 50: try reader.boxed(&_assessment)
            case 56: omitsAssessments = try reader.bool()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, policy)
        writer.string(18, asOfDate)
        writer.string(26, role)
        writer.enumeration(32, explanation.rawValue)
        writer.enumeration(40, language.rawValue)
        writer.messages(50, _assessment)
        writer.bool(56, omitsAssessments)
    }
}

/// By what companies were decided on.
package struct Vigie_V1_DecisionContext: ProtobufMessage {
    /// The policy.
    package var policy: Vigie_V1_DecidingPolicy {
        get { .only(_policy) }
        set { _policy = [newValue] }
    }
    /// Whether the message has `policy`.
    package var hasPolicy: Bool { !_policy.isEmpty }
    /// Takes `policy` out of the message.
    package mutating func clearPolicy() { _policy = [] }
    private var _policy: [Vigie_V1_DecidingPolicy] = []

    /// What is said of rules, by their ids.
    package var rules: [Vigie_V1_RuleTexts] = []

    /// What the numbers in assessments mean, where there are any.
    package var assessment: Vigie_V1_AssessmentContext {
        get { .only(_assessment) }
        set { _assessment = [newValue] }
    }
    /// Whether the message has `assessment`.
    package var hasAssessment: Bool { !_assessment.isEmpty }
    /// Takes `assessment` out of the message.
    package mutating func clearAssessment() { _assessment = [] }
    private var _assessment: [Vigie_V1_AssessmentContext] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DecisionContext" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_policy)
            case 18: try reader.messages(&rules)
            case 26: try reader.boxed(&_assessment)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _policy)
        writer.messages(18, rules)
        writer.messages(26, _assessment)
    }
}

/// Which policy decided.
package struct Vigie_V1_DecidingPolicy: ProtobufMessage {
    /// Its name.
    package var name: String = ""

    /// Its version.
    package var version: String = ""

    /// SHA-256 over its files, in lower-case hexadecimal.
    package var contentHash: String = ""

    /// The currency of all amounts, such as "EUR".
    package var currency: String = ""

    /// The day that was decided for, as YYYY-MM-DD.
    package var asOfDate: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DecidingPolicy" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: version = try reader.string()
            case 26: contentHash = try reader.string()
            case 34: currency = try reader.string()
            case 42: asOfDate = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.string(18, version)
        writer.string(26, contentHash)
        writer.string(34, currency)
        writer.string(42, asOfDate)
    }
}

/// What is said of a rule.
package struct Vigie_V1_RuleTexts: ProtobufMessage {
    /// The id of the rule.
    package var id: String = ""

    /// To the company that is decided on.
    package var customer: Vigie_V1_LocalizedText {
        get { .only(_customer) }
        set { _customer = [newValue] }
    }
    /// Whether the message has `customer`.
    package var hasCustomer: Bool { !_customer.isEmpty }
    /// Takes `customer` out of the message.
    package mutating func clearCustomer() { _customer = [] }
    private var _customer: [Vigie_V1_LocalizedText] = []

    /// To who sells to it.
    package var sales: Vigie_V1_LocalizedText {
        get { .only(_sales) }
        set { _sales = [newValue] }
    }
    /// Whether the message has `sales`.
    package var hasSales: Bool { !_sales.isEmpty }
    /// Takes `sales` out of the message.
    package mutating func clearSales() { _sales = [] }
    private var _sales: [Vigie_V1_LocalizedText] = []

    /// To who decides on credit.
    package var credit: Vigie_V1_LocalizedText {
        get { .only(_credit) }
        set { _credit = [newValue] }
    }
    /// Whether the message has `credit`.
    package var hasCredit: Bool { !_credit.isEmpty }
    /// Takes `credit` out of the message.
    package mutating func clearCredit() { _credit = [] }
    private var _credit: [Vigie_V1_LocalizedText] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.RuleTexts" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: id = try reader.string()
            case 18: try reader.boxed(&_customer)
            case 26: try reader.boxed(&_sales)
            case 34: try reader.boxed(&_credit)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, id)
        writer.messages(18, _customer)
        writer.messages(26, _sales)
        writer.messages(34, _credit)
    }
}
