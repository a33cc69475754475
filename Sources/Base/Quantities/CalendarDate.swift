// SPDX-License-Identifier: Apache-2.0

// Dates of the proleptic Gregorian calendar as numbers of days, without a calendar library.
//
// Both conversions are those of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms",
// `days_from_civil` and `civil_from_days`: years begin in March, so that the leap day is the last
// of its year.

/// A date from 0001-01-01 to 9999-12-31, as ISO 8601 writes years of four digits.
package struct CalendarDate: Sendable, Hashable {
    /// Days since 1970-01-01.
    package let dayNumber: Int32

    /// 0001-01-01.
    package static let first = CalendarDate(unchecked: -719_162)
    /// 9999-12-31.
    package static let last = CalendarDate(unchecked: 2_932_896)

    private static let secondsPerDay: Int64 = 86_400

    private init(unchecked dayNumber: Int) {
        self.dayNumber = Int32(truncatingIfNeeded: dayNumber)
    }

    /// The date of a day counted from 1970-01-01; nil outside of the calendar.
    package init?(dayNumber: Int) {
        guard dayNumber >= Int(Self.first.dayNumber), dayNumber <= Int(Self.last.dayNumber) else {
            return nil
        }
        self.init(unchecked: dayNumber)
    }

    /// The date of a year, a month from 1 to 12 and a day from 1; nil when there is none.
    package init?(year: Int, month: Int, day: Int) {
        guard year >= 1, year <= 9_999, month >= 1, month <= 12, day >= 1,
            day <= Self.dayCount(ofMonth: month, year: year)
        else { return nil }
        let marchYear = month > 2 ? year : year - 1
        let era = marchYear / 400
        let yearOfEra = marchYear - era * 400
        let marchMonth = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.init(unchecked: era * 146_097 + dayOfEra - 719_468)
    }

    /// The date in UTC of a time in seconds since 1970-01-01; a clock that is beyond the calendar
    /// gets its first or last day.
    package init(secondsSince1970 seconds: Int64) {
        let day = seconds / Self.secondsPerDay - (seconds % Self.secondsPerDay < 0 ? 1 : 0)
        let first = Int64(Self.first.dayNumber)
        self.init(unchecked: Int(min(max(day, first), Int64(Self.last.dayNumber))))
    }

    /// Year, month and day of the month.
    package var components: (year: Int, month: Int, day: Int) {
        // March of the year 0 is day 0, so that no number is negative.
        let shifted = Int(dayNumber) + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let leapDays = dayOfEra / 1_460 - dayOfEra / 36_524 + dayOfEra / 146_096
        let yearOfEra = (dayOfEra - leapDays) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// Days of a month from 1 to 12.
    package static func dayCount(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension CalendarDate: Comparable {
    /// Whether a date is before another.
    package static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        left.dayNumber < right.dayNumber
    }
}
