// SPDX-License-Identifier: Apache-2.0

// A bundle as assessments use it: the lines of statements become its inputs, many companies at a
// time go through it in one block.

internal import Scoring

/// Scores companies' statements with a bundle.
struct ModelScorer: Sendable {
    let model: ScoringModel
    /// Name and version.
    let name: String
    /// Statements that the model looks at.
    let years: Int
    /// Months for which its probability holds.
    let horizonMonths: Int
    /// How often the event happens.
    let baseRate: Double
    private let binding: ColumnBinding
    /// For each of its columns the place among the inputs of a company; -1 for none.
    private let sources: [Int]
    /// The same for its columns of the last year.
    private let lastYear: [Int]
    /// What is added to its log-odds by how many years are known.
    private let depthLogOdds: [Double]

    init(_ model: ScoringModel, _ table: AssessmentTable) throws(ScoringError) {
        self.model = model
        let manifest = model.manifest
        let name = "\(manifest.name)@\(manifest.version)"
        self.name = name
        years = manifest.yearsMaximum
        horizonMonths = manifest.horizonMonths
        baseRate = manifest.prior.targetBaseRate
        let columns = model.inputColumns.map(\.name)
        binding = try model.bind(columns: columns)
        let sources = ModelInputs.places(of: columns, yearsMaximum: manifest.yearsMaximum)
        self.sources = sources
        lastYear = zip(columns, sources).compactMap { name, source in
            name.utf8.contains(UInt8(ascii: "@")) ? nil : source
        }
        let known = table.depthLogOdds
        let last = known.keys.compactMap { Int($0.dropFirst(name.utf8.count + 1)) }.max() ?? 0
        depthLogOdds = (0...min(max(last, 0), 99)).map { known["\(name)/\($0)"] ?? 0 }
    }

    /// What is added to log-odds for a company of so many statements.
    func depthLogOdds(statements: Int) -> Double {
        statements < depthLogOdds.count ? depthLogOdds[statements] : 0
    }

    /// How many inputs of the last year are not known.
    func missing(_ inputs: UnsafeBufferPointer<Double>) -> Int {
        var missing = 0
        for source in lastYear where value(source, inputs).isNaN { missing += 1 }
        return missing
    }

    /// Adds the row of a company; NaN for what is not known.
    func add(_ inputs: UnsafeBufferPointer<Double>, of place: Int, to rows: ModelRows) {
        rows.values.append(contentsOf: sources.lazy.map { value($0, inputs) })
        rows.places.append(place)
    }

    @inline(__always)
    private func value(_ source: Int, _ inputs: UnsafeBufferPointer<Double>) -> Double {
        source >= 0 && source < inputs.count ? inputs[source] : .nan
    }

    /// Scores rows; their answers stand in their order.
    func score(
        _ rows: ModelRows,
        reasonCount: Int,
        _ scratch: AssessmentScratch
    ) throws(ScoringError) {
        scratch.answers.removeAll()
        guard !rows.places.isEmpty else { return }
        let request = ScoreRequest(
            outputs: [.probability, .score, .riskClass],
            reasonCount: reasonCount,
            givesReasonValues: reasonCount > 0
        )
        let failure = rows.values.withUnsafeBufferPointer { values -> ScoringError? in
            do throws(ScoringError) {
                let block = try RowBlock(
                    rowCount: rows.places.count,
                    columnCount: sources.count,
                    layout: .rowMajor,
                    values: .float64(values)
                )
                model.scoreRows(
                    block,
                    rows: 0..<rows.places.count,
                    binding: binding,
                    request: request,
                    workspace: scratch.scoring,
                    result: scratch.answers
                )
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
    }

    /// What log-odds are on the bundle's scale.
    func figures(_ logOdds: Double) -> RiskFigures {
        let figures = model.figures(logOdds: logOdds)
        return RiskFigures(
            probability: figures.probability,
            score: figures.score,
            riskClass: figures.riskClass
        )
    }
}
