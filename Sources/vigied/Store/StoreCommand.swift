// SPDX-License-Identifier: Apache-2.0

// vigied store: looks at a store, saves it, and fills an empty one from what was saved.

internal import ArgumentParser
internal import CommandFiles
internal import Databases
internal import Documents
internal import FoundationEssentials
internal import PortfolioApplication
internal import PortfolioStore
internal import ProgramSettings
internal import UniverseApplication

/// The store of a server.
struct StoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store",
        abstract: "Examine, back up and restore the store of portfolios.",
        discussion: """
            The store is that of `vigied serve --store`; the setting is read from the command \
            line, the environment and the file of settings as there. A server may run meanwhile, \
            but for restore.
            """,
        subcommands: [
            StoreCheckCommand.self, StoreBackupCommand.self, StoreRestoreCommand.self,
            StoreEraseCommand.self, StoreHoldCommand.self, StoreReleaseCommand.self,
            StoreSweepCommand.self,
            StoreRetentionCommand.self,
        ]
    )
}

/// Which store, as all commands of `store` are told.
struct StoreOption: ParsableArguments {
    @Option(SettingKey.store) var store: String?

    @Option(
        help: ArgumentHelp(
            "JSON file of settings. (environment: VIGIED_CONFIG)",
            valueName: "file"
        ),
        completion: .file()
    )
    var config: String?

    /// Where the store is.
    func address() throws(CommandFailure) -> DatabaseAddress {
        let environment = ProcessInfo.processInfo.environment
        let values = SettingValues<SettingKey>(
            flags: store.map { [.store: $0] } ?? [:],
            environment: environment,
            file: try .named(config, environment: environment)
        )
        // As it was written: a value that is none is passed over where all settings are checked.
        let written = store ?? environment[SettingKey.store.environmentVariable]
        guard let text = written ?? values.optional(.store) else {
            throw CommandFailure(.usage, "no store is named", hint: "name it with --store")
        }
        if let problem = DatabaseAddress.problem(text) {
            throw CommandFailure(.usage, "\(SettingKey.store.flag): \(problem)")
        }
        guard let address = DatabaseAddress(text) else {
            throw CommandFailure(.usage, "\(SettingKey.store.flag) names no store")
        }
        return address
    }
}

extension StoreOption {
    /// Where the store is, of which a file is there: to look for one makes none.
    func existingAddress() throws(CommandFailure) -> DatabaseAddress {
        let address = try address()
        if case .file(let path) = address, FileIdentity(path: path) == nil {
            throw CommandFailure(.cannotOpenInput, "no file is at \(path)")
        }
        return address
    }
}

/// Looks at a store.
struct StoreCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say what a store holds, and whether it is sound.",
        discussion: """
            Changes nothing. Exit code 65 when the store is damaged or of another program, 66 when \
            there is none.

            EXAMPLE
              vigied store check --store /var/lib/vigie/store.sqlite
            """
    )

    @OptionGroup var store: StoreOption

    func run() async throws {
        try await StoreCommand.reporting {
            let address = try store.existingAddress()
            let connection = try address.connect(for: .read)
            let schema = try Migrator.schemaNumber(connection)
            guard schema > 0 else {
                throw CommandFailure(
                    .cannotOpenInput,
                    "\(address) is no store yet: it has no tables; a server makes them at its start"
                )
            }
            let problems = try connection.soundnessProblems()
            guard problems.isEmpty else {
                throw CommandFailure(
                    .badInput,
                    "\(address) is damaged: \(problems.joined(separator: "; "))",
                    hint: "restore a backup into another place"
                )
            }
            let known = ServerStore.migrations
            var lines = ["\(address): good", "  schema \(schema) of \(known.count)"]
            for table in known.prefix(schema).flatMap(\.tables) {
                let count = try connection.first("select count(*) from \(table)") {
                    row throws(DatabaseError) in try row.integer(0)
                }
                lines.append("  \(table) \(count ?? 0)")
            }
            try printOutput(lines.joined(separator: "\n"))
        }
    }
}

/// Saves a store.
struct StoreBackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Save a store as one file.",
        discussion: """
            The file is of one moment, whole or not there at all, for its owner alone, and with a \
            checksum at its end. It can be restored into either kind of database.

            EXAMPLE
              vigied store backup --store /var/lib/vigie/store.sqlite --output vigie.backup
            """
    )

    @OptionGroup var store: StoreOption

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The file.", valueName: "file"),
        completion: .file()
    )
    var output: String

    func run() async throws {
        try await StoreCommand.reporting {
            let (rows, schema) = try StoreFiles.backUp(store.address(), to: output)
            try printOutput("\(output): \(rows) rows of schema \(schema)")
        }
    }
}

/// Fills an empty store.
struct StoreRestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Fill an empty store from a backup: all of it or nothing.",
        discussion: """
            A store that has tables is refused; so nothing is overwritten. Persons who were erased \
            since the backup are erased again, by the list that `erase` keeps. Exit code 65 for a \
            file that is no whole backup, 73 for a store that is not empty.

            EXAMPLE
              vigied store restore vigie.backup --store postgresql://localhost/vigie
            """
    )

    @OptionGroup var store: StoreOption

    @Argument(help: "The backup.", completion: .file())
    var backup: String

    @Option(
        name: .customLong("erasures"),
        help: ArgumentHelp(
            "The list of erasures of the store that was saved. (default: beside the file of the "
                + "store)",
            valueName: "file"
        ),
        completion: .file()
    )
    var list: String?

    func run() async throws {
        try await StoreCommand.reporting {
            let address = try store.address()
            let file = try ByteSource.open(path: backup)
            let connection = try address.connect(for: .write)
            let erasures = try erasures(address)
            if erasures == nil { warnOfPersons(address) }
            // Before anybody can look: in the transaction that brings the rows back.
            var forgotten = (persons: 0, places: 0)
            let rows = try DatabaseBackup(ServerStore.migrations).restore(
                connection,
                nowMicroseconds: SystemMicroseconds.now(),
                next: { () throws(DatabaseError) in try file.nextOfBackup() },
                finish: { () throws(DatabaseError) in
                    forgotten = try Self.forget(erasures ?? ErasureList(), connection)
                }
            )
            var words = "\(address): \(rows) rows from \(backup)"
            if forgotten.persons > 0 { words += "; \(forgotten.persons) persons were erased again" }
            if forgotten.places > 0 {
                words += "; \(forgotten.places) places of universes were emptied again"
            }
            try printOutput(words)
        }
    }

    /// The list that is named, which must be there, or else the one beside a store of SQLite; nil
    /// where there is none.
    private func erasures(_ address: DatabaseAddress) throws -> ErasureList? {
        if let list, FileIdentity(path: list) == nil {
            throw CommandFailure(.cannotOpenInput, "there is no file \(list)")
        }
        if list == nil, address.dialect == .postgresql { return nil }
        let file = try ErasureFile(named: list, for: address)
        return FileIdentity(path: file.path) == nil ? nil : try file.list()
    }

    /// Nobody may have been erased; whoever knows better has to hear before it is too late.
    private func warnOfPersons(_ address: DatabaseAddress) {
        let place = address.dialect == .postgresql ? "" : " beside \(address)"
        printError(
            "warning: there is no list of erasures\(place), so persons who were erased since the "
                + "backup are known again; if there were any, name the list with --erasures and "
                + "restore once more into an empty store"
        )
    }

    /// Erases again who was erased. A backup of an older release has no place for that yet, or no
    /// universes.
    private static func forget(
        _ erasures: ErasureList,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) -> (persons: Int, places: Int) {
        guard !erasures.erasures.isEmpty else { return (0, 0) }
        let schema = try Migrator.schemaNumber(connection)
        guard schema >= StoreSchema.erasureNumber else {
            throw DatabaseError(
                .readOnly,
                "the backup is of a release before erasures, and would bring erased persons back"
            )
        }
        let persons = try connection.replayErasures(erasures, by: "restore")
        guard schema >= StoreSchema.universesNumber else { return (persons, 0) }
        return (persons, try UniverseErasure().replay(erasures, connection))
    }
}
