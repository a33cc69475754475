// SPDX-License-Identifier: Apache-2.0

// The rows of a portfolio scored by a model, block by block, for a policy that decides by that.

internal import CommandFiles
internal import CommandTables
internal import CreditPolicy
internal import Documents
internal import Scoring
internal import VigieApplication

/// Scores blocks of a file. For one thread at a time.
final class PortfolioScorer {
    private let model: ScoringModel
    private let workspace = ScoringWorkspace()
    private let columns = ScoreColumns()
    private let scores = SimulatedScores()
    private let request = Scoring.ScoreRequest(
        outputs: [.probability, .score, .riskClass],
        issuesMaximum: 0
    )
    /// The columns of a block that it takes, and how.
    private var bound: (places: [Int], binding: ColumnBinding)?

    /// Takes a bundle of a directory, or a model that comes with Vigie.
    init(_ name: String) throws {
        if PolicyBundles.isDirectory(name) {
            do throws(BundleError) {
                model = try BundleUseCases.check(name)
            } catch {
                let problems = error.problems.prefix(5).map { "\n  \($0)" }.joined()
                throw CommandFailure(.badInput, "\(name) is no bundle that can score:\(problems)")
            }
        } else {
            let bundled = try ScoringModel.bundledModels()
            guard let found = bundled.first(where: { $0.manifest.name == name }) else {
                throw CommandFailure(
                    .cannotOpenInput,
                    escaped("there is no directory \(name), and no model of that name"),
                    hint: "name the directory of a bundle, or one of "
                        + bundled.map(\.manifest.name).joined(separator: ", ")
                )
            }
            model = found
        }
        guard !model.inputColumns.contains(where: { $0.categories != nil }) else {
            throw CommandFailure(
                .badInput,
                escaped("\(name) takes columns of texts, which a simulation does not score"),
                hint: "score the file with vigie score, and give its scores as columns"
            )
        }
    }

    /// Name and version of the model.
    var reference: String { "\(model.manifest.name)@\(model.manifest.version)" }

    /// The columns that it takes.
    var inputs: [String] { model.inputColumns.map(\.name) }

    /// Scores a block, by the columns of its values.
    func score(_ block: InputBlock, _ names: [String]) throws -> SimulatedScores {
        let (places, binding) = try self.binding(names)
        var values: [Double] = []
        values.reserveCapacity(block.rowCount * places.count)
        for place in places {
            for row in 0..<block.rowCount { values.append(block.values[row * names.count + place]) }
        }
        columns.removeAll()
        try values.withUnsafeBufferPointer { values in
            model.scoreRows(
                try RowBlock(
                    rowCount: block.rowCount,
                    columnCount: places.count,
                    layout: .columnMajor,
                    values: .float64(values)
                ),
                rows: 0..<block.rowCount,
                binding: binding,
                request: request,
                workspace: workspace,
                result: columns
            )
        }
        for row in 0..<block.rowCount {
            let isScored = columns.outcomes[row] == RowOutcome.scored.rawValue
            scores.set(
                row,
                isScored
                    ? (
                        Double(columns.riskClasses[row]), Double(columns.scores[row]),
                        columns.probabilities[row]
                    ) : nil
            )
        }
        return scores
    }

    private func binding(_ names: [String]) throws -> (places: [Int], binding: ColumnBinding) {
        if let bound { return bound }
        let known = Set(inputs)
        let places = names.indices.filter { known.contains(names[$0]) }
        do throws(ScoringError) {
            let made = (places, try model.bind(columns: places.map { names[$0] }))
            bound = made
            return made
        } catch {
            var message = error.message
            while message.last == "." { message.removeLast() }
            throw InputError(.content, "\(reference): \(message)")
        }
    }

    /// Two of them, for a simulation.
    static func models(_ names: [String]) throws -> PortfolioModels {
        let (before, after) = (try PortfolioScorer(names[0]), try PortfolioScorer(names[1]))
        return PortfolioModels(
            columns: before.inputs + after.inputs.filter { !before.inputs.contains($0) },
            names: (before.reference, after.reference)
        ) { block, columns in
            (try before.score(block, columns), try after.score(block, columns))
        }
    }
}
