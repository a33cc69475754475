// SPDX-License-Identifier: Apache-2.0

// The law of one open invoice: its segment's strays, its customer's habit, its due date, and that
// it was open on the day.

internal import Quantities

/// Weights of the days to come.
struct DayWeights {
    /// The last day that is known.
    let asOf: Int32
    private let weights: [Double]

    init(_ calendar: PaymentCalendar, after asOf: CalendarDate) {
        self.asOf = asOf.dayNumber
        let first = asOf.dayNumber
        // What comes later than two years is not told apart by days.
        weights = (1...736).map { calendar.weight(first + $0) }
    }

    @inline(__always)
    func weight(_ day: Int32) -> Double {
        let place = Int(day) - Int(asOf) - 1
        return place >= 0 && place < weights.count ? weights[place] : 1
    }
}

/// The law of one open invoice.
struct InvoiceLaw {
    private let shares: UnsafePointer<Double>
    private let due: Int32
    private let asOf: Int32
    /// The day that the customer is used to pay it on, as a number with a fraction.
    private let center: Double
    private let perDay: Double
    /// The share of such invoices that would have been paid by the day.
    private let past: Double

    init(
        _ shares: UnsafePointer<Double>,
        _ habit: DelayModel.Habit,
        due: Int32,
        asOf: Int32
    ) {
        (self.shares, self.due, self.asOf) = (shares, due, asOf)
        center = Double(due) + habit.mean
        perDay = 1 / habit.deviation
        let stray = (Double(asOf) + 0.5 - center) * perDay
        past = StrayLaw.share(below: stray, shares)
    }

    /// The share of such invoices that is paid by the end of a day, without the calendar.
    @inline(__always)
    func share(through day: Int32) -> Double {
        StrayLaw.share(below: (Double(day) + 0.5 - center) * perDay, shares)
    }

    /// Whether invoices were seen to be open for so long and paid in the end.
    private var hasFuture: Bool { shares[StrayLaw.binCount] - past > 1e-9 }

    /// The probability to be paid in some days, the first of which is after the last known one.
    @inline(__always)
    func probability(after first: Int32, through last: Int32) -> Double {
        guard hasFuture else { return 0 }
        return (share(through: last) - share(through: first)) / (1 - past)
    }

    /// One week, with what of the law falls on its days.
    private struct Week {
        /// The first day of it that is to come.
        let start: Int32
        /// Its Sunday.
        let end: Int32
        /// The share before it.
        let before: Double
        /// The share after it.
        let after: Double
        /// The mass of each day, from its first one on.
        var masses = SIMD8<Double>()

        @inline(__always)
        init(of day: Int32, _ law: InvoiceLaw, _ days: DayWeights) {
            let monday = PaymentCalendar.monday(of: day)
            start = max(monday, law.asOf + 1)
            end = monday + 6
            before = law.share(through: start - 1)
            var (last, sum) = (before, 0.0)
            for place in 0...Int(end - start) {
                let next = law.share(through: start + Int32(place))
                masses[place] = (next - last) * days.weight(start + Int32(place))
                sum += masses[place]
                last = next
            }
            after = last
            let factor = sum > 0 ? (after - before) / sum : 0
            for place in 0...Int(end - start) { masses[place] *= factor }
        }

        /// The share by the end of one of its days.
        @inline(__always)
        func share(through day: Int32) -> Double {
            if day >= end { return after }
            var share = before
            for place in 0...Int(day - start) { share += masses[place] }
            return share
        }
    }

    /// The forecast.
    func forecast(_ place: Int32, _ days: DayWeights) -> InvoiceForecast {
        var forecast = InvoiceForecast(place: place, lateOver: SIMD4(repeating: 1))
        guard hasFuture else { return forecast }
        for (number, late) in InvoiceForecast.lateDays.enumerated() where due + late > asOf {
            let day = due + late
            let share = Week(of: day, self, days).share(through: day)
            forecast.lateOver[number] = min(1, max(0, 1 - (share - past) / (1 - past)))
        }
        forecast.expected = day(of: 0.5, days).flatMap { CalendarDate(dayNumber: Int($0.day)) }
        // A day belongs to the band if at least half of it does: else both ends would be counted
        // whole, and the band would be wider than it says.
        forecast.earliest = day(of: 0.1, days).flatMap {
            CalendarDate(dayNumber: Int($0.isHalfBefore ? $0.day + 1 : $0.day))
        }
        forecast.latest = day(of: 0.9, days).flatMap { found in
            let last = found.isHalfBefore ? found.day : found.day - 1
            let first = forecast.earliest?.dayNumber ?? last
            return CalendarDate(dayNumber: Int(max(last, first)))
        }
        return forecast
    }

    /// The first day by which such a part of what is to come has come, and whether half of that day
    /// comes before the part is reached; nil where so much was never seen to come.
    private func day(of part: Double, _ days: DayWeights) -> (day: Int32, isHalfBefore: Bool)? {
        let wanted = past + part * (1 - past)
        guard let stray = StrayLaw.stray(of: wanted, shares) else { return nil }
        let guess = (center + stray / perDay - 0.5).rounded(.up)
        var week = Week(of: max(asOf + 1, Int32(guess)), self, days)
        // The last digits of a quotient may point to the week beside.
        if week.after < wanted, share(through: week.end + 7) >= wanted {
            week = Week(of: week.end + 1, self, days)
        } else if week.before >= wanted, week.start > asOf + 1 {
            week = Week(of: week.start - 1, self, days)
        }
        var share = week.before
        var day = week.start
        for place in 0...Int(week.end - week.start) {
            day = week.start + Int32(place)
            let mass = week.masses[place]
            if share + mass >= wanted || day == week.end {
                return (day, share + mass / 2 < wanted)
            }
            share += mass
        }
        return (day, false)
    }
}
