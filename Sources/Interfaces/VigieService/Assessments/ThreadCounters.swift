// SPDX-License-Identifier: Apache-2.0

// Counters of worker threads, which each count in a block of their own.

internal import NIOPosix
internal import Telemetry

/// Counts on whatever thread.
final class ThreadCounters: Sendable {
    private let registry: CounterRegistry
    // Each thread sees only its own.
    private let current = ThreadSpecificVariable<CounterBlock>()

    init(_ registry: CounterRegistry) { self.registry = registry }

    /// Adds to a counter of this thread.
    func add(_ counter: Counter, _ count: Int) {
        if let block = current.currentValue { return block.add(counter, count) }
        let block = registry.makeBlock()
        current.currentValue = block
        block.add(counter, count)
    }
}
