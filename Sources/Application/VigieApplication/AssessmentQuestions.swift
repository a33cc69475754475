// SPDX-License-Identifier: Apache-2.0

// What is asked of companies beside their assessments: other horizons, quartiles, what if.

package import Assessment
internal import Callers
internal import CreditFacts
internal import Documents
internal import Scoring
internal import ServiceErrors
package import StatementAnalysis

/// What a caller asks beside assessments.
package struct AssessmentQuestions: Sendable {
    /// Models of other horizons, as `ModelRegistry` finds them.
    package var horizonModels: [String] = []
    /// Whether what goes into published models is told.
    package var tellsModelInputs = false
    /// Quartiles of ratios by group, as a table; empty for none.
    package var quartiles: [UInt8] = []
    /// Changes of facts, as people say them.
    package var changes: [String] = []
    /// The class to reach; 0 for none.
    package var reachClass: UInt32 = 0

    /// Asks for nothing.
    package init() {}
}

/// Questions that were understood.
package struct PlannedQuestions: Sendable {
    let horizons: HorizonAssessor?
    /// Whether what goes into published models is told.
    package let tellsModelInputs: Bool
    private let quartiles: Quartiles?
    private let changes: [FactChange]
    /// The class to reach; 0 for none.
    package let reachClass: UInt32

    init(
        _ questions: AssessmentQuestions,
        _ registry: ModelRegistry,
        permitted: NamePatterns = .all
    ) throws(ServiceError) {
        tellsModelInputs = questions.tellsModelInputs
        reachClass = questions.reachClass
        horizons = try Self.horizons(questions.horizonModels, registry, permitted)
        quartiles = try Self.quartiles(questions.quartiles)
        var changes: [FactChange] = []
        for (place, text) in questions.changes.enumerated() {
            guard let change = FactChange(text) else {
                let shown = text.shownInMessages
                throw .invalid(
                    "header.questions.changes[\(place)]",
                    "BAD_CHANGE",
                    "header.questions.changes[\(place)] is \"\(shown)\"; write a driver or line, "
                        + "and by how much or to what, such as equity=+200k, late=0 or FW=-10%.",
                    metadata: ["value": shown]
                )
            }
            do throws(WhatIfError) { try change.check() } catch {
                throw .invalid(
                    "header.questions.changes[\(place)]",
                    "BAD_CHANGE",
                    "header.questions.changes[\(place)]: \(error.text(inFrench: false)).",
                    metadata: ["value": text.shownInMessages]
                )
            }
            changes.append(change)
        }
        self.changes = changes
    }

    private static func horizons(
        _ names: [String],
        _ registry: ModelRegistry,
        _ permitted: NamePatterns
    ) throws(ServiceError) -> HorizonAssessor? {
        if names.isEmpty { return nil }
        var models: [ScoringModel] = []
        for (place, name) in names.enumerated() {
            let field = "header.questions.horizon_models[\(place)]"
            let model = try registry.model(named: name, field: field)
            try ModelRegistry.check(model, for: permitted)
            guard model.knowsStatements else { throw .withoutStatements(model) }
            models.append(model)
        }
        do throws(ScoringError) {
            return try HorizonAssessor(models)
        } catch {
            throw ServiceError(.internalError, "ASSESSMENT_FAILED", "\(error.message)")
        }
    }

    private static func quartiles(_ table: [UInt8]) throws(ServiceError) -> Quartiles? {
        if table.isEmpty { return nil }
        var findings = Findings(keptPerCodeMax: 1)
        do throws(InputError) {
            let source = ByteSource(name: "quartiles", totalBytes: table.count) {
                _ throws(InputError) in 0
            }.following(table)
            return try Quartiles(InputBuffer(source), paper: 0, findings: &findings)
        } catch {
            throw .invalid(
                "header.questions.quartiles",
                "BAD_QUARTILES",
                "header.questions.quartiles cannot be used: \(error)."
            )
        }
    }

    /// Whether something is asked of each company that is answered beside its assessment.
    package var haveAnswers: Bool { quartiles != nil || !changes.isEmpty || reachClass > 0 }

    /// What is told beside the assessment of a company.
    func answers(
        _ assessor: Assessor,
        _ facts: CompanyFacts,
        _ options: Assessor.Options,
        before: Assessment
    ) throws(ServiceError) -> AssessmentAnswers {
        var answers = AssessmentAnswers()
        if let quartiles {
            let entry = facts.registerEntries.last { $0.activity != nil }
            answers.places = before.places(in: quartiles, entry)
        }
        var withoutReasons = options
        withoutReasons.reasonCount = 0
        let question = WhatIf(assessor, facts, withoutReasons, before: before)
        if !changes.isEmpty {
            answers.whatIf = Result { () throws(WhatIfError) in try question.assess(changes) }
        }
        if reachClass > 0 {
            do throws(WhatIfError) {
                answers.reach = try question.reach(reachClass)
            } catch {
                let words = error.text(inFrench: false)
                throw ServiceError(.internalError, "ASSESSMENT_FAILED", words)
            }
        }
        return answers
    }
}

/// What is told of a company beside its assessment.
package struct AssessmentAnswers: Sendable {
    /// Where its ratios stand among those of others.
    package var places: [QuartilePlace] = []
    /// What would be said if facts were others; nil if that was not asked.
    package var whatIf: Result<WhatIf.Answer, WhatIfError>?
    /// The smallest change of each driver that reaches a class; nil if that was not asked.
    package var reach: [WhatIf.Reach]?
}
