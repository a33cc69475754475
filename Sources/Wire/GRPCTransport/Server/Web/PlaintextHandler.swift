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

    init(loop: ServerLoop, engine: TLSEngine) {
        (self.loop, self.engine) = (loop, engine)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
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
                    context.fireChannelRead(wrapInboundOut(ByteBuffer(bytes: bytes)))
                case .needsMore: return
                case .closed: return context.close(promise: nil)
                }
            } catch { return context.close(promise: nil) }
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let buffer = unwrapOutboundIn(data)
        do throws(TLSError) {
            var problem: TLSError?
            buffer.withUnsafeReadableBytes { bytes in
                do throws(TLSError) { try engine.write(bytes) } catch { problem = error }
            }
            if let problem { throw problem }
        } catch {
            promise?.fail(error)
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
