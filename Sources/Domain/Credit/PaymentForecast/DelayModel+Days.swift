// SPDX-License-Identifier: Apache-2.0

// A forecast as one would write it down, day by day: what the fast one is held against, and what is
// shown to whoever asks why.

package import CreditFacts
internal import Quantities

extension DelayModel {
    /// The probability that an open invoice is paid on each of the next days, from the day after
    /// the one that is looked at on; empty where nothing can be said of it.
    package func days(of invoice: LedgerInvoice, count: Int) -> [Double] {
        guard let due = invoice.due, invoice.open(on: asOf) > 0, !invoice.isDisputed(on: asOf)
        else { return [] }
        let party = Int(invoice.party)
        let (habit, shares, today) = (habit(of: party), law(of: party).shares, asOf.dayNumber)
        func paid(by day: Int32) -> Double {
            let late = Double(day) - Double(due.dayNumber)
            let place =
                ((late + 0.5 - habit.mean) / habit.deviation - StrayLaw.lowest)
                * StrayLaw.binsPerDeviation
            if place <= 0 { return 0 }
            guard place < Double(StrayLaw.binCount), let last = shares.last else {
                return shares.last ?? 0
            }
            let bin = Int(place)
            let next = bin + 1 < shares.count ? shares[bin + 1] : last
            return shares[bin] + (place - Double(bin)) * (next - shares[bin])
        }
        let past = paid(by: today)
        return (0..<max(0, count)).map { number in
            let day = today + 1 + Int32(number)
            // The day's part of its week, as far as the week is still to come.
            let sunday = PaymentCalendar.monday(of: day) + 6
            let week = max(sunday - 6, today + 1)...sunday
            let weights = week.map { (paid(by: $0) - paid(by: $0 - 1)) * calendar.weight($0) }
            let sum = weights.reduce(0, +)
            guard sum > 0, past < 1 else { return 0 }
            let whole = paid(by: week.upperBound) - paid(by: week.lowerBound - 1)
            return whole * weights[Int(day - week.lowerBound)] / sum / (1 - past)
        }
    }
}
