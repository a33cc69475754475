// SPDX-License-Identifier: Apache-2.0

// How far payments stray from what a customer is used to, in its deviations: a distribution on a
// grid, straight within each of its bins.

/// A distribution of strays.
struct StrayLaw: Sendable {
    /// How many bins there are.
    static let binCount = 512
    /// Where the first begins.
    static let lowest = -6.0
    /// How many there are to a deviation.
    static let binsPerDeviation = 16.0

    /// The share below each edge; one more than there are bins.
    let shares: [Double]

    /// Takes the shares below the edges.
    init(_ shares: [Double]) { self.shares = shares }

    /// The bin of a stray; those beyond the grid go to its ends.
    @inline(__always)
    static func bin(_ stray: Double) -> Int {
        let place = (stray - lowest) * binsPerDeviation
        return place > 0 ? min(Int(min(place, Double(binCount))), binCount - 1) : 0
    }

    /// The share below a stray.
    @inline(__always)
    static func share(below stray: Double, _ shares: UnsafePointer<Double>) -> Double {
        let place = (stray - lowest) * binsPerDeviation
        guard place > 0 else { return 0 }
        guard place < Double(binCount) else { return shares[binCount] }
        let bin = Int(place)
        return shares[bin] + (place - Double(bin)) * (shares[bin + 1] - shares[bin])
    }

    /// The stray below which a share is; nil where so many are never seen to happen.
    @inline(__always)
    static func stray(of share: Double, _ shares: UnsafePointer<Double>) -> Double? {
        guard share <= shares[binCount] else { return nil }
        var (low, high) = (0, binCount)
        while low < high {
            let middle = (low + high) / 2
            if shares[middle] < share { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return lowest }
        let width = shares[low] - shares[low - 1]
        let part = width > 0 ? (share - shares[low - 1]) / width : 1
        return lowest + (Double(low - 1) + part) / binsPerDeviation
    }
}
