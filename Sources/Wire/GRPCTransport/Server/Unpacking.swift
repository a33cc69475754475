// SPDX-License-Identifier: Apache-2.0

// The unpacking of a compressed message off the event loop: slice by slice, in turns with those of
// other connections, so that a message that unpacks to much holds up nobody.

internal import NIOCore
internal import Synchronization
internal import Turns
internal import VigieLimits

/// A message that worker threads unpack.
///
/// The loop looks at the inflater again only when `done` has been called; only `cancel` is
/// called meanwhile. That is why it can be Sendable.
final class Unpacking: @unchecked Sendable {
    let inflater: GzipInflater
    private let limits: TransportLimits
    /// What a packed byte takes.
    private let times: WorkTimes
    private let isCancelled = Atomic(false)

    init(_ inflater: GzipInflater, limits: TransportLimits, times: WorkTimes) {
        (self.inflater, self.limits, self.times) = (inflater, limits, times)
    }

    /// Makes it stop before its next slice.
    func cancel() {
        isCancelled.store(true, ordering: .relaxed)
    }

    /// Has the rest unpacked by `workers`.
    ///
    /// - Parameters:
    ///   - nanosecondsLeft: Time until nobody wants the message any more; nil for any time.
    ///   - done: Called once on a worker thread, also after `cancel`: what it holds on to must not
    ///     be let go there. With the refusal of a message that is refused.
    /// - Returns: What to refuse the message with when it is not taken in.
    func submit(
        to workers: WorkerPool,
        of share: TurnShare,
        nanosecondsLeft: Double?,
        done: @escaping @Sendable (GRPCStatus?) -> Void
    ) -> GRPCStatus? {
        let admission = workers.turns.submit(
            of: share,
            nanoseconds: times.nanoseconds(of: inflater.leftBytes),
            chunkNanoseconds: times.nanoseconds(of: limits.sliceTakenBytesMax),
            nanosecondsLeft: nanosecondsLeft
        ) { [self] in
            if isCancelled.load(ordering: .relaxed) {
                done(nil)
                return true
            }
            switch inflateSlice() {
            case .finished: done(nil)
            case .failed(let status): done(status)
            case .unfinished: return false
            }
            return true
        }
        switch admission {
        case .queued: return nil
        case .full: return .tooManyPacked
        case .late: return .tooLate
        }
    }

    private func inflateSlice() -> GzipInflater.Progress {
        let (start, before) = (NIODeadline.now(), inflater.leftBytes)
        defer {
            let nanoseconds = Double((.now() - start).nanoseconds)
            times.note(nanoseconds, of: before - inflater.leftBytes)
        }
        return inflater.inflate(
            takenBytesMax: limits.sliceTakenBytesMax,
            madeBytesMax: limits.sliceMadeBytesMax
        )
    }
}

extension ServerSession {
    /// Unpacks a message of a call, now or later; the call is given no other one meanwhile.
    ///
    /// - Parameter storage: Where `packed` lies, if it may be kept.
    func unpack(
        _ call: ServerCall,
        _ packed: UnsafeRawBufferPointer,
        storage: MessageStorage?
    ) {
        let limit = call.deframer.limit
        let limits = environment.limits
        guard let inflater = GzipInflater(packed, limit: limit, budget: assembly) else {
            return rejectForMemory(call)
        }
        if packed.count <= limits.inPlaceTakenBytesMax, loop.inPlaceTime.mayBegin() {
            let progress = inflater.inflate(
                takenBytesMax: limits.inPlaceTakenBytesMax,
                madeBytesMax: limits.inPlaceMadeBytesMax
            )
            loop.inPlaceTime.end()
            switch progress {
            case .finished: return receiveUnpacked(call, inflater.target)
            case .failed(let status): return reject(call, status)
            case .unfinished: break
            }
        }
        guard inflater.keep(storage) else { return rejectForMemory(call) }
        leaveLoop(call, inflater)
    }

    private func leaveLoop(_ call: ServerCall, _ inflater: GzipInflater) {
        let unpacking = Unpacking(
            inflater,
            limits: environment.limits,
            times: environment.unpackingTimes
        )
        let bound = NIOLoopBound((session: self, call: call), eventLoop: eventLoop)
        let refusal = unpacking.submit(
            to: environment.workers,
            of: call.turnShare,
            nanosecondsLeft: call.nanosecondsLeft
        ) { [eventLoop] refusal in
            eventLoop.execute {
                let (session, call) = bound.value
                session.loop.turn.takeOver { session.unpacked(call, unpacking, refusal) }
            }
        }
        if let refusal { return reject(call, refusal) }
        call.unpacking = unpacking
    }

    /// A message is unpacked, or refused: on the call's event loop again.
    private func unpacked(_ call: ServerCall, _ unpacking: Unpacking, _ refusal: GRPCStatus?) {
        // The call may be over.
        guard call.unpacking === unpacking else { return }
        call.unpacking = nil
        if let refusal { return reject(call, refusal) }
        receiveUnpacked(call, unpacking.inflater.target)
        if !call.isEnded { deliverHeld(call) }
    }

    private func receiveUnpacked(_ call: ServerCall, _ message: MessageStorage) {
        call.noteMessage(isCompressed: true)
        receiveMessage(call, message.bytes, storage: message)
        // That of a unary call is handed on later, and is the only one.
        if call.unaryMessage == nil { call.noteMessage(isCompressed: false) }
    }

    /// The call is over: nobody wants the message that is being unpacked.
    func cancelUnpacking(of call: ServerCall) {
        guard let unpacking = call.unpacking else { return }
        unpacking.cancel()
        call.unpacking = nil
    }
}

/// How long an event loop has worked lately on what may as well leave it. Each such piece is
/// short; together they are to leave nine tenths of the time to others.
struct InPlaceTime {
    private static let windowNanoseconds: UInt64 = 10_000_000
    private static let windowShare: UInt64 = 10

    private var windowEnd: UInt64 = 0
    private var spent: UInt64 = 0
    private var begun: UInt64 = 0

    /// Whether there is time for another piece; `end` must follow then.
    mutating func mayBegin() -> Bool {
        begun = NIODeadline.now().uptimeNanoseconds
        if begun >= windowEnd {
            windowEnd = begun + Self.windowNanoseconds
            spent = 0
        }
        return spent < Self.windowNanoseconds / Self.windowShare
    }

    /// The piece is done.
    mutating func end() {
        spent += NIODeadline.now().uptimeNanoseconds - begun
    }
}
