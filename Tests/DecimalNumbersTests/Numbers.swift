// SPDX-License-Identifier: Apache-2.0

// Numbers for tests, out of their text, and random ones that are the same each time.

import DecimalNumbers
import Testing

/// The number of a text that has one.
func number(_ text: String, _ location: SourceLocation = #_sourceLocation) throws -> DecimalNumber {
    try #require(DecimalNumber(parsing: text.utf8), sourceLocation: location)
}

/// Its digits and exponent: what numbers of one value may differ in.
func parts(_ number: DecimalNumber?) -> String {
    number.map { "\($0.coefficient)E\($0.exponent)" } ?? "none"
}

/// Numbers at the ends of everything: digits, words, exponents.
let edges: [DecimalNumber] = {
    let nines = String(repeating: "9", count: 34)
    let digits = [
        "0", "1", "2", "5", "7", "9", "10", "15", "1000", "9223372036854775807",
        "9223372036854775808", "18446744073709551615", "18446744073709551616",
        "9999999999999999999",
        "10000000000000000000000000000000000"
            .dropLast().description, nines, "5" + nines.dropFirst(),
        "9999999999999999541610108624275200",
    ]
    let exponents = [-6176, -6175, -6143, -68, -35, -34, -33, -2, 0, 1, 19, 34, 6077, 6110, 6111]
    return digits.flatMap { digit in
        exponents.flatMap { exponent in
            ["", "-"].compactMap { DecimalNumber(parsing: "\($0)\(digit)E\(exponent)".utf8) }
        }
    }
}()
