// SPDX-License-Identifier: Apache-2.0

// Companies of a block on their way from facts to findings, some hundred at a time: read one after
// the other and scored as soon as there are enough of them, so that no more than those are in
// memory.

internal import Databases
internal import PortfolioStore
internal import Quantities
internal import ServiceErrors
internal import VigieLimits

/// A company of a block.
struct CompanyAtWork {
    let slot: Int
    /// What was found before, and by which run that was last looked at; nil for the first time.
    let before: CompanyScore?
    let earlier: EarlierRun?
    var found: MoveFindings
    /// Whether facts came since then.
    var hasNews = false
    var legalEvents: [String] = []
}

/// Companies whose facts are read, and scored when there are enough of them.
struct FactBatch {
    private(set) var places: [Int] = []
    private var facts: [[KnownFact]] = []
    private var byteCount = 0
    private let scorer: any RunScorer
    private let day: CalendarDate

    init(_ scorer: any RunScorer, asOf day: CalendarDate) {
        (self.scorer, self.day) = (scorer, day)
    }

    /// Whether it is to be scored before more is added.
    var isFull: Bool {
        places.count >= RescoringLimits.batchCompanies || byteCount >= RescoringLimits.batchBytes
    }

    /// Begins with the facts of a company.
    mutating func begin(_ place: Int) {
        places.append(place)
        facts.append([])
    }

    /// Adds a fact of the last company. Of one that has more than may be read at once the rest is
    /// left out: it is damaged or somebody's joke.
    mutating func add(_ fact: KnownFact) {
        guard let last = facts.indices.last,
            facts[last].count < RescoringLimits.companyFacts,
            byteCount < RescoringLimits.batchBytes + StoreLimits.factBytesMax
        else { return }
        facts[last].append(fact)
        byteCount += fact.fact.content.count
    }

    /// Scores what there is, and gives each finding with its facts.
    mutating func finish(
        _ body: (_ place: Int, _ found: ScoreFinding, _ facts: [KnownFact]) -> Void
    ) throws(ServiceError) {
        guard !places.isEmpty else { return }
        let findings = try scorer.assess(facts, asOf: day)
        guard findings.count == places.count else {
            throw ServiceError(.internalError, "ASSESSMENT_FAILED", "Findings are missing.")
        }
        for (index, place) in places.enumerated() { body(place, findings[index], facts[index]) }
        places.removeAll(keepingCapacity: true)
        facts.removeAll(keepingCapacity: true)
        byteCount = 0
    }
}
