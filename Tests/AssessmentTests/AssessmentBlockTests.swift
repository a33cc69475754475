// SPDX-License-Identifier: Apache-2.0

// Companies in blocks against each of them by the plain way: names looked up, one row scored alone.
// Statements are random: lines that are missing, years that are short, amounts that nobody has.

import Assessment
import CreditFacts
import Quantities
import Scoring
import StatementAnalysis
import TestRandomness
import Testing

@Suite struct AssessmentBlockTests {
    private let models: [ScoringModel]
    private let assessor: Assessor
    private let options = Assessor.Options(asOf: CalendarDate("2025-12-31") ?? .first)

    init() throws {
        models = try ScoringModel.bundledModels()
        assessor = try Assessor(model: try #require(models.first), card: models.dropFirst().first)
    }

    // MARK: The plain way

    /// The inputs of a model, by their names.
    private func inputs(_ model: ScoringModel, _ statements: [FinancialStatement]) -> [Double] {
        var values: [String: Double] = [:]
        for (year, statement) in statements.prefix(model.manifest.yearsMaximum).enumerated() {
            let formulas: StatementFormulas =
                statement.form == .simplified ? .simplifiedInputs : .completeInputs
            for result in formulas.results(of: statement) {
                let name = result.formula.name
                values[year == 0 ? name : "\(name)@\(year)"] = result.value
            }
        }
        return model.inputColumns.map { values[$0.name] ?? .nan }
    }

    /// One row, scored alone.
    private func score(_ model: ScoringModel, _ row: [Double]) throws -> ScoreColumns {
        let answers = ScoreColumns()
        let binding = try model.bind(columns: model.inputColumns.map(\.name))
        try row.withUnsafeBufferPointer { values in
            model.scoreRows(
                try RowBlock(
                    rowCount: 1,
                    columnCount: row.count,
                    layout: .rowMajor,
                    values: .float64(values)
                ),
                rows: 0..<1,
                binding: binding,
                request: ScoreRequest(
                    outputs: [.probability, .score, .riskClass],
                    reasonCount: options.reasonCount
                ),
                workspace: ScoringWorkspace(),
                result: answers
            )
        }
        return answers
    }

    private func check(_ assessment: Assessment) throws {
        let statements = assessment.statements
        let last = try #require(statements.first)
        let trees = inputs(models[0], statements)
        let missing = zip(models[0].inputColumns, trees).count {
            !$0.name.contains("@") && $1.isNaN
        }
        let isByCard = missing > 4
        #expect(assessment.basis == nil || isByCard == (assessment.basis == .fewRatios))
        let model = models[isByCard ? 1 : 0]
        let answers = try score(model, isByCard ? inputs(model, statements) : trees)
        if answers.outcomes[0] == RowOutcome.scored.rawValue {
            let shift = assessment.depthLogOdds
            let plain = answers.probabilities[0]
            let expected =
                shift == 0
                ? plain
                : model.figures(logOdds: ScoringModel.logOdds(probability: plain) + shift)
                    .probability
            #expect(assessment.base?.probability.bitPattern == expected.bitPattern)
            #expect(
                assessment.reasons.map(\.featureIndex) == answers.reasonFeatures.map(Int.init)
            )
            #expect(
                assessment.reasons.map(\.contribution.bitPattern)
                    == answers.reasonContributions.map(\.bitPattern)
            )
        } else {
            #expect(assessment.base == nil && assessment.outcome == .notScorable)
        }
        let figures = StatementFormulas.of(last.form).figures(
            of: StatementYears(last, previous: statements.dropFirst().first)
        )
        let shown = try #require(assessment.figures)
        for place in figures.formulas.formulas.indices {
            #expect(shown.value(place)?.bitPattern == figures.value(place)?.bitPattern)
            #expect(shown.reason(place) == figures.reason(place))
        }
    }

    // MARK: Random companies

    private func statement(
        _ year: Int,
        _ form: StatementForm,
        using generator: inout some RandomNumberGenerator
    ) -> FinancialStatement {
        var amounts: [StatementLine: Int64] = [:]
        let digits = (0...9).map { "\($0)" }
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".map { "\($0)" }
        var codes: [String] = ["1A", "ZZ", "AAA"]
        for first in form == .simplified ? ["0", "1", "2", "3"] : ["A", "B", "C", "D", "E", "F"] {
            for second in form == .simplified ? digits : letters {
                codes.append(form == .simplified ? "\(first)\(second)2" : first + second)
                codes.append(form == .simplified ? "\(first)\(second)0" : "G\(second)")
            }
        }
        // Some have nearly all lines, some few.
        let part = Int.random(in: 0...10, using: &generator)
        for code in codes where Int.random(in: 0...10, using: &generator) <= part {
            guard let line = StatementLine(code) else { continue }
            switch Int.random(in: 0..<12, using: &generator) {
            case 0: amounts[line] = 0
            case 1: amounts[line] = Int64.random(in: .min ... .max, using: &generator)
            default: amounts[line] = Int64.random(in: -1_000_000...9_000_000_000, using: &generator)
            }
        }
        return FinancialStatement(
            siren: nil,
            closing: CalendarDate(year: year, month: 12, day: 31) ?? .first,
            months: [12, 12, 12, 12, 6, 18, 0].randomElement(using: &generator) ?? 12,
            form: form,
            rules: year > 2024 ? .plan2025 : .plan2024,
            amounts: amounts,
            source: PaperReference(paper: Int32(year), line: 0)
        )
    }

    private func company(using generator: inout some RandomNumberGenerator) -> CompanyFacts {
        var facts = CompanyFacts(siren: nil)
        for year in 2021...2025 where Int.random(in: 0..<6, using: &generator) > 0 {
            let form: StatementForm =
                Int.random(in: 0..<3, using: &generator) == 0 ? .simplified : .complete
            facts.statements.append(statement(year, form, using: &generator))
        }
        facts.statements.shuffle(using: &generator)
        return facts
    }

    @Test func blocksAreWhatEachCompanyIsAlone() throws {
        var generator = SeededGenerator(seed: 29)
        // More than a block, so that its memory is used again.
        let count = Assessor.blockCompanies + 70
        let companies = (0..<count).map { _ in company(using: &generator) }
        let scratch = AssessmentScratch()
        let together = try assessor.assess(companies, options, scratch)
        #expect(together.count == count)
        var kinds: [String: Int] = [:]
        for assessment in together where !assessment.statements.isEmpty {
            try check(assessment)
            kinds[assessment.basis?.rawValue ?? assessment.outcome.rawValue, default: 0] += 1
        }
        #expect(kinds["statements", default: 0] > 50 && kinds["few_ratios", default: 0] > 20)
        for place in stride(from: 0, to: count, by: 11) {
            let alone = try #require(try assessor.assess([companies[place]], options).first)
            #expect(alone.adjusted == together[place].adjusted)
            #expect(alone.findings == together[place].findings)
            #expect(alone.reasons == together[place].reasons)
            #expect(alone.confidence == together[place].confidence)
            #expect(alone.models?.distressed == together[place].models?.distressed)
        }
        // What was left behind by others changes nothing.
        let again = try assessor.assess(companies, options, scratch)
        for (first, second) in zip(together, again) {
            #expect(first.adjusted == second.adjusted && first.findings == second.findings)
        }
    }
}
