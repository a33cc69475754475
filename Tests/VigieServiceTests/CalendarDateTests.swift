// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing
import VigieService

@Suite struct CalendarDateTests {
    @Test(
        arguments: [
            (0, "1970-01-01"), (-1, "1969-12-31"), (59, "1970-03-01"), (11_016, "2000-02-29"),
            (20_778, "2026-11-21"), (-135_081, "1600-02-29"), (47_540, "2100-02-28"),
            (47_541, "2100-03-01"), (2_932_896, "9999-12-31"), (-719_162, "0001-01-01"),
        ] as [(Int64, String)]
    )
    func writesKnownDates(day: Int64, text: String) {
        #expect(CalendarDate.text(ofDay: day) == text)
        #expect(CalendarDate.isDate(text))
    }

    @Test func agreesWithTheSystemsCalendar() {
        for day in stride(from: Int64(-100_000), through: 200_000, by: 37) {
            var seconds = Int(day) * 86_400 + 86_399
            var parts = tm()
            gmtime_r(&seconds, &parts)
            var text = [CChar](repeating: 0, count: 16)
            strftime(&text, text.count, "%Y-%m-%d", &parts)
            let expected = text.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
            #expect(CalendarDate.text(ofDay: CalendarDate.day(at: Int64(seconds))) == expected)
        }
    }

    @Test(arguments: [
        "", "2026-2-01", "2026-02-30", "2025-02-29", "1900-02-29", "2026-13-01", "2026-00-10",
        "2026-01-00", "2026-04-31", "0000-01-01", "2026/01/01", "2026-01-01 ", "+026-01-01",
        "２026-01-01", "2026-01-0a", "20260101", "yesterday",
    ])
    func refusesWhatIsNoDate(text: String) {
        #expect(!CalendarDate.isDate(text))
    }
}
