// SPDX-License-Identifier: Apache-2.0

// Backups of a store, from each kind of database into each.

import Databases
import Foundation
import PortfolioStore
import Portfolios
import Quantities
import TestDatabases
import Testing

@Suite struct BackupTests {
    /// Backups of stores with the same contents, one of each kind of database.
    private func filled(_ kind: TestDatabase) throws -> TemporaryDatabase {
        let database = kind.makeEmpty()
        let connection = try database.connect()
        _ = try Migrator(StoreSchema.migrations).migrate(connection, nowMicroseconds: 1) {}
        let portfolio = try connection.addPortfolio(
            name: "É, \"x\"",
            note: "",
            by: "anna",
            nowMicroseconds: .max
        )
        let lines = try (0..<600).map { number in
            PortfolioLine(
                try CompanyIdentity(kind: "own", text: "c\(number)"),
                name: number % 3 == 0 ? "" : String(repeating: "n\(number) ", count: number % 20),
                limit: number % 2 == 0
                    ? nil : Money(minorUnits: .min + Int64(number), currency: Currency("EUR")!)
            )
        }
        var rest = lines[...]
        try connection.transaction { () throws(DatabaseError) in
            _ = try PortfolioImport(portfolio, .add, nowMicroseconds: 5).run(connection) {
                () throws(DatabaseError) in rest.popFirst()
            }
            try connection.share(portfolio, with: "credit", .write)
            let day = CalendarDate("2026-11-28")!
            try connection.append([StoreEvent("test", day: day, createdAtMicroseconds: -1)])
        }
        return database
    }

    private func backup(_ connection: any DatabaseConnection) throws -> [UInt8] {
        var bytes: [UInt8] = []
        let rows = try DatabaseBackup(StoreSchema.migrations).write(connection) {
            bytes += $0
        }
        // Counters, companies, members, a portfolio, its share, an event, fourteen retentions, the
        // time of jobs.
        #expect(rows == StoreCounter.allCases.count + 1_219)
        return bytes
    }

    private func restore(
        _ bytes: [UInt8],
        into connection: any DatabaseConnection,
        partBytes: Int = 1_000
    ) throws -> Int {
        var rest = bytes[...]
        return try DatabaseBackup(StoreSchema.migrations).restore(connection, nowMicroseconds: 9) {
            () throws(DatabaseError) in
            defer { rest = rest.dropFirst(partBytes) }
            return Array(rest.prefix(partBytes))
        }
    }

    @Test(arguments: TestDatabase.all, TestDatabase.all)
    func goesIntoEachKind(_ source: TestDatabase, _ target: TestDatabase) throws {
        let database = try filled(source)
        let connection = try database.connect()
        let bytes = try backup(connection)
        let other = target.makeEmpty()
        let restored = try other.connect()
        #expect(try restore(bytes, into: restored) == StoreCounter.allCases.count + 1_219)
        #expect(try restored.portfolios() == connection.portfolios())
        #expect(
            try restored.members(of: 1, limit: 1_000) == connection.members(of: 1, limit: 1_000)
        )
        #expect(
            try restored.events(after: 0, limit: 9).map(\.event)
                == connection.events(after: 0, limit: 9).map(\.event)
        )
        #expect(try restored.shares(of: 1) == ["credit": .write])
        // It goes on where the other was.
        #expect(try restored.takeNumbers(1, of: .slot) == 601)
        #expect(try Migrator(StoreSchema.migrations).migrate(restored, nowMicroseconds: 9) {} == [])
        // What has contents is not written over.
        #expect(throws: DatabaseError.self) { try restore(bytes, into: restored) }
        #expect(try restored.members(of: 1, limit: 1_000).count == 600)
    }

    @Test(arguments: TestDatabase.all)
    func whatIsDamagedIsRefusedWhole(_ kind: TestDatabase) throws {
        let source = try filled(kind)
        let bytes = try backup(try source.connect())
        var damaged: [[UInt8]] = [[], Array("VIGIEBK1".utf8), bytes + [0], Array(bytes.dropLast())]
        for place in stride(from: 0, to: bytes.count, by: bytes.count / 12) {
            var other = bytes
            other[place] ^= 0x10
            damaged.append(other)
            damaged.append(Array(bytes[..<place]))
        }
        let target = kind.makeEmpty()
        let connection = try target.connect()
        for bad in damaged {
            #expect(throws: DatabaseError.self) { try restore(bad, into: connection) }
        }
        // What comes after the end may come in a part of its own.
        #expect(throws: DatabaseError.self) {
            try restore(bytes + [0], into: connection, partBytes: bytes.count)
        }
        #expect(try restore(bytes, into: connection) > 0)
    }

    @Test(arguments: TestDatabase.all)
    func whatTheFuzzerBeginsWithIsSound(_ kind: TestDatabase) throws {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent()
        let seed = try Data(contentsOf: tests.appending(path: "Fuzz/Seeds/backup/small"))
        let target = kind.makeEmpty()
        let connection = try target.connect()
        #expect(try restore(Array(seed.dropFirst()), into: connection) == 23)
        #expect(try contents(connection.facts(of: 2)) == ["new"])
        #expect(try connection.holds().map(\.slot) == [2])
        #expect(try connection.erasures(limit: 9).map(\.slot) == [7])
    }
}
