// SPDX-License-Identifier: Apache-2.0

// TLS of a connection that speaks HTTP/1.1: between the channel and NIO's own reader and writer of
// requests, which see plain text.

internal import NIOCore
internal import Telemetry

/// Decrypts what comes and encrypts what goes.
final class PlaintextHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let loop: ServerLoop
    private let engine: TLSEngine
    private var context: ChannelHandlerContext?
    /// What was written since the last flush, and who waits for it: together it is one record, or
    /// a few.
    private var plaintext = ByteBuffer()
    private var written: [EventLoopPromise<Void>] = []

    init(loop: ServerLoop, engine: TLSEngine) {
        (self.loop, self.engine) = (loop, engine)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        for promise in written { promise.fail(ChannelError.alreadyClosed) }
        written = []
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        loop.counters.add(.bytesReceived, buffer.readableBytes)
        buffer.withUnsafeReadableBytes { bytes in
            engine.withInbound(bytes) { readRecords() }
        }
    }

    /// Hands on what of the ciphertext that the engine was given is plain text by now.
    func readRecords() {
        while let context {
            do throws(TLSError) {
                switch try engine.read(into: loop.record) {
                case .bytes(let count):
                    let bytes = UnsafeRawBufferPointer(rebasing: loop.record[..<count])
                    let plain: InboundOut = ByteBuffer(bytes: bytes)
                    context.fireChannelRead(wrapInboundOut(plain))
                case .needsMore: return
                case .closed: return context.close(promise: nil)
                }
            } catch { return context.close(promise: nil) }
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        var buffer: OutboundIn = unwrapOutboundIn(data)
        plaintext.writeBuffer(&buffer)
        if let promise { written.append(promise) }
        // A record holds no more.
        if plaintext.readableBytes >= ServerLoop.recordBytes { encrypt(context) }
    }

    func flush(context: ChannelHandlerContext) {
        encrypt(context)
        context.flush()
    }

    /// Puts what was written into records.
    private func encrypt(_ context: ChannelHandlerContext) {
        guard plaintext.readableBytes > 0 || !written.isEmpty else { return }
        let promise = context.eventLoop.makePromise(of: Void.self)
        for one in written { promise.futureResult.cascade(to: one) }
        written = []
        var problem: TLSError?
        plaintext.withUnsafeReadableBytes { bytes in
            do throws(TLSError) { try engine.write(bytes) } catch { problem = error }
        }
        plaintext.clear()
        if let problem {
            promise.fail(problem)
            return context.close(promise: nil)
        }
        let bytes = engine.takeOutbound()
        loop.counters.add(.bytesSent, bytes.readableBytes)
        context.write(wrapOutboundOut(bytes), promise: promise)
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        if mode != .input {
            engine.close()
            if engine.outbound.readableBytes > 0 {
                context.writeAndFlush(wrapOutboundOut(engine.takeOutbound()), promise: nil)
            }
        }
        context.close(mode: mode, promise: promise)
    }
}
