// SPDX-License-Identifier: Apache-2.0

// Long headers, which threads prepare: 4,096 columns, each looked up by its name, take a
// millisecond.

internal import BlockPipeline
internal import GRPCTransport
internal import NIOCore
internal import Quantities
internal import ServiceErrors
internal import Synchronization
internal import Turns
internal import VigieLimits

extension RowScorer {
    /// Has a thread prepare a header for which `prepare` gave nil.
    ///
    /// - Parameters:
    ///   - bytes: The encoded header.
    ///   - message: What it lies in.
    ///   - call: The call; it is to be given no other message meanwhile.
    ///   - given: The day for which it is prepared if it names none; nil for that of the clock.
    ///   - then: Called on the event loop with the header, unless the call is over by then or the
    ///     header was refused.
    ///   - refuse: Called instead when the header was refused; nil ends the call.
    func prepare(
        _ bytes: UnsafeRawBufferPointer,
        in message: MessageStorage,
        for call: ServerCall,
        today given: CalendarDate? = nil,
        then: @escaping (PreparedHeader) -> Void,
        refuse: ((ServiceError) -> Void)? = nil
    ) throws(ServiceError) {
        let decodedBytesMax = 4 * bytes.count + limits.headerMemoryBytes
        try reserve(decodedBytesMax, for: call)
        let frame = blocks.takeFrame()
        frame.message = message
        let today = given ?? today
        let asker = RowAsker(call)
        let work = HeaderWork { [method] () throws(ServiceError) in
            try method.prepare(bytes, frame.arena, today, asker)
        }
        let eventLoop = call.eventLoop
        let admission = blocks.submit(
            work,
            byteCount: message.count + decodedBytesMax,
            of: call,
            share: call.turnShare,
            nanosecondsLeft: call.nanosecondsLeft,
            toLoop: { eventLoop.execute($0) }
        ) { [self] isCancelled in
            defer { blocks.giveBack(frame) }
            guard !isCancelled, let outcome = work.outcome else { return }
            call.releaseReservedAnswer()
            do throws(ServiceError) {
                let header = try outcome.get()
                headers.insert(header, for: bytes, today: today)
                try header.check(call)
                then(header)
            } catch {
                if let refuse { refuse(error) } else { call.finish(error.status) }
            }
        }
        guard admission == .queued else {
            call.releaseReservedAnswer()
            blocks.giveBack(frame)
            return try Self.check(admission, limits)
        }
    }

    /// Keeps the bytes of the message that is being received, or a part of them.
    func keep(
        _ bytes: UnsafeRawBufferPointer,
        of call: ServerCall
    ) throws(ServiceError) -> KeptBytes {
        guard let kept = call.keep(bytes) else { throw .noRequestMemory(limits) }
        return kept
    }
}

/// The preparation of a header by a thread.
///
/// Made on an event loop, run on one thread, and looked at by the loop again only after it has
/// run; only `cancel` is called meanwhile. That is why it can be Sendable.
private final class HeaderWork: PoolWork, @unchecked Sendable {
    /// What became of it; nil if it was cancelled before its turn.
    private(set) var outcome: Result<PreparedHeader, ServiceError>?
    private let body: () throws(ServiceError) -> PreparedHeader
    private let isCancelled = Atomic(false)

    init(body: @escaping () throws(ServiceError) -> PreparedHeader) {
        self.body = body
    }

    func runChunk() -> Bool {
        guard !isCancelled.load(ordering: .relaxed) else { return true }
        do throws(ServiceError) {
            outcome = .success(try body())
        } catch {
            outcome = .failure(error)
        }
        return true
    }

    func cancel() {
        isCancelled.store(true, ordering: .relaxed)
    }
}
