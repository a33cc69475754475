// SPDX-License-Identifier: Apache-2.0

// When a server asks for runs.

import Databases
import PortfolioStore
import Quantities
import Rescoring
import TestDatabases
import Testing

@Suite struct ScheduleTests {
    @Test func readsTimesOfDay() {
        #expect(DailyTime("03:30")?.seconds == 12_600)
        #expect(DailyTime("00:00")?.seconds == 0)
        #expect(DailyTime("23:59")?.seconds == 86_340)
        for text in ["24:00", "3:30", "03:60", "03.30", "", "off", "03:3x", "-1:00"] {
            #expect(DailyTime(text) == nil)
        }
    }

    @Test func asksForTheDayFromItsTimeOn() {
        let day = Int(firstDay.dayNumber) * microsecondsPerDay
        func at(_ seconds: Int) -> Int { day + seconds * 1_000_000 }
        var schedule = RescoringSchedule(daily: DailyTime("03:00"))
        #expect(schedule.duties(nowMicroseconds: at(10_799)) == [.arrivals(firstDay)])
        // A second later (lookMicroseconds), and not before.
        #expect(schedule.duties(nowMicroseconds: at(10_799) + 999_999).isEmpty)
        #expect(
            schedule.duties(nowMicroseconds: at(10_800)) == [.daily(firstDay), .arrivals(firstDay)]
        )
        // Until it was planned.
        #expect(schedule.duties(nowMicroseconds: at(10_801)).count == 2)
        schedule.note(planned: firstDay)
        #expect(schedule.duties(nowMicroseconds: at(10_802)).count == 1)
        // Of a clock that was set back the next look is not a day away.
        #expect(schedule.duties(nowMicroseconds: at(5)) == [.arrivals(firstDay)])
        let next = firstDay.adding(days: 1)!
        #expect(
            schedule.duties(nowMicroseconds: at(86_400 + 50_000))
                == [.daily(next), .arrivals(next)]
        )
        var off = RescoringSchedule(daily: nil)
        #expect(off.duties(nowMicroseconds: at(50_000)) == [.arrivals(firstDay)])
    }

    @Test(arguments: TestDatabase.all)
    func severalServersPlanADayOnce(_ kind: TestDatabase) async throws {
        let store = try RescoredStore(kind)
        store.set(day: 0)
        let runs = try await withThrowingTaskGroup(of: [Int].self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let schedule = RescoringSchedule(daily: DailyTime("03:00"))
                    var planner = RescoringPlanner(store.store, MadeUpAssessor().model, schedule)
                    return try planner.plan()
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(runs.count == 4 && Set(runs).count == 1)
        // Without companies there is nothing to plan yet.
        try store.write { connection throws(DatabaseError) in
            _ = try connection.execute("delete from portfolio")
        }
        store.set(day: 1)
        let schedule = RescoringSchedule(daily: DailyTime("03:00"))
        var planner = RescoringPlanner(store.store, MadeUpAssessor().model, schedule)
        #expect(try planner.plan() == [])
    }
}
