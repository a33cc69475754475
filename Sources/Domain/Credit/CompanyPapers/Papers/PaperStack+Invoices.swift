// SPDX-License-Identifier: Apache-2.0

// Electronic invoices and bank statements as ledgers: what each seller is owed, and so what each
// buyer owes. It needs a day, for what a message of a later day said is not known.

internal import CreditFacts
internal import InvoiceMatching
internal import PaymentBehaviour
internal import Quantities
internal import VigieLimits

extension PaperStack {
    /// The ledgers of those who sold, with their findings, as of a day; in the order of invoices.
    func sellerLedgers(asOf: CalendarDate) -> [(seller: SIREN, ledger: MatchedLedger)] {
        guard let euro = Currency("EUR") else { return [] }
        var sellers: [SIREN] = []
        var seen: Set<SIREN> = []
        for invoice in invoices {
            guard let seller = invoice.seller.siren, seen.insert(seller).inserted else { continue }
            sellers.append(seller)
        }
        var ledgers: [(SIREN, MatchedLedger)] = []
        for seller in sellers {
            var papers = InvoicePapersOfCompany(company: seller, currency: euro, asOf: asOf)
            papers.invoices = invoices.filter { $0.seller.siren == seller }
            papers.statuses = statuses
            // An account does not say whose it is: with several sellers it is nobody's.
            if sellers.count == 1 { papers.statements = bankStatements }
            let joined = InvoiceLedger(
                papers,
                findingsPerCodeMax: PaperLimits.findingsPerCodeMaximum
            )
            var ledger = joined.customers
            ledger.unallocated = PresumedPayments.apply(
                ledger.unallocated,
                to: &ledger.invoices
            )
            ledgers.append((seller, ledger))
        }
        return ledgers
    }
}
