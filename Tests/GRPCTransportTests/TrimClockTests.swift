// SPDX-License-Identifier: Apache-2.0

// When memory is given back to the system.

import GRPCTransport
import Testing

@Suite("The clock of trimming") struct TrimClockTests {
    private let mebibyte = 1 << 20

    @Test(
        "What was counted and is not used any more is given back, when it stays so, and late ones"
    )
    func freed() {
        var clock = TrimClock()
        let used = [0, 100, 100, 0, 0, 0] + [Int](repeating: 0, count: 20)
        let due = used.map {
            clock.isDue(usedBytes: $0 * mebibyte, residentBytes: 50 * mebibyte)
        }
        #expect(due.indices.filter { due[$0] } == [5, 10])
    }

    @Test("What nobody counted is given back when all is calm; what cannot be, is tried once")
    func grown() {
        var clock = TrimClock()
        func looks(_ count: Int, _ usedBytes: Int, _ resident: Int) -> [Bool] {
            (0..<count).map { _ in
                clock.isDue(usedBytes: usedBytes, residentBytes: resident * mebibyte)
            }
        }
        #expect(looks(5, 1_000, 50).allSatisfy { !$0 })
        #expect(looks(4, 1_000, 57).allSatisfy { !$0 })
        #expect(looks(4, 1_000, 58) == [true, false, false, false])
        // It helped, and the next time is measured from there.
        #expect(looks(4, 1_000, 51) == [false, true, false, false])
        #expect(looks(3, 1_000, 58).allSatisfy { !$0 })
        #expect(looks(2, 1_000, 59) == [true, false])
    }

    @Test("A server that is busy is left alone")
    func busy() {
        var clock = TrimClock()
        for look in 0..<20 {
            let used = (look % 2) * 4 * mebibyte
            let resident = (50 + 5 * look) * mebibyte
            let isDue = clock.isDue(usedBytes: used, residentBytes: resident)
            #expect(!isDue)
        }
    }
}
