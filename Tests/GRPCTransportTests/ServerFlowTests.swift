// SPDX-License-Identifier: Apache-2.0

// Flow control: a handler that does not take messages holds its sender back,
// and a client that does not read answers is not answered without end.

import GRPCTransport
import NIOCore
import Testing
import VigieLimits

@Suite("Flow control of the server") struct ServerFlowTests {
    private let messageBytes = 64 << 10
    private let messageCount = 200

    private func message(_ index: Int) -> ByteBuffer {
        var buffer = ByteBuffer(repeating: UInt8(truncatingIfNeeded: index), count: messageBytes)
        buffer.setInteger(UInt32(index), at: 0)
        return buffer
    }

    /// Sends everything from a task and tells how far it got.
    private actor Sender {
        var sent = 0
        func send(_ stream: ClientStream, _ count: Int, _ make: @Sendable (Int) -> ByteBuffer)
            async throws
        {
            for index in 0..<count {
                try await stream.send(make(index))
                sent = index + 1
            }
            stream.finishSending()
        }
    }

    @Test("A handler that takes nothing stops its sender; nothing is lost")
    func slowHandler() async throws {
        var limits = TransportLimits()
        limits.streamWindowBytes = 1 << 20
        let gate = GatedEcho.Gate()
        let route = MethodRoute(path: "/t/Echo", clientStreaming: true) { _ in GatedEcho(gate) }
        try await withServer(routes: [route], limits: limits) { _, port, certificates in
            let connection = try await connect(port, certificates)
            let stream = connection.stream(path: "/t/Echo")
            let sender = Sender()
            let make: @Sendable (Int) -> ByteBuffer = { message($0) }
            async let sending: Void = sender.send(stream, messageCount, make)
            #expect(try await stream.next() == message(0))
            try await Task.sleep(for: .milliseconds(300))
            let before = await sender.sent
            #expect(gate.received == 1)
            #expect(before < messageCount / 2, "sent \(before) messages into a closed gate")
            gate.open()
            for index in 1..<messageCount {
                #expect(try await stream.next() == message(index))
            }
            #expect(try await stream.next() == nil)
            try await sending
            connection.close()
        }
    }

    @Test("A sender that a slow handler never catches up with takes no more memory than a window")
    func sustainedSlowHandler() async throws {
        var limits = TransportLimits()
        limits.streamWindowBytes = 1 << 20
        limits.assemblyBytesMax = 6 << 20
        let route = MethodRoute(path: "/t/Slow", clientStreaming: true) { _ in
            DelayedHandler.slow()
        }
        try await withServer(routes: [route], limits: limits) { _, port, certificates in
            let connection = try await connect(port, certificates)
            let stream = connection.stream(path: "/t/Slow")
            let sender = Sender()
            let make: @Sendable (Int) -> ByteBuffer = { message($0) }
            let count = 4 * limits.assemblyBytesMax / messageBytes
            async let sending: Void = sender.send(stream, count, make)
            for index in 0..<count {
                #expect(try await stream.next()?.getInteger(at: 0) == UInt32(index))
            }
            #expect(try await stream.next() == nil)
            try await sending
            connection.close()
        }
    }

    @Test("Streams that wait leave the connection's window to other calls", arguments: [3, 20])
    func windowOfTheConnection(count: Int) async throws {
        let gate = GatedEcho.Gate()
        let open = GatedEcho.Gate()
        open.open()
        let routes = [
            MethodRoute(path: "/t/Echo", clientStreaming: true) { _ in GatedEcho(gate) },
            MethodRoute(path: "/t/Open", clientStreaming: true) { _ in GatedEcho(open) },
        ]
        try await withServer(routes: routes) { server, port, certificates in
            let connection = try await connect(port, certificates)
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for _ in 0..<count {
                    let stream = connection.stream(path: "/t/Echo")
                    tasks.addTask {
                        async let sending: Void = Sender().send(stream, 70) { message($0) }
                        for index in 0..<70 {
                            #expect(try await stream.next() == message(index))
                        }
                        #expect(try await stream.next() == nil)
                        try await sending
                    }
                }
                // Each has sent what its own window lets it.
                let wanted = count * TransportLimits().streamWindowBytes * 9 / 10
                for _ in 0..<500 where server.holdings.requestBytes < wanted {
                    try await Task.sleep(for: .milliseconds(20))
                }
                #expect(server.holdings.requestBytes >= wanted)
                let large = ByteBuffer(repeating: 7, count: 3 << 20)
                for _ in 0..<6 {
                    let call = connection.stream(path: "/t/Open")
                    try await call.send(large)
                    call.finishSending()
                    #expect(try await call.next() == large)
                    #expect(try await call.next() == nil)
                }
                gate.open()
                try await tasks.waitForAll()
            }
            connection.close()
        }
    }

    @Test("Messages of all sizes come whole to a handler that pauses and keeps them")
    func keptMessages() async throws {
        let kib = 1 << 10
        var sizes = [0, 1, 100, 16 * kib - 1, 16 * kib, 16 * kib + 1, 70_001, 300_000, 1 << 20]
        sizes += [5, 5 << 20, 20_000, 3, 3, 250_007]
        let messages = (sizes + sizes.reversed() + sizes).enumerated().map { index, size in
            // Of period 251, so that bytes in a wrong place are wrong.
            ByteBuffer(bytes: (0..<size).map { UInt8(($0 + index) % 251) })
        }
        let route = MethodRoute(path: "/t/Keep", clientStreaming: true) { _ in
            DelayedHandler.keeping()
        }
        try await withServer(routes: [route]) { _, port, certificates in
            let connection = try await connect(port, certificates)
            let stream = connection.stream(path: "/t/Keep")
            let sender = Sender()
            async let sending: Void = sender.send(stream, messages.count) { messages[$0] }
            for message in messages { #expect(try await stream.next() == message) }
            #expect(try await stream.next() == nil)
            try await sending
            connection.close()
        }
    }

    @Test("A client that reads nothing is not answered without end; nothing is lost")
    func slowReader() async throws {
        var limits = TransportLimits()
        limits.callOutboundBytesMax = 1 << 20
        limits.streamWindowBytes = 1 << 20
        let gate = GatedEcho.Gate()
        gate.open()
        let route = MethodRoute(path: "/t/Echo", clientStreaming: true) { _ in GatedEcho(gate) }
        try await withServer(routes: [route], limits: limits) { _, port, certificates in
            let connection = try await connect(port, certificates)
            let stream = connection.stream(path: "/t/Echo")
            let sender = Sender()
            let make: @Sendable (Int) -> ByteBuffer = { message($0) }
            let count = 600
            async let sending: Void = sender.send(stream, count, make)
            try await Task.sleep(for: .milliseconds(500))
            // At most what the client's window, the call's queue and one more message hold.
            let bound = (9 << 20 + limits.callOutboundBytesMax) / messageBytes + 2
            #expect(gate.received <= bound, "answered \(gate.received) messages nobody read")
            for index in 0..<count {
                #expect(try await stream.next() == message(index))
            }
            #expect(try await stream.next() == nil)
            try await sending
            connection.close()
        }
    }
}

/// Takes a message only when it is done with the one before it, after a while.
private final class DelayedHandler: CallHandler {
    private let delay: TimeAmount
    private let begin: (UnsafeRawBufferPointer, ServerCall) -> () -> Void
    private var isBusy = false
    private var hasEnded = false

    /// `begin` is given each message, and what it returns is called when the while is over.
    init(
        _ delay: TimeAmount,
        _ begin: @escaping (UnsafeRawBufferPointer, ServerCall) -> () -> Void
    ) {
        self.delay = delay
        self.begin = begin
    }

    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
        isBusy = true
        call.pauseMessages()
        let end = begin(message, call)
        call.eventLoop.assumeIsolated().scheduleTask(in: delay) {
            end()
            self.isBusy = false
            call.resumeMessages()
            self.finishIfDone(call)
        }
    }

    func receiveEnd(call: ServerCall) {
        hasEnded = true
        finishIfDone(call)
    }

    func callEnded(call: ServerCall, reason: CallEndReason) {}

    private func finishIfDone(_ call: ServerCall) {
        if hasEnded && !isBusy { call.finish() }
    }

    /// Answers each message at once with its first bytes.
    static func slow() -> DelayedHandler {
        DelayedHandler(.microseconds(300)) { message, call in
            call.sendMessage(byteCount: 4) { output in output.copyBytes(from: message.prefix(4)) }
            return {}
        }
    }

    /// Echoes each message at the end, from where it was kept.
    static func keeping() -> DelayedHandler {
        DelayedHandler(.milliseconds(2)) { message, call in
            let kept = call.retainMessage() ?? MessageStorage()
            if kept.count == 0 { #expect(kept.append(message, expected: message.count)) }
            return {
                call.sendMessage(byteCount: kept.count) { $0.copyMemory(from: kept.bytes) }
                call.giveBack(kept)
            }
        }
    }
}
