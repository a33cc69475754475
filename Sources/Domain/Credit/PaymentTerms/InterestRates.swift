// SPDX-License-Identifier: Apache-2.0

// Rates by half-year. The European Central Bank's rate for main refinancing operations is the one
// in force on 1 January or 1 July (its own table of key rates); the legal rate is the one for
// claims of businesses, set by decree each half-year (for 2023: orders ECOT2317028A and the one
// before; for the second half of 2025: ECOT2516925A).

package import Quantities

/// A half-year of the calendar.
package struct HalfYear: Sendable, Hashable, Comparable {
    /// The year.
    package let year: Int
    /// 1 from January, 2 from July on.
    package let half: Int

    /// The half-year of a date.
    package init(of date: CalendarDate) {
        let (year, month, _) = date.components
        self.init(year: year, half: month <= 6 ? 1 : 2)
    }

    /// The half-year that is written as 2026-2; nil for another text.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 4,
            parts[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let year = Int(parts[0]),
            parts[1] == "1" || parts[1] == "2"
        else { return nil }
        self.init(year: year, half: parts[1] == "1" ? 1 : 2)
    }

    /// How it is written, such as 2026-2.
    package var text: String { "\(year)-\(half)" }

    /// The one after it.
    package var next: HalfYear {
        half == 1 ? HalfYear(year: year, half: 2) : HalfYear(year: year &+ 1, half: 1)
    }

    /// Names a half-year.
    package init(year: Int, half: Int) {
        self.year = year
        self.half = half
    }

    /// Its last day.
    package var lastDay: CalendarDate? {
        CalendarDate(year: year, month: half == 1 ? 6 : 12, day: half == 1 ? 30 : 31)
    }

    /// Whether one is before another.
    package static func < (left: HalfYear, right: HalfYear) -> Bool {
        (left.year, left.half) < (right.year, right.half)
    }
}

/// The rates of half-years, in hundredths of a percent.
package struct InterestRates: Sendable, Hashable {
    /// The rates of one half-year.
    package struct Rates: Sendable, Hashable {
        /// Of main refinancing operations.
        package var refinancing: Int
        /// The legal one for claims of businesses; nil where it is not known.
        package var legal: Int?

        /// Takes rates in hundredths of a percent.
        package init(refinancing: Int, legal: Int?) {
            self.refinancing = refinancing
            self.legal = legal
        }
    }

    /// What is known. No rate is taken over from another half-year.
    package var byHalfYear: [HalfYear: Rates]

    /// Takes rates.
    package init(_ byHalfYear: [HalfYear: Rates]) { self.byHalfYear = byHalfYear }

    /// Those that were published when this was written.
    package static let published = InterestRates(
        Dictionary(
            uniqueKeysWithValues: table.map { year, half, refinancing, legal in
                (HalfYear(year: year, half: half), Rates(refinancing: refinancing, legal: legal))
            }
        )
    )

    private static let table: [(Int, Int, Int, Int?)] = [
        (2017, 1, 0, nil), (2017, 2, 0, 90), (2018, 1, 0, 89), (2018, 2, 0, nil),
        (2019, 1, 0, nil), (2019, 2, 0, nil), (2020, 1, 0, nil), (2020, 2, 0, nil),
        (2021, 1, 0, 79), (2021, 2, 0, 76), (2022, 1, 0, 76), (2022, 2, 0, 77),
        (2023, 1, 250, 206), (2023, 2, 400, 422), (2024, 1, 450, 507), (2024, 2, 425, 492),
        (2025, 1, 315, 371), (2025, 2, 215, 276), (2026, 1, 215, 262),
    ]
}
