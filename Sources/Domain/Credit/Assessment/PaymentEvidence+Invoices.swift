// SPDX-License-Identifier: Apache-2.0

// How somebody pays, out of invoices.

internal import CreditFacts
internal import PaymentBehaviour

extension PaymentEvidence {
    /// Sums up invoices as they stood on a day.
    init(
        _ invoices: [LedgerInvoice],
        _ credits: [UnallocatedCredit],
        _ window: PaymentWindow
    ) {
        guard !invoices.isEmpty || !credits.isEmpty else {
            openByAge = Self.nothingOpen
            return
        }
        var totals = PartyTotals()
        let (dated, legal) = totals.add(invoices, window)
        for credit in credits { totals.add(credit, window) }
        self.credits = totals.credits
        payments = totals.payments
        daysBeyondTerms = totals.daysBeyondTerms
        index = totals.index()
        daysTrend = totals.daysTrend()
        disputed = totals.disputed
        brokenPromises = totals.brokenPromises
        returnedPayments = totals.returnedPayments
        shareLateOver30 = totals.shareLateOver30
        shareLateOver90 = totals.shareLateOver90
        open = totals.open
        pastDue = totals.pastDue
        openByAge = totals.openByAge
        hasLegalTermsOnly = dated > 0 && legal == dated
    }

    private static let nothingOpen = PartyTotals().openByAge
}
