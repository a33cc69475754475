// SPDX-License-Identifier: Apache-2.0

// What customers owe, added up: held against a look at every invoice on every day.

import Collection
import CreditFacts
import Quantities
import TestRandomness
import Testing
import VigieLimits

@Suite struct ReceivablesTests {
    private let asOf = day("2026-06-30")

    /// A customer's invoices, of which some are paid, paid back, late or without a date.
    private func book(_ random: inout SeededGenerator) -> CollectionBook {
        let customers = (0..<3).map { CollectionCustomer(key: "\($0)", name: "C\($0)") }
        let invoices = (0..<random.upTo(40)).map { place -> LedgerInvoice in
            func back(_ most: Int) -> CalendarDate { asOf.adding(days: -random.upTo(most)) ?? asOf }
            let issued = back(200)
            var one = LedgerInvoice(
                party: Int32(random.upTo(3) - 1),
                reference: "F\(place)",
                issued: random.once(in: 12) ? nil : issued,
                due: random.once(in: 9) ? nil : issued.adding(days: random.upTo(70)),
                cents: Int64(1 + random.upTo(900)) * 100,
                source: PaperReference(paper: 0, line: 1)
            )
            if random.once(in: 7) { one.currency = Currency("USD") }
            for _ in 0..<random.upTo(3) {
                let cents = min(one.open, Int64(random.upTo(500)) * 100)
                var payment = InvoicePayment(
                    date: issued.adding(days: random.upTo(190)) ?? issued,
                    cents: cents
                )
                if random.once(in: 5) { payment.returned = payment.date.adding(days: 6) }
                if payment.returned == nil { one.open -= cents }
                one.payments.append(payment)
            }
            return one
        }
        return CollectionBook(customers: customers, invoices: invoices)
    }

    @Test(arguments: 0..<200)
    func daysAreThoseOfALookAtEachInvoice(seed: Int) throws {
        var random = SeededGenerator(seed: seed)
        let book = book(&random)
        let review = CollectionReview(book, try scenarios(), on: asOf)
        let back = CollectionLimits.receivablesDays
        let totals = review.receivables(daysBefore: back)
        #expect(totals.days.count == back + 1 && totals.days.last?.day == asOf)
        let own = book.invoices.filter { $0.currency == nil }
        for told in totals.days {
            let open = own.map { max(0, $0.open(on: told.day)) }
            let late = zip(own, open).filter { one, _ in one.due.map { $0 < told.day } == true }
            let sold = own.filter { one in
                one.issued.map { (0..<90).contains(told.day.days(since: $0)) } == true
            }
            #expect(told.open == open.reduce(0, +), "\(told.day)")
            #expect(told.overdue == late.reduce(0) { $0 + $1.1 }, "\(told.day)")
            #expect(told.invoiced == sold.reduce(0) { $0 + $1.cents }, "\(told.day)")
        }
        let last = try #require(totals.days.last)
        #expect(totals.cents.reduce(0, +) == last.open)
        #expect(totals.cents[1...4].reduce(0, +) == last.overdue)
        #expect(totals.centsOfCustomers.reduce(0, +) == last.open)
        let strange = book.invoices.filter { $0.currency != nil && $0.open(on: asOf) > 0 }
        #expect(totals.strangeCount == strange.count)
        for age in 0..<ReceivablesTotals.ageCount {
            let owing = (0..<3).filter { totals.centsOfCustomers[$0 * 6 + age] > 0 }
            #expect(totals.customers[age] == owing.count)
        }
    }

    @Test func daysOfSalesAreThoseOfNinetyDays() throws {
        let one = invoice("F1", 90_000, due: "2026-07-31", issued: "2026-06-01")
        let book = CollectionBook(
            customers: [CollectionCustomer(key: "0", name: "C")],
            invoices: [one]
        )
        let days = CollectionReview(book, try scenarios(), on: asOf).receivables(daysBefore: 40)
            .days
        #expect(days.last?.daysSalesOutstanding == 90)
        #expect(days.first?.day == day("2026-05-21") && days.first?.daysSalesOutstanding == nil)
    }

    @Test func promisesThatRunOrWereNotKeptAreTold() throws {
        func promise(_ made: String, _ date: String) -> PaymentPromise {
            PaymentPromise(made: day(made), date: day(date), cents: nil, isVerifiable: true)
        }
        var broken = invoice("F1", 10_000, due: "2026-05-31")
        broken.promises = [promise("2026-06-02", "2026-06-10")]
        var running = invoice("F2", 10_000, due: "2026-05-31")
        running.promises = [
            promise("2026-06-02", "2026-06-05"), promise("2026-06-20", "2026-07-04"),
        ]
        var paid = invoice("F3", 10_000, due: "2026-05-31", paid: [("2026-06-12", 10_000)])
        paid.promises = [promise("2026-06-02", "2026-06-05")]
        let book = CollectionBook(
            customers: [CollectionCustomer(key: "0", name: "C")],
            invoices: [running, broken, paid]
        )
        let told = CollectionReview(book, try scenarios(), on: asOf).openPromises
        #expect(told.map(\.invoice) == ["F1", "F2"])
        #expect(told.map(\.outcome) == [.broken, .running])
    }
}
