// SPDX-License-Identifier: Apache-2.0

// What is asked for many companies at a time says what is asked for one, without the words.

import CreditFacts
import StatementAnalysis
import TestRandomness
import Testing

@Suite struct FastFiguresTests {
    private static func figures(
        _ form: StatementForm,
        using generator: inout SeededGenerator
    ) throws -> (StatementFigures, StatementYears) {
        let lines = TestStatement.lines(form)
        var years = StatementYears(
            try TestStatement.random(lines, form: form, using: &generator)
        )
        if Bool.random(using: &generator) {
            years.previous = try TestStatement.random(lines, form: form, using: &generator)
        }
        if Bool.random(using: &generator) { years.marketValue = 1_000_000 }
        if Bool.random(using: &generator) { years.priceIndex = 900 }
        return (StatementFormulas.of(form).figures(of: years), years)
    }

    private static func lack(_ reason: FormulaResult.Reason?) -> StatementFigures.Lack? {
        switch reason {
        case nil: nil
        case .missing?: .lines
        case .missingBefore?: .earlierLines
        case .notGiven?: .given
        case .noYearBefore?: .yearBefore
        case .notComputable?: .notComputable
        case .notMeaningful(_, isZero: true)?: .divisorZero
        case .notMeaningful(_, isZero: false)?: .divisorNegative
        }
    }

    @Test(arguments: [StatementForm.complete, .simplified])
    func valueOrLackIsValueAndReason(_ form: StatementForm) throws {
        var generator = SeededGenerator(seed: 7)
        var seen: Set<StatementFigures.Lack> = []
        for _ in 0..<300 {
            let (figures, _) = try Self.figures(form, using: &generator)
            for place in figures.formulas.formulas.indices {
                let (value, lack) = figures.valueOrLack(place)
                let plain = figures.value(place)
                #expect(value.bitPattern == (plain ?? .nan).bitPattern)
                #expect(lack == Self.lack(figures.reason(place)))
                if let lack { seen.insert(lack) }
            }
        }
        #expect(seen.isSuperset(of: [.lines, .yearBefore, .divisorNegative]))
    }

    @Test(arguments: [StatementForm.complete, .simplified])
    func publishedModelsSayWhatTheComparisonSays(_ form: StatementForm) throws {
        var generator = SeededGenerator(seed: 11)
        var zones: Set<ModelZones.Kind> = []
        for _ in 0..<300 {
            let (figures, years) = try Self.figures(form, using: &generator)
            let opinions = ModelComparison(figures, of: years).opinions
            let models = PublishedModels.of(figures.formulas).models
            try #require(models.count == opinions.count)
            for (model, opinion) in zip(models, opinions) {
                #expect(model.formula === opinion.result.formula)
                let value = figures.value(model.place)
                #expect(value == opinion.result.value)
                #expect(value.flatMap(model.zone) == opinion.zone?.kind)
                #expect(value.flatMap(model.probability) == opinion.probability)
                if let kind = opinion.zone?.kind { zones.insert(kind) }
            }
        }
        #expect(zones == [.distress, .grey, .safe])
    }
}
