// SPDX-License-Identifier: Apache-2.0

// How companies are assessed by the models of a server: which model, which card, for which day.

package import Assessment
package import Callers
package import CreditFacts
package import LegalHistory
package import Quantities
package import Scoring
package import ServiceErrors
internal import StatementAnalysis

/// What a caller asks for.
package struct AssessmentRequest: Sendable {
    /// The model, as `ModelRegistry` finds it.
    package var model = ""
    /// The card; empty leaves it to the server, the model itself stands for none.
    package var card = ""
    /// The day, as YYYY-MM-DD; empty means today.
    package var asOfDate = ""
    /// Reasons of each company.
    package var reasonCount = 0
    /// What a question about the past may know.
    package var knowledge = LegalKnowledge.ofThatDay
    /// What is asked beside assessments.
    package var questions = AssessmentQuestions()
    /// The models that the caller may use. The card that the server chooses for one comes with it.
    package var permitted = NamePatterns.all

    /// Asks for the server's choices.
    package init() {}
}

/// How companies of a call are assessed.
package struct AssessmentPlan: Sendable {
    /// The model for statements.
    package let model: ScoringModel
    /// The one for statements of which many items are missing.
    package let card: ScoringModel?
    /// What is asked for.
    package let options: Assessor.Options
    /// What is asked beside.
    package let questions: PlannedQuestions
    private let assessor: Assessor

    init(
        model: ScoringModel,
        card: ScoringModel?,
        assessor: Assessor,
        options: Assessor.Options,
        questions: PlannedQuestions
    ) {
        (self.model, self.card, self.options) = (model, card, options)
        (self.assessor, self.questions) = (assessor, questions)
    }

    /// Assesses companies, in memory of the calling thread; the answers stand in their order.
    package func assess(
        _ companies: [CompanyFacts],
        _ scratch: AssessmentScratch
    ) throws(ServiceError) -> [Assessment] {
        do throws(ScoringError) {
            guard let horizons = questions.horizons else {
                return try assessor.assess(companies, options, scratch)
            }
            var assessments = try assessor.assess(companies, options, scratch)
            try horizons.add(to: &assessments, of: companies, options)
            return assessments
        } catch {
            // The columns are the model's own.
            throw ServiceError(.internalError, "ASSESSMENT_FAILED", "\(error.message)")
        }
    }
}

extension AssessmentPlan {
    /// What is told beside the assessment of a company; nil where nothing was asked.
    package func answers(
        of facts: CompanyFacts,
        _ assessment: Assessment
    ) throws(ServiceError) -> AssessmentAnswers? {
        guard questions.haveAnswers else { return nil }
        return try questions.answers(assessor, facts, options, before: assessment)
    }
}

/// Plans assessments by the models of a server.
package struct AssessmentQueries: Sendable {
    /// A model with the card that the server chooses for it.
    private struct Choice: Sendable {
        let card: ScoringModel?
        let assessor: Assessor
    }

    private let registry: ModelRegistry
    private let clock: WallClock
    private let choices: [String: Choice]

    /// Makes the plans of all models that know statements, so that a call only finds them.
    package init(registry: ModelRegistry, clock: @escaping WallClock = SystemClock.now) {
        self.registry = registry
        self.clock = clock
        let usable = registry.models.filter(\.knowsStatements)
        var choices: [String: Choice] = [:]
        for model in usable {
            let card = usable.first { $0.isCard(of: model) }
            guard let assessor = try? Assessor(model: model, card: card) else { continue }
            choices[model.identifier] = Choice(card: card, assessor: assessor)
        }
        self.choices = choices
    }

    /// Plans assessments.
    ///
    /// - Throws: NOT_FOUND, INVALID_ARGUMENT, PERMISSION_DENIED, or FAILED_PRECONDITION for a model
    ///   that knows no statements.
    package func plan(_ request: AssessmentRequest) throws(ServiceError) -> AssessmentPlan {
        let model = try registry.model(named: request.model, field: "header.model")
        try ModelRegistry.check(model, for: request.permitted)
        guard let choice = choices[model.identifier] else { throw .withoutStatements(model) }
        let today = CalendarDate(secondsSince1970: clock())
        let day = try AsOfDate(request.asOfDate, field: "header.as_of_date", today: today)
        var options = Assessor.Options(asOf: day.date)
        options.reasonCount = try model.reasonCount(asked: request.reasonCount)
        options.knowledge = request.knowledge
        let questions = try PlannedQuestions(
            request.questions,
            registry,
            permitted: request.permitted
        )
        guard !request.card.isEmpty else {
            return AssessmentPlan(
                model: model,
                card: choice.card,
                assessor: choice.assessor,
                options: options,
                questions: questions
            )
        }
        let named = try registry.model(named: request.card, field: "header.card")
        try ModelRegistry.check(named, for: request.permitted)
        let card = named === model ? nil : named
        guard card.map({ choices[$0.identifier] != nil }) ?? true,
            let assessor = try? Assessor(model: model, card: card)
        else { throw .withoutStatements(named) }
        return AssessmentPlan(
            model: model,
            card: card,
            assessor: assessor,
            options: options,
            questions: questions
        )
    }

    /// The day that is meant where a caller names none, or a date that is none.
    package func day(_ text: String, field: String) throws(ServiceError) -> CalendarDate {
        let today = CalendarDate(secondsSince1970: clock())
        return try AsOfDate(text, field: field, today: today).date
    }
}

extension ScoringModel {
    /// Whether any of its inputs stands in a statement.
    var knowsStatements: Bool {
        let names = Set(StatementFormulas.completeInputs.formulas.map(\.name))
        return inputColumns.contains { names.contains($0.name) }
    }

    /// Whether it can stand in for a model where many items are missing.
    fileprivate func isCard(of model: ScoringModel) -> Bool {
        self !== model && manifest.modelFormat == .scorecard
            && manifest.eventIdentifier == model.manifest.eventIdentifier
            && manifest.horizonMonths == model.manifest.horizonMonths
    }
}

extension ServiceError {
    /// The refusal of a model that knows no statements.
    static func withoutStatements(_ model: ScoringModel) -> ServiceError {
        ServiceError(
            .failedPrecondition,
            "MODEL_WITHOUT_STATEMENTS",
            "None of the inputs of the model \"\(model.identifier)\" stands in a statement, so it "
                + "assesses no company; name another model, or score rows with it.",
            metadata: ["model": model.identifier]
        )
    }
}
