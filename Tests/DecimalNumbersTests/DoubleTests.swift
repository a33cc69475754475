// SPDX-License-Identifier: Apache-2.0

import DecimalNumbers
import TestRandomness
import Testing

@Suite("Decimal numbers and doubles")
struct DoubleTests {
    @Test(
        "a double is read as what it is printed as",
        arguments: [
            (0.1, "0.1"), (1.0, "1"), (-0.0, "0"), (1e22, "1E22"), (123_456.78, "123456.78"),
            (.leastNonzeroMagnitude, "5E-324"),
            (1.797_693_134_862_315_7e308, "1.7976931348623157E308"),
            (0.1 + 0.2, "0.30000000000000004"), (9_007_199_254_740_993.0, "9007199254740992"),
            (2.5e-7, "2.5E-7"), (1.0 / 3, "0.3333333333333333"),
        ]
    )
    func shortest(_ double: Double, _ expected: String) throws {
        let value = try #require(DecimalNumber(shortest: double))
        #expect(value == (try number(expected)))
        #expect(value.doubleValue == double)
    }

    @Test("no number is read from what is none")
    func none() {
        #expect(DecimalNumber(shortest: .nan) == nil)
        #expect(DecimalNumber(shortest: .infinity) == nil)
        #expect(DecimalNumber(shortest: -.infinity) == nil)
    }

    @Test("random doubles come back, and read as their text does")
    func roundTrip() throws {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<2_000 {
            let double = randomDouble(&random)
            let value = try #require(DecimalNumber(shortest: double))
            #expect(value.doubleValue == double)
            #expect(value == DecimalNumber(parsing: double.description.utf8))
        }
    }

    @Test("ratios and amounts read as their text does, at bounds too")
    func ratios() throws {
        var random = SeededGenerator(seed: 13)
        var isSame = true
        for round in 0..<60_000 {
            let digits = Double(Int.random(in: 1...999_999, using: &random))
            let scale = Double(
                sign: .plus,
                exponent: Int.random(in: -20...51, using: &random),
                significand: 1
            )
            var double = [
                Double.random(in: 0..<1, using: &random), digits / 1e7, digits * 1e-9, scale,
                Double.random(in: 1..<2, using: &random) * scale, 1 / digits, scale.nextDown,
                (0x1p43 + digits * 0x1p26).rounded() + Double(round % 16) / 16,
            ][round % 8]
            if round % 3 == 0 { double = -double.nextUp }
            let value = DecimalNumber(shortest: double)
            isSame = isSame && value == DecimalNumber(parsing: double.description.utf8)
            if !isSame { break }
        }
        #expect(isSame)
    }

    @Test("a number that a double stands for is read from it again")
    func exactDoubles() throws {
        var random = SeededGenerator(seed: 19)
        for _ in 0..<2_000 {
            let digits = Int128.random(
                in: -999_999_999_999_999...999_999_999_999_999,
                using: &random
            )
            let exponent = Int.random(in: -22...22, using: &random)
            let value = try #require(DecimalNumber(coefficient: digits, exponent: exponent))
            let double = try #require(value.exactDouble)
            #expect(DecimalNumber(shortest: double) == value)
        }
        for text in ["1000000000000001", "0.1000000000000000055", "1E23", "1E-23"] {
            #expect(try number(text).exactDouble == nil)
        }
    }

    @Test("the nearest double, where text says so too")
    func nearest() throws {
        for edge in edges {
            let expected = try #require(Double("\(edge.coefficient)E\(edge.exponent)"))
            #expect(edge.doubleValue == expected, "\(edge)")
        }
        #expect(try number("1E400").doubleValue == .infinity)
        #expect(try number("-1E400").doubleValue == -.infinity)
        #expect(try number("1E-400").doubleValue == 0)
    }

    @Test("one comparison of doubles decides as the decimal numbers do")
    func comparisons() throws {
        var random = SeededGenerator(seed: 11)
        for round in 0..<1_000 {
            let double = randomDouble(&random)
            let near = try #require(DecimalNumber(shortest: double))
            var threshold = near
            // At the double, a little beside it, or half way to the next.
            switch round % 4 {
            case 0: break
            case 1:
                threshold = near.adding(try number("1E-20").multiplied(by: near) ?? 0) ?? near
            case 2:
                threshold = near.subtracting(try number("1E-20").multiplied(by: near) ?? 0) ?? near
            default:
                let next = DecimalNumber(shortest: double.nextUp) ?? near
                threshold = near.adding(next)?.divided(by: 2) ?? near
            }
            for other in [double, double.nextUp, double.nextDown, -double] where other.isFinite {
                let read = try #require(DecimalNumber(shortest: other))
                for comparison in DecimalComparison.allCases {
                    let test = DoubleTest(comparison, threshold)
                    #expect(
                        test.holds(other) == comparison.holds(read, threshold),
                        "\(other) \(comparison) \(threshold)"
                    )
                }
            }
        }
    }

    @Test("thresholds beyond doubles, and doubles that are no numbers")
    func beyond() throws {
        for comparison in DecimalComparison.allCases {
            let above = DoubleTest(comparison, try number("1E400"))
            let expected = comparison.holds(1, 2)
            #expect(above.holds(.greatestFiniteMagnitude) == expected)
            #expect(above.holds(.infinity) == comparison.holds(2, 1))
            #expect(above.holds(.nan) == (comparison == .notEqual))
            let below = DoubleTest(comparison, try number("-1E400"))
            #expect(below.holds(-.greatestFiniteMagnitude) == comparison.holds(2, 1))
            let tiny = DoubleTest(comparison, try number("1E-400"))
            #expect(tiny.holds(0) == expected && tiny.holds(-0.0) == expected)
            #expect(tiny.holds(.leastNonzeroMagnitude) == comparison.holds(2, 1))
        }
    }

    private func randomDouble(_ random: inout SeededGenerator) -> Double {
        while true {
            let bits = random.next()
            let double =
                bits % 3 == 0
                ? Double(Int64(bitPattern: random.next()) >> 30) / 100 : Double(bitPattern: bits)
            if double.isFinite && double != 0 { return double }
        }
    }
}
