// SPDX-License-Identifier: Apache-2.0

// The next best action: what cannot be made up for later comes first, then what a customer said and
// did not do, then what is at risk, then what the scenario says.

internal import CreditFacts
internal import Quantities

extension CollectionReview {
    /// What to do about a customer.
    func action(
        of customer: Int,
        _ entry: WorklistEntry,
        _ scenario: DunningScenario
    ) -> NextAction {
        if let claim = claimAction(of: customer) { return claim }
        switch entry.gate {
        case .held(_, let until): return until.map { .wait(until: $0) } ?? .none
        case .promised(let until): return .wait(until: until)
        case .creditBalance(let cents): return cents > 0 ? .allocate(cents) : .none
        case .belowMinimum: return .none
        case .noneDue: return blockedAction(of: customer)
        case .waiting(_, let next): return brokenPromise(of: customer) ?? .wait(until: next)
        case nil: break
        }
        if let broken = brokenPromise(of: customer) { return broken }
        if entry.valueAtRisk >= scenario.callFromCents { return .callAboutValue(entry.valueAtRisk) }
        return .dun(scenario.levels[entry.level - 1].channel)
    }

    private func claimAction(of customer: Int) -> NextAction? {
        let party = book.customers[customer]
        guard let proceedings = party.proceedings, !party.isClaimDeclared,
            sums[customer].frozen > 0, let deadline = proceedings.deadline
        else { return nil }
        if asOf <= deadline { return .declareClaim(by: deadline) }
        guard let relief = proceedings.reliefDeadline, asOf <= relief else { return nil }
        return .askForRelief(deadline: deadline)
    }

    /// The last promise of the customer, or of one of its open invoices, if it was not kept.
    private func brokenPromise(of customer: Int) -> NextAction? {
        var broken = promises(of: customer)?.brokenLast
        let records = book.customers[customer].record.invoices
        if sums[customer].hasPromises || !records.isEmpty {
            for place in invoices(of: customer) where standings[Int(place)].open > 0 {
                let invoice = book.invoices[Int(place)]
                let recorded = records[invoice.reference]?.promises ?? []
                let history = PromiseHistory(of: invoice, recorded: recorded, on: asOf)
                guard let last = history.brokenLast else { continue }
                if broken.map({ $0.date < last.date }) ?? true { broken = last }
            }
        }
        return broken.map { .callAboutPromise(date: $0.date, cents: $0.cents) }
    }

    /// What to do where everything that is open is kept back.
    private func blockedAction(of customer: Int) -> NextAction {
        let owed = sums[customer]
        if owed.disputed > 0, let since = firstDispute(of: customer) {
            return .settleDispute(since: since)
        }
        if owed.promised > 0, let until = firstPromise(of: customer) { return .wait(until: until) }
        return owed.undated > 0 ? .completeDates : .none
    }

    private func firstDispute(of customer: Int) -> CalendarDate? {
        invoices(of: customer).compactMap { place in
            standings[Int(place)].gate == .disputed ? dispute(of: Int(place))?.opened : nil
        }.min()
    }

    private func firstPromise(of customer: Int) -> CalendarDate? {
        invoices(of: customer).compactMap { place in
            standings[Int(place)].gate == .promised ? promise(of: Int(place))?.date : nil
        }.min()
    }

    /// The dispute of an invoice that goes on.
    func dispute(of place: Int) -> InvoiceDispute? {
        let invoice = book.invoices[place]
        return (invoice.disputes + (record(of: invoice)?.disputes ?? []))
            .first { $0.isOpen(on: asOf) }
    }

    /// The promise about an invoice that still runs.
    func promise(of place: Int) -> PaymentPromise? {
        let invoice = book.invoices[place]
        let recorded = record(of: invoice)?.promises ?? []
        return PromiseHistory(of: invoice, recorded: recorded, on: asOf).running
    }

    func record(of invoice: LedgerInvoice) -> InvoiceRecord? {
        let party = Int(invoice.party)
        guard book.customers.indices.contains(party) else { return nil }
        return book.customers[party].record.invoices[invoice.reference]
    }
}
