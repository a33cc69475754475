// SPDX-License-Identifier: Apache-2.0

// Memory of one message. It grows as bytes arrive, never to a length that a
// peer has only announced.

#if canImport(Glibc)
    internal import Glibc
#endif

/// Growable memory of a message that is being received.
///
/// Used by one thread at a time: whoever receives, then whoever was handed it.
package final class MessageStorage: @unchecked Sendable {
    private static let firstCapacityBytes = 16 << 10
    /// To what malloc aligns.
    private static let alignment = 16

    private var base: UnsafeMutableRawPointer?
    /// Unused bytes before the first.
    private var lead = 0
    /// Number of bytes held.
    package private(set) var count = 0
    /// Number of bytes there is memory for.
    package private(set) var capacity = 0
    /// Of the connection that uses the memory; none while nobody does.
    private var budget: BudgetAccount?

    /// Makes empty storage whose memory counts against `budget`.
    package init(budget: BudgetAccount? = nil) {
        self.budget = budget
    }

    deinit {
        free(base)
        budget?.release(capacity)
    }

    /// The bytes held. Valid until the next append.
    package var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: base.map { $0 + lead }, count: count)
    }

    /// Forgets the bytes and keeps the memory. If `length` bytes are to come, the last of them ends
    /// at a multiple of 16: the values of a table, mostly the last field of their message, are
    /// aligned then.
    package func removeAll(forBytes length: Int = 0) {
        count = 0
        lead = -length & (Self.alignment - 1)
    }

    /// Forgets the first bytes and moves the others to the front.
    package func removeFirst(_ byteCount: Int) {
        let removed = min(max(byteCount, 0), count)
        if let base { memmove(base + lead, base + lead + removed, count - removed) }
        count -= removed
    }

    /// Appends bytes. `expected` is the final length if it is known; memory at
    /// most doubles on the way to it.
    ///
    /// - Returns: false when the budget or the memory is exhausted.
    package func append(_ bytes: UnsafeRawBufferPointer, expected: Int) -> Bool {
        guard let source = bytes.baseAddress, !bytes.isEmpty else { return true }
        guard reserve(bytes.count, expected: expected), let base else { return false }
        let target = base + lead + count
        // Bytes that were received in `room` are there already.
        if target != source { target.copyMemory(from: source, byteCount: bytes.count) }
        count += bytes.count
        return true
    }

    /// Where the next `byteCount` bytes will lie, so that they can be received there; `append` must
    /// follow. Nil when the budget or the memory is exhausted.
    func room(_ byteCount: Int, expected: Int) -> UnsafeMutableRawBufferPointer? {
        guard reserve(byteCount, expected: expected), let base else { return nil }
        return UnsafeMutableRawBufferPointer(start: base + lead + count, count: byteCount)
    }

    /// Lets nothing count against a budget while nobody uses the memory.
    func park() {
        budget?.release(capacity)
        budget = nil
    }

    /// Ends `park` for another user. False when the budget is exhausted.
    func unpark(for account: BudgetAccount?) -> Bool {
        guard account?.reserve(capacity) ?? true else { return false }
        budget = account
        return true
    }

    private func reserve(_ byteCount: Int, expected: Int) -> Bool {
        let needed = lead + count + byteCount
        if needed <= capacity { return true }
        let doubled = max(capacity * 2, Self.firstCapacityBytes, needed)
        return grow(to: max(needed, min(doubled, max(lead + expected, needed))))
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
