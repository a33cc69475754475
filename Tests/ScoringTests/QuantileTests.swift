// SPDX-License-Identifier: Apache-2.0

// Quantiles of small and tied samples ascend and are exact where they fall on a number.

import Scoring
import Testing

@Suite("Quantiles")
struct QuantileTests {
    @Test("of every tied sample ascend, lie within it and keep its numbers")
    func tied() {
        var generator = SystemRandomNumberGenerator()
        for round in 0..<3_000 {
            let count = Int.random(in: 1...40, using: &generator)
            // Numbers whose weighted sums round either way, and few of them, so that they tie.
            let scale: Double = [1, 1e-3, 1e300, .leastNormalMagnitude, 0.1, 3][round % 6]
            let values = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
                Double.random(in: -1...1, using: &generator) * scale
            }
            let sample = (0..<count).map { _ in values[Int.random(in: values.indices)] }.sorted()
            for size in [2, 21, 101] {
                let quantiles = Quantiles.evenlySpaced(of: sample, count: size)
                #expect(quantiles.count == size)
                #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy(<=), "\(sample)")
                #expect(quantiles.first == sample.first && quantiles.last == sample.last)
                #expect(quantiles.allSatisfy { $0.isFinite })
                for (index, quantile) in quantiles.enumerated() {
                    let (below, rest) = (index * (count - 1)).quotientAndRemainder(
                        dividingBy: size - 1
                    )
                    let above = rest == 0 ? below : below + 1
                    #expect(sample[below] <= quantile && quantile <= sample[above])
                }
            }
        }
    }

    @Test("interpolate between neighbours, without overflow")
    func between() {
        #expect(Quantiles.evenlySpaced(of: [0, 10], count: 5) == [0, 2.5, 5, 7.5, 10])
        #expect(Quantiles.evenlySpaced(of: [7], count: 3) == [7, 7, 7])
        let far = Quantiles.evenlySpaced(of: [-1.5e308, 1.5e308], count: 3)
        #expect(far == [-1.5e308, 0, 1.5e308])
        #expect(Quantiles.evenlySpaced(of: [], count: 3).isEmpty)
    }
}
