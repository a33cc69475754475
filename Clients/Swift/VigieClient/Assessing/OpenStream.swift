// SPDX-License-Identifier: Apache-2.0

// What streams of assessments and of decisions have in common: a header and its context first, then
// messages, each with one answer.

internal import GRPCTransport
internal import NIOCore
internal import ProtobufCoding

/// A stream that is open. Used by one task at a time.
struct OpenStream<Response: ProtobufMessage, Context> {
    /// What the server says once.
    let context: Context
    let stream: ClientStream

    /// Sends the header and waits for the context.
    ///
    /// - Parameters:
    ///   - deadline: By when the whole stream has to be at its end; nil for any time.
    ///   - context: The context of a response; nil for one that is another answer.
    init(
        _ client: ScoringClient,
        _ metadata: CallMetadata,
        path: String,
        header: [UInt8],
        deadline: NIODeadline?,
        context: (Response) -> Context?
    ) async throws {
        var call = try client.context(nil, metadata)
        call.deadline = min(deadline ?? .distantFuture, call.deadline)
        let header = ByteBuffer(bytes: header)
        let idle = TimeAmount(client.configuration.streamIdleTimeout)
        let (stream, greeting) = try await client.executor.run(path, call) { connection, metadata in
            let stream = client.executor.stream(
                on: connection,
                path: path,
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
        guard let context = context(try Self.response(greeting)) else {
            stream.cancel()
            throw VigieError.badResponse("The stream does not begin with a context.")
        }
        self.stream = stream
        self.context = context
    }

    /// The next answer.
    ///
    /// - Parameter what: What is answered, for the error when there is no more.
    func answer(to what: String) async throws -> Response {
        guard let bytes = try await Self.mapped({ try await stream.next() }) else {
            throw VigieError.badResponse("There are fewer answers than \(what).")
        }
        return try Self.response(bytes)
    }

    /// Ends the stream, all of whose answers were taken.
    func end(of what: String) async throws {
        stream.finishSending()
        guard try await Self.mapped({ try await stream.next() }) == nil else {
            throw VigieError.badResponse("There are more answers than \(what).")
        }
    }

    private static func response(_ bytes: ByteBuffer) throws -> Response {
        do {
            return try Response(serializedBytes: Array(bytes.readableBytesView))
        } catch {
            throw VigieError.badResponse("It cannot be read.")
        }
    }

    /// Does something with the stream; its errors are those that applications know.
    static func mapped<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as ClientCallError {
            throw VigieError(error)
        }
    }
}
