// SPDX-License-Identifier: Apache-2.0

// A point in time by which a call must be answered.

internal import NIOCore

extension NIODeadline {
    /// The time after `timeout` from now; a timeout of more than a year is a year.
    static func after(_ timeout: Duration) -> NIODeadline {
        .now() + TimeAmount(timeout)
    }

    /// Time from now until then; zero when it has passed.
    var remaining: Duration {
        .nanoseconds(max(0, (self - .now()).nanoseconds))
    }
}

extension TimeAmount {
    /// The same time; more than a year is a year, less than nothing is nothing.
    init(_ duration: Duration) {
        let bounded = max(.zero, min(duration, .seconds(365 * 86_400)))
        let (seconds, attoseconds) = bounded.components
        self = TimeAmount.nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
