// SPDX-License-Identifier: Apache-2.0

// Threads that bring work without end leave an event loop its sockets, and none of it is lost.

import GRPCTransport
import Testing
import VigieLimits

@Suite("Handovers") struct HandoversTests {
    @Test("What is brought is taken in order, until the turn is over")
    func turns() {
        var handovers = Handovers<Int>(
            turnMicroseconds: TransportLimits().handoverTurnMicroseconds
        )
        let turn = UInt64(TransportLimits().handoverTurnMicroseconds) * 1_000
        for number in 0..<5 { handovers.add(number) }
        #expect(!handovers.rests)
        #expect(handovers.next(nowNanoseconds: 700) == 0)
        #expect(handovers.next(nowNanoseconds: 700 + turn - 1) == 1)
        #expect(handovers.next(nowNanoseconds: 700 + turn) == nil)
        handovers.beginRest()
        #expect(handovers.rests && !handovers.isEmpty)
        handovers.endRest()
        #expect(!handovers.rests)
        // However late it is, something is taken in each turn.
        for (number, now) in [(2, 10 * turn), (3, 11 * turn - 1)] {
            #expect(handovers.next(nowNanoseconds: now) == number)
        }
        #expect(handovers.next(nowNanoseconds: 11 * turn) == nil)
        handovers.beginRest()
        handovers.endRest()
        #expect(handovers.next(nowNanoseconds: 20 * turn) == 4)
        #expect(handovers.next(nowNanoseconds: 20 * turn) == nil && handovers.isEmpty)
    }

    @Test("Turns of no length take one at a time")
    func none() {
        var handovers = Handovers<Int>(turnMicroseconds: 0)
        for number in 0..<3 { handovers.add(number) }
        for number in 0..<3 {
            #expect(handovers.next(nowNanoseconds: 5) == number)
            #expect(handovers.next(nowNanoseconds: 5) == nil)
            handovers.beginRest()
            handovers.endRest()
        }
    }
}
