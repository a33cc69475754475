// SPDX-License-Identifier: Apache-2.0

// Decisions on companies of portfolios: by a policy of the server, out of what the store knows of
// them. Who is told what is a matter of methods: what sales and marketing may call has no field for
// what they are not to see.

internal import Callers
internal import CreditPolicy
internal import DecimalNumbers
internal import Policies
internal import PortfolioApplication
internal import Portfolios
internal import ProtobufCoding
internal import Quantities
internal import ServiceErrors
internal import Telemetry
internal import VigieApplication
internal import VigieLimits
internal import VigieProtos

/// Answers the methods of PortfolioService that ask policies.
struct CompanyDecisionWork: Sendable {
    private let portfolios: PortfolioUseCases
    private let queries: (decisions: DecisionQueries, assessments: AssessmentQueries)
    /// What is so of us, whichever company it is about.
    private let ownFacts: [String: CreditFact]
    private let memory: ThreadMemory
    private let limits: ServiceLimits

    init(
        _ portfolios: PortfolioUseCases,
        _ asked: (
            decisions: DecisionQueries, assessments: AssessmentQueries,
            ownFacts: [String: CreditFact]
        ),
        _ memory: ThreadMemory,
        _ limits: ServiceLimits
    ) {
        self.portfolios = portfolios
        (queries, ownFacts) = ((asked.decisions, asked.assessments), asked.ownFacts)
        (self.memory, self.limits) = (memory, limits)
    }

    // MARK: One company

    func decide(
        _ request: Vigie_V1_DecideCompanyRequest,
        _ caller: Caller?
    ) throws(ServiceError) -> DecideReply {
        guard !request.question.hasAssessed else {
            throw .invalid(
                "question.assessed",
                "NOT_TAKEN",
                "question.assessed is not taken: the company is assessed by what the store knows."
            )
        }
        let prepared = try prepare(request.header, caller)
        try prepared.checkVerdicts(1, "header.explanation")
        return DecideReply(
            decided: try decide(
                try request.company.identity("company"),
                in: request.portfolio,
                request.question,
                prepared,
                caller
            )
        )
    }

    func terms(
        _ request: Vigie_V1_DescribeTermsRequest,
        _ caller: Caller?
    ) throws(ServiceError) -> Vigie_V1_DescribeTermsResponse {
        let prepared = try prepare(.with { $0.policy = request.policy }, caller)
        let decided = try decide(
            try request.company.identity("company"),
            in: request.portfolio,
            .with { $0.amount = request.amount },
            prepared,
            caller
        )
        return .init(decided)
    }

    private func decide(
        _ company: CompanyIdentity,
        in portfolio: String,
        _ question: Vigie_V1_DecisionCase,
        _ prepared: PreparedDecision,
        _ caller: Caller?
    ) throws(ServiceError) -> DecidedCompany {
        let known = try portfolios.knownCompany(
            company,
            in: portfolio,
            asOf: prepared.plan.day,
            by: caller.viewer
        )
        return try decide(known, question, prepared)
    }

    private func decide(
        _ known: KnownCompany,
        _ question: Vigie_V1_DecisionCase,
        _ prepared: PreparedDecision
    ) throws(ServiceError) -> DecidedCompany {
        let decider = memory.decider(prepared.plan.policy)
        let company = try prepared.read(
            question,
            (known, ownFacts),
            decider.checks,
            memory.scratch
        )
        let decided = try prepared.decide(company, by: decider)
        memory.add(.companiesDecided, 1)
        return decided
    }

    private func prepare(
        _ header: Vigie_V1_DecideHeader,
        _ caller: Caller?
    ) throws(ServiceError) -> PreparedDecision {
        var header = header
        if !header.hasAssessment {
            header.assessment = .init()
            header.omitsAssessments = true
        }
        header.assessment.lineNames = []
        return try PreparedDecision(header, queries: queries, limits: limits, caller: caller)
    }

    // MARK: Companies of good classes

    func opportunities(
        _ request: Vigie_V1_ListOpportunitiesRequest,
        _ caller: Caller?
    ) throws(ServiceError) -> Vigie_V1_ListOpportunitiesResponse {
        let found = try headrooms(
            HeadroomQuestion(request.portfolio, request.policy, request.classMax, request.limit),
            caller
        )
        return .with {
            $0.opportunities = found.companies.map { one in
                .with {
                    $0.company = .init(one.known.line.identity)
                    $0.name = one.known.line.name
                    $0.riskClass = UInt32(clamping: one.known.riskClass)
                    $0.headroom = one.headroom.plain
                }
            }
            ($0.candidateCount, $0.askedCount) = (Int64(found.count), Int64(found.asked))
            ($0.policy, $0.currency) = (found.policy.reference, found.policy.manifest.currency.code)
        }
    }

    func headrooms(
        _ request: Vigie_V1_ListHeadroomsRequest,
        _ caller: Caller?
    ) throws(ServiceError) -> Vigie_V1_ListHeadroomsResponse {
        let found = try headrooms(
            HeadroomQuestion(request.portfolio, request.policy, request.classMax, request.limit),
            caller
        )
        return .with {
            $0.headrooms = found.companies.map(Vigie_V1_CompanyHeadroom.init)
            ($0.candidateCount, $0.askedCount) = (Int64(found.count), Int64(found.asked))
            ($0.policy, $0.currency) = (found.policy.reference, found.policy.manifest.currency.code)
        }
    }

    private func headrooms(
        _ asked: HeadroomQuestion,
        _ caller: Caller?
    ) throws(ServiceError) -> FoundHeadrooms {
        let (most, count) = (asked.greatestClass, try asked.count())
        let prepared = try prepare(.with { $0.policy = asked.policy }, caller)
        let candidates = try portfolios.candidates(
            of: asked.portfolio,
            upToClass: most,
            asOf: prepared.plan.day,
            by: caller.viewer
        )
        var found: [DecidedHeadroom] = []
        for known in candidates.companies {
            let decided = try decide(known, .init(), prepared)
            guard let headroom = decided.decision.headroom, headroom > 0,
                decided.decision.outcome != .refused
            else { continue }
            found.append(
                DecidedHeadroom(known: known, decision: decided.decision, headroom: headroom)
            )
        }
        found.sort { $1.headroom < $0.headroom }
        return FoundHeadrooms(
            companies: Array(found.prefix(count)),
            count: candidates.count,
            asked: candidates.companies.count,
            policy: prepared.plan.policy
        )
    }
}

/// What is asked of companies of good classes.
private struct HeadroomQuestion {
    let portfolio: String
    let policy: String
    let riskClass: UInt32
    let limit: Int32

    init(_ portfolio: String, _ policy: String, _ riskClass: UInt32, _ limit: Int32) {
        (self.portfolio, self.policy) = (portfolio, policy)
        (self.riskClass, self.limit) = (riskClass, limit)
    }

    /// Classes that are good unless somebody says otherwise.
    private static let usualClass = 3
    private static let usualCount = 50

    var greatestClass: Int {
        riskClass == 0 ? Self.usualClass : Int(clamping: riskClass)
    }

    func count() throws(ServiceError) -> Int {
        guard limit >= 0, limit <= StoreLimits.opportunitiesMax else {
            throw .overLimit(
                "limit",
                "opportunitiesMax",
                "limit is \(limit); it is 0 or more.",
                value: Int(limit),
                maximum: StoreLimits.opportunitiesMax
            )
        }
        return limit == 0 ? Self.usualCount : Int(limit)
    }
}

/// A company with what a policy leaves it.
struct DecidedHeadroom {
    let known: KnownCompany
    let decision: CreditDecision
    let headroom: DecimalNumber
}

/// Companies with what a policy leaves them.
private struct FoundHeadrooms {
    let companies: [DecidedHeadroom]
    let count: Int
    let asked: Int
    let policy: Policy
}
