// SPDX-License-Identifier: Apache-2.0

import DecimalNumbers
import TestRandomness
import Testing

@Suite("Decimal rounding")
struct RoundingTests {
    @Test(
        "each rule at each half",
        arguments: [
            ("5.5", ["6", "6", "5", "6", "5", "6", "5"]),
            ("2.5", ["2", "3", "2", "3", "2", "3", "2"]),
            ("1.6", ["2", "2", "2", "2", "1", "2", "1"]),
            ("1.1", ["1", "1", "1", "2", "1", "2", "1"]),
            ("-1.1", ["-1", "-1", "-1", "-2", "-1", "-1", "-2"]),
            ("-2.5", ["-2", "-3", "-2", "-3", "-2", "-2", "-3"]),
            ("-5.5", ["-6", "-6", "-5", "-6", "-5", "-5", "-6"]),
            ("7.00", ["7", "7", "7", "7", "7", "7", "7"]),
            ("1E-6176", ["0", "0", "0", "1", "0", "1", "0"]),
        ]
    )
    func rules(_ text: String, _ expected: [String]) throws {
        let rules: [DecimalRounding] = [
            .halfEven, .halfUp, .halfDown, .up, .down, .ceiling, .floor,
        ]
        let found = rules.map { try? number(text).rounded(scale: 0, $0)?.description }
        #expect(found == expected)
    }

    @Test(
        "scales",
        arguments: [
            ("2.675", 2, "268E-2"), ("1.005", 2, "100E-2"), ("12.5", 2, "1250E-2"),
            ("0", 2, "0E-2"), ("1250", -2, "12E2"), ("1350", -2, "14E2"), ("50", -2, "0E2"),
            ("5.5", -6111, "0E6111"), ("5.5", 6176, "55E-1"), ("5.5", 6177, "none"),
            ("5.5", -6112, "none"), ("9.99", 1, "100E-1"),
            ("9999999999999999999999999999999999", -1, "1000000000000000000000000000000000E1"),
            ("1234567890123456789012345678901234", 1, "1234567890123456789012345678901234E0"),
        ]
    )
    func scales(_ text: String, _ scale: Int, _ expected: String) throws {
        #expect(parts(try number(text).rounded(scale: scale, .halfEven)) == expected)
    }

    @Test("a quotient with a scale is the quotient, rounded")
    func scaledQuotients() throws {
        var random = SeededGenerator(seed: 17)
        var isSame = true
        for round in 0..<40_000 {
            var pair: [DecimalNumber] = []
            for _ in 0..<2 {
                let bits = Int.random(in: 1...63, using: &random)
                let digits = Int128(Int64(truncatingIfNeeded: random.next()) >> (64 - bits))
                let exponent = Int.random(in: -9...9, using: &random)
                pair.append(try #require(DecimalNumber(coefficient: digits, exponent: exponent)))
            }
            // Halves, whole numbers, and what is next to them.
            if round % 4 == 0 {
                let half = try #require(pair[1].multiplied(by: try number("0.005")))
                pair[0] =
                    half.multiplied(by: DecimalNumber(Int.random(in: -9...9, using: &random)))
                    ?? half
            }
            let scale = Int.random(in: -3...6, using: &random)
            for rule in DecimalRounding.allCases {
                let plain = pair[0].divided(by: pair[1])?.rounded(scale: scale, rule)
                isSame =
                    isSame
                    && parts(pair[0].divided(by: pair[1], scale: scale, rule)) == parts(plain)
            }
        }
        #expect(isSame)
        for (left, right) in zip(edges, edges.reversed() + edges) {
            let plain = left.divided(by: right)?.rounded(scale: 2, .halfEven)
            #expect(parts(left.divided(by: right, scale: 2, .halfEven)) == parts(plain))
        }
    }

    @Test("whole numbers, even and odd ones")
    func wholes() throws {
        for (text, integer, isEven, isOdd) in [
            ("4.00", 4, true, false), ("-3", -3, false, true), ("0.0", 0, true, false),
            ("3E1", 30, true, false), ("1.5", nil, false, false), ("1E18", 1 << 0, true, false),
            ("9223372036854775807", Int.max, false, true), ("1E-6176", nil, false, false),
            ("-9223372036854775808", Int.min, true, false),
        ] as [(String, Int?, Bool, Bool)] {
            let value = try number(text)
            let expected = text == "1E18" ? 1_000_000_000_000_000_000 : integer
            #expect(value.integer == expected, "\(text)")
            #expect(value.isEven == isEven && value.isOdd == isOdd, "\(text)")
            #expect(value.isWhole == (isEven || isOdd), "\(text)")
        }
        #expect(try number("9223372036854775808").integer == nil)
        #expect(try number("1E19").integer == nil)
        #expect(try number("-1.5").floor == -2)
        #expect(try number("-1.5").ceiling == -1)
        #expect(try number("1E6111").floor == number("1E6111"))
    }
}
