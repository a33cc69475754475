// SPDX-License-Identifier: Apache-2.0

// Dates, times, durations and zones.

import FEEL
import Testing

@Suite struct DateTests {
    @Test(
        arguments: [
            ("date(\"2024-02-29\") + duration(\"P1Y\")", "2025-02-28"),
            ("date(\"2024-03-31\") - duration(\"P1M\")", "2024-02-29"),
            ("date(2026, 13, 1)", "null"), ("date(\"2026-1-1\")", "null"),
            ("date(\"998-12-31\")", "null"),
            ("date(\"-999999999-01-01\")", "-999999999-01-01"), ("@\"2026-11-29\".weekday", "7"),
            ("@\"2021-01-02\" - @\"PT25H\"", "2020-12-31"),
            ("@\"2026-11-29\" - @\"2026-01-01\"", "P332D"),
            ("time(\"24:00:00\")", "00:00:00"), ("time(\"24:00:01\")", "null"),
            ("time(11, 59, 45.5, duration(\"PT2H\"))", "11:59:45.5+02:00"),
            ("@\"10:15:00\" + @\"PT23H\"", "09:15:00"), ("@\"10:10:10\" - @\"11:10:10\"", "-PT1H"),
            ("@\"2021-01-01T24:00:00\"", "2021-01-02T00:00:00"),
            ("@\"2021-01-02T10:10:10+02:00\" - @\"2021-01-01T10:10:10\"", "null"),
            (
                "@\"2021-01-02T10:10:10@Europe/Paris\" - @\"2021-01-01T10:10:10@Asia/Dhaka\"",
                "P1DT5H"
            ),
            ("@\"2018-10-08T00:00:00+02:00\" = @\"2018-10-08T00:00:00@Europe/Paris\"", "true"),
            ("@\"2050-07-01T00:00:00+02:00\" = @\"2050-07-01T00:00:00@Europe/Paris\"", "true"),
            ("@\"2050-12-01T00:00:00+01:00\" = @\"2050-12-01T00:00:00@Europe/Paris\"", "true"),
            ("@\"2050-01-01T00:00:00+11:00\" = @\"2050-01-01T00:00:00@Australia/Sydney\"", "true"),
            (
                "@\"2026-03-29T02:30:00@Europe/Paris\" + @\"PT1H\"",
                "2026-03-29T04:30:00@Europe/Paris"
            ),
            ("time(\"10:00:00@No/Where\")", "null"), ("time(\"10:00:00@../passwd\")", "null"),
            ("@\"2026-11-29T10:00:00+05:00\".time offset", "PT5H"),
            ("@\"2026-11-29T10:00:00@Etc/UTC\".timezone", "\"Etc/UTC\""),
        ])
    func dates(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        arguments: [
            ("@\"P2DT274M\"", "P2DT4H34M"), ("@\"P1Y27M\"", "P3Y3M"), ("@\"P0D\"", "PT0S"),
            ("@\"P0Y\"", "P0M"), ("@\"PT0.999999999S\"", "PT0.999999999S"),
            ("duration(\"P1Y2D\")", "null"),
            ("duration(\"P\")", "null"), ("duration(\"P1H\")", "null"),
            (
                "@\"P10DT23H\" / 2.5",
                "P4DT9H12M"
            ), ("1.5 * @\"P4DT1H\"", "P6DT1H30M"), ("@\"P10Y11M\" / -2.5", "-P4Y4M"),
            ("@\"P1D\" = @\"PT24H\"", "true"), ("@\"P1Y\" = @\"P365D\"", "null"),
            ("@\"P1Y\" / @\"P1M\"", "12"),
            ("-@\"P1Y\"", "-P1Y"), ("@\"P1DT2H3M4S\".hours", "2"), ("@\"P1Y\".days", "null"),
            ("years and months duration(date(\"2016-08-25\"), date(\"2017-08-10\"))", "P11M"),
            ("years and months duration(date(\"2013-08-24\"), date(\"2011-12-22\"))", "-P1Y8M"),
        ])
    func durations(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        arguments: [
            ("today()", "2026-11-29"), ("now().hour", "12"),
            ("day of week(@\"2026-11-29\")", "\"Sunday\""),
            ("month of year(@\"2026-11-29\")", "\"November\""),
            ("day of year(@\"2024-12-31\")", "366"),
            ("week of year(@\"2021-01-03\")", "53"), ("week of year(@\"2026-01-01\")", "1"),
            ("date and time(@\"2026-11-29\", @\"10:00:00Z\")", "2026-11-29T10:00:00Z"),
            ("date and time(2026, 11, 29, 10, 0, 0)", "2026-11-29T10:00:00"),
            ("date(@\"2026-11-29T10:00:00\")", "2026-11-29"),
            ("time(@\"2026-11-29\")", "00:00:00Z"),
        ])
    func functions(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test func datesWalkThroughAllDays() {
        var (year, month, day) = (-4, 1, 1)
        var number = FEELDate(year: -4, month: 1, day: 1)?.dayNumber ?? 0
        for _ in 0..<(9 * 366) {
            let date = FEELDate(dayNumber: number)
            #expect(date == FEELDate(year: year, month: month, day: day))
            #expect(date.map { $0.components == (year, month, day) } == true)
            let isLeap = year % 4 == 0
            let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            (day, number) = (day + 1, number + 1)
            if day > lengths[month - 1] { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
    }

    @Test func damagedZoneFilesAreRefused() throws {
        let file = try #require(
            FEELZoneRules(name: "x", file: Array("TZif".utf8)) == nil ? [UInt8]("TZif2".utf8) : nil
        )
        for length in 0..<64 {
            _ = FEELZoneRules(name: "x", file: file + Array(repeating: 0xFF, count: length))
            _ = FEELZoneRules(name: "x", file: file + Array(repeating: 0, count: length))
        }
    }
}
