// SPDX-License-Identifier: Apache-2.0

// Ledgers of packages, terms, published ratios, establishments and filings abroad as papers.

package import CreditFacts
internal import Documents
internal import Quantities
internal import VigieLimits

extension PaperReader {
    /// A ledger that some profile fits; tried for what is no other kind of paper.
    func readLedger(
        _ source: ByteSource,
        _ paper: inout CompanyPaper,
        _ stack: inout PaperStack
    ) throws(InputError) {
        var export = try LedgerExport.read(
            InputBuffer(source),
            profiles: stack.profiles + LedgerProfile.standard,
            paper: number,
            findingsPerCodeMax: findingsMax
        )
        paper.counts = export.counts
        paper.findings.add(export.findings)
        keepOneCurrency(&export, &paper)
        let ledger = PartyLedger(export, paper: number)
        if let same = stack.ledgers.first(where: ledger.isSame) {
            let place = PaperReference(paper: number, line: 0)
            paper.findings.add(
                Finding(.paperRepeated, at: place, [stack.papers[Int(same.paper)].name])
            )
        } else {
            stack.ledgers.append(ledger)
        }
    }

    /// Amounts of several currencies are never added up: the one with most invoices stays.
    private func keepOneCurrency(_ export: inout LedgerExport, _ paper: inout CompanyPaper) {
        var counts: [String: Int] = [:]
        for invoice in export.invoices { counts[invoice.currency?.code ?? "", default: 0] += 1 }
        guard counts.count > 1 else { return }
        let order = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        for (currency, count) in order.dropFirst() {
            paper.findings.add(
                Finding(
                    .currencyApart,
                    at: PaperReference(paper: number, line: 0),
                    field: "currency",
                    ["\(count)", currency.isEmpty ? "?" : currency]
                )
            )
        }
        export.keep(currency: order.first?.key ?? "")
    }

    func readTerms(
        _ source: ByteSource,
        _ paper: inout CompanyPaper,
        _ stack: inout PaperStack
    ) throws(InputError) {
        let terms = try TermsOfCustomers(
            InputBuffer(source),
            paper: number,
            findingsPerCodeMax: findingsMax
        )
        stack.terms.merge(terms.terms) { $1 }
        for (owner, own) in terms.ownTerms {
            stack.ownTerms[owner, default: [:]].merge(own) { $1 }
        }
        if !terms.terms.isEmpty { stack.termsOfNobody.append(number) }
        paper.counts = terms.counts
        paper.findings.add(terms.findings)
    }

    func readPublishedRatios(
        _ source: ByteSource,
        _ paper: inout CompanyPaper,
        _ stack: inout PaperStack
    ) throws(InputError) {
        let list = try PublishedRatiosList(
            InputBuffer(source),
            paper: number,
            findingsPerCodeMax: findingsMax
        )
        stack.publishedRatios.append((list.names, list.ratios))
        paper.counts = list.counts
        paper.findings.add(list.findings)
    }

    func readEstablishments(
        _ source: ByteSource,
        _ paper: inout CompanyPaper,
        _ stack: inout PaperStack
    ) throws(InputError) {
        var stock = try EstablishmentStock(
            InputBuffer(source),
            paper: number,
            findingsPerCodeMax: findingsMax
        )
        while let establishment = try stock.next() { stack.establishments.append(establishment) }
        paper.counts = stock.records.counts
        paper.findings.add(stock.records.findings)
    }
}

/// What one's own customers owe, as a package exported it.
package struct PartyLedger: Sendable {
    /// Which paper it is.
    package let paper: Int32
    /// The profile that it was read by.
    package let profile: String
    /// The customers; invoices and credits name them by their place.
    package let parties: [LedgerParty]
    /// What they owe and owed.
    package let invoices: [LedgerInvoice]
    /// What belongs to no invoice.
    package let credits: [UnallocatedCredit]

    /// Whether another ledger says the same.
    func isSame(as other: PartyLedger) -> Bool {
        profile == other.profile && parties == other.parties
            && invoices.count == other.invoices.count
            && zip(invoices, other.invoices).allSatisfy { own, held in
                own.reference == held.reference && own.cents == held.cents
                    && own.open == held.open && own.issued == held.issued && own.due == held.due
                    && own.payments == held.payments
            }
    }

    fileprivate init(_ export: LedgerExport, paper: Int32) {
        self.paper = paper
        profile = export.profile
        parties = export.parties
        invoices = export.invoices
        credits = export.credits
    }
}
