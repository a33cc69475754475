// SPDX-License-Identifier: Apache-2.0

// Scores companies for runs out of the facts that the store has, by the model of the server, as
// AssessmentService would.

internal import Assessment
internal import AssessmentMessages
internal import CreditFacts
internal import Digests
internal import LegalHistory
internal import PaymentBehaviour
package import PortfolioStore
internal import Quantities
package import Rescoring
internal import Scoring
package import ServiceErrors
package import VigieApplication
package import VigieLimits

/// Scores companies by a model of the server.
package struct StoredFactsAssessor: RunAssessor {
    /// The model, with its card.
    package let model: RunModel
    private let queries: AssessmentQueries
    private let name: String
    private let limits: ServiceLimits

    /// Takes a model.
    ///
    /// - Parameter name: Its name; empty for the one of calls that name none.
    /// - Throws: NOT_FOUND, or FAILED_PRECONDITION for one that assesses no company.
    package init(
        _ queries: AssessmentQueries,
        named name: String,
        _ limits: ServiceLimits
    ) throws(ServiceError) {
        (self.queries, self.name, self.limits) = (queries, name, limits)
        var request = AssessmentRequest()
        request.model = name
        model = RunModel(try queries.plan(request))
    }

    /// What assessments look at.
    package var kinds: Set<FactKind> { [.statement, .ledger, .account, .event] }

    /// What one thread scores with.
    package func makeScorer() -> any RunScorer {
        StoredFactsScorer(limits) { day throws(ServiceError) in
            var request = AssessmentRequest()
            request.model = name
            request.asOfDate = "\(day)"
            return try queries.plan(request)
        }
    }
}

extension RunModel {
    /// The model of a plan. With its card, which scores a part of the companies: where that is
    /// another one, it is another model.
    fileprivate init(_ plan: AssessmentPlan) {
        var hash = plan.model.contentHash
        if let card = plan.card {
            let both = Array((hash + card.contentHash).utf8)
            hash = Digest.hexadecimal(Digest.sha256(both))
        }
        self.init(
            name: plan.model.manifest.name,
            version: plan.model.manifest.version,
            hash: hash
        )
    }
}

/// Scores on one thread, in memory that is used again.
private final class StoredFactsScorer: RunScorer {
    private let limits: ServiceLimits
    private let makePlan: (CalendarDate) throws(ServiceError) -> AssessmentPlan
    private let scratch = AssessmentScratch()
    /// What the last day was assessed by, and one of another day at the first run of a model.
    private var plans: [CalendarDate: (plan: AssessmentPlan, joiner: FactJoiner)] = [:]

    init(
        _ limits: ServiceLimits,
        _ makePlan: @escaping (CalendarDate) throws(ServiceError) -> AssessmentPlan
    ) {
        (self.limits, self.makePlan) = (limits, makePlan)
    }

    func assess(
        _ companies: [[KnownFact]],
        asOf day: CalendarDate
    ) throws(ServiceError) -> [ScoreFinding] {
        let (plan, joiner) = try planned(day)
        var facts: [CompanyFacts] = []
        facts.reserveCapacity(companies.count)
        for company in companies { facts.append(Self.joined(company, joiner)) }
        return try plan.assess(facts, scratch).map(ScoreFinding.init)
    }

    func legalEvents(in facts: [KnownFact]) -> [String] {
        let events = facts.filter { $0.fact.kind == .event }
        guard !events.isEmpty else { return [] }
        let joiner = FactJoiner(limits: limits, asOf: .last)
        return Self.joined(events, joiner).events.map(\.kind.rawValue)
    }

    private func planned(
        _ day: CalendarDate
    ) throws(ServiceError) -> (plan: AssessmentPlan, joiner: FactJoiner) {
        if let known = plans[day] { return known }
        let made = (plan: try makePlan(day), joiner: FactJoiner(limits: limits, asOf: day))
        if plans.count >= Self.daysKept { plans = [:] }
        plans[day] = made
        return made
    }

    private static let daysKept = 4  // tidy: limit: days of our own

    /// A company out of its facts. Of one that is damaged, or too much, nothing is known: a run
    /// over a million companies does not fail for it, and its score says that too little is known.
    private static func joined(_ facts: [KnownFact], _ joiner: FactJoiner) -> CompanyFacts {
        joiner.add(facts)
        do throws(ServiceError) { return try joiner.facts(of: nil) } catch {
            return CompanyFacts(siren: nil)
        }
    }
}

extension ScoreFinding {
    /// What an assessment says.
    fileprivate init(_ assessment: Assessment) {
        let figures = assessment.adjusted ?? assessment.base
        self.init(
            ScoredOutcome(assessment.outcome),
            score: figures.map { Int($0.score) },
            riskClass: figures.map { Int($0.riskClass) },
            probability: figures?.probability,
            figures: ScoredCompany.Figures(assessment)
        )
    }
}

extension ScoredOutcome {
    fileprivate init(_ outcome: AssessmentOutcome) {
        self =
            switch outcome {
            case .scored: .scored
            case .notScorable: .notScorable
            case .closed: .closed
            case .inProceedings: .inProceedings
            case .review: .review
            }
    }
}

extension ScoredCompany.Figures {
    /// What rules look at beside the score. How far published models are from ours is not a number
    /// of classes that they say: it is left out.
    fileprivate init(_ assessment: Assessment) {
        self.init()
        let payments = assessment.payments
        paymentIndex = payments.index
        daysBeyondTerms = payments.daysBeyondTerms
        brokenPromises = Double(payments.brokenPromises)
        let late = payments.openByAge.indices
            .filter { AgingBucket(rawValue: $0).map { $0 > .upTo30 && $0 < .unknown } ?? false }
            .reduce(0) { $0 + Double(payments.openByAge[$1]) }
        if payments.open > 0 { overdueShare = late / Double(payments.open) }
        lastClosing = assessment.statements.first?.closing
        let degrees = Confidence.allCases
        dataDepth = degrees.firstIndex(of: assessment.confidence).map {
            Double(degrees.count - $0)
        }
    }
}
