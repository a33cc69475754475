// SPDX-License-Identifier: Apache-2.0

// The client: what an application holds, and its life from run to close.

public import Logging

/// A client of a Vigie server.
///
/// Make one for the life of an application and share it between tasks: it holds few connections
/// and sends all calls over them. It works while ``run()`` is running. For a script, use
/// ``withScoringClient(_:logger:isolation:_:)``.
///
/// All methods throw ``VigieError``, or `CancellationError` when their task was cancelled.
/// Cancelling a task stops the work on the server too.
public final class ScoringClient: CompanyScoring, Sendable {
    /// What the client was made with.
    public let configuration: ScoringClientConfiguration

    let pool: ConnectionPool
    let executor: CallExecutor
    let features = FeatureCache()
    let quantisers = QuantiserCache()
    private let closing = AsyncStream.makeStream(of: Never.self)

    /// Makes a client. It connects when ``run()`` is called; calls made before wait for that.
    ///
    /// - Parameters:
    ///   - configuration: How to reach the server.
    ///   - logger: Where connections made and lost and calls made again are told; `nil` for
    ///     nowhere.
    /// - Throws: ``VigieError`` when the configuration cannot be used, such as a certificate file
    ///   that cannot be read.
    public init(_ configuration: ScoringClientConfiguration, logger: Logger? = nil) throws {
        self.configuration = configuration
        pool = try ConnectionPool(configuration, logger: logger)
        executor = CallExecutor(
            pool: pool,
            policy: configuration.retry,
            telemetry: CallTelemetry(configuration.servers)
        )
    }

    /// Connects, and keeps the client working until the task is cancelled or ``close()`` is called.
    /// Calls under way may finish, unless the task is cancelled.
    ///
    /// - Throws: ``VigieError`` when the client is running already.
    public func run() async throws {
        guard pool.start() else {
            throw VigieError(
                code: .failedPrecondition,
                message: "The client is running already."
            )
        }
        await withTaskCancellationHandler {
            for await _ in closing.stream {}
        } onCancel: {
            self.close()
        }
        await withTaskCancellationHandler {
            await pool.waitUntilClosed()
        } onCancel: {
            pool.closeNow()
        }
    }

    /// Stops the client: calls under way may finish, later ones fail.
    public func close() {
        closing.continuation.finish()
        pool.close()
    }
}

/// Gives a connected client to `body` and closes it afterwards.
///
/// ```swift
/// let models = try await withScoringClient(ScoringClientConfiguration(host: "localhost")) {
///     client in
///     try await client.listModels()
/// }
/// ```
///
/// - Parameters:
///   - configuration: How to reach the server.
///   - logger: Where connections made and lost are told; `nil` for nowhere.
///   - isolation: The actor that `body` runs on: that of the caller.
///   - body: The work to do with the client.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws, or ``VigieError`` when the configuration cannot be used.
public func withScoringClient<Value>(
    _ configuration: ScoringClientConfiguration,
    logger: Logger? = nil,
    isolation: isolated (any Actor)? = #isolation,
    _ body: (ScoringClient) async throws -> Value
) async throws -> Value {
    let client = try ScoringClient(configuration, logger: logger)
    let running = Task { try await client.run() }
    let result: Result<Value, any Error>
    do {
        result = .success(try await body(client))
    } catch {
        result = .failure(error)
    }
    // Nobody is left who could wait for a call, so none is let finish.
    running.cancel()
    try? await running.value
    return try result.get()
}
