// SPDX-License-Identifier: Apache-2.0

// All tables of a store as one stream of bytes, and back into an empty one: of either kind of
// database, so that who outgrows SQLite takes the backup along. Taken in one transaction of a
// reader: it is of one moment, and nobody waits for it.

internal import Digests
internal import VigieLimits

/// Backups of the tables that a list of migrations makes.
package struct DatabaseBackup: Sendable {
    private static let mark = Array("VIGIEBK1".utf8)

    private let migrations: [Migration]

    /// Takes the migrations that made the tables.
    package init(_ migrations: [Migration]) { self.migrations = migrations }

    /// Writes all rows.
    ///
    /// - Parameter put: Takes bytes; what it throws ends the backup.
    /// - Returns: How many rows there are.
    package func write(
        _ connection: any DatabaseConnection,
        put: ([UInt8]) throws(DatabaseError) -> Void
    ) throws(DatabaseError) -> Int {
        try connection.transaction(.read) { () throws(DatabaseError) in
            let digest = RunningDigest()
            var (writer, rows) = (BackupWriter(), 0)
            func flush() throws(DatabaseError) {
                let bytes = writer.takeBytes()
                bytes.withUnsafeBytes { digest.add($0) }
                try put(bytes)
            }
            writer.write(raw: Self.mark)
            writer.write(UInt64(migrations.count))
            for table in migrations.flatMap(\.tables) {
                let columns = try connection.columns(of: table)
                writer.write(table)
                writer.write(UInt64(columns.count))
                columns.forEach { writer.write($0) }
                let names = columns.joined(separator: ", ")
                try connection.query("select \(names) from \(table)", []) {
                    row throws(DatabaseError) in
                    writer.write(UInt64(1))
                    for column in columns.indices { writer.write(try row.value(column)) }
                    rows += 1
                    if writer.bytes.count >= StoreLimits.backupBytes { try flush() }
                    return true
                }
                writer.write(UInt64(0))
            }
            writer.write("")
            writer.write(UInt64(rows))
            try flush()
            try put(digest.finished())
            return rows
        }
    }

    /// Fills the tables of a store that has none yet; all of it, or nothing of it is kept.
    ///
    /// - Parameters:
    ///   - nowMicroseconds: The time in UTC.
    ///   - next: Gives the next bytes of the backup; none at the end.
    ///   - finish: Does more in the same transaction, when all rows are there.
    /// - Returns: How many rows there are.
    /// - Throws: `damaged` for what is no whole backup; `readOnly` for a store that has tables.
    package func restore(
        _ connection: any DatabaseConnection,
        nowMicroseconds: Int,
        next: @escaping () throws(DatabaseError) -> [UInt8],
        finish: () throws(DatabaseError) -> Void = {}
    ) throws(DatabaseError) -> Int {
        var reader = BackupReader(next)
        guard try reader.raw(UInt64(Self.mark.count)) == Self.mark else {
            throw BackupReader.damaged("is none of a store")
        }
        let number = try reader.number()
        guard number >= 1, number <= UInt64(migrations.count) else {
            throw DatabaseError(
                .defect,
                "the backup is of schema \(number), and this program knows \(migrations.count)"
            )
        }
        let made = Array(migrations.prefix(Int(number)))
        return try connection.transaction { () throws(DatabaseError) in
            try Migrator(made).makeTables(connection, nowMicroseconds: nowMicroseconds)
            for table in made.flatMap(\.tables).reversed() {
                try connection.execute("delete from \(table)")
            }
            let rows = try Self.fill(connection, Set(made.flatMap(\.tables)), &reader)
            try reader.checkEnd()
            try finish()
            return rows
        }
    }

    private static func fill(
        _ connection: any DatabaseConnection,
        _ tables: Set<String>,
        _ reader: inout BackupReader
    ) throws(DatabaseError) -> Int {
        var (rows, seen) = (0, Set<String>())
        while true {
            let table = try reader.text()
            if table.isEmpty { break }
            guard tables.contains(table), seen.insert(table).inserted else {
                throw BackupReader.damaged("has a table that is not of its schema")
            }
            let known = Set(try connection.columns(of: table))
            let count = try reader.number()
            guard count == UInt64(known.count), count <= UInt64(StoreLimits.tableColumnsMax) else {
                throw BackupReader.damaged("has other columns than its schema")
            }
            var columns: [String] = []
            for _ in 0..<count { columns.append(try reader.text()) }
            guard Set(columns) == known else {
                throw BackupReader.damaged("has other columns than its schema")
            }
            rows += try connection.load(into: table, columns: columns) {
                writer throws(DatabaseError) in
                while try reader.isRowNext() {
                    for _ in columns { try writer.write(try reader.value()) }
                    try writer.endRow()
                }
            }
        }
        guard try reader.number() == UInt64(rows), seen == tables else {
            throw BackupReader.damaged("lacks rows or tables")
        }
        return rows
    }
}
