// SPDX-License-Identifier: Apache-2.0

// Batches of companies over one stream, whatever is asked about them, with two messages under way.

internal import GRPCTransport
internal import NIOCore
internal import ProtobufCoding
internal import VigieLimits

/// How the messages of a method are made and read.
protocol CompanyCalls: Sendable {
    /// What is known of a company.
    associatedtype Company: Sendable
    /// What is answered of one.
    associatedtype Answer: Sendable
    /// The message of answers.
    associatedtype Response: ProtobufMessage
    /// What is said once.
    associatedtype Context

    var path: String { get }
    var metadata: CallMetadata { get }

    /// The first message of a stream that begins with a batch.
    mutating func header(for batch: [Company]) -> [UInt8]
    /// The message of a batch; nil for one that needs another header.
    mutating func message(_ batch: [Company]) -> [UInt8]?
    /// What is said once; nil for a response that is another answer.
    func context(_ response: Response) -> Context?
    /// The answers of a response.
    func answers(_ response: Response, _ context: Context) throws -> [Result<Answer, VigieError>]
}

/// A stream of companies. Used by one task at a time.
final class CompanyStream<Calls: CompanyCalls> {
    private typealias Open = OpenStream<Calls.Response, Calls.Context>

    private let client: ScoringClient
    private let deadline: NIODeadline?
    private var calls: Calls
    private var open: Open?
    /// Companies of each message that waits for its answer.
    private var sent: [Int] = []

    init(_ client: ScoringClient, _ calls: Calls, timeout: Duration?) {
        (self.client, self.calls) = (client, calls)
        deadline = timeout.map { .after($0) }
    }

    deinit { open?.stream.cancel() }

    /// Whether no more is to be sent before an answer is taken.
    var isFull: Bool { sent.count >= ClientLimits.assessedMessages }

    /// Whether no answer is waited for.
    var isIdle: Bool { sent.isEmpty }

    /// Sends a batch; false for one that needs another stream.
    func send(_ batch: [Calls.Company]) async throws -> Bool {
        if open == nil { open = try await opened(for: batch) }
        guard let stream = open?.stream, let message = calls.message(batch) else { return false }
        let bytes = ByteBuffer(bytes: message)
        try await Open.mapped { try await stream.send(bytes) }
        sent.append(batch.count)
        return true
    }

    /// The answers to the message that was sent first.
    func answer() async throws -> [Result<Calls.Answer, VigieError>] {
        guard let open, !sent.isEmpty else { return [] }
        let count = sent.removeFirst()
        let answers = try calls.answers(try await open.answer(to: "messages"), open.context)
        guard answers.count == count else {
            throw VigieError.badResponse("\(count) companies got \(answers.count) answers.")
        }
        return answers
    }

    /// Ends the stream; the next batch opens another, with all names of lines that are known.
    func end() async throws {
        guard let open else { return }
        try await open.end(of: "messages")
        self.open = nil
    }

    private func opened(for batch: [Calls.Company]) async throws -> Open {
        try await Open(
            client,
            calls.metadata,
            path: calls.path,
            header: calls.header(for: batch),
            deadline: deadline,
            context: calls.context
        )
    }
}

/// Sends batches as they come, and takes their answers.
struct CompanyIteration<Batches: AsyncIteratorProtocol, Calls: CompanyCalls>
where Batches.Element == [Calls.Company] {
    private var batches: Batches
    private let stream: CompanyStream<Calls>
    /// Taken from the sequence, and not sent yet.
    private var held: [Calls.Company]?
    private var hasEnded = false

    init(batches: Batches, stream: CompanyStream<Calls>) {
        (self.batches, self.stream) = (batches, stream)
    }

    /// The answers to the next batch; nil after the last.
    mutating func next() async throws -> [Result<Calls.Answer, VigieError>]? {
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

extension Array where Element: Sendable {
    /// The elements, so many at a time.
    func batches(of count: Int) -> AsyncStream<[Element]> {
        AsyncStream { continuation in
            var next = 0
            while next < self.count {
                let end = Swift.min(next + count, self.count)
                continuation.yield(Array(self[next..<end]))
                next = end
            }
            continuation.finish()
        }
    }
}
