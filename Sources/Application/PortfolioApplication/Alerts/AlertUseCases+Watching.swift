// SPDX-License-Identifier: Apache-2.0

// What happens with alerts, for those who watch: from where on, what has happened since, what
// happened now.

package import AlertStore
internal import Databases
package import PortfolioStore
package import Portfolios
package import ServiceErrors
internal import VigieLimits

/// An event of the stream as those who watch are told of it.
package struct WatchedEvent: Sendable {
    /// Where the stream is behind it.
    package let cursor: AlertCursor
    /// The event.
    package let event: StoreEvent
    /// What it tells of alerts; nil for one of other things, or that was emptied.
    package let body: AlertStreamBody?
    /// The company; nil for an event of the portfolio itself.
    package let company: NamedCompany?

    /// Whether who may see the portfolio may be another thing behind it.
    package var changesRights: Bool {
        event.kind == "portfolio.shared" || event.kind == "portfolio.deleted"
    }
}

/// Some events of the stream, in their order.
package struct WatchedPage: Sendable {
    /// The events; others between them are left out.
    package let events: [WatchedEvent]
    /// Where the stream is behind them.
    package let cursor: AlertCursor
    /// Whether the stream ends there.
    package let isLast: Bool
}

extension AlertUseCases {
    /// Where somebody begins to watch a portfolio.
    ///
    /// - Parameters:
    ///   - cursor: Where he stopped; empty for now.
    ///   - isFromBeginning: Whether he begins with the oldest event without a cursor.
    /// - Returns: The number of the portfolio, and the cursor.
    package func beginWatching(
        _ name: String,
        from cursor: String,
        isFromBeginning: Bool,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> (portfolio: Int, cursor: AlertCursor) {
        let start = cursor.isEmpty ? nil : AlertCursor(cursor)
        guard cursor.isEmpty || start != nil else { throw .unknownCursor(cursor) }
        return try store.read { connection throws(DatabaseError) in
            try portfolios.withReadable(name, viewer, connection) {
                (portfolio, _) throws(DatabaseError) in
                guard let start else {
                    guard isFromBeginning else {
                        return .success((portfolio.id, try connection.streamEnd()))
                    }
                    let first = AlertCursor(number: 0, createdAt: 0)
                    switch try connection.fate(of: first) {
                    case .sound: return .success((portfolio.id, first))
                    case .gone(let oldest): return .success((portfolio.id, oldest))
                    }
                }
                switch try connection.fate(of: start) {
                case .sound: return .success((portfolio.id, start))
                case .gone(let oldest): return .failure(.cursorGone(oldest))
                }
            }
        }
    }

    /// What has happened with alerts of a portfolio since a cursor: some of it.
    ///
    /// - Throws: NOT_FOUND when whoever watches may not see the portfolio any more.
    package func watched(
        _ portfolio: Int,
        after cursor: AlertCursor,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> WatchedPage {
        try store.read { connection throws(DatabaseError) in
            guard let head = try connection.portfolioHead(numbered: portfolio),
                viewer.access(to: head.createdBy, try connection.shares(of: portfolio)) != nil
            else { return .failure(.watchedPortfolioGone) }
            let end = try connection.streamEnd()
            // Swept away while somebody caught up.
            if case .gone(let oldest) = try connection.fate(of: cursor) {
                return .failure(.cursorGone(oldest))
            }
            let most = cursor.number + AlertLimits.watchSpan
            let found = try connection.events(
                of: portfolio,
                after: cursor.number,
                through: most,
                limit: AlertLimits.watchEvents
            )
            let events = try connection.watched(found) { $0 == portfolio }
            let isFull = found.count == AlertLimits.watchEvents
            let reached =
                isFull
                ? events.last?.cursor ?? cursor
                : try most < end.number ? connection.cursor(most) : end
            return .success(
                WatchedPage(
                    events: events,
                    cursor: reached,
                    isLast: reached.number >= end.number
                )
            )
        }
    }

    /// Where the stream ends.
    package func streamEnd() throws(ServiceError) -> AlertCursor {
        try store.read { connection throws(DatabaseError) in
            .success(try connection.streamEnd())
        }
    }

    /// What has happened in all portfolios since a cursor: some of it.
    ///
    /// - Parameter isWatched: Whether somebody watches a portfolio: of others only the cursor
    ///   counts.
    package func news(
        after cursor: AlertCursor,
        isWatched: (Int) -> Bool
    ) throws(ServiceError) -> WatchedPage {
        try store.read { connection throws(DatabaseError) in
            let limit = AlertLimits.watchEvents
            let found = try connection.events(after: cursor.number, limit: limit)
            let events = try connection.watched(found, isWatched)
            let last = found.last.map {
                AlertCursor(number: $0.number, createdAt: $0.event.createdAtMicroseconds)
            }
            return .success(
                WatchedPage(
                    events: events,
                    cursor: last ?? cursor,
                    isLast: found.count < limit
                )
            )
        }
    }
}

extension DatabaseConnection {
    /// Events with what they tell and who the companies are; those of portfolios that nobody
    /// watches are left out.
    fileprivate func watched(
        _ found: [(number: Int, event: StoreEvent)],
        _ isWatched: (Int) -> Bool
    ) throws(DatabaseError) -> [WatchedEvent] {
        var events: [WatchedEvent] = []
        for (number, event) in found {
            guard let portfolio = event.portfolio, isWatched(portfolio) else { continue }
            let body = AlertStreamBody(event)
            let company = try (body == nil ? nil : event.slot).flatMap {
                (slot) throws(DatabaseError) in try namedCompany(slot, of: portfolio)
            }
            events.append(
                WatchedEvent(
                    cursor: AlertCursor(number: number, createdAt: event.createdAtMicroseconds),
                    event: event,
                    body: body,
                    company: company
                )
            )
        }
        return events
    }
}

extension ServiceError {
    /// A text that is no cursor.
    fileprivate static func unknownCursor(_ text: String) -> ServiceError {
        .invalid(
            "cursor",
            "BAD_CURSOR",
            "cursor \"\(text.shownInMessages)\" is none; use that of an earlier response, or none."
        )
    }

    /// Events behind a cursor are not there any more, or never were.
    fileprivate static func cursorGone(_ oldest: AlertCursor) -> ServiceError {
        ServiceError(
            .outOfRange,
            "CURSOR_GONE",
            "The events behind the cursor are not in the store: they are past their time, or the "
                + "store is another one. Look at ListAlerts, and go on from oldest_cursor.",
            metadata: ["oldest_cursor": oldest.text]
        )
    }

    /// Whoever watches does not see the portfolio any more.
    fileprivate static var watchedPortfolioGone: ServiceError {
        ServiceError(
            .notFound,
            "UNKNOWN_PORTFOLIO",
            "The portfolio has ended, or you may not see it any more."
        )
    }
}
