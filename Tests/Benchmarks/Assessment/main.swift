// SPDX-License-Identifier: Apache-2.0

// What assessments cost on one core, and what part of them is what. Time is that of the thread, so
// that others on the machine disturb it little.
//
//     swift run -c release assessment-bench [companies] [rounds]

import Assessment
import CreditFacts
import Quantities
import Scoring

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let companyCount = arguments.first ?? 2_000
let rounds = arguments.dropFirst().first ?? 9
let bundles = try ScoringModel.bundledModels()
guard let bundle = bundles.first else { fatalError("no bundle") }
let assessor = try Assessor(model: bundle, card: bundles.dropFirst().first)
let scratch = AssessmentScratch()
var options = Assessor.Options(asOf: CalendarDate(year: 2025, month: 6, day: 30) ?? .first)

/// Time of the thread, in microseconds.
func threadMicroseconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
}

/// Tells the best and the middle time of a company over all rounds.
@MainActor func measure(_ name: String, _ companies: [CompanyFacts]) throws {
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

var maker = MadeUpCompany(seed: 1)
let full = try (0..<companyCount).map { _ in try maker.facts(invoices: 20) }
try measure("full", full)
options.reasonCount = 0
try measure("without reasons", full)
for (name, change) in [
    ("notices", { $0.events = [] }),
    ("invoices", { $0.owed = [] }),
    ("statements", { $0.statements = [] }),
] as [(String, (inout CompanyFacts) -> Void)] {
    var fewer = full
    for place in fewer.indices { change(&fewer[place]) }
    try measure("without reasons and \(name)", fewer)
}
let one = try maker.facts(invoices: 500)
try measure("one of 500 invoices, without reasons", [one])
options.reasonCount = 5
try measure("one of 500 invoices, with reasons", [one])
