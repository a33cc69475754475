// SPDX-License-Identifier: Apache-2.0

// BatchAssess: the header first, then message after message of companies, each answered before the
// next is looked at. A thread assesses; what arrives meanwhile waits in the transport, which holds
// the client's window.

internal import Assessment
internal import AssessmentMessages
internal import GRPCTransport
internal import NIOCore
internal import ProtobufCoding
internal import ServiceErrors
internal import Synchronization
internal import Telemetry
internal import Turns
internal import VigieApplication
internal import VigieLimits
internal import VigieProtos

/// The state of one stream. Bound to the call's event loop.
final class BatchAssessHandler: CallHandler {
    /// Of a reason in columns, encoded and before.
    private static let reasonBytes = 96
    private let work: AssessmentWork
    private var prepared: PreparedAssessment?
    private var batch: BatchWork?
    private var hasClientEnded = false

    init(work: AssessmentWork) {
        self.work = work
    }

    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
        do throws(ServiceError) {
            let envelope = try BatchEnvelope(message, limits: work.limits)
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
        batch?.cancel()
    }

    private func receiveHeader(
        _ bytes: UnsafeRawBufferPointer,
        call: ServerCall
    ) throws(ServiceError) {
        guard prepared == nil else {
            throw .invalid(
                "header",
                "SECOND_HEADER",
                "The stream has a second header; the first applies to all of its companies. Open "
                    + "another stream for another model or day."
            )
        }
        guard bytes.count <= work.limits.controlMessageBytesMax else {
            throw .overLimit(
                "header",
                "controlMessageBytesMax",
                "The header takes \(bytes.count) bytes.",
                value: bytes.count,
                maximum: work.limits.controlMessageBytesMax,
                code: .resourceExhausted
            )
        }
        let prepared = try PreparedAssessment(
            .init(received: bytes),
            queries: work.queries,
            limits: work.limits,
            tellsFindings: false,
            permitted: call.permittedModels
        )
        guard prepared.plan.questions.reachClass == 0 else {
            throw .invalid(
                "header.questions.reach_class",
                "REACH_IN_BATCH",
                "header.questions.reach_class asks for some hundred assessments of each company; "
                    + "ask Assess for one company at a time."
            )
        }
        self.prepared = prepared
        call.send(
            Vigie_V1_BatchAssessResponse.with {
                $0.context = .init(prepared.plan, omitted: prepared.messages.omitted)
            }
        )
    }

    private func receiveBatch(
        _ message: UnsafeRawBufferPointer,
        count: Int,
        call: ServerCall
    ) throws(ServiceError) {
        guard let prepared else { throw .noHeader }
        let limits = work.limits
        // Neither number is greater than its limit.
        let reasons = count * prepared.plan.options.reasonCount
        guard reasons <= limits.blockReasonsMax else {
            throw .overLimit(
                "batch.companies",
                "blockReasonsMax",
                "\(count) companies with \(prepared.plan.options.reasonCount) reasons each are too "
                    + "many; send them in several messages.",
                value: reasons,
                maximum: limits.blockReasonsMax,
                code: .resourceExhausted
            )
        }
        guard let kept = call.keep(message) else { throw .noRequestMemory(limits) }
        let companyBytes = limits.companyAnswerBytes * (prepared.plan.questions.haveAnswers ? 2 : 1)
        let answerBytes = count * companyBytes + reasons * Self.reasonBytes
        guard call.reserveAnswer(answerBytes) else { return call.finish(.noAnswerMemory) }
        let batch = BatchWork(kept, prepared: prepared, deadline: call.deadline)
        let eventLoop = call.eventLoop
        let bound = NIOLoopBound((self, call), eventLoop: eventLoop)
        let admission = work.workers.turns.submit(
            of: call.turnShare,
            byteCount: message.count,
            nanoseconds: work.batchTimes.nanoseconds(of: count),
            chunkNanoseconds: work.batchTimes.nanoseconds(of: work.companiesTogether),
            nanosecondsLeft: call.nanosecondsLeft
        ) { [work] in
            guard batch.runChunk(work) else { return false }
            eventLoop.execute {
                let (handler, call) = bound.value
                handler.finish(batch, call)
            }
            return true
        }
        if let refusal = ServiceError(admission, limits) { throw refusal }
        self.batch = batch
        call.pauseMessages()
    }

    /// A thread is done with a message: on the call's event loop again.
    private func finish(_ batch: BatchWork, _ call: ServerCall) {
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
        call.finish(prepared == nil ? ServiceError.noHeader.status : .ok)
    }
}

/// A message of companies that a thread has. The loop looks at the outcome only when the thread is
/// done; only `cancel` is called meanwhile. That is why it can be Sendable.
private final class BatchWork: @unchecked Sendable {
    /// What came out; nil when nobody waits any more, or the deadline has passed, which the
    /// transport tells.
    private(set) var outcome: Result<[UInt8], ServiceError>?
    private let message: KeptBytes
    private let prepared: PreparedAssessment
    private let deadline: NIODeadline?
    private var answer: BatchAnswer?
    private let cancelled = Atomic(false)

    init(_ message: KeptBytes, prepared: PreparedAssessment, deadline: NIODeadline?) {
        (self.message, self.prepared, self.deadline) = (message, prepared, deadline)
    }

    func cancel() { cancelled.store(true, ordering: .relaxed) }

    private var goesOn: Bool {
        !cancelled.load(ordering: .relaxed) && (deadline.map { $0 > .now() } ?? true)
    }

    /// Assesses the next companies; true when there are none left, or nobody waits any more.
    func runChunk(_ work: AssessmentWork) -> Bool {
        guard goesOn else { return true }
        let start = NIODeadline.now()
        do throws(ServiceError) {
            if answer == nil { answer = try begin(work.limits) }
            let before = answer?.next ?? 0
            let bytes = try answer?.assessSome(
                work.memory.scratch,
                atMost: work.companiesTogether
            )
            work.batchTimes.note(since: start, of: (answer?.next ?? 0) - before)
            guard let bytes else { return false }
            work.memory.add(.companiesAssessed, answer?.companies.count ?? 0)
            outcome = .success(bytes)
        } catch {
            outcome = .failure(error)
        }
        return true
    }

    private func begin(_ limits: ServiceLimits) throws(ServiceError) -> BatchAnswer {
        let companies = try BatchEnvelope(message.bytes, limits: limits).companies ?? []
        return BatchAnswer(to: companies, prepared: prepared, limits: limits)
    }
}

extension ServiceError {
    /// The error of a stream without a header.
    fileprivate static var noHeader: ServiceError {
        .invalid(
            "header",
            "NO_HEADER",
            "The stream has no header; its first message must be the header."
        )
    }
}
