// SPDX-License-Identifier: Apache-2.0

// Durations as people write them: "30", "30s", "500ms", "2m".

/// Reads a duration: a number with the unit ms, s or m; without a unit, seconds. Nil when it is
/// none of these, is not positive or is longer than a day.
package func duration(from text: String) -> Duration? {
    let units: [(suffix: String, seconds: Double)] = [("ms", 0.001), ("s", 1), ("m", 60), ("", 1)]
    for unit in units where text.hasSuffix(unit.suffix) {
        let digits = text.dropLast(unit.suffix.count)
        guard digits.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }),
            let number = Double(digits), number.isFinite
        else { return nil }
        let seconds = number * unit.seconds
        return seconds > 0 && seconds <= 86_400 ? .seconds(seconds) : nil
    }
    return nil
}
