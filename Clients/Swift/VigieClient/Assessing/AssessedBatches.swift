// SPDX-License-Identifier: Apache-2.0

// The answers to batches of companies, as an application reads them.

internal import ProtobufCoding
internal import VigieProtos

/// The answers to batches of companies, in the order of the batches.
///
/// Made by ``ScoringClient/assess(batches:options:)``. Leaving the loop early, or cancelling its
/// task, stops the work on the server. Each iteration is a stream of its own.
public struct AssessedBatches<Batches: AsyncSequence & Sendable>: AsyncSequence, Sendable
where Batches.Element == [CompanyFacts] {
    /// For each company of a batch its assessment, or what is wrong with its facts.
    public typealias Element = [Result<CompanyAssessment, VigieError>]

    let client: ScoringClient
    let batches: Batches
    let options: AssessmentOptions

    /// Prepares a stream; it begins when the first answer is asked for.
    ///
    /// - Returns: An iterator over the answers.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(
            iteration: CompanyIteration(
                batches: batches.makeAsyncIterator(),
                stream: CompanyStream(
                    client,
                    AssessingCalls(options: options),
                    timeout: options.timeout
                )
            )
        )
    }

    /// Iterates over the answers of a stream.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var iteration: CompanyIteration<Batches.AsyncIterator, AssessingCalls>

        /// Waits for the answers to the next batch.
        ///
        /// - Returns: The answers, or `nil` after the last batch.
        /// - Throws: ``VigieError``, `CancellationError`, or what the sequence of batches threw.
        public mutating func next() async throws -> Element? { try await iteration.next() }
    }
}

/// Messages of BatchAssess.
struct AssessingCalls: CompanyCalls {
    let options: AssessmentOptions
    private var encoder = FactEncoder()

    init(options: AssessmentOptions) { self.options = options }

    var path: String { "/vigie.v1.AssessmentService/BatchAssess" }

    var metadata: CallMetadata { options.metadata }

    mutating func header(for batch: [CompanyFacts]) -> [UInt8] {
        encoder.isFixed = false
        for facts in batch { encoder.learn(facts) }
        encoder.isFixed = true
        var request = Vigie_V1_BatchAssessRequest()
        request.header = .init(options, lineNames: encoder.lineNames)
        return request.serializedBytes()
    }

    mutating func message(_ batch: [CompanyFacts]) -> [UInt8]? {
        var companies = Vigie_V1_CompanyBatch()
        for facts in batch {
            guard let company = encoder.message(facts) else { return nil }
            companies.companies.append(company)
        }
        return Vigie_V1_BatchAssessRequest.with { $0.batch = companies }.serializedBytes()
    }

    func context(_ response: Vigie_V1_BatchAssessResponse) -> AssessmentLabels? {
        guard case .context(let context)? = response.message else { return nil }
        return AssessmentLabels(context)
    }

    func answers(
        _ response: Vigie_V1_BatchAssessResponse,
        _ labels: AssessmentLabels
    ) throws -> [Result<CompanyAssessment, VigieError>] {
        try response.batch.answers.map { answer in
            switch answer.answer {
            case .assessment(let message)?: .success(CompanyAssessment(message, labels))
            case .error(let error)?: .failure(VigieError(error))
            case nil: throw VigieError.badResponse("A company got no answer.")
            }
        }
    }
}
