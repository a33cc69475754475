// SPDX-License-Identifier: Apache-2.0

// vigied store sweep, retention: how long what is known is kept, and the end of it.

internal import ArgumentParser
internal import CommandFiles
internal import Databases
internal import Documents
internal import PortfolioApplication
internal import PortfolioStore
internal import Quantities
internal import VigieApplication

/// Deletes what is past its time.
struct StoreSweepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep",
        abstract: "Delete what is past its time and held by no legal matter.",
        discussion: "In steps, so that a server goes on meanwhile; --dry-run only counts."
    )

    @OptionGroup var store: StoreOption

    @Flag(help: "Tell what would go, and delete nothing.")
    var dryRun = false

    func run() async throws {
        try await StoreCommand.reporting {
            let connection = try store.connectToExisting()
            let sweep = RetentionSweep(
                today: CalendarDate(secondsSince1970: SystemClock.now())
            )
            var counts: [RetentionKind: Int] = [:]
            if dryRun {
                counts = try sweep.due(connection)
            } else {
                while true {
                    let step = try connection.transaction { () throws(DatabaseError) in
                        try sweep.step(connection)
                    }
                    if step.isEmpty { break }
                    counts.merge(step, uniquingKeysWith: +)
                }
            }
            let entries = try shortenRecords(sweep, connection)
            if entries > 0 { counts[.collection] = entries }
            if !dryRun { _ = try connection.purgeDeleted() }
            let told = RetentionKind.allCases.compactMap { kind in
                counts[kind].map { "  \(kind.name) \($0)" }
            }
            let words = dryRun ? "would be deleted" : "deleted"
            try printOutput(
                told.isEmpty
                    ? "nothing is past its time" : "\(words):\n" + told.joined(separator: "\n")
            )
        }
    }

    /// Takes out of records of collection what is past its time, or counts that.
    private func shortenRecords(
        _ sweep: RetentionSweep,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) -> Int {
        var (place, count) = (Optional(RecordSweepPlace()), 0)
        while place != nil {
            count += try connection.transaction(dryRun ? .read : .write) {
                () throws(DatabaseError) in
                try sweep.shortenRecords(
                    connection,
                    &place,
                    changes: !dryRun,
                    by: RecordForgetting.shortened
                )
            }
        }
        return count
    }
}

/// Tells and says how long each kind is kept.
struct StoreRetentionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention",
        abstract: "Tell how many days each kind is kept, or say so.",
        discussion: """
            `sweep` deletes what is older.

            EXAMPLE
              vigied store retention letter --days 1827 --store store.sqlite
            """
    )

    @OptionGroup var store: StoreOption

    @Argument(help: ArgumentHelp("The kind, as it is listed without one.", valueName: "kind"))
    var kind: String?

    @Option(help: ArgumentHelp("So many days it is kept from now on.", valueName: "count"))
    var days: Int?

    func validate() throws {
        guard (kind == nil) == (days == nil) else {
            throw ValidationError("Name a kind and --days, or neither to list them.")
        }
    }

    func run() async throws {
        try await StoreCommand.reporting {
            let connection = try store.connectToExisting()
            if let kind, let days {
                guard let found = RetentionKind.allCases.first(where: { $0.name == kind }) else {
                    throw CommandFailure(
                        .usage,
                        "nothing is kept by the kind \(escaped(kind))",
                        hint: "kinds: "
                            + RetentionKind.allCases.map(\.name).joined(separator: ", ")
                    )
                }
                try connection.setRetention(found, days: days)
            }
            let lines = try connection.retentions().map { retention in
                "\(retention.kind.name) \(retention.days) days"
                    + (retention.daysLeast > 0 ? ", at least \(retention.daysLeast)" : "")
            }
            try printOutput(lines.joined(separator: "\n"))
        }
    }
}
