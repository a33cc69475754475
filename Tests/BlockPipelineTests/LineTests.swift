// SPDX-License-Identifier: Apache-2.0

// Two stages, the second of which reads what the first appends, in one piece, in chunks,
// here and on other threads.

import BlockPipeline
import NIOCore
import NIOPosix
import Synchronization
import Testing
import Turns
import VigieLimits

/// A column of numbers, and two that stages append.
private final class NumberFrame: Frame {
    var numbers: [Int] = []
    var squares: [Int] = []
    var sums: [Int] = []
    private(set) var beginCount = 0
    private(set) var endCount = 0

    var rowCount: Int { numbers.count }

    func begin() {
        beginCount += 1
        squares.removeAll(keepingCapacity: true)
        sums.removeAll(keepingCapacity: true)
    }

    func end(retainedBytesMax: Int) {
        endCount += 1
        numbers = []
    }
}

private struct Square: Stage {
    func run(_ rows: Range<Int>, of frame: NumberFrame) {
        #expect(rows.lowerBound == frame.squares.count)
        for row in rows { frame.squares.append(frame.numbers[row] * frame.numbers[row]) }
    }

    func nanoseconds(of frame: NumberFrame) -> Double { Double(frame.rowCount) * 10 }

    func columnBytes(of frame: NumberFrame) -> Int { frame.rowCount * 8 }

    var rowsTogether: Int { 16 }
}

/// Adds numbers and squares; may do something before.
private struct Sum: Stage {
    var before: @Sendable (Range<Int>) -> Void = { _ in }

    func run(_ rows: Range<Int>, of frame: NumberFrame) {
        before(rows)
        for row in rows { frame.sums.append(frame.numbers[row] + frame.squares[row]) }
    }

    func nanoseconds(of frame: NumberFrame) -> Double { Double(frame.rowCount) * 90 }

    func columnBytes(of frame: NumberFrame) -> Int { frame.rowCount * 8 }

    var rowsTogether: Int { 1 }
}

/// Learns of the first rows that all take long.
private final class Wary: Stage {
    let chunks = Mutex<[Int]>([])

    func run(_ rows: Range<Int>, of frame: NumberFrame) {
        chunks.withLock { $0.append(rows.count) }
    }

    func nanoseconds(of frame: NumberFrame) -> Double { 0 }

    func columnBytes(of frame: NumberFrame) -> Int { 0 }

    var rowsTogether: Int { 1 }

    var rowsAtMost: Int { chunks.withLock { $0.isEmpty ? 40 : 3 } }
}

@Suite struct LineTests {
    private func frame(_ count: Int) -> NumberFrame {
        let frame = NumberFrame()
        frame.numbers = (0..<count).map { 3 * $0 - 7 }
        return frame
    }

    /// Threads, and a queue before them.
    private func makePool(limits: ServiceLimits = .init()) -> (TurnPool, NIOThreadPool) {
        let threads = NIOThreadPool(numberOfThreads: 2)
        threads.start()
        return (
            TurnPool(limits: .blocks(limits)) { work in threads.submit { work($0 == .active) } },
            threads
        )
    }

    private func check(_ frame: NumberFrame, count: Int) {
        #expect(frame.sums == (0..<count).map { (3 * $0 - 7) * (3 * $0 - 6) })
        #expect(frame.beginCount == 1)
    }

    private var limits: ServiceLimits {
        var limits = ServiceLimits()
        limits.inPlaceNanosecondsMax = 5_000
        return limits
    }

    @Test func aStageSeesWhatTheOneBeforeAppends() {
        let line = Line<NumberFrame>([Square(), Sum()])
        let frame = frame(50)
        #expect(line.nanoseconds(of: frame) == 5_000)
        #expect(line.columnBytes(of: frame) == 800)
        #expect(line.rowsTogether == 16)
        frame.begin()
        line.run(0..<20, of: frame)
        line.run(20..<50, of: frame)
        check(frame, count: 50)
    }

    @Test(arguments: [0.0, 1_000, 1_700, 4_000, 1e12])
    func chunksFitTheStages(chunkNanoseconds: Double) {
        let pool = TurnPool(limits: .blocks(ServiceLimits())) { _ in
            Issue.record("nothing is to be run")
        }
        let dispatcher = BlockDispatcher(pool: pool, limits: limits) { NumberFrame() }
        let line = Line<NumberFrame>([Square(), Sum()])
        #expect(!dispatcher.isForPool(frame(50), line: line))
        #expect(!dispatcher.isForPool(frame(0), line: line))
        #expect(dispatcher.isForPool(frame(1_000), line: line))
        let rows = line.chunkRows(of: frame(1_000), chunkNanoseconds: chunkNanoseconds)
        #expect(rows % 16 == 0 && rows >= 16)
        #expect(line.chunkRows(of: frame(0), chunkNanoseconds: chunkNanoseconds) >= 16)
        #expect(rows == max(16, Int(min(1_000, chunkNanoseconds / 100)) / 16 * 16))
    }

    @Test func aStageMakesChunksSmallerOnceRowsTakeLong() {
        let wary = Wary()
        let line = Line<NumberFrame>([Square(), wary])
        let run = BlockRun(frame(50), line: line, chunkNanoseconds: 1e9, isOverdue: nil)
        while !run.runChunk() {}
        #expect(wary.chunks.withLock { $0 } == [40, 3, 3, 3, 1])
        #expect(run.frame.squares.count == 50)
    }

    @Test func aBlockIsStoppedBetweenChunks() {
        let stopped = Mutex<BlockRun<NumberFrame>?>(nil)
        let line = Line<NumberFrame>([
            Square(),
            Sum { rows in if rows.lowerBound >= 64 { stopped.withLock { $0?.cancel() } } },
        ])
        let run = BlockRun(frame(1_000), line: line, chunkNanoseconds: 3_200, isOverdue: nil)
        stopped.withLock { $0 = run }
        while !run.runChunk() {}
        #expect(run.outcome == .cancelled && run.frame.sums.count == 96)
        stopped.withLock { $0 = nil }

        let late = BlockRun(
            frame(1_000),
            line: line,
            chunkNanoseconds: 3_200,
            isOverdue: { true }
        )
        #expect(late.runChunk())
        // No memory was taken for it.
        #expect(late.outcome == .deadlineExceeded && late.frame.beginCount == 0)
    }

    @Test func theDispatcherRunsBlocksHereAndThere() async throws {
        let (pool, threads) = makePool()
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let dispatcher = try await loop.submit {
            NIOLoopBound(
                BlockDispatcher(pool: pool, limits: limits) { NumberFrame() },
                eventLoop: loop
            )
        }.get()
        let line = Line<NumberFrame>([Square(), Sum()])
        for count in [1, 50, 51, 1_000, 5_000] {
            let done = loop.makePromise(of: Bool.self)
            loop.execute {
                let frame = dispatcher.value.takeFrame()
                frame.numbers = (0..<count).map { 3 * $0 - 7 }
                guard dispatcher.value.isForPool(frame, line: line) else {
                    #expect(count <= 50)
                    dispatcher.value.runHere(frame, line: line)
                    #expect(frame.sums.last == (3 * count - 10) * (3 * count - 9))
                    dispatcher.value.giveBack(frame)
                    return done.succeed(false)
                }
                let run = BlockRun(frame, line: line, chunkNanoseconds: 2_000, isOverdue: nil)
                let isQueued = dispatcher.value.submit(
                    run,
                    byteCount: 8 * count,
                    of: frame,
                    share: TurnShare(frame),
                    toLoop: { loop.execute($0) }
                ) { isCancelled in
                    #expect(run.frame.sums.count == count)
                    dispatcher.value.giveBack(run.frame)
                    done.succeed(isCancelled)
                }
                #expect(isQueued == .queued)
            }
            #expect(try await done.futureResult.get() == false)
        }
        try await threads.shutdownGracefully()
    }

    @Test func framesThatNobodyWantsAreLetGo() async throws {
        let (pool, threads) = makePool()
        let made = Mutex(0)
        let dispatcher = BlockDispatcher(pool: pool, limits: limits) {
            made.withLock { $0 += 1 }
            return NumberFrame()
        }
        /// Wants some at a time; tells how many had to be made.
        func use(_ count: Int) -> Int {
            let before = made.withLock { $0 }
            for frame in (0..<count).map({ _ in dispatcher.takeFrame() }) {
                dispatcher.giveBack(frame)
            }
            return made.withLock { $0 } - before
        }
        #expect(limits.idleFramesMax >= 3 && use(3) == 3)
        dispatcher.dropUnused()
        // Those that are wanted now and then stay.
        #expect(use(2) == 0)
        dispatcher.dropUnused()
        #expect(use(3) == 1)
        dispatcher.dropUnused()
        dispatcher.dropUnused()
        #expect(use(1) == 1)
        try await threads.shutdownGracefully()
    }

    @Test func whatIsCancelledIsToldSoAndAFullPoolRefuses() async throws {
        var limits = limits
        limits.queuedBlocksMax = 1
        // Its threads come when both blocks were handed over: the first stays in the queue.
        let waiting = Mutex<[@Sendable (Bool) -> Void]>([])
        let pool = TurnPool(limits: .blocks(limits)) { work in waiting.withLock { $0.append(work) }
        }
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let told = loop.makePromise(of: Bool.self)
        let numbers = frame(1_000).numbers
        try await loop.submit { [limits] in
            let dispatcher = BlockDispatcher(pool: pool, limits: limits) { NumberFrame() }
            let frame = dispatcher.takeFrame()
            frame.numbers = numbers
            let line = Line<NumberFrame>([Square(), Sum()])
            let run = BlockRun(frame, line: line, chunkNanoseconds: 1_600, isOverdue: nil)
            // The loop is busy until the end of this function: the run cannot finish before.
            let isTaken = dispatcher.submit(
                run,
                byteCount: 1,
                of: frame,
                share: TurnShare(frame),
                toLoop: { loop.execute($0) },
                finish: { told.succeed($0) }
            )
            #expect(isTaken == .queued)
            let other = BlockRun(
                NumberFrame(),
                line: line,
                chunkNanoseconds: 1_600,
                isOverdue: nil
            )
            let isQueued = dispatcher.submit(
                other,
                byteCount: 1,
                of: other,
                share: TurnShare(other),
                toLoop: { loop.execute($0) },
                finish: { _ in Issue.record("it was refused") }
            )
            #expect(isQueued == .full)
            dispatcher.cancel(frame)
        }.get()
        for work in waiting.withLock({ $0 }) { work(true) }
        #expect(try await told.futureResult.get())
    }
}
