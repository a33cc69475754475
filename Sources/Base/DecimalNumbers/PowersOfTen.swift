// SPDX-License-Identifier: Apache-2.0

// Powers of ten, and how many digits a number has.

/// 10^0 to 10^18, which one signed word holds.
@usableFromInline
let smallPowersOfTen: InlineArray<19, Int64> = [
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
    10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000,
    1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000,
    1_000_000_000_000_000_000,
]

/// 10^19 to 10^38: with those above all that two words hold.
let greatPowersOfTen: InlineArray<20, UInt128> = [
    10_000_000_000_000_000_000,
    100_000_000_000_000_000_000,
    1_000_000_000_000_000_000_000,
    10_000_000_000_000_000_000_000,
    100_000_000_000_000_000_000_000,
    1_000_000_000_000_000_000_000_000,
    10_000_000_000_000_000_000_000_000,
    100_000_000_000_000_000_000_000_000,
    1_000_000_000_000_000_000_000_000_000,
    10_000_000_000_000_000_000_000_000_000,
    100_000_000_000_000_000_000_000_000_000,
    1_000_000_000_000_000_000_000_000_000_000,
    10_000_000_000_000_000_000_000_000_000_000,
    100_000_000_000_000_000_000_000_000_000_000,
    1_000_000_000_000_000_000_000_000_000_000_000,
    10_000_000_000_000_000_000_000_000_000_000_000,
    100_000_000_000_000_000_000_000_000_000_000_000,
    1_000_000_000_000_000_000_000_000_000_000_000_000,
    10_000_000_000_000_000_000_000_000_000_000_000_000,
    100_000_000_000_000_000_000_000_000_000_000_000_000,
]

/// Ten to a power of 0 to 38; beyond, the nearest of them.
func powerOfTen(_ power: Int) -> UInt128 {
    if power < 19 { return UInt128(UInt64(bitPattern: smallPowersOfTen[max(power, 0)])) }
    return greatPowersOfTen[min(power, 38) - 19]
}

/// A number as a double, to some 52 bits: what Double makes of 128 takes a hundred times as long.
func roughly(_ value: UInt128) -> Double {
    Double(UInt64(truncatingIfNeeded: value &>> 64)) * 0x1p64
        + Double(UInt64(truncatingIfNeeded: value))
}

/// How many digits a number has; 0 has none.
func digitCount(_ value: UInt128) -> Int {
    let bits = 128 &- value.leadingZeroBitCount
    // Bits times log10(2), rounded down: the count, or one too few.
    let estimate = (bits &* 1233) &>> 12
    return value >= powerOfTen(estimate) ? estimate &+ 1 : estimate
}
