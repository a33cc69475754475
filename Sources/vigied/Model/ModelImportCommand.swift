// SPDX-License-Identifier: Apache-2.0

// vigied model import: makes a bundle of a model file.

public import ArgumentParser
internal import CommandFiles
internal import Documents
internal import ModelFormats
internal import ModelTables
internal import Scoring
internal import TableArguments
internal import VigieApplication

/// Makes a bundle of a model file, so that it can be served.
public struct ModelImportCommand: AsyncParsableCommand {
    /// Name and help.
    public static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Make a bundle of a model file.",
        discussion: """
            Takes a model that tells failing companies from others, in any format that \
            'vigied model predict' reads, and the rows of a reference population, such as those it \
            was trained on, which percentiles compare with. Writes a directory that 'vigied serve \
            --models' loads. Its manifest.json can be edited afterwards: names for people, bounds \
            of values, classes.
            """
    )

    @Argument(help: "Model file; its format is recognised.", completion: .file())
    var model: String

    @Option(
        help: "Trees of a model that was stopped early: best (up to the best iteration) or all."
    )
    var trees: TreesOption?

    @Option(help: "CSV file with rows of the reference population.", completion: .file())
    var reference: String

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

    @Option(help: "Directory to make, with those above it.", completion: .directory)
    var output: String

    @Option(help: "Name of the model (default: that of the directory).")
    var name: String?

    @Option(help: "Version of the model.")
    var version = "1.0.0"

    @Option(help: "What the probability is of, for people.")
    var event = "The company fails, as the model's author defined failure."

    @Option(help: "Within how many months.")
    var horizonMonths = 12

    /// Made by the argument parser.
    public init() {}

    /// Makes the bundle and checks it.
    public func run() async throws {
        try await CommandFailure.reporting {
            let bytes = try ModelSource.bytes(model)
            let program = try ModelSource.read(
                bytes,
                path: model,
                trees: trees?.trees,
                categoricalColumns: categoricalColumns
            )
            let rows = try RowTable(
                ByteSource.open(path: reference),
                inputs: program.inputs,
                byPosition: byPosition,
                options: table.tableOptions()
            )
            let population = try PopulationSample(program, model: model, table: rows)
            try BundleUseCases.importModel(
                program,
                bytes: bytes,
                reference: population.reference(names: program.inputs.map(\.name)),
                description: .init(
                    name: name ?? output.split(separator: "/").last.map(String.init) ?? "",
                    version: version,
                    event: event,
                    horizonMonths: horizonMonths,
                    trees: trees?.trees
                ),
                to: output
            )
            print("\(output): good, \(program.format), \(program.inputs.count) columns")
        }
    }
}
