// SPDX-License-Identifier: Apache-2.0

// What forecasts are trained and judged on: invoices that were open on days of the past, what was
// known of them then, and when they were paid. Nothing that came later is in the figures.

package import CreditFacts
package import Quantities

/// An invoice that was open on a day.
package struct PaymentExample: Sendable {
    /// The day.
    package let asOf: CalendarDate
    /// The invoice's place in the ledger.
    package let place: Int
    /// Days from the due date to the day; negative before it.
    package let daysPastDue: Int
    /// Days from the day to the one on which it was paid; nil if it was not by the ledger's end.
    package let paidAfterDays: Int?
    /// Days from the day to the ledger's end.
    package let knownForDays: Int
    /// Days by which it is paid if its customer pays as on average.
    package let ownMeanDays: Double
    /// Days by which the forecast without training says that it is paid; NaN where it does not.
    package let usualDays: Double
    /// The figures, as ``PaymentFeatures`` names them.
    package let figures: [Double]
}

/// Examples of a ledger.
package struct PaymentExamples {
    private let invoices: [LedgerInvoice]
    private let segments: [Int32]
    /// The ledger's last day.
    private let end: CalendarDate

    /// Takes a ledger.
    ///
    /// - Parameters:
    ///   - segments: The segment of each customer.
    ///   - end: The last day that the ledger speaks of.
    package init(_ invoices: [LedgerInvoice], segments: [Int32], until end: CalendarDate) {
        (self.invoices, self.segments, self.end) = (invoices, segments, end)
    }

    /// The last day on which something happened to an invoice.
    package static func lastDay(_ invoices: [LedgerInvoice]) -> CalendarDate? {
        var last: CalendarDate?
        func note(_ day: CalendarDate) { last = max(last ?? day, day) }
        for invoice in invoices {
            if let issued = invoice.issued { note(issued) }
            for payment in invoice.payments { note(payment.returned ?? payment.date) }
        }
        return last
    }

    /// Tells the examples of a day, in the order of the ledger.
    package func examples(of day: CalendarDate, _ tell: (PaymentExample) throws -> Void) rethrows {
        guard day < end else { return }
        let model = DelayModel(invoices, segments: segments, on: day)
        let features = PaymentFeatures(invoices, model)
        let usual = model.forecasts(invoices)
        var next = 0
        for place in invoices.indices where features.covers(invoices[place]) {
            let invoice = invoices[place]
            guard let due = invoice.due else { continue }
            while next < usual.count, Int(usual[next].place) < place { next += 1 }
            let forecast = next < usual.count && Int(usual[next].place) == place ? usual[next] : nil
            var figures: [Double] = []
            features.append(invoice, to: &figures)
            try tell(
                PaymentExample(
                    asOf: day,
                    place: place,
                    daysPastDue: day.days(since: due),
                    paidAfterDays: invoice.settled(on: end).map { $0.days(since: day) },
                    knownForDays: end.days(since: day),
                    ownMeanDays: features.ownMeanDays(invoice),
                    usualDays: forecast?.expected.map { Double($0.days(since: day)) } ?? .nan,
                    figures: figures
                )
            )
        }
    }
}
