// SPDX-License-Identifier: Apache-2.0

// What a reference population looks like: the spread of its values and of its scores.

internal import CommandFiles
internal import ExactTexts
internal import Formulas
package import ModelFormats
package import Scoring

/// The scored rows of a reference population.
package struct PopulationSample {
    /// Values of each input, NaN where missing.
    private var values: [[Double]]
    /// Log-odds of the rows that have some.
    private var logOdds: [Double] = []
    private var rowCount = 0

    /// Scores every row of a table.
    package init(_ program: ModelProgram, model: String, table: RowTable) throws {
        guard let register = program.logOdds else {
            throw CommandFailure(
                .badInput,
                "\(model) does not give the probability of an event: a bundle needs a classifier "
                    + "with two classes"
            )
        }
        let plan = ProgramPlan(program)
        let workspace = plan.makeWorkspace()
        values = [[Double]](repeating: [], count: program.inputs.count)
        var table = table
        while let count = try table.fill(workspace) {
            for input in program.inputs.indices {
                values[input] += UnsafeBufferPointer(start: workspace.register(input), count: count)
            }
            plan.run(workspace, rowCount: count)
            let scores = workspace.register(register)
            for row in table.refusedRows { scores[row] = .nan }
            logOdds += UnsafeBufferPointer(start: scores, count: count).filter(\.isFinite)
            rowCount += count
        }
        guard logOdds.count > 0 else {
            throw CommandFailure(
                .badInput,
                "the model gives none of the \(rowCount) rows of the reference population a score"
            )
        }
    }

    /// The population as a manifest tells it.
    package func reference(names: [String]) -> ReferencePopulation {
        var features: [ExactText: ReferencePopulation.FeatureDistribution] = [:]
        for (name, values) in zip(names, values) {
            let known = values.filter(\.isFinite).sorted()
            guard !known.isEmpty else { continue }
            features[name] = .init(
                missingShare: Double(values.count { $0.isNaN }) / Double(values.count),
                quantiles: Quantiles.evenlySpaced(
                    of: known,
                    count: ReferencePopulation.featureQuantileCount
                )
            )
        }
        return ReferencePopulation(
            description: "\(rowCount) rows given when the model was imported",
            logOddsQuantiles: Quantiles.evenlySpaced(
                of: logOdds.sorted(),
                count: ReferencePopulation.logOddsQuantileCount
            ),
            features: features
        )
    }
}
