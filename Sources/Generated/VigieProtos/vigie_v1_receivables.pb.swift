// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/receivables.proto; do not edit.

package import ProtobufCoding

/// What became of a promise.
package enum Vigie_V1_PromiseState: Sendable, Equatable {
    /// One that this server does not know.
    case unspecified
    /// Its day is not over.
    case running
    /// Something was paid, and not all.
    case partlyKept
    /// Nothing was paid.
    case broken
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .running, .partlyKept, .broken]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .running
        case 2: self = .partlyKept
        case 3: self = .broken
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .running: 1
        case .partlyKept: 2
        case .broken: 3
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Asks what companies owe.
package struct Vigie_V1_DescribeReceivablesRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// The day, as YYYY-MM-DD; empty for today in UTC. Nothing later is known.
    package var asOfDate: String = ""

    /// Most customers to tell. 0 means 100; at most 1,000.
    package var limit: Int32 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DescribeReceivablesRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: asOfDate = try reader.string()
            case 24: limit = try reader.int32()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.string(18, asOfDate)
        writer.int32(24, limit)
    }
}

/// What companies owe. Amounts are in hundredths of the currency; what is in another
/// one is in no sum.
package struct Vigie_V1_DescribeReceivablesResponse: ProtobufMessage {
    /// The day.
    package var asOfDate: String = ""

    /// The currency.
    package var currency: String = ""

    /// What is open, by how long it is late: not due, up to 30 days, up to 60, up to 90,
    /// more, and without a due date.
    package var openCentsByAge: [Int64] = []

    /// How many customers have something of each age.
    package var customerCountsByAge: [Int64] = []

    /// What of what is open is disputed.
    package var disputedCents: Int64 = 0

    /// What of it is promised, by a promise that still runs.
    package var promisedCents: Int64 = 0

    /// What of it arose before proceedings were opened.
    package var frozenCents: Int64 = 0

    /// Money of customers, and credit notes, that belong to no invoice; never taken off.
    package var creditCents: Int64 = 0

    /// The last 30 days and this one, the oldest first.
    package var days: [Vigie_V1_ReceivablesDay] = []

    /// Customers, those who owe most first.
    package var customers: [Vigie_V1_CustomerReceivables] = []

    /// How many customers owe something, with those that are not told.
    package var customerCount: Int64 = 0

    /// Promises that run or were not kept, the earliest day first: at most 1,000.
    package var promises: [Vigie_V1_CustomerPromise] = []

    /// How many open invoices are in another currency.
    package var otherCurrencyCount: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DescribeReceivablesResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: asOfDate = try reader.string()
            case 18: currency = try reader.string()
            case 24, 26: try reader.int64s(tag, &openCentsByAge)
            case 32, 34: try reader.int64s(tag, &customerCountsByAge)
            case 40: disputedCents = try reader.int64()
            case 48: promisedCents = try reader.int64()
            case 56: frozenCents = try reader.int64()
            case 64: creditCents = try reader.int64()
            case 74: try reader.messages(&days)
            case 82: try reader.messages(&customers)
            case 88: customerCount = try reader.int64()
            case 98: try reader.messages(&promises)
            case 104: otherCurrencyCount = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, asOfDate)
        writer.string(18, currency)
        writer.int64s(26, openCentsByAge)
        writer.int64s(34, customerCountsByAge)
        writer.int64(40, disputedCents)
        writer.int64(48, promisedCents)
        writer.int64(56, frozenCents)
        writer.int64(64, creditCents)
        writer.messages(74, days)
        writer.messages(82, customers)
        writer.int64(88, customerCount)
        writer.messages(98, promises)
        writer.int64(104, otherCurrencyCount)
    }
}

/// What was open on a day.
package struct Vigie_V1_ReceivablesDay: ProtobufMessage {
    /// The day, as YYYY-MM-DD.
    package var date: String = ""

    /// What was open.
    package var openCents: Int64 = 0

    /// What of it was late.
    package var overdueCents: Int64 = 0

    /// Days sales outstanding: what was open, over what was invoiced within the 90 days
    /// up to the day, times 90; absent where nothing was.
    package var daysSalesOutstanding: Double {
        get { _daysSalesOutstanding ?? 0 }
        set { _daysSalesOutstanding = newValue }
    }
    /// Whether the message has `daysSalesOutstanding`.
    package var hasDaysSalesOutstanding: Bool { _daysSalesOutstanding != nil }
    /// Takes `daysSalesOutstanding` out of the message.
    package mutating func clearDaysSalesOutstanding() { _daysSalesOutstanding = nil }
    private var _daysSalesOutstanding: Double?

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ReceivablesDay" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: date = try reader.string()
            case 16: openCents = try reader.int64()
            case 24: overdueCents = try reader.int64()
            case 33: _daysSalesOutstanding = try reader.double()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, date)
        writer.int64(16, openCents)
        writer.int64(24, overdueCents)
        if let value = _daysSalesOutstanding {
            writer.tag(33)
            writer.double(value)
        }
    }
}

/// What a customer owes.
package struct Vigie_V1_CustomerReceivables: ProtobufMessage {
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

    /// What is open, by age, as in the response.
    package var openCentsByAge: [Int64] = []

    /// By how many days the oldest of it is late; 0 or less where nothing is.
    package var oldestDays: Int32 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CustomerReceivables" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_company)
            case 18: name = try reader.string()
            case 24, 26: try reader.int64s(tag, &openCentsByAge)
            case 32: oldestDays = try reader.int32()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _company)
        writer.string(18, name)
        writer.int64s(26, openCentsByAge)
        writer.int32(32, oldestDays)
    }
}

/// What a customer promised.
package struct Vigie_V1_CustomerPromise: ProtobufMessage {
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

    /// The invoice that it is about; empty for all that is open.
    package var invoice: String = ""

    /// When it was made, as YYYY-MM-DD.
    package var madeDate: String = ""

    /// For when, as YYYY-MM-DD.
    package var date: String = ""

    /// How much; absent for all that was open.
    package var amountCents: Int64 {
        get { _amountCents ?? 0 }
        set { _amountCents = newValue }
    }
    /// Whether the message has `amountCents`.
    package var hasAmountCents: Bool { _amountCents != nil }
    /// Takes `amountCents` out of the message.
    package mutating func clearAmountCents() { _amountCents = nil }
    private var _amountCents: Int64?

    /// What became of it.
    package var state: Vigie_V1_PromiseState = Vigie_V1_PromiseState()

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CustomerPromise" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_company)
            case 18: name = try reader.string()
            case 26: invoice = try reader.string()
            case 34: madeDate = try reader.string()
            case 42: date = try reader.string()
            case 48: _amountCents = try reader.int64()
            case 56: state = Vigie_V1_PromiseState(rawValue: try reader.enumeration())
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _company)
        writer.string(18, name)
        writer.string(26, invoice)
        writer.string(34, madeDate)
        writer.string(42, date)
        if let value = _amountCents {
            writer.tag(48)
            writer.int64(value)
        }
        writer.enumeration(56, state.rawValue)
    }
}
