// SPDX-License-Identifier: Apache-2.0

// What a customer owes and how it pays, summed up. Sums are whole numbers: cents, and cents times
// days in 128 bits, so that nothing depends on the order of ten million invoices.

package import CreditFacts
package import Quantities

/// How long something is past due.
package enum AgingBucket: Int, Sendable, CaseIterable, Comparable {
    /// Not due yet.
    case notDue
    /// 1 to 30 days.
    case upTo30
    /// 31 to 60 days.
    case upTo60
    /// 61 to 90 days.
    case upTo90
    /// More than 90 days.
    case over90
    /// Its date is lost.
    case unknown

    /// Whether one comes before another in this list.
    package static func < (left: AgingBucket, right: AgingBucket) -> Bool {
        left.rawValue < right.rawValue
    }

    /// The bucket of days past due.
    package init(daysPastDue days: Int) {
        switch days {
        case ...0: self = .notDue
        case ...30: self = .upTo30
        case ...60: self = .upTo60
        case ...90: self = .upTo90
        default: self = .over90
        }
    }

    /// As it is written out.
    package var name: String {
        ["not_due", "1-30", "31-60", "61-90", ">90", "unknown"][rawValue]
    }
}

/// The time that payments are looked at in, and the day that what is open is looked at on.
package struct PaymentWindow: Sendable, Hashable {
    /// The first day.
    package let from: CalendarDate
    /// The last day: nothing later is known.
    package let asOf: CalendarDate
    /// The first day of the last months, which are compared with those before.
    package let recentFrom: CalendarDate
    /// Days after a promised one within which a payment still keeps the promise.
    let promiseGraceDays: Int

    /// The twelve months up to a day.
    package init(
        twelveMonthsTo asOf: CalendarDate,
        thresholds: PaymentThresholds = .standard
    ) {
        self.init(from: Self.first(ofMonths: 12, to: asOf), asOf: asOf, thresholds: thresholds)
    }

    /// From one day to another.
    package init(
        from: CalendarDate,
        asOf: CalendarDate,
        thresholds: PaymentThresholds = .standard
    ) {
        self.from = from
        self.asOf = asOf
        recentFrom = Self.first(ofMonths: thresholds.trendMonths, to: asOf)
        promiseGraceDays = thresholds.promiseGraceDays
    }

    private static func first(ofMonths months: Int, to day: CalendarDate) -> CalendarDate {
        day.adding(months: -months, endOfMonth: .kept)?.adding(days: 1) ?? .first
    }
}

/// Sums over invoices of one customer, or of all. A sum beyond 63 bits stays at its edge, and says
/// so.
package struct PartyTotals: Sendable, Equatable {
    // What a payment adds to lies together: those of many customers are in no cache.

    /// How many payments were made in the window.
    package private(set) var payments = 0
    /// What was paid in the window, in cents.
    package private(set) var paid: Int64 = 0
    private var paidDays: Int128 = 0
    /// What of it came more than 30 days after it was due.
    package private(set) var paidLateOver30: Int64 = 0
    /// The same more than 90 days after it was due.
    package private(set) var paidLateOver90: Int64 = 0
    private var recentPayments = 0
    private var recentPaid: Int64 = 0
    private var recentDays: Int128 = 0
    /// What was paid and given to what was due first, since nothing said what it was for, in cents.
    package private(set) var presumed: Int64 = 0
    /// How many invoices are open.
    package private(set) var openInvoices = 0
    private var openLate: Int64 = 0
    private var openLateDays: Int128 = 0
    /// What is open, in cents, by how long it is past due; a place for each bucket and two more.
    private var ages = SIMD8<Int64>()
    /// Open and booked as doubtful, in cents.
    package private(set) var doubtful: Int64 = 0
    /// Open and disputed, in cents: in what is open, and out of the days beyond terms.
    package private(set) var disputed: Int64 = 0
    /// How many payments the bank took back in the window.
    package private(set) var returnedPayments = 0
    /// How many promises of the window had their day pass without the payment.
    package private(set) var brokenPromises = 0
    /// Credit balances and credit notes that belong to no invoice, in cents: shown apart, and never
    /// netted.
    package private(set) var credits: Int64 = 0
    /// Whether some sum went beyond 63 bits, so that it is too small.
    package private(set) var isTooLarge = false

    /// Nothing yet.
    package init() {}

    @inline(__always)
    private mutating func sum(_ left: Int64, _ right: Int64) -> Int64 {
        let (sum, isOver) = left.addingReportingOverflow(right)
        if !isOver { return sum }
        isTooLarge = true
        return left < 0 ? .min : .max
    }

    /// Adds invoices, in place: one that is taken out of its array is four counts of references.
    ///
    /// - Returns: How many have a due date of which the source is known, and of how many that is
    ///   the legal term.
    package mutating func add(
        _ invoices: [LedgerInvoice],
        _ window: PaymentWindow
    ) -> (dated: Int, legal: Int) {
        var (dated, legal) = (0, 0)
        invoices.withUnsafeBufferPointer { invoices in
            guard let first = invoices.baseAddress else { return }
            for place in invoices.indices {
                add(at: first + place, window)
                guard let source = first[place].dueSource else { continue }
                dated += 1
                if source == .legal { legal += 1 }
            }
        }
        return (dated, legal)
    }

    /// Adds an invoice as it stands on the window's last day.
    package mutating func add(_ invoice: LedgerInvoice, _ window: PaymentWindow) {
        withUnsafePointer(to: invoice) { add(at: $0, window) }
    }

    /// Adds one where it lies: all of it as an argument would be a copy.
    mutating func add(at place: UnsafePointer<LedgerInvoice>, _ window: PaymentWindow) {
        if let issued = place.pointee.issued, issued > window.asOf { return }
        let (due, payments) = (place.pointee.due, place.pointee.payments)
        var open = place.pointee.open
        for number in 0..<payments.count {
            let payment = payments[number]
            if let returned = payment.returned {
                // It is open again; on a day before, it was paid.
                if payment.date <= window.asOf, returned > window.asOf {
                    open = sum(open, payment.cents == .min ? .max : -payment.cents)
                } else {
                    if returned >= window.from, returned <= window.asOf { returnedPayments += 1 }
                    continue
                }
            }
            if payment.date > window.asOf {
                open = sum(open, payment.cents)
            } else if payment.date >= window.from, let due {
                addPayment(payment, days: payment.date.days(since: due), window)
            }
        }
        let isDisputed =
            !place.pointee.disputes.isEmpty && place.pointee.isDisputed(on: window.asOf)
        if open > 0 { addOpen(open, due: due, isDisputed: isDisputed, window) }
        if place.pointee.isDoubtful { doubtful = sum(doubtful, open) }
        if !place.pointee.promises.isEmpty {
            brokenPromises += BrokenPromises.count(of: place.pointee, window)
        }
    }

    /// Adds money or a credit note that belongs to no invoice.
    package mutating func add(_ credit: UnallocatedCredit, _ window: PaymentWindow) {
        if credit.date <= window.asOf { credits = sum(credits, credit.cents) }
    }

    private mutating func addPayment(
        _ payment: InvoicePayment,
        days: Int,
        _ window: PaymentWindow
    ) {
        let cents = payment.cents
        payments += 1
        paid = sum(paid, cents)
        let centDays = Int128(cents) * Int128(days)
        paidDays &+= centDays
        if days > 30 { paidLateOver30 = sum(paidLateOver30, cents) }
        if days > 90 { paidLateOver90 = sum(paidLateOver90, cents) }
        if payment.isPresumed { presumed = sum(presumed, cents) }
        if payment.date >= window.recentFrom {
            recentPayments += 1
            recentPaid = sum(recentPaid, cents)
            recentDays &+= centDays
        }
    }

    private mutating func addOpen(
        _ cents: Int64,
        due: CalendarDate?,
        isDisputed: Bool,
        _ window: PaymentWindow
    ) {
        openInvoices += 1
        if isDisputed { disputed = sum(disputed, cents) }
        let days = due.map { window.asOf.days(since: $0) }
        let bucket = days.map(AgingBucket.init) ?? .unknown
        ages[bucket.rawValue] = sum(ages[bucket.rawValue], cents)
        guard let days, days > 0, !isDisputed else { return }
        openLate = sum(openLate, cents)
        openLateDays &+= Int128(cents) * Int128(days)
    }

    /// Adds the sums of another part.
    package mutating func add(_ other: PartyTotals) {
        openInvoices += other.openInvoices
        for age in ages.indices { ages[age] = sum(ages[age], other.ages[age]) }
        doubtful = sum(doubtful, other.doubtful)
        disputed = sum(disputed, other.disputed)
        payments += other.payments
        paid = sum(paid, other.paid)
        presumed = sum(presumed, other.presumed)
        paidLateOver30 = sum(paidLateOver30, other.paidLateOver30)
        paidLateOver90 = sum(paidLateOver90, other.paidLateOver90)
        returnedPayments += other.returnedPayments
        brokenPromises += other.brokenPromises
        credits = sum(credits, other.credits)
        paidDays &+= other.paidDays
        openLate = sum(openLate, other.openLate)
        openLateDays &+= other.openLateDays
        recentPayments += other.recentPayments
        recentPaid = sum(recentPaid, other.recentPaid)
        recentDays &+= other.recentDays
        isTooLarge = isTooLarge || other.isTooLarge
    }

    // MARK: Figures

    /// What is open, in cents, by how long it is past due.
    package var openByAge: [Int64] { AgingBucket.allCases.map { ages[$0.rawValue] } }

    /// What is open, in cents.
    package var open: Int64 { sum(of: .notDue ... .unknown) }

    /// What is open and not due yet, in cents.
    package var notDue: Int64 { ages[AgingBucket.notDue.rawValue] }

    /// What is open and past due, in cents; what has no date is neither.
    package var pastDue: Int64 { sum(of: .upTo30 ... .over90) }

    /// What is open in some buckets, none of which is negative; at most what 63 bits hold.
    private func sum(of buckets: ClosedRange<AgingBucket>) -> Int64 {
        var sum: Int64 = 0
        for age in buckets.lowerBound.rawValue...buckets.upperBound.rawValue {
            let (next, isOver) = sum.addingReportingOverflow(ages[age])
            sum = isOver ? .max : next
        }
        return sum
    }

    /// Mean days beyond terms of what was paid in the window, weighted by amount; nil for nothing.
    package var daysBeyondTermsPaid: Double? { quotient(paidDays, Int128(paid)) }

    /// The same with what is open and late, as if it were paid on the last day.
    package var daysBeyondTerms: Double? {
        quotient(paidDays &+ openLateDays, Int128(paid) + Int128(openLate))
    }

    /// Which part of what was paid came more than 30 days late.
    package var shareLateOver30: Double? { paid > 0 ? Double(paidLateOver30) / Double(paid) : nil }

    /// Which part of what was paid came more than 90 days late.
    package var shareLateOver90: Double? { paid > 0 ? Double(paidLateOver90) / Double(paid) : nil }

    /// The payment index of these days; nil with fewer payments than make an experience.
    package func index(_ thresholds: PaymentThresholds = .standard) -> Double? {
        guard payments >= thresholds.experiencePaymentsMin, let days = daysBeyondTerms else {
            return nil
        }
        return PaymentIndex.index(daysBeyondTerms: days)
    }

    /// Mean days beyond terms of what was paid in the last months, less those of the months before:
    /// positive for a customer that pays later than it did. Nil with too few payments in either.
    package func daysTrend(_ thresholds: PaymentThresholds = .standard) -> Double? {
        guard recentPayments >= thresholds.trendPaymentsMin,
            payments - recentPayments >= thresholds.trendPaymentsMin,
            let recent = quotient(recentDays, Int128(recentPaid)),
            let before = quotient(
                paidDays &- recentDays,
                Int128(paid) - Int128(recentPaid)
            )
        else { return nil }
        return recent - before
    }

    private func quotient(_ days: Int128, _ cents: Int128) -> Double? {
        cents > 0 ? Self.double(days) / Self.double(cents) : nil
    }

    /// The nearest float64. What fits into 64 bits, as nearly all does, is converted by one
    /// instruction and not by generic code.
    @inline(__always)
    private static func double(_ sum: Int128) -> Double {
        let low = Int64(truncatingIfNeeded: sum)
        return Int128(low) == sum ? Double(low) : Double(sum)
    }
}
