// SPDX-License-Identifier: Apache-2.0

// When a server looks whether a run is to be planned. Which of several servers plans it the store
// decides; this only says when to ask, and asks again after a clock was set.

package import Quantities
internal import VigieLimits

/// The time of day of the daily run.
package struct DailyTime: Sendable, Equatable {
    /// Seconds since midnight in UTC.
    package let seconds: Int

    /// Reads a time such as "03:30"; nil where it is none.
    package init?(_ text: String) {
        let digits = Array(text.utf8)
        guard digits.count == 5, digits[2] == UInt8(ascii: ":"),
            let hour = Self.number(digits[0], digits[1]), hour < 24,
            let minute = Self.number(digits[3], digits[4]), minute < 60
        else { return nil }
        seconds = hour * 3_600 + minute * 60
    }

    private static func number(_ tens: UInt8, _ ones: UInt8) -> Int? {
        guard (0x30...0x39).contains(tens), (0x30...0x39).contains(ones) else { return nil }
        return Int(tens - 0x30) * 10 + Int(ones - 0x30)
    }
}

/// When runs are due.
package struct RescoringSchedule: Sendable {
    /// What is to be asked for.
    package enum Duty: Sendable, Equatable {
        /// The run of a day, unless it was planned.
        case daily(CalendarDate)
        /// A run over what arrived, and an end for runs that nobody does any more.
        case arrivals(CalendarDate)
    }

    private let daily: DailyTime?
    private var plannedDay: CalendarDate?
    private var lookedAtMicroseconds: Int?

    /// Takes the time of day of daily runs; nil for none.
    package init(daily: DailyTime?) { self.daily = daily }

    /// What is due at a time.
    package mutating func duties(nowMicroseconds: Int) -> [Duty] {
        if let last = lookedAtMicroseconds, nowMicroseconds >= last,
            nowMicroseconds - last < RescoringLimits.lookMicroseconds
        {
            return []
        }
        lookedAtMicroseconds = nowMicroseconds
        let seconds = nowMicroseconds / 1_000_000
        let day = CalendarDate(secondsSince1970: Int64(seconds))
        var duties: [Duty] = []
        if let daily, day != plannedDay, seconds % 86_400 >= daily.seconds {
            duties.append(.daily(day))
        }
        return duties + [.arrivals(day)]
    }

    /// The run of a day was planned, by whomever.
    package mutating func note(planned day: CalendarDate) { plannedDay = day }
}
