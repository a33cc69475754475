// SPDX-License-Identifier: Apache-2.0

// Tells when an event loop has looked at its sockets. A loop looks at none while tasks are due, and
// a timer is due soon enough when the tasks before it take long; one that is not due yet has the
// loop sleep, and lose its processor to threads that have more to do. So a byte goes round in a
// pipe: the loop finds it when it looks at all that can be read, and does not sleep for it. Cost:
// some 3 microseconds a time.

internal import NIOCore
internal import NIOPosix

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// The pipe of one event loop, used on that loop only.
final class SocketLook: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var context: ChannelHandlerContext?
    private var waiting: [() -> Void] = []

    /// Opens the pipe.
    static func open(on eventLoop: any EventLoop) async throws -> NIOLoopBound<SocketLook> {
        var ends: [CInt] = [0, 0]
        guard pipe(&ends) == 0 else { throw IOError(errnoCode: errno, reason: "pipe") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return try await NIOPipeBootstrap(group: eventLoop)
            .channelOption(.autoRead, value: false)
            .channelOption(.maxMessagesPerRead, value: 1)
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 1))
            .takingOwnershipOfDescriptors(input: ends[0], output: ends[1]) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let look = SocketLook()
                    try channel.pipeline.syncOperations.addHandler(look)
                    return NIOLoopBound(look, eventLoop: channel.eventLoop)
                }
            }
    }

    /// Does `work` when the loop has looked at its sockets; false when it cannot tell that.
    func await(_ work: @escaping () -> Void) -> Bool {
        guard let context else { return false }
        waiting.append(work)
        if waiting.count == 1 { context.read() }
        return true
    }

    func channelActive(context: ChannelHandlerContext) {
        self.context = context
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: [0])), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.writeAndFlush(data, promise: nil)
        // What else the loop has found comes before.
        context.eventLoop.assumeIsolated().execute { [self] in
            let works = waiting
            waiting.removeAll(keepingCapacity: true)
            for work in works { work() }
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }
}
