// SPDX-License-Identifier: Apache-2.0

// How long to wait between attempts: longer each time, and never quite the same.

/// A wait that grows by a factor up to a limit, with ±20 % of chance so that clients which failed
/// together do not come back together.
package struct Backoff {
    private var next: Duration
    private let maximum: Duration
    private let multiplier: Double

    /// A longer wait is an hour; with it nothing below overflows.
    private static let longest = Duration.seconds(3_600)

    package init(initial: Duration, maximum: Duration, multiplier: Double) {
        self.maximum = max(.zero, min(maximum, Self.longest))
        // What is no number is 1.
        self.multiplier = multiplier > 1 ? min(multiplier, 100) : 1
        next = max(.zero, min(initial, self.maximum))
    }

    /// The wait before the next attempt.
    ///
    /// - Parameter chance: What the wait is multiplied by.
    package mutating func takeDelay(chance: Double = .random(in: 0.8...1.2)) -> Duration {
        let delay = next * chance
        next = min(next * multiplier, maximum)
        return delay
    }
}
