// SPDX-License-Identifier: Apache-2.0

// What a header of assessments asks for, checked and ready for any number of companies.

package import Assessment
package import Callers
package import CreditFacts
internal import LegalHistory
package import ProtobufCoding
package import ServiceErrors
package import VigieApplication
package import VigieLimits
package import VigieProtos

/// A header that was accepted.
package struct PreparedAssessment: Sendable {
    /// How its companies are assessed.
    package let plan: AssessmentPlan
    /// Reads their facts.
    package let reader: FactReader
    /// Writes their assessments.
    package let messages: AssessmentMessages

    /// Checks a header.
    ///
    /// - Parameters:
    ///   - tellsFindings: Whether findings tell what they say.
    ///   - permitted: The models that the caller may use.
    package init(
        _ header: Vigie_V1_AssessHeader,
        queries: AssessmentQueries,
        limits: ServiceLimits,
        tellsFindings: Bool,
        permitted: NamePatterns = .all
    ) throws(ServiceError) {
        var request = AssessmentRequest()
        request.model = header.model
        request.card = header.card
        request.asOfDate = header.asOfDate
        request.reasonCount = Int(header.reasonCount)
        request.knowledge = header.knowsLaterCorrections ? .ofToday : .ofThatDay
        request.permitted = permitted
        request.questions = try Self.questions(header.questions, limits)
        var unknown: Int?
        let omitted = OmittedParts(header.omittedParts, firstUnknown: &unknown)
        if let unknown {
            let number = header.omittedParts[unknown].rawValue
            throw .invalid(
                "header.omitted_parts[\(unknown)]",
                "BAD_VALUE",
                "header.omitted_parts[\(unknown)] is \(number); an assessment has no such part.",
                metadata: ["value": "\(number)"]
            )
        }
        plan = try queries.plan(request)
        reader = try FactReader(lineNames: header.lineNames, limits: limits)
        messages = AssessmentMessages(
            omitted: omitted,
            tellsFindings: tellsFindings,
            tellsModelInputs: plan.questions.tellsModelInputs,
            tellsTrends: header.questions.trends
        )
    }

    private static func questions(
        _ message: Vigie_V1_AssessmentQuestions,
        _ limits: ServiceLimits
    ) throws(ServiceError) -> AssessmentQuestions {
        let counts = [
            (
                "horizon_models", message.horizonModels.count, "horizonModelsMax",
                limits.horizonModelsMax
            ),
            ("changes", message.changes.count, "changesMax", limits.changesMax),
        ]
        for (field, count, limit, maximum) in counts where count > maximum {
            throw .overLimit(
                "header.questions.\(field)",
                limit,
                "header.questions.\(field) has \(count) entries.",
                value: count,
                maximum: maximum,
                code: .resourceExhausted
            )
        }
        var questions = AssessmentQuestions()
        questions.horizonModels = message.horizonModels
        questions.tellsModelInputs = message.modelInputs
        questions.quartiles = message.quartiles
        questions.changes = message.changes
        questions.reachClass = message.reachClass
        return questions
    }

    /// The answer to a call of one company, in memory of the calling thread.
    package func response(
        to company: Vigie_V1_CompanyFacts,
        _ scratch: AssessmentScratch
    ) throws(ServiceError) -> AssessmentResponse {
        try response(to: try reader.facts(company), scratch)
    }

    /// The answer to a call of one company whose facts were read, in memory of the calling thread.
    package func response(
        to facts: CompanyFacts,
        _ scratch: AssessmentScratch
    ) throws(ServiceError) -> AssessmentResponse {
        guard let assessment = try plan.assess([facts], scratch).first else {
            throw ServiceError(.internalError, "ASSESSMENT_FAILED", "There is no answer.")
        }
        let answers = try plan.answers(of: facts, assessment)
        return AssessmentResponse(prepared: self, assessment: assessment, answers: answers)
    }
}

/// What is written as an AssessResponse.
package struct AssessmentResponse: ProtobufWritable {
    private static let context: UInt32 = 1 << 3 | 2
    private static let assessment: UInt32 = 2 << 3 | 2

    let prepared: PreparedAssessment
    let assessment: Assessment
    let answers: AssessmentAnswers?

    /// Writes context and assessment.
    package func write(to writer: inout ProtobufWriter) {
        let features = Set(assessment.reasons.map { UInt32(clamping: $0.featureIndex) })
        let isOfCard = assessment.basis == .fewRatios
        let named: (model: Set<UInt32>, card: Set<UInt32>) =
            isOfCard ? ([], features) : (features, [])
        let (plan, messages) = (prepared.plan, prepared.messages)
        var start = writer.open(Self.context)
        Vigie_V1_AssessmentContext.write(plan, omitted: messages.omitted, named: named, to: &writer)
        writer.close(start)
        start = writer.open(Self.assessment)
        messages.write(assessment, to: &writer)
        if let answers { messages.write(answers, to: &writer) }
        writer.close(start)
    }
}
