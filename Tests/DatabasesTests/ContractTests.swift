// SPDX-License-Identifier: Apache-2.0

// What both kinds of databases have to do alike.

import Databases
import Foundation
import TestDatabases
import Testing

@Suite struct ContractTests {
    static let values = Migration(
        1,
        "values of all kinds",
        oldestProgram: 1,
        [
            .table(
                "sample",
                """
                number bigint primary key, whole bigint, ratio double, words text, raw bytes,
                check (whole is null or whole <> 13)
                """
            )
        ]
    )

    /// An empty table of all kinds of values.
    private func connected(_ database: TemporaryDatabase) throws -> any DatabaseConnection {
        let connection = try database.connect()
        let migrator = Migrator([Self.values])
        #expect(try migrator.migrate(connection, nowMicroseconds: 1) {} == [1])
        return connection
    }

    private func insert(
        _ connection: any DatabaseConnection,
        _ number: Int,
        _ values: [DatabaseValue]
    ) throws -> Int {
        try connection.execute(
            "insert into sample (number, whole, ratio, words, raw) values ($1, $2, $3, $4, $5)",
            [.integer(number)] + values
        )
    }

    static let nasty: [[DatabaseValue]] = [
        [.null, .null, .null, .null],
        [.integer(.min), .real(-.infinity), .text(""), .bytes([])],
        [
            .integer(.max), .real(.leastNonzeroMagnitude), .text("'; drop --\n\u{1F980}é"),
            .bytes([0]),
        ],
        [.integer(0), .real(-0.0), .text("$1"), .bytes(Array(0...255))],
        [.integer(-1), .real(0.1 + 0.2), .text("e\u{301}"), .bytes([0xff, 0, 0xff])],
        [
            .integer(1 << 53 + 1), .real(.greatestFiniteMagnitude),
            .text(String(repeating: "x", count: 100_000)),
            .bytes([UInt8](repeating: 7, count: 300_000)),
        ],
    ]

    @Test(arguments: TestDatabase.all)
    func valuesComeBackWithTheirBits(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try connected(database)
        for (number, values) in Self.nasty.enumerated() {
            #expect(try insert(connection, number, values) == 1)
        }
        // The fast way has to keep the same.
        let count = try connection.load(
            into: "sample",
            columns: ["number", "whole", "ratio", "words", "raw"]
        ) { writer throws(DatabaseError) in
            for (number, values) in Self.nasty.enumerated() {
                try writer.write(number + 100)
                for value in values { try writer.write(value) }
                try writer.endRow()
            }
        }
        #expect(count == Self.nasty.count)
        for start in [0, 100] {
            let found = try connection.all(
                """
                select whole, ratio, words, raw from sample
                where number >= $1 and number < $1 + 50 order by number
                """,
                [.integer(start)]
            ) { row throws(DatabaseError) in
                (
                    try row.integerIfAny(0), try row.realIfAny(1), try row.textIfAny(2),
                    try row.bytesIfAny(3)
                )
            }
            #expect(found.count == Self.nasty.count)
            for (wanted, row) in zip(Self.nasty, found) {
                #expect(DatabaseValue.integer(row.0) == wanted[0])
                if case .real(let value) = wanted[1] {
                    // Only the sign of -0 is not kept, by either.
                    #expect(row.1?.bitPattern == (value + 0).bitPattern)
                } else {
                    #expect(row.1 == nil)
                }
                if case .text(let value) = wanted[2] {
                    #expect(row.2.map { Array($0.utf8) } == Array(value.utf8))
                } else {
                    #expect(row.2 == nil)
                }
                #expect((row.3.map { .bytes($0) } ?? .null) == wanted[3])
            }
        }
    }

    @Test(arguments: TestDatabase.all)
    func whatWouldBeKeptAsSomethingElseIsRefused(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try connected(database)
        let bad: [([DatabaseValue], DatabaseError.Kind)] = [
            ([.null, .real(.nan), .null, .null], .defect),
            ([.null, .null, .text("a\u{0}b"), .null], .value),
            ([.integer(13), .null, .null, .null], .constraint),
        ]
        for (values, kind) in bad {
            #expect(kindOfFailure { _ = try insert(connection, 1, values) } == kind)
            let loading = kindOfFailure {
                _ = try connection.load(
                    into: "sample",
                    columns: ["number", "whole", "ratio", "words", "raw"]
                ) { writer throws(DatabaseError) in
                    try writer.write(1)
                    for value in values { try writer.write(value) }
                    try writer.endRow()
                }
            }
            #expect(loading == kind)
        }
        _ = try insert(connection, 1, [.null, .null, .null, .null])
        #expect(
            kindOfFailure { _ = try insert(connection, 1, [.null, .null, .null, .null]) }
                == .duplicate
        )
        #expect(kindOfFailure { try connection.execute("select nonsense") } == .defect)
        #expect(
            kindOfFailure { _ = try connection.execute("delete from sample where number = $1", []) }
                == .defect
        )
        #expect(try count(connection) == 1)
    }

    @Test(arguments: TestDatabase.all)
    func transactionsAreWholeOrNothing(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try connected(database)
        let failure = kindOfFailure {
            try connection.transaction { () throws(DatabaseError) in
                _ = try connection.execute("insert into sample (number) values (1)", [])
                _ = try connection.execute("insert into sample (number) values (1)", [])
            }
        }
        #expect(failure == .duplicate)
        #expect(try count(connection) == 0)
        // The connection is good for the next one, also after a copy that ended half-way.
        _ = kindOfFailure {
            try connection.transaction { () throws(DatabaseError) in
                _ = try connection.load(into: "sample", columns: ["number"]) {
                    writer throws(DatabaseError) in
                    try writer.write(5)
                    try writer.endRow()
                    throw DatabaseError(.value, "enough")
                }
            }
        }
        #expect(try count(connection) == 0)
        try connection.transaction { () throws(DatabaseError) in
            _ = try connection.execute("insert into sample (number) values (2)", [])
        }
        #expect(try count(connection) == 1)
    }

    @Test(arguments: TestDatabase.all)
    func readersSeeOneState(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let writer = try connected(database)
        let reader = try database.address.connect(for: .read)
        try reader.transaction(.read) { () throws(DatabaseError) in
            #expect(try self.count(reader) == 0)
            _ = try writer.execute("insert into sample (number) values (1)", [])
            #expect(try self.count(reader) == 0)
        }
        #expect(try count(reader) == 1)
        // What reads cannot write.
        let failure = kindOfFailure {
            try reader.transaction(.read) { () throws(DatabaseError) in
                _ = try reader.execute("delete from sample", [])
            }
        }
        #expect(failure == .readOnly)
    }

    @Test(arguments: TestDatabase.all)
    func aResultNobodyWantsAnyMoreIsLeft(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try connected(database)
        _ = try connection.load(into: "sample", columns: ["number"]) {
            writer throws(DatabaseError) in
            for number in 0..<50_000 {
                try writer.write(number)
                try writer.endRow()
            }
        }
        // In a transaction, which goes on.
        try connection.begin(.write)
        for _ in 0..<20 {
            let first = try connection.first("select number from sample order by number") {
                row throws(DatabaseError) in try row.integer(0)
            }
            #expect(first == 0)
        }
        #expect(try connection.execute("delete from sample where number > 9") == 49_990)
        try connection.execute("commit")
        #expect(try count(connection) == 10)
        // Two at once, the same statement inside itself.
        if kind.description == "SQLite" {
            let pairs = try connection.all("select number from sample order by number limit 2") {
                row throws(DatabaseError) in
                let inner = try connection.all("select number from sample order by number limit 2")
                { row throws(DatabaseError) in try row.integer(0) }
                return [try row.integer(0)] + inner
            }
            #expect(pairs == [[0, 0, 1], [1, 0, 1]])
        }
    }

    @Test(arguments: TestDatabase.all)
    func whatCannotBeUsedIsSaid(_ kind: TestDatabase) throws {
        let directory = NSTemporaryDirectory() + "vigie-foreign-\(UInt64.random(in: 0 ... .max))"
        defer { try? FileManager.default.removeItem(atPath: directory) }
        switch kind.makeEmpty().address {
        case .file:
            // Another program's file, one that is no database, a place that is not there.
            let files = FileManager.default
            try files.createDirectory(atPath: directory, withIntermediateDirectories: true)
            let text = Data("no database, and longer than its header of 100 bytes".utf8)
            let long = text + text + text
            #expect(files.createFile(atPath: "\(directory)/text", contents: long))
            let foreign = try SQLiteConnection(path: "\(directory)/foreign")
            try foreign.run(script: "create table x (y); pragma application_id = 7")
            for (path, wanted) in [
                ("text", DatabaseError.Kind.damaged), ("foreign", .damaged),
                ("none/x", .denied),
            ] {
                let address = DatabaseAddress.file(path: "\(directory)/\(path)")
                for access in [DatabaseAccess.read, .write] {
                    #expect(kindOfFailure { _ = try address.connect(for: access) } == wanted)
                }
            }
            #expect(try Data(contentsOf: URL(fileURLWithPath: "\(directory)/text")) == long)
        case .postgresql(let uri, _):
            for schema in ["no schema", "pg_x"] {
                let address = DatabaseAddress.postgresql(uri: uri, schema: schema)
                #expect(kindOfFailure { _ = try address.connect(for: .write) } == .defect)
            }
            let nowhere = DatabaseAddress.postgresql(uri: uri + "x", schema: nil)
            #expect(kindOfFailure { _ = try nowhere.connect(for: .write) } == .unavailable)
        }
    }

    private func count(_ connection: any DatabaseConnection) throws(DatabaseError) -> Int? {
        try connection.first("select count(*) from sample") { row throws(DatabaseError) in
            try row.integer(0)
        }
    }
}

/// The kind of what a body throws; nil when it does not.
func kindOfFailure(_ body: () throws -> Void) -> DatabaseError.Kind? {
    do {
        try body()
        return nil
    } catch {
        return (error as? DatabaseError)?.kind
    }
}
