// SPDX-License-Identifier: Apache-2.0

// One invoice, looked at on a day. Gates come in the order in which they hold a person back: what
// the law forbids, what somebody decided, what the customer said, and only then the days.

internal import CreditFacts
internal import Quantities

/// How invoices are looked at.
struct InvoiceView {
    let book: CollectionBook
    let scenarios: [DunningScenario]
    let asOf: CalendarDate

    /// Looks at invoices in place, and adds each to the sums of its customer.
    func review(
        _ invoices: UnsafePointer<LedgerInvoice>,
        _ count: Int,
        _ standings: UnsafeMutablePointer<InvoiceStanding>,
        _ terms: UnsafeBufferPointer<CustomerTerms>,
        _ sums: UnsafeMutableBufferPointer<CustomerSums>,
        _ stray: inout Int
    ) {
        for place in 0..<count {
            let party = Int(invoices[place].party)
            guard party >= 0, party < terms.count else {
                let open = invoices[place].open(on: asOf)
                let none = InvoiceStanding(open: open, daysLate: 0, level: 0, gate: .held)
                (standings + place).initialize(to: none)
                stray += 1
                continue
            }
            let standing = standing(at: invoices + place, terms[party], party)
            (standings + place).initialize(to: standing)
            if standing.open == 0 { continue }
            if !invoices[place].promises.isEmpty { sums[party].hasPromises = true }
            guard let cents = book.converted(standing.open, invoices[place].currency) else {
                sums[party].hasUnknownRate = true
                sums[party].add(standing, 0, isFrozen: false)
                continue
            }
            let isFrozen = isFrozen(invoices + place, terms[party])
            sums[party].add(standing, cents, isFrozen: isFrozen)
        }
    }

    /// Whether it arose before proceedings were opened. What has lost its date may have: to ask for
    /// it would be against the law.
    @inline(__always)
    private func isFrozen(_ place: UnsafePointer<LedgerInvoice>, _ terms: CustomerTerms) -> Bool {
        guard terms.frozenBefore != .min else { return false }
        return place.pointee.issued.map { $0.dayNumber < terms.frozenBefore } ?? true
    }

    @inline(__always)
    private func standing(
        at place: UnsafePointer<LedgerInvoice>,
        _ terms: CustomerTerms,
        _ party: Int
    ) -> InvoiceStanding {
        let open = place.pointee.open(on: asOf)
        let days = place.pointee.due.map { Int32(truncatingIfNeeded: asOf.days(since: $0)) }
        var standing = InvoiceStanding(open: open, daysLate: days ?? 0, level: 0, gate: .paid)
        if open == 0 {
            if let issued = place.pointee.issued, issued > asOf { standing.gate = .notIssued }
            return standing
        }
        if open < 0 {
            standing.gate = .creditNote
            return standing
        }
        let record = terms.hasInvoiceRecords ? record(place, party) : nil
        if let gate = gate(place, terms, record, open) {
            standing.gate = gate
            return standing
        }
        guard let days else {
            standing.gate = .noDueDate
            return standing
        }
        guard days > 0 else {
            standing.gate = .notDue
            return standing
        }
        let scenario = scenarios[Int(terms.scenario)]
        let level =
            record?.override?.level.map { min($0, scenario.levels.count) }
            ?? scenario.level(ofDaysLate: Int(days))
        standing.level = UInt8(truncatingIfNeeded: level)
        standing.gate = level > 0 ? .dunned : .withinTolerance
        return standing
    }

    private func record(_ place: UnsafePointer<LedgerInvoice>, _ party: Int) -> InvoiceRecord? {
        book.customers[party].record.invoices[place.pointee.reference]
    }

    /// What keeps it from being asked for, whatever the days.
    @inline(__always)
    private func gate(
        _ place: UnsafePointer<LedgerInvoice>,
        _ terms: CustomerTerms,
        _ record: InvoiceRecord?,
        _ open: Int64
    ) -> InvoiceGate? {
        if isFrozen(place, terms) { return .frozen }
        if let record {
            if record.override?.holds(on: asOf) == true { return .held }
            if record.disputes.contains(where: { $0.isOpen(on: asOf) }) { return .disputed }
        }
        if !place.pointee.disputes.isEmpty, place.pointee.isDisputed(on: asOf) { return .disputed }
        if !place.pointee.promises.isEmpty || record?.promises.isEmpty == false {
            return isPromised(place.pointee, record?.promises ?? [], open) ? .promised : nil
        }
        return nil
    }

    /// Whether a promise that still runs is for all that is open. One of a part keeps nothing back:
    /// else a euro that is promised each week would.
    private func isPromised(
        _ invoice: LedgerInvoice,
        _ recorded: [PaymentPromise],
        _ open: Int64
    ) -> Bool {
        let history = PromiseHistory(of: invoice, recorded: recorded, on: asOf)
        guard let promise = history.running else { return false }
        return promise.cents.map { $0 >= open } ?? true
    }
}

extension InvoiceDispute {
    /// Whether it goes on, on a day.
    func isOpen(on date: CalendarDate) -> Bool {
        opened <= date && closed.map { date < $0 } ?? true
    }
}
