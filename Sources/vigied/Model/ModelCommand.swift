// SPDX-License-Identifier: Apache-2.0

// vigied model: what one does with models on disk.

public import ArgumentParser

/// Commands about models.
public struct ModelCommand: AsyncParsableCommand {
    /// Name and subcommands.
    public static let configuration = CommandConfiguration(
        commandName: "model",
        abstract: "Work with model bundles and model files.",
        subcommands: [
            ModelCheckCommand.self, ModelPredictCommand.self, ModelImportCommand.self,
        ]
    )

    /// Made by the argument parser.
    public init() {}
}
