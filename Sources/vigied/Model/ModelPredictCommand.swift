// SPDX-License-Identifier: Apache-2.0

// vigied model predict: scores a model file without a server, so that one can
// compare it with the library that trained it.

public import ArgumentParser
internal import CommandFiles
internal import Documents
internal import ModelFormats
internal import ModelTables
internal import TableArguments

/// Scores the rows of a file with a model file.
public struct ModelPredictCommand: AsyncParsableCommand {
    /// Name and help.
    public static let configuration = CommandConfiguration(
        commandName: "predict",
        abstract: "Score the rows of a CSV file with a model file, without a server.",
        discussion: """
            Writes what the library that trained the model predicts, one line for each row, at \
            full precision, for comparison. Columns are found by name; others are ignored. An \
            empty cell is a missing value. Formats: \(ModelFile.Format.words).
            """
    )

    @Option(help: "Model file; its format is recognised.", completion: .file())
    var model: String

    @Option(
        help: "Trees of a model that was stopped early: best (up to the best iteration) or all."
    )
    var trees: TreesOption?

    @Option(
        help: "CSV file whose first line names the columns; - for standard input.",
        completion: .file()
    )
    var input: String

    @Flag(help: "Raw scores (margins), before the link function.")
    var rawScore = false

    @Flag(help: "What each input adds to the raw score, and what they add to (\"base\").")
    var contributions = false

    @Flag(help: "Take the columns in the model's order, whatever they are called.")
    var byPosition = false

    @OptionGroup(title: "How the file is written") var table: TableFlags

    @Option(
        help: """
            The columns that had categories in the data frame, such as 'sector,region', in its \
            order: for LightGBM models that leave it open.
            """
    )
    var categoricalColumns: String?

    @Option(help: "File to write instead of standard output.", completion: .file())
    var output: String?

    /// Made by the argument parser.
    public init() {}

    /// Scores every row.
    public func run() async throws {
        try await CommandFailure.reporting {
            let program = try ModelSource.read(
                try ModelSource.bytes(model),
                path: model,
                trees: trees?.trees,
                categoricalColumns: categoricalColumns
            )
            let source = try ByteSource.open(path: input)
            let inputs =
                [source.identity, FileIdentity(path: model)].compactMap(\.self) + table.inputs
            let sink =
                try output.map { path throws(CommandFailure) in
                    try ByteSink.file(path, inputs: inputs)
                } ?? ByteSink.standardOutput(inputs: inputs)
            let rows = try RowTable(
                source,
                inputs: program.inputs,
                byPosition: byPosition,
                options: table.tableOptions()
            )
            if contributions {
                try ContributionRun(program, model: model).write(rows, to: sink)
            } else {
                let run = PredictRun(program, outputs: rawScore ? .raw : .predictions)
                try run.write(rows, to: sink)
            }
            try sink.finish()
        }
    }
}
