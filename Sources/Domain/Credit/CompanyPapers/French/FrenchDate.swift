// SPDX-License-Identifier: Apache-2.0

// Dates in the shapes that French papers have: 2008-11-27, 27/11/2008, 20081127, "27 novembre
// 2008", "1er janvier 2020", with a time behind or a day of the week before, with any blanks.

package import Quantities

/// Dates in French papers.
package enum FrenchDate {
    /// The date of a text; nil when it is none.
    package static func read(_ text: String) -> CalendarDate? {
        let folded = FrenchText.folded(text)
        let words = folded.split { " ,".contains($0) }.map(String.init)
        guard let first = words.first else { return nil }
        return inDigits(first) ?? inWords(words)
    }

    /// A date of digits only, in either order, with or without marks between; what follows a "t" is
    /// a time.
    private static func inDigits(_ word: String) -> CalendarDate? {
        let date = word.prefix { $0 != "t" }
        let parts = date.split(omittingEmptySubsequences: false) { "-/.".contains($0) }
        guard parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        let numbers = parts.compactMap { $0.utf8.count <= 8 ? Int($0) : nil }
        switch (numbers.count, parts.map(\.utf8.count)) {
        case (1, [8]):
            return CalendarDate(
                year: numbers[0] / 10_000,
                month: numbers[0] / 100 % 100,
                day: numbers[0] % 100
            )
        case (3, let lengths) where lengths[0] == 4:
            return CalendarDate(year: numbers[0], month: numbers[1], day: numbers[2])
        case (3, let lengths) where lengths[2] == 4:
            return CalendarDate(year: numbers[2], month: numbers[1], day: numbers[0])
        default:
            return nil
        }
    }

    /// "27 novembre 2008", "1er janvier 2020", "jeudi 27 novembre 2008".
    private static func inWords(_ words: [String]) -> CalendarDate? {
        guard let place = words.firstIndex(where: { months[$0] != nil }), place >= 1,
            place + 1 < words.count, let month = months[words[place]],
            let year = Int(words[place + 1])
        else { return nil }
        let day = words[place - 1]
        return CalendarDate(
            year: year,
            month: month,
            day: Int(day.hasSuffix("er") ? String(day.dropLast(2)) : day) ?? 0
        )
    }

    private static let months: [String: Int] = {
        let names = [
            "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre",
            "octobre", "novembre", "decembre",
        ]
        return Dictionary(uniqueKeysWithValues: zip(names, 1...12))
    }()
}
