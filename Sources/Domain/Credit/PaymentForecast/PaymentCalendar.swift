// SPDX-License-Identifier: Apache-2.0

// On which days of a week money comes: within its week a payment is as likely on a day as the law
// of delays says times the weight of the day. Weights are what came on such days over what the law
// alone expected there, so that invoices that are all due at the end of a month do not look like a
// habit of paying then.

internal import CreditFacts
internal import Quantities

/// Weights of days.
struct PaymentCalendar: Sendable {
    /// The last days of a month that count as its end.
    static let monthEndDays = 2
    /// Payments that each kind of day is credited with as usual ones.
    private static let usual = 20.0

    /// From Monday to Sunday.
    private(set) var weekdays = [Double](repeating: 1, count: 7)
    /// Of the end of a month, over its other days.
    private(set) var monthEnd = 1.0

    /// All days alike.
    init() {}

    /// The Monday of a day's week.
    @inline(__always)
    static func monday(of day: Int32) -> Int32 { day - weekday(of: day) }

    /// The weekday, from 0 for Monday.
    @inline(__always)
    static func weekday(of day: Int32) -> Int32 {
        // Day 0 was a Thursday.
        let rest = (day + 3) % 7
        return rest < 0 ? rest + 7 : rest
    }

    static func isMonthEnd(_ day: Int32) -> Bool {
        guard let date = CalendarDate(dayNumber: Int(day)) else { return false }
        return date.lastOfMonth.days(since: date) < monthEndDays
    }

    /// The weight of a day.
    func weight(_ day: Int32) -> Double {
        weekdays[Int(Self.weekday(of: day))] * (Self.isMonthEnd(day) ? monthEnd : 1)
    }

    /// Learns from what was paid.
    init(_ seen: DelayObservations, _ model: DelayModel) {
        var (came, expected) = ([Double](repeating: 0, count: 9), [Double](repeating: 0, count: 9))
        var ends: [Int32: Bool] = [:]
        for place in seen.codes.indices {
            let (days, isOpen) = DelayObservations.delay(seen.codes[place])
            guard !isOpen, days < DelayObservations.delays.upperBound else { continue }
            let (due, party) = (seen.dueDays[place], Int(seen.parties[place]))
            let monday = Self.monday(of: due + days)
            let habit = model.habit(of: party)
            let masses = model.law(of: party).shares.withUnsafeBufferPointer { shares in
                shares.baseAddress.map { Self.masses(monday - due, habit, $0) } ?? .zero
            }
            let sum = masses.sum()
            guard sum > 0 else { continue }
            for weekday in 0..<7 {
                let day = monday + Int32(weekday)
                let isEnd: Bool
                if let known = ends[day] {
                    isEnd = known
                } else {
                    isEnd = Self.isMonthEnd(day)
                    ends[day] = isEnd
                }
                let hit = day == due + days ? 1.0 : 0
                came[weekday] += hit
                expected[weekday] += masses[weekday] / sum
                came[isEnd ? 8 : 7] += hit
                expected[isEnd ? 8 : 7] += masses[weekday] / sum
            }
        }
        func ratio(_ kind: Int) -> Double {
            (came[kind] + Self.usual) / (expected[kind] + Self.usual)
        }
        weekdays = (0..<7).map(ratio)
        monthEnd = ratio(8) / ratio(7)
    }

    /// What the law alone expects on the days of a week that begins so many days after the due
    /// date; the eighth is nothing.
    private static func masses(
        _ start: Int32,
        _ habit: DelayModel.Habit,
        _ shares: UnsafePointer<Double>
    ) -> SIMD8<Double> {
        var masses = SIMD8<Double>()
        func share(_ day: Int32) -> Double {
            StrayLaw.share(below: (Double(day) + 0.5 - habit.mean) / habit.deviation, shares)
        }
        var before = share(start - 1)
        for weekday in 0..<7 {
            let next = share(start + Int32(weekday))
            masses[weekday] = next - before
            before = next
        }
        return masses
    }
}
