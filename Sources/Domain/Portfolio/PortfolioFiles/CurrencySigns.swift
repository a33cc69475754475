// SPDX-License-Identifier: Apache-2.0

// Signs of currencies, which several currencies share: they can contradict the currency of a line,
// and never say which it is.

internal import Quantities

/// What stands beside amounts.
enum CurrencySigns {
    private static let currencies = [
        "€": "EUR", "£": "GBP EGP LBP SYP GIP FKP SHP SDG SSP", "zł": "PLN",
        "kr": "SEK NOK DKK ISK", "fr": "CHF",
        "$": "USD CAD AUD NZD SGD HKD TWD MXN CLP COP ARS BRL NAD FJD BBD BSD BZD JMD TTD XCD",
    ]

    /// Whether a sign or code may stand beside an amount of a currency.
    static func sign(_ sign: String, fits currency: Currency) -> Bool {
        if let codes = currencies[sign.lowercased()] {
            return codes.split(separator: " ").contains { $0 == currency.code }
        }
        return sign.uppercased() == currency.code
    }

    /// The first sign in a text that is no letter; nil if it has none.
    static func sign(in text: String) -> String? {
        text.first { "€$£".contains($0) }.map(String.init)
    }

    /// What of an amount is neither its digits nor their marks, signs and brackets.
    static func besideDigits(_ text: String) -> String {
        var letters = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "0"..."9", "+", "-", "\u{2212}", "\u{2013}", ".", ",", "'", "\u{2019}", "(", ")":
                continue
            case "\u{200B}", "\u{FEFF}": continue
            case _ where scalar.properties.isWhitespace: continue
            default: letters.append(scalar)
            }
        }
        return String(letters)
    }
}
