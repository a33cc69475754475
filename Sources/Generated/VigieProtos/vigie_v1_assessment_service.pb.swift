// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/assessment_service.proto; do not edit.

package import ProtobufCoding

/// A part of an assessment that can be left out.
package enum Vigie_V1_AssessmentPart: Sendable, Equatable {
    /// Not a valid choice.
    case unspecified
    /// Ratios and balances of the last statement.
    case ratios
    /// What published models say.
    case publishedModels
    /// What was noticed in statements.
    case findings
    /// How the company pays and is paid.
    case payments
    /// The statements that were used.
    case statements
    /// Labels of features and formulas.
    case labels
    /// What values behind reasons are held against: medians and percents_below.
    case references
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .ratios, .publishedModels, .findings, .payments, .statements, .labels, .references]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .ratios
        case 2: self = .publishedModels
        case 3: self = .findings
        case 4: self = .payments
        case 5: self = .statements
        case 6: self = .labels
        case 7: self = .references
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .ratios: 1
        case .publishedModels: 2
        case .findings: 3
        case .payments: 4
        case .statements: 5
        case .labels: 6
        case .references: 7
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Who reads an assessment.
package enum Vigie_V1_TermReader: Sendable, Equatable {
    /// Same as TERM_READER_CREDIT.
    case unspecified
    /// Who grants credit.
    case credit
    /// Who sells.
    case sales
    /// The company that is assessed.
    case company
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .credit, .sales, .company]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .credit
        case 2: self = .sales
        case 3: self = .company
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .credit: 1
        case .sales: 2
        case .company: 3
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// A language of texts for people.
package enum Vigie_V1_TermLanguage: Sendable, Equatable {
    /// Same as TERM_LANGUAGE_ENGLISH.
    case unspecified
    /// English.
    case english
    /// French.
    case french
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .english, .french]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .english
        case 2: self = .french
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .english: 1
        case .french: 2
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Asks for the assessment of one company.
package struct Vigie_V1_AssessRequest: ProtobufMessage {
    /// How it is assessed.
    package var header: Vigie_V1_AssessHeader {
        get { .only(_header) }
        set { _header = [newValue] }
    }
    /// Whether the message has `header`.
    package var hasHeader: Bool { !_header.isEmpty }
    /// Takes `header` out of the message.
    package mutating func clearHeader() { _header = [] }
    private var _header: [Vigie_V1_AssessHeader] = []

    /// What is known of it.
    package var company: Vigie_V1_CompanyFacts {
        get { .only(_company) }
        set { _company = [newValue] }
    }
    /// Whether the message has `company`.
    package var hasCompany: Bool { !_company.isEmpty }
    /// Takes `company` out of the message.
    package mutating func clearCompany() { _company = [] }
    private var _company: [Vigie_V1_CompanyFacts] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.AssessRequest" }

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

/// The assessment of one company.
package struct Vigie_V1_AssessResponse: ProtobufMessage {
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

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.AssessResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_context)
            case 18: try reader.boxed(&_assessment)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _context)
        writer.messages(18, _assessment)
    }
}

/// One message of a stream of companies.
package struct Vigie_V1_BatchAssessRequest: ProtobufMessage {
    /// The first message of the stream, and only the first.
    package var header: Vigie_V1_AssessHeader {
        get {
            if case .header(let value)? = message { return value }
            return Vigie_V1_AssessHeader()
        }
        set { message = .header(newValue) }
    }

    /// Companies to assess.
    package var batch: Vigie_V1_CompanyBatch {
        get {
            if case .batch(let value)? = message { return value }
            return Vigie_V1_CompanyBatch()
        }
        set { message = .batch(newValue) }
    }

    /// Header first, then companies.
    package var message: OneOf_Message?

    /// Header first, then companies.
    package indirect enum OneOf_Message: Sendable {
        /// The first message of the stream, and only the first.
        case header(Vigie_V1_AssessHeader)
        /// Companies to assess.
        case batch(Vigie_V1_CompanyBatch)
    }

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.BatchAssessRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10:
                var value = Vigie_V1_AssessHeader()
                if case .header(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .header(value)
            case 18:
                var value = Vigie_V1_CompanyBatch()
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
package struct Vigie_V1_CompanyBatch: ProtobufMessage {
    /// What is known of each.
    package var companies: [Vigie_V1_CompanyFacts] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CompanyBatch" }

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

/// One message of a stream of assessments.
package struct Vigie_V1_BatchAssessResponse: ProtobufMessage {
    /// What the numbers in all assessments mean. Sent once, when the header is
    /// accepted.
    package var context: Vigie_V1_AssessmentContext {
        get {
            if case .context(let value)? = message { return value }
            return Vigie_V1_AssessmentContext()
        }
        set { message = .context(newValue) }
    }

    /// The answer to one message of companies.
    package var batch: Vigie_V1_AssessmentBatch {
        get {
            if case .batch(let value)? = message { return value }
            return Vigie_V1_AssessmentBatch()
        }
        set { message = .batch(newValue) }
    }

    /// Context first, then assessments.
    package var message: OneOf_Message?

    /// Context first, then assessments.
    package indirect enum OneOf_Message: Sendable {
        /// What the numbers in all assessments mean. Sent once, when the header is
        /// accepted.
        case context(Vigie_V1_AssessmentContext)
        /// The answer to one message of companies.
        case batch(Vigie_V1_AssessmentBatch)
    }

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.BatchAssessResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10:
                var value = Vigie_V1_AssessmentContext()
                if case .context(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .context(value)
            case 18:
                var value = Vigie_V1_AssessmentBatch()
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
package struct Vigie_V1_AssessmentBatch: ProtobufMessage {
    /// One for each company, in their order.
    package var answers: [Vigie_V1_CompanyAnswer] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.AssessmentBatch" }

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
package struct Vigie_V1_CompanyAnswer: ProtobufMessage {
    /// The assessment.
    package var assessment: Vigie_V1_CompanyAssessment {
        get {
            if case .assessment(let value)? = answer { return value }
            return Vigie_V1_CompanyAssessment()
        }
        set { answer = .assessment(newValue) }
    }

    /// What is wrong with its facts.
    package var error: Vigie_V1_CompanyError {
        get {
            if case .error(let value)? = answer { return value }
            return Vigie_V1_CompanyError()
        }
        set { answer = .error(newValue) }
    }

    /// An assessment, or why there is none.
    package var answer: OneOf_Answer?

    /// An assessment, or why there is none.
    package indirect enum OneOf_Answer: Sendable {
        /// The assessment.
        case assessment(Vigie_V1_CompanyAssessment)
        /// What is wrong with its facts.
        case error(Vigie_V1_CompanyError)
    }

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CompanyAnswer" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10:
                var value = Vigie_V1_CompanyAssessment()
                if case .assessment(let before)? = answer {
                    value = before
                    answer = nil
                }
                try reader.message(&value)
                answer = .assessment(value)
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
        if case .assessment(let value)? = answer {
            writer.message(10, value)
        }
        if case .error(let value)? = answer {
            writer.message(18, value)
        }
    }
}

/// Why a company of a batch was not assessed.
package struct Vigie_V1_CompanyError: ProtobufMessage {
    /// The code that the call would have ended with, by its number in gRPC.
    package var code: UInt32 = 0

    /// What is wrong, as a constant for programs, such as "WRONG_COLUMN_LENGTH".
    package var reason: String = ""

    /// The field at fault, such as "company.statements.cents".
    package var field: String = ""

    /// What is wrong, and what to do about it.
    package var message: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CompanyError" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: code = try reader.uint32()
            case 18: reason = try reader.string()
            case 26: field = try reader.string()
            case 34: message = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.uint32(8, code)
        writer.string(18, reason)
        writer.string(26, field)
        writer.string(34, message)
    }
}

/// How companies are assessed.
package struct Vigie_V1_AssessHeader: ProtobufMessage {
    /// The model that scores statements: its name, or "name@version". Empty means
    /// the server's default model.
    package var model: String = ""

    /// The model for statements of which many items are missing. Empty leaves the
    /// choice to the server, which takes the first of its scorecards of the same
    /// event. The name of the model itself means that there is none.
    package var card: String = ""

    /// The day for which companies are assessed, as YYYY-MM-DD: nothing that was
    /// made known later is used. Empty means today in UTC.
    package var asOfDate: String = ""

    /// Reasons of each company, the strongest first. At most the number of
    /// features of the model.
    package var reasonCount: UInt32 = 0

    /// Whether notices that were taken back after as_of_date never stood. Without
    /// it, they count as they did on that day.
    package var knowsLaterCorrections: Bool = false

    /// Codes of the lines of statements, such as "FL", which StatementColumns names
    /// by their place in this list. Those of the forms 2050 to 2053 and 2058, or of
    /// the simplified form 2033.
    package var lineNames: [String] = []

    /// Parts of assessments that are not wanted.
    package var omittedParts: [Vigie_V1_AssessmentPart] = []

    /// What is asked of each company beside its assessment.
    package var questions: Vigie_V1_AssessmentQuestions {
        get { .only(_questions) }
        set { _questions = [newValue] }
    }
    /// Whether the message has `questions`.
    package var hasQuestions: Bool { !_questions.isEmpty }
    /// Takes `questions` out of the message.
    package mutating func clearQuestions() { _questions = [] }
    private var _questions: [Vigie_V1_AssessmentQuestions] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.AssessHeader" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: model = try reader.string()
            case 18: card = try reader.string()
            case 26: asOfDate = try reader.string()
            case 32: reasonCount = try reader.uint32()
            case 40: knowsLaterCorrections = try reader.bool()
            case 50: try reader.strings(&lineNames)
            case 56: omittedParts.append(Vigie_V1_AssessmentPart(rawValue: try reader.enumeration()))
            case 58:
                let outer = try reader.enter()
                while reader.hasMore {
                    omittedParts.append(Vigie_V1_AssessmentPart(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 66: try reader.boxed(&_questions)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, model)
        writer.string(18, card)
        writer.string(26, asOfDate)
        writer.uint32(32, reasonCount)
        writer.bool(40, knowsLaterCorrections)
        writer.strings(50, lineNames)
        if !omittedParts.isEmpty {
            let start = writer.open(58)
            for value in omittedParts { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        writer.messages(66, _questions)
    }
}

/// What is asked of companies beside their assessments.
package struct Vigie_V1_AssessmentQuestions: ProtobufMessage {
    /// Models of other horizons that are asked, too: their names, or "name@version".
    /// Of two of one horizon the first counts.
    package var horizonModels: [String] = []

    /// Whether what goes into published models is told.
    package var modelInputs: Bool = false

    /// Quartiles of ratios by group, as a CSV table with the columns ratio, segment,
    /// q1, median and q3, and year where the data have one; an empty segment is for
    /// all. Empty: none are asked for.
    package var quartiles: [UInt8] = []

    /// Changes of facts, one after the other, as people say them: "equity=+200k",
    /// "late=0", "FW=-10%". Each company is assessed once more with them.
    package var changes: [String] = []

    /// The class that the smallest change of each driver is looked for to reach.
    /// Some hundred assessments for each company: only in Assess. 0: not asked for.
    package var reachClass: UInt32 = 0

    /// Whether it is told how the main figures went over the years.
    package var trends: Bool = false

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.AssessmentQuestions" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.strings(&horizonModels)
            case 16: modelInputs = try reader.bool()
            case 26: quartiles = try reader.bytes()
            case 34: try reader.strings(&changes)
            case 40: reachClass = try reader.uint32()
            case 48: trends = try reader.bool()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.strings(10, horizonModels)
        writer.bool(16, modelInputs)
        writer.bytes(26, quartiles)
        writer.strings(34, changes)
        writer.uint32(40, reachClass)
        writer.bool(48, trends)
    }
}

/// One message of a stream of papers.
package struct Vigie_V1_ReadPapersRequest: ProtobufMessage {
    /// The first message of the stream, and only the first.
    package var header: Vigie_V1_ReadPapersHeader {
        get {
            if case .header(let value)? = message { return value }
            return Vigie_V1_ReadPapersHeader()
        }
        set { message = .header(newValue) }
    }

    /// A part of a paper.
    package var part: Vigie_V1_PaperPart {
        get {
            if case .part(let value)? = message { return value }
            return Vigie_V1_PaperPart()
        }
        set { message = .part(newValue) }
    }

    /// Header first, then parts of papers.
    package var message: OneOf_Message?

    /// Header first, then parts of papers.
    package indirect enum OneOf_Message: Sendable {
        /// The first message of the stream, and only the first.
        case header(Vigie_V1_ReadPapersHeader)
        /// A part of a paper.
        case part(Vigie_V1_PaperPart)
    }

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ReadPapersRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10:
                var value = Vigie_V1_ReadPapersHeader()
                if case .header(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .header(value)
            case 18:
                var value = Vigie_V1_PaperPart()
                if case .part(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .part(value)
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
        if case .part(let value)? = message {
            writer.message(18, value)
        }
    }
}

/// How papers are read.
package struct Vigie_V1_ReadPapersHeader: ProtobufMessage {
    /// The day up to which messages about invoices count, as YYYY-MM-DD. Empty
    /// means today in UTC.
    package var asOfDate: String = ""

    /// How packages of one's own write ledgers: a JSON file of profiles, or nothing.
    package var ledgerProfiles: [UInt8] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ReadPapersHeader" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: asOfDate = try reader.string()
            case 18: ledgerProfiles = try reader.bytes()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, asOfDate)
        writer.bytes(18, ledgerProfiles)
    }
}

/// A part of a paper.
package struct Vigie_V1_PaperPart: ProtobufMessage {
    /// The name of the paper, which begins with this part: that of its file, for
    /// some papers say only there whose they are. Empty when the part goes on with
    /// the paper of the part before.
    package var fileName: String = ""

    /// The bytes, at most 1 MiB; those of a file that is packed with gzip, or not.
    package var content: [UInt8] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PaperPart" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: fileName = try reader.string()
            case 18: content = try reader.bytes()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, fileName)
        writer.bytes(18, content)
    }
}

/// What papers say.
package struct Vigie_V1_ReadPapersResponse: ProtobufMessage {
    /// The header of AssessRequest takes them as they are.
    package var lineNames: [String] = []

    /// The companies, in the order in which papers name them.
    package var companies: [Vigie_V1_CompanyFacts] = []

    /// The papers. Facts and findings name them by their place in this list: terms
    /// of payment first, which others need, then as they were sent.
    package var papers: [Vigie_V1_ReadPaper] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ReadPapersResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.strings(&lineNames)
            case 18: try reader.messages(&companies)
            case 26: try reader.messages(&papers)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.strings(10, lineNames)
        writer.messages(18, companies)
        writer.messages(26, papers)
    }
}

/// What became of a paper.
package struct Vigie_V1_ReadPaper: ProtobufMessage {
    /// Its name.
    package var fileName: String = ""

    /// What it is, such as "journal"; empty where that was not found out.
    package var kind: String = ""

    /// Records that were used.
    package var kept: UInt64 = 0

    /// Records that could not be used.
    package var setAside: UInt64 = 0

    /// Records that the rules of the paper leave out.
    package var leftOut: UInt64 = 0

    /// Why nothing could be read; empty where something was.
    package var error: String = ""

    /// What to do about that.
    package var advice: String = ""

    /// What was noticed: the first of each kind.
    package var findings: [Vigie_V1_PaperFinding] = []

    /// How many findings there are, with those that are not told.
    package var findingCount: UInt64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ReadPaper" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: fileName = try reader.string()
            case 18: kind = try reader.string()
            case 24: kept = try reader.uint64()
            case 32: setAside = try reader.uint64()
            case 40: leftOut = try reader.uint64()
            case 50: error = try reader.string()
            case 58: advice = try reader.string()
            case 66: try reader.messages(&findings)
            case 72: findingCount = try reader.uint64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, fileName)
        writer.string(18, kind)
        writer.uint64(24, kept)
        writer.uint64(32, setAside)
        writer.uint64(40, leftOut)
        writer.string(50, error)
        writer.string(58, advice)
        writer.messages(66, findings)
        writer.uint64(72, findingCount)
    }
}

/// Asks for what words mean.
package struct Vigie_V1_ListTermsRequest: ProtobufMessage {
    /// For whom.
    package var reader: Vigie_V1_TermReader = Vigie_V1_TermReader()

    /// In which language.
    package var language: Vigie_V1_TermLanguage = Vigie_V1_TermLanguage()

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListTermsRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: self.reader = Vigie_V1_TermReader(rawValue: try reader.enumeration())
            case 16: language = Vigie_V1_TermLanguage(rawValue: try reader.enumeration())
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.enumeration(8, self.reader.rawValue)
        writer.enumeration(16, language.rawValue)
    }
}

/// What words mean.
package struct Vigie_V1_ListTermsResponse: ProtobufMessage {
    /// The terms, in the order of a glossary that is read from its start.
    package var terms: [Vigie_V1_Term] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListTermsResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&terms)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, terms)
    }
}

/// A term of assessments.
package struct Vigie_V1_Term: ProtobufMessage {
    /// Its name, the same in all languages.
    package var name: String = ""

    /// What it is called.
    package var title: String = ""

    /// What it says.
    package var meaning: String = ""

    /// Where it comes from.
    package var origin: String = ""

    /// What it does not say.
    package var caveat: String = ""

    /// What the reader does with it.
    package var advice: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.Term" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: title = try reader.string()
            case 26: meaning = try reader.string()
            case 34: origin = try reader.string()
            case 42: caveat = try reader.string()
            case 50: advice = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.string(18, title)
        writer.string(26, meaning)
        writer.string(34, origin)
        writer.string(42, caveat)
        writer.string(50, advice)
    }
}
