// SPDX-License-Identifier: Apache-2.0

// Memory of one message. It grows as bytes arrive, never to a length that a
// peer has only announced.

import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Growable memory of a message that is being received.
///
/// Used by one thread at a time: whoever receives, then whoever was handed it.
package final class MessageStorage: @unchecked Sendable {
    private static let firstCapacityBytes = 16 << 10

    /// Start of the bytes. Not aligned to more than 16 bytes.
    package private(set) var base: UnsafeMutableRawPointer?
    /// Number of bytes held.
    package private(set) var count = 0
    /// Number of bytes there is memory for.
    package private(set) var capacity = 0
    private let budget: MemoryBudget?

    /// Makes empty storage whose memory counts against `budget`.
    package init(budget: MemoryBudget? = nil) {
        self.budget = budget
    }

    deinit {
        free(base)
        budget?.release(capacity)
    }

    /// The bytes held. Valid until the next append.
    package var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: base, count: count)
    }

    /// Forgets the bytes and keeps the memory.
    package func removeAll() {
        count = 0
    }

    /// Forgets the first bytes and moves the others to the front.
    package func removeFirst(_ byteCount: Int) {
        let removed = min(max(byteCount, 0), count)
        if let base { memmove(base, base + removed, count - removed) }
        count -= removed
    }

    /// Appends bytes. `expected` is the final length if it is known; memory at
    /// most doubles on the way to it.
    ///
    /// - Returns: false when the budget or the memory is exhausted.
    package func append(_ bytes: UnsafeRawBufferPointer, expected: Int) -> Bool {
        guard let source = bytes.baseAddress, !bytes.isEmpty else { return true }
        let needed = count + bytes.count
        if needed > capacity {
            let doubled = max(capacity * 2, Self.firstCapacityBytes, needed)
            guard grow(to: max(needed, min(doubled, max(expected, needed)))) else { return false }
        }
        base?.advanced(by: count).copyMemory(from: source, byteCount: bytes.count)
        count = needed
        return true
    }

    private func grow(to newCapacity: Int) -> Bool {
        guard budget?.reserve(newCapacity - capacity) ?? true else { return false }
        guard let memory = realloc(base, newCapacity) else {
            budget?.release(newCapacity - capacity)
            return false
        }
        base = memory
        capacity = newCapacity
        return true
    }
}

/// A number of bytes that many connections share.
package final class MemoryBudget: Sendable {
    private let used = Atomic<Int>(0)
    private let limit: Int

    /// Makes a budget of `limit` bytes.
    package init(limit: Int) {
        self.limit = limit
    }

    /// Bytes in use.
    package var usedBytes: Int { used.load(ordering: .relaxed) }

    /// Takes bytes. False when they are not to be had.
    package func reserve(_ byteCount: Int) -> Bool {
        let (_, now) = used.wrappingAdd(byteCount, ordering: .relaxed)
        if now <= limit { return true }
        used.wrappingSubtract(byteCount, ordering: .relaxed)
        return false
    }

    /// Gives bytes back.
    package func release(_ byteCount: Int) {
        used.wrappingSubtract(byteCount, ordering: .relaxed)
    }
}
