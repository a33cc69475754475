// SPDX-License-Identifier: Apache-2.0

// Connections take turns on the threads: what one has queued does not stand before what another
// brings.

import Synchronization
import Testing
import Turns

/// Stands for a connection.
private final class Connection: Sendable {}

/// A pool whose threads are run by hand, and what ran on them.
private final class Desk: Sendable {
    private let tickets = Mutex<[@Sendable (Bool) -> Void]>([])
    private let log = Mutex<[String]>([])

    /// Names of the work whose chunks ran, in their order.
    var chunks: [String] { log.withLock { $0 } }

    func pool(
        _ limits: TurnLimits = .init(workMax: 256, shareWorkMax: 128),
        threadCount: Int = 1
    ) -> TurnPool {
        TurnPool(limits: limits, threadCount: threadCount) { [self] work in
            tickets.withLock { $0.append(work) }
        }
    }

    /// Work of so many chunks.
    func work(_ name: String, _ chunkCount: Int) -> @Sendable () -> Bool {
        let done = Mutex(0)
        return { [self] in
            log.withLock { $0.append(name) }
            return done.withLock { done in
                done += 1
                return done >= chunkCount
            }
        }
    }

    /// Runs all that waits on one thread; work told false is dropped.
    func run(isActive: Bool = true) {
        while let ticket = tickets.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
            ticket(isActive)
        }
    }
}

@Suite struct TurnPoolTests {
    private let desk = Desk()
    private let first = Connection()
    private let second = Connection()
    private let third = Connection()

    private func submit(
        _ pool: TurnPool,
        _ connection: Connection,
        _ name: String,
        _ chunkCount: Int,
        nanoseconds: Double = 0,
        left: Double? = nil
    ) -> TurnAdmission {
        pool.submit(
            of: TurnShare(connection),
            nanoseconds: nanoseconds,
            chunkNanoseconds: nanoseconds / Double(chunkCount),
            nanosecondsLeft: left,
            runChunk: desk.work(name, chunkCount)
        )
    }

    @Test func aSmallBlockWaitsForAChunkOfEachOther() {
        let pool = desk.pool()
        for number in 0..<100 { #expect(submit(pool, first, "a\(number)", 50) == .queued) }
        #expect(submit(pool, second, "b", 2) == .queued)
        #expect(submit(pool, third, "c", 1) == .queued)
        desk.run()
        let chunks = desk.chunks
        #expect(Array(chunks.prefix(6)) == ["a0", "b", "c", "a0", "b", "a0"])
        // Of one connection, what came first goes first; and nothing is lost or done twice.
        #expect(chunks.count == 100 * 50 + 3)
        #expect(
            chunks.filter { $0.hasPrefix("a") }
                == (0..<100).flatMap { number in
                    [String](repeating: "a\(number)", count: 50)
                }
        )
    }

    @Test func oneThatComesWhileABlockRunsIsNext() {
        let pool = desk.pool()
        let late = Mutex(false)
        let inner = desk.work("b", 1)
        let long = desk.work("a", 10)
        let admission = pool.submit(of: TurnShare(first)) { [second] in
            if !late.withLock({ isLate in
                defer { isLate = true }
                return isLate
            }) {
                let taken = pool.submit(
                    of: TurnShare(second),
                    runChunk: inner
                )
                #expect(taken == .queued)
            }
            return long()
        }
        #expect(admission == .queued)
        desk.run()
        #expect(desk.chunks == ["a", "b"] + [String](repeating: "a", count: 9))
    }

    @Test func oneConnectionMayNotFillTheQueue() {
        let pool = desk.pool(TurnLimits(workMax: 5, shareWorkMax: 3))
        for _ in 0..<3 { #expect(submit(pool, first, "a", 1) == .queued) }
        #expect(submit(pool, first, "a", 1) == .full)
        for _ in 0..<2 { #expect(submit(pool, second, "b", 1) == .queued) }
        #expect(submit(pool, third, "c", 1) == .full)
        desk.run()
        #expect(submit(pool, first, "a", 1) == .queued)
        desk.run(isActive: false)
        #expect(submit(pool, third, "c", 1) == .queued)
        // What was dropped holds no room, and its chunks never ran.
        for _ in 0..<2 { #expect(submit(pool, first, "a", 1) == .queued) }
        #expect(desk.chunks == ["a", "b", "a", "b", "a"])
    }

    @Test func workThatHasBegunIsNotWaitedForTwice() {
        let pool = desk.pool()
        // Looked at from inside of the last of eight chunks, of a second each.
        let seen = Mutex<[TurnAdmission]>([])
        let long = desk.work("a", 8)
        let admission = pool.submit(
            of: TurnShare(first),
            nanoseconds: 8e9,
            chunkNanoseconds: 1e9
        ) { [desk, first] in
            let isLast = long()
            if desk.chunks.count == 7 || isLast {
                seen.withLock {
                    $0.append(
                        pool.submit(
                            of: TurnShare(first),
                            nanosecondsLeft: 0.5e9,
                            runChunk: desk.work("b", 1)
                        )
                    )
                }
            }
            return isLast
        }
        #expect(admission == .queued)
        desk.run()
        #expect(seen.withLock { $0 } == [.late, .queued])
    }

    @Test func workInOneLongChunkLeavesAThreadToOthers() {
        let pool = desk.pool(TurnLimits(workMax: 9, shareWorkMax: 9, shareThreadsMax: 1))
        let inner = desk.work("b", 1)
        let admission = pool.submit(of: TurnShare(first)) { [self] in
            // Another thread comes while the first is busy: it must not begin with "a1".
            desk.run()
            return true
        }
        #expect(admission == .queued)
        #expect(submit(pool, first, "a1", 1) == .queued)
        #expect(submit(pool, first, "a2", 1) == .queued)
        #expect(pool.submit(of: TurnShare(second), runChunk: inner) == .queued)
        desk.run()
        // And nothing is left although threads went away.
        #expect(desk.chunks == ["b", "a1", "a2"])
        #expect(submit(pool, third, "c", 1) == .queued)
        desk.run()
        #expect(desk.chunks.last == "c")
    }
}
