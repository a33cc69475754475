// SPDX-License-Identifier: Apache-2.0

// Calls that send a stream of messages and get one answer, or send one and get a stream.

internal import GRPCTransport
internal import NIOCore
internal import ProtobufCoding

extension ScoringClient {
    /// Sends a header and what comes behind it, and waits for the answer.
    ///
    /// - Parameters:
    ///   - isRepeatable: Whether the body can be run again, by an attempt that is repeated.
    ///   - body: Sends all messages behind the header, each by what it is given.
    func streamed<Request: ProtobufMessage, Response: ProtobufMessage>(
        _ path: String,
        _ context: CallContext,
        _ header: Request,
        isRepeatable: Bool = true,
        _ body: (_ send: (Request) async throws -> Void) async throws -> Void
    ) async throws -> Response {
        let answer = try await executor.run(path, context) { connection, metadata in
            let stream = executor.stream(
                on: connection,
                path: path,
                metadata: metadata,
                deadline: context.deadline
            )
            var hasBegun = false
            do {
                try await stream.send(ByteBuffer(bytes: header.serializedBytes()))
                hasBegun = true
                try await body { request in
                    try await stream.send(ByteBuffer(bytes: request.serializedBytes()))
                }
                stream.finishSending()
                return try await stream.next()
            } catch {
                stream.cancel()
                if hasBegun, !isRepeatable, let error = error as? ClientCallError {
                    throw VigieError(error)
                }
                throw error
            }
        }
        guard let answer,
            let response = try? Response(serializedBytes: Array(answer.readableBytesView))
        else { throw VigieError.badResponse("It cannot be read.") }
        return response
    }

    /// Sends one message, and gives the stream of its answers to who takes them.
    ///
    /// - Parameters:
    ///   - deadline: When all of it has to be over; nil for never.
    ///   - answerTimeout: The longest wait for the next answer; nil for any.
    ///   - body: Takes answers. What it throws ends the stream.
    func answers<Request: ProtobufMessage, Value: Sendable>(
        to request: Request,
        _ path: String,
        _ context: CallContext,
        deadline: NIODeadline?,
        answerTimeout: TimeAmount? = nil,
        _ body: (ClientStream) async throws -> Value
    ) async throws -> Value {
        let message = ByteBuffer(bytes: request.serializedBytes())
        return try await executor.run(path, context) { connection, metadata in
            let stream = executor.stream(
                on: connection,
                path: path,
                metadata: metadata,
                deadline: deadline,
                answerTimeout: answerTimeout
            )
            do {
                try await stream.send(message)
                stream.finishSending()
                return try await body(stream)
            } catch {
                stream.cancel()
                throw error
            }
        }
    }
}

extension Array where Element == UInt8 {
    /// Gives the bytes in parts of at most so many, at least one, each with where it begins.
    func parts(
        of count: Int,
        _ body: (_ start: Int, _ part: [UInt8]) async throws -> Void
    ) async throws {
        var start = 0
        repeat {
            let end = Swift.min(start + count, self.count)
            try await body(start, Array(self[start..<end]))
            start = end
        } while start < self.count
    }
}
