// SPDX-License-Identifier: Apache-2.0

// What went wrong in a database, by what can be done about it. Never carries a value: what a
// database says of one, such as PostgreSQL's detail line of a duplicate key, would bring company
// data into logs.

/// A statement that a database did not carry out.
package struct DatabaseError: Error, Sendable, Equatable {
    /// Kinds, by what can be done.
    package enum Kind: Sendable, Equatable {
        /// It is not there, or went away: the same may succeed later. What was under way may have
        /// been committed or not.
        case unavailable
        /// Others hold what is needed: the same may succeed at once or later; nothing was changed.
        case busy
        /// A row with this key exists.
        case duplicate
        /// Another rule of the schema is broken.
        case constraint
        /// No space is left.
        case noSpace
        /// It may not be written to.
        case readOnly
        /// What it holds is damaged, or it is no database.
        case damaged
        /// The statement took longer than it may.
        case tooSlow
        /// Name or password are wrong, or a right is missing.
        case denied
        /// A value cannot be kept.
        case value
        /// The statement is wrong: a defect of this program, or a schema it does not know.
        case defect
    }

    /// What can be done.
    package let kind: Kind
    /// What the database says, without values.
    package let message: String
    /// Its own code, such as "23505" or "SQLITE_BUSY"; empty when there is none.
    package let code: String
    /// The statement, with its placeholders and without values; empty when it was none.
    package let statement: String

    /// Makes an error.
    package init(
        _ kind: Kind,
        _ message: String,
        code: String = "",
        in statement: String = ""
    ) {
        self.kind = kind
        self.message = message
        self.code = code
        self.statement = statement
    }

    /// Whether the transaction may be tried again at once as it was: PostgreSQL ended it in favour
    /// of another one (a deadlock, or no order of the two), and nothing of it was kept. Whatever
    /// else is held has been waited for.
    package var isRetryable: Bool { code == "40001" || code == "40P01" }
}

extension DatabaseError: CustomStringConvertible {
    /// What went wrong, in a line.
    package var description: String {
        let place = statement.split(whereSeparator: \.isWhitespace).prefix(6).joined(separator: " ")
        return message + (code.isEmpty ? "" : " (\(code))")
            + (place.isEmpty ? "" : ", at \"\(place) …\"")
    }
}
