// SPDX-License-Identifier: Apache-2.0

// `vigie policy simulate`: what does another version of a policy do to a whole portfolio?

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import CreditPolicy
internal import Documents
internal import Policies
internal import Quantities
internal import VigieLimits

/// The command that simulates.
struct PolicySimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Decides on a portfolio by two policies: who changes, limits, losses, work.",
        discussion: """
            The file has a company a row and a column an input, all for one day; it is read in \
            blocks, so it may be as long as it likes. A value that cannot be ends the command, as \
            it does `vigie decide`. Companies of one group are not bounded together, and facts \
            have no age. The same policies and file give the same bytes. Ends with 0 whether or \
            not there are changes.
            """
    )

    /// Forms of output.
    enum Output: String, ExpressibleByArgument, CaseIterable {
        case table, json, csv
    }

    @Argument(
        help: ArgumentHelp("The policy as it is.", valueName: "base"),
        completion: .directory
    )
    var base: String

    @Argument(
        help: ArgumentHelp("The policy as it is to be.", valueName: "draft"),
        completion: .directory
    )
    var draft: String

    @Option(
        help: ArgumentHelp(
            "The portfolio: a table (.csv); - for standard input.",
            valueName: "file"
        ),
        completion: .file(extensions: ["csv"])
    )
    var facts: String

    @Option(
        help: ArgumentHelp(
            """
            The day for which is decided where the file names none. (default: the first day of the \
            draft)
            """,
            valueName: "YYYY-MM-DD"
        )
    )
    var asOf: String?

    @Option(help: ArgumentHelp("How many of the greatest changes are listed.", valueName: "count"))
    var top = 20

    @Option(name: [.short, .long], help: "table, json or csv (the greatest changes only).")
    var output = Output.table

    func validate() throws {
        guard (0...PolicyLimits.listedChanges).contains(top) else {
            throw ValidationError("--top is from 0 to \(PolicyLimits.listedChanges)")
        }
    }

    func run() async throws {
        do {
            var day: CalendarDate?
            if let asOf {
                guard let told = CalendarDate(asOf) else {
                    throw CommandFailure(.usage, "--as-of has to be a day written as 2026-01-31")
                }
                day = told
            }
            let (before, after) = (
                try PolicyBundles.policy(base), try PolicyBundles.policy(draft)
            )
            let result = try PortfolioSimulation(
                try ByteSource.open(path: facts),
                before,
                after,
                asOf: day,
                greatest: top
            )
            let sink = try ByteSink.standardOutput()
            switch output {
            case .table: sink.write(SimulationText(result).text)
            case .json: SimulationJSON(sink).write(result)
            case .csv:
                for note in result.notes { printError("vigie: note: \(note)") }
                SimulationCSV.write(result.simulation.changes, sink)
            }
            try sink.flush()
        } catch let error as PolicyError {
            throw ending(on: PolicyBundles.failure(error), .en)
        } catch {
            throw ending(on: error, .en)
        }
    }
}

/// The greatest changes as a table.
enum SimulationCSV {
    private static let parts = [
        "outcome", "class", "need", "limit", "binding", "term_days", "deposit", "prepayment",
        "action", "role", "guarantees", "clauses",
    ]

    /// Writes a line for each change; cells of what stays the same are empty.
    static func write(_ changes: [PolicySimulation.Change], _ sink: ByteSink) {
        let header = ["company", "difference"] + parts.flatMap { ["\($0).before", "\($0).after"] }
        line(header, sink)
        for change in changes {
            var cells = [change.name, change.difference.plain]
            for part in parts {
                let told = change.changes.first { $0.name == part }
                cells += [told?.before ?? "", told?.after ?? ""]
            }
            line(cells, sink)
        }
    }

    private static func line(_ cells: [String], _ sink: ByteSink) {
        for (place, cell) in cells.enumerated() {
            if place > 0 { sink.write(",") }
            sink.writeCSV(Array(cell.utf8)[...])
        }
        sink.write("\n")
    }
}
