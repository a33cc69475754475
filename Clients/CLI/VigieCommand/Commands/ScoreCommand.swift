// SPDX-License-Identifier: Apache-2.0

// `vigie score`: a file of companies in, their scores out.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import Documents
internal import ProgramSettings
internal import TableArguments
internal import VigieClient

/// The command that scores a file.
struct ScoreCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "score",
        abstract: "Scores the companies of a file.",
        discussion: """
            The file is CSV with a header line, or JSON lines; columns are inputs of the \
            model (see `vigie models describe`). An empty cell is a missing value. A cell \
            that is no number marks its row as bad input; all other rows are scored, and \
            the exit code is 2. A file of a French Excel is read and written with \
            --dialect excel-fr.
            """
    )

    @OptionGroup(title: "Connection") var common: CommonOptions

    @OptionGroup(title: "How the file is written") var table: TableFlags

    @Argument(help: "The file; '-' for standard input.", completion: .file())
    var file: String

    @Option(ClientSetting.model) var model: String?

    @Option(name: .shortAndLong, help: "Format of the output; table on a terminal, csv elsewhere.")
    var output: ScoreFormat?

    @Option(
        name: [.customShort("O"), .long],
        help: ArgumentHelp("File to write to instead of standard output.", valueName: "file"),
        completion: .file()
    )
    var outputFile: String?

    @Option(help: ArgumentHelp("Number of reasons for each company.", valueName: "count"))
    var reasons = 0

    @Flag(help: "Give the output of the model before calibration too.")
    var rawScore = false

    @Option(
        help: ArgumentHelp("Date of the assessment; today else.", valueName: "yyyy-mm-dd")
    )
    var asOf: String?

    @Option(ClientSetting.language) var language: String?

    @Option(help: "Format of the file; else by its name or its first byte.")
    var format: InputFormat?

    @Option(
        help: ArgumentHelp(
            "Column that names the company and passes through; 'id' else.",
            valueName: "column"
        )
    )
    var id: String?

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("Further column that passes through.", valueName: "column")
    )
    var keep: [String] = []

    @Flag(help: "All columns that the model does not know pass through.")
    var keepAll = false

    @Flag(help: "Leave out columns that the model does not know.")
    var ignoreUnknownColumns = false

    @Flag(help: "Hold header and first rows against the model, and score nothing.")
    var check = false

    @Option(
        help: ArgumentHelp(
            "How CSV output is written: a dialect; that of --dialect else.",
            valueName: "name"
        )
    )
    var outputDialect: String?

    @Flag(help: "Round values to 32 bits before they are sent.")
    var float32 = false

    @Option(help: "Send rows as the bytes that the model's quantiser makes of them.")
    var quantise = QuantiseOption.auto

    @Option(help: ArgumentHelp("Rows sent as one block.", valueName: "count"))
    var blockRows = 4096

    @Option(
        help: ArgumentHelp(
            "Name of a job: the server keeps the answers for 24 hours, and the same command goes "
                + "on where it was, without scoring anything twice.",
            valueName: "name"
        )
    )
    var job: String?

    @Option(help: ArgumentHelp("Connections to spread the blocks over.", valueName: "count"))
    var connections = 1

    @Flag(name: .shortAndLong, help: "Tell nothing but errors on standard error.")
    var quiet = false

    func validate() throws {
        try checkRange(reasons, in: 0...1000, name: "--reasons")
        try checkRange(blockRows, in: 1...65_536, name: "--block-rows")
        try checkRange(connections, in: 1...64, name: "--connections")
        if keepAll, ignoreUnknownColumns {
            throw ValidationError("--keep-all and --ignore-unknown-columns exclude each other.")
        }
        if job != nil, connections > 1 {
            throw ValidationError("--job and --connections exclude each other.")
        }
        if let outputDialect { _ = try TableFlags.dialect(named: outputDialect) }
    }

    func adjust(_ configuration: inout ScoringClientConfiguration) {
        configuration.connectionCount = connections
    }

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        var request = ScoreRequest(path: file, terminal: common.output)
        request.inputFormat = format
        request.table = try table.tableOptions()
        request.otherInputs = table.inputs
        request.outputDialect =
            try outputDialect.map(TableFlags.dialect) ?? table.namedDialect ?? .plain
        request.choice = ColumnChoice(
            identifier: id,
            kept: keep,
            keepsAll: keepAll,
            ignoresUnknown: ignoreUnknownColumns
        )
        let isTable = outputFile == nil && request.terminal.isTerminal
        request.outputFormat = output ?? (isTable ? .table : .csv)
        request.outputPath = outputFile
        request.options.model = settings.model
        request.options.reasonCount = reasons
        request.options.asOfDate = asOf
        request.options.quantisation = quantise.quantisation
        if rawScore { request.options.outputs.insert(.rawScore) }
        request.blockRowCount = blockRows
        request.job = job
        request.sendsFloat32 = float32
        request.language = settings.language
        request.isQuiet = quiet
        if check { return try await CheckRun(request).run(client) }
        var run = try ScoreRun(request)
        return try await run.run(client).status
    }
}

/// Throws a usage error unless the value is in the range.
func checkRange(_ value: Int, in range: ClosedRange<Int>, name: String) throws {
    guard range.contains(value) else {
        throw ValidationError("\(name) must be \(range.lowerBound) to \(range.upperBound).")
    }
}

extension InputFormat: ExpressibleByArgument {}
extension ScoreFormat: ExpressibleByArgument {}
