// SPDX-License-Identifier: Apache-2.0

// ReadPapers: parts are put together on the event loop; when all have come, a thread reads them.
// What they take is set aside from the memory for work on calls before it is taken.

internal import AssessmentMessages
internal import CompanyPapers
internal import Documents
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

extension WorkerPool {
    /// Threads that read papers, each in one chunk: one of them is left for others.
    static func readingPapers(_ limits: ServiceLimits) -> WorkerPool {
        WorkerPool(
            threadCount: limits.paperThreads,
            limits: .calls(limits, shareThreadsMax: limits.paperThreads - 1)
        )
    }
}

/// The state of one call. Bound to its event loop.
final class ReadPapersHandler: CallHandler {
    private let work: AssessmentWork
    private let desk: CallDesk?
    private var reading: PaperReading?
    private var parts = PaperParts()
    private var paperWork: PaperWork?
    /// Whose call it is, while it is at the desk.
    private var share: TurnShare?

    init(work: AssessmentWork, desk: CallDesk?) {
        (self.work, self.desk) = (work, desk)
    }

    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
        do throws(ServiceError) {
            guard let desk else { throw .readingIsOff }
            let request = try Vigie_V1_ReadPapersRequest(received: message)
            switch request.message {
            case .header(let header)?: try receiveHeader(header, desk, call.turnShare)
            case .part(let part)?:
                guard reading != nil else { throw .noPaperHeader }
                // Twice: a paper that grows is copied.
                guard call.reserveAnswer(2 * part.content.count) else {
                    return call.finish(.noAnswerMemory)
                }
                try parts.add(part, limits: work.limits)
            case nil:
                throw .invalid(
                    "message",
                    "EMPTY_MESSAGE",
                    "The message is empty; send the header first, then parts of papers."
                )
            }
        } catch {
            call.finish(error.status)
        }
    }

    private func receiveHeader(
        _ header: Vigie_V1_ReadPapersHeader,
        _ desk: CallDesk,
        _ share: TurnShare
    ) throws(ServiceError) {
        guard reading == nil else {
            throw .invalid(
                "header",
                "SECOND_HEADER",
                "The stream has a second header; the first applies to all of its papers."
            )
        }
        let asOf = try work.queries.day(header.asOfDate, field: "header.as_of_date")
        var profiles: [LedgerProfile] = []
        if !header.ledgerProfiles.isEmpty {
            do {
                profiles = try LedgerProfile.read(json: header.ledgerProfiles)
            } catch {
                throw .invalid(
                    "header.ledger_profiles",
                    "BAD_PROFILES",
                    "header.ledger_profiles cannot be used: \(error)."
                )
            }
        }
        guard desk.enter(share) else { throw .overloaded(work.limits) }
        self.share = share
        reading = PaperReading(asOf: asOf, profiles: profiles, limits: work.limits)
    }

    func receiveEnd(call: ServerCall) {
        guard let desk else { return call.finish(ServiceError.readingIsOff.status) }
        guard let reading else { return call.finish(ServiceError.noPaperHeader.status) }
        let byteCount = parts.byteCount
        let paperWork = PaperWork(reading, parts, deadline: call.deadline)
        parts = PaperParts()
        let eventLoop = call.eventLoop
        let bound = NIOLoopBound((self, call), eventLoop: eventLoop)
        let admission = desk.workers.turns.submit(
            of: call.turnShare,
            nanoseconds: desk.times.nanoseconds(of: byteCount),
            nanosecondsLeft: call.nanosecondsLeft
        ) { [work] in
            let start = NIODeadline.now()
            paperWork.run(work)
            desk.times.note(since: start, of: byteCount)
            eventLoop.execute {
                let (handler, call) = bound.value
                handler.finish(paperWork, call)
            }
            return true
        }
        if let refusal = ServiceError(admission, work.limits) {
            return call.finish(refusal.status)
        }
        self.paperWork = paperWork
    }

    func callEnded(call: ServerCall, reason: CallEndReason) {
        paperWork?.cancel()
        // A thread that still reads leaves by itself.
        if paperWork == nil { leaveDesk() }
    }

    private func leaveDesk() {
        if let share { desk?.leave(share) }
        share = nil
    }

    private func finish(_ paperWork: PaperWork, _ call: ServerCall) {
        self.paperWork = nil
        leaveDesk()
        switch paperWork.outcome {
        case nil: return
        case .success(let bytes):
            call.sendMessage(byteCount: bytes.count) { $0.copyBytes(from: bytes) }
            call.finish(.ok)
        case .failure(let error): call.finish(error.status)
        }
    }
}

/// Papers that a thread has. As with BatchWork, only `cancel` is called meanwhile.
private final class PaperWork: @unchecked Sendable {
    private(set) var outcome: Result<[UInt8], ServiceError>?
    private let reading: PaperReading
    private var parts: PaperParts
    private let deadline: NIODeadline?
    private let cancelled = Atomic(false)
    /// Until when a thread may read; nil before one does.
    private var end: NIODeadline?

    init(_ reading: PaperReading, _ parts: PaperParts, deadline: NIODeadline?) {
        (self.reading, self.parts, self.deadline) = (reading, parts, deadline)
    }

    func cancel() { cancelled.store(true, ordering: .relaxed) }

    private var isWanted: Bool {
        !cancelled.load(ordering: .relaxed) && (deadline.map { $0 > .now() } ?? true)
    }

    private var isInTime: Bool { end.map { $0 > .now() } ?? true }

    func run(_ work: AssessmentWork) {
        let papers = parts.papers
        parts = PaperParts()
        end = .now() + .seconds(Int64(work.limits.paperReadingSecondsMax))
        do throws(ServiceError) {
            let response = try reading.response(papers) { [self] in isWanted && isInTime }
            guard let response else {
                if isWanted { throw .takesTooLong(work.limits) }
                return
            }
            work.memory.add(.papersRead, papers.count)
            let bytes = response.serializedBytes()
            let maximum = work.limits.paperFactsBytesMax
            guard bytes.count <= maximum else {
                throw .overLimit(
                    "part.content",
                    "paperFactsBytesMax",
                    "The facts of the papers are too many; send them in several calls.",
                    value: bytes.count,
                    maximum: maximum,
                    code: .resourceExhausted
                )
            }
            outcome = .success(bytes)
        } catch {
            outcome = .failure(error)
        }
    }
}

extension ServiceError {
    /// The refusal of a server that reads no papers.
    fileprivate static var readingIsOff: ServiceError {
        ServiceError(
            .failedPrecondition,
            "READING_IS_OFF",
            "This server reads no papers. Read them where they are with vigie or the library, and "
                + "send their facts; or start the server with --read-papers."
        )
    }

    /// The error of papers that take a thread for too long.
    fileprivate static func takesTooLong(_ limits: ServiceLimits) -> ServiceError {
        .overLimit(
            "part.content",
            "paperReadingSecondsMax",
            "The papers take too long to read; send them in several calls.",
            value: limits.paperReadingSecondsMax + 1,
            maximum: limits.paperReadingSecondsMax,
            code: .resourceExhausted
        )
    }

    /// The error of a stream without a header.
    fileprivate static var noPaperHeader: ServiceError {
        .invalid(
            "header",
            "NO_HEADER",
            "The stream has no header; its first message must be the header."
        )
    }
}
