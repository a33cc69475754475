// SPDX-License-Identifier: Apache-2.0

// Currencies as data: ISO 4217, list one, as SIX published it on 2026-01-01. Codes without a minor
// unit (gold, drawing rights, tests) are no currencies that one can owe, and left out.

/// A currency of ISO 4217.
package struct Currency: Sendable, Hashable, CustomStringConvertible {
    // In five bytes: many invoices have one, and a text would be counted with each copy.
    private let letters: UInt32
    private let decimals: UInt8

    /// Three capital letters, such as "EUR".
    package var code: String {
        String(unsafeUninitializedCapacity: 3) { bytes in
            for place in 0..<3 {
                bytes[place] = UInt8(truncatingIfNeeded: letters >> UInt32(8 * place))
            }
            return 3
        }
    }

    /// Decimals of the minor unit: 2 where a hundred of them are one.
    package var exponent: Int { Int(decimals) }

    /// The currency of a code; nil if there is none. Codes are capital letters.
    package init?(_ code: String) {
        guard code.utf8.count == 3, let exponent = Self.exponents[code] else { return nil }
        self.init(code: code, exponent: exponent)
    }

    private init(code: String, exponent: Int) {
        letters = code.utf8.reversed().reduce(0) { $0 << 8 | UInt32($1) }
        decimals = UInt8(truncatingIfNeeded: exponent)
    }

    /// The euro.
    package static let euro = Currency(code: "EUR", exponent: 2)

    /// All currencies, by code.
    package static var all: [Currency] {
        exponents.map { Currency(code: $0.key, exponent: $0.value) }.sorted { $0.code < $1.code }
    }

    /// The code.
    package var description: String { code }

    private static let exponents: [String: Int] = {
        var exponents: [String: Int] = [:]
        for (exponent, codes) in list {
            for code in codes.split(separator: " ") { exponents[String(code)] = exponent }
        }
        return exponents
    }()

    private static let list = [
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
        (
            2,
            """
            AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN \
            BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD \
            FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW \
            KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR \
            MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG \
            SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD \
            USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG
            """
        ),
        (3, "BHD IQD JOD KWD LYD OMR TND"),
        (4, "CLF UYW"),
    ]
}
