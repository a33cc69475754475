// SPDX-License-Identifier: Apache-2.0

// How a call is made: on which connection, how often, and what its caller is
// told when it fails.

internal import GRPCTransport
internal import Logging
internal import NIOCore
internal import VigieLimits

/// Makes calls, and makes them again as the policy allows.
struct CallExecutor: Sendable {
    let pool: ConnectionPool
    let policy: ScoringClientConfiguration.RetryPolicy
    private let throttle: RetryThrottle?
    /// Nil when nobody wants to know of calls.
    private let telemetry: CallTelemetry?

    init(
        pool: ConnectionPool,
        policy: ScoringClientConfiguration.RetryPolicy,
        telemetry: CallTelemetry?
    ) {
        self.pool = pool
        self.policy = policy
        self.telemetry = telemetry
        throttle = policy.throttling.map { RetryThrottle($0) }
    }

    /// gRPC allows no more, so that a client does not drown a server that comes back.
    private static let attemptsMaximum = ClientLimits.attempts
    /// Attempts that never left the client do not count, up to so many.
    private static let freeAttemptsMaximum = ClientLimits.freeAttempts
    /// Nor do those that the server says it has not begun.
    private static let refusedAttemptsMaximum = ClientLimits.refusedAttempts

    /// Makes a call of one message each way.
    func unary(path: String, message: ByteBuffer, _ context: CallContext) async throws -> ByteBuffer
    {
        var context = context
        let observed = telemetry?.begin(path, &context.metadata)
        let deadline = context.deadline
        do {
            let answer = try await run(path, context) { connection, metadata in
                try await connection.unary(
                    path: path,
                    message: message,
                    metadata: metadata,
                    deadline: deadline
                )
            }
            observed?.end(.success(()))
            return answer
        } catch {
            observed?.end(.failure(error))
            throw error
        }
    }

    /// Opens a stream of a call that `run` makes.
    func stream(
        on connection: ClientConnection,
        path: String,
        metadata: [(name: String, value: String)],
        deadline: NIODeadline?,
        answerTimeout: TimeAmount? = nil
    ) -> ClientStream {
        var metadata = metadata
        var onEnd: (@Sendable (Result<Void, any Error>) -> Void)?
        if let observed = telemetry?.begin(path, &metadata) {
            onEnd = { outcome in observed.end(outcome) }
        }
        return connection.stream(
            path: path,
            metadata: metadata,
            deadline: deadline,
            answerTimeout: answerTimeout,
            onEnd: onEnd
        )
    }

    /// Runs an attempt, with a connection and the headers to send, until it succeeds or must not be
    /// repeated.
    ///
    /// - Parameter isSpread: Whether it is one of several calls that are to be on as many
    ///   connections.
    /// - Throws: `VigieError` or `CancellationError`.
    func run<Value: Sendable>(
        _ path: String,
        _ context: CallContext,
        isSpread: Bool = false,
        _ attempt: (ClientConnection, [(name: String, value: String)]) async throws -> Value
    ) async throws -> Value {
        var backoff = firstBackoff
        var failureCount = 0
        var freeCount = 0
        var refusedCount = 0
        var metadata = context.metadata
        while true {
            do {
                let connection = try await pool.connection(
                    deadline: context.deadline,
                    isSpread: isSpread
                )
                if failureCount > 0 {
                    let attempts = (name: "grpc-previous-rpc-attempts", value: "\(failureCount)")
                    metadata = context.metadata + [attempts]
                }
                let value = try await attempt(connection, metadata)
                throttle?.noteSuccess()
                return value
            } catch let error as ClientCallError {
                if error.kind == .notBegun, freeCount < Self.freeAttemptsMaximum {
                    freeCount += 1
                    continue
                }
                if error.kind == .refused, refusedCount < Self.refusedAttemptsMaximum {
                    refusedCount += 1
                    continue
                }
                failureCount += 1
                let failure = VigieError(error)
                guard let asked = delay(after: error, failure, failureCount) else { throw failure }
                let delay = asked ?? backoff.takeDelay()
                // What the server asks for begins the waits anew, as gRPC has it.
                if asked != nil { backoff = firstBackoff }
                // No attempt could be answered in time any more.
                guard delay < context.deadline.remaining else { throw failure }
                noteRetry(path, failure, failureCount, delay)
                try await Task.sleep(for: delay)
            }
        }
    }

    /// Tells that a call is made again: the logger of the task, if it has one, or the client's.
    private func noteRetry(_ path: String, _ error: VigieError, _ count: Int, _ delay: Duration) {
        telemetry?.noteRetry(path)
        let bound = Logger.current
        // Without one there is a default without a label, which is not for us to write to.
        let logger = bound.label.isEmpty ? pool.logger : bound
        logger?.debug(
            "a call is made again",
            metadata: [
                "rpc.method": "\(path.dropFirst())", "attempt": "\(count + 1)", "delay": "\(delay)",
                "code": "\(error.code)", "reason": "\(error.reason ?? "")",
            ]
        )
    }

    private var firstBackoff: Backoff {
        Backoff(
            initial: policy.initialBackoff,
            maximum: policy.maximumBackoff,
            multiplier: policy.backoffMultiplier
        )
    }

    /// Whether to repeat a call, and the wait that the server asks for, if it does.
    private func delay(
        after error: ClientCallError,
        _ failure: VigieError,
        _ failureCount: Int
    ) -> Duration?? {
        let isForbidden = error.retryPushbackMilliseconds.map { $0 < 0 } ?? false
        let isRetryable = error.status.code == .unavailable && error.kind != .tlsFailed
        guard isRetryable || isForbidden else { return nil }
        let isAllowed = throttle?.noteFailure() ?? true
        guard isAllowed, isRetryable, !isForbidden, !error.answerBegan,
            failureCount < min(policy.attemptsMaximum, Self.attemptsMaximum)
        else { return nil }
        return .some(
            error.retryPushbackMilliseconds.map { .milliseconds($0) } ?? failure.retryDelay
        )
    }
}
