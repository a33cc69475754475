// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/collection.proto; do not edit.

package import ProtobufCoding

/// A language of letters and reasons.
package enum Vigie_V1_CollectionLanguage: Sendable, Equatable {
    /// Same as COLLECTION_LANGUAGE_FRENCH.
    case unspecified
    /// French.
    case french
    /// English.
    case english
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .french, .english]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .french
        case 2: self = .english
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .french: 1
        case .english: 2
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// What makes a forecast.
package enum Vigie_V1_ForecastMethod: Sendable, Equatable {
    /// One that this release does not know.
    case unspecified
    /// What customers are used to, drawn to their segment.
    case history
    /// A model that was trained on a ledger.
    case trained
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .history, .trained]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .history
        case 2: self = .trained
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .history: 1
        case .trained: 2
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Why something is as it is.
package struct Vigie_V1_CollectionReason: ProtobufMessage {
    /// What holds, as a constant for programs, such as "gate_disputed".
    package var code: String = ""

    /// The sentence, in the language that was asked for.
    package var text: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CollectionReason" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: code = try reader.string()
            case 18: text = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, code)
        writer.string(18, text)
    }
}

/// A customer of the worklist.
package struct Vigie_V1_WorklistEntry: ProtobufMessage {
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

    /// The level of the letter that it would get; 0 for none.
    package var level: Int32 = 0

    /// The level that the days alone give.
    package var levelOfDays: Int32 = 0

    /// What is late and can be asked for, credits taken off, in cents; negative for a
    /// credit balance.
    package var amountDueCents: Int64 = 0

    /// The amount due that no cover pays, times the probability, in cents.
    package var valueAtRiskCents: Int64 = 0

    /// The probability that it fails, from 0 to 1.
    package var probability: Double = 0

    /// Whether nobody knows that probability, and the scenarios' own is taken.
    package var probabilityIsAssumed: Bool = false

    /// All that is open, in cents.
    package var openCents: Int64 = 0

    /// What of it is disputed, in cents.
    package var disputedCents: Int64 = 0

    /// What of it is promised, by a promise that still runs, in cents.
    package var promisedCents: Int64 = 0

    /// What of it arose before proceedings were opened, in cents.
    package var frozenCents: Int64 = 0

    /// By how many days the oldest invoice that can be asked for is late.
    package var oldestDays: Int32 = 0

    /// What to do next.
    package var action: Vigie_V1_CollectionReason {
        get { .only(_action) }
        set { _action = [newValue] }
    }
    /// Whether the message has `action`.
    package var hasAction: Bool { !_action.isEmpty }
    /// Takes `action` out of the message.
    package mutating func clearAction() { _action = [] }
    private var _action: [Vigie_V1_CollectionReason] = []

    /// What keeps letters back, or changes their level; none for a letter of the level
    /// of its days.
    package var reasons: [Vigie_V1_CollectionReason] = []

    /// Whether an amount is in no sum, since its currency is another one.
    package var hasOtherCurrency: Bool = false

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.WorklistEntry" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_company)
            case 18: name = try reader.string()
            case 24: level = try reader.int32()
            case 32: levelOfDays = try reader.int32()
            case 40: amountDueCents = try reader.int64()
            case 48: valueAtRiskCents = try reader.int64()
            case 57: probability = try reader.double()
            case 64: probabilityIsAssumed = try reader.bool()
            case 72: openCents = try reader.int64()
            case 80: disputedCents = try reader.int64()
            case 88: promisedCents = try reader.int64()
            case 96: frozenCents = try reader.int64()
            case 104: oldestDays = try reader.int32()
            case 114: try reader.boxed(&_action)
            case 122: try reader.messages(&reasons)
            case 128: hasOtherCurrency = try reader.bool()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _company)
        writer.string(18, name)
        writer.int32(24, level)
        writer.int32(32, levelOfDays)
        writer.int64(40, amountDueCents)
        writer.int64(48, valueAtRiskCents)
        writer.double(57, probability)
        writer.bool(64, probabilityIsAssumed)
        writer.int64(72, openCents)
        writer.int64(80, disputedCents)
        writer.int64(88, promisedCents)
        writer.int64(96, frozenCents)
        writer.int32(104, oldestDays)
        writer.messages(114, _action)
        writer.messages(122, reasons)
        writer.bool(128, hasOtherCurrency)
    }
}

/// An invoice that is open, and why it is on a letter or not.
package struct Vigie_V1_InvoiceStanding: ProtobufMessage {
    /// Its number.
    package var reference: String = ""

    /// When it was made, as YYYY-MM-DD; empty where that is lost.
    package var issuedDate: String = ""

    /// When it is due; empty where that is lost.
    package var dueDate: String = ""

    /// Its amount with tax, in cents.
    package var amountCents: Int64 = 0

    /// What of it is open, in cents; negative for a credit note.
    package var openCents: Int64 = 0

    /// Its currency.
    package var currency: String = ""

    /// By how many days it is late; negative before its day.
    package var daysLate: Int32 = 0

    /// Its own level; 0 for none.
    package var level: Int32 = 0

    /// Why it is on a letter, or is not.
    package var reasons: [Vigie_V1_CollectionReason] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.InvoiceStanding" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: reference = try reader.string()
            case 18: issuedDate = try reader.string()
            case 26: dueDate = try reader.string()
            case 32: amountCents = try reader.int64()
            case 40: openCents = try reader.int64()
            case 50: currency = try reader.string()
            case 56: daysLate = try reader.int32()
            case 64: level = try reader.int32()
            case 74: try reader.messages(&reasons)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, reference)
        writer.string(18, issuedDate)
        writer.string(26, dueDate)
        writer.int64(32, amountCents)
        writer.int64(40, openCents)
        writer.string(50, currency)
        writer.int32(56, daysLate)
        writer.int32(64, level)
        writer.messages(74, reasons)
    }
}

/// What somebody wrote down.
package struct Vigie_V1_CollectionNote: ProtobufMessage {
    /// Who.
    package var person: String = ""

    /// When, as YYYY-MM-DD.
    package var date: String = ""

    /// What.
    package var text: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CollectionNote" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: person = try reader.string()
            case 18: date = try reader.string()
            case 26: text = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, person)
        writer.string(18, date)
        writer.string(26, text)
    }
}

/// A letter, or a task where nothing is written.
package struct Vigie_V1_DunningLetter: ProtobufMessage {
    /// Whom it is to.
    package var company: Vigie_V1_CompanyIdentifier {
        get { .only(_company) }
        set { _company = [newValue] }
    }
    /// Whether the message has `company`.
    package var hasCompany: Bool { !_company.isEmpty }
    /// Takes `company` out of the message.
    package mutating func clearCompany() { _company = [] }
    private var _company: [Vigie_V1_CompanyIdentifier] = []

    /// The customer's name.
    package var name: String = ""

    /// What it has in common with no other letter of the portfolio.
    package var key: String = ""

    /// Its level, from 1.
    package var level: Int32 = 0

    /// How it reaches the customer: email, letter, registered_letter, call or handover.
    package var channel: String = ""

    /// What it asks for, in cents of the currency.
    package var totalCents: Int64 = 0

    /// The currency.
    package var currency: String = ""

    /// Its subject; empty where nothing is written.
    package var subject: String = ""

    /// Its text; empty where nothing is written.
    package var text: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DunningLetter" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_company)
            case 18: name = try reader.string()
            case 26: self.key = try reader.string()
            case 32: level = try reader.int32()
            case 42: channel = try reader.string()
            case 48: totalCents = try reader.int64()
            case 58: currency = try reader.string()
            case 66: subject = try reader.string()
            case 74: text = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _company)
        writer.string(18, name)
        writer.string(26, self.key)
        writer.int32(32, level)
        writer.string(42, channel)
        writer.int64(48, totalCents)
        writer.string(58, currency)
        writer.string(66, subject)
        writer.string(74, text)
    }
}

/// A run of letters.
package struct Vigie_V1_DunningRun: ProtobufMessage {
    /// Its number.
    package var run: Int64 = 0

    /// The day as of which it is, as YYYY-MM-DD.
    package var asOfDate: String = ""

    /// When it was done, in microseconds since 1970-01-01 in UTC.
    package var doneAtMicroseconds: Int64 = 0

    /// Who did it; empty where the server does not tell callers apart.
    package var doneBy: String = ""

    /// How many letters it has.
    package var letterCount: Int64 = 0

    /// Which of the portfolio's scenarios it is by; 0 for those of the product.
    package var scenarios: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DunningRun" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: run = try reader.int64()
            case 18: asOfDate = try reader.string()
            case 24: doneAtMicroseconds = try reader.int64()
            case 34: doneBy = try reader.string()
            case 40: letterCount = try reader.int64()
            case 48: scenarios = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, run)
        writer.string(18, asOfDate)
        writer.int64(24, doneAtMicroseconds)
        writer.string(34, doneBy)
        writer.int64(40, letterCount)
        writer.int64(48, scenarios)
    }
}

/// A promise to pay.
package struct Vigie_V1_CollectionPromise: ProtobufMessage {
    /// The invoice that it is about; empty for all that is open.
    package var invoice: String = ""

    /// For when, as YYYY-MM-DD: today or later.
    package var date: String = ""

    /// How much, in cents; absent for all.
    package var amountCents: Int64 {
        get { _amountCents ?? 0 }
        set { _amountCents = newValue }
    }
    /// Whether the message has `amountCents`.
    package var hasAmountCents: Bool { _amountCents != nil }
    /// Takes `amountCents` out of the message.
    package mutating func clearAmountCents() { _amountCents = nil }
    private var _amountCents: Int64?

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CollectionPromise" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: invoice = try reader.string()
            case 18: date = try reader.string()
            case 24: _amountCents = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, invoice)
        writer.string(18, date)
        if let value = _amountCents {
            writer.tag(24)
            writer.int64(value)
        }
    }
}

/// Nothing is to be sent.
package struct Vigie_V1_CollectionHold: ProtobufMessage {
    /// About which invoice; empty for the customer as a whole.
    package var invoice: String = ""

    /// Until when, as YYYY-MM-DD; empty until it is released.
    package var untilDate: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CollectionHold" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: invoice = try reader.string()
            case 18: untilDate = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, invoice)
        writer.string(18, untilDate)
    }
}

/// A level that somebody sets.
package struct Vigie_V1_CollectionLevel: ProtobufMessage {
    /// Of which invoice; empty for the customer as a whole.
    package var invoice: String = ""

    /// The level, from 1.
    package var level: Int32 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CollectionLevel" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: invoice = try reader.string()
            case 16: level = try reader.int32()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, invoice)
        writer.int32(16, level)
    }
}

/// How a customer is worked on.
package struct Vigie_V1_CollectionTerms: ProtobufMessage {
    /// Its segment, by which its scenario is found: at most 128 bytes; empty for none.
    package var segment: String = ""

    /// What insurers and guarantors would pay, in cents: it lowers what is at risk.
    package var coverCents: Int64 = 0

    /// The last day of that cover, as YYYY-MM-DD; empty for one without an end.
    package var coverUntilDate: String = ""

    /// The language of its letters; unspecified for that of whoever writes them.
    package var language: Vigie_V1_CollectionLanguage = Vigie_V1_CollectionLanguage()

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CollectionTerms" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: segment = try reader.string()
            case 16: coverCents = try reader.int64()
            case 26: coverUntilDate = try reader.string()
            case 32: language = Vigie_V1_CollectionLanguage(rawValue: try reader.enumeration())
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, segment)
        writer.int64(16, coverCents)
        writer.string(26, coverUntilDate)
        writer.enumeration(32, language.rawValue)
    }
}

/// When an invoice will be paid.
package struct Vigie_V1_InvoiceForecast: ProtobufMessage {
    /// Who owes it.
    package var company: Vigie_V1_CompanyIdentifier {
        get { .only(_company) }
        set { _company = [newValue] }
    }
    /// Whether the message has `company`.
    package var hasCompany: Bool { !_company.isEmpty }
    /// Takes `company` out of the message.
    package mutating func clearCompany() { _company = [] }
    private var _company: [Vigie_V1_CompanyIdentifier] = []

    /// Its number.
    package var reference: String = ""

    /// What of it is open, in cents.
    package var openCents: Int64 = 0

    /// The probability that it is paid more than 0 days late, or never.
    package var lateOver0: Double = 0

    /// The same for more than 30 days.
    package var lateOver30: Double = 0

    /// The same for more than 60 days.
    package var lateOver60: Double = 0

    /// The same for more than 90 days.
    package var lateOver90: Double = 0

    /// The day by which it is paid as likely as not, as YYYY-MM-DD; empty where more than
    /// half of such invoices were never seen to be paid.
    package var expectedDate: String = ""

    /// The first day of the band of 80 %; empty where it has none.
    package var earliestDate: String = ""

    /// The last day of it; empty where it has none.
    package var latestDate: String = ""

    /// What made these figures.
    package var method: Vigie_V1_ForecastMethod = Vigie_V1_ForecastMethod()

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.InvoiceForecast" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_company)
            case 18: reference = try reader.string()
            case 24: openCents = try reader.int64()
            case 33: lateOver0 = try reader.double()
            case 41: lateOver30 = try reader.double()
            case 49: lateOver60 = try reader.double()
            case 57: lateOver90 = try reader.double()
            case 66: expectedDate = try reader.string()
            case 74: earliestDate = try reader.string()
            case 82: latestDate = try reader.string()
            case 88: method = Vigie_V1_ForecastMethod(rawValue: try reader.enumeration())
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _company)
        writer.string(18, reference)
        writer.int64(24, openCents)
        writer.double(33, lateOver0)
        writer.double(41, lateOver30)
        writer.double(49, lateOver60)
        writer.double(57, lateOver90)
        writer.string(66, expectedDate)
        writer.string(74, earliestDate)
        writer.string(82, latestDate)
        writer.enumeration(88, method.rawValue)
    }
}

/// What comes in a week, in cents.
package struct Vigie_V1_CashWeek: ProtobufMessage {
    /// Its first day, as YYYY-MM-DD.
    package var fromDate: String = ""

    /// Its last day, a Sunday.
    package var throughDate: String = ""

    /// What is expected.
    package var expectedCents: Double = 0

    /// The lower end of the band of 80 %.
    package var lowCents: Double = 0

    /// The upper end of it.
    package var highCents: Double = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CashWeek" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: fromDate = try reader.string()
            case 18: throughDate = try reader.string()
            case 25: expectedCents = try reader.double()
            case 33: lowCents = try reader.double()
            case 41: highCents = try reader.double()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, fromDate)
        writer.string(18, throughDate)
        writer.double(25, expectedCents)
        writer.double(33, lowCents)
        writer.double(41, highCents)
    }
}

/// What has to be declared of a customer.
package struct Vigie_V1_ClaimDeclaration: ProtobufMessage {
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

    /// Its name.
    package var name: String = ""

    /// The day of the opening judgment, as YYYY-MM-DD.
    package var openedDate: String = ""

    /// The last day to declare; empty where nobody knows.
    package var deadlineDate: String = ""

    /// What is declared, in cents of the portfolio's currency.
    package var totalCents: Int64 = 0

    /// The declaration as a text.
    package var text: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ClaimDeclaration" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_company)
            case 18: name = try reader.string()
            case 26: openedDate = try reader.string()
            case 34: deadlineDate = try reader.string()
            case 40: totalCents = try reader.int64()
            case 50: text = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _company)
        writer.string(18, name)
        writer.string(26, openedDate)
        writer.string(34, deadlineDate)
        writer.int64(40, totalCents)
        writer.string(50, text)
    }
}

/// What is likely of proceedings by a number of months.
package struct Vigie_V1_ProceedingProspect: ProtobufMessage {
    /// Months from the day that is looked at: whole quarters.
    package var months: Int32 = 0

    /// The probability that none of the outcomes has come.
    package var stillOpen: Double = 0

    /// The probability that the adoption of a plan came first.
    package var plan: Double = 0

    /// That a conversion into a liquidation came first.
    package var conversion: Double = 0

    /// That a sale of the business came first.
    package var cession: Double = 0

    /// That they were closed first.
    package var closure: Double = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ProceedingProspect" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: months = try reader.int32()
            case 17: stillOpen = try reader.double()
            case 25: plan = try reader.double()
            case 33: conversion = try reader.double()
            case 41: cession = try reader.double()
            case 49: closure = try reader.double()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int32(8, months)
        writer.double(17, stillOpen)
        writer.double(25, plan)
        writer.double(33, conversion)
        writer.double(41, cession)
        writer.double(49, closure)
    }
}
