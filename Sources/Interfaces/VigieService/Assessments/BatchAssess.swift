// SPDX-License-Identifier: Apache-2.0

// BatchAssess: what is its own among the streams of companies.

internal import Assessment
internal import AssessmentMessages
internal import Callers
internal import ProtobufCoding
internal import ServiceErrors
internal import Telemetry
internal import VigieApplication
internal import VigieLimits
internal import VigieProtos

extension AssessmentWork: BatchMethod {
    /// Of a reason in columns, encoded and before.
    private static let reasonBytes = 96

    var shape: BatchShape {
        BatchShape(
            messageName: Vigie_V1_BatchAssessRequest.protoMessageName,
            limitName: "batchCompaniesMax",
            companiesMax: limits.batchCompaniesMax
        )
    }

    var companiesTogether: Int {
        let least = min(limits.companiesTogetherMin, limits.companiesTogetherMax)
        return companiesTogether(least...limits.companiesTogetherMax)
    }

    func accept(
        _ header: UnsafeRawBufferPointer,
        from caller: Caller?
    ) throws(ServiceError) -> (header: PreparedAssessment, greeting: [UInt8]) {
        let prepared = try PreparedAssessment(
            .init(received: header),
            queries: queries,
            limits: limits,
            tellsFindings: false,
            permitted: caller.permittedModels
        )
        try prepared.checkReach("header.questions.reach_class", "Assess")
        let greeting = Vigie_V1_BatchAssessResponse.with {
            $0.context = .init(prepared.plan, omitted: prepared.messages.omitted)
        }
        return (prepared, greeting.serializedBytes())
    }

    func answerBytes(
        _ companyCount: Int,
        _ prepared: PreparedAssessment
    ) throws(ServiceError) -> Int {
        // Neither number is greater than its limit.
        let reasons = companyCount * prepared.plan.options.reasonCount
        guard reasons <= limits.blockReasonsMax else {
            throw .overLimit(
                "batch.companies",
                "blockReasonsMax",
                "\(companyCount) companies with \(prepared.plan.options.reasonCount) reasons each "
                    + "are too many; send them in several messages.",
                value: reasons,
                maximum: limits.blockReasonsMax,
                code: .resourceExhausted
            )
        }
        let companyBytes = limits.companyAnswerBytes * (prepared.plan.questions.haveAnswers ? 2 : 1)
        return companyCount * companyBytes + reasons * Self.reasonBytes
    }

    func answer(
        to companies: [UnsafeRawBufferPointer],
        _ prepared: PreparedAssessment
    ) -> BatchAnswer {
        BatchAnswer(to: companies, prepared: prepared, work: self)
    }

    func count(_ companyCount: Int) { memory.add(.companiesAssessed, companyCount) }
}

extension PreparedAssessment {
    /// Refuses the search for changes that reach a class, where there are many companies.
    func checkReach(_ field: String, _ method: String) throws(ServiceError) {
        guard plan.questions.reachClass > 0 else { return }
        throw .invalid(
            field,
            "REACH_IN_BATCH",
            "\(field) asks for some hundred assessments of each company; ask \(method) for one "
                + "company at a time."
        )
    }
}
