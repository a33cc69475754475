// SPDX-License-Identifier: Apache-2.0

// `vigie decide-rows`: what does a server decide on a whole portfolio, that it scores first?

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import Documents
internal import ProgramSettings
internal import Quantities
internal import TableArguments
internal import VigieClient

/// The command that has rows decided on.
struct DecideRowsCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide-rows",
        abstract: "Has a server score and decide on the companies of a file, in columns.",
        discussion: """
            The file has a company a row, with the inputs of the model and those of the policy as \
            columns; what a score says (outcome, risk_class, probability, score) need be none of \
            them. It is read in blocks, so it may be as long as it likes. What comes out is CSV: \
            what is decided of each, and which rule of each table decided, as `vigie decide` says \
            of one company. Companies of one group are not bounded together.
            """
    )

    @OptionGroup(title: "Connection") var common: CommonOptions

    @OptionGroup(title: "How the file is written") var table: TableFlags

    @Argument(help: ArgumentHelp("The policy, by which the server decides.", valueName: "name"))
    var policy: String

    @Argument(help: "The file; '-' for standard input.", completion: .file())
    var file: String

    @Option(ClientSetting.model) var model: String?

    @Option(
        help: ArgumentHelp(
            "The day that is decided for where the file names none. (default: today, UTC)",
            valueName: "YYYY-MM-DD"
        )
    )
    var asOf: String?

    @Option(help: ArgumentHelp("The role of whoever asks.", valueName: "name"))
    var role: String?

    @Option(
        name: [.customShort("O"), .long],
        help: ArgumentHelp("File to write to instead of standard output.", valueName: "file"),
        completion: .file()
    )
    var outputFile: String?

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        try ServerPolicies.requireNames([policy])
        let told = try await client.describePolicy(policy)
        let scoring = try await client.describeModel(settings.model)
        guard !scoring.inputs.contains(where: { $0.kind == .category }) else {
            throw CommandFailure(
                .badInput,
                escaped("\(scoring.summary.name) takes columns of texts"),
                hint: "decide-rows takes models of numbers; score the file with vigie score, and "
                    + "give its scores to vigie decide"
            )
        }
        let numbers = scoring.inputs.map(\.name)
        let source = try ByteSource.open(path: file)
        let inputs = [source.identity].compactMap(\.self) + table.inputs
        let reader = try PortfolioReader(
            source,
            PortfolioInputs(told, told, models: numbers),
            try table.tableOptions()
        )
        guard !reader.textColumns.contains("role") else {
            throw CommandFailure(
                .badInput,
                "\(escaped(source.name)) has a column role, and a call has one role",
                hint: "take it out, and name the role with --role"
            )
        }
        var options = DecisionTableOptions(policy: policy, asOf: try day(reader), role: role)
        (options.model, options.timeout) = (settings.model, settings.timeout)
        options.columns = DecidedRowsCSV.answers
        let tables = DecisionTables(reader, model: numbers, policy: told)
        let sink =
            try outputFile.map { try ByteSink.file($0, inputs: inputs) }
            ?? ByteSink.standardOutput(inputs: inputs)
        try await write(client.decide(tables: tables, options: options), tables, told, sink)
        return .success
    }

    /// The day that the file names, or else the option.
    private func day(_ reader: PortfolioReader) throws(CommandFailure) -> Day? {
        if let day = reader.day?.day { return Day("\(day)") }
        guard let asOf else { return nil }
        guard CalendarDate(asOf) != nil, let day = Day(asOf) else {
            throw CommandFailure(.usage, "--as-of has to be a day written as 2026-01-31")
        }
        return day
    }

    private func write(
        _ answers: DecidedTables<DecisionTables>,
        _ tables: DecisionTables,
        _ policy: PolicyDescription,
        _ sink: ByteSink
    ) async throws {
        let isTerminal = outputFile == nil && common.output.isTerminal
        let csv = DecidedRowsCSV(tables: policy.tables.map(\.decision)) { cell in
            isTerminal ? escaped(cell) : cell
        }
        csv.begin(sink)
        var isTold = false
        for try await decided in answers {
            guard let rows = tables.takeFirst(), rows.count == decided.count else {
                throw CommandFailure(.failure, "the server answered with other rows than sent")
            }
            if let reason = decided.slowReason, !isTold {
                printError("vigie: note: each row is decided by itself: \(escaped(reason))")
                isTold = true
            }
            try csv.write(rows, decided, sink)
        }
        try sink.finish()
    }
}
