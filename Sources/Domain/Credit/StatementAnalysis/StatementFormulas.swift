// SPDX-License-Identifier: Apache-2.0

// Ratios and published models: each formula stands once, in a table, in the language that bundles'
// features are written in. A line that is empty on the form counts as 0, as on the form; a formula
// names the lines without which it says nothing.

internal import CCreditData
package import CreditFacts
internal import Scoring

/// A formula over the lines of a statement.
package struct StatementFormula: Sendable {
    /// What it is.
    package enum Kind: String, Sendable {
        /// Used by others only.
        case definition
        /// A ratio, or an amount between.
        case ratio
        /// A published model.
        case model
    }

    /// Units of results.
    package enum Unit: String, Sendable {
        case euro, percent, days, years, score
        /// Of which the logistic function is a probability.
        case logit
        /// Of which the normal distribution is a probability.
        case probit
    }

    /// Its name, that of the published set where it has one.
    package let name: String
    /// What it is.
    package let kind: Kind
    /// The unit of its result.
    package let unit: Unit
    /// Who published it.
    package let source: String
    /// Its name in French.
    package let french: String
    /// Its name in English.
    package let english: String
    /// The formula as it is written.
    package let text: String
    /// Lines of which one of each group must be there.
    let needs: [[StatementLine]]
    let expression: Expression
}

/// What a formula came to.
package struct FormulaResult: Sendable {
    /// Why there is no value.
    package enum Reason: Sendable, Equatable {
        /// None of these lines is there.
        case missing([StatementLine])
        /// A divisor is 0, or a year before is wanted that is not known.
        case notComputable
    }

    /// The formula.
    package let formula: StatementFormula
    /// Its value; nil where there is none.
    package let value: Double?
    /// Why there is none.
    package let reason: Reason?
}

/// The formulas of one form.
package struct StatementFormulas: Sendable {
    /// Those of the complete form.
    package static let complete = StatementFormulas(form: "C")
    /// Those of the simplified form.
    package static let simplified = StatementFormulas(form: "S")

    /// What bundles ask for, of the complete form.
    package static let completeInputs = StatementFormulas(form: "C", table: vigie_model_inputs)
    /// What bundles ask for, of the simplified form.
    package static let simplifiedInputs = StatementFormulas(form: "S", table: vigie_model_inputs)

    /// The formulas, each after those that it uses.
    package let formulas: [StatementFormula]

    private init(form: String, table: vigie_table = vigie_statement_formulas) {
        formulas = FactTable.rows(table).compactMap { row in
            guard row.count == 9, row[1] == form else { return nil }
            return StatementFormula(row: row)
        }
    }

    /// The formulas for a statement.
    package static func of(_ form: StatementForm) -> StatementFormulas {
        form == .simplified ? simplified : complete
    }

    /// What the formulas come to.
    ///
    /// - Parameters:
    ///   - statement: The statement.
    ///   - previous: That of the year before; nil where there is none.
    ///   - priceIndex: A price index with 1968 as 100, which one model asks for; in its currency.
    package func results(
        of statement: FinancialStatement,
        previous: FinancialStatement? = nil,
        priceIndex: Double? = nil
    ) -> [FormulaResult] {
        let years = [statement, previous].compactMap { $0 }
        var evaluator = ReferenceEvaluator(yearsMaximum: years.count)
        for name in Self.lines(of: formulas) {
            evaluator.inputs[name.text] = years.map { year in
                year.amounts[name.line].map { Double($0) / 100 } ?? 0
            }
        }
        evaluator.inputs["price_index"] = years.map { _ in priceIndex ?? .nan }
        for formula in formulas { evaluator.definitions[formula.name] = formula.expression }
        return formulas.filter { $0.kind != .definition }.map { formula in
            let lacking = formula.needs.first { group in
                group.allSatisfy { statement.amounts[$0] == nil }
            }
            if let lacking {
                return FormulaResult(formula: formula, value: nil, reason: .missing(lacking))
            }
            let value = evaluator.value(formula.expression)
            return value.isNaN
                ? FormulaResult(formula: formula, value: nil, reason: .notComputable)
                : FormulaResult(formula: formula, value: value, reason: nil)
        }
    }

    /// The lines that formulas name.
    private static func lines(
        of formulas: [StatementFormula]
    ) -> [(text: String, line: StatementLine)] {
        var names: Set<String> = []
        for formula in formulas { formula.expression.collectNames(into: &names) }
        return names.compactMap { name in
            StatementFormula.line(named: name).map { (name, $0) }
        }
    }
}

extension StatementFormula {
    /// Reads a row of the table; nil where it is not sound.
    fileprivate init?(row: [String]) {
        guard let kind = Kind(rawValue: row[2]), let unit = Unit(rawValue: row[3]),
            let expression = try? Expression(parsing: row[4])
        else { return nil }
        (name, self.kind, self.unit, text) = (row[0], kind, unit, row[4])
        (source, french, english) = (row[6], row[7], row[8])
        self.expression = expression
        needs = row[5].split(separator: " ").map { group in
            group.split(separator: "|").compactMap { Self.line(named: String($0)) }
        }
    }

    /// The line of a name in a formula: capitals as they are, "A1" for the line 1A, which no name
    /// could be, and "S210" for the line 210 of the simplified form; nil for other names.
    static func line(named name: String) -> StatementLine? {
        if name == "A1" { return StatementLine("1A") }
        guard name.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) })
        else { return nil }
        if name.utf8.count == 4, name.first == "S" { return StatementLine(name.dropFirst()) }
        return name.utf8.count == 2 ? StatementLine(name) : nil
    }
}

extension Expression {
    /// Adds the names that an expression uses.
    fileprivate func collectNames(into names: inout Set<String>) {
        switch self {
        case .number: break
        case .name(let name, _): names.insert(name)
        case .unary(_, let operand), .overYears(_, let operand):
            operand.collectNames(into: &names)
        case .binary(_, let left, let right):
            left.collectNames(into: &names)
            right.collectNames(into: &names)
        case .choice(let condition, let chosen, let otherwise):
            condition.collectNames(into: &names)
            chosen.collectNames(into: &names)
            otherwise.collectNames(into: &names)
        }
    }
}
