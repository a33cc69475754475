// SPDX-License-Identifier: Apache-2.0

// A book by chance.

import Collection
import CreditFacts
import Quantities

struct BookByChance {
    static let asOf = CalendarDate(dayNumber: 20_420) ?? .first

    private(set) var customers: [CollectionCustomer] = []
    private(set) var open: [LedgerInvoice] = []
    private(set) var paid: [LedgerInvoice] = []
    private var state: UInt64 = 1

    init(open openCount: Int, paid paidCount: Int, customers count: Int) {
        customers = (0..<count).map { number in
            var customer = CollectionCustomer(key: "C\(number)", name: "Customer \(number)")
            customer.probability = Double(number % 100) / 500
            return customer
        }
        for number in 0..<openCount { open.append(invoice(number, count, isPaid: false)) }
        for number in 0..<paidCount { paid.append(invoice(number, count, isPaid: true)) }
    }

    private mutating func chance(_ count: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(count))
    }

    private mutating func invoice(_ number: Int, _ count: Int, isPaid: Bool) -> LedgerInvoice {
        let party = chance(count)
        let issued = Self.asOf.adding(days: isPaid ? -60 - chance(600) : -chance(120))
        var invoice = LedgerInvoice(
            party: Int32(party),
            reference: "FA2025-\(number)",
            issued: issued,
            due: issued?.adding(days: 30),
            cents: Int64(1 + chance(500_000)),
            source: PaperReference(paper: 0, line: Int32(number))
        )
        let part = isPaid ? invoice.cents : invoice.cents / 3
        guard isPaid || number % 5 == 0, let due = invoice.due else { return invoice }
        let day = due.adding(days: party % 25 - 5 + chance(20)) ?? due
        invoice.payments.append(InvoicePayment(date: min(day, Self.asOf), cents: part))
        invoice.open -= part
        return invoice
    }
}
