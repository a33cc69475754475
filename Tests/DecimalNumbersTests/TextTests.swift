// SPDX-License-Identifier: Apache-2.0

import DecimalNumbers
import Testing

@Suite("Decimal numbers as text")
struct TextTests {
    @Test(
        "reads what FEEL and XML write",
        arguments: [
            ("0", "0E0"), ("-0", "0E0"), ("-0.00", "0E-2"), ("+1.50", "150E-2"), (".5", "5E-1"),
            ("5.", "5E0"), ("007", "7E0"), ("1e3", "1E3"), ("1E-3", "1E-3"), ("1.5E+2", "15E1"),
            ("12345678901234567890123456789012345", "1234567890123456789012345678901234E1"),
            ("12345678901234567890123456789012335", "1234567890123456789012345678901234E1"),
            (
                "1234567890123456789012345678901234500000000000000001",
                "1234567890123456789012345678901235E18"
            ),
            ("1E6144", "1000000000000000000000000000000000E6111"), ("1E6145", "none"),
            ("0E99999999999999999999", "0E6111"), ("1E-6176", "1E-6176"), ("1E-6177", "0E-6176"),
            ("5.1E-6177", "1E-6176"), ("1E99999999999999999999", "none"),
            ("1E-99999999999999999999", "0E-6176"),
            ("", "none"), ("-", "none"), (".", "none"), ("1.2.3", "none"), ("1e", "none"),
            ("1e+", "none"), ("e5", "none"), ("1 ", "none"), ("--1", "none"), ("0x1", "none"),
            ("NaN", "none"), ("Infinity", "none"), ("1,5", "none"), ("1_000", "none"),
            ("1e5.5", "none"), ("1-2", "none"),
        ]
    )
    func parsing(_ text: String, _ expected: String) {
        #expect(parts(DecimalNumber(parsing: text.utf8)) == expected)
    }

    @Test(
        "prints without an exponent where 34 digits do",
        arguments: [
            ("0", "0"), ("0.00", "0.00"), ("0E5", "0"), ("-1.50", "-1.50"), ("1200", "1200"),
            ("12E2", "1200"), ("1E-8", "0.00000001"), ("123.45", "123.45"),
            ("-0.001", "-0.001"), ("1E33", "1" + String(repeating: "0", count: 33)),
            ("1E34", "1E+34"), ("1.5E-40", "1.5E-40"), ("-2E6111", "-2E+6111"),
            ("9223372036854775808", "9223372036854775808"),
            ("1234567890123456789012345678901234", "1234567890123456789012345678901234"),
            ("10000000000000000000", "10000000000000000000"),
            ("100000000000000000000000000000.0001", "100000000000000000000000000000.0001"),
            ("1E-6176", "1E-6176"), ("0E-6176", "0E-6176"),
        ]
    )
    func printing(_ text: String, _ expected: String) throws {
        #expect(try number(text).description == expected)
    }

    @Test("what is printed reads back with the same digits and exponent, or the same value")
    func roundTrip() throws {
        for edge in edges {
            let back = try number(edge.description)
            #expect(back == edge)
            #expect(edge.exponent > 0 || parts(back) == parts(edge))
        }
    }

    @Test("equal values are equal and have one hash, whatever their zeros")
    func values() throws {
        let ones = try ["1", "1.0", "1.000000000000000000000000000000000", "10E-1"].map {
            try number($0)
        }
        #expect(Set(ones).count == 1)
        #expect(Set(try ["0", "0.00", "-0E9"].map { try number($0) }).count == 1)
        #expect(try Set([number("1E6144"), number("10E6143"), number("-1E6144")]).count == 2)
        #expect(try number("1.1") < number("1.11"))
        #expect(try number("-1.11") < number("-1.1"))
        #expect(try number("9999999999999999999999999999999999") < number("1E34"))
        #expect(try number("1E-6176") > 0)
        for (left, right) in zip(edges, edges.dropFirst()) {
            #expect((left < right) == (left.normalized < right.normalized))
            #expect((left == right) == (parts(left.normalized) == parts(right.normalized)))
        }
    }
}
