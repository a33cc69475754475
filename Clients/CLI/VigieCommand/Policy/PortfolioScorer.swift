// SPDX-License-Identifier: Apache-2.0

// The rows of a portfolio scored by a model, block by block, for a policy that decides by that.

internal import CommandFiles
internal import CommandTables
internal import CreditPolicy
internal import DecimalNumbers
internal import Documents
internal import Scoring
internal import VigieApplication
internal import VigieLimits

/// Scores blocks of a file. For one thread at a time.
final class PortfolioScorer {
    private let model: ScoringModel
    private let workspace = ScoringWorkspace()
    private let columns = ScoreColumns()
    private let scores = SimulatedScores()
    private let request: Scoring.ScoreRequest
    /// Values that counted as missing, and the first of them.
    private var blanked: (count: Int, first: String) = (0, "")
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
        request = Scoring.ScoreRequest(
            outputs: [.probability, .score, .riskClass],
            issuesMaximum: CompiledTableLimits.blockRows * model.inputColumns.count
        )
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
        try check(block, places.map { names[$0] })
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

    /// Refuses values outside of what the model takes, as `vigie score` does: without a score their
    /// rows would look like companies of which nothing is known. What counts as missing is counted.
    private func check(_ block: InputBlock, _ names: [String]) throws(SimulationRefusal) {
        let kind = RowIssueKind.valueOutOfRange.rawValue
        let wrong = columns.issueRows.indices.filter { columns.issueKinds[$0] == kind }
        let isRefused = { [columns] (issue: Int) in
            columns.outcomes[Int(columns.issueRows[issue])] != RowOutcome.scored.rawValue
        }
        let (refused, blank) = (wrong.filter(isRefused), wrong.filter { !isRefused($0) })
        if let first = refused.first {
            let (place, fault) = fault(first, block, names)
            let more = refused.count > 1 ? " (and \(refused.count - 1) more)" : ""
            throw SimulationRefusal(place, fault + more)
        }
        guard let first = blank.first else { return }
        if blanked.count == 0 {
            let (place, fault) = fault(first, block, names)
            blanked.first = "\(place): \(fault)"
        }
        blanked.count += blank.count
    }

    /// Where a value stands, and what is wrong with it.
    private func fault(_ issue: Int, _ block: InputBlock, _ names: [String]) -> (String, String) {
        let column = Int(columns.issueColumns[issue]) - 1
        let name = names.indices.contains(column) ? names[column] : ""
        let range = model.inputColumns.first { $0.name == name }?.range
        return (
            "line \(block.lines[Int(columns.issueRows[issue])]), \(name)",
            "is \(Self.text(columns.issueValues[issue])), and \(reference) takes values "
                + (range.map(Self.words) ?? "")
        )
    }

    /// What is worth telling of the values so far.
    var notes: [String] {
        guard blanked.count > 0 else { return [] }
        let values = blanked.count == 1 ? "1 value counts" : "\(blanked.count) values count"
        return ["\(values) as missing for \(reference); the first, \(blanked.first)"]
    }

    private static func words(_ range: ValueRange) -> String {
        let least =
            range.minimum.isFinite
            ? (range.excludesMinimum ? "above " : "from ") + text(range.minimum) : nil
        let greatest = range.maximum.isFinite ? "up to \(text(range.maximum))" : nil
        return [least, greatest].compactMap(\.self).joined(separator: " ")
    }

    private static func text(_ value: Double) -> String {
        DecimalNumber(shortest: value)?.plain ?? "\(value)"
    }

    private func binding(_ names: [String]) throws -> (places: [Int], binding: ColumnBinding) {
        if let bound { return bound }
        let known = Set(inputs)
        let places = names.indices.filter { known.contains(names[$0]) }
        // Without any names a model takes all of its columns, in their order.
        guard !places.isEmpty else {
            let some = inputs.prefix(3).joined(separator: ", ")
            throw InputError(
                .content,
                "\(reference): the file has none of the model's columns, such as \(some)"
            )
        }
        do throws(ScoringError) {
            let made = (places, try model.bind(columns: places.map { names[$0] }))
            bound = made
            return made
        } catch {
            throw InputError(.content, "\(reference): \(error.message.withoutFullStop)")
        }
    }

    /// Two of them, for a simulation.
    static func models(_ names: [String]) throws -> PortfolioModels {
        let (before, after) = (try PortfolioScorer(names[0]), try PortfolioScorer(names[1]))
        return PortfolioModels(
            columns: before.inputs + after.inputs.filter { !before.inputs.contains($0) },
            names: (before.reference, after.reference),
            score: { (try before.score($0, $1), try after.score($0, $1)) },
            notes: {
                before.reference == after.reference ? before.notes : before.notes + after.notes
            }
        )
    }
}
