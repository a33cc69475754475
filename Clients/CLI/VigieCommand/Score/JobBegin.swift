// SPDX-License-Identifier: Apache-2.0

// What the server had of a job when a run began.

internal import Synchronization

/// Hears whenever a stream of the job begins.
final class JobBegin: Sendable {
    private let first = Mutex<Int?>(nil)

    /// A stream has begun, with so many blocks answered before.
    func note(_ answeredBlockCount: Int) {
        first.withLock { $0 = $0 ?? answeredBlockCount }
    }

    /// Blocks that were answered before the first of them.
    var storedBlockCount: Int { first.withLock { $0 ?? 0 } }
}
