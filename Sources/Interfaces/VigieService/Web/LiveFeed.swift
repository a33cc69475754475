// SPDX-License-Identifier: Apache-2.0

// GET /v1/live?portfolio=NAME: server-sent events that say that something happened to a portfolio,
// and no more: whoever hears it asks what. So a reader who is slow loses nothing when words to him
// are left out, and one that comes back with the last place that he heard of (Last-Event-ID) hears
// at once whether he missed any. Nobody has a thread: all share the look of WatchAlerts.

internal import Callers
internal import GRPCTransport
internal import NIOCore
internal import PortfolioApplication
internal import ServiceErrors
internal import Synchronization
internal import Turns
internal import VigieLimits

/// Tells browsers that something happened.
final class LiveFeed: Sendable {
    /// Where it is.
    static let path = "/v1/live"
    /// Whoever may call this, in gRPC, may listen here: it is told of portfolios that he sees, and
    /// no more than that something happened.
    static let method = "/vigie.v1.PortfolioService/ListPortfolios"

    /// What one who listens has; ended once.
    private struct Listener {
        var identifier: Int?
        var heartbeat: RepeatedTask?
    }

    private let alerts: AlertUseCases
    private let hub: AlertWatchHub
    private let desk: CallDesk

    init(_ alerts: AlertUseCases, _ hub: AlertWatchHub, _ desk: CallDesk) {
        (self.alerts, self.hub, self.desk) = (alerts, hub, desk)
    }

    /// Begins to tell somebody; may wait.
    ///
    /// - Parameter isStillIn: Whether he is let in by now; asked with each heartbeat.
    func begin(
        _ request: WebRequest,
        _ exchange: WebExchange,
        _ caller: Caller?,
        isStillIn: @escaping @Sendable () -> Bool
    ) throws(ServiceError) {
        let share = caller.map { TurnShare($0.usage) } ?? TurnShare(exchange)
        let place = try DeskPlace(desk, share)
        let name = request.parameter("portfolio")
        let last = request[field: "last-event-id"] ?? ""
        let start = try alerts.beginWatching(
            name,
            from: "",
            isFromBeginning: false,
            by: caller.viewer
        )
        exchange.begin(WebHead(200, WebExchange.fields(of: "text/event-stream")))
        let missed = !last.isEmpty && last != start.cursor.text
        tell("retry: 2000\n" + Self.event(missed ? "news" : "begin", start.cursor), exchange)
        listen(start.portfolio, exchange, place, isStillIn)
    }

    private func listen(
        _ portfolio: Int,
        _ exchange: WebExchange,
        _ place: DeskPlace,
        _ isStillIn: @escaping @Sendable () -> Bool
    ) {
        let box = Box()
        let identifier = hub.add(portfolio, on: exchange.eventLoop) { [self] word in
            switch word {
            case .end: exchange.end()
            case .news(let news):
                let items = news.items.filter { $0.portfolio == portfolio }
                guard !items.isEmpty else { return }
                // Whether he still may is looked at when he comes back.
                if items.contains(where: \.changesRights) { return exchange.end() }
                tell(Self.event("news", news.cursor), exchange)
            }
        }
        let period = TimeAmount.seconds(Int64(AlertLimits.watchHeartbeatSeconds))
        let loop = exchange.eventLoop
        let heartbeat = loop.scheduleRepeatedTask(initialDelay: period, delay: period) { [self] _ in
            if isStillIn() { tell(": \n\n", exchange) } else { exchange.end() }
        }
        box.listener.withLock { ($0.identifier, $0.heartbeat) = (identifier, heartbeat) }
        exchange.whenOver { [hub] in
            let ended = box.listener.withLock { $0 }
            if let identifier = ended.identifier { hub.remove(identifier) }
            ended.heartbeat?.cancel()
            // His place is somebody else's from here on.
            _ = place
        }
    }

    private func tell(_ text: String, _ exchange: WebExchange) {
        exchange.write(Array(text.utf8), waitingBytesMax: AlertLimits.watchUnsentBytes)
    }

    private static func event(_ name: String, _ cursor: AlertCursor) -> String {
        "id: \(cursor.text)\nevent: \(name)\ndata: {}\n\n"
    }

    private final class Box: Sendable {
        let listener = Mutex(Listener())
    }
}

extension WebRequest {
    /// A parameter behind the question mark, without its escapes; empty for none.
    func parameter(_ name: String) -> String {
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2, parts[0] == name { return Self.unescaped(parts[1]) }
        }
        return ""
    }

    private static func unescaped(_ text: Substring) -> String {
        var (bytes, rest) = ([UInt8](), Array(text.utf8)[...])
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
