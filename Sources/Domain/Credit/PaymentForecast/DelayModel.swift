// SPDX-License-Identifier: Apache-2.0

// How late each customer pays: its own history, shrunk to that of its segment (empirical Bayes: a
// customer of n invoices counts n parts, its segment as many as its customers are alike, five where
// nothing tells), and one law for each segment of how far payments stray from what a customer is
// used to. Of an invoice from the history, the law sees what would have been expected without it,
// so that bands are as wide as they have to be for the next one.
//
// Cost: some 350 ns an invoice of the history, on a busy machine (collection-bench): reading it,
// its customer's in order, and seven look-ups for the calendar; 4 KiB a segment.

package import CreditFacts
package import Quantities

/// How delays are learned.
package struct DelayModelSettings: Sendable, Hashable {
    /// As how many invoices of its own a customer's segment counts; nil to learn that.
    package var segmentWeight: Double?
    /// As how many invoices of its own all customers count, in the law of a segment.
    package var allWeight = 50.0
    /// Days back from the day within which invoices were due.
    package var windowDays = 730

    /// The usual ones.
    package init() {}
}

/// What a day knows of how customers pay.
package struct DelayModel: Sendable {
    /// What is expected of a customer, in days after the due date.
    package struct Habit: Sendable, Hashable {
        /// The mean.
        package var mean: Double
        /// How far payments stray from it.
        package var deviation: Double
        /// Of how many invoices of its own that is known: those that are open count as far as they
        /// tell something.
        package var ownInvoices: Double
    }

    /// The day; nothing later was used.
    package let asOf: CalendarDate
    let segments: [Int32]
    let habits: [Habit]
    let laws: [StrayLaw]
    private(set) var calendar = PaymentCalendar()
    private let ofSegments: [Habit]

    /// Learns from invoices.
    ///
    /// - Parameters:
    ///   - segments: The segment of each customer, as a number from 0.
    package init(
        _ invoices: [LedgerInvoice],
        segments: [Int32],
        on asOf: CalendarDate,
        settings: DelayModelSettings = DelayModelSettings()
    ) {
        let seen = DelayObservations(invoices, on: asOf, windowDays: settings.windowDays)
        let count = Int(max(0, segments.max() ?? 0)) + 1
        let own = segments.map { Int($0) >= 0 ? $0 : 0 }
        (self.asOf, self.segments) = (asOf, own)
        let learner = DelayLearner(seen, own, segmentCount: count, settings)
        ofSegments = learner.ofSegments
        habits = learner.habits
        laws = learner.laws
        calendar = PaymentCalendar(seen, self)
    }

    /// What is expected of a customer; of one that has no history, what is expected of its segment,
    /// and of one that is not known at all, that of the first.
    package func habit(of customer: Int) -> Habit {
        if habits.indices.contains(customer) { return habits[customer] }
        return ofSegments[0]
    }

    func law(of customer: Int) -> StrayLaw {
        laws[segments.indices.contains(customer) ? Int(segments[customer]) : 0]
    }
}

/// Learns habits and laws.
private struct DelayLearner {
    let ofSegments: [DelayModel.Habit]
    private(set) var habits: [DelayModel.Habit] = []
    private(set) var laws: [StrayLaw] = []
    private let settings: DelayModelSettings
    /// By segment: the share of delays below each number of days.
    private let shares: [[Double]]

    init(
        _ seen: DelayObservations,
        _ segments: [Int32],
        segmentCount: Int,
        _ settings: DelayModelSettings
    ) {
        self.settings = settings
        let bins = Int(DelayObservations.delays.count)
        var counts = [DelayCounts](repeating: DelayCounts(bins: bins), count: segmentCount)
        for place in seen.codes.indices {
            let party = Int(seen.parties[place])
            guard segments.indices.contains(party) else { continue }
            let (days, isOpen) = DelayObservations.delay(seen.codes[place])
            let bin = Int(days - DelayObservations.delays.lowerBound)
            let segment = Int(segments[party])
            if isOpen {
                counts[segment].waiting[bin] += 1
            } else {
                counts[segment].happened[bin] += 1
            }
        }
        Self.share(&counts, settings.allWeight)
        shares = counts.map(\.distribution)
        ofSegments = shares.map(Self.habit)
        learn(seen, segments)
    }

    /// Gives each segment a part of what is known of all.
    private static func share(_ counts: inout [DelayCounts], _ weight: Double) {
        var all = DelayCounts(bins: counts[0].happened.count)
        for segment in counts { all.add(segment, times: 1) }
        let factor = weight / max(1, all.happenedCount)
        for segment in counts.indices { counts[segment].add(all, times: factor) }
    }

    /// Mean and deviation of a segment; what is left at the end counts where the last happened.
    private static func habit(_ shares: [Double]) -> DelayModel.Habit {
        let first = Double(DelayObservations.delays.lowerBound)
        var (mean, square, last) = (0.0, 0.0, 0.0)
        for bin in 0..<shares.count - 1 where shares[bin + 1] > shares[bin] {
            let (mass, days) = (shares[bin + 1] - shares[bin], first + Double(bin))
            mean += mass * days
            square += mass * days * days
            last = days
        }
        let rest = 1 - (shares.last ?? 0)
        mean += rest * last
        square += rest * last * last
        let deviation = max(1, (square - mean * mean).squareRoot())
        return DelayModel.Habit(
            mean: mean,
            deviation: deviation.isNaN ? 1 : deviation,
            ownInvoices: 0
        )
    }

    private mutating func learn(_ seen: DelayObservations, _ segments: [Int32]) {
        let places = PlacesByParty(seen.codes.count, parties: segments.count) {
            seen.parties[$0]
        }
        var customers: [CustomerDelays] = []
        customers.reserveCapacity(segments.count)
        var codes: [Int32] = []
        for party in segments.indices {
            codes.removeAll(keepingCapacity: true)
            for place in places[party] { codes.append(seen.codes[Int(place)]) }
            codes.sort()
            customers.append(CustomerDelays(sorted: codes, shares[Int(segments[party])]))
        }
        var weights = [SegmentWeight](repeating: SegmentWeight(), count: ofSegments.count)
        for (customer, segment) in zip(customers, segments) { weights[Int(segment)].add(customer) }
        var strays = [DelayCounts](
            repeating: DelayCounts(bins: StrayLaw.binCount),
            count: ofSegments.count
        )
        habits.reserveCapacity(segments.count)
        for party in segments.indices {
            let segment = Int(segments[party])
            let weight = settings.segmentWeight ?? weights[segment].learned
            let shrunk = ShrunkDelays(customers[party], ofSegments[segment], weight)
            habits.append(shrunk.habit)
            for place in places[party] {
                let (days, isOpen) = DelayObservations.delay(seen.codes[Int(place)])
                if isOpen {
                    strays[segment].waiting[StrayLaw.bin(shrunk.stray(Double(days)))] += 1
                } else {
                    strays[segment].happened[StrayLaw.bin(shrunk.strayUnseen(Double(days)))] += 1
                }
            }
        }
        Self.share(&strays, settings.allWeight)
        laws = strays.map { StrayLaw($0.distribution) }
    }
}
