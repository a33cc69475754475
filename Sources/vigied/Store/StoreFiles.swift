// SPDX-License-Identifier: Apache-2.0

// Backups of a store as files: whole or not there at all, and for their owner alone, since they
// hold what is known of companies and of people.

internal import CommandFiles
internal import Databases
internal import PortfolioApplication
internal import ProgramSettings
internal import Quantities
internal import ServiceErrors
internal import VigieApplication
internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Backups and where they are.
enum StoreFiles {
    /// Writes a backup of a store into a file.
    ///
    /// - Returns: How many rows it has, and of which schema they are.
    static func backUp(
        _ address: DatabaseAddress,
        to path: String
    ) throws -> (rows: Int, schema: Int) {
        let connection = try address.connect(for: .read)
        let schema = try Migrator.schemaNumber(connection)
        guard schema > 0, schema <= ServerStore.migrations.count else {
            throw CommandFailure(
                .badInput,
                schema == 0
                    ? "\(address) is no store yet: it has no tables"
                    : "\(address) is of schema \(schema), and this program knows "
                        + "\(ServerStore.migrations.count); use the newer release"
            )
        }
        let sink = try ByteSink.file(path, isPrivate: true)
        var failure: CommandFailure?
        let backup = DatabaseBackup(Array(ServerStore.migrations.prefix(schema)))
        let rows: Int
        do {
            rows = try backup.write(connection) { bytes throws(DatabaseError) in
                sink.write(bytes)
                do throws(CommandFailure) { try sink.flushIfFull() } catch {
                    failure = error
                    throw DatabaseError(.noSpace, error.message)
                }
            }
        } catch {
            throw failure ?? error
        }
        try sink.finish()
        return (rows, schema)
    }

    /// What saves a store before its tables change: into a file named after the time.
    static func upgradeBackup(into directory: String?) -> ServerStore.BackUp {
        { address throws(ServiceError) in
            let place: String
            switch (directory, address) {
            case (let directory?, _): place = directory
            case (nil, .file(let path)): place = OutputFile.directory(of: path)
            case (nil, .postgresql):
                throw ServiceError(
                    .failedPrecondition,
                    "NO_BACKUP_DIRECTORY",
                    "The tables of the store have to change for this release, and a backup comes "
                        + "first: name a directory for it with \(SettingKey.storeBackups.flag)."
                )
            }
            let path = "\(place)/vigie-store-\(fileTime()).backup"
            do {
                let (rows, _) = try backUp(address, to: path)
                printError("vigied: the store was saved to \(path) (\(rows) rows).")
            } catch {
                throw ServiceError(
                    .failedPrecondition,
                    "CANNOT_BACK_UP",
                    "The tables of the store have to change for this release, and the backup that "
                        + "comes first failed: \(words(error))."
                )
            }
        }
    }

    /// What an error says.
    static func words(_ error: any Error) -> String {
        switch error {
        case let error as CommandFailure: error.message
        case let error as DatabaseError: ServiceError(error).message
        default: "\(error)"
        }
    }

    /// The time in UTC as names of files have it: 20261130T051500Z.
    private static func fileTime() -> String {
        let seconds = SystemClock.now()
        let day = CalendarDate(secondsSince1970: seconds).description.filter { $0 != "-" }
        let ofDay = Int(seconds % 86_400)
        let parts = [ofDay / 3_600, ofDay / 60 % 60, ofDay % 60].map {
            $0 < 10 ? "0\($0)" : "\($0)"
        }
        return "\(day)T\(parts.joined())Z"
    }
}
