// SPDX-License-Identifier: Apache-2.0

// Case 21: an average that leaves out what is still open, or that knows when it was paid in the
// end, is wrong both ways.

import CreditFacts
import PaymentForecast
import Quantities
import Testing

@Suite struct AsOfTests {
    private let asOf = CalendarDate(dayNumber: 20_600) ?? .first

    /// Invoices by days from the day: when due, and when paid; nil for never.
    private func ledger(_ terms: [(due: Int, paid: Int?)], party: Int32 = 0) -> [LedgerInvoice] {
        terms.map { due, paid in
            var invoice = LedgerInvoice(
                party: party,
                reference: "F",
                issued: asOf.adding(days: due - 30),
                due: asOf.adding(days: due),
                cents: 1_000,
                source: PaperReference(paper: 0, line: 1)
            )
            if let paid, let date = asOf.adding(days: paid) {
                invoice.payments.append(InvoicePayment(date: date, cents: 1_000))
                invoice.open = 0
            }
            return invoice
        }
    }

    private func mean(_ invoices: [LedgerInvoice], on date: CalendarDate? = nil) -> Double {
        var settings = DelayModelSettings()
        // So that only the customer's own history counts.
        settings.segmentWeight = 1e-6
        let model = DelayModel(invoices, segments: [0], on: date ?? asOf, settings: settings)
        return model.habit(of: 0).mean
    }

    @Test func whatIsOpenAndLateCounts() {
        let paid = (1...10).map { (due: -100 - 10 * $0, paid: Int?(-95 - 10 * $0)) }
        #expect(abs(mean(ledger(paid)) - 5) < 1e-3)
        let late = [(due: -60, paid: Int?.none), (due: -50, paid: nil)]
        let mixed = mean(ledger(paid + late))
        // Ten of five days, and two that are late by 60 and 50 so far: 13.3 at least.
        #expect(mixed > 12.3, "\\(mixed)")
        // What is not due yet, or late by less than usual, says nothing.
        let young = [(due: 20, paid: Int?.none), (due: -4, paid: nil)]
        #expect(abs(mean(ledger(paid + young)) - 5) < 0.5)
    }

    @Test func whoNeverPaidIsNotAsGoodAsOthers() {
        let good = (1...30).map { (due: -100 - 10 * $0, paid: Int?(-100 - 10 * $0)) }
        let bad = (0...3).map { (due: -80 - $0, paid: Int?.none) }
        let invoices = ledger(good) + ledger(bad, party: 1)
        let model = DelayModel(invoices, segments: [0, 0], on: asOf)
        #expect(model.habit(of: 1).mean > 20 + model.habit(of: 0).mean)
        #expect(model.habit(of: 1).ownInvoices > 2)
    }

    @Test func nothingOfTheFutureIsUsed() {
        for seed in 0..<4 {
            let law = KnownLaw(seed: seed, customers: 40)
            let models = [law.invoices, law.known].map {
                DelayModel($0, segments: law.segments, on: KnownLaw.asOf)
            }
            for customer in law.segments.indices {
                #expect(models[0].habit(of: customer) == models[1].habit(of: customer))
            }
            let forecasts = [models[0].forecasts(law.invoices), models[1].forecasts(law.known)]
            #expect(forecasts[0].map(\.lateOver) == forecasts[1].map(\.lateOver))
            #expect(forecasts[0].map(\.latest) == forecasts[1].map(\.latest))
        }
    }

    /// What is late does not begin anew.
    @Test func openInvoicesAreConditionedOnBeingOpen() throws {
        let law = KnownLaw(seed: 3, customers: 40)
        let model = DelayModel(law.invoices, segments: law.segments, on: KnownLaw.asOf)
        func forecast(_ daysLate: Int) throws -> InvoiceForecast {
            let due = KnownLaw.asOf.adding(days: -daysLate)
            let invoice = LedgerInvoice(
                party: 0,
                reference: "F",
                issued: due?.adding(days: -30),
                due: due,
                cents: 100,
                source: PaperReference(paper: 0, line: 1)
            )
            return try #require(model.forecasts([invoice]).first)
        }
        var last = 0.0
        for days in [-20, 0, 5, 10, 20, 29] {
            let found = try forecast(days)
            #expect(found.lateOver[0] == 1 || days < 0)
            #expect(found.lateOver[1] >= last, "the longer it is open, the later it comes")
            last = found.lateOver[1]
            #expect(found.earliest.map { $0 > KnownLaw.asOf } ?? true)
            for late in 1..<4 { #expect(found.lateOver[late] <= found.lateOver[late - 1]) }
        }
    }

    @Test func nastyLedgersHaveAnAnswerOrNone() {
        #expect(DelayModel([], segments: [], on: asOf).forecasts(ledger([(5, nil)])).count == 1)
        var strange = ledger([(0, nil), (-3_000, nil), (700_000, nil), (10, -400), (-500, nil)])
        strange[0].party = -7
        strange[1].party = 99
        strange[2].issued = nil
        strange.append(strange[4])
        strange[5].due = nil
        strange.append(strange[4])
        strange[6].disputes = [InvoiceDispute(opened: .first)]
        for date in [asOf, .first, .last] {
            let model = DelayModel(strange, segments: [0, -4, 2], on: date)
            for forecast in model.forecasts(strange) {
                for late in 0..<4 { #expect((0...1).contains(forecast.lateOver[late])) }
            }
            let cash = model.cash(strange, weeks: 1_000_000)
            #expect(cash.weeks.count <= 53 && !cash.later.isNaN)
            #expect(model.cash(strange, weeks: -1).weeks.isEmpty)
        }
        let none = DelayModel(strange, segments: [0], on: asOf)
            .forecasts(strange) { _ in false }
        #expect(none.isEmpty)
    }
}
