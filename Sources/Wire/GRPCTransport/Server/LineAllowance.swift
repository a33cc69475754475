// SPDX-License-Identifier: Apache-2.0

// So many lines of one kind a second: what strangers do must not fill the log.

internal import NIOCore

/// How many lines of a kind may still be written. Of one event loop.
struct LineAllowance {
    private let linesPerSecond: Int
    private var begin = NIODeadline.uptimeNanoseconds(0)
    private var count = 0
    private var untold = 0

    init(linesPerSecond: Int) {
        self.linesPerSecond = linesPerSecond
    }

    /// Takes a line.
    ///
    /// - Returns: nil when there is none left; else how many were not told since the last one.
    mutating func take(now: NIODeadline) -> Int? {
        if now - begin >= .seconds(1) { (begin, count) = (now, 0) }
        guard count < linesPerSecond else {
            untold += 1
            return nil
        }
        count += 1
        defer { untold = 0 }
        return untold
    }
}
