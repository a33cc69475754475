// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/portfolio_facts.proto; do not edit.

package import ProtobufCoding

/// What becomes of facts that are known already.
package enum Vigie_V1_FactMode: Sendable, Equatable {
    /// Same as FACT_MODE_ADD.
    case unspecified
    /// They stay beside what comes.
    case add
    /// What comes for a company, a kind of fact and a day is the whole of it: what
    /// was known and does not come again is superseded.
    case replace
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .add, .replace]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .add
        case 2: self = .replace
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .add: 1
        case .replace: 2
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Kinds of facts.
package enum Vigie_V1_FactKind: Sendable, Equatable {
    /// One that this server does not know.
    case unspecified
    /// Statements of a year, with their filing and what they say of the year before.
    case statement
    /// Invoices and what was paid of them.
    case ledger
    /// How others were paid.
    case payment
    /// What a court or a register made known.
    case event
    /// A paper as it was handed over.
    case paper
    /// What was decided.
    case decision
    /// What it owes to whoever follows it, by that one's customers' ledger.
    case account
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .statement, .ledger, .payment, .event, .paper, .decision, .account]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .statement
        case 2: self = .ledger
        case 3: self = .payment
        case 4: self = .event
        case 5: self = .paper
        case 6: self = .decision
        case 7: self = .account
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .statement: 1
        case .ledger: 2
        case .payment: 3
        case .event: 4
        case .paper: 5
        case .decision: 6
        case .account: 7
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// What is known of companies, to be kept.
package struct Vigie_V1_RecordFactsRequest: ProtobufMessage {
    /// The name of the portfolio that they are in.
    package var portfolio: String = ""

    /// What lines of statements are called, by their place: two capital letters or
    /// digits, such as "FL", or three digits. At most 1,024.
    package var lineNames: [String] = []

    /// Who or what says so, such as the name of a file: 1 to 256 bytes.
    package var source: String = ""

    /// What becomes of what is known of them already.
    package var mode: Vigie_V1_FactMode = Vigie_V1_FactMode()

    /// The companies: 1 to 1,000, each once.
    package var companies: [Vigie_V1_RecordedCompany] = []

    /// Whether companies that the portfolio does not have are left out and told.
    /// Otherwise one of them keeps all from being recorded.
    package var leaveOutUnknown: Bool = false

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.RecordFactsRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: try reader.strings(&lineNames)
            case 26: source = try reader.string()
            case 32: mode = Vigie_V1_FactMode(rawValue: try reader.enumeration())
            case 42: try reader.messages(&companies)
            case 48: leaveOutUnknown = try reader.bool()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.strings(18, lineNames)
        writer.string(26, source)
        writer.enumeration(32, mode.rawValue)
        writer.messages(42, companies)
        writer.bool(48, leaveOutUnknown)
    }
}

/// A company, and what is known of it.
package struct Vigie_V1_RecordedCompany: ProtobufMessage {
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

    /// What is known of it. A siren that is empty is that of company; papers and
    /// paper_lines, which are numbers of the caller's, are not kept, nor is the name.
    package var facts: Vigie_V1_CompanyFacts {
        get { .only(_facts) }
        set { _facts = [newValue] }
    }
    /// Whether the message has `facts`.
    package var hasFacts: Bool { !_facts.isEmpty }
    /// Takes `facts` out of the message.
    package mutating func clearFacts() { _facts = [] }
    private var _facts: [Vigie_V1_CompanyFacts] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.RecordedCompany" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_company)
            case 18: try reader.boxed(&_facts)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _company)
        writer.messages(18, _facts)
    }
}

/// What became of facts.
package struct Vigie_V1_RecordFactsResponse: ProtobufMessage {
    /// Facts that were not known.
    package var addedCount: Int64 = 0

    /// Facts that were known just so.
    package var unchangedCount: Int64 = 0

    /// Facts in whose place others stand now.
    package var supersededCount: Int64 = 0

    /// Companies that the portfolio does not have, and that were left out.
    package var unknown: [Vigie_V1_CompanyIdentifier] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.RecordFactsResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: addedCount = try reader.int64()
            case 16: unchangedCount = try reader.int64()
            case 24: supersededCount = try reader.int64()
            case 34: try reader.messages(&unknown)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, addedCount)
        writer.int64(16, unchangedCount)
        writer.int64(24, supersededCount)
        writer.messages(34, unknown)
    }
}

/// Asks for a page of what is known of a company.
package struct Vigie_V1_ListFactsRequest: ProtobufMessage {
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

    /// Whether facts in whose place others stand now are listed, too.
    package var includeSuperseded: Bool = false

    /// Most facts to return. 0 means 100; at most 1,000.
    package var pageSize: Int32 = 0

    /// Token of the page to return, from an earlier response. Empty for the first.
    package var pageToken: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListFactsRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: try reader.boxed(&_company)
            case 24: includeSuperseded = try reader.bool()
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
        writer.bool(24, includeSuperseded)
        writer.int32(32, pageSize)
        writer.string(42, pageToken)
    }
}

/// A page of facts, in the order in which they came.
package struct Vigie_V1_ListFactsResponse: ProtobufMessage {
    /// The facts.
    package var facts: [Vigie_V1_ListedFact] = []

    /// Token of the next page. Empty when this is the last.
    package var nextPageToken: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListFactsResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&facts)
            case 18: nextPageToken = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, facts)
        writer.string(18, nextPageToken)
    }
}

/// A fact as the store has it.
package struct Vigie_V1_ListedFact: ProtobufMessage {
    /// Its number: the later it came, the higher.
    package var number: Int64 = 0

    /// What it is.
    package var kind: Vigie_V1_FactKind = Vigie_V1_FactKind()

    /// The day that it is about, in days since 1970-01-01: of a statement the last
    /// day of its year, of a ledger the last one that it speaks of, of an event that
    /// on which it was made known, of an entry of a register that of its last change.
    package var day: Int32 = 0

    /// Who or what said so.
    package var source: String = ""

    /// Since when it is known, in microseconds since 1970-01-01 in UTC.
    package var knownAtMicroseconds: Int64 = 0

    /// Since when another one stands in its place; absent when none does.
    package var supersededAtMicroseconds: Int64 {
        get { _supersededAtMicroseconds ?? 0 }
        set { _supersededAtMicroseconds = newValue }
    }
    /// Whether the message has `supersededAtMicroseconds`.
    package var hasSupersededAtMicroseconds: Bool { _supersededAtMicroseconds != nil }
    /// Takes `supersededAtMicroseconds` out of the message.
    package mutating func clearSupersededAtMicroseconds() { _supersededAtMicroseconds = nil }
    private var _supersededAtMicroseconds: Int64?

    /// How long it is as it is kept, in bytes.
    package var byteCount: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListedFact" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: number = try reader.int64()
            case 16: kind = Vigie_V1_FactKind(rawValue: try reader.enumeration())
            case 24: day = try reader.sint32()
            case 34: source = try reader.string()
            case 40: knownAtMicroseconds = try reader.int64()
            case 48: _supersededAtMicroseconds = try reader.int64()
            case 56: byteCount = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, number)
        writer.enumeration(16, kind.rawValue)
        writer.sint32(24, day)
        writer.string(34, source)
        writer.int64(40, knownAtMicroseconds)
        if let value = _supersededAtMicroseconds {
            writer.tag(48)
            writer.int64(value)
        }
        writer.int64(56, byteCount)
    }
}

/// Asks for the assessment of a company by what is known of it.
package struct Vigie_V1_AssessCompanyRequest: ProtobufMessage {
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

    /// How it is assessed. Its line_names are not read.
    package var header: Vigie_V1_AssessHeader {
        get { .only(_header) }
        set { _header = [newValue] }
    }
    /// Whether the message has `header`.
    package var hasHeader: Bool { !_header.isEmpty }
    /// Takes `header` out of the message.
    package mutating func clearHeader() { _header = [] }
    private var _header: [Vigie_V1_AssessHeader] = []

    /// What came into the store later is left out, and what was superseded later
    /// counts; in microseconds since 1970-01-01 in UTC. Absent means the end of the
    /// header's as_of_date: what was known on that day.
    package var knownAtMicroseconds: Int64 {
        get { _knownAtMicroseconds ?? 0 }
        set { _knownAtMicroseconds = newValue }
    }
    /// Whether the message has `knownAtMicroseconds`.
    package var hasKnownAtMicroseconds: Bool { _knownAtMicroseconds != nil }
    /// Takes `knownAtMicroseconds` out of the message.
    package mutating func clearKnownAtMicroseconds() { _knownAtMicroseconds = nil }
    private var _knownAtMicroseconds: Int64?

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.AssessCompanyRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: try reader.boxed(&_company)
            case 26: try reader.boxed(&_header)
            case 32: _knownAtMicroseconds = try reader.int64()
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
        if let value = _knownAtMicroseconds {
            writer.tag(32)
            writer.int64(value)
        }
    }
}

/// The assessment of a company.
package struct Vigie_V1_AssessCompanyResponse: ProtobufMessage {
    /// What the numbers in it mean; of features only those that it names.
    package var context: Vigie_V1_AssessmentContext {
        get { .only(_context) }
        set { _context = [newValue] }
    }
    /// Whether the message has `context`.
    package var hasContext: Bool { !_context.isEmpty }
    /// Takes `context` out of the message.
    package mutating func clearContext() { _context = [] }
    private var _context: [Vigie_V1_AssessmentContext] = []

    /// The assessment.
    package var assessment: Vigie_V1_CompanyAssessment {
        get { .only(_assessment) }
        set { _assessment = [newValue] }
    }
    /// Whether the message has `assessment`.
    package var hasAssessment: Bool { !_assessment.isEmpty }
    /// Takes `assessment` out of the message.
    package mutating func clearAssessment() { _assessment = [] }
    private var _assessment: [Vigie_V1_CompanyAssessment] = []

    /// How many facts were known then.
    package var factCount: Int64 = 0

    /// When the last of them came, in microseconds since 1970-01-01 in UTC; 0 when
    /// there is none.
    package var lastKnownAtMicroseconds: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.AssessCompanyResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_context)
            case 18: try reader.boxed(&_assessment)
            case 24: factCount = try reader.int64()
            case 32: lastKnownAtMicroseconds = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _context)
        writer.messages(18, _assessment)
        writer.int64(24, factCount)
        writer.int64(32, lastKnownAtMicroseconds)
    }
}
