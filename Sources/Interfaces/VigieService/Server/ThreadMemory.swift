// SPDX-License-Identifier: Apache-2.0

// What each worker thread has of its own: counters, and memory that assessments are worked out in.

internal import Assessment
internal import NIOPosix
internal import Telemetry

/// What the calling thread has.
final class ThreadMemory: Sendable {
    private let registry: CounterRegistry
    // Each thread sees only its own.
    private let counters = ThreadSpecificVariable<CounterBlock>()
    private nonisolated(unsafe) let scratches = ThreadSpecificVariable<AssessmentScratch>()

    init(_ registry: CounterRegistry) { self.registry = registry }

    /// Memory that assessments are worked out in.
    var scratch: AssessmentScratch {
        if let scratch = scratches.currentValue { return scratch }
        let scratch = AssessmentScratch()
        scratches.currentValue = scratch
        return scratch
    }

    /// Adds to a counter of this thread.
    func add(_ counter: Counter, _ count: Int) {
        if let block = counters.currentValue { return block.add(counter, count) }
        let block = registry.makeBlock()
        counters.currentValue = block
        block.add(counter, count)
    }
}
