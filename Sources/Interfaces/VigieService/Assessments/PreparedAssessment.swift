// SPDX-License-Identifier: Apache-2.0

// What a header of assessments asks for, checked and ready for any number of companies.

internal import Assessment
internal import CreditFacts
internal import LegalHistory
internal import ProtobufCoding
internal import ServiceErrors
internal import VigieApplication
internal import VigieLimits
internal import VigieProtos

/// A header that was accepted.
struct PreparedAssessment: Sendable {
    let plan: AssessmentPlan
    let reader: FactReader
    let messages: AssessmentMessages

    init(
        _ header: Vigie_V1_AssessHeader,
        queries: AssessmentQueries,
        limits: ServiceLimits,
        tellsFindings: Bool
    ) throws(ServiceError) {
        var request = AssessmentRequest()
        request.model = header.model
        request.card = header.card
        request.asOfDate = header.asOfDate
        request.reasonCount = Int(header.reasonCount)
        request.knowledge = header.knowsLaterCorrections ? .ofToday : .ofThatDay
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
        messages = AssessmentMessages(plan, omitted: omitted, tellsFindings: tellsFindings)
    }

    /// The answer to a call of one company.
    func response(
        to company: Vigie_V1_CompanyFacts
    ) throws(ServiceError) -> Vigie_V1_AssessResponse {
        let facts = try reader.facts(company)
        var response = Vigie_V1_AssessResponse()
        var named: (model: Set<UInt32>, card: Set<UInt32>) = ([], [])
        if let assessment = try plan.assess([facts]).first {
            let message = messages.message(assessment)
            let features = Set(message.reasons.features)
            if assessment.basis == .fewRatios {
                named.card = features
            } else {
                named.model = features
            }
            response.assessment = message
        }
        response.context = .init(plan, omitted: messages.omitted, named: named)
        return response
    }
}
