// SPDX-License-Identifier: Apache-2.0

// The compiled formulas against the readable evaluator, bit for bit.

import CreditFacts
import Quantities
import Scoring
import StatementAnalysis
import TestRandomness
import Testing

@Suite struct StatementProgramTests {
    /// The formulas of a form by the readable evaluator, which looks every name up.
    private struct Reference {
        var formulas: [StatementFormula]
        var expressions: [String: Expression] = [:]

        init(_ form: StatementForm) throws {
            formulas = StatementFormulas.of(form).formulas
            for formula in formulas {
                expressions[formula.name] = try Expression(parsing: formula.text)
            }
        }

        func values(_ years: StatementYears, lines: [StatementLine], isAnnual: Bool) -> [Double] {
            let both = [years.statement, years.previous].compactMap { $0 }
            var evaluator = ReferenceEvaluator(yearsMaximum: both.count)
            evaluator.definitions = expressions
            for line in lines {
                let code = line.description
                let isSimplified = code.count == 3
                let isFlow =
                    isSimplified
                    ? years.statement.form != .simplified || (code >= "200" && code != "376")
                    : "FGH".contains(code.prefix(1)) || code == "YY" || code == "YZ"
                let name = code == "1A" ? "A1" : isSimplified ? "S" + code : code
                evaluator.inputs[name] = both.map { year in
                    let euros = year.amounts[line].map { Double($0) / 100 } ?? 0
                    return isAnnual && isFlow && year.amounts[line] != nil
                        ? euros * (12 / Double(max(1, year.months))) : euros
                }
            }
            evaluator.inputs["price_index"] = both.map { _ in years.priceIndex ?? .nan }
            evaluator.inputs["market_value"] = both.map { _ in years.marketValue ?? .nan }
            return formulas.map { formula in
                expressions[formula.name].map { evaluator.value($0) } ?? .nan
            }
        }
    }

    @Test(arguments: [StatementForm.complete, .simplified])
    func compiledFormulasAreTheReadableOnes(form: StatementForm) throws {
        var generator = SeededGenerator(seed: 7)
        let lines = TestStatement.lines(form)
        let formulas = StatementFormulas.of(form)
        let reference = try Reference(form)
        let block = formulas.evaluator(isForBlocks: true)
        let single = formulas.evaluator()
        var computed = 0
        for _ in 0..<12 {
            var companies: [(StatementYears, Int)] = []
            block.removeAll()
            while block.hasRoom {
                var years = StatementYears(
                    try TestStatement.random(lines, form: form, using: &generator)
                )
                if Bool.random(using: &generator) {
                    years.previous = try TestStatement.random(lines, form: form, using: &generator)
                }
                years.priceIndex =
                    [nil, 1_000, .nan, .infinity, -4].randomElement(
                        using: &generator
                    ) ?? nil
                years.marketValue = Bool.random(using: &generator) ? 1e6 : nil
                companies.append((years, block.add(years)))
            }
            block.run()
            for (years, row) in companies {
                let together = formulas.figures(years, row: row, of: block)
                single.removeAll()
                let alone = formulas.figures(years, row: addAndRun(years, single), of: single)
                let filed = reference.values(years, lines: lines, isAnnual: false)
                let annual = reference.values(years, lines: lines, isAnnual: true)
                for place in formulas.formulas.indices {
                    let formula = formulas.formulas[place]
                    let expected = formula.unit == .euro ? filed[place] : annual[place]
                    for figures in [together, alone] {
                        switch figures.reason(place) {
                        case nil:
                            computed += 1
                            #expect(
                                figures.value(place)?.bitPattern == expected.bitPattern,
                                "\(formula.name)"
                            )
                        case .notComputable: #expect(expected.isNaN, "\(formula.name)")
                        default: #expect(figures.value(place) == nil)
                        }
                    }
                }
            }
        }
        #expect(computed > 10_000)
    }

    private func addAndRun(_ years: StatementYears, _ evaluator: StatementEvaluator) -> Int {
        let row = evaluator.add(years)
        evaluator.run()
        return row
    }

    /// No formula says nothing because the table has a fault.
    @Test(arguments: [StatementForm.complete, .simplified])
    func everyFormulaIsCompiled(form: StatementForm) throws {
        var statement = try TestStatement.make("", form: form)
        for (place, line) in TestStatement.lines(form).enumerated() {
            statement.amounts[line] = Int64(place + 1) * 12_347
        }
        var previous = statement
        for line in statement.amounts.keys { previous.amounts[line, default: 0] += 1_013 }
        let figures = StatementFormulas.of(form).figures(
            of: StatementYears(statement, previous: previous, priceIndex: 1_000, marketValue: 1e6)
        )
        for (place, formula) in figures.formulas.formulas.enumerated() {
            #expect(figures.reason(place) != .noYearBefore, "\(formula.name)")
            // Logarithms of what these amounts make negative.
            if formula.name == "fulmer_h" || formula.name == "ohlson_o" { continue }
            // Divisors that these amounts make negative.
            if case .notMeaningful = figures.reason(place) { continue }
            #expect(figures.value(place) != nil, "\(formula.name)")
        }
    }

    /// Amounts beyond what a statement may have trap nothing.
    @Test func yearsOfNoLength() throws {
        for months in [0, -1, Int.min, Int.max] {
            let statement = try TestStatement.make(Worked.lines, months: months)
            let figures = StatementFormulas.complete.figures(of: StatementYears(statement))
            #expect(figures["ebe"] == 315)
        }
    }

    @Test func aRowMoreThanThereIsRoomForIsRefused() throws {
        let evaluator = StatementFormulas.complete.evaluator()
        let years = StatementYears(try TestStatement.make(Worked.lines, months: 18))
        #expect(evaluator.add(years) == 0)
        #expect(!evaluator.hasRoom && evaluator.add(years) == -1)
    }
}
