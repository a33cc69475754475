// SPDX-License-Identifier: Apache-2.0

// A unary call that a worker thread answers. The loop copies the request, which is short,
// and gets the encoded answer back.

internal import Callers
internal import GRPCTransport
internal import NIOCore
internal import ProtobufCoding
internal import ServiceErrors
internal import Synchronization
internal import Turns
internal import VigieLimits

/// Answers one call on a worker thread. Bound to the call's event loop.
final class WorkerHandler<
    Request: ProtobufMessage,
    Response: ProtobufWritable
>: CallHandler {
    private let workers: WorkerPool
    private let limits: ServiceLimits
    private let answer: MessageAnswer<Request, Response>
    private let times: WorkTimes
    private let work = UnaryWork()

    init(
        workers: WorkerPool,
        limits: ServiceLimits,
        times: WorkTimes,
        answer: @escaping MessageAnswer<Request, Response>
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
        let admission = workers.turns.submit(
            of: call.turnShare,
            nanoseconds: times.nanoseconds(),
            nanosecondsLeft: call.nanosecondsLeft
        ) { [answer, times, work, deadline = call.deadline] in
            let start = NIODeadline.now()
            if !work.isCancelled, deadline.map({ $0 > start }) ?? true {
                work.outcome = UnaryWork.outcome(of: request, caller, answer)
                times.note(since: start)
            }
            // Also when nobody waits any more: the call must be let go on its loop.
            eventLoop.execute { work.finish(bound.value) }
            return true
        }
        if let refusal = ServiceError(admission, limits) { call.finish(refusal.status) }
    }

    func receiveEnd(call: ServerCall) {}

    func callEnded(call: ServerCall, reason: CallEndReason) {
        work.cancel()
    }
}

/// What a worker thread does for a call. The loop looks at the outcome only when the thread is
/// done; only `cancel` is called meanwhile. That is why it can be Sendable.
private final class UnaryWork: @unchecked Sendable {
    enum Outcome {
        /// Nobody waits for an answer any more.
        case abandoned
        case answered([UInt8])
        case failed(GRPCStatus)
    }

    var outcome = Outcome.abandoned
    private let cancelled = Atomic(false)

    var isCancelled: Bool { cancelled.load(ordering: .relaxed) }

    func cancel() {
        cancelled.store(true, ordering: .relaxed)
    }

    static func outcome<Request: ProtobufMessage, Response: ProtobufWritable>(
        of request: [UInt8],
        _ caller: Caller?,
        _ answer: (Request, Caller?) throws(ServiceError) -> Response
    ) -> Outcome {
        guard let message = try? Request(serializedBytes: request) else {
            return .failed(ServiceError.malformed(Request.protoMessageName).status)
        }
        do throws(ServiceError) {
            return .answered(try answer(message, caller).serializedBytes())
        } catch {
            return .failed(error.status)
        }
    }

    func finish(_ call: ServerCall) {
        switch outcome {
        case .abandoned:
            // Its deadline has passed, and the transport tells it so.
            return
        case .answered(let bytes):
            call.sendMessage(byteCount: bytes.count) { $0.copyBytes(from: bytes) }
            call.finish(.ok)
        case .failed(let status):
            call.finish(status)
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
