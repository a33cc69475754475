// SPDX-License-Identifier: Apache-2.0

// A stream of rows with a job: each block is looked up in the store, scored if it was not answered,
// kept, and answered then. The three go on side by side for blocks that follow each other, and
// blocks that are scored while others are being kept are kept together after them: so a commit is
// for one block where blocks come slowly, and for many where they come fast. All answers wait for
// their commit, in the order of the blocks; what a client has been told is there for good.

internal import GRPCTransport
internal import JobApplication
internal import JobStore
internal import NIOCore
internal import ProtobufCoding
internal import Quantities
internal import ServiceErrors
internal import Telemetry
internal import Turns
internal import VigieLimits

/// The state of one stream with a job. Bound to the call's event loop.
final class JobStream {
    /// A block that has come and is not answered.
    private struct Entry {
        enum State {
            /// It is to be looked up.
            case arrived
            /// A thread looks it up.
            case looking
            /// It was not answered: it is to be scored.
            case wanted
            /// It is being scored.
            case scoring
            /// It is to be kept.
            case scored(AnsweredBlock)
            /// A thread keeps it, with those before it.
            case keeping
            /// Its answer is there for good.
            case stored([UInt8])
            /// It ends the stream when those before it are answered.
            case failed(ServiceError)
        }

        var state = State.arrived
        var kept: KeptBytes?
        var digest: [UInt8] = []
        var byteCount: Int
    }

    private let scorer: RowScorer
    private let desk: JobDesk
    private let place: DeskPlace
    private let owner: String
    private var header: PreparedHeader
    private var job: OpenJob?
    /// The encoded header, until the job is open.
    private var headerBytes: KeptBytes?
    private var entries: [Entry] = []
    /// The number of the first of them.
    private var firstNumber = 0
    /// Bytes of their blocks and answers.
    private var heldBytes = 0
    private var scoringNumber: Int?
    private var isLooking = false
    private var isKeeping = false
    private var isPaused = true
    private var hasClientEnded = false
    private var isOver = false

    /// Takes a stream whose header is good, and gives it no message until the job is open.
    init(
        _ scorer: RowScorer,
        _ header: PreparedHeader,
        call: ServerCall
    ) throws(ServiceError) {
        guard let desk = scorer.jobs, desk.jobs.isThere else { throw .noJobs }
        (self.scorer, self.desk, self.header) = (scorer, desk, header)
        owner = call.caller.jobOwner
        place = try DeskPlace(desk.streams, call.turnShare)
        call.pauseMessages()
    }

    // MARK: - The job

    /// Opens the job, in whose day the header is prepared again if it names none.
    ///
    /// - Parameter bytes: The encoded header.
    func open(_ bytes: KeptBytes, call: ServerCall) {
        headerBytes = bytes
        guard let asked = header.job else { return }
        let (header, owner) = (header, owner)
        work(for: call) { (jobs) throws(ServiceError) in
            try jobs.open(
                asked.id,
                firstBlock: asked.firstBlock,
                asked.binding,
                isForToday: header.isForToday,
                greeting: header.identity,
                by: owner
            )
        } then: { stream, result, call in
            switch result {
            case .failure(let error): stream.end(call, error)
            case .success(let job) where job.day != asked.binding.day:
                stream.prepareAgain(for: job.day, call: call)
            case .success(let job): stream.begin(job, from: asked.firstBlock, call: call)
            }
        }
    }

    private func prepareAgain(for day: CalendarDate, call: ServerCall) {
        guard let bytes = headerBytes else { return }
        do throws(ServiceError) {
            try scorer.prepare(bytes.bytes, in: bytes.storage, for: call, today: day) {
                [self] prepared in
                guard prepared.job?.binding.day == day else { return end(call, .jobDayLost) }
                header = prepared
                open(bytes, call: call)
            }
        } catch { end(call, error) }
    }

    private func begin(_ job: OpenJob, from firstBlock: Int, call: ServerCall) {
        (self.job, headerBytes) = (job, nil)
        firstNumber = firstBlock
        var greeting = ProtobufWriter()
        greeting.append(header.identity)
        greeting.tag(Self.storedCountTag)
        greeting.varint(UInt64(clamping: job.blockCount))
        let bytes = greeting.contents
        call.sendMessage(byteCount: bytes.count) { $0.copyBytes(from: bytes) }
        goOn(call)
    }

    /// Of `stored_block_count` in the first answer of both methods.
    private static let storedCountTag: UInt32 = 3 << 3

    // MARK: - What comes from the client

    /// Takes the next block.
    func receive(_ bytes: UnsafeRawBufferPointer, call: ServerCall) throws(ServiceError) {
        let kept = try scorer.keep(bytes, of: call)
        entries.append(Entry(kept: kept, byteCount: bytes.count))
        heldBytes += bytes.count
        goOn(call)
    }

    /// The client sends no more.
    func clientEnded(_ call: ServerCall) {
        hasClientEnded = true
        goOn(call)
    }

    /// The call is over. What threads have of it they do all the same: it is not answered then.
    func callEnded() {
        isOver = true
        entries = []
        place.leave()
    }

    private func end(_ call: ServerCall, _ error: ServiceError) {
        isOver = true
        entries = []
        call.finish(error.status)
    }

    // MARK: - What is done

    /// Does what can be done now.
    func goOn(_ call: ServerCall) {
        guard !isOver, !call.isEnded, let job else { return }
        look(job, call)
        score(call)
        deliver(job, call)
        guard !isOver, !call.isEnded else { return }
        if hasClientEnded, entries.isEmpty { return call.finish() }
        let isFull =
            entries.count >= JobLimits.jobStreamBlocks || heldBytes >= JobLimits.jobStreamBytes
        guard isFull != isPaused else { return }
        isPaused = isFull
        if isFull { call.pauseMessages() } else { call.resumeMessages() }
    }

    private func look(_ job: OpenJob, _ call: ServerCall) {
        guard !isLooking,
            let start = entries.firstIndex(where: {
                if case .arrived = $0.state { true } else { false }
            }),
            !entries[..<start].contains(where: {
                if case .failed = $0.state { true } else { false }
            })
        else { return }
        isLooking = true
        let end = min(start + JobLimits.jobLookedBlocks, entries.count)
        for index in start..<end { entries[index].state = .looking }
        // The thread only reads them, and the loop leaves them until it has.
        nonisolated(unsafe) let blocks = entries[start..<end].compactMap(\.kept)
        let number = firstNumber + start
        work(for: call) { (jobs) throws(ServiceError) in
            try jobs.look(at: blocks.map(\.bytes), from: number, of: job)
        } then: { stream, result, call in
            stream.looked(result, from: number)
            stream.goOn(call)
        }
    }

    private func looked(_ result: Result<[LookedBlock], ServiceError>, from number: Int) {
        isLooking = false
        let start = number - firstNumber
        guard entries.indices.contains(start) else { return }
        let looked: [LookedBlock]
        switch result {
        case .success(let blocks): looked = blocks
        case .failure(let error):
            looked = []
            entries[start].state = .failed(error)
        }
        for index in entries.indices.dropFirst(start) {
            if looked.indices.contains(index - start) {
                take(looked[index - start], at: index)
            } else if case .looking = entries[index].state {
                entries[index].state = .arrived
            }
        }
    }

    private func take(_ block: LookedBlock, at index: Int) {
        entries[index].digest = block.digest
        guard let answer = block.answer else {
            entries[index].state = .wanted
            return
        }
        entries[index].state = .stored(answer)
        hold(answer, at: index)
    }

    /// The answer of a block is there, and its rows are needed no more.
    private func hold(_ answer: [UInt8], at index: Int) {
        heldBytes += answer.count - entries[index].byteCount
        entries[index].byteCount = answer.count
        entries[index].kept = nil
    }

    /// Scores the next block, one at a time as without a job.
    private func score(_ call: ServerCall) {
        guard scoringNumber == nil,
            let index = entries.firstIndex(where: {
                if case .wanted = $0.state { true } else { false }
            }),
            let kept = entries[index].kept.take()
        else { return }
        entries[index].state = .scoring
        scoringNumber = firstNumber + index
        call.withMessage(in: kept.storage) {
            do throws(ServiceError) {
                let isDone = try scorer.answer(
                    kept.bytes,
                    header: header,
                    reply: .job(of: self),
                    call: call
                )
                guard isDone else { return }
                // Not at once: all blocks together may take longer than a loop is to be kept.
                let bound = NIOLoopBound((stream: self, call: call), eventLoop: call.eventLoop)
                call.eventLoop.execute { bound.value.stream.goOn(bound.value.call) }
            } catch { failed(error) }
        }
    }

    /// The block that was being scored has its answer.
    func scored(_ answer: [UInt8], rowCount: Int) {
        guard let index = endScoring() else { return }
        let block = AnsweredBlock(
            number: firstNumber + index,
            digest: entries[index].digest,
            rowCount: rowCount,
            answer: answer
        )
        entries[index].state = .scored(block)
        hold(answer, at: index)
    }

    /// The block that was being scored cannot be.
    func failed(_ error: ServiceError) {
        if let index = endScoring() { entries[index].state = .failed(error) }
    }

    private func endScoring() -> Int? {
        guard let number = scoringNumber.take(), entries.indices.contains(number - firstNumber)
        else { return nil }
        return number - firstNumber
    }

    /// Answers what is there for good, and has kept what was scored.
    private func deliver(_ job: OpenJob, _ call: ServerCall) {
        while let first = entries.first, !isOver {
            if case .failed(let error) = first.state { return end(call, error) }
            guard case .stored(let answer) = first.state else { break }
            scorer.counters.count(.jobBlocksRepeated)
            send(answer, call)
        }
        guard !isKeeping else { return }
        var blocks: [AnsweredBlock] = []
        for index in entries.indices {
            guard case .scored(let block) = entries[index].state else { break }
            entries[index].state = .keeping
            blocks.append(block)
        }
        guard !blocks.isEmpty else { return }
        isKeeping = true
        let group = blocks
        work(for: call) { (jobs) throws(ServiceError) in
            try jobs.keep(group, of: job)
        } then: { stream, result, call in
            stream.isKeeping = false
            switch result {
            case .failure(let error): stream.end(call, error)
            case .success(let answers):
                stream.scorer.counters.add(.jobBlocksKept, answers.count)
                for answer in answers { stream.send(answer, call) }
                stream.goOn(call)
            }
        }
    }

    private func send(_ answer: [UInt8], _ call: ServerCall) {
        guard !entries.isEmpty else { return }
        heldBytes -= entries.removeFirst().byteCount
        firstNumber += 1
        call.sendMessage(byteCount: answer.count) { $0.copyBytes(from: answer) }
    }

    // MARK: - Threads

    /// Has a thread do something with the store.
    private func work<Value: Sendable>(
        for call: ServerCall,
        _ body: @escaping @Sendable (JobUseCases) throws(ServiceError) -> Value,
        then: @escaping @Sendable (JobStream, Result<Value, ServiceError>, ServerCall) -> Void
    ) {
        let eventLoop = call.eventLoop
        let bound = NIOLoopBound((stream: self, call: call), eventLoop: eventLoop)
        let admission = desk.workers.turns.submit(of: call.turnShare) { [jobs = desk.jobs] in
            let result: Result<Value, ServiceError>
            do throws(ServiceError) { result = .success(try body(jobs)) } catch {
                result = .failure(error)
            }
            eventLoop.execute {
                let (stream, call) = bound.value
                guard !stream.isOver, !call.isEnded else { return }
                then(stream, result, call)
            }
            return true
        }
        if let refusal = ServiceError(admission, desk.limits) { end(call, refusal) }
    }
}

extension ServiceError {
    /// A header that came to another day than it was prepared for.
    fileprivate static var jobDayLost: ServiceError {
        ServiceError(.internalError, "JOB_DAY", "The day of the job could not be had.")
    }
}
