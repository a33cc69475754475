// SPDX-License-Identifier: Apache-2.0

// What a header of assessments asks for, checked and ready for any number of companies.

package import Assessment
internal import CreditFacts
internal import LegalHistory
internal import ProtobufCoding
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
    /// - Parameter tellsFindings: Whether findings tell what they say.
    package init(
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
        messages = AssessmentMessages(omitted: omitted, tellsFindings: tellsFindings)
    }

    /// The answer to a call of one company, in memory of the calling thread.
    package func response(
        to company: Vigie_V1_CompanyFacts,
        _ scratch: AssessmentScratch
    ) throws(ServiceError) -> Vigie_V1_AssessResponse {
        let facts = try reader.facts(company)
        var response = Vigie_V1_AssessResponse()
        var named: (model: Set<UInt32>, card: Set<UInt32>) = ([], [])
        if let assessment = try plan.assess([facts], scratch).first {
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
