// SPDX-License-Identifier: Apache-2.0

// Chance that comes again with its seed, for all tests that need some.

/// SplitMix64 (Steele, Lea and Flood, 2014): the same numbers in every run and everywhere.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Begins at a seed.
    package init(seed: some BinaryInteger) { state = UInt64(truncatingIfNeeded: seed) }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// One of some things.
    package mutating func pick<Element>(_ choices: [Element]) -> Element {
        choices[Int.random(in: 0..<choices.count, using: &self)]
    }

    /// Whether something that happens once in so many times does.
    package mutating func once(in count: Int) -> Bool { chance(1, of: count) }

    /// Whether something that happens so many times of all does.
    package mutating func chance(_ part: Int, of all: Int) -> Bool {
        Int.random(in: 0..<all, using: &self) < part
    }

    /// A number up to another, from 1 on.
    package mutating func upTo(_ count: Int) -> Int { Int.random(in: 1...count, using: &self) }
}
