// SPDX-License-Identifier: Apache-2.0

// What assessments of made-up companies cost, and what part of them is what.

import Assessment
import CreditFacts
import MadeUpCompanies
import Quantities
import Scoring

struct AssessmentTimes {
    private let companyCount: Int
    private let rounds: Int
    private let assessor: Assessor
    private let scratch = AssessmentScratch()
    private var options = Assessor.Options(
        asOf: CalendarDate(year: 2025, month: 6, day: 30) ?? .first
    )

    init(_ numbers: [Int]) throws {
        companyCount = numbers.first ?? 2_000
        rounds = numbers.dropFirst().first ?? 9
        let bundles = try ScoringModel.bundledModels()
        assessor = try Assessor(model: bundles[0], card: bundles.dropFirst().first)
    }

    /// Measures all, and what is left without one part.
    mutating func run() throws {
        var maker = MadeUpCompany(seed: 1)
        let full = try (0..<companyCount).map { _ in try maker.facts(invoices: 20) }
        let one = try maker.facts(invoices: 500)
        try measure("full", full)
        try measure("one of 500 invoices, with reasons", [one])
        options.reasonCount = 0
        try measure("without reasons", full)
        try measure("one of 500 invoices, without reasons", [one])
        for (name, change) in [
            ("notices", { $0.events = [] }),
            ("invoices", { $0.owed = [] }),
            ("statements", { $0.statements = [] }),
        ] as [(String, (inout CompanyFacts) -> Void)] {
            var fewer = full
            for place in fewer.indices { change(&fewer[place]) }
            try measure("without reasons and \(name)", fewer)
        }
    }

    /// Tells the best and the middle time of a company over all rounds.
    private func measure(_ name: String, _ companies: [CompanyFacts]) throws {
        var times: [Double] = []
        var check = 0.0
        for _ in 0..<rounds {
            let began = threadMicroseconds()
            let assessments = try assessor.assess(companies, options, scratch)
            times.append((threadMicroseconds() - began) / Double(companies.count))
            check = assessments.reduce(0) { $0 + ($1.adjusted?.probability ?? 0) }
        }
        times.sort()
        func text(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
        print("\(name): best \(text(times[0])), middle \(text(times[rounds / 2])) us; \(check)")
    }
}
