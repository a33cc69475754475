// SPDX-License-Identifier: Apache-2.0

// The answer to a message of companies, written as they are assessed: some at a time, in their
// order, each of them or what is wrong with it.

internal import Assessment
internal import AssessmentMessages
internal import CreditFacts
internal import GRPCTransport
internal import ProtobufCoding
internal import ServiceErrors
internal import VigieApplication
internal import VigieLimits
internal import VigieProtos

/// Assesses the companies of a message.
struct BatchAnswer: BatchAnswering {
    private static let batch: UInt32 = 2 << 3 | 2
    private static let answers: UInt32 = 1 << 3 | 2
    private static let assessment: UInt32 = 1 << 3 | 2
    private static let error: UInt32 = 2 << 3 | 2

    let prepared: PreparedAssessment
    private let work: AssessmentWork
    let companies: [UnsafeRawBufferPointer]
    /// Memory that companies are read in.
    private let memory = FactMemory()
    private var writer = ProtobufWriter()
    private let start: Int
    /// How many have been assessed.
    private(set) var next = 0

    init(
        to companies: [UnsafeRawBufferPointer],
        prepared: PreparedAssessment,
        work: AssessmentWork
    ) {
        (self.companies, self.prepared, self.work) = (companies, prepared, work)
        start = writer.open(Self.batch)
    }

    /// Assesses the next companies.
    mutating func answerSome(atMost countMax: Int) throws(ServiceError) -> [UInt8]? {
        let end = self.end(of: companies, from: next, atMost: countMax)
        try answer(companies[next..<end], work.memory.scratch)
        next = end
        guard next == companies.count else { return nil }
        writer.close(start)
        return writer.contents
    }

    /// Where those end that are assessed together: so many, and of so many bytes as one alone may
    /// have.
    private func end(
        of companies: [UnsafeRawBufferPointer],
        from first: Int,
        atMost countMax: Int
    ) -> Int {
        var end = first
        var left = work.limits.companyBytesMax
        while end < companies.count, end - first < countMax {
            left -= companies[end].count
            if left < 0, end > first { break }
            end += 1
        }
        return end
    }

    private mutating func answer(
        _ companies: ArraySlice<UnsafeRawBufferPointer>,
        _ scratch: AssessmentScratch
    ) throws(ServiceError) {
        var facts: [CompanyFacts] = []
        var errors: [ServiceError?] = []
        facts.reserveCapacity(companies.count)
        errors.reserveCapacity(companies.count)
        for bytes in companies {
            do throws(ServiceError) {
                facts.append(try decoded(bytes))
                errors.append(nil)
            } catch {
                errors.append(error)
            }
        }
        let assessments = try prepared.plan.assess(facts, scratch)
        let haveAnswers = prepared.plan.questions.haveAnswers
        var next = 0
        for error in errors {
            let start = writer.open(Self.answers)
            if let error {
                writer.message(Self.error, Vigie_V1_CompanyError(error))
            } else if next < assessments.count {
                let assessment = writer.open(Self.assessment)
                prepared.messages.write(assessments[next], to: &writer)
                if haveAnswers,
                    let answers = try prepared.plan.answers(of: facts[next], assessments[next])
                {
                    prepared.messages.write(answers, to: &writer)
                }
                writer.close(assessment)
                next += 1
            }
            writer.close(start)
        }
    }

    private func decoded(_ bytes: UnsafeRawBufferPointer) throws(ServiceError) -> CompanyFacts {
        guard bytes.count <= work.limits.companyBytesMax else {
            throw .overLimit(
                "company",
                "companyBytesMax",
                "The facts of the company take \(bytes.count) bytes.",
                value: bytes.count,
                maximum: work.limits.companyBytesMax,
                code: .resourceExhausted
            )
        }
        return try memory.facts(bytes, by: prepared.reader, malformed: ServiceError.malformed)
    }
}

extension Vigie_V1_CompanyError {
    init(_ error: ServiceError) {
        self.init()
        code = UInt32(GRPCStatus.Code(error.code).rawValue)
        reason = error.reason
        message = error.message
        if case .field(let name) = error.detail { field = name }
    }
}
