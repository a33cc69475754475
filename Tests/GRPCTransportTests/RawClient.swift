// SPDX-License-Identifier: Apache-2.0

// HTTP/2 by hand over TLS, for what no client library would do: to send one byte now and
// then, or to open a window of nothing.

import GRPCTransport
import NIOCore
import NIOPosix
import Synchronization
import TestCertificates
import Testing

/// What `sock_fprog` of Linux has.
private struct SocketFilter {
    let count: UInt16
    let program: UInt
}

/// A connection whose frames a test writes itself.
final class RawClient: Sendable {
    /// How a stream ended.
    enum End: Equatable {
        case reset(UInt32)
        case endStream
        case connectionClosed
    }

    private let channel: any Channel
    private let handler: NIOLoopBound<RawHandler>
    private let received: ReceivedFrames

    /// Connects and says hello with a window for answers of each stream.
    static func connect(
        _ port: Int,
        _ certificates: TestCertificates,
        windowBytes: UInt32 = 65_535
    ) async throws -> RawClient {
        let tls = try TLSContext(client: ClientTLSConfiguration(caPath: certificates.caPath))
        let received = ReceivedFrames()
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        let (channel, handler) = try await ClientBootstrap(group: eventLoop)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = try RawHandler(tls, received, channel.allocator)
                    try channel.pipeline.syncOperations.addHandler(handler)
                    return (channel, NIOLoopBound(handler, eventLoop: channel.eventLoop))
                }
            }
        let client = RawClient(channel, handler, received)
        client.write(
            Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
                + frame(type: 4, stream: 0, [0, 4] + big(windowBytes))
        )
        return client
    }

    private init(
        _ channel: any Channel,
        _ handler: NIOLoopBound<RawHandler>,
        _ received: ReceivedFrames
    ) {
        self.channel = channel
        self.handler = handler
        self.received = received
    }

    /// Lets nothing reach the client any more, not even what its system would acknowledge, as if it
    /// had lost its network.
    func vanish() async throws {
        // One instruction, BPF_RET | BPF_K: of what comes, no byte is taken.
        let program = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
        defer { program.deallocate() }
        program.initialize(to: 6)
        let provider = try #require(channel as? any SocketOptionProvider)
        try await provider.unsafeSetSocketOption(
            level: NIOBSDSocket.OptionLevel.socket,
            name: NIOBSDSocket.Option(rawValue: 26),  // SO_ATTACH_FILTER
            value: SocketFilter(count: 1, program: UInt(bitPattern: program))
        ).get()
    }

    /// Begins a request.
    func begin(_ stream: UInt32, _ path: String, gzip: Bool = false) {
        begin([stream], path, gzip: gzip)
    }

    /// Begins requests, all in one piece.
    func begin(_ streams: [UInt32], _ path: String, gzip: Bool = false) {
        var fields = [
            (":method", "POST"), (":scheme", "https"), (":path", path),
            (":authority", "localhost"), ("content-type", "application/grpc"), ("te", "trailers"),
        ]
        if gzip { fields.append(("grpc-encoding", "gzip")) }
        var block: [UInt8] = []
        for (name, value) in fields {
            // Literal fields, not indexed.
            block += [0, UInt8(name.utf8.count)] + Array(name.utf8)
            block += [UInt8(value.utf8.count)] + Array(value.utf8)
        }
        write(streams.flatMap { Self.frame(type: 1, flags: 4, stream: $0, block) })
    }

    /// Sends bytes of a request.
    func send(_ stream: UInt32, _ bytes: [UInt8], end: Bool = false) {
        for start in Swift.stride(from: 0, through: max(bytes.count - 1, 0), by: 16_384) {
            let part = Array(bytes[start..<min(start + 16_384, bytes.count)])
            let isLast = start + 16_384 >= bytes.count
            let flags: UInt8 = end && isLast ? 1 : 0
            write(Self.frame(type: 0, flags: flags, stream: stream, part))
        }
    }

    /// Sends PING frames.
    func ping(_ count: Int) {
        for _ in 0..<count {
            write(Self.frame(type: 6, stream: 0, [UInt8](repeating: 7, count: 8)))
        }
    }

    /// Lets the server send as many bytes more, over all streams.
    func grant(_ byteCount: UInt32) {
        write(Self.frame(type: 8, stream: 0, Self.big(byteCount)))
    }

    /// Reads nothing more from the socket, or reads again.
    func read(_ reads: Bool) async throws {
        try await channel.setOption(.autoRead, value: reads).get()
    }

    /// Bytes of answers that came on a stream.
    func dataBytes(of stream: UInt32) -> Int { received.dataBytes(stream) }

    /// PING frames that came.
    var pingCount: Int { received.pingCount }

    /// Waits until a stream has ended; nil when it does not in time.
    func end(of stream: UInt32, within timeout: Duration = .seconds(10)) async throws -> End? {
        let ends = ContinuousClock.now + timeout
        while ContinuousClock.now < ends {
            if let end = received.end(of: stream) { return end }
            try await Task.sleep(for: .milliseconds(20))
        }
        return nil
    }

    /// Closes the connection.
    func close() {
        channel.close(promise: nil)
    }

    private func write(_ bytes: [UInt8]) {
        channel.eventLoop.execute { [handler] in handler.value.send(bytes) }
    }

    private static func frame(
        type: UInt8,
        flags: UInt8 = 0,
        stream: UInt32,
        _ payload: [UInt8]
    ) -> [UInt8] {
        Array(big(UInt32(payload.count)).dropFirst()) + [type, flags] + big(stream) + payload
    }

    private static func big(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}

/// What came, for the test to look at.
private final class ReceivedFrames: Sendable {
    private struct State {
        var ends: [UInt32: RawClient.End] = [:]
        var dataBytes: [UInt32: Int] = [:]
        var pingCount = 0
        var isClosed = false
    }

    private let state = Mutex(State())

    var pingCount: Int { state.withLock { $0.pingCount } }

    func dataBytes(_ stream: UInt32) -> Int { state.withLock { $0.dataBytes[stream] ?? 0 } }

    func end(of stream: UInt32) -> RawClient.End? {
        state.withLock { $0.ends[stream] ?? ($0.isClosed ? .connectionClosed : nil) }
    }

    func close() {
        state.withLock { $0.isClosed = true }
    }

    func add(type: UInt8, flags: UInt8, stream: UInt32, _ payload: ArraySlice<UInt8>) {
        state.withLock { state in
            if type == 0 { state.dataBytes[stream, default: 0] += payload.count }
            if type == 6, flags & 1 == 0 { state.pingCount += 1 }
            guard state.ends[stream] == nil else { return }
            if type == 3 {
                state.ends[stream] = .reset(payload.reduce(0) { $0 << 8 | UInt32($1) })
            } else if type <= 1, flags & 1 != 0 {
                state.ends[stream] = .endStream
            }
        }
    }
}

/// TLS of a raw client. Bound to its event loop.
private final class RawHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let engine: TLSEngine
    private let received: ReceivedFrames
    private var context: ChannelHandlerContext?
    private var waiting: [UInt8] = []
    private var plaintext: [UInt8] = []

    init(_ tls: TLSContext, _ received: ReceivedFrames, _ allocator: ByteBufferAllocator) throws {
        engine = try .client(tls, serverName: "localhost", allocator: allocator)
        self.received = received
    }

    func channelActive(context: ChannelHandlerContext) {
        self.context = context
        _ = try? engine.handshake()
        flush()
    }

    func channelInactive(context: ChannelHandlerContext) {
        received.close()
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let record = UnsafeMutableRawBufferPointer.allocate(byteCount: 16 << 10, alignment: 16)
        defer { record.deallocate() }
        unwrapInboundIn(data).withUnsafeReadableBytes { bytes in
            engine.withInbound(bytes) {
                guard (try? engine.handshake()) == true else { return }
                while case .bytes(let count) = try? engine.read(into: record) {
                    plaintext += record[..<count]
                }
            }
        }
        readFrames()
        flush()
    }

    func send(_ bytes: [UInt8]) {
        waiting += bytes
        flush()
    }

    private func flush() {
        if engine.isEstablished, !waiting.isEmpty {
            waiting.withUnsafeBytes { try? engine.write($0) }
            waiting = []
        }
        guard engine.outbound.readableBytes > 0, let context else { return }
        context.writeAndFlush(wrapOutboundOut(engine.takeOutbound()), promise: nil)
    }

    private func readFrames() {
        while plaintext.count >= 9 {
            let length = plaintext[..<3].reduce(0) { $0 << 8 | Int($1) }
            guard plaintext.count >= 9 + length else { return }
            let stream = plaintext[5..<9].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            let payload = plaintext[9..<9 + length]
            received.add(type: plaintext[3], flags: plaintext[4], stream: stream, payload)
            plaintext.removeFirst(9 + length)
        }
    }
}
