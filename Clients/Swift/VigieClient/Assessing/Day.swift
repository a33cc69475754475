// SPDX-License-Identifier: Apache-2.0

// A day of the calendar, as facts and assessments have it.

internal import Quantities

/// A day from 0001-01-01 to 9999-12-31.
public struct Day: Sendable, Hashable, Comparable, CustomStringConvertible {
    let date: CalendarDate

    init(_ date: CalendarDate) { self.date = date }

    /// The day of a number of days since 1970-01-01; nil outside of the calendar.
    init?(number: Int32) {
        guard let date = CalendarDate(dayNumber: Int(number)) else { return nil }
        self.date = date
    }

    var number: Int32 { date.dayNumber }

    /// Reads `YYYY-MM-DD`; `nil` for anything else.
    ///
    /// - Parameter text: The text.
    public init?(_ text: String) {
        guard let date = CalendarDate(text) else { return nil }
        self.date = date
    }

    /// A day by its parts; `nil` when there is none.
    ///
    /// - Parameters:
    ///   - year: The year, 1 to 9999.
    ///   - month: The month, from 1.
    ///   - day: The day of the month, from 1.
    public init?(year: Int, month: Int, day: Int) {
        guard let date = CalendarDate(year: year, month: month, day: day) else { return nil }
        self.date = date
    }

    /// The number of the day, counted from 1970-01-01.
    public var daysSince1970: Int { Int(number) }

    /// The day as `YYYY-MM-DD`.
    public var description: String { date.description }

    /// Whether one is before another.
    ///
    /// - Parameters:
    ///   - left: A day.
    ///   - right: Another.
    /// - Returns: Whether `left` is before `right`.
    public static func < (left: Day, right: Day) -> Bool { left.date < right.date }
}
