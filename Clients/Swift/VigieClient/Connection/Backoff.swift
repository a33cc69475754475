// SPDX-License-Identifier: Apache-2.0

// How long to wait between attempts: longer each time, and never quite the same.

/// A wait that grows by a factor up to a limit, with ±20 % of chance so that clients which failed
/// together do not come back together.
struct Backoff {
    private var next: Duration
    private let maximum: Duration
    private let multiplier: Double

    init(initial: Duration, maximum: Duration, multiplier: Double) {
        next = min(initial, maximum)
        self.maximum = maximum
        self.multiplier = multiplier
    }

    /// The wait before the next attempt.
    mutating func takeDelay() -> Duration {
        let delay = next * Double.random(in: 0.8...1.2)
        next = min(next * max(1, multiplier), maximum)
        return delay
    }
}
