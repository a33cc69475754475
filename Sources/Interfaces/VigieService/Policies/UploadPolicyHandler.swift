// SPDX-License-Identifier: Apache-2.0

// UploadPolicy: parts are put together on the event loop; when all have come, a thread reads them,
// looks at the policy and puts it on the shelf. What they take is set aside from the memory for
// work on calls before it is taken. A call that ends before leaves nothing behind.

internal import Callers
internal import GRPCTransport
internal import NIOCore
internal import ProtobufCoding
internal import ServiceErrors
internal import Synchronization
internal import Turns
internal import VigieApplication
internal import VigieLimits
internal import VigieProtos

extension WorkerPool {
    /// Threads that check, compare and keep policies: one of them is left for others.
    static func keepingPolicies(_ limits: ServiceLimits) -> WorkerPool {
        WorkerPool(
            threadCount: limits.policyThreads,
            limits: .calls(limits, shareThreadsMax: max(1, limits.policyThreads - 1))
        )
    }
}

/// The state of one call. Bound to its event loop.
final class UploadPolicyHandler: CallHandler {
    private let shelf: PolicyShelf
    private let desk: CallDesk
    private let limits: ServiceLimits
    private var header: Vigie_V1_UploadPolicyHeader?
    private var parts = PolicyParts()
    private var work: UploadWork?
    /// Whose call it is, while it is at the desk.
    private var share: TurnShare?

    init(shelf: PolicyShelf, desk: CallDesk, limits: ServiceLimits) {
        (self.shelf, self.desk, self.limits) = (shelf, desk, limits)
    }

    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
        do throws(ServiceError) {
            let request = try Vigie_V1_UploadPolicyRequest(received: message)
            switch request.message {
            case .header(let header)?: try receiveHeader(header, call)
            case .part(let part)?:
                guard header != nil else { throw .noUploadHeader }
                // Twice: a file that grows is copied.
                guard call.reserveAnswer(2 * part.content.count) else {
                    return call.finish(.noAnswerMemory)
                }
                try parts.add(path: part.path, offset: part.offsetBytes, bytes: part.content)
            case nil:
                throw .invalid(
                    "message",
                    "EMPTY_MESSAGE",
                    "The message is empty; send the header first, then parts of files."
                )
            }
        } catch {
            call.finish(error.status)
        }
    }

    private func receiveHeader(
        _ header: Vigie_V1_UploadPolicyHeader,
        _ call: ServerCall
    ) throws(ServiceError) {
        guard self.header == nil else {
            throw .invalid(
                "header",
                "SECOND_HEADER",
                "The stream has a second header; the first applies to all of its files."
            )
        }
        // Before anything is sent in vain.
        if !header.checkOnly { _ = try call.caller.person() }
        guard desk.enter(call.turnShare) else { throw .overloaded(limits) }
        share = call.turnShare
        self.header = header
    }

    func receiveEnd(call: ServerCall) {
        guard let header else { return call.finish(ServiceError.noUploadHeader.status) }
        let byteCount = parts.byteCount
        let work = UploadWork(header, parts, call.caller)
        parts = PolicyParts()
        let eventLoop = call.eventLoop
        let bound = NIOLoopBound((self, call), eventLoop: eventLoop)
        let admission = desk.workers.turns.submit(
            of: call.turnShare,
            nanoseconds: desk.times.nanoseconds(of: byteCount),
            nanosecondsLeft: call.nanosecondsLeft
        ) { [shelf, desk, deadline = call.deadline] in
            let start = NIODeadline.now()
            if deadline.map({ $0 > start }) ?? true { work.run(shelf) }
            desk.times.note(since: start, of: max(byteCount, 1))
            eventLoop.execute {
                let (handler, call) = bound.value
                handler.finish(work, call)
            }
            return true
        }
        if let refusal = ServiceError(admission, limits) { return call.finish(refusal.status) }
        self.work = work
    }

    func callEnded(call: ServerCall, reason: CallEndReason) {
        work?.cancel()
        // A thread that still works leaves by itself.
        if work == nil { leaveDesk() }
    }

    private func leaveDesk() {
        if let share { desk.leave(share) }
        share = nil
    }

    private func finish(_ work: UploadWork, _ call: ServerCall) {
        self.work = nil
        leaveDesk()
        switch work.outcome {
        case nil: return
        case .success(let bytes):
            call.sendMessage(byteCount: bytes.count) { $0.copyBytes(from: bytes) }
            call.finish(.ok)
        case .failure(let error): call.finish(error.status)
        }
    }
}

/// Files that a thread has; only `cancel` is called meanwhile. That is why it can be Sendable.
private final class UploadWork: @unchecked Sendable {
    private(set) var outcome: Result<[UInt8], ServiceError>?
    private let header: Vigie_V1_UploadPolicyHeader
    private let parts: PolicyParts
    private let caller: Caller?
    private let cancelled = Atomic(false)

    init(_ header: Vigie_V1_UploadPolicyHeader, _ parts: PolicyParts, _ caller: Caller?) {
        (self.header, self.parts, self.caller) = (header, parts, caller)
    }

    func cancel() { cancelled.store(true, ordering: .relaxed) }

    private var isWanted: Bool { !cancelled.load(ordering: .relaxed) }

    func run(_ shelf: PolicyShelf) {
        guard isWanted else { return }
        do throws(ServiceError) {
            let files = parts.files
            let policy = try PolicyShelf.read(files, contentHash: header.contentHash)
            let check = try PolicyGate(policy)
            // Whoever has gone by now does not know what became of it: then nothing does.
            guard isWanted else { return }
            if !header.checkOnly { try shelf.upload(policy, files, by: caller.person()) }
            let response = Vigie_V1_UploadPolicyResponse.with {
                $0.policy = .init(shelf.shelved(policy))
                $0.check = .init(check)
            }
            outcome = .success(response.serializedBytes())
        } catch {
            outcome = .failure(error)
        }
    }
}

extension ServiceError {
    /// The error of a stream without a header.
    fileprivate static var noUploadHeader: ServiceError {
        .invalid(
            "header",
            "NO_HEADER",
            "The stream has no header; its first message must be the header."
        )
    }
}
