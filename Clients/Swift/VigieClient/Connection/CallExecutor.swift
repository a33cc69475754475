// SPDX-License-Identifier: Apache-2.0

// How a call is made: on which connection, how often, and what its caller is
// told when it fails.

internal import GRPCTransport
internal import NIOCore
internal import VigieLimits

/// Makes calls, and makes them again as the policy allows.
struct CallExecutor: Sendable {
    let pool: ConnectionPool
    let policy: ScoringClientConfiguration.RetryPolicy

    /// gRPC allows no more, so that a client does not drown a server that comes back.
    private static let attemptsMaximum = ClientLimits.attempts
    /// Attempts that the server has certainly not begun do not count, up to so many.
    private static let freeAttemptsMaximum = ClientLimits.freeAttempts

    /// Makes a call of one message each way.
    func unary(path: String, message: ByteBuffer, _ context: CallContext) async throws -> ByteBuffer
    {
        try await run(context) { connection, metadata in
            try await connection.unary(
                path: path,
                message: message,
                metadata: metadata,
                deadline: context.deadline
            )
        }
    }

    /// Runs an attempt, with a connection and the headers to send, until it succeeds or must not be
    /// repeated.
    ///
    /// - Throws: `VigieError` or `CancellationError`.
    func run<Value: Sendable>(
        _ context: CallContext,
        _ attempt: (ClientConnection, [(name: String, value: String)]) async throws -> Value
    ) async throws -> Value {
        var backoff = Backoff(
            initial: policy.initialBackoff,
            maximum: policy.maximumBackoff,
            multiplier: policy.backoffMultiplier
        )
        var failureCount = 0
        var freeCount = 0
        var metadata = context.metadata
        while true {
            do {
                let connection = try await pool.connection(deadline: context.deadline)
                if failureCount > 0 {
                    let attempts = (name: "grpc-previous-rpc-attempts", value: "\(failureCount)")
                    metadata = context.metadata + [attempts]
                }
                return try await attempt(connection, metadata)
            } catch let error as ClientCallError {
                if error.kind == .notBegun, freeCount < Self.freeAttemptsMaximum {
                    freeCount += 1
                    continue
                }
                failureCount += 1
                let failure = VigieError(error)
                guard let asked = delay(after: error, failure, failureCount) else { throw failure }
                let delay = asked ?? backoff.takeDelay()
                // No attempt could be answered in time any more.
                guard delay < context.deadline.remaining else { throw failure }
                try await Task.sleep(for: delay)
            }
        }
    }

    /// Whether to repeat a call, and the wait that the server asks for, if it does.
    private func delay(
        after error: ClientCallError,
        _ failure: VigieError,
        _ failureCount: Int
    ) -> Duration?? {
        guard error.status.code == .unavailable, error.kind != .tlsFailed, !error.answerBegan,
            failureCount < min(policy.attemptsMaximum, Self.attemptsMaximum)
        else { return nil }
        if let milliseconds = error.retryPushbackMilliseconds {
            return milliseconds < 0 ? nil : .some(.milliseconds(milliseconds))
        }
        return .some(failure.retryDelay)
    }
}
