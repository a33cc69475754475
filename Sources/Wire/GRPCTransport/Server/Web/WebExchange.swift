// SPDX-License-Identifier: Apache-2.0

// How a plain request is answered: whole, or bit by bit for as long as somebody reads.

package import NIOCore

/// Where the bytes of an answer go: a stream of HTTP/2, or a connection of HTTP/1.1. Used on its
/// event loop only.
protocol WebSink: AnyObject {
    /// Answers with all of it.
    func respond(_ head: WebHead, _ body: [UInt8])
    /// Begins an answer whose bytes come later.
    func begin(_ head: WebHead)
    /// Sends bytes of an answer that was begun.
    func write(_ bytes: [UInt8])
    /// Ends an answer that was begun.
    func end()
    /// Bytes that the reader has not taken.
    var waitingBytes: Int { get }
    /// Told once, when the exchange is over, however that came.
    var whenOver: (() -> Void)? { get set }
    /// Whether it is.
    var isOver: Bool { get }
}

/// A plain request that waits for its answer. May be used on any thread; what is done with one
/// that is over does nothing.
package final class WebExchange: Sendable {
    private let sink: NIOLoopBound<any WebSink>
    /// The event loop that it belongs to.
    package let eventLoop: any EventLoop

    /// To be made on the event loop.
    init(_ sink: any WebSink, _ eventLoop: any EventLoop) {
        self.sink = NIOLoopBound(sink, eventLoop: eventLoop)
        self.eventLoop = eventLoop
    }

    /// Answers with all of it. The body is left out where only headers were asked for.
    package func respond(_ head: WebHead, _ body: [UInt8] = []) {
        onLoop { $0.respond(head, body) }
    }

    /// Begins an answer whose bytes come later.
    package func begin(_ head: WebHead) {
        onLoop { $0.begin(head) }
    }

    /// Sends bytes of an answer that was begun, unless its reader is far behind.
    ///
    /// - Parameters:
    ///   - bytes: The bytes.
    ///   - waitingBytesMax: So many may wait with them.
    ///   - left: Called on the event loop when they were not sent.
    package func write(
        _ bytes: [UInt8],
        waitingBytesMax: Int,
        elseLeft left: @escaping @Sendable () -> Void = {}
    ) {
        onLoop { sink in
            guard sink.waitingBytes + bytes.count <= waitingBytesMax else { return left() }
            sink.write(bytes)
        }
    }

    /// Ends an answer that was begun.
    package func end() {
        onLoop { $0.end() }
    }

    /// Calls `body`, on the event loop, when the exchange is over; at once if it is.
    package func whenOver(_ body: @escaping @Sendable () -> Void) {
        onLoop { sink in
            if sink.isOver { return body() }
            sink.whenOver = body
        }
    }

    private func onLoop(_ body: @escaping @Sendable (any WebSink) -> Void) {
        if eventLoop.inEventLoop { return body(sink.value) }
        eventLoop.execute { [sink] in body(sink.value) }
    }
}
