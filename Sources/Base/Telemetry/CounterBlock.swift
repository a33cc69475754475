// SPDX-License-Identifier: Apache-2.0

// The counters of one thread: it adds with a plain load and a plain store, and whoever sums reads
// meanwhile. No lock, no read-modify-write, no line of cache that two threads write to.

internal import Synchronization

/// Counters that one thread at a time adds to.
package final class CounterBlock: @unchecked Sendable {
    /// Two lines of cache: processors fetch them in pairs.
    private static let alignment = 128

    private let values: UnsafeMutablePointer<Atomic<UInt64>>

    init() {
        let byteCount = Counter.allCases.count * MemoryLayout<Atomic<UInt64>>.stride
        // Whole pairs of lines, so that nobody else has a part of the last.
        let size = (byteCount + Self.alignment - 1) / Self.alignment * Self.alignment
        let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: Self.alignment)
        values = memory.bindMemory(to: Atomic<UInt64>.self, capacity: Counter.allCases.count)
        for index in Counter.allCases.indices { (values + index).initialize(to: Atomic(0)) }
    }

    deinit {
        values.deinitialize(count: Counter.allCases.count)
        UnsafeMutableRawPointer(values).deallocate()
    }

    /// What the thread that has the block counts with; it does not outlive the block.
    package var writer: CounterWriter { CounterWriter(values: values) }

    /// Counts one. To be called by the thread that has the block.
    package func count(_ counter: Counter) { writer.add(counter, 1) }

    /// Adds to a counter. To be called by the thread that has the block.
    package func add(_ counter: Counter, _ count: Int) { writer.add(counter, count) }

    /// Adds to a counter what something takes, in nanoseconds. To be called by the thread that has
    /// the block. Two looks at the clock: some 40 ns.
    package func measure(_ counter: Counter, _ body: () -> Void) {
        let begin = monotonicNanoseconds()
        body()
        writer.add(counter, Int(truncatingIfNeeded: monotonicNanoseconds() &- begin))
    }

    /// The value of a counter, on any thread.
    package func value(of counter: Counter) -> UInt64 {
        values[counter.rawValue].load(ordering: .relaxed)
    }
}

/// Counts into a block. A pointer and no more: nothing is retained to count a call.
package struct CounterWriter {
    fileprivate let values: UnsafeMutablePointer<Atomic<UInt64>>

    /// Counts one.
    package func count(_ counter: Counter) { add(counter, 1) }

    /// Adds to a counter.
    package func add(_ counter: Counter, _ count: Int) {
        let value = values + counter.rawValue
        let sum = value.pointee.load(ordering: .relaxed) &+ UInt64(truncatingIfNeeded: count)
        value.pointee.store(sum, ordering: .relaxed)
    }
}
