// SPDX-License-Identifier: Apache-2.0

// `vigie score`: a file of companies in, their scores out.

internal import ArgumentParser
internal import CommandFiles
internal import ProgramSettings
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
            the exit code is 2.
            """
    )

    @OptionGroup(title: "Connection") var common: CommonOptions

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
            "Byte between cells, or 'tab'; else the most frequent in the header line.",
            valueName: "character"
        )
    )
    var delimiter: String?

    @Flag(help: "Numbers are written with a decimal comma.")
    var decimalComma = false

    @Option(
        help: ArgumentHelp(
            "Column that names the company and passes through; 'id' else.",
            valueName: "column"
        )
    )
    var id: String?

    @Option(help: ArgumentHelp("Further column that passes through.", valueName: "column"))
    var keep: [String] = []

    @Flag(help: "Leave out columns that the model does not know.")
    var ignoreUnknownColumns = false

    @Flag(help: "Round values to 32 bits before they are sent.")
    var float32 = false

    @Option(help: "Send rows as the bytes that the model's quantiser makes of them.")
    var quantise = QuantiseOption.auto

    @Option(help: ArgumentHelp("Rows sent as one block.", valueName: "count"))
    var blockRows = 4096

    @Option(help: ArgumentHelp("Connections to spread the blocks over.", valueName: "count"))
    var connections = 1

    @Flag(name: .shortAndLong, help: "Tell nothing but errors on standard error.")
    var quiet = false

    func validate() throws {
        try check(reasons, in: 0...1000, name: "--reasons")
        try check(blockRows, in: 1...65_536, name: "--block-rows")
        try check(connections, in: 1...64, name: "--connections")
        if let delimiter, Self.delimiterByte(delimiter) == nil {
            throw ValidationError("--delimiter must be one ASCII character or 'tab'.")
        }
        if decimalComma, delimiter == "," {
            throw ValidationError("A comma cannot part cells and be the decimal separator too.")
        }
    }

    func adjust(_ configuration: inout ScoringClientConfiguration) {
        configuration.connectionCount = connections
    }

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        var request = ScoreRequest(path: file, terminal: common.output)
        request.inputFormat = format
        request.dialect.delimiter = delimiter.flatMap(Self.delimiterByte)
        request.dialect.decimalComma = decimalComma
        request.choice = ColumnChoice(
            identifier: id,
            kept: keep,
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
        request.sendsFloat32 = float32
        request.language = settings.language
        request.isQuiet = quiet
        var run = try ScoreRun(request)
        return try await run.run(client).status
    }

    /// The byte that the delimiter option stands for.
    private static func delimiterByte(_ text: String) -> UInt8? {
        if text == "tab" || text == "\\t" { return UInt8(ascii: "\t") }
        let bytes = Array(text.utf8)
        guard bytes.count == 1, bytes[0] < 0x80, bytes[0] >= 0x20 || bytes[0] == 0x09 else {
            return nil
        }
        return bytes[0] == UInt8(ascii: "\"") ? nil : bytes[0]
    }
}

/// Throws a usage error unless the value is in the range.
func check(_ value: Int, in range: ClosedRange<Int>, name: String) throws {
    guard range.contains(value) else {
        throw ValidationError("\(name) must be \(range.lowerBound) to \(range.upperBound).")
    }
}

extension InputFormat: ExpressibleByArgument {}
extension ScoreFormat: ExpressibleByArgument {}
