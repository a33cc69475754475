// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/portfolio.proto; do not edit.

package import ProtobufCoding

/// What somebody may do with a portfolio.
package enum Vigie_V1_PortfolioAccess: Sendable, Equatable {
    /// Nothing.
    case unspecified
    /// See it and its companies.
    case read
    /// Change it, too.
    case write_p
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .read, .write_p]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .read
        case 2: self = .write_p
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .read: 1
        case .write_p: 2
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Where a company is with a segment.
package enum Vigie_V1_SegmentPart: Sendable, Equatable {
    /// Same as SEGMENT_PART_MEMBERS.
    case unspecified
    /// In it.
    case members
    /// Neither in it nor out: something is not known that it takes to say.
    case unknown
    /// Out of it.
    case others
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .members, .unknown, .others]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .members
        case 2: self = .unknown
        case 3: self = .others
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .members: 1
        case .unknown: 2
        case .others: 3
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// A list of companies that is watched.
package struct Vigie_V1_Portfolio: ProtobufMessage {
    /// Its name, which no other portfolio has: 1 to 128 bytes, no control characters.
    package var name: String = ""

    /// What it is for: at most 2,048 bytes.
    package var note: String = ""

    /// Who made it; empty where the server does not tell callers apart.
    package var createdBy: String = ""

    /// When, in microseconds since 1970-01-01 in UTC.
    package var createdAtMicroseconds: Int64 = 0

    /// How many companies it has.
    package var companyCount: Int64 = 0

    /// What whoever asks may do with it.
    package var access: Vigie_V1_PortfolioAccess = Vigie_V1_PortfolioAccess()

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.Portfolio" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: note = try reader.string()
            case 26: createdBy = try reader.string()
            case 32: createdAtMicroseconds = try reader.int64()
            case 40: companyCount = try reader.int64()
            case 48: access = Vigie_V1_PortfolioAccess(rawValue: try reader.enumeration())
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.string(18, note)
        writer.string(26, createdBy)
        writer.int64(32, createdAtMicroseconds)
        writer.int64(40, companyCount)
        writer.enumeration(48, access.rawValue)
    }
}

/// What a role may do with a portfolio.
package struct Vigie_V1_PortfolioShare: ProtobufMessage {
    /// The name of the role, of the server's access file or one that is built in.
    package var role: String = ""

    /// What it may do.
    package var access: Vigie_V1_PortfolioAccess = Vigie_V1_PortfolioAccess()

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PortfolioShare" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: role = try reader.string()
            case 16: access = Vigie_V1_PortfolioAccess(rawValue: try reader.enumeration())
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, role)
        writer.enumeration(16, access.rawValue)
    }
}

/// Who a company is.
package struct Vigie_V1_CompanyIdentifier: ProtobufMessage {
    /// Its number in the French directory: nine digits, the last of them a check.
    package var siren: String {
        get {
            if case .siren(let value)? = identifier { return value }
            return ""
        }
        set { identifier = .siren(newValue) }
    }

    /// Its identifier as a legal entity (ISO 17442): 20 characters, the last two a
    /// check.
    package var lei: String {
        get {
            if case .lei(let value)? = identifier { return value }
            return ""
        }
        set { identifier = .lei(newValue) }
    }

    /// What the user calls it, for companies without one of the others: 1 to 128
    /// bytes, no characters that are not seen, no blanks around.
    package var own: String {
        get {
            if case .own(let value)? = identifier { return value }
            return ""
        }
        set { identifier = .own(newValue) }
    }

    /// By which register, or whose number.
    package var identifier: OneOf_Identifier?

    /// By which register, or whose number.
    package enum OneOf_Identifier: Sendable {
        /// Its number in the French directory: nine digits, the last of them a check.
        case siren(String)
        /// Its identifier as a legal entity (ISO 17442): 20 characters, the last two a
        /// check.
        case lei(String)
        /// What the user calls it, for companies without one of the others: 1 to 128
        /// bytes, no characters that are not seen, no blanks around.
        case own(String)
    }

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CompanyIdentifier" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: identifier = .siren(try reader.string())
            case 18: identifier = .lei(try reader.string())
            case 26: identifier = .own(try reader.string())
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        if case .siren(let value)? = identifier {
            writer.tag(10)
            writer.string(value)
        }
        if case .lei(let value)? = identifier {
            writer.tag(18)
            writer.string(value)
        }
        if case .own(let value)? = identifier {
            writer.tag(26)
            writer.string(value)
        }
    }
}

/// An amount of money.
package struct Vigie_V1_MoneyAmount: ProtobufMessage {
    /// The amount in the currency's smallest units, such as cents.
    package var minorUnits: Int64 = 0

    /// The currency (ISO 4217), such as EUR.
    package var currency: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.MoneyAmount" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: minorUnits = try reader.int64()
            case 18: currency = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, minorUnits)
        writer.string(18, currency)
    }
}

/// A company in a portfolio, as the user gives it.
package struct Vigie_V1_FollowedCompany: ProtobufMessage {
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

    /// Its name: at most 512 bytes. Empty keeps the name that the store knows.
    package var name: String = ""

    /// The user's own number for it, such as that of the customer's account: at most
    /// 128 bytes.
    package var reference: String = ""

    /// The limit that the user grants it; absent for none. Not negative.
    package var limit: Vigie_V1_MoneyAmount {
        get { .only(_limit) }
        set { _limit = [newValue] }
    }
    /// Whether the message has `limit`.
    package var hasLimit: Bool { !_limit.isEmpty }
    /// Takes `limit` out of the message.
    package mutating func clearLimit() { _limit = [] }
    private var _limit: [Vigie_V1_MoneyAmount] = []

    /// What it owes; absent where that is not known. Negative when it has paid too
    /// much.
    package var exposure: Vigie_V1_MoneyAmount {
        get { .only(_exposure) }
        set { _exposure = [newValue] }
    }
    /// Whether the message has `exposure`.
    package var hasExposure: Bool { !_exposure.isEmpty }
    /// Takes `exposure` out of the message.
    package mutating func clearExposure() { _exposure = [] }
    private var _exposure: [Vigie_V1_MoneyAmount] = []

    /// Its sector, such as "43.32A": at most 16 bytes; dots and blanks are left out, and
    /// letters made capital. Of this and the fields below absent is not told, and leaves
    /// what is known; empty takes it away.
    package var sector: String {
        get { _sector ?? "" }
        set { _sector = newValue }
    }
    /// Whether the message has `sector`.
    package var hasSector: Bool { _sector != nil }
    /// Takes `sector` out of the message.
    package mutating func clearSector() { _sector = nil }
    private var _sector: String?

    /// Its legal form, in the user's words or the directory's number: at most 128 bytes.
    package var legalForm: String {
        get { _legalForm ?? "" }
        set { _legalForm = newValue }
    }
    /// Whether the message has `legalForm`.
    package var hasLegalForm: Bool { _legalForm != nil }
    /// Takes `legalForm` out of the message.
    package mutating func clearLegalForm() { _legalForm = nil }
    private var _legalForm: String?

    /// When it was founded, as YYYY-MM-DD.
    package var foundedOn: String {
        get { _foundedOn ?? "" }
        set { _foundedOn = newValue }
    }
    /// Whether the message has `foundedOn`.
    package var hasFoundedOn: Bool { _foundedOn != nil }
    /// Takes `foundedOn` out of the message.
    package mutating func clearFoundedOn() { _foundedOn = nil }
    private var _foundedOn: String?

    /// Words that the user puts to it.
    package var tags: Vigie_V1_CompanyTags {
        get { .only(_tags) }
        set { _tags = [newValue] }
    }
    /// Whether the message has `tags`.
    package var hasTags: Bool { !_tags.isEmpty }
    /// Takes `tags` out of the message.
    package mutating func clearTags() { _tags = [] }
    private var _tags: [Vigie_V1_CompanyTags] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.FollowedCompany" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_company)
            case 18: name = try reader.string()
            case 26: reference = try reader.string()
            case 34: try reader.boxed(&_limit)
            case 42: try reader.boxed(&_exposure)
            case 50: _sector = try reader.string()
            case 58: _legalForm = try reader.string()
            case 66: _foundedOn = try reader.string()
            case 74: try reader.boxed(&_tags)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _company)
        writer.string(18, name)
        writer.string(26, reference)
        writer.messages(34, _limit)
        writer.messages(42, _exposure)
        if let value = _sector {
            writer.tag(50)
            writer.string(value)
        }
        if let value = _legalForm {
            writer.tag(58)
            writer.string(value)
        }
        if let value = _foundedOn {
            writer.tag(66)
            writer.string(value)
        }
        writer.messages(74, _tags)
    }
}

/// Words that a user puts to a company, by which segments find it.
package struct Vigie_V1_CompanyTags: ProtobufMessage {
    /// The words: at most 32 of 1 to 64 bytes, without blanks, commas, semicolons and bars.
    package var tags: [String] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CompanyTags" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.strings(&tags)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.strings(10, tags)
    }
}
