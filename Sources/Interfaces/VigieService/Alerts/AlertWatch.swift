// SPDX-License-Identifier: Apache-2.0

// One call of WatchAlerts: catches up from its cursor page by page, then hears of what happens. It
// never has more than a page of messages unsent: while its client does not take them it keeps
// nothing but its cursor, and reads on from there.

internal import Callers
internal import GRPCTransport
internal import NIOCore
internal import PortfolioApplication
internal import Portfolios
internal import ProtobufCoding
internal import ServiceErrors
internal import Synchronization
internal import Turns
internal import VigieLimits
internal import VigieProtos

/// The state of one watch. Bound to the call's event loop.
final class AlertWatch: CallHandler {
    private static let lookAgain = TimeAmount.milliseconds(50)

    private let alerts: AlertUseCases
    private let desk: CallDesk
    private let hub: AlertWatchHub
    private let limits: ServiceLimits
    private var place: DeskPlace?
    private var identifier: Int?
    private var heartbeat: RepeatedTask?
    private var viewer = PortfolioViewer(identity: nil, roles: [], isOperator: false)
    private var inFrench = false
    private var portfolio = 0
    private var cursor: AlertCursor?
    /// How far the stream is known to go.
    private var knownEnd = 0
    /// Whether a thread reads a page.
    private var isReading = false
    /// Whether rights have to be looked at before anything else is told.
    private var mustRead = true
    /// Whether somebody will look again whether the client has taken what was sent.
    private var isWaiting = false
    /// Whether anything was sent since the last heartbeat.
    private var hasSent = false

    init(
        _ alerts: AlertUseCases,
        _ desk: CallDesk,
        _ hub: AlertWatchHub,
        _ limits: ServiceLimits
    ) {
        (self.alerts, self.desk, self.hub, self.limits) = (alerts, desk, hub, limits)
    }

    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
        do throws(ServiceError) {
            let request = try Vigie_V1_WatchAlertsRequest(received: message)
            inFrench = try AlertLanguage.isFrench(request.language)
            viewer = call.caller.viewer
            place = try DeskPlace(desk, call.turnShare)
            begin(request, call)
        } catch { call.finish(error.status) }
    }

    func receiveEnd(call: ServerCall) {}

    func callEnded(call: ServerCall, reason: CallEndReason) {
        if let identifier { hub.remove(identifier) }
        heartbeat?.cancel()
        (identifier, heartbeat, place) = (nil, nil, nil)
    }

    private func begin(_ request: Vigie_V1_WatchAlertsRequest, _ call: ServerCall) {
        read(call) { [alerts, viewer] () throws(ServiceError) in
            try alerts.beginWatching(
                request.portfolio,
                from: request.cursor,
                isFromBeginning: request.fromBeginning,
                by: viewer
            )
        } then: { watch, start, call in
            (watch.portfolio, watch.cursor) = start
            // At once, so that who begins now can go on from here.
            call.send(Vigie_V1_WatchAlertsResponse(start.cursor))
            watch.listen(call)
            watch.goOn(call)
        }
    }

    private func listen(_ call: ServerCall) {
        let eventLoop = call.eventLoop
        let bound = NIOLoopBound((watch: self, call: call), eventLoop: eventLoop)
        identifier = hub.add(portfolio, on: eventLoop) { word in
            eventLoop.execute { bound.value.watch.hear(word, bound.value.call) }
        }
        let period = TimeAmount.seconds(Int64(AlertLimits.watchHeartbeatSeconds))
        heartbeat = eventLoop.scheduleRepeatedTask(initialDelay: period, delay: period) { _ in
            bound.value.watch.beat(bound.value.call)
        }
    }

    private func hear(_ word: AlertWatchHub.Word, _ call: ServerCall) {
        guard identifier != nil else { return }
        switch word {
        case .end:
            call.finish(GRPCStatus(.unavailable, "The server is stopping; watch again."))
        case .news(let news):
            knownEnd = max(knownEnd, news.cursor.number)
            tell(news, call)
            goOn(call)
        }
    }

    /// Tells news at once, if all before them was told.
    private func tell(_ news: AlertNews, _ call: ServerCall) {
        guard !isReading, !mustRead, let cursor, cursor.number >= news.from,
            cursor.number < news.cursor.number, call.unsentByteCount == 0
        else { return }
        let items = news.items.filter { $0.portfolio == portfolio && $0.number > cursor.number }
        guard !items.contains(where: \.changesRights) else {
            mustRead = true
            return
        }
        let messages = items.map { inFrench ? $0.french : $0.english }
        send(messages.filter { !$0.isEmpty }, call)
        self.cursor = news.cursor
    }

    /// Reads what is left, when the client has taken what was sent.
    private func goOn(_ call: ServerCall) {
        guard !isReading, let cursor, !call.isEnded, mustRead || cursor.number < knownEnd else {
            return
        }
        guard call.unsentByteCount <= AlertLimits.watchUnsentBytes else { return wait(call) }
        read(call) { [alerts, portfolio, viewer, inFrench] () throws(ServiceError) in
            let page = try alerts.watched(portfolio, after: cursor, by: viewer)
            let messages = page.events.compactMap {
                Vigie_V1_WatchAlertsResponse($0, inFrench: inFrench)?.serializedBytes()
            }
            return (page.cursor, messages, page.isLast)
        } then: { watch, page, call in
            let (cursor, messages, isLast) = page
            watch.mustRead = !isLast
            watch.send(messages, call)
            watch.cursor = cursor
            watch.knownEnd = max(watch.knownEnd, cursor.number)
            watch.goOn(call)
        }
    }

    private func send(_ messages: [[UInt8]], _ call: ServerCall) {
        for bytes in messages {
            call.sendMessage(byteCount: bytes.count) { $0.copyBytes(from: bytes) }
        }
        if !messages.isEmpty { hasSent = true }
    }

    private func wait(_ call: ServerCall) {
        guard !isWaiting else { return }
        isWaiting = true
        let bound = NIOLoopBound((watch: self, call: call), eventLoop: call.eventLoop)
        call.eventLoop.scheduleTask(in: Self.lookAgain) {
            let (watch, call) = bound.value
            watch.isWaiting = false
            watch.goOn(call)
        }
    }

    /// Tells where the stream is. Nothing is told to who has not taken the last.
    private func beat(_ call: ServerCall) {
        guard let cursor, !call.isEnded, call.unsentByteCount == 0 else { return }
        if !hasSent { call.send(Vigie_V1_WatchAlertsResponse(cursor)) }
        hasSent = false
    }

    /// Has a thread read something; its failure ends the call.
    private func read<Value: Sendable>(
        _ call: ServerCall,
        _ body: @escaping @Sendable () throws(ServiceError) -> Value,
        then: @escaping @Sendable (AlertWatch, Value, ServerCall) -> Void
    ) {
        isReading = true
        let eventLoop = call.eventLoop
        let bound = NIOLoopBound((watch: self, call: call), eventLoop: eventLoop)
        let admission = desk.workers.turns.submit(of: call.turnShare) {
            let result: Result<Value, ServiceError>
            do throws(ServiceError) { result = .success(try body()) } catch {
                result = .failure(error)
            }
            eventLoop.execute {
                let (watch, call) = bound.value
                watch.isReading = false
                guard !call.isEnded else { return }
                switch result {
                case .success(let value): then(watch, value, call)
                case .failure(let error): call.finish(error.status)
                }
            }
            return true
        }
        if let refusal = ServiceError(admission, limits) {
            isReading = false
            // Who watches already waits for threads that have time.
            cursor == nil ? call.finish(refusal.status) : wait(call)
        }
    }
}
