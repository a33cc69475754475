// SPDX-License-Identifier: Apache-2.0

// An assessment as its message. All that knows both stands here and in AssessmentMessage+Parts.
//
// It is written as bytes straight away, field by field under the numbers of the proto, since a
// message of some twenty lists in between took as long as the assessment. Expected for a company
// with all parts: 30 ratios and 8 models at 15 ns, 150 other fields at 3 ns, about 1 us.

package import Assessment
internal import CreditFacts
internal import LegalHistory
package import ProtobufCoding
internal import Quantities
package import ServiceErrors
internal import StatementAnalysis
package import VigieApplication
package import VigieProtos

/// Makes messages of assessments of one plan.
package struct AssessmentMessages: Sendable {
    /// Parts that nobody wants.
    package let omitted: OmittedParts
    /// Whether findings tell what they say.
    let tellsFindings: Bool
    /// Whether what goes into published models is told.
    let tellsModelInputs: Bool
    /// Whether it is told how figures went over the years.
    let tellsTrends: Bool

    /// Leaves parts out.
    package init(
        omitted: OmittedParts,
        tellsFindings: Bool,
        tellsModelInputs: Bool = false,
        tellsTrends: Bool = false
    ) {
        self.tellsTrends = tellsTrends
        self.omitted = omitted
        self.tellsFindings = tellsFindings
        self.tellsModelInputs = tellsModelInputs
    }

    /// The message of an assessment.
    package func message(
        _ assessment: Assessment,
        _ answers: AssessmentAnswers? = nil
    ) throws(ServiceError) -> Vigie_V1_CompanyAssessment {
        var writer = ProtobufWriter()
        write(assessment, to: &writer)
        if let answers { write(answers, to: &writer) }
        do throws(ProtobufError) {
            return try Vigie_V1_CompanyAssessment(serializedBytes: writer.contents)
        } catch {
            throw ServiceError(.internalError, "ASSESSMENT_UNREADABLE", "\(error)")
        }
    }

    /// Writes the fields of a CompanyAssessment.
    package func write(_ assessment: Assessment, to writer: inout ProtobufWriter) {
        if let siren = assessment.siren { writer.string(10, siren.description) }
        writer.enumeration(16, FactNumbers.number(assessment.outcome, FactNumbers.outcomes))
        if let since = assessment.since {
            writer.tag(24)
            writer.sint32(since.dayNumber)
        }
        legal(34, assessment, &writer)
        writer.enumeration(40, FactNumbers.number(assessment.basis, FactNumbers.bases))
        if let base = assessment.base { figures(50, base, &writer) }
        if let adjusted = assessment.adjusted { figures(58, adjusted, &writer) }
        writer.double(65, assessment.paymentLogOdds)
        writer.double(73, assessment.depthLogOdds)
        writer.enumeration(
            80,
            FactNumbers.number(assessment.confidence, FactNumbers.confidences)
        )
        writer.bool(88, assessment.isClassCapped)
        if !assessment.reasons.isEmpty { reasons(98, assessment.reasons, &writer) }
        if let figures = assessment.figures {
            if !omitted.contains(.ratios) { ratios(106, figures, &writer) }
            if !omitted.contains(.publishedModels) {
                models(114, figures, inputs: tellsModelInputs ? assessment.models : nil, &writer)
            }
        }
        if !omitted.contains(.payments) {
            payments(122, assessment.payments, &writer)
            payments(130, assessment.receivables, &writer)
        }
        if !omitted.contains(.statements) { statements(138, assessment.statements, &writer) }
        if !omitted.contains(.findings) {
            for finding in assessment.findings {
                writer.message(146, Vigie_V1_PaperFinding(finding, tellsText: tellsFindings))
            }
        }
        if !omitted.contains(.payments), let days = assessment.receivableDays {
            writer.message(154, Vigie_V1_ReceivableDays(days))
        }
        if !assessment.horizons.isEmpty {
            writer.message(162, Vigie_V1_HorizonColumns(assessment.horizons))
        }
        if let reason = assessment.notScorableReason {
            writer.enumeration(192, FactNumbers.number(reason, FactNumbers.notScorableReasons))
        }
        if tellsTrends {
            for trend in assessment.trends { writer.message(202, Vigie_V1_FigureTrend(trend)) }
        }
    }
}

extension Vigie_V1_PaperFinding {
    init(_ finding: Finding, tellsText: Bool) {
        self.init()
        code = finding.code.rawValue
        severity = .init(rawValue: FactNumbers.number(finding.severity, FactNumbers.severities))
        paper = UInt32(clamping: finding.source.paper)
        paperLine = UInt32(clamping: finding.source.line)
        field = finding.field
        values = finding.values
        guard tellsText else { return }
        text.en = finding.text(inFrench: false)
        text.fr = finding.text(inFrench: true)
    }
}
