// SPDX-License-Identifier: Apache-2.0

// One look at the store for all who watch: each second, and at once when this server has changed
// something. Whoever is not far enough behind the look catches up by himself; the hub keeps no
// events.

internal import GRPCTransport
internal import NIOCore
internal import PortfolioApplication
internal import PortfolioStore
internal import ProtobufCoding
internal import ServiceErrors
internal import Synchronization
internal import Turns
internal import VigieLimits
internal import VigieProtos

/// What one look found.
struct AlertNews: Sendable {
    /// An event of a portfolio that somebody watches, as messages, which are empty where it tells
    /// nothing of alerts.
    struct Item: Sendable {
        let number: Int
        let portfolio: Int
        let english: [UInt8]
        let french: [UInt8]
        let changesRights: Bool
    }

    /// Where the stream was before it.
    let from: Int
    /// Where it is behind it.
    let cursor: AlertCursor
    /// What happened between, in its order.
    let items: [Item]
}

/// Tells those who watch what happens. Shared by all event loops.
final class AlertWatchHub: Sendable {
    /// What somebody who watches hears; on any thread.
    enum Word: Sendable {
        case news(AlertNews)
        case end
    }

    private struct Watcher {
        let portfolio: Int
        let hear: @Sendable (Word) -> Void
    }

    private struct State {
        var watchers: [Int: Watcher] = [:]
        var nextIdentifier = 0
        /// Where the last look ended; nil before the first.
        var cursor: AlertCursor?
        var isLooking = false
        /// Whether something was changed since a look began.
        var isStale = false
        var hasEnded = false
        var timer: RepeatedTask?
    }

    private let alerts: AlertUseCases
    private let readers: WorkerPool
    private let state = Mutex(State())

    init(_ alerts: AlertUseCases, _ readers: WorkerPool) {
        (self.alerts, self.readers) = (alerts, readers)
    }

    /// Adds somebody who watches a portfolio.
    ///
    /// - Parameters:
    ///   - eventLoop: One on which a timer can run.
    ///   - hear: Called on any thread.
    /// - Returns: What to remove him by.
    func add(
        _ portfolio: Int,
        on eventLoop: any EventLoop,
        _ hear: @escaping @Sendable (Word) -> Void
    ) -> Int {
        let identifier = state.withLock { state in
            state.nextIdentifier += 1
            state.watchers[state.nextIdentifier] = Watcher(portfolio: portfolio, hear: hear)
            if state.hasEnded { hear(.end) }
            if state.timer == nil, !state.hasEnded {
                let period = TimeAmount.milliseconds(Int64(AlertLimits.watchPollMilliseconds))
                state.timer = eventLoop.scheduleRepeatedTask(initialDelay: period, delay: period) {
                    [weak self] _ in self?.wake()
                }
            }
            return state.nextIdentifier
        }
        wake()
        return identifier
    }

    /// Removes somebody.
    func remove(_ identifier: Int) {
        state.withLock { state in
            state.watchers[identifier] = nil
            guard state.watchers.isEmpty else { return }
            state.timer?.cancel()
            (state.timer, state.cursor) = (nil, nil)
        }
    }

    /// Ends all, and those that come yet.
    func end() {
        state.withLock { state in
            state.hasEnded = true
            state.timer?.cancel()
            state.timer = nil
            for watcher in state.watchers.values { watcher.hear(.end) }
        }
    }

    /// Looks at the store now, unless nobody watches. Cost without anybody: a lock.
    func wake() {
        let isWanted = state.withLock { state in
            guard !state.watchers.isEmpty, !state.hasEnded else { return false }
            guard !state.isLooking else {
                state.isStale = true
                return false
            }
            (state.isLooking, state.isStale) = (true, false)
            return true
        }
        if isWanted { submit() }
    }

    private func submit() {
        let admission = readers.turns.submit(of: TurnShare(self)) { [weak self] in
            self?.look()
            return true
        }
        // Threads that have too much to do: the timer comes back to it.
        guard case .queued = admission else {
            return state.withLock { $0.isLooking = false }
        }
    }

    private func look() {
        let (cursor, watched) = state.withLock { state in
            (state.cursor, Set(state.watchers.values.map(\.portfolio)))
        }
        var news: AlertNews?
        var isLast = true
        do throws(ServiceError) {
            if let cursor {
                let page = try alerts.news(after: cursor) { watched.contains($0) }
                news = AlertNews(cursor, page)
                isLast = page.isLast
            } else {
                let end = try alerts.streamEnd()
                news = AlertNews(from: end.number, cursor: end, items: [])
            }
        } catch {
            // The store is away; those who catch up are told, the others wait.
        }
        let goesOn = state.withLock { state in
            if let news, !state.watchers.isEmpty {
                state.cursor = news.cursor
                for watcher in state.watchers.values { watcher.hear(.news(news)) }
            }
            let goesOn = !state.watchers.isEmpty && !state.hasEnded && (!isLast || state.isStale)
            (state.isLooking, state.isStale) = (goesOn, false)
            return goesOn
        }
        if goesOn { submit() }
    }
}

extension AlertNews {
    fileprivate init(_ from: AlertCursor, _ page: WatchedPage) {
        func message(_ event: WatchedEvent, _ inFrench: Bool) -> [UInt8] {
            Vigie_V1_WatchAlertsResponse(event, inFrench: inFrench)?.serializedBytes() ?? []
        }
        self.from = from.number
        cursor = page.cursor
        items = page.events.map { event in
            Item(
                number: event.cursor.number,
                portfolio: event.event.portfolio ?? 0,
                english: message(event, false),
                french: message(event, true),
                changesRights: event.changesRights
            )
        }
    }
}
