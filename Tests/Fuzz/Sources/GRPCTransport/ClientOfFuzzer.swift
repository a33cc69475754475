// SPDX-License-Identifier: Apache-2.0

// The client's half of a connection without sockets, as in ServerOfFuzzer.

internal import CHTTP2Session
internal import NIOCore
internal import Synchronization
internal import VigieLimits

/// Both ends of a TLS connection in memory, of which the client's encrypts what sessions send.
package final class LinkOfFuzzer {
    fileprivate let client: TLSEngine
    private let server: TLSEngine

    /// Shakes hands.
    package init(server: TLSContext, client: TLSContext) throws {
        self.client = try .client(client, serverName: "localhost", allocator: .init())
        self.server = try .server(server, allocator: .init())
        _ = try self.client.handshake()
        while !(self.client.isEstablished && self.server.isEstablished) {
            try Self.move(from: self.client, to: self.server)
            try Self.move(from: self.server, to: self.client)
        }
    }

    private static func move(from: TLSEngine, to: TLSEngine) throws {
        try from.takeOutbound().withUnsafeReadableBytes { bytes in
            try to.withInbound(bytes) { _ = try to.handshake() }
        }
    }
}

/// The client's half of a connection.
package final class ClientOfFuzzer {
    private let link: LinkOfFuzzer
    private let session: ClientSession
    private var calls: [ClientCall] = []
    private var receivers: [Receiver] = []
    private var isOver = false

    /// Begins with two calls, one of them of two messages.
    package init(_ link: LinkOfFuzzer) throws {
        self.link = link
        var limits = TransportLimits()
        limits.streamWindowBytes = 64 << 10
        limits.connectionWindowBytes = 128 << 10
        session = try ClientSession(
            authority: "localhost",
            writer: RecordWriter(link.client),
            limits: limits
        )
        start(messageCount: 1)
        start(messageCount: 2)
    }

    /// Begins a call.
    package func start(messageCount: Int) {
        guard calls.count < 64 else { return }
        let receiver = Receiver(messageCount: messageCount)
        let call = ClientCall(
            path: "/vigie.v1.ScoringService/ScoreRows",
            metadata: [],
            deadline: nil,
            answerTimeout: messageCount > 1 ? .seconds(1) : nil,
            messageBytesMax: 64 << 10,
            receiver: receiver
        )
        calls.append(call)
        receivers.append(receiver)
        session.start(call)
        send()
    }

    /// Takes bytes from the server.
    package func receive(_ bytes: UnsafeRawBufferPointer) {
        if isOver { return }
        do {
            try session.receive(bytes)
        } catch {
            isOver = true
        }
        send()
    }

    /// The readers catch up.
    package func resume() {
        for call in calls { session.resumeReading(call) }
        send()
    }

    /// Ends a call from this side.
    package func abandon(_ index: Int) {
        guard calls.indices.contains(index) else { return }
        session.abandon(calls[index], CancellationError())
        send()
    }

    /// The connection is gone: each call has heard so, once.
    package func end() {
        session.abandonAll { _ in .connectionLost("over") }
        for receiver in receivers {
            precondition(receiver.endCount == 1, "a call ended \(receiver.endCount) times")
        }
    }

    private func send() {
        if isOver { return }
        do {
            for call in calls { session.wake(call) }
            try session.send()
        } catch {
            isOver = true
        }
        _ = link.client.takeOutbound()
    }
}

/// Sends some messages, and takes every second answer reluctantly.
private final class Receiver: ClientCallReceiver {
    private let left: Atomic<Int>
    private let ends = Atomic(0)
    private let received = Atomic(0)

    init(messageCount: Int) {
        left = Atomic(messageCount)
    }

    var endCount: Int { ends.load(ordering: .relaxed) }

    var hasSentAll: Bool { left.load(ordering: .relaxed) <= 0 }

    func nextOutgoing() -> OutgoingMessage? {
        guard left.wrappingSubtract(1, ordering: .relaxed).oldValue > 0 else { return nil }
        return OutgoingMessage(ByteBuffer(repeating: 7, count: 100))
    }

    func receive(_ message: ByteBuffer) -> Bool {
        precondition(endCount == 0, "an answer after the end")
        return received.wrappingAdd(1, ordering: .relaxed).newValue % 2 == 1
    }

    func end(_ outcome: Result<Void, any Error>) {
        ends.wrappingAdd(1, ordering: .relaxed)
        if case .failure(let error as ClientCallError) = outcome {
            precondition(error.kind != .answered || error.status.code != .ok, "a good failure")
        }
    }
}
