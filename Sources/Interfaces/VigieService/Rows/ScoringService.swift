// SPDX-License-Identifier: Apache-2.0

// vigie.v1.ScoringService: the data plane.

package import GRPCTransport
internal import NIOPosix
internal import ServiceErrors
package import Telemetry
package import VigieApplication
package import VigieLimits

/// Answers ScoringService.
package struct ScoringService: Sendable {
    private let handlers: LoopHandlers

    /// Makes the service.
    ///
    /// - Parameters:
    ///   - registry: The models.
    ///   - pool: The threads for large blocks.
    ///   - limits: The limits.
    ///   - clock: Tells today, for calls without an as-of date.
    ///   - counters: Counts rows.
    ///   - jobs: Keeps what is answered to streams with a job; nil where there are none.
    package init(
        registry: ModelRegistry,
        pool: ScoringPool,
        limits: ServiceLimits = .init(),
        clock: @escaping WallClock = SystemClock.now,
        counters: CounterRegistry = .init(),
        jobs: JobDesk? = nil
    ) {
        handlers = LoopHandlers {
            RowScorer(
                method: .scoring(registry, limits: limits),
                pool: pool,
                limits: limits,
                clock: clock,
                counters: counters.makeBlock(),
                jobs: jobs
            )
        }
    }

    /// The service as the server tells of it.
    package var description: ServiceDescription {
        let handlers = handlers
        return ServiceDescription(
            "vigie.v1.ScoringService",
            methods: [
                MethodDescription(
                    "ScoreRows",
                    requests: .one,
                    messageLimit: .greatest,
                    sharesHandler: true
                ) { _ in handlers.scoreRows },
                MethodDescription(
                    "StreamScoreRows",
                    requests: .stream,
                    messageLimit: .greatest
                ) { _ in RowStreamHandler(scorer: handlers.scoreRows.scorer) },
            ]
        )
    }
}

extension RowMethod {
    /// Scores rows with a model.
    static func scoring(_ registry: ModelRegistry, limits: ServiceLimits) -> RowMethod {
        RowMethod(
            requestName: "vigie.v1.StreamScoreRowsRequest",
            counter: .rowsScored
        ) { (bytes, arena, today, _) throws(ServiceError) in
            try PreparedHeader(
                arena.header(bytes, limits: limits).pointee,
                registry: registry,
                limits: limits,
                today: today
            )
        }
    }
}

/// The one handler of ScoreRows that each event loop has.
private final class LoopHandlers: Sendable {
    private let makeScorer: @Sendable () -> RowScorer
    // Each thread sees only its own.
    private nonisolated(unsafe) let current = ThreadSpecificVariable<ScoreRowsHandler>()

    init(makeScorer: @escaping @Sendable () -> RowScorer) {
        self.makeScorer = makeScorer
    }

    /// The handler of this thread's event loop.
    var scoreRows: ScoreRowsHandler {
        if let handler = current.currentValue { return handler }
        let handler = ScoreRowsHandler(scorer: makeScorer())
        current.currentValue = handler
        return handler
    }
}
