// SPDX-License-Identifier: Apache-2.0

// `vigie models`: what the server can score with.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import ProgramSettings
internal import VigieClient

/// The command that lists models, and the parent of the one that describes one.
struct ModelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "Lists or describes the models of the server.",
        subcommands: [ListModelsCommand.self, DescribeModelCommand.self],
        defaultSubcommand: ListModelsCommand.self
    )
}

/// The formats of lists and descriptions.
enum DescriptionFormat: String, CaseIterable, ExpressibleByArgument {
    case table, json
}

/// The command that lists models.
struct ListModelsCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the models of the server."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = DescriptionFormat.table

    @Option(ClientSetting.language) var language: String?

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let models = try await client.listModels()
        let sink = try ByteSink.standardOutput()
        switch output {
        case .json: ModelText.writeJSON(models, to: sink)
        case .table:
            sink.write(
                ModelText.table(models, language: settings.language, terminal: common.output)
            )
        }
        try sink.flush()
        return .success
    }
}

/// The command that describes a model.
struct DescribeModelCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe",
        abstract: "Describes a model: its inputs, features, scale and classes."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions

    @Argument(
        help: ArgumentHelp("The model; the server's default else.", valueName: "name[@version]")
    )
    var name: String?

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = DescriptionFormat.table

    @Option(ClientSetting.language) var language: String?

    @Flag(help: "Print the model card (Markdown) and nothing else.")
    var card = false

    var settingFlags: [ClientSetting: String] {
        givenSettings().merging(name.map { [.model: $0] } ?? [:]) { $1 }
    }

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let model = try await client.describeModel(settings.model)
        let sink = try ByteSink.standardOutput()
        if card {
            sink.write(model.modelCard.hasSuffix("\n") ? model.modelCard : model.modelCard + "\n")
        } else if output == .json {
            ModelText.writeJSON(model, to: sink)
        } else {
            sink.write(
                ModelText.description(
                    model,
                    language: settings.language,
                    terminal: common.output
                )
            )
        }
        try sink.flush()
        return .success
    }
}
