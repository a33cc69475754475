// SPDX-License-Identifier: Apache-2.0

// Brings the tables of a store to what this program knows, once, whoever else starts at the same
// time: in one transaction under a lock. A program works with its own schema and with the next one,
// so that servers can be replaced one after the other: a release first adds, a later one removes.
// Anything newer is refused.

package import ServiceErrors
internal import VigieLimits

/// Carries out what is missing of a list of migrations.
package struct Migrator: Sendable {
    /// Of which PostgreSQL's advisory locks is the one of migrations: "Vigie" as a number.
    private static let lockNumber = 0x56_6967_6965

    /// What the program knows.
    package let migrations: [Migration]

    /// Takes what the program knows, numbered from 1.
    package init(_ migrations: [Migration]) { self.migrations = migrations }

    /// What a migration that was carried out tells of itself.
    private struct Applied {
        let number: Int
        let name: String
        let checksum: String
        let oldestProgram: Int
    }

    /// Carries out what is missing.
    ///
    /// - Parameters:
    ///   - nowMicroseconds: The time in UTC.
    ///   - backUp: Called before tables with data change; what it throws stops it.
    /// - Returns: The numbers of what was carried out.
    /// - Throws: FAILED_PRECONDITION for a store that is newer, or not the same; what the database
    ///   says.
    package func migrate(
        _ connection: any DatabaseConnection,
        nowMicroseconds: Int,
        backUp: () throws(ServiceError) -> Void
    ) throws(ServiceError) -> [Int] {
        do throws(DatabaseError) {
            try connection.begin(.write)
        } catch {
            throw ServiceError(error)
        }
        do throws(ServiceError) {
            let done = try migrateLocked(connection, nowMicroseconds, backUp)
            _ = try Self.said { () throws(DatabaseError) in try connection.execute("commit") }
            return done
        } catch {
            _ = try? connection.execute("rollback")
            throw error
        }
    }

    /// Makes all tables where there are none, in a transaction of the caller's.
    ///
    /// - Throws: `readOnly` when there are some.
    func makeTables(
        _ connection: any DatabaseConnection,
        nowMicroseconds: Int
    ) throws(DatabaseError) {
        try lock(connection)
        guard try Self.applied(connection).isEmpty else {
            throw DatabaseError(
                .readOnly,
                "the store has tables already: a backup goes into an empty one"
            )
        }
        for migration in migrations { try carryOut(migration, connection, nowMicroseconds) }
    }

    /// The number of the last migration that a store had; 0 for one that has no tables yet.
    package static func schemaNumber(
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) -> Int {
        let statement =
            switch connection.dialect {
            case .sqlite: "select count(*) from sqlite_schema where name = 'schema_migration'"
            case .postgresql: "select count(to_regclass('schema_migration'))"
            }
        let tables = try connection.first(statement) { row throws(DatabaseError) in
            try row.integer(0)
        }
        return tables == 0 ? 0 : try applied(connection).count
    }

    private func migrateLocked(
        _ connection: any DatabaseConnection,
        _ nowMicroseconds: Int,
        _ backUp: () throws(ServiceError) -> Void
    ) throws(ServiceError) -> [Int] {
        let applied = try Self.said { () throws(DatabaseError) in
            try lock(connection)
            return try Self.applied(connection)
        }
        try check(applied)
        let missing = migrations.dropFirst(applied.count)
        if !applied.isEmpty && !missing.isEmpty { try backUp() }
        return try Self.said { () throws(DatabaseError) in
            try missing.map { migration throws(DatabaseError) in
                try carryOut(migration, connection, nowMicroseconds)
                return migration.number
            }
        }
    }

    private static func said<Result>(
        _ body: () throws(DatabaseError) -> Result
    ) throws(ServiceError) -> Result {
        do throws(DatabaseError) { return try body() } catch { throw ServiceError(error) }
    }

    /// SQLite's only writer has its lock already.
    private func lock(_ connection: any DatabaseConnection) throws(DatabaseError) {
        if connection.dialect == .postgresql {
            // Another server may take long over its migrations, and is waited for.
            try connection.run(
                script: "set local lock_timeout = 0; set local statement_timeout = 0"
            )
            try connection.run(script: "select pg_advisory_xact_lock(\(Self.lockNumber))")
        }
        try connection.run(
            script: """
                create table if not exists schema_migration (
                    number bigint primary key, name text not null, checksum text not null,
                    oldest_program bigint not null, applied_at bigint not null)
                """
        )
    }

    private static func applied(
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) -> [Applied] {
        try connection.all(
            """
            select number, name, checksum, oldest_program from schema_migration
            order by number limit \(StoreLimits.migrationsMax)
            """
        ) { row throws(DatabaseError) in
            Applied(
                number: try row.integer(0),
                name: try row.text(1),
                checksum: try row.text(2),
                oldestProgram: try row.integer(3)
            )
        }
    }

    private func check(_ applied: [Applied]) throws(ServiceError) {
        for (index, one) in applied.enumerated() {
            guard one.number == index + 1 else {
                throw Self.refusal("DAMAGED", "lacks migration \(index + 1) of those it had")
            }
            guard index < migrations.count else { continue }
            guard one.checksum == migrations[index].checksum else {
                throw Self.refusal(
                    "DIFFERS",
                    "had a migration \(one.number) (\(one.name)) that is not the one of this "
                        + "release: it was made by a program that was never released"
                )
            }
        }
        guard applied.count > migrations.count, let last = applied.last else { return }
        let isNext = applied.count == migrations.count + 1
        guard isNext && last.oldestProgram <= migrations.count else {
            throw Self.refusal(
                "TOO_NEW",
                "is of schema \(applied.count), and this program knows \(migrations.count): start "
                    + "the newer release, or restore the backup from before its upgrade"
            )
        }
    }

    private static func refusal(_ reason: String, _ words: String) -> ServiceError {
        ServiceError(.failedPrecondition, "STORE_\(reason)", "The store \(words).")
    }

    private func carryOut(
        _ migration: Migration,
        _ connection: any DatabaseConnection,
        _ nowMicroseconds: Int
    ) throws(DatabaseError) {
        for statement in migration.statements(connection.dialect) {
            try connection.run(script: statement)
        }
        _ = try connection.execute(
            """
            insert into schema_migration (number, name, checksum, oldest_program, applied_at)
            values ($1, $2, $3, $4, $5)
            """,
            [
                .integer(migration.number), .text(migration.name), .text(migration.checksum),
                .integer(migration.oldestProgram), .integer(nowMicroseconds),
            ]
        )
    }
}
