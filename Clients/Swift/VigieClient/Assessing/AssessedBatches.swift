// SPDX-License-Identifier: Apache-2.0

// The answers to batches of companies, as an application reads them.

internal import GRPCTransport
internal import NIOCore
internal import ProtobufCoding
internal import VigieLimits
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
            batches: batches.makeAsyncIterator(),
            stream: AssessingStream(client, options)
        )
    }

    /// Iterates over the answers of a stream.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private var batches: Batches.AsyncIterator
        private let stream: AssessingStream
        /// Taken from the sequence, and not sent yet.
        private var held: [CompanyFacts]?
        private var hasEnded = false

        init(batches: Batches.AsyncIterator, stream: AssessingStream) {
            (self.batches, self.stream) = (batches, stream)
        }

        /// Waits for the answers to the next batch.
        ///
        /// - Returns: The answers, or `nil` after the last batch.
        /// - Throws: ``VigieError``, `CancellationError`, or what the sequence of batches threw.
        public mutating func next() async throws -> Element? {
            while !stream.isFull, !hasEnded {
                if held == nil { held = try await batches.next() }
                guard let batch = held else {
                    hasEnded = true
                    break
                }
                // What has names of lines that the header has not waits for a stream of its own.
                guard try await stream.send(batch) else { break }
                held = nil
            }
            if stream.isIdle {
                try await stream.end()
                guard held != nil else { return nil }
                return try await next()
            }
            return try await stream.answer()
        }
    }
}

/// A stream of companies. Used by one task at a time.
final class AssessingStream {
    private let client: ScoringClient
    private let options: AssessmentOptions
    private let deadline: NIODeadline?
    private var encoder = FactEncoder()
    private var open: (stream: ClientStream, labels: AssessmentLabels)?
    /// Companies of each message that waits for its answer.
    private var sent: [Int] = []

    init(_ client: ScoringClient, _ options: AssessmentOptions) {
        (self.client, self.options) = (client, options)
        deadline = options.timeout.map { .after($0) }
    }

    deinit { open?.stream.cancel() }

    /// Whether no more is to be sent before an answer is taken.
    var isFull: Bool { sent.count >= ClientLimits.assessedMessages }

    /// Whether no answer is waited for.
    var isIdle: Bool { sent.isEmpty }

    /// Sends a batch; false for one that needs another stream.
    func send(_ batch: [CompanyFacts]) async throws -> Bool {
        if open == nil {
            for facts in batch { encoder.learn(facts) }
            open = try await opened()
            encoder.isFixed = true
        }
        guard let stream = open?.stream else { return false }
        var message = Vigie_V1_BatchAssessRequest()
        var companies = Vigie_V1_CompanyBatch()
        for facts in batch {
            guard let company = encoder.message(facts) else { return false }
            companies.companies.append(company)
        }
        message.batch = companies
        let bytes = ByteBuffer(bytes: message.serializedBytes())
        try await mapped { try await stream.send(bytes) }
        sent.append(batch.count)
        return true
    }

    /// The answers to the message that was sent first.
    func answer() async throws -> [Result<CompanyAssessment, VigieError>] {
        guard let (stream, labels) = open, !sent.isEmpty else { return [] }
        let count = sent.removeFirst()
        guard let bytes = try await mapped({ try await stream.next() }) else {
            throw VigieError.badResponse("There are fewer answers than messages.")
        }
        let answers = try response(bytes).batch.answers
        guard answers.count == count else {
            throw VigieError.badResponse("\(count) companies got \(answers.count) answers.")
        }
        return try answers.map { answer in
            switch answer.answer {
            case .assessment(let message)?: .success(CompanyAssessment(message, labels))
            case .error(let error)?: .failure(VigieError(error))
            case nil: throw VigieError.badResponse("A company got no answer.")
            }
        }
    }

    /// Ends the stream; the next batch opens another, with all names of lines that are known.
    func end() async throws {
        guard let stream = open?.stream else { return }
        stream.finishSending()
        guard try await mapped({ try await stream.next() }) == nil else {
            throw VigieError.badResponse("There are more answers than messages.")
        }
        open = nil
        encoder.isFixed = false
    }

    private func opened() async throws -> (stream: ClientStream, labels: AssessmentLabels) {
        var context = try client.context(nil, options.metadata)
        context.deadline = min(deadline ?? .distantFuture, context.deadline)
        var request = Vigie_V1_BatchAssessRequest()
        request.header = .init(options, lineNames: encoder.lineNames)
        let header = ByteBuffer(bytes: request.serializedBytes())
        let deadline = deadline
        let idle = TimeAmount(client.configuration.streamIdleTimeout)
        let (stream, greeting) = try await client.executor.run(context) { connection, metadata in
            let stream = connection.stream(
                path: "/vigie.v1.AssessmentService/BatchAssess",
                metadata: metadata,
                deadline: deadline,
                answerTimeout: idle
            )
            do {
                try await stream.send(header)
                return (stream, try await stream.next())
            } catch {
                stream.cancel()
                throw error
            }
        }
        guard let greeting else { throw VigieError.badResponse("The stream ended at once.") }
        let response = try response(greeting)
        guard case .context(let context)? = response.message else {
            stream.cancel()
            throw VigieError.badResponse("The stream does not begin with a context.")
        }
        return (stream, AssessmentLabels(context))
    }

    private func response(_ bytes: ByteBuffer) throws -> Vigie_V1_BatchAssessResponse {
        do {
            return try .init(serializedBytes: Array(bytes.readableBytesView))
        } catch {
            throw VigieError.badResponse("It cannot be read.")
        }
    }

    private func mapped<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as ClientCallError {
            throw VigieError(error)
        }
    }
}
