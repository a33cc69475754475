// SPDX-License-Identifier: Apache-2.0

// vigied model check: what is wrong with bundles on disk.

public import ArgumentParser
internal import CommandFiles
internal import Scoring
internal import VigieApplication

/// Checks bundles.
public struct ModelCheckCommand: AsyncParsableCommand {
    /// Name and help.
    public static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say what is wrong with a model bundle, or what it holds.",
        discussion: "Exit code 65 when a bundle cannot be served, 66 when there is no directory."
    )

    @Argument(help: "Directory of a bundle, or of several.", completion: .directory)
    var directory: String

    /// Made by the argument parser.
    public init() {}

    /// Checks each bundle of the directory.
    public func run() async throws {
        var bundles: [String] = []
        try await CommandFailure.reporting {
            bundles = try BundleUseCases.bundles(at: directory)
        }
        var isGood = true
        for bundle in bundles {
            isGood = check(bundle) && isGood
        }
        if !isGood { throw ExitCode(CommandStatus.badInput.rawValue) }
    }

    private func check(_ path: String) -> Bool {
        do throws(BundleError) {
            if let lines = try BundleUseCases.checkForecast(path) {
                print("\(path): good")
                for line in lines { print("  \(line)") }
                return true
            }
            let model = try BundleUseCases.check(path)
            let manifest = model.manifest
            print(
                """
                \(path): good
                  model     \(model.identifier), \(manifest.modelFormat.rawValue)
                  event     \(manifest.eventIdentifier) within \(manifest.horizonMonths) months
                  columns   \(model.inputColumns.count), of which required: \
                \(model.inputColumns.count { $0.isRequired })
                  features  \(manifest.features.count)
                  hash      \(model.contentHash)
                """
            )
            return true
        } catch {
            print("\(path): \(error.problems.count) problems")
            for problem in error.problems { print("  \(problem)") }
            return false
        }
    }
}
