// SPDX-License-Identifier: Apache-2.0

import Foundation
import Telemetry
import Testing

@Suite struct CounterTests {
    @Test func sumsOverThreads() async {
        let registry = CounterRegistry()
        await withTaskGroup(of: Void.self) { tasks in
            for thread in 1...4 {
                let block = registry.makeBlock()
                tasks.addTask {
                    for _ in 0..<50_000 { block.count(.callsBegun) }
                    block.add(.rowsScored, thread)
                }
                // A reader while they count: never more than the end.
                tasks.addTask { #expect(registry.value(of: .callsBegun) <= 200_000) }
            }
        }
        #expect(registry.value(of: .callsBegun) == 200_000)
        #expect(registry.value(of: .rowsScored) == 10)
        #expect(registry.value(of: .bytesSent) == 0)
        #expect(registry.summary.map(\.name) == ["vigie_calls_begun", "vigie_rows_scored"])
    }

    @Test func eachCodeHasItsCounter() {
        let counters = (0...16).map { Counter.callsEnded(code: $0) }
        #expect(Set(counters).count == 17)
        #expect(counters.compactMap(\.code).count == 17)
        #expect(Counter.callsEnded(code: 0).code == "OK")
        #expect(Counter.callsEnded(code: 16).code == "UNAUTHENTICATED")
        for code in [Int.min, -1, 17, Int.max] {
            #expect(Counter.callsEnded(code: code).name == "vigie_calls_ended")
        }
    }

    /// What the whole list is held to: names of OpenMetrics, told apart by name and label, and a
    /// sentence each.
    @Test func theListIsSound() {
        let keys = Counter.allCases.map { "\($0.name) \($0.code ?? $0.reason ?? "")" }
        #expect(Set(keys).count == Counter.allCases.count)
        for counter in Counter.allCases {
            #expect(counter.name.contains(/^vigie_[a-z_]+$/))
            #expect(counter.help.hasSuffix("."))
        }
    }
}
