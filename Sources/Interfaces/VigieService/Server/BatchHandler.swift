// SPDX-License-Identifier: Apache-2.0

// Streams of companies (BatchAssess, BatchDecide): the header first, then message after message of
// companies, each answered before the next is looked at. A thread answers; what arrives meanwhile
// waits in the transport, which holds the client's window.

internal import Callers
internal import GRPCTransport
internal import NIOCore
internal import ServiceErrors
internal import Turns
internal import VigieLimits

/// What a method does with the companies of a stream.
protocol BatchMethod: Sendable {
    /// A header that was accepted.
    associatedtype Header: Sendable
    /// Answers a message.
    associatedtype Answer: BatchAnswering

    /// The threads that answer.
    var workers: WorkerPool { get }
    /// The limits.
    var limits: ServiceLimits { get }
    /// What a company takes.
    var batchTimes: WorkTimes { get }
    /// Companies that are answered before it is another connection's turn.
    var companiesTogether: Int { get }
    /// What a message is, and how many companies it may have.
    var shape: BatchShape { get }

    /// Checks a header.
    ///
    /// - Returns: What companies are answered by, and the encoded first answer of the stream.
    func accept(
        _ header: UnsafeRawBufferPointer,
        from caller: Caller?
    ) throws(ServiceError) -> (header: Header, greeting: [UInt8])
    /// Memory that is set aside for the answer to a message of so many companies, in bytes.
    func answerBytes(_ companyCount: Int, _ header: Header) throws(ServiceError) -> Int
    /// Begins to answer companies.
    func answer(to companies: [UnsafeRawBufferPointer], _ header: Header) -> Answer
    /// Companies of a message were answered.
    func count(_ companyCount: Int)
}

/// The answer to a message, written as its companies are answered: some at a time, in their order.
protocol BatchAnswering {
    /// How many were answered.
    var next: Int { get }
    /// The companies of the message.
    var companies: [UnsafeRawBufferPointer] { get }

    /// Answers the next companies.
    ///
    /// - Parameter countMax: Most of them.
    /// - Returns: The encoded answer to the message, when those were the last.
    mutating func answerSome(atMost countMax: Int) throws(ServiceError) -> [UInt8]?
}

extension BatchMethod {
    /// As many as take some milliseconds, and not so few that it costs more to begin.
    func companiesTogether(_ bounds: ClosedRange<Int>) -> Int {
        let nanoseconds = batchTimes.nanoseconds()
        let wanted = nanoseconds > 0 ? limits.batchChunkNanoseconds / nanoseconds : 0
        return Int(min(max(wanted, Double(bounds.lowerBound)), Double(bounds.upperBound)))
    }
}

/// The state of one stream. Bound to the call's event loop.
final class BatchHandler<Method: BatchMethod>: CallHandler {
    private let method: Method
    private var header: Method.Header?
    private var batch: BatchWork<Method>?
    private var hasClientEnded = false

    init(_ method: Method) { self.method = method }

    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
        do throws(ServiceError) {
            let envelope = try BatchEnvelope(message, method.shape)
            if let header = envelope.header {
                try receiveHeader(header, call: call)
            } else {
                try receiveBatch(message, count: envelope.companies?.count ?? 0, call: call)
            }
        } catch {
            call.finish(error.status)
        }
    }

    func receiveEnd(call: ServerCall) {
        hasClientEnded = true
        finishWhenDone(call)
    }

    func callEnded(call: ServerCall, reason: CallEndReason) {
        batch?.interest.end()
    }

    private func receiveHeader(
        _ bytes: UnsafeRawBufferPointer,
        call: ServerCall
    ) throws(ServiceError) {
        guard header == nil else {
            throw .invalid(
                "header",
                "SECOND_HEADER",
                "The stream has a second header; the first applies to all of its companies. Open "
                    + "another stream for another model, policy or day."
            )
        }
        guard bytes.count <= method.limits.controlMessageBytesMax else {
            throw .overLimit(
                "header",
                "controlMessageBytesMax",
                "The header takes \(bytes.count) bytes.",
                value: bytes.count,
                maximum: method.limits.controlMessageBytesMax,
                code: .resourceExhausted
            )
        }
        let accepted = try method.accept(bytes, from: call.caller)
        header = accepted.header
        call.sendMessage(byteCount: accepted.greeting.count) {
            $0.copyBytes(from: accepted.greeting)
        }
    }

    private func receiveBatch(
        _ message: UnsafeRawBufferPointer,
        count: Int,
        call: ServerCall
    ) throws(ServiceError) {
        guard let header else { throw .noHeader }
        let answerBytes = try method.answerBytes(count, header)
        guard let kept = call.keep(message) else { throw .noRequestMemory(method.limits) }
        guard call.reserveAnswer(answerBytes) else { return call.finish(.noAnswerMemory) }
        let batch = BatchWork<Method>(kept, header: header, deadline: call.deadline)
        let eventLoop = call.eventLoop
        let bound = NIOLoopBound((self, call), eventLoop: eventLoop)
        let admission = method.workers.turns.submit(
            of: call.turnShare,
            byteCount: message.count,
            nanoseconds: method.batchTimes.nanoseconds(of: count),
            chunkNanoseconds: method.batchTimes.nanoseconds(of: method.companiesTogether),
            nanosecondsLeft: call.nanosecondsLeft
        ) { [method] in
            guard batch.runChunk(method) else { return false }
            eventLoop.execute {
                let (handler, call) = bound.value
                handler.finish(batch, call)
            }
            return true
        }
        if let refusal = ServiceError(admission, method.limits) { throw refusal }
        self.batch = batch
        call.pauseMessages()
    }

    /// A thread is done with a message: on the call's event loop again.
    private func finish(_ batch: BatchWork<Method>, _ call: ServerCall) {
        self.batch = nil
        switch batch.outcome {
        case nil: return
        case .success(let bytes):
            call.sendMessage(byteCount: bytes.count) { $0.copyBytes(from: bytes) }
            call.releaseReservedAnswer()
            call.resumeMessages()
            finishWhenDone(call)
        case .failure(let error): call.finish(error.status)
        }
    }

    private func finishWhenDone(_ call: ServerCall) {
        guard hasClientEnded, batch == nil else { return }
        call.finish(header == nil ? ServiceError.noHeader.status : .ok)
    }
}

/// A message of companies that a thread has. The loop looks at the outcome only when the thread is
/// done. That is why it can be Sendable.
private final class BatchWork<Method: BatchMethod>: @unchecked Sendable {
    /// What came out; nil when nobody waits any more, or the deadline has passed, which the
    /// transport tells.
    private(set) var outcome: Result<[UInt8], ServiceError>?
    private let message: KeptBytes
    private let header: Method.Header
    private var answer: Method.Answer?
    /// Whether somebody waits for it.
    let interest: CallInterest

    init(_ message: KeptBytes, header: Method.Header, deadline: NIODeadline?) {
        (self.message, self.header) = (message, header)
        interest = CallInterest(until: deadline)
    }

    /// Answers the next companies; true when there are none left, or nobody waits any more.
    func runChunk(_ method: Method) -> Bool {
        guard interest.isThere else { return true }
        let start = NIODeadline.now()
        do throws(ServiceError) {
            if answer == nil {
                let companies = try BatchEnvelope(message.bytes, method.shape).companies ?? []
                answer = method.answer(to: companies, header)
            }
            let before = answer?.next ?? 0
            let bytes = try answer?.answerSome(atMost: method.companiesTogether)
            method.batchTimes.note(since: start, of: (answer?.next ?? 0) - before)
            guard let bytes else { return false }
            method.count(answer?.companies.count ?? 0)
            outcome = .success(bytes)
        } catch {
            outcome = .failure(error)
        }
        return true
    }
}
