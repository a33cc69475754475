// SPDX-License-Identifier: Apache-2.0

// A unary call that a worker thread answers. The loop copies the request, which is short,
// and gets the encoded answer back.

internal import Callers
internal import GRPCTransport
internal import NIOCore
internal import ProtobufCoding
internal import ServiceErrors
internal import Turns
internal import VigieLimits

/// Answers one call on a worker thread. Bound to the call's event loop.
final class WorkerHandler<Request: ProtobufMessage>: CallHandler {
    /// Answers with encoded messages, in their order.
    typealias Answer = @Sendable (Request, Caller?, CallInterest) throws(ServiceError) -> [[UInt8]]

    private let workers: WorkerPool
    private let limits: ServiceLimits
    private let answer: Answer
    private let times: WorkTimes
    private var interest: CallInterest?

    init(
        workers: WorkerPool,
        limits: ServiceLimits,
        times: WorkTimes,
        answer: @escaping Answer
    ) {
        self.workers = workers
        self.limits = limits
        self.times = times
        self.answer = answer
    }

    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
        let request = [UInt8](message)
        let eventLoop = call.eventLoop
        let bound = NIOLoopBound(call, eventLoop: eventLoop)
        let caller = call.caller
        let work = WorkOutcome()
        let interest = CallInterest(until: call.deadline)
        let admission = workers.turns.submit(
            of: call.turnShare,
            nanoseconds: times.nanoseconds(),
            nanosecondsLeft: call.nanosecondsLeft
        ) { [answer, times] in
            let start = NIODeadline.now()
            if interest.isThere {
                work.result = Self.result(of: request, caller, interest, answer)
                times.note(since: start)
            }
            // Also when nobody waits any more: the call must be let go on its loop.
            eventLoop.execute { work.finish(bound.value) }
            return true
        }
        if let refusal = ServiceError(admission, limits) { return call.finish(refusal.status) }
        self.interest = interest
    }

    func receiveEnd(call: ServerCall) {}

    func callEnded(call: ServerCall, reason: CallEndReason) { interest?.end() }

    private static func result(
        of request: [UInt8],
        _ caller: Caller?,
        _ interest: CallInterest,
        _ answer: Answer
    ) -> Result<[[UInt8]], ServiceError> {
        guard let message = try? Request(serializedBytes: request) else {
            return .failure(.malformed(Request.protoMessageName))
        }
        do throws(ServiceError) {
            return .success(try answer(message, caller, interest))
        } catch {
            return .failure(error)
        }
    }
}

/// What came out of work on a thread. The loop looks at it only when the thread is done. That is
/// why it can be Sendable.
final class WorkOutcome: @unchecked Sendable {
    /// The encoded messages; nil when nobody waits any more, or the deadline has passed, which the
    /// transport tells.
    var result: Result<[[UInt8]], ServiceError>?

    /// Ends a call with it.
    func finish(_ call: ServerCall) {
        switch result {
        case nil: return
        case .success(let messages):
            // One is taken as it comes; many are a policy, which may be long.
            let byteCount = messages.reduce(0) { $0 + $1.count }
            guard messages.count < 2 || call.reserveAnswer(byteCount) else {
                return call.finish(.noAnswerMemory)
            }
            for bytes in messages {
                call.sendMessage(byteCount: bytes.count) { $0.copyBytes(from: bytes) }
            }
            call.finish(.ok)
        case .failure(let error): call.finish(error.status)
        }
    }
}

extension TurnLimits {
    /// Those of a queue of calls.
    static func calls(_ limits: ServiceLimits, shareThreadsMax: Int = .max) -> TurnLimits {
        TurnLimits(
            workMax: limits.queuedCallsMax,
            shareWorkMax: limits.connectionQueuedCallsMax,
            shareThreadsMax: shareThreadsMax
        )
    }
}

extension WorkTimes {
    /// Learns from work that ends now.
    func note(since start: NIODeadline, of unitCount: Int = 1) {
        note(Double((.now() - start).nanoseconds), of: unitCount)
    }
}

extension ServiceError {
    /// The refusal of a call that threads have not taken; nil for one that they have.
    init?(_ admission: TurnAdmission, _ limits: ServiceLimits) {
        switch admission {
        case .queued: return nil
        case .full: self = .overloaded(limits)
        case .late: self = .tooLate
        }
    }

    /// The refusal of a call for which no thread has time soon.
    static func overloaded(_ limits: ServiceLimits) -> ServiceError {
        retryLater(
            "Too many calls wait for this server's threads (queuedCallsMax); send it again later.",
            limits
        )
    }
}
