// SPDX-License-Identifier: Apache-2.0

import Glibc
import Quantities
import Testing

@Suite struct CalendarDateTests {
    @Test(
        arguments: [
            (0, "1970-01-01"), (-1, "1969-12-31"), (59, "1970-03-01"), (11_016, "2000-02-29"),
            (20_778, "2026-11-21"), (-135_081, "1600-02-29"), (47_540, "2100-02-28"),
            (47_541, "2100-03-01"), (2_932_896, "9999-12-31"), (-719_162, "0001-01-01"),
        ] as [(Int, String)]
    )
    func writesKnownDates(day: Int, text: String) {
        #expect(CalendarDate(dayNumber: day)?.description == text)
        #expect(CalendarDate(text)?.dayNumber == Int32(day))
    }

    /// A walk day by day over the whole calendar, as one counts with a calendar on the wall.
    @Test func agreesWithAWalkThroughAllDays() throws {
        var (year, month, day) = (1, 1, 1)
        var wrong = 0
        for number in Int(CalendarDate.first.dayNumber)...Int(CalendarDate.last.dayNumber) {
            let date = CalendarDate(dayNumber: number)
            let same = CalendarDate(year: year, month: month, day: day)
            if date == nil || date != same
                || date.map({ $0.components == (year, month, day) }) != true
            {
                wrong += 1
            }
            let isLeap =
                year.isMultiple(of: 4) && !year.isMultiple(of: 100) || year.isMultiple(of: 400)
            let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            day += 1
            if day > lengths[month - 1] { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
        #expect(wrong == 0)
        #expect((year, month, day) == (10_000, 1, 1))
    }

    @Test func agreesWithTheSystemsCalendar() {
        for day in stride(from: -100_000, through: 200_000, by: 37) {
            var seconds = day * 86_400 + 86_399
            var parts = tm()
            gmtime_r(&seconds, &parts)
            let date = CalendarDate(secondsSince1970: Int64(seconds))
            #expect(date.dayNumber == Int32(day))
            let expected = (Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday))
            #expect(date.components == expected)
        }
        #expect(CalendarDate(secondsSince1970: .max) == .last)
        #expect(CalendarDate(secondsSince1970: .min) == .first)
        #expect(CalendarDate(secondsSince1970: -1).description == "1969-12-31")
    }

    @Test(arguments: [
        "", "2026-2-01", "2026-02-30", "2025-02-29", "1900-02-29", "2026-13-01", "2026-00-10",
        "2026-01-00", "2026-04-31", "0000-01-01", "2026/01/01", "2026-01-01 ", "+026-01-01",
        "２026-01-01", "2026-01-0a", "20260101", "yesterday", "2026-01-1\u{0}", "-001-01-01",
    ])
    func refusesWhatIsNoDate(text: String) {
        #expect(CalendarDate(text) == nil)
    }

    @Test func noNumberLeavesTheCalendar() {
        for number in [Int.min, -719_163, 2_932_897, Int.max] {
            #expect(CalendarDate(dayNumber: number) == nil)
        }
        for number in [Int.min, 0, 13, Int.max] {
            #expect(CalendarDate(year: number == 13 ? 10_000 : number, month: 1, day: 1) == nil)
            #expect(CalendarDate(year: 2026, month: number, day: 1) == nil)
            #expect(CalendarDate(year: 2026, month: 1, day: number == 13 ? 32 : number) == nil)
        }
        for date in [CalendarDate.first, .last] {
            for number in [Int.min, Int.min + 1, Int.max] {
                #expect(date.adding(days: number) == nil)
                #expect(date.adding(months: number) == nil)
            }
        }
        #expect(CalendarDate.last.adding(days: 1) == nil)
        #expect(CalendarDate.first.adding(months: -1) == nil)
        #expect(CalendarDate.last.lastOfMonth == .last)
    }

    @Test(
        arguments: [
            ("2026-01-31", 1, "2026-02-28", "2026-02-28"),
            ("2024-01-31", 1, "2024-02-29", "2024-02-29"),
            ("2026-02-28", 1, "2026-03-28", "2026-03-31"),
            ("2024-02-28", 1, "2024-03-28", "2024-03-28"),
            ("2026-04-30", -2, "2026-02-28", "2026-02-28"),
            ("2026-11-15", 14, "2028-01-15", "2028-01-15"),
            ("2026-01-15", -13, "2024-12-15", "2024-12-15"),
            ("2026-06-30", 0, "2026-06-30", "2026-06-30"),
            ("2024-02-29", 12, "2025-02-28", "2025-02-28"),
            ("2025-02-28", -12, "2024-02-28", "2024-02-29"),
        ]
    )
    func addsMonths(from: String, months: Int, cut: String, kept: String) throws {
        let date = try #require(CalendarDate(from))
        #expect(date.adding(months: months)?.description == cut)
        #expect(date.adding(months: months, endOfMonth: .kept)?.description == kept)
    }

    @Test func addsDaysAndCompares() throws {
        let date = try #require(CalendarDate("2026-11-28"))
        let later = try #require(date.adding(days: 45))
        #expect(later.description == "2027-01-12")
        #expect(later.days(since: date) == 45)
        #expect(date.days(since: later) == -45)
        #expect(date < later)
        #expect(later.lastOfMonth.description == "2027-01-31")
        #expect(CalendarDate.last.days(since: .first) == 3_652_058)
    }
}
