// SPDX-License-Identifier: Apache-2.0

// vigie.v1.ScoringService: the data plane.

package import GRPCTransport
package import VigieLimits

/// Answers ScoringService.
package struct ScoringService: Sendable {
    private let scorer: RowScorer

    /// Makes the service.
    ///
    /// - Parameters:
    ///   - registry: The models.
    ///   - pool: The threads for large blocks.
    ///   - limits: The limits.
    ///   - clock: Tells today, for calls without an as-of date.
    package init(
        registry: ModelRegistry,
        pool: ScoringPool,
        limits: ServiceLimits = .init(),
        clock: @escaping WallClock = CalendarDate.systemClock
    ) {
        scorer = RowScorer(registry: registry, pool: pool, limits: limits, clock: clock)
    }

    /// The methods of the service.
    package var routes: [MethodRoute] {
        let scorer = scorer
        let scoreRows = ScoreRowsHandler(scorer: scorer)
        return [
            MethodRoute(
                path: "/vigie.v1.ScoringService/ScoreRows",
                clientStreaming: false
            ) { _ in scoreRows },
            MethodRoute(
                path: "/vigie.v1.ScoringService/StreamScoreRows",
                clientStreaming: true
            ) { _ in StreamScoreRowsHandler(scorer: scorer) },
        ]
    }
}
