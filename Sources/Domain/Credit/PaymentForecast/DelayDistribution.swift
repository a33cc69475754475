// SPDX-License-Identifier: Apache-2.0

// A distribution on bins out of what happened and what had not happened yet: Kaplan and Meier's
// product-limit estimator (1958). Whoever is still waiting counts as at risk up to then, and says
// nothing of what comes after.

/// How many of something happened within each bin, and how many had not when they were last seen.
struct DelayCounts {
    var happened: [Double]
    var waiting: [Double]

    init(bins: Int) {
        happened = [Double](repeating: 0, count: bins)
        waiting = happened
    }

    /// Adds a part of other counts.
    mutating func add(_ other: DelayCounts, times factor: Double) {
        for bin in happened.indices {
            happened[bin] += factor * other.happened[bin]
            waiting[bin] += factor * other.waiting[bin]
        }
    }

    var happenedCount: Double { happened.reduce(0, +) }

    /// The share that has happened before each bin, and after the last one. It ends below 1 where
    /// some were waiting longer than anything took to happen.
    var distribution: [Double] {
        var atRisk = happened.reduce(0, +) + waiting.reduce(0, +)
        var surviving = 1.0
        var shares = [0.0]
        shares.reserveCapacity(happened.count + 1)
        for bin in happened.indices {
            if atRisk > 1e-9 { surviving *= max(0, 1 - happened[bin] / atRisk) }
            atRisk -= happened[bin] + waiting[bin]
            shares.append(1 - surviving)
        }
        return shares
    }
}

/// Mean and square of delays by the same estimator, of one customer.
struct DelayMoments {
    var mean = 0.0
    var square = 0.0

    /// Takes sorted codes of observations. What is left where the last is still waiting counts as
    /// if it happened then: the least that can be said (Efron 1967).
    init(sorted codes: UnsafeBufferPointer<Int32>) {
        var surviving = 1.0
        var atRisk = Double(codes.count)
        for place in codes.indices {
            let (days, isOpen) = DelayObservations.delay(codes[place])
            if !isOpen || place == codes.count - 1 {
                let mass = place == codes.count - 1 ? surviving : surviving / atRisk
                mean += mass * Double(days)
                square += mass * Double(days) * Double(days)
                surviving -= mass
            }
            atRisk -= 1
        }
    }

    /// The mean square of the distance from a value.
    func variance(about value: Double) -> Double {
        max(0, square - 2 * value * mean + value * value)
    }
}
