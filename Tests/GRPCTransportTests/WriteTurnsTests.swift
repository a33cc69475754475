// SPDX-License-Identifier: Apache-2.0

// Who writes when some have ever more to write.

import GRPCTransport
import NIOCore
import Testing
import VigieLimits

@Suite("Turns of writers") struct WriteTurnsTests {
    @Test("Each has its part; when a turn is used up, the others are first in the next one")
    func turns() {
        var turns = WriteTurns<String>(bytesMax: 500)
        for name in ["a", "b", "c"] { turns.add(name) }
        var order: [String] = []
        for _ in 0..<3 {
            turns.begin()
            while let name = turns.next() {
                order.append(name)
                turns.wrote(256)
                turns.add(name)
            }
            order.append("-")
        }
        #expect(order == ["a", "b", "-", "c", "a", "-", "b", "c", "-"])
        #expect(!turns.isEmpty)
    }

    @Test("Who has written nothing takes nothing of the turn")
    func nothingWritten() {
        var turns = WriteTurns<Int>(bytesMax: 1)
        for number in 0..<10 { turns.add(number) }
        turns.begin()
        for number in 0..<10 {
            #expect(turns.next() == number)
            turns.wrote(0)
        }
        #expect(turns.next() == nil && turns.isEmpty)
    }
}
