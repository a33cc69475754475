// SPDX-License-Identifier: Apache-2.0

// The decisions of a stream of blocks, without a stream: each transition, and a
// sender and a reader at random against a plain list.

import TestRandomness
import Testing
import VigieClient

/// Lanes are their letters, blocks and continuations are numbers.
private typealias Machine = BlockStreamStateMachine<String, Int, Int>

private struct SourceError: Error {}

extension Machine {
    fileprivate var taken: (block: Int, lane: String, isRefused: Bool)? {
        if case .take(let block, let lane, let place) = step {
            (block, lane, place.isRefused)
        } else {
            nil
        }
    }

    /// Sends a block, on a lane that is opened if need be.
    fileprivate mutating func send(_ block: Int) -> Int? {
        let (lane, place) = laneForNextBlock()
        if lane == nil { _ = laneOpened("lane \(place.lane)") }
        return blockSent(block)
    }
}

@Suite struct BlockStreamStateMachineTests {
    @Test func theWindowHoldsTheSender() {
        var machine = Machine(laneCount: 1, window: 2)
        check(machine.waitForRoom(7) && machine.send(0) == nil)
        check(machine.waitForRoom(7) && machine.send(1) == nil)
        check(!machine.waitForRoom(7))
        check(machine.taken?.block == 0)
        check(machine.blockTaken() == 7)
        check(machine.blockTaken() == nil && machine.blockTaken() == nil)
        check(machine.waitForRoom(7))
    }

    @Test func theReaderWaitsForTheSender() {
        var machine = Machine(laneCount: 2, window: 4)
        check(!machine.waitForSender(3))
        check(machine.send(0) == 3)
        check(machine.send(1) == nil)
        check(machine.waitForSender(3))
        check(machine.taken?.lane == "lane 0")
        _ = machine.blockTaken()
        check(machine.taken?.lane == "lane 1")
        _ = machine.blockTaken()
        check(!machine.waitForSender(4))
        check(machine.sendingEnded(.success(())) == 4)
        guard case .finish(let lanes, .success) = machine.step else {
            Issue.record("not at its end"); return
        }
        check(lanes == ["lane 0", "lane 1"])
    }

    @Test func aRefusedLaneIsLeftOut() {
        var machine = Machine(laneCount: 2, window: 4)
        _ = machine.send(0)
        _ = machine.send(1)
        machine.laneRefused(0)
        check(machine.isRefused(0) && !machine.isRefused(1))
        check(machine.taken?.isRefused == true)
        check(machine.laneForNextBlock().place == Machine.Place(lane: 0, isRefused: true))
        check(machine.openLanes == ["lane 1"])
    }

    @Test func aFailedSourceIsToldAfterItsBlocks() {
        var machine = Machine(laneCount: 1, window: 4)
        _ = machine.send(0)
        _ = machine.sendingEnded(.failure(SourceError()))
        check(machine.taken?.block == 0)
        _ = machine.blockTaken()
        guard case .finish(_, .failure) = machine.step else {
            Issue.record("the failure is lost"); return
        }
        machine.failed()
        guard case .end = machine.step else { Issue.record("told twice"); return }
    }

    @Test func stoppingWakesBoth() {
        var machine = Machine(laneCount: 2, window: 1)
        check(!machine.waitForSender(1))
        check(machine.send(0) == 1)
        check(!machine.waitForRoom(2))
        let (lanes, sender, reader) = machine.stop()
        check(lanes == ["lane 0"] && sender == 2 && reader == nil)
        guard case .stopped = machine.step else { Issue.record("goes on"); return }
        check(machine.waitForRoom(2) && machine.waitForSender(1))
        check(machine.laneOpened("late"))
        let again = machine.stop()
        check(again.sender == nil && again.reader == nil)
    }

    @Test(arguments: 0..<200)
    func senderAndReaderAtRandomKeepOrderAndWindow(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        let window = Int.random(in: 1...5, using: &generator)
        let laneCount = Int.random(in: 1...4, using: &generator)
        let blockCount = Int.random(in: 0...40, using: &generator)
        var machine = Machine(laneCount: laneCount, window: window)
        var (sent, taken) = (0, 0)
        var (isSenderHeld, isReaderHeld, isEnded) = (false, false, false)
        while true {
            if Bool.random(using: &generator), !isSenderHeld, !isEnded {
                if sent == blockCount {
                    check((machine.sendingEnded(.success(())) == 2) == isReaderHeld)
                    (isEnded, isReaderHeld) = (true, false)
                    continue
                }
                let hasRoom = machine.waitForRoom(1)
                check(hasRoom == (sent - taken < window))
                guard hasRoom else { isSenderHeld = true; continue }
                let place = machine.laneForNextBlock().place
                check(place.lane == sent % laneCount)
                check((machine.send(sent) == 2) == isReaderHeld)
                isReaderHeld = false
                sent += 1
            } else if !isReaderHeld {
                if case .finish(let lanes, _) = machine.step {
                    check(isEnded && taken == blockCount)
                    check(lanes.count == min(laneCount, blockCount))
                    return
                }
                guard sent > taken else {
                    check(machine.waitForSender(2) == isEnded)
                    isReaderHeld = !isEnded
                    continue
                }
                check(machine.taken?.block == taken)
                check(machine.taken?.lane == "lane \(taken % laneCount)")
                check((machine.blockTaken() == 1) == isSenderHeld)
                isSenderHeld = false
                taken += 1
            }
            // One of the two can always go on.
            check(!(isSenderHeld && isReaderHeld))
        }
    }
}
