// SPDX-License-Identifier: Apache-2.0

import Quantities
import Testing

@Suite struct MoneyTests {
    private func currency(_ code: String) throws -> Currency {
        try #require(Currency(code))
    }

    private func euros(_ minorUnits: Int64) throws -> Money {
        Money(minorUnits: minorUnits, currency: try currency("EUR"))
    }

    @Test func theEuroIsTheOneOfTheList() throws {
        #expect(Currency.euro == Currency("EUR"))
        #expect(Currency.all.contains(.euro))
    }

    @Test(arguments: [("EUR", 2), ("JPY", 0), ("BHD", 3), ("CLF", 4), ("XOF", 0), ("MGA", 2)])
    func currenciesHaveTheDecimalsOfISO4217(code: String, exponent: Int) throws {
        #expect(try currency(code).exponent == exponent)
    }

    @Test func theListIsWhole() {
        #expect(Currency.all.count == 165)
        #expect(Currency.all.allSatisfy { $0.code.utf8.allSatisfy { (0x41...0x5A).contains($0) } })
        for code in ["", "eur", "EURO", "XXX", "XAU", "DEM", "EU", "ＥＵＲ"] {
            #expect(Currency(code) == nil, "\(code)")
        }
    }

    @Test(
        arguments: [
            ("0", "EUR", 0, "0.00 EUR"), ("-0.05", "EUR", -5, "-0.05 EUR"),
            ("1234.5", "EUR", 123_450, "1234.50 EUR"), ("1234", "JPY", 1234, "1234 JPY"),
            ("0.001", "BHD", 1, "0.001 BHD"), ("007", "EUR", 700, "7.00 EUR"),
            ("92233720368547758.07", "EUR", .max, "92233720368547758.07 EUR"),
            ("-92233720368547758.08", "EUR", .min, "-92233720368547758.08 EUR"),
        ] as [(String, String, Int64, String)]
    )
    func readsAndWrites(text: String, code: String, units: Int64, written: String) throws {
        let money = try Money(decimal: text, currency: currency(code))
        #expect(money.minorUnits == units)
        #expect(money.description == written)
        #expect(try Money(decimal: money.decimal, currency: money.currency) == money)
    }

    @Test(
        arguments: [
            ("", 0), ("-", 1), ("+1", 0), ("1,5", 1), ("1.", 2), (".5", 0), ("1.2.3", 3),
            ("1e3", 1),
            (" 1", 0), ("--1", 1), ("1-", 1), ("٣", 0), ("-.5", 1),
        ]
    )
    func refusesWhatIsNoAmount(text: String, place: Int) throws {
        let currency = try currency("BHD")
        #expect(throws: MoneyError.notANumber(place: place)) {
            try Money(decimal: text, currency: currency)
        }
    }

    @Test func nothingIsRoundedOrWrapsInSilence() throws {
        let (euro, yen) = (try currency("EUR"), try currency("JPY"))
        #expect(throws: MoneyError.tooManyDecimals(euro)) {
            try Money(decimal: "1.000", currency: euro)
        }
        #expect(throws: MoneyError.tooManyDecimals(yen)) {
            try Money(decimal: "1.0", currency: yen)
        }
        for text in ["92233720368547758.08", "-92233720368547758.09", "99999999999999999999999"] {
            #expect(throws: MoneyError.overflow) { try Money(decimal: text, currency: euro) }
        }
        #expect(throws: MoneyError.overflow) { try euros(.max).adding(euros(1)) }
        #expect(throws: MoneyError.overflow) { try euros(.min).subtracting(euros(1)) }
        #expect(throws: MoneyError.overflow) { try euros(.min).negated() }
    }

    @Test func currenciesNeverMix() throws {
        let dollars = Money(minorUnits: 1, currency: try currency("USD"))
        let error = MoneyError.currencyMismatch(try currency("EUR"), dollars.currency)
        #expect(throws: error) { try euros(1).adding(dollars) }
        #expect(throws: error) { try euros(1).subtracting(dollars) }
        #expect(try euros(1).adding(euros(2)) == euros(3))
        #expect(try euros(1).subtracting(euros(2)) == euros(-1))
    }

    @Test(
        arguments: [
            (Rounding.halfEven, [2, 2, -2, -2, 1, -1]),
            (.halfAwayFromZero, [3, 2, -3, -2, 1, -1]),
            (.towardZero, [2, 1, -2, -1, 0, 0]),
            (.awayFromZero, [3, 2, -3, -2, 1, -1]),
        ]
    )
    func roundsAsNamed(rounding: Rounding, expected: [Int64]) throws {
        // 2.5, 1.5, -2.5, -1.5, and three quarters of a unit.
        let cases: [(Int64, Int64, Int64)] = [
            (5, 1, 2), (3, 1, 2), (-5, 1, 2), (3, -1, 2), (1, 3, 4), (1, 3, -4),
        ]
        for ((units, numerator, denominator), expected) in zip(cases, expected) {
            let money = try euros(units)
                .multiplied(by: numerator, over: denominator, rounding: rounding)
            #expect(money.minorUnits == expected, "\(units) * \(numerator) / \(denominator)")
        }
    }

    /// Against arithmetic in 128 bits.
    @Test func multipliesExactly() throws {
        var generator = SystemRandomNumberGenerator()
        let edges: [Int64] = [.min, .min + 1, -3, -2, -1, 0, 1, 2, 3, .max - 1, .max]
        func number() -> Int64 {
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: edges.randomElement(using: &generator) ?? 0
            case 1: Int64.random(in: -1000...1000, using: &generator)
            default: Int64.random(in: .min ... .max, using: &generator)
            }
        }
        for _ in 0..<20_000 {
            let (units, numerator, denominator) = (number(), number(), number())
            for rounding in Rounding.allCases {
                let found = try? euros(units)
                    .multiplied(by: numerator, over: denominator, rounding: rounding)
                #expect(
                    found?.minorUnits == naive(units, numerator, denominator, rounding),
                    "\(units) * \(numerator) / \(denominator), \(rounding)"
                )
            }
        }
    }

    private func naive(
        _ units: Int64,
        _ numerator: Int64,
        _ denominator: Int64,
        _ rounding: Rounding
    ) -> Int64? {
        guard denominator != 0 else { return nil }
        // The sign is the numerator's; a product of two has at most 127 bits.
        var (top, bottom) = (Int128(units) * Int128(numerator), Int128(denominator))
        if bottom < 0 { (top, bottom) = (-top, -bottom) }
        let (down, left) = (top / bottom, top % bottom)
        let away = down + (top < 0 ? -1 : 1)
        let half = 2 * left.magnitude
        let isUp =
            switch rounding {
            case .towardZero: false
            case .awayFromZero: left != 0
            case .halfAwayFromZero: half >= UInt128(bottom)
            case .halfEven: half > UInt128(bottom) || half == UInt128(bottom) && down % 2 != 0
            }
        return Int64(exactly: isUp ? away : down)
    }
}
