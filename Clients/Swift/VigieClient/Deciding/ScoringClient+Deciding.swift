// SPDX-License-Identifier: Apache-2.0

// Companies decided on by a policy of a server.

internal import ProtobufCoding
internal import VigieLimits
internal import VigieProtos

extension ScoringClient {
    /// Decides on one company with a call of its own.
    ///
    /// - Parameters:
    ///   - company: What is asked about it, and what is known of it.
    ///   - options: Policy, day, role, explanation, deadline and headers.
    /// - Returns: The decision. Where something is missing, that is its outcome.
    /// - Throws: ``VigieError``, with the fields of the facts that make no sense, or
    ///   `CancellationError` when the task was cancelled.
    public func decide(
        _ company: DecisionCase,
        options: DecisionOptions = .default
    ) async throws -> CreditDecision {
        var encoder = FactEncoder()
        var request = Vigie_V1_DecideRequest()
        if let message = Vigie_V1_DecisionCase(company, &encoder) { request.company = message }
        request.header = .init(
            options,
            lineNames: company.assessed == nil ? nil : encoder.lineNames
        )
        let response: Vigie_V1_DecideResponse = try await call(
            "/vigie.v1.DecisionService/Decide",
            request,
            context(options.timeout, options.metadata)
        )
        guard response.hasDecision else { throw VigieError.badResponse("It has no decision.") }
        return CreditDecision(response.decision, DecisionLabels(response.context))
    }

    /// Decides on companies over one stream. Companies of one group share what bounds the whole
    /// where they are among the same 256.
    ///
    /// - Parameters:
    ///   - companies: What is asked about each, and what is known of it.
    ///   - options: Policy, day, role, explanation, deadline and headers.
    /// - Returns: For each company, in their order, the decision or what is wrong with its facts.
    /// - Throws: ``VigieError`` for what concerns all of them, or `CancellationError` when the task
    ///   was cancelled.
    public func decide(
        _ companies: [DecisionCase],
        options: DecisionOptions = .default
    ) async throws -> [Result<CreditDecision, VigieError>] {
        var answers: [Result<CreditDecision, VigieError>] = []
        answers.reserveCapacity(companies.count)
        let batches = companies.batches(of: ClientLimits.companiesOfMessage)
        for try await some in decide(batches: batches, options: options) { answers += some }
        return answers
    }

    /// Decides on companies as they come, in constant memory: two messages are under way at a time.
    ///
    /// - Parameters:
    ///   - batches: The companies, some hundred at a time, and at most 1,024; those of one group
    ///     together.
    ///   - options: Policy, day, role, explanation, deadline and headers.
    /// - Returns: The answers to each batch, in their order.
    public func decide<Batches: AsyncSequence & Sendable>(
        batches: Batches,
        options: DecisionOptions = .default
    ) -> DecidedBatches<Batches> where Batches.Element == [DecisionCase] {
        DecidedBatches(client: self, batches: batches, options: options)
    }
}

/// The answers to batches of companies, in the order of the batches.
///
/// Made by ``ScoringClient/decide(batches:options:)``. Leaving the loop early, or cancelling its
/// task, stops the work on the server. Each iteration is a stream of its own.
public struct DecidedBatches<Batches: AsyncSequence & Sendable>: AsyncSequence, Sendable
where Batches.Element == [DecisionCase] {
    /// For each company of a batch the decision, or what is wrong with its facts.
    public typealias Element = [Result<CreditDecision, VigieError>]

    let client: ScoringClient
    let batches: Batches
    let options: DecisionOptions

    /// Prepares a stream; it begins when the first answer is asked for.
    ///
    /// - Returns: An iterator over the answers.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(
            iteration: CompanyIteration(
                batches: batches.makeAsyncIterator(),
                stream: CompanyStream(
                    client,
                    DecidingCalls(options: options),
                    timeout: options.timeout
                )
            )
        )
    }

    /// Iterates over the answers of a stream.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var iteration: CompanyIteration<Batches.AsyncIterator, DecidingCalls>

        /// Waits for the answers to the next batch.
        ///
        /// - Returns: The answers, or `nil` after the last batch.
        /// - Throws: ``VigieError``, `CancellationError`, or what the sequence of batches threw.
        public mutating func next() async throws -> Element? { try await iteration.next() }
    }
}

/// Messages of BatchDecide.
struct DecidingCalls: CompanyCalls {
    let options: DecisionOptions
    private var encoder = FactEncoder()
    /// Whether the header says how facts out of papers are assessed.
    private var assesses = false

    init(options: DecisionOptions) { self.options = options }

    var path: String { "/vigie.v1.DecisionService/BatchDecide" }

    var metadata: CallMetadata { options.metadata }

    mutating func header(for batch: [DecisionCase]) -> [UInt8] {
        encoder.isFixed = false
        for facts in batch.compactMap(\.assessed) {
            encoder.learn(facts)
            assesses = true
        }
        encoder.isFixed = true
        var request = Vigie_V1_BatchDecideRequest()
        request.header = .init(options, lineNames: assesses ? encoder.lineNames : nil)
        return request.serializedBytes()
    }

    mutating func message(_ batch: [DecisionCase]) -> [UInt8]? {
        var companies = Vigie_V1_DecisionBatch()
        for company in batch {
            guard assesses || company.assessed == nil,
                let message = Vigie_V1_DecisionCase(company, &encoder)
            else { return nil }
            companies.companies.append(message)
        }
        return Vigie_V1_BatchDecideRequest.with { $0.batch = companies }.serializedBytes()
    }

    func context(_ response: Vigie_V1_BatchDecideResponse) -> DecisionLabels? {
        guard case .context(let context)? = response.message else { return nil }
        return DecisionLabels(context)
    }

    func answers(
        _ response: Vigie_V1_BatchDecideResponse,
        _ labels: DecisionLabels
    ) throws -> [Result<CreditDecision, VigieError>] {
        try response.batch.answers.map { answer in
            switch answer.answer {
            case .decision(let message)?: .success(CreditDecision(message, labels))
            case .error(let error)?: .failure(VigieError(error))
            case nil: throw VigieError.badResponse("A company got no answer.")
            }
        }
    }
}
