// SPDX-License-Identifier: Apache-2.0

// By which models `vigie assess` scores: the bundled ones, or bundles of the user.

internal import ArgumentParser
internal import Assessment
internal import CommandFiles
internal import CreditFacts
internal import Scoring
internal import VigieApplication

/// The options that name models.
struct AssessModelOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A bundle to score with instead of the bundled models.",
            valueName: "directory"
        ),
        completion: .directory
    )
    var bundle: String?

    @Option(
        help: ArgumentHelp(
            "A bundle of another horizon, told beside; can be given again.",
            valueName: "directory"
        ),
        completion: .directory
    )
    var horizon: [String] = []

    /// What scores, and what adds other horizons; the latter nil where none was asked for.
    func assessors() throws -> (
        manifest: Manifest, assessor: Assessor, horizons: HorizonAssessor?
    ) {
        let models = try bundle.map { [try load($0)] } ?? ScoringModel.bundledModels()
        guard let model = models.first else {
            throw CommandFailure(.failure, "there is no bundled model")
        }
        let others = try horizon.map { try load($0) }
        var months: Set = [model.manifest.horizonMonths]
        for (place, other) in others.enumerated()
        where !months.insert(other.manifest.horizonMonths).inserted {
            throw CommandFailure(
                .usage,
                "--horizon \(horizon[place]): there is a model of "
                    + "\(other.manifest.horizonMonths) months already",
                hint: "--bundle scores with a bundle instead of the bundled models"
            )
        }
        return (
            model.manifest, try Assessor(model: model, card: models.dropFirst().first),
            others.isEmpty ? nil : try HorizonAssessor(others)
        )
    }

    private func load(_ path: String) throws(CommandFailure) -> ScoringModel {
        let model: ScoringModel
        do throws(BundleError) {
            model = try BundleUseCases.check(path)
        } catch {
            let problems = error.problems.prefix(5).map { "\n  \($0)" }.joined()
            throw CommandFailure(.badInput, "\(path) is no bundle that can score:\(problems)")
        }
        let missing = Assessor.inputsNotGiven(model)
        guard !missing.isEmpty else { return model }
        let names = missing.prefix(5).joined(separator: ", ") + (missing.count > 5 ? ", …" : "")
        guard missing.count < model.inputColumns.count else {
            throw CommandFailure(
                .badInput,
                "\(path): no statement gives any input of this bundle: \(names)",
                hint: "inputs must have the names that those of the bundled models have"
            )
        }
        printError("vigie: \(path): inputs that no statement gives are missing: \(names)")
        return model
    }
}
