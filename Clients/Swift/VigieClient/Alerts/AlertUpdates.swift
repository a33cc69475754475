// SPDX-License-Identifier: Apache-2.0

// What happens with the alerts of a portfolio, as it happens.

internal import GRPCTransport
internal import NIOCore
internal import ProtobufCoding
internal import VigieProtos

/// Where somebody begins to watch.
public enum AlertWatchStart: Sendable, Hashable {
    /// With what happens from now on.
    case now
    /// With the oldest event that the server has.
    case beginning
    /// Behind the cursor of an update that he had before.
    case cursor(String)
}

/// What happens with the alerts of a portfolio: one update after the other, each once and in its
/// order, for one reader. It ends with an error; go on from the cursor of the last update.
public struct AlertUpdates: AsyncSequence, AsyncIteratorProtocol, Sendable {
    /// An update.
    public typealias Element = AlertUpdate

    private let stream: ClientStream

    fileprivate init(_ stream: ClientStream) { self.stream = stream }

    /// The updates.
    public func makeAsyncIterator() -> AlertUpdates { self }

    /// The next update; of a quiet portfolio every 15 seconds one that only tells the cursor.
    ///
    /// - Returns: `nil` when the server ended the stream, which it does not do by itself.
    /// - Throws: ``VigieError``: ``VigieError/Code/unavailable`` when the server stops, or what
    ///   whoever watches may see has changed. `CancellationError` when the task was cancelled.
    public mutating func next() async throws -> AlertUpdate? {
        do {
            guard let bytes = try await stream.next() else { return nil }
            let message = try? Vigie_V1_WatchAlertsResponse(
                serializedBytes: Array(bytes.readableBytesView)
            )
            guard let message else { throw VigieError.badResponse("It cannot be read.") }
            return AlertUpdate(message)
        } catch let error as ClientCallError {
            throw VigieError(error)
        }
    }

    /// Ends the stream.
    public func cancel() { stream.cancel() }
}

extension ScoringClient {
    /// Watches the alerts of a portfolio.
    ///
    /// - Parameters:
    ///   - portfolio: The name of the portfolio.
    ///   - start: Where to begin.
    ///   - language: The language of texts: `en` or `fr`.
    ///   - options: Headers; there is no deadline but that of ``CallOptions/timeout``.
    /// - Returns: What has happened since, then what happens.
    /// - Throws: ``VigieError``: ``VigieError/Code/outOfRange`` for a cursor of which the events
    ///   are no more, with the oldest that there is in the metadata `oldest_cursor`; or
    ///   `CancellationError` when the task was cancelled.
    public func watchAlerts(
        of portfolio: String,
        from start: AlertWatchStart = .now,
        language: String = "en",
        options: CallOptions = .default
    ) async throws -> AlertUpdates {
        let context = try context(nil, options.metadata)
        let deadline: NIODeadline? = options.timeout.map { .after($0) }
        let path = "\(Self.alertService)/WatchAlerts"
        let request = Vigie_V1_WatchAlertsRequest.with {
            ($0.portfolio, $0.language) = (portfolio, language)
            switch start {
            case .now: break
            case .beginning: $0.fromBeginning = true
            case .cursor(let cursor): $0.cursor = cursor
            }
        }
        let idle = TimeAmount(configuration.streamIdleTimeout)
        return try await answers(
            to: request,
            path,
            context,
            deadline: deadline,
            answerTimeout: idle
        ) { AlertUpdates($0) }
    }
}
