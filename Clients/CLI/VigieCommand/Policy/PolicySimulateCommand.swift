// SPDX-License-Identifier: Apache-2.0

// `vigie policy simulate`: what does another version of a policy do to a whole portfolio?

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import Documents
internal import Policies
internal import Quantities
internal import TableArguments
internal import VigieClient
internal import VigieLimits

/// The command that simulates.
struct PolicySimulateCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Decides on a portfolio by two policies: who changes, limits, losses, work.",
        discussion: """
            The file has a company a row and a column an input, all for one day; it is read in \
            blocks, so it may be as long as it likes. A value that cannot be ends the command, as \
            it does `vigie decide`. Companies of one group are not bounded together, and facts \
            have no age. The same policies and file give the same bytes, here and at a server \
            (--server), which then decides by policies that it has. Ends with 0 whether or not \
            there are changes.
            """
    )

    /// Forms of output.
    enum Output: String, ExpressibleByArgument, CaseIterable {
        case table, json, csv
    }

    @OptionGroup(title: "Connection") var common: CommonOptions

    @OptionGroup(title: "How the file is written") var table: TableFlags

    @Argument(
        help: ArgumentHelp(
            "The directory of the policy as it is; or, at a server, name[@version].",
            valueName: "base"
        ),
        completion: .directory
    )
    var base: String?

    @Argument(
        help: ArgumentHelp("The policy as it is to be, likewise.", valueName: "draft"),
        completion: .directory
    )
    var draft: String?

    @Option(
        help: ArgumentHelp(
            "One policy, in a directory, by which two models are simulated instead.",
            valueName: "policy"
        ),
        completion: .directory
    )
    var policy: String?

    @Option(
        help: ArgumentHelp(
            """
            The models that score the companies for it, of which the file has the inputs: \
            directories of bundles, or names of models that come with Vigie.
            """,
            valueName: "before,after"
        )
    )
    var models: String?

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

    @Option(
        help: ArgumentHelp(
            "How many of the greatest changes are listed, from 0 to \(PolicyLimits.listedChanges).",
            valueName: "count"
        )
    )
    var top = PolicyLimits.shownChanges

    @Option(name: [.short, .long], help: "table, json or csv (the greatest changes only).")
    var output = Output.table

    @Option(
        help: ArgumentHelp(
            "Write one page that can be mailed and printed instead; - for standard output.",
            valueName: "file"
        ),
        completion: .file(extensions: ["html"])
    )
    var html: String?

    func validate() throws {
        if html != nil, output != .table { throw ValidationError("give one of --html and -o") }
        guard (policy == nil) == (models == nil), (base == nil) == (draft == nil),
            (policy == nil) != (base == nil)
        else {
            throw ValidationError("give two policies, or --policy and --models")
        }
        if let modelNames, modelNames.count != 2 || modelNames.contains("") {
            throw ValidationError("--models has two names with a comma between them")
        }
        guard (0...PolicyLimits.listedChanges).contains(top) else {
            throw ValidationError("--top is from 0 to \(PolicyLimits.listedChanges)")
        }
    }

    /// The models that are simulated.
    private var modelNames: [String]? {
        models?.split(separator: ",", omittingEmptySubsequences: false).map {
            trimmedBlanks(String($0))
        }
    }

    /// The policy as it is, and as it is to be.
    private var places: [String] {
        policy.map { [$0, $0] } ?? [base, draft].compactMap(\.self)
    }

    /// Whether directories are meant: one is named, and no server.
    private var isLocal: Bool {
        common.server == nil
            && (models != nil
                || places.contains { $0.contains("/") || PolicyBundles.isDirectory($0) })
    }

    func run() async throws {
        guard isLocal else { return try await callServer() }
        do {
            let result = try PortfolioSimulation(
                try ByteSource.open(path: facts),
                try PolicyBundles.policy(places[0]),
                try PolicyBundles.policy(places[1]),
                asOf: try day(),
                greatest: top,
                models: try modelNames.map { try PortfolioScorer.models($0) },
                options: try table.tableOptions()
            )
            try write(result)
        } catch let error as PolicyError {
            throw ending(on: PolicyBundles.failure(error), .en)
        } catch {
            throw ending(on: error, .en)
        }
    }

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        guard models == nil else {
            throw CommandFailure(
                .usage,
                "models are simulated where they are, without --server"
            )
        }
        try ServerPolicies.requireNames(
            places,
            hint: "name policies as vigie policy list --server ADDRESS shows them; upload a draft "
                + "first"
        )
        let result = try await PortfolioSimulation(
            try ByteSource.open(path: facts),
            before: places[0],
            after: places[1],
            asOf: try day(),
            greatest: top,
            client,
            timeout: settings.timeout,
            table: try table.tableOptions()
        )
        try write(result)
        return .success
    }

    private func day() throws(CommandFailure) -> CalendarDate? {
        guard let asOf else { return nil }
        guard let told = CalendarDate(asOf) else {
            throw CommandFailure(.usage, "--as-of has to be a day written as 2026-01-31")
        }
        return told
    }

    private func write(_ result: PortfolioSimulation) throws {
        // Who keeps what is written in a file sees on the terminal what the sums leave out.
        let isShown = Terminal(descriptor: Terminal.standardOutput).isTerminal
        if html != nil || output != .table || !isShown {
            for note in result.report.notes { printError("vigie: note: \(note)") }
        }
        let sink = try ByteSink.standardOutput()
        if let html {
            let page = SimulationPage(result).html
            guard html != "-" else {
                sink.write(page)
                return try sink.flush()
            }
            let file = try ByteSink.file(
                html,
                inputs: [FileIdentity(path: facts)].compactMap(\.self)
            )
            file.write(page)
            return try file.finish()
        }
        switch output {
        case .table: sink.write(SimulationText(result).text)
        case .json: SimulationJSON(sink).write(result)
        case .csv: SimulationCSV.write(result.report.changes, sink)
        }
        try sink.flush()
    }
}

/// The greatest changes as a table.
enum SimulationCSV {
    private static let parts = [
        "outcome", "class", "need", "limit", "binding", "term_days", "deposit", "prepayment",
        "action", "role", "guarantees", "clauses",
    ]

    /// Writes a line for each change; cells of what stays the same are empty.
    static func write(_ changes: [PolicySimulationReport.Change], _ sink: ByteSink) {
        let header = ["company", "difference"] + parts.flatMap { ["\($0).before", "\($0).after"] }
        line(header, sink)
        for change in changes {
            var cells = [change.company, change.difference.text]
            for part in parts {
                let told = change.parts.first { $0.name == part }
                cells += [told?.before ?? "", told?.after ?? ""]
            }
            line(cells, sink)
        }
    }

    private static func line(_ cells: [String], _ sink: ByteSink) {
        let isTerminal = Terminal(descriptor: Terminal.standardOutput).isTerminal
        for (place, cell) in cells.enumerated() {
            if place > 0 { sink.write(",") }
            sink.writeCSV(Array((isTerminal ? escaped(cell) : cell).utf8)[...])
        }
        sink.write("\n")
    }
}
