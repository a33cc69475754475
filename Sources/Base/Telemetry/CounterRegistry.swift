// SPDX-License-Identifier: Apache-2.0

// All counters of a process, summed when somebody asks.

internal import Synchronization

/// The counters of all threads.
package final class CounterRegistry: Sendable {
    private let blocks = Mutex<[CounterBlock]>([])
    private let callTimes = Mutex<[CallTimes]>([])
    /// Blocks of rows on threads.
    package let blockTimes = BlockTimes()

    /// Makes a registry without counters.
    package init() {}

    /// Counters for one thread. They count for as long as the registry lives.
    package func makeBlock() -> CounterBlock {
        let block = CounterBlock()
        blocks.withLock { $0.append(block) }
        return block
    }

    /// Room for the calls of one thread. They count for as long as the registry lives.
    package func makeCallTimes(methodCount: Int) -> CallTimes {
        let times = CallTimes(methodCount: methodCount)
        callTimes.withLock { $0.append(times) }
        return times
    }

    /// The calls of each method over all threads, and those of the places behind them.
    package func callSums(placeCount: Int) -> [CallSums] {
        var sums = [CallSums](repeating: CallSums(), count: placeCount)
        callTimes.withLock { all in
            for times in all {
                for place in 0..<min(placeCount, times.placeCount) {
                    times.add(place, to: &sums[place])
                }
            }
        }
        return sums
    }

    /// The sum of a counter over all threads, as it is now.
    package func value(of counter: Counter) -> UInt64 {
        blocks.withLock { blocks in
            blocks.reduce(0) { $0 &+ $1.value(of: counter) }
        }
    }

    /// All counters that have counted something, as "name", "name_CODE" or "name_reason", for a
    /// line of the log.
    package var summary: [(name: String, value: UInt64)] {
        Counter.allCases.compactMap { counter in
            let value = value(of: counter)
            guard value > 0 else { return nil }
            let label = counter.code ?? counter.reason
            return (label.map { "\(counter.name)_\($0)" } ?? counter.name, value)
        }
    }
}
