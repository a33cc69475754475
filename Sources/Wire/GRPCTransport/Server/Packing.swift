// SPDX-License-Identifier: Apache-2.0

// The compression of answers, off the event loop: slice by slice, in turns with those of other
// connections. Messages of a call keep their order: while one is compressed, those behind it wait,
// and so do the trailers.

internal import CZlib
internal import NIOCore
internal import Synchronization
internal import Turns
internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// A message of an answer that worker threads compress.
///
/// The loop looks at the result only when `done` has been called; only `cancel` is called
/// meanwhile. That is why it can be Sendable.
final class Packing: @unchecked Sendable {
    /// What zlib takes for one stream.
    private static let stateBytes = 272 << 10
    private static let prefixBytes = 5

    /// Bytes of the message without its prefix.
    let byteCount: Int
    /// Bytes that were set aside for its compression.
    let workBytes: Int
    /// Whether it is compressed, or only waits for others.
    var isPacked: Bool
    private let source: UnsafeMutableRawPointer
    private var isGiven = false
    private var target: UnsafeMutableRawPointer?
    private var stream: UnsafeMutablePointer<z_stream>?
    private let isCancelled = Atomic(false)

    /// Memory that the compression of a message takes.
    static func workBytes(_ byteCount: Int) -> Int { byteCount + prefixBytes + stateBytes }

    /// Takes a message.
    init(
        byteCount: Int,
        isPacked: Bool,
        write: (UnsafeMutableRawBufferPointer) -> Void
    ) {
        self.byteCount = byteCount
        self.isPacked = isPacked
        workBytes = isPacked ? Self.workBytes(byteCount) : 0
        guard let memory = malloc(byteCount + Self.prefixBytes) else {
            fatalError("out of memory")
        }
        source = memory
        memory.storeBytes(of: 0, as: UInt8.self)
        (memory + 1).storeBytes(of: UInt32(clamping: byteCount).bigEndian, as: UInt32.self)
        write(UnsafeMutableRawBufferPointer(start: memory + Self.prefixBytes, count: byteCount))
    }

    deinit {
        if !isGiven { free(source) }
        free(target)
        if let stream {
            deflateEnd(stream)
            stream.deallocate()
        }
    }

    /// Makes it stop before its next slice.
    func cancel() {
        isCancelled.store(true, ordering: .relaxed)
    }

    /// Gives away the memory of the message, prefix and all: compressed, or as it was where that
    /// is shorter.
    func takeMessage() -> (base: UnsafeMutableRawPointer, byteCount: Int) {
        if isPacked, let packed = target, let stream {
            let count = Int(stream.pointee.total_out)
            packed.storeBytes(of: 1, as: UInt8.self)
            (packed + 1).storeBytes(of: UInt32(clamping: count).bigEndian, as: UInt32.self)
            target = nil
            return (packed, count + Self.prefixBytes)
        }
        isGiven = true
        return (source, byteCount + Self.prefixBytes)
    }

    /// Has it compressed by `workers`.
    ///
    /// - Parameter done: Called once on a worker thread, also after `cancel`: what it holds on to
    ///   must not be let go there.
    /// - Returns: False when too much waits already.
    func submit(
        to workers: WorkerPool,
        of share: TurnShare,
        sliceBytes: Int,
        done: @escaping @Sendable () -> Void
    ) -> Bool {
        let admission = workers.turns.submit(of: share) { [self] in
            if !isCancelled.load(ordering: .relaxed), pack(sliceBytes) { return false }
            done()
            return true
        }
        return admission == .queued
    }

    /// Compresses a slice.
    ///
    /// - Returns: Whether there is more to do.
    private func pack(_ sliceBytes: Int) -> Bool {
        guard let stream = begin() else {
            isPacked = false
            return false
        }
        let taken = Int(stream.pointee.total_in)
        let slice = min(sliceBytes, byteCount - taken)
        let start = source + Self.prefixBytes + taken
        stream.pointee.next_in = start.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_in = UInt32(clamping: slice)
        let isLast = taken + slice == byteCount
        let result = deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
        if result == Z_STREAM_END { return false }
        // No room is left when it gets no shorter.
        guard result == Z_OK, stream.pointee.avail_out > 0, !isLast else {
            isPacked = false
            return false
        }
        return true
    }

    private func begin() -> UnsafeMutablePointer<z_stream>? {
        if let stream { return stream }
        guard let memory = malloc(byteCount + Self.prefixBytes) else { return nil }
        target = memory
        let fresh = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        fresh.initialize(to: z_stream())
        guard vigie_gzip_fast_deflate_init(fresh) == Z_OK else {
            fresh.deallocate()
            return nil
        }
        stream = fresh
        fresh.pointee.next_out = (memory + Self.prefixBytes).assumingMemoryBound(to: UInt8.self)
        fresh.pointee.avail_out = UInt32(clamping: byteCount - 1)
        return fresh
    }
}

extension ServerCall {
    /// Queues a message to be compressed, or behind one that is.
    ///
    /// - Returns: False for a message that may go at once.
    func pack(
        _ byteCount: Int,
        _ owner: Unmanaged<ServerSession>,
        _ write: (UnsafeMutableRawBufferPointer) -> Void
    ) -> Bool {
        owner._withUnsafeGuaranteedRef { session in
            let isLong =
                !leavesMessagesPlain
                && byteCount >= max(session.environment.limits.packedAnswerBytesMin, 1)
            guard isLong || !packings.isEmpty else { return false }
            // Without memory for it, the message goes as it is.
            let isPacked = isLong && session.answers.reserve(Packing.workBytes(byteCount))
            let packing = Packing(byteCount: byteCount, isPacked: isPacked, write: write)
            packings.append(packing)
            packingBytes += byteCount
            if packings.count == 1, !session.begin(packing, of: self) {
                packing.isPacked = false
                session.packed(packing, of: self)
            }
            return true
        }
    }
}

extension ServerSession {
    /// Begins to compress the message in front.
    ///
    /// - Returns: False for one that goes as it is.
    fileprivate func begin(_ packing: Packing, of call: ServerCall) -> Bool {
        guard packing.isPacked else { return false }
        let bound = NIOLoopBound((session: self, call: call), eventLoop: eventLoop)
        return packing.submit(
            to: environment.workers,
            of: call.turnShare,
            sliceBytes: environment.limits.sliceMadeBytesMax
        ) { [eventLoop] in
            eventLoop.execute { bound.value.session.packed(packing, of: bound.value.call) }
        }
    }

    /// The message in front can be sent: on the call's event loop again.
    fileprivate func packed(_ packing: Packing, of call: ServerCall) {
        // The call may be over.
        guard call.packings.first === packing else { return }
        moveFirst(of: call)
        while let next = call.packings.first, !begin(next, of: call) {
            next.isPacked = false
            moveFirst(of: call)
        }
        outputReady(call)
    }

    /// Moves the message in front to those that are being sent.
    private func moveFirst(of call: ServerCall) {
        let packing = call.packings.removeFirst()
        call.packingBytes -= packing.byteCount
        answers.release(packing.workBytes)
        let message = packing.takeMessage()
        call.outbound.append(owned: message.base, byteCount: message.byteCount)
        answers.release(OutboundQueue.memoryBytes(packing.byteCount) - message.byteCount)
    }

    /// Drops the messages that are not compressed yet.
    func cancelPacking(of call: ServerCall) {
        for packing in call.packings {
            packing.cancel()
            answers.release(packing.workBytes + OutboundQueue.memoryBytes(packing.byteCount))
        }
        call.packings = []
        call.packingBytes = 0
    }
}
