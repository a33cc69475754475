// SPDX-License-Identifier: Apache-2.0

// Numbers and dates as each language writes them. French keeps number, mark and sign together with
// narrow spaces that do not break (Unicode's CLDR, "fr"); English is that of Europe, with the day
// before the month.

package import Quantities

/// How a language writes.
package struct LocalText: Sendable {
    private let language: LetterLanguage

    /// The manner of a language.
    package init(_ language: LetterLanguage) { self.language = language }

    private static let months: [LetterLanguage: [String]] = [
        .french: [
            "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
            "octobre", "novembre", "décembre",
        ],
        .english: [
            "January", "February", "March", "April", "May", "June", "July", "August", "September",
            "October", "November", "December",
        ],
    ]

    /// An amount in cents of a currency: "1 234,50 €" or "€1,234.50".
    package func amount(_ cents: Int64, _ currency: String) -> String {
        let (whole, rest) = cents.magnitude.quotientAndRemainder(dividingBy: 100)
        let decimals = rest < 10 ? "0\(rest)" : "\(rest)"
        let sign = cents < 0 ? "-" : ""
        switch language {
        case .french:
            let unit = currency == "EUR" ? "€" : currency
            return "\(sign)\(grouped(whole, "\u{202F}")),\(decimals)\u{A0}\(unit)"
        case .english:
            let unit = currency == "EUR" ? "€" : currency + "\u{A0}"
            return "\(sign)\(unit)\(grouped(whole, ",")).\(decimals)"
        }
    }

    private func grouped(_ number: UInt64, _ mark: String) -> String {
        let digits = Array(String(number))
        var text = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { text += mark }
            text.append(digit)
        }
        return text
    }

    /// A date: "1er décembre 2026" or "1 December 2026".
    package func date(_ date: CalendarDate) -> String {
        let (year, month, day) = date.components
        let name = Self.months[language]?[month - 1] ?? "\(month)"
        let number = language == .french && day == 1 ? "1er" : "\(day)"
        return "\(number) \(name) \(year)"
    }
}
