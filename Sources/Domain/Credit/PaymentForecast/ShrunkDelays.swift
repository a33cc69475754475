// SPDX-License-Identifier: Apache-2.0

// One customer's delays, and how far they are drawn to its segment's.

/// What is known of one customer alone.
struct CustomerDelays {
    /// How many invoices that is: each that is open counts as much as the share of the segment's
    /// invoices that would have been paid by then.
    private(set) var count = 0.0
    let moments: DelayMoments

    /// Takes sorted observations, and the segment's shares of delays.
    init(sorted codes: [Int32], _ shares: [Double]) {
        for code in codes {
            let (days, isOpen) = DelayObservations.delay(code)
            count += isOpen ? shares[Int(days - DelayObservations.delays.lowerBound) + 1] : 1
        }
        moments = codes.withUnsafeBufferPointer { DelayMoments(sorted: $0) }
    }
}

/// As how many invoices of its own a customer's segment counts, learned from its customers: the
/// variance within them over that between them (method of moments).
struct SegmentWeight {
    /// What holds where too few customers have a history.
    static let usual = 5.0
    private static let bounds = 0.5...50.0
    // tidy: limit: of fewer customers nobody can say how alike they are
    private static let customersMin = 20.0

    private var customers = 0.0
    private var (sum, squares) = (0.0, 0.0)
    private var (within, freedom, inverse) = (0.0, 0.0, 0.0)

    /// Adds a customer.
    mutating func add(_ customer: CustomerDelays) {
        guard customer.count >= 3 else { return }
        let mean = customer.moments.mean
        customers += 1
        sum += mean
        squares += mean * mean
        within += customer.count * customer.moments.variance(about: mean)
        freedom += customer.count - 1
        inverse += 1 / customer.count
    }

    /// The weight.
    var learned: Double {
        guard customers >= Self.customersMin else { return Self.usual }
        let between = (squares - sum * sum / customers) / (customers - 1)
        let each = within / freedom
        // What means differ by, less what they would differ by if all customers were the same.
        let apart = between - each * inverse / customers
        guard apart > 0, each > 0 else { return Self.bounds.upperBound }
        return min(max(each / apart, Self.bounds.lowerBound), Self.bounds.upperBound)
    }
}

/// A customer's delays, drawn to its segment's.
struct ShrunkDelays {
    /// What is expected of the next invoice.
    let habit: DelayModel.Habit
    private let own: CustomerDelays
    private let spread: Double
    private let ofSegment: DelayModel.Habit
    private let weight: Double

    init(_ own: CustomerDelays, _ ofSegment: DelayModel.Habit, _ weight: Double) {
        (self.own, self.ofSegment, self.weight) = (own, ofSegment, weight)
        let count = own.count
        let mean = (count * own.moments.mean + weight * ofSegment.mean) / (count + weight)
        spread = own.moments.variance(about: mean)
        let ofAll = ofSegment.deviation * ofSegment.deviation
        let variance = (count * spread + weight * ofAll) / (count + weight)
        let deviation = max(1, variance.squareRoot())
        habit = DelayModel.Habit(mean: mean, deviation: deviation, ownInvoices: count)
    }

    /// How far a delay strays.
    func stray(_ delay: Double) -> Double { (delay - habit.mean) / habit.deviation }

    /// How far one of the customer's own strays from what would be expected without it.
    func strayUnseen(_ delay: Double) -> Double {
        let others = own.count - 1 + weight
        let sum = own.count * own.moments.mean - delay + weight * ofSegment.mean
        let distance = (delay - habit.mean) * (delay - habit.mean)
        let ofAll = ofSegment.deviation * ofSegment.deviation
        let rest = max(0, own.count * spread - distance) + weight * ofAll
        return (delay - sum / others) / max(1, (rest / others).squareRoot())
    }
}
