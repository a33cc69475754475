// SPDX-License-Identifier: Apache-2.0

// Backups that are not as they were written: nothing of them is kept, wherever the damage is. And
// those that whoever damaged them gave a right checksum: an error, or a store of which a backup can
// be made and restored.

import Databases
import Digests
import TestDatabases
import TestRandomness
import Testing

@Suite struct DamagedBackupTests {
    private let backup = DatabaseBackup([ContractTests.values])

    /// A backup of a few rows of all kinds of values.
    private func sound() throws -> [UInt8] {
        let database = TestDatabase.sqlite.makeEmpty()
        let connection = try database.connect()
        _ = try Migrator([ContractTests.values]).migrate(connection, nowMicroseconds: 1) {}
        for (number, values) in ContractTests.nasty.dropLast().enumerated() {
            _ = try connection.execute(
                """
                insert into sample (number, whole, ratio, words, raw)
                values ($1, $2, $3, $4, $5)
                """,
                [.integer(number)] + values
            )
        }
        return try written(connection)
    }

    private func written(_ connection: any DatabaseConnection) throws -> [UInt8] {
        var bytes: [UInt8] = []
        _ = try backup.write(connection) { bytes += $0 }
        return bytes
    }

    /// Restores in parts of chosen lengths.
    ///
    /// - Returns: Why it was refused; nil when it was not.
    private func restore(
        _ bytes: [UInt8],
        into connection: any DatabaseConnection,
        partBytes: Int = .max
    ) throws -> DatabaseError.Kind? {
        var rest = bytes[...]
        let kind = kindOfFailure {
            _ = try backup.restore(connection, nowMicroseconds: 9) { () throws(DatabaseError) in
                defer { rest = rest.dropFirst(partBytes) }
                return Array(rest.prefix(partBytes))
            }
        }
        return kind
    }

    @Test(arguments: TestDatabase.all)
    func damageAnywhereIsRefusedWhole(_ kind: TestDatabase) throws {
        let bytes = try sound()
        let target = kind.makeEmpty()
        let connection = try target.connect()
        var randomness = SeededGenerator(seed: 13)
        // Each byte, and each place where it may end; of PostgreSQL, which is slower, some.
        let step = kind.description == "SQLite" ? 1 : 37
        for place in stride(from: 0, to: bytes.count, by: step) {
            var other = bytes
            other[place] ^= UInt8.random(in: 1...255, using: &randomness)
            #expect(try restore(other, into: connection, partBytes: 1 + place % 7) != nil)
            #expect(try restore(Array(bytes[..<place]), into: connection) != nil)
            other = bytes
            other.insert(UInt8.random(in: 0...255, using: &randomness), at: place)
            #expect(try restore(other, into: connection) != nil)
            other.remove(at: place)
            other.remove(at: place)
            #expect(try restore(other, into: connection) != nil)
        }
        // Nothing is left of any of them.
        #expect(try restore(bytes, into: connection, partBytes: 1) == nil)
        #expect(try written(connection) == bytes)
    }

    @Test(arguments: TestDatabase.all)
    func whatHasARightChecksumTrapsNowhere(_ kind: TestDatabase) throws {
        let body = try sound().dropLast(32)
        var randomness = SeededGenerator(seed: 14)
        var taken = 0
        for _ in 0..<(kind.description == "SQLite" ? 500 : 20) {
            var other = Array(body)
            for _ in 0..<Int.random(in: 1...3, using: &randomness) {
                let place = Int.random(in: 8..<other.count, using: &randomness)
                switch Int.random(in: 0..<4, using: &randomness) {
                case 0: other[place] = UInt8.random(in: 0...255, using: &randomness)
                case 1: other[place] = 0xff
                case 2: other.insert(0x80, at: place)
                default: other.remove(at: place)
                }
            }
            let target = kind.makeEmpty()
            let connection = try target.connect()
            guard try restore(other + Digest.sha256(other), into: connection) == nil else {
                continue
            }
            taken += 1
            let again = kind.makeEmpty()
            let second = try again.connect()
            let bytes = try written(connection)
            #expect(try restore(bytes, into: second) == nil)
            #expect(try written(second) == bytes)
        }
        #expect(taken > 0)
    }
}
