// SPDX-License-Identifier: Apache-2.0

// Memory of messages that are over, for those to come. A block of a megabyte would
// otherwise grow anew through seven sizes, and the kernel would clear its pages again.

/// Idle storage of one event loop. Used on that loop only.
package final class StoragePool {
    private let countMax: Int
    private let bytesMax: Int
    private var idle: [MessageStorage] = []
    /// Least number of idle pieces since `dropUnused`.
    private var unusedCount = 0

    /// Makes an empty pool that keeps at most `countMax` pieces of at most `bytesMax` each.
    package init(countMax: Int, bytesMax: Int) {
        self.countMax = countMax
        self.bytesMax = bytesMax
    }

    /// Takes storage that counts against `budget` from now on; nil when there is none, or the
    /// budget is exhausted.
    package func take(for budget: BudgetAccount?) -> MessageStorage? {
        guard let last = idle.last, last.unpark(for: budget) else { return nil }
        defer { unusedCount = min(unusedCount, idle.count) }
        return idle.popLast()
    }

    /// Lets go of what nobody has wanted since this was last called.
    package func dropUnused() {
        idle.removeFirst(unusedCount)
        unusedCount = idle.count
    }

    /// Bytes of idle memory.
    package var idleBytes: Int { idle.reduce(0) { $0 + $1.capacity } }

    /// Keeps storage unless it is large or anybody else uses it.
    package func giveBack(_ storage: consuming MessageStorage) {
        guard idle.count < countMax, storage.capacity <= bytesMax,
            isKnownUniquelyReferenced(&storage)
        else { return }
        storage.removeAll()
        storage.park()
        idle.append(storage)
    }
}
