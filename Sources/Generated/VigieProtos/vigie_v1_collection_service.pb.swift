// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/collection_service.proto; do not edit.

package import ProtobufCoding

/// Why there are no figures.
package enum Vigie_V1_ProspectGap: Sendable, Equatable {
    /// There are some.
    case unspecified
    /// The server has no model that was fitted on real proceedings.
    case noModel
    /// The company is in no proceedings on that day.
    case noProceedings
    /// They have had their outcome: a plan is carried out.
    case plan
    /// They have lasted longer than the model knows of.
    case beyondModel
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .noModel, .noProceedings, .plan, .beyondModel]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .noModel
        case 2: self = .noProceedings
        case 3: self = .plan
        case 4: self = .beyondModel
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .noModel: 1
        case .noProceedings: 2
        case .plan: 3
        case .beyondModel: 4
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Asks for a worklist.
package struct Vigie_V1_GetWorklistRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// The day, as YYYY-MM-DD; empty for today in UTC. Nothing later is known.
    package var asOfDate: String = ""

    /// The language of reasons.
    package var language: Vigie_V1_CollectionLanguage = Vigie_V1_CollectionLanguage()

    /// Most entries of each list. 0 means 100; at most 1,000.
    package var limit: Int32 = 0

    /// The name of a segment of the portfolio, of whose companies alone the list is; empty
    /// for all. Who is in it is looked at now, whatever the day.
    package var segment: String = ""

    /// Which companies those are; members where nothing is said.
    package var segmentPart: Vigie_V1_SegmentPart = Vigie_V1_SegmentPart()

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.GetWorklistRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: asOfDate = try reader.string()
            case 24: language = Vigie_V1_CollectionLanguage(rawValue: try reader.enumeration())
            case 32: limit = try reader.int32()
            case 42: segment = try reader.string()
            case 48: segmentPart = Vigie_V1_SegmentPart(rawValue: try reader.enumeration())
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.string(18, asOfDate)
        writer.enumeration(24, language.rawValue)
        writer.int32(32, limit)
        writer.string(42, segment)
        writer.enumeration(48, segmentPart.rawValue)
    }
}

/// A worklist.
package struct Vigie_V1_GetWorklistResponse: ProtobufMessage {
    /// Customers to be worked on, the most at risk first.
    package var entries: [Vigie_V1_WorklistEntry] = []

    /// Others that owe something: claims to be declared first, then by what is open.
    package var others: [Vigie_V1_WorklistEntry] = []

    /// How many are to be worked on, with those that are not told.
    package var entryCount: Int64 = 0

    /// How many others there are.
    package var otherCount: Int64 = 0

    /// The day.
    package var asOfDate: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.GetWorklistResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&entries)
            case 18: try reader.messages(&others)
            case 24: entryCount = try reader.int64()
            case 32: otherCount = try reader.int64()
            case 42: asOfDate = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, entries)
        writer.messages(18, others)
        writer.int64(24, entryCount)
        writer.int64(32, otherCount)
        writer.string(42, asOfDate)
    }
}

/// Asks how a customer stands.
package struct Vigie_V1_ExplainCustomerRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// The customer.
    package var company: Vigie_V1_CompanyIdentifier {
        get { .only(_company) }
        set { _company = [newValue] }
    }
    /// Whether the message has `company`.
    package var hasCompany: Bool { !_company.isEmpty }
    /// Takes `company` out of the message.
    package mutating func clearCompany() { _company = [] }
    private var _company: [Vigie_V1_CompanyIdentifier] = []

    /// The day, as YYYY-MM-DD; empty for today in UTC.
    package var asOfDate: String = ""

    /// The language of reasons.
    package var language: Vigie_V1_CollectionLanguage = Vigie_V1_CollectionLanguage()

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ExplainCustomerRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: try reader.boxed(&_company)
            case 26: asOfDate = try reader.string()
            case 32: language = Vigie_V1_CollectionLanguage(rawValue: try reader.enumeration())
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.messages(18, _company)
        writer.string(26, asOfDate)
        writer.enumeration(32, language.rawValue)
    }
}

/// How a customer stands.
package struct Vigie_V1_ExplainCustomerResponse: ProtobufMessage {
    /// The customer.
    package var entry: Vigie_V1_WorklistEntry {
        get { .only(_entry) }
        set { _entry = [newValue] }
    }
    /// Whether the message has `entry`.
    package var hasEntry: Bool { !_entry.isEmpty }
    /// Takes `entry` out of the message.
    package mutating func clearEntry() { _entry = [] }
    private var _entry: [Vigie_V1_WorklistEntry] = []

    /// Its open invoices, in the order of its ledger: the first 1,000.
    package var invoices: [Vigie_V1_InvoiceStanding] = []

    /// What was written down, the last note last.
    package var notes: [Vigie_V1_CollectionNote] = []

    /// The number of the level of its last letter; 0 for none.
    package var lastLetterLevel: Int32 = 0

    /// When that went out, as YYYY-MM-DD.
    package var lastLetterDate: String = ""

    /// How it is worked on, where somebody said so.
    package var terms: Vigie_V1_CollectionTerms {
        get { .only(_terms) }
        set { _terms = [newValue] }
    }
    /// Whether the message has `terms`.
    package var hasTerms: Bool { !_terms.isEmpty }
    /// Takes `terms` out of the message.
    package mutating func clearTerms() { _terms = [] }
    private var _terms: [Vigie_V1_CollectionTerms] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ExplainCustomerResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_entry)
            case 18: try reader.messages(&invoices)
            case 26: try reader.messages(&notes)
            case 32: lastLetterLevel = try reader.int32()
            case 42: lastLetterDate = try reader.string()
            case 50: try reader.boxed(&_terms)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _entry)
        writer.messages(18, invoices)
        writer.messages(26, notes)
        writer.int32(32, lastLetterLevel)
        writer.string(42, lastLetterDate)
        writer.messages(50, _terms)
    }
}

/// Asks for the letters of a run.
package struct Vigie_V1_PlanDunningRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// The day, as YYYY-MM-DD; empty for today in UTC.
    package var asOfDate: String = ""

    /// The language of the letters.
    package var language: Vigie_V1_CollectionLanguage = Vigie_V1_CollectionLanguage()

    /// Who writes, as letters say it.
    package var sender: String = ""

    /// Most letters to tell. 0 means 100; at most 1,000.
    package var limit: Int32 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PlanDunningRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: asOfDate = try reader.string()
            case 24: language = Vigie_V1_CollectionLanguage(rawValue: try reader.enumeration())
            case 34: sender = try reader.string()
            case 40: limit = try reader.int32()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.string(18, asOfDate)
        writer.enumeration(24, language.rawValue)
        writer.string(34, sender)
        writer.int32(40, limit)
    }
}

/// The letters of a run.
package struct Vigie_V1_PlanDunningResponse: ProtobufMessage {
    /// The letters, the most at risk first.
    package var letters: [Vigie_V1_DunningLetter] = []

    /// How many there are, with those that are not told.
    package var letterCount: Int64 = 0

    /// Half-years, such as 2026-2, of which no rate of late interest is known that letters
    /// ask for: these say that interest is still to be calculated. `interest_rates` of the
    /// scenarios gives rates.
    package var unknownRates: [String] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PlanDunningResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&letters)
            case 16: letterCount = try reader.int64()
            case 26: try reader.strings(&unknownRates)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, letters)
        writer.int64(16, letterCount)
        writer.strings(26, unknownRates)
    }
}

/// Asks for a run.
package struct Vigie_V1_RunDunningRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// The language of the letters.
    package var language: Vigie_V1_CollectionLanguage = Vigie_V1_CollectionLanguage()

    /// Who writes, as letters say it.
    package var sender: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.RunDunningRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 16: language = Vigie_V1_CollectionLanguage(rawValue: try reader.enumeration())
            case 26: sender = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.enumeration(16, language.rawValue)
        writer.string(26, sender)
    }
}

/// What a run did.
package struct Vigie_V1_RunDunningResponse: ProtobufMessage {
    /// Its number; 0 where no letter was new.
    package var run: Int64 = 0

    /// How many letters it wrote; ListLetters tells them.
    package var letterCount: Int64 = 0

    /// Half-years of which no rate of late interest is known, as of PlanDunning.
    package var unknownRates: [String] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.RunDunningResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: run = try reader.int64()
            case 16: letterCount = try reader.int64()
            case 26: try reader.strings(&unknownRates)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, run)
        writer.int64(16, letterCount)
        writer.strings(26, unknownRates)
    }
}

/// Asks for letters, or runs.
package struct Vigie_V1_ListLettersRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// The run; 0 for the last runs.
    package var run: Int64 = 0

    /// Most letters to return. 0 means 100; at most 1,000.
    package var pageSize: Int32 = 0

    /// Token of the page to return, from an earlier response. Empty for the first.
    package var pageToken: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListLettersRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 16: run = try reader.int64()
            case 24: pageSize = try reader.int32()
            case 34: pageToken = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.int64(16, run)
        writer.int32(24, pageSize)
        writer.string(34, pageToken)
    }
}

/// Letters, or runs.
package struct Vigie_V1_ListLettersResponse: ProtobufMessage {
    /// The letters of the run, without who they are to where that is not in the portfolio
    /// any more.
    package var letters: [Vigie_V1_DunningLetter] = []

    /// Token of the next page. Empty when this is the last.
    package var nextPageToken: String = ""

    /// The last runs, the newest first, where no run was named.
    package var runs: [Vigie_V1_DunningRun] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListLettersResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&letters)
            case 18: nextPageToken = try reader.string()
            case 26: try reader.messages(&runs)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, letters)
        writer.string(18, nextPageToken)
        writer.messages(26, runs)
    }
}

/// What is done about a customer.
package struct Vigie_V1_RecordCollectionRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// The customer.
    package var company: Vigie_V1_CompanyIdentifier {
        get { .only(_company) }
        set { _company = [newValue] }
    }
    /// Whether the message has `company`.
    package var hasCompany: Bool { !_company.isEmpty }
    /// Takes `company` out of the message.
    package mutating func clearCompany() { _company = [] }
    private var _company: [Vigie_V1_CompanyIdentifier] = []

    /// It promised to pay.
    package var promise: Vigie_V1_CollectionPromise {
        get {
            if case .promise(let value)? = action { return value }
            return Vigie_V1_CollectionPromise()
        }
        set { action = .promise(newValue) }
    }

    /// It disputes the invoice of this number.
    package var disputeInvoice: String {
        get {
            if case .disputeInvoice(let value)? = action { return value }
            return ""
        }
        set { action = .disputeInvoice(newValue) }
    }

    /// The dispute of the invoice of this number is settled.
    package var settleInvoice: String {
        get {
            if case .settleInvoice(let value)? = action { return value }
            return ""
        }
        set { action = .settleInvoice(newValue) }
    }

    /// Nothing is to be sent.
    package var hold: Vigie_V1_CollectionHold {
        get {
            if case .hold(let value)? = action { return value }
            return Vigie_V1_CollectionHold()
        }
        set { action = .hold(newValue) }
    }

    /// A level is to be used, whatever the days.
    package var setLevel: Vigie_V1_CollectionLevel {
        get {
            if case .setLevel(let value)? = action { return value }
            return Vigie_V1_CollectionLevel()
        }
        set { action = .setLevel(newValue) }
    }

    /// What was decided by hand about the invoice of this number is taken back; empty
    /// for what was about the customer as a whole.
    package var releaseInvoice: String {
        get {
            if case .releaseInvoice(let value)? = action { return value }
            return ""
        }
        set { action = .releaseInvoice(newValue) }
    }

    /// How it is worked on from now on, all of it: what is left out holds no more.
    package var setTerms: Vigie_V1_CollectionTerms {
        get {
            if case .setTerms(let value)? = action { return value }
            return Vigie_V1_CollectionTerms()
        }
        set { action = .setTerms(newValue) }
    }

    /// What is written down beside it: at most 2,048 bytes.
    package var note: String = ""

    /// What is done; absent for a note alone.
    package var action: OneOf_Action?

    /// What is done; absent for a note alone.
    package indirect enum OneOf_Action: Sendable {
        /// It promised to pay.
        case promise(Vigie_V1_CollectionPromise)
        /// It disputes the invoice of this number.
        case disputeInvoice(String)
        /// The dispute of the invoice of this number is settled.
        case settleInvoice(String)
        /// Nothing is to be sent.
        case hold(Vigie_V1_CollectionHold)
        /// A level is to be used, whatever the days.
        case setLevel(Vigie_V1_CollectionLevel)
        /// What was decided by hand about the invoice of this number is taken back; empty
        /// for what was about the customer as a whole.
        case releaseInvoice(String)
        /// How it is worked on from now on, all of it: what is left out holds no more.
        case setTerms(Vigie_V1_CollectionTerms)
    }

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.RecordCollectionRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: try reader.boxed(&_company)
            case 26:
                var value = Vigie_V1_CollectionPromise()
                if case .promise(let before)? = action {
                    value = before
                    action = nil
                }
                try reader.message(&value)
                action = .promise(value)
            case 34: action = .disputeInvoice(try reader.string())
            case 42: action = .settleInvoice(try reader.string())
            case 50:
                var value = Vigie_V1_CollectionHold()
                if case .hold(let before)? = action {
                    value = before
                    action = nil
                }
                try reader.message(&value)
                action = .hold(value)
            case 58:
                var value = Vigie_V1_CollectionLevel()
                if case .setLevel(let before)? = action {
                    value = before
                    action = nil
                }
                try reader.message(&value)
                action = .setLevel(value)
            case 66: action = .releaseInvoice(try reader.string())
            case 82:
                var value = Vigie_V1_CollectionTerms()
                if case .setTerms(let before)? = action {
                    value = before
                    action = nil
                }
                try reader.message(&value)
                action = .setTerms(value)
            case 74: note = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.messages(18, _company)
        if case .promise(let value)? = action {
            writer.message(26, value)
        }
        if case .disputeInvoice(let value)? = action {
            writer.tag(34)
            writer.string(value)
        }
        if case .settleInvoice(let value)? = action {
            writer.tag(42)
            writer.string(value)
        }
        if case .hold(let value)? = action {
            writer.message(50, value)
        }
        if case .setLevel(let value)? = action {
            writer.message(58, value)
        }
        if case .releaseInvoice(let value)? = action {
            writer.tag(66)
            writer.string(value)
        }
        writer.string(74, note)
        if case .setTerms(let value)? = action {
            writer.message(82, value)
        }
    }
}

/// What is recorded.
package struct Vigie_V1_RecordCollectionResponse: ProtobufMessage {
    /// How many notes there are of the customer now.
    package var noteCount: Int32 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.RecordCollectionResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: noteCount = try reader.int32()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int32(8, noteCount)
    }
}

/// Asks for a forecast.
package struct Vigie_V1_ForecastPaymentsRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// The day, as YYYY-MM-DD; empty for today in UTC.
    package var asOfDate: String = ""

    /// Weeks of cash. 0 means 13; at most 53.
    package var weeks: Int32 = 0

    /// Most invoices to tell. 0 means 100; at most 1,000.
    package var limit: Int32 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ForecastPaymentsRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: asOfDate = try reader.string()
            case 24: weeks = try reader.int32()
            case 32: limit = try reader.int32()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.string(18, asOfDate)
        writer.int32(24, weeks)
        writer.int32(32, limit)
    }
}

/// A forecast.
package struct Vigie_V1_ForecastPaymentsResponse: ProtobufMessage {
    /// The weeks.
    package var weeks: [Vigie_V1_CashWeek] = []

    /// What of the invoices is expected after them, or never, in cents.
    package var laterCents: Double = 0

    /// What is open of invoices of which nothing is said, in cents: disputed, frozen,
    /// without a due date.
    package var notForecastCents: Int64 = 0

    /// The invoices, those with the most open first.
    package var invoices: [Vigie_V1_InvoiceForecast] = []

    /// How many invoices are forecast, with those that are not told.
    package var invoiceCount: Int64 = 0

    /// What is open of invoices in other currencies is in no sum; how many those are.
    package var otherCurrencyCount: Int64 = 0

    /// What made the figures of weeks.
    package var weeksMethod: Vigie_V1_ForecastMethod = Vigie_V1_ForecastMethod()

    /// The model that made those of invoices, as name@version; empty where none was.
    package var model: String = ""

    /// SHA-256 of that model's files, in hexadecimal.
    package var modelHash: String = ""

    /// The last day of the ledger that it was trained on, as YYYY-MM-DD.
    package var trainedUntilDate: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ForecastPaymentsResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&weeks)
            case 17: laterCents = try reader.double()
            case 24: notForecastCents = try reader.int64()
            case 34: try reader.messages(&invoices)
            case 40: invoiceCount = try reader.int64()
            case 48: otherCurrencyCount = try reader.int64()
            case 56: weeksMethod = Vigie_V1_ForecastMethod(rawValue: try reader.enumeration())
            case 66: model = try reader.string()
            case 74: modelHash = try reader.string()
            case 82: trainedUntilDate = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, weeks)
        writer.double(17, laterCents)
        writer.int64(24, notForecastCents)
        writer.messages(34, invoices)
        writer.int64(40, invoiceCount)
        writer.int64(48, otherCurrencyCount)
        writer.enumeration(56, weeksMethod.rawValue)
        writer.string(66, model)
        writer.string(74, modelHash)
        writer.string(82, trainedUntilDate)
    }
}

/// Asks for declarations.
package struct Vigie_V1_DeclareClaimsRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// The day, as YYYY-MM-DD; empty for today in UTC.
    package var asOfDate: String = ""

    /// The language of texts and file.
    package var language: Vigie_V1_CollectionLanguage = Vigie_V1_CollectionLanguage()

    /// The creditor, as texts say it.
    package var sender: String = ""

    /// Whether the creditor is outside of metropolitan France, and has two months more.
    package var creditorIsAbroad: Bool = false

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DeclareClaimsRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: asOfDate = try reader.string()
            case 24: language = Vigie_V1_CollectionLanguage(rawValue: try reader.enumeration())
            case 34: sender = try reader.string()
            case 40: creditorIsAbroad = try reader.bool()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.string(18, asOfDate)
        writer.enumeration(24, language.rawValue)
        writer.string(34, sender)
        writer.bool(40, creditorIsAbroad)
    }
}

/// What has to be declared.
package struct Vigie_V1_DeclareClaimsResponse: ProtobufMessage {
    /// The declarations, the first day to run out first: at most 1,000.
    package var declarations: [Vigie_V1_ClaimDeclaration] = []

    /// All claims as delimited text, for spreadsheets.
    package var file: String = ""

    /// How many declarations there are.
    package var declarationCount: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DeclareClaimsResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&declarations)
            case 18: file = try reader.string()
            case 24: declarationCount = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, declarations)
        writer.string(18, file)
        writer.int64(24, declarationCount)
    }
}

/// Asks for scenarios.
package struct Vigie_V1_GetDunningScenariosRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.GetDunningScenariosRequest" }

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

/// Scenarios.
package struct Vigie_V1_GetDunningScenariosResponse: ProtobufMessage {
    /// Which of the portfolio's they are; 0 for those of the product.
    package var number: Int64 = 0

    /// The document, in JSON.
    package var document: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.GetDunningScenariosResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: number = try reader.int64()
            case 18: document = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, number)
        writer.string(18, document)
    }
}

/// Scenarios from now on.
package struct Vigie_V1_SetDunningScenariosRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// The document, in JSON: at most 1 MiB.
    package var document: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.SetDunningScenariosRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: document = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.string(18, document)
    }
}

/// The scenarios that hold now.
package struct Vigie_V1_SetDunningScenariosResponse: ProtobufMessage {
    /// Which of the portfolio's they are.
    package var number: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.SetDunningScenariosResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: number = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, number)
    }
}

/// Asks how proceedings go on.
package struct Vigie_V1_ForecastProceedingsRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// The customer.
    package var company: Vigie_V1_CompanyIdentifier {
        get { .only(_company) }
        set { _company = [newValue] }
    }
    /// Whether the message has `company`.
    package var hasCompany: Bool { !_company.isEmpty }
    /// Takes `company` out of the message.
    package mutating func clearCompany() { _company = [] }
    private var _company: [Vigie_V1_CompanyIdentifier] = []

    /// The day, as YYYY-MM-DD; empty for today in UTC.
    package var asOfDate: String = ""

    /// People that it employs; absent where nobody knows.
    package var headcount: Int32 {
        get { _headcount ?? 0 }
        set { _headcount = newValue }
    }
    /// Whether the message has `headcount`.
    package var hasHeadcount: Bool { _headcount != nil }
    /// Takes `headcount` out of the message.
    package mutating func clearHeadcount() { _headcount = nil }
    private var _headcount: Int32?

    /// When it was founded, as YYYY-MM-DD; empty where nobody knows.
    package var foundedDate: String = ""

    /// Its activity in the French nomenclature, such as 43.21A; empty where nobody knows.
    package var activity: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ForecastProceedingsRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: try reader.boxed(&_company)
            case 26: asOfDate = try reader.string()
            case 32: _headcount = try reader.int32()
            case 42: foundedDate = try reader.string()
            case 50: activity = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.messages(18, _company)
        writer.string(26, asOfDate)
        if let value = _headcount {
            writer.tag(32)
            writer.int32(value)
        }
        writer.string(42, foundedDate)
        writer.string(50, activity)
    }
}

/// How proceedings go on.
package struct Vigie_V1_ForecastProceedingsResponse: ProtobufMessage {
    /// 6, 12, 24 and 36 months, as far as the model knows.
    package var prospects: [Vigie_V1_ProceedingProspect] = []

    /// Why there are none.
    package var gap: Vigie_V1_ProspectGap = Vigie_V1_ProspectGap()

    /// Since when the company is in these proceedings, as YYYY-MM-DD; empty where it is not.
    package var sinceDate: String = ""

    /// The model, as name@version; empty without one.
    package var model: String = ""

    /// SHA-256 of its file, in hexadecimal.
    package var modelHash: String = ""

    /// The last day of what it was fitted on, as YYYY-MM-DD.
    package var trainedUntilDate: String = ""

    /// On how many proceedings it was fitted.
    package var proceedingCount: Int64 = 0

    /// Features of the company (kind, size, age, sector) of whose class the model has no
    /// figure; it counts as an average one.
    package var unknownFeatures: [String] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ForecastProceedingsResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&prospects)
            case 16: gap = Vigie_V1_ProspectGap(rawValue: try reader.enumeration())
            case 26: sinceDate = try reader.string()
            case 34: model = try reader.string()
            case 42: modelHash = try reader.string()
            case 50: trainedUntilDate = try reader.string()
            case 56: proceedingCount = try reader.int64()
            case 66: try reader.strings(&unknownFeatures)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, prospects)
        writer.enumeration(16, gap.rawValue)
        writer.string(26, sinceDate)
        writer.string(34, model)
        writer.string(42, modelHash)
        writer.string(50, trainedUntilDate)
        writer.int64(56, proceedingCount)
        writer.strings(66, unknownFeatures)
    }
}
