// SPDX-License-Identifier: Apache-2.0

// Whole assessments on real years that nothing was fitted on: 12,115 years 2015 to 2018 of American
// listed companies, of which 116 failed in the next one. The published models prove that the
// mapping to lines and back is right, the bundle that assessing takes nothing away from it.

import Assessment
import CreditFacts
import Quantities
import Scoring
import StatementAnalysis
import Testing

@Suite(.enabled("the American years are not here (VIGIE_DATA)") { !AmericanYear.all.isEmpty })
struct AmericanYearsTests {
    /// Years of the test, each with those before it of the same company, the newest first.
    private static let series: [[AmericanYear]] = {
        var series: [[AmericanYear]] = []
        let all = AmericanYear.all
        for (place, last) in all.enumerated()
        where (2015...2018).contains(last.year) && last.fails != nil {
            var years = [last]
            for before in all[..<place].reversed().prefix(2) {
                guard before.company == last.company, before.year == last.year - years.count
                else { break }
                years.append(before)
            }
            series.append(years)
        }
        return series
    }()

    @Test func `published models tell failing companies as published`() {
        var (z, services): ([(Double, Bool)], [(Double, Bool)]) = ([], [])
        for years in Self.series {
            let last = years[0]
            let value = StatementYears(last.statement, marketValue: last.item(8) * 1e6)
            let results = StatementFormulas.of(.complete).figures(of: value).results()
            for result in results where result.formula.name == "altman_z" {
                z.append((-(result.value ?? 0), last.fails == true))
            }
            for result in results where result.formula.name == "altman_z_services" {
                services.append((-(result.value ?? 0), last.fails == true))
            }
        }
        #expect(z.count == 12_115 && z.count { $0.1 } == 116)
        #expect(abs(areaUnderCurve(z) - 0.791) < 0.0005)
        #expect(abs(areaUnderCurve(services) - 0.769) < 0.0005)
    }

    /// A firm of one year is taken for one whose other papers are missing, not for a young one,
    /// and its odds are raised. So the two are held against each other by the years that were
    /// shown: with all years in one list assessments reach 0.878, the bundle alone 0.880.
    @Test func `assessments tell failing companies as well as the bundle alone`() throws {
        let models = try ScoringModel.bundledModels()
        let model = try #require(models.first)
        let assessor = try Assessor(model: model, card: models.last)
        var own: [Int: [(Double, Bool)]] = [:]
        var assessed: [Int: [(Double, Bool)]] = [:]
        // Years of one closing have one date for which they are assessed.
        for year in 2015...2018 {
            let series = Self.series.filter { $0[0].year == year }
            let day = try #require(CalendarDate("\(year + 1)-06-30"))
            let companies = series.map { years in
                var facts = CompanyFacts(siren: nil)
                facts.statements = years.map(\.statement)
                return facts
            }
            let assessments = try assessor.assess(companies, Assessor.Options(asOf: day))
            for ((years, assessment), alone) in zip(
                zip(series, assessments),
                try Self.probabilities(series, model)
            ) {
                #expect(assessment.outcome == .scored)
                let fails = years[0].fails == true
                let probability = assessment.adjusted?.probability ?? 0
                assessed[years.count, default: []].append((probability, fails))
                own[years.count, default: []].append((alone, fails))
            }
        }
        for years in 1...3 {
            let ours = areaUnderCurve(assessed[years] ?? [])
            let bundle = areaUnderCurve(own[years] ?? [])
            #expect(ours >= bundle - 0.0001, "\(years) years: \(ours), the bundle \(bundle)")
        }
        #expect(areaUnderCurve(assessed[3] ?? []) > 0.888)
        let all = assessed.values.flatMap { $0 }
        #expect(areaUnderCurve(all) > 0.877)
        // As many fail as was expected, within a quarter.
        let expected = all.reduce(0) { $0 + $1.0 }
        #expect((0.8...1.25).contains(expected / 116), "expected \(expected) of 116")
    }

    /// What the bundle says of columns as they stand in the data.
    private static func probabilities(
        _ series: [[AmericanYear]],
        _ model: ScoringModel
    ) throws -> [Double] {
        var names: [String] = []
        for year in 0..<3 {
            names += AmericanYear.inputs.map { year == 0 ? $0.name : "\($0.name)@\(year)" }
        }
        var values: [Double] = []
        for years in series {
            for year in 0..<3 {
                values += AmericanYear.inputs.map {
                    year < years.count ? years[year].item($0.column) * 1e6 : .nan
                }
            }
        }
        let result = ScoreColumns()
        let binding = try model.bind(columns: names)
        try values.withUnsafeBufferPointer { values in
            let block = try RowBlock(
                rowCount: series.count,
                columnCount: names.count,
                layout: .rowMajor,
                values: .float64(values)
            )
            model.scoreRows(
                block,
                rows: 0..<series.count,
                binding: binding,
                request: ScoreRequest(outputs: [.probability], reasonCount: 0),
                workspace: ScoringWorkspace(),
                result: result
            )
        }
        return Array(result.probabilities)
    }
}
