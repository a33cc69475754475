// SPDX-License-Identifier: Apache-2.0

// The queue by itself: what it refuses for being late must be late, and what it takes is done once.

import TestRandomness
import Testing
import Turns

/// Stands for a connection.
private final class Connection: Sendable {}

@Suite struct TurnQueueTests {
    private let connections = (0..<5).map { _ in Connection() }

    private func share(_ index: Int, _ priority: TurnPriority = .normal) -> TurnShare {
        TurnShare(connections[index], priority: priority)
    }

    private func queue(threadCount: Int = 1) -> TurnQueue<Int> {
        TurnQueue(limits: TurnLimits(workMax: 64, shareWorkMax: 32), threadCount: threadCount)
    }

    @Test func whatCannotBeginInTimeIsRefused() {
        var queue = queue()
        #expect(queue.add(0, of: share(0), nanoseconds: 8, nanosecondsLeft: 1) == .queued)
        #expect(queue.add(1, of: share(0), nanoseconds: 1, nanosecondsLeft: 7.9) == .late)
        #expect(queue.add(1, of: share(0), nanoseconds: 1, nanosecondsLeft: 8.1) == .queued)
        // Another takes turns at once, and its only turn is before the second of the first.
        #expect(queue.add(2, of: share(1), nanoseconds: 3, nanosecondsLeft: 0.1) == .queued)
        #expect(queue.add(3, of: share(0), nanoseconds: 1, nanosecondsLeft: 11.9) == .late)
        #expect(queue.add(3, of: share(0), nanoseconds: 1, nanosecondsLeft: 12.1) == .queued)
        #expect(queue.add(4, of: share(0), nanoseconds: 1) == .queued)
    }

    @Test func anIdleThreadIsCountedOn() {
        var queue = queue(threadCount: 2)
        // One takes the long piece, and the other what comes next.
        #expect(queue.add(0, of: share(0), nanoseconds: 8, nanosecondsLeft: 1) == .queued)
        #expect(queue.add(1, of: share(0), nanoseconds: 8, nanosecondsLeft: 0.1) == .queued)
        #expect(queue.add(2, of: share(0), nanoseconds: 8, nanosecondsLeft: 3.9) == .late)
        #expect(queue.add(2, of: share(0), nanoseconds: 8, nanosecondsLeft: 4.1) == .queued)
    }

    @Test func shortTurnsOfOthersAreNoLongWait() {
        var queue = queue()
        let chunk = 0.1
        // Of a long piece in short chunks only ten are done before the ten pieces of another.
        #expect(queue.add(0, of: share(1), nanoseconds: 100, chunkNanoseconds: chunk) == .queued)
        for number in 0..<10 {
            #expect(queue.add(number, of: share(0), nanoseconds: 1) == .queued)
        }
        #expect(queue.add(10, of: share(0), nanoseconds: 1, nanosecondsLeft: 11.1) == .queued)
    }

    @Test func someRoomIsLeftForWhoHasNothing() {
        var queue = queue()
        for number in 0..<64 { #expect(queue.add(number, of: share(number / 32)) == .queued) }
        #expect(queue.add(64, of: share(0)) == .full)
        #expect(queue.add(64, of: share(2)) == .queued)
        #expect(queue.add(65, of: share(2)) == .full)
    }

    /// Of shares that always have work, each has turns as it weighs, and none waits for long.
    @Test(arguments: [
        [TurnPriority.low, .normal, .high], [.normal, .normal, .high, .low, .low], [.low, .low],
        [.high, .high, .low], [.low], [.high], [.high, .normal],
    ])
    func turnsGoByWeight(_ priorities: [TurnPriority]) {
        var queue = queue()
        for (index, priority) in priorities.enumerated() {
            #expect(queue.add(index, of: share(index, priority)) == .queued)
        }
        var turns = [Int](repeating: 0, count: priorities.count)
        var waits = turns
        let weights = priorities.map { $0 == .low ? 1 : $0 == .normal ? 2 : 4 }
        for _ in 0..<1_000 * weights.reduce(0, +) {
            guard let item = queue.takeNext() else { break }
            turns[item.work] += 1
            for index in waits.indices { waits[index] = index == item.work ? 0 : waits[index] + 1 }
            // Two rounds of all the others, and some of the next.
            #expect(waits.allSatisfy { $0 <= 4 * priorities.count + 4 })
            queue.putBack(item)
        }
        for (count, weight) in zip(turns, weights) {
            #expect(abs(count - 1_000 * weight) <= 4, "\(turns)")
        }
    }

    @Test func workOfOneOwnerWaitsByItsPriority() {
        var queue = queue()
        #expect(queue.add(0, of: share(0, .low), nanoseconds: 100) == .queued)
        // What weighs more does not stand behind it.
        #expect(queue.add(1, of: share(0), nanoseconds: 1, nanosecondsLeft: 0.1) == .queued)
        #expect(queue.takeNext()?.work == 1)
        #expect(queue.takeNext()?.work == 0)
    }

    /// Random work on one thread: each piece has its chunks, pieces of a share begin in their
    /// order, and what is called late would not have begun in time even if nothing else came.
    @Test(arguments: UInt64(1)...200)
    func randomWork(seed: UInt64) {
        var random = SeededGenerator(seed: seed &* 2_654_435_761)
        var desk = Desk(queue: queue())
        for number in 0..<300 {
            let index = Int.random(in: 0..<5, using: &random)
            // In every other run some weigh more than others.
            let priorities = [TurnPriority.low, .normal, .high, .low, .high]
            let share = share(index, seed.isMultiple(of: 2) ? .normal : priorities[index])
            let chunk = Double(Int.random(in: 0...9, using: &random))
            let total = chunk * Double(Int.random(in: 1...6, using: &random))
            let left = Double(Int.random(in: 0...90, using: &random))
            func add(_ desk: inout Desk, nanosecondsLeft: Double?) -> TurnAdmission {
                desk.add(number, of: share, total, chunk, nanosecondsLeft)
            }
            if add(&desk, nanosecondsLeft: left) == .late {
                var twin = desk
                guard add(&twin, nanosecondsLeft: nil) == .queued else { continue }
                while twin.begun[number] == nil { twin.runOne() }
                #expect((twin.begun[number] ?? 0) - desk.clock > left)
            }
            for _ in 0..<Int.random(in: 0...4, using: &random) { desk.runOne() }
        }
        while desk.queue.count > 0 { desk.runOne() }
        #expect(desk.queue.takeNext() == nil)
        #expect(desk.chunksLeft.values.allSatisfy { $0 == 0 })
        for numbers in desk.order.values {
            let times = numbers.compactMap { desk.begun[$0] }
            #expect(times.count == numbers.count && times == times.sorted())
        }
    }
}

/// One thread, and a clock that its chunks move.
private struct Desk {
    var queue: TurnQueue<Int>
    var clock = 0.0
    var begun: [Int: Double] = [:]
    var chunksLeft: [Int: Int] = [:]
    var order: [TurnShare: [Int]] = [:]
    private var chunkTimes: [Int: Double] = [:]

    init(queue: TurnQueue<Int>) { self.queue = queue }

    mutating func add(
        _ number: Int,
        of share: TurnShare,
        _ total: Double,
        _ chunk: Double,
        _ left: Double?
    ) -> TurnAdmission {
        let admission = queue.add(
            number,
            of: share,
            nanoseconds: total,
            chunkNanoseconds: chunk,
            nanosecondsLeft: left
        )
        if admission == .queued {
            chunksLeft[number] = chunk > 0 ? Int(total / chunk) : 1
            chunkTimes[number] = chunk
            order[share, default: []].append(number)
        }
        return admission
    }

    mutating func runOne() {
        guard let item = queue.takeNext() else { return }
        let number = item.work
        if begun[number] == nil { begun[number] = clock }
        clock += chunkTimes[number] ?? 0
        chunksLeft[number, default: 0] -= 1
        if chunksLeft[number] == 0 { _ = queue.finish(item) } else { queue.putBack(item) }
    }
}
