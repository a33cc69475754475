// SPDX-License-Identifier: Apache-2.0

// Ratios and published models: each formula stands once, in a table, in the language that bundles'
// features are written in, and runs on the same machine. A line that is empty on the form counts as
// 0, as on the form; a formula names the lines without which it says nothing.

internal import CCreditData
package import CreditFacts
internal import Scoring

/// What a formula came to.
package struct FormulaResult: Sendable {
    /// Why there is no value.
    package enum Reason: Sendable, Equatable {
        /// None of these lines is there.
        case missing([StatementLine])
        /// None of these lines is there in the year before.
        case missingBefore([StatementLine])
        /// A value of this name, which no statement has, was not given.
        case notGiven(String)
        /// There is no statement of the year before.
        case noYearBefore
        /// A formula that has to be above zero is not: it says nothing then, and might even look
        /// good.
        case notMeaningful(divisor: String, isZero: Bool)
        /// A divisor is 0, or a logarithm is taken of what has none.
        case notComputable
    }

    /// The formula.
    package let formula: StatementFormula
    /// Its value; nil where there is none. Ratios of a year of another length than twelve months
    /// are computed with flows of twelve months, amounts are as filed.
    package let value: Double?
    /// Why there is none.
    package let reason: Reason?
    /// Whether the value is another than that of the year as filed.
    package let isAnnualised: Bool
    /// What an amount of a year of another length than twelve months would be in twelve; nil where
    /// that is the same.
    package let annual: Double?
}

/// The formulas of one form.
package final class StatementFormulas: Sendable {
    /// Those of the complete form.
    package static let complete = StatementFormulas(form: .complete)
    /// Those of the simplified form.
    package static let simplified = StatementFormulas(form: .simplified)

    /// What bundles ask for, of the complete form.
    package static let completeInputs = StatementFormulas(
        form: .complete,
        table: vigie_model_inputs
    )
    /// What bundles ask for, of the simplified form.
    package static let simplifiedInputs = StatementFormulas(
        form: .simplified,
        table: vigie_model_inputs
    )

    /// The formulas, each after those that it uses.
    package let formulas: [StatementFormula]
    /// The program that computes them.
    let program: StatementProgram
    /// What makes their values mean something.
    let checks: FormulaChecks
    /// What each model takes, in the order of their names; empty for what is no model.
    let inputs: [[Input]]
    private let places: [String: Int]

    private init(form: StatementForm, table: vigie_table = vigie_statement_formulas) {
        var earlier: [String: StatementFormula] = [:]
        formulas = FactTable.rows(table).compactMap { row in
            guard row.count > 1, row[1] == form.rawValue,
                let formula = StatementFormula(row: row, earlier: earlier)
            else { return nil }
            earlier[formula.name] = formula
            return formula
        }
        var needed: [StatementLine] = []
        for formula in formulas {
            for case .lines(let lines, _) in formula.needs { needed += lines }
        }
        let program = StatementProgram(
            definitions: formulas.map { ($0.name, $0.expression) },
            wanted: formulas.map(\.name),
            more: needed,
            form: form
        )
        self.program = program
        let places = Dictionary(
            formulas.enumerated().map { ($0.element.name, $0.offset) },
            uniquingKeysWith: { first, _ in first }
        )
        self.places = places
        checks = FormulaChecks(
            needs: formulas.map { $0.needs.map(program.set) },
            positives: formulas.map { $0.positives.compactMap { places[$0] } },
            areAmounts: formulas.map { $0.unit == .euro }
        )
        inputs = formulas.map { formula in
            var names: Set<String> = []
            if formula.kind == .model { formula.expression.collectNames(into: &names) }
            return names.sorted().map { name in
                if let place = places[name] { return .formula(name, place) }
                return StatementLine(inFormulas: name).map { .line($0.description, $0) }
                    ?? .given(name)
            }
        }
    }

    /// What goes into a model, in its order: lines, names of formulas and of given values.
    package func inputNames(of model: String) -> [String] {
        guard let place = places[model] else { return [] }
        return inputs[place].map { input in
            switch input {
            case .formula(let name, _), .line(let name, _), .given(let name): name
            }
        }
    }

    /// What a formula takes.
    enum Input: Sendable {
        case formula(String, Int)
        case line(String, StatementLine)
        case given(String)
    }

    /// The formulas for a statement.
    package static func of(_ form: StatementForm) -> StatementFormulas {
        form == .simplified ? simplified : complete
    }

    /// Operations that a statement takes, for estimates.
    package var operationCount: Int { program.values.operationCount }

    /// Whether a formula uses a line.
    package func uses(_ line: StatementLine) -> Bool { program.place(line) != nil }

    /// The place of a formula.
    package func place(_ name: String) -> Int? { places[name] }

    /// An evaluator of these formulas, for one thread.
    package func evaluator(isForBlocks: Bool = false) -> StatementEvaluator {
        StatementEvaluator(program, isForBlocks: isForBlocks)
    }

    /// The figures of a row of an evaluator of these formulas that has run.
    package func figures(
        _ years: StatementYears,
        row: Int,
        of evaluator: StatementEvaluator
    ) -> StatementFigures {
        StatementFigures(
            formulas: self,
            filed: evaluator.rowValues(row),
            annual: years.areWhole ? [] : evaluator.rowValues(row + 1),
            set: evaluator.set(row: row)
        )
    }

    /// The figures of a company.
    package func figures(of years: StatementYears) -> StatementFigures {
        let evaluator = evaluator()
        let row = evaluator.add(years)
        evaluator.run()
        return figures(years, row: row, of: evaluator)
    }

    /// What the formulas come to.
    ///
    /// - Parameters:
    ///   - statement: The statement.
    ///   - previous: That of the year before, of the same form; nil where there is none.
    ///   - priceIndex: A price index with 1968 as 100, which one model asks for.
    ///   - marketValue: What all shares are worth, which one model asks for.
    package func results(
        of statement: FinancialStatement,
        previous: FinancialStatement? = nil,
        priceIndex: Double? = nil,
        marketValue: Double? = nil
    ) -> [FormulaResult] {
        let years = StatementYears(
            statement,
            previous: previous,
            priceIndex: priceIndex,
            marketValue: marketValue
        )
        return figures(of: years).results()
    }
}
