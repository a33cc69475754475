// SPDX-License-Identifier: Apache-2.0

// Whom to call this morning: by what is lost if a customer fails, and not by the age of what it
// owes.

internal import CreditFacts
internal import Quantities

extension CollectionReview {
    /// The worklist of the day.
    package var worklist: Worklist {
        var list = Worklist()
        for customer in book.customers.indices {
            guard sums[customer].open > 0 || sums[customer].credits > 0 else { continue }
            let entry = entry(of: customer)
            if entry.isWork { list.entries.append(entry) } else { list.others.append(entry) }
        }
        list.entries.sort { left, right in
            (right.valueAtRisk, right.amountDue, left.customer)
                < (left.valueAtRisk, left.amountDue, right.customer)
        }
        let rank = list.others.map { entry in
            (entry.action.deadline?.dayNumber ?? .max, -max(0, sums[entry.customer].open))
        }
        list.others = list.others.indices.sorted {
            (rank[$0].0, rank[$0].1, $0) < (rank[$1].0, rank[$1].1, $1)
        }.map { list.others[$0] }
        return list
    }

    /// How a customer stands.
    package func entry(of customer: Int) -> WorklistEntry {
        let (party, owed) = (book.customers[customer], sums[customer])
        let scenario = scenario(of: customer)
        let due = owed.due.adding(cents: 0 &- owed.credits)
        let known = party.probability.flatMap { (0...1).contains($0) ? $0 : nil }
        let probability = known ?? scenarios.assumedProbability
        let exposed = max(0, due.adding(cents: 0 &- max(0, party.coverCents)))
        var entry = WorklistEntry(
            customer: customer,
            level: letterLevel(of: customer, scenario),
            levelOfDays: Int(owed.level),
            amountDue: due,
            probability: probability,
            isProbabilityAssumed: known == nil,
            valueAtRisk: Int64(exactly: (Double(exposed) * probability).rounded()) ?? .max,
            gate: nil,
            action: .none
        )
        entry.gate = gate(of: customer, entry, scenario)
        entry.action = action(of: customer, entry, scenario)
        return entry
    }

    /// The level of the customer's letter: the highest of its invoices, unless somebody set another
    /// or the scenario goes up step by step.
    private func letterLevel(of customer: Int, _ scenario: DunningScenario) -> Int {
        let level = Int(sums[customer].level)
        let record = book.customers[customer].record
        if level > 0, let set = record.override?.level { return min(set, scenario.levels.count) }
        guard scenario.isStepwise else { return level }
        let last = record.lastLetter.flatMap { $0.scenario == scenario.name ? $0.level : nil } ?? 0
        return min(level, last + 1)
    }

    private func gate(
        of customer: Int,
        _ entry: WorklistEntry,
        _ scenario: DunningScenario
    ) -> CustomerGate? {
        let record = book.customers[customer].record
        if let override = record.override, override.holds(on: asOf) {
            guard case .hold(let until) = override.kind else { return nil }
            return .held(by: override.person, until: until)
        }
        guard sums[customer].due > 0 || sums[customer].hasUnknownRate else {
            return sums[customer].open == 0 ? .creditBalance(sums[customer].credits) : .noneDue
        }
        if entry.amountDue <= 0, !sums[customer].hasUnknownRate {
            return .creditBalance(0 &- max(entry.amountDue, -.max))
        }
        guard entry.level > 0 else { return .noneDue }
        if let promise = promises(of: customer)?.running,
            promise.cents.map({ $0 >= entry.amountDue }) ?? true
        {
            return .promised(until: promise.date)
        }
        if entry.amountDue < scenario.minimumCents, !sums[customer].hasUnknownRate {
            return .belowMinimum
        }
        return waiting(record.lastLetter, scenario)
    }

    /// Whether the last letter is too young for another one. A letter of another scenario is: after
    /// a change of segment the days count from its day too.
    private func waiting(_ last: SentLetter?, _ scenario: DunningScenario) -> CustomerGate? {
        guard let last, last.level > 0, !scenario.levels.isEmpty else { return nil }
        let level = scenario.levels[min(last.level, scenario.levels.count) - 1]
        guard let next = last.day.adding(days: level.waitDays), asOf < next, asOf >= last.day else {
            return nil
        }
        return .waiting(last, next: next)
    }

    /// The promises of a customer about all that is open; nil if there are none. One of all is one
    /// of what was open when it was made.
    package func promises(of customer: Int) -> PromiseHistory? {
        let record = book.customers[customer].record
        guard !record.promises.isEmpty else { return nil }
        let invoices = invoices(of: customer).map { book.invoices[Int($0)] }
        var paid: InvoicePayments = []
        for invoice in invoices {
            for var payment in invoice.payments where payment.date <= asOf {
                payment.cents = book.converted(payment.cents, invoice.currency) ?? 0
                paid.append(payment)
            }
        }
        for place in credits(of: customer) {
            let credit = book.credits[Int(place)]
            guard credit.isPayment, credit.date <= asOf else { continue }
            let cents = book.converted(credit.cents, credit.currency) ?? 0
            paid.append(InvoicePayment(date: credit.date, cents: cents))
        }
        let promises = record.promises.map { promise -> PaymentPromise in
            guard promise.cents == nil else { return promise }
            var whole = promise
            whole.cents = invoices.reduce(0) { sum, invoice in
                let open = max(0, invoice.open(on: promise.made))
                return sum.adding(cents: book.converted(open, invoice.currency) ?? 0)
            }
            return whole
        }
        return PromiseHistory(promises, paid: paid, owed: .max, on: asOf)
    }
}

extension WorklistEntry {
    /// Whether somebody has to do something about it today.
    fileprivate var isWork: Bool {
        if gate == nil { return true }
        if case .callAboutPromise = action { return true }
        return false
    }
}

extension NextAction {
    fileprivate var deadline: CalendarDate? {
        switch self {
        case .declareClaim(let day), .askForRelief(let day): day
        default: nil
        }
    }
}
