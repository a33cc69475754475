// SPDX-License-Identifier: Apache-2.0

// What trained forecasts look at.

import CreditFacts
import PaymentForecast
import Quantities
import Testing

@Suite struct PaymentFeaturesTests {
    private func rows(_ invoices: [LedgerInvoice], _ segments: [Int32]) -> [String: [Double]] {
        let model = DelayModel(invoices, segments: segments, on: KnownLaw.asOf)
        let features = PaymentFeatures(invoices, model)
        var rows: [String: [Double]] = [:]
        for invoice in invoices where features.covers(invoice) {
            var row: [Double] = []
            features.append(invoice, to: &row)
            rows[invoice.reference] = row + [features.ownMeanDays(invoice)]
        }
        return rows
    }

    /// What a ledger knows of later is in no figure.
    @Test func nothingOfTheFutureIsSeen() {
        let law = KnownLaw(seed: 3, customers: 90)
        let (later, then) = (rows(law.invoices, law.segments), rows(law.known, law.segments))
        #expect(then.count > 50 && later.count == then.count)
        for (reference, row) in then {
            #expect(row.count == PaymentFeatures.names.count + 1)
            let other = later[reference] ?? []
            #expect(
                zip(row, other).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }
                    && row.count == other.count,
                "\(reference)"
            )
        }
    }

    private func day(_ offset: Int) -> CalendarDate { KnownLaw.asOf.adding(days: offset) ?? .first }

    private func invoice(
        _ reference: String,
        due: Int,
        cents: Int64 = 10_000,
        paid: Int? = nil
    ) -> LedgerInvoice {
        var invoice = LedgerInvoice(
            party: 0,
            reference: reference,
            issued: day(due - 30),
            due: day(due),
            cents: cents,
            source: PaperReference(paper: 0, line: 0)
        )
        if let paid {
            invoice.payments.append(InvoicePayment(date: day(paid), cents: cents))
            invoice.open = 0
        }
        return invoice
    }

    @Test func figuresAreWhatTheirNamesSay() throws {
        var disputed = invoice("disputed", due: -50)
        disputed.disputes = [InvoiceDispute(opened: day(-40), closed: nil)]
        let invoices = [
            invoice("a", due: -100, paid: -90), invoice("b", due: -80, cents: 30_000, paid: -84),
            invoice("c", due: -20, cents: 5_000), invoice("d", due: 10), disputed,
        ]
        let model = DelayModel(invoices, segments: [0], on: KnownLaw.asOf)
        let features = PaymentFeatures(invoices, model)
        #expect(invoices.map(features.covers) == [false, false, true, true, false])
        var row: [Double] = []
        features.append(invoices[2], to: &row)
        let figures = Dictionary(uniqueKeysWithValues: zip(PaymentFeatures.names, row))
        for (name, wanted) in [
            ("own_settled", 2.0), ("own_mean_delay", 3), ("own_deviation", 7),
            ("own_late_share", 0.5), ("own_recent_delay", 3), ("own_last_delay", -4),
            ("days_since_settled", 84), ("open_invoices", 2), ("overdue_invoices", 1),
            ("overdue_share", 5_000.0 / 15_000), ("oldest_overdue_days", 20),
            ("days_past_due", 20), ("days_since_issue", 50), ("term_days", 30), ("amount", 50),
            ("amount_over_own_mean", 0.25), ("open_share", 1),
        ] { #expect(figures[name] == wanted, "\(name)") }
        // It should have come by now: tomorrow, then.
        #expect(features.ownMeanDays(invoices[2]) == 1)
        #expect(features.ownMeanDays(invoices[3]) == 13)
    }

    /// An example tells when an invoice was paid, and only once it was open.
    @Test func examplesTellWhatCame() throws {
        let law = KnownLaw(seed: 5, customers: 30)
        let end = day(60)
        let examples = PaymentExamples(law.invoices, segments: law.segments, until: end)
        var count = 0
        examples.examples(of: KnownLaw.asOf) { example in
            let (paid, invoice) = (law.paid[example.place], law.invoices[example.place])
            #expect(invoice.open(on: KnownLaw.asOf) > 0)
            let after = paid.days(since: KnownLaw.asOf)
            #expect(example.paidAfterDays == (paid <= end ? after : nil) && after > 0)
            #expect(example.knownForDays == 60)
            count += 1
        }
        #expect(count > 10)
        examples.examples(of: end) { _ in Issue.record("nothing came after the last day") }
    }
}
