// SPDX-License-Identifier: Apache-2.0

// When no file descriptor is left, connections would wait in the system's queue and their clients
// would hang. A descriptor that was kept for this takes them in, one by one, to turn them away.

internal import NIOCore
internal import Synchronization
internal import Telemetry

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// The descriptor that a server keeps, for all its listeners.
final class SpareDescriptor: Sendable {
    private let descriptor: Mutex<Int32?>
    /// Whether it was given up and is not there again.
    private let isGone: Atomic<Bool>

    init() {
        let opened = Self.openOne()
        descriptor = Mutex(opened)
        isGone = Atomic(opened == nil)
    }

    deinit {
        descriptor.withLock { if let number = $0 { close(number) } }
    }

    private static func openOne() -> Int32? {
        // What takes least to make.
        let number = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        return number < 0 ? nil : number
    }

    /// Gives it up for a connection that is to be turned away; false when it is gone already.
    func giveUp() -> Bool {
        descriptor.withLock { descriptor in
            guard let number = descriptor else { return false }
            isGone.store(true, ordering: .relaxed)
            close(number)
            descriptor = nil
            return true
        }
    }

    /// Whether there is one, after another try if it was gone. Any connection that was taken
    /// meanwhile, by whatever listener, may have its place.
    func isThere() -> Bool {
        guard isGone.load(ordering: .relaxed) else { return true }
        return descriptor.withLock { descriptor in
            if descriptor == nil { descriptor = Self.openOne() }
            isGone.store(descriptor == nil, ordering: .relaxed)
            return descriptor != nil
        }
    }
}

/// Stands before a listener. Used on its event loop only.
final class DescriptorReserve: ChannelInboundHandler {
    typealias InboundIn = any Channel

    private let loop: ServerLoop
    private var isPaused = false

    init(loop: ServerLoop) {
        self.loop = loop
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? IOError, error.isWantOfDescriptors else {
            return context.fireErrorCaught(error)
        }
        // If another listener turns somebody away just now, it is there again in a moment.
        if !loop.environment.spare.giveUp() { pause(context, .milliseconds(5)) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let spare = loop.environment.spare
        if spare.isThere() { return context.fireChannelRead(data) }
        let channel = unwrapInboundIn(data)
        loop.counters.count(.connectionsRefusedDescriptors)
        loop.tellRefused("no file descriptor is left", channel.remoteAddress)
        channel.resetOnClose()
        channel.close().whenComplete { _ in _ = spare.isThere() }
        pause(context, .milliseconds(1))
    }

    /// Accepts nothing for a moment.
    private func pause(_ context: ChannelHandlerContext, _ time: TimeAmount) {
        guard !isPaused else { return }
        isPaused = true
        try? context.channel.syncOptions?.setOption(.autoRead, value: false)
        context.eventLoop.assumeIsolated().scheduleTask(in: time) { [self] in
            isPaused = false
            _ = loop.environment.spare.isThere()
            try? context.channel.syncOptions?.setOption(.autoRead, value: true)
        }
    }
}

extension IOError {
    /// Whether the process, or the system, has no descriptor left.
    fileprivate var isWantOfDescriptors: Bool { errnoCode == EMFILE || errnoCode == ENFILE }
}
