// SPDX-License-Identifier: Apache-2.0

// Terms: so many days or months after a date.

extension CalendarDate {
    /// What becomes of the end of a month when months are added.
    package enum EndOfMonth: Sendable, CaseIterable {
        /// The day of the month stays, unless the month is too short for it: then its last day is
        /// taken. A month after 31 January is 28 or 29 February, a month after that the 28th or
        /// 29th of March.
        case cut
        /// As `cut`, and the last day of a month stays the last one: a month after 28 February of a
        /// common year is 31 March.
        case kept
    }

    /// The date so many days later, or earlier if negative; nil outside of the calendar.
    package func adding(days: Int) -> CalendarDate? {
        let (day, isOver) = Int(dayNumber).addingReportingOverflow(days)
        return isOver ? nil : CalendarDate(dayNumber: day)
    }

    /// The date so many months later, or earlier if negative; nil outside of the calendar.
    package func adding(months: Int, endOfMonth: EndOfMonth = .cut) -> CalendarDate? {
        let (year, month, day) = components
        // Twelve months of at most 9,999 years: only the caller's number can be large.
        let (index, isOver) = (year * 12 + month - 1).addingReportingOverflow(months)
        guard !isOver, index >= 12 else { return nil }
        let (newYear, newMonth) = (index / 12, index % 12 + 1)
        let dayCount = Self.dayCount(ofMonth: newMonth, year: newYear)
        let staysLast = endOfMonth == .kept && isLastOfMonth
        return CalendarDate(
            year: newYear,
            month: newMonth,
            day: staysLast ? dayCount : min(day, dayCount)
        )
    }

    /// Whether the next day is in another month.
    package var isLastOfMonth: Bool {
        let (year, month, day) = components
        return day == Self.dayCount(ofMonth: month, year: year)
    }

    /// The last day of the date's month.
    package var lastOfMonth: CalendarDate {
        let (year, month, day) = components
        let left = Self.dayCount(ofMonth: month, year: year) - day
        // The calendar ends with a month.
        return adding(days: left) ?? self
    }

    /// How many days the date is after another; negative if before.
    package func days(since other: CalendarDate) -> Int {
        Int(dayNumber) - Int(other.dayNumber)
    }
}
