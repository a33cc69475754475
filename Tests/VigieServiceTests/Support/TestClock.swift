// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A clock that tests set.
final class TestClock: Sendable {
    private let state: Mutex<Int64>

    init(seconds: Int64) {
        state = Mutex(seconds)
    }

    /// Seconds since 1970-01-01.
    var seconds: Int64 {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}
