// SPDX-License-Identifier: Apache-2.0

// What is open on a day, invoice by invoice and customer by customer: one pass over the book.
//
// Cost: an invoice is some 200 bytes that are read once, what is kept of it 16 bytes, and what its
// customer needs three lines of memory, in no order. Measured by collection-bench on a busy
// machine: 200 ns an invoice, a million in 0.2 s of one core. Promises and what people recorded of
// single invoices are looked up only where there are any.

internal import CreditFacts
package import Quantities

/// A book as it stands on a day.
package struct CollectionReview: Sendable {
    /// What is looked at.
    package let book: CollectionBook
    /// How customers are reminded.
    package let scenarios: DunningScenarios
    /// The day; nothing later is known.
    package let asOf: CalendarDate
    /// How each invoice stands, in the order of the book.
    package let standings: [InvoiceStanding]
    /// What each customer owes, in the order of the book.
    package let sums: [CustomerSums]
    /// Invoices and credits whose customer is none of the book; they are in no sum.
    package let strayCount: Int
    private let invoicePlaces: PlacesByParty
    private let creditPlaces: PlacesByParty

    /// Looks at a book.
    package init(_ book: CollectionBook, _ scenarios: DunningScenarios, on asOf: CalendarDate) {
        (self.book, self.scenarios, self.asOf) = (book, scenarios, asOf)
        let terms = book.customers.map { customer in
            CustomerTerms(
                scenario: Int32(scenarios.place(ofSegment: customer.segment)),
                frozenBefore: customer.proceedings?.frozenBefore.dayNumber ?? .min,
                hasInvoiceRecords: !customer.record.invoices.isEmpty
            )
        }
        var sums = [CustomerSums](repeating: CustomerSums(), count: terms.count)
        var stray = 0
        let view = InvoiceView(book: book, scenarios: scenarios.scenarios, asOf: asOf)
        standings = book.invoices.withUnsafeBufferPointer { invoices in
            [InvoiceStanding](unsafeUninitializedCapacity: invoices.count) { standings, count in
                count = invoices.count
                guard let first = invoices.baseAddress, let out = standings.baseAddress else {
                    return
                }
                sums.withUnsafeMutableBufferPointer { sums in
                    terms.withUnsafeBufferPointer { terms in
                        view.review(first, invoices.count, out, terms, sums, &stray)
                    }
                }
            }
        }
        Self.add(book, asOf, terms, &sums, &stray)
        (self.sums, strayCount) = (sums, stray)
        invoicePlaces = book.invoices.withUnsafeBufferPointer { invoices in
            PlacesByParty(invoices.count, parties: terms.count) { invoices[$0].party }
        }
        creditPlaces = book.credits.withUnsafeBufferPointer { credits in
            PlacesByParty(credits.count, parties: terms.count) { credits[$0].party }
        }
    }

    /// Money and credit notes that belong to no invoice.
    private static func add(
        _ book: CollectionBook,
        _ asOf: CalendarDate,
        _ terms: [CustomerTerms],
        _ sums: inout [CustomerSums],
        _ stray: inout Int
    ) {
        for credit in book.credits where credit.date <= asOf {
            guard terms.indices.contains(Int(credit.party)) else {
                stray += 1
                continue
            }
            let party = Int(credit.party)
            guard let cents = book.converted(credit.cents, credit.currency) else {
                sums[party].hasUnknownRate = true
                continue
            }
            let isFrozen = credit.date.dayNumber < terms[party].frozenBefore
            sums[party].add(credit: cents, isFrozen: isFrozen)
        }
    }

    /// The places of a customer's invoices in the book.
    package func invoices(of customer: Int) -> ArraySlice<Int32> { invoicePlaces[customer] }

    /// The places of a customer's credits in the book.
    package func credits(of customer: Int) -> ArraySlice<Int32> { creditPlaces[customer] }

    /// The scenario of a customer.
    package func scenario(of customer: Int) -> DunningScenario {
        scenarios.scenarios[scenarios.place(ofSegment: book.customers[customer].segment)]
    }
}
