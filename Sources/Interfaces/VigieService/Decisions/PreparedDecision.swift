// SPDX-License-Identifier: Apache-2.0

// What a header of decisions asks for, checked and ready for any number of companies.

internal import Assessment
internal import AssessmentMessages
internal import Callers
internal import CreditFacts
internal import CreditPolicy
internal import DecimalNumbers
internal import Policies
internal import ProtobufCoding
internal import Quantities
internal import ServiceErrors
internal import VigieApplication
internal import VigieLimits
internal import VigieProtos

/// A header that was accepted.
struct PreparedDecision: Sendable {
    /// How its companies are decided on.
    let plan: DecisionPlan
    /// How their facts out of papers are assessed; nil if none are taken.
    let assessment: PreparedAssessment?
    /// The language that was asked for; nil for all.
    let language: PolicyLanguage?
    private let omitsAssessments: Bool
    let limits: ServiceLimits

    /// Checks a header.
    ///
    /// - Parameters:
    ///   - queries: Which policies decide, and which models assess.
    ///   - caller: Who asks, where callers are told apart.
    init(
        _ header: Vigie_V1_DecideHeader,
        queries: (decisions: DecisionQueries, assessments: AssessmentQueries),
        limits: ServiceLimits,
        caller: Caller?
    ) throws(ServiceError) {
        try Self.checkNames(policy: header.policy, role: header.role)
        plan = try queries.decisions.plan(
            policy: header.policy,
            asOfDate: header.asOfDate,
            role: header.role,
            detail: try Self.detail(header.explanation),
            authority: CreditAuthority(caller)
        )
        language = try Self.language(header.language)
        omitsAssessments = header.omitsAssessments
        self.limits = limits
        guard header.hasAssessment else {
            assessment = nil
            return
        }
        var asked = header.assessment
        guard asked.asOfDate.isEmpty || asked.asOfDate == plan.day.description else {
            throw .invalid(
                "header.assessment.as_of_date",
                "TWO_DATES",
                "header.assessment.as_of_date is not the day \(plan.day) that is decided for; "
                    + "leave it empty."
            )
        }
        asked.asOfDate = plan.day.description
        let assessment = try PreparedAssessment(
            asked,
            queries: queries.assessments,
            limits: limits,
            tellsFindings: false,
            permitted: caller.permittedModels
        )
        try assessment.checkReach("header.assessment.questions.reach_class", "Assess")
        self.assessment = assessment
    }

    /// Holds names of a header against their limits.
    static func checkNames(policy: String, role: String) throws(ServiceError) {
        for (name, text) in [("policy", policy), ("role", role)]
        where text.utf8.count > 2 * PolicyLimits.nameBytes + 1 {
            throw .overLimit(
                "header.\(name)",
                "PolicyLimits.nameBytes",
                "header.\(name) takes \(text.utf8.count) bytes.",
                value: text.utf8.count,
                maximum: PolicyLimits.nameBytes,
                code: .resourceExhausted
            )
        }
    }

    private static func detail(
        _ explanation: Vigie_V1_DecisionExplanation
    ) throws(ServiceError) -> DecisionDetail {
        switch explanation {
        case .none: return .rules
        case .unspecified, .match: return .cells
        case .nearMiss: return .nearMisses
        case .full: return .verdicts
        case .UNRECOGNIZED(let number): throw .noSuchValue("header.explanation", number)
        }
    }

    private static func language(
        _ language: Vigie_V1_TermLanguage
    ) throws(ServiceError) -> PolicyLanguage? {
        switch language {
        case .unspecified: return nil
        case .english: return .en
        case .french: return .fr
        case .UNRECOGNIZED(let number): throw .noSuchValue("header.language", number)
        }
    }

    /// Whether assessments come with decisions.
    var tellsAssessments: Bool { assessment != nil && !omitsAssessments }

    /// Refuses to tell more verdicts of cells than one answer may have.
    func checkVerdicts(_ companyCount: Int, _ field: String) throws(ServiceError) {
        guard plan.detail == .verdicts else { return }
        // Neither is greater than its limit: companies of a message, and cells of a policy's files.
        let count = plan.policy.verdictCount * companyCount
        guard count > limits.decisionVerdictsMax else { return }
        throw .overLimit(
            field,
            "decisionVerdictsMax",
            "DECISION_EXPLANATION_FULL tells what \(count) cells said, \(plan.policy.verdictCount) "
                + "for each company; ask for fewer companies at a time, or for "
                + "DECISION_EXPLANATION_NEAR_MISS.",
            value: count,
            maximum: limits.decisionVerdictsMax,
            code: .resourceExhausted
        )
    }

    // MARK: - Companies

    /// A company that is ready to be decided on.
    struct Case {
        let question: CreditQuestion
        /// The names of facts that its assessment told.
        let assessedNames: [String]
        /// Its assessment; nil if none of its facts were assessed.
        let assessment: Assessment?
        let answers: AssessmentAnswers?
    }

    /// Reads a company, and assesses what papers say of it.
    func read(
        _ message: Vigie_V1_DecisionCase,
        _ checks: FactChecks,
        _ scratch: AssessmentScratch
    ) throws(ServiceError) -> Case {
        var reader = CaseReader(checks, limits)
        var question = try reader.question(message, on: plan.day)
        question.role = plan.role
        guard message.hasAssessed else {
            return Case(question: question, assessedNames: [], assessment: nil, answers: nil)
        }
        guard let prepared = assessment else {
            throw .invalid(
                "company.assessed",
                "NO_ASSESSMENT",
                "company.assessed cannot be assessed: the header has no assessment, which says how."
            )
        }
        let (facts, assessment, answers) = try assessed(message.assessed, prepared, scratch)
        if question.company.isEmpty {
            question.company = facts.name ?? facts.siren?.description ?? ""
        }
        var names: [String] = []
        for input in plan.policy.manifest.inputs where question.facts[input.name] == nil {
            guard let fact = assessment.policyFacts[input.name] else { continue }
            question.facts[input.name] = fact
            names.append(input.name)
        }
        return Case(
            question: question,
            assessedNames: names,
            assessment: assessment,
            answers: answers
        )
    }

    /// Assesses facts; what is wrong with them is told by where they stand here.
    private func assessed(
        _ message: Vigie_V1_CompanyFacts,
        _ prepared: PreparedAssessment,
        _ scratch: AssessmentScratch
    ) throws(ServiceError) -> (CompanyFacts, Assessment, AssessmentAnswers?) {
        do throws(ServiceError) {
            let facts = try prepared.reader.facts(message)
            guard let assessment = try prepared.plan.assess([facts], scratch).first else {
                throw ServiceError(.internalError, "ASSESSMENT_FAILED", "There is no answer.")
            }
            return (facts, assessment, try prepared.plan.answers(of: facts, assessment))
        } catch {
            var error = error
            if case .field(let name) = error.detail, name.hasPrefix("company.") {
                error.detail = .field("company.assessed." + name.dropFirst("company.".count))
            }
            throw error
        }
    }

    /// Decides on a company.
    ///
    /// - Parameter share: What its group leaves it; nil if no group bounds it.
    func decide(
        _ company: Case,
        by decider: CreditDecider,
        within share: DecimalNumber? = nil
    ) throws(ServiceError) -> DecidedCompany {
        let made = try plan.decide(company.question, by: decider, within: share)
        return DecidedCompany(
            prepared: self,
            company: company,
            decision: made.decision,
            explanations: made.explanations,
            tellsAssessment: tellsAssessments
        )
    }
}
