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
    private typealias Open = OpenAssessments<Vigie_V1_BatchAssessResponse>

    private let client: ScoringClient
    private let options: AssessmentOptions
    private let deadline: NIODeadline?
    private var encoder = FactEncoder()
    private var open: Open?
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
        try await Open.mapped { try await stream.send(bytes) }
        sent.append(batch.count)
        return true
    }

    /// The answers to the message that was sent first.
    func answer() async throws -> [Result<CompanyAssessment, VigieError>] {
        guard let open, !sent.isEmpty else { return [] }
        let count = sent.removeFirst()
        let answers = try await open.answer(to: "messages").batch.answers
        guard answers.count == count else {
            throw VigieError.badResponse("\(count) companies got \(answers.count) answers.")
        }
        return try answers.map { answer in
            switch answer.answer {
            case .assessment(let message)?: .success(CompanyAssessment(message, open.labels))
            case .error(let error)?: .failure(VigieError(error))
            case nil: throw VigieError.badResponse("A company got no answer.")
            }
        }
    }

    /// Ends the stream; the next batch opens another, with all names of lines that are known.
    func end() async throws {
        guard let open else { return }
        try await open.end(of: "messages")
        self.open = nil
        encoder.isFixed = false
    }

    private func opened() async throws -> Open {
        var request = Vigie_V1_BatchAssessRequest()
        request.header = .init(options, lineNames: encoder.lineNames)
        return try await Open(
            client,
            options,
            path: "/vigie.v1.AssessmentService/BatchAssess",
            header: request.serializedBytes(),
            deadline: deadline
        ) { response in
            guard case .context(let context)? = response.message else { return nil }
            return context
        }
    }
}
