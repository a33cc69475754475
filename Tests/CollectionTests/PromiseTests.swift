// SPDX-License-Identifier: Apache-2.0

// What became of promises, held against the count that figures of customers have.

import Collection
import CreditFacts
import PaymentBehaviour
import Quantities
import TestRandomness
import Testing

@Suite struct PromiseTests {
    private func promise(_ made: String, _ date: String, _ cents: Int64? = nil) -> PaymentPromise {
        PaymentPromise(made: day(made), date: day(date), cents: cents, isVerifiable: true)
    }

    @Test func areKeptOrBrokenOrKeptInPart() {
        var one = invoice("F1", 10_000, due: "2026-01-31", paid: [("2026-02-10", 4_000)])
        one.promises = [promise("2026-02-01", "2026-02-15")]
        func outcome(_ asOf: String) -> [PromiseOutcome] {
            PromiseHistory(of: one, on: day(asOf)).outcomes
        }
        #expect(outcome("2026-01-31") == [])
        #expect(outcome("2026-02-15") == [.running])
        #expect(outcome("2026-02-16") == [.partly(4_000)])
        one.promises[0].cents = 4_000
        #expect(outcome("2026-02-09") == [.running] && outcome("2026-02-10") == [.kept])
        one.payments[0].returned = day("2026-02-12")
        #expect(outcome("2026-02-11") == [.kept] && outcome("2026-02-16") == [.broken])
        one.promises[0].isVerifiable = false
        #expect(outcome("2026-02-16") == [.notKnown])
        one.promises.append(promise("2026-02-14", "2026-03-01"))
        #expect(outcome("2026-02-16") == [.putOff, .running])
        let put = day("2026-03-01")
        #expect(PromiseHistory(of: one, on: day("2026-02-16")).running?.date == put)
        #expect(PromiseHistory(of: one, on: day("2026-03-02")).brokenLast?.date == put)
    }

    @Test func whatCameLateIsNoReasonToCallAnyMore() {
        var one = invoice("F1", 10_000, due: "2026-01-31", paid: [("2026-02-20", 3_000)])
        one.promises = [promise("2026-02-01", "2026-02-15", 3_000)]
        func history(_ asOf: String) -> PromiseHistory { PromiseHistory(of: one, on: day(asOf)) }
        #expect(history("2026-02-19").brokenLast != nil)
        #expect(history("2026-02-20").outcomes == [.broken])
        #expect(history("2026-02-20").brokenLast == nil)
        one.payments[0].returned = day("2026-02-25")
        #expect(history("2026-02-24").brokenLast == nil && history("2026-02-25").brokenLast != nil)
    }

    @Test func theLastPromiseIsTheOneMadeLast() {
        var one = invoice("F1", 10_000, due: "2026-01-31")
        // Of a paper, after one that the team recorded: it puts that one off.
        one.promises = [promise("2026-02-10", "2026-03-01")]
        let recorded = [promise("2026-02-01", "2026-02-15")]
        let history = PromiseHistory(of: one, recorded: recorded, on: day("2026-02-20"))
        #expect(history.outcomes == [.putOff, .running] && history.brokenLast == nil)
        #expect(history.running?.date == day("2026-03-01"))
    }

    @Test(arguments: 0..<300)
    func brokenOnesAreThoseOfTheFigures(seed: Int) {
        var random = SeededGenerator(seed: seed)
        let first = day("2026-01-01")
        func later() -> CalendarDate { first.adding(days: random.upTo(90)) ?? first }
        var one = invoice("F1", 10_000, due: "2026-01-10", issued: "2026-01-01")
        let payments = (0..<Int.random(in: 0..<4, using: &random)).map { _ in later() }.sorted()
        for date in payments {
            var payment = InvoicePayment(date: date, cents: Int64(random.upTo(40)) * 100)
            if random.once(in: 5) { payment.returned = date.adding(days: 7) }
            one.payments.append(payment)
            if payment.returned == nil { one.open -= payment.cents }
        }
        let made = (0..<random.upTo(4)).map { _ in later() }.sorted()
        one.promises = made.map { made in
            PaymentPromise(
                made: made,
                date: made.adding(days: random.upTo(20)) ?? made,
                cents: random.once(in: 2) ? nil : Int64(random.upTo(50)) * 100,
                isVerifiable: !random.once(in: 6)
            )
        }
        for _ in 0..<10 {
            let asOf = later()
            var totals = PartyTotals()
            totals.add(one, PaymentWindow(from: .first, asOf: asOf))
            let history = PromiseHistory(of: one, on: asOf)
            let broken = history.outcomes.filter { outcome in
                if case .partly = outcome { return true }
                return outcome == .broken
            }
            #expect(broken.count == totals.brokenPromises, "\(asOf) \(one)")
        }
    }
}
