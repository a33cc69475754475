// SPDX-License-Identifier: Apache-2.0

// Values as both kinds of databases keep them without loss: whole numbers of 64 bits, doubles,
// texts, bytes. Days are whole numbers since 1970-01-01, times microseconds since then in UTC,
// money cents: date and decimal functions are where two databases differ.

/// A value on its way into a database.
package enum DatabaseValue: Sendable, Equatable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case bytes([UInt8])

    /// A whole number, or null.
    package static func integer(_ value: Int?) -> DatabaseValue {
        value.map { .integer(Int64($0)) } ?? .null
    }

    /// A text, or null.
    package static func text(_ value: String?) -> DatabaseValue {
        value.map { .text($0) } ?? .null
    }

    /// A double, or null.
    package static func real(_ value: Double?) -> DatabaseValue {
        value.map { .real($0) } ?? .null
    }
}

extension DatabaseValue: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
    /// A whole number as written in code.
    package init(integerLiteral value: Int64) { self = .integer(value) }
    /// A text as written in code.
    package init(stringLiteral value: String) { self = .text(value) }
}

extension DatabaseValue {
    /// Refuses what one of the databases would change without a word: SQLite keeps NaN as null,
    /// and PostgreSQL takes no text with a zero byte.
    func check(_ statement: String) throws(DatabaseError) {
        switch self {
        case .real(let value) where value.isNaN:
            throw DatabaseError(.defect, "a value is not a number (NaN)", in: statement)
        case .text(let value) where value.utf8.contains(0):
            throw DatabaseError(.value, "a text has a zero byte", in: statement)
        default: break
        }
    }
}
