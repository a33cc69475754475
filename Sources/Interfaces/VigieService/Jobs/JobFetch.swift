// SPDX-License-Identifier: Apache-2.0

// One call of FetchJob: answers as they lie in the store, page by page, the next one when the
// client has taken what was sent.

internal import Callers
internal import GRPCTransport
internal import JobApplication
internal import JobStore
internal import NIOCore
internal import ProtobufCoding
internal import ServiceErrors
internal import Turns
internal import VigieLimits
internal import VigieProtos

/// The state of one fetch. Bound to the call's event loop.
final class JobFetch: CallHandler {
    private static let lookAgain = TimeAmount.milliseconds(20)
    /// Tags of FetchJobResponse, and of what is in its FetchedJob.
    private static let (jobTag, scoresTag, assessedTag): (UInt32, UInt8, UInt8) = (0x0A, 0x12, 0x1A)

    private let desk: JobDesk
    private var place: DeskPlace?
    private var job: JobRecord?
    private var next = 0

    init(_ desk: JobDesk) { self.desk = desk }

    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
        do throws(ServiceError) {
            let request = try Vigie_V1_FetchJobRequest(received: message)
            place = try DeskPlace(desk.fetches, call.turnShare)
            next = Int(request.firstBlock)
            let (first, owner) = (next, call.caller.jobOwner)
            read(call) { (jobs) throws(ServiceError) in
                try jobs.job(request.id, from: first, of: owner)
            } then: { fetch, found, call in
                fetch.begin(found.job, keptSeconds: found.keptSeconds, call)
            }
        } catch { call.finish(error.status) }
    }

    func receiveEnd(call: ServerCall) {}

    func callEnded(call: ServerCall, reason: CallEndReason) { place = nil }

    private func begin(_ job: JobRecord, keptSeconds: Int, _ call: ServerCall) {
        // Of an assessment the first model is the one that somebody named.
        let models = job.binding.models.split(separator: ",").map(String.init)
        for model in job.binding.kind == .scores ? models : Array(models.prefix(1)) {
            guard call.permittedModels.match(model) else {
                return call.finish(ServiceError.jobNotPermitted(model).status)
            }
        }
        self.job = job
        var message = ProtobufWriter()
        let content = message.open(Self.jobTag)
        message.message(Self.jobTag, Vigie_V1_Job(job, keptSeconds: keptSeconds))
        // The greeting is the field of one message; here it is one of another.
        message.tag(UInt32(tag(of: job)))
        message.append(Array(job.greeting.dropFirst()))
        message.close(content)
        let bytes = message.contents
        call.sendMessage(byteCount: bytes.count) { $0.copyBytes(from: bytes) }
        goOn(call)
    }

    private func tag(of job: JobRecord) -> UInt8 {
        job.binding.kind == .scores ? Self.scoresTag : Self.assessedTag
    }

    private func goOn(_ call: ServerCall) {
        guard let job, !call.isEnded else { return }
        guard next < job.blockCount else { return call.finish() }
        guard call.unsentByteCount <= JobLimits.jobReadBytes else { return wait(call) }
        let first = next
        read(call) { (jobs) throws(ServiceError) in
            try jobs.answers(from: first, of: job)
        } then: { fetch, answers, call in
            fetch.next += answers.count
            for var answer in answers where !answer.isEmpty {
                answer[0] = fetch.tag(of: job)
                call.sendMessage(byteCount: answer.count) { $0.copyBytes(from: answer) }
            }
            fetch.goOn(call)
        }
    }

    private func wait(_ call: ServerCall) {
        let bound = NIOLoopBound((fetch: self, call: call), eventLoop: call.eventLoop)
        call.eventLoop.scheduleTask(in: Self.lookAgain) {
            bound.value.fetch.goOn(bound.value.call)
        }
    }

    /// Has a thread read something; its failure ends the call.
    private func read<Value: Sendable>(
        _ call: ServerCall,
        _ body: @escaping @Sendable (JobUseCases) throws(ServiceError) -> Value,
        then: @escaping @Sendable (JobFetch, Value, ServerCall) -> Void
    ) {
        let eventLoop = call.eventLoop
        let bound = NIOLoopBound((fetch: self, call: call), eventLoop: eventLoop)
        let admission = desk.workers.turns.submit(of: call.turnShare) { [jobs = desk.jobs] in
            let result: Result<Value, ServiceError>
            do throws(ServiceError) { result = .success(try body(jobs)) } catch {
                result = .failure(error)
            }
            eventLoop.execute {
                let (fetch, call) = bound.value
                guard !call.isEnded else { return }
                switch result {
                case .success(let value): then(fetch, value, call)
                case .failure(let error): call.finish(error.status)
                }
            }
            return true
        }
        if let refusal = ServiceError(admission, desk.limits) { call.finish(refusal.status) }
    }
}

extension ServiceError {
    /// What a model said that the caller may not use any more.
    fileprivate static func jobNotPermitted(_ model: String) -> ServiceError {
        ServiceError(
            .permissionDenied,
            "MODEL_NOT_PERMITTED",
            "You may not use the model \"\(model)\" any more, nor what it said.",
            metadata: ["model": model]
        )
    }
}
