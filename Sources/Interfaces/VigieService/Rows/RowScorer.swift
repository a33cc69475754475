// SPDX-License-Identifier: Apache-2.0

// From the bytes of a header or block to its answer: what all methods of rows share.

internal import BlockPipeline
internal import GRPCTransport
internal import NIOCore
internal import NIOPosix
internal import Quantities
internal import Scoring
internal import ServiceErrors
internal import Telemetry
internal import Turns
internal import VigieApplication
internal import VigieLimits

/// How a block is answered.
enum RowReply {
    /// With identity, scores and the end of the call.
    case wholeCall
    /// With a message of a stream, whose handler is told when that comes later.
    case message(of: RowStreamHandler)
    /// With a message of a stream with a job, which sends it when it is kept.
    case job(of: JobStream)
    /// With the tensors of the Open Inference Protocol.
    case tensors(InferReply)
}

/// Answers blocks for the calls of one event loop; used on that loop only.
final class RowScorer {
    /// The method whose rows these are.
    let method: RowMethod
    let limits: ServiceLimits
    private let clock: WallClock
    let blocks: BlockDispatcher<RowFrame>
    private let collector: CallCollector
    let counters: CounterBlock
    /// The server's jobs; nil for a method whose streams have none.
    let jobs: JobDesk?
    @exclusivity(unchecked) var headers: HeaderCache
    // Unchecked: see SharedBlock.
    @exclusivity(unchecked) private(set) var today = CalendarDate(secondsSince1970: 0)

    init(
        method: RowMethod,
        pool: ScoringPool,
        limits: ServiceLimits,
        clock: @escaping WallClock,
        counters: CounterBlock,
        jobs: JobDesk? = nil
    ) {
        self.jobs = jobs
        self.method = method
        self.limits = limits
        self.clock = clock
        blocks = BlockDispatcher(pool: pool.blocks, limits: limits, times: pool.times) {
            RowFrame(limits: limits)
        }
        collector = CallCollector(limits: limits, counters: counters)
        self.counters = counters
        headers = HeaderCache(limits: limits)
        dropUnusedFrames()
    }

    /// Lets frames go when nobody wants them any more: a burst of blocks leaves some MiB in each.
    private func dropUnusedFrames() {
        guard let eventLoop = MultiThreadedEventLoopGroup.currentEventLoop else { return }
        let bound = NIOLoopBound({ [weak blocks] in blocks }, eventLoop: eventLoop)
        eventLoop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { task in
            guard let blocks = bound.value() else { return task.cancel() }
            blocks.dropUnused()
        }
    }

    /// The header of a call, from its encoded bytes; nil for one that is so long that a thread must
    /// prepare it.
    func prepare(
        _ bytes: UnsafeRawBufferPointer,
        for call: ServerCall
    ) throws(ServiceError) -> PreparedHeader? {
        if let known = knownHeader(bytes)?.takeUnretainedValue() {
            try known.check(call)
            return known
        }
        guard !method.preparesOnThreads, bytes.count <= limits.inPlaceDecodedBytesMax else {
            return nil
        }
        let frame = blocks.takeFrame()
        defer { blocks.giveBack(frame) }
        let header = try method.prepare(bytes, frame.arena, today, RowAsker(call))
        headers.insert(header, for: bytes, today: today)
        try header.check(call)
        return header
    }

    /// The header that was prepared from the same bytes; borrowed until the next `prepare`.
    private func knownHeader(_ bytes: UnsafeRawBufferPointer) -> Unmanaged<PreparedHeader>? {
        // Calls of the same turn have the same day.
        if collector.isEmpty { today = CalendarDate(secondsSince1970: clock()) }
        return headers.header(for: bytes, today: today)
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
        return header._withUnsafeGuaranteedRef {
            $0.permits(call) && collect(bytes, header: $0, call: call)
        }
    }

    private func collect(
        _ bytes: UnsafeRawBufferPointer,
        header: PreparedHeader,
        call: ServerCall
    ) -> Bool {
        guard
            let rows = PlainBlock(
                bytes,
                columnCount: header.columnCount,
                rowsMax: header.collectedCallRowsMax
            )
        else { return false }
        collector.add(rows, header: header, call: call)
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
        guard header.job == nil else { throw .jobNotTaken }
        _ = try answer(bytes, header: header, reply: .wholeCall, call: call)
    }

    /// Scores a block and answers it, now or later.
    ///
    /// - Parameters:
    ///   - bytes: The encoded block; not used after this function has returned.
    ///   - header: What applies to its rows.
    ///   - reply: How to answer.
    ///   - call: The call to answer.
    /// - Returns: Whether the answer has been sent. If not, a thread of the pool has the block.
    func answer(
        _ bytes: UnsafeRawBufferPointer,
        header: PreparedHeader,
        reply: RowReply,
        call: ServerCall
    ) throws(ServiceError) -> Bool {
        if let decider = header.decider {
            try decide(bytes, by: decider, header: header, reply: reply, call: call)
            return false
        }
        let frame = blocks.takeFrame()
        do throws(ServiceError) {
            let isBorrowed = try frame.borrow(bytes, header: header, limits: limits)
            if !isBorrowed, bytes.count > limits.inPlaceDecodedBytesMax {
                try putOff(bytes, of: frame, header: header, call: call)
                try submit(frame, header: header, reply: reply, call: call)
                return false
            }
            if !isBorrowed { try decode(bytes, into: frame, header: header, call: call) }
            try reserve(header.memoryBytes(of: frame), for: call)
            if blocks.isForPool(frame, line: header.line) {
                // What lies in the message can be borrowed for longer only with the message.
                frame.message = isBorrowed ? call.retainMessage() : nil
                if isBorrowed, frame.message == nil {
                    try decode(bytes, into: frame, header: header, call: call)
                }
                try submit(frame, header: header, reply: reply, call: call)
                return false
            }
            counters.measure(.scoringNanoseconds) { blocks.runHere(frame, line: header.line) }
        } catch {
            call.releaseReservedAnswer()
            blocks.giveBack(frame)
            throw error
        }
        send(frame, header: header, reply: reply, call: call)
        blocks.giveBack(frame)
        return true
    }

    /// To be called when a call has ended for whatever reason.
    func callEnded(_ call: ServerCall) {
        blocks.cancel(call)
    }

    /// Tells whether the deadline of a call has passed; nil if it has none.
    private static func isOverdue(_ call: ServerCall) -> (@Sendable () -> Bool)? {
        guard let deadline = call.deadline else { return nil }
        return { deadline <= .now() }
    }

    /// Decodes a block that cannot be read where it lies.
    private func decode(
        _ bytes: UnsafeRawBufferPointer,
        into frame: RowFrame,
        header: PreparedHeader,
        call: ServerCall
    ) throws(ServiceError) {
        try reserve(bytes.count + limits.blockMemoryBytes, for: call)
        try frame.decode(bytes, header: header, limits: limits)
    }

    /// Leaves a block that cannot be read where it lies to a thread.
    private func putOff(
        _ bytes: UnsafeRawBufferPointer,
        of frame: RowFrame,
        header: PreparedHeader,
        call: ServerCall
    ) throws(ServiceError) {
        let kept = try keep(bytes, of: call)
        let block = UndecodedBlock(kept.bytes, header: header, limits: limits)
        frame.putOff(block, in: kept.storage)
        try reserve(block.decodedBytesMax + header.memoryBytes(of: frame), for: call)
    }

    /// Sets memory aside before it is taken.
    func reserve(_ byteCount: Int, for call: ServerCall) throws(ServiceError) {
        guard call.reserveAnswer(byteCount) else { throw .noMemory(limits) }
    }

    /// Gives a block to a thread.
    func submit(
        _ frame: RowFrame,
        header: PreparedHeader,
        reply: RowReply,
        call: ServerCall
    ) throws(ServiceError) {
        let run = BlockRun(
            frame,
            line: header.line,
            chunkNanoseconds: limits.chunkNanoseconds,
            isOverdue: Self.isOverdue(call)
        )
        let eventLoop = call.eventLoop
        let admission = blocks.submit(
            run,
            byteCount: frame.tableBytes,
            nanoseconds: header.line.nanoseconds(of: frame),
            chunkNanoseconds: header.line.chunkNanoseconds(
                of: frame,
                chunkNanoseconds: limits.chunkNanoseconds
            ),
            of: call,
            share: call.turnShare,
            nanosecondsLeft: call.nanosecondsLeft,
            toLoop: { eventLoop.execute($0) }
        ) { [self] isCancelled in
            finish(run, header: header, reply: reply, call: isCancelled ? nil : call, of: call)
        }
        try Self.check(admission, limits)
    }

    /// Refuses work that the pool has not taken.
    static func check(
        _ admission: TurnAdmission,
        _ limits: ServiceLimits
    ) throws(ServiceError) {
        switch admission {
        case .queued: return
        case .full: throw .noThread(limits)
        case .late: throw .tooLate
        }
    }

    /// A block has run: on the call's event loop again.
    ///
    /// - Parameters:
    ///   - call: The call, if it still waits.
    ///   - owner: The call, whatever became of it.
    private func finish(
        _ run: BlockRun<RowFrame>,
        header: PreparedHeader,
        reply: RowReply,
        call: ServerCall?,
        of owner: ServerCall
    ) {
        let frame = run.frame
        if let message = frame.message.take() { owner.giveBack(message) }
        switch run.outcome {
        case .finished where frame.problem != nil:
            if let call, let problem = frame.problem { fail(problem, reply: reply, call: call) }
        case .finished:
            if let call { send(frame, header: header, reply: reply, call: call) }
        case .deadlineExceeded:
            call?.finish(
                GRPCStatus(.deadlineExceeded, "The deadline passed while rows were scored.")
            )
        case .cancelled:
            call?.finish(GRPCStatus(.cancelled, "The call was cancelled."))
        }
        blocks.giveBack(frame)
        guard let call, run.outcome == .finished else { return }
        switch reply {
        case .wholeCall: break
        case .message(let handler): handler.goOn(call)
        case .job(let stream): stream.goOn(call)
        case .tensors(let request): request.stream?.goOn(call)
        }
    }

    private func fail(_ problem: ServiceError, reply: RowReply, call: ServerCall) {
        call.releaseReservedAnswer()
        if case .job(let stream) = reply { return stream.failed(problem) }
        guard case .tensors(let request) = reply else { return call.finish(problem.status) }
        request.fail(problem, on: call)
    }

    /// Sends what was said of a block.
    func send(
        _ frame: RowFrame,
        header: PreparedHeader,
        reply: RowReply,
        call: ServerCall
    ) {
        counters.add(method.counter, frame.rowCount)
        if case .job(let stream) = reply {
            stream.scored(frame.encodedAnswer(), rowCount: frame.rowCount)
            return call.releaseReservedAnswer()
        }
        if let assessed = frame.assessed {
            call.sendAssessments(assessed)
            return call.releaseReservedAnswer()
        }
        if header.decider != nil, let decided = frame.decided {
            call.sendDecided(frame, decided)
            return call.releaseReservedAnswer()
        }
        if case .tensors(let request) = reply, let plan = header.tensors {
            request.send(frame, plan, on: call)
            return call.releaseReservedAnswer()
        }
        frame.withMessage { block in
            switch reply {
            case .wholeCall: header.identity.withUnsafeBytes { call.finish(&block, identity: $0) }
            case .message, .job, .tensors: call.sendScores(&block)
            }
        }
        call.releaseReservedAnswer()
    }
}

extension ServiceError {
    /// A block for which no thread has time.
    static func noThread(_ limits: ServiceLimits) -> ServiceError {
        retryLater("The server has no room for another block now; send it again later.", limits)
    }

    /// Work that nobody would want any more by the time that a thread has turned to it.
    static var tooLate: ServiceError {
        ServiceError(
            .deadlineExceeded,
            "QUEUE_TOO_LONG",
            "What this connection has queued takes longer than the call's deadline leaves; send "
                + "less at a time, or allow more time."
        )
    }

    /// A message that cannot be kept for a thread.
    static func noRequestMemory(_ limits: ServiceLimits) -> ServiceError {
        retryLater(
            "The server's memory for incoming messages (assemblyBytesMax) is in use; send it "
                + "again later.",
            limits
        )
    }

    /// A block for whose answer there is no memory.
    fileprivate static func noMemory(_ limits: ServiceLimits) -> ServiceError {
        retryLater(
            "The server's memory for answers (answerBytesMax) is in use; read the answers that "
                + "wait, and send the block again later.",
            limits
        )
    }
}
