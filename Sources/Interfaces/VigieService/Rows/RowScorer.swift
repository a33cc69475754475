// SPDX-License-Identifier: Apache-2.0

// From the bytes of a header or block to its answer: what both methods of
// ScoringService share.

internal import GRPCTransport
internal import NIOCore
internal import NIOPosix
internal import Scoring
internal import VigieLimits

/// How a block is answered.
enum RowReply {
    /// With identity, scores and the end of the call.
    case wholeCall
    /// With a message of a stream, whose handler is told when that comes later.
    case message(of: StreamScoreRowsHandler)
}

/// Scores blocks for the calls of one event loop; used on that loop only.
final class RowScorer {
    private let registry: ModelRegistry
    private let pool: ScoringPool
    private let limits: ServiceLimits
    private let clock: WallClock
    private let resources: LoopResources
    // Unchecked: see SharedBlock.
    @exclusivity(unchecked) private var lastDay: Int64 = 0

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
        resources = LoopResources(limits: limits)
    }

    /// The header of a call, from its encoded bytes.
    func prepare(_ bytes: UnsafeRawBufferPointer) throws(ServiceError) -> PreparedHeader {
        if let known = knownHeader(bytes) { return known.takeUnretainedValue() }
        let scratch = resources.takeScratch()
        defer { resources.giveBack(scratch) }
        let message = try scratch.arena.header(bytes, limits: limits)
        let header = try PreparedHeader(
            message.pointee,
            registry: registry,
            limits: limits,
            day: lastDay
        )
        resources.headers.insert(header, for: bytes, day: lastDay)
        return header
    }

    /// The header that was prepared from the same bytes; borrowed until the next `prepare`.
    private func knownHeader(_ bytes: UnsafeRawBufferPointer) -> Unmanaged<PreparedHeader>? {
        // Calls of the same turn have the same day.
        if resources.collector.isEmpty { lastDay = CalendarDate.day(at: clock()) }
        return resources.headers.header(for: bytes, day: lastDay)
    }

    /// Takes a call of a few plain rows whose header is known, to answer it at the end of the turn
    /// together with others: what nearly all calls are.
    ///
    /// - Returns: False for any other call, of which nothing has been taken then.
    func collect(
        _ bytes: UnsafeRawBufferPointer,
        headerBytes: UnsafeRawBufferPointer,
        call: ServerCall
    ) -> Bool {
        guard let header = knownHeader(headerBytes) else { return false }
        return header._withUnsafeGuaranteedRef { collect(bytes, header: $0, call: call) }
    }

    private func collect(
        _ bytes: UnsafeRawBufferPointer,
        header: PreparedHeader,
        call: ServerCall
    ) -> Bool {
        guard
            let rows = PlainBlock(
                bytes,
                columnCount: header.binding.columnCount,
                rowsMax: header.collectedCallRowsMax
            )
        else { return false }
        resources.collector.add(rows, header: header, call: call)
        return true
    }

    /// Scores the block of a whole call and answers it: at the end of the turn together with
    /// others if it is small, later if it is large.
    ///
    /// - Parameters:
    ///   - bytes: The encoded block; not used after this function has returned.
    ///   - header: What applies to its rows.
    ///   - call: The call to answer.
    func finish(
        _ bytes: UnsafeRawBufferPointer,
        header: PreparedHeader,
        call: ServerCall
    ) throws(ServiceError) {
        if collect(bytes, header: header, call: call) { return }
        _ = try answer(bytes, header: header, reply: .wholeCall, call: call)
    }

    /// Scores a block and answers it, now or later.
    ///
    /// - Parameters:
    ///   - bytes: The encoded block; not used after this function has returned.
    ///   - header: What applies to its rows.
    ///   - reply: How to answer.
    ///   - call: The call to answer.
    /// - Returns: Whether the answer has been sent. If not, a scoring thread has the block.
    func answer(
        _ bytes: UnsafeRawBufferPointer,
        header: PreparedHeader,
        reply: RowReply,
        call: ServerCall
    ) throws(ServiceError) -> Bool {
        let scratch = resources.takeScratch()
        func decode(
            _ bytes: UnsafeRawBufferPointer,
            mayBorrow: Bool
        ) throws(ServiceError) -> RowBlock {
            try scratch.decode(bytes, mayBorrow: mayBorrow, header: header, limits: limits)
        }
        do throws(ServiceError) {
            var block = try decode(bytes, mayBorrow: true)
            let nanoseconds = header.model.estimatedNanoseconds(
                rowCount: block.rowCount,
                request: header.request,
                isDouble: block.values.isFloat64
            )
            if nanoseconds > limits.inPlaceNanosecondsMax {
                // What lies in the message can be borrowed for longer only with the message.
                let isBorrowed = scratch.arena.takenBytes == 0
                let message = isBorrowed ? call.retainMessage() : nil
                if isBorrowed, message == nil { block = try decode(bytes, mayBorrow: false) }
                let job = ScoringJob(
                    block: block,
                    message: message,
                    header: header,
                    scratch: scratch,
                    chunkRows: chunkRows(of: block, header: header, nanoseconds: nanoseconds),
                    deadline: call.deadline
                )
                try submit(job, reply: reply, call: call)
                return false
            }
            scratch.score(0..<block.rowCount, of: block, header: header)
            send(scratch, header: header, reply: reply, call: call)
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

    /// Rows that take about `chunkNanoseconds`, in whole groups of 512: so many the fast path
    /// scores at a time. Reasons are found row by row, and 512 rows of them can take seconds.
    private func chunkRows(
        of block: RowBlock,
        header: PreparedHeader,
        nanoseconds: Double
    ) -> Int {
        let rowNanoseconds = max(nanoseconds / Double(block.rowCount), 0.1)
        let wanted = min(limits.chunkNanoseconds / rowNanoseconds, Double(block.rowCount))
        if header.request.reasonCount > 0 { return max(Int(wanted), 1) }
        return max(Int(wanted) / 512 * 512, 512)
    }

    private func submit(
        _ job: ScoringJob,
        reply: RowReply,
        call: ServerCall
    ) throws(ServiceError) {
        let eventLoop = call.eventLoop
        let finish = NIOLoopBound(
            { self.finish(job, reply: reply, call: call) },
            eventLoop: eventLoop
        )
        let isQueued = pool.submit(byteCount: job.blockBytes) {
            job.run()
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

    /// A job has run: on the call's event loop again.
    private func finish(_ job: ScoringJob, reply: RowReply, call: ServerCall) {
        let isCallOpen = resources.finishJob(of: call)
        if let message = job.takeMessage() { call.giveBack(message) }
        if isCallOpen {
            switch job.outcome {
            case .scored:
                send(job.scratch, header: job.header, reply: reply, call: call)
            case .deadlineExceeded:
                call.finish(
                    GRPCStatus(.deadlineExceeded, "The deadline passed while rows were scored.")
                )
            case .cancelled:
                call.finish(GRPCStatus(.cancelled, "The call was cancelled."))
            }
        }
        resources.giveBack(job.scratch)
        if isCallOpen, job.outcome == .scored, case .message(let handler) = reply {
            handler.scored(call)
        }
    }

    private func send(
        _ scratch: ScoringScratch,
        header: PreparedHeader,
        reply: RowReply,
        call: ServerCall
    ) {
        scratch.withMessage { block in
            switch reply {
            case .wholeCall: header.identity.withUnsafeBytes { call.finish(&block, identity: $0) }
            case .message: call.sendScores(&block)
            }
        }
    }
}
