// SPDX-License-Identifier: Apache-2.0

// `vigie universe load`: a file of inputs into a universe of a server.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import Documents
internal import ProgramSettings
internal import TableArguments
internal import VigieClient

/// Loads a file of inputs.
struct UniverseLoadCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Loads the inputs of companies out of a CSV file into a universe.",
        discussion: """
            The file has a column of SIRENs and columns by the names of the model's inputs. It is \
            the whole universe: companies that it does not name have left, unless --change is \
            said. A line that is wrong changes nothing. Exit code 65 then.

            EXAMPLE
              vigie universe load france inputs.csv --mark filed_on --exposure outstanding
              vigie universe run france --wait
            """
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup(title: "How the file is written") var table: TableFlags
    @OptionGroup var universe: UniverseNameArgument

    @Argument(help: "The file; - is standard input.", completion: .file())
    var file: String

    @Option(ClientSetting.model) var model: String?

    @Option(help: ArgumentHelp("The column of SIRENs.", valueName: "column"))
    var key = "siren"

    @Option(
        help: ArgumentHelp(
            "A column that is no input, and another one when data of the company arrived.",
            valueName: "column"
        )
    )
    var mark: String?

    @Option(
        help: ArgumentHelp("A column of what companies owe, in euros.", valueName: "column")
    )
    var exposure: String?

    @Option(
        help: ArgumentHelp("The day of the inputs; else today.", valueName: "YYYY-MM-DD")
    )
    var asOf: String?

    @Flag(help: "Companies and inputs that are not in the file stay as they are.")
    var change = false

    @Flag(help: "Leave out columns that the model does not know.")
    var ignoreUnknown = false

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let source = try ByteSource.open(path: file)
        let model = try await client.describeModel(settings.model)
        var choice = ColumnChoice(identifier: key, ignoresUnknown: ignoreUnknown)
        choice.kept = [mark, exposure].compactMap(\.self)
        var request = ScoreRequest(path: file, terminal: common.output)
        (request.inputFormat, request.choice) = (.csv, choice)
        request.table = try table.tableOptions()
        let reader = try ScoreRun.open(source, request, model)
        for notice in reader.openingNotices { printError("vigie: note: \(notice)") }
        var columns = UniverseRows.Columns()
        columns.mark = mark.flatMap { reader.textColumns.firstIndex(of: $0) }
        columns.exposure = exposure.flatMap { reader.textColumns.firstIndex(of: $0) }
        var header = UniverseHeader(
            universe: universe.name,
            columns: reader.valueColumns,
            textColumns: reader.categoryColumns,
            markColumns: [mark].compactMap(\.self),
            hasExposures: exposure != nil
        )
        (header.asOfDate, header.isChange) = (asOf ?? "", change)
        nonisolated(unsafe) let rows = reader
        let report = try await client.loadUniverse(
            header,
            UniverseRows(rows, name: source.name, columns),
            timeout: settings.timeout
        )
        try printOutput(UniverseText.line(report))
        return .success
    }
}
