// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/portfolio_service.proto; do not edit.

package import ProtobufCoding

/// What an import does with companies that no line tells of.
package enum Vigie_V1_ImportMode: Sendable, Equatable {
    /// Same as IMPORT_MODE_ADD.
    case unspecified
    /// They stay.
    case add
    /// They leave the portfolio: the file is the whole of it.
    case synchronise
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .add, .synchronise]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .add
        case 2: self = .synchronise
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .add: 1
        case .synchronise: 2
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Asks for a new portfolio.
package struct Vigie_V1_CreatePortfolioRequest: ProtobufMessage {
    /// Its name: 1 to 128 bytes, no control characters, no blanks around.
    package var name: String = ""

    /// What it is for: at most 2,048 bytes.
    package var note: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CreatePortfolioRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: name = try reader.string()
            case 18: note = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, name)
        writer.string(18, note)
    }
}

/// A new portfolio.
package struct Vigie_V1_CreatePortfolioResponse: ProtobufMessage {
    /// The portfolio.
    package var portfolio: Vigie_V1_Portfolio {
        get { .only(_portfolio) }
        set { _portfolio = [newValue] }
    }
    /// Whether the message has `portfolio`.
    package var hasPortfolio: Bool { !_portfolio.isEmpty }
    /// Takes `portfolio` out of the message.
    package mutating func clearPortfolio() { _portfolio = [] }
    private var _portfolio: [Vigie_V1_Portfolio] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CreatePortfolioResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_portfolio)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _portfolio)
    }
}

/// Asks for a page of portfolios.
package struct Vigie_V1_ListPortfoliosRequest: ProtobufMessage {
    /// Most portfolios to return. 0 means 100; at most 1,000.
    package var pageSize: Int32 = 0

    /// Token of the page to return, from an earlier response. Empty for the first.
    package var pageToken: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListPortfoliosRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: pageSize = try reader.int32()
            case 18: pageToken = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int32(8, pageSize)
        writer.string(18, pageToken)
    }
}

/// A page of portfolios.
package struct Vigie_V1_ListPortfoliosResponse: ProtobufMessage {
    /// The portfolios.
    package var portfolios: [Vigie_V1_Portfolio] = []

    /// Token of the next page. Empty when this is the last.
    package var nextPageToken: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListPortfoliosResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&portfolios)
            case 18: nextPageToken = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, portfolios)
        writer.string(18, nextPageToken)
    }
}

/// Asks for one portfolio.
package struct Vigie_V1_DescribePortfolioRequest: ProtobufMessage {
    /// Its name.
    package var portfolio: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DescribePortfolioRequest" }

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

/// One portfolio.
package struct Vigie_V1_DescribePortfolioResponse: ProtobufMessage {
    /// The portfolio.
    package var portfolio: Vigie_V1_Portfolio {
        get { .only(_portfolio) }
        set { _portfolio = [newValue] }
    }
    /// Whether the message has `portfolio`.
    package var hasPortfolio: Bool { !_portfolio.isEmpty }
    /// Takes `portfolio` out of the message.
    package mutating func clearPortfolio() { _portfolio = [] }
    private var _portfolio: [Vigie_V1_Portfolio] = []

    /// With whom it is shared, by role.
    package var shares: [Vigie_V1_PortfolioShare] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DescribePortfolioResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_portfolio)
            case 18: try reader.messages(&shares)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _portfolio)
        writer.messages(18, shares)
    }
}

/// What a portfolio is called and for from now on.
package struct Vigie_V1_ChangePortfolioRequest: ProtobufMessage {
    /// Its name so far.
    package var portfolio: String = ""

    /// Its new name; absent leaves it.
    package var name: String {
        get { _name ?? "" }
        set { _name = newValue }
    }
    /// Whether the message has `name`.
    package var hasName: Bool { _name != nil }
    /// Takes `name` out of the message.
    package mutating func clearName() { _name = nil }
    private var _name: String?

    /// Its new note; absent leaves it.
    package var note: String {
        get { _note ?? "" }
        set { _note = newValue }
    }
    /// Whether the message has `note`.
    package var hasNote: Bool { _note != nil }
    /// Takes `note` out of the message.
    package mutating func clearNote() { _note = nil }
    private var _note: String?

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ChangePortfolioRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: _name = try reader.string()
            case 26: _note = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        if let value = _name {
            writer.tag(18)
            writer.string(value)
        }
        if let value = _note {
            writer.tag(26)
            writer.string(value)
        }
    }
}

/// The portfolio as it is now.
package struct Vigie_V1_ChangePortfolioResponse: ProtobufMessage {
    /// The portfolio.
    package var portfolio: Vigie_V1_Portfolio {
        get { .only(_portfolio) }
        set { _portfolio = [newValue] }
    }
    /// Whether the message has `portfolio`.
    package var hasPortfolio: Bool { !_portfolio.isEmpty }
    /// Takes `portfolio` out of the message.
    package mutating func clearPortfolio() { _portfolio = [] }
    private var _portfolio: [Vigie_V1_Portfolio] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ChangePortfolioResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_portfolio)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _portfolio)
    }
}

/// Which portfolio ends.
package struct Vigie_V1_DeletePortfolioRequest: ProtobufMessage {
    /// Its name.
    package var portfolio: String = ""

    /// How many companies it has, as the caller knows it: so that nobody ends
    /// another one than he means.
    package var companyCount: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DeletePortfolioRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 16: companyCount = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.int64(16, companyCount)
    }
}

/// The portfolio has ended.
package struct Vigie_V1_DeletePortfolioResponse: ProtobufMessage {
    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.DeletePortfolioResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            try reader.skip(tag)
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
    }
}

/// Who may do what with a portfolio from now on.
package struct Vigie_V1_SharePortfolioRequest: ProtobufMessage {
    /// Its name.
    package var portfolio: String = ""

    /// The role, and what it may; UNSPECIFIED takes it away.
    package var share: Vigie_V1_PortfolioShare {
        get { .only(_share) }
        set { _share = [newValue] }
    }
    /// Whether the message has `share`.
    package var hasShare: Bool { !_share.isEmpty }
    /// Takes `share` out of the message.
    package mutating func clearShare() { _share = [] }
    private var _share: [Vigie_V1_PortfolioShare] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.SharePortfolioRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: try reader.boxed(&_share)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.messages(18, _share)
    }
}

/// With whom the portfolio is shared now.
package struct Vigie_V1_SharePortfolioResponse: ProtobufMessage {
    /// By role.
    package var shares: [Vigie_V1_PortfolioShare] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.SharePortfolioResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&shares)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, shares)
    }
}

/// Asks for a page of companies.
package struct Vigie_V1_ListCompaniesRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// Most companies to return. 0 means 100; at most 1,000.
    package var pageSize: Int32 = 0

    /// Token of the page to return, from an earlier response. Empty for the first.
    package var pageToken: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListCompaniesRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 16: pageSize = try reader.int32()
            case 26: pageToken = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.int32(16, pageSize)
        writer.string(26, pageToken)
    }
}

/// A page of companies.
package struct Vigie_V1_ListCompaniesResponse: ProtobufMessage {
    /// The companies.
    package var companies: [Vigie_V1_FollowedCompany] = []

    /// Token of the next page. Empty when this is the last.
    package var nextPageToken: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ListCompaniesResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.messages(&companies)
            case 18: nextPageToken = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, companies)
        writer.string(18, nextPageToken)
    }
}

/// Companies to add or change.
package struct Vigie_V1_PutCompaniesRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// The companies: 1 to 1,000, each once.
    package var companies: [Vigie_V1_FollowedCompany] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PutCompaniesRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: try reader.messages(&companies)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.messages(18, companies)
    }
}

/// What became of them.
package struct Vigie_V1_PutCompaniesResponse: ProtobufMessage {
    /// What changed.
    package var counts: Vigie_V1_ImportCounts {
        get { .only(_counts) }
        set { _counts = [newValue] }
    }
    /// Whether the message has `counts`.
    package var hasCounts: Bool { !_counts.isEmpty }
    /// Takes `counts` out of the message.
    package mutating func clearCounts() { _counts = [] }
    private var _counts: [Vigie_V1_ImportCounts] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.PutCompaniesResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.boxed(&_counts)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.messages(10, _counts)
    }
}

/// Companies to take out.
package struct Vigie_V1_RemoveCompaniesRequest: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// Who they are: 1 to 1,000, each once.
    package var companies: [Vigie_V1_CompanyIdentifier] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.RemoveCompaniesRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 18: try reader.messages(&companies)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.messages(18, companies)
    }
}

/// What became of them.
package struct Vigie_V1_RemoveCompaniesResponse: ProtobufMessage {
    /// How many left the portfolio.
    package var removedCount: Int64 = 0

    /// How many it did not have.
    package var absentCount: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.RemoveCompaniesResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: removedCount = try reader.int64()
            case 16: absentCount = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, removedCount)
        writer.int64(16, absentCount)
    }
}

/// Companies to copy or move.
package struct Vigie_V1_TransferCompaniesRequest: ProtobufMessage {
    /// The name of the portfolio that they are in.
    package var source: String = ""

    /// The name of the portfolio into which they come.
    package var target: String = ""

    /// Who they are: 1 to 1,000, each once.
    package var companies: [Vigie_V1_CompanyIdentifier] = []

    /// Whether they leave the first one.
    package var move: Bool = false

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.TransferCompaniesRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: source = try reader.string()
            case 18: target = try reader.string()
            case 26: try reader.messages(&companies)
            case 32: move = try reader.bool()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, source)
        writer.string(18, target)
        writer.messages(26, companies)
        writer.bool(32, move)
    }
}

/// What became of them.
package struct Vigie_V1_TransferCompaniesResponse: ProtobufMessage {
    /// How many the second portfolio did not have.
    package var addedCount: Int64 = 0

    /// How many left the first one.
    package var removedCount: Int64 = 0

    /// How many the first one did not have.
    package var absentCount: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.TransferCompaniesResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: addedCount = try reader.int64()
            case 16: removedCount = try reader.int64()
            case 24: absentCount = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, addedCount)
        writer.int64(16, removedCount)
        writer.int64(24, absentCount)
    }
}

/// A message of an import.
package struct Vigie_V1_ImportCompaniesRequest: ProtobufMessage {
    /// What is to be done.
    package var header: Vigie_V1_ImportCompaniesHeader {
        get {
            if case .header(let value)? = message { return value }
            return Vigie_V1_ImportCompaniesHeader()
        }
        set { message = .header(newValue) }
    }

    /// The next bytes of the file: at most 1 MiB.
    package var content: [UInt8] {
        get {
            if case .content(let value)? = message { return value }
            return []
        }
        set { message = .content(newValue) }
    }

    /// The header comes first, then the file.
    package var message: OneOf_Message?

    /// The header comes first, then the file.
    package indirect enum OneOf_Message: Sendable {
        /// What is to be done.
        case header(Vigie_V1_ImportCompaniesHeader)
        /// The next bytes of the file: at most 1 MiB.
        case content([UInt8])
    }

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ImportCompaniesRequest" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10:
                var value = Vigie_V1_ImportCompaniesHeader()
                if case .header(let before)? = message {
                    value = before
                    message = nil
                }
                try reader.message(&value)
                message = .header(value)
            case 18: message = .content(try reader.bytes())
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
        if case .content(let value)? = message {
            writer.tag(18)
            writer.bytes(value)
        }
    }
}

/// What is to be done with a file.
package struct Vigie_V1_ImportCompaniesHeader: ProtobufMessage {
    /// The name of the portfolio.
    package var portfolio: String = ""

    /// What becomes of companies that are in the portfolio and not in the file.
    package var mode: Vigie_V1_ImportMode = Vigie_V1_ImportMode()

    /// Whether lines that are wrong are left out and told; otherwise a file with such
    /// a line changes nothing.
    package var skipBadLines: Bool = false

    /// Whether only to tell what would change.
    package var dryRun: Bool = false

    /// The currency of amounts where the file has no column of currencies (ISO 4217).
    /// Empty means EUR.
    package var currency: String = ""

    /// How the file is written, by the name of a dialect (excel-fr, for one): what
    /// parts its cells, its encoding, its numbers. Empty where the file shows it;
    /// numbers then have a decimal point and no other mark.
    package var dialect: String = ""

    /// The encoding of the file by its usual name (utf-8, windows-1252). Empty means
    /// UTF-8, or what its byte-order mark says.
    package var encoding: String = ""

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ImportCompaniesHeader" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: portfolio = try reader.string()
            case 16: mode = Vigie_V1_ImportMode(rawValue: try reader.enumeration())
            case 24: skipBadLines = try reader.bool()
            case 32: dryRun = try reader.bool()
            case 42: currency = try reader.string()
            case 50: dialect = try reader.string()
            case 58: encoding = try reader.string()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, portfolio)
        writer.enumeration(16, mode.rawValue)
        writer.bool(24, skipBadLines)
        writer.bool(32, dryRun)
        writer.string(42, currency)
        writer.string(50, dialect)
        writer.string(58, encoding)
    }
}

/// What an import did.
package struct Vigie_V1_ImportCompaniesResponse: ProtobufMessage {
    /// Whether the portfolio was changed: not by a dry run, nor by a file with bad
    /// lines that are not to be left out.
    package var applied: Bool = false

    /// What changed; of a dry run what would. All 0 when a file is refused.
    package var counts: Vigie_V1_ImportCounts {
        get { .only(_counts) }
        set { _counts = [newValue] }
    }
    /// Whether the message has `counts`.
    package var hasCounts: Bool { !_counts.isEmpty }
    /// Takes `counts` out of the message.
    package mutating func clearCounts() { _counts = [] }
    private var _counts: [Vigie_V1_ImportCounts] = []

    /// Lines that tell of companies, the bad ones included.
    package var lineCount: Int64 = 0

    /// How many lines are wrong.
    package var badLineCount: Int64 = 0

    /// What is wrong with them: the first hundred findings, by line.
    package var problems: [Vigie_V1_ImportFinding] = []

    /// What was done with the file that its sender may not expect, such as columns
    /// that are not read: a sentence each.
    package var notes: [String] = []

    /// How many findings there are, with those that are not told.
    package var problemCount: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ImportCompaniesResponse" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: applied = try reader.bool()
            case 18: try reader.boxed(&_counts)
            case 24: lineCount = try reader.int64()
            case 32: badLineCount = try reader.int64()
            case 42: try reader.messages(&problems)
            case 50: try reader.strings(&notes)
            case 56: problemCount = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.bool(8, applied)
        writer.messages(18, _counts)
        writer.int64(24, lineCount)
        writer.int64(32, badLineCount)
        writer.messages(42, problems)
        writer.strings(50, notes)
        writer.int64(56, problemCount)
    }
}

/// What changed in a portfolio.
package struct Vigie_V1_ImportCounts: ProtobufMessage {
    /// Companies that the store did not know.
    package var newCompanies: Int64 = 0

    /// Companies that came into the portfolio.
    package var added: Int64 = 0

    /// Companies of it of which something became another.
    package var changed: Int64 = 0

    /// Companies of it that are as the file says.
    package var unchanged: Int64 = 0

    /// Companies that left it.
    package var removed: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ImportCounts" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: newCompanies = try reader.int64()
            case 16: added = try reader.int64()
            case 24: changed = try reader.int64()
            case 32: unchanged = try reader.int64()
            case 40: removed = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, newCompanies)
        writer.int64(16, added)
        writer.int64(24, changed)
        writer.int64(32, unchanged)
        writer.int64(40, removed)
    }
}

/// What is wrong with a line.
package struct Vigie_V1_ImportFinding: ProtobufMessage {
    /// The line of the file, from 1.
    package var line: Int64 = 0

    /// The heading of the column; empty when it is the line as a whole.
    package var column: String = ""

    /// The kind of problem, as a constant for programs, such as "NOT_A_SIREN".
    package var code: String = ""

    /// What stands there, cut.
    package var value: String = ""

    /// What is wrong, and what to do.
    package var message: String = ""

    /// The line that names the same company before; 0 for other problems.
    package var firstLine: Int64 = 0

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.ImportFinding" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: line = try reader.int64()
            case 18: column = try reader.string()
            case 26: code = try reader.string()
            case 34: self.value = try reader.string()
            case 42: message = try reader.string()
            case 48: firstLine = try reader.int64()
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.int64(8, line)
        writer.string(18, column)
        writer.string(26, code)
        writer.string(34, self.value)
        writer.string(42, message)
        writer.int64(48, firstLine)
    }
}
