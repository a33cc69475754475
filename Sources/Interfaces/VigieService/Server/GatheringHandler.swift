// SPDX-License-Identifier: Apache-2.0

// Calls whose files come in parts (ReadPapers, UploadPolicy): the parts are put together on the
// event loop; when all have come, a thread does the work. What they take is set aside from the
// memory for work on calls before it is taken. A call that ends before leaves nothing behind.

internal import GRPCTransport
internal import NIOCore
internal import ProtobufCoding
internal import ServiceErrors
internal import Turns
internal import VigieLimits

/// What such a call puts together. Bound to its event loop.
protocol GatheredCall: AnyObject {
    /// A message of it.
    associatedtype Request: ProtobufMessage

    /// Where such calls are worked on; nil where none are.
    var desk: CallDesk? { get }
    /// The limits.
    var limits: ServiceLimits { get }

    /// What a message has; nil for nothing.
    ///
    /// - Throws: Why the call is not taken at all.
    func content(of request: Request) throws(ServiceError) -> GatheredContent?
    /// Takes the header.
    func takeHeader(_ request: Request, _ call: ServerCall) throws(ServiceError)
    /// Takes a part.
    func takePart(_ request: Request) throws(ServiceError)
    /// What a thread does with all of them; what it gives is nil when nobody waits any more.
    ///
    /// - Throws: Why the call is not taken at all.
    func work(_ call: ServerCall) throws(ServiceError) -> GatheredWork
}

/// What a message has.
enum GatheredContent {
    /// The header.
    case header
    /// A part of so many bytes.
    case part(byteCount: Int)
}

/// The work of a thread on what came.
struct GatheredWork: Sendable {
    /// How much it is.
    let byteCount: Int
    /// Does it.
    let run: @Sendable (CallInterest) throws(ServiceError) -> [UInt8]?
}

/// The state of one call. Bound to its event loop.
final class GatheringHandler<Gathered: GatheredCall>: CallHandler {
    private let gathered: Gathered
    private var hasHeader = false
    private var place: DeskPlace?
    private var interest: CallInterest?

    init(_ gathered: Gathered) { self.gathered = gathered }

    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
        do throws(ServiceError) {
            let request = try Gathered.Request(received: message)
            switch try gathered.content(of: request) {
            case .header:
                guard !hasHeader else {
                    throw .invalid(
                        "header",
                        "SECOND_HEADER",
                        "The stream has a second header; the first applies to all of its files."
                    )
                }
                // Before anything is sent in vain.
                try gathered.takeHeader(request, call)
                if let desk = gathered.desk { place = try DeskPlace(desk, call.turnShare) }
                hasHeader = true
            case .part(let byteCount):
                guard hasHeader else { throw .noHeader }
                // Twice: a file that grows is copied.
                guard call.reserveAnswer(2 * byteCount) else { return call.finish(.noAnswerMemory) }
                try gathered.takePart(request)
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

    func receiveEnd(call: ServerCall) {
        do throws(ServiceError) {
            let work = try gathered.work(call)
            guard hasHeader, let desk = gathered.desk else { throw .noHeader }
            submit(work, to: desk, for: call)
        } catch {
            call.finish(error.status)
        }
    }

    func callEnded(call: ServerCall, reason: CallEndReason) {
        interest?.end()
        // A thread that still works leaves by itself.
        place = nil
    }

    private func submit(_ work: GatheredWork, to desk: CallDesk, for call: ServerCall) {
        let eventLoop = call.eventLoop
        let bound = NIOLoopBound(call, eventLoop: eventLoop)
        let interest = CallInterest(until: call.deadline)
        let outcome = WorkOutcome()
        let admission = desk.workers.turns.submit(
            of: call.turnShare,
            nanoseconds: desk.times.nanoseconds(of: work.byteCount),
            nanosecondsLeft: call.nanosecondsLeft
        ) { [place] in
            let start = NIODeadline.now()
            do throws(ServiceError) {
                let bytes = interest.isThere ? try work.run(interest) : nil
                outcome.result = bytes.map { .success([$0]) }
            } catch {
                outcome.result = .failure(error)
            }
            desk.times.note(since: start, of: max(work.byteCount, 1))
            eventLoop.execute {
                place?.leave()
                outcome.finish(bound.value)
            }
            return true
        }
        if let refusal = ServiceError(admission, gathered.limits) {
            return call.finish(refusal.status)
        }
        self.interest = interest
    }
}

extension ServiceError {
    /// The error of a stream without a header.
    static var noHeader: ServiceError {
        .invalid(
            "header",
            "NO_HEADER",
            "The stream has no header; its first message must be the header."
        )
    }
}
