// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/portfolio_decisions.proto; do not edit.

package import ProtobufCoding

/// Asks what a policy decides on a company by what is known of it.
package struct Vigie_V1_DecideCompanyRequest: ProtobufMessage {
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

    /// By what and for whom it is decided. The changes of its assessment's questions, if
    /// there are any, are taken as done: the decision is that of the changed facts.
    package var header: Vigie_V1_DecideHeader {
        get { .only(_header) }
        set { _header = [newValue] }
    }
    /// Whether the message has `header`.
    package var hasHeader: Bool { !_header.isEmpty }
    /// Takes `header` out of the message.
    package mutating func clearHeader() { _header = [] }
    private var _header: [Vigie_V1_DecideHeader] = []

    /// What else is known and asked. Its assessed is not taken. Beside what assessments
    /// tell policies, the store tells, to inputs of these names that are not given here:
    /// open_invoices (what the portfolio says that it owes, or else its ledger),
    /// past_due and yearly_purchases (by its ledger), and amount (the limit that the
    /// portfolio says).
    package var question: Vigie_V1_DecisionCase {
        get { .only(_question) }
        set { _question = [newValue] }
    }
    /// Whether the message has `question`.
    package var hasQuestion: Bool { !_question.isEmpty }
    /// Takes `question` out of the message.
    package mutating func clearQuestion() { _question = [] }
    private var _question: [Vigie_V1_DecisionCase] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DecideCompanyRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: try reader.boxed(&_company)
            case 26: try reader.boxed(&_header)
            case 34: try reader.boxed(&_question)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.messages(18, _company)
        writer.messages(26, _header)
        writer.messages(34, _question)
    }
}

/// What a policy decides on a company.
package struct Vigie_V1_DecideCompanyResponse: ProtobufMessage {
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

    /// The decision. Nothing of it is kept.
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
    package static var protoMessageName: String { "vigie.v1.DecideCompanyResponse" }

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

/// Asks for what sales are told of a company.
package struct Vigie_V1_DescribeTermsRequest: ProtobufMessage {
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

    /// The policy, as in DecideHeader.
    package var policy: String = ""

    /// What is asked for, as a decimal number; empty for the limit that the portfolio
    /// says.
    package var amount: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DescribeTermsRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: try reader.boxed(&_company)
            case 26: policy = try reader.string()
            case 34: amount = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.messages(18, _company)
        writer.string(26, policy)
        writer.string(34, amount)
    }
}

/// What sales are told of a company: what is decided, and no score, probability or
/// figure that led there.
package struct Vigie_V1_DescribeTermsResponse: ProtobufMessage {
    /// What becomes of it.
    package var outcome: Vigie_V1_DecisionOutcome = Vigie_V1_DecisionOutcome()

    /// The limit, as a decimal number; empty where something is missing.
    package var limit: String = ""

    /// The last day of it, as YYYY-MM-DD.
    package var validUntil: String = ""

    /// What the limit leaves beside what is owed.
    package var headroom: String = ""

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

    /// What would lift the limit, the strongest first.
    package var guarantees: [Vigie_V1_GuaranteeOffer] = []

    /// Clauses of the contract.
    package var clauses: [Vigie_V1_DecisionClause] = []

    /// The role that may grant it; empty if none may.
    package var grantingRole: String = ""

    /// What is missing, by the names of inputs, without the reasons.
    package var missing: [String] = []

    /// The currency of all amounts.
    package var currency: String = ""

    /// What is said to sales of the rules that decided.
    package var words: [Vigie_V1_LocalizedText] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DescribeTermsResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: outcome = Vigie_V1_DecisionOutcome(rawValue: try reader.enumeration())
            case 18: limit = try reader.string()
            case 26: validUntil = try reader.string()
            case 34: headroom = try reader.string()
            case 42: try reader.boxed(&_terms)
            case 50: try reader.messages(&guarantees)
            case 58: try reader.messages(&clauses)
            case 66: grantingRole = try reader.string()
            case 74: try reader.strings(&missing)
            case 82: currency = try reader.string()
            case 90: try reader.messages(&words)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.enumeration(8, outcome.rawValue)
        writer.string(18, limit)
        writer.string(26, validUntil)
        writer.string(34, headroom)
        writer.messages(42, _terms)
        writer.messages(50, guarantees)
        writer.messages(58, clauses)
        writer.string(66, grantingRole)
        writer.strings(74, missing)
        writer.string(82, currency)
        writer.messages(90, words)
    }
}

/// Asks for companies to which more can be sold.
package struct Vigie_V1_ListOpportunitiesRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// The policy, as in DecideHeader.
    package var policy: String = ""

    /// The greatest class of risk that is looked at. 0 means 3.
    package var classMax: UInt32 = 0

    /// Most companies to return. 0 means 50; at most 500.
    package var limit: Int32 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListOpportunitiesRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: policy = try reader.string()
            case 24: classMax = try reader.uint32()
            case 32: limit = try reader.int32()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.string(18, policy)
        writer.uint32(24, classMax)
        writer.int32(32, limit)
    }
}

/// Companies to which more can be sold: classes and headroom, and not what they owe or
/// what limit they have.
package struct Vigie_V1_ListOpportunitiesResponse: ProtobufMessage {
    /// The companies, that with the most headroom first.
    package var opportunities: [Vigie_V1_Opportunity] = []

    /// How many companies of those classes the portfolio has.
    package var candidateCount: Int64 = 0

    /// How many of them the policy was asked about: those of the best classes first, at
    /// most opportunitiesAskedMax.
    package var askedCount: Int64 = 0

    /// The policy, as name@version.
    package var policy: String = ""

    /// The currency of amounts.
    package var currency: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListOpportunitiesResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&opportunities)
            case 16: candidateCount = try reader.int64()
            case 24: askedCount = try reader.int64()
            case 34: policy = try reader.string()
            case 42: currency = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, opportunities)
        writer.int64(16, candidateCount)
        writer.int64(24, askedCount)
        writer.string(34, policy)
        writer.string(42, currency)
    }
}

/// A company to which more can be sold.
package struct Vigie_V1_Opportunity: ProtobufMessage {
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

    /// Its name.
    package var name: String = ""

    /// Its class.
    package var riskClass: UInt32 = 0

    /// What the policy's limit leaves beside what it owes, as a decimal number.
    package var headroom: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.Opportunity" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_company)
            case 18: name = try reader.string()
            case 24: riskClass = try reader.uint32()
            case 34: headroom = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _company)
        writer.string(18, name)
        writer.uint32(24, riskClass)
        writer.string(34, headroom)
    }
}

/// Asks for limits by policy against what is owed.
package struct Vigie_V1_ListHeadroomsRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// The policy, as in DecideHeader.
    package var policy: String = ""

    /// The greatest class of risk that is looked at. 0 means 3.
    package var classMax: UInt32 = 0

    /// Most companies to return. 0 means 50; at most 500.
    package var limit: Int32 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListHeadroomsRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: policy = try reader.string()
            case 24: classMax = try reader.uint32()
            case 32: limit = try reader.int32()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.string(18, policy)
        writer.uint32(24, classMax)
        writer.int32(32, limit)
    }
}

/// Limits by policy against what is owed.
package struct Vigie_V1_ListHeadroomsResponse: ProtobufMessage {
    /// The companies, that with the most headroom first.
    package var headrooms: [Vigie_V1_CompanyHeadroom] = []

    /// As of ListOpportunities.
    package var candidateCount: Int64 = 0

    /// As of ListOpportunities.
    package var askedCount: Int64 = 0

    /// The policy, as name@version.
    package var policy: String = ""

    /// The currency of amounts.
    package var currency: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListHeadroomsResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&headrooms)
            case 16: candidateCount = try reader.int64()
            case 24: askedCount = try reader.int64()
            case 34: policy = try reader.string()
            case 42: currency = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, headrooms)
        writer.int64(16, candidateCount)
        writer.int64(24, askedCount)
        writer.string(34, policy)
        writer.string(42, currency)
    }
}

/// A limit by policy against what is owed. Amounts are decimal numbers.
package struct Vigie_V1_CompanyHeadroom: ProtobufMessage {
    /// The company, with what it owes and the limit that the portfolio says.
    package var company: Vigie_V1_FollowedCompany {
        get { .only(_company) }
        set { _company = [newValue] }
    }
    /// Whether the message has `company`.
    package var hasCompany: Bool { !_company.isEmpty }
    /// Takes `company` out of the message.
    package mutating func clearCompany() { _company = [] }
    private var _company: [Vigie_V1_FollowedCompany] = []

    /// Its class.
    package var riskClass: UInt32 = 0

    /// Its score.
    package var score: Int32 = 0

    /// What becomes of it.
    package var outcome: Vigie_V1_DecisionOutcome = Vigie_V1_DecisionOutcome()

    /// The limit by policy.
    package var limit: String = ""

    /// What that leaves beside what is owed.
    package var headroom: String = ""

    /// What a year's business is to be expected to bring; empty where that is not known.
    package var opportunity: String = ""

    /// Days from the invoice to the payment.
    package var termDays: UInt32 = 0

    /// The last day of the limit.
    package var validUntil: String = ""

    /// What ends it: "review", "cover", or the name of a guarantee.
    package var validBy: String = ""

    /// The role that may grant the limit; empty if none may.
    package var grantingRole: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CompanyHeadroom" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_company)
            case 16: riskClass = try reader.uint32()
            case 24: score = try reader.int32()
            case 32: outcome = Vigie_V1_DecisionOutcome(rawValue: try reader.enumeration())
            case 42: limit = try reader.string()
            case 50: headroom = try reader.string()
            case 58: opportunity = try reader.string()
            case 64: termDays = try reader.uint32()
            case 74: validUntil = try reader.string()
            case 82: validBy = try reader.string()
            case 90: grantingRole = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _company)
        writer.uint32(16, riskClass)
        writer.int32(24, score)
        writer.enumeration(32, outcome.rawValue)
        writer.string(42, limit)
        writer.string(50, headroom)
        writer.string(58, opportunity)
        writer.uint32(64, termDays)
        writer.string(74, validUntil)
        writer.string(82, validBy)
        writer.string(90, grantingRole)
    }
}
