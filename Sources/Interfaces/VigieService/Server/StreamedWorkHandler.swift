// SPDX-License-Identifier: Apache-2.0

// A stream of messages with one answer, each message worked on by a thread before the next is
// looked at. What arrives meanwhile waits in the transport, which holds the client's window, so
// that slow work slows its sender. Whoever leaves ends it with the message at hand.

internal import Callers
internal import GRPCTransport
internal import NIOCore
internal import ServiceErrors
internal import Turns
internal import VigieLimits

/// What is done with the messages of a stream: on any thread, on one at a time.
protocol StreamedWork: AnyObject, Sendable {
    /// How much work a message is, in some unit.
    static func size(ofMessage byteCount: Int) -> Int
    /// Hears who calls, and whether somebody still waits: once, before the first message.
    func begin(_ caller: Caller?, _ interest: CallInterest)
    /// Takes a message.
    func take(_ message: UnsafeRawBufferPointer) throws(ServiceError)
    /// The encoded answer, when all have come.
    func answer() throws(ServiceError) -> [UInt8]
}

extension StreamedWork {
    func begin(_: Caller?, _: CallInterest) {}
}

/// The state of one stream. Bound to the call's event loop.
final class StreamedWorkHandler<Work: StreamedWork>: CallHandler {
    private let work: Work
    private let desk: CallDesk
    private let limits: ServiceLimits
    private var place: DeskPlace?
    private var interest: CallInterest?
    /// Whether a thread has a message; no other comes meanwhile.
    private var isAway = false
    private var hasClientEnded = false

    /// Makes the handler of a stream at a desk.
    init(_ work: Work, desk: CallDesk, limits: ServiceLimits) {
        (self.work, self.desk, self.limits) = (work, desk, limits)
    }

    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
        if interest == nil {
            let interest = CallInterest(until: call.deadline)
            self.interest = interest
            work.begin(call.caller, interest)
            do throws(ServiceError) {
                place = try DeskPlace(desk, call.turnShare)
            } catch {
                return call.finish(error.status)
            }
        }
        guard place != nil else { return }
        guard let kept = call.keep(message) else {
            return call.finish(ServiceError.noRequestMemory(limits).status)
        }
        // The thread that has the message is the only one that looks at it.
        nonisolated(unsafe) let bytes = kept
        submit(byteCount: message.count, call) { (work) throws(ServiceError) in
            try work.take(bytes.bytes)
            return nil
        }
    }

    func receiveEnd(call: ServerCall) {
        hasClientEnded = true
        answerWhenDone(call)
    }

    func callEnded(call: ServerCall, reason: CallEndReason) {
        interest?.end()
        place = nil
    }

    private func submit(
        byteCount: Int,
        _ call: ServerCall,
        _ body: @escaping @Sendable (Work) throws(ServiceError) -> [UInt8]?
    ) {
        guard let interest else { return }
        let eventLoop = call.eventLoop
        let bound = NIOLoopBound((self, call), eventLoop: eventLoop)
        let outcome = WorkOutcome()
        let size = Work.size(ofMessage: byteCount)
        let admission = desk.workers.turns.submit(
            of: call.turnShare,
            byteCount: byteCount,
            nanoseconds: desk.times.nanoseconds(of: size),
            nanosecondsLeft: call.nanosecondsLeft
        ) { [work, desk, place] in
            let start = NIODeadline.now()
            do throws(ServiceError) {
                if interest.isThere {
                    outcome.result = .success([try body(work)].compactMap(\.self))
                }
            } catch {
                outcome.result = .failure(error)
            }
            desk.times.note(since: start, of: max(size, 1))
            eventLoop.execute {
                let (handler, call) = bound.value
                // Until here also when the call has ended meanwhile: its memory is in use.
                withExtendedLifetime(place) { handler.goOn(outcome, call) }
            }
            return true
        }
        if let refusal = ServiceError(admission, limits) { return call.finish(refusal.status) }
        isAway = true
        call.pauseMessages()
    }

    private func goOn(_ outcome: WorkOutcome, _ call: ServerCall) {
        isAway = false
        if case .success(let messages)? = outcome.result, messages.isEmpty {
            call.resumeMessages()
            return answerWhenDone(call)
        }
        place?.leave()
        outcome.finish(call)
    }

    private func answerWhenDone(_ call: ServerCall) {
        guard hasClientEnded, !isAway, !call.isEnded else { return }
        guard place != nil else { return call.finish(ServiceError.noHeader.status) }
        submit(byteCount: 0, call) { (work) throws(ServiceError) in try work.answer() }
    }
}
