// SPDX-License-Identifier: Apache-2.0

// Steps by which the tables of a store change from one release to the next: numbered, only ever
// forward, and never changed once released, which a checksum holds them to. They are written once,
// in types that both databases have: `bigint`, `double`, `text`, `bytes`.

internal import Digests

/// A numbered change of the tables.
package struct Migration: Sendable {
    /// What a migration is made of.
    package enum Step: Sendable {
        /// A table: its name, its columns and keys.
        case table(String, String)
        /// A table whose rows lie in the order of its primary key.
        case orderedTable(String, String)
        /// A statement that both databases take.
        case statement(String)
        /// A statement of one database alone, as it takes it.
        case only(DatabaseDialect, String)
    }

    /// From 1, without a gap.
    package let number: Int
    /// What it is for, in a few words.
    package let name: String
    /// The number of the last migration that the oldest program knows which can work with the
    /// tables after this one: a release that only adds leaves it at the number before.
    package let oldestProgram: Int
    /// What is done.
    package let steps: [Step]

    /// Makes a migration.
    package init(_ number: Int, _ name: String, oldestProgram: Int, _ steps: [Step]) {
        self.number = number
        self.name = name
        self.oldestProgram = oldestProgram
        self.steps = steps
    }

    /// The statements for a database.
    package func statements(_ dialect: DatabaseDialect) -> [String] {
        steps.compactMap { step in
            switch step {
            case .only(let its, let text): return its == dialect ? text : nil
            case .statement(let text): return Self.translate(text, dialect)
            case .table(let name, let body):
                let end = dialect == .sqlite ? " strict" : ""
                return "create table \(name) (\(Self.translate(body, dialect)))\(end)"
            case .orderedTable(let name, let body):
                let end = dialect == .sqlite ? " strict, without rowid" : ""
                return "create table \(name) (\(Self.translate(body, dialect)))\(end)"
            }
        }
    }

    /// The tables that it makes, in their order: none refers to a later one.
    package var tables: [String] {
        steps.compactMap { step in
            switch step {
            case .table(let name, _), .orderedTable(let name, _): name
            case .statement, .only: nil
            }
        }
    }

    /// What tells that it is the same as when it was carried out: SHA-256 of its text, in
    /// hexadecimal.
    package var checksum: String {
        let texts = [name] + DatabaseDialect.allCases.flatMap { statements($0) }
        return Digest.hexadecimal(Digest.sha256(Array(texts.joined(separator: "\u{0}").utf8)))
    }

    /// The words of types as the database has them, also where they stand in quotes: no value may
    /// be one of them. PostgreSQL compares texts by the language of the database unless told to go
    /// by their bytes, as SQLite does.
    private static func translate(_ text: String, _ dialect: DatabaseDialect) -> String {
        let types: [String: String] =
            switch dialect {
            case .sqlite: ["bigint": "integer", "double": "real", "bytes": "blob"]
            case .postgresql:
                ["double": "double precision", "bytes": "bytea", "text": "text collate \"C\""]
            }
        var (result, word) = ("", "")
        for character in text + " " {
            if character.isLetter || character == "_" || character.isNumber {
                word.append(character)
            } else {
                result += types[word] ?? word
                result.append(character)
                word = ""
            }
        }
        return String(result.dropLast())
    }
}
