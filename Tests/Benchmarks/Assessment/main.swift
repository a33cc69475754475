// SPDX-License-Identifier: Apache-2.0

// What assessments cost on one core, and what part of them is what.
//
//     swift run -c release assessment-bench [companies] [rounds]

import Assessment
import CreditFacts
import Quantities
import Scoring

let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let companyCount = arguments.first ?? 2_000
let rounds = arguments.dropFirst().first ?? 9
let bundles = try ScoringModel.bundledModels()
guard let bundle = bundles.first else { fatalError("no bundle") }
let assessor = try Assessor(model: bundle, card: bundles.dropFirst().first)
var options = Assessor.Options(asOf: CalendarDate(year: 2025, month: 6, day: 30) ?? .first)

/// Tells the best and the middle time of a company over all rounds, in microseconds.
@MainActor func measure(_ name: String, _ companies: [CompanyFacts]) throws {
    var times: [Double] = []
    var check = 0.0
    for _ in 0..<rounds {
        let clock = ContinuousClock()
        let began = clock.now
        let assessments = try assessor.assess(companies, options)
        let spent = clock.now - began
        check = assessments.reduce(0) { $0 + ($1.adjusted?.probability ?? 0) }
        times.append(
            (Double(spent.components.seconds) * 1e6 + Double(spent.components.attoseconds) / 1e12)
                / Double(companies.count)
        )
    }
    times.sort()
    func text(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
    print("\(name): best \(text(times[0])), middle \(text(times[rounds / 2])) us; \(check)")
}

var maker = MadeUpCompany(seed: 1)
let full = try (0..<companyCount).map { _ in try maker.facts(invoices: 20) }
try measure("full", full)
options.reasonCount = 0
try measure("without reasons", full)
try measure(
    "without notices",
    full.map { company in
        var company = company
        company.events = []
        return company
    }
)
try measure(
    "without invoices",
    full.map { company in
        var company = company
        company.owed = []
        return company
    }
)
try measure(
    "without statements",
    full.map { company in
        var company = company
        company.statements = []
        return company
    }
)
let one = try maker.facts(invoices: 500)
try measure("one of 500 invoices, without reasons", [one])
options.reasonCount = 5
try measure("one of 500 invoices, with reasons", [one])
