// SPDX-License-Identifier: Apache-2.0

// Quantiles of a sample.

/// Quantiles of sorted numbers.
package enum Quantiles {
    /// Evenly spaced quantiles, from the least to the greatest, interpolated between neighbours.
    ///
    /// They ascend, and those that fall on a number, or between equal ones, are that number: the
    /// places are whole numbers and remainders, and rounding leads out of no interval.
    ///
    /// - Parameters:
    ///   - sorted: Finite numbers in ascending order, at least one.
    ///   - count: How many quantiles, at least two.
    package static func evenlySpaced(of sorted: [Double], count: Int) -> [Double] {
        guard let first = sorted.first, let last = sorted.last, count > 1 else { return [] }
        var quantiles: [Double] = []
        quantiles.reserveCapacity(count)
        var before = first
        for index in 0..<count {
            // Both are bounded by memory, so that the product is far from the end of the range.
            let (below, remainder) = (index * (sorted.count - 1))
                .quotientAndRemainder(dividingBy: count - 1)
            let low = sorted[below]
            let high = remainder == 0 ? low : sorted[min(below + 1, sorted.count - 1)]
            let share = Double(remainder) / Double(count - 1)
            // Halves of the distance, which could itself be beyond the largest number.
            let between = low + (high / 2 - low / 2) * share * 2
            before = max(before, min(max(between, low), high))
            quantiles.append(before)
        }
        quantiles[count - 1] = last
        return quantiles
    }
}
