// SPDX-License-Identifier: Apache-2.0

// A bundle as assessments use it: the lines of statements become its inputs, many companies at a
// time go through it in one block.

internal import CreditFacts
internal import Scoring
internal import StatementAnalysis

/// Scores companies' statements with a bundle.
struct ModelScorer: Sendable {
    let model: ScoringModel
    private let binding: ColumnBinding
    /// The inputs, in the order of the bundle.
    private let names: [String]
    private let yearsMaximum: Int

    /// What came out for a company.
    struct Result {
        var figures: RiskFigures
        var reasons: [(feature: Int, contribution: Double)]
    }

    init(_ model: ScoringModel) throws(ScoringError) {
        self.model = model
        names = model.inputColumns.map(\.name)
        yearsMaximum = model.manifest.yearsMaximum
        binding = try model.bind(columns: names)
    }

    /// Statements that the model looks at.
    var years: Int { yearsMaximum }

    /// The inputs of a company; NaN for what is not known.
    func inputs(_ statements: [FinancialStatement]) -> [Double] {
        var values: [String: Double] = [:]
        for (year, statement) in statements.prefix(yearsMaximum).enumerated() {
            let formulas: StatementFormulas =
                statement.form == .simplified ? .simplifiedInputs : .completeInputs
            for result in formulas.results(of: statement) {
                let name = result.formula.name
                values[year == 0 ? name : "\(name)@\(year)"] = result.value
            }
        }
        return names.map { values[$0] ?? .nan }
    }

    /// How many inputs of the last year are not known.
    func missing(_ inputs: [Double]) -> Int {
        zip(names, inputs).count { !$0.utf8.contains(UInt8(ascii: "@")) && $1.isNaN }
    }

    /// Scores rows of inputs, one after the other in one array. A row that cannot be scored gives
    /// nil.
    func score(_ rows: [Double], count: Int, reasonCount: Int) throws(ScoringError) -> [Result?] {
        guard count > 0 else { return [] }
        let result = ScoreColumns()
        let request = ScoreRequest(
            outputs: [.probability, .score, .riskClass],
            reasonCount: reasonCount
        )
        let workspace = ScoringWorkspace()
        let failure = rows.withUnsafeBufferPointer { values -> ScoringError? in
            do throws(ScoringError) {
                let block = try RowBlock(
                    rowCount: count,
                    columnCount: names.count,
                    layout: .rowMajor,
                    values: .float64(values)
                )
                model.scoreRows(
                    block,
                    rows: 0..<count,
                    binding: binding,
                    request: request,
                    workspace: workspace,
                    result: result
                )
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
        return (0..<count).map { row in
            guard result.outcomes[row] == RowOutcome.scored.rawValue else { return nil }
            let first = row * result.reasonCount
            return Result(
                figures: RiskFigures(
                    probability: result.probabilities[row],
                    score: result.scores[row],
                    riskClass: result.riskClasses[row]
                ),
                reasons: (first..<(first + result.reasonCount)).map {
                    (Int(result.reasonFeatures[$0]), result.reasonContributions[$0])
                }
            )
        }
    }
}
