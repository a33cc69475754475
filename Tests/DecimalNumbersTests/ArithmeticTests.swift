// SPDX-License-Identifier: Apache-2.0

// Sums, products, quotients and remainders. decimal_check.py holds millions of them against
// Python's; here are the cases that words exist for.

import CAllocationCount
import DecimalNumbers
import Testing

@Suite("Decimal arithmetic")
struct ArithmeticTests {
    @Test(
        "sums keep digits and zeros, and round once, half to even",
        arguments: [
            ("0.1", "0.2", "3E-1"), ("1.10", "1.10", "220E-2"), ("100", "0.05", "10005E-2"),
            ("9223372036854775807", "1", "9223372036854775808E0"),
            ("-9223372036854775808", "-1", "-9223372036854775809E0"),
            ("9999999999999999999999999999999999", "1", "1000000000000000000000000000000000E1"),
            ("9999999999999999999999999999999999", "0.5", "1000000000000000000000000000000000E1"),
            ("9999999999999999999999999999999998", "0.5", "9999999999999999999999999999999998E0"),
            ("1", "1E-6176", "1000000000000000000000000000000000E-33"),
            ("1", "-1E-40", "1000000000000000000000000000000000E-33"),
            ("1E34", "-1E-1", "1000000000000000000000000000000000E1"),
            ("12345678901234567890.12", "0.01", "1234567890123456789013E-2"),
            ("1.25", "-1.25", "0E-2"), ("0E+6111", "1", "1E0"),
            ("9.999999999999999999999999999999999E6144", "1E6111", "none"),
        ]
    )
    func sums(_ left: String, _ right: String, _ expected: String) throws {
        let (left, right) = (try number(left), try number(right))
        #expect(parts(left.adding(right)) == expected)
        #expect(parts(right.adding(left)) == expected)
        #expect(parts(left.subtracting(right.negated)) == expected)
    }

    @Test(
        "products",
        arguments: [
            ("1.20", "150.00", "1800000E-4"), ("-3", "0.5", "-15E-1"), ("0", "-5", "0E0"),
            (
                "9999999999999999999999999999999999", "9999999999999999999999999999999999",
                "9999999999999999999999999999999998E34"
            ),
            ("1E-6176", "0.5", "0E-6176"), ("1E-6176", "0.51", "1E-6176"),
            ("3E-6176", "0.5", "2E-6176"),
            ("1E3000", "1E3100", "10000000000000000000000000000E6072"),
            ("1E3100", "1E3100", "none"), ("-1E6144", "10", "none"),
        ]
    )
    func products(_ left: String, _ right: String, _ expected: String) throws {
        let (left, right) = (try number(left), try number(right))
        let product = left.multiplied(by: right)
        #expect(product == right.multiplied(by: left))
        if expected == "none" {
            #expect(product == nil)
        } else {
            #expect(product == (try number(expected)))
        }
    }

    @Test(
        "quotients",
        arguments: [
            ("1", "3", "3333333333333333333333333333333333E-34"),
            ("2", "3", "6666666666666666666666666666666667E-34"),
            ("100", "4", "25E0"), ("1.00", "4", "25E-2"), ("1", "8", "125E-3"), ("0", "7", "0E0"),
            ("-1", "1000", "-1E-3"), ("1", "0", "none"), ("0", "0", "none"),
            ("1E6144", "0.1", "none"), ("1E-6176", "2", "0E-6176"), ("1E-6176", "1.9", "1E-6176"),
        ]
    )
    func quotients(_ left: String, _ right: String, _ expected: String) throws {
        #expect(parts(try number(left).divided(by: number(right))) == expected)
    }

    @Test("a third three times is not one")
    func thirds() throws {
        let third = try #require(DecimalNumber(1).divided(by: 3))
        #expect(third.multiplied(by: 3) != 1)
        #expect(third.multiplied(by: 3)?.rounded(scale: 33, .halfEven) == 1)
    }

    @Test(
        "remainders have the sign of the divisor",
        arguments: [
            ("12", "5", "2"), ("-12", "5", "3"), ("12", "-5", "-3"), ("-12", "-5", "-2"),
            ("10.1", "4.5", "1.1"), ("-10.1", "4.5", "3.4"), ("10.1", "-4.5", "-3.4"),
            ("-10.1", "-4.5", "-1.1"), ("1E6000", "7", "1"), ("7", "1E6000", "7"), ("0", "4", "0"),
            ("5", "2.5", "0"),
        ]
    )
    func remainders(_ left: String, _ right: String, _ expected: String) throws {
        #expect(try number(left).remainder(dividingBy: number(right)) == (try number(expected)))
    }

    @Test("a company's interest to the cent")
    func interest() throws {
        let interest = try number("10000.10").multiplied(by: number("0.1215"))?
            .multiplied(by: 45)?.divided(by: 365)?.rounded(scale: 2, .halfEven)
        #expect(parts(interest) == "14980E-2")
    }

    @Test("nothing at the ends of digits, words and exponents ends the process")
    func nothingTraps() {
        var numbers = 0
        for left in edges {
            numbers += left.exponential() == nil ? 0 : 1
            numbers += left.naturalLogarithm() == nil ? 0 : 1
            numbers += left.squareRoot() == nil ? 0 : 1
            numbers += left.floor <= left.ceiling ? 1 : 0
            numbers += left.isEven && left.isOdd ? 0 : 1
            numbers += left.hashValue == left.normalized.hashValue ? 1 : 0
            numbers += left.doubleValue.isNaN ? 0 : 1
            numbers += left.integer.map { DecimalNumber($0) == left } ?? true ? 1 : 0
            for scale in [-6112, -6111, -35, -1, 0, 2, 34, 6176, 6177, .min, .max] {
                for rule in DecimalRounding.allCases {
                    numbers += left.rounded(scale: scale, rule) == nil ? 0 : 1
                }
            }
        }
        for left in edges.indices where left % 29 == 0 {
            for right in edges {
                let left = edges[left]
                numbers += left.adding(right) == right.adding(left) ? 1 : 0
                numbers += left.multiplied(by: right) == right.multiplied(by: left) ? 1 : 0
                numbers += left.divided(by: right) == nil ? 0 : 1
                numbers += left.remainder(dividingBy: right) == nil ? 0 : 1
                numbers += (left < right) == (right > left) ? 1 : 0
            }
        }
        #expect(numbers > edges.count * 60)
    }

    @Test("no operation takes memory")
    func allocations() throws {
        let (left, right) = (try number("12345.67"), try number("0.0891"))
        let long = try number("1.234567890123456789012345678901234")
        func work() -> DecimalNumber {
            var sum = left
            sum = sum.adding(right) ?? 0
            sum = sum.multiplied(by: long) ?? 0
            sum = sum.divided(by: left) ?? 0
            sum = sum.remainder(dividingBy: right) ?? 0
            sum = sum < right ? sum : sum.rounded(scale: 9, .halfUp) ?? 0
            #if !DEBUG
                // What is not optimised takes memory for loops.
                sum = sum.squareRoot() ?? 0
                sum = sum.exponential()?.naturalLogarithm()?.power(long) ?? 0
            #endif
            return sum
        }
        let first = work()
        let before = vigie_allocation_count()
        let second = work()
        #expect(vigie_allocation_count() == before)
        #expect(first == second)
    }
}
