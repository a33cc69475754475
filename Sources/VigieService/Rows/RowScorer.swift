// SPDX-License-Identifier: Apache-2.0

// From the bytes of a header or block to its answer: what both methods of
// ScoringService share.

internal import GRPCTransport
internal import NIOCore
internal import NIOPosix

/// Scores blocks for calls. Shared by all event loops; each finds its own resources.
final class RowScorer: Sendable {
    private let registry: ModelRegistry
    private let pool: ScoringPool
    private let limits: ServiceLimits
    private let clock: WallClock
    // Each thread sees only its own.
    private nonisolated(unsafe) let loopResources = ThreadSpecificVariable<LoopResources>()

    init(
        registry: ModelRegistry,
        pool: ScoringPool,
        limits: ServiceLimits,
        clock: @escaping WallClock
    ) {
        self.registry = registry
        self.pool = pool
        self.limits = limits
        self.clock = clock
    }

    /// The header of a call, from its encoded bytes.
    func prepare(_ bytes: UnsafeRawBufferPointer) throws(ServiceError) -> PreparedHeader {
        let resources = resources
        let day = CalendarDate.day(at: clock())
        if let known = resources.headers.header(for: bytes, day: day) { return known }
        let scratch = resources.takeScratch()
        defer { resources.giveBack(scratch) }
        let message = try scratch.arena.header(bytes, limits: limits)
        let header = try PreparedHeader(
            message.pointee,
            registry: registry,
            limits: limits,
            day: day
        )
        resources.headers.insert(header, for: bytes, day: day)
        return header
    }

    /// Scores a block and sends its answer.
    ///
    /// - Parameters:
    ///   - bytes: The encoded block; not used after this function has returned.
    ///   - header: What applies to its rows.
    ///   - identity: The encoded identity to send with the answer, if any.
    ///   - call: The call to answer.
    ///   - completion: Called on the call's event loop when the answer has been sent later than
    ///     on return; not called when the call has ended or failed meanwhile.
    /// - Returns: Whether the answer has been sent on return. If not, a scoring thread has the
    ///   block.
    func answer(
        _ bytes: UnsafeRawBufferPointer,
        header: PreparedHeader,
        identity: [UInt8]?,
        call: ServerCall,
        completion: @escaping () -> Void
    ) throws(ServiceError) -> Bool {
        let resources = resources
        let scratch = resources.takeScratch()
        do throws(ServiceError) {
            let block = try scratch.decode(bytes, header: header, limits: limits)
            let job = ScoringJob(
                block: block,
                header: header,
                scratch: scratch,
                deadline: call.deadline
            )
            if job.estimatedNanoseconds > limits.inPlaceNanosecondsMax {
                try submit(job, identity: identity, call: call, completion: completion)
                return false
            }
            job.run(chunkNanoseconds: .infinity)
            call.sendScores(scratch, identity: identity)
            resources.giveBack(scratch)
            return true
        } catch {
            resources.giveBack(scratch)
            throw error
        }
    }

    /// To be called when a call has ended for whatever reason.
    func callEnded(_ call: ServerCall) {
        resources.cancelJob(of: call)
    }

    private func submit(
        _ job: ScoringJob,
        identity: [UInt8]?,
        call: ServerCall,
        completion: @escaping () -> Void
    ) throws(ServiceError) {
        let eventLoop = call.eventLoop
        let finish = NIOLoopBound(
            { self.finish(job, identity: identity, call: call, completion: completion) },
            eventLoop: eventLoop
        )
        let chunkNanoseconds = limits.chunkNanoseconds
        let isQueued = pool.submit(byteCount: job.scratch.arena.takenBytes) {
            job.run(chunkNanoseconds: chunkNanoseconds)
            eventLoop.execute { finish.value() }
        }
        guard isQueued else {
            throw ServiceError(
                .unavailable,
                "OVERLOADED",
                "The server has no room for another block now; send it again later.",
                detail: .retry(milliseconds: limits.retryDelayMilliseconds)
            )
        }
        resources.start(job, of: call)
    }

    private func finish(
        _ job: ScoringJob,
        identity: [UInt8]?,
        call: ServerCall,
        completion: () -> Void
    ) {
        let resources = resources
        let isCallOpen = resources.finishJob(of: call)
        if isCallOpen {
            switch job.outcome {
            case .scored:
                call.sendScores(job.scratch, identity: identity)
                completion()
            case .deadlineExceeded:
                call.finish(
                    GRPCStatus(.deadlineExceeded, "The deadline passed while rows were scored.")
                )
            case .cancelled:
                call.finish(GRPCStatus(.cancelled, "The call was cancelled."))
            }
        }
        resources.giveBack(job.scratch)
    }

    private var resources: LoopResources {
        if let resources = loopResources.currentValue { return resources }
        let resources = LoopResources(limits: limits)
        loopResources.currentValue = resources
        return resources
    }
}
