// SPDX-License-Identifier: Apache-2.0

// Dates of the proleptic Gregorian calendar, with the years that the language wants: from
// -999,999,999 to 999,999,999, where `Quantities` ends at 9999. Both conversions are those of
// Howard Hinnant, `days_from_civil` and `civil_from_days`.

internal import Quantities

/// A day of the calendar.
package struct FEELDate: Sendable, Hashable {
    /// Days since 1970-01-01.
    package let dayNumber: Int

    /// The greatest magnitude of a year.
    static let yearMagnitude = 999_999_999
    private static let firstDay = days(year: -yearMagnitude, month: 1, day: 1)
    private static let lastDay = days(year: yearMagnitude, month: 12, day: 31)

    /// The date of a day counted from 1970-01-01; nil outside of the calendar.
    package init?(dayNumber: Int) {
        guard dayNumber >= Self.firstDay, dayNumber <= Self.lastDay else { return nil }
        self.dayNumber = dayNumber
    }

    /// The date of a year, a month from 1 to 12 and a day from 1; nil when there is none.
    package init?(year: Int, month: Int, day: Int) {
        guard year.magnitude <= Self.yearMagnitude, month >= 1, month <= 12, day >= 1,
            day <= CalendarDate.dayCount(ofMonth: month, year: year)
        else { return nil }
        dayNumber = Self.days(year: year, month: month, day: day)
    }

    private static func days(year: Int, month: Int, day: Int) -> Int {
        let marchYear = month > 2 ? year : year - 1
        let era = floorDivide(marchYear, 400)
        let yearOfEra = marchYear - era * 400
        let marchMonth = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// Year, month and day of the month.
    package var components: (year: Int, month: Int, day: Int) {
        let shifted = dayNumber + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let leapDays = dayOfEra / 1_460 - dayOfEra / 36_524 + dayOfEra / 146_096
        let yearOfEra = (dayOfEra - leapDays) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// The day of the week, from Monday, 1, to Sunday, 7.
    var weekday: Int { floorModulo(dayNumber + 3, 7) + 1 }

    /// The day of the year, from 1.
    var dayOfYear: Int {
        dayNumber - Self.days(year: components.year, month: 1, day: 1) + 1
    }

    /// The week of the year, as ISO 8601 counts: the first one has the year's first Thursday.
    var weekOfYear: Int {
        let thursday = dayNumber - (weekday - 1) + 3
        guard let date = FEELDate(dayNumber: thursday) else { return 1 }
        return (date.dayOfYear - 1) / 7 + 1
    }

    /// The date so many days later; nil outside of the calendar.
    func adding(days: Int) -> FEELDate? {
        let (day, isOver) = dayNumber.addingReportingOverflow(days)
        return isOver ? nil : FEELDate(dayNumber: day)
    }

    /// The date so many months later, its day cut to the length of the month; nil outside of the
    /// calendar.
    func adding(months: Int) -> FEELDate? {
        let (year, month, day) = components
        let (index, isOver) = (year * 12 + month - 1).addingReportingOverflow(months)
        guard !isOver else { return nil }
        let (newYear, newMonth) = (floorDivide(index, 12), floorModulo(index, 12) + 1)
        guard newYear.magnitude <= Self.yearMagnitude else { return nil }
        let last = CalendarDate.dayCount(ofMonth: newMonth, year: newYear)
        return FEELDate(year: newYear, month: newMonth, day: min(day, last))
    }
}

extension FEELDate: Comparable {
    /// Whether a date is before another.
    package static func < (left: FEELDate, right: FEELDate) -> Bool {
        left.dayNumber < right.dayNumber
    }
}

/// The greatest integer that is not above the quotient.
func floorDivide<Integer: BinaryInteger>(_ left: Integer, _ right: Integer) -> Integer {
    let quotient = left / right
    return left % right != 0 && (left < 0) != (right < 0) ? quotient - 1 : quotient
}

/// What `floorDivide` leaves.
func floorModulo<Integer: BinaryInteger>(_ left: Integer, _ right: Integer) -> Integer {
    left - floorDivide(left, right) * right
}
